// The lesson as a learner plays it: by role and name, by mouse, through a reload.

#include "stage.hpp"

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::test;
using ui::Role;

TEST_CASE("ui.lesson: Next walks through every slide and Previous back") {
    Stage stage("ai012-06");
    CHECK(stage.heading() == "The Conflict of Alignment: Helpfulness vs. Harmlessness");
    std::size_t const count = stage.model().course.slides.size();
    for (std::size_t i = 1; i < count; ++i) {
        stage.press(Role::button, "Next");
        CHECK(stage.heading() == stage.model().course.slides[i].title);
    }
    CHECK((stage.node(Role::button, "Next").flags & ui::disabled) != 0);
    stage.press(Role::button, "Previous");
    CHECK(stage.heading() == stage.model().course.slides[count - 2].title);
}

TEST_CASE("ui.lesson: the mouse on the canvas does what the DOM's button does") {
    Stage stage("ai012-06");
    stage.click(Role::button, "Next");
    CHECK(stage.heading() == "Core Concepts");
    stage.click(Role::button, "The Vulnerability");
    CHECK(stage.heading() == "The Vulnerability");
    stage.visit("question-1");
    stage.click(Role::radio, "To maximize the model's creative output.");
    CHECK((stage.node(Role::radio, "To maximize the model's creative output.").flags & ui::checked) != 0);
}

TEST_CASE("ui.lesson: the outline names every slide and marks the current one") {
    Stage stage("ai012-06");
    stage.press(Role::button, "Core Concepts");
    CHECK(stage.heading() == "Core Concepts");
    CHECK((stage.node(Role::button, "Core Concepts").flags & ui::current) != 0);
    CHECK((stage.node(Role::button, "The Vulnerability").flags & ui::current) == 0);
}

TEST_CASE("ui.lesson: a question is answered, judged in words, tried again and scored") {
    Stage stage("ai012-06", {}, "", "question-1");
    stage.press(Role::button, "Check answer");
    CHECK(stage.last_announced() == "Choose an answer first.");
    stage.press(Role::radio, "To maximize the model's creative output.");
    stage.press(Role::button, "Check answer");
    CHECK(stage.last_announced().rfind("Not yet.", 0) == 0);
    CHECK(stage.model().score.points == 0);
    stage.press(Role::button, "Try again");
    stage.press(Role::radio, "To prevent the model from generating dangerous or unethical content.");
    stage.press(Role::button, "Check answer");
    CHECK(stage.last_announced().rfind("Correct.", 0) == 0);
    CHECK(stage.model().score.points == 1);
    CHECK(stage.model().progress.questions.at("q1").tries == 2);
}

TEST_CASE("ui.lesson: a task is written, submitted, compared and ticked") {
    Stage stage("ai012-06", {}, "", "challenge");
    stage.press("task/task-1/submit");
    CHECK_FALSE(stage.has(Role::heading, "Solution")); // blank: asked to write first
    stage.type("Your answer to Task 1", "The role-play hides the intent.");
    stage.press("task/task-1/submit");
    REQUIRE(stage.has(Role::heading, "Solution"));
    std::string const point = stage.model().progress.tasks.at("task-1").points.empty() ? "" : "?";
    CHECK(point.empty());
    for (ui::Node const& node : stage.semantics().nodes()) {
        if (node.role != Role::checkbox) continue;
        stage.press(std::string(node.path));
        break;
    }
    CHECK(stage.model().progress.tasks.at("task-1").points.size() == 1);
}

TEST_CASE("ui.lesson: what was done comes back after a reload") {
    std::string saved;
    {
        Stage stage("ai012-06", {}, "", "question-1");
        stage.press(Role::radio, "To prevent the model from generating dangerous or unethical content.");
        stage.press(Role::button, "Check answer");
        stage.visit("challenge");
        stage.type("Your answer to Task 2", "Classify the intent first. Größe: 漢字");
        stage.wait(2'000);
        saved = stage.last_saved();
    }
    Stage again("ai012-06", {}, saved);
    CHECK(again.heading() == "Challenge: The Grandmother Loophole");
    CHECK(again.node(Role::text_area, "Your answer to Task 2").value == "Classify the intent first. Größe: 漢字");
    CHECK(again.model().score.points == 1);
}

TEST_CASE("ui.lesson: a damaged saved state starts clean, keeps the old one and says so") {
    Stage stage("ai012-06", {}, "this is not a saved state");
    CHECK(stage.heading() == "The Conflict of Alignment: Helpfulness vs. Harmlessness");
    bool kept = false;
    for (app::Effect const& effect : stage.world.effects)
        if (auto const* const keep = std::get_if<app::KeepDamaged>(&effect))
            kept = keep->state == "this is not a saved state";
    CHECK(kept);
    REQUIRE(stage.model().session.notices.size() == 1);
    stage.press(Role::button, "Dismiss");
    CHECK(stage.model().session.notices.empty());
}

TEST_CASE("ui.lesson: a broken lesson file shows its findings and plays what is sound") {
    Stage stage("broken-example");
    CHECK_FALSE(stage.model().session.diagnostics.empty());
    bool pointer = false;
    for (ui::Node const& node : stage.semantics().nodes())
        for (lesson::Span const& run : node.runs) pointer = pointer || run.text.find("/slides") != std::string::npos;
    CHECK(pointer);
}

TEST_CASE("ui.lesson: the reading view shows the same nodes, and says to the platform that the canvas rests") {
    Stage stage("ai012-06", {}, "", "question-1");
    std::size_t const nodes = stage.semantics().nodes().size();
    stage.press(Role::button, "Reading view");
    CHECK_FALSE(stage.world.canvas_shown);
    CHECK(stage.semantics().nodes().size() == nodes);
    stage.press(Role::button, "Reading view");
    CHECK(stage.world.canvas_shown);
}

TEST_CASE("ui.lesson: a pass without events changes nothing and says nothing") {
    Stage stage("ai012-06", {}, "", "refusal-mechanism");
    std::size_t const effects = stage.world.effects.size();
    stage.world.operations.clear();
    stage.handle(app::Activity{stage.world.now_ms});
    stage.handle(app::Activity{stage.world.now_ms});
    CHECK(stage.world.operations.empty());
    CHECK(stage.world.effects.size() <= effects + 1);
}
