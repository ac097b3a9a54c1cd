// What sed makes of text: the lines of `l` and the replacement of `s`.
#include "ground/text.hpp"
#include "terminal/commands/sed.hpp"
#include "terminal/commands/units.hpp"
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
