#pragma once
// Reads a lesson file (format 1; assets/lesson.schema.json says what may stand in it). Bad content never stops the
// reader: every finding becomes a Diagnostic with its place and a hint, a block that cannot be read becomes a
// BrokenBlock, and what is sound plays. Only a text that is no JSON, a newer format or a file without slides is not
// playable. Files beside the lesson (pictures, code) are named here, not read. Limits: limits.hpp.
//
//   Loaded const loaded = load(text);
//   for (Diagnostic const& finding : loaded.diagnostics) ...
//   if (loaded.playable) play(loaded.course);

#include "lesson/types.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cw::lesson {

constexpr int format_version = 1;

[[nodiscard]] Loaded load(std::string_view json_text);

// The frames that a scenario may name; the refusal library knows the same ones.
[[nodiscard]] std::vector<std::string> const& frame_names();

}
