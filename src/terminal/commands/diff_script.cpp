#include "terminal/commands/diff.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

// "3,5" or "3"; lines count from 1.
std::string lines_of(std::size_t from, std::size_t to, char separator) {
    std::string const last = std::to_string(to);
    return to <= from + 1 ? last : std::to_string(from + 1) + separator + last;
}

// ed ends its input at a line with a lone dot, so such a line is written as two and cut afterwards.
void put_text(Output& out, DiffText const& text, std::size_t from, std::size_t to, bool doubles_dots) {
    for (std::size_t i = from; i < to; ++i) {
        bool const dot = doubles_dots && text.lines[i] == ".";
        if (dot)
            out.line("..\n.\ns/.//");
        else
            out.line(text.lines[i]);
        if (dot && i + 1 < to) out.line("a");
        if (dot && i + 1 == to) return;
    }
    out.line(".");
}

void ed_script(Output& out, DiffText const& b, std::vector<Hunk> const& hunks) {
    for (auto hunk = hunks.rbegin(); hunk != hunks.rend(); ++hunk) {
        bool const removes = hunk->a_to > hunk->a_from, adds = hunk->b_to > hunk->b_from;
        out.line(lines_of(hunk->a_from, hunk->a_to, ',') + (removes ? adds ? "c" : "d" : "a"));
        if (adds) put_text(out, b, hunk->b_from, hunk->b_to, true);
    }
}

void forward_script(Output& out, DiffText const& b, std::vector<Hunk> const& hunks) {
    for (Hunk const& hunk : hunks) {
        bool const removes = hunk.a_to > hunk.a_from, adds = hunk.b_to > hunk.b_from;
        out.line((removes ? adds ? "c" : "d" : "a") + lines_of(hunk.a_from, hunk.a_to, ' '));
        if (adds) put_text(out, b, hunk.b_from, hunk.b_to, false);
    }
}

void rcs_script(Output& out, DiffText const& b, std::vector<Hunk> const& hunks) {
    for (Hunk const& hunk : hunks) {
        if (hunk.a_to > hunk.a_from)
            out.line("d" + std::to_string(hunk.a_from + 1) + " " + std::to_string(hunk.a_to - hunk.a_from));
        if (hunk.b_to == hunk.b_from) continue;
        out.line("a" + std::to_string(hunk.a_to) + " " + std::to_string(hunk.b_to - hunk.b_from));
        for (std::size_t i = hunk.b_from; i < hunk.b_to; ++i) {
            bool const whole = !b.lacks_newline || i + 1 < b.lines.size();
            out.put(b.lines[i]);
            if (whole) out.put('\n');
        }
    }
}

}

void print_script(Output& out, char kind, DiffText const& b, std::vector<Hunk> const& hunks) {
    switch (kind) {
        case 'e': return ed_script(out, b, hunks);
        case 'f': return forward_script(out, b, hunks);
        default: return rcs_script(out, b, hunks);
    }
}

void drop_ignored(std::vector<Hunk>& hunks, DiffStyle const& style, DiffText const& a, DiffText const& b) {
    if (!style.ignore_blank_lines && !style.ignored) return;
    auto const line_ignored = [&](std::string_view line) {
        return (style.ignore_blank_lines && line.empty()) || (style.ignored && style.ignored->matches(line));
    };
    auto const all_ignored = [&](DiffText const& text, std::size_t from, std::size_t to) {
        return std::all_of(text.lines.begin() + static_cast<std::ptrdiff_t>(from),
                           text.lines.begin() + static_cast<std::ptrdiff_t>(to), line_ignored);
    };
    hunks.erase(std::remove_if(hunks.begin(), hunks.end(),
                               [&](Hunk const& hunk) {
                                   return all_ignored(a, hunk.a_from, hunk.a_to) &&
                                          all_ignored(b, hunk.b_from, hunk.b_to);
                               }),
                hunks.end());
}

}
