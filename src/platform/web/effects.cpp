// Effects and semantics on their way to JavaScript, and the small questions asked of it.

#include "ground/assert.hpp"
#include "ground/bytes.hpp"
#include "ground/match.hpp"
#include "platform/platform.hpp"
#include "platform/web/imports.hpp"

#include <emscripten/heap.h>
#include <malloc.h>

namespace cw::platform {

namespace {

void write_map(ByteWriter& out, std::map<std::string, std::string> const& map) {
    out.u32(static_cast<std::uint32_t>(map.size()));
    for (auto const& [key, value] : map) {
        out.text(key);
        out.text(value);
    }
}

}

void show_semantics(std::vector<std::uint8_t> const& operations) {
    cw_host_semantics(operations.data(), operations.size());
}

void perform(app::Effect const& effect) {
    ByteWriter out;
    out.u8(static_cast<std::uint8_t>(effect.index()));
    match(
        effect,
        [&](app::Save const& it) {
            out.text(it.lesson);
            out.text(it.state);
        },
        [&](app::KeepDamaged const& it) {
            out.text(it.lesson);
            out.text(it.state);
        },
        [&](app::Announce const& it) {
            out.text(it.text);
            out.u8(it.urgency == app::Announce::Urgency::assertive ? 1 : 0);
        },
        [&](app::Focus const& it) { out.text(it.node); },
        [&](app::SetAddress const& it) {
            out.text(it.slide);
            out.u8(it.how == app::SetAddress::How::replace ? 1 : 0);
        },
        [&](app::ScrollToTop const&) {}, [&](app::WakeAt const& it) { out.f64(it.at_ms); },
        [&](app::RunPython const& it) {
            out.u32(static_cast<std::uint32_t>(it.run));
            out.u32(static_cast<std::uint32_t>(it.arguments.size()));
            for (std::string const& argument : it.arguments) out.text(argument);
            write_map(out, it.files);
            write_map(out, it.environment);
            out.text(it.folder);
            out.text(it.input);
        },
        [&](app::StopPython const& it) { out.u32(static_cast<std::uint32_t>(it.run)); },
        [&](app::OpenTrainer const& it) { out.text(it.source); },
        [&](app::TellTrainer const& it) { out.text(it.bytes); },
        [&](app::Download const& it) {
            out.text(it.name);
            out.text(it.type);
            out.text(it.text);
        },
        [&](app::DownloadPicture const& it) {
            out.text(it.name);
            out.text(it.node);
        },
        [&](app::LoadModule const& it) { out.u8(static_cast<std::uint8_t>(it.module)); },
        [&](app::Flash const& it) { out.text(it.node); });
    cw_host_effect(out.bytes().data(), out.bytes().size());
}

bool measure_math(std::string const& tex, float px, ui::MathSize& size) {
    float out[3] = {};
    if (!cw_host_math(tex.data(), tex.size(), px, out)) return false;
    size = {out[0], out[1], out[2]};
    return true;
}

void show_canvas(bool shown) { cw_host_show_canvas(shown ? 1 : 0); }

bool is_memory_short() {
    constexpr std::size_t enough = 384u << 20;
    // The heap never shrinks, so what of it is in use is counted, but only then: that takes a walk over all of it.
    return emscripten_get_heap_size() > enough && static_cast<unsigned>(mallinfo().uordblks) > enough;
}

double now_ms() { return cw_host_now(); }

}
