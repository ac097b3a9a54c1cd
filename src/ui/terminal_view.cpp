// The terminal: title, a grid of cells with its scrollback, cursor. The DOM has the same rows as text (log "Terminal
// output", which scrolls natively) and the edited line as a text box ("Terminal input"); the terminal's brain is
// terminal::Terminal, and this only shows it.

#include "ground/id.hpp"
#include "ground/text.hpp"
#include "ui/lab_views.hpp"
#include "ui/paint.hpp"

#include <cmath>

#include <imgui.h>

namespace cw::ui {

namespace {

constexpr float smallest_px = 12; // below, there are fewer columns instead
constexpr int least_columns = 20;
constexpr int most_links = 50; // on the screen at once
constexpr float pad = 12;      // as in shell/style.css
constexpr float title_bar = 40;

struct Grid {
    Rect area; // the visible part
    Vec2 scroll;
    TextStyle style;
    float cell_w = 8;
    [[nodiscard]] float x(int column) const { return area.x + pad - scroll.x + static_cast<float>(column) * cell_w; }
    // `row` counts from the oldest line of the scrollback.
    [[nodiscard]] float y(int row) const { return area.y + pad - scroll.y + static_cast<float>(row) * style.line_px; }
};

// A text size at which the author's columns fit, within reason.
TextStyle fitting_style(Frame const& frame, float width, int columns) {
    TextStyle style = frame.metrics.code();
    float const full = text_width(frame, "M", style.face, style.px) * static_cast<float>(columns);
    float const room = width - 2 * pad;
    if (full > room) {
        float const shrunk = std::fmax(smallest_px * frame.metrics.scale, std::floor(style.px * room / full * 2) / 2);
        style.line_px = std::round(style.line_px * shrunk / style.px);
        style.px = shrunk;
    }
    return style;
}

// As many of them as do.
int fitting_columns(float cell_w, float width, int columns) {
    return std::max(std::min(columns, least_columns), std::min(columns, static_cast<int>((width - 2 * pad) / cell_w)));
}

Colour xterm_colour(Palette const& p, int index) {
    if (index < 16) return p.terminal[index];
    if (index >= 232) {
        auto const grey = static_cast<std::uint32_t>(8 + 10 * (index - 232));
        return {grey << 16 | grey << 8 | grey};
    }
    auto const level = [](int step) { return static_cast<std::uint32_t>(step == 0 ? 0 : 55 + 40 * step); };
    int const cube = index - 16;
    return {level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6)};
}

Colour cell_colour(Palette const& p, terminal::Color colour, Colour standard) {
    using Kind = terminal::Color::Kind;
    if (p.forced || colour.kind() == Kind::standard) return standard;
    if (colour.kind() == Kind::palette) return xterm_colour(p, colour.index());
    return {static_cast<std::uint32_t>(colour.red()) << 16 | static_cast<std::uint32_t>(colour.green()) << 8 |
            colour.blue()};
}

// Moves the ink towards black or white until it can be read (the terminal's contrast floor, 4.5 : 1).
Colour readable(Colour ink, Colour ground) {
    Colour const pole =
        contrast(ground, {0xFFFFFF}) > contrast(ground, {0x000000}) ? Colour{0xFFFFFF} : Colour{0x000000};
    for (int step = 0; step < 8 && contrast(ink, ground) < 4.5; ++step) ink = mix(ink, pole, 0.25f);
    return contrast(ink, ground) < 4.5 ? pole : ink;
}

struct CellLook {
    Colour ink, ground;
    bool has_ground = false;
};

CellLook look_of(Palette const& p, terminal::Cell const& cell, bool screen_inverse) {
    using terminal::Attribute;
    CellLook look{cell_colour(p, cell.foreground, p.terminal_text), cell_colour(p, cell.background, p.terminal_ground)};
    look.has_ground = cell.background.kind() != terminal::Color::Kind::standard;
    if (cell.is(Attribute::inverse) != screen_inverse) {
        std::swap(look.ink, look.ground);
        look.has_ground = true;
    }
    if (cell.is(Attribute::dim)) look.ink = mix(look.ink, look.ground, 0.3f);
    look.ink = readable(look.ink, look.ground);
    if (cell.is(Attribute::hidden)) look.ink = look.ground;
    return look;
}

void draw_underline(Frame const& frame, terminal::Underline style, Rect cell, Colour ink) {
    using terminal::Underline;
    float const px = frame.metrics.scale, y = cell.bottom() - 2 * px;
    auto const dash = [&](float from, float to, float at) { line(frame, {from, at}, {to, at}, {ink, px}); };
    switch (style) {
        case Underline::none: return;
        case Underline::single: return dash(cell.x, cell.right(), y);
        case Underline::doubled: dash(cell.x, cell.right(), y - 2 * px); return dash(cell.x, cell.right(), y);
        case Underline::curly: {
            float const half = cell.w / 2;
            line(frame, {cell.x, y}, {cell.x + half, y - 2 * px}, {ink, px});
            return line(frame, {cell.x + half, y - 2 * px}, {cell.right(), y}, {ink, px});
        }
        case Underline::dotted:
            for (float x = cell.x; x < cell.right(); x += 3 * px) dash(x, x + px, y);
            return;
        case Underline::dashed: return dash(cell.x, cell.x + cell.w * 0.6f, y);
    }
}

void draw_row(Frame const& frame, Grid const& grid, terminal::Screen const& screen, int row, float y) {
    using terminal::Attribute;
    terminal::Cell const* const cells = screen.row(row);
    std::string letter;
    for (int column = 0; column < screen.columns(); ++column) {
        terminal::Cell const& cell = cells[column];
        if (cell.width() == 0) continue;
        CellLook const look = look_of(frame.palette, cell, screen.is_inverse());
        float const x = grid.x(column), width = grid.cell_w * static_cast<float>(cell.width());
        if (look.has_ground) fill(frame, {x, y, width, grid.style.line_px}, look.ground);
        float const scale = frame.metrics.scale;
        bool const is_plain_link = cell.link() && cell.underline() == terminal::Underline::none;
        draw_underline(frame, is_plain_link ? terminal::Underline::single : cell.underline(),
                       {x, y, width, grid.style.line_px}, look.ink);
        if (cell.is(Attribute::strike))
            line(frame, {x, y + grid.style.line_px * 0.55f}, {x + width, y + grid.style.line_px * 0.55f},
                 {look.ink, scale});
        if (cell.is(Attribute::overline)) line(frame, {x, y + 1}, {x + width, y + 1}, {look.ink, scale});
        if (cell.is_blank()) continue;
        letter.clear();
        append_utf8(letter, screen.code(cell));
        TextStyle style = grid.style;
        if (cell.is(Attribute::bold)) style.face = Face::mono_bold;
        draw_text_line(frame, letter, style, {x, y}, look.ink);
        for (char32_t const mark : screen.marks(cell)) { // over its letter: a font of cells leaves the room for it
            letter.clear();
            append_utf8(letter, mark);
            draw_text_line(frame, letter, style, {x, y}, look.ink);
        }
    }
}

void draw_cursor(Frame const& frame, Grid const& grid, terminal::Screen const& screen, float y, bool focused) {
    terminal::Cursor const cursor = screen.cursor();
    if (!cursor.visible) return;
    Palette const& p = frame.palette;
    Rect const block{grid.x(cursor.column), y, grid.cell_w, grid.style.line_px};
    if (!focused) return outline(frame, block, {p.terminal_text}, 1);
    if (cursor.shape == terminal::CursorShape::bar) return fill(frame, {block.x, block.y, 2, block.h}, p.terminal_text);
    if (cursor.shape == terminal::CursorShape::underline)
        return fill(frame, {block.x, block.bottom() - 2, block.w, 2}, p.terminal_text);
    fill(frame, block, p.terminal_text);
    terminal::Cell const& cell = screen.row(cursor.row)[cursor.column];
    if (cell.is_blank()) return;
    std::string letter;
    append_utf8(letter, screen.code(cell));
    draw_text_line(frame, letter, grid.style, {block.x, block.y}, p.terminal_ground);
}

// Row by row. Where a line only goes on, a zero-width space says so before the break: copying joins it (semantics.js).
std::string screen_text(terminal::Screen const& screen) {
    std::string text;
    for (int row = -screen.scrollback(); row < screen.rows(); ++row)
        text += screen.row_text(row) + (screen.is_wrapped(row) ? "\xE2\x80\x8B\n" : "\n");
    return text;
}

void add_log(Frame const& frame, Grid const& grid, std::string const& terminal, terminal::Screen const& screen) {
    Node node;
    node.path = terminal + "/output";
    node.source = terminal + "/input";
    node.role = Role::log;
    node.rect = grid.area;
    node.name = frame.words("terminal.output");
    node.value = screen_text(screen);
    if (!frame.view.canvas_shown) node.value.erase(node.value.find_last_not_of('\n') + 1); // no grid below to match
    node.font_px = grid.style.px;
    node.line_px = grid.style.line_px;
    node.face = Node::Face::mono;
    frame.out.sem.add(std::move(node));
}

bool leads_out(std::string_view address) {
    for (std::string_view const scheme : {"https://", "http://", "mailto:"})
        if (address.substr(0, scheme.size()) == scheme) return true;
    return false;
}

// What a program links to (OSC 8), where it is seen: a link of the page above its cells.
void add_links(Frame const& frame, Grid const& grid, std::string const& terminal, terminal::Screen const& screen) {
    int count = 0;
    int const above = screen.scrollback();
    for (int row = -above; row < screen.rows(); ++row) {
        float const y = grid.y(row + above);
        if (y < grid.area.y || y + grid.style.line_px > grid.area.bottom()) continue;
        terminal::Cell const* const cells = screen.row(row);
        for (int column = 0; column < screen.columns() && count < most_links;) {
            int const from = column;
            std::uint16_t const link = cells[from].link();
            std::string text;
            for (; column < screen.columns() && cells[column].link() == link; ++column)
                if (cells[column].width() > 0) append_utf8(text, screen.code(cells[column]));
            std::string const address(screen.link_address(link));
            if (!leads_out(address)) continue;
            Node node;
            node.path = terminal + "/link/" + std::to_string(count++);
            node.role = Role::paragraph;
            node.rect = {grid.x(from), y, grid.cell_w * static_cast<float>(column - from), grid.style.line_px};
            node.runs.push_back({text});
            node.runs.back().link = address;
            node.font_px = grid.style.px;
            node.line_px = grid.style.line_px;
            node.face = Node::Face::mono;
            frame.out.sem.add(std::move(node));
        }
    }
}

// The DOM counts in UTF-16 units.
int utf16_offset(std::string_view text, std::size_t code_points) {
    int units = 0;
    for (std::size_t at = 0; at < text.size() && code_points > 0; --code_points)
        units += next_code_point(text, at) > 0xFFFF ? 2 : 1;
    return units;
}

void add_input(Frame const& frame, Grid const& grid, std::string const& path, lesson::Lab const& lab,
               terminal::Terminal const& terminal, float cursor_y) {
    Node node;
    node.path = path;
    node.role = Role::terminal_box;
    float const top = std::fmin(std::fmax(cursor_y, grid.area.y), grid.area.bottom() - grid.style.line_px);
    node.rect = {grid.area.x + pad, top, grid.area.w - 2 * pad, grid.style.line_px};
    node.name = frame.words("terminal.input");
    node.value = terminal.line();
    node.caret = utf16_offset(node.value, terminal.caret());
    node.font_px = grid.style.px;
    node.line_px = grid.style.line_px;
    node.face = Node::Face::mono;
    if (terminal.takes_keys()) node.flags |= keys;
    std::uint32_t const id = frame.out.sem.add(std::move(node)).id;
    Input const& input = frame.input;
    if (input.node != id) return;
    if (input.kind == Input::Kind::text) frame.push(app::TerminalLine{lab.id, input.text, input.caret});
    if (input.kind == Input::Kind::paste) frame.push(app::TerminalPaste{lab.id, input.text});
    if (input.kind == Input::Kind::typed) frame.push(app::TerminalTyped{lab.id, input.text});
    if (input.kind == Input::Kind::key)
        frame.push(app::TerminalKey{lab.id, input.text, input.ctrl, input.alt, input.shift});
}

}

float terminal_height(Frame const& frame, lesson::Lab const& lab, float width) {
    float const row = fitting_style(frame, width, lab.columns).line_px;
    return title_bar * frame.metrics.scale + static_cast<float>(lab.rows) * row + 2 * pad;
}

void draw_terminal(Frame const& frame, app::LabSession const& session, Column& column, lesson::Lab const& lab,
                   float height_px) {
    if (!session.terminal) return;
    Palette const& p = frame.palette;
    float const scale = frame.metrics.scale;
    terminal::Terminal const& terminal = *session.terminal;
    terminal::Screen const& screen = terminal.screen();
    Rect const panel{column.x, column.y, column.width, height_px};
    float const bar = title_bar * scale;
    fill(frame, panel, p.terminal_ground, 12);
    std::string const path = "lab/" + lab.id + "/terminal";
    std::string title = screen.title().empty() ? lab.terminal_title : screen.title();
    auto const size = [](int columns, int rows) { return std::to_string(columns) + "x" + std::to_string(rows); };
    title = replace_all(title, size(lab.columns, lab.rows), size(screen.columns(), screen.rows()));
    if (terminal.waits_for_commands()) title += ": " + frame.words("terminal.loading");
    text_line(frame, path + "/title", title, frame.metrics.small_bold(),
              {panel.x + 16 * scale, panel.y + (bar - frame.metrics.small().line_px) / 2}, p.muted);
    line(frame, {panel.x, panel.y + bar}, {panel.right(), panel.y + bar}, {p.border});

    Grid grid;
    grid.area = {panel.x, panel.y + bar, panel.w, panel.h - bar};
    grid.style = fitting_style(frame, panel.w, lab.columns);
    grid.cell_w = text_width(frame, "M", grid.style.face, grid.style.px);
    int const columns = fitting_columns(grid.cell_w, panel.w, lab.columns);
    if (columns != screen.columns()) frame.push(app::TerminalResized{lab.id, columns});
    std::string const log = path + "/output";
    auto const scrolled = frame.view.scrolls.find(hash32(log));
    if (scrolled != frame.view.scrolls.end()) grid.scroll = scrolled->second;

    frame.draw->PushClipRect({grid.area.x + frame.origin.x, grid.area.y + frame.origin.y},
                             {grid.area.right() + frame.origin.x, grid.area.bottom() + frame.origin.y}, true);
    int const above = screen.scrollback();
    for (int row = -above; row < screen.rows(); ++row) {
        float const y = grid.y(row + above);
        if (y + grid.style.line_px < grid.area.y || y > grid.area.bottom()) continue;
        draw_row(frame, grid, screen, row, y);
    }
    std::string const input = path + "/input";
    bool const focused = frame.view.focused == hash32(input);
    float const cursor_y = grid.y(screen.cursor().row + above);
    draw_cursor(frame, grid, screen, cursor_y, focused);
    frame.draw->PopClipRect();
    outline(frame, panel, {focused ? p.accent : p.border, focused ? 2.0f : 1.0f}, 12);
    add_log(frame, grid, path, screen);
    add_links(frame, grid, path, screen);
    add_input(frame, grid, input, lab, terminal, cursor_y);
    column.y += height_px;
    if (frame.view.touch) draw_terminal_keys(frame, session, column, lab);
}

}
