#pragma once
// One running lesson: model, view state, semantics and the loop between them. pass() is the drawing in ARCHITECTURE.md
// as code: draw -> events -> reduce -> effects, until nothing more happens.
//
//   Program program(words);
//   program.handle(app::Next{});   // something happened
//   program.pass();                // the screen follows

#include "app/model.hpp"
#include "platform/platform.hpp"
#include "ui/frame.hpp"
#include "ui/sem.hpp"

namespace cw {

class Program {
  public:
    explicit Program(app::Words words);
    ~Program();
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;

    // Something happened outside the screen: reduces it and performs its effects. The screen follows at the next pass.
    void handle(app::Event const& event);
    // Something was done to a node: a pass with it.
    void act(ui::Input const& input);
    // Draws, reduces what the drawing led to, and draws again until the screen is still (at most a few times).
    void pass();

    ui::ViewState view;
    [[nodiscard]] app::Model const& model() const { return model_; }
    [[nodiscard]] ui::Sem const& semantics() const { return out_.sem; }

  private:
    bool draw_once(ui::Input const& input);
    void pass_with(ui::Input input);

    app::Model model_;
    ui::Fonts fonts_;
    ui::Out out_;
    ui::SemDiff diff_;
};

}
