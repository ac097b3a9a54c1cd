#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

namespace cw::terminal::commands {

namespace {

struct UniqStyle {
    bool count = false, repeated = false, unique = false, all_repeated = false, ignore_case = false;
    std::string groups; // -D and --group: none, prepend, append, separate, both
    bool is_group = false;
    std::int64_t skip_fields = 0, skip_characters = 0, most_characters = -1;
    char delimiter = '\n';
};

std::string compared_part(std::string_view line, UniqStyle const& style) {
    std::size_t at = 0;
    for (std::int64_t i = 0; i < style.skip_fields && at < line.size(); ++i) {
        while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
        while (at < line.size() && line[at] != ' ' && line[at] != '\t') ++at;
    }
    at += static_cast<std::size_t>(
        std::min<std::int64_t>(style.skip_characters, static_cast<std::int64_t>(line.size() - at)));
    std::string part(line.substr(at));
    if (style.most_characters >= 0 && part.size() > static_cast<std::size_t>(style.most_characters))
        part.resize(static_cast<std::size_t>(style.most_characters));
    if (style.ignore_case)
        for (char& c : part) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return part;
}

// A run of equal lines on its way out.
class Runs {
  public:
    Runs(UniqStyle const& style, Output& out) : style_(style), out_(out) {}

    void line(std::string_view text) {
        std::string part = compared_part(text, style_);
        if (count_ > 0 && part == part_) {
            ++count_;
            if (keeps_all()) lines_.emplace_back(text);
            return;
        }
        end();
        part_ = std::move(part);
        lines_.assign(1, std::string(text));
        count_ = 1;
    }
    void end() {
        if (count_ == 0) return;
        if (keeps_all()) {
            if (!style_.is_group && count_ < 2) return;
            if (style_.all_repeated && style_.unique) lines_.erase(lines_.begin()); // -u takes the first of them
            bool const before = style_.groups == "prepend" || style_.groups == "both";
            bool const between = style_.groups == "separate" && shown_ > 0;
            if (before || between || (style_.groups == "both" && shown_ == 0)) out_.put(style_.delimiter);
            for (std::string const& one : lines_) out_.line(one, style_.delimiter);
            if (style_.groups == "append") out_.put(style_.delimiter);
            ++shown_;
            return;
        }
        bool const wanted = (count_ > 1 || !style_.repeated) && (count_ == 1 || !style_.unique);
        if (!wanted) return;
        if (style_.count) out_.put(padded_number(count_, 7) + " ");
        out_.line(lines_.front(), style_.delimiter);
    }
    void finish() {
        end();
        if (style_.groups == "both" && shown_ > 0) out_.put(style_.delimiter);
    }

  private:
    [[nodiscard]] bool keeps_all() const { return style_.all_repeated || style_.is_group; }

    UniqStyle const& style_;
    Output& out_;
    std::string part_;
    std::vector<std::string> lines_;
    std::int64_t count_ = 0, shown_ = 0;
};

Task<int> run_uniq(Process& p) {
    for (std::string& word : p.argv) { // "+N" of old is -s N
        if (word == "--") break;
        if (word.size() > 1 && word[0] == '+' && parse_count(word.substr(1))) word.replace(0, 1, "-s");
    }
    Arguments const arguments = parse_arguments(p, uniq_command);
    if (arguments.ended()) co_return arguments.status;
    UniqStyle style;
    for (Option const& option : arguments.options) {
        auto const number = parse_count(option.value);
        if (std::string_view("fsw").find(static_cast<char>(option.id)) != std::string_view::npos && !number) {
            char const* what = option.id == 'f'   ? ": invalid number of fields to skip"
                               : option.id == 's' ? ": invalid number of bytes to skip"
                                                  : ": invalid number of bytes to compare";
            co_return p.fail(option.value + what);
        }
        switch (option.id) {
            case 'c': style.count = true; break;
            case 'd': style.repeated = true; break;
            case 'u': style.unique = true; break;
            case 'i': style.ignore_case = true; break;
            case 'z': style.delimiter = '\0'; break;
            case 'f': style.skip_fields = *number; break;
            case '#': style.skip_fields = number.value_or(0); break;
            case 's': style.skip_characters = *number; break;
            case 'w': style.most_characters = *number; break;
            case 'D':
                if (option.has_value && option.value != "none" && option.value != "prepend" &&
                    option.value != "separate")
                    co_return invalid_choice(p, option.value, "--all-repeated", {"none", "prepend", "separate"});
                style.all_repeated = true;
                style.groups = option.value;
                break;
            case long_option("group"):
                if (option.has_value && option.value != "prepend" && option.value != "append" &&
                    option.value != "separate" && option.value != "both")
                    co_return invalid_choice(p, option.value, "--group", {"prepend", "append", "separate", "both"});
                style.is_group = true;
                style.groups = option.has_value ? option.value : "separate";
                break;
            default: break;
        }
    }
    if (style.is_group && (style.count || style.repeated || style.unique || style.all_repeated))
        co_return usage_mistake(p, "--group is mutually exclusive with -c/-d/-D/-u");
    if (style.all_repeated && style.count)
        co_return usage_mistake(p, "printing all duplicated lines and repeat counts is meaningless");
    if (arguments.operands.size() > 2) co_return extra_operand(p, arguments.operands[2]);
    std::vector<std::string> const source(arguments.operands.begin(),
                                          arguments.operands.begin() + (arguments.operands.empty() ? 0 : 1));
    if (arguments.operands.size() == 2 && arguments.operands[1] != "-") {
        OpenFlags flags;
        flags.write = flags.create = flags.truncate = true;
        auto opened = p.open(arguments.operands[1], flags);
        if (!opened) {
            report_file(p, "%", arguments.operands[1], opened.error);
            co_return 1;
        }
        p.files.set(1, opened.value);
    }
    Output out(p);
    Input in(p, source, style.delimiter);
    Runs runs(style, out);
    std::string_view line;
    while (!out.broken() && co_await in.next(line)) {
        runs.line(line);
        co_await p.breathe();
    }
    runs.finish();
    co_return out.close(in.failed() ? 1 : 0);
}

}

Command const uniq_command{"uniq",
                           "filter adjacent matching lines from INPUT (or standard input)",
                           "uniq [OPTION]... [INPUT [OUTPUT]]",
                           "  -c, --count           prefix lines by the number of occurrences\n"
                           "  -d, --repeated        only print duplicate lines, one for each group\n"
                           "  -D, --all-repeated[=METHOD]  print all duplicate lines; METHOD: none, prepend, separate\n"
                           "  -f, --skip-fields=N   avoid comparing the first N fields\n"
                           "      --group[=METHOD]  show all items, separating groups with an empty line;\n"
                           "                          METHOD: separate, prepend, append, both\n"
                           "  -i, --ignore-case     ignore differences in case when comparing\n"
                           "  -s, --skip-chars=N    avoid comparing the first N characters\n"
                           "  -u, --unique          only print unique lines\n"
                           "  -w, --check-chars=N   compare no more than N characters in lines\n"
                           "  -z, --zero-terminated  line delimiter is NUL, not newline\n"
                           "  -NUM                  same as -f NUM\n",
                           nullptr,
                           run_uniq};

}
