#include "lesson/load.hpp"

#include "lesson/limits.hpp"
#include "lesson/load_blocks.hpp"

#include <algorithm>

namespace cw::lesson {

namespace {

using json::Kind;
using json::Need;
using json::Reader;

Slide read_slide(Reader in, std::size_t index, json::Diagnostics& diagnostics, std::set<std::string>& slide_ids,
                 LoadContext& context) {
    Slide slide;
    std::string const number = std::to_string(index + 1);
    if (in.expect(Kind::object)) {
        slide.id = read_id(in, slide_ids);
        slide.title = in.text("title", Need::required);
        slide.short_title = in.text("short_title");
        std::vector<Reader> const blocks = in.list("blocks", Need::required);
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            if (i == blocks_limit) {
                blocks[i].error("more than " + std::to_string(blocks_limit) + " blocks", "Split the slide.");
                break;
            }
            slide.blocks.push_back(read_block(blocks[i], diagnostics, context));
        }
        in.finish();
    } else {
        slide.blocks.emplace_back(BrokenBlock{diagnostics.back().message});
    }
    for (std::string fallback = "slide-" + number; slide.id.empty(); fallback += "x")
        if (slide_ids.insert(fallback).second) slide.id = fallback;
    if (slide.title.empty()) slide.title = number;
    return slide;
}

// False where the file is not of a format that we can read.
bool read_format(Reader& in) {
    std::optional<Reader> const found = in.field("format", Need::required);
    if (!found || !found->expect(Kind::number)) return true; // reported; it may still be readable
    if (found->value().number == format_version) return true;
    bool const is_newer = found->value().number > format_version;
    found->error("this is not format " + std::to_string(format_version),
                 is_newer ? "The file was made for a newer version of the player." : "Formats are counted from 1.");
    return false;
}

void read_slides(Reader& in, Loaded& out) {
    std::set<std::string> slide_ids;
    LoadContext context;
    std::vector<Reader> const slides = in.list("slides", Need::required);
    for (std::size_t i = 0; i < slides.size(); ++i) {
        if (i == slides_limit) {
            slides[i].error("more than " + std::to_string(slides_limit) + " slides", "Split the lesson.");
            break;
        }
        out.course.slides.push_back(read_slide(slides[i], i, out.diagnostics, slide_ids, context));
    }
}

void sort_by_place(json::Diagnostics& diagnostics) {
    std::stable_sort(diagnostics.begin(), diagnostics.end(), [](Diagnostic const& a, Diagnostic const& b) {
        return a.line != b.line ? a.line < b.line : a.column < b.column;
    });
}

}

std::vector<std::string> const& frame_names() {
    static std::vector<std::string> const names{"direct",           "role_play", "hypothetical", "story",
                                                "prefix_injection", "cipher",    "multi_turn"};
    return names;
}

Loaded load(std::string_view json_text) {
    Loaded out;
    json::Parsed parsed = json::parse(json_text);
    out.diagnostics = std::move(parsed.diagnostics);
    if (!parsed.readable) return out;
    Reader in(parsed.root, out.diagnostics);
    if (!in.expect(Kind::object)) return out;
    bool const is_our_format = read_format(in);
    std::set<std::string> none;
    out.course.id = read_id(in, none);
    if (out.course.id.empty()) out.course.id = "lesson";
    out.course.code = in.text("code");
    out.course.title = in.text("title", Need::required);
    out.course.language = in.text("language", Need::optional, out.course.language);
    read_slides(in, out);
    if (std::optional<Reader> const math = in.field("math"); math && math->expect(Kind::object))
        for (std::size_t i = 0; i < math->keys().size(); ++i)
            if (math->value().items[i].kind == Kind::string)
                out.course.math[math->keys()[i]] = math->value().items[i].text;
    in.finish();
    sort_by_place(out.diagnostics);
    out.playable = is_our_format && !out.course.slides.empty();
    return out;
}

}
