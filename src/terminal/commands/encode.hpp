#pragma once
// Bytes as letters of an alphabet whose size is a power of two (RFC 4648), and back: base64, base32 and their kin.
//
//   encoded("hi", alphabet_named("base64")); // aGk=

#include <cstddef>
#include <string>
#include <string_view>

namespace cw::terminal::commands {

struct Alphabet {
    std::string_view name; // the option of basenc
    std::string_view letters;
    unsigned bits;     // a letter stands for
    std::size_t group; // letters that end at a byte: what `=` fills up to
};

[[nodiscard]] Alphabet const& alphabet_named(std::string_view name);
[[nodiscard]] std::string encoded(std::string_view bytes, Alphabet const& alphabet);
// False when the input is not of the alphabet; what could be read is in `out`.
bool decoded(std::string_view text, Alphabet const& alphabet, bool ignores_garbage, std::string& out);

}
