#include "json/read.hpp"

#include "ground/assert.hpp"
#include "ground/text.hpp"
#include "json/write.hpp"

#include <algorithm>
#include <cmath>

namespace cw::json {

namespace {

// Optimal string alignment distance (Damerau-Levenshtein with adjacent swaps), over bytes, small letters and capitals
// alike: authors slip in keys and words, which are ASCII.
std::size_t distance(std::string_view a, std::string_view b) {
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            bool const is_same = lower(a[i - 1]) == lower(b[j - 1]);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (is_same ? 0u : 1u)});
            bool const is_swap =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (is_swap) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[a.size()][b.size()];
}

constexpr std::size_t longest_word_compared = 64; // beyond it a slip is no slip, and the table above grows

std::string quoted(std::string_view word) { return "\"" + std::string(word) + "\""; }

}

std::string closest(std::string_view word, std::vector<std::string> const& candidates) {
    std::string best;
    if (word.size() > longest_word_compared) return best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (std::string const& candidate : candidates) {
        if (candidate.size() > longest_word_compared) continue;
        std::size_t const far = distance(word, candidate);
        if (far >= best_distance) continue;
        best = candidate;
        best_distance = far;
    }
    return best;
}

std::string suggestion(std::string_view word, std::vector<std::string> const& candidates) {
    std::string const best = closest(word, candidates);
    if (!best.empty()) return "Did you mean " + quoted(best) + "?";
    if (candidates.empty()) return "";
    return "Known: " + join(candidates, ", ") + ".";
}

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::null: return "null";
        case Kind::boolean: return "true or false";
        case Kind::number: return "a number";
        case Kind::string: return "a text";
        case Kind::array: return "an array";
        case Kind::object: return "an object";
    }
    CW_UNREACHABLE();
}

bool Reader::expect(Kind kind) const {
    if (value_->kind == kind) return true;
    error("this is " + std::string(name_of(value_->kind)) + ", expected " + std::string(name_of(kind)));
    return false;
}

bool Reader::has(std::string_view key) const {
    Value const* const found = value_->find(key);
    return found && found->kind != Kind::null;
}

std::optional<Reader> Reader::field(std::string_view key, Need need) {
    asked_.emplace_back(key);
    Value const* const found = value_->find(key);
    if (found && found->kind != Kind::null) return Reader(*found, *diagnostics_, child_pointer(pointer_, key));
    if (need == Need::required) {
        std::vector<std::string> others; // a slip in the key explains it best
        for (std::string const& other : value_->keys)
            if (std::find(asked_.begin(), asked_.end(), other) == asked_.end()) others.push_back(other);
        std::string const slip = closest(key, others);
        error(quoted(key) + " is missing",
              slip.empty() ? "" : "There is " + quoted(slip) + ": did you mean " + quoted(key) + "?");
    }
    return {};
}

std::string Reader::text(std::string_view key, Need need, std::string fallback) {
    std::optional<Reader> const found = field(key, need);
    if (!found || !found->expect(Kind::string)) return fallback;
    if (need == Need::required && is_blank(found->value().text)) {
        found->error(quoted(key) + " is empty");
        return fallback;
    }
    return found->value().text;
}

bool Reader::is_within(Range range) const {
    if (value_->number >= range.least && value_->number <= range.most) return true;
    error(number_text(value_->number) + " is out of range",
          "It can be from " + number_text(range.least) + " to " + number_text(range.most) + ".");
    return false;
}

std::optional<double> Reader::number(std::string_view key, Range range) {
    std::optional<Reader> const found = field(key);
    if (!found || !found->expect(Kind::number) || !found->is_within(range)) return {};
    return found->value().number;
}

double Reader::number(std::string_view key, Range range, double fallback) {
    return number(key, range).value_or(fallback);
}

int Reader::integer(std::string_view key, Range range, int fallback) {
    std::optional<Reader> const found = field(key);
    if (!found || !found->expect(Kind::number) || !found->is_within(range)) return fallback;
    double const value = found->value().number;
    if (value != std::floor(value)) {
        found->error(number_text(value) + " is not a whole number");
        return fallback;
    }
    return static_cast<int>(value);
}

bool Reader::flag(std::string_view key, bool fallback) {
    std::optional<Reader> const found = field(key);
    return found && found->expect(Kind::boolean) ? found->value().boolean : fallback;
}

std::vector<Reader> Reader::list(std::string_view key, Need need) {
    std::vector<Reader> readers;
    std::optional<Reader> const found = field(key, need);
    if (!found || !found->expect(Kind::array)) return readers;
    std::vector<Value> const& items = found->value().items;
    if (items.empty() && need == Need::required) found->error(quoted(key) + " is empty");
    for (std::size_t i = 0; i < items.size(); ++i)
        readers.emplace_back(items[i], *diagnostics_, child_pointer(found->pointer(), std::to_string(i)));
    return readers;
}

std::vector<std::string> Reader::texts(std::string_view key, Need need) {
    std::vector<std::string> found;
    for (Reader const& item : list(key, need))
        if (item.expect(Kind::string)) found.push_back(item.value().text);
    return found;
}

void Reader::finish() const {
    std::vector<std::string> unused = asked_; // of the keys asked for, what the object lacks may be what was meant
    for (std::string const& key : value_->keys)
        unused.erase(std::remove(unused.begin(), unused.end(), key), unused.end());
    for (std::size_t i = 0; i < value_->keys.size(); ++i) {
        std::string const& key = value_->keys[i];
        if (key.substr(0, 1) == "$" || std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
        std::string const slip = closest(key, unused);
        Reader(value_->items[i], *diagnostics_, child_pointer(pointer_, key))
            .warning("unknown key " + quoted(key),
                     slip.empty() ? "It is ignored." : "Did you mean " + quoted(slip) + "?");
    }
}

void Reader::report(Diagnostic::Severity severity, std::string message, std::string hint) const {
    diagnostics_->push_back({severity, value_->line, value_->column, pointer_, std::move(message), std::move(hint)});
}

void Reader::error(std::string message, std::string hint) const {
    report(Diagnostic::Severity::error, std::move(message), std::move(hint));
}

void Reader::warning(std::string message, std::string hint) const {
    report(Diagnostic::Severity::warning, std::move(message), std::move(hint));
}

void Reader::report_unknown_word(std::vector<std::string> const& known) const {
    error("unknown word " + quoted(value_->text), suggestion(value_->text, known));
}

}
