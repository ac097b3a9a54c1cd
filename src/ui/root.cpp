#include "ui/root.hpp"

#include "ground/id.hpp"
#include "ui/views.hpp"

#include <cmath>

#include <imgui.h>

namespace cw::ui {

namespace {

struct Areas {
    Rect header, side, main, footer;
    bool side_open = false; // side is there and shown
    bool drawer = false;    // and lies over main
};

Areas lay_out(app::Model const& model, ViewState const& view, float scale) {
    bool const is_short = view.height_px < short_below_px * scale;
    bool const is_wide = view.width_px >= sidebar_from_px * scale;
    float const top = (is_short ? 48.0f : 64.0f) * scale, bottom = (is_short ? 52.0f : 68.0f) * scale;
    float const side = std::fmin(280 * scale, view.width_px - 48);
    Areas areas;
    areas.header = {0, 0, view.width_px, top};
    areas.footer = {0, view.height_px - bottom, view.width_px, bottom};
    float const middle = view.height_px - top - bottom;
    areas.side = {0, top, side, middle};
    areas.drawer = !is_wide;
    areas.side_open = is_wide || model.session.outline_open;
    areas.main = is_wide ? Rect{side, top, view.width_px - side, middle} : Rect{0, top, view.width_px, middle};
    return areas;
}

void draw_notices(Frame const& frame, app::Model const& model, Column& column) {
    for (app::Notice const& notice : model.session.notices) {
        Palette const& p = frame.palette;
        {
            Card card(frame, column, {p.warn_soft, p.forced ? p.border : p.warn, 14 * frame.metrics.scale, {}});
            TextStyle const style = frame.metrics.small();
            paragraph(frame, card.column, "notice/" + notice.id, notice.text, style, p.text);
            card.column.gap(8);
            ButtonRow row(frame, card.column);
            if (notice.offer == app::Notice::Offer::undo_restart &&
                row.add("notice/" + notice.id + "/undo", frame.words("restart.undo"), ButtonLook::secondary))
                frame.push(app::UndoRestart{});
            if (row.add("notice/" + notice.id + "/dismiss", frame.words("notice.dismiss"), ButtonLook::quiet))
                frame.push(app::DismissNotice{notice.id});
        }
        column.gap(16);
    }
}

// Opens a region: everything until end_region() is relative to it and cut at its edges.
void begin_region(Frame& frame, Role role, std::string path, std::string name, Rect area, float scroll) {
    Node node;
    node.path = std::move(path);
    node.role = role;
    node.rect = area;
    node.name = std::move(name);
    frame.out.sem.begin_region(std::move(node));
    frame.origin = {area.x, area.y - scroll};
    frame.clip = area;
    ImGui::PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, false);
}

void end_region(Frame& frame) {
    ImGui::PopClipRect();
    frame.out.sem.end();
}

float scroll_of(ViewState const& view, std::string_view path) {
    auto const at = view.scrolls.find(hash32(path));
    return at == view.scrolls.end() ? 0 : at->second.y;
}

void draw_main(Frame& frame, app::Model const& model, Rect area, bool covered) {
    begin_region(frame, Role::main, "main", "", area, scroll_of(frame.view, "main"));
    if (covered) frame.out.sem.current().flags |= inert;
    bool const has_lab = model.session.phase == app::Session::Phase::playing && [&] {
        for (lesson::Block const& block : model.slide().blocks)
            if (std::holds_alternative<lesson::Lab>(block) || std::holds_alternative<lesson::RefusalLab>(block))
                return true;
        return false;
    }();
    float const scale = frame.metrics.scale;
    float const pad = (frame.metrics.narrow ? 16.0f : 40.0f) * scale;
    float const widest = (has_lab ? 1320.0f : 690.0f) * scale; // 690: at most 70 characters of body text
    Column column;
    column.width = std::fmin(area.w - 2 * pad, widest);
    column.x = std::round((area.w - column.width) / 2);
    column.y = (frame.metrics.narrow ? 24.0f : 40.0f) * scale;
    draw_notices(frame, model, column);
    draw_slide(frame, model, column);
    frame.out.sem.current().number = column.y + 48 * scale;
    end_region(frame);
}

void draw_side(Frame& frame, app::Model const& model, Areas const& areas) {
    if (!areas.side_open) return;
    if (areas.drawer) { // a veil over the slide; pressing it closes the outline
        frame.origin = {};
        ImGui::GetWindowDrawList()->AddRectFilled({areas.main.x, areas.main.y},
                                                  {areas.main.right(), areas.main.bottom()}, IM_COL32(0, 0, 0, 110));
        Rect const rest{areas.side.right(), areas.main.y, areas.main.w - areas.side.w, areas.main.h};
        if (press_area(frame, "veil", rest, true).pressed) frame.push(app::ToggleOutline{});
    }
    fill(frame, Rect{areas.side.x - frame.origin.x, areas.side.y - frame.origin.y, areas.side.w, areas.side.h},
         frame.palette.surface);
    begin_region(frame, Role::navigation, "outline", frame.words("outline.name"), areas.side,
                 scroll_of(frame.view, "outline"));
    draw_outline(frame, model, areas.side);
    end_region(frame);
    frame.origin = {};
    line(frame, {areas.side.right(), areas.side.y}, {areas.side.right(), areas.side.bottom()}, {frame.palette.border});
}

}

void draw(app::Model const& model, ViewState const& view, Input const& input, Fonts const& fonts, Out& out) {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({view.width_px, view.height_px});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("page", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    Palette const palette = view.forced ? make_palette(*view.forced) : make_palette(view.scheme);
    Metrics metrics;
    metrics.scale = view.text_scale;
    metrics.narrow = view.width_px < narrow_below_px * view.text_scale;
    Frame frame{palette, metrics, fonts, input, view, model.words, out, ImGui::GetWindowDrawList(), {}, {}};

    Areas const areas = lay_out(model, view, metrics.scale);
    fill(frame, {0, 0, view.width_px, view.height_px}, palette.page);

    begin_region(frame, Role::banner, "header", "", areas.header, 0);
    draw_header(frame, model, areas.header);
    end_region(frame);
    if (!areas.drawer) draw_side(frame, model, areas);
    draw_main(frame, model, areas.main, areas.drawer && areas.side_open);
    if (areas.drawer) draw_side(frame, model, areas);
    begin_region(frame, Role::contentinfo, "footer", frame.words("footer.name"), areas.footer, 0);
    draw_footer(frame, model, areas.footer);
    end_region(frame);
    ImGui::End();
}

}
