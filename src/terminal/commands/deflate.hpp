#pragma once
// The deflate format (RFC 1951), both ways, in pieces, so that a long run can rest and stop between them; and the
// CRC-32 of gzip files. All of the input is in memory. The compressor finds repeats by chains of hashes and looks one
// byte ahead for a longer one; each block is stored, or has fixed or own Huffman codes, whichever is smallest.
//
//   Deflater deflater(bytes, 6);
//   while (deflater.more(out)) co_await p.breathe();
//   Inflater inflater(bytes);
//   Inflater::State state = Inflater::State::more;
//   while (state == Inflater::State::more) state = inflater.more(out, 65536);

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

// `crc` is that of what came before, 0 at first.
[[nodiscard]] std::uint32_t crc32(std::string_view bytes, std::uint32_t crc = 0);

constexpr std::size_t deflate_window = 32768; // how far back a repeat may reach

// What the format lays down: symbols 257 to 285 are lengths, each a base with some bits added, and so are distances.
namespace deflate_format {
constexpr int longest_code = 15;
constexpr int end_of_block = 256, first_length = 257;
constexpr std::size_t literal_codes = 286, distance_codes = 30, length_codes = 19;
constexpr std::uint16_t length_base[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                         31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::uint8_t length_extra[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                         2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::uint16_t distance_base[] = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                           33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                           1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::uint8_t length_order[] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
[[nodiscard]] constexpr int distance_extra(int code) { return code < 4 ? 0 : code / 2 - 1; }
// The code lengths of a block that sends none.
[[nodiscard]] std::array<std::uint8_t, 288> fixed_literals();
}

// A canonical Huffman code of at most 15 bits, for reading.
struct HuffmanCode {
    std::array<std::uint16_t, 16> count{};   // codes of each length
    std::array<std::uint16_t, 288> symbol{}; // in the order of their codes
    // False for lengths that no code can have.
    bool build(std::uint8_t const* lengths, std::size_t size);
};

class Inflater {
  public:
    enum class State : std::uint8_t { more, done, cut, damaged };
    explicit Inflater(std::string_view bytes) : bytes_(bytes) {}
    // Appends about `size` bytes. What it appended before must still be in `out`, the last deflate_window bytes at
    // least.
    State more(std::string& out, std::size_t size);
    // Of the byte after the last that was used.
    [[nodiscard]] std::size_t position() const { return at_; }

  private:
    enum class Part : std::uint8_t { header, stored, codes, end };
    unsigned bits(int count); // 0 and cut_ past the end
    int decode(HuffmanCode const& code);
    void read_header();
    void read_stored_header();
    void read_codes();
    void copy_stored(std::string& out, std::size_t size);
    void copy_codes(std::string& out, std::size_t until);

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::uint32_t held_ = 0; // bits read ahead
    int held_count_ = 0;
    Part part_ = Part::header;
    bool last_ = false, cut_ = false, damaged_ = false;
    std::size_t stored_ = 0; // bytes left of a stored block
    HuffmanCode literals_, distances_;
};

class Deflater {
  public:
    Deflater(std::string_view bytes, int level); // 1, quick, to 9, small
    // Appends the next block; false after the last.
    bool more(std::string& out);

  private:
    struct Match {
        int length = 0, distance = 0;
    };
    struct Token {
        std::uint16_t value = 0, distance = 0; // a byte, or the length of a repeat
    };
    void insert(std::size_t at);
    [[nodiscard]] Match find(std::size_t at, int longer_than) const;
    void gather();
    void add(Match match);
    void put(std::string& out, std::uint32_t bits, int count);
    void put_block(std::string& out, bool last, std::string_view raw);
    void put_tokens(std::string& out, std::vector<std::uint8_t> const& literals,
                    std::vector<std::uint8_t> const& distances);

    std::string_view bytes_;
    int level_;
    std::size_t at_ = 0;       // the first byte that no token stands for
    std::size_t inserted_ = 0; // bytes before it are in the chains
    std::vector<std::int32_t> head_, previous_;
    std::vector<Token> tokens_;
    std::uint32_t held_ = 0;
    int held_count_ = 0;
};

}
