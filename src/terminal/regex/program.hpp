#pragma once
// The compiled form shared by the regex compiler and matcher: a program for a backtracking or set-of-states machine
// (Thompson 1968; Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009). Every consuming instruction
// takes exactly one character, so that the set machine can go through the subject in step.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw::terminal::regex {

// A byte that is not valid UTF-8 is read as the character invalid_base + byte, beyond all code points.
constexpr char32_t invalid_base = 0x200000;

enum class Op : std::uint8_t {
    character, // x: the character
    any,       // any valid character
    any_but_newline,
    set,       // x: index of the set
    split,     // x, then y
    jump,      // x
    save,      // x: slot
    enter,     // x: loop
    progress,  // x: loop, y: its exit; such a first turn ends the loop, later ones fail: none runs for ever
    backref,   // x: group
    assertion, // x: Assertion
    look,      // x: first instruction, y: after the end; behind/negate in `mode`
    match,
};

enum class Assertion : std::uint32_t {
    line_start,
    line_end,
    text_start,
    text_end,
    text_end_newline,
    word_edge,
    not_word_edge,
    word_start,
    word_end,
    no_word_before,
    no_word_after
};

constexpr std::uint8_t look_behind = 1, look_negated = 2;

struct Instruction {
    Op op = Op::match;
    std::uint8_t mode = 0;
    std::uint32_t x = 0, y = 0;
};

// Classes, as bits, for what lies beyond ASCII.
enum class Class : std::uint16_t {
    alpha = 1,
    digit = 2,
    alnum = 4,
    upper = 8,
    lower = 16,
    space = 32,
    blank = 64,
    punct = 128,
    print = 256,
    graph = 512,
    cntrl = 1024,
    xdigit = 2048,
    word = 4096
};

struct CharacterSet {
    std::array<std::uint64_t, 2> ascii{};
    std::vector<std::pair<char32_t, char32_t>> ranges; // beyond ASCII, inclusive
    std::uint16_t classes = 0, excluded_classes = 0;   // beyond ASCII: in one of / in none of (\W in brackets)
    bool negated = false;

    void add(char32_t from, char32_t to);
    void add(Class kind, bool complement);
    void fold_case();
    [[nodiscard]] bool has(char32_t c) const;
};

[[nodiscard]] bool is_in_class(char32_t c, Class kind);

struct Program {
    std::vector<Instruction> code;
    std::vector<CharacterSet> sets;
    std::size_t groups = 0;                                 // without group 0
    std::vector<std::pair<std::size_t, std::string>> names; // of groups that have one
    std::string warnings;                                   // grep's, one a line
    std::size_t loops = 0; // that have enter and progress; their slots follow those of the groups
    bool ignores_case = false;
    bool multi_line = false;
    bool by_priority = false;        // Perl: the first match by priority; else the longest
    bool needs_backtracking = false; // back references, look-around
    bool is_literal = false;         // `literal` is all there is to match
    bool anchored = false;           // can match only at the start of the text
    std::string literal;
    std::array<bool, 256> first{}; // bytes that a match can begin with; all of them if it may be empty
    bool may_be_empty = false;
};

// The character at `at` of `text`, its length in bytes in `length`.
[[nodiscard]] char32_t character_at(std::string_view text, std::size_t at, std::size_t& length);
[[nodiscard]] char32_t folded(char32_t c);

}
