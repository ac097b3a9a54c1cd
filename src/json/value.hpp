#pragma once
// JSON as we read it: a tree in which every value knows where it stands in its text, so that whatever a reader finds
// later can be said with line and column. Objects keep the order of their file. Built by parse() only; not for writing
// (write.hpp) and not for numbers beyond a double's 53 bits.
//
//   Parsed const parsed = parse(R"({"title": "Lesson"})");
//   if (parsed.ok()) ... parsed.root.find("title")->text ...

#include "json/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::json {

enum class Kind { null, boolean, number, string, array, object };

struct Value {
    Kind kind = Kind::null;
    bool boolean = false;
    double number = 0;
    std::string text;              // of a string
    std::vector<Value> items;      // of an array, or the values of an object
    std::vector<std::string> keys; // of an object, one for each item
    int line = 0, column = 0;      // of the first character, from 1

    // The value under `key`, or nullptr. Of doubled keys the last wins, as in most readers; parse() reports them.
    [[nodiscard]] Value const* find(std::string_view key) const;
};

struct Parsed {
    Value root;
    Diagnostics diagnostics; // at most one syntax error, and each doubled key
    bool readable = false;   // false: syntax error or limit reached; `root` is null
    [[nodiscard]] bool ok() const { return readable && !has_errors(diagnostics); }
};

// Strict JSON (RFC 8259) in UTF-8, a byte order mark allowed. Limits: limits.hpp. A doubled key is an error but leaves
// the tree readable.
[[nodiscard]] Parsed parse(std::string_view text);

// `pointer` with one more step, escaped as RFC 6901 section 3 says.
[[nodiscard]] std::string child_pointer(std::string_view pointer, std::string_view key);

}
