#pragma once
// Bytes as text that any store takes unharmed, and back: base64url (RFC 4648 section 5, no padding), a CRC-32 (the one
// of zlib and PNG) and varints (LEB128). Knows nothing of what it carries.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cw::lesson {

using Bytes = std::string; // of octets, not of text

[[nodiscard]] std::string to_base64url(std::string_view bytes);
// Nothing where a character does not belong, or the length or the spare bits could not have been written by us.
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);
[[nodiscard]] constexpr std::size_t base64url_length(std::size_t bytes) { return (bytes * 4 + 2) / 3; }

[[nodiscard]] std::uint32_t crc32(std::string_view bytes);

void put_varint(Bytes& out, std::uint64_t value);
// Little-endian, the lowest `count` bytes of the value.
void put_fixed(Bytes& out, std::uint64_t value, int count);

// Reads what put_… wrote. One that runs out, or meets a varint of more than 64 bits, turns bad and gives zeros.
class BytesReader {
  public:
    explicit BytesReader(std::string_view bytes) : bytes_(bytes) {}
    [[nodiscard]] std::uint64_t varint();
    [[nodiscard]] std::uint64_t fixed(int count);
    [[nodiscard]] std::string_view rest() const { return bytes_.substr(at_); }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
    [[nodiscard]] bool ok() const { return ok_; }

  private:
    std::uint8_t next();
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

}
