#include "terminal/commands/deflate.hpp"

#include <algorithm>

namespace cw::terminal::commands {

using namespace deflate_format;

namespace {

constexpr std::array<std::uint32_t, 16> crc_table = [] {
    std::array<std::uint32_t, 16> table{};
    for (std::uint32_t i = 0; i < 16; ++i) {
        table[i] = i;
        for (int bit = 0; bit < 4; ++bit) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320u : 0u);
    }
    return table;
}();

}

std::array<std::uint8_t, 288> deflate_format::fixed_literals() {
    std::array<std::uint8_t, 288> lengths{};
    for (std::size_t i = 0; i < lengths.size(); ++i) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    return lengths;
}

std::uint32_t crc32(std::string_view bytes, std::uint32_t crc) {
    crc = ~crc;
    for (char const c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        crc = crc_table[crc & 15] ^ crc >> 4;
        crc = crc_table[crc & 15] ^ crc >> 4;
    }
    return ~crc;
}

bool HuffmanCode::build(std::uint8_t const* lengths, std::size_t size) {
    count = {};
    std::size_t used = 0;
    for (std::size_t i = 0; i < size; ++i) ++count[lengths[i]];
    used = size - count[0];
    count[0] = 0;
    std::array<std::uint16_t, 17> offset{};
    int free = 1;
    for (std::size_t length = 1; length <= longest_code; ++length) {
        free = free * 2 - count[length];
        if (free < 0) return false;
        offset[length + 1] = static_cast<std::uint16_t>(offset[length] + count[length]);
    }
    for (std::size_t i = 0; i < size; ++i)
        if (lengths[i] != 0) symbol[offset[lengths[i]]++] = static_cast<std::uint16_t>(i);
    // Only a code of one bit, or none, may leave room.
    return free == 0 || used == 0 || (used == 1 && count[1] == 1);
}

unsigned Inflater::bits(int count) {
    while (held_count_ < count) {
        if (at_ >= bytes_.size()) {
            cut_ = true;
            return 0;
        }
        held_ |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at_++])) << held_count_;
        held_count_ += 8;
    }
    unsigned const value = held_ & ((1u << count) - 1);
    held_ >>= count;
    held_count_ -= count;
    return value;
}

int Inflater::decode(HuffmanCode const& code) {
    int value = 0, first = 0, index = 0;
    for (std::size_t length = 1; length <= longest_code; ++length) {
        value |= static_cast<int>(bits(1));
        if (cut_) return 0;
        int const count = code.count[length];
        if (value - first < count) return code.symbol[static_cast<std::size_t>(index + value - first)];
        index += count;
        first = (first + count) << 1;
        value <<= 1;
    }
    damaged_ = true;
    return 0;
}

Inflater::State Inflater::more(std::string& out, std::size_t size) {
    std::size_t const until = out.size() + size;
    while (out.size() < until && part_ != Part::end && !cut_ && !damaged_) {
        switch (part_) {
            case Part::header: read_header(); break;
            case Part::stored: copy_stored(out, until - out.size()); break;
            case Part::codes: copy_codes(out, until); break;
            case Part::end: break;
        }
    }
    return damaged_ ? State::damaged : cut_ ? State::cut : part_ == Part::end ? State::done : State::more;
}

void Inflater::read_header() {
    if (last_) {
        part_ = Part::end;
        at_ -= static_cast<std::size_t>(held_count_ / 8);
        return;
    }
    last_ = bits(1) != 0;
    switch (bits(2)) {
        case 0: read_stored_header(); break;
        case 1: {
            std::array<std::uint8_t, 32> distances{};
            distances.fill(5);
            literals_.build(fixed_literals().data(), 288);
            distances_.build(distances.data(), distances.size());
            part_ = Part::codes;
            break;
        }
        case 2: read_codes(); break;
        default: damaged_ = true; break;
    }
}

void Inflater::read_stored_header() {
    bits(held_count_ % 8);
    stored_ = bits(16);
    if (stored_ != (~bits(16) & 0xffffu)) damaged_ = !cut_;
    part_ = Part::stored;
}

void Inflater::read_codes() {
    std::size_t const literals = bits(5) + 257, distances = bits(5) + 1, lengths = bits(4) + 4;
    std::array<std::uint8_t, 320> length{};
    for (std::size_t i = 0; i < lengths; ++i) length[length_order[i]] = static_cast<std::uint8_t>(bits(3));
    HuffmanCode code;
    if (literals > literal_codes || distances > distance_codes || !code.build(length.data(), length_codes)) {
        damaged_ = true;
        return;
    }
    length = {};
    for (std::size_t i = 0; i < literals + distances && !cut_ && !damaged_;) {
        int const symbol = decode(code);
        if (symbol < 16) {
            length[i++] = static_cast<std::uint8_t>(symbol);
            continue;
        }
        std::size_t const times = symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
        if (i + times > literals + distances || (symbol == 16 && i == 0)) {
            damaged_ = true;
            return;
        }
        std::uint8_t const repeated = symbol == 16 ? length[i - 1] : 0;
        std::fill_n(length.begin() + static_cast<long>(i), times, repeated);
        i += times;
    }
    if (length[end_of_block] == 0 || !literals_.build(length.data(), literals) ||
        !distances_.build(length.data() + literals, distances))
        damaged_ = !cut_;
    part_ = Part::codes;
}

void Inflater::copy_stored(std::string& out, std::size_t size) {
    // Whole bytes may be held yet.
    for (; stored_ > 0 && held_count_ > 0; --stored_) out += static_cast<char>(bits(8));
    std::size_t const count = std::min({size, stored_, bytes_.size() - at_});
    out.append(bytes_, at_, count);
    at_ += count;
    stored_ -= count;
    if (stored_ == 0)
        part_ = Part::header;
    else if (at_ == bytes_.size())
        cut_ = true;
}

void Inflater::copy_codes(std::string& out, std::size_t until) {
    while (out.size() < until) {
        int const symbol = decode(literals_);
        if (cut_ || damaged_) return;
        if (symbol < end_of_block) {
            out += static_cast<char>(symbol);
            continue;
        }
        if (symbol == end_of_block) {
            part_ = Part::header;
            return;
        }
        auto const index = static_cast<std::size_t>(symbol - first_length);
        if (index >= std::size(length_base)) break;
        std::size_t const length = length_base[index] + bits(length_extra[index]);
        int const code = decode(distances_);
        if (cut_ || damaged_) return;
        if (code >= static_cast<int>(distance_codes)) break;
        std::size_t const distance = distance_base[code] + bits(distance_extra(code));
        if (cut_) return;
        if (distance > out.size()) break;
        for (std::size_t i = 0; i < length; ++i) out += out[out.size() - distance];
    }
    damaged_ = out.size() < until;
}

}
