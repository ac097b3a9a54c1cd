#pragma once
// The widgets views are made of. Each draws with ImGui, records its semantic node and says what was done to it, in one
// call; ids are paths ("quiz/q1/check") and serve as ImGui id, DOM handle and test handle alike. Rects and columns are
// relative to the open region (Frame::origin). A press comes from the mouse on the canvas or from the node's DOM
// element: the caller cannot tell and need not.
//
//   if (button(frame, "nav/next", frame.words("nav.next"), rect, ButtonLook::primary)) frame.push(app::Next{});

#include "ui/frame.hpp"
#include "ui/text_layout.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ImDrawListSplitter;

namespace cw::ui {

// Where the next block of a page goes; blocks move y down.
struct Column {
    float x = 0, y = 0, width = 0;
    void gap(float px) { y += px; }
};

// --- shapes, in region coordinates ---
struct Outline {
    Colour colour;
    float px = 1;
};
void fill(Frame const& frame, Rect rect, Colour colour, float radius = 0);
void outline(Frame const& frame, Rect rect, Outline line, float radius = 0);
void line(Frame const& frame, Vec2 from, Vec2 to, Outline line);
// Diagonal strokes over a filled rect: told from a plain fill without colour.
void hatch(Frame const& frame, Rect rect, Colour colour);

// --- text ---
void heading(Frame const& frame, Column& column, std::string_view path, lesson::RichText const& runs, int level,
             TextStyle const& style);
void heading(Frame const& frame, Column& column, std::string_view path, std::string_view text, int level,
             TextStyle const& style);
void paragraph(Frame const& frame, Column& column, std::string_view path, lesson::RichText const& runs,
               TextStyle const& style, Colour colour);
void paragraph(Frame const& frame, Column& column, std::string_view path, std::string_view text, TextStyle const& style,
               Colour colour);
void list(Frame const& frame, Column& column, std::string const& path, lesson::ListBlock const& block,
          TextStyle const& style);
// A line that the DOM has too, for chrome; `role` is paragraph, status or note.
void text_line(Frame const& frame, std::string path, std::string const& text, TextStyle const& style, Vec2 at,
               Colour colour, Role role = Role::paragraph);

// --- controls ---
enum class ButtonLook : std::uint8_t { primary, secondary, quiet };
[[nodiscard]] float button_width(Frame const& frame, std::string_view label);
[[nodiscard]] float button_height(Frame const& frame);
// `sign`, if any, is drawn in the label's place: the label stays its name.
bool button(Frame const& frame, std::string const& path, std::string const& label, Rect rect, ButtonLook look,
            std::uint32_t flags = 0, std::string_view sign = {});
// At the column's place, as wide as its label; the column moves down past it.
bool button(Frame const& frame, Column& column, std::string const& path, std::string const& label, ButtonLook look);
// Buttons side by side that wrap where the column ends.
class ButtonRow {
  public:
    ButtonRow(Frame const& frame, Column& column) : frame_(frame), column_(column), x_(column.x) {}
    ~ButtonRow();
    ButtonRow(ButtonRow const&) = delete;
    ButtonRow& operator=(ButtonRow const&) = delete;
    bool add(std::string const& path, std::string const& label, ButtonLook look, std::uint32_t flags = 0);

  private:
    Frame const& frame_;
    Column& column_;
    float x_;
    bool any_ = false;
};

// Small text buttons side by side, about something with a title: "Save CSV: What moved the answer".
class ToolRow {
  public:
    ToolRow(Frame const& frame, Column& column, std::string_view title)
        : frame_(frame), column_(column), title_(title), x_(column.x) {}
    bool add(std::string const& path, std::string const& label);
    void end(); // what comes next is below

  private:
    Frame const& frame_;
    Column& column_;
    std::string_view title_;
    float x_;
};

enum class Tone : std::uint8_t { plain, good, bad, chosen };
// One option of a radio group (the group's node is open); true when it was chosen now.
bool radio(Frame const& frame, Column& column, std::string const& path, lesson::RichText const& label, bool chosen,
           Tone tone, bool enabled);
// The new state when it was switched.
std::optional<bool> checkbox(Frame const& frame, Column& column, std::string const& path, lesson::RichText const& label,
                             bool ticked);
struct Range {
    float least = 0, most = 1, step = 0.1f;
};
// The new value when it was moved. `shown` is the value in words.
std::optional<double> slider(Frame const& frame, Column& column, std::string const& path, std::string const& label,
                             double value, Range range, std::string const& shown);
// A native text area over a drawn frame; the new text when it was edited.
std::optional<std::string> text_area(Frame const& frame, Column& column, std::string const& path,
                                     std::string const& name, std::string const& text, float height_px, bool enabled);

// --- containers ---
// Draws its ground behind what is drawn until it goes out of scope; the column inside is inset by `pad`.
class Card {
  public:
    struct Look {
        Colour ground, border;
        float pad = 24;
        std::optional<Colour> stripe; // along the left edge
    };
    Card(Frame const& frame, Column& outer, Look const& look);
    ~Card();
    Card(Card const&) = delete;
    Card& operator=(Card const&) = delete;
    Column column; // inside

  private:
    Frame const& frame_;
    Column& outer_;
    Look look_;
    float top_;
    std::unique_ptr<ImDrawListSplitter> splitter_;
};

// What the mouse does to an area, without a node of its own: for the widgets above and for drawn ones.
struct Press {
    bool pressed = false, hovered = false, held = false;
};
Press press_area(Frame const& frame, std::string const& path, Rect rect, bool enabled);

}
