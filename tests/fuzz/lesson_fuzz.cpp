// Lesson files: any text is played or refused with findings; markup of any kind is read without losing letters. Bytes
// that begin with "#" go to the markup alone.
#include "ground/assert.hpp"
#include "lesson/load.hpp"
#include "lesson/markup.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

using namespace cw::lesson;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    if (text.substr(0, 1) == "#") {
        Marked const marked = read_markup(text);
        CW_ASSERT(plain_text(marked.text).size() <= text.size());
        for (MarkupFinding const& finding : marked.findings) CW_ASSERT(finding.offset < text.size());
        return 0;
    }
    Loaded const loaded = load(text);
    CW_ASSERT(loaded.playable || cw::json::has_errors(loaded.diagnostics));
    CW_ASSERT(loaded.playable == !loaded.course.slides.empty() || !loaded.playable);
    std::set<std::string> ids;
    for (Slide const& slide : loaded.course.slides) {
        CW_ASSERT(!slide.id.empty() && ids.insert(slide.id).second);
        for (Block const& block : slide.blocks)
            if (auto const* const question = std::get_if<Question>(&block)) CW_ASSERT(question->options.size() >= 2);
    }
    return 0;
}
