// Fonts without font files: an ImFontLoader whose glyphs the browser draws on a 2D canvas. Every script that the
// learner's system can show, at any size and density, for no bytes. One code point is one glyph.

#include "platform/platform.hpp"
#include "platform/web/imports.hpp"

#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

namespace cw::platform {

namespace {

// The face is known by the name given to its ImFontConfig: one digit.
int face_of(ImFontConfig const* source) { return source->Name[0] - '0'; }

float device_px(ImFontBaked const* baked) { return baked->Size * baked->RasterizerDensity; }

bool source_init(ImFontAtlas*, ImFontConfig*) { return true; }

bool contains_glyph(ImFontAtlas*, ImFontConfig* source, ImWchar code_point) {
    float out[6];
    return cw_host_glyph(face_of(source), 16, static_cast<std::uint32_t>(code_point), out) != 0;
}

bool baked_init(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*) {
    // Whole pixels, as browsers round them for line boxes.
    float metrics[2];
    cw_host_font(face_of(source), baked->Size, metrics);
    baked->Ascent = std::round(metrics[0]);
    baked->Descent = -std::round(metrics[1]);
    return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar code_point,
                ImFontGlyph* glyph, float* advance_only) {
    float out[6];
    if (!cw_host_glyph(face_of(source), device_px(baked), static_cast<std::uint32_t>(code_point), out)) return false;
    float const to_css = 1 / baked->RasterizerDensity;
    if (advance_only) {
        *advance_only = out[0] * to_css;
        return true;
    }
    glyph->Codepoint = static_cast<unsigned>(code_point);
    glyph->AdvanceX = out[0] * to_css;
    int const width = static_cast<int>(out[3]), height = static_cast<int>(out[4]);
    if (width <= 0 || height <= 0) return true;
    ImFontAtlasRectId const pack_id = ImFontAtlasPackAddRect(atlas, width, height);
    if (pack_id == ImFontAtlasRectId_Invalid) return true; // the atlas is full: the letter stays blank, the DOM has it
    ImTextureRect* const rect = ImFontAtlasPackGetRect(atlas, pack_id);
    ImVector<unsigned char>& pixels = atlas->Builder->TempBuffer;
    pixels.resize(width * height * 4);
    cw_host_glyph_pixels(pixels.Data);
    glyph->X0 = out[1] * to_css;
    glyph->Y0 = out[2] * to_css + std::round(baked->Ascent * baked->RasterizerDensity) * to_css;
    glyph->X1 = glyph->X0 + out[3] * to_css;
    glyph->Y1 = glyph->Y0 + out[4] * to_css;
    glyph->Visible = true;
    glyph->Colored = out[5] > 0;
    glyph->PackId = pack_id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rect, pixels.Data, ImTextureFormat_RGBA32,
                                       width * 4);
    return true;
}

}

ui::Fonts load_fonts() {
    ImFontLoader* const loader = IM_NEW(ImFontLoader)(); // lives as long as the atlas that points to it
    loader->Name = "canvas";
    loader->FontSrcInit = source_init;
    loader->FontSrcContainsGlyph = contains_glyph;
    loader->FontBakedInit = baked_init;
    loader->FontBakedLoadGlyph = load_glyph;
    ImFontAtlas* const atlas = ImGui::GetIO().Fonts;
    atlas->SetFontLoader(loader);
    ui::Fonts fonts;
    for (int face = 0; face < 5; ++face) {
        ImFontConfig config;
        config.Name[0] = static_cast<char>('0' + face);
        config.FontLoader = loader;
        config.SizePixels = 17;
        fonts.faces[face] = atlas->AddFont(&config);
    }
    return fonts;
}

}
