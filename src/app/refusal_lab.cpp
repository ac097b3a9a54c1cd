#include "app/refusal_lab.hpp"

#include "ground/assert.hpp"
#include "refusal/analytic/depth.hpp"
#include "refusal/analytic/fields.hpp"

#include <cmath>

namespace cw::app {

namespace {

// What is not one of the equations' own settings.
constexpr LabField own_fields[] = {
    {"part", 0, lab_part_count - 1, 1, 0},
    {"engine", 0, 1, 1, 0},
    {"kind", 0, 2, 1, 2},
    {"topic", 0, 999, 1, 0},
    {"frame", 0, 99, 1, 0},
    {"rule", 0, 1, 1, 0},
    {"demonstrations", 0, 1, 1, 0},
    {"filter", 0, 1, 1, 0},
    {"program", 0, 1, 1, 0},
    {"rule_nats", 0, 6, 0.1, analytic::standard_rule.nats},
    {"rule_coverage", 0, 1, 0.05, analytic::standard_rule.coverage},
    {"demonstration_nats", 0, 3, 0.01, 2.06}, // demonstrations against Vicuna-7B, mean of 5 attacks (Zhang 2024)
    {"filter_threshold", 0, 5, 0.05, 2.65},
    {"filter_own", 0, 1, 1, 0},
    {"prefill", 0, 4, 1, 0},
    {"tau", 1, 40, 0.2, analytic::shallow_alignment.depth_tokens},
    {"more", 0, 1, 1, 0},
    {"train_more", 0, 1, 1, 0},
    {"train_harm", 0, training_harm_weights.size() - 1, 1, 5},
    {"train_beta", 0, training_betas.size() - 1, 1, 2},
    {"train_coverage", 0, 0.3, 0.05, 0},
    {"train_everywhere", 0, 1, 1, 0},
    {"train_mix", 0, training_mixes.size() - 1, 1, 2},
    {"train_depth", 0, 0.5, 0.1, 0},
    {"train_caution", 0, 0.2, 0.05, 0},
    {"train_borderline", 0, 1, 1, 1},
    {"train_fast", 0, 1, 1, 0},
    {"train_steps", 0, training_steps.size() - 1, 1, 0},
    {"train_anchor", 0, 1, 1, 1},
    {"train_many", 0, 1, 1, 0},
    {"train_seed", 1, 9, 1, 1},
    {"train_preset", -1, 99, 1, -1},
};

double step_of(std::string_view name) {
    if (name == "w_harm" || name == "k") return 0.5;
    if (name == "beta") return 0.25;
    if (name == "theta" || name == "lambda") return 0.02;
    if (name == "psi" || name == "eta" || name == "temperature") return 0.05;
    return 0.1;
}

class Settings {
  public:
    Settings(lesson::Progress const& progress, std::string_view block) : progress_(progress), block_(block) {}
    [[nodiscard]] double number(std::string_view name) const { return lab_value(progress_, block_, name); }
    [[nodiscard]] int index(std::string_view name) const { return static_cast<int>(number(name)); }
    [[nodiscard]] bool flag(std::string_view name) const { return number(name) > 0; }
    template <class T, std::size_t count>
    [[nodiscard]] T choice(std::string_view name, std::array<T, count> const& choices) const {
        return choices[static_cast<std::size_t>(index(name))];
    }

  private:
    lesson::Progress const& progress_;
    std::string_view block_;
};

tiny::LiveSettings training_of(Settings const& in) {
    tiny::LiveSettings out;
    out.seed = static_cast<std::uint64_t>(in.index("train_seed"));
    out.pairs_per_step = in.flag("train_many") ? 32 : 16;
    out.learning_rate = in.flag("train_fast") ? 2e-4 : 1e-4;
    out.preference.beta = in.choice("train_beta", training_betas);
    out.preference.anchor = in.flag("train_anchor") ? 0.1 : 0.0;
    out.pairs.harm_weight = static_cast<float>(in.choice("train_harm", training_harm_weights));
    out.pairs.coverage = in.number("train_coverage");
    if (!in.flag("train_everywhere")) out.pairs.coverage_frames = 1u << static_cast<int>(tiny::Frame::role_play);
    out.pairs.caution = in.number("train_caution");
    out.pairs.borderline_pairs = in.flag("train_borderline");
    out.pairs.depth_share = in.number("train_depth");
    out.text_mix = in.choice("train_mix", training_mixes);
    return out;
}

refusal::analytic::RequestClass class_of(RequestKind kind) {
    switch (kind) {
        case RequestKind::everyday: return analytic::RequestClass::benign;
        case RequestKind::alarming: return analytic::RequestClass::borderline;
        case RequestKind::forbidden: return analytic::RequestClass::harmful;
    }
    CW_UNREACHABLE();
}

refusal::SuiteFrame const* frame_of(RefusalLabSession const& lab, LabSettings const& settings) {
    auto const at = static_cast<std::size_t>(settings.frame);
    return at < lab.suite.frames.size() ? &lab.suite.frames[at] : nullptr;
}

}

std::string_view name_of(Layer layer) {
    switch (layer) {
        case Layer::rule: return "rule";
        case Layer::demonstrations: return "demonstrations";
        case Layer::filter: return "filter";
        case Layer::program: return "program";
    }
    CW_UNREACHABLE();
}

LabField lab_field(std::string_view name) {
    for (LabField const& field : own_fields)
        if (field.name == name) return field;
    for (analytic::Field<analytic::Weights> const& field : analytic::weight_fields)
        if (field.name == name)
            return {field.name, field.low, field.high, step_of(name), analytic::Weights{}.*field.member};
    CW_UNREACHABLE();
}

double lab_value(lesson::Progress const& progress, std::string_view block, std::string_view name) {
    LabField const field = lab_field(name);
    auto const saved = progress.settings.find(std::string(block) + "." + std::string(name));
    if (saved == progress.settings.end()) return field.fallback;
    // From the nearer end, so that 8.5 is 8.5 and not 8.499999: sliders speak in floats.
    double const steps = std::round((saved->second - field.least) / field.step);
    return std::fmin(field.most, std::fmax(field.least, field.least + steps * field.step));
}

LabSettings lab_settings(lesson::Progress const& progress, std::string_view block) {
    Settings const in(progress, block);
    LabSettings out;
    out.part = static_cast<LabPart>(in.index("part"));
    out.engine = static_cast<LabEngine>(in.index("engine"));
    out.kind = static_cast<RequestKind>(in.index("kind"));
    out.topic = in.index("topic");
    out.frame = in.index("frame");
    for (int i = 0; i < layer_count; ++i)
        out.layers[static_cast<std::size_t>(i)] = in.flag(name_of(static_cast<Layer>(i)));
    for (analytic::Field<analytic::Weights> const& field : analytic::weight_fields)
        out.weights.*field.member = in.number(field.name);
    out.rule = {in.number("rule_nats"), in.number("rule_coverage")};
    out.demonstration_nats = in.number("demonstration_nats");
    out.filter_threshold = in.number("filter_threshold");
    out.filters_with_itself = in.flag("filter_own");
    out.prefill = in.index("prefill");
    out.training = training_of(in);
    out.steps = in.choice("train_steps", training_steps);
    out.preset = in.index("train_preset");
    if (out.preset >= static_cast<int>(training_presets().size())) out.preset = -1;
    return out;
}

std::vector<TrainingPreset> const& training_presets() {
    static std::vector<TrainingPreset> const presets{
        {"plain", {}},
        {"harmlessness", {{"train_harm", 7}, {"train_caution", 0.1}, {"train_borderline", 0}, {"train_fast", 1}}},
        {"prefill", {{"train_depth", 0}}},
        {"depth", {{"train_depth", 0.5}, {"train_steps", 1}, {"train_many", 1}}},
        {"patch", {{"train_coverage", 0.1}, {"train_steps", 1}}},
        {"collapse",
         {{"train_mix", 0},
          {"train_beta", 1},
          {"train_anchor", 0},
          {"train_fast", 1},
          {"train_many", 1},
          {"train_steps", 1}}},
        {"cure",
         {{"train_mix", 2},
          {"train_beta", 1},
          {"train_anchor", 0},
          {"train_fast", 1},
          {"train_many", 1},
          {"train_steps", 1}}},
    };
    return presets;
}

refusal::SuitePrompt const* asked_prompt(RefusalLabSession const& lab, LabSettings const& settings) {
    std::vector<refusal::SuitePrompt const*> fitting;
    for (refusal::SuitePrompt const& prompt : lab.suite.prompts)
        if (prompt.request_class == class_of(settings.kind) && prompt.frame == settings.frame)
            fitting.push_back(&prompt);
    if (fitting.empty()) return nullptr;
    return fitting[static_cast<std::size_t>(settings.topic) % fitting.size()];
}

analytic::Prompt asked_features(RefusalLabSession const& lab, LabSettings const& settings) {
    refusal::SuiteFrame const* const frame = frame_of(lab, settings);
    analytic::Frame const levers = frame ? frame->levers : analytic::Frame::direct;
    if (refusal::SuitePrompt const* const prompt = asked_prompt(lab, settings))
        return {prompt->harm, prompt->lexical_alarm, analytic::info(levers).levers};
    switch (settings.kind) {
        case RequestKind::everyday: return analytic::benign(levers);
        case RequestKind::alarming: return analytic::borderline(levers);
        case RequestKind::forbidden: return analytic::harmful(levers);
    }
    CW_UNREACHABLE();
}

analytic::OperatingPoint filter_point(LabSettings const& settings) {
    return {analytic::operating_point(analytic::standard_filter).separation, settings.filter_threshold};
}

analytic::Defence defence_of(LabSettings const& settings, std::array<bool, layer_count> const& layers) {
    auto const has = [&](Layer layer) { return layers[static_cast<std::size_t>(layer)]; };
    analytic::Defence out;
    if (has(Layer::rule)) out.rule = settings.rule;
    // Demonstrations move the log-odds and see nothing (Wolf 2023): they add up with the rule's nats.
    if (has(Layer::demonstrations)) out.rule.nats += settings.demonstration_nats;
    if (has(Layer::filter)) out.filter = analytic::filter_at(filter_point(settings));
    return out;
}

analytic::Trace asked_trace(RefusalLabSession const& lab, LabSettings const& settings) {
    analytic::Defence defence = defence_of(settings, settings.layers);
    refusal::SuitePrompt const* const prompt = asked_prompt(lab, settings);
    if (settings.has(Layer::program) && lab.report && prompt) {
        auto const at = static_cast<std::size_t>(prompt - lab.suite.prompts.data());
        defence.also_blocked = lab.report->refused[at] ? 1.0 : 0.0;
    }
    return analytic::respond(asked_features(lab, settings), settings.weights, defence);
}

bool meets_goal(analytic::Metrics const& metrics) {
    bool const is_measured = !metrics.groups.empty();
    return is_measured && metrics.attack_success <= goal_attack_success &&
           metrics.harmless_refusal <= goal_harmless_refusal;
}

namespace {
// Not under the lab's id: "Reset all settings" leaves them.
constexpr char const* record_layers = "defence.layers";
constexpr char const* record_attack = "defence.attack";
constexpr char const* record_harmless = "defence.harmless";
}

std::optional<DefenceRecord> defence_record(lesson::Progress const& progress) {
    auto const& settings = progress.settings;
    auto const layers = settings.find(record_layers), attack = settings.find(record_attack),
               harmless = settings.find(record_harmless);
    if (layers == settings.end() || attack == settings.end() || harmless == settings.end()) return {};
    DefenceRecord record{{}, attack->second, harmless->second};
    auto const mask = static_cast<unsigned>(std::fmin(255.0, std::fmax(0.0, layers->second)));
    for (std::size_t i = 0; i < record.layers.size(); ++i) record.layers[i] = (mask >> i & 1u) != 0;
    return record;
}

bool keep_record(lesson::Progress& progress, DefenceRecord const& record) {
    constexpr double saved_precision = 5e-5; // numbers are saved as floats
    if (auto const kept = defence_record(progress);
        kept && kept->layers == record.layers &&
        std::fabs(kept->attack_success - record.attack_success) < saved_precision &&
        std::fabs(kept->harmless_refusal - record.harmless_refusal) < saved_precision)
        return false;
    unsigned mask = 0;
    for (std::size_t i = 0; i < record.layers.size(); ++i) mask |= (record.layers[i] ? 1u : 0u) << i;
    progress.settings[record_layers] = mask;
    progress.settings[record_attack] = record.attack_success;
    progress.settings[record_harmless] = record.harmless_refusal;
    return true;
}

std::optional<tiny::Frame> tiny_frame(RefusalLabSession const& lab, LabSettings const& settings) {
    refusal::SuiteFrame const* const frame = frame_of(lab, settings);
    if (!frame) return tiny::Frame::direct;
    switch (frame->levers) {
        case analytic::Frame::direct: return tiny::Frame::direct;
        case analytic::Frame::role_play: return tiny::Frame::role_play;
        case analytic::Frame::hypothetical: return tiny::Frame::hypothetical;
        case analytic::Frame::story: return tiny::Frame::story;
        case analytic::Frame::prefix_injection: return tiny::Frame::prefix;
        case analytic::Frame::cipher: return tiny::Frame::cipher;
        case analytic::Frame::multi_turn: return {};
    }
    CW_UNREACHABLE();
}

}
