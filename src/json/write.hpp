#pragma once
// Writes JSON text from front to back: objects, arrays, values; commas, escapes and layout are its business. Bad UTF-8
// becomes U+FFFD and a number that is not finite becomes null, so that the text is always JSON. A value in the wrong
// place (no key before it in an object, an end without its begin) is our bug and asserts.
//
//   Writer out(Writer::Layout::lines);
//   out.begin_object().key("name").text("Ada").key("scores").begin_array().number(1).number(2.5).end().end();
//   std::puts(out.str().c_str());

#include <string>
#include <string_view>
#include <vector>

namespace cw::json {

class Writer {
  public:
    enum class Layout { compact, lines };
    explicit Writer(Layout layout = Layout::compact) : layout_(layout) {}

    Writer& begin_object() { return begin('{'); }
    Writer& begin_array() { return begin('['); }
    Writer& end(); // of the innermost open object or array
    Writer& key(std::string_view name);
    Writer& text(std::string_view value);
    Writer& number(double value);
    Writer& integer(long long value);
    Writer& boolean(bool value);
    Writer& null();

    // The text so far; whole once every begin has its end.
    [[nodiscard]] std::string const& str() const { return out_; }

  private:
    Writer& begin(char bracket);
    Writer& raw(std::string_view token);
    void before_value();
    void new_line();

    struct Open {
        char bracket;
        bool is_empty = true;
    };
    Layout layout_;
    std::string out_;
    std::vector<Open> open_;
    bool has_key_ = false;
};

// The shortest text that reads back as the same double; whole numbers without an exponent, null where not finite.
[[nodiscard]] std::string number_text(double value);
// `text` as a JSON string, quotes included.
[[nodiscard]] std::string quoted_json(std::string_view text);

}
