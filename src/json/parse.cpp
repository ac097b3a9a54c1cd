// The only file that includes nlohmann. Its SAX parser drives our own tree, so neither its DOM nor its exceptions are
// linked. The parser tells no places; they come from the iterator it reads through, which sees every byte.

#include "ground/text.hpp"
#include "json/limits.hpp"
#include "json/value.hpp"

#include <cstdint>
#include <iterator>

#include <nlohmann/json.hpp>

namespace cw::json {

namespace {

struct Place {
    int line = 1, column = 0;
    std::size_t offset = 0; // bytes before it
};

bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Follows the bytes that the parser takes, and remembers where the last value or key began. This needs no more of JSON
// than: strings end at a bare quote, everything else that is not punctuation or blank is a word or a number. The parser
// looks one byte past a number, but no value can begin at that byte.
class Tracker {
  public:
    void take(char c) {
        if (c == '\n') {
            ++at_.line;
            at_.column = 0;
        } else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) {
            ++at_.column;
        }
        at_.offset = bytes_++;
        follow(c);
    }
    [[nodiscard]] Place at() const { return at_; }
    [[nodiscard]] Place value_start() const { return value_start_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    enum class Inside { nothing, word, string, escape };

    void follow(char c) {
        if (inside_ == Inside::escape) {
            inside_ = Inside::string;
        } else if (inside_ == Inside::string) {
            inside_ = c == '\\' ? Inside::escape : c == '"' ? Inside::nothing : Inside::string;
        } else if (is_blank_byte(c) || c == ',' || c == ':' || c == ']' || c == '}') {
            inside_ = Inside::nothing;
        } else if (inside_ == Inside::nothing || c == '"' || c == '{' || c == '[') {
            value_start_ = at_;
            inside_ = c == '"' ? Inside::string : c == '{' || c == '[' ? Inside::nothing : Inside::word;
        }
    }

    Place at_;
    Place value_start_{1, 1, 0};
    std::size_t bytes_ = 0;
    Inside inside_ = Inside::nothing;
};

class TrackedIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    TrackedIterator(char const* at, Tracker* tracker) : at_(at), tracker_(tracker) {}
    reference operator*() const { return *at_; }
    TrackedIterator& operator++() {
        tracker_->take(*at_++);
        return *this;
    }
    bool operator==(TrackedIterator const& other) const { return at_ == other.at_; }
    bool operator!=(TrackedIterator const& other) const { return at_ != other.at_; }

  private:
    char const* at_;
    Tracker* tracker_;
};

// What an author can do about a syntax error, from the parser's words (`what`) and the text around it: `before` ends
// where the offending token starts, `first` is that token's first character (NUL at the end of the text).
std::string hint_for(std::string_view what, std::string_view before, char first) {
    auto const says = [&](std::string_view words) { return what.find(words) != std::string_view::npos; };
    if (says("after backslash"))
        return "A backslash starts an escape: write \\\\ for the backslash itself, as in \"\\\\text\".";
    if (says("missing closing quote") || says("U+000A") || says("U+000D"))
        return "Close the text with a double quote on the same line; a line break in it is written \\n.";
    if (says("control character")) return "Write this character as an escape: \\t for a tab, \\n for a line break.";
    if (says("ill-formed UTF-8")) return "Save the file as UTF-8.";
    if (says("unexpected end of input"))
        return "Something that was opened is not closed: check the braces, brackets and quotes.";
    switch (first) {
        case '}':
        case ']':
            before = trim(before);
            return !before.empty() && before.back() == ',' ? "Remove the comma before it: the last item has none."
                                                           : "Check that each { has its } and each [ its ].";
        case '/': return "JSON has no comments; put the remark under a \"$comment\" key.";
        case '\'': return "Use double quotes.";
        case 'T':
        case 'F':
        case 'N': return "Write true, false and null in small letters.";
        default: break;
    }
    if (says("parsing object key")) return "Write the name in double quotes.";
    if (says("parsing object separator")) return "Put a colon between the name and its value.";
    if (says("expected ']'") || says("expected '}'")) return "Put a comma between this item and the one before it.";
    if (says("invalid literal")) return "Put text in double quotes.";
    return "";
}

// The parser's message without its prefix of class, line and column.
std::string plain_message(std::string_view what) {
    std::size_t const column = what.find("column ");
    std::size_t const colon = what.find(": ", column == std::string_view::npos ? 0 : column);
    return std::string(colon == std::string_view::npos ? what : what.substr(colon + 2));
}

// The SAX handler (nlohmann's json_sax interface): builds the tree on a stack of open arrays and objects.
class Builder {
  public:
    Builder(std::string_view text, Tracker const& tracker, Parsed& out) : text_(text), tracker_(tracker), out_(out) {}

    bool null() { return add(fresh(Kind::null)); }
    bool boolean(bool value) {
        Value made = fresh(Kind::boolean);
        made.boolean = value;
        return add(std::move(made));
    }
    bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
    bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
    bool number_float(double value, std::string const&) { return number(value); }
    bool string(std::string& value) {
        Value made = fresh(Kind::string);
        made.text = std::move(value);
        return add(std::move(made));
    }
    bool binary(std::vector<std::uint8_t>&) { return false; } // no such thing in JSON text
    bool start_object(std::size_t) { return open(Kind::object); }
    bool start_array(std::size_t) { return open(Kind::array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        Value& object = open_.back();
        for (std::string const& known : object.keys)
            if (known == name) report_doubled(name);
        object.keys.push_back(std::move(name));
        return true;
    }
    template <class Exception>
    bool parse_error(std::size_t, std::string const&, Exception const& exception) {
        std::string const message = plain_message(exception.what());
        auto const says = [&](std::string_view words) { return message.find(words) != std::string::npos; };
        bool const is_unclosed_string = says("missing closing quote") || says("U+000A") || says("U+000D");
        bool const is_at_one_byte = says("unexpected '") || says("unexpected end") || says("invalid string");
        Place const place = is_at_one_byte && !is_unclosed_string ? tracker_.at() : tracker_.value_start();
        char const first = place.offset < text_.size() ? text_[place.offset] : '\0';
        out_.diagnostics.push_back({Diagnostic::Severity::error, place.line, place.column, pointer(), message,
                                    hint_for(message, text_.substr(0, place.offset), first)});
        return false;
    }

  private:
    [[nodiscard]] Value fresh(Kind kind) const {
        Value made;
        made.kind = kind;
        made.line = tracker_.value_start().line;
        made.column = tracker_.value_start().column;
        return made;
    }
    bool number(double value) {
        Value made = fresh(Kind::number);
        made.number = value;
        return add(std::move(made));
    }
    bool add(Value value) {
        if (open_.empty())
            out_.root = std::move(value);
        else
            open_.back().items.push_back(std::move(value));
        return true;
    }
    bool open(Kind kind) {
        if (open_.size() >= depth_limit) {
            out_.diagnostics.push_back({Diagnostic::Severity::error, tracker_.at().line, tracker_.at().column, "",
                                        "nested more than " + std::to_string(depth_limit) + " levels deep",
                                        "Flatten the structure."});
            return false;
        }
        open_.push_back(fresh(kind));
        return true;
    }
    bool close() {
        Value done = std::move(open_.back());
        open_.pop_back();
        return add(std::move(done));
    }
    // Where the parser is, from the open arrays and objects.
    [[nodiscard]] std::string pointer() const {
        std::string path;
        for (Value const& value : open_) {
            if (value.kind == Kind::array)
                path = child_pointer(path, std::to_string(value.items.size()));
            else if (value.keys.size() > value.items.size())
                path = child_pointer(path, value.keys.back());
        }
        return path;
    }
    void report_doubled(std::string const& name) {
        out_.diagnostics.push_back({Diagnostic::Severity::error, tracker_.value_start().line,
                                    tracker_.value_start().column, child_pointer(pointer(), name),
                                    "\"" + name + "\" is given twice in the same object",
                                    "Keep one of them; the last one is used."});
    }

    std::string_view text_;
    Tracker const& tracker_;
    Parsed& out_;
    std::vector<Value> open_;
};

}

Parsed parse(std::string_view text) {
    Parsed out;
    if (text.size() > text_limit_bytes) {
        out.diagnostics.push_back({Diagnostic::Severity::error, 1, 1, "",
                                   "the text is larger than " + std::to_string(text_limit_bytes) + " bytes",
                                   "Split it into smaller files."});
        return out;
    }
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
    Tracker tracker;
    Builder builder(text, tracker, out);
    out.readable = nlohmann::json::sax_parse(TrackedIterator(text.data(), &tracker),
                                             TrackedIterator(text.data() + text.size(), &tracker), &builder);
    if (out.readable && tracker.bytes() < text.size()) { // the parser takes a NUL byte for the end
        out.diagnostics.push_back({Diagnostic::Severity::error, tracker.at().line, tracker.at().column, "",
                                   "a NUL byte in the text", "Save the file as UTF-8 text."});
        out.readable = false;
    }
    if (!out.readable) out.root = Value{};
    return out;
}

}
