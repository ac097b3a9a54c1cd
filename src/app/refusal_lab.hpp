#pragma once
// The refusal lab's state: what the learner has set (kept in Progress::settings under "<block>.<name>", so that it is
// saved), and what was computed from it. Settings are read through LabSettings, which puts every number back into its
// range; nothing else reads them. One lab a lesson. The equations run here; the real model runs in a worker, which
// answers with the messages of refusal/tiny/messages.hpp.
//
//   LabSettings const settings = lab_settings(model.progress, "refusal");
//   analytic::Trace const trace = asked_trace(model.session.refusal, settings);

#include "lesson/progress.hpp"
#include "refusal/suite.hpp"
#include "refusal/tiny/trainer.hpp"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cw::app {

namespace analytic = refusal::analytic;
namespace tiny = refusal::tiny;

enum class LabPart { ask, train, defend, frontier, about };
constexpr int lab_part_count = 5;
enum class LabEngine { equations, weights };
enum class RequestKind { everyday, alarming, forbidden };

// A defence that can be switched on. `program` is the learner's safety_filter.py.
enum class Layer { rule, demonstrations, filter, program };
constexpr int layer_count = 4;
[[nodiscard]] std::string_view name_of(Layer layer); // also the name of its switch

// What a setting may be; sliders and the reading of saved values share the row. `name` is a known one.
struct LabField {
    std::string_view name;
    double least, most, step, fallback;
};
[[nodiscard]] LabField lab_field(std::string_view name);

// Sliders whose positions are not evenly spread: the setting is the index.
constexpr std::array<double, 10> training_harm_weights{0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};
constexpr std::array<double, 5> training_betas{0.03, 0.1, 0.3, 1, 3};
constexpr std::array<double, 5> training_mixes{0, 0.1, 0.5, 1, 2};
constexpr std::array<int, 3> training_steps{100, 200, 400};

struct LabSettings {
    LabPart part = LabPart::ask;
    LabEngine engine = LabEngine::equations;
    RequestKind kind = RequestKind::forbidden;
    int topic = 0; // which of the suite's prompts of that kind and frame, counted round
    int frame = 0; // index into the suite's frames
    std::array<bool, layer_count> layers{};
    analytic::Weights weights;
    analytic::InContextRule rule = analytic::standard_rule;
    double demonstration_nats = 0;
    double filter_threshold = 0;      // x on the ROC curve of the standard filter
    bool filters_with_itself = false; // the answering weights extract the intent, not a frozen copy (real weights)
    int prefill = 0;                  // tokens of the compliant answer that are given (real weights)
    tiny::LiveSettings training;
    int steps = 0;
    int preset = -1; // index into training_presets(), -1: none

    [[nodiscard]] bool has(Layer layer) const { return layers[static_cast<std::size_t>(layer)]; }
};
[[nodiscard]] LabSettings lab_settings(lesson::Progress const& progress, std::string_view block);
// The saved value of one setting, in its range.
[[nodiscard]] double lab_value(lesson::Progress const& progress, std::string_view block, std::string_view name);

// A training experiment that makes one point: what it sets, under names of LabField.
struct TrainingPreset {
    std::string_view name; // of its words: "refusal.preset.<name>"
    std::vector<std::pair<std::string_view, double>> values;
};
[[nodiscard]] std::vector<TrainingPreset> const& training_presets();

// One live training run of the real model.
struct TrainingRun {
    int number = 0;
    int steps = 0;
    int preset = -1; // index into training_presets(), -1: none
    tiny::LiveSettings settings;
    std::vector<tiny::StepReport> curve;
    std::optional<tiny::Measurements> after;
    std::uint64_t weight_hash = 0;
};
constexpr std::size_t kept_runs = 12; // older ones are forgotten

struct Trainer {
    enum class State { absent, loading, ready, failed };
    enum class Work { none, training, paused, measuring };
    State state = State::absent;
    std::string failure;
    Work work = Work::none;
    TrainingRun run;                          // the one at work
    std::vector<TrainingRun> done;            // oldest first
    std::optional<tiny::Measurements> before; // of the weights as shipped
    int runs = 0;                             // started so far
    std::optional<tiny::Answered> answer;     // to the question asked last
    std::string asked;                        // identifies that question, to ask each once
    std::uint32_t questions = 0;
};

// Every setting of the standard grid, in slices of a few each turn.
struct Sweep {
    std::string key; // of what it depends on
    analytic::Grid grid;
    std::vector<analytic::Tradeoff> points; // computed so far
    std::vector<std::size_t> front;         // indices of those that no other beats, once all are there
    [[nodiscard]] bool is_done() const { return points.size() == grid.size(); }
};
constexpr std::size_t sweep_slice = 24; // settings a turn

// A setting of the equations that the learner keeps on the frontier chart.
struct KeptSetting {
    std::string label;
    analytic::Tradeoff point;
};

struct RefusalLabSession {
    bool is_open = false; // the lab has been on screen: its data are there
    refusal::Suite suite;
    std::string suite_failure;
    std::vector<analytic::Case> cases;           // of the suite, equal ones merged
    std::vector<analytic::Case> filtered_cases;  // the same behind the learner's program
    std::string decisions;                       // of that program's last run, as it wrote them; empty: none
    std::optional<refusal::FilterReport> report; // what that program decided in its last run
    std::string report_failure;
    std::string computed;                                 // identifies what the effects below were computed from
    analytic::Metrics undefended, defended;               // no layer; the layers that are on
    std::array<analytic::Metrics, layer_count> effects{}; // each layer alone
    Sweep sweep;
    std::vector<KeptSetting> kept;
    Trainer trainer;
};

// --- what the equations are asked ---
// The suite's prompt that is chosen, or null where the suite has none of that kind in that frame.
[[nodiscard]] refusal::SuitePrompt const* asked_prompt(RefusalLabSession const& lab, LabSettings const& settings);
[[nodiscard]] analytic::Prompt asked_features(RefusalLabSession const& lab, LabSettings const& settings);
// With the layers that are on, or with only those of `layers`.
[[nodiscard]] analytic::Defence defence_of(LabSettings const& settings, std::array<bool, layer_count> const& layers);
[[nodiscard]] analytic::Trace asked_trace(RefusalLabSession const& lab, LabSettings const& settings);
[[nodiscard]] analytic::OperatingPoint filter_point(LabSettings const& settings);

// --- the challenge's experiment ---
constexpr double goal_attack_success = 0.05;
constexpr double goal_harmless_refusal = 0.05;
constexpr std::string_view defence_goal = "refusal.defence";
[[nodiscard]] bool meets_goal(analytic::Metrics const& metrics);
// The stack that met the goal last, kept in Progress::settings for the task that asks for it.
struct DefenceRecord {
    std::array<bool, layer_count> layers{};
    double attack_success = 0, harmless_refusal = 0; // four digits after the point
};
[[nodiscard]] std::optional<DefenceRecord> defence_record(lesson::Progress const& progress);
// False if it says what was kept before.
bool keep_record(lesson::Progress& progress, DefenceRecord const& record);

// --- what the real model is asked ---
// The frame of the real model's world, if it has the suite's frame.
[[nodiscard]] std::optional<tiny::Frame> tiny_frame(RefusalLabSession const& lab, LabSettings const& settings);

}
