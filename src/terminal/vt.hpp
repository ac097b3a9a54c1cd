#pragma once
// The escape-sequence state machine: bytes in, calls of a handler out. States and transitions are those of Paul
// Williams' "A parser for DEC's ANSI-compatible video terminals" (vt100.net/emu/dec_ansi_parser), with UTF-8 in place
// of the upper half and colon sub-parameters (ITU T.416). It knows no meaning of any sequence. Malformed input is a
// state, never an error. Limits: screen_limits.hpp.
//
//   VtParser parser;
//   parser.feed("\x1b[1;31mred", handler); // handler.csi({1, 31, final 'm'}), handler.print("red")

#include "terminal/screen_limits.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cw::terminal {

// An escape, control or device-control sequence: CSI ? 1 ; 2 $ p has prefix '?', parameters 1 and 2, intermediate '$'.
struct VtSequence {
    static constexpr int missing = -1;

    // Elements from `count` on are stale: clearing 160 bytes for each sequence would cost more than reading it.
    int count = 0;                            // of parameters, missing ones included
    int values[limits::sequence_parameters];  // missing, or 0..parameter_value
    bool is_sub[limits::sequence_parameters]; // joined to the one before it by a colon
    char prefix = 0;                          // one of < = > ?, or 0
    char intermediates[2] = {};               // 0x20 to 0x2F
    int intermediate_count = 0;
    char final = 0;

    // Parameter `at`, or `fallback` if it is missing or 0 (ECMA-48's default rule).
    [[nodiscard]] int count_at(int at, int fallback = 1) const {
        return at < count && values[at] > 0 ? values[at] : fallback;
    }
    // Parameter `at`, where 0 is a value of its own.
    [[nodiscard]] int value_at(int at, int fallback = 0) const {
        return at < count && values[at] != missing ? values[at] : fallback;
    }
    [[nodiscard]] char intermediate() const { return intermediate_count == 1 ? intermediates[0] : '\0'; }
};

class VtHandler {
  public:
    virtual ~VtHandler() = default;
    virtual void print(std::string_view ascii) = 0;                          // a run of 0x20 to 0x7E
    virtual void print(char32_t code) = 0;                                   // any other printable code point
    virtual void execute(std::uint8_t control) = 0;                          // C0, and C1 as 0x80 to 0x9F
    virtual void escape(VtSequence const& sequence) = 0;                     // ESC [intermediates] final
    virtual void csi(VtSequence const& sequence) = 0;                        // ESC [ ... final
    virtual void osc(std::string_view text) = 0;                             // ESC ] text ST or BEL
    virtual void dcs(VtSequence const& sequence, std::string_view text) = 0; // ESC P ... final text ST
};

class VtParser {
  public:
    void feed(std::string_view bytes, VtHandler& handler);
    // Back to the ground state; a sequence in progress is forgotten.
    void reset();

  private:
    enum class State : std::uint8_t {
        ground,
        escape,
        escape_intermediate,
        csi_entry,
        csi_param,
        csi_intermediate,
        csi_ignore,
        dcs_entry,
        dcs_param,
        dcs_intermediate,
        dcs_ignore,
        dcs_passthrough,
        osc_string,
        other_string, // SOS, PM, APC
    };

    std::size_t feed_ground(std::string_view bytes, std::size_t at, VtHandler& handler);
    std::size_t feed_whole_code_points(std::string_view bytes, std::size_t at, VtHandler& handler);
    std::size_t feed_parameters(std::string_view bytes, std::size_t at);
    std::size_t feed_string(std::string_view bytes, std::size_t at);
    void feed_code_point_byte(unsigned char byte, VtHandler& handler);
    void emit(char32_t code, VtHandler& handler);
    void step(unsigned char byte, VtHandler& handler);
    bool step_anywhere(unsigned char byte, VtHandler& handler);
    void step_escape(unsigned char byte, VtHandler& handler);
    void step_csi(unsigned char byte, VtHandler& handler);
    void step_dcs(unsigned char byte);
    void begin(State state);
    void begin_c1(std::uint8_t control, VtHandler& handler);
    void end_string(VtHandler& handler);
    void add_parameter_byte(unsigned char byte);
    void add_intermediate(unsigned char byte);

    State state_ = State::ground;
    VtSequence sequence_;
    std::string text_; // of an OSC or DCS
    bool text_too_long_ = false;
    bool parameters_full_ = false;
    char32_t code_ = 0; // UTF-8 in progress
    int continuation_bytes_ = 0;
    char32_t least_code_ = 0; // smaller ones would be overlong
};

}
