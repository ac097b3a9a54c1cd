// The keys that a phone's keyboard lacks: Tab, Ctrl (held until the next key), Esc and the arrows, in a row under the
// terminal. Pressing one leaves the focus in the terminal's text box, so that the keyboard stays open.

#include "ui/lab_views.hpp"
#include "ui/paint.hpp"

#include <cmath>
#include <iterator>

namespace cw::ui {

namespace {

struct ScreenKey {
    char const* id;
    char const* key;  // DOM KeyboardEvent.key; empty: Ctrl
    char const* sign; // empty: its name
};
constexpr ScreenKey screen_keys[] = {{"tab", "Tab", ""},
                                     {"control", "", ""},
                                     {"escape", "Escape", ""},
                                     {"left", "ArrowLeft", "\xE2\x86\x90"},
                                     {"up", "ArrowUp", "\xE2\x86\x91"},
                                     {"down", "ArrowDown", "\xE2\x86\x93"},
                                     {"right", "ArrowRight", "\xE2\x86\x92"}};
constexpr float gap_px = 6;

}

void draw_terminal_keys(Frame const& frame, app::LabSession const& session, Column& column, lesson::Lab const& lab) {
    float const scale = frame.metrics.scale, gap = gap_px * scale;
    auto const count = static_cast<float>(std::size(screen_keys));
    float const width = std::fmin((column.width - (count - 1) * gap) / count, 72 * scale);
    column.gap(8 * scale);
    Node group;
    group.path = "lab/" + lab.id + "/terminal/keys";
    group.role = Role::group;
    group.name = frame.words("terminal.keys");
    group.rect = {column.x, column.y, column.width, button_height(frame)};
    std::string const path = group.path + "/";
    frame.out.sem.begin(std::move(group));
    float x = column.x;
    for (ScreenKey const& key : screen_keys) {
        std::string const name = frame.words("terminal.key." + std::string(key.id));
        bool const is_control = !*key.key;
        std::uint32_t flags = keeps_focus;
        if (is_control) flags |= toggle | (session.holds_control ? pressed : 0u);
        Rect const rect{x, column.y, width, button_height(frame)};
        if (button(frame, path + key.id, name, rect, ButtonLook::secondary, flags, key.sign)) {
            if (is_control)
                frame.push(app::TerminalControl{lab.id});
            else
                frame.push(app::TerminalKey{lab.id, key.key});
        }
        x += width + gap;
    }
    frame.out.sem.end();
    column.y += button_height(frame);
}

}
