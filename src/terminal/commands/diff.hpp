#pragma once
// What the parts of diff share: the options, a text cut into lines, and the places where two texts differ.

#include "terminal/commands/stream.hpp"
#include "terminal/regex/regex.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

struct DiffStyle {
    bool unified = false, brief = false, recursive = false, identical = false, color = false, context_format = false;
    bool ignore_case = false, ignore_space_change = false, ignore_all_space = false, ignore_blank_lines = false,
         ignore_trailing = false;
    bool text = false, expands_tabs = false, new_file = false, side_by_side = false, only_changes = false;
    std::size_t context = 0, width = 130;
    std::vector<std::string> labels, excluded; // -x
    char script = 0;                           // 'e', 'f' or 'n'
    bool left_column = false;
    bool initial_tab = false, strips_returns = false, ignore_tab_expansion = false, bare_blank_lines = false;
    std::size_t tab = 8;
    std::shared_ptr<regex::Regex const> heading; // -F, -p: the line before a hunk that is shown with it
    // -D and the formats: of common, old and new lines, and of groups of these and of changed ones.
    bool formats = false, has_line_format[3] = {}, has_group_format[4] = {};
    std::string line_formats[3], group_formats[4];
    std::shared_ptr<regex::Regex const> ignored; // -I
    std::string options;                         // as repeated in "diff -r a b"
};

struct DiffText {
    std::string name, bytes, label;
    std::vector<std::string_view> lines;
    std::vector<std::string> keys; // what is compared
    bool lacks_newline = false;
};

// Lines [a_from, a_to) of the first were replaced by [b_from, b_to) of the second.
struct Hunk {
    std::size_t a_from, a_to, b_from, b_to;
};

// The changes, in order. `context` is how many lines around them will be shown.
std::vector<Hunk> compare_lines(DiffText const& a, DiffText const& b, std::size_t context);

// In the form that the style asks for, the scripts and formats below among them.
void print_hunks(Output& out, DiffStyle const& style, DiffText const& a, DiffText const& b,
                 std::vector<Hunk> const& hunks);
// Tabs as spaces.
[[nodiscard]] std::string with_spaces(std::string_view line, std::size_t tab);
// The scripts of -e (for ed), -f (the same forward) and -n (for RCS).
void print_script(Output& out, char kind, DiffText const& b, std::vector<Hunk> const& hunks);
// -D NAME as group formats; what is not given of the formats; the two texts merged by them.
void if_defined(DiffStyle& style, std::string const& name);
void finish_formats(DiffStyle& style);
void print_formats(Output& out, DiffStyle const& style, DiffText const& a, DiffText const& b,
                   std::vector<Hunk> const& hunks);
// Without the changes whose lines are all blank (-B) or all match (-I).
void drop_ignored(std::vector<Hunk>& hunks, DiffStyle const& style, DiffText const& a, DiffText const& b);

}
