#pragma once
// reduce: the only function that changes the Model. No clock, no randomness, no input or output: time comes in with
// events, the seed lives in the progress, and what the world must do goes out as Effects. The same events give the same
// model everywhere.
//
//   Effects const effects = reduce(model, Check{"q1"});

#include "app/effect.hpp"
#include "app/event.hpp"
#include "app/model.hpp"

namespace cw::app {

constexpr double idle_after_ms = 60'000;                 // without activity for this long, time does not count
constexpr double clock_every_ms = 1'000;                 // how often the shown time moves while the learner is active
constexpr double save_at_most_every_ms = 1'000;          // typing is saved at this pace; everything else at once
constexpr std::uint32_t save_time_every_s = 15;          // what a crash can cost of the time spent
constexpr std::int64_t terminal_steps_a_turn = 20'000;   // of a shell; then the page gets its turn
constexpr std::size_t error_output_limit_bytes = 20'000; // of a program's stderr, kept for its traceback
constexpr int python_time_limit_s = 10;                  // for the words alone: shell/python.js keeps it

[[nodiscard]] Effects reduce(Model&, Event const&);

}
