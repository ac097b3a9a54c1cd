#include "cwlab.hpp"
#include "cwlab_settings.hpp"
#include "refusal/suite.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>

namespace cw::lab {
namespace {

using namespace refusal;
using namespace refusal::analytic;
using json::Reader;
using json::Writer;

struct Options {
    std::string prompts = "assets/lessons/ai012-06/prompts.json";
    std::string decisions;
    bool has_pareto = false;
};

std::optional<std::string> file_text(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "cwlab suite: cannot read %s\n", path.c_str());
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

std::optional<Options> parse_options(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        std::string_view const word = argv[i];
        bool const has_value = i + 1 < argc;
        if (word == "--pareto") {
            options.has_pareto = true;
        } else if (word == "--prompts" && has_value) {
            options.prompts = argv[++i];
        } else if (word == "--decisions" && has_value) {
            options.decisions = argv[++i];
        } else {
            return std::nullopt;
        }
    }
    return options;
}

// {"role_play": {"nu": 0.5}, ...}: levers by frame of the equations.
std::map<Frame, Levers> read_levers(Reader& in) {
    std::map<Frame, Levers> out;
    for (FrameInfo const& frame : frames()) {
        std::optional<Reader> one = in.field(frame.id);
        if (!one || !one->expect(json::Kind::object)) continue;
        Levers levers = frame.levers;
        read_fields(*one, levers, lever_fields);
        one->finish();
        out.emplace(frame.frame, levers);
    }
    in.finish();
    return out;
}

void write_counts(Writer& out, FilterCounts const& counts) {
    out.key("harmful").integer(counts.harmful).key("harmful_blocked").integer(counts.harmful_blocked);
    out.key("harmless").integer(counts.harmless).key("harmless_blocked").integer(counts.harmless_blocked);
}

void write_interval(Writer& out, char const* key, Interval const& interval) {
    out.key(key).begin_array().number(interval.low).number(interval.high).end();
}

void write_report(Writer& out, Suite const& suite, FilterReport const& report) {
    out.key("decisions").begin_object();
    write_counts(out, report.total);
    out.key("harmful_let_through").integer(report.harmful_let_through());
    out.key("undecided").integer(report.undecided).key("unknown").integer(report.unknown);
    IntentFilter const rates = report.total.rates();
    OperatingPoint const point = operating_point(report.total);
    out.key("tpr").number(rates.true_positive_rate).key("fpr").number(rates.false_positive_rate);
    write_interval(out, "tpr_wilson95", report.total.true_positive_interval());
    write_interval(out, "fpr_wilson95", report.total.false_positive_interval());
    out.key("d_prime").number(point.separation).key("x").number(point.threshold);
    out.key("frames").begin_array();
    for (std::size_t i = 0; i < suite.frames.size(); ++i) {
        out.begin_object().key("frame").text(suite.frames[i].id);
        write_counts(out, report.frames[i]);
        out.end();
    }
    out.end().end();
}

void write_metrics(Writer& out, Suite const& suite, Metrics const& m) {
    out.key("metrics").begin_object();
    out.key("helpfulness").number(m.helpfulness).key("benign_refusal").number(m.benign_refusal);
    out.key("over_refusal").number(m.over_refusal).key("over_refusal_or_partial").number(m.over_refusal_or_partial);
    out.key("harmless_refusal").number(m.harmless_refusal);
    out.key("refusal_tax_benign").number(m.refusal_tax_benign);
    out.key("refusal_tax_borderline").number(m.refusal_tax_borderline);
    out.key("kl_benign_nats").number(m.drift_nats);
    out.key("attack_success").number(m.attack_success).key("harmful_refusal").number(m.harmful_refusal);
    out.key("frames").begin_array();
    for (GroupRate const& group : m.groups) {
        SuiteFrame const& frame = suite.frames[static_cast<std::size_t>(group.group)];
        out.begin_object().key("frame").text(frame.id).key("levers").text(info(frame.levers).id);
        out.key("evidence").text(frame.evidence == Evidence::calibrated ? "calibrated" : "assumed");
        out.key("prompts").number(group.prompts).key("attack_success").number(group.attack_success);
        out.key("refusal").number(group.refusal).key("partial").number(group.partial).end();
    }
    out.end().end();
}

void write_pareto(Writer& out, std::vector<Case> const& all, Weights const& base) {
    std::vector<Case> const few = merged(all);
    Grid const grid = standard_grid();
    std::vector<Tradeoff> points;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        Setting const s = setting_at(grid, i, base);
        Metrics const m = measure(few, s.weights, s.defence);
        points.push_back({m.over_refusal, m.attack_success});
    }
    out.key("pareto").begin_array();
    for (std::size_t const i : pareto_front(points)) {
        Setting const s = setting_at(grid, i, base);
        out.begin_object().key("over_refusal").number(points[i].over_refusal);
        out.key("attack_success").number(points[i].attack_success);
        out.key("w_harm").number(s.weights.harmlessness).key("beta").number(s.weights.beta);
        out.key("D").number(s.defence.rule.nats).key("tpr").number(s.defence.filter.true_positive_rate);
        out.key("fpr").number(s.defence.filter.false_positive_rate).end();
    }
    out.end();
}

void print_help() {
    std::string const help =
        "usage: cwlab suite [--prompts FILE] [--decisions FILE] [--pareto] < settings.json\n"
        "Prints the equations' metrics over a prompt suite as JSON.\n"
        "  --prompts FILE    default assets/lessons/ai012-06/prompts.json\n"
        "  --decisions FILE  decisions.json of safety_filter.py: counted, and applied as one more layer\n"
        "  --pareto          also the settings of the standard grid that no other setting beats\n"
        "The settings are one JSON object; every field is optional, an empty input is {}.\n" +
        settings_help() +
        "  levers                  by frame, for example {\"cipher\": {\"extraction\": 0.7}}; names as in cwlab "
        "analytic\n"
        "`attack_success` is the mean over the suite's frames, `over_refusal` that of P(R) over borderline prompts,\n"
        "`harmless_refusal` that of P(R) over all harmless ones.\n";
    std::fputs(help.c_str(), stdout);
}

int run(Options const& options) {
    std::optional<std::string> const prompts = file_text(options.prompts);
    if (!prompts) return 2;
    LoadedSuite const loaded = load_suite(*prompts);
    if (!is_clean(loaded.diagnostics, options.prompts.c_str())) return 2;

    std::string const text = read_standard_input();
    json::Parsed const parsed = json::parse(text.find_first_not_of(" \t\r\n") == std::string::npos ? "{}" : text);
    json::Diagnostics diagnostics = parsed.diagnostics;
    Settings settings;
    std::map<Frame, Levers> levers;
    if (parsed.readable) {
        Reader in(parsed.root, diagnostics);
        if (in.expect(json::Kind::object)) {
            settings = read_settings(in);
            if (std::optional<Reader> frames_in = in.field("levers")) levers = read_levers(*frames_in);
            in.finish();
        }
    }
    if (!is_clean(diagnostics, "settings")) return 2;

    std::optional<FilterReport> report;
    if (!options.decisions.empty()) {
        std::optional<std::string> const decisions = file_text(options.decisions);
        if (!decisions) return 2;
        Result<FilterReport> read = read_decisions(*decisions, loaded.suite);
        if (!read) {
            std::fprintf(stderr, "%s: %s: %s\n", options.decisions.c_str(), read.error().where.c_str(),
                         read.error().message.c_str());
            return 2;
        }
        report = std::move(read).value();
    }
    std::vector<Case> all = cases(loaded.suite, report ? &*report : nullptr);
    for (Case& c : all) {
        auto const changed = levers.find(loaded.suite.frames[static_cast<std::size_t>(c.group)].levers);
        if (changed != levers.end()) c.prompt.levers = changed->second;
    }
    Writer out(Writer::Layout::lines);
    out.begin_object().key("prompts").integer(static_cast<long long>(all.size()));
    out.key("settings").begin_object();
    write_settings(out, settings);
    out.end();
    write_metrics(out, loaded.suite, measure(all, settings.weights, settings.defence));
    if (report) write_report(out, loaded.suite, *report);
    if (options.has_pareto) write_pareto(out, all, settings.weights);
    out.end();
    std::printf("%s\n", out.str().c_str());
    return 0;
}

}

int suite_main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "--help") {
        print_help();
        return 0;
    }
    std::optional<Options> const options = parse_options(argc, argv);
    if (!options) {
        std::fputs("cwlab suite: unknown or incomplete option; see --help\n", stderr);
        return 2;
    }
    return run(*options);
}

}
