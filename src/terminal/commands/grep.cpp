#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"
#include "terminal/regex/regex.hpp"

#include <deque>

namespace cw::terminal::commands {

namespace {

enum class Prints : std::uint8_t { lines, count, matching_names, other_names, nothing };
enum class Names : std::uint8_t { when_several, always, never };

struct GrepPlan {
    std::vector<regex::Regex> patterns;
    Prints prints = Prints::lines;
    Names names = Names::when_several;
    bool inverted = false, only_matching = false, numbers = false, offsets = false, silent = false, color = false;
    bool recursive = false, follow = false, text = false, skips_binary = false, null_names = false, initial_tab = false;
    std::int64_t most = -1, before = -1, after = -1;
    bool separates = true, skips_folders = false;
    std::string label = "(standard input)", separator = "--";
    std::vector<std::string> included, excluded, excluded_folders;
    char delimiter = '\n';
};

bool glob_fits(std::vector<std::string> const& globs, std::string_view name) {
    for (std::string const& glob : globs)
        if (pattern_matches(glob, name, {})) return true;
    return false;
}

class Grep {
  public:
    Grep(Process& p, GrepPlan plan) : p_(p), plan_(std::move(plan)), out_(p) {}

    Task<int> run(std::vector<std::string> operands) {
        bool const several = operands.size() > 1 || plan_.recursive;
        with_names_ = plan_.names == Names::always || (plan_.names == Names::when_several && several);
        if (operands.empty()) operands.emplace_back(plan_.recursive ? "." : "-");
        bool const implied = plan_.recursive && operands[0] == "." && p_.argv.back() != ".";
        for (std::string const& operand : operands) {
            auto const node = operand == "-" ? Attempt<NodePtr>(Errno::no_entry) : p_.vfs().lookup(p_.caller, operand);
            if (plan_.recursive && node && node.value->is_directory())
                co_await walk(operand, implied);
            else if (plan_.skips_folders && node && node.value->is_directory())
                continue;
            else if (!(glob_fits(plan_.excluded, base_name(operand))))
                co_await search(operand, operand);
            if (done_ || out_.broken()) break;
        }
        int const found = any_ ? 0 : 1;
        co_return out_.close(failed_ && !(any_ && plan_.prints == Prints::nothing) ? 2 : found);
    }

  private:
    Task<> walk(std::string folder, bool implied) {
        auto const entries = p_.vfs().list(p_.caller, folder);
        if (!entries) {
            fail(folder, entries.error);
            co_return;
        }
        for (Vfs::Entry const& entry : entries.value) {
            std::string const path = path_in(folder, entry.name);
            std::string const shown = implied ? path.substr(2) : path;
            bool const is_link = entry.node->kind == FileKind::symlink;
            NodePtr const node = is_link && plan_.follow ? p_.vfs().lookup(p_.caller, path).value : entry.node;
            if (!node || (is_link && !plan_.follow)) continue;
            if (node->is_directory()) {
                if (!glob_fits(plan_.excluded_folders, entry.name))
                    co_await walk(implied ? "./" + shown : path, implied);
            } else if (node->kind == FileKind::regular &&
                       (plan_.included.empty() || glob_fits(plan_.included, entry.name)) &&
                       !glob_fits(plan_.excluded, entry.name)) {
                co_await search(path, shown);
            }
            if (done_ || out_.broken()) co_return;
        }
    }

    void fail(std::string_view name, Errno error) {
        failed_ = true;
        if (plan_.silent) return;
        p_.fail(std::string(name) + ": " + std::string(message(error)));
    }

    // The leftmost match of any pattern, the longest of those.
    [[nodiscard]] std::optional<regex::Match> find(std::string_view line, std::size_t from) const {
        std::optional<regex::Match> best;
        for (regex::Regex const& pattern : plan_.patterns) {
            auto hit = pattern.find(line, from);
            if (hit && (!best || hit->from() < best->from() || (hit->from() == best->from() && hit->to() > best->to())))
                best = std::move(hit);
        }
        return best;
    }

    std::string colored(std::string_view text, char const* color) const {
        if (!plan_.color) return std::string(text);
        return std::string("\x1b[") + color + "m\x1b[K" + std::string(text) + "\x1b[m\x1b[K";
    }
    std::string head(std::int64_t number, std::int64_t offset, char separator) const {
        std::string out;
        std::string const mark = colored(std::string(1, separator), "36");
        if (with_names_) out += colored(name_, "35") + (plan_.null_names ? std::string(1, '\0') : mark);
        int const width = plan_.initial_tab ? offset_width_ : 0;
        if (plan_.numbers) out += colored(padded_number(number, width), "32") + mark;
        if (plan_.offsets) out += colored(padded_number(offset, width), "32") + mark;
        if (plan_.initial_tab && !out.empty()) out += '\t';
        return out;
    }
    void print_line(std::string_view line, std::int64_t number, std::int64_t offset, bool selected) {
        std::string text = head(number, offset, selected ? ':' : '-');
        bool const marks = plan_.color && selected != plan_.inverted;
        std::size_t at = 0;
        while (marks && at <= line.size()) {
            auto const hit = find(line, at);
            if (!hit) break;
            text += line.substr(at, hit->from() - at);
            if (hit->length() > 0) text += colored(line.substr(hit->from(), hit->length()), "01;31");
            at = hit->to();
            if (hit->length() == 0 && at < line.size()) text += line[at];
            if (hit->length() == 0) ++at;
        }
        if (at < line.size()) text += line.substr(at);
        out_.line(text, plan_.delimiter);
    }
    void print_matches(std::string_view line, std::int64_t number, std::int64_t offset) {
        for (std::size_t at = 0; at <= line.size() && !plan_.inverted;) {
            auto const hit = find(line, at);
            if (!hit) break;
            if (hit->length() > 0)
                out_.line(head(number, offset + static_cast<std::int64_t>(hit->from()), ':') +
                              colored(line.substr(hit->from(), hit->length()), "01;31"),
                          plan_.delimiter);
            at = hit->length() > 0 ? hit->to() : hit->to() + 1;
        }
    }

    struct Waiting {
        std::string text;
        std::int64_t number, offset;
    };
    struct State {
        std::int64_t number = 0, offset = 0, count = 0, last_printed = 0, after = 0;
        std::deque<Waiting> before;
        bool binary = false, hides = false; // hides: lines that are not valid UTF-8
    };

    void selected(std::string_view line, State& state) {
        ++state.count;
        any_ = true;
        if (plan_.prints != Prints::lines || state.binary) return;
        if (can_be_binary() && !is_valid_utf8(line)) {
            state.hides = true;
            return;
        }
        bool const context = plan_.before >= 0 || plan_.after >= 0;
        std::int64_t const first = state.before.empty() ? state.number : state.before.front().number;
        if (context && (state.last_printed > 0 || printed_any_) && first > state.last_printed + 1)
            if (plan_.separates) out_.line(colored(plan_.separator, "36"));
        for (Waiting const& one : state.before)
            if (!plan_.only_matching) print_line(one.text, one.number, one.offset, false);
        state.before.clear();
        if (plan_.only_matching)
            print_matches(line, state.number, state.offset);
        else
            print_line(line, state.number, state.offset, true);
        printed_any_ = true;
        state.last_printed = state.number;
        state.after = plan_.after;
    }

    [[nodiscard]] bool can_be_binary() const { return !plan_.text && plan_.delimiter == '\n'; }
    // In a binary file a NUL ends a line too.
    [[nodiscard]] std::int64_t hits_between_nuls(std::string_view line) const {
        std::int64_t hits = 0;
        for (std::string_view const part : split(line, '\0')) hits += find(part, 0).has_value() != plan_.inverted;
        return hits;
    }

    Task<> search(std::string path, std::string shown) {
        name_ = shown == "-" ? plan_.label : shown;
        Input in(p_, {std::move(path)}, plan_.delimiter);
        in.on_error = [this](std::string const& file, Errno error) { fail(file, error); };
        if (!in.open_next()) co_return;
        // As wide as the size of the file, for -T; of a stream nobody knows it.
        auto const node = in.file()->node();
        offset_width_ = node ? static_cast<int>(std::to_string(node->size()).size()) : 19;
        State state;
        std::string_view line;
        while (!out_.broken() && plan_.most != 0 && co_await in.next_in_file(line)) {
            auto const has_nul = [](std::string_view text) { return text.find('\0') != std::string_view::npos; };
            if (can_be_binary() && (has_nul(line) || (state.number == 0 && has_nul(in.read_ahead()))))
                state.binary = true;
            ++state.number;
            if (state.binary && plan_.skips_binary) break;
            std::int64_t const hits =
                state.binary ? hits_between_nuls(line) : find(line, 0).has_value() != plan_.inverted;
            if (hits > 0) {
                state.count += hits - 1;
                selected(line, state);
                bool const enough = plan_.prints == Prints::nothing || plan_.prints == Prints::matching_names ||
                                    plan_.prints == Prints::other_names;
                if (enough || (state.binary && plan_.prints == Prints::lines)) break;
                if (state.count == plan_.most) {
                    co_await trailing(in, state);
                    break;
                }
            } else if (state.after > 0 && plan_.prints == Prints::lines) {
                --state.after;
                state.last_printed = state.number;
                if (!plan_.only_matching) print_line(line, state.number, state.offset, false);
            } else if (plan_.before > 0) {
                state.before.push_back({std::string(line), state.number, state.offset});
                if (static_cast<std::int64_t>(state.before.size()) > plan_.before) state.before.pop_front();
            }
            state.offset += static_cast<std::int64_t>(line.size()) + 1;
            co_await p_.breathe();
        }
        finish(state);
        if (state.count == plan_.most) in.give_back();
    }
    // After -m is reached: only the context that follows.
    Task<> trailing(Input& in, State& state) {
        std::string_view line;
        while (state.after > 0 && plan_.prints == Prints::lines && co_await in.next_in_file(line)) {
            ++state.number;
            --state.after;
            print_line(line, state.number, state.offset, false);
        }
    }
    void finish(State const& state) {
        bool const named = plan_.prints == Prints::matching_names
                               ? state.count > 0
                               : plan_.prints == Prints::other_names && state.count == 0;
        if (plan_.prints == Prints::nothing && any_) done_ = true;
        if (named) out_.line(colored(name_, "35"), plan_.null_names ? '\0' : '\n');
        if (plan_.prints == Prints::count) {
            std::string const mark =
                with_names_ ? colored(name_, "35") + (plan_.null_names ? std::string(1, '\0') : colored(":", "36"))
                            : "";
            out_.line(mark + std::to_string(state.count));
        }
        if ((state.hides || (state.binary && state.count > 0)) && plan_.prints == Prints::lines) {
            out_.flush();
            p_.fail(name_ + ": binary file matches");
        }
    }

    Process& p_;
    GrepPlan plan_;
    Output out_;
    std::string name_;
    int offset_width_ = 0;
    bool with_names_ = false, any_ = false, failed_ = false, done_ = false, printed_any_ = false;
};

int grep_mistake(Process& p) {
    p.err("Usage: " + p.name() + " [OPTION]... PATTERNS [FILE]...\nTry '" + p.name() +
          " --help' for more information.\n");
    return 2;
}

struct PatternOptionsRead {
    regex::Flavor flavor = regex::Flavor::grep_basic;
    bool fixed = false;
    unsigned flags = 0;
    bool given = false;
    std::string texts; // by newlines
};

void add_patterns(PatternOptionsRead& read, std::string_view text) {
    if (read.given) read.texts += '\n';
    read.texts += text;
    read.given = true;
}

// The status to end with, or -1.
int read_number(Process& p, Option const& option, std::int64_t& value) {
    auto const number = parse_count(option.value);
    if (!number) {
        if (option.id == 'm') return p.fail("invalid max count", 2);
        return p.fail(option.value + ": invalid context length argument", 2);
    }
    value = *number;
    return -1;
}

Task<int> read_options(Process& p, Arguments const& arguments, GrepPlan& plan, PatternOptionsRead& read) {
    for (Option const& option : arguments.options) {
        int status = -1;
        switch (option.id) {
            case 'E': read.flavor = regex::Flavor::grep_extended, read.fixed = false; break;
            case 'F': read.fixed = true; break;
            case 'G': read.flavor = regex::Flavor::grep_basic, read.fixed = false; break;
            case 'P': read.flavor = regex::Flavor::perl, read.fixed = false; break;
            case 'e': add_patterns(read, option.value); break;
            case 'f': {
                std::string text;
                bool const fine = co_await read_whole(p, option.value, text);
                if (!fine) co_return 2;
                if (!text.empty() && text.back() == '\n') text.pop_back();
                if (text.empty())
                    read.given = true;
                else
                    add_patterns(read, text);
                break;
            }
            case 'i': read.flags |= regex::ignore_case; break;
            case long_option("no-ignore-case"): read.flags &= ~regex::ignore_case; break;
            case 'w': read.flags |= regex::whole_words; break;
            case 'x': read.flags |= regex::whole_lines; break;
            case 'v': plan.inverted = true; break;
            case 'c': plan.prints = Prints::count; break;
            case 'l': plan.prints = Prints::matching_names; break;
            case 'L': plan.prints = Prints::other_names; break;
            case 'q': plan.prints = Prints::nothing; break;
            case 'm': status = read_number(p, option, plan.most); break;
            case 'o': plan.only_matching = true; break;
            case 's': plan.silent = true; break;
            case 'b': plan.offsets = true; break;
            case 'H': plan.names = Names::always; break;
            case 'h': plan.names = Names::never; break;
            case long_option("label"): plan.label = option.value; break;
            case 'n': plan.numbers = true; break;
            case 'T': plan.initial_tab = true; break;
            case 'Z': plan.null_names = true; break;
            case 'z': plan.delimiter = '\0'; break;
            case 'A': status = read_number(p, option, plan.after); break;
            case 'B': status = read_number(p, option, plan.before); break;
            case long_option("group-separator"): plan.separator = option.value; break;
            case long_option("no-group-separator"): plan.separates = false; break;
            case 'd': plan.skips_folders = option.value == "skip"; break;
            case 'C':
            case '#':
                status = read_number(p, option, plan.before);
                plan.after = plan.before;
                break;
            case 'a': plan.text = true; break;
            case 'I': plan.skips_binary = true; break;
            case long_option("binary-files"):
                if (option.value != "text" && option.value != "without-match" && option.value != "binary")
                    co_return p.fail("unknown binary-files type", 2);
                plan.text = option.value == "text";
                plan.skips_binary = option.value == "without-match";
                break;
            case 'r': plan.recursive = true; break;
            case 'R': plan.recursive = plan.follow = true; break;
            case long_option("include"): plan.included.push_back(option.value); break;
            case long_option("exclude"): plan.excluded.push_back(option.value); break;
            case long_option("exclude-dir"): plan.excluded_folders.push_back(option.value); break;
            case long_option("color"):
                plan.color =
                    !option.has_value || option.value == "always" || (option.value == "auto" && p.is_terminal(1));
                break;
            default: break;
        }
        if (status >= 0) co_return status;
    }
    if ((plan.prints == Prints::matching_names || plan.prints == Prints::other_names) && arguments.has('q'))
        plan.prints = Prints::nothing;
    co_return -1;
}

Task<int> grep(Process& p, PatternOptionsRead read) {
    Arguments arguments = parse_arguments(p, grep_command, OperandOrder::anywhere, 2);
    if (arguments.ended()) co_return arguments.status;
    GrepPlan plan;
    int const status = co_await read_options(p, arguments, plan, read);
    if (status >= 0) co_return status;
    if (!read.given) {
        if (arguments.operands.empty()) co_return grep_mistake(p);
        add_patterns(read, arguments.operands[0]);
        arguments.operands.erase(arguments.operands.begin());
        read.given = true;
    }
    // Nothing can be selected, and nothing is looked at.
    bool const selects_all = read.given && read.texts.empty() && !arguments.has('f');
    if (plan.prints != Prints::other_names && (plan.most == 0 || (selects_all && plan.inverted))) co_return 1;
    bool const no_pattern = read.texts.empty() && arguments.has('f') && !arguments.has('e');
    if (!no_pattern) {
        for (std::string_view const text : split(read.texts, '\n')) {
            auto compiled = regex::compile(read.fixed ? regex::escaped(text) : std::string(text),
                                           read.fixed ? regex::Flavor::grep_extended : read.flavor, read.flags);
            if (!compiled) co_return p.fail(compiled.error().message, 2);
            for (std::string_view const warning : split(compiled->warnings(), '\n'))
                if (!warning.empty()) p.fail("warning: " + std::string(warning));
            plan.patterns.push_back(std::move(*compiled));
        }
    }
    Grep grep(p, std::move(plan));
    co_return co_await grep.run(arguments.operands);
}

Task<int> run_grep(Process& p) { return grep(p, {}); }
Task<int> run_egrep(Process& p) {
    PatternOptionsRead read;
    read.flavor = regex::Flavor::grep_extended;
    return grep(p, read);
}
Task<int> run_fgrep(Process& p) {
    PatternOptionsRead read;
    read.fixed = true;
    return grep(p, read);
}

}

Command const grep_command{"grep",
                           "search for PATTERNS in each FILE",
                           "grep [OPTION]... PATTERNS [FILE]...",
                           "PATTERNS can contain multiple patterns separated by newlines.\n\n"
                           "Pattern selection and interpretation:\n"
                           "  -E, --extended-regexp     PATTERNS are extended regular expressions\n"
                           "  -F, --fixed-strings       PATTERNS are strings\n"
                           "  -G, --basic-regexp        PATTERNS are basic regular expressions\n"
                           "  -P, --perl-regexp         PATTERNS are Perl regular expressions (the common part)\n"
                           "  -e, --regexp=PATTERNS     use PATTERNS for matching\n"
                           "  -f, --file=FILE           take PATTERNS from FILE\n"
                           "  -i, -y, --ignore-case     ignore case distinctions in patterns and data\n"
                           "      --no-ignore-case      do not ignore case distinctions (default)\n"
                           "  -w, --word-regexp         match only whole words\n"
                           "  -x, --line-regexp         match only whole lines\n"
                           "  -z, --null-data           a data line ends in 0 byte, not newline\n\n"
                           "Output control:\n"
                           "  -s, --no-messages         suppress error messages\n"
                           "  -v, --invert-match        select non-matching lines\n"
                           "  -m, --max-count=NUM       stop after NUM selected lines\n"
                           "  -b, --byte-offset         print the byte offset with output lines\n"
                           "  -n, --line-number         print line number with output lines\n"
                           "      --line-buffered       (ignored)\n"
                           "  -H, --with-filename       print file name with output lines\n"
                           "  -h, --no-filename         suppress the file name prefix on output\n"
                           "      --label=LABEL         use LABEL as the standard input file name prefix\n"
                           "  -o, --only-matching       show only nonempty parts of lines that match\n"
                           "  -q, --quiet, --silent     suppress all normal output\n"
                           "      --binary-files=TYPE   'text' to print binary files\n"
                           "  -a, --text                equivalent to --binary-files=text\n"
                           "  -I                        equivalent to --binary-files=without-match\n"
                           "  -d, --directories=ACTION  how to handle directories: read or skip\n"
                           "  -r, --recursive           search directories\n"
                           "  -R, --dereference-recursive  likewise, but follow all symlinks\n"
                           "      --include=GLOB        search only files that match GLOB\n"
                           "      --exclude=GLOB        skip files that match GLOB\n"
                           "      --exclude-dir=GLOB    skip directories that match GLOB\n"
                           "  -L, --files-without-match  print only names of FILEs with no selected lines\n"
                           "  -l, --files-with-matches  print only names of FILEs with selected lines\n"
                           "  -c, --count               print only a count of selected lines per FILE\n"
                           "  -T, --initial-tab         make tabs line up\n"
                           "  -Z, --null                print 0 byte after FILE name\n\n"
                           "Context control:\n"
                           "  -B, --before-context=NUM  print NUM lines of leading context\n"
                           "  -A, --after-context=NUM   print NUM lines of trailing context\n"
                           "  -C, --context=NUM         print NUM lines of output context\n"
                           "  -NUM                      same as --context=NUM\n"
                           "      --group-separator=SEP  print SEP between matches with context\n"
                           "      --no-group-separator  do not print a separator\n"
                           "      --color[=WHEN]        mark the matching strings: always, never, auto\n",
                           nullptr,
                           run_grep,
                           "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information."};
Command const egrep_command{"egrep",
                            "search for extended regular expressions in each FILE: grep -E",
                            "egrep [OPTION]... PATTERNS [FILE]...",
                            "",
                            nullptr,
                            run_egrep};
Command const fgrep_command{
    "fgrep",  "search for strings in each FILE: grep -F", "fgrep [OPTION]... PATTERNS [FILE]...", "", nullptr,
    run_fgrep};

}
