#include "ui/widgets.hpp"

#include "ground/id.hpp"
#include "ui/paint.hpp"

#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

namespace cw::ui {

namespace {

Node text_node(std::string_view path, Role role, Rect rect, lesson::RichText const& runs, TextStyle const& style) {
    Node node;
    node.path = path;
    node.role = role;
    node.rect = rect;
    node.runs = runs;
    node.font_px = style.px;
    node.line_px = style.line_px;
    node.face = style.face == Face::sans_bold ? Node::Face::sans_bold
                : style.face == Face::mono    ? Node::Face::mono
                                              : Node::Face::sans;
    return node;
}

lesson::RichText plain_runs(std::string_view text) {
    lesson::RichText runs(1);
    runs[0].text = text;
    return runs;
}

constexpr float control_radius = 8;

}

Press press_area(Frame const& frame, std::string const& path, Rect rect, bool enabled) {
    Press press;
    if (rect.w < 1 || rect.h < 1) return press;
    ImGui::SetCursorScreenPos({rect.x + frame.origin.x, rect.y + frame.origin.y});
    ImGui::BeginDisabled(!enabled);
    press.pressed = ImGui::InvisibleButton(path.c_str(), {rect.w, rect.h});
    press.hovered = ImGui::IsItemHovered();
    press.held = ImGui::IsItemActive();
    ImGui::EndDisabled();
    if (enabled && frame.input_for(hash32(path), Input::Kind::activate)) press.pressed = true;
    return press;
}

// --- text ---

void heading(Frame const& frame, Column& column, std::string_view path, lesson::RichText const& runs, int level,
             TextStyle const& style) {
    TextBlock const block = layout_text(frame, runs, style, column.width);
    Node node = text_node(path, Role::heading, {column.x, column.y, column.width, block.height()}, runs, style);
    node.level = level;
    node.flags = focusable;
    node.name = plain_text(runs);
    draw_text_block(frame, block, {column.x, column.y}, frame.palette.text);
    frame.out.sem.add(std::move(node));
    column.y += block.height();
}

void paragraph(Frame const& frame, Column& column, std::string_view path, lesson::RichText const& runs,
               TextStyle const& style, Colour colour) {
    TextBlock const block = layout_text(frame, runs, style, column.width);
    frame.out.sem.add(
        text_node(path, Role::paragraph, {column.x, column.y, column.width, block.height()}, runs, style));
    draw_text_block(frame, block, {column.x, column.y}, colour);
    column.y += block.height();
}

void heading(Frame const& frame, Column& column, std::string_view path, std::string_view text, int level,
             TextStyle const& style) {
    heading(frame, column, path, plain_runs(text), level, style);
}

void paragraph(Frame const& frame, Column& column, std::string_view path, std::string_view text, TextStyle const& style,
               Colour colour) {
    paragraph(frame, column, path, plain_runs(text), style, colour);
}

void list(Frame const& frame, Column& column, std::string const& path, lesson::ListBlock const& block,
          TextStyle const& style) {
    bool const numbered = block.marker == lesson::ListBlock::Marker::number;
    float const indent = (numbered ? 38 : 26) * frame.metrics.scale;
    float const between = 10 * frame.metrics.scale;
    Node node;
    node.path = path;
    node.role = numbered ? Role::ordered_list : Role::list;
    node.rect = {column.x, column.y, column.width, 0};
    frame.out.sem.begin(std::move(node));
    for (std::size_t i = 0; i < block.items.size(); ++i) {
        if (i) column.y += between;
        TextBlock const text = layout_text(frame, block.items[i], style, column.width - indent);
        frame.out.sem.add(text_node(path + "/" + std::to_string(i + 1), Role::list_item,
                                    {column.x + indent, column.y, column.width - indent, text.height()}, block.items[i],
                                    style));
        if (numbered) {
            float const radius = 14 * frame.metrics.scale;
            std::string const number = std::to_string(i + 1);
            TextStyle const digits = frame.metrics.small_bold();
            Vec2 const centre{column.x + radius, column.y + style.line_px / 2};
            fill(frame, {centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, frame.palette.accent_soft,
                 radius);
            if (frame.palette.forced)
                outline(frame, {centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, {frame.palette.border},
                        radius);
            draw_text_line(
                frame, number, digits,
                {centre.x - text_width(frame, number, digits.face, digits.px) / 2, centre.y - digits.line_px / 2},
                frame.palette.accent_text);
        } else {
            float const radius = 3.2f * frame.metrics.scale;
            Vec2 const centre{column.x + 8 * frame.metrics.scale, column.y + style.line_px / 2};
            fill(frame, {centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, frame.palette.accent, radius);
        }
        draw_text_block(frame, text, {column.x + indent, column.y}, frame.palette.text);
        column.y += text.height();
    }
    frame.out.sem.end();
}

void text_line(Frame const& frame, std::string path, std::string const& text, TextStyle const& style, Vec2 at,
               Colour colour, Role role) {
    float const width = text_width(frame, text, style.face, style.px);
    lesson::RichText const runs{{text}};
    frame.out.sem.add(text_node(std::move(path), role, {at.x, at.y, width + 1, style.line_px}, runs, style));
    draw_text_line(frame, text, style, at, colour);
}

// --- controls ---

float button_width(Frame const& frame, std::string_view label) {
    TextStyle const style = frame.metrics.label();
    return std::ceil(text_width(frame, label, style.face, style.px)) + 36 * frame.metrics.scale;
}

float button_height(Frame const& frame) { return 44 * frame.metrics.scale; }

bool button(Frame const& frame, std::string const& path, std::string const& label, Rect rect, ButtonLook look,
            std::uint32_t flags, std::string_view sign) {
    bool const enabled = !(flags & disabled);
    Press const press = press_area(frame, path, rect, enabled);
    Palette const& p = frame.palette;
    Colour ink = p.text;
    if (look == ButtonLook::primary) {
        Colour const ground = press.hovered && !p.forced ? mix(p.accent, p.text, 0.16f) : p.accent;
        fill(frame, rect, enabled ? ground : p.track, control_radius);
        ink = enabled ? p.on_accent : p.muted;
    } else {
        bool const lit = press.hovered || (flags & (pressed | current));
        if (lit) fill(frame, rect, (flags & (pressed | current)) ? p.accent_soft : p.raised, control_radius);
        if (look == ButtonLook::secondary) outline(frame, rect, {enabled ? p.control : p.border}, control_radius);
        if (flags & (pressed | current)) ink = p.accent_text;
        if (!enabled) ink = p.muted;
    }
    TextStyle const style = frame.metrics.label();
    std::string_view const drawn = sign.empty() ? std::string_view(label) : sign;
    float const width = text_width(frame, drawn, style.face, style.px);
    float const shift = press.held ? 1.0f : 0.0f;
    draw_text_line(frame, drawn, style, {rect.x + (rect.w - width) / 2, rect.y + (rect.h - style.line_px) / 2 + shift},
                   ink);
    Node node;
    node.path = path;
    node.role = Role::button;
    node.rect = rect;
    node.name = label;
    node.flags = flags;
    frame.out.sem.add(std::move(node));
    return press.pressed;
}

bool button(Frame const& frame, Column& column, std::string const& path, std::string const& label, ButtonLook look) {
    ButtonRow row(frame, column);
    return row.add(path, label, look);
}

ButtonRow::~ButtonRow() {
    if (any_) column_.y += button_height(frame_);
}

bool ButtonRow::add(std::string const& path, std::string const& label, ButtonLook look, std::uint32_t flags) {
    float const width = std::fmin(button_width(frame_, label), column_.width);
    float const between = 12 * frame_.metrics.scale;
    if (any_ && x_ + width > column_.x + column_.width) {
        x_ = column_.x;
        column_.y += button_height(frame_) + between;
    }
    any_ = true;
    Rect const rect{x_, column_.y, width, button_height(frame_)};
    x_ += width + between;
    return button(frame_, path, label, rect, look, flags);
}

bool ToolRow::add(std::string const& path, std::string const& label) {
    TextStyle const style = frame_.metrics.small_bold();
    float const pad = 10 * frame_.metrics.scale, height = 32 * frame_.metrics.scale;
    float const width = text_width(frame_, label, style.face, style.px);
    if (x_ > column_.x && x_ + width > column_.x + column_.width) { // the padding is room to press, not to read
        x_ = column_.x;
        column_.y += height;
    }
    Rect const rect{x_ - pad, column_.y, width + 2 * pad, height};
    Press const press = press_area(frame_, path, rect, true);
    if (press.hovered) fill(frame_, rect, frame_.palette.raised, 8);
    draw_text_line(frame_, label, style, {x_, column_.y + (height - style.line_px) / 2 + (press.held ? 1.0f : 0.0f)},
                   frame_.palette.accent_text);
    Node node;
    node.path = path;
    node.role = Role::button;
    node.rect = rect;
    node.name = label + ": ";
    node.name += title_;
    frame_.out.sem.add(std::move(node));
    x_ += width + 2 * pad + 4;
    return press.pressed;
}

void ToolRow::end() { column_.y += 32 * frame_.metrics.scale; }

namespace {

struct ChoiceRow {
    Rect rect;
    TextBlock text;
    Vec2 text_at;
    Vec2 mark; // centre of the radio or tick box
};

ChoiceRow lay_out_choice(Frame const& frame, Column const& column, lesson::RichText const& label) {
    TextStyle const style = frame.metrics.body();
    float const pad = 12 * frame.metrics.scale, indent = 46 * frame.metrics.scale;
    ChoiceRow row;
    row.text = layout_text(frame, label, style, column.width - indent - pad);
    row.rect = {column.x, column.y, column.width, row.text.height() + 2 * pad};
    row.text_at = {column.x + indent, column.y + pad};
    row.mark = {column.x + 24 * frame.metrics.scale, column.y + pad + style.line_px / 2};
    return row;
}

}

bool radio(Frame const& frame, Column& column, std::string const& path, lesson::RichText const& label, bool chosen,
           Tone tone, bool enabled) {
    Palette const& p = frame.palette;
    ChoiceRow const row = lay_out_choice(frame, column, label);
    Press const press = press_area(frame, path, row.rect, enabled);
    Colour ground = p.surface, edge = p.control, mark = p.accent;
    if (tone == Tone::chosen) ground = p.accent_soft, edge = p.accent;
    if (tone == Tone::good) ground = p.good_soft, edge = mark = p.good;
    if (tone == Tone::bad) ground = p.bad_soft, edge = mark = p.bad;
    if (tone == Tone::plain && press.hovered) ground = p.raised;
    fill(frame, row.rect, ground, 10);
    outline(frame, row.rect, {edge, tone == Tone::plain ? 1.0f : 2.0f}, 10);
    float const radius = 10 * frame.metrics.scale;
    Rect const ring{row.mark.x - radius, row.mark.y - radius, 2 * radius, 2 * radius};
    fill(frame, ring, p.surface, radius);
    outline(frame, ring, {chosen ? mark : p.control, 2}, radius);
    if (chosen) fill(frame, ring.inset(radius * 0.5f), mark, radius);
    draw_text_block(frame, row.text, row.text_at, p.text);
    Node node = text_node(path, Role::radio, row.rect, label, frame.metrics.body());
    node.name = plain_text(label);
    node.flags = (chosen ? checked : 0u) | (enabled ? 0u : disabled);
    frame.out.sem.add(std::move(node));
    column.y += row.rect.h;
    return press.pressed && !chosen;
}

std::optional<bool> checkbox(Frame const& frame, Column& column, std::string const& path, lesson::RichText const& label,
                             bool ticked) {
    Palette const& p = frame.palette;
    ChoiceRow const row = lay_out_choice(frame, column, label);
    Press const press = press_area(frame, path, row.rect, true);
    if (press.hovered) fill(frame, row.rect, p.raised, 10);
    float const half = 10 * frame.metrics.scale;
    Rect const box{row.mark.x - half, row.mark.y - half, 2 * half, 2 * half};
    fill(frame, box, ticked ? p.accent : p.surface, 5);
    outline(frame, box, {ticked ? p.accent : p.control, 2}, 5);
    if (ticked) {
        line(frame, {row.mark.x - half * 0.5f, row.mark.y + half * 0.05f},
             {row.mark.x - half * 0.1f, row.mark.y + half * 0.45f}, {p.on_accent, 2.4f});
        line(frame, {row.mark.x - half * 0.1f, row.mark.y + half * 0.45f},
             {row.mark.x + half * 0.55f, row.mark.y - half * 0.4f}, {p.on_accent, 2.4f});
    }
    draw_text_block(frame, row.text, row.text_at, p.text);
    Node node = text_node(path, Role::checkbox, row.rect, label, frame.metrics.body());
    node.name = plain_text(label);
    node.flags = ticked ? checked : 0u;
    frame.out.sem.add(std::move(node));
    column.y += row.rect.h;
    if (press.pressed) return !ticked;
    return {};
}

std::optional<double> slider(Frame const& frame, Column& column, std::string const& path, std::string const& label,
                             double value, Range range, std::string const& shown) {
    Palette const& p = frame.palette;
    TextStyle const style = frame.metrics.small_bold();
    TextStyle const number = frame.metrics.small();
    float const shown_width = text_width(frame, shown, number.face, number.px);
    float const height = 28 * frame.metrics.scale;
    // The label may take several lines; the value stands at the end of the first.
    lesson::RichText const runs{{label}};
    TextBlock const text = layout_text(frame, runs, style, column.width - shown_width - 16);
    draw_text_block(frame, text, {column.x, column.y}, p.text);
    draw_text_line(frame, shown, number, {column.x + column.width - shown_width, column.y}, p.muted);
    Rect const rect{column.x, column.y + text.height(), column.width, height};
    float const radius = 10 * frame.metrics.scale;
    float const share = static_cast<float>((value - range.least) / (range.most - range.least));
    float const x = rect.x + radius + (rect.w - 2 * radius) * std::fmin(1.0f, std::fmax(0.0f, share));
    float const middle = rect.y + height / 2;
    fill(frame, {rect.x, middle - 3, rect.w, 6}, p.track, 3);
    if (p.forced) outline(frame, {rect.x, middle - 3, rect.w, 6}, {p.border}, 3);
    fill(frame, {rect.x, middle - 3, x - rect.x, 6}, p.accent, 3);
    fill(frame, {x - radius, middle - radius, 2 * radius, 2 * radius}, p.surface, radius);
    outline(frame, {x - radius, middle - radius, 2 * radius, 2 * radius}, {p.accent, 3}, radius);

    Node node;
    node.path = path;
    node.role = Role::slider;
    node.rect = rect;
    node.name = label;
    node.value = shown;
    node.number = static_cast<float>(value);
    node.least = range.least;
    node.most = range.most;
    node.step = range.step;
    std::uint32_t const id = frame.out.sem.add(std::move(node)).id;
    column.y += text.height() + height;

    // The canvas path: the mouse held on the track puts the value there.
    Press const press = press_area(frame, path, rect, true);
    if (press.held) {
        float const at = (ImGui::GetIO().MousePos.x - frame.origin.x - rect.x - radius) / (rect.w - 2 * radius);
        float const raw = range.least + std::fmin(1.0f, std::fmax(0.0f, at)) * (range.most - range.least);
        double const snapped = range.least + std::round((raw - range.least) / range.step) * range.step;
        if (std::fabs(snapped - value) > static_cast<double>(range.step) / 2) return snapped;
    }
    if (Input const* const moved = frame.input_for(id, Input::Kind::number)) return moved->number;
    return {};
}

std::optional<std::string> text_area(Frame const& frame, Column& column, std::string const& path,
                                     std::string const& name, std::string const& text, float height_px, bool enabled) {
    Palette const& p = frame.palette;
    Rect const rect{column.x, column.y, column.width, height_px};
    fill(frame, rect, enabled ? p.surface : p.sunken, control_radius);
    outline(frame, rect, {enabled ? p.control : p.border}, control_radius);
    TextStyle const style = frame.metrics.body();
    Node node;
    node.path = path;
    node.role = Role::text_area;
    node.rect = rect;
    node.name = name;
    node.value = text;
    node.font_px = style.px;
    node.line_px = style.line_px;
    node.flags = enabled ? 0u : disabled;
    std::uint32_t const id = frame.out.sem.add(std::move(node)).id;
    column.y += height_px;
    if (Input const* const edit = frame.input_for(id, Input::Kind::text)) return edit->text;
    return {};
}

// --- containers ---

Card::Card(Frame const& frame, Column& outer, Look const& look)
    : column{outer.x + look.pad, outer.y + look.pad, outer.width - 2 * look.pad},
      frame_(frame),
      outer_(outer),
      look_(look),
      top_(outer.y),
      splitter_(std::make_unique<ImDrawListSplitter>()) {
    splitter_->Split(frame_.draw, 2);
    splitter_->SetCurrentChannel(frame_.draw, 1);
}

Card::~Card() {
    Rect const rect{outer_.x, top_, outer_.width, column.y + look_.pad - top_};
    splitter_->SetCurrentChannel(frame_.draw, 0);
    fill(frame_, rect, look_.ground, 14);
    if (look_.stripe) {
        frame_.draw->PushClipRect({rect.x + frame_.origin.x, rect.y + frame_.origin.y},
                                  {rect.x + frame_.origin.x + 5, rect.bottom() + frame_.origin.y}, true);
        fill(frame_, {rect.x, rect.y, 28, rect.h}, *look_.stripe, 14);
        frame_.draw->PopClipRect();
    }
    outline(frame_, rect, {look_.border}, 14);
    splitter_->Merge(frame_.draw);
    outer_.y = rect.bottom();
}

}
