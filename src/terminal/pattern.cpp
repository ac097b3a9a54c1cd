#include "terminal/pattern.hpp"

#include "ground/text.hpp"
#include "terminal/limits.hpp"

#include <cstdint>
#include <vector>

namespace cw::terminal {

namespace {

constexpr std::size_t none = std::string_view::npos;

bool in_class(std::string_view name, char32_t code) {
    bool const ascii = code < 0x80;
    char const c = ascii ? static_cast<char>(code) : '\0';
    bool const upper = ascii ? c >= 'A' && c <= 'Z' : to_lower(code) != code;
    bool const lower = ascii ? c >= 'a' && c <= 'z' : to_upper(code) != code;
    bool const alpha =
        upper || lower || (!ascii && code >= 0xAA && code != 0xD7 && code != 0xF7 && code != replacement_character);
    bool const digit = c >= '0' && c <= '9';
    bool const graph = ascii ? c > ' ' && c < 0x7F : code >= 0xA1;
    if (name == "alpha") return alpha;
    if (name == "digit") return digit;
    if (name == "alnum") return alpha || digit;
    if (name == "upper") return upper;
    if (name == "lower") return lower;
    if (name == "space") return c == ' ' || (c >= '\t' && c <= '\r');
    if (name == "blank") return c == ' ' || c == '\t';
    if (name == "punct") return graph && !alpha && !digit;
    if (name == "print") return graph || c == ' ';
    if (name == "graph") return graph;
    if (name == "cntrl") return ascii && (code < 0x20 || code == 0x7F);
    if (name == "xdigit") return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (name == "word") return alpha || digit || c == '_';
    if (name == "ascii") return ascii;
    return false;
}

class Matcher {
  public:
    Matcher(std::string_view pattern, std::string_view text, PatternOptions options)
        : pattern_(pattern), text_(text), options_(options) {}

    bool whole() {
        whole_ = true;
        return run(0, 0);
    }
    std::size_t prefix(Extent extent) {
        longest_ = extent == Extent::longest;
        exhaustive_ = options_.extended && pattern_.find('(') != none;
        run(0, 0);
        return best_;
    }

  private:
    bool reached_end(std::size_t at) {
        if (whole_) return at == text_.size();
        if (best_ == none || (longest_ ? at > best_ : at < best_)) best_ = at;
        return !exhaustive_;
    }

    [[nodiscard]] char32_t character(std::size_t& at) const {
        return options_.utf8 ? next_code_point(text_, at) : static_cast<unsigned char>(text_[at++]);
    }
    [[nodiscard]] std::size_t after_character(std::size_t at) const {
        if (at < text_.size()) static_cast<void>(character(at));
        return at;
    }
    [[nodiscard]] bool same(char32_t a, char32_t b) const {
        return a == b || (options_.ignore_case && to_lower(a) == to_lower(b));
    }
    [[nodiscard]] bool is_group(std::size_t p) const {
        char const c = pattern_[p];
        return options_.extended && p + 1 < pattern_.size() && pattern_[p + 1] == '(' &&
               (c == '?' || c == '*' || c == '+' || c == '@' || c == '!') && group_end(p + 1) != none;
    }

    // Matches pattern_[p...] against text_[t...].
    bool run(std::size_t p, std::size_t t) {
        if (++steps_ > limits::pattern_steps || depth_ > max_depth) return false;
        struct Deeper {
            int& depth;
            explicit Deeper(int& d) : depth(++d) {}
            ~Deeper() { --depth; }
        } const deeper(depth_);
        std::size_t star_p = none, star_t = 0; // where to come back to: only the last star needs it
        while (true) {
            if (p < pattern_.size() && is_group(p)) {
                if (run_group(p, t)) return true;
            } else if (p < pattern_.size() && pattern_[p] == '*') {
                while (p < pattern_.size() && pattern_[p] == '*' && !is_group(p)) ++p;
                if (!whole_) return run_star(p, t);
                star_p = p;
                star_t = t;
                continue;
            } else if (p == pattern_.size()) {
                if (reached_end(t)) return true;
            } else if (match_one(p, t)) {
                continue;
            }
            if (star_p == none || star_t >= text_.size() || keeps(star_t)) return false;
            if (++steps_ > limits::pattern_steps) return false;
            star_t = after_character(star_t);
            p = star_p;
            t = star_t;
        }
    }

    // Whether the dot there may not be matched by a wildcard.
    [[nodiscard]] bool keeps(std::size_t t) const { return options_.keeps_dot && t == 0 && text_[0] == '.'; }

    bool run_star(std::size_t p, std::size_t t) {
        if (!longest_) {
            for (; t < text_.size(); t = after_character(t))
                if (run(p, t)) return true;
            return run(p, t);
        }
        std::vector<std::size_t> starts{t};
        while (starts.back() < text_.size()) starts.push_back(after_character(starts.back()));
        for (auto start = starts.rbegin(); start != starts.rend(); ++start)
            if (run(p, *start)) return true;
        return false;
    }

    // One ordinary element: moves both on when it matches.
    bool match_one(std::size_t& p, std::size_t& t) {
        if (t >= text_.size()) return false;
        char const c = pattern_[p];
        std::size_t after = t;
        if ((c == '?' || c == '[') && keeps(t)) return false;
        if (c == '?') {
            t = after_character(t);
            ++p;
            return true;
        }
        if (c == '[') {
            char32_t const code = character(after);
            std::size_t end = p;
            int const answer = match_bracket(end, code);
            if (answer >= 0) {
                if (answer == 0) return false;
                p = end;
                t = after;
                return true;
            }
        }
        std::size_t from = p;
        if (c == '\\' && p + 1 < pattern_.size()) ++from;
        if (!options_.ignore_case) {
            if (pattern_[from] != text_[t]) return false;
            p = from + 1;
            ++t;
            return true;
        }
        char32_t const wanted =
            options_.utf8 ? next_code_point(pattern_, from) : static_cast<unsigned char>(pattern_[from++]);
        if (!same(wanted, character(after))) return false;
        p = from;
        t = after;
        return true;
    }

    // [...]: 1 in, 0 out, -1 not a bracket expression after all. `p` moves past it.
    int match_bracket(std::size_t& p, char32_t code) const {
        std::size_t at = p + 1;
        bool const negated = at < pattern_.size() && (pattern_[at] == '!' || pattern_[at] == '^');
        if (negated) ++at;
        bool found = false;
        for (bool first = true;; first = false) {
            if (at >= pattern_.size()) return -1;
            if (pattern_[at] == ']' && !first) break;
            if (pattern_[at] == '[' && at + 1 < pattern_.size() && pattern_[at + 1] == ':') {
                std::size_t const close = pattern_.find(":]", at + 2);
                if (close != none) {
                    std::string_view const name = pattern_.substr(at + 2, close - at - 2);
                    found = found || in_class(name, code);
                    if (options_.ignore_case && (name == "upper" || name == "lower"))
                        found = found || in_class("upper", code) || in_class("lower", code);
                    at = close + 2;
                    continue;
                }
            }
            char32_t const low = bracket_character(at);
            char32_t high = low;
            if (at + 1 < pattern_.size() && pattern_[at] == '-' && pattern_[at + 1] != ']') {
                ++at;
                high = bracket_character(at);
            }
            found = found || (low <= code && code <= high);
            if (options_.ignore_case)
                found = found || (low <= to_lower(code) && to_lower(code) <= high) ||
                        (low <= to_upper(code) && to_upper(code) <= high);
        }
        p = at + 1;
        return found != negated ? 1 : 0;
    }

    char32_t bracket_character(std::size_t& at) const {
        if (pattern_[at] == '[' && at + 1 < pattern_.size() && (pattern_[at + 1] == '.' || pattern_[at + 1] == '=')) {
            char const end[] = {pattern_[at + 1], ']', '\0'};
            std::size_t const close = pattern_.find(end, at + 2);
            if (close != none && close > at + 2) {
                std::size_t from = at + 2;
                char32_t const code = next_code_point(pattern_, from);
                at = close + 2;
                return code;
            }
        }
        if (pattern_[at] == '\\' && at + 1 < pattern_.size()) ++at;
        return options_.utf8 ? next_code_point(pattern_, at) : static_cast<unsigned char>(pattern_[at++]);
    }

    // The index of the ")" that closes the "(" at `open`.
    [[nodiscard]] std::size_t group_end(std::size_t open) const {
        int brackets = 0;
        for (std::size_t at = open; at < pattern_.size(); ++at) {
            if (pattern_[at] == '\\') {
                ++at;
            } else if (pattern_[at] == '[') {
                std::size_t end = at;
                if (match_bracket(end, U'\0') < 0) return none;
                at = end - 1;
            } else if (pattern_[at] == '(') {
                ++brackets;
            } else if (pattern_[at] == ')' && --brackets == 0) {
                return at;
            }
        }
        return none;
    }

    [[nodiscard]] std::vector<std::string_view> alternatives(std::size_t open, std::size_t close) const {
        std::vector<std::string_view> out;
        int brackets = 0;
        std::size_t from = open + 1;
        for (std::size_t at = from; at < close; ++at) {
            if (pattern_[at] == '\\') {
                ++at;
            } else if (pattern_[at] == '[') {
                std::size_t end = at;
                if (match_bracket(end, U'\0') >= 0) at = end - 1;
            } else if (pattern_[at] == '(') {
                ++brackets;
            } else if (pattern_[at] == ')') {
                --brackets;
            } else if (pattern_[at] == '|' && brackets == 0) {
                out.push_back(pattern_.substr(from, at - from));
                from = at + 1;
            }
        }
        out.push_back(pattern_.substr(from, close - from));
        return out;
    }

    bool matches_part(std::string_view pattern, std::size_t from, std::size_t to) {
        PatternOptions options = options_;
        options.keeps_dot = options_.keeps_dot && from == 0;
        Matcher inner(pattern, text_.substr(from, to - from), options);
        inner.depth_ = depth_ + 1;
        inner.steps_ = steps_;
        bool const matched = inner.whole();
        steps_ = inner.steps_;
        return matched;
    }

    bool run_group(std::size_t p, std::size_t t) {
        char const kind = pattern_[p];
        std::size_t const close = group_end(p + 1);
        auto const choices = alternatives(p + 1, close);
        std::size_t const after = close + 1;
        if (kind == '!') {
            if (keeps(t)) return false;
            for (std::size_t end = text_.size() + 1; end-- > t;) {
                bool any = false;
                for (std::string_view const choice : choices) any = any || matches_part(choice, t, end);
                if (!any && run(after, end)) return true;
            }
            return false;
        }
        if ((kind == '?' || kind == '*') && run(after, t)) return true;
        bool const repeats = kind == '*' || kind == '+';
        return run_repeated(choices, t, after, repeats);
    }

    bool run_repeated(std::vector<std::string_view> const& choices, std::size_t t, std::size_t after, bool repeats) {
        if (++steps_ > limits::pattern_steps || depth_ > max_depth) return false;
        ++depth_;
        bool matched = false;
        for (std::size_t end = text_.size() + 1; !matched && end-- > t;) {
            for (std::string_view const choice : choices) {
                if (!matches_part(choice, t, end)) continue;
                matched = run(after, end) || (repeats && end > t && run_repeated(choices, end, after, true));
                break;
            }
        }
        --depth_;
        return matched;
    }

    static constexpr int max_depth = 2'000;
    std::string_view pattern_, text_;
    PatternOptions options_;
    bool whole_ = false, longest_ = false, exhaustive_ = false;
    std::size_t best_ = none;
    std::uint64_t steps_ = 0;
    int depth_ = 0;
};

bool is_literal(std::string_view pattern) { return pattern.find_first_of("*?[\\+@!(") == none; }

}

bool pattern_matches(std::string_view pattern, std::string_view text, PatternOptions options) {
    if (!options.ignore_case && is_literal(pattern)) return pattern == text;
    return Matcher(pattern, text, options).whole();
}

std::size_t matching_prefix(std::string_view pattern, std::string_view text, Extent extent, PatternOptions options) {
    if (!options.ignore_case && is_literal(pattern))
        return text.substr(0, pattern.size()) == pattern ? pattern.size() : none;
    return Matcher(pattern, text, options).prefix(extent);
}

std::size_t matching_suffix(std::string_view pattern, std::string_view text, Extent extent, PatternOptions options) {
    auto const is_start = [&](std::size_t at) {
        return !options.utf8 || at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u;
    };
    if (extent == Extent::longest) {
        for (std::size_t at = 0; at <= text.size(); ++at)
            if (is_start(at) && pattern_matches(pattern, text.substr(at), options)) return at;
    } else {
        for (std::size_t at = text.size() + 1; at-- > 0;)
            if (is_start(at) && pattern_matches(pattern, text.substr(at), options)) return at;
    }
    return none;
}

bool is_pattern(std::string_view text, bool extended) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '\\') {
            ++at;
            continue;
        }
        if (c == '*' || c == '?') return true;
        if (c == '[') { // a slash makes it none
            std::size_t slash = text.find('/', at + 1);
            while (slash != none && text[slash - 1] == '\\') slash = text.find('/', slash + 1);
            if (text.find(']', at + 1) < slash) return true;
        }
        if (extended && at + 1 < text.size() && text[at + 1] == '(' && (c == '+' || c == '@' || c == '!')) return true;
    }
    return false;
}

std::string unescaped_pattern(std::string_view pattern) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
        out.push_back(pattern[at]);
    }
    return out;
}

// The scripts of Europe: Latin-1, Latin Extended-A, Greek, Cyrillic. Others have no case here.
char32_t to_upper(char32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c == 0xFF) return 0x178;
    if ((c >= 0xE0 && c <= 0xFE && c != 0xF7) || (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) || (c >= 0x430 && c <= 0x44F))
        return c - 32;
    if (c >= 0x450 && c <= 0x45F) return c - 80;
    bool const pairs_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    bool const pairs_even = (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14A && c <= 0x177);
    if (pairs_even) return c & ~char32_t{1};
    if (pairs_odd) return c % 2 == 0 ? c - 1 : c;
    return c;
}

char32_t to_lower(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x178) return 0xFF;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    bool const pairs_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    bool const pairs_even = (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14A && c <= 0x177);
    if (pairs_even) return c | 1;
    if (pairs_odd) return c % 2 == 1 ? c + 1 : c;
    return c;
}

}
