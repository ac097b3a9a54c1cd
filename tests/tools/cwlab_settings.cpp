#include "cwlab_settings.hpp"

#include <cstdio>

namespace cw::lab {

using namespace refusal::analytic;
using json::Range;
using json::Reader;

namespace {

constexpr Range point_range{-9.0, 9.0};

void read_filter(Reader& filter, Settings& settings) {
    settings.defence.filter = standard_filter;
    if (filter.has("d_prime") || filter.has("x")) {
        OperatingPoint point = operating_point(standard_filter);
        point.separation = filter.number("d_prime", point_range, point.separation);
        point.threshold = filter.number("x", point_range, point.threshold);
        if (filter.has("tpr") || filter.has("fpr")) filter.error("Give either tpr and fpr or d_prime and x.");
        settings.defence.filter = filter_at(point);
        settings.point = point;
        return;
    }
    read_fields(filter, settings.defence.filter, filter_fields);
    auto const has_point = [](double rate) { return rate > 0.0 && rate < 1.0; };
    IntentFilter const& rates = settings.defence.filter;
    if (has_point(rates.true_positive_rate) && has_point(rates.false_positive_rate)) {
        settings.point = operating_point(rates);
    }
}

}

Settings read_settings(Reader& in) {
    Settings settings;
    if (std::optional<Reader> weights = in.field("weights"); weights && weights->expect(json::Kind::object)) {
        read_fields(*weights, settings.weights, weight_fields);
        weights->finish();
    }
    if (std::optional<Reader> defence = in.field("defence"); defence && defence->expect(json::Kind::object)) {
        settings.defence.rule = standard_rule;
        read_fields(*defence, settings.defence.rule, rule_fields);
        defence->finish();
    }
    if (std::optional<Reader> filter = in.field("filter"); filter && filter->expect(json::Kind::object)) {
        read_filter(*filter, settings);
        filter->finish();
    }
    return settings;
}

void write_settings(json::Writer& out, Settings const& settings) {
    out.key("weights").begin_object();
    write_fields(out, settings.weights, weight_fields);
    out.end().key("defence").begin_object();
    write_fields(out, settings.defence.rule, rule_fields);
    out.end().key("filter").begin_object();
    write_fields(out, settings.defence.filter, filter_fields);
    if (settings.point) {
        out.key("d_prime").number(settings.point->separation).key("x").number(settings.point->threshold);
    }
    out.end();
}

bool is_clean(json::Diagnostics const& diagnostics, char const* name) {
    for (json::Diagnostic const& d : diagnostics) {
        std::fprintf(stderr, "%s:%d:%d: %s %s %s\n", name, d.line, d.column, d.pointer.c_str(), d.message.c_str(),
                     d.hint.c_str());
    }
    return diagnostics.empty();
}

std::string settings_help() {
    return "  weights                 what training left behind; defaults:\n" + fields_help(Weights{}, weight_fields) +
           "  defence                 in-context rule: none if missing; {} is\n" +
           fields_help(standard_rule, rule_fields) +
           "  filter                  intent filter: none if missing; {} is\n" +
           fields_help(standard_filter, filter_fields) +
           "                          or d_prime and x: TPR = Phi(d' - x), FPR = Phi(-x)\n";
}

}
