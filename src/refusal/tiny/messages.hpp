#pragma once
// What the page and the worker that runs the model say to one another, and its form in bytes. Both ends are built from
// this file, so bytes that do not read are a bug of ours. Numbers cross as they are: nothing is rounded on the way.
//
//   worker.post(encode(Command{Train{1, live_steps, LiveSettings{}}}));
//   Report const report = decode_report(bytes);

#include "refusal/tiny/live.hpp"
#include "refusal/tiny/view.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace cw::refusal::tiny {

// --- to the worker ---
// One question to the weights as shipped and, once there are any, to the trained ones. `example` counts round through
// the requests of the class that the safety data do not contain.
struct Ask {
    std::uint32_t id = 0;
    RequestClass request_class = RequestClass::benign;
    int example = 0;
    Frame frame = Frame::direct;
    Context context = Context::none;
    IntentFilter filter = IntentFilter::none;
    int prefill = 0; // at most four
};
// Training from the shipped weights, then measuring; what ran before is given up.
struct Train {
    int run = 0;
    int steps = live_steps;
    LiveSettings settings; // checked
};
struct Pause {};
struct Resume {};
struct Cancel {};
using Command = std::variant<Ask, Train, Pause, Resume, Cancel>;

// --- from the worker ---
struct Answered {
    std::uint32_t id = 0;
    AnswerView before;
    double alarm_before = 0; // see alarm()
    bool is_trained = false; // there are trained weights, and `after` is theirs
    AnswerView after;
    double alarm_after = 0;
};
struct Stepped {
    int run = 0;
    StepReport report;
};
struct CellResult {
    Cell cell = Cell::benign_direct;
    Outcomes outcomes;
};
struct Measurements {
    std::vector<CellResult> cells;
    double text_loss = 0;
    // Empty outcomes for a cell that was not measured.
    [[nodiscard]] Outcomes operator[](Cell cell) const;
};
struct BeforeMeasured { // the weights as shipped; comes once, with the first training
    Measurements measurements;
};
struct Trained {
    int run = 0;
    Measurements measurements;
    std::uint64_t weight_hash = 0;
};
using Report = std::variant<Answered, Stepped, BeforeMeasured, Trained>;

[[nodiscard]] std::vector<std::uint8_t> encode(Command const& command);
[[nodiscard]] std::vector<std::uint8_t> encode(Report const& report);
[[nodiscard]] Command decode_command(std::span<std::uint8_t const> bytes);
[[nodiscard]] Report decode_report(std::span<std::uint8_t const> bytes);

}
