// diff -D and --line-format, --GTYPE-group-format and their kin: the merged text of both files, each group of lines
// through a format of its own.
#include "ground/text.hpp"
#include "terminal/commands/diff.hpp"
#include "terminal/commands/units.hpp"

namespace cw::terminal::commands {

namespace {

enum Kind : std::size_t { common, of_old, of_new, changed };

// "%5.2d" and the like before its letter; the number, or nothing for what is no conversion.
std::string formatted_number(std::string_view flags, char conversion, std::size_t value) {
    std::string digits = conversion == 'd' ? std::to_string(value) : std::string();
    if (digits.empty()) {
        std::size_t const base = conversion == 'o' ? 8 : 16;
        std::size_t rest = value;
        do {
            digits.insert(digits.begin(), (conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[rest % base]);
        } while (rest /= base);
    }
    bool const left = flags.find('-') != std::string_view::npos;
    std::size_t const from = std::min(flags.find_first_not_of("-'0"), flags.size());
    bool const zeros = flags.substr(0, from).find('0') != std::string_view::npos;
    std::size_t const dot = std::min(flags.find('.'), flags.size());
    auto const width = static_cast<std::size_t>(parse_count(flags.substr(from, dot - from)).value_or(0));
    auto const least = static_cast<std::size_t>(parse_count(flags.substr(std::min(dot + 1, flags.size()))).value_or(0));
    constexpr std::size_t widest = 1000;
    while (digits.size() < std::min(least, widest)) digits.insert(digits.begin(), '0');
    while (digits.size() < std::min(width, widest))
        digits.insert(left ? digits.end() : digits.begin(), zeros && !left && dot == flags.size() ? '0' : ' ');
    return digits;
}

class FormatPrinter {
  public:
    FormatPrinter(Output& out, DiffStyle const& style, DiffText const& a, DiffText const& b)
        : out_(out), style_(style), a_(a), b_(b) {}

    void group(Kind kind, Hunk const& hunk) {
        std::string_view rest = style_.group_formats[kind];
        piece(rest, '\0', &hunk);
    }

  private:
    // Through `text` up to `end` (or the end of it); shown only if there is a hunk.
    void piece(std::string_view& text, char end, Hunk const* hunk) {
        while (!text.empty()) {
            char const c = text[0];
            if (c == end && end) return;
            text.remove_prefix(1);
            if (c != '%' || text.empty())
                put(c, hunk);
            else if (!conversion(text, hunk))
                put('%', hunk);
        }
    }
    void put(char c, Hunk const* hunk) {
        if (hunk) out_.put(c);
    }
    // "c'X'" and "c'\OOO'".
    static bool character(std::string_view& text, char& result) {
        if (text.substr(0, 2) != "c'") return false;
        std::size_t const close = text.find('\'', 3);
        if (close == std::string_view::npos) return false;
        std::string_view const inside = text.substr(2, close - 2);
        int code = 0;
        if (inside[0] == '\\')
            for (char const digit : inside.substr(1)) code = (code * 8 + (digit - '0')) & 255;
        result = inside[0] == '\\' ? static_cast<char>(code) : inside[0];
        text.remove_prefix(close + 1);
        return true;
    }
    static std::size_t value_of(char letter, Hunk const& hunk) {
        bool const old = letter >= 'a';
        std::size_t const from = old ? hunk.a_from : hunk.b_from, to = old ? hunk.a_to : hunk.b_to;
        switch (old ? letter : letter + 32) {
            case 'e': return from;
            case 'f': return from + 1;
            case 'l': return to;
            case 'm': return to + 1;
            default: return to - from;
        }
    }
    bool conversion(std::string_view& text, Hunk const* hunk) {
        char c = text[0];
        char shown = '%';
        if (c == '%' || character(text, shown)) {
            if (c == '%') text.remove_prefix(1);
            put(shown, hunk);
            return true;
        }
        if (c == '(') return choice(text, hunk);
        if (c == '<' || c == '>' || c == '=') {
            text.remove_prefix(1);
            if (!hunk) return true;
            if (c == '>')
                lines(b_, of_new, hunk->b_from, hunk->b_to);
            else
                lines(a_, c == '=' ? common : of_old, hunk->a_from, hunk->a_to);
            return true;
        }
        std::size_t const end = text.find_first_not_of("-'0123456789.");
        if (end == std::string_view::npos || end + 1 >= text.size()) return false;
        if (std::string_view("doxX").find(text[end]) == std::string_view::npos ||
            std::string_view("eflmnEFLMN").find(text[end + 1]) == std::string_view::npos)
            return false;
        if (hunk) out_.put(formatted_number(text.substr(0, end), text[end], value_of(text[end + 1], *hunk)));
        text.remove_prefix(end + 2);
        return true;
    }
    // "(A=B?T:E)": A and B are numbers or letters.
    bool choice(std::string_view& text, Hunk const* hunk) {
        std::string_view rest = text.substr(1);
        std::size_t values[2] = {0, 0};
        for (int i = 0; i < 2; ++i) {
            std::size_t const digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
            if (digits > 0)
                values[i] = static_cast<std::size_t>(parse_count(rest.substr(0, digits)).value_or(0));
            else if (!rest.empty() && hunk)
                values[i] = value_of(rest[0], *hunk);
            rest.remove_prefix(std::min(std::max<std::size_t>(digits, 1), rest.size()));
            if (rest.substr(0, 1) != (i == 0 ? "=" : "?")) return false;
            rest.remove_prefix(1);
        }
        bool const equal = values[0] == values[1];
        piece(rest, ':', equal ? hunk : nullptr);
        if (!rest.empty()) {
            rest.remove_prefix(1);
            piece(rest, ')', equal ? nullptr : hunk);
        }
        if (!rest.empty()) rest.remove_prefix(1);
        text = rest;
        return true;
    }
    void lines(DiffText const& from, Kind kind, std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            std::string_view format = style_.line_formats[kind];
            while (!format.empty()) {
                char c = format[0];
                format.remove_prefix(1);
                if (c == '%' && !format.empty() && line_conversion(format, from, i)) continue;
                out_.put(c);
            }
        }
    }
    bool line_conversion(std::string_view& format, DiffText const& from, std::size_t index) {
        char c = format[0];
        char shown = '%';
        if (c == '%' || character(format, shown)) {
            if (c == '%') format.remove_prefix(1);
            out_.put(shown);
            return true;
        }
        if (c == 'l' || c == 'L') {
            format.remove_prefix(1);
            out_.put(from.lines[index]);
            if (c == 'L' && !(from.lacks_newline && index + 1 == from.lines.size())) out_.put('\n');
            return true;
        }
        std::size_t const end = format.find_first_not_of("-'0123456789.");
        if (end == std::string_view::npos || end + 1 >= format.size() || format[end + 1] != 'n') return false;
        if (std::string_view("doxX").find(format[end]) == std::string_view::npos) return false;
        out_.put(formatted_number(format.substr(0, end), format[end], index + 1));
        format.remove_prefix(end + 2);
        return true;
    }

    Output& out_;
    DiffStyle const& style_;
    DiffText const& a_;
    DiffText const& b_;
};

}

void finish_formats(DiffStyle& style) {
    std::string* const group = style.group_formats;
    bool const* const given = style.has_group_format;
    for (std::size_t i = 0; i < 3; ++i)
        if (!style.has_line_format[i]) style.line_formats[i] = "%l\n";
    if (!given[common]) group[common] = "%=";
    if (!given[of_old]) group[of_old] = given[changed] ? group[changed] : "%<";
    if (!given[of_new]) group[of_new] = given[changed] ? group[changed] : "%>";
    if (!given[changed]) group[changed] = group[of_old] + group[of_new];
}

void if_defined(DiffStyle& style, std::string const& name) {
    std::string const end_old = "#endif /* ! " + name + " */\n", end_new = "#endif /* " + name + " */\n";
    style.group_formats[common] = "%=";
    style.group_formats[of_old] = "#ifndef " + name + "\n%<" + end_old;
    style.group_formats[of_new] = "#ifdef " + name + "\n%>" + end_new;
    style.group_formats[changed] = "#ifndef " + name + "\n%<#else /* " + name + " */\n%>" + end_new;
    for (bool& given : style.has_group_format) given = true;
}

void print_formats(Output& out, DiffStyle const& style, DiffText const& a, DiffText const& b,
                   std::vector<Hunk> const& hunks) {
    FormatPrinter printer(out, style, a, b);
    std::size_t i = 0, j = 0;
    for (Hunk const& hunk : hunks) {
        if (hunk.a_from > i) printer.group(common, {i, hunk.a_from, j, hunk.b_from});
        bool const removes = hunk.a_to > hunk.a_from, adds = hunk.b_to > hunk.b_from;
        printer.group(removes && adds ? changed : removes ? of_old : of_new, hunk);
        i = hunk.a_to;
        j = hunk.b_to;
    }
    if (i < a.lines.size()) printer.group(common, {i, a.lines.size(), j, b.lines.size()});
}

}
