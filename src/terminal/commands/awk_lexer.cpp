#include "terminal/commands/awk_lexer.hpp"

#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal::commands::awk {

namespace {

constexpr std::string_view keywords[] = {"BEGIN",  "END",    "function", "func",     "if",    "else",     "while",
                                         "for",    "do",     "break",    "continue", "next",  "nextfile", "exit",
                                         "return", "delete", "in",       "getline",  "print", "printf"};
constexpr std::string_view signs[] = {"**=", "&&", "||", "==", "!=", "<=", ">=", "++", "--",
                                      "+=",  "-=", "*=", "/=", "%=", "^=", "**", ">>", "!~"};

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}

void Lexer::fail(std::string const& message) {
    if (error_.empty()) error_ = "line " + std::to_string(line_) + ": " + message;
    token_ = Token::end;
    at_ = source_.size();
}

void Lexer::unexpected() {
    fail(token_ == Token::end ? "syntax error: unexpected end of program"
                              : "syntax error near " + (token_ == Token::newline ? std::string("end of line") : word_));
}

void Lexer::advance() {
    if (!error_.empty()) return;
    while (at_ < source_.size()) {
        char const c = source_[at_];
        if (c == ' ' || c == '\t' || c == '\r')
            ++at_;
        else if (c == '\\' && source_.substr(at_, 2) == "\\\n")
            at_ += 2, ++line_;
        else if (c == '\\' && source_.substr(at_, 3) == "\\\r\n")
            at_ += 3, ++line_;
        else if (c == '#')
            at_ = std::min(source_.find('\n', at_), source_.size());
        else
            break;
    }
    if (at_ >= source_.size()) return set(Token::end, "");
    char const c = source_[at_];
    if (c == '\n') {
        ++at_;
        ++line_;
        return set(Token::newline, "\n");
    }
    if (is_digit(c) || (c == '.' && at_ + 1 < source_.size() && is_digit(source_[at_ + 1]))) return number();
    if (is_name_start(c)) return name();
    if (c == '"') return string();
    for (std::string_view const sign : signs)
        if (source_.substr(at_, sign.size()) == sign) {
            at_ += sign.size();
            return set(Token::sign, sign == "**" ? "^" : sign == "**=" ? "^=" : std::string(sign));
        }
    if (std::string_view("{}()[];,+-*/%^!<>|?:~$=").find(c) == std::string_view::npos)
        return fail(std::string("unexpected character '") + c + "'");
    ++at_;
    set(Token::sign, std::string(1, c));
}

void Lexer::set(Token token, std::string word) {
    token_ = token;
    word_ = std::move(word);
}

void Lexer::number() {
    std::string const rest(source_.substr(at_, 64));
    char* end = nullptr;
    if (rest.size() > 2 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'X'))
        number_ = static_cast<double>(std::strtoll(rest.c_str(), &end, 16));
    else
        number_ = std::strtod(rest.c_str(), &end);
    at_ += static_cast<std::size_t>(end - rest.c_str());
    set(Token::number, "number");
}

void Lexer::name() {
    std::size_t const from = at_;
    while (at_ < source_.size() && (is_name_start(source_[at_]) || is_digit(source_[at_]))) ++at_;
    std::string word(source_.substr(from, at_ - from));
    if (std::find(std::begin(keywords), std::end(keywords), word) != std::end(keywords))
        return set(Token::keyword, word == "func" ? "function" : word);
    if (std::find(std::begin(builtins), std::end(builtins), word) != std::end(builtins))
        return set(Token::builtin, word);
    set(at_ < source_.size() && source_[at_] == '(' ? Token::function_name : Token::name, word);
}

void Lexer::string() {
    std::size_t const from = ++at_;
    while (at_ < source_.size() && source_[at_] != '"') {
        if (source_[at_] == '\n') return fail("unterminated string");
        at_ += source_[at_] == '\\' ? 2 : 1;
    }
    if (at_ >= source_.size()) return fail("unterminated string");
    set(Token::text, unescaped_text(source_.substr(from, at_ - from)));
    ++at_;
}

std::string Lexer::regex_text() {
    std::string out = word_ == "/=" ? "=" : "";
    bool in_bracket = false;
    while (at_ < source_.size() && (in_bracket || source_[at_] != '/')) {
        char const c = source_[at_++];
        if (c == '\n') break;
        if (c == '[' && !in_bracket) {
            in_bracket = true;
            out += c;
            if (at_ < source_.size() && source_[at_] == '^') out += source_[at_++];
            if (at_ < source_.size() && source_[at_] == ']') out += source_[at_++];
            continue;
        }
        if (c == '[' && at_ < source_.size() && source_[at_] == ':') {
            std::size_t const end = source_.find(":]", at_);
            if (end != std::string_view::npos) {
                out += c;
                out += source_.substr(at_, end + 2 - at_);
                at_ = end + 2;
                continue;
            }
        }
        if (c == ']') in_bracket = false;
        if (c == '\\' && at_ < source_.size()) {
            char const next = source_[at_++];
            if (next != '/') out += '\\';
            out += next;
            continue;
        }
        out += c;
    }
    if (at_ >= source_.size() || source_[at_] != '/') {
        fail("unterminated regexp");
        return {};
    }
    ++at_;
    return out;
}

bool Lexer::accept(std::string_view sign) {
    if (!is(sign)) return false;
    advance();
    return true;
}

void Lexer::expect(std::string_view sign) {
    if (!accept(sign)) unexpected();
}

void Lexer::skip_newlines() {
    while (token_ == Token::newline) advance();
}

void Lexer::skip_terminators() {
    while (token_ == Token::newline || is(";")) advance();
}

std::string unescaped_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        char const c = text[at + 1];
        if (c == '\n') {
            ++at;
            continue;
        }
        std::size_t end = at + 2;
        if (c >= '0' && c <= '7')
            while (end < text.size() && end - at <= 3 && text[end] >= '0' && text[end] <= '7') ++end;
        if (c == 'x')
            while (end < text.size() && end - at <= 3 &&
                   std::string_view("0123456789abcdefABCDEF").find(text[end]) != std::string_view::npos)
                ++end;
        bool const known = std::string_view("abfnrtvx\\").find(c) != std::string_view::npos || (c >= '0' && c <= '7');
        if (known)
            out += unescaped(text.substr(at, end - at));
        else if (c == '"' || c == '/')
            out += c;
        else
            (out += '\\') += c;
        at = end - 1;
    }
    return out;
}

}
