#include "ui/theme.hpp"

#include <array>
#include <cmath>

#include <doctest/doctest.h>

using namespace cw::ui;

TEST_CASE("ui.theme: contrast is WCAG's") {
    CHECK(contrast({0x000000}, {0xFFFFFF}) == doctest::Approx(21));
    CHECK(contrast({0x777777}, {0xFFFFFF}) == doctest::Approx(4.48).epsilon(0.01));
    CHECK(contrast({0x123456}, {0x123456}) == doctest::Approx(1));
}

TEST_CASE("ui.theme: every pair of ink and ground that views use has its contrast, light and dark") {
    for (Scheme const scheme : {Scheme::light, Scheme::dark}) {
        for (ContrastPair const& pair : contrast_pairs(make_palette(scheme))) {
            CAPTURE(pair.name);
            CAPTURE(scheme == Scheme::dark);
            CAPTURE(pair.ink.rgb);
            CAPTURE(pair.ground.rgb);
            CHECK(contrast(pair.ink, pair.ground) >= pair.least);
        }
    }
}

namespace {

double grey(Colour colour) { return 1 / contrast(colour, {0xFFFFFF}); }

// What a colour becomes for somebody without long- or medium-wavelength cones (Vienot, Brettel, Mollon, "Digital video
// colourmaps for checking the legibility of displays by dichromats", 1999), in linear RGB.
std::array<double, 3> dichromat(Colour colour, bool protan) {
    auto const linear = [&](int shift) { return std::pow(((colour.rgb >> shift) & 0xFF) / 255.0, 2.2); };
    double const r = linear(16), g = linear(8), b = linear(0);
    double const mixed = protan ? 0.1120 * r + 0.8853 * g : 0.2920 * r + 0.7054 * g;
    return {mixed, mixed, (protan ? 0.0041 * r - 0.0041 * g : -0.0223 * r + 0.0223 * g) + b};
}

}

TEST_CASE("ui.theme: actors that are compared differ in grey, in shape, and for colour-blind readers") {
    for (Scheme const scheme : {Scheme::light, Scheme::dark}) {
        Palette const p = make_palette(scheme);
        std::pair<ActorLook, ActorLook> const compared[] = {{p.helpfulness, p.harmlessness}, {p.refusal, p.harmful}};
        for (auto const& [a, b] : compared) {
            CHECK(a.mark != b.mark);
            CHECK(std::abs(grey(a.fill) - grey(b.fill)) > 0.06);
            for (bool const protan : {true, false}) {
                auto const x = dichromat(a.fill, protan), y = dichromat(b.fill, protan);
                double distance = 0;
                for (std::size_t i = 0; i < 3; ++i) distance += (x[i] - y[i]) * (x[i] - y[i]);
                CHECK(std::sqrt(distance) > 0.15);
            }
        }
    }
}

TEST_CASE("ui.theme: in forced colours every ink is one of the system's") {
    SystemColours const s{{0x000000}, {0xFFFFFF}, {0x000000}, {0xFFFFFF},
                          {0xFFFF00}, {0x1AEBFF}, {0x000000}, {0x3FF23F}};
    Palette const p = make_palette(s);
    CHECK(p.dark);
    CHECK(p.text == s.canvas_text);
    CHECK(p.page == s.canvas);
    CHECK(p.on_accent == s.highlight_text);
}
