#pragma once
// What an awk program computes with: values that are a number, a string, or input that may be either; arrays, which may
// hold arrays; and the rules for turning one into the other. Numbers print as integers when they are, else by CONVFMT
// or OFMT.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands::awk {

struct Value {
    enum class Type : std::uint8_t {
        nothing,
        number,
        text,
        input, // a string from outside
        regex  // @/x/
    } type = Type::nothing;
    double number = 0;
    std::string text;

    Value() = default;
    Value(double value) : type(Type::number), number(value) {}
    Value(std::string value) : type(Type::text), text(std::move(value)) {}
    static Value from_input(std::string value) {
        Value made(std::move(value));
        made.type = Type::input;
        return made;
    }
};

[[nodiscard]] double to_number(Value const& value);
// Not beyond the limits, and 0 for what is no number: it can be made an integer.
[[nodiscard]] inline double bounded(double number, double least, double most) {
    return number > most ? most : number >= least ? number : number < least ? least : 0.0;
}
[[nodiscard]] std::string to_text(Value const& value, std::string const& format);
[[nodiscard]] bool is_true(Value const& value);
// Whether it compares as a number: a number, nothing, or input that looks like one.
[[nodiscard]] bool is_numeric(Value const& value);
[[nodiscard]] std::string folded(std::string text);
[[nodiscard]] int compare(Value const& a, Value const& b, std::string const& format, bool ignores_case);
// printf with awk's conversions (d i o x X u c s e f g a %) and %2$s. What is wrong with it is put into `error`.
[[nodiscard]] std::string format(std::string_view format, std::vector<Value> const& values, std::string const& convfmt,
                                 std::string& error);

class Array;

// A value or an array. `array` may be there and unused: then it is not known yet what this will be.
struct Variable {
    Value value;
    std::shared_ptr<Array> array;
    [[nodiscard]] bool is_array() const;
};

// Visits its keys in gawk's order: an array that began with a whole number has the strings first, as they lie in a hash
// table, and then the numbers in rising order; one that began with a string has all of them in the table.
class Array {
  public:
    [[nodiscard]] Variable* find(std::string const& key);
    Variable& at(std::string const& key);
    void remove(std::string const& key);
    void clear();
    [[nodiscard]] std::size_t size() const { return numbers_.count + texts_.count; }
    [[nodiscard]] std::vector<std::string> keys() const;
    bool used = false; // as an array, by anybody

  private:
    struct Item {
        std::string key;
        std::uint32_t hash = 0;
        Variable variable;
        std::unique_ptr<Item> next;
    };
    struct Table {
        std::vector<std::unique_ptr<Item>> chains;
        std::size_t count = 0;
        void grow();
    };
    [[nodiscard]] Table& table_of(std::string const& key);

    Table numbers_, texts_;
};

// gawk's rand(): Park and Miller's numbers seed an additive generator, shuffled (Bays and Durham, 1976).
class Randomness {
  public:
    void seed(std::uint32_t value);
    double next();

  private:
    std::uint32_t step();
    std::uint32_t shuffled();
    std::vector<std::uint32_t> state_, buffer_;
    std::size_t front_ = 0, rear_ = 0;
    std::uint32_t last_ = 0;
};

}
