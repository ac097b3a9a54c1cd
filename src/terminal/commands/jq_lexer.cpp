#include "terminal/commands/jq_lexer.hpp"

#include <algorithm>

namespace cw::terminal::commands::jq {

namespace {

constexpr std::string_view keywords[] = {"def",  "module", "import", "include", "if",    "then",   "else",
                                         "elif", "as",     "and",    "or",      "not",   "reduce", "foreach",
                                         "try",  "catch",  "end",    "label",   "break", "__loc__"};
constexpr std::string_view signs[] = {
    "?//", "|=", "+=", "-=", "*=", "/=", "%=", "//=", "==", "!=", "<=", ">=", "//", "..", ".", "[", "]", "(",
    ")",   "{",  "}",  "|",  ",",  ":",  ";",  "=",   "<",  ">",  "+",  "-",  "*",  "/",  "%", "?", "$"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}

std::string_view Lexer::word_at(std::size_t at) const {
    std::size_t end = at;
    auto const letter = [&](std::size_t i) { return i < source_.size() && is_letter(source_[i]); };
    if (!letter(end)) return {};
    while (letter(end) || (end < source_.size() && is_digit(source_[end])) ||
           (source_.substr(end, 2) == "::" && letter(end + 2)))
        end += source_[end] == ':' ? 2 : 1;
    return source_.substr(at, end - at);
}

void Lexer::advance() {
    std::size_t const piece = at_ < source_.size() ? at_ : from + (token == Token::variable ? 1 : 0);
    while (at_ < source_.size()) {
        if (source_[at_] == '#')
            at_ = std::min(source_.find('\n', at_), source_.size());
        else if (std::string_view(" \t\r\n").find(source_[at_]) != std::string_view::npos)
            ++at_;
        else
            break;
    }
    from = at_ < source_.size() ? at_ : piece;
    word = {};
    token = Token::end;
    if (at_ >= source_.size()) return;
    char const c = source_[at_], next = at_ + 1 < source_.size() ? source_[at_ + 1] : '\0';
    auto const take = [&](Token what, std::string_view text, std::size_t before = 0) {
        token = what;
        word = text;
        at_ += before + text.size();
    };
    if (c == '"') return take(Token::string, source_.substr(at_, 1));
    if (is_letter(c)) {
        take(Token::name, word_at(at_));
        if (word != "not" && std::find(std::begin(keywords), std::end(keywords), word) != std::end(keywords))
            token = Token::keyword;
        return;
    }
    if (c == '.' && is_letter(next)) return take(Token::field, word_at(at_ + 1), 1);
    if (c == '$' && is_letter(next)) return take(Token::variable, word_at(at_ + 1), 1);
    if (c == '@' && (is_letter(next) || is_digit(next))) {
        std::size_t end = at_ + 1;
        while (end < source_.size() && (is_letter(source_[end]) || is_digit(source_[end]))) ++end;
        return take(Token::format, source_.substr(at_ + 1, end - at_ - 1), 1);
    }
    if (is_digit(c) || (c == '.' && is_digit(next))) {
        std::size_t end = source_.find_first_not_of("0123456789.", at_);
        end = std::min(end, source_.size());
        if (end < source_.size() && (source_[end] | 0x20) == 'e') {
            std::size_t const sign = end + 1 < source_.size() && (source_[end + 1] == '+' || source_[end + 1] == '-');
            if (end + 1 + sign < source_.size() && is_digit(source_[end + 1 + sign]))
                end = std::min(source_.find_first_not_of("0123456789", end + 1 + sign), source_.size());
        }
        return take(Token::number, source_.substr(at_, end - at_));
    }
    for (std::string_view const sign : signs)
        if (source_.substr(at_, sign.size()) == sign && (sign != "//" || source_.substr(at_, 3) != "//="))
            return take(Token::sign, sign);
    take(Token::bad, source_.substr(at_, 1));
}

std::string Lexer::token_name() const {
    switch (token) {
        case Token::end: return "$end";
        case Token::field: return "FIELD";
        case Token::name: return "IDENT";
        case Token::number: return "LITERAL";
        case Token::variable: return "'$'";
        case Token::format: return "FORMAT";
        case Token::string: return "QQSTRING_START";
        case Token::bad: return "INVALID_CHARACTER";
        default: break;
    }
    bool const quotes = token == Token::sign && word.size() == 1;
    return quotes ? "'" + std::string(word) + "'" : std::string(word);
}

}
