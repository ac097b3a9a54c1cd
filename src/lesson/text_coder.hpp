#pragma once
// Compresses the short texts of a saved state: answers, code, terminal lines. A learner's few hundred words are too
// short for an ordinary LZ to learn from, so the coder predicts bit by bit from the last letters, the current word and
// the longest earlier repetition (context mixing: Mahoney, "Adaptive weighing of context models", FIT CS-2005-16), and
// it has already read a page of English and Python when it begins. Integers only: the same bytes everywhere.
//
// The page it has read, and every number in here, are part of the saved format: change one and old states cannot be
// read. Not for large texts: it takes about half a millisecond a kilobyte, 2 MB while it lives and as much again while
// it works.
//
//   TextCoder const coder;
//   TextCoder::Packed const packed = coder.pack("the model refuses", 100); // about a third of the length
//   coder.unpack(packed.bytes, 17) == "the model refuses"

#include "lesson/armour.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace cw::lesson {

class TextCoder {
  public:
    TextCoder();
    ~TextCoder();
    TextCoder(TextCoder&&) noexcept;
    struct Packed {
        Bytes bytes;
        std::size_t letters = 0; // how many bytes of the text are in them: all, or those that fit
    };
    // Stops once more than `most_bytes` would be needed; what is packed up to there cannot be unpacked.
    [[nodiscard]] Packed pack(std::string_view text, std::size_t most_bytes) const;
    // The first `size` bytes of what was packed. Damaged bytes give other text, never an error: check a sum before.
    [[nodiscard]] std::string unpack(std::string_view packed, std::size_t size) const;

  private:
    class Predictor;
    [[nodiscard]] Predictor const& primed() const;
    mutable std::unique_ptr<Predictor const> primed_; // after its page, read when first needed; texts begin with a copy
};

}
