#pragma once
// What the parts of bc share: words, the tree of a program, and the reader of both. bc_parse.cpp reads, bc.cpp runs,
// bc_number.cpp calculates.

#include "terminal/commands/bc_number.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

enum class BcKind : std::uint8_t {
    number,   // text
    text,     // a string
    variable, // text, also scale, ibase, obase and last
    element,  // text[0]
    array,    // text[] as an argument
    call,     // text(0, 1 ...)
    builtin,  // length, scale, sqrt or read of 0
    unary,    // text - or !
    binary,   // text an operator
    assign,   // 0 = 1, or text the operator before the =
    step,     // text ++ or --, in front if `flag`
    group,    // statements
    expression,
    print,
    branch, // if 0 then 1 else 2
    loop,   // for 0; 1; 2 do 3: any but the last may be null
    leave,  // text break, continue, halt or quit
    result, // return 0, or nothing
    define, // text a function: 0 its body, names its parameters, locals its autos; `flag`: void
    nothing
};

struct BcNode;
using BcNodePtr = std::unique_ptr<BcNode>;
struct BcNode {
    BcKind kind;
    std::string text;
    std::vector<BcNodePtr> parts;
    std::vector<std::string> names, locals; // with [] for arrays
    bool flag = false;
};

class BcReader {
  public:
    explicit BcReader(std::string_view text) : text_(text) { next(); }

    // The statements of the next line, or null at the end or after a mistake.
    BcNodePtr line();
    [[nodiscard]] bool at_end() const { return kind_ == Word::end; }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] std::int64_t line_number() const { return line_; }
    // Goes on behind the line of a mistake.
    void recover();

  private:
    enum class Word : std::uint8_t { end, newline, number, name, text, sign };

    void next();
    [[nodiscard]] bool is(std::string_view sign) const {
        return (kind_ == Word::sign || kind_ == Word::name) && word_ == sign;
    }
    bool accept(std::string_view sign);
    bool expect(std::string_view sign);
    BcNodePtr fail();
    void skip_newlines();
    BcNodePtr definition();
    BcNodePtr statement();
    BcNodePtr expression();
    BcNodePtr both();
    BcNodePtr negation();
    BcNodePtr relation();
    BcNodePtr assignment();
    BcNodePtr sum();
    BcNodePtr product();
    BcNodePtr power();
    BcNodePtr minus();
    BcNodePtr primary();

    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
    int depth_ = 0;
    Word kind_ = Word::end;
    std::string word_;
    bool failed_ = false;
};

}
