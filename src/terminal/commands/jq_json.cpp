#include "terminal/commands/jq_json.hpp"

#include "ground/text.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace cw::terminal::commands::jq {

namespace {

constexpr std::size_t deepest_text = 256;
constexpr int deepest_shown = 256;

}

void Reader::feed(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (!begun_ && text.substr(0, 3) == byte_order_mark) text.remove_prefix(3);
    begun_ = true;
    text_.erase(0, at_);
    at_ = 0;
    text_ += text;
}

std::size_t Reader::lines() const {
    bool const at_line_start = column_ == 0;
    return lines_ + (!at_line_start && text_.find('\n', at_) != std::string::npos ? 1 : 0);
}

bool Reader::fail(std::string_view message) {
    error_ = std::string(message) + " at line " + std::to_string(line_) + ", column " + std::to_string(column_);
    stack_.clear();
    token_.clear();
    next_ = {};
    in_string_ = escaped_ = false;
    return false;
}

Reader::Got Reader::next(Value& value) {
    while (at_ < text_.size()) {
        if (token_.size() > limits::value_bytes) return fail("Token too long"), Got::error;
        char const c = text_[at_++];
        ++column_;
        if (c == '\n') ++line_, ++lines_, column_ = 0;
        if (!(in_string_ ? take_string(c) : take(c))) return Got::error;
        if (!stack_.empty() || next_.is(Kind::none)) continue;
        value = std::exchange(next_, {});
        return Got::value;
    }
    if (!finished_) return Got::nothing;
    if (in_string_) return fail("Unfinished string at EOF"), Got::error;
    if (!end_token()) {
        error_.insert(error_.rfind(" at line"), " at EOF");
        return Got::error;
    }
    if (!stack_.empty()) return fail("Unfinished JSON term at EOF"), Got::error;
    value = std::exchange(next_, {});
    return value.is(Kind::none) ? Got::nothing : Got::value;
}

bool Reader::take(char c) {
    if (c == '"') {
        in_string_ = true;
        return end_token();
    }
    if (std::string_view("[{:,]}").find(c) != std::string_view::npos) return end_token() && structure(c);
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return end_token();
    token_ += c;
    return true;
}

bool Reader::take_string(char c) {
    if (c == '"' && !escaped_) {
        in_string_ = false;
        return end_string();
    }
    escaped_ = c == '\\' && !escaped_;
    token_ += c;
    return true;
}

bool Reader::set(Value value) {
    if (!next_.is(Kind::none)) return fail("Expected separator between values");
    next_ = std::move(value);
    return true;
}

// A word or a number.
bool Reader::end_token() {
    if (token_.empty()) return true;
    std::string const token = std::exchange(token_, {});
    char const c = token[0];
    if (c == 't' || c == 'f' || c == 'n') {
        if (token == "true" || token == "false") return set(Value(c == 't'));
        return token == "null" ? set(Value(Kind::null)) : fail("Invalid literal");
    }
    char* end = nullptr;
    double const number = std::strtod(token.c_str(), &end);
    bool const whole = *end == '\0' && token.find_first_of("xXpP(") == std::string::npos;
    return whole ? set(Value(number)) : fail("Invalid numeric literal");
}

bool Reader::end_string() {
    std::string const token = std::exchange(token_, {});
    std::string text;
    std::size_t at = 0;
    // Four hexadecimal digits behind \u, or npos.
    auto const unit = [&]() -> char32_t {
        std::string_view const digits = std::string_view(token).substr(std::min(at, token.size()), 4);
        bool const fine =
            digits.size() == 4 && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        at += 4;
        return fine ? static_cast<char32_t>(*parse_integer(digits, 16)) : static_cast<char32_t>(-1);
    };
    while (at < token.size()) {
        char const c = token[at++];
        if (static_cast<unsigned char>(c) < 0x20)
            return fail("Invalid string: control characters from U+0000 through U+001F must be escaped");
        if (c != '\\') {
            text += c;
            continue;
        }
        char const escape = token[at++];
        constexpr std::string_view letters = "bfnrt\"\\/", meant = "\b\f\n\r\t\"\\/";
        if (std::size_t const known = letters.find(escape); known != std::string_view::npos) {
            text += meant[known];
            continue;
        }
        if (escape != 'u') return fail("Invalid escape");
        char32_t code = unit();
        if (code == static_cast<char32_t>(-1)) return fail("Invalid escape");
        if (code >= 0xD800 && code < 0xDC00) {
            bool const follows = token.compare(at, 2, "\\u") == 0;
            at += follows ? 2 : 0;
            char32_t const low = follows ? unit() : 0;
            if (low < 0xDC00 || low > 0xDFFF) return fail("Invalid \\uXXXX\\uXXXX surrogate pair escape");
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        append_utf8(text, code >= 0xD800 && code < 0xE000 ? replacement_character : code);
    }
    return set(store_.text(is_valid_utf8(text) ? std::move(text) : repaired_utf8(text)));
}

// The member whose key and value are read, into its object.
bool Reader::add_member() {
    Value const key = std::move(stack_.back());
    stack_.pop_back();
    stack_.back().put(key, std::exchange(next_, {}));
    return true;
}

bool Reader::structure(char c) {
    bool const has_next = !next_.is(Kind::none);
    if (c == '[' || c == '{') {
        if (stack_.size() >= deepest_text) return fail("Exceeds depth limit for parsing");
        if (has_next) return fail("Expected separator between values");
        stack_.push_back(c == '[' ? store_.array() : store_.object());
        return true;
    }
    if (c == ':') {
        if (!has_next) return fail("Expected string key before ':'");
        if (stack_.empty() || in(Kind::array)) return fail("':' not as part of an object");
        if (in(Kind::text)) return fail("':' should follow a key");
        if (!next_.is(Kind::text)) return fail("Object keys must be strings");
        stack_.push_back(std::exchange(next_, {}));
        return true;
    }
    if (c == ',') {
        if (!has_next) return fail("Expected value before ','");
        if (stack_.empty()) return fail("',' not as part of an object");
        if (in(Kind::text)) return add_member();
        if (!in(Kind::array)) return fail("Objects must consist of key:value pairs");
        stack_.back().append(std::exchange(next_, {}));
        return true;
    }
    bool const closes_array = c == ']';
    if (stack_.empty() || closes_array != in(Kind::array))
        return fail(closes_array ? "Unmatched ']'" : "Unmatched '}'");
    if (!has_next && in(Kind::text)) return fail("Unmatched '}'");
    if (!has_next && stack_.back().size() > 0)
        return fail(closes_array ? "Expected another array element" : "Expected another key-value pair");
    if (has_next && closes_array) stack_.back().append(std::exchange(next_, {}));
    if (has_next && !closes_array) {
        if (!in(Kind::text)) return fail("Objects must consist of key:value pairs");
        add_member();
    }
    next_ = std::move(stack_.back());
    stack_.pop_back();
    return true;
}

Value parse_json(Store& store, std::string_view text, std::string& error) {
    Reader reader(store);
    reader.feed(text);
    reader.finish();
    Value value, more;
    Reader::Got got = reader.next(value);
    if (got == Reader::Got::nothing) error = "Expected JSON value";
    if (got == Reader::Got::value && (got = reader.next(more)) == Reader::Got::value)
        error = "Unexpected extra JSON values";
    if (got == Reader::Got::error) error = reader.error();
    return error.empty() ? value : Value();
}

namespace {

// The shortest digits that read back as the same number, with an exponent where that is much shorter.
std::string number_text(double number) {
    if (std::isnan(number)) return "null";
    number = std::clamp(number, -DBL_MAX, DBL_MAX);
    char buffer[40];
    for (int digits = 0; digits < 17; ++digits) {
        std::snprintf(buffer, sizeof buffer, "%.*e", digits, number);
        if (std::strtod(buffer, nullptr) == number) break;
    }
    std::string digits = buffer;
    std::size_t const e = digits.find('e');
    int const exponent = std::atoi(buffer + e + 1);
    std::string const tail = digits.substr(e);
    std::string const sign = digits[0] == '-' ? "-" : "";
    digits = digits.substr(sign.size(), e - sign.size());
    if (digits.size() > 1) digits.erase(1, 1);
    auto const count = static_cast<int>(digits.size());
    if (exponent < -5 || (exponent < -4 && number != 0) || exponent >= count + 15) {
        if (count > 1) digits.insert(1, ".");
        return sign + digits + tail;
    }
    if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    if (count <= exponent + 1) return sign + digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0');
    return sign + digits.insert(static_cast<std::size_t>(exponent + 1), ".");
}

void append_unit(std::string& out, unsigned unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (unsigned shift = 16; shift > 0;) out += digits[unit >> (shift -= 4) & 15u];
}

void write_string(std::string& out, std::string const& text, bool ascii) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const from = at;
        char32_t const code = next_code_point(text, at);
        constexpr std::string_view letters = "btnfr", meant = "\b\t\n\f\r";
        std::size_t const known = code < 0x20 ? meant.find(static_cast<char>(code)) : std::string_view::npos;
        if (code == '"' || code == '\\' || known != std::string_view::npos)
            (out += '\\') += known == std::string_view::npos ? text[from] : letters[known];
        else if (code < 0x20 || code == 0x7F || (ascii && code > 0x7F && code < 0x10000))
            append_unit(out, code);
        else if (ascii && code >= 0x10000)
            append_unit(out, 0xD800 + ((code - 0x10000) >> 10)), append_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
        else
            out.append(text, from, at - from);
    }
    out += '"';
}

constexpr std::string_view reset = "\x1b[0m";

std::string_view colour(Value const& value) {
    switch (value.kind()) {
        case Kind::null: return "\x1b[1;30m";
        case Kind::text: return "\x1b[0;32m";
        case Kind::array:
        case Kind::object: return "\x1b[1;39m";
        default: return "\x1b[0;39m";
    }
}

void new_line(std::string& out, Layout const& layout, int depth) {
    if (layout.indent == 0 && !layout.tabs) return;
    out += '\n';
    out.append(static_cast<std::size_t>(layout.tabs ? depth : depth * layout.indent), layout.tabs ? '\t' : ' ');
}

void write_parts(std::string& out, Value const& value, Layout const& layout, int depth) {
    bool const is_object = value.is(Kind::object), colours = layout.colours;
    std::vector<std::size_t> places;
    if (layout.sorts && is_object) places = sorted_places(value);
    out += is_object ? '{' : '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
        std::size_t const at = places.empty() ? i : places[i];
        if (i > 0) (out += colours ? colour(value) : "") += ',';
        new_line(out, layout, depth + 1);
        if (is_object) {
            if (colours) (out += reset) += "\x1b[34;1m";
            write_string(out, value.key(at).text(), layout.ascii);
            if (colours) (out += reset) += colour(value);
            out += layout.indent > 0 || layout.tabs ? ": " : ":";
            if (colours) out += reset;
        }
        write_json(out, value.item(at), layout, depth + 1);
    }
    if (value.size() > 0) {
        if (colours) out += colour(value);
        new_line(out, layout, depth);
        if (colours) out += colour(value);
    }
    out += is_object ? '}' : ']';
}

}

void write_json(std::string& out, Value const& value, Layout const& layout, int depth) {
    if (layout.colours) out += colour(value);
    if (depth > deepest_shown)
        out += "<stripped: exceeds max depth>";
    else if (value.kind() >= Kind::array)
        write_parts(out, value, layout, depth);
    else if (value.is(Kind::text))
        write_string(out, value.text(), layout.ascii);
    else if (value.is(Kind::number))
        out += number_text(value.number());
    else
        out += value.is(Kind::null) ? "null" : value ? "true" : "false";
    if (layout.colours) out += reset;
}

std::string to_json(Value const& value) {
    std::string out;
    write_json(out, value, {});
    return out;
}

std::string shown(Value const& value, std::size_t width) {
    std::string out = to_json(value);
    if (out.size() <= width) return out;
    std::size_t end = width - 3;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0u) == 0x80u) --end;
    return out.substr(0, end) + "...";
}

std::string to_text(Value const& value) { return value.is(Kind::text) ? value.text() : to_json(value); }

}
