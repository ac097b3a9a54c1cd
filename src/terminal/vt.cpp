#include "terminal/vt.hpp"

#include "ground/assert.hpp"
#include "ground/text.hpp"

namespace cw::terminal {

namespace {

constexpr unsigned char escape_byte = 0x1B;
constexpr unsigned char bell_byte = 0x07;
constexpr unsigned char cancel_byte = 0x18;
constexpr unsigned char substitute_byte = 0x1A;
constexpr unsigned char delete_byte = 0x7F;

constexpr bool is_control(unsigned char byte) { return byte < 0x20; }
constexpr bool is_printable(unsigned char byte) { return byte >= 0x20 && byte < delete_byte; }
constexpr bool is_intermediate(unsigned char byte) { return byte >= 0x20 && byte <= 0x2F; }
constexpr bool is_parameter(unsigned char byte) { return byte >= 0x30 && byte <= 0x3B; }
constexpr bool is_prefix(unsigned char byte) { return byte >= 0x3C && byte <= 0x3F; }
constexpr bool is_final(unsigned char byte) { return byte >= 0x40 && byte < delete_byte; }

}

void VtParser::reset() {
    begin(State::ground);
    continuation_bytes_ = 0;
}

void VtParser::feed(std::string_view bytes, VtHandler& handler) {
    for (std::size_t at = 0; at < bytes.size();) {
        if (state_ == State::ground) {
            at = feed_ground(bytes, at, handler);
        } else if (state_ == State::osc_string || state_ == State::dcs_passthrough) {
            at = feed_string(bytes, at);
            if (at < bytes.size()) step(static_cast<unsigned char>(bytes[at++]), handler);
        } else {
            if (state_ == State::csi_param || state_ == State::csi_entry) at = feed_parameters(bytes, at);
            if (at < bytes.size()) step(static_cast<unsigned char>(bytes[at++]), handler);
        }
    }
}

// Prints runs of ASCII in one call: nearly all bytes of nearly all output pass here.
std::size_t VtParser::feed_ground(std::string_view bytes, std::size_t at, VtHandler& handler) {
    if (continuation_bytes_ == 0) {
        std::size_t const from = at;
        while (at < bytes.size() && is_printable(static_cast<unsigned char>(bytes[at]))) ++at;
        if (at > from) handler.print(bytes.substr(from, at - from));
        if (at == bytes.size()) return at;
    }
    auto const byte = static_cast<unsigned char>(bytes[at]);
    if (byte >= 0xC0 && continuation_bytes_ == 0) {
        std::size_t const next = feed_whole_code_points(bytes, at, handler);
        if (next > at) return next;
    }
    if (byte >= 0x80 || continuation_bytes_ > 0) {
        feed_code_point_byte(byte, handler);
        return at + 1;
    }
    if (byte == escape_byte)
        begin(State::escape);
    else if (byte != delete_byte)
        handler.execute(byte);
    return at + 1;
}

// Prints code points of two or three bytes that are all here and well-formed, which needs no state between bytes.
// Whatever is not so plain is left to feed_code_point_byte.
std::size_t VtParser::feed_whole_code_points(std::string_view bytes, std::size_t at, VtHandler& handler) {
    auto const byte = [&](std::size_t place) { return static_cast<unsigned char>(bytes[place]); };
    auto const follows = [&](std::size_t place) { return (byte(place) & 0xC0u) == 0x80u; };
    while (at + 2 < bytes.size()) {
        unsigned char const lead = byte(at);
        if (lead >= 0xC3 && lead <= 0xDF && follows(at + 1)) { // from U+00C0: no C1 controls
            handler.print(static_cast<char32_t>((lead & 0x1Fu) << 6 | (byte(at + 1) & 0x3Fu)));
            at += 2;
        } else if (lead >= 0xE1 && lead <= 0xEF && lead != 0xED && follows(at + 1) &&
                   follows(at + 2)) { // no surrogates
            handler.print(
                static_cast<char32_t>((lead & 0x0Fu) << 12 | (byte(at + 1) & 0x3Fu) << 6 | (byte(at + 2) & 0x3Fu)));
            at += 3;
        } else {
            break;
        }
    }
    return at;
}

// Takes the digits and separators of a control sequence; the byte after them is for step().
std::size_t VtParser::feed_parameters(std::string_view bytes, std::size_t at) {
    std::size_t const from = at;
    while (at < bytes.size() && is_parameter(static_cast<unsigned char>(bytes[at])))
        add_parameter_byte(static_cast<unsigned char>(bytes[at++]));
    if (at > from) state_ = State::csi_param;
    return at;
}

// Takes what surely belongs to the text of an OSC or DCS; the byte after it is for step().
std::size_t VtParser::feed_string(std::string_view bytes, std::size_t at) {
    std::size_t const from = at;
    while (at < bytes.size() && !is_control(static_cast<unsigned char>(bytes[at]))) ++at;
    if (text_.size() + (at - from) > limits::string_bytes)
        text_too_long_ = true;
    else
        text_.append(bytes.substr(from, at - from));
    return at;
}

// Unicode 3.9, table 3-7, with U+FFFD for each maximal part of an ill-formed sequence.
void VtParser::feed_code_point_byte(unsigned char byte, VtHandler& handler) {
    if (continuation_bytes_ > 0) {
        if ((byte & 0xC0u) == 0x80u) {
            char32_t const code = (code_ << 6) | (byte & 0x3Fu);
            // After E0, F0, ED and F4 the second byte decides whether this can become a code point at all.
            char32_t const lowest = code << (6 * (continuation_bytes_ - 1));
            char32_t const highest = lowest | ((1u << (6 * (continuation_bytes_ - 1))) - 1);
            bool const possible =
                highest >= least_code_ && lowest <= 0x10FFFF && !(lowest >= 0xD800 && highest <= 0xDFFF);
            if (possible) {
                code_ = code;
                if (--continuation_bytes_ == 0) emit(code_, handler);
                return;
            }
        }
        continuation_bytes_ = 0;
        handler.print(replacement_character);
        std::string_view const again(reinterpret_cast<char const*>(&byte), 1);
        feed_ground(again, 0, handler);
        return;
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        continuation_bytes_ = 1;
        code_ = byte & 0x1Fu;
        least_code_ = 0x80;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
        continuation_bytes_ = 2;
        code_ = byte & 0x0Fu;
        least_code_ = 0x800;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        continuation_bytes_ = 3;
        code_ = byte & 0x07u;
        least_code_ = 0x10000;
    } else {
        handler.print(replacement_character);
    }
}

void VtParser::emit(char32_t code, VtHandler& handler) {
    if (code >= 0xA0)
        handler.print(code);
    else
        begin_c1(static_cast<std::uint8_t>(code), handler);
}

void VtParser::begin(State state) {
    state_ = state;
    if (state == State::ground) return;
    sequence_.count = 0;
    sequence_.prefix = 0;
    sequence_.intermediates[0] = sequence_.intermediates[1] = 0;
    sequence_.intermediate_count = 0;
    parameters_full_ = false;
    text_.clear();
    text_too_long_ = false;
}

// The 8-bit forms of ESC [ and its kin, which in UTF-8 come as U+0080 to U+009F.
void VtParser::begin_c1(std::uint8_t control, VtHandler& handler) {
    switch (control) {
        case 0x90: begin(State::dcs_entry); break;
        case 0x9B: begin(State::csi_entry); break;
        case 0x9D: begin(State::osc_string); break;
        case 0x98:
        case 0x9E:
        case 0x9F: begin(State::other_string); break;
        default: handler.execute(control);
    }
}

void VtParser::step(unsigned char byte, VtHandler& handler) {
    if (step_anywhere(byte, handler)) return;
    switch (state_) {
        case State::ground: CW_UNREACHABLE();
        case State::escape:
        case State::escape_intermediate: step_escape(byte, handler); break;
        case State::csi_entry:
        case State::csi_param:
        case State::csi_intermediate:
        case State::csi_ignore: step_csi(byte, handler); break;
        case State::dcs_entry:
        case State::dcs_param:
        case State::dcs_intermediate: step_dcs(byte); break;
        case State::dcs_ignore:
        case State::dcs_passthrough:
        case State::other_string: break;
        case State::osc_string:
            if (byte == bell_byte) end_string(handler);
            break;
    }
}

// What every state does alike: CAN, SUB and ESC end it, controls inside a sequence are executed at once.
bool VtParser::step_anywhere(unsigned char byte, VtHandler& handler) {
    bool const in_string = state_ >= State::dcs_entry;
    if (byte == cancel_byte || byte == substitute_byte) {
        begin(State::ground);
        handler.execute(byte);
        return true;
    }
    if (byte == escape_byte) {
        end_string(handler);
        begin(State::escape);
        return true;
    }
    if (is_control(byte) && !in_string) {
        handler.execute(byte);
        return true;
    }
    return byte == delete_byte;
}

void VtParser::end_string(VtHandler& handler) {
    State const ended = state_;
    state_ = State::ground;
    if (text_too_long_) return;
    if (ended == State::osc_string) handler.osc(text_);
    if (ended == State::dcs_passthrough) handler.dcs(sequence_, text_);
}

void VtParser::step_escape(unsigned char byte, VtHandler& handler) {
    if (is_intermediate(byte)) {
        add_intermediate(byte);
        state_ = State::escape_intermediate;
        return;
    }
    if (byte >= 0x80) return;
    if (state_ == State::escape) {
        switch (byte) {
            case 'P': return begin(State::dcs_entry);
            case '[': return begin(State::csi_entry);
            case ']': return begin(State::osc_string);
            case 'X':
            case '^':
            case '_': return begin(State::other_string);
            default: break;
        }
    }
    state_ = State::ground;
    sequence_.final = static_cast<char>(byte);
    handler.escape(sequence_);
}

void VtParser::add_parameter_byte(unsigned char byte) {
    if (sequence_.count == 0) {
        sequence_.values[0] = VtSequence::missing;
        sequence_.is_sub[0] = false;
        sequence_.count = 1;
    }
    if (byte == ';' || byte == ':') {
        if (sequence_.count == limits::sequence_parameters) {
            parameters_full_ = true;
            return;
        }
        sequence_.is_sub[sequence_.count] = byte == ':';
        sequence_.values[sequence_.count++] = VtSequence::missing;
        return;
    }
    if (parameters_full_) return;
    int& value = sequence_.values[sequence_.count - 1];
    value = (value == VtSequence::missing ? 0 : value * 10) + (byte - '0');
    if (value > limits::parameter_value) value = limits::parameter_value;
}

// A third intermediate belongs to no known sequence; counting on makes that visible to the handler.
void VtParser::add_intermediate(unsigned char byte) {
    if (sequence_.intermediate_count < 2)
        sequence_.intermediates[sequence_.intermediate_count] = static_cast<char>(byte);
    if (sequence_.intermediate_count < 3) ++sequence_.intermediate_count;
}

void VtParser::step_csi(unsigned char byte, VtHandler& handler) {
    if (is_final(byte)) {
        bool const ignored = state_ == State::csi_ignore;
        state_ = State::ground;
        if (ignored) return;
        sequence_.final = static_cast<char>(byte);
        handler.csi(sequence_);
        return;
    }
    if (byte >= 0x80 || state_ == State::csi_ignore) return;
    if (is_intermediate(byte)) {
        add_intermediate(byte);
        state_ = State::csi_intermediate;
    } else if (state_ == State::csi_intermediate) {
        state_ = State::csi_ignore;
    } else if (is_parameter(byte)) {
        add_parameter_byte(byte);
        state_ = State::csi_param;
    } else if (is_prefix(byte) && state_ == State::csi_entry) {
        sequence_.prefix = static_cast<char>(byte);
        state_ = State::csi_param;
    } else {
        state_ = State::csi_ignore;
    }
}

void VtParser::step_dcs(unsigned char byte) {
    if (is_final(byte)) {
        sequence_.final = static_cast<char>(byte);
        state_ = State::dcs_passthrough;
    } else if (byte >= 0x80 || is_control(byte)) {
        return;
    } else if (is_intermediate(byte)) {
        add_intermediate(byte);
        state_ = State::dcs_intermediate;
    } else if (state_ == State::dcs_intermediate) {
        state_ = State::dcs_ignore;
    } else if (is_parameter(byte)) {
        add_parameter_byte(byte);
        state_ = State::dcs_param;
    } else if (is_prefix(byte) && state_ == State::dcs_entry) {
        sequence_.prefix = static_cast<char>(byte);
        state_ = State::dcs_param;
    } else {
        state_ = State::dcs_ignore;
    }
}

}
