#pragma once
// The limits of a lesson file. Far above what a lesson needs; a file beyond them is refused in words, so that no file
// can make the page slow or the saved state too large.

#include <cstddef>

namespace cw::lesson {

constexpr std::size_t slides_limit = 200;
constexpr std::size_t blocks_limit = 100; // on one slide
constexpr std::size_t items_limit = 50;   // of a list, options of a question, points of a task, scenarios…
constexpr std::size_t id_limit_chars = 48;
constexpr std::size_t text_limit_bytes = 20'000; // one paragraph or item
constexpr std::size_t markup_depth_limit = 8;
constexpr double picture_limit_px = 10'000;
constexpr double points_limit = 100; // of one question

// What a learner may put into the saved state. What is longer is cut when it comes in, and the learner is told.
constexpr std::size_t answer_limit_bytes = 20'000; // one task
constexpr std::size_t code_limit_bytes = 100'000;  // one file
constexpr std::size_t history_limit = 500;         // terminal lines
// All texts of one saved state. The reader refuses more, so that a forged state costs no time.
constexpr std::size_t saved_texts_limit_bytes = 200'000;

}
