#include "lesson/markup.hpp"

#include "ground/scanner.hpp"
#include "json/read.hpp"
#include "lesson/limits.hpp"

#include <optional>

namespace cw::lesson {

namespace {

struct Look {
    bool strong = false, emphasis = false;
    Actor actor = Actor::none;
    std::string link;
};

Span::Style style_of(Look const& look) {
    if (look.strong && look.emphasis) return Span::Style::strong_emphasis;
    return look.strong ? Span::Style::strong : look.emphasis ? Span::Style::emphasis : Span::Style::plain;
}

std::optional<Actor> actor_named(std::string_view name) {
    if (name == "helpfulness") return Actor::helpfulness;
    if (name == "harmlessness") return Actor::harmlessness;
    if (name == "refusal") return Actor::refusal;
    if (name == "harmful") return Actor::harmful;
    return {};
}

bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

// The end of a bracketed text that starts at `from` (after the opening one): the offset of the `]` that closes it.
std::size_t closing_bracket(std::string_view text, std::size_t from) {
    int open = 1;
    for (std::size_t at = from; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '[')
            ++open;
        else if (text[at] == ']' && --open == 0)
            return at;
    }
    return std::string_view::npos;
}

class MarkupReader {
  public:
    explicit MarkupReader(std::string_view source) : source_(source) {}

    Marked take() {
        read(0, source_.size(), Look{}, 0);
        return std::move(out_);
    }

  private:
    void add(std::string_view text, Span span) {
        if (text.empty()) return;
        span.text = text;
        if (!out_.text.empty()) {
            Span& last = out_.text.back();
            bool const is_same = last.style == span.style && last.actor == span.actor && last.link == span.link;
            if (is_same && span.style != Span::Style::math) {
                last.text += text;
                return;
            }
        }
        out_.text.push_back(std::move(span));
    }
    void add(std::string_view text, Look const& look) { add(text, {"", style_of(look), look.actor, look.link}); }
    void add(std::string_view text, Look const& look, Span::Style style) {
        add(text, {"", style, look.actor, look.link});
    }
    void report(std::size_t offset, std::string message, std::string hint) {
        out_.findings.push_back({offset, std::move(message), std::move(hint)});
    }

    // Reads source_[at, end) in one look; nested marks call it again for their inside.
    void read(std::size_t at, std::size_t end, Look const& look, std::size_t depth) {
        while (at < end) {
            char const c = source_[at];
            std::size_t const after = depth < markup_depth_limit ? read_mark(at, end, look, depth) : at;
            if (after != at) {
                at = after;
                continue;
            }
            bool const is_escape = c == '\\' && at + 1 < end && is_punctuation(source_[at + 1]);
            if (is_escape) ++at;
            std::size_t from = at++;
            while (at < end && !is_special(source_[at])) ++at;
            add(source_.substr(from, at - from), look);
        }
    }
    static bool is_special(char c) { return c == '\\' || c == '*' || c == '`' || c == '$' || c == '['; }

    // Reads one mark that begins at `at` and returns where it ends, or `at` where there is none to read.
    std::size_t read_mark(std::size_t at, std::size_t end, Look const& look, std::size_t depth) {
        switch (source_[at]) {
            case '*': return read_stars(at, end, look, depth);
            case '`': return read_verbatim(at, end, look, '`', Span::Style::code);
            case '$': return read_verbatim(at, end, look, '$', Span::Style::math);
            case '[': return read_bracket(at, end, look, depth);
            default: return at;
        }
    }

    std::size_t read_stars(std::size_t at, std::size_t end, Look look, std::size_t depth) {
        std::string_view const mark = source_.substr(at, end - at).substr(0, 2) == "**" ? "**" : "*";
        std::size_t const from = at + mark.size();
        std::size_t const close = closing_mark(from, end, mark);
        if (close == std::string_view::npos || close == from) {
            report(at, "\"" + std::string(mark) + "\" is never closed",
                   "Close it with another one, or write \\* for a star.");
            add(mark, look);
            return from;
        }
        (mark.size() == 2 ? look.strong : look.emphasis) = true;
        read(from, close, look, depth + 1);
        return close + mark.size();
    }
    // The offset of the same mark of stars, past code, math and escapes.
    [[nodiscard]] std::size_t closing_mark(std::size_t at, std::size_t end, std::string_view mark) const {
        while (at < end) {
            char const c = source_[at];
            if (c == '\\') {
                at += 2;
            } else if (c == '`' || c == '$') {
                std::size_t const close = closing_verbatim(at + 1, end, c);
                at = close == std::string_view::npos ? at + 1 : close + 1;
            } else if (c == '*') {
                std::size_t run = 0;
                while (at + run < end && source_[at + run] == '*') ++run;
                if (run >= mark.size() && (run != 2 || mark.size() == 2)) return run == 3 && mark == "**" ? at + 1 : at;
                at += run;
            } else {
                ++at;
            }
        }
        return std::string_view::npos;
    }

    // Code and math: nothing inside is markup. In math a backslash keeps the next character from closing it.
    std::size_t read_verbatim(std::size_t at, std::size_t end, Look const& look, char mark, Span::Style style) {
        std::size_t const close = closing_verbatim(at + 1, end, mark);
        if (close == std::string_view::npos || close == at + 1) {
            std::string const name(1, mark);
            report(at, "\"" + name + "\" is never closed", "Close it with another one, or write \\" + name + ".");
            add(name, look);
            return at + 1;
        }
        add(source_.substr(at + 1, close - at - 1), look, style);
        return close + 1;
    }
    [[nodiscard]] std::size_t closing_verbatim(std::size_t at, std::size_t end, char mark) const {
        for (; at < end; ++at) {
            if (mark == '$' && source_[at] == '\\')
                ++at;
            else if (source_[at] == mark)
                return at;
        }
        return std::string_view::npos;
    }

    std::size_t read_bracket(std::size_t at, std::size_t end, Look look, std::size_t depth) {
        std::size_t const close = closing_bracket(source_.substr(0, end), at + 1);
        if (close == std::string_view::npos || close + 1 >= end || source_[close + 1] != '(') return at;
        std::size_t const target_from = close + 2;
        std::size_t const target_end = source_.find(')', target_from);
        if (target_end == std::string_view::npos || target_end >= end) {
            report(at, "the address after [" + std::string(source_.substr(at + 1, close - at - 1)) + "] has no end",
                   "Close it with \")\".");
            return at;
        }
        if (!aim(look, source_.substr(target_from, target_end - target_from), target_from)) return at;
        read(at + 1, close, look, depth + 1);
        return target_end + 1;
    }
    // Points `look` at an actor or an address; false (and a finding) where `target` is neither.
    bool aim(Look& look, std::string_view target, std::size_t offset) {
        constexpr std::string_view actor_scheme = "actor:";
        if (target.substr(0, actor_scheme.size()) == actor_scheme) {
            std::string_view const name = target.substr(actor_scheme.size());
            if (std::optional<Actor> const actor = actor_named(name)) {
                look.actor = *actor;
                return true;
            }
            report(offset, "unknown actor \"" + std::string(name) + "\"",
                   json::suggestion(name, {"helpfulness", "harmlessness", "refusal", "harmful"}));
            return false;
        }
        bool const is_web = target.substr(0, 8) == "https://" || target.substr(0, 7) == "http://";
        bool const is_clean = target.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
        if (is_web && is_clean && target.size() > 8) {
            look.link = target;
            return true;
        }
        report(offset, "\"" + std::string(target) + "\" is no address that a lesson may link to",
               "Use a whole address that begins with https://, or actor:NAME.");
        return false;
    }

    std::string_view source_;
    Marked out_;
};

}

Marked read_markup(std::string_view source) { return MarkupReader(source).take(); }

std::string plain_text(RichText const& text) {
    std::string out;
    for (Span const& span : text) out += span.text;
    return out;
}

}
