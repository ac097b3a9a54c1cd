#pragma once
// Typed reading of a JSON tree: a Reader stands on one value, hands out its fields in the types that the caller wants,
// and reports whatever does not fit (missing, wrong type, out of range, unknown word or key) as a Diagnostic with line,
// column, pointer and hint. It never stops: a field that cannot be read gives its fallback, so that one pass over a
// file finds all that is wrong with it. It knows nothing of what it reads.
//
//   Reader in(parsed.root, diagnostics);
//   std::string const title = in.text("title", Need::required);
//   int const points = in.integer("points", {0, 100}, 1);
//   for (Reader const& slide : in.list("slides", Need::required)) ...
//   in.finish(); // keys that nobody asked for become warnings

#include "json/value.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw::json {

enum class Need { required, optional };

struct Range {
    double least, most; // both allowed
};

// The candidate that `word` is most likely a slip of (at most a third of its letters off), or empty.
[[nodiscard]] std::string closest(std::string_view word, std::vector<std::string> const& candidates);
// "Did you mean "x"?", or the candidates in a sentence where none is close.
[[nodiscard]] std::string suggestion(std::string_view word, std::vector<std::string> const& candidates);

class Reader {
  public:
    // Both must outlive the reader.
    Reader(Value const& value, Diagnostics& diagnostics, std::string pointer = {})
        : value_(&value), diagnostics_(&diagnostics), pointer_(std::move(pointer)) {}

    [[nodiscard]] Value const& value() const { return *value_; }
    [[nodiscard]] Kind kind() const { return value_->kind; }
    [[nodiscard]] std::string const& pointer() const { return pointer_; }
    // Reports an error and answers false where the value is of another kind.
    bool expect(Kind kind) const;

    // --- fields of an object; on any other kind they are all missing ---
    [[nodiscard]] bool has(std::string_view key) const;
    // The value under `key`; a null counts as missing. A missing required field is reported.
    [[nodiscard]] std::optional<Reader> field(std::string_view key, Need need = Need::optional);
    [[nodiscard]] std::string text(std::string_view key, Need need = Need::optional, std::string fallback = {});
    [[nodiscard]] double number(std::string_view key, Range range, double fallback);
    [[nodiscard]] std::optional<double> number(std::string_view key, Range range);
    [[nodiscard]] int integer(std::string_view key, Range range, int fallback);
    [[nodiscard]] bool flag(std::string_view key, bool fallback = false);
    // The elements of the array under `key`; none where it is missing or no array. Required also means not empty.
    [[nodiscard]] std::vector<Reader> list(std::string_view key, Need need = Need::optional);
    // An array of texts.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key, Need need = Need::optional);
    // One of a few words.
    template <class Enum>
    [[nodiscard]] Enum word(std::string_view key, std::initializer_list<std::pair<std::string_view, Enum>> words,
                            Enum fallback, Need need = Need::optional) {
        std::optional<Reader> const found = field(key, need);
        if (!found || !found->expect(Kind::string)) return fallback;
        std::vector<std::string> known;
        for (auto const& pair : words) {
            if (pair.first == found->value().text) return pair.second;
            known.emplace_back(pair.first);
        }
        found->report_unknown_word(known);
        return fallback;
    }
    // The names of an object's fields in file order, asked for or not.
    [[nodiscard]] std::vector<std::string> const& keys() const { return value_->keys; }
    // Warns of keys that were never asked for; those that begin with "$" are remarks and left alone.
    void finish() const;

    void error(std::string message, std::string hint = {}) const;
    void warning(std::string message, std::string hint = {}) const;
    void report_unknown_word(std::vector<std::string> const& known) const;

  private:
    void report(Diagnostic::Severity severity, std::string message, std::string hint) const;
    [[nodiscard]] bool is_within(Range range) const;

    Value const* value_;
    Diagnostics* diagnostics_;
    std::string pointer_;
    std::vector<std::string> asked_;
};

// "a number", "an object"…
[[nodiscard]] std::string_view name_of(Kind kind);

}
