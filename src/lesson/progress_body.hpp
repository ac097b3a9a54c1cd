#pragma once
// The body of a saved Progress (see progress.cpp): what stands between its frame's lesson hash and its check sum.

#include "lesson/armour.hpp"
#include "lesson/progress.hpp"

#include <optional>

namespace cw::lesson {

class TextCoder;

// What became of the texts, in the order in which they are packed: first what is never shed, then answers, files, and
// terminal lines from the newest to the oldest. Positions are in bytes of the texts put together.
struct TextFit {
    std::size_t answers = 0, files = 0, history = 0, all = 0; // where each kind begins, and the end
    std::size_t fitting = 0;                                  // how far the texts got within the bytes allowed
    [[nodiscard]] bool fits() const { return fitting == all; }
};

// Appends the body, at most `most_bytes` of it; where it does not fit, what was appended is of no use. `hash_width`:
// bytes of each id's hash, 2 or 3. Ids that are not in the course are left out.
TextFit put_body(Bytes& out, std::size_t most_bytes, Progress const& progress, Course const& course, int hash_width,
                 TextCoder const& coder);
// Nothing where the bytes do not follow the format to their end.
[[nodiscard]] std::optional<Progress> read_body(BytesReader& in, Course const& course);

}
