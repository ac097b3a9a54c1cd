#include "terminal/commands/awk_lexer.hpp"

#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal::commands::awk {

namespace {

constexpr std::string_view keywords[] = {"BEGIN",  "END",     "function",  "func",     "if",    "else",     "while",
                                         "for",    "do",      "break",     "continue", "next",  "nextfile", "exit",
                                         "return", "delete",  "in",        "getline",  "print", "printf",   "switch",
                                         "case",   "default", "BEGINFILE", "ENDFILE"};
constexpr std::string_view signs[] = {"**=", "&&", "||", "|&", "==", "!=", "<=", ">=", "++", "--",
                                      "+=",  "-=", "*=", "/=", "%=", "^=", "**", ">>", "!~"};

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}

void Lexer::stop(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    token_ = Token::end;
    at_ = source_.size();
}

void Lexer::fail(std::string const& message) { fail_at(from_, message); }

void Lexer::fail_at(std::size_t place, std::string const& message) {
    bool const ends = place >= source_.size() || source_[place] == '\n';
    place = std::min(place, source_.empty() ? 0 : source_.size() - 1);
    std::size_t const before = place == 0 ? std::string_view::npos : source_.rfind('\n', place - 1);
    std::size_t const from = before == std::string_view::npos ? 0 : before + 1;
    std::string const where = "awk: " + place_of(sources_, token_ == Token::end && line_ > 1 ? line_ - 1 : line_);
    std::string text = where + std::string(source_.substr(from, source_.find('\n', place) - from)) + "\n" + where;
    for (std::size_t i = from; i < place; ++i) text += source_[i] == '\t' ? '\t' : ' ';
    stop(text + "^ " + (ends ? "unexpected newline or end of string" : message) + "\n");
}

void Lexer::complain(std::string const& message, int line) {
    stop("awk: " + place_of(sources_, line ? line : line_) + message + "\n");
}

std::string place_of(std::vector<Source> const& sources, int line) {
    Source const* best = &sources[0];
    for (Source const& source : sources)
        if (source.first_line <= line) best = &source;
    return (best->name.empty() ? "cmd. line" : best->name) + ":" + std::to_string(line - best->first_line + 1) + ": ";
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
    from_ = at_;
    token_line_ = line_;
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
    if (std::string_view("{}()[];,+-*/%^!<>|?:~$=@&").find(c) == std::string_view::npos)
        return fail(std::string("invalid char '") + c + "' in expression");
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
    else if (rest[0] == '0' &&
             rest.find_first_not_of("01234567") == std::min(rest.find_first_not_of("0123456789.eE"), rest.size()))
        number_ = static_cast<double>(std::strtoll(rest.c_str(), &end, 8));
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
    for (BuiltinName const& one : builtins)
        if (one.name == word) return set(Token::builtin, word);
    set(at_ < source_.size() && source_[at_] == '(' ? Token::function_name : Token::name, word);
}

void Lexer::string() {
    std::size_t const from = ++at_;
    while (at_ < source_.size() && source_[at_] != '"') {
        if (source_[at_] == '\n') return fail_at(from - 1, "unterminated string");
        if (source_.substr(at_, 2) == "\\\n") ++line_;
        if (source_.substr(at_, 3) == "\\\r\n") ++line_, at_ += 2;
        at_ += source_[at_] == '\\' ? 2 : 1;
    }
    if (at_ >= source_.size()) return fail_at(from - 1, "unterminated string");
    std::string odd;
    set(Token::text, unescaped_text(source_.substr(from, at_ - from), odd));
    warnings_ += escape_warnings(odd, told_, "awk: " + place_of(sources_, line_), false);
    ++at_;
}

std::string Lexer::regex_text() {
    std::string out = word_ == "/=" ? "=" : "";
    bool in_bracket = false;
    while (at_ < source_.size() && (in_bracket || source_[at_] != '/')) {
        char const c = source_[at_++];
        if (c == '\n') {
            --at_;
            break;
        }
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
        fail_at(from_ + 1, "unterminated regexp");
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

std::string unescaped_text(std::string_view text, std::string& odd) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        char const c = text[at + 1];
        if (c == '\n' || (c == '\r' && text.substr(at + 2, 1) == "\n")) {
            at += c == '\n' ? 1 : 2;
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
        if (known) {
            out += unescaped(text.substr(at, end - at));
        } else {
            out += c;
            if (c != '"') odd += c;
        }
        at = end - 1;
    }
    return out;
}

void add_odd_escapes(std::string_view pattern, std::string& odd) {
    for (std::size_t at = 0; at + 1 < pattern.size(); ++at)
        if (pattern[at] == '\\' &&
            std::string_view("<>`'BywWsS{}()|*+?.^$\\[]/-&abfnrtvx01234567").find(pattern[++at]) ==
                std::string_view::npos)
            odd += pattern[at];
}

std::string escape_warnings(std::string_view odd, std::string& told, std::string const& start, bool of_regex) {
    std::string out;
    for (char const c : odd) {
        if (told.find(c) != std::string::npos) continue;
        told += c;
        bool const digit = of_regex && (c == '8' || c == '9');
        out += start + "warning: " + (of_regex ? "regexp " : "") + "escape sequence `\\" + c + "' " +
               (of_regex && !digit ? std::string("is not a known regexp operator")
                                   : std::string("treated as plain `") + c + "'") +
               "\n";
    }
    return out;
}

}
