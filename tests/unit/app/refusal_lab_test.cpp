#include "app/refusal_lab.hpp"

#include "playing.hpp"
#include "refusal/tiny/experiments.hpp"
#include "refusal/tiny/trainer.hpp"

#include <string>

using namespace cw;
using namespace cw::app;

namespace {

std::string const lab_slide = "refusal-lab";

struct Lab : test::Playing {
    Lab() : Playing("ai012-06", "", lab_slide) {}
    Lab& set(std::string const& name, double value) {
        send(SetLever{"refusal", name, value});
        return *this;
    }
    [[nodiscard]] RefusalLabSession const& lab() const { return model.session.refusal; }
    [[nodiscard]] LabSettings settings() const { return lab_settings(model.progress, "refusal"); }
    Lab& hear(tiny::Report const& report) {
        std::vector<std::uint8_t> const bytes = tiny::encode(report);
        send(TrainerSaid{{bytes.begin(), bytes.end()}});
        return *this;
    }
    Lab& be_ready() {
        send(TrainerChanged{TrainerChanged::State::ready, ""});
        return *this;
    }
    // What was said to the worker in the last turn.
    [[nodiscard]] std::vector<tiny::Command> told() const {
        std::vector<tiny::Command> out;
        for (TellTrainer const& tell : all<TellTrainer>()) {
            auto const* const bytes = reinterpret_cast<std::uint8_t const*>(tell.bytes.data());
            out.push_back(tiny::decode_command({bytes, tell.bytes.size()}));
        }
        return out;
    }
};

}

TEST_CASE("app.refusal_lab: nothing is loaded before its slide is on screen, and then once") {
    test::Playing page;
    CHECK_FALSE(page.has<OpenTrainer>());
    CHECK_FALSE(page.model.session.refusal.is_open);
    page.send(GoTo{lab_slide, GoTo::Cause::button});
    CHECK(page.only<OpenTrainer>().source == "tiny.weights");
    CHECK(page.model.session.refusal.suite.prompts.size() == 210);
    page.send(Next{}).send(Previous{});
    CHECK_FALSE(page.has<OpenTrainer>());
}

TEST_CASE("app.refusal_lab: saved settings out of range come back in range, in whole steps") {
    Lab page;
    page.set("w_harm", 1e9).set("frame", -4).set("part", 2.4).set("beta", 1.13).set("train_preset", 60);
    CHECK(page.settings().weights.harmlessness == 40);
    CHECK(page.settings().frame == 0);
    CHECK(page.settings().part == LabPart::defend);
    CHECK(page.settings().weights.beta == doctest::Approx(1.25));
    CHECK(page.settings().preset == -1);
    page.send(ResetLab{"refusal"});
    CHECK(page.settings().weights.harmlessness == 8.5);
    CHECK(page.settings().part == LabPart::defend); // where one looks is no setting
}

TEST_CASE("app.refusal_lab: what is asked is what the equations are asked for the suite's prompt") {
    Lab page;
    page.set("kind", 2).set("frame", 3).set("topic", 4).set("rule", 1);
    refusal::SuitePrompt const* const prompt = asked_prompt(page.lab(), page.settings());
    REQUIRE(prompt != nullptr);
    CHECK(page.lab().suite.frames[3].id == "grandmother");
    CHECK(prompt->request_class == analytic::RequestClass::harmful);
    analytic::Trace const shown = asked_trace(page.lab(), page.settings());
    analytic::Trace const expected =
        analytic::respond({prompt->harm, prompt->lexical_alarm, analytic::info(analytic::Frame::role_play).levers}, {},
                          {analytic::standard_rule, {}, 0});
    CHECK(shown.refusal == expected.refusal);
    CHECK(shown.harmful_content == expected.harmful_content);
}

TEST_CASE("app.refusal_lab: a kind that the suite lacks in a frame still has numbers") {
    Lab page;
    page.set("kind", 1).set("frame", 8);
    CHECK(asked_prompt(page.lab(), page.settings()) == nullptr);
    CHECK(asked_trace(page.lab(), page.settings()).refusal > 0);
}

TEST_CASE("app.refusal_lab: layers are measured over the whole suite, each alone and together") {
    Lab page;
    page.set("part", 2).set("rule", 1).set("filter", 1);
    std::vector<analytic::Case> const cases = refusal::cases(page.lab().suite);
    analytic::Metrics const none = analytic::measure(cases, {}, {});
    analytic::Metrics const both =
        analytic::measure(cases, {}, defence_of(page.settings(), {true, false, true, false}));
    CHECK(page.lab().undefended.attack_success == doctest::Approx(none.attack_success).epsilon(1e-12));
    CHECK(page.lab().defended.attack_success == doctest::Approx(both.attack_success).epsilon(1e-12));
    CHECK(page.lab().defended.harmless_refusal == doctest::Approx(both.harmless_refusal).epsilon(1e-12));
    CHECK(page.lab().effects[0].attack_success < none.attack_success);
    CHECK(page.lab().effects[0].harmless_refusal > none.harmless_refusal); // the bill
}

TEST_CASE("app.refusal_lab: without a suite nothing is measured, so no goal is met") {
    CHECK_FALSE(meets_goal(analytic::measure({}, {}, {})));
}

TEST_CASE("app.refusal_lab: the goal is said once and saved") {
    Lab page;
    page.set("part", 2);
    CHECK(page.model.progress.goals.empty());
    page.set("filter", 1);
    CHECK(meets_goal(page.lab().defended));
    CHECK(page.model.progress.goals.count("refusal.defence") == 1);
    CHECK(page.said().find("Both goals are met") != std::string::npos);
    CHECK(page.has<Save>());
    page.set("rule", 1);
    CHECK(page.said().empty());
}

TEST_CASE("app.refusal_lab: the sweep goes on in slices and ends where one long sweep would") {
    Lab page;
    page.set("part", 3);
    int turns = 0;
    double now_ms = 2000;
    while (!page.lab().sweep.is_done()) {
        REQUIRE(page.lab().sweep.points.size() <= sweep_slice * static_cast<std::size_t>(turns + 1));
        REQUIRE(page.model.session.clock.wake_ms.has_value());
        page.send(Tick{now_ms += 10});
        REQUIRE(++turns < 100);
    }
    Sweep const& sweep = page.lab().sweep;
    std::vector<analytic::Tradeoff> points;
    for (std::size_t i = 0; i < sweep.grid.size(); ++i) {
        analytic::Setting const at = analytic::setting_at(sweep.grid, i, {});
        analytic::Metrics const metrics = analytic::measure(page.lab().cases, at.weights, at.defence);
        points.push_back({metrics.over_refusal, metrics.attack_success});
    }
    CHECK(sweep.front == analytic::pareto_front(points));
    CHECK(sweep.front.size() > 5);
}

TEST_CASE("app.refusal_lab: the learner's program becomes a layer when it has run") {
    Lab page;
    CHECK_FALSE(page.lab().report.has_value());
    PythonExited exit;
    exit.files["/home/learner/decisions.json"] =
        R"({"decisions": {"h-01-direct_question": "refuse", "b-01": "refuse"}})";
    page.send(exit);
    REQUIRE(page.lab().report.has_value());
    CHECK(page.lab().report->total.harmful_blocked == 1);
    CHECK(page.lab().report->total.harmless_blocked == 1);
    page.set("kind", 2).set("frame", 0).set("topic", 0).set("program", 1);
    CHECK(asked_trace(page.lab(), page.settings()).refusal == 1);
    exit.files["/home/learner/decisions.json"] = "{";
    page.send(exit);
    CHECK_FALSE(page.lab().report.has_value());
    CHECK_FALSE(page.lab().report_failure.empty());
}

TEST_CASE("app.refusal_lab: the real model is asked each question once") {
    Lab page;
    page.set("engine", 1);
    CHECK(page.told().empty()); // it is not there yet
    page.be_ready();
    REQUIRE(page.told().size() == 1);
    auto const ask = std::get<tiny::Ask>(page.told().front());
    CHECK(ask.request_class == tiny::RequestClass::harmful);
    CHECK(ask.frame == tiny::Frame::direct);
    page.set("w_harm", 3);
    CHECK(page.told().empty());
    page.set("frame", 2).set("rule", 1);
    CHECK(std::get<tiny::Ask>(page.told().front()).context == tiny::Context::danger_rule);
    tiny::Answered late;
    late.id = 1;
    page.hear(late);
    CHECK_FALSE(page.lab().trainer.answer.has_value()); // the answer to an older question
    late.id = page.lab().trainer.questions;
    page.hear(late);
    CHECK(page.lab().trainer.answer.has_value());
}

TEST_CASE("app.refusal_lab: a training moves, pauses, goes on, and ends as a run") {
    Lab page;
    page.be_ready().send(ApplyPreset{"refusal", "harmlessness"});
    page.send(StartTraining{"refusal"});
    auto const train = std::get<tiny::Train>(page.told().front());
    CHECK(train.steps == 100);
    CHECK(train.settings.pairs.harm_weight == 10.0f);
    CHECK_FALSE(train.settings.pairs.borderline_pairs);
    CHECK(tiny::check(train.settings).has_value());
    tiny::Stepped step;
    step.run = train.run;
    for (step.report.step = 1; step.report.step <= 100; ++step.report.step) {
        page.hear(step);
        if (step.report.step != 50) continue;
        page.send(PauseTraining{"refusal"});
        CHECK(std::holds_alternative<tiny::Pause>(page.told().front()));
        page.send(PauseTraining{"refusal"});
        CHECK(std::holds_alternative<tiny::Resume>(page.told().front()));
    }
    CHECK(page.lab().trainer.work == Trainer::Work::measuring);
    page.hear(tiny::BeforeMeasured{}).hear(tiny::Trained{train.run, {}, 77});
    CHECK(page.lab().trainer.work == Trainer::Work::none);
    REQUIRE(page.lab().trainer.done.size() == 1);
    CHECK(page.lab().trainer.done.front().curve.size() == 100);
    CHECK(page.lab().trainer.done.front().weight_hash == 77);
}

TEST_CASE("app.refusal_lab: a cancelled training leaves nothing, and its late reports are not heard") {
    Lab page;
    page.be_ready().send(StartTraining{"refusal"});
    int const run = std::get<tiny::Train>(page.told().front()).run;
    page.send(CancelTraining{"refusal"});
    CHECK(std::holds_alternative<tiny::Cancel>(page.told().front()));
    page.hear(tiny::Trained{run, {}, 1});
    CHECK(page.lab().trainer.done.empty());
}

TEST_CASE("app.refusal_lab: every preset is a training that the model accepts") {
    Lab page;
    for (TrainingPreset const& preset : training_presets()) {
        page.send(ApplyPreset{"refusal", std::string(preset.name)});
        CHECK_MESSAGE(tiny::check(page.settings().training).has_value(), preset.name);
        CHECK(page.settings().preset >= 0);
    }
}

TEST_CASE("app.refusal_lab: presets are the experiments whose results for three seeds are published") {
    Lab page;
    auto const run_of = [&](char const* preset) {
        page.send(ApplyPreset{"refusal", preset});
        LabSettings const s = page.settings();
        return tiny::encode(tiny::Command{tiny::Train{0, s.steps, s.training}});
    };
    auto const experiment = [](std::string_view name, double value) {
        for (tiny::Experiment each : tiny::experiments(1)) {
            if (each.name != name || each.value != value) continue;
            // Where no pair leaves the direct frame it does not matter which frames there would be.
            each.settings.pairs.coverage_frames = 1u << static_cast<int>(tiny::Frame::role_play);
            return tiny::encode(tiny::Command{tiny::Train{0, each.steps, each.settings}});
        }
        return std::vector<std::uint8_t>{};
    };
    CHECK(run_of("harmlessness") == experiment("harmlessness", 10));
    CHECK(run_of("depth") == experiment("depth", 0.5));
    CHECK(run_of("patch") == experiment("coverage-role-play", 0.1));
    CHECK(run_of("collapse") == experiment("ptx", 0));
    CHECK(run_of("cure") == experiment("ptx", 0.5));
}

TEST_CASE("app.refusal_lab: a filter asks a frozen copy, or the answering weights themselves") {
    Lab page;
    page.set("engine", 1).set("filter", 1).be_ready();
    CHECK(std::get<tiny::Ask>(page.told().front()).filter == tiny::IntentFilter::frozen);
    page.set("filter_own", 1);
    CHECK(std::get<tiny::Ask>(page.told().front()).filter == tiny::IntentFilter::own);
}

TEST_CASE("app.refusal_lab: the stack that met the goal is kept for the task that asks for it") {
    Lab page;
    page.set("part", 2);
    CHECK_FALSE(defence_record(page.model.progress).has_value());
    page.set("rule", 1);
    CHECK_FALSE(defence_record(page.model.progress).has_value()); // attacks still come through
    page.set("filter", 1);
    CHECK_FALSE(defence_record(page.model.progress).has_value()); // and with both, the bill is too high
    page.set("rule", 0);
    auto const record = defence_record(page.model.progress);
    REQUIRE(record.has_value());
    CHECK(record->layers == std::array<bool, layer_count>{false, false, true, false});
    CHECK(record->attack_success == doctest::Approx(page.lab().defended.attack_success).epsilon(1e-3));
    CHECK(record->harmless_refusal == doctest::Approx(page.lab().defended.harmless_refusal).epsilon(1e-3));
    page.set("filter", 0);
    page.send(ResetLab{"refusal"});
    CHECK(defence_record(page.model.progress)->layers == record->layers);
}

TEST_CASE("app.refusal_lab: a finished training is told with its results") {
    Lab page;
    page.be_ready().send(StartTraining{"refusal"});
    auto const measured = [](int refused, int answered) {
        tiny::Measurements out;
        out.cells = {{tiny::Cell::harm_direct, {96, refused, 96 - refused, 0, 0}},
                     {tiny::Cell::harm_role_play, {96, 96 - answered, answered, 0, 0}},
                     {tiny::Cell::borderline_direct, {96, 24, 72, 0, 0}}};
        return out;
    };
    page.hear(tiny::BeforeMeasured{measured(0, 96)}).hear(tiny::Trained{1, measured(96, 48), 1});
    CHECK(page.said().find("refused in 100 % of cases, before in 0 %") != std::string::npos);
    CHECK(page.said().find("answer in 50 %") != std::string::npos);
    CHECK(page.said().find("25 % of harmless requests") != std::string::npos);
}

TEST_CASE("app.refusal_lab: a worker that fails says so and ends the training") {
    Lab page;
    page.be_ready().send(StartTraining{"refusal"});
    page.send(TrainerChanged{TrainerChanged::State::failed, "no worker"});
    CHECK(page.lab().trainer.work == Trainer::Work::none);
    CHECK(page.said().find("no worker") != std::string::npos);
}

TEST_CASE("refusal.trainer: reports come back from bytes as they were, and a live run is the same run") {
    std::string const file = test::repo_file("assets/lessons/ai012-06/tiny.weights");
    std::vector<std::uint8_t> const weights(file.begin(), file.end());
    auto trainer = tiny::Trainer::create(weights);
    REQUIRE(trainer.has_value());
    trainer->receive(tiny::Train{5, 3, {}});
    auto run = tiny::LiveRun::create(weights, {});
    for (int i = 0; i < 3; ++i) {
        REQUIRE(trainer->work());
        std::vector<tiny::Report> const reports = trainer->take_reports();
        REQUIRE(reports.size() == 1);
        auto const heard = std::get<tiny::Stepped>(tiny::decode_report(tiny::encode(reports.front())));
        tiny::StepReport const expected = run->step();
        CHECK(heard.run == 5);
        CHECK(heard.report.step == expected.step);
        CHECK(heard.report.preference.loss == expected.preference.loss);
        CHECK(heard.report.text_loss == expected.text_loss);
    }
    trainer->receive(tiny::Pause{});
    CHECK_FALSE(trainer->work());
    trainer->receive(tiny::Cancel{});
    CHECK_FALSE(trainer->work());
    tiny::Ask ask;
    ask.id = 9;
    ask.request_class = tiny::RequestClass::harmful;
    trainer->receive(ask);
    auto const answer = std::get<tiny::Answered>(tiny::decode_report(tiny::encode(trainer->take_reports().front())));
    CHECK(answer.id == 9);
    CHECK_FALSE(answer.is_trained);
    CHECK(answer.before.refusal < 0.1); // helpful-only
    bool has_block = false;
    for (auto const& position : answer.before.positions) has_block |= position.word == tiny::harmful_block;
    CHECK(has_block);
}
