#pragma once
// Words and signs of a jq program, one at a time. Strings are read by the parser, which must stop at each \( in them.
//
//   Lexer lexer(".a | length"); while (lexer.token != Token::end) lexer.advance();

#include <cstdint>
#include <string>
#include <string_view>

namespace cw::terminal::commands::jq {

// `string` stands at an opening quote, `bad` is what no program contains.
enum class Token : std::uint8_t { end, field, name, keyword, number, variable, format, string, sign, bad };

class Lexer {
  public:
    explicit Lexer(std::string_view source) : source_(source) { advance(); }
    void advance();
    // Goes on reading there.
    void move_to(std::size_t place) {
        at_ = place;
        advance();
    }
    [[nodiscard]] bool is(std::string_view sign) const {
        return (token == Token::sign || token == Token::keyword) && word == sign;
    }
    [[nodiscard]] std::string token_name() const; // as jq's messages have it

    Token token = Token::end;
    std::string_view word; // without the dot, dollar or at sign before it
    std::size_t from = 0;  // where the token begins; of the end, where the last one or the blanks behind it do

  protected:
    [[nodiscard]] std::string_view word_at(std::size_t at) const;
    std::string_view source_;
    std::size_t at_ = 0; // behind the token
};

}
