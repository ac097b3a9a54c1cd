#pragma once
// A parsed sed script: what sed_parse.cpp makes of the text and sed.cpp carries out. POSIX sed with GNU's additions
// (0,/re/, first~step, addr,+N, addr,~N, I and M flags, \U \L \u \l \E, Q, T, F, z, e, R, W, in-place editing).

#include "terminal/process.hpp"
#include "terminal/regex/regex.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands::sed {

constexpr std::size_t max_commands = 10'000;
constexpr int max_blocks = 200; // { inside {

enum class AddressKind : std::uint8_t { none, line, last, pattern, step, zero, plus, multiple };

struct Address {
    AddressKind kind = AddressKind::none;
    std::int64_t line = 0, step = 0;
    int pattern = -1; // index in Script::patterns, -1 for the last one used
};

enum class CaseChange : std::uint8_t { none, upper, lower, upper_next, lower_next, end };

struct ReplacementPart {
    std::string text;
    int group = -1; // or the text
    CaseChange change = CaseChange::none;
};

struct Command {
    char name = 0;
    Address first, second;
    bool negated = false;
    std::string text;         // a i c, label, file name
    std::size_t target = 0;   // of b t T and of a closed {
    std::int64_t number = -1; // l L q Q: line width, exit status; s: which match
    int pattern = -1;         // s
    std::vector<ReplacementPart> replacement;
    bool global = false, prints = false, evaluates = false;
    std::string file;     // s///w
    std::string from, to; // y, as UTF-8 characters
    // While it runs: an open range and its end.
    bool in_range = false, closed = false; // closed: it has ended once
    std::int64_t range_end = 0;
    bool zero_used = false; // 0,/re/ begins only once
};

struct Script {
    std::vector<Command> commands;
    std::vector<regex::Regex> patterns;
    bool quiet = false; // by #n
};

enum class Syntax : std::uint8_t { basic, extended };

// One -e or -f piece; `name` is "-e expression #1" or "FILE: line 3" for messages.
struct Piece {
    std::string text;
    std::string name;
    bool is_file = false;
};

// `l`: escapes, folded with \ at the ends of lines.
[[nodiscard]] std::string visible(std::string_view space, std::int64_t width);
// What `s` does; whether it replaced anything.
bool substitute(Command const& one, regex::Regex const& regex, std::string& space);

// The script, or GNU's message ("-e expression #1, char 3: unterminated `s' command").
[[nodiscard]] Result<Script> parse(std::vector<Piece> const& pieces, Syntax syntax);

}
