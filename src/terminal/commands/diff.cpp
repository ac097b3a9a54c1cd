// diff: the shortest edit script (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986) in the normal,
// context, unified and side-by-side forms.
#include "terminal/commands/diff.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"
#include "terminal/pattern.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr std::size_t max_edits = 4000; // beyond it the files are shown as wholly different

std::string key_of(std::string_view line, DiffStyle const& style) {
    std::string out;
    for (char c : line) {
        bool const space = c == ' ' || (c >= '\t' && c <= '\r');
        if (space && style.ignore_all_space) continue;
        if (space && style.ignore_space_change) {
            if (!out.empty() && out.back() == ' ') continue;
            c = ' ';
        }
        if (style.ignore_case && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        out += c;
    }
    bool const trims = style.ignore_space_change || style.ignore_trailing;
    while (trims && !out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    return out;
}

void cut_lines(DiffText& text, DiffStyle const& style) {
    text.lines = split(text.bytes, '\n');
    text.lacks_newline = !text.bytes.empty() && text.bytes.back() != '\n';
    if (!text.lacks_newline) text.lines.pop_back();
    for (std::string_view const line : text.lines) text.keys.push_back(key_of(line, style));
    // A last line without its newline differs from one with it.
    bool const exact = !style.ignore_all_space && !style.ignore_space_change && !style.ignore_trailing;
    if (text.lacks_newline && exact) text.keys.back() += '\n';
}

std::vector<Hunk> compare_lines(std::vector<std::string> const& a, std::vector<std::string> const& b) {
    std::size_t start = 0, end_a = a.size(), end_b = b.size();
    while (start < end_a && start < end_b && a[start] == b[start]) ++start;
    while (end_a > start && end_b > start && a[end_a - 1] == b[end_b - 1]) --end_a, --end_b;
    auto const n = static_cast<long>(end_a - start), m = static_cast<long>(end_b - start);
    if (n == 0 && m == 0) return {};
    auto const whole = std::vector<Hunk>{{start, end_a, start, end_b}};
    if (n == 0 || m == 0) return whole;
    // Furthest points on each diagonal, kept for every number of edits to walk back.
    auto const most = std::min(static_cast<long>(max_edits), n + m);
    std::vector<std::vector<long>> trace;
    std::vector<long> v(static_cast<std::size_t>(2 * most + 3), 0);
    auto const at = [&](std::vector<long>& row, long k) -> long& {
        return row[static_cast<std::size_t>(k + most + 1)];
    };
    long found = -1;
    std::size_t cells = 0;
    for (long d = 0; d <= most && found < 0; ++d) {
        trace.push_back(v);
        cells += v.size();
        if (cells > 20'000'000) return whole;
        for (long k = -d; k <= d; k += 2) {
            long x = k == -d || (k != d && at(v, k - 1) < at(v, k + 1)) ? at(v, k + 1) : at(v, k - 1) + 1;
            long y = x - k;
            while (x < n && y < m && a[start + static_cast<std::size_t>(x)] == b[start + static_cast<std::size_t>(y)])
                ++x, ++y;
            at(v, k) = x;
            if (x >= n && y >= m) {
                found = d;
                break;
            }
        }
    }
    if (found < 0) return whole;
    std::vector<bool> removed(static_cast<std::size_t>(n)), added(static_cast<std::size_t>(m));
    long x = n, y = m;
    for (long d = found; d > 0; --d) {
        std::vector<long>& row = trace[static_cast<std::size_t>(d)];
        long const k = x - y;
        bool const down = k == -d || (k != d && at(row, k - 1) < at(row, k + 1));
        long const before_k = down ? k + 1 : k - 1;
        long const before_x = at(row, before_k), before_y = before_x - before_k;
        if (down)
            added[static_cast<std::size_t>(before_y)] = true;
        else
            removed[static_cast<std::size_t>(before_x)] = true;
        x = before_x;
        y = before_y;
    }
    std::vector<Hunk> hunks;
    std::size_t i = 0, j = 0;
    while (i < removed.size() || j < added.size()) {
        bool const changes = (i < removed.size() && removed[i]) || (j < added.size() && added[j]);
        if (!changes) {
            ++i, ++j;
            continue;
        }
        Hunk hunk{start + i, start + i, start + j, start + j};
        while ((i < removed.size() && removed[i]) || (j < added.size() && added[j])) {
            if (i < removed.size() && removed[i])
                ++i;
            else
                ++j;
        }
        hunk.a_to = start + i;
        hunk.b_to = start + j;
        hunks.push_back(hunk);
    }
    return hunks;
}

// As GNU does: a change slides down as far as equal lines let it, so that blocks end at their end.
void slide(std::vector<Hunk>& hunks, std::vector<std::string> const& a, std::vector<std::string> const& b) {
    for (std::size_t i = 0; i < hunks.size(); ++i) {
        Hunk& hunk = hunks[i];
        std::size_t const limit = i + 1 < hunks.size() ? hunks[i + 1].a_from : a.size();
        if (hunk.a_from == hunk.a_to)
            while (hunk.a_to < limit && b[hunk.b_from] == a[hunk.a_to])
                ++hunk.a_from, ++hunk.a_to, ++hunk.b_from, ++hunk.b_to;
        else if (hunk.b_from == hunk.b_to)
            while (hunk.a_to < limit && a[hunk.a_from] == a[hunk.a_to])
                ++hunk.a_from, ++hunk.a_to, ++hunk.b_from, ++hunk.b_to;
    }
}

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
            colored("@@ -" + span(all.a_from, all.a_to) + " +" + span(all.b_from, all.b_to) + " @@", "36");
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
        out_.line("*** " + a_.label);
        out_.line("--- " + b_.label);
        for_groups(hunks, [&](std::size_t first, std::size_t last, Hunk const& all) {
            out_.line("***************");
            out_.line("*** " + range(all.a_from, all.a_to) + " ****");
            side(a_, hunks, first, last, all.a_from, all.a_to, true);
            out_.line("--- " + range(all.b_from, all.b_to) + " ----");
            side(b_, hunks, first, last, all.b_from, all.b_to, false);
        });
    }

    // GNU's columns: the second begins at a tab stop, the mark stands in the middle of the gap.
    void beside(std::vector<Hunk> const& hunks) {
        std::size_t const tab = style_.expands_tabs ? 1 : 8, gap = 3;
        std::size_t middle = style_.width / 2 + (tab + gap) / 2 + (style_.width & (tab + gap) & 1);
        middle -= middle % tab;
        half_ = middle <= gap || middle > style_.width ? 0 : std::min(middle - gap, style_.width - middle);
        second_ = half_ ? middle : style_.width;
        std::size_t i = 0, j = 0;
        for (std::size_t at = 0; at <= hunks.size(); ++at) {
            std::size_t const end = at < hunks.size() ? hunks[at].a_from : a_.lines.size();
            for (; i < end; ++i, ++j)
                if (style_.left_column)
                    pair(i, '(', none);
                else if (!style_.only_changes)
                    pair(i, ' ', j);
            if (at == hunks.size()) return;
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
            row += mark;
            ++column;
        }
        if (right != none && !b_.lines[right].empty()) {
            tab_to(row, column, second_);
            half(row, column, b_.lines[right]);
        }
        out_.line(row);
    }
    void tab_to(std::string& row, std::size_t& column, std::size_t to) const {
        for (std::size_t stop = column + 8 - column % 8; !style_.expands_tabs && stop <= to; stop += 8) {
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
                std::size_t const stop = place + 8 - place % 8;
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
            line(text, at, mark, "");
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
    void colored(std::string const& text, char const* color) {
        if (style_.color)
            out_.line(std::string("\x1b[") + color + "m" + text + "\x1b[0m");
        else
            out_.line(text);
    }
    void line(DiffText const& text, std::size_t index, std::string const& mark, char const* color) {
        std::string row = mark + std::string(text.lines[index]);
        for (std::size_t at = 0; style_.expands_tabs && (at = row.find('\t', at)) != std::string::npos;)
            row.replace(at, 1, 8 - (at - mark.size()) % 8, ' ');
        if (style_.color && *color)
            out_.line(std::string("\x1b[") + color + "m" + row + "\x1b[0m");
        else
            out_.line(row);
        if (text.lacks_newline && index + 1 == text.lines.size()) out_.line("\\ No newline at end of file");
    }

    Output& out_;
    DiffStyle const& style_;
    DiffText const& a_;
    DiffText const& b_;
    std::size_t half_ = 0, second_ = 0; // columns of a half, and where the second one begins
};

class Differ {
  public:
    Differ(Process& p, DiffStyle style) : p_(p), style_(std::move(style)), out_(p) {}

    Task<int> run(std::string a, std::string b) {
        auto const node_a = a == "-" ? Attempt<NodePtr>() : p_.vfs().lookup(p_.caller, a);
        auto const node_b = b == "-" ? Attempt<NodePtr>() : p_.vfs().lookup(p_.caller, b);
        bool const folder_a = node_a.value && node_a.value->is_directory(),
                   folder_b = node_b.value && node_b.value->is_directory();
        if (folder_a && folder_b) {
            co_await folders(a, b);
        } else {
            // A file against a folder: the file of that name in it.
            if (folder_a && node_b)
                a = path_in(a, base_name(b));
            else if (folder_b && node_a)
                b = path_in(b, base_name(a));
            co_await files(a, b, false);
        }
        co_return out_.close(status_);
    }

  private:
    void raise(int status) { status_ = std::max(status_, status); }

    Task<bool> load(std::string name, DiffText& text) {
        text.name = name;
        if (style_.new_file && name != "-" && !p_.vfs().lookup(p_.caller, name)) { // counts as empty
            text.label = name + "\t" + format_time("%Y-%m-%d %H:%M:%S.%N %z", 0);
            co_return true;
        }
        bool const fine = co_await read_whole(p_, name, text.bytes);
        auto const node = name == "-" ? Attempt<NodePtr>(Errno::no_entry) : p_.vfs().lookup(p_.caller, name);
        std::int64_t const time = node ? node.value->modified_ns : p_.clock().now_ns;
        std::string const shown = name.find(' ') == std::string::npos ? name : '"' + name + '"';
        text.label = shown + "\t" + format_time("%Y-%m-%d %H:%M:%S.%N %z", time);
        co_return fine;
    }

    Task<> files(std::string name_a, std::string name_b, bool in_folder) {
        DiffText a, b;
        bool const fine_a = co_await load(name_a, a), fine_b = co_await load(name_b, b);
        if (!fine_a || !fine_b) co_return raise(2);
        if (style_.labels.size() > 0) a.label = style_.labels[0];
        if (style_.labels.size() > 1) b.label = style_.labels[1];
        bool const binary =
            !style_.text && (a.bytes.find('\0') != std::string::npos || b.bytes.find('\0') != std::string::npos);
        if (binary || a.bytes == b.bytes) {
            if (a.bytes != b.bytes) {
                out_.line((style_.brief ? "Files " : "Binary files ") + shown_name(name_a) + " and " +
                          shown_name(name_b) + " differ");
                raise(style_.brief ? 1 : 2);
            } else if (style_.identical) {
                out_.line("Files " + shown_name(name_a) + " and " + shown_name(name_b) + " are identical");
            } else if (style_.side_by_side && !style_.only_changes) {
                cut_lines(a, style_);
                Printer(out_, style_, a, a).beside({});
            }
            co_return;
        }
        cut_lines(a, style_);
        cut_lines(b, style_);
        std::vector<Hunk> hunks = compare_lines(a.keys, b.keys);
        slide(hunks, a.keys, b.keys);
        drop_ignored(hunks, style_, a, b);
        if (hunks.empty()) co_return;
        raise(1);
        if (style_.brief) {
            out_.line("Files " + shown_name(name_a) + " and " + shown_name(name_b) + " differ");
            co_return;
        }
        if (in_folder && !style_.side_by_side)
            out_.line("diff" + style_.options + " " + shown_name(name_a) + " " + shown_name(name_b));
        Printer printer(out_, style_, a, b);
        if (style_.side_by_side)
            printer.beside(hunks);
        else if (style_.unified)
            printer.unified(hunks);
        else if (style_.context_format)
            printer.context(hunks);
        else if (style_.script)
            print_script(out_, style_.script, b, hunks);
        else
            printer.normal(hunks);
        co_await p_.breathe();
    }

    [[nodiscard]] bool is_excluded(std::string const& name) const {
        return std::any_of(style_.excluded.begin(), style_.excluded.end(),
                           [&](std::string const& glob) { return pattern_matches(glob, name, {}); });
    }

    Task<> folders(std::string a, std::string b) {
        auto left = p_.vfs().list(p_.caller, a), right = p_.vfs().list(p_.caller, b);
        if (!left || !right) {
            report_file(p_, "%", left ? b : a, left ? right.error : left.error);
            co_return raise(2);
        }
        for (auto* const entries : {&left.value, &right.value})
            entries->erase(std::remove_if(entries->begin(), entries->end(),
                                          [&](Vfs::Entry const& entry) { return is_excluded(entry.name); }),
                           entries->end());
        std::size_t i = 0, j = 0;
        while (i < left.value.size() || j < right.value.size()) {
            int const order = i == left.value.size()    ? 1
                              : j == right.value.size() ? -1
                                                        : left.value[i].name.compare(right.value[j].name);
            if (order != 0) {
                std::string const& folder = order < 0 ? a : b;
                NodePtr const node = order < 0 ? left.value[i].node : right.value[j].node;
                std::string const& name = order < 0 ? left.value[i++].name : right.value[j++].name;
                if (style_.new_file && !node->is_directory()) {
                    co_await files(path_in(a, name), path_in(b, name), true);
                    continue;
                }
                out_.line("Only in " + without_slashes(folder) + ": " + name);
                raise(1);
                continue;
            }
            std::string const name_a = path_in(a, left.value[i].name), name_b = path_in(b, right.value[j].name);
            bool const folder_a = left.value[i++].node->is_directory(),
                       folder_b = right.value[j++].node->is_directory();
            if (folder_a && folder_b) {
                if (style_.recursive)
                    co_await folders(name_a, name_b);
                else
                    out_.line("Common subdirectories: " + name_a + " and " + name_b);
            } else if (folder_a != folder_b) {
                out_.line("File " + name_a + " is a " + (folder_a ? "directory" : "regular file") + " while file " +
                          name_b + " is a " + (folder_b ? "directory" : "regular file"));
                raise(1);
            } else {
                co_await files(name_a, name_b, true);
            }
        }
    }

    Process& p_;
    DiffStyle style_;
    Output out_;
    int status_ = 0;
};

// " -r -x NAME": what is not an operand.
std::string repeated_options(std::vector<std::string> const& words, std::vector<std::string> operands) {
    std::string out;
    for (std::size_t i = words.size() - 1; i > 0; --i) {
        if (!operands.empty() && words[i] == operands.back())
            operands.pop_back();
        else if (words[i] != "--")
            out.insert(0, " " + shown_name(words[i]));
    }
    return out;
}

Task<int> run_diff(Process& p) {
    DiffStyle style;
    for (std::string& word : p.argv) // -u5 is -U5
        if (word.size() > 2 && (word.compare(0, 2, "-u") == 0 || word.compare(0, 2, "-c") == 0) &&
            parse_count(word.substr(2)))
            word[1] = word[1] == 'u' ? 'U' : 'C';
    Arguments const arguments = parse_arguments(p, diff_command, OperandOrder::anywhere, 2);
    if (arguments.ended()) co_return arguments.status;
    style.options = repeated_options(p.argv, arguments.operands);
    std::string ignored;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'e':
            case 'f':
            case 'n': style.script = static_cast<char>(option.id); break;
            case 'I': ignored += (ignored.empty() ? "" : "\\|") + option.value; break;
            case 'x': style.excluded.push_back(option.value); break;
            case long_option("left-column"): style.left_column = true; break;
            case 'u':
            case 'U':
                style.unified = true;
                if (option.has_value) style.context = static_cast<std::size_t>(parse_count(option.value).value_or(3));
                break;
            case '#': style.context = static_cast<std::size_t>(parse_count(option.value).value_or(3)); break;
            case 'c':
            case 'C':
                style.context_format = true;
                if (option.has_value) style.context = static_cast<std::size_t>(parse_count(option.value).value_or(3));
                break;
            case 'q': style.brief = true; break;
            case 's': style.identical = true; break;
            case 'r': style.recursive = true; break;
            case 'i': style.ignore_case = true; break;
            case 'b': style.ignore_space_change = true; break;
            case 'w': style.ignore_all_space = true; break;
            case 'Z': style.ignore_trailing = true; break;
            case 'B': style.ignore_blank_lines = true; break;
            case 'a': style.text = true; break;
            case 'N': style.new_file = true; break;
            case 't': style.expands_tabs = true; break;
            case 'y': style.side_by_side = true; break;
            case 'W': style.width = static_cast<std::size_t>(parse_count(option.value).value_or(130)); break;
            case long_option("suppress-common-lines"): style.only_changes = true; break;
            case long_option("label"): style.labels.push_back(option.value); break;
            case long_option("color"):
                style.color =
                    !option.has_value || option.value == "always" || (option.value == "auto" && p.is_terminal(1));
                break;
            default: break;
        }
    }
    if (arguments.has('I')) {
        auto compiled = regex::compile(ignored, regex::Flavor::grep_basic);
        if (!compiled) co_return p.fail(compiled.error().message, 2);
        style.ignored = std::make_shared<regex::Regex const>(std::move(compiled.value()));
    }
    auto const mistake = [&](std::string const& text) {
        p.fail(text);
        return p.fail("Try 'diff --help' for more information.", 2);
    };
    auto const& operands = arguments.operands;
    if (operands.size() < 2)
        co_return mistake("missing operand after '" + (operands.empty() ? p.name() : operands[0]) + "'");
    if (operands.size() > 2) co_return mistake("extra operand '" + operands[2] + "'");
    Differ differ(p, style);
    co_return co_await differ.run(operands[0], operands[1]);
}

}

Command const diff_command{"diff",
                           "compare FILES line by line",
                           "diff [OPTION]... FILES",
                           "      --normal                  output a normal diff (the default)\n"
                           "  -q, --brief                   report only when files differ\n"
                           "  -s, --report-identical-files  report when two files are the same\n"
                           "  -c                            output 3 lines of copied context\n"
                           "  -C, --context=NUM             output NUM lines of copied context\n"
                           "  -u                            output 3 lines of unified context\n"
                           "  -U, --unified=NUM             output NUM lines of unified context\n"
                           "      --label=LABEL             use LABEL instead of file name and timestamp\n"
                           "  -e, --ed                      output an ed script\n"
                           "  -f, --forward-ed              output something like an ed script in forward order\n"
                           "  -n, --rcs                     output an RCS format diff\n"
                           "  -y, --side-by-side            output in two columns\n"
                           "  -W, --width=NUM               output at most NUM (default 130) print columns\n"
                           "      --left-column             output only the left column of common lines\n"
                           "      --suppress-common-lines   do not output common lines\n"
                           "  -t, --expand-tabs             expand tabs to spaces in output\n"
                           "  -a, --text                    treat all files as text\n"
                           "  -N, --new-file                treat absent files as empty\n"
                           "  -r, --recursive               recursively compare any subdirectories found\n"
                           "  -i, --ignore-case             ignore case differences in file contents\n"
                           "  -Z, --ignore-trailing-space   ignore white space at line end\n"
                           "  -b, --ignore-space-change     ignore changes in the amount of white space\n"
                           "  -w, --ignore-all-space        ignore all white space\n"
                           "  -B, --ignore-blank-lines      ignore changes where lines are all blank\n"
                           "  -I, --ignore-matching-lines=RE  ignore changes where all lines match RE\n"
                           "  -x, --exclude=PAT             exclude files that match PAT\n"
                           "      --color[=WHEN]            color output; WHEN is never, always, or auto\n",
                           nullptr,
                           run_diff};

}
