#pragma once
// A lesson on a headless stage: found and pressed as a learner does, by role and name, or by mouse at the drawn place.
//
//   Stage stage("ai012-06", {360, 740});
//   stage.press(Role::button, "Next");
//   CHECK(stage.heading() == "Core Concepts");

#include "platform/headless/headless.hpp"
#include "program.hpp"

#include <string>

namespace cw::test {

struct Size {
    float width_px = 1280, height_px = 800;
    bool touch = false; // the finger is the pointer
};

[[nodiscard]] std::string read_file(std::string const& path);

class Stage {
  public:
    explicit Stage(std::string const& lesson, Size size = {}, std::string const& saved = "",
                   std::string const& slide = "");

    // Through the DOM's path: the node is activated as a click, a key or a screen reader does.
    void press(ui::Role role, std::string_view name);
    void press(std::string_view path);
    // Through the canvas: the mouse goes down and up in the middle of the node's rect.
    void click(ui::Role role, std::string_view name);
    void type(std::string_view text_box, std::string const& text);
    void wait(double milliseconds);
    void visit(std::string const& slide);
    void handle(app::Event const& event);

    [[nodiscard]] ui::Node const& node(ui::Role role, std::string_view name) const;
    [[nodiscard]] bool has(ui::Role role, std::string_view name) const;
    [[nodiscard]] std::string heading() const;
    [[nodiscard]] Rect on_screen(ui::Node const& node) const;
    [[nodiscard]] std::string last_saved() const;
    [[nodiscard]] std::string last_announced() const;
    [[nodiscard]] app::Model const& model() const { return program_.model(); }
    [[nodiscard]] ui::Sem const& semantics() const { return program_.semantics(); }

    platform::World world;

  private:
    void pass();
    Program program_;
};

}
