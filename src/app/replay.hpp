#pragma once
// Events as text, one JSON object a line, so that what happened in a session can be written down and happen again: a
// bug report is a file, and so is a test. Only events are in it: played from its first LessonLoaded on, a log gives the
// same model everywhere. A log holds what the learner typed; nothing sends one anywhere.
//
//   {"event":"choose","question":"q1","option":"prevent"}
//   {"event":"check","question":"q1"}

#include "app/event.hpp"
#include "ground/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cw::app {

// One line without its end.
[[nodiscard]] std::string to_line(Event const& event);
[[nodiscard]] std::string to_log(std::vector<Event> const& events);

// Empty lines and lines that begin with # are skipped. Errors: invalid; `where` is the line's number.
[[nodiscard]] Result<std::vector<Event>> read_log(std::string_view log);

}
