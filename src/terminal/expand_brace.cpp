// {a,b,c} and {1..9..2}: before all other expansions, on the parts of the word, so that quotes and $ are left alone.
#include "ground/text.hpp"
#include "terminal/characters.hpp"
#include "terminal/expand.hpp"

#include <cstdlib>
#include <optional>

namespace cw::terminal {

namespace {

using Parts = std::vector<Part>;

// A position in the parts: part and character (characters only count in unquoted literals).
struct Spot {
    std::size_t part = 0, at = 0;
    bool operator==(Spot const&) const = default;
};

class Braces {
  public:
    explicit Braces(std::size_t limit) : limit_(limit) {}

    // The alternatives of the whole; `changed` tells whether there was a brace to expand.
    std::vector<Parts> expand(Parts const& parts, bool& changed) {
        if (++depth_ > 100) {
            --depth_;
            return {parts};
        }
        std::vector<Parts> out;
        for (Spot open{0, 0}; next_char(parts, open, '{'); ++open.at) {
            Spot close;
            std::vector<Spot> commas;
            if (!matching(parts, open, close, commas)) continue;
            std::vector<Parts> middles;
            if (!commas.empty())
                middles = alternatives(parts, open, close, commas);
            else
                middles = sequence(parts, open, close);
            if (middles.empty()) continue;
            changed = true;
            Parts const before = slice(parts, Spot{0, 0}, open);
            bool ignored = false;
            std::vector<Parts> const afters =
                expand(slice(parts, Spot{close.part, close.at + 1}, Spot{parts.size(), 0}), ignored);
            for (Parts const& middle : middles)
                for (Parts const& after : afters) {
                    if (out.size() >= limit_) break;
                    Parts whole = before;
                    append(whole, middle);
                    append(whole, after);
                    out.push_back(std::move(whole));
                }
            --depth_;
            return out;
        }
        --depth_;
        out.push_back(parts);
        return out;
    }

  private:
    static bool active(Part const& part) { return part.kind == PartKind::literal && !part.quoted; }

    static bool next_char(Parts const& parts, Spot& spot, char wanted) {
        for (; spot.part < parts.size(); ++spot.part, spot.at = 0) {
            if (!active(parts[spot.part])) continue;
            std::size_t const found = parts[spot.part].text.find(wanted, spot.at);
            if (found == std::string::npos) continue;
            spot.at = found;
            return true;
        }
        return false;
    }

    // The "}" for the "{" at open and the commas of its own level.
    static bool matching(Parts const& parts, Spot open, Spot& close, std::vector<Spot>& commas) {
        int depth = 0;
        for (Spot spot = open; spot.part < parts.size(); ++spot.part, spot.at = 0) {
            if (!active(parts[spot.part])) continue;
            std::string const& text = parts[spot.part].text;
            for (; spot.at < text.size(); ++spot.at) {
                if (text[spot.at] == '{') ++depth;
                if (text[spot.at] == ',' && depth == 1) commas.push_back(spot);
                if (text[spot.at] == '}' && --depth == 0) {
                    close = spot;
                    return true;
                }
            }
        }
        return false;
    }

    static Parts slice(Parts const& parts, Spot from, Spot to) {
        Parts out;
        for (std::size_t i = from.part; i < parts.size() && i <= to.part; ++i) {
            Part const& part = parts[i];
            if (!active(part)) {
                if (i < to.part) out.push_back(part);
                continue;
            }
            std::size_t const begin = i == from.part ? from.at : 0;
            std::size_t const end = i == to.part ? to.at : part.text.size();
            if (begin >= end) continue;
            Part piece = part;
            piece.text = part.text.substr(begin, end - begin);
            out.push_back(std::move(piece));
        }
        return out;
    }

    static void append(Parts& to, Parts const& from) {
        for (Part const& part : from) {
            if (!to.empty() && active(to.back()) && active(part)) {
                to.back().text += part.text;
                continue;
            }
            to.push_back(part);
            if (to.size() < 2 || !active(part)) continue;
            lengthen_name(to[to.size() - 2], to.back());
            if (to.back().text.empty()) to.pop_back();
        }
    }

    // $x{a,b} is $xa $xb: letters that come to stand behind a bare name are of the name.
    static void lengthen_name(Part& before, Part& text) {
        if (before.kind != PartKind::parameter || !before.parameter->simple || before.parameter->source[1] == '{' ||
            !is_name_start(before.parameter->name[0]))
            return;
        std::size_t count = 0;
        while (count < text.text.size() && is_name_char(text.text[count])) ++count;
        if (count == 0) return;
        before.parameter = std::make_shared<Parameter>(*before.parameter);
        before.parameter->name += text.text.substr(0, count);
        before.parameter->source += text.text.substr(0, count);
        text.text.erase(0, count);
    }

    std::vector<Parts> alternatives(Parts const& parts, Spot open, Spot close, std::vector<Spot> const& commas) {
        std::vector<Parts> out;
        Spot from{open.part, open.at + 1};
        for (std::size_t i = 0; i <= commas.size(); ++i) {
            Spot const to = i < commas.size() ? commas[i] : close;
            bool ignored = false;
            for (Parts& each : expand(slice(parts, from, to), ignored))
                if (out.size() < limit_) out.push_back(std::move(each));
            from = Spot{to.part, to.at + 1};
        }
        return out;
    }

    std::vector<Parts> sequence(Parts const& parts, Spot open, Spot close) const {
        if (open.part != close.part) return {};
        std::string const inside = parts[open.part].text.substr(open.at + 1, close.at - open.at - 1);
        std::size_t const dots = inside.find("..");
        if (dots == std::string::npos) return {};
        std::string const first = inside.substr(0, dots);
        std::string rest = inside.substr(dots + 2);
        std::int64_t step = 0;
        if (std::size_t const more = rest.find(".."); more != std::string::npos) {
            auto const parsed = number(rest.substr(more + 2));
            if (!parsed) return {};
            step = *parsed;
            rest.resize(more);
        }
        auto const low = number(first), high = number(rest);
        std::vector<std::string> texts;
        if (low && high) {
            std::size_t width = 0;
            if (zero_padded(first) || zero_padded(rest)) width = std::max(first.size(), rest.size());
            texts = counted(*low, *high, step, width, false);
        } else if (first.size() == 1 && rest.size() == 1 && is_name_start(first[0]) && is_name_start(rest[0]) &&
                   first[0] != '_' && rest[0] != '_') {
            texts = counted(first[0], rest[0], step, 0, true);
        }
        std::vector<Parts> out;
        for (std::string& text : texts) {
            Part part;
            part.text = std::move(text);
            part.quoted = !part.text.empty() && !is_name_char(part.text[0]) && part.text[0] != '-';
            if (part.text == "\\") part.text.clear(); // it quotes nothing
            out.push_back(Parts{std::move(part)});
        }
        return out;
    }

    static std::optional<std::int64_t> number(std::string const& text) {
        if (text.empty() || text.size() > 19) return {};
        return parse_integer(text[0] == '+' ? text.substr(1) : text);
    }
    static bool zero_padded(std::string const& text) {
        std::size_t const at = text[0] == '-' || text[0] == '+' ? 1 : 0;
        return text.size() > at + 1 && text[at] == '0';
    }

    std::vector<std::string> counted(std::int64_t low, std::int64_t high, std::int64_t step, std::size_t width,
                                     bool letters) const {
        std::vector<std::string> out;
        auto const magnitude = [](std::int64_t v) {
            return v < 0 ? 0 - static_cast<std::uint64_t>(v) : static_cast<std::uint64_t>(v);
        };
        std::uint64_t const by = step == 0 ? 1 : magnitude(step);
        std::uint64_t const span = low <= high ? static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low)
                                               : static_cast<std::uint64_t>(low) - static_cast<std::uint64_t>(high);
        std::uint64_t const count = span / by;
        for (std::uint64_t i = 0; i <= count && out.size() < limit_; ++i) {
            std::uint64_t const offset = i * by;
            auto const value = static_cast<std::int64_t>(low <= high ? static_cast<std::uint64_t>(low) + offset
                                                                     : static_cast<std::uint64_t>(low) - offset);
            if (letters) {
                out.emplace_back(1, static_cast<char>(value));
                continue;
            }
            std::string text = std::to_string(magnitude(value));
            std::size_t const sign = value < 0 ? 1 : 0;
            while (text.size() + sign < width) text.insert(text.begin(), '0');
            if (sign) text.insert(text.begin(), '-');
            out.push_back(std::move(text));
        }
        return out;
    }

    std::size_t limit_;
    int depth_ = 0;
};

}

std::vector<Word> expand_braces(Word const& word, std::size_t limit) {
    bool changed = false;
    std::vector<Parts> expanded = Braces(limit).expand(word.parts, changed);
    std::vector<Word> out;
    if (!changed) return out;
    out.reserve(expanded.size());
    for (Parts& parts : expanded) {
        Word each;
        each.parts = std::move(parts);
        each.awaits = word.awaits;
        if (!each.parts.empty()) out.push_back(std::move(each)); // {,a}: nothing is no word
    }
    if (out.empty()) out.emplace_back();
    return out;
}

}
