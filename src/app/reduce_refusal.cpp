// The refusal lab: its settings, its sweep over many settings, the worker that runs the real model, and what the
// learner takes home from it.

#include "app/lab.hpp"
#include "app/refusal_lab.hpp"
#include "app/turn.hpp"
#include "ground/bytes.hpp"
#include "ground/match.hpp"
#include "ground/text.hpp"

#include <algorithm>
#include <cmath>

namespace cw::app {

namespace {

constexpr std::string_view prompts_file = "prompts.json";

lesson::RefusalLab const* shown_lab(Model const& model) {
    if (model.session.phase != Session::Phase::playing) return nullptr;
    for (lesson::Block const& block : model.slide().blocks)
        if (auto const* const lab = std::get_if<lesson::RefusalLab>(&block)) return lab;
    return nullptr;
}

void count_decisions(RefusalLabSession& lab, std::string const& decisions) {
    Result<refusal::FilterReport> report = refusal::read_decisions(decisions, lab.suite);
    lab.report.reset();
    lab.report_failure.clear();
    if (report) {
        lab.report = std::move(report).value();
        lab.filtered_cases = analytic::merged(refusal::cases(lab.suite, &*lab.report));
    } else {
        lab.report_failure = report.error().message;
    }
    lab.computed.clear();
}

void open_lab(Turn& turn, RefusalLabSession& lab) {
    lab.is_open = true;
    for (auto const& [id, session] : turn.model.session.labs) {
        auto const prompts = session.originals.find(std::string(prompts_file));
        if (prompts == session.originals.end()) continue;
        refusal::LoadedSuite loaded = refusal::load_suite(prompts->second);
        for (json::Diagnostic const& each : loaded.diagnostics)
            if (each.severity == json::Diagnostic::Severity::error && lab.suite_failure.empty())
                lab.suite_failure = each.pointer + " " + each.message;
        lab.suite = std::move(loaded.suite);
    }
    if (lab.suite.prompts.empty() && lab.suite_failure.empty()) lab.suite_failure = std::string(prompts_file);
    lab.cases = analytic::merged(refusal::cases(lab.suite));
    if (!lab.decisions.empty()) count_decisions(lab, lab.decisions);
    lab.trainer.state = Trainer::State::loading;
    turn.add(OpenTrainer{"tiny.weights"});
}

// What numbers were computed from, as a text to compare.
class Key {
  public:
    Key& number(double value) {
        out_.f64(value);
        return *this;
    }
    [[nodiscard]] std::string text() const { return {out_.bytes().begin(), out_.bytes().end()}; }

  private:
    ByteWriter out_;
};

void add_weights(Key& key, analytic::Weights const& w) {
    for (double const value :
         {w.helpfulness, w.refusal_prior_nats, w.partial_prior_nats, w.trigger_slope, w.trigger_threshold,
          w.lexical_weight, w.partial_helpfulness, w.partial_harmfulness, w.temperature})
        key.number(value);
}

void compute_effects(RefusalLabSession& lab, LabSettings const& settings) {
    Key key;
    add_weights(key, settings.weights);
    key.number(settings.weights.beta).number(settings.weights.harmlessness).number(settings.rule.nats);
    key.number(settings.rule.coverage).number(settings.demonstration_nats).number(settings.filter_threshold);
    for (bool const is_on : settings.layers) key.number(is_on);
    if (key.text() == lab.computed) return;
    lab.computed = key.text();
    auto const measured = [&](std::array<bool, layer_count> const& layers) {
        bool const has_program = layers[static_cast<std::size_t>(Layer::program)] && lab.report;
        return analytic::measure(has_program ? lab.filtered_cases : lab.cases, settings.weights,
                                 defence_of(settings, layers));
    };
    lab.undefended = measured({});
    lab.defended = measured(settings.layers);
    for (std::size_t i = 0; i < lab.effects.size(); ++i) {
        std::array<bool, layer_count> alone{};
        alone[i] = true;
        lab.effects[i] = measured(alone);
    }
}

void sweep_on(RefusalLabSession& lab, LabSettings const& settings) {
    Sweep& sweep = lab.sweep;
    Key key;
    add_weights(key, settings.weights);
    if (sweep.key != key.text()) sweep = {key.text(), analytic::standard_grid(), {}, {}};
    if (sweep.is_done()) return;
    std::size_t const until = std::min(sweep.grid.size(), sweep.points.size() + sweep_slice);
    while (sweep.points.size() < until) {
        analytic::Setting const at = analytic::setting_at(sweep.grid, sweep.points.size(), settings.weights);
        analytic::Metrics const metrics = analytic::measure(lab.cases, at.weights, at.defence);
        sweep.points.push_back({metrics.over_refusal, metrics.attack_success});
    }
    if (sweep.is_done()) sweep.front = analytic::pareto_front(sweep.points);
}

void tell_trainer(Turn& turn, tiny::Command const& command) {
    std::vector<std::uint8_t> const bytes = tiny::encode(command);
    turn.add(TellTrainer{{bytes.begin(), bytes.end()}});
}

void ask_model(Turn& turn, RefusalLabSession& lab, LabSettings const& settings) {
    Trainer& trainer = lab.trainer;
    std::optional<tiny::Frame> const frame = tiny_frame(lab, settings);
    if (trainer.state != Trainer::State::ready || !frame) return;
    tiny::Ask ask;
    ask.request_class = settings.kind == RequestKind::everyday   ? tiny::RequestClass::benign
                        : settings.kind == RequestKind::alarming ? tiny::RequestClass::borderline
                                                                 : tiny::RequestClass::harmful;
    ask.example = settings.topic;
    ask.frame = *frame;
    ask.context = settings.has(Layer::rule)             ? tiny::Context::danger_rule
                  : settings.has(Layer::demonstrations) ? tiny::Context::refused_demo
                                                        : tiny::Context::none;
    if (settings.has(Layer::filter))
        ask.filter = settings.filters_with_itself ? tiny::IntentFilter::own : tiny::IntentFilter::frozen;
    ask.prefill = settings.prefill;
    Key key;
    for (int const part : {static_cast<int>(ask.request_class), ask.example, static_cast<int>(ask.frame),
                           static_cast<int>(ask.context), static_cast<int>(ask.filter), ask.prefill,
                           static_cast<int>(trainer.done.empty() ? 0 : trainer.done.back().number)})
        key.number(part);
    if (trainer.asked == key.text()) return;
    trainer.asked = key.text();
    ask.id = ++trainer.questions;
    tell_trainer(turn, ask);
}

void reach_goal(Turn& turn, RefusalLabSession const& lab, LabSettings const& settings) {
    if (!meets_goal(lab.defended)) return;
    auto const rounded = [](double share) { return std::round(share * 1e4) / 1e4; };
    lesson::Progress& progress = turn.model.progress;
    if (keep_record(progress,
                    {settings.layers, rounded(lab.defended.attack_success), rounded(lab.defended.harmless_refusal)}))
        turn.save_soon();
    if (!progress.goals.insert(std::string(defence_goal)).second) return;
    turn.announce(turn.words("refusal.goal.reached"));
    turn.save_now();
}

// What the table says at its top, for those who cannot see it change.
void announce_result(Turn& turn, Trainer const& trainer) {
    tiny::Measurements const none;
    tiny::Measurements const& before = trainer.before ? *trainer.before : none;
    tiny::Measurements const& after = *trainer.done.back().after;
    auto const percent = [](double share) { return fixed(share * 100, 0) + " %"; };
    using tiny::Cell;
    turn.announce(turn.words("refusal.train.done.announce",
                             {{"refused_before", percent(before[Cell::harm_direct].refused_share())},
                              {"refused", percent(after[Cell::harm_direct].refused_share())},
                              {"jailbroken", percent(after[Cell::harm_role_play].answered_share())},
                              {"over", percent(after[Cell::borderline_direct].refused_share())}}));
}

void hear(Turn& turn, Trainer& trainer, tiny::Report const& report) {
    match(
        report,
        [&](tiny::Answered const& it) {
            if (it.id == trainer.questions) trainer.answer = it;
        },
        [&](tiny::Stepped const& it) {
            if (it.run != trainer.run.number || trainer.work == Trainer::Work::none) return;
            trainer.run.curve.push_back(it.report);
            if (it.report.step == trainer.run.steps) trainer.work = Trainer::Work::measuring;
        },
        [&](tiny::BeforeMeasured const& it) { trainer.before = it.measurements; },
        [&](tiny::Trained const& it) {
            if (it.run != trainer.run.number || trainer.work == Trainer::Work::none) return;
            trainer.run.after = it.measurements;
            trainer.run.weight_hash = it.weight_hash;
            trainer.work = Trainer::Work::none;
            trainer.done.push_back(std::move(trainer.run));
            trainer.run = {};
            if (trainer.done.size() > kept_runs) trainer.done.erase(trainer.done.begin());
            announce_result(turn, trainer);
        });
}

RefusalLabSession& lab_of(Turn& turn) { return turn.model.session.refusal; }

}

void follow_refusal_lab(Turn& turn) {
    lesson::RefusalLab const* const shown = shown_lab(turn.model);
    if (!shown) return;
    RefusalLabSession& lab = lab_of(turn);
    if (!lab.is_open) open_lab(turn, lab);
    LabSettings const settings = lab_settings(turn.model.progress, shown->id);
    compute_effects(lab, settings);
    bool const any_layer = std::find(settings.layers.begin(), settings.layers.end(), true) != settings.layers.end();
    if (settings.part == LabPart::defend && any_layer) reach_goal(turn, lab, settings);
    if (settings.part == LabPart::frontier) sweep_on(lab, settings);
    if (settings.part == LabPart::ask && settings.engine == LabEngine::weights) ask_model(turn, lab, settings);
}

bool refusal_lab_waits(Model const& model) {
    lesson::RefusalLab const* const shown = shown_lab(model);
    if (!shown || !model.session.refusal.is_open || model.session.refusal.sweep.is_done()) return false;
    return lab_settings(model.progress, shown->id).part == LabPart::frontier;
}

void note_decisions(Turn& turn, PythonExited const& exit) {
    for (lesson::Slide const& slide : turn.model.course.slides)
        for (lesson::Block const& block : slide.blocks) {
            auto const* const code = std::get_if<lesson::Lab>(&block);
            if (!code || code->decisions_file.empty()) continue;
            for (auto const& [path, content] : exit.files) {
                bool const is_it = path.size() > code->decisions_file.size() &&
                                   path.compare(path.size() - code->decisions_file.size() - 1, std::string::npos,
                                                "/" + code->decisions_file) == 0;
                if (!is_it) continue;
                lab_of(turn).decisions = content;
                if (lab_of(turn).is_open) count_decisions(lab_of(turn), content);
            }
        }
}

void on(Turn& turn, StartTraining const& event) {
    Trainer& trainer = lab_of(turn).trainer;
    if (trainer.state != Trainer::State::ready || trainer.work != Trainer::Work::none) return;
    LabSettings const settings = lab_settings(turn.model.progress, event.block);
    trainer.run = {++trainer.runs, settings.steps, settings.preset, settings.training, {}, {}, 0};
    trainer.work = Trainer::Work::training;
    tell_trainer(turn, tiny::Train{trainer.run.number, settings.steps, settings.training});
    turn.announce(turn.words("refusal.train.started"));
}

void on(Turn& turn, PauseTraining const&) {
    Trainer& trainer = lab_of(turn).trainer;
    if (trainer.work == Trainer::Work::none) return;
    bool const was_paused = trainer.work == Trainer::Work::paused;
    bool const is_stepping = static_cast<int>(trainer.run.curve.size()) < trainer.run.steps;
    trainer.work = !was_paused   ? Trainer::Work::paused
                   : is_stepping ? Trainer::Work::training
                                 : Trainer::Work::measuring;
    if (was_paused)
        tell_trainer(turn, tiny::Resume{});
    else
        tell_trainer(turn, tiny::Pause{});
    turn.announce(turn.words(was_paused ? "refusal.train.resumed" : "refusal.train.paused"));
}

void on(Turn& turn, CancelTraining const&) {
    Trainer& trainer = lab_of(turn).trainer;
    if (trainer.work == Trainer::Work::none) return;
    trainer.work = Trainer::Work::none;
    trainer.run = {};
    tell_trainer(turn, tiny::Cancel{});
    turn.announce(turn.words("refusal.train.cancelled"));
    turn.focus("refusal/train/start"); // the button that had the focus is gone
}

void on(Turn& turn, ApplyPreset const& event) {
    std::vector<TrainingPreset> const& presets = training_presets();
    for (std::size_t i = 0; i < presets.size(); ++i) {
        if (presets[i].name != event.preset) continue;
        auto& settings = turn.model.progress.settings;
        for (auto at = settings.begin(); at != settings.end();)
            at = at->first.rfind(event.block + ".train_", 0) == 0 ? settings.erase(at) : std::next(at);
        for (auto const& [name, value] : presets[i].values) settings[event.block + "." + std::string(name)] = value;
        settings[event.block + ".train_preset"] = static_cast<double>(i);
        turn.announce(turn.words("refusal.preset." + event.preset + ".title"));
        turn.save_soon();
    }
}

void on(Turn& turn, ResetLab const& event) {
    auto& settings = turn.model.progress.settings;
    std::string const part = event.block + ".part"; // where one looks is no setting
    for (auto at = settings.begin(); at != settings.end();)
        at = at->first.rfind(event.block + ".", 0) == 0 && at->first != part ? settings.erase(at) : std::next(at);
    turn.announce(turn.words("refusal.reset.announce"));
    turn.save_now();
}

void on(Turn& turn, KeepSetting const& event) {
    RefusalLabSession& lab = lab_of(turn);
    if (lab.kept.size() >= kept_runs) lab.kept.erase(lab.kept.begin());
    lab.kept.push_back({event.label, {lab.defended.over_refusal, lab.defended.attack_success}});
    turn.announce(turn.words("refusal.frontier.kept"));
}

void on(Turn& turn, SaveFile const& event) {
    turn.add(Download{event.name, event.type, event.text});
    turn.announce(turn.words("refusal.saved", {{"file", event.name}}));
}

void on(Turn& turn, SavePicture const& event) {
    turn.add(DownloadPicture{event.name, event.node});
    turn.announce(turn.words("refusal.saved", {{"file", event.name}}));
}

void on(Turn& turn, TrainerChanged const& event) {
    Trainer& trainer = lab_of(turn).trainer;
    bool const is_ready = event.state == TrainerChanged::State::ready;
    trainer.state = is_ready ? Trainer::State::ready : Trainer::State::failed;
    trainer.failure = event.message;
    trainer.asked.clear();
    if (is_ready || trainer.work == Trainer::Work::none) return;
    trainer.work = Trainer::Work::none;
    turn.announce(turn.words("refusal.trainer.failed", {{"message", event.message}}));
}

void on(Turn& turn, TrainerSaid const& event) {
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(event.bytes.data());
    hear(turn, lab_of(turn).trainer, tiny::decode_report({bytes, event.bytes.size()}));
}

}
