#pragma once
// The body of a saved Progress (see progress.cpp): what stands between its frame's lesson hash and its check sum.

#include "lesson/armour.hpp"
#include "lesson/progress.hpp"

#include <optional>

namespace cw::lesson {

class TextCoder;

// `hash_width`: bytes of each id's hash, 2 or 3. Ids that are not in the course are left out.
void put_body(Bytes& out, Progress const& progress, Course const& course, int hash_width, TextCoder const& coder);
// Nothing where the bytes do not follow the format to their end.
[[nodiscard]] std::optional<Progress> read_body(BytesReader& in, Course const& course);

}
