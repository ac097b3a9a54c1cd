// The forms of diff for people: normal, context, unified and side by side.
#include "ground/text.hpp"
#include "terminal/commands/diff.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal::commands {

std::string with_spaces(std::string_view line, std::size_t tab) {
    std::string out(line);
    for (std::size_t at = 0; (at = out.find('\t', at)) != std::string::npos;) out.replace(at, 1, tab - at % tab, ' ');
    return out;
}

namespace {

class Printer {
  public:
    Printer(Output& out, DiffStyle const& style, DiffText const& a, DiffText const& b)
        : out_(out), style_(style), a_(a), b_(b) {}

    void normal(std::vector<Hunk> const& hunks) {
        for (Hunk const& hunk : hunks) {
            bool const removes = hunk.a_to > hunk.a_from, adds = hunk.b_to > hunk.b_from;
            char const letter = removes && adds ? 'c' : removes ? 'd' : 'a';
            colored(range(hunk.a_from, hunk.a_to) + letter + range(hunk.b_from, hunk.b_to), "36");
            for (std::size_t i = hunk.a_from; i < hunk.a_to; ++i) line(a_, i, "< ", "31");
            if (letter == 'c') out_.line("---");
            for (std::size_t i = hunk.b_from; i < hunk.b_to; ++i) line(b_, i, "> ", "32");
        }
    }
    void unified(std::vector<Hunk> const& hunks) {
        colored("--- " + a_.label, "1");
        colored("+++ " + b_.label, "1");
        for_groups(hunks, [&](std::size_t first, std::size_t last, Hunk const& all) {
            colored("@@ -" + span(all.a_from, all.a_to) + " +" + span(all.b_from, all.b_to) + " @@", "36",
                    heading(all.a_from));
            std::size_t at = all.a_from;
            for (std::size_t i = first; i < last; ++i) {
                for (; at < hunks[i].a_from; ++at) line(a_, at, " ", "");
                for (; at < hunks[i].a_to; ++at) line(a_, at, "-", "31");
                for (std::size_t j = hunks[i].b_from; j < hunks[i].b_to; ++j) line(b_, j, "+", "32");
            }
            for (; at < all.a_to; ++at) line(a_, at, " ", "");
        });
    }
    void context(std::vector<Hunk> const& hunks) {
        colored("*** " + a_.label, "1");
        colored("--- " + b_.label, "1");
        for_groups(hunks, [&](std::size_t first, std::size_t last, Hunk const& all) {
            out_.line("***************" + heading(all.a_from));
            colored("*** " + range(all.a_from, all.a_to) + " ****", "36");
            side(a_, hunks, first, last, all.a_from, all.a_to, true);
            colored("--- " + range(all.b_from, all.b_to) + " ----", "36");
            side(b_, hunks, first, last, all.b_from, all.b_to, false);
        });
    }

    // GNU's columns: the second begins at a tab stop, the mark stands in the middle of the gap.
    void beside(std::vector<Hunk> const& hunks) {
        std::size_t const tab = style_.expands_tabs ? 1 : style_.tab, gap = 3;
        std::size_t middle = style_.width / 2 + (tab + gap) / 2 + (style_.width & (tab + gap) & 1);
        middle -= middle % tab;
        half_ = middle <= gap || middle > style_.width ? 0 : std::min(middle - gap, style_.width - middle);
        second_ = half_ ? middle : style_.width;
        std::size_t i = 0, j = 0;
        for (std::size_t at = 0; at <= hunks.size(); ++at) {
            bool const last = at == hunks.size();
            std::size_t const end = last ? a_.lines.size() : hunks[at].a_from,
                              other = last ? b_.lines.size() : hunks[at].b_from;
            if (style_.only_changes) i = end, j = other;
            for (; i < end && j < other; ++i, ++j)
                if (style_.left_column)
                    pair(i, '(', none);
                else
                    pair(i, ' ', j);
            for (; i < end; ++i) pair(i, '(', none); // ignored changes
            for (; j < other; ++j) pair(none, ')', j);
            if (last) return;
            Hunk const& hunk = hunks[at];
            for (; i < hunk.a_to && j < hunk.b_to; ++i, ++j) pair(i, '|', j);
            for (; i < hunk.a_to; ++i) pair(i, '<', none);
            for (; j < hunk.b_to; ++j) pair(none, '>', j);
        }
    }

  private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    void pair(std::size_t left, char mark, std::size_t right) {
        std::string row;
        std::size_t column = 0;
        if (left != none) half(row, column, a_.lines[left]);
        if (mark != ' ') {
            tab_to(row, column, (half_ + second_ - 1) / 2);
            row += mark == '|' && ends(a_, left) != ends(b_, right) ? ends(a_, left) ? '/' : '\\' : mark;
            ++column;
        }
        if (right != none && !b_.lines[right].empty()) {
            tab_to(row, column, second_);
            half(row, column, b_.lines[right]);
        }
        bool const shows_color = style_.color && (mark == '<' || mark == '>');
        if (shows_color) out_.put(mark == '<' ? "\x1b[31m" : "\x1b[32m");
        out_.put(row);
        if ((left != none && ends(a_, left)) || (right != none && ends(b_, right))) out_.put('\n');
        if (shows_color) out_.put("\x1b[0m");
    }
    // Whether the line has its newline.
    static bool ends(DiffText const& text, std::size_t index) {
        return !text.lacks_newline || index + 1 < text.lines.size();
    }
    void tab_to(std::string& row, std::size_t& column, std::size_t to) const {
        for (std::size_t stop = column + style_.tab - column % style_.tab; !style_.expands_tabs && stop <= to;
             stop += style_.tab) {
            row += '\t';
            column = stop;
        }
        for (; column < to; ++column) row += ' ';
    }
    void half(std::string& row, std::size_t& column, std::string_view text) const {
        std::size_t const start = column;
        std::size_t place = 0; // in the text
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const from = at;
            char32_t const code = next_code_point(text, at);
            if (code == '\t') {
                std::size_t const stop = place + style_.tab - place % style_.tab;
                if (stop < half_ && column - start == place) {
                    row += style_.expands_tabs ? std::string(stop - place, ' ') : std::string("\t");
                    column = start + stop;
                }
                place = stop;
            } else if ((place += static_cast<std::size_t>(std::max(width_of(code), 0))) <= half_) {
                row += text.substr(from, at - from);
                column = start + place;
            }
        }
    }
    void side(DiffText const& text, std::vector<Hunk> const& hunks, std::size_t first, std::size_t last,
              std::size_t from, std::size_t to, bool is_a) {
        bool any = false;
        for (std::size_t i = first; i < last; ++i)
            any = any || (is_a ? hunks[i].a_to > hunks[i].a_from : hunks[i].b_to > hunks[i].b_from);
        for (std::size_t at = from; any && at < to; ++at) {
            std::string mark = "  ";
            for (std::size_t i = first; i < last; ++i) {
                Hunk const& hunk = hunks[i];
                bool const inside = is_a ? at >= hunk.a_from && at < hunk.a_to : at >= hunk.b_from && at < hunk.b_to;
                bool const both = hunk.a_to > hunk.a_from && hunk.b_to > hunk.b_from;
                if (inside) mark = both ? "! " : is_a ? "- " : "+ ";
            }
            line(text, at, mark, is_a ? "31" : "32");
        }
    }
    // Hunks that are near each other, with the context around them.
    template <class Show>
    void for_groups(std::vector<Hunk> const& hunks, Show show) {
        for (std::size_t first = 0; first < hunks.size();) {
            std::size_t last = first + 1;
            while (last < hunks.size() && hunks[last].a_from - hunks[last - 1].a_to <= 2 * style_.context) ++last;
            std::size_t const before = std::min(style_.context, std::min(hunks[first].a_from, hunks[first].b_from));
            Hunk const& end = hunks[last - 1];
            std::size_t const after = std::min(style_.context, a_.lines.size() - end.a_to);
            show(first, last,
                 Hunk{hunks[first].a_from - before, end.a_to + after, hunks[first].b_from - before, end.b_to + after});
            first = last;
        }
    }
    static std::string range(std::size_t from, std::size_t to) {
        if (to <= from) return std::to_string(from);
        return to == from + 1 ? std::to_string(to) : std::to_string(from + 1) + "," + std::to_string(to);
    }
    static std::string span(std::size_t from, std::size_t to) {
        if (to == from + 1) return std::to_string(to);
        return std::to_string(to > from ? from + 1 : from) + "," + std::to_string(to - from);
    }
    void colored(std::string const& text, char const* color, std::string const& after = {}) {
        if (style_.color)
            out_.line(std::string("\x1b[") + color + "m" + text + "\x1b[0m" + after);
        else
            out_.line(text + after);
    }
    void line(DiffText const& text, std::size_t index, std::string_view mark, char const* color) {
        std::string row(mark);
        std::string_view const content = text.lines[index];
        if (style_.bare_blank_lines && content.empty() && (mark == " " || mark == "  "))
            row.clear();
        else if (style_.initial_tab && mark.size() == 1 && mark != " ")
            row += content.empty() ? "" : "\t";
        else if (style_.initial_tab)
            row.back() = '\t';
        row += style_.expands_tabs ? with_spaces(content, style_.tab) : std::string(content);
        if (style_.color && *color)
            out_.line(std::string("\x1b[") + color + "m" + row + "\x1b[0m");
        else
            out_.line(row);
        if (text.lacks_newline && index + 1 == text.lines.size()) out_.line("\\ No newline at end of file");
    }
    // " int main()": the last line before `from` that looks like the start of a function.
    [[nodiscard]] std::string heading(std::size_t from) const {
        while (style_.heading && from-- > 0) {
            std::string_view text = a_.lines[from];
            if (!style_.heading->matches(text)) continue;
            constexpr std::size_t most = 40;
            text.remove_prefix(std::min(text.find_first_not_of(" \t\f\v\r"), text.size()));
            text = text.substr(0, most);
            return " " + std::string(text.substr(0, text.find_last_not_of(" \t\f\v\r") + 1));
        }
        return {};
    }

    Output& out_;
    DiffStyle const& style_;
    DiffText const& a_;
    DiffText const& b_;
    std::size_t half_ = 0, second_ = 0; // columns of a half, and where the second one begins
};

}

void print_hunks(Output& out, DiffStyle const& style, DiffText const& a, DiffText const& b,
                 std::vector<Hunk> const& hunks) {
    Printer printer(out, style, a, b);
    if (style.formats)
        print_formats(out, style, a, b, hunks);
    else if (style.side_by_side)
        printer.beside(hunks);
    else if (style.unified)
        printer.unified(hunks);
    else if (style.context_format)
        printer.context(hunks);
    else if (style.script)
        print_script(out, style.script, b, hunks);
    else
        printer.normal(hunks);
}

}
