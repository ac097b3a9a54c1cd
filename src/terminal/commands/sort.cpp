#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/compare.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cw::terminal::commands {

namespace {

enum class Order : std::uint8_t { text, numeric, general, human, month, version, random };

struct KeyStyle {
    Order order = Order::text;
    bool reverse = false, fold = false, dictionary = false, printable = false;
    bool blanks_first = false, blanks_last = false; // skip blanks before the key's start, its end
    bool any = false;                               // a letter was given, so the global ones do not count
    std::string given;                              // the letters of orders
};

struct Key {
    std::size_t field = 0, character = 0;         // counted from 0
    std::size_t end_field = 0, end_character = 0; // end_character 0: the whole end field
    bool has_end = false;
    KeyStyle style;
};

struct Line {
    std::string text;
    struct Part { // what one key compares
        std::string_view text;
        DecimalNumber number; // of the numeric orders
    };
    std::vector<Part> parts;
    std::size_t file = 0;
};

bool is_blank_character(char c) { return c == ' ' || c == '\t'; }

// Takes ordering letters from the front of `text`.
void take_letters(std::string_view& text, KeyStyle& style, bool end_of_key) {
    while (!text.empty()) {
        switch (text[0]) {
            case 'b': (end_of_key ? style.blanks_last : style.blanks_first) = true; break;
            case 'd': style.dictionary = true; break;
            case 'f': style.fold = true; break;
            case 'g': style.order = Order::general; break;
            case 'h': style.order = Order::human; break;
            case 'i': style.printable = true; break;
            case 'M': style.order = Order::month; break;
            case 'n': style.order = Order::numeric; break;
            case 'r': style.reverse = true; break;
            case 'R': style.order = Order::random; break;
            case 'V': style.order = Order::version; break;
            default: return;
        }
        style.any = true;
        if (text[0] != 'b' && text[0] != 'r') style.given += text[0];
        text.remove_prefix(1);
    }
}

int month_of(std::string_view text) {
    while (!text.empty() && is_blank_character(text[0])) text.remove_prefix(1);
    constexpr std::string_view names = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    if (text.size() < 3) return 0;
    std::string name;
    for (std::size_t i = 0; i < 3; ++i)
        name += static_cast<char>(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32 : text[i]);
    for (std::size_t i = 0; i < 12; ++i)
        if (names.substr(i * 3, 3) == name) return static_cast<int>(i) + 1;
    return 0;
}

int compare_general(std::string_view a, std::string_view b) {
    auto const read = [](std::string_view text, bool& found) {
        std::string const copy(text);
        char* end = nullptr;
        double const value = std::strtod(copy.c_str(), &end);
        found = end != copy.c_str();
        return value;
    };
    bool has_a = false, has_b = false;
    double const left = read(a, has_a), right = read(b, has_b);
    if (has_a != has_b) return has_a ? 1 : -1;
    if (!has_a) return 0;
    if (std::isnan(left) || std::isnan(right))
        return std::isnan(left) == std::isnan(right) ? 0 : std::isnan(left) ? -1 : 1;
    return left < right ? -1 : left > right ? 1 : 0;
}

int compare_text(std::string_view a, std::string_view b, KeyStyle const& style) {
    if (!style.fold && !style.dictionary && !style.printable) return a.compare(b);
    auto const kept = [&](char c) {
        bool const letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (style.dictionary && !letter && !is_blank_character(c)) return false;
        return !style.printable || (c >= 32 && c != 127); // of bytes, as GNU's
    };
    auto const shown = [&](char c) {
        return static_cast<unsigned char>(style.fold && c >= 'a' && c <= 'z' ? c - 32 : c);
    };
    std::size_t i = 0, j = 0;
    for (;;) {
        while (i < a.size() && !kept(a[i])) ++i;
        while (j < b.size() && !kept(b[j])) ++j;
        if (i == a.size() || j == b.size()) return (i < a.size()) - (j < b.size());
        if (shown(a[i]) != shown(b[j])) return shown(a[i]) < shown(b[j]) ? -1 : 1;
        ++i, ++j;
    }
}

std::uint64_t shuffled(std::string_view text, bool folds) {
    std::uint64_t hash = 1469598103934665603ull;
    for (char const c : text)
        hash = (hash ^ static_cast<unsigned char>(folds && c >= 'a' && c <= 'z' ? c - 32 : c)) * 1099511628211ull;
    return hash ^ (hash >> 29);
}

int compare_parts(Line::Part const& left, Line::Part const& right, KeyStyle const& style) {
    std::string_view const a = left.text, b = right.text;
    int order = 0;
    switch (style.order) {
        case Order::numeric: order = compare(left.number, right.number); break;
        case Order::human: order = compare_human(left.number, right.number); break;
        case Order::general: order = compare_general(a, b); break;
        case Order::month: order = month_of(a) - month_of(b); break;
        case Order::version: order = compare_versions(a, b); break;
        case Order::random: {
            std::uint64_t const one = shuffled(a, style.fold), other = shuffled(b, style.fold);
            order = one < other ? -1 : one > other ? 1 : 0;
            break;
        }
        case Order::text: order = compare_text(a, b, style); break;
    }
    return style.reverse ? -order : order;
}

class Sorter {
  public:
    std::vector<Key> keys;
    KeyStyle global;
    char separator = 0;
    bool has_separator = false;
    bool stable = false, unique = false;

    void finish_keys() {
        for (Key& key : keys)
            if (!key.style.any) key.style = global;
        if (keys.empty() && global.any && !only_reverse()) {
            Key whole;
            whole.style = global;
            keys.push_back(whole);
        }
    }

    // After all lines are in place: the keys are views into them.
    void cut_keys(Line& line) const {
        for (Key const& key : keys) {
            std::size_t const from = start_of(line.text, key), to = end_of(line.text, key);
            std::string_view const text = std::string_view(line.text).substr(from, to > from ? to - from : 0);
            bool const is_number = key.style.order == Order::numeric || key.style.order == Order::human;
            line.parts.push_back({text, is_number ? read_decimal(text) : DecimalNumber{}});
        }
    }
    [[nodiscard]] int by_keys(Line const& a, Line const& b) const {
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (int const order = compare_parts(a.parts[i], b.parts[i], keys[i].style)) return order;
        return keys.empty() ? whole(a, b) : 0;
    }
    [[nodiscard]] int compare(Line const& a, Line const& b) const {
        int const order = by_keys(a, b);
        return order || stable || unique ? order : whole(a, b);
    }

  private:
    [[nodiscard]] bool only_reverse() const {
        return global.order == Order::text && !global.fold && !global.dictionary && !global.printable &&
               !global.blanks_first;
    }
    [[nodiscard]] int whole(Line const& a, Line const& b) const {
        int const order = a.text.compare(b.text);
        return global.reverse ? -order : order;
    }
    [[nodiscard]] std::size_t skip_blanks(std::string_view text, std::size_t at) const {
        while (at < text.size() && is_blank_character(text[at])) ++at;
        return at;
    }
    // Past `count` fields; without a separator the blanks before a field belong to it.
    [[nodiscard]] std::size_t skip_fields(std::string_view text, std::size_t count) const {
        std::size_t at = 0;
        while (count-- > 0 && at < text.size()) {
            if (has_separator) {
                at = std::min(text.find(separator, at), text.size());
                if (at < text.size()) ++at;
            } else {
                at = skip_blanks(text, at);
                while (at < text.size() && !is_blank_character(text[at])) ++at;
            }
        }
        return at;
    }
    [[nodiscard]] std::size_t start_of(std::string_view text, Key const& key) const {
        std::size_t at = skip_fields(text, key.field);
        if (key.style.blanks_first) at = skip_blanks(text, at);
        return std::min(at + key.character, text.size());
    }
    [[nodiscard]] std::size_t end_of(std::string_view text, Key const& key) const {
        if (!key.has_end) return text.size();
        if (key.end_character == 0) {
            std::size_t const at = skip_fields(text, key.end_field + 1);
            bool const on_separator = has_separator && at > 0 && text[at - 1] == separator && at <= text.size();
            bool const more = at < text.size() || (on_separator && fields(text) > key.end_field + 1);
            return has_separator && more && on_separator ? at - 1 : at;
        }
        std::size_t at = skip_fields(text, key.end_field);
        if (key.style.blanks_last) at = skip_blanks(text, at);
        return std::min(at + key.end_character, text.size());
    }
    [[nodiscard]] std::size_t fields(std::string_view text) const {
        return static_cast<std::size_t>(std::count(text.begin(), text.end(), separator)) + 1;
    }
};

// "F[.C][LETTERS]"; false after a message.
bool read_position(Process& p, std::string_view& text, std::string_view whole, std::size_t& field,
                   std::size_t& character, bool end_of_key) {
    auto const number = [&](std::string_view what, std::size_t& value) {
        std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        auto const count = parse_count(text.substr(0, digits));
        if (!count) {
            p.fail("invalid number " + std::string(what) + ": invalid count at start of " + marked(text));
            return false;
        }
        value = static_cast<std::size_t>(*count);
        text.remove_prefix(digits);
        return true;
    };
    if (!number(end_of_key ? "after ','" : "at field start", field)) return false;
    if (field == 0) {
        p.fail("field number is zero: invalid field specification " + marked(whole));
        return false;
    }
    --field;
    character = 0;
    if (text.empty() || text[0] != '.') return true;
    text.remove_prefix(1);
    if (!number("after '.'", character)) return false;
    if (character == 0 && !end_of_key) {
        p.fail("character offset is zero: invalid field specification " + marked(whole));
        return false;
    }
    if (!end_of_key) --character;
    return true;
}

bool read_key(Process& p, std::string_view text, std::vector<Key>& keys) {
    std::string_view const whole = text;
    Key key;
    if (!read_position(p, text, whole, key.field, key.character, false)) return false;
    take_letters(text, key.style, false);
    if (!text.empty() && text[0] == ',') {
        text.remove_prefix(1);
        key.has_end = true;
        if (!read_position(p, text, whole, key.end_field, key.end_character, true)) return false;
        take_letters(text, key.style, true);
    }
    if (!text.empty()) {
        p.fail("stray character in field spec: invalid field specification " + marked(whole));
        return false;
    }
    keys.push_back(key);
    return true;
}

// "-dn" of a key whose letters do not go together, else nothing.
std::string incompatible(KeyStyle const& style) {
    auto const has = [&](char c) { return style.given.find(c) != std::string::npos; };
    int const orders = has('n') + has('g') + has('h') + has('M') + (has('V') || has('R') || has('d') || has('i'));
    std::string out = "-";
    for (char const c : std::string_view("dfghiMnRV"))
        if (has(c) && !(c == 'i' && has('d'))) out += c;
    return orders > 1 ? out : "";
}

// "+1.2 -3" of old is "-k 2.3,3".
void modernize(std::vector<std::string>& argv) {
    auto const is_old = [](std::string const& word, char sign) {
        return word.size() > 1 && word[0] == sign && word[1] >= '0' && word[1] <= '9';
    };
    auto const position = [](std::string_view text, bool is_end) {
        std::size_t const digits = std::min(text.find_first_not_of("0123456789", 1), text.size());
        std::int64_t field = parse_count(text.substr(1, digits - 1)).value_or(0), character = 0;
        text.remove_prefix(digits);
        if (text.substr(0, 1) == ".") {
            std::size_t const end = std::min(text.find_first_not_of("0123456789", 1), text.size());
            character = parse_count(text.substr(1, end - 1)).value_or(0);
            text.remove_prefix(end);
        }
        if (!is_end || character > 0) ++field;
        if (!is_end) ++character;
        return std::to_string(field) + (character > 0 ? "." + std::to_string(character) : "") + std::string(text);
    };
    for (std::size_t i = 1; i < argv.size() && argv[i] != "--"; ++i) {
        if (!is_old(argv[i], '+')) continue;
        argv[i] = "-k" + position(argv[i], false);
        if (i + 1 == argv.size() || !is_old(argv[i + 1], '-')) continue;
        argv[i] += "," + position(argv[i + 1], true);
        argv.erase(argv.begin() + static_cast<long>(i) + 1);
    }
}

struct SortPlan {
    Sorter sorter;
    bool check = false, quiet_check = false;
    char delimiter = '\n';
    std::string output;
};

// The status to end with, or -1.
int read_options(Process& p, Arguments const& arguments, SortPlan& plan) {
    for (Option const& option : arguments.options) {
        std::string const letter(1, static_cast<char>(option.id));
        std::string_view view = letter;
        switch (option.id) {
            case 'k':
                if (!read_key(p, option.value, plan.sorter.keys)) return 2;
                break;
            case 't':
                if (option.value.empty()) return p.fail("empty tab", 2);
                if (option.value.size() > 1 && option.value != "\\0")
                    return p.fail("multi-character tab " + marked(option.value), 2);
                if (plan.sorter.has_separator &&
                    plan.sorter.separator != (option.value == "\\0" ? '\0' : option.value[0]))
                    return p.fail("incompatible tabs", 2);
                plan.sorter.separator = option.value == "\\0" ? '\0' : option.value[0];
                plan.sorter.has_separator = true;
                break;
            case 's': plan.sorter.stable = true; break;
            case 'u': plan.sorter.unique = true; break;
            case 'z': plan.delimiter = '\0'; break;
            case 'o':
                if (!plan.output.empty() && plan.output != option.value)
                    return p.fail("multiple output files specified", 2);
                plan.output = option.value;
                break;
            case 'C': plan.check = plan.quiet_check = true; break;
            case 'c': plan.check = true; break;
            case long_option("check"):
                plan.check = true;
                plan.quiet_check = option.value == "quiet" || option.value == "silent";
                break;
            case long_option("sort"): {
                constexpr std::string_view names[] = {"general-numeric", "human-numeric", "month",
                                                      "numeric",         "random",        "version"};
                constexpr std::string_view letters = "ghMnRV";
                std::size_t which = 0;
                while (which < 6 && names[which] != option.value) ++which;
                if (which == 6)
                    return invalid_choice(p, option.value, "--sort",
                                          {"general-numeric", "human-numeric", "month", "numeric", "random", "version"},
                                          1);
                view = letters.substr(which, 1);
                take_letters(view, plan.sorter.global, false);
                break;
            }
            default:
                take_letters(view, plan.sorter.global, false);
                if (option.id == 'b') plan.sorter.global.blanks_last = true;
        }
    }
    plan.sorter.finish_keys();
    if (arguments.has('c') && arguments.has('C')) return p.fail("options '-cC' are incompatible", 2);
    if (plan.check && !plan.output.empty())
        return p.fail(std::string("options '-") + (plan.quiet_check ? 'C' : 'c') + "o' are incompatible", 2);
    for (Key const& key : plan.sorter.keys)
        if (std::string const letters = incompatible(key.style); !letters.empty())
            return p.fail("options '" + letters + "' are incompatible", 2);
    return -1;
}

int check_order(Process& p, SortPlan const& plan, std::vector<Line>& lines, std::string const& name) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
        int const order = plan.sorter.compare(lines[i - 1], lines[i]);
        if (order < 0 || (order == 0 && !plan.sorter.unique)) continue;
        if (!plan.quiet_check) p.fail(name + ":" + std::to_string(i + 1) + ": disorder: " + lines[i].text);
        return 1;
    }
    return 0;
}

// -m: always the smallest of the files' next lines, the files being taken as sorted.
std::vector<Line const*> merged(Sorter const& sorter, std::vector<Line const*> const& lines) {
    std::vector<std::size_t> heads; // where each file's rest begins
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (i == 0 || lines[i]->file != lines[i - 1]->file) heads.push_back(i);
    std::vector<std::size_t> ends(heads.begin() + (heads.empty() ? 0 : 1), heads.end());
    ends.push_back(lines.size());
    std::vector<Line const*> result;
    while (result.size() < lines.size()) {
        std::size_t best = heads.size();
        for (std::size_t i = 0; i < heads.size(); ++i) {
            if (heads[i] == ends[i]) continue;
            if (best == heads.size() || sorter.compare(*lines[heads[i]], *lines[heads[best]]) < 0) best = i;
        }
        result.push_back(lines[heads[best]++]);
    }
    return result;
}

Task<int> run_sort(Process& p) {
    modernize(p.argv);
    Arguments arguments = parse_arguments(p, sort_command, OperandOrder::anywhere, 2);
    if (arguments.ended()) co_return arguments.status;
    SortPlan plan;
    if (int const status = read_options(p, arguments, plan); status >= 0) co_return status;
    if (std::string const* const from = arguments.value(long_option("files0-from"))) {
        int const status = co_await names_from(p, *from, arguments.operands, 2);
        if (status >= 0) co_return status;
    }
    if (plan.check && arguments.operands.size() > 1)
        co_return p.fail("extra operand " + quoted(arguments.operands[1]) +
                             (plan.quiet_check ? " not allowed with -C" : " not allowed with -c"),
                         2);
    Input in(p, arguments.operands, plan.delimiter, {"cannot read: %", "read failed: %"});
    std::vector<Line> lines;
    std::string_view text;
    std::size_t total = 0;
    while (co_await in.next(text)) {
        lines.push_back({std::string(text), {}, in.file_number()});
        total += text.size() + sizeof(Line);
        if (total > limits::total_bytes) co_return p.fail("memory exhausted", 2);
        co_await p.breathe();
    }
    if (in.failed()) co_return 2;
    for (Line& line : lines) plan.sorter.cut_keys(line);
    if (plan.check) co_return check_order(p, plan, lines, arguments.operands.empty() ? "-" : arguments.operands[0]);
    std::vector<Line const*> order;
    for (Line const& line : lines) order.push_back(&line);
    Sorter const& sorter = plan.sorter;
    if (arguments.has('m'))
        order = merged(sorter, order);
    else
        std::stable_sort(order.begin(), order.end(),
                         [&](Line const* a, Line const* b) { return sorter.compare(*a, *b) < 0; });
    if (sorter.unique)
        order.erase(std::unique(order.begin(), order.end(),
                                [&](Line const* a, Line const* b) { return sorter.by_keys(*a, *b) == 0; }),
                    order.end());
    if (!plan.output.empty()) {
        std::string all;
        for (Line const* line : order) (all += line->text) += plan.delimiter;
        Errno const error = p.vfs().write_file(p.caller, plan.output, all);
        if (error != Errno::none)
            co_return p.fail("open failed: " + plan.output + ": " + std::string(message(error)), 2);
        co_return 0;
    }
    Output out(p);
    for (Line const* line : order) {
        out.line(line->text, plan.delimiter);
        if (out.broken()) break;
        co_await p.breathe();
    }
    co_return out.close(0);
}

}

Command const sort_command{"sort",
                           "write sorted concatenation of all FILE(s) to standard output",
                           "sort [OPTION]... [FILE]...",
                           "Ordering options:\n\n"
                           "  -b, --ignore-leading-blanks  ignore leading blanks\n"
                           "  -d, --dictionary-order      consider only blanks and alphanumeric characters\n"
                           "  -f, --ignore-case           fold lower case to upper case characters\n"
                           "  -g, --general-numeric-sort  compare according to general numerical value\n"
                           "  -i, --ignore-nonprinting    consider only printable characters\n"
                           "  -M, --month-sort            compare (unknown) < 'JAN' < ... < 'DEC'\n"
                           "  -h, --human-numeric-sort    compare human readable numbers (e.g., 2K 1G)\n"
                           "  -n, --numeric-sort          compare according to string numerical value\n"
                           "  -R, --random-sort           shuffle, but group identical keys\n"
                           "  -r, --reverse               reverse the result of comparisons\n"
                           "      --sort=WORD             sort according to WORD: general-numeric, human-numeric,\n"
                           "                                month, numeric, random, version\n"
                           "  -V, --version-sort          natural sort of (version) numbers within text\n\n"
                           "Other options:\n\n"
                           "  -c                          check for sorted input; do not sort\n"
                           "      --check[=HOW]           the same; HOW: diagnose-first, quiet, silent\n"
                           "  -C                          like -c, but do not report first bad line\n"
                           "  -k, --key=KEYDEF            sort via a key: F[.C][OPTS][,F[.C][OPTS]]\n"
                           "  -m, --merge                 merge already sorted files\n"
                           "  -o, --output=FILE           write result to FILE instead of standard output\n"
                           "  -s, --stable                stabilize sort by disabling last-resort comparison\n"
                           "  -S, --buffer-size=SIZE      (ignored)\n"
                           "  -t, --field-separator=SEP   use SEP instead of non-blank to blank transition\n"
                           "  -T, --temporary-directory=DIR  (ignored)\n"
                           "      --files0-from=F         read input from the files whose NUL-ended names are in F\n"
                           "      --parallel=N            (ignored)\n"
                           "  -u, --unique                output only the first of an equal run\n"
                           "  -z, --zero-terminated       line delimiter is NUL, not newline\n",
                           nullptr,
                           run_sort};

}
