#pragma once
// The inline markup of authored texts: **strong**, *emphasis*, `code`, $tex$, [text](https://…) for a link and
// [text](actor:harmlessness) for an actor's name. A backslash takes the meaning from any punctuation after it; brackets
// that no address follows are plain. There are no blocks here: paragraphs and lists are the lesson format's.
//
// Malformed markup never loses a letter: it is shown as typed, and reported.
//
//   Marked const marked = read_markup("It is **not** $P(x)$.");

#include "lesson/types.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cw::lesson {

struct MarkupFinding {
    std::size_t offset = 0; // bytes into the text
    std::string message;
    std::string hint;
};
struct Marked {
    RichText text;
    std::vector<MarkupFinding> findings;
};

[[nodiscard]] Marked read_markup(std::string_view source);

// The letters alone; math as its TeX.
[[nodiscard]] std::string plain_text(RichText const& text);

}
