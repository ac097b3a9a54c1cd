#include "ui/theme.hpp"

#include "ground/assert.hpp"

#include <cmath>

namespace cw::ui {

ActorLook const& Palette::actor(lesson::Actor which) const {
    switch (which) {
        case lesson::Actor::helpfulness: return helpfulness;
        case lesson::Actor::harmlessness: return harmlessness;
        case lesson::Actor::refusal: return refusal;
        case lesson::Actor::harmful: return harmful;
        case lesson::Actor::none: break;
    }
    CW_UNREACHABLE();
}

namespace {

using Mark = ActorLook::Mark;

Palette light_palette() {
    Palette p;
    p.page = {0xF5F6F8};
    p.surface = {0xFFFFFF};
    p.raised = {0xEEF1F6};
    p.sunken = {0xF7F8FA};
    p.text = {0x1A2230};
    p.muted = {0x535E6E};
    p.border = {0xDDE2EA};
    p.control = {0x7A8698};
    p.accent = {0x2952CC};
    p.on_accent = {0xFFFFFF};
    p.accent_soft = {0xE9EEFC};
    p.accent_text = {0x2448B8};
    p.good = {0x166534};
    p.good_soft = {0xE7F6EC};
    p.bad = {0xA32121};
    p.bad_soft = {0xFCEDED};
    p.warn = {0x7A4B00};
    p.warn_soft = {0xFFF6E0};
    p.track = {0xE3E7EE};
    p.helpfulness = {{0x00695E}, {0x22A699}, Mark::circle};
    p.harmlessness = {{0x5A35B8}, {0x5A35B8}, Mark::diamond};
    p.refusal = {{0x1D418F}, {0x1D3C85}, Mark::octagon};
    p.harmful = {{0x9A3B00}, {0xE8842C}, Mark::triangle};
    p.code = {{0x1A2230}, {0x6B2FA8}, {0x0B6B43}, {0x94480A}, {0x586474}, {0x1B4FAE}, {0x626E80}, {0xFBE3E3}};
    Colour const terminal[16] = {{0x3A4352}, {0xB42318}, {0x17703F}, {0x8A5300}, {0x1B4FAE}, {0x7A2FA0},
                                 {0x0B6B75}, {0x535E6E}, {0x535E6E}, {0xA32121}, {0x166534}, {0x7A4B00},
                                 {0x2448B8}, {0x6B2FA8}, {0x0B5F68}, {0x1A2230}};
    for (int i = 0; i < 16; ++i) p.terminal[i] = terminal[i];
    p.terminal_text = {0x1A2230};
    p.terminal_ground = {0xF7F8FA};
    return p;
}

Palette dark_palette() {
    Palette p;
    p.dark = true;
    p.page = {0x11151C};
    p.surface = {0x1A202A};
    p.raised = {0x262E3B};
    p.sunken = {0x141922};
    p.text = {0xE8ECF3};
    p.muted = {0xA9B4C4};
    p.border = {0x303A49};
    p.control = {0x7B889C};
    p.accent = {0x8AA8FF};
    p.on_accent = {0x0D1530};
    p.accent_soft = {0x24304F};
    p.accent_text = {0xA9BFFF};
    p.good = {0x7EDBA0};
    p.good_soft = {0x17301F};
    p.bad = {0xFF9C96};
    p.bad_soft = {0x3A1E20};
    p.warn = {0xF5C76B};
    p.warn_soft = {0x33280F};
    p.track = {0x313B4A};
    p.helpfulness = {{0x5FD9CA}, {0x4FCDBE}, Mark::circle};
    p.harmlessness = {{0xC3ADFF}, {0x8E6BF0}, Mark::diamond};
    p.refusal = {{0x9DB9FF}, {0x5B82E0}, Mark::octagon};
    p.harmful = {{0xFFB784}, {0xFFAF66}, Mark::triangle};
    p.code = {{0xE8ECF3}, {0xCFA8FF}, {0x8FDDB0}, {0xF3B679}, {0x97A3B5}, {0x9DB9FF}, {0x8390A3}, {0x4A2326}};
    Colour const terminal[16] = {{0x8390A3}, {0xFF8A84}, {0x7EDBA0}, {0xF0C36A}, {0x8AA8FF}, {0xD0A2FF},
                                 {0x5FD9E6}, {0xC9D1DD}, {0x97A3B5}, {0xFFA8A3}, {0x9AE8B7}, {0xF7D58F},
                                 {0xA9BFFF}, {0xDEBEFF}, {0x8DE6EF}, {0xFFFFFF}};
    for (int i = 0; i < 16; ++i) p.terminal[i] = terminal[i];
    p.terminal_text = {0xE8ECF3};
    p.terminal_ground = {0x141922};
    return p;
}

}

Palette make_palette(Scheme scheme) { return scheme == Scheme::dark ? dark_palette() : light_palette(); }

Palette make_palette(SystemColours const& s) {
    Palette p;
    p.forced = true;
    p.dark = contrast(s.canvas, {0xFFFFFF}) > contrast(s.canvas, {0x000000});
    p.page = p.surface = p.raised = p.sunken = p.terminal_ground = s.canvas;
    p.accent_soft = p.good_soft = p.bad_soft = p.warn_soft = p.track = s.canvas;
    p.text = p.muted = p.border = p.control = p.terminal_text = s.canvas_text;
    p.good = p.bad = p.warn = s.canvas_text;
    p.accent = s.highlight;
    p.on_accent = s.highlight_text;
    p.accent_text = s.link_text;
    p.helpfulness = {s.canvas_text, s.canvas_text, Mark::circle};
    p.harmlessness = {s.canvas_text, s.highlight, Mark::diamond};
    p.refusal = {s.canvas_text, s.highlight, Mark::octagon};
    p.harmful = {s.canvas_text, s.canvas_text, Mark::triangle};
    p.code = {s.canvas_text, s.link_text, s.canvas_text, s.canvas_text,
              s.gray_text,   s.link_text, s.canvas_text, s.canvas};
    for (Colour& colour : p.terminal) colour = s.canvas_text;
    return p;
}

double contrast(Colour a, Colour b) {
    auto const luminance = [](Colour colour) {
        auto const channel = [&](int shift) {
            double const v = ((colour.rgb >> shift) & 0xFF) / 255.0;
            return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
    };
    double const x = luminance(a), y = luminance(b);
    return (std::fmax(x, y) + 0.05) / (std::fmin(x, y) + 0.05);
}

std::vector<ContrastPair> contrast_pairs(Palette const& p) {
    std::vector<ContrastPair> pairs = {
        {"text on page", p.text, p.page, 4.5},
        {"text on card", p.text, p.surface, 4.5},
        {"text on raised", p.text, p.raised, 4.5},
        {"muted on page", p.muted, p.page, 4.5},
        {"muted on card", p.muted, p.surface, 4.5},
        {"muted on raised", p.muted, p.raised, 4.5},
        {"control border on card", p.control, p.surface, 3},
        {"control border on page", p.control, p.page, 3},
        {"button", p.on_accent, p.accent, 4.5},
        {"accent on card", p.accent, p.surface, 3},
        {"accent on page", p.accent, p.page, 3},
        {"accent on track", p.accent, p.track, 3},
        {"accent text on card", p.accent_text, p.surface, 4.5},
        {"accent text on page", p.accent_text, p.page, 4.5},
        {"accent text on soft", p.accent_text, p.accent_soft, 4.5},
        {"text on soft accent", p.text, p.accent_soft, 4.5},
        {"good on soft", p.good, p.good_soft, 4.5},
        {"bad on soft", p.bad, p.bad_soft, 4.5},
        {"warn on soft", p.warn, p.warn_soft, 4.5},
        {"text on good", p.text, p.good_soft, 4.5},
        {"text on bad", p.text, p.bad_soft, 4.5},
        {"text on warn", p.text, p.warn_soft, 4.5},
        {"good on card", p.good, p.surface, 4.5},
        {"bad on card", p.bad, p.surface, 4.5},
        {"bad on page", p.bad, p.page, 4.5},
        {"warn on card", p.warn, p.surface, 4.5},
        {"line number", p.code.line_number, p.sunken, 4.5},
        {"text on error line", p.code.plain, p.code.error_ground, 4.5},
        {"terminal", p.terminal_text, p.terminal_ground, 4.5},
    };
    for (Colour const ink :
         {p.code.plain, p.code.keyword, p.code.string, p.code.number, p.code.comment, p.code.function}) {
        pairs.push_back({"code", ink, p.sunken, 4.5});
        pairs.push_back({"code on error line", ink, p.code.error_ground, 4.5});
    }
    for (Colour const ink : p.terminal) pairs.push_back({"terminal palette", ink, p.terminal_ground, 4.5});
    for (ActorLook const* look : {&p.helpfulness, &p.harmlessness, &p.refusal, &p.harmful}) {
        for (Colour const ground : {p.page, p.surface, p.warn_soft}) {
            pairs.push_back({"actor text", look->text, ground, 4.5});
        }
        pairs.push_back({"actor mark on card", look->fill, p.surface, p.dark ? 3.0 : 2.3});
    }
    return pairs;
}

}
