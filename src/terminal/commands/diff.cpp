// diff: what is compared with what, and the options.
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

#include <algorithm>

namespace cw::terminal::commands {

namespace {

std::string key_of(std::string_view line, DiffStyle const& style) {
    std::string out, spaced;
    if (style.ignore_tab_expansion && line.find('\t') != std::string_view::npos) {
        spaced = with_spaces(line, style.tab);
        line = spaced;
    }
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
    bool const exact = !style.ignore_all_space && !style.ignore_space_change && !style.ignore_trailing &&
                       style.script != 'e' && style.script != 'f';
    if (text.lacks_newline && exact) text.keys.back() += '\n';
}

class Differ {
  public:
    Differ(Process& p, DiffStyle style) : p_(p), style_(std::move(style)), out_(p) {}

    Task<> run(std::string a, std::string b) {
        if (a == "-" && b == "-") co_return;
        auto const node_a = a == "-" ? Attempt<NodePtr>() : p_.vfs().lookup(p_.caller, a);
        auto const node_b = b == "-" ? Attempt<NodePtr>() : p_.vfs().lookup(p_.caller, b);
        bool const folder_a = node_a.value && node_a.value->is_directory(),
                   folder_b = node_b.value && node_b.value->is_directory();
        if (folder_a && folder_b) {
            if (node_a.value != node_b.value) co_await folders(a, b);
        } else {
            // A file against a folder: the file of that name in it.
            if (folder_a && node_b)
                a = path_in(a, base_name(b));
            else if (folder_b && node_a)
                b = path_in(b, base_name(a));
            co_await files(a, b, false);
        }
    }
    int close() { return out_.close(status_); }

  private:
    void raise(int status) { status_ = std::max(status_, status); }

    Task<bool> load(std::string name, DiffText& text) {
        text.name = name;
        if (style_.new_file && name != "-" && !p_.vfs().lookup(p_.caller, name)) { // counts as empty
            text.label = name + "\t" + format_time("%Y-%m-%d %H:%M:%S.%N %z", 0, zone_named(p_.env("TZ")));
            co_return true;
        }
        bool const fine = co_await read_whole(p_, name, text.bytes);
        if (style_.strips_returns) text.bytes = replace_all(text.bytes, "\r\n", "\n");
        auto const node = name == "-" ? Attempt<NodePtr>(Errno::no_entry) : p_.vfs().lookup(p_.caller, name);
        std::int64_t const time = node ? node.value->modified_ns : p_.clock().now_ns;
        std::string const shown = name.find(' ') == std::string::npos ? name : '"' + name + '"';
        text.label = shown + "\t" + format_time("%Y-%m-%d %H:%M:%S.%N %z", time, zone_named(p_.env("TZ")));
        co_return fine;
    }

    Task<> files(std::string name_a, std::string name_b, bool in_folder) {
        DiffText a, b;
        bool missing = false;
        for (std::string const* const name : {&name_a, &name_b}) {
            if (style_.new_file || *name == "-") continue;
            auto const opened = p_.open(*name, {});
            if (opened || opened.error != Errno::no_entry) continue;
            report_file(p_, "%", *name, opened.error);
            missing = true;
        }
        if (missing) co_return raise(2);
        bool const fine_a = co_await load(name_a, a), fine_b = co_await load(name_b, b);
        if (!fine_a || !fine_b) co_return raise(2);
        if (style_.labels.size() > 0) a.label = style_.labels[0];
        if (style_.labels.size() > 1) b.label = style_.labels[1];
        bool const binary =
            !style_.text && (a.bytes.find('\0') != std::string::npos || b.bytes.find('\0') != std::string::npos);
        if (binary || (a.bytes == b.bytes && !style_.formats)) {
            if (a.bytes != b.bytes) {
                out_.line((style_.brief ? "Files " : "Binary files ") + shown_name(name_a) + " and " +
                          shown_name(name_b) + " differ");
                raise(style_.brief ? 1 : 2);
            } else if (style_.identical) {
                out_.line("Files " + shown_name(name_a) + " and " + shown_name(name_b) + " are identical");
            } else if (style_.side_by_side && !style_.only_changes) {
                cut_lines(a, style_);
                print_hunks(out_, style_, a, a, {});
            }
            co_return;
        }
        cut_lines(a, style_);
        cut_lines(b, style_);
        bool const has_context = style_.unified || style_.context_format;
        std::vector<Hunk> hunks = compare_lines(a, b, has_context ? style_.context : 0);
        drop_ignored(hunks, style_, a, b);
        if (hunks.empty() && !style_.formats && !style_.side_by_side) co_return lacking_newlines(a, b);
        if (!hunks.empty()) raise(1);
        if (style_.brief && !hunks.empty()) {
            auto const shown = [&](std::string const& name, std::size_t which) {
                return which < style_.labels.size() ? style_.labels[which] : shown_name(name);
            };
            out_.line("Files " + shown(name_a, 0) + " and " + shown(name_b, 1) + " differ");
            co_return;
        }
        if (in_folder && !style_.side_by_side)
            out_.line("diff" + style_.options + " " + shown_name(name_a) + " " + shown_name(name_b));
        print_hunks(out_, style_, a, b, hunks);
        lacking_newlines(a, b);
        co_await p_.breathe();
    }
    // An ed script cannot say it.
    void lacking_newlines(DiffText const& a, DiffText const& b) {
        if (style_.script != 'e' && style_.script != 'f') return;
        for (DiffText const* const text : {&a, &b}) {
            if (!text->lacks_newline) continue;
            p_.fail(text->name + ": No newline at end of file\n");
            raise(2);
        }
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
    std::string ignored, heading;
    constexpr std::uint32_t line_options[] = {long_option("unchanged-line-format"), long_option("old-line-format"),
                                              long_option("new-line-format")};
    constexpr std::uint32_t group_options[] = {long_option("unchanged-group-format"), long_option("old-group-format"),
                                               long_option("new-group-format"), long_option("changed-group-format")};
    auto const mistake = [&](std::string const& text) {
        p.fail(text);
        return p.fail("Try 'diff --help' for more information.", 2);
    };
    std::uint32_t form = 0; // of the output, by its letter
    bool explicit_context = false;
    std::optional<std::int64_t> old_context;
    for (Option const& option : arguments.options) {
        auto const number = parse_count(option.value);
        std::uint32_t const letter = option.id < 128 ? option.id | 32 : 0;
        if (option.has_value && !number && (letter == 'u' || letter == 'c'))
            co_return mistake("invalid context length '" + option.value + "'");
        if (std::string_view("ucefny").find(static_cast<char>(letter)) != std::string_view::npos && letter &&
            option.id != 'N' && option.id != 'E' && option.id != 'F') {
            if (form && form != letter) co_return mistake("conflicting output style options");
            form = letter;
        }
        switch (option.id) {
            case 'e':
            case 'f':
            case 'n': style.script = static_cast<char>(option.id); break;
            case 'I': ignored += (ignored.empty() ? "" : "\\|") + option.value; break;
            case 'x': style.excluded.push_back(option.value); break;
            case 'X': {
                std::string globs;
                if (!co_await read_whole(p, option.value, globs)) co_return 2;
                for (std::string_view const glob : split(globs, '\n'))
                    if (!glob.empty()) style.excluded.emplace_back(glob);
                break;
            }
            case long_option("left-column"): style.left_column = true; break;
            case 'u':
            case 'U':
                style.unified = true;
                style.context = std::max(style.context, static_cast<std::size_t>(number.value_or(3)));
                explicit_context = explicit_context || number;
                break;
            case '#': old_context = number; break;
            case 'c':
            case 'C':
                style.context_format = true;
                style.context = std::max(style.context, static_cast<std::size_t>(number.value_or(3)));
                explicit_context = explicit_context || number;
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
            case 'W':
                if (!number || *number == 0) co_return mistake("invalid width '" + option.value + "'");
                style.width = static_cast<std::size_t>(*number);
                break;
            case long_option("suppress-common-lines"): style.only_changes = true; break;
            case 'L': style.labels.push_back(option.value); break;
            case 'p': heading = "^[[:alpha:]$_]"; break;
            case 'F': heading = option.value; break;
            case 'T': style.initial_tab = true; break;
            case 'E': style.ignore_tab_expansion = true; break;
            case 'D':
                style.formats = true;
                if_defined(style, option.value);
                break;
            case long_option("tabsize"):
                style.tab = static_cast<std::size_t>(std::max<std::int64_t>(number.value_or(8), 1));
                break;
            case long_option("strip-trailing-cr"): style.strips_returns = true; break;
            case long_option("suppress-blank-empty"): style.bare_blank_lines = true; break;
            case long_option("line-format"):
            case long_option("unchanged-line-format"):
            case long_option("old-line-format"):
            case long_option("new-line-format"):
                for (std::size_t i = 0; i < 3; ++i) {
                    if (option.id != long_option("line-format") && option.id != line_options[i]) continue;
                    style.formats = style.has_line_format[i] = true;
                    style.line_formats[i] = option.value;
                }
                break;
            case long_option("unchanged-group-format"):
            case long_option("old-group-format"):
            case long_option("new-group-format"):
            case long_option("changed-group-format"):
                for (std::size_t i = 0; i < 4; ++i) {
                    if (option.id != group_options[i]) continue;
                    style.formats = style.has_group_format[i] = true;
                    style.group_formats[i] = option.value;
                }
                break;
            case long_option("color"):
                if (option.has_value && option.value != "always" && option.value != "auto" && option.value != "never")
                    co_return mistake("invalid color '" + option.value + "'");
                style.color =
                    !option.has_value || option.value == "always" || (option.value == "auto" && p.is_terminal(1));
                break;
            default: break;
        }
    }
    if (auto const wanted = static_cast<std::size_t>(old_context.value_or(0)); old_context)
        style.context = explicit_context ? std::max(style.context, wanted) : wanted;
    if (style.formats) finish_formats(style);
    for (auto const& [source, into] : {std::make_pair(&ignored, &style.ignored), {&heading, &style.heading}}) {
        if (source->empty()) continue;
        auto compiled = regex::compile(*source, regex::Flavor::grep_basic);
        if (!compiled) co_return p.fail(compiled.error().message, 2);
        *into = std::make_shared<regex::Regex const>(std::move(compiled.value()));
    }
    auto const& operands = arguments.operands;
    std::string const* const from = arguments.value(long_option("from-file"));
    std::string const* const to = arguments.value(long_option("to-file"));
    Differ differ(p, style);
    if (from || to) {
        for (std::string const& operand : operands) co_await differ.run(from ? *from : operand, from ? operand : *to);
        co_return differ.close();
    }
    if (operands.size() < 2)
        co_return mistake("missing operand after '" + (operands.empty() ? p.name() : operands[0]) + "'");
    if (operands.size() > 2) co_return mistake("extra operand '" + operands[2] + "'");
    co_await differ.run(operands[0], operands[1]);
    co_return differ.close();
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
                           "  -L, --label=LABEL             use LABEL instead of file name and timestamp\n"
                           "  -p, --show-c-function         show which C function each change is in\n"
                           "  -F, --show-function-line=RE   show the most recent line matching RE\n"
                           "  -e, --ed                      output an ed script\n"
                           "  -f, --forward-ed              output something like an ed script in forward order\n"
                           "  -n, --rcs                     output an RCS format diff\n"
                           "  -y, --side-by-side            output in two columns\n"
                           "  -W, --width=NUM               output at most NUM (default 130) print columns\n"
                           "      --left-column             output only the left column of common lines\n"
                           "      --suppress-common-lines   do not output common lines\n"
                           "  -t, --expand-tabs             expand tabs to spaces in output\n"
                           "  -T, --initial-tab             make tabs line up by prepending a tab\n"
                           "      --tabsize=NUM             tab stops every NUM (default 8) print columns\n"
                           "      --suppress-blank-empty    suppress space or tab before empty output lines\n"
                           "      --strip-trailing-cr       strip trailing carriage return on input\n"
                           "  -D, --ifdef=NAME              output merged file with '#ifdef NAME' diffs\n"
                           "      --old-group-format=GFMT\n"
                           "      --new-group-format=GFMT\n"
                           "      --unchanged-group-format=GFMT\n"
                           "      --changed-group-format=GFMT\n"
                           "      --line-format=LFMT        format all input lines with LFMT\n"
                           "      --old-line-format=LFMT\n"
                           "      --new-line-format=LFMT\n"
                           "      --unchanged-line-format=LFMT\n"
                           "  -d, --minimal                 try hard to find a smaller set of changes\n"
                           "      --from-file=FILE1         compare FILE1 to all operands\n"
                           "      --to-file=FILE2           compare all operands to FILE2\n"
                           "  -E, --ignore-tab-expansion    ignore changes due to tab expansion\n"
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
                           "  -X, --exclude-from=FILE       exclude files that match any pattern in FILE\n"
                           "  -H, --speed-large-files       (ignored)\n"
                           "      --horizon-lines=NUM       (ignored)\n"
                           "  -NUM                          NUM lines of context\n"
                           "      --color[=WHEN]            color output; WHEN is never, always, or auto\n",
                           nullptr,
                           run_diff,
                           "diff: Try 'diff --help' for more information."};

}
