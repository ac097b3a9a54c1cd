#pragma once
// What an awk program computes with: values that are a number, a string, or input that may be either; arrays; and the
// rules for turning one into the other. Numbers print as integers when they are, else by CONVFMT or OFMT.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cw::terminal::commands::awk {

struct Value {
    enum class Type : std::uint8_t {
        nothing,
        number,
        text,
        input
    } type = Type::nothing; // input: a string from outside
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
[[nodiscard]] std::string to_text(Value const& value, std::string const& format);
[[nodiscard]] bool is_true(Value const& value);
// Whether it compares as a number: a number, nothing, or input that looks like one.
[[nodiscard]] bool is_numeric(Value const& value);
[[nodiscard]] int compare(Value const& a, Value const& b, std::string const& format);
// printf with awk's conversions (d i o x X u c s e f g a %); a missing argument is empty.
[[nodiscard]] std::string format(std::string_view format, std::vector<Value> const& values, std::string const& convfmt);

// Keys keep the order they came in; for (k in a) visits whole numbers in rising order first.
class Array {
  public:
    [[nodiscard]] Value* find(std::string const& key);
    Value& at(std::string const& key);
    void remove(std::string const& key);
    void clear();
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] std::vector<std::string> keys() const;

  private:
    struct Item {
        Value value;
        std::uint64_t order = 0;
    };
    std::unordered_map<std::string, Item> items_;
    std::uint64_t next_ = 0;
};

}
