#include "json/write.hpp"

#include "ground/assert.hpp"
#include "ground/text.hpp"

#include <cmath>

namespace cw::json {

std::string quoted_json(std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    std::string out = "\"";
    for (char const c : repaired_utf8(text)) {
        auto const byte = static_cast<unsigned char>(c);
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (byte >= 0x20 && byte != 0x7F) {
                    out += c;
                } else {
                    out += "\\u00";
                    out += hex[byte >> 4];
                    out += hex[byte & 15];
                }
        }
    }
    return out + "\"";
}

std::string number_text(double value) {
    constexpr double exact_whole = 9007199254740992.0; // 2^53
    if (!std::isfinite(value)) return "null";
    if (value == std::floor(value) && std::fabs(value) <= exact_whole) return fixed(value, 0);
    return shortest(value);
}

Writer& Writer::begin(char bracket) {
    before_value();
    out_ += bracket;
    open_.push_back({bracket});
    return *this;
}

Writer& Writer::end() {
    CW_ASSERT(!open_.empty() && !has_key_);
    Open const closed = open_.back();
    open_.pop_back();
    if (!closed.is_empty) new_line();
    out_ += closed.bracket == '{' ? '}' : ']';
    return *this;
}

Writer& Writer::key(std::string_view name) {
    CW_ASSERT(!open_.empty() && open_.back().bracket == '{' && !has_key_);
    if (!open_.back().is_empty) out_ += ',';
    open_.back().is_empty = false;
    new_line();
    out_ += quoted_json(name);
    out_ += layout_ == Layout::lines ? ": " : ":";
    has_key_ = true;
    return *this;
}

void Writer::before_value() {
    if (open_.empty()) return;
    if (open_.back().bracket == '{') {
        CW_ASSERT(has_key_);
        has_key_ = false;
        return;
    }
    if (!open_.back().is_empty) out_ += ',';
    open_.back().is_empty = false;
    new_line();
}

void Writer::new_line() {
    if (layout_ == Layout::compact) return;
    out_ += '\n';
    out_.append(open_.size() * 2, ' ');
}

Writer& Writer::raw(std::string_view token) {
    before_value();
    out_ += token;
    return *this;
}

Writer& Writer::text(std::string_view value) { return raw(quoted_json(value)); }
Writer& Writer::number(double value) { return raw(number_text(value)); }
Writer& Writer::integer(long long value) { return raw(std::to_string(value)); }
Writer& Writer::boolean(bool value) { return raw(value ? "true" : "false"); }
Writer& Writer::null() { return raw("null"); }

}
