// What sed makes of text: the lines of `l` and the replacement of `s`.
#include "ground/text.hpp"
#include "terminal/commands/sed.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"
#include "terminal/pattern.hpp"

namespace cw::terminal::commands::sed {

std::string visible(std::string_view space, std::int64_t width) {
    std::string out;
    std::size_t column = 0;
    auto const most = static_cast<std::size_t>(width > 1 ? width - 1 : 0);
    for (char const raw : space) {
        auto const c = static_cast<unsigned char>(raw);
        constexpr std::string_view values = "\a\b\f\n\r\t\v\\", letters = "abfnrtv\\";
        std::string piece(1, raw);
        if (std::size_t const at = values.find(raw); at != std::string_view::npos)
            piece = std::string("\\") + letters[at];
        else if (c < 32 || c >= 127)
            piece = "\\" + format_integer("%03", 'o', c);
        if (most > 0 && column + piece.size() > most) {
            out += "\\\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    }
    return out + "$\n";
}

namespace {

void append_replacement(Command const& one, regex::Match const& hit, std::string_view space, std::string& out) {
    CaseChange lasting = CaseChange::none, next = CaseChange::none;
    for (ReplacementPart const& part : one.replacement) {
        switch (part.change) {
            case CaseChange::upper:
            case CaseChange::lower:
                lasting = part.change;
                next = CaseChange::none;
                continue;
            case CaseChange::end: lasting = next = CaseChange::none; continue;
            case CaseChange::upper_next:
            case CaseChange::lower_next: next = part.change; continue;
            case CaseChange::none: break;
        }
        std::string_view const text =
            part.group >= 0 ? hit.text(space, static_cast<std::size_t>(part.group)) : std::string_view(part.text);
        if (lasting == CaseChange::none && next == CaseChange::none) {
            out += text;
            continue;
        }
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const from = at;
            char32_t const c = next_code_point(text, at);
            bool const upper =
                next == CaseChange::upper_next || (next == CaseChange::none && lasting == CaseChange::upper);
            bool const lower =
                next == CaseChange::lower_next || (next == CaseChange::none && lasting == CaseChange::lower);
            if (upper)
                append_utf8(out, to_upper(c));
            else if (lower)
                append_utf8(out, to_lower(c));
            else
                out += text.substr(from, at - from);
            next = CaseChange::none;
        }
    }
}

}

bool substitute(Command const& one, regex::Regex const& regex, std::string& space) {
    std::string result;
    std::size_t at = 0, last_end = 0;
    std::int64_t count = 0;
    bool changed = false;
    while (at <= space.size()) {
        auto const hit = regex.search(space, at);
        if (!hit) break;
        bool const empty_after_last = hit->length() == 0 && count > 0 && hit->from() == last_end;
        result += std::string_view(space).substr(at, hit->from() - at);
        at = hit->to();
        last_end = at;
        if (!empty_after_last) {
            ++count;
            bool const wanted = one.number < 0 || count == one.number || (one.global && count > one.number);
            if (wanted) {
                append_replacement(one, *hit, space, result);
                changed = true;
            } else {
                result += hit->text(space, 0);
            }
        }
        bool const enough = changed && !one.global;
        if (enough) break;
        if (hit->length() == 0) {
            if (at >= space.size()) {
                at = space.size();
                break;
            }
            std::size_t end = at;
            static_cast<void>(next_code_point(space, end));
            result += space.substr(at, end - at);
            at = end;
        }
        if (result.size() > limits::value_bytes) break;
    }
    if (!changed) return false;
    if (at < space.size()) result += space.substr(at);
    space = std::move(result);
    return true;
}

}
