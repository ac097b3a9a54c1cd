#include "terminal/escapes.hpp"

#include "ground/text.hpp"
#include "terminal/characters.hpp"

namespace cw::terminal {

namespace {

int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

// Up to `most` digits of a base at `at`; -1 if there is none.
long read_number(std::string_view text, std::size_t& at, int base, int most) {
    long value = -1;
    for (int count = 0; count < most && at < text.size() && digit_value(text[at]) < base; ++count)
        value = (value < 0 ? 0 : value) * base + digit_value(text[at++]);
    return value;
}

char simple_escape(char c) {
    switch (c) {
        case 'a': return '\a';
        case 'b': return '\b';
        case 'e':
        case 'E': return '\x1b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'v': return '\v';
        default: return '\0';
    }
}

void append_byte(std::string& out, long value) { out.push_back(static_cast<char>(value & 0xFF)); }

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }

}

std::string decoded_ansi_c(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '\\' || at + 1 >= text.size()) {
            out.push_back(text[at++]);
            continue;
        }
        char const c = text[++at];
        long value = -2;
        if (char const simple = simple_escape(c)) {
            out.push_back(simple);
            ++at;
        } else if (c >= '0' && c <= '7') {
            value = read_number(text, at, 8, 3);
        } else if (c == 'x') {
            ++at;
            bool const braces = at < text.size() && text[at] == '{';
            if (braces) ++at;
            value = read_number(text, at, 16, braces ? 100 : 2);
            if (braces && at < text.size() && text[at] == '}') ++at;
            if (value < 0 && braces) value = 0;
            if (value < 0) out += "\\x";
        } else if (c == 'u' || c == 'U') {
            ++at;
            long const code = read_number(text, at, 16, c == 'u' ? 4 : 8);
            if (code < 0)
                out += c == 'u' ? "\\u" : "\\U";
            else if (code == 0)
                return out;
            else
                append_utf8(out, static_cast<char32_t>(code));
        } else if (c == 'c' && at + 1 < text.size()) {
            char const control = text[++at];
            ++at;
            if (control == '\\' && at < text.size() && text[at] == '\\') ++at;
            append_byte(out, control == '?' ? 0x7F : (control & 0x1F));
        } else if (c == '\\' || c == '\'' || c == '"' || c == '?') {
            out.push_back(c);
            ++at;
        } else {
            out.push_back('\\');
            out.push_back(c);
            ++at;
        }
        if (value >= 0) {
            if ((value & 0xFF) == 0) return out;
            append_byte(out, value);
        }
    }
    return out;
}

bool append_escape(std::string_view text, std::size_t& at, EscapeStyle style, std::string& out) {
    if (at + 1 >= text.size()) {
        out.push_back(text[at++]);
        return true;
    }
    char const c = text[++at];
    if (char const simple = simple_escape(c)) {
        out.push_back(simple);
        ++at;
    } else if (c == '\\') {
        out.push_back('\\');
        ++at;
    } else if (c == 'c' && style != EscapeStyle::printf_format) {
        ++at;
        return false;
    } else if (c == '0' && style != EscapeStyle::printf_format) {
        ++at;
        long const value = read_number(text, at, 8, 3);
        append_byte(out, value < 0 ? 0 : value);
    } else if (c >= '0' && c <= '7' && style != EscapeStyle::echo) {
        append_byte(out, read_number(text, at, 8, 3));
    } else if (c == 'x') {
        ++at;
        long const value = read_number(text, at, 16, 2);
        if (value < 0)
            out += "\\x";
        else
            append_byte(out, value);
    } else if (c == 'u' || c == 'U') {
        ++at;
        long const code = read_number(text, at, 16, c == 'u' ? 4 : 8);
        if (code < 0)
            out += c == 'u' ? "\\u" : "\\U";
        else
            append_utf8(out, static_cast<char32_t>(code));
    } else if ((c == '"' || c == '\'' || c == '?') && style != EscapeStyle::echo) {
        if (style == EscapeStyle::printf_b) out.push_back('\\');
        out.push_back(c);
        ++at;
    } else {
        out.push_back('\\');
        out.push_back(c);
        ++at;
    }
    return true;
}

std::string single_quoted(std::string_view value) {
    if (value == "'") return "\\'";
    std::string out = "'";
    for (char const c : value) {
        if (c == '\'')
            out += "'\\''";
        else
            out.push_back(c);
    }
    out.push_back('\'');
    return out;
}

bool needs_ansi_quotes(std::string_view value) {
    for (std::size_t at = 0; at < value.size();) {
        std::size_t const from = at;
        char32_t const code = next_code_point(value, at);
        if (code == replacement_character && at - from == 1) return true;
        if (code < 0x80 && is_control(static_cast<unsigned char>(code))) return true;
        if (code >= 0x80 && code < 0xA0) return true;
    }
    return false;
}

std::string ansi_quoted(std::string_view value) {
    std::string out = "$'";
    auto const octal = [&](unsigned char byte) {
        out.push_back('\\');
        out.push_back(static_cast<char>('0' + (byte >> 6)));
        out.push_back(static_cast<char>('0' + ((byte >> 3) & 7)));
        out.push_back(static_cast<char>('0' + (byte & 7)));
    };
    for (std::size_t at = 0; at < value.size();) {
        std::size_t const from = at;
        char32_t const code = next_code_point(value, at);
        auto const byte = static_cast<unsigned char>(value[from]);
        if (code >= 0x80) {
            bool const bad = (code == replacement_character && at - from == 1) || code < 0xA0;
            for (std::size_t i = from; i < at; ++i) {
                if (bad)
                    octal(static_cast<unsigned char>(value[i]));
                else
                    out.push_back(value[i]);
            }
            continue;
        }
        switch (byte) {
            case '\x1b': out += "\\E"; break;
            case '\a': out += "\\a"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '\v': out += "\\v"; break;
            case '\\': out += "\\\\"; break;
            case '\'': out += "\\'"; break;
            default:
                if (is_control(byte))
                    octal(byte);
                else
                    out.push_back(static_cast<char>(byte));
        }
    }
    out.push_back('\'');
    return out;
}

std::string backslash_quoted(std::string_view value) {
    if (value.empty()) return "''";
    if (needs_ansi_quotes(value)) return ansi_quoted(value);
    std::string out;
    for (std::size_t at = 0; at < value.size(); ++at) {
        char const c = value[at];
        bool special = std::string_view(" \t\n'\"\\|&;()<>!{}*[]?^$`,").find(c) != std::string_view::npos;
        if (c == '#' && at == 0) special = true;
        if (c == '~' && (at == 0 || value[at - 1] == ':' || value[at - 1] == '=')) special = true;
        if (special) out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

std::string quoted_if_needed(std::string_view value) {
    if (value.empty()) return "";
    if (needs_ansi_quotes(value)) return ansi_quoted(value);
    for (std::size_t at = 0; at < value.size(); ++at) {
        char const c = value[at];
        bool special = std::string_view(" \t\n'\"\\|&;()<>!{}*[]?^$`").find(c) != std::string_view::npos;
        if (c == '#' && at == 0) special = true;
        if (c == '~' && at == 0) special = true;
        if (special) return single_quoted(value);
    }
    return std::string(value);
}

std::string double_quoted(std::string_view value) {
    if (needs_ansi_quotes(value)) return ansi_quoted(value);
    std::string out = "\"";
    for (char const c : value) {
        if (c == '$' || c == '`' || c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('"');
    return out;
}

}
