#pragma once
// Reads a lesson file (format 1, assets/lesson.schema.json). Bad content never stops the reader: every finding becomes
// a Diagnostic with its place and a hint, a block that cannot be read becomes a BrokenBlock, and what is sound plays.
// Limits: limits.hpp.

#include "lesson/types.hpp"

#include <string_view>

namespace cw::lesson {

[[nodiscard]] Loaded load(std::string_view json_text);

}
