#pragma once
// The model as a worker runs it: takes commands, does its work in slices of a few milliseconds to a few dozen, and
// leaves reports. A slice is one training step or one measured cell, so that a pause or a cancel is heard between two.
// It knows no thread and no clock; whoever owns it calls work() until there is none.
//
//   Trainer trainer = CW_TRY(Trainer::create(file));
//   trainer.receive(Train{1, live_steps, {}});
//   while (trainer.work()) for (Report const& report : trainer.take_reports()) show(report);

#include "refusal/tiny/messages.hpp"

#include <optional>
#include <vector>

namespace cw::refusal::tiny {

class Trainer {
  public:
    // `file` as in store.hpp. Errors: those of unpack().
    [[nodiscard]] static Result<Trainer> create(std::span<std::uint8_t const> file);

    void receive(Command const& command);
    // Does one slice; false if there was nothing to do.
    bool work();
    [[nodiscard]] std::vector<Report> take_reports() { return std::exchange(reports_, {}); }

  private:
    explicit Trainer(std::vector<std::uint8_t> file, LiveRun shipped)
        : file_(std::move(file)), shipped_(std::move(shipped)) {}
    void answer(Ask const& ask);
    bool measure(LiveRun const& model, Measurements& into);

    std::vector<std::uint8_t> file_;
    LiveRun shipped_; // never steps
    std::optional<LiveRun> run_;
    std::optional<LiveRun> trained_; // the last run that ended
    Train job_;
    bool is_working_ = false, is_paused_ = false;
    std::optional<Measurements> before_, after_; // being measured, or done
    bool before_is_whole_ = false;
    std::vector<Report> reports_;
};

// What the page measures before and after a training: at most so many prompts a cell, so many documents of the text
// loss.
constexpr int page_prompts = 96;
constexpr int page_texts = 128;
// The cells that a training is judged by, and after them those of the defences.
[[nodiscard]] std::vector<Cell> trainer_cells();

}
