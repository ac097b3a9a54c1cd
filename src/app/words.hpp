#pragma once
// What the engine says to a learner: assets/i18n/<language>.json and, for the labs, <language>.labs.json, flat keys to
// texts with {name} places. The words of a lesson are not here. No plural rules: a key for one and a key for many where
// it matters.
//
//   words("nav.place", {{"at", "2"}, {"count", "9"}})   // "2 of 9"

#include "ground/result.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw::app {

class Words {
  public:
    Words() = default;
    explicit Words(std::map<std::string, std::string> const& texts) { add(texts); }
    void add(std::map<std::string, std::string> const& texts) { texts_.insert(texts.begin(), texts.end()); }
    // The text of `key` with its places filled; the key itself where there is none, so that a gap shows.
    using Place = std::pair<std::string_view, std::string>;
    [[nodiscard]] std::string operator()(std::string_view key, std::initializer_list<Place> places) const;
    [[nodiscard]] std::string operator()(std::string_view key) const;

  private:
    std::map<std::string, std::string, std::less<>> texts_;
};

// From the text of such a file. Errors: invalid (no JSON, or a value that is no text).
[[nodiscard]] Result<std::map<std::string, std::string>> read_words(std::string_view json_text);

}
