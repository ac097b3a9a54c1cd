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
#include <vector>

namespace cw::terminal::commands::awk {

enum class Token : std::uint8_t { end, newline, number, text, regex, name, function_name, builtin, keyword, sign };

class Lexer {
  public:
    Lexer(std::string_view source, std::vector<Source> const& sources) : source_(source), sources_(sources) {
        advance();
    }

    [[nodiscard]] Token token() const { return token_; }
    // A mistake: the line it is in, and a mark under the token. Only the first one is kept.
    void fail(std::string const& message);
    void fail_at(std::size_t place, std::string const& message);
    // A mistake that needs no mark: "error: message".
    void complain(std::string const& message, int line = 0);
    void unexpected() { fail("syntax error"); }

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
    void stop(std::string message);

    std::string_view source_;
    std::vector<Source> const& sources_;
    std::size_t at_ = 0, from_ = 0; // behind the token, and where it begins
    int line_ = 1, token_line_ = 1; // token_line_: where the token begins
    Token token_ = Token::newline;
    std::string word_;
    double number_ = 0;
    std::string error_, warnings_;
    std::string told_, told_regex_;

  private:
    void set(Token token, std::string word);
    void number();
    void name();
    void string();
};

}
