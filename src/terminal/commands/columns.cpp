// nl, fold, expand, unexpand and paste: commands that lay lines out.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"
#include "terminal/regex/regex.hpp"
#include "terminal/width.hpp"

#include <algorithm>
#include <functional>

namespace cw::terminal::commands {

namespace {

struct NlStyle {
    std::string body = "t", header = "n", footer = "n", separator = "\t", format = "rn", section = "\\:";
    std::int64_t width = 6, start = 1, step = 1, join_blank = 1;
    bool keeps_numbers = false;
};

Task<int> run_nl(Process& p) {
    Arguments const arguments = parse_arguments(p, nl_command);
    if (arguments.ended()) co_return arguments.status;
    NlStyle style;
    for (Option const& option : arguments.options) {
        auto const number = parse_integer(option.value);
        bool const numeric = std::string_view("wvil").find(static_cast<char>(option.id)) != std::string_view::npos;
        if (numeric && (!number || (option.id == 'w' && *number < 1))) {
            char const* what = option.id == 'w'   ? "invalid line number field width: "
                               : option.id == 'v' ? "invalid starting line number: "
                               : option.id == 'i' ? "invalid line number increment: "
                                                  : "invalid line number of blank lines: ";
            co_return p.fail(what + marked(option.value) + (number ? ": Numerical result out of range" : ""));
        }
        switch (option.id) {
            case 'b': style.body = option.value; break;
            case 'h': style.header = option.value; break;
            case 'f': style.footer = option.value; break;
            case 's': style.separator = option.value; break;
            case 'n': style.format = option.value; break;
            case 'd': style.section = option.value.size() == 1 ? option.value + ":" : option.value; break;
            case 'w': style.width = std::min<std::int64_t>(*number, 1000); break;
            case 'v': style.start = *number; break;
            case 'i': style.step = *number; break;
            case 'l': style.join_blank = std::max<std::int64_t>(1, *number); break;
            case 'p': style.keeps_numbers = true; break;
            default: break;
        }
        if (option.id == 'n' && option.value != "ln" && option.value != "rn" && option.value != "rz")
            co_return usage_mistake(p, "invalid line numbering format: " + marked(option.value));
        bool const is_style = option.id == 'b' || option.id == 'h' || option.id == 'f';
        if (is_style &&
            (option.value.empty() || std::string_view("atnp").find(option.value[0]) == std::string_view::npos)) {
            char const* what = option.id == 'b'   ? "invalid body numbering style: "
                               : option.id == 'h' ? "invalid header numbering style: "
                                                  : "invalid footer numbering style: ";
            co_return usage_mistake(p, what + marked(option.value));
        }
    }
    std::string const* current = &style.body;
    regex::Regex pattern;
    std::string pattern_text;
    Output out(p);
    Input in(p, arguments.operands);
    std::int64_t number = style.start, blank = 0;
    std::string_view line;
    while (!out.broken() && co_await in.next(line)) {
        std::string const mark = style.section;
        std::string const sections[] = {mark + mark + mark, mark + mark, mark};
        std::string const* const kinds[] = {&style.header, &style.body, &style.footer};
        bool is_section = false;
        for (std::size_t i = 0; i < 3 && !is_section && !mark.empty(); ++i)
            if (line == sections[i]) {
                current = kinds[i];
                is_section = true;
            }
        if (is_section) {
            if (!style.keeps_numbers) number = style.start;
            out.put('\n');
            continue;
        }
        bool numbered = (*current)[0] == 'a' || ((*current)[0] == 't' && !line.empty());
        if ((*current)[0] == 'a' && line.empty() && style.join_blank > 1) {
            numbered = ++blank == style.join_blank;
            if (numbered) blank = 0;
        } else {
            blank = 0;
        }
        if ((*current)[0] == 'p') {
            if (pattern_text != *current) {
                pattern_text = *current;
                auto compiled = regex::compile(std::string_view(pattern_text).substr(1), regex::Flavor::basic);
                if (!compiled) co_return out.close(p.fail(compiled.error().message));
                pattern = std::move(*compiled);
            }
            numbered = pattern.matches(line);
        }
        std::string digits = std::to_string(number);
        auto const width = static_cast<std::size_t>(style.width);
        if (style.format == "rz" && digits.size() < width)
            digits.insert(digits[0] == '-' ? 1 : 0, width - digits.size(), '0');
        else if (digits.size() < width)
            digits.insert(style.format == "ln" ? digits.size() : 0, width - digits.size(), ' ');
        if (numbered)
            out.put(digits + style.separator), number += style.step;
        else
            out.put(std::string(width + style.separator.size(), ' '));
        out.line(line);
        co_await p.breathe();
    }
    co_return out.close(in.failed() ? 1 : 0);
}

Task<int> run_fold(Process& p) {
    Arguments const arguments = parse_arguments(p, fold_command);
    if (arguments.ended()) co_return arguments.status;
    std::size_t width = 80;
    bool const spaces = arguments.has('s'), bytes = arguments.has('b');
    for (Option const& option : arguments.options) {
        if (option.id != 'w' && option.id != '#') continue;
        auto const number = parse_count(option.value);
        if (!number || *number == 0)
            co_return p.fail("invalid number of columns: " + marked(option.value) +
                             (number ? ": Numerical result out of range" : ""));
        width = static_cast<std::size_t>(*number);
    }
    Output out(p);
    Input in(p, arguments.operands);
    std::string_view line;
    auto const advance = [&](std::size_t column, char c) {
        if (bytes) return column + 1;
        return c == '\b'   ? column - (column > 0 ? 1 : 0)
               : c == '\r' ? 0
               : c == '\t' ? column + 8 - column % 8
                           : column + 1;
    };
    while (!out.broken() && co_await in.next(line)) {
        std::string row;
        std::size_t column = 0;
        for (std::size_t at = 0; at < line.size();) {
            std::size_t const next = advance(column, line[at]);
            if (next <= width || row.empty()) {
                row += line[at++];
                column = next;
                continue;
            }
            std::size_t const blank = spaces ? row.find_last_of(" \t") : std::string::npos;
            std::string const rest = blank == std::string::npos ? "" : row.substr(blank + 1);
            if (blank != std::string::npos) row.resize(blank + 1);
            out.line(row);
            row = rest;
            column = 0;
            for (char const c : row) column = advance(column, c);
        }
        out.put(row);
        if (in.had_delimiter()) out.put('\n');
        co_await p.breathe();
    }
    co_return out.close(in.failed() ? 1 : 0);
}

// Tab stops of expand -t: one size, or a list, after which a stop is one blank, at a multiple of /N, or every +N.
struct TabStops {
    std::vector<std::int64_t> list;
    std::int64_t extend = 0, increment = 0;
    [[nodiscard]] std::int64_t next(std::int64_t column, bool& exists) const {
        exists = true;
        bool const regular = list.size() < 2 && extend + increment == 0;
        std::int64_t const every = list.empty() ? extend + increment > 0 ? std::max(extend, increment) : 8 : list[0];
        if (list.empty() || regular) return (column / every + 1) * every;
        for (std::int64_t const stop : list)
            if (stop > column) return stop;
        if (extend > 0) return (column / extend + 1) * extend;
        if (increment > 0) return column + increment - (column - list.back()) % increment;
        exists = false;
        return column + 1;
    }
};

bool read_stops(Process& p, std::string_view text, TabStops& stops) {
    auto const fail = [&](std::string const& message) { return p.fail(message) < 0; };
    bool extends = false, increments = false, has_value = false;
    std::int64_t value = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        char const c = at < text.size() ? text[at] : ',';
        if (c == ' ' || c == '\t' || c == ',') {
            if (!has_value) continue;
            has_value = false;
            if (value == 0) return fail("tab size cannot be 0");
            std::int64_t* const rest = extends ? &stops.extend : increments ? &stops.increment : nullptr;
            if (rest && *rest > 0)
                return fail(std::string("'") + (extends ? '/' : '+') + "' specifier only allowed with the last value");
            if (rest)
                *rest = value;
            else
                stops.list.push_back(value);
        } else if (c == '/' || c == '+') {
            if (has_value)
                return fail(std::string("'") + c + "' specifier not at start of number: " + marked(text.substr(at)));
            extends = c == '/';
            increments = c == '+';
        } else if (c >= '0' && c <= '9') {
            value = has_value ? std::min<std::int64_t>(value * 10 + (c - '0'), 1'000'000'000) : c - '0';
            has_value = true;
        } else {
            return fail("tab size contains invalid character(s): " + marked(text.substr(at)));
        }
    }
    return true;
}

Task<int> expand_or_not(Process& p, Command const& command, bool expands) {
    for (std::string& word : p.argv) { // "-3,9" of old
        if (word == "--") break;
        bool const old = word.size() > 1 && word[0] == '-' && word.find(',') != std::string::npos &&
                         word.find_first_not_of("0123456789,", 1) == std::string::npos;
        if (old) word.insert(1, "t");
    }
    Arguments const arguments = parse_arguments(p, command);
    if (arguments.ended()) co_return arguments.status;
    TabStops stops;
    bool all = arguments.has('a');
    for (Option const& option : arguments.options) {
        if (option.id != 't' && option.id != '#') continue;
        if (!read_stops(p, option.value, stops)) co_return 1;
        all = all || option.id == 't';
    }
    if (std::adjacent_find(stops.list.begin(), stops.list.end(), std::greater_equal<>()) != stops.list.end())
        co_return p.fail("tab sizes must be ascending");
    if (stops.extend > 0 && stops.increment > 0) co_return p.fail("'/' specifier is mutually exclusive with '+'");
    if (arguments.has(long_option("first-only"))) all = false;
    bool const initial = expands ? arguments.has('i') : !all;
    Output out(p);
    Input in(p, arguments.operands);
    std::string_view line;
    while (!out.broken() && co_await in.next(line)) {
        std::string row;
        std::int64_t column = 0;
        bool in_blanks = true, after_tab = false, single_at_stop = false;
        std::string waiting; // unexpand: blanks that may become a tab
        for (char const c : line) {
            bool const blank = c == ' ' || c == '\t';
            bool exists = true;
            std::int64_t const stop = stops.next(column, exists);
            bool const converts = in_blanks || !initial;
            if (expands) {
                if (c == '\t' && converts)
                    row.append(static_cast<std::size_t>(stop - column), ' ');
                else
                    row += c;
            } else if (blank && converts) {
                if (single_at_stop && exists) { // the blank before the stop has company: it is a tab
                    row += '\t';
                    waiting.clear();
                    after_tab = true;
                }
                waiting += c;
                std::int64_t const reached = c == '\t' ? stop : column + 1;
                // Blanks up to a stop become a tab; a single one only where more blanks come with it.
                bool const at_stop = exists && reached == stop;
                if (c == '\t' || (at_stop && (waiting.size() > 1 || after_tab))) {
                    row += '\t';
                    waiting.clear();
                    after_tab = true;
                }
                single_at_stop = at_stop && waiting.size() == 1;
                column = reached;
                continue;
            } else {
                row += waiting;
                waiting.clear();
                row += c;
            }
            if (!blank) in_blanks = after_tab = single_at_stop = false;
            column = c == '\t' ? stop : c == '\b' ? std::max<std::int64_t>(0, column - 1) : column + 1; // of bytes
        }
        row += waiting;
        out.put(row);
        if (in.had_delimiter()) out.put('\n');
        co_await p.breathe();
    }
    co_return out.close(in.failed() ? 1 : 0);
}

Task<int> run_expand(Process& p) { return expand_or_not(p, expand_command, true); }
Task<int> run_unexpand(Process& p) { return expand_or_not(p, unexpand_command, false); }

// The delimiters of paste -d, each a string; \0 is the empty one.
std::vector<std::string> paste_delimiters(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\\' && at + 1 < text.size()) {
            out.push_back(text[at + 1] == '0' ? "" : unescaped(text.substr(at, 2)));
            if (out.back().size() > 1) out.back() = text.substr(at + 1, 1);
            at += 2;
            continue;
        }
        out.emplace_back(text.substr(at++, 1)); // of bytes, as in GNU's
    }
    if (out.empty()) out.emplace_back();
    return out;
}

Task<int> run_paste(Process& p) {
    Arguments const arguments = parse_arguments(p, paste_command);
    if (arguments.ended()) co_return arguments.status;
    std::string const* given = arguments.value('d');
    if (given) {
        std::size_t const others = given->find_last_not_of('\\');
        if ((given->size() - (others == std::string::npos ? 0 : others + 1)) % 2)
            co_return p.fail("delimiter list ends with an unescaped backslash: " + *given);
    }
    std::vector<std::string> const delimiters = paste_delimiters(given ? *given : "\t");
    char const end = arguments.has('z') ? '\0' : '\n';
    std::vector<std::string> names = arguments.operands;
    if (names.empty()) names.emplace_back("-");
    Output out(p);
    std::vector<std::unique_ptr<Input>> inputs;
    Input* standard = nullptr; // all of the "-" read on in one stream
    std::vector<Input*> order;
    for (std::string const& name : names) {
        if (name == "-" && standard && !arguments.has('s')) {
            order.push_back(standard);
            continue;
        }
        inputs.push_back(std::make_unique<Input>(p, std::vector<std::string>{name}, end));
        bool const opened = inputs.back()->open_next();
        if (!opened && !arguments.has('s')) co_return out.close(1);
        if (name == "-") standard = inputs.back().get();
        order.push_back(inputs.back().get());
    }
    std::string_view line;
    int status = 0;
    if (arguments.has('s')) {
        for (Input* const in : order) {
            if (!in->is_open()) {
                status = 1;
                continue;
            }
            for (std::size_t i = 0; co_await in->next_in_file(line); ++i) {
                if (i) out.put(delimiters[(i - 1) % delimiters.size()]);
                out.put(line);
                co_await p.breathe();
            }
            out.put(end);
        }
        co_return out.close(status);
    }
    std::vector<bool> ended(order.size());
    while (!out.broken()) {
        std::string row;
        bool any = false;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i) row += delimiters[(i - 1) % delimiters.size()];
            if (ended[i]) continue;
            if (co_await order[i]->next_in_file(line))
                row += line, any = true;
            else
                ended[i] = true;
        }
        if (!any) break;
        out.line(row, end);
        co_await p.breathe();
    }
    co_return out.close(status);
}

}

Command const nl_command{"nl",
                         "write each FILE to standard output, with line numbers added",
                         "nl [OPTION]... [FILE]...",
                         "  -b, --body-numbering=STYLE      use STYLE for numbering body lines: a all, t nonempty,\n"
                         "                                    n none, pBRE those that match\n"
                         "  -d, --section-delimiter=CC      use CC for logical page delimiters\n"
                         "  -f, --footer-numbering=STYLE    use STYLE for numbering footer lines\n"
                         "  -h, --header-numbering=STYLE    use STYLE for numbering header lines\n"
                         "  -i, --line-increment=NUMBER     line number increment at each line\n"
                         "  -l, --join-blank-lines=NUMBER   group of NUMBER empty lines counted as one\n"
                         "  -n, --number-format=FORMAT      ln left, rn right, rz right with leading zeros\n"
                         "  -p, --no-renumber               do not reset line numbers for each section\n"
                         "  -s, --number-separator=STRING   add STRING after (possible) line number\n"
                         "  -v, --starting-line-number=NUMBER  first line number for each section\n"
                         "  -w, --number-width=NUMBER       use NUMBER columns for line numbers\n",
                         nullptr,
                         run_nl};
Command const fold_command{"fold",
                           "wrap input lines in each FILE, writing to standard output",
                           "fold [OPTION]... [FILE]...",
                           "  -b, --bytes        count bytes rather than columns\n"
                           "  -s, --spaces       break at spaces\n"
                           "  -w, --width=WIDTH  use WIDTH columns instead of 80\n"
                           "  -NUM               same as -w NUM\n",
                           nullptr,
                           run_fold};
Command const expand_command{"expand",
                             "convert tabs in each FILE to spaces, writing to standard output",
                             "expand [OPTION]... [FILE]...",
                             "  -i, --initial    do not convert tabs after non blanks\n"
                             "  -t, --tabs=LIST  have tabs N characters apart, not 8, or at the listed positions\n"
                             "  -NUM             same as -t NUM\n",
                             nullptr,
                             run_expand};
Command const unexpand_command{"unexpand",
                               "convert blanks in each FILE to tabs, writing to standard output",
                               "unexpand [OPTION]... [FILE]...",
                               "  -a, --all         convert all blanks, instead of just initial blanks\n"
                               "      --first-only  convert only leading sequences of blanks (overrides -a)\n"
                               "  -t, --tabs=LIST   have tabs N characters apart instead of 8 (enables -a)\n"
                               "  -NUM              stops every NUM columns, initial blanks only\n",
                               nullptr,
                               run_unexpand};
Command const paste_command{"paste",
                            "write lines of the FILEs side by side, separated by TABs",
                            "paste [OPTION]... [FILE]...",
                            "  -d, --delimiters=LIST  reuse characters from LIST instead of TABs\n"
                            "  -s, --serial           paste one file at a time instead of in parallel\n"
                            "  -z, --zero-terminated  line delimiter is NUL, not newline\n",
                            nullptr,
                            run_paste};

}
