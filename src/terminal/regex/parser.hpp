#pragma once
// From a pattern's text to a program for the matcher: a tree of nodes first (compile.cpp), then instructions and what
// lets a search skip (emit.cpp). Only these two files include it.

#include "ground/text.hpp"
#include "terminal/regex/program.hpp"
#include "terminal/regex/regex.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::regex {

constexpr int infinite = -1;
constexpr int max_repeat = 32767; // RE_DUP_MAX

enum class Kind : std::uint8_t {
    empty,
    character,
    any,
    set,
    sequence,
    choice,
    repeat,
    group,
    backref,
    assertion,
    look,
    keep
};

// Children of sequence, choice, repeat, group and look are chained by `next` from `child`.
struct Node {
    Kind kind = Kind::empty;
    std::uint8_t mode = 0; // look: its mode; repeat: 1 if lazy
    int child = -1, last = -1, next = -1;
    std::uint32_t value = 0; // character, set, group, assertion
    int least = 0, most = 0;
};

class Parser {
  public:
    Parser(std::string_view pattern, Flavor flavor, unsigned flags, Program& program)
        : text_(pattern), flavor_(flavor), flags_(flags), program_(program) {}

    Result<void> run();

  private:
    [[nodiscard]] bool is_basic() const { return flavor_ == Flavor::basic || flavor_ == Flavor::grep_basic; }
    [[nodiscard]] bool is_grep() const { return flavor_ == Flavor::grep_basic || flavor_ == Flavor::grep_extended; }
    [[nodiscard]] bool is_perl() const { return flavor_ == Flavor::perl; }
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] bool next_is(std::string_view word) const { return text_.substr(at_, word.size()) == word; }
    bool consume(std::string_view word) {
        if (!next_is(word)) return false;
        at_ += word.size();
        return true;
    }
    void fail(std::string_view message) {
        if (error_.empty()) error_ = message;
    }
    int node(Kind kind, std::uint32_t value = 0) {
        nodes_.push_back({});
        nodes_.back().kind = kind;
        nodes_.back().value = value;
        return static_cast<int>(nodes_.size()) - 1;
    }
    Node& at(int index) { return nodes_[static_cast<std::size_t>(index)]; }
    void append(int parent, int child) {
        if (at(parent).last < 0)
            at(parent).child = child;
        else
            at(at(parent).last).next = child;
        at(parent).last = child;
    }

    [[nodiscard]] bool at_bar() const { return next_is(is_basic() ? "\\|" : "|"); }

    int parse_choice();
    int parse_sequence();
    int parse_atom(bool fresh);
    int parse_group();
    int parse_escape();
    bool awk_number(std::size_t& at, char32_t& value) const;
    void warn_at_start(char c);
    int parse_repeats(int atom);
    bool parse_interval(int& least, int& most);
    int parse_bracket();
    bool bracket_item(CharacterSet& set, bool first);
    bool bracket_character(char32_t& c);
    int class_node(Class kind, bool complement);
    int character_node(char32_t c);
    int assertion(Assertion which) { return node(Kind::assertion, static_cast<std::uint32_t>(which)); }

    bool may_be_empty(int index);
    void emit(int index);
    void emit_children(int index);
    void emit_repeat(int index);
    std::uint32_t here() const { return static_cast<std::uint32_t>(program_.code.size()); }
    std::uint32_t put(Op op, std::uint32_t x = 0, std::uint32_t y = 0) {
        if (program_.code.size() >= max_program)
            fail("Regular expression too big");
        else
            program_.code.push_back({op, 0, x, y});
        return here() - 1;
    }
    void analyse();

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t plain_brace_ = static_cast<std::size_t>(-1); // a { there is a character
    Flavor flavor_;
    unsigned flags_;
    Program& program_;
    std::vector<Node> nodes_;
    std::vector<bool> closed_; // groups that a back reference may name
    std::string error_;
    int open_ = 0;
};

}
