#pragma once
// Words and signs of an awk program, one at a time: token() is what the cursor stands on, advance() goes on. Whether a
// slash begins a regular expression only the grammar knows, so it asks for regex_text(). The first mistake is kept, and
// the text counts as ended from there.
//
//   Lexer lexer("{ print $1 }"); while (lexer.token() != Token::end) lexer.advance();

#include "terminal/commands/awk.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cw::terminal::commands::awk {

enum class Token : std::uint8_t { end, newline, number, text, regex, name, function_name, builtin, keyword, sign };

constexpr std::string_view builtins[] = {"length", "substr",  "index",    "split",   "sub",     "gsub",    "gensub",
                                         "match",  "sprintf", "sin",      "cos",     "atan2",   "exp",     "log",
                                         "sqrt",   "int",     "rand",     "srand",   "tolower", "toupper", "system",
                                         "close",  "fflush",  "strftime", "systime", "mktime",  "asort",   "asorti",
                                         "and",    "or",      "xor",      "lshift",  "rshift",  "compl",   "strtonum"};

class Lexer {
  public:
    explicit Lexer(std::string_view source) : source_(source) { advance(); }

    [[nodiscard]] Token token() const { return token_; }
    void fail(std::string const& message);
    void unexpected();

    void advance();
    // The token is / or /=: the rest of a regex.
    std::string regex_text();
    [[nodiscard]] bool is(std::string_view sign) const { return token_ == Token::sign && word_ == sign; }
    [[nodiscard]] bool is_keyword(std::string_view word) const { return token_ == Token::keyword && word_ == word; }
    bool accept(std::string_view sign);
    void expect(std::string_view sign);
    void skip_newlines();
    void skip_terminators();

  protected:
    std::string_view source_;
    std::size_t at_ = 0;
    int line_ = 1;
    Token token_ = Token::newline;
    std::string word_;
    double number_ = 0;
    std::string error_;

  private:
    void set(Token token, std::string word);
    void number();
    void name();
    void string();
};

}
