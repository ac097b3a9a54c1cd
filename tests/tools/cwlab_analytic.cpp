#include "cwlab.hpp"
#include "cwlab_settings.hpp"
#include "refusal/analytic/depth.hpp"

#include <cstdio>

namespace cw::lab {
namespace {

using namespace refusal::analytic;
using json::Need;
using json::Range;
using json::Reader;
using json::Writer;

struct Query {
    Frame frame = Frame::direct;
    Prompt prompt = harmful(Frame::direct);
    Settings settings;
    Alignment alignment = shallow_alignment;
    std::vector<int> forced_tokens = {5, 10, 20, 40};
};

void read_frame(Reader& in, Query& query) {
    std::optional<Reader> const field = in.field("frame");
    if (!field || !field->expect(json::Kind::string)) return;
    if (std::optional<Frame> const frame = frame_from_id(field->value().text)) {
        query.frame = *frame;
        return;
    }
    std::vector<std::string> known;
    for (FrameInfo const& frame : frames()) known.emplace_back(frame.id);
    field->report_unknown_word(known);
}

void read_depth(Reader& in, Query& query) {
    Alignment& a = query.alignment;
    a.ceiling = in.number("kappa", Range{0.0, 1.0}, a.ceiling);
    a.hazard = in.number("q0", Range{0.0, 1.0}, a.hazard);
    a.depth_tokens = in.number("tau", Range{0.0, 1e6}, a.depth_tokens);
    a.answer_tokens = in.integer("n", Range{0.0, 100'000.0}, a.answer_tokens);
    if (!in.has("k")) return;
    query.forced_tokens.clear();
    for (Reader const& k : in.list("k")) {
        double const tokens = k.value().number;
        bool const is_count = k.expect(json::Kind::number) && tokens >= 0.0 && tokens <= 1e6;
        if (is_count) query.forced_tokens.push_back(static_cast<int>(tokens));
        if (!is_count) k.error("k is a number of tokens, 0 to 1000000.");
    }
}

Query read_query(Reader& in) {
    Query query;
    std::optional<Reader> prompt = in.field("prompt");
    if (prompt && !prompt->expect(json::Kind::object)) prompt.reset();
    if (prompt) read_frame(*prompt, query);
    query.prompt.levers = info(query.frame).levers;
    if (prompt) {
        read_fields(*prompt, query.prompt, prompt_fields);
        prompt->finish();
    }
    if (std::optional<Reader> levers = in.field("levers"); levers && levers->expect(json::Kind::object)) {
        read_fields(*levers, query.prompt.levers, lever_fields);
        levers->finish();
    }
    query.settings = read_settings(in);
    if (std::optional<Reader> depth = in.field("depth"); depth && depth->expect(json::Kind::object)) {
        read_depth(*depth, query);
        depth->finish();
    }
    in.finish();
    return query;
}

void write_actions(Writer& out, char const* key, PerAction const& a) {
    out.key(key).begin_object().key("R").number(a.refuse).key("S").number(a.partial).key("F").number(a.fulfil).end();
}

void write_optional(Writer& out, char const* key, std::optional<double> value) {
    out.key(key);
    if (value) {
        out.number(*value);
    } else {
        out.null();
    }
}

void write_input(Writer& out, Query const& query) {
    out.key("input").begin_object();
    out.key("prompt").begin_object();
    write_fields(out, query.prompt, prompt_fields);
    out.key("frame").text(info(query.frame).id).end();
    out.key("levers").begin_object();
    write_fields(out, query.prompt.levers, lever_fields);
    out.end();
    write_settings(out, query.settings);
    out.end();
}

void write_waterfall(Writer& out, Waterfall const& w) {
    out.key("waterfall").begin_object();
    out.key("reference").number(w.reference).key("helpfulness").number(w.helpfulness);
    out.key("harmlessness").number(w.harmlessness).key("direct").number(w.direct());
    out.key("objectives").number(w.objectives).key("prior").number(w.prior).key("visibility").number(w.visibility);
    out.key("rule").number(w.rule).key("rule_visibility").number(w.rule_visibility).key("total").number(w.total).end();
}

void write_trace(Writer& out, Trace const& t) {
    out.key("processing").begin_object().key("visibility").number(t.processing.visibility);
    out.key("harm_term").number(t.processing.harm_term).key("lexical_term").number(t.processing.lexical_term);
    out.key("u").number(t.processing.perceived_harm).end();
    out.key("trigger").begin_object().key("input").number(t.trigger_input).key("s_hat").number(t.alarm);
    write_optional(out, "s_star", t.threshold);
    out.key("refusal_beats_fulfilment").boolean(t.waterfall.total < 0.0).end();
    out.key("output").begin_object();
    write_actions(out, "reference_logits", t.output.reference_logits);
    write_actions(out, "rewards", t.output.rewards);
    write_actions(out, "logits", t.output.logits);
    write_actions(out, "log_probabilities", t.output.log_probabilities);
    write_actions(out, "probabilities", t.output.probabilities);
    out.end();
    write_actions(out, "reference_probabilities", t.reference);
    out.key("kl_nats").number(t.drift_nats);
    write_waterfall(out, t.waterfall);
    out.key("filter").begin_object().key("is_harmful").boolean(t.is_harmful).key("t").number(t.filter_rate).end();
    write_actions(out, "final", t.final);
    out.key("p_refusal").number(t.refusal).key("p_harmful_content").number(t.harmful_content);
    out.key("refusal_tax").number(t.final.refuse + t.final.partial);
}

void write_depth(Writer& out, char const* name, Alignment const& a, std::vector<int> const& tokens) {
    out.begin_object().key("name").text(name).key("kappa").number(a.ceiling).key("q0").number(a.hazard);
    out.key("tau").number(a.depth_tokens).key("n").integer(a.answer_tokens).key("asr").begin_array();
    for (int const k : tokens) {
        out.begin_object().key("k").integer(k).key("q").number(refusal_hazard(a, k));
        out.key("asr").number(attack_success(a, k)).end();
    }
    out.end().end();
}

void print_help() {
    std::string const help =
        "usage: cwlab analytic < settings.json\n"
        "Sends one prompt through the equations and prints every quantity as JSON, with full precision.\n"
        "The settings are one JSON object; every field is optional, an empty input is {}.\n"
        "  prompt\n    frame         direct  direct, role_play, hypothetical, story, prefix_injection, cipher, "
        "multi_turn\n" +
        fields_help(harmful(Frame::direct), prompt_fields) +
        "  levers                  instead of the frame's own; defaults, those of direct:\n" +
        fields_help(Levers{}, lever_fields) + settings_help() +
        "  depth                   token-level view; tau 0 is a constant hazard\n"
        "    kappa 0.569  q0 0.172  tau 4.6  n 220  k [5, 10, 20, 40]\n"
        "Actions: R refuse, S safe or partial answer, F fulfil. `output` is before the filter, `final` after it.\n"
        "`kl_nats` is KL(output || reference), the reference being the same frame, rule and temperature before\n"
        "alignment.\n"
        "`q` is the probability of turning to a refusal at token k, `asr` the attack success after k forced tokens.\n"
        "`s_star` is null where w_harm is 0. Terms of `waterfall` add up to log F/R; `direct` sums the first three.\n";
    std::fputs(help.c_str(), stdout);
}

}

int analytic_main(int argc, char** argv) {
    if (argc > 1) {
        bool const is_asked = std::string_view(argv[1]) == "--help";
        if (!is_asked) std::fputs("cwlab analytic takes its settings on standard input; see --help\n", stderr);
        if (is_asked) print_help();
        return is_asked ? 0 : 2;
    }
    std::string const text = read_standard_input();
    json::Parsed const parsed = json::parse(text.find_first_not_of(" \t\r\n") == std::string::npos ? "{}" : text);
    json::Diagnostics diagnostics = parsed.diagnostics;
    Query query;
    if (parsed.readable) {
        Reader in(parsed.root, diagnostics);
        if (in.expect(json::Kind::object)) query = read_query(in);
    }
    if (!is_clean(diagnostics, "settings")) return 2;

    Writer out(Writer::Layout::lines);
    out.begin_object();
    write_input(out, query);
    write_trace(out, respond(query.prompt, query.settings.weights, query.settings.defence));
    out.key("depth").begin_array();
    write_depth(out, "as set", query.alignment, query.forced_tokens);
    write_depth(out, "shallow", shallow_alignment, query.forced_tokens);
    write_depth(out, "deep", deep_alignment, query.forced_tokens);
    out.end().end();
    std::printf("%s\n", out.str().c_str());
    return 0;
}

}
