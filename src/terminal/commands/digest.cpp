#include "terminal/commands/digest.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace cw::terminal::commands {

namespace {

template <class Word>
using State = std::array<Word, 8>;
template <class Word>
using Block = std::array<Word, 16>;

template <class Word>
constexpr Word rotated_left(Word x, unsigned n) {
    return x << n | x >> (8 * sizeof(Word) - n);
}
template <class Word>
constexpr Word rotated_right(Word x, unsigned n) {
    return x >> n | x << (8 * sizeof(Word) - n);
}

constexpr std::uint32_t md5_constants[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

// RFC 1321, section 3.4.
void md5_block(State<std::uint32_t>& state, Block<std::uint32_t> const& words) {
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
        std::uint32_t const turned = rotated_left(a + f + md5_constants[i] + words[g], shifts[i / 16][i % 4]);
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

// FIPS 180-4, section 6.1.2.
void sha1_block(State<std::uint32_t>& state, Block<std::uint32_t> const& words) {
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 80; ++i)
        w[i] = i < 16 ? words[i] : rotated_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (std::size_t i = 0; i < 80; ++i) {
        std::uint32_t const f = i < 20              ? (b & c) | (~b & d)
                                : i < 40 || i >= 60 ? b ^ c ^ d
                                                    : (b & c) | (b & d) | (c & d);
        std::uint32_t const k = i < 20 ? 0x5a827999u : i < 40 ? 0x6ed9eba1u : i < 60 ? 0x8f1bbcdcu : 0xca62c1d6u;
        std::uint32_t const next = rotated_left(a, 5) + f + e + k + w[i];
        e = d;
        d = c;
        c = rotated_left(b, 30);
        b = a;
        a = next;
    }
    std::uint32_t const sums[] = {a, b, c, d, e};
    for (std::size_t i = 0; i < 5; ++i) state[i] += sums[i];
}

// FIPS 180-4, section 4.2.3; the upper halves of the first 64 are those of section 4.2.2.
constexpr std::uint64_t sha2_constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

// FIPS 180-4, sections 4.1.2 and 4.1.3: turns to the right, the last number of the small sigmas is a shift.
struct Sigma {
    unsigned first, second, third;
};
template <class Word>
struct Sha2;
template <>
struct Sha2<std::uint32_t> {
    static constexpr std::size_t rounds = 64;
    static constexpr Sigma big0{2, 13, 22}, big1{6, 11, 25}, small0{7, 18, 3}, small1{17, 19, 10};
};
template <>
struct Sha2<std::uint64_t> {
    static constexpr std::size_t rounds = 80;
    static constexpr Sigma big0{28, 34, 39}, big1{14, 18, 41}, small0{1, 8, 7}, small1{19, 61, 6};
};

template <class Word>
Word turned(Word x, Sigma by) {
    return rotated_right(x, by.first) ^ rotated_right(x, by.second) ^ rotated_right(x, by.third);
}
template <class Word>
Word shifted(Word x, Sigma by) {
    return rotated_right(x, by.first) ^ rotated_right(x, by.second) ^ x >> by.third;
}

// FIPS 180-4, sections 6.2.2 and 6.4.2.
template <class Word>
void sha2_block(State<Word>& state, Block<Word> const& words) {
    using Kind = Sha2<Word>;
    constexpr unsigned unused_bits = 64 - 8 * sizeof(Word);
    std::array<Word, Kind::rounds> w{};
    for (std::size_t i = 0; i < w.size(); ++i)
        w[i] = i < 16 ? words[i]
                      : w[i - 16] + shifted(w[i - 15], Kind::small0) + w[i - 7] + shifted(w[i - 2], Kind::small1);
    State<Word> h = state;
    for (std::size_t i = 0; i < w.size(); ++i) {
        auto const constant = static_cast<Word>(sha2_constants[i] >> unused_bits);
        Word const t1 = h[7] + turned(h[4], Kind::big1) + ((h[4] & h[5]) ^ (~h[4] & h[6])) + constant + w[i];
        Word const t2 = turned(h[0], Kind::big0) + ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]));
        h = {t1 + t2, h[0], h[1], h[2], h[3] + t1, h[4], h[5], h[6]};
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] += h[i];
}

constexpr State<std::uint64_t> sha512_start = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                               0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                               0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
constexpr State<std::uint64_t> sha384_start = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17,
                                               0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
                                               0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};

// One block of BLAKE2b (RFC 7693, section 3.2); `count` are the bytes up to its end.
void blake2b_block(State<std::uint64_t>& state, Block<std::uint64_t> const& words, std::uint64_t count, bool last) {
    constexpr unsigned char order[10][16] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};
    constexpr unsigned char columns[8][4] = {{0, 4, 8, 12},  {1, 5, 9, 13},  {2, 6, 10, 14}, {3, 7, 11, 15},
                                             {0, 5, 10, 15}, {1, 6, 11, 12}, {2, 7, 8, 13},  {3, 4, 9, 14}};
    std::array<std::uint64_t, 16> v{};
    for (std::size_t i = 0; i < 8; ++i) v[i] = state[i], v[i + 8] = sha512_start[i];
    v[12] ^= count;
    if (last) v[14] = ~v[14];
    for (std::size_t round = 0; round < 12; ++round) {
        for (std::size_t i = 0; i < 8; ++i) {
            std::uint64_t &a = v[columns[i][0]], &b = v[columns[i][1]], &c = v[columns[i][2]], &d = v[columns[i][3]];
            a += b + words[order[round % 10][2 * i]];
            d = rotated_right(d ^ a, 32);
            c += d;
            b = rotated_right(b ^ c, 24);
            a += b + words[order[round % 10][2 * i + 1]];
            d = rotated_right(d ^ a, 16);
            c += d;
            b = rotated_right(b ^ c, 63);
        }
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] ^= v[i] ^ v[i + 8];
}

template <class Word>
Block<Word> words_of(std::string_view bytes, std::size_t at, bool little) {
    constexpr std::size_t size = sizeof(Word);
    Block<Word> words{};
    for (std::size_t i = 0; i < 16 * size; ++i)
        words[i / size] |= static_cast<Word>(static_cast<unsigned char>(bytes[at + i]))
                           << 8 * (little ? i % size : size - 1 - i % size);
    return words;
}

template <class Word>
std::string bytes_of(State<Word> const& state, std::size_t count, bool little) {
    constexpr std::size_t size = sizeof(Word);
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += static_cast<char>(state[i / size] >> 8 * (little ? i % size : size - 1 - i % size) & 255);
    return out;
}

std::string blake2b(std::string bytes, std::size_t length) {
    State<std::uint64_t> state = sha512_start;
    state[0] ^= 0x01010000u ^ length;
    std::uint64_t const size = bytes.size();
    while (bytes.empty() || bytes.size() % 128 != 0) bytes += '\0';
    for (std::size_t at = 0; at < bytes.size(); at += 128) {
        bool const last = at + 128 == bytes.size();
        blake2b_block(state, words_of<std::uint64_t>(bytes, at, true), last ? size : at + 128, last);
    }
    return bytes_of(state, length, true);
}

// What SHA and MD5 append: a one bit, zeros, and the count of bits at the end of a block.
void pad(std::string& bytes, std::size_t block, bool little) {
    std::uint64_t const bits = static_cast<std::uint64_t>(bytes.size()) * 8;
    bytes += '\x80';
    while (bytes.size() % block != block - block / 8) bytes += '\0';
    bytes.append(block / 8 - 8, '\0'); // SHA-512's count has 16 bytes
    for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(bits >> (little ? 8 * i : 56 - 8 * i) & 255);
}

template <class Word>
std::string padded_digest(Digest kind, State<Word> state, std::string bytes,
                          void (*block)(State<Word>&, Block<Word> const&)) {
    constexpr std::size_t size = 16 * sizeof(Word);
    bool const little = kind == Digest::md5;
    pad(bytes, size, little);
    for (std::size_t at = 0; at < bytes.size(); at += size) block(state, words_of<Word>(bytes, at, little));
    return bytes_of(state, digest_bytes(kind), little);
}

// RFC 1321, section 3.3, and FIPS 180-4, section 5.3.
constexpr State<std::uint32_t> sha256_start = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr State<std::uint32_t> sha224_start = {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939,
                                               0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4};
constexpr State<std::uint32_t> sha1_start = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

std::string raw_digest(Digest kind, std::string bytes, std::size_t length) {
    switch (kind) {
        case Digest::md5: return padded_digest(kind, sha1_start, std::move(bytes), md5_block);
        case Digest::sha1: return padded_digest(kind, sha1_start, std::move(bytes), sha1_block);
        case Digest::sha224: return padded_digest(kind, sha224_start, std::move(bytes), sha2_block<std::uint32_t>);
        case Digest::sha256: return padded_digest(kind, sha256_start, std::move(bytes), sha2_block<std::uint32_t>);
        case Digest::sha384: return padded_digest(kind, sha384_start, std::move(bytes), sha2_block<std::uint64_t>);
        case Digest::sha512: return padded_digest(kind, sha512_start, std::move(bytes), sha2_block<std::uint64_t>);
        case Digest::blake2b: return blake2b(std::move(bytes), length ? length : digest_bytes(kind));
    }
    return {};
}

}

std::size_t digest_bytes(Digest kind) {
    switch (kind) {
        case Digest::md5: return 16;
        case Digest::sha1: return 20;
        case Digest::sha224: return 28;
        case Digest::sha256: return 32;
        case Digest::sha384: return 48;
        case Digest::sha512:
        case Digest::blake2b: return 64;
    }
    return 0;
}

std::string hex_digest(Digest kind, std::string bytes, std::size_t length) {
    std::string const raw = raw_digest(kind, std::move(bytes), length);
    std::string out;
    for (char const c : raw) {
        auto const byte = static_cast<unsigned char>(c);
        (out += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
    }
    return out;
}

}
