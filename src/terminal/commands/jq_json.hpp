#pragma once
// JSON text to and from the values of jq. The Reader takes texts as they come and gives the values in them one by one;
// what is wrong it says in jq's words, with line and column. It also takes what jq takes: numbers such as .5, 01 and
// NaN. Bad UTF-8 becomes U+FFFD. Limit: jq's own, 256 arrays and objects inside each other.
//
//   Reader reader(store);
//   reader.feed("1 [2]"), reader.finish();
//   Value value;
//   while (reader.next(value) == Reader::Got::value) use(value);

#include "terminal/commands/jq_values.hpp"

namespace cw::terminal::commands::jq {

class Reader {
  public:
    enum class Got : std::uint8_t { value, nothing, error }; // nothing: more text is needed, or it has ended

    explicit Reader(Store& store) : store_(store) {}
    void feed(std::string_view text);
    void begin_file() { lines_ = 0; }
    void finish() { finished_ = true; }
    Got next(Value& value);
    [[nodiscard]] std::string const& error() const { return error_; }
    // Lines of the current file that have been looked at, as jq counts them.
    [[nodiscard]] std::size_t lines() const;

  private:
    bool take(char c);
    bool take_string(char c);
    bool structure(char c);
    bool end_token();
    bool end_string();
    bool set(Value value);
    bool add_member();
    bool fail(std::string_view message);
    [[nodiscard]] bool in(Kind kind) const { return !stack_.empty() && stack_.back().is(kind); }

    Store& store_;
    std::string text_;
    std::size_t at_ = 0, line_ = 1, column_ = 0, lines_ = 0;
    std::string token_, error_;
    std::vector<Value> stack_; // open arrays and objects, and the key of the member that is being read
    Value next_;
    bool in_string_ = false, escaped_ = false, finished_ = false, begun_ = false;
};

// The one value of a text; none and a message if it is not one.
Value parse_json(Store& store, std::string_view text, std::string& error);

struct Layout {
    int indent = 0; // 0: all in one line
    bool tabs = false, sorts = false, ascii = false, colours = false;
};

void write_json(std::string& out, Value const& value, Layout const& layout, int depth = 0);
[[nodiscard]] std::string to_json(Value const& value);
// For messages: at most `width` bytes, "..." at the end of what was longer.
[[nodiscard]] std::string shown(Value const& value, std::size_t width = 14);
// The text itself, or JSON.
[[nodiscard]] std::string to_text(Value const& value);

}
