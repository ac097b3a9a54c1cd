// What characters look like (SGR, ECMA-48 8.3.117 with xterm's and ITU T.416's colours), hyperlinks and the title.
#include "ground/text.hpp"
#include "terminal/screen.hpp"

#include <algorithm>

namespace cw::terminal {

void Screen::select_graphics(VtSequence const& sequence) {
    if (sequence.count == 0) return reset_style();
    for (int at = 0; at < sequence.count;) {
        int const what = sequence.value_at(at);
        if (what == 38 || what == 48 || what == 58) {
            Color unused;
            at = extended_color(sequence, at, what == 38 ? pen_.foreground : what == 48 ? pen_.background : unused);
            continue;
        }
        int next = at + 1;
        while (next < sequence.count && sequence.is_sub[next]) ++next;
        if (what == 4 && next > at + 1)
            pen_.set_underline(static_cast<Underline>(std::min(sequence.value_at(at + 1, 1), 5)));
        else
            select_one(what);
        at = next;
    }
}

void Screen::reset_style() {
    std::uint16_t const link = pen_.link();
    bool const guarded = pen_.is(Attribute::guarded);
    pen_ = {};
    pen_.set_link(link);
    pen_.set(Attribute::guarded, guarded);
}

void Screen::select_one(int what) {
    auto const palette = [](int index) { return Color::palette(static_cast<std::uint8_t>(index)); };
    if (what >= 30 && what <= 37) {
        pen_.foreground = palette(what - 30);
    } else if (what >= 40 && what <= 47) {
        pen_.background = palette(what - 40);
    } else if (what >= 90 && what <= 97) {
        pen_.foreground = palette(what - 90 + 8);
    } else if (what >= 100 && what <= 107) {
        pen_.background = palette(what - 100 + 8);
    }
    switch (what) {
        case 0: reset_style(); break;
        case 1: pen_.set(Attribute::bold, true); break;
        case 2: pen_.set(Attribute::dim, true); break;
        case 3: pen_.set(Attribute::italic, true); break;
        case 4: pen_.set_underline(Underline::single); break;
        case 5:
        case 6: pen_.set(Attribute::blink, true); break;
        case 7: pen_.set(Attribute::inverse, true); break;
        case 8: pen_.set(Attribute::hidden, true); break;
        case 9: pen_.set(Attribute::strike, true); break;
        case 21: pen_.set_underline(Underline::doubled); break;
        case 22:
            pen_.set(Attribute::bold, false);
            pen_.set(Attribute::dim, false);
            break;
        case 23: pen_.set(Attribute::italic, false); break;
        case 24: pen_.set_underline(Underline::none); break;
        case 25: pen_.set(Attribute::blink, false); break;
        case 27: pen_.set(Attribute::inverse, false); break;
        case 28: pen_.set(Attribute::hidden, false); break;
        case 29: pen_.set(Attribute::strike, false); break;
        case 39: pen_.foreground = {}; break;
        case 49: pen_.background = {}; break;
        case 53: pen_.set(Attribute::overline, true); break;
        case 55: pen_.set(Attribute::overline, false); break;
        default: break;
    }
}

// 38;5;n 38;2;r;g;b and, with colons, 38:5:n 38:2:r:g:b 38:2:space:r:g:b. Returns the parameter after it.
int Screen::extended_color(VtSequence const& sequence, int at, Color& color) const {
    auto const byte = [&](int place) { return static_cast<std::uint8_t>(std::min(sequence.value_at(place), 255)); };
    bool const colons = at + 1 < sequence.count && sequence.is_sub[at + 1];
    int const kind = sequence.value_at(at + 1);
    int end = at + 2 + (kind == 5 ? 1 : kind == 2 ? 3 : 0);
    int first = at + 2;
    if (colons) {
        end = at + 1;
        while (end < sequence.count && sequence.is_sub[end]) ++end;
        if (kind == 2 && end - at >= 6) ++first; // a colour space comes before the colour
    }
    if (kind == 5 && first < sequence.count) color = Color::palette(byte(first));
    if (kind == 2 && first + 2 < sequence.count) color = Color::rgb(byte(first), byte(first + 1), byte(first + 2));
    return std::min(end, sequence.count);
}

// --- Operating system commands ---

void Screen::osc(std::string_view text) {
    last_printed_ = 0;
    std::size_t const semicolon = text.find(';');
    if (semicolon == std::string_view::npos) return;
    std::string_view const number = text.substr(0, semicolon);
    std::string_view const rest = text.substr(semicolon + 1);
    if (number == "8") return set_link(rest);
    if (number != "0" && number != "2") return;
    title_ = repaired_utf8(rest.substr(0, limits::title_bytes));
    changed_ = true;
}

void Screen::dcs(VtSequence const& sequence, std::string_view) {
    last_printed_ = 0;
    // DECRQSS: no setting is told.
    if (sequence.final == 'q' && sequence.intermediate() == '$') answer("\x1bP0$r\x1b\\");
}

// OSC 8 ; parameters ; address. Cells with the same id are one link even if other text stands between them.
void Screen::set_link(std::string_view text) {
    std::size_t const semicolon = text.find(';');
    if (semicolon == std::string_view::npos) return;
    std::string_view const address = text.substr(semicolon + 1);
    if (address.empty()) return pen_.set_link(0);
    std::string id = "#" + std::to_string(link_count_++);
    for (std::string_view const pair : split(text.substr(0, semicolon), ':'))
        if (pair.substr(0, 3) == "id=" && pair.size() > 3) id = pair.substr(3);
    pen_.set_link(link_for(id, address));
}

std::uint16_t Screen::link_for(std::string_view id, std::string_view address) {
    for (std::size_t at = 0; at < links_.size(); ++at)
        if (links_[at].id == id && links_[at].address == address) return static_cast<std::uint16_t>(at + 1);
    if (links_.size() < limits::links) {
        links_.push_back({});
        links_.back() = {std::string(id), std::string(address)};
        return static_cast<std::uint16_t>(links_.size());
    }
    // The table is full: reuse the oldest entry that no cell shows, or give none.
    std::vector<char> used(links_.size() + 1, 0);
    for (Grid const* const grid : {&main_, &alternate_})
        for (int row = -grid->scrollback(); row < grid->rows(); ++row)
            for (int at = 0; at < columns_; ++at) used[grid->row(row).cells()[at].link()] = 1;
    for (std::size_t at = 0; at < links_.size(); ++at) {
        if (used[at + 1]) continue;
        links_[at] = {std::string(id), std::string(address)};
        return static_cast<std::uint16_t>(at + 1);
    }
    return 0;
}

std::string_view Screen::link_address(std::uint16_t link) const {
    return link > 0 && link <= links_.size() ? std::string_view(links_[link - 1u].address) : std::string_view();
}

}
