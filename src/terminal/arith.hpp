#pragma once
// Shell arithmetic: C's operators on 64-bit integers that wrap, plus ** and the comma, over shell variables and array
// elements. It reads the text directly (there is no tree), as the text is the result of an expansion and differs each
// time. Names that are unset are 0; a value that is an expression is evaluated in turn (limits::arithmetic_depth).
//
//   Arithmetic sum(shell);
//   std::int64_t value;
//   if (!sum.evaluate("x = 3 + y[2]", value)) report(sum.error());

#include <cstdint>
#include <string>
#include <string_view>

namespace cw::terminal {

class Interpreter;

class Arithmetic {
  public:
    struct Operator { // between two operands
        std::string_view text;
        int level = 0;
        bool assigns = false; // with "=" after it
    };

    explicit Arithmetic(Interpreter& shell) : shell_(shell) {}
    // False with error() set: "1/0: division by 0 (error token is "0")".
    bool evaluate(std::string_view expression, std::int64_t& result);
    [[nodiscard]] std::string const& error() const { return error_; }

  private:
    struct Place { // what can be assigned to
        std::string name;
        std::string_view subscript;
        bool has_subscript = false, is_resolved = false;
        std::string key = {};
    };
    void take(std::size_t length);
    std::int64_t comma();
    std::int64_t assignment();
    std::int64_t conditional();
    std::int64_t binary(int minimum_level);
    std::int64_t power();
    std::int64_t unary();
    std::int64_t postfix();
    std::int64_t number();
    bool read_place(Place& place);
    bool resolve(Place& place);
    std::int64_t value_of(Place& place);
    bool store(Place& place, std::int64_t value);
    std::int64_t apply(std::string_view op, std::int64_t left, std::int64_t right, std::size_t right_at);
    Operator const* peek_binary() const;
    void skip_space();
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    std::int64_t fail(std::string_view what, std::size_t token_at);
    [[nodiscard]] bool failed() const { return failed_; }

    Interpreter& shell_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t last_token_ = 0; // where the latest operand began, for messages
    int skipping_ = 0;           // inside the branch not taken
    int depth_ = 0;
    int levels_ = 0; // names that name expressions
    bool failed_ = false;
    std::string error_;
};

}
