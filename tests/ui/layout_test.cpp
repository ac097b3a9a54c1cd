// What must hold for the drawn layout at every size: nothing is cut off, controls are large enough and do not overlap.

#include "stage.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::test;
using ui::Role;

namespace {

constexpr Size sizes[] = {{320, 256},        {360, 740},  {360, 740, true}, {640, 400},
                          {800, 1000, true}, {1280, 800}, {1920, 1080}};

bool is_control(ui::Node const& node) {
    switch (node.role) {
        case Role::button:
        case Role::radio:
        case Role::checkbox:
        case Role::slider:
        case Role::text_area: return true;
        default: return false;
    }
}

bool overlap(Rect const& a, Rect const& b) {
    return a.x < b.right() - 0.5f && b.x < a.right() - 0.5f && a.y < b.bottom() - 0.5f && b.y < a.bottom() - 0.5f;
}

}

TEST_CASE("ui.layout: every node stays within the width of its region, on every slide and size") {
    for (Size const size : sizes) {
        Stage stage("ai012-06", size);
        for (lesson::Slide const& slide : stage.model().course.slides) {
            stage.visit(slide.id);
            CAPTURE(size.width_px);
            CAPTURE(slide.id);
            for (ui::Node const& node : stage.semantics().nodes()) {
                if (node.rect.w == 0) continue;
                CAPTURE(node.path);
                Rect const rect = stage.on_screen(node);
                CHECK(rect.x >= -0.5f);
                CHECK(rect.right() <= size.width_px + 0.5f);
                CHECK(rect.h >= 0);
            }
        }
    }
}

TEST_CASE("ui.layout: the terminal has as many of the author's 80 columns as its panel has room for") {
    for (Size const size : sizes) {
        Stage stage("ai012-06", size);
        stage.visit("lab");
        CAPTURE(size.width_px);
        auto const& terminal = stage.model().session.labs.at("filter").terminal;
        REQUIRE(terminal);
        int const columns = terminal->screen().columns();
        ui::Node const& log = stage.node(Role::log, "Terminal output");
        CHECK(columns >= 20);
        CHECK(columns <= 80);
        CHECK(static_cast<float>(columns) * log.font_px * 0.5f <= log.rect.w); // no face is narrower
        CHECK(log.font_px >= 12);
        if (size.width_px >= 800) CHECK(columns == 80);
        if (size.width_px <= 360) CHECK(columns < 60);
        std::string const shown = "bash — " + std::to_string(columns) + "x24";
        ui::Node const* const title = stage.semantics().find("lab/filter/terminal/title");
        REQUIRE(title);
        REQUIRE(title->runs.size() == 1);
        CAPTURE(title->runs[0].text);
        CHECK(title->runs[0].text.find(shown) != std::string::npos);
    }
}

TEST_CASE("ui.layout: controls measure at least 24 by 24 pixels and do not overlap") {
    for (Size const size : sizes) {
        Stage stage("ai012-06", size);
        for (lesson::Slide const& slide : stage.model().course.slides) {
            stage.visit(slide.id);
            std::vector<ui::Node const*> controls;
            for (ui::Node const& node : stage.semantics().nodes())
                if (is_control(node)) controls.push_back(&node);
            for (std::size_t i = 0; i < controls.size(); ++i) {
                CAPTURE(controls[i]->path);
                CHECK(controls[i]->rect.w >= 24);
                CHECK(controls[i]->rect.h >= 24);
                for (std::size_t k = 0; k < i; ++k) {
                    if (controls[i]->parent != controls[k]->parent) continue; // regions scroll past one another
                    CAPTURE(controls[k]->path);
                    CHECK_FALSE(overlap(controls[i]->rect, controls[k]->rect));
                }
            }
        }
    }
}

TEST_CASE("ui.layout: reading order is the order of nodes, top to bottom in each region") {
    Stage stage("ai012-06", {360, 740});
    for (lesson::Slide const& slide : stage.model().course.slides) {
        stage.visit(slide.id);
        float last = -1;
        for (ui::Node const& node : stage.semantics().nodes()) {
            if (node.parent != stage.semantics().find("main")->id || node.rect.w == 0) continue;
            CAPTURE(node.path);
            CHECK(node.rect.y >= last - 0.5f);
            last = node.rect.y;
        }
    }
}

TEST_CASE("ui.layout: paragraphs have at most 80 characters on a line") {
    Stage stage("ai012-06", {1920, 1080});
    for (lesson::Slide const& slide : stage.model().course.slides) {
        stage.visit(slide.id);
        for (ui::Node const& node : stage.semantics().nodes())
            if (node.role == Role::paragraph && node.font_px == doctest::Approx(17)) CHECK(node.rect.w <= 1400);
    }
}

TEST_CASE("ui.layout: the outline is a drawer on a phone, and covers the slide while it is open") {
    Stage stage("ai012-06", {360, 740});
    CHECK_FALSE(stage.has(Role::navigation, "Lesson outline"));
    stage.press(Role::button, "Lesson outline");
    CHECK(stage.has(Role::navigation, "Lesson outline"));
    CHECK((stage.semantics().find("main")->flags & ui::inert) != 0);
    stage.press(Role::button, "Question 2");
    CHECK(stage.heading() == "Question 2");
    CHECK_FALSE(stage.has(Role::navigation, "Lesson outline"));
}
