#pragma once
// What a jq program computes with: JSON values that share their parts and are copied when one of several owners changes
// them, so that a value with one owner grows in place. Every text, array and object is counted in a Store: how many
// bytes all of them take, and whether one is nested deeper than limits::jq_depth; the evaluator looks there and stops.
//
//   Store store;
//   Value list = store.array();
//   list.append(Value(1.0)), list.append(store.text("a"));
//   std::string const shown = to_json(list); // [1,"a"]

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw::terminal::commands::jq {

// In jq's order of types; `none` is no value (an error, or no path).
enum class Kind : std::uint8_t { none, null, no, yes, number, text, array, object };

class Value;

struct Store {
    std::size_t bytes = 0;
    bool too_deep = false;
    // Whether a limit is reached.
    [[nodiscard]] bool over() const;
    [[nodiscard]] Value text(std::string text);
    [[nodiscard]] Value array();
    [[nodiscard]] Value object();
};

struct Box;

class Value {
  public:
    Value() = default;
    explicit Value(Kind kind) : kind_(kind) {}
    explicit Value(double number) : kind_(Kind::number), number_(number) {}
    explicit Value(bool value) : kind_(value ? Kind::yes : Kind::no) {}
    explicit Value(Box* box);
    Value(Value const& other) : kind_(other.kind_), number_(other.number_) { share(); }
    Value(Value&& other) noexcept : kind_(std::exchange(other.kind_, Kind::none)), number_(other.number_) {}
    Value& operator=(Value other) noexcept {
        std::swap(kind_, other.kind_);
        std::swap(number_, other.number_);
        return *this;
    }
    ~Value() {
        if (kind_ >= Kind::text) drop();
    }

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool is(Kind kind) const { return kind_ == kind; }
    [[nodiscard]] bool is_boolean() const { return kind_ == Kind::yes || kind_ == Kind::no; }
    explicit operator bool() const { return kind_ > Kind::no; } // jq's truth: neither false nor null
    [[nodiscard]] double number() const { return number_; }
    [[nodiscard]] std::string const& text() const;
    [[nodiscard]] std::size_t size() const; // of an array or object; else 0
    [[nodiscard]] Value const& item(std::size_t index) const;
    [[nodiscard]] Value const& key(std::size_t index) const;        // of an object's member, in the order they came
    [[nodiscard]] std::size_t place_of(std::string_view key) const; // its member, or size()
    [[nodiscard]] Value const* find(std::string_view key) const;
    [[nodiscard]] Store& store() const;
    // The very same value, as path expressions ask.
    [[nodiscard]] bool is_same(Value const& other) const;

    void append(Value item);
    void append_text(std::string_view more);
    void set_item(std::size_t index, Value value); // fills up with null
    void put(Value const& key, Value value);
    Value take(std::size_t index); // an item or a member's value; null stands there from then on
    void erase(std::size_t index); // an item or a member

  private:
    friend Box const* box_of(Value const& value);
    void share();
    void drop();
    Box& own();

    Kind kind_ = Kind::none;
    union {
        double number_ = 0;
        Box* box_;
    };
};

// Less than, equal or greater than 0 in jq's order.
[[nodiscard]] int compare(Value const& a, Value const& b);
// The places of an array's items, or of an object's members by their keys, in rising order; equals keep theirs.
[[nodiscard]] std::vector<std::size_t> sorted_places(Value const& whole);
[[nodiscard]] std::string_view kind_name(Value const& value);

// Parts by a key (a name, a number, {start, end}) or by an array of them. What does not fit gives `none` and a message.
Value get_part(Value const& from, Value const& key, std::string& error);
Value set_part(Value into, Value const& key, Value part, std::string& error);
Value get_path(Value const& from, Value const& path, std::string& error);
Value set_path(Value into, Value const& path, Value part, std::string& error);
Value delete_path(Value from, Value const& path, std::string& error);
// Places where `part` stands in an array or text.
Value indices_of(Value const& whole, Value const& part);
Value slice(Value const& whole, Value const& from, Value const& to, std::string& error);

}
