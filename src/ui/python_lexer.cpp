#include "ui/python_lexer.hpp"

#include "ground/scanner.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace cw::ui {

namespace {

using Kind = CodeToken::Kind;

// Sorted, for binary search. Soft keywords (match, case) are left plain: they are names as often.
constexpr std::array<std::string_view, 35> keywords = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80);
}
bool is_name(char c) { return is_name_start(c) || is_digit(c); }

// Past the string that begins at the cursor (after its prefix).
void skip_string(Scanner& in, bool raw) {
    char const quote = in.peek();
    std::string_view const triple = quote == '"' ? "\"\"\"" : "'''";
    bool const is_triple = in.consume(triple);
    if (!is_triple) in.take();
    while (!in.done()) {
        if (in.peek() == '\\' && !raw) {
            in.take();
            in.take();
        } else if (in.peek() == '\\' && raw && (in.peek(1) == quote || in.peek(1) == '\\')) {
            in.take();
            in.take();
        } else if (is_triple ? in.consume(triple) : in.peek() == quote) {
            if (!is_triple) in.take();
            return;
        } else if (!is_triple && in.peek() == '\n') {
            return;
        } else {
            in.take();
        }
    }
}

// The length of a string prefix (r, b, f, u and pairs) if a quote follows it, else npos.
std::size_t string_prefix(Scanner const& in) {
    for (std::size_t length = 0; length <= 2; ++length) {
        char const c = in.peek(length);
        if (c == '"' || c == '\'') return length;
        if (std::string_view("rRbBfFuU").find(c) == std::string_view::npos || c == '\0') break;
    }
    return std::string_view::npos;
}

bool is_raw(std::string_view prefix) { return prefix.find_first_of("rR") != std::string_view::npos; }

}

std::vector<CodeToken> lex_python(std::string_view source) {
    std::vector<CodeToken> tokens;
    Scanner in(source);
    auto const add = [&](std::size_t from, Kind kind) { tokens.push_back({from, in.position(), kind}); };
    bool names_next = false; // after def and class
    while (!in.done()) {
        char const c = in.peek();
        std::size_t const from = in.position();
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            in.take();
            continue;
        }
        if (c == '#') {
            in.take_while([](char each) { return each != '\n'; });
            add(from, Kind::comment);
        } else if (std::size_t const prefix = string_prefix(in); prefix != std::string_view::npos) {
            bool const raw = is_raw(source.substr(from, prefix));
            in.seek(from + prefix);
            skip_string(in, raw);
            add(from, Kind::text);
        } else if (is_name_start(c)) {
            std::string_view const name = in.take_while(is_name);
            Kind kind = Kind::plain;
            if (std::binary_search(keywords.begin(), keywords.end(), name))
                kind = Kind::keyword;
            else if (names_next || in.peek() == '(')
                kind = Kind::function;
            names_next = name == "def" || name == "class";
            add(from, kind);
            continue;
        } else if (is_digit(c) || (c == '.' && is_digit(in.peek(1)))) {
            in.take_while([](char each) { return is_name(each) || each == '.'; });
            add(from, Kind::number);
        } else {
            in.take();
            add(from, Kind::plain);
        }
        names_next = false;
    }
    return tokens;
}

}
