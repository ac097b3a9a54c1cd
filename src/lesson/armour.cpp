#include "lesson/armour.hpp"

namespace cw::lesson {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint32_t octet(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
}

}

std::string to_base64url(std::string_view bytes) {
    std::string out;
    out.reserve(base64url_length(bytes.size()));
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t const three = octet(bytes, at) << 16 | octet(bytes, at + 1) << 8 | octet(bytes, at + 2);
        std::size_t const letters = bytes.size() - at >= 3 ? 4 : bytes.size() - at + 1;
        for (std::size_t i = 0; i < letters; ++i) out += alphabet[three >> (18 - 6 * i) & 63u];
    }
    return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return {};
    Bytes out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int held = 0;
    for (char const c : text) {
        std::size_t const value = alphabet.find(c);
        if (value == std::string_view::npos) return {};
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFu;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>(static_cast<unsigned char>(bits >> held & 0xFFu));
    }
    if ((bits & ((1u << held) - 1u)) != 0) return {};
    return out;
}

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFFu;
    for (char const c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1u ? 0xEDB88320u : 0u);
    }
    return ~crc;
}

void put_varint(Bytes& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(static_cast<unsigned char>(value | 0x80u));
    out += static_cast<char>(value);
}

void put_fixed(Bytes& out, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i, value >>= 8) out += static_cast<char>(static_cast<unsigned char>(value & 0xFFu));
}

std::uint8_t BytesReader::next() {
    if (at_ >= bytes_.size()) {
        ok_ = false;
        return 0;
    }
    return static_cast<std::uint8_t>(bytes_[at_++]);
}

std::uint64_t BytesReader::varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        std::uint64_t const byte = next();
        if (shift == 63 && byte > 1) break;
        value |= (byte & 0x7Fu) << shift;
        if (byte < 0x80) return ok_ ? value : 0;
    }
    ok_ = false;
    return 0;
}

std::uint64_t BytesReader::fixed(int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) value |= std::uint64_t{next()} << (8 * i);
    return ok_ ? value : 0;
}

}
