#pragma once
// Colours for Python source: splits a whole file into tokens of a kind. It follows the lexical rules (Python language
// reference, chapter 2) as far as colours need them: comments, strings with prefixes and triple quotes, numbers, names.
// It finds no errors; a string that never ends colours to its line's (or the file's) end.

#include <cstdint>
#include <string_view>
#include <vector>

namespace cw::ui {

struct CodeToken {
    enum class Kind : std::uint8_t { plain, keyword, text, number, comment, function };
    std::size_t from = 0, to = 0; // bytes
    Kind kind = Kind::plain;
};

// Tokens in order, without gaps except for blanks and line ends.
[[nodiscard]] std::vector<CodeToken> lex_python(std::string_view source);

}
