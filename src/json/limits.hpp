#pragma once
// The limits of JSON text that we read. A lesson file, its prompts and a learner's files all stay far below them; they
// are there so that a hostile or broken file costs a message, not the page.

#include <cstddef>

namespace cw::json {

constexpr std::size_t text_limit_bytes = 4'000'000;
constexpr std::size_t depth_limit = 64; // nested arrays and objects

}
