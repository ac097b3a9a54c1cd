#include "platform/web/decode.hpp"

#include "ground/assert.hpp"
#include "ground/bytes.hpp"

namespace cw::platform {

namespace {

std::map<std::string, std::string> read_map(ByteReader& in) {
    std::map<std::string, std::string> map;
    for (std::uint32_t count = in.u32(); count > 0 && in.ok(); --count) {
        std::string key = in.text();
        map[std::move(key)] = in.text();
    }
    return map;
}

// The order is that of `eventKinds` in shell/bridge.js.
enum class Kind : std::uint8_t {
    lesson_loaded,
    lesson_missing,
    tick,
    visibility,
    activity,
    save_failed,
    renderer,
    go_to,
    python_state,
    python_output,
    python_exited,
    trainer_changed,
    trainer_said,
    module_changed
};

app::Event read_event(ByteReader& in, Kind kind) {
    switch (kind) {
        case Kind::lesson_loaded: {
            app::LessonLoaded event;
            event.json = in.text();
            event.saved = in.text();
            event.slide = in.text();
            event.seed = in.u32();
            event.now_ms = in.f64();
            return event;
        }
        case Kind::lesson_missing: return app::LessonMissing{in.text()};
        case Kind::tick: return app::Tick{in.f64()};
        case Kind::visibility: {
            bool const visible = in.u8() != 0;
            return app::VisibilityChanged{visible, in.f64()};
        }
        case Kind::activity: return app::Activity{in.f64()};
        case Kind::save_failed: return app::SaveFailed{in.text()};
        case Kind::renderer: return app::RendererChanged{static_cast<app::RendererChanged::State>(in.u8())};
        case Kind::go_to: return app::GoTo{in.text(), app::GoTo::Cause::address};
        case Kind::python_state: {
            auto const state = static_cast<app::PythonState::State>(in.u8());
            return app::PythonState{state, in.text()};
        }
        case Kind::python_output: {
            app::PythonOutput event;
            event.run = static_cast<int>(in.u32());
            event.stream = in.u8() ? app::PythonOutput::Stream::error : app::PythonOutput::Stream::out;
            event.bytes = in.text();
            return event;
        }
        case Kind::python_exited: {
            app::PythonExited event;
            event.run = static_cast<int>(in.u32());
            event.status = static_cast<int>(in.u32());
            event.cause = static_cast<app::PythonExited::Cause>(in.u8());
            event.files = read_map(in);
            return event;
        }
        case Kind::trainer_changed: {
            auto const state = static_cast<app::TrainerChanged::State>(in.u8());
            return app::TrainerChanged{state, in.text()};
        }
        case Kind::trainer_said: return app::TrainerSaid{in.text()};
        case Kind::module_changed: {
            app::ModuleChanged event;
            event.module = static_cast<app::Module>(in.u8());
            event.state = static_cast<app::ModuleChanged::State>(in.u8());
            event.message = in.text();
            event.words = read_map(in);
            event.files = read_map(in);
            return event;
        }
    }
    CW_UNREACHABLE();
}

}

app::Event decode_event(void const* bytes, std::size_t size) {
    ByteReader in(bytes, size);
    auto const kind = static_cast<Kind>(in.u8());
    app::Event event = read_event(in, kind);
    CW_ASSERT(in.ok() && in.done());
    return event;
}

ui::Input decode_input(void const* bytes, std::size_t size) {
    ByteReader in(bytes, size);
    ui::Input input;
    input.node = in.u32();
    input.kind = static_cast<ui::Input::Kind>(in.u8());
    input.text = in.text();
    input.number = in.f64();
    input.caret = static_cast<int>(in.u32());
    std::uint8_t const modifiers = in.u8();
    input.ctrl = modifiers & 1;
    input.alt = modifiers & 2;
    input.shift = modifiers & 4;
    CW_ASSERT(in.ok() && in.done());
    return input;
}

void decode_view(void const* bytes, std::size_t size, ui::ViewState& view) {
    ByteReader in(bytes, size);
    view.width_px = in.f32();
    view.height_px = in.f32();
    view.density = in.f32();
    view.text_scale = in.f32();
    std::uint8_t const flags = in.u8();
    view.scheme = flags & 1 ? ui::Scheme::dark : ui::Scheme::light;
    view.reduced_motion = flags & 2;
    view.canvas_shown = !(flags & 8);
    view.touch = flags & 16;
    view.forced.reset();
    if (flags & 4) {
        ui::SystemColours s;
        for (ui::Colour* const colour : {&s.canvas, &s.canvas_text, &s.button_face, &s.button_text, &s.link_text,
                                         &s.highlight, &s.highlight_text, &s.gray_text})
            colour->rgb = in.u32();
        view.forced = s;
    }
    CW_ASSERT(in.ok() && in.done());
}

}
