#pragma once
// Digests of bytes: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), BLAKE2b (RFC 7693), in hexadecimal. For checking
// files, not for keeping secrets.
//
//   hex_digest(Digest::sha256, bytes)

#include <cstddef>
#include <cstdint>
#include <string>

namespace cw::terminal::commands {

enum class Digest : std::uint8_t { md5, sha1, sha224, sha256, sha384, sha512, blake2b };

[[nodiscard]] std::size_t digest_bytes(Digest kind);
// `length` bytes of it, for BLAKE2b alone, whose value depends on it; 0 for all.
[[nodiscard]] std::string hex_digest(Digest kind, std::string bytes, std::size_t length = 0);

}
