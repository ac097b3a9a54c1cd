#include "app/words.hpp"

#include "json/read.hpp"

namespace cw::app {

std::string Words::operator()(std::string_view key) const { return (*this)(key, {}); }

std::string Words::operator()(std::string_view key, std::initializer_list<Place> places) const {
    auto const found = texts_.find(key);
    if (found == texts_.end()) return std::string(key);
    std::string const& text = found->second;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const open = text.find('{', at);
        std::size_t const close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) return out + text.substr(at);
        out += text.substr(at, open - at);
        std::string_view const name = std::string_view(text).substr(open + 1, close - open - 1);
        bool filled = false;
        for (auto const& place : places) {
            if (place.first != name) continue;
            out += place.second;
            filled = true;
            break;
        }
        if (!filled) out += text.substr(open, close - open + 1);
        at = close + 1;
    }
    return out;
}

Result<std::map<std::string, std::string>> read_words(std::string_view json_text) {
    json::Parsed const parsed = json::parse(json_text);
    json::Diagnostics found = parsed.diagnostics;
    json::Reader in(parsed.root, found);
    std::map<std::string, std::string> texts;
    if (parsed.readable && in.expect(json::Kind::object))
        for (std::string const& key : in.keys())
            if (key.substr(0, 1) != "$") texts[key] = in.text(key);
    if (json::has_errors(found))
        return Error{ErrorCode::invalid, found.front().pointer,
                     "line " + std::to_string(found.front().line) + ": " + found.front().message};
    return texts;
}

}
