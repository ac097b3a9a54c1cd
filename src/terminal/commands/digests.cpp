// md5sum (RFC 1321), sha1sum and sha256sum (FIPS 180-4), with -c to check lists of sums.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

#include <array>

namespace cw::terminal {

namespace {

constexpr std::uint32_t rotate_left(std::uint32_t x, unsigned n) { return x << n | x >> (32 - n); }
constexpr std::uint32_t rotate_right(std::uint32_t x, unsigned n) { return x >> n | x << (32 - n); }

enum class Digest : std::uint8_t { md5, sha1, sha256 };

using State = std::array<std::uint32_t, 8>;
using Block = std::array<std::uint32_t, 16>;

constexpr std::uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::uint32_t md5_constants[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

void md5_block(State& state, Block const& words) {
    constexpr unsigned shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (std::size_t i = 0; i < 64; ++i) {
        std::uint32_t f = 0;
        std::size_t g = i;
        switch (i / 16) {
            case 0: f = (b & c) | (~b & d); break;
            case 1: f = (d & b) | (~d & c), g = (5 * i + 1) % 16; break;
            case 2: f = b ^ c ^ d, g = (3 * i + 5) % 16; break;
            default: f = c ^ (b | ~d), g = 7 * i % 16;
        }
        std::uint32_t const turned = rotate_left(a + f + md5_constants[i] + words[g], shifts[i / 16][i % 4]);
        a = d;
        d = c;
        c = b;
        b += turned;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void sha1_block(State& state, Block const& words) {
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 80; ++i)
        w[i] = i < 16 ? words[i] : rotate_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (std::size_t i = 0; i < 80; ++i) {
        std::uint32_t const f = i < 20              ? (b & c) | (~b & d)
                                : i < 40 || i >= 60 ? b ^ c ^ d
                                                    : (b & c) | (b & d) | (c & d);
        std::uint32_t const k = i < 20 ? 0x5a827999u : i < 40 ? 0x6ed9eba1u : i < 60 ? 0x8f1bbcdcu : 0xca62c1d6u;
        std::uint32_t const next = rotate_left(a, 5) + f + e + k + w[i];
        e = d;
        d = c;
        c = rotate_left(b, 30);
        b = a;
        a = next;
    }
    std::uint32_t const sums[] = {a, b, c, d, e};
    for (std::size_t i = 0; i < 5; ++i) state[i] += sums[i];
}

void sha256_block(State& state, Block const& words) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 64; ++i) {
        if (i < 16) {
            w[i] = words[i];
            continue;
        }
        std::uint32_t const s0 = rotate_right(w[i - 15], 7) ^ rotate_right(w[i - 15], 18) ^ w[i - 15] >> 3;
        std::uint32_t const s1 = rotate_right(w[i - 2], 17) ^ rotate_right(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    State h = state;
    for (std::size_t i = 0; i < 64; ++i) {
        std::uint32_t const s1 = rotate_right(h[4], 6) ^ rotate_right(h[4], 11) ^ rotate_right(h[4], 25);
        std::uint32_t const t1 = h[7] + s1 + ((h[4] & h[5]) ^ (~h[4] & h[6])) + sha256_constants[i] + w[i];
        std::uint32_t const s0 = rotate_right(h[0], 2) ^ rotate_right(h[0], 13) ^ rotate_right(h[0], 22);
        std::uint32_t const t2 = s0 + ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]));
        h = {t1 + t2, h[0], h[1], h[2], h[3] + t1, h[4], h[5], h[6]};
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] += h[i];
}

std::string hex_digest(Digest kind, std::string bytes) {
    State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0, 0, 0, 0};
    if (kind == Digest::sha256)
        state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::uint64_t const bits = static_cast<std::uint64_t>(bytes.size()) * 8;
    bool const little = kind == Digest::md5;
    bytes += '\x80';
    while (bytes.size() % 64 != 56) bytes += '\0';
    for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(bits >> (little ? 8 * i : 56 - 8 * i) & 255);
    for (std::size_t at = 0; at < bytes.size(); at += 64) {
        Block words{};
        for (std::size_t i = 0; i < 64; ++i)
            words[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i]))
                            << 8 * (little ? i % 4 : 3 - i % 4);
        if (kind == Digest::md5)
            md5_block(state, words);
        else if (kind == Digest::sha1)
            sha1_block(state, words);
        else
            sha256_block(state, words);
    }
    std::string out;
    std::size_t const length = kind == Digest::md5 ? 16 : kind == Digest::sha1 ? 20 : 32;
    for (std::size_t i = 0; i < length; ++i) {
        unsigned const byte = state[i / 4] >> 8 * (little ? i % 4 : 3 - i % 4) & 255;
        (out += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
    }
    return out;
}

// -c: lines "SUM  FILE" of a list.
Task<int> check_list(Process& p, Digest kind, Arguments const& arguments, std::string list) {
    std::string text;
    bool const read = co_await read_whole(p, list, text);
    if (!read) co_return 1;
    int failed = 0, missing = 0, checked = 0, wrong = 0;
    std::size_t const length = kind == Digest::md5 ? 32 : kind == Digest::sha1 ? 40 : 64;
    for (std::string_view const line : split(text, '\n')) {
        if (line.empty()) continue;
        bool const fine =
            line.size() > length + 2 && line[length] == ' ' && (line[length + 1] == ' ' || line[length + 1] == '*');
        if (!fine) {
            ++wrong;
            continue;
        }
        ++checked;
        std::string const name(line.substr(length + 2));
        std::string bytes;
        bool const opened = co_await read_whole(p, name, bytes);
        bool const same = opened && hex_digest(kind, std::move(bytes)) == line.substr(0, length);
        if (!opened)
            ++missing;
        else if (!same)
            ++failed;
        if (arguments.has(long_option("status")) || (same && arguments.has(long_option("quiet")))) continue;
        p.out(name + (same ? ": OK\n" : opened ? ": FAILED\n" : ": FAILED open or read\n"));
    }
    auto const warn = [&](int count, std::string const& one, std::string const& many) {
        if (count > 0 && !arguments.has(long_option("status")))
            p.fail("WARNING: " + std::to_string(count) + (count == 1 ? one : many));
    };
    if (checked == 0) co_return p.fail(shown_name(list) + ": no properly formatted checksum lines found");
    warn(wrong, " line is improperly formatted", " lines are improperly formatted");
    warn(missing, " listed file could not be read", " listed files could not be read");
    warn(failed, " computed checksum did NOT match", " computed checksums did NOT match");
    co_return failed || missing ? 1 : 0;
}

Task<int> run_digest(Process& p, Command const& command, Digest kind) {
    Arguments const arguments = parse_arguments(p, command);
    if (arguments.ended()) co_return arguments.status;
    std::vector<std::string> files = arguments.operands;
    if (files.empty()) files.emplace_back("-");
    int status = 0;
    for (std::string const& file : files) {
        if (arguments.has('c')) {
            status |= co_await check_list(p, kind, arguments, file);
            continue;
        }
        std::string bytes;
        bool const read = co_await read_whole(p, file, bytes);
        if (!read) {
            status = 1;
            continue;
        }
        std::string const sum = hex_digest(kind, std::move(bytes));
        std::string const label = kind == Digest::md5 ? "MD5" : kind == Digest::sha1 ? "SHA1" : "SHA256";
        p.out(arguments.has(long_option("tag"))
                  ? label + " (" + file + ") = " + sum + "\n"
                  : sum + (arguments.has('b') ? " *" : "  ") + file + (arguments.has('z') ? '\0' : '\n'));
        co_await p.breathe();
    }
    co_return status;
}

Task<int> run_md5sum(Process& p) { return run_digest(p, md5sum_command, Digest::md5); }
Task<int> run_sha1sum(Process& p) { return run_digest(p, sha1sum_command, Digest::sha1); }
Task<int> run_sha256sum(Process& p) { return run_digest(p, sha256sum_command, Digest::sha256); }

constexpr std::string_view digest_manual =
    "  -b, --binary   read in binary mode\n"
    "  -c, --check    read checksums from the FILEs and check them\n"
    "      --quiet    don't print OK for each successfully verified file\n"
    "      --status   don't output anything, status code shows success\n"
    "      --tag      create a BSD-style checksum\n"
    "  -t, --text     read in text mode (default)\n"
    "  -w, --warn     (ignored)\n"
    "  -z, --zero     end each output line with NUL, not newline\n";

}

Command const md5sum_command{
    "md5sum",  "print or check MD5 (128-bit) checksums", "md5sum [OPTION]... [FILE]...", digest_manual, nullptr,
    run_md5sum};
Command const sha1sum_command{
    "sha1sum",  "print or check SHA1 (160-bit) checksums", "sha1sum [OPTION]... [FILE]...", digest_manual, nullptr,
    run_sha1sum};
Command const sha256sum_command{"sha256sum",
                                "print or check SHA256 (256-bit) checksums",
                                "sha256sum [OPTION]... [FILE]...",
                                digest_manual,
                                nullptr,
                                run_sha256sum};

}
