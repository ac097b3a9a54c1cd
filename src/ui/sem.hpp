#pragma once
// The semantic tree: what every widget of a frame *is*, said while it draws. The web platform turns it into real DOM
// elements laid over the canvas (shell/semantics.js); headless tests read it to find and press widgets. Nodes are known
// by a path of stable ids ("quiz/q1/check"), which is also their test handle. Nothing here draws or touches the DOM.
//
//   sem.begin({"quiz/q1", Role::radio_group, rect, "What is…?"});
//   sem.add({"quiz/q1/b", Role::radio, rect, "To prevent…"}).flags = checked;
//   sem.end();
//
// Rects are CSS pixels from the origin of the region (banner, navigation, main, contentinfo) that holds the node; in
// main, whose content scrolls, from the top of the content, so that scrolling changes no node.

#include "ground/geometry.hpp"
#include "lesson/types.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cw::ui {

// The order is the wire format's: shell/semantics.js lists the same names.
enum class Role : std::uint8_t {
    banner,
    navigation,
    main,
    contentinfo, // regions
    group,
    figure,
    note,
    dialog, // containers; their children lie in the region
    heading,
    paragraph,
    list,
    ordered_list,
    list_item,
    button,
    link,
    radio_group,
    radio,
    checkbox,
    slider,
    text_area,
    code_box,
    terminal_box,
    log,
    status,
    meter,
    progressbar,
    image,
    table,
    row,
    cell,
    column_header,
    code_text
};

enum Flag : std::uint32_t {
    disabled = 1u << 0,
    checked = 1u << 1,
    expandable = 1u << 2,
    expanded = 1u << 3,
    current = 1u << 4,
    toggle = 1u << 5, // a button with a pressed state
    pressed = 1u << 6,
    invalid = 1u << 7,
    focusable = 1u << 8, // takes focus from a script, not from Tab
    busy = 1u << 9,
    positive = 1u << 10, // a verdict's kind; never said by colour alone
    keys = 1u << 11,     // a text box whose keys all go to the engine (a running full-screen program)
    unseen = 1u << 12,   // for assistive technology and for the reading view alone: the canvas shows it in its own way
    inert = 1u << 13,    // a region that lies under something: neither seen nor reached
    keeps_focus = 1u << 14, // a button that leaves the focus where it is when pressed: a key beside a text box
};

struct Node {
    std::string path;
    Role role = Role::group;
    Rect rect;
    std::string name; // accessible name; for text roles without runs also their text
    std::uint32_t flags = 0;
    lesson::RichText runs;   // text roles: their content
    std::string value;       // text boxes: their text; sliders and meters: the value in words
    std::string description; // aria-describedby, as text
    std::string source;      // image: address; link: target; log: path of the text box that a tap on it means
    float number = 0, least = 0, most = 0, step = 0;
    int level = 0;  // headings
    int caret = -1; // text boxes whose text the engine edits: UTF-16 offset
    float font_px = 0, line_px = 0;
    enum class Face : std::uint8_t { sans, sans_bold, mono } face = Face::sans;

    std::uint32_t id = 0, parent = 0; // set by Sem
};

class Sem {
  public:
    void clear();
    // A node without children. The reference is good until the next call.
    Node& add(Node node);
    // A node whose children follow until end().
    Node& begin(Node node);
    void end();
    // The innermost open node, to complete it (a region's content height is its `number`).
    [[nodiscard]] Node& current();
    // One of the four regions; they do not nest.
    void begin_region(Node node);

    [[nodiscard]] std::vector<Node> const& nodes() const { return nodes_; }
    [[nodiscard]] Node const* find(std::string_view path) const;
    [[nodiscard]] Node const* find(Role role, std::string_view name) const;

  private:
    std::vector<Node> nodes_;
    std::vector<std::size_t> open_; // indices
};

// The changes between the last tree written and this one, as operations for shell/semantics.js:
//   1 remove id · 2 put id parent node · 3 children parent n id… ; all little-endian, strings as u32 length + UTF-8.
// Removals come first, then nodes parents first, then orders. Equal trees give no bytes.
class SemDiff {
  public:
    [[nodiscard]] std::vector<std::uint8_t> update(Sem const& sem);

  private:
    struct Known {
        std::uint64_t hash = 0;
        std::uint64_t children = 0; // hash of the ids of its children, in order
    };
    std::unordered_map<std::uint32_t, Known> known_;
};

}
