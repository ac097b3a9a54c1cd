// The refusal lab on its stage: every part can be reached and says its numbers in words, wide and narrow.

#include "ground/id.hpp"
#include "ground/text.hpp"
#include "json/value.hpp"
#include "stage.hpp"
#include "ui/plot.hpp"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::test;
using ui::Role;

namespace {

constexpr char const* parts[] = {"Ask", "Train", "Defend", "Frontier", "What this is"};

Stage lab_stage(Size size = {}) { return Stage("ai012-06", size, "", "refusal-lab"); }

template <class T>
T const* last_effect(Stage const& stage) {
    for (auto it = stage.world.effects.rbegin(); it != stage.world.effects.rend(); ++it)
        if (auto const* const found = std::get_if<T>(&*it)) return found;
    return nullptr;
}

void hear(Stage& stage, app::tiny::Report const& report) {
    std::vector<std::uint8_t> const bytes = app::tiny::encode(report);
    stage.handle(app::TrainerSaid{{bytes.begin(), bytes.end()}});
}

// A run that has ended: 60 of 96 everywhere.
void finish_a_training(Stage& stage) {
    stage.handle(app::TrainerChanged{app::TrainerChanged::State::ready, ""});
    stage.press(Role::button, "Train");
    app::tiny::Stepped step;
    step.run = 1;
    for (step.report.step = 1; step.report.step <= 100; ++step.report.step) {
        step.report.preference.loss = 0.7 - 0.005 * step.report.step;
        step.report.text_loss = 0.68;
        hear(stage, step);
    }
    app::tiny::Measurements measured;
    for (app::tiny::Cell const cell : app::tiny::trainer_cells()) measured.cells.push_back({cell, {96, 60, 60, 60, 0}});
    measured.text_loss = 0.69;
    hear(stage, app::tiny::BeforeMeasured{measured});
    hear(stage, app::tiny::Trained{1, measured, 0xABCDEF});
}

}

TEST_CASE("ui.refusal: the parts are buttons, and the current one says so") {
    for (Size const size : {Size{1280, 800}, Size{360, 740}}) {
        Stage stage = lab_stage(size);
        for (char const* const part : parts) {
            stage.press(Role::button, part);
            CHECK((stage.node(Role::button, part).flags & ui::current) != 0);
        }
    }
}

TEST_CASE("ui.refusal: every chart has a table of its numbers, all rows as long as the head") {
    for (Size const size : {Size{1280, 800}, Size{360, 740}}) {
        Stage stage = lab_stage(size);
        for (char const* const part : parts) {
            stage.press(Role::button, part);
            if (std::string(part) == "Train") finish_a_training(stage);
            if (std::string(part) == "Defend") stage.press("refusal/filter");
            std::set<std::uint32_t> tables;
            for (ui::Node const& node : stage.semantics().nodes())
                if (node.role == Role::table) tables.insert(node.parent);
            for (ui::Node const& node : stage.semantics().nodes()) {
                if (node.role != Role::figure) continue;
                CAPTURE(node.path);
                CHECK(tables.count(hash32(node.path)) == 1);
                CHECK(node.rect.h > 40);
            }
            for (ui::Node const& row : stage.semantics().nodes()) {
                if (row.role != Role::row) continue;
                std::string const table = row.path.substr(0, row.path.rfind('/'));
                auto const cells = [&](std::uint32_t parent) {
                    int count = 0;
                    for (ui::Node const& node : stage.semantics().nodes()) count += node.parent == parent;
                    return count;
                };
                CHECK(cells(row.id) == cells(hash32(table + "/head")));
            }
        }
    }
}

TEST_CASE("ui.refusal: nothing reaches beyond the page's width") {
    for (Size const size : {Size{1280, 800}, Size{800, 600}, Size{360, 740}}) {
        Stage stage = lab_stage(size);
        for (char const* const part : parts) {
            stage.press(Role::button, part);
            if (std::string(part) == "Train") finish_a_training(stage);
            float const width = stage.semantics().find("main")->rect.w;
            for (ui::Node const& node : stage.semantics().nodes()) {
                if (node.path.rfind("refusal/", 0) != 0 || node.rect.w == 0) continue;
                CAPTURE(node.path);
                CHECK(node.rect.x >= 0);
                CHECK(node.rect.right() <= width + 1);
            }
        }
    }
}

TEST_CASE("ui.refusal: the bars are the equations' numbers, and a slider moves them") {
    Stage stage = lab_stage();
    app::LabSettings const settings = app::lab_settings(stage.model().progress, "refusal");
    auto const shown = [&] { return stage.node(Role::meter, "P(refusal)").value; };
    CHECK(shown() == fixed(app::asked_trace(stage.model().session.refusal, settings).refusal, 3));
    CHECK(shown() == "0.700");
    stage.handle(app::SetLever{"refusal", "w_harm", 0});
    CHECK(shown() == "0.007");
    CHECK(stage.node(Role::slider, "Harmlessness weight (w_harm)").value == "0.00");
}

TEST_CASE("ui.refusal: the tables say what cwlab prints for the same settings, digit by digit") {
    json::Parsed const recorded = json::parse(read_file(CW_ROOT "/tests/golden/refusal/cwlab/analytic_page.out.json"));
    REQUIRE(recorded.ok());
    Stage stage = lab_stage();
    stage.press(Role::radio, "Role-play");
    stage.press("refusal/rule");
    stage.press("refusal/filter");
    stage.handle(app::SetLever{"refusal", "w_harm", 12});
    stage.handle(app::SetLever{"refusal", "beta", 1.5});
    auto const shown = [&](std::string const& figure, std::string const& name) {
        for (int row = 0;; ++row) {
            std::string const path = figure + "/table/" + std::to_string(row);
            ui::Node const* const head = stage.semantics().find(path + "/0");
            if (!head) return "no row " + name;
            if (head->name == name) return stage.semantics().find(path + "/1")->name;
        }
    };
    auto const printed = [&](std::initializer_list<char const*> path) {
        json::Value const* at = &recorded.root;
        for (char const* const key : path) at = at->find(key);
        return fixed(at->number, 4);
    };
    std::string const steps = "refusal/steps";
    CHECK(shown(steps, "ν'") == printed({"processing", "visibility"}));
    CHECK(shown(steps, "ν' h") == printed({"processing", "harm_term"}));
    CHECK(shown(steps, "λ l (1 − h)") == printed({"processing", "lexical_term"}));
    CHECK(shown(steps, "u") == printed({"processing", "u"}));
    CHECK(shown(steps, "k (u − θ)") == printed({"trigger", "input"}));
    CHECK(shown(steps, "ŝ") == printed({"trigger", "s_hat"}));
    CHECK(shown(steps, "ŝ*") == printed({"trigger", "s_star"}));
    for (char const* const action : {"R", "S", "F"}) {
        std::string const of = std::string("(") + action + ")";
        CHECK(shown(steps, "ref" + of) == printed({"output", "reference_logits", action}));
        CHECK(shown(steps, "r" + of) == printed({"output", "rewards", action}));
        CHECK(shown(steps, "z" + of) == printed({"output", "logits", action}));
        CHECK(shown(steps, "log π" + of) == printed({"output", "log_probabilities", action}));
        CHECK(shown(steps, "π" + of) == printed({"output", "probabilities", action}));
        CHECK(shown(steps, "π_ref" + of) == printed({"reference_probabilities", action}));
        CHECK(shown(steps, "P" + of) == printed({"final", action}));
    }
    CHECK(shown(steps, "KL(π‖π_ref)") == printed({"kl_nats"}));
    CHECK(shown(steps, "t") == printed({"filter", "t"}));
    CHECK(shown(steps, "P(refusal)") == printed({"p_refusal"}));
    CHECK(shown(steps, "P(harmful_content)") == printed({"p_harmful_content"}));
    std::string const waterfall = "refusal/waterfall";
    CHECK(shown(waterfall, "Competing objectives") == printed({"waterfall", "objectives"}));
    CHECK(shown(waterfall, "Prior shift") == printed({"waterfall", "prior"}));
    CHECK(shown(waterfall, "Hidden intent") == printed({"waterfall", "visibility"}));
    CHECK(shown(waterfall, "Rule and demonstrations") == printed({"waterfall", "rule"}));
    CHECK(shown(waterfall, "Intent that the rule uncovers") == printed({"waterfall", "rule_visibility"}));
    CHECK(shown(waterfall, "Total") == printed({"waterfall", "total"}));
}

TEST_CASE("ui.refusal: the task of the challenge shows the experiment, and what came of it") {
    Stage stage = lab_stage();
    stage.visit("challenge");
    CHECK(stage.semantics().find("task/task-1/experiment/text") == nullptr);
    CHECK(stage.semantics().find("task/task-2/experiment/text")->runs.front().text.find("at most 5 %") !=
          std::string::npos);
    stage.press("task/task-2/experiment/go");
    CHECK(stage.heading() == "The refusal lab");
    CHECK((stage.node(Role::button, "Defend").flags & ui::current) != 0);
    stage.press("refusal/filter");
    stage.visit("challenge");
    std::string const text = stage.semantics().find("task/task-2/experiment/text")->runs.front().text;
    CHECK(text.find("Intent filter: ") != std::string::npos);
}

TEST_CASE("ui.refusal: sliders say their value in plain digits at both ends") {
    Stage stage = lab_stage();
    stage.press(Role::button, "Train");
    for (auto const& [index, shown] : {std::pair{0, "0"}, {1, "0.01"}, {7, "10"}, {9, "100"}}) {
        stage.handle(app::SetLever{"refusal", "train_harm", static_cast<double>(index)});
        CHECK(stage.node(Role::slider, "Harmlessness weight").value == shown);
    }
}

TEST_CASE("ui.refusal: the training's progress has a name and a value") {
    Stage stage = lab_stage();
    stage.press(Role::button, "Train");
    stage.handle(app::TrainerChanged{app::TrainerChanged::State::ready, ""});
    stage.press("refusal/train/start");
    app::tiny::Stepped step;
    step.run = 1;
    step.report.step = 1;
    hear(stage, step);
    ui::Node const& bar = stage.node(Role::progressbar, "Progress of the training");
    CHECK(bar.number == 1);
    CHECK(bar.most == 100);
    CHECK(bar.value == "Step 1 of 100");
}

TEST_CASE("ui.refusal: role-play raises P(harmful_content) for the same topic") {
    Stage stage = lab_stage();
    std::string const direct = stage.node(Role::meter, "P(harmful_content)").value;
    stage.press(Role::radio, "Grandmother");
    std::string const wrapped = stage.node(Role::meter, "P(harmful_content)").value;
    CHECK(direct == "0.025");
    CHECK(wrapped == "0.680");
}

TEST_CASE("ui.refusal: a table is drawn when asked for and saved as CSV") {
    Stage stage = lab_stage();
    auto const is_unseen = [&] {
        return (stage.semantics().find("refusal/waterfall/table/head/0")->flags & ui::unseen) != 0;
    };
    CHECK(is_unseen());
    stage.press("refusal/waterfall/table/toggle");
    CHECK_FALSE(is_unseen());
    stage.press("refusal/waterfall/csv");
    auto const* const file = last_effect<app::Download>(stage);
    REQUIRE(file != nullptr);
    CHECK(file->name == "refusal-waterfall.csv");
    CHECK(file->text.find("Competing objectives") == std::string::npos); // asked directly: it moves nothing
    CHECK(file->text.find("Total,") != std::string::npos);
    stage.press("refusal/waterfall/png");
    REQUIRE(last_effect<app::DownloadPicture>(stage) != nullptr);
    CHECK(last_effect<app::DownloadPicture>(stage)->node == "refusal/waterfall");
}

TEST_CASE("ui.plot: cells with commas, quotes and line ends are quoted in CSV") {
    CHECK(ui::csv_of({{"a", "b"}, {{"1,5", "say \"x\""}, {"two\nlines", ""}}}) ==
          "a,b\r\n\"1,5\",\"say \"\"x\"\"\"\r\n\"two\nlines\",\r\n");
}
