// The built-in functions of jq for formats (@csv and its kin), regular expressions and dates.
#include "ground/text.hpp"
#include "terminal/commands/encode.hpp"
#include "terminal/commands/jq_builtins.hpp"
#include "terminal/commands/jq_json.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/regex/regex.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cw::terminal::commands::jq {

namespace {

struct Escape {
    char letter;
    std::string_view text;
};
constexpr Escape html[] = {{'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}, {'\'', "&apos;"}, {'"', "&quot;"}};
constexpr Escape tabs[] = {{'\t', "\\t"}, {'\r', "\\r"}, {'\n', "\\n"}, {'\\', "\\\\"}};
constexpr Escape commas[] = {{'"', "\"\""}};
constexpr Escape quotes[] = {{'\'', "'\\''"}};

template <std::size_t Count>
std::string escaped(std::string_view text, Escape const (&escapes)[Count]) {
    std::string out;
    for (char const c : text) {
        auto const* const found =
            std::find_if(std::begin(escapes), std::end(escapes), [&](Escape const& one) { return one.letter == c; });
        if (found == std::end(escapes))
            out += c;
        else
            out += found->text;
    }
    return out;
}

std::string uri(std::string const& text) {
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-_.!~*'()").find(c) != std::string_view::npos;
        constexpr std::string_view digits = "0123456789ABCDEF";
        auto const byte = static_cast<unsigned char>(c);
        if (plain)
            out += c;
        else
            ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
    }
    return out;
}

Value row(Calls& c, Value const& value, bool csv) {
    std::string out;
    if (!value.is(Kind::array))
        return c.fail(described(value) + " cannot be " + (csv ? "csv" : "tsv") + "-formatted, only array");
    for (std::size_t i = 0; i < value.size(); ++i) {
        Value const& item = value.item(i);
        if (i > 0) out += csv ? ',' : '\t';
        if (item.kind() >= Kind::array) return c.fail(described(item) + " is not valid in a csv row");
        if (item.is(Kind::text))
            out += csv ? "\"" + escaped(item.text(), commas) + "\"" : escaped(item.text(), tabs);
        else if (!item.is(Kind::null))
            out += to_json(item);
    }
    return c.store.text(std::move(out));
}

Value shell_words(Calls& c, Value const& value) {
    std::string out;
    bool const several = value.is(Kind::array);
    for (std::size_t i = 0; i < (several ? value.size() : 1); ++i) {
        Value const& item = several ? value.item(i) : value;
        if (i > 0) out += ' ';
        if (item.kind() >= Kind::array) return c.fail(described(item) + " can not be escaped for shell");
        out += item.is(Kind::text) ? "'" + escaped(item.text(), quotes) + "'" : to_json(item);
    }
    return c.store.text(std::move(out));
}

Value from_base(Calls& c, std::string text, Alphabet const& alphabet) {
    std::string const shown_text = described(c.store.text(text));
    text.erase(text.find_last_not_of('=') + 1);
    bool const fits = text.find_first_not_of(alphabet.letters) == std::string::npos;
    if (fits && alphabet.bits == 6 && text.size() % 4 == 1) return c.fail(shown_text + " trailing base64 byte found");
    while (text.size() % alphabet.group != 0) text += '=';
    std::string out;
    if (!decoded(text, alphabet, false, out))
        return c.fail(shown_text + " is not valid " + std::string(alphabet.name) + " data");
    return c.store.text(repaired_utf8(out));
}

}

Value format_value(Calls& c, Value* v) {
    std::string const& name = v[1].text();
    if (name == "json") return c.store.text(to_json(v[0]));
    if (name == "csv" || name == "tsv") return row(c, v[0], name == "csv");
    if (name == "sh") return shell_words(c, v[0]);
    std::string text = to_text(v[0]);
    if (name == "text") return c.store.text(std::move(text));
    if (name == "html") return c.store.text(escaped(text, html));
    if (name == "uri") return c.store.text(uri(text));
    if (name == "base64" || name == "base32") return c.store.text(encoded(text, alphabet_named(name)));
    if (name == "base64d" || name == "base32d")
        return from_base(c, std::move(text), alphabet_named(std::string_view(name).substr(0, 6)));
    return c.fail(name + " is not a valid format");
}

namespace {

// What makes no difference with the flag x: blanks and comments outside of brackets.
std::string without_blanks(std::string const& pattern) {
    std::string out;
    bool in_brackets = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        char const c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            (out += c) += pattern[++i];
            continue;
        }
        in_brackets = c == '[' || (in_brackets && c != ']');
        if (c == '#' && !in_brackets) i = std::min(pattern.find('\n', i), pattern.size());
        if (in_brackets || std::string_view(" \t\r\n#").find(c) == std::string_view::npos) out += c;
    }
    return out;
}

std::string_view onigurumas_words(std::string_view message) {
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"missing closing parenthesis", "end pattern with unmatched parenthesis"},
        {"Unmatched [, [^, [:, [., or [=", "premature end of char-class"},
        {"quantifier does not follow a repeatable item", "target of repeat operator is not specified"},
        {"\\ at end of pattern", "end pattern at escape"},
        {"Unmatched ) or \\)", "unmatched close parenthesis"}};
    for (auto const& [ours, theirs] : words)
        if (ours == message) return theirs;
    return message;
}

struct Search {
    bool global = false, not_empty = false;
    std::optional<regex::Regex> regex;
};

// False if the regular expression or its flags are not valid.
bool prepare(Calls& c, Value const& pattern, Value const& flags, Search& search) {
    unsigned options = 0;
    bool extended = false;
    for (char const flag : flags.is(Kind::text) ? flags.text() : std::string()) {
        switch (flag) {
            case 'g': search.global = true; break;
            case 'n': search.not_empty = true; break;
            case 'i': options |= regex::ignore_case; break;
            case 'p': options |= regex::dot_all; break;
            case 'x': extended = true; break;
            case 's':
            case 'l': break;
            default: return c.fail(flags.text() + " is not a valid modifier string"), false;
        }
    }
    auto made =
        regex::compile(extended ? without_blanks(pattern.text()) : pattern.text(), regex::Flavor::perl, options);
    if (!made) {
        c.fail("Regex failure: " + std::string(onigurumas_words(made.error().message)));
        return false;
    }
    search.regex.emplace(std::move(*made));
    return true;
}

// Makes the objects that match gives; counts characters on the way through the text.
class Matches {
  public:
    Matches(Calls& c, std::string const& text, regex::Regex const& regex) : c_(c), text_(text), regex_(regex) {
        for (std::string_view const name : {"offset", "length", "string", "captures", "name"})
            names_.push_back(c.store.text(std::string(name)));
    }
    Value match(regex::Match const& found) {
        Value out = span(found, 0);
        Value captures = c_.store.array();
        for (std::size_t i = 1; i <= regex_.group_count() && found.length() > 0; ++i) {
            Value group = span(found, i);
            std::string_view const name = regex_.group_name(i);
            group.put(names_[4], name.empty() ? Value(Kind::null) : c_.store.text(std::string(name)));
            captures.append(std::move(group));
        }
        out.put(names_[3], std::move(captures));
        return out;
    }

  private:
    std::size_t characters(std::size_t from, std::size_t to) const {
        auto const begin = text_.begin() + static_cast<std::ptrdiff_t>(from);
        return static_cast<std::size_t>(std::count_if(begin, text_.begin() + static_cast<std::ptrdiff_t>(to),
                                                      [](char c) { return (c & '\xC0') != '\x80'; }));
    }
    Value span(regex::Match const& found, std::size_t group) {
        Value out = c_.store.object();
        bool const has = found.has(group);
        if (has && group == 0) {
            count_ += characters(counted_, found.from());
            counted_ = found.from();
        }
        std::size_t const from = has ? found.from(group) : 0;
        double const offset = from >= counted_ ? static_cast<double>(count_ + characters(counted_, from))
                                               : static_cast<double>(characters(0, from));
        out.put(names_[0], Value(has ? offset : -1.0));
        if (!has) out.put(names_[2], Value(Kind::null));
        out.put(names_[1], Value(has ? static_cast<double>(characters(from, found.to(group))) : 0.0));
        if (has) out.put(names_[2], c_.store.text(std::string(found.text(text_, group))));
        return out;
    }

    Calls& c_;
    std::string const& text_;
    regex::Regex const& regex_;
    std::vector<Value> names_;
    std::size_t counted_ = 0, count_ = 0; // bytes, and the characters in them
};

}

Value match_all(Calls& c, Value* v) {
    Value pattern = v[1], flags = v[2];
    bool const alone = flags.is(Kind::null) && !pattern.is(Kind::array);
    if (pattern.is(Kind::array)) { // [regex, flags]
        flags = pattern.size() > 1 ? pattern.item(1) : flags;
        pattern = pattern.size() > 0 ? Value(pattern.item(0)) : Value(Kind::null);
    }
    if (!v[0].is(Kind::text)) return c.fail(described(v[0]) + " cannot be matched, as it is not a string");
    if (!pattern.is(Kind::text))
        return c.fail(alone || (v[3].number() == 2 && !v[1].is(Kind::array))
                          ? std::string(kind_name(pattern)) + " not a string or array"
                          : described(pattern) + " is not a string");
    if (!flags.is(Kind::null) && !flags.is(Kind::text)) return c.fail(described(flags) + " is not a string");
    Search search;
    if (!prepare(c, pattern, flags, search)) return {};
    std::string const& text = v[0].text();
    bool const tests = v[3].number() == 1, replaces = v[3].number() == 2;
    Value out = c.store.array();
    Matches matches(c, text, *search.regex);
    for (std::size_t from = 0; from <= text.size();) {
        auto const found = tests ? search.regex->find(text, from) : search.regex->search(text, from);
        if (search.regex->exhausted()) return c.fail("Regex failure: too many steps");
        if (tests) return Value(found && (found->length() > 0 || !search.not_empty));
        // An empty match at the end of a text counts for replacing only.
        bool const at_end = found && found->length() == 0 && found->from() == text.size() && !text.empty();
        if (!found || (at_end && search.global && !replaces)) break;
        bool const is_empty = found->length() == 0;
        if (!is_empty || !search.not_empty) out.append(matches.match(*found));
        from = found->to();
        if (is_empty && from < text.size())
            static_cast<void>(next_code_point(text, from));
        else if (is_empty)
            ++from;
        if (!search.global) break;
    }
    return out;
}

namespace {

// The broken-down time of jq: year, month from 0, day, hour, minute, seconds, and two that are not looked at.
bool read_time(Value const& parts, Civil& time) {
    if (!parts.is(Kind::array) || parts.size() < 6) return false;
    int values[6];
    for (std::size_t i = 0; i < 6; ++i) {
        if (!parts.item(i).is(Kind::number) || std::fabs(parts.item(i).number()) > 1e6) return false;
        values[i] = static_cast<int>(std::floor(parts.item(i).number()));
    }
    time = {values[0], values[1] + 1, values[2], values[3], values[4], values[5], 0, 0};
    return true;
}

constexpr double latest_time = 6e10; // seconds: what nanoseconds of 64 bits hold, with room

Value time_parts(Calls& c, Civil const& time, double fraction) {
    Value out = c.store.array();
    for (double const part : {static_cast<double>(time.year), time.month - 1.0, time.day + 0.0, time.hour + 0.0,
                              time.minute + 0.0, time.second + fraction, time.week_day + 0.0, time.year_day + 0.0})
        out.append(Value(part));
    return out;
}

constexpr std::string_view month_names = "janfebmaraprmayjunjulaugsepoctnovdec", day_names = "sunmontuewedthufrisat";

// What strptime reads. Names may be short or long.
class TimeReader {
  public:
    TimeReader(std::string_view text, std::string_view format) : text_(text), format_(format) {}

    bool read(Civil& time, std::int64_t& seconds) {
        bool fine = pattern(format_, time, seconds);
        if (afternoon_ >= 0) time.hour = time.hour % 12 + afternoon_ * 12;
        return fine && at_ == text_.size();
    }

  private:
    bool number(int digits, int least, int most, int& value) {
        std::size_t const from = at_;
        std::int64_t read = 0;
        while (at_ < text_.size() && at_ - from < static_cast<std::size_t>(digits) && text_[at_] >= '0' &&
               text_[at_] <= '9')
            read = read * 10 + (text_[at_++] - '0');
        value = static_cast<int>(read);
        return at_ > from && read >= least && read <= most;
    }
    bool name(std::string_view names, int& value) {
        std::string low;
        std::size_t end = at_;
        for (; end < text_.size() && ((text_[end] | 0x20) >= 'a' && (text_[end] | 0x20) <= 'z'); ++end)
            low += static_cast<char>(text_[end] | 0x20);
        std::size_t const found = low.size() < 3 ? std::string_view::npos : names.find(low.substr(0, 3));
        if (found == std::string_view::npos || found % 3 != 0) return false;
        value = static_cast<int>(found / 3);
        at_ = end;
        return true;
    }
    bool zone() {
        std::size_t const from = at_;
        while (at_ < text_.size() && std::string_view("+-:0123456789").find(text_[at_]) != std::string_view::npos)
            ++at_;
        while (at_ == from || (at_ < text_.size() && text_[at_] >= 'A' && text_[at_] <= 'Z'))
            if (at_ >= text_.size() || text_[at_] < 'A' || text_[at_++] > 'Z') return false;
        return true;
    }
    void blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))) ++at_;
    }
    bool pattern(std::string_view format, Civil& time, std::int64_t& seconds) {
        for (std::size_t i = 0; i < format.size(); ++i) {
            char const c = format[i];
            if (c == '%' && i + 1 < format.size()) {
                if (!one(format[++i], time, seconds)) return false;
            } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
                blanks();
            } else if (at_ >= text_.size() || text_[at_++] != c) {
                return false;
            }
        }
        return true;
    }
    bool one(char letter, Civil& time, std::int64_t& seconds) {
        int unused = 0, value = 0;
        if (std::string_view("aAbBhcnt%zZ").find(letter) == std::string_view::npos) blanks();
        switch (letter) {
            case 'Y':
                if (!number(4, 0, 9999, value)) return false;
                time.year = value;
                return true;
            case 'y':
                if (!number(2, 0, 99, value)) return false;
                time.year = value + (value < 69 ? 2000 : 1900);
                return true;
            case 'm': return number(2, 1, 12, time.month);
            case 'd':
            case 'e': return number(2, 1, 31, time.day);
            case 'H':
            case 'k': return number(2, 0, 23, time.hour);
            case 'I':
            case 'l': return number(2, 1, 12, time.hour);
            case 'M': return number(2, 0, 59, time.minute);
            case 'S': return number(2, 0, 61, time.second);
            case 'j':
                if (!number(3, 1, 366, value)) return false;
                time.month = 1;
                time.day = value;
                return true;
            case 'u':
            case 'w': return number(1, 0, 7, unused);
            case 'a':
            case 'A': return name(day_names, unused);
            case 'b':
            case 'B':
            case 'h':
                if (!name(month_names, value)) return false;
                time.month = value + 1;
                return true;
            case 'p':
                if (at_ + 1 >= text_.size() || (text_[at_ + 1] | 0x20) != 'm') return false;
                afternoon_ = (text_[at_] | 0x20) == 'p' ? 1 : 0;
                at_ += 2;
                return true;
            case 's': {
                std::size_t const end = std::min(text_.find_first_not_of("0123456789", at_), text_.size());
                auto const read = parse_integer(text_.substr(at_, end - at_));
                if (!read) return false;
                seconds = *read;
                at_ = end;
                return true;
            }
            case 'z':
            case 'Z': return zone();
            case 'T': return pattern("%H:%M:%S", time, seconds);
            case 'R': return pattern("%H:%M", time, seconds);
            case 'D': return pattern("%m/%d/%y", time, seconds);
            case 'F': return pattern("%Y-%m-%d", time, seconds);
            case 'c': return pattern("%a %b %d %H:%M:%S %Y", time, seconds);
            case 'n':
            case 't': blanks(); return true;
            case '%': return at_ < text_.size() && text_[at_++] == '%';
            default: return false;
        }
    }

    std::string_view text_, format_;
    std::size_t at_ = 0;
    int afternoon_ = -1;
};

}

Value now(Calls& c, Value*) { return Value(static_cast<double>(c.p.clock().now_ns) / 1e9); }

Value broken_down(Calls& c, Value* v) {
    if (!v[0].is(Kind::number)) return c.fail("gmtime() requires a number");
    double const whole = std::floor(v[0].number());
    if (!(std::fabs(whole) < latest_time)) return c.fail("error converting number of seconds since epoch to datetime");
    return time_parts(c, civil_from(static_cast<std::int64_t>(whole)), v[0].number() - whole);
}

Value make_time(Calls& c, Value* v) {
    Civil time;
    if (!v[0].is(Kind::array)) return c.fail("mktime requires array inputs");
    if (!read_time(v[0], time)) return c.fail("mktime requires parsed datetime inputs");
    return Value(static_cast<double>(seconds_from(time)));
}

Value time_text(Calls& c, Value* v) {
    Civil time;
    Value parts = v[0].is(Kind::number) ? broken_down(c, v) : v[0];
    if (!c.error.is(Kind::none)) return {};
    if (!read_time(parts, time)) return c.fail("strftime/1 requires parsed datetime inputs");
    if (!v[1].is(Kind::text)) return c.fail("strftime/1 requires a string format");
    double const seconds = static_cast<double>(seconds_from(time));
    if (std::fabs(seconds) > latest_time) return c.fail("strftime/1: unknown system failure");
    return c.store.text(format_time(v[1].text(), static_cast<std::int64_t>(seconds) * 1'000'000'000));
}

Value parsed_time(Calls& c, Value* v) {
    if (!v[0].is(Kind::text) || !v[1].is(Kind::text)) return c.fail("strptime/1 requires string inputs and arguments");
    Civil time{1900, 1, 0, 0, 0, 0, 0, 0};
    std::int64_t seconds = INT64_MIN;
    if (!TimeReader(v[0].text(), v[1].text()).read(time, seconds))
        return c.fail("date \"" + v[0].text() + "\" does not match format \"" + v[1].text() + "\"");
    return time_parts(c, civil_from(seconds == INT64_MIN ? seconds_from(time) : seconds), 0);
}

}
