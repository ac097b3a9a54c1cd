#pragma once
// One character cell of the screen: what stands in it and how it looks, in 16 bytes that can be copied freely. It does
// not know its place, and it holds no text of more than one code point: a character with combining marks is an index
// into the screen's table of clusters (Screen::code, Screen::marks).
//
//   if (cell.is(Attribute::bold) && cell.width() == 2) ...

#include <cstdint>

namespace cw::terminal {

// The theme's own colour, one of xterm's 256 palette entries, or a 24-bit colour.
class Color {
  public:
    enum class Kind : std::uint8_t { standard, palette, rgb };

    constexpr Color() = default;
    static constexpr Color palette(std::uint8_t index) { return Color(0x01000000u | index); }
    static constexpr Color rgb(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
        return Color(0x02000000u | static_cast<std::uint32_t>(red) << 16 | static_cast<std::uint32_t>(green) << 8 |
                     blue);
    }
    [[nodiscard]] constexpr Kind kind() const { return static_cast<Kind>(bits_ >> 24); }
    [[nodiscard]] constexpr std::uint8_t index() const { return static_cast<std::uint8_t>(bits_ & 0xFFu); }
    [[nodiscard]] constexpr std::uint8_t red() const { return static_cast<std::uint8_t>(bits_ >> 16 & 0xFFu); }
    [[nodiscard]] constexpr std::uint8_t green() const { return static_cast<std::uint8_t>(bits_ >> 8 & 0xFFu); }
    [[nodiscard]] constexpr std::uint8_t blue() const { return static_cast<std::uint8_t>(bits_ & 0xFFu); }
    constexpr bool operator==(Color const& other) const { return bits_ == other.bits_; }

  private:
    explicit constexpr Color(std::uint32_t bits) : bits_(bits) {}
    std::uint32_t bits_ = 0;
};

// SGR 1, 2, 3, 5, 7, 8, 9 and 53; guarded is DECSCA, which DECSED and DECSEL leave alone.
enum class Attribute : std::uint32_t {
    bold = 1u << 0,
    dim = 1u << 1,
    italic = 1u << 2,
    blink = 1u << 3,
    inverse = 1u << 4,
    hidden = 1u << 5,
    strike = 1u << 6,
    overline = 1u << 7,
    guarded = 1u << 8,
};

enum class Underline : std::uint8_t { none, single, doubled, curly, dotted, dashed };

struct Cell {
    // Code point or cluster index in the low 21 bits; 0 is a cell that was never written or was erased.
    std::uint32_t glyph = 0;
    Color foreground;
    Color background;
    // Attributes in the low 9 bits, underline style in the next 3, hyperlink in the upper 16.
    std::uint32_t look = 0;

    static constexpr std::uint32_t code_mask = 0x1FFFFFu;
    static constexpr std::uint32_t wide_flag = 1u << 21;    // the left half of a character of two columns
    static constexpr std::uint32_t right_flag = 1u << 22;   // its right half, which holds nothing else
    static constexpr std::uint32_t cluster_flag = 1u << 23; // the low bits are an index into the table of clusters
    static constexpr std::uint32_t underline_shift = 9;
    static constexpr std::uint32_t link_shift = 16;

    // Columns that the character takes: 2 or 1, and 0 for the right half of a wide one.
    [[nodiscard]] constexpr int width() const { return glyph & right_flag ? 0 : glyph & wide_flag ? 2 : 1; }
    [[nodiscard]] constexpr bool is_blank() const { return glyph == 0 || glyph == U' '; }
    [[nodiscard]] constexpr bool is_cluster() const { return (glyph & cluster_flag) != 0; }
    [[nodiscard]] constexpr bool is(Attribute attribute) const {
        return (look & static_cast<std::uint32_t>(attribute)) != 0;
    }
    [[nodiscard]] constexpr Underline underline() const { return static_cast<Underline>(look >> underline_shift & 7u); }
    // 0: no link; else ask Screen::link_address.
    [[nodiscard]] constexpr std::uint16_t link() const { return static_cast<std::uint16_t>(look >> link_shift); }

    constexpr void set(Attribute attribute, bool on) {
        look = on ? look | static_cast<std::uint32_t>(attribute) : look & ~static_cast<std::uint32_t>(attribute);
    }
    constexpr void set_underline(Underline style) {
        look = (look & ~(7u << underline_shift)) | static_cast<std::uint32_t>(style) << underline_shift;
    }
    constexpr void set_link(std::uint16_t link) {
        look = (look & ((1u << link_shift) - 1)) | static_cast<std::uint32_t>(link) << link_shift;
    }
    constexpr bool operator==(Cell const& other) const {
        return glyph == other.glyph && foreground == other.foreground && background == other.background &&
               look == other.look;
    }
};
static_assert(sizeof(Cell) == 16);

}
