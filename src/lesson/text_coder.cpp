#include "lesson/text_coder.hpp"

#include "lesson/text_coder_primer.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace cw::lesson {

namespace {

// Probabilities are 12 bits outside (0 to 4095 of 4096 that the next bit is 1) and 22 bits in the table.
constexpr int table_bits = 19;
constexpr int order_count = 6;               // contexts of 1 to 5 letters, and the word
constexpr int input_count = order_count + 2; // and: no context, the longest repetition
constexpr int weight_one = 1 << 16;

// The logistic function on odds in units of 1/256: 4096 / (1 + e^(-x / 256)), straight between multiples of 128.
int squash(int x) {
    static constexpr std::array<int, 33> at{1,    2,    4,    6,    10,   17,   27,   45,   74,   120,  194,
                                            311,  488,  747,  1102, 1546, 2048, 2550, 2994, 3349, 3608, 3785,
                                            3902, 3976, 4022, 4051, 4069, 4079, 4086, 4090, 4092, 4094, 4095};
    if (x > 2047) return 4095;
    if (x < -2047) return 0;
    int const part = x & 127;
    std::size_t const cell = static_cast<std::size_t>((x >> 7) + 16);
    return (at[cell] * (128 - part) + at[cell + 1] * part + 64) >> 7;
}

// Its inverse, ln(p / (1 - p)), as a table made from it alone: no floating point, the same on every machine.
class Stretch {
  public:
    Stretch() {
        int from = 0;
        for (int x = -2047; x <= 2047; ++x) {
            int const p = squash(x);
            for (; from <= p; ++from) values_[static_cast<std::size_t>(from)] = static_cast<short>(x);
        }
        for (; from < 4096; ++from) values_[static_cast<std::size_t>(from)] = 2047;
    }
    int operator()(int p) const { return values_[static_cast<std::size_t>(p)]; }

  private:
    std::array<short, 4096> values_{};
};

// What is known about a context: the probability of a 1 in the upper 22 bits, how often it was seen in the lower 10.
class Table {
  public:
    Table() : slots_(std::size_t{1} << table_bits, std::uint32_t{1} << 31) {}
    static std::size_t place(std::uint32_t hash) { return hash * 0x9E3779B1u >> (32 - table_bits); }
    [[nodiscard]] int probability(std::size_t at) const { return static_cast<int>(slots_[at] >> 20); }
    void learn(std::size_t at, int bit, int limit) {
        std::uint32_t& slot = slots_[at];
        int const count = static_cast<int>(slot & 1023u);
        int const p = static_cast<int>(slot >> 10);
        int const target = bit ? (1 << 22) - 1 : 0;
        int const moved = p + (target - p) * 2 / (2 * count + 3);
        slot = static_cast<std::uint32_t>(std::clamp(moved, 0, (1 << 22) - 1)) << 10 |
               static_cast<std::uint32_t>(count < limit ? count + 1 : limit);
    }

  private:
    std::vector<std::uint32_t> slots_;
};

}

// Predicts the next bit of a text from all bits before it.
class TextCoder::Predictor {
  public:
    Predictor() {
        weights_.fill(weight_one * 3 / 10);
        begin_letter();
        predict();
        for (char const c : text_coder_primer)
            for (int i = 7; i >= 0; --i) learn(static_cast<unsigned char>(c) >> i & 1);
    }
    // That the next bit is 1, in 4096ths, 1 to 4095.
    [[nodiscard]] int next() const { return final_; }

    void learn(int bit) {
        int const error = ((bit << 12) - mixed_) * 6;
        for (std::size_t i = 0; i < input_count; ++i) {
            int& weight = weights_[weight_set_ * input_count + i];
            weight += (inputs_[i] * error + (1 << 14)) >> 15;
        }
        for (std::size_t const at : places_) table_.learn(at, bit, 30);
        if (match_length_ > 0) {
            table_.learn(match_place_, bit == predicted_bit_ ? 1 : 0, 1000);
            if (bit != predicted_bit_) match_length_ = 0;
        }
        letter_ = letter_ << 1 | static_cast<std::uint32_t>(bit);
        if (letter_ >= 256) {
            end_letter(static_cast<unsigned char>(letter_ & 255u));
            begin_letter();
        }
        predict();
    }

  private:
    void end_letter(unsigned char c) {
        text_ += static_cast<char>(c);
        last_ = last_ << 8 | c;
        bool const is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 128 || c == '_';
        if (is_word) {
            std::uint32_t const low = c >= 'A' && c <= 'Z' ? c + 32u : c;
            word_ = (word_ + low) * 0x2F0B4C47u;
        } else if (word_ != 0) {
            word_before_ = word_;
            word_ = 0;
        }
        follow_match();
    }
    // Keeps up the longest earlier text that equals the end of what was read, found by its last four letters.
    void follow_match() {
        constexpr std::size_t least = 4;
        if (match_length_ > 0 && text_[match_at_] == text_.back()) {
            ++match_at_;
            match_length_ = std::min(match_length_ + 1, 31);
        } else {
            match_length_ = 0;
        }
        if (text_.size() < least) return;
        std::size_t const slot = (static_cast<std::uint32_t>(last_) * 0x2545F491u) >> 20;
        if (match_length_ == 0 && recent_[slot] > 0) {
            std::size_t const candidate = recent_[slot];
            while (match_length_ < 31 && static_cast<std::size_t>(match_length_) < candidate &&
                   text_[candidate - 1 - static_cast<std::size_t>(match_length_)] ==
                       text_[text_.size() - 1 - static_cast<std::size_t>(match_length_)])
                ++match_length_;
            match_at_ = candidate;
            if (match_length_ < static_cast<int>(least)) match_length_ = 0;
        }
        recent_[slot] = text_.size();
    }
    void begin_letter() {
        letter_ = 1;
        std::uint64_t mask = 0;
        for (std::size_t i = 0; i < order_count - 1; ++i) {
            mask = mask << 8 | 0xFFu;
            std::uint64_t const recent = last_ & mask;
            hashes_[i] = static_cast<std::uint32_t>((recent * 0x9E3779B97F4A7C15ull) >> 29) +
                         static_cast<std::uint32_t>(i + 1) * 0x3C6EF372u;
        }
        hashes_[order_count - 1] = word_ * 0x2545F491u + word_before_ * 0x85EBCA6Bu + 0x1B873593u;
    }
    void predict() {
        std::size_t at = 0;
        auto const add = [&](int value) { inputs_[at++] = value; };
        places_[0] = Table::place(letter_ * 0xCC9E2D51u);
        add(stretch_(table_.probability(places_[0])));
        for (std::size_t i = 0; i < order_count; ++i) {
            places_[i + 1] = Table::place((hashes_[i] + letter_ * 0x7FEB352Du) ^ (hashes_[i] >> 15));
            add(stretch_(table_.probability(places_[i + 1])));
        }
        std::uint32_t const expected = match_length_ > 0 ? (static_cast<unsigned char>(text_[match_at_]) | 256u) : 0u;
        int const shift = 7 - bits_read();
        bool const still_fits = match_length_ > 0 && expected >> (shift + 1) == letter_;
        if (!still_fits) match_length_ = 0;
        if (match_length_ > 0) {
            predicted_bit_ = static_cast<int>(expected >> shift & 1u);
            match_place_ = Table::place(0x5BD1E995u + static_cast<std::uint32_t>(match_length_));
            int const strength = stretch_(table_.probability(match_place_));
            add(predicted_bit_ ? strength : -strength);
        } else {
            add(0);
        }
        weight_set_ = match_length_ == 0 ? 0 : match_length_ < 8 ? 1 : match_length_ < 31 ? 2 : 3;
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < input_count; ++i)
            sum += static_cast<std::int64_t>(inputs_[i]) * weights_[weight_set_ * input_count + i];
        mixed_ = squash(static_cast<int>(std::clamp<std::int64_t>(sum >> 16, -2047, 2047)));
        final_ = std::clamp(mixed_, 1, 4095);
    }
    [[nodiscard]] int bits_read() const {
        int bits = 0;
        for (std::uint32_t rest = letter_; rest > 1; rest >>= 1) ++bits;
        return bits;
    }

    Stretch stretch_;
    Table table_;
    std::array<std::uint32_t, order_count> hashes_{};
    std::array<std::size_t, order_count + 1> places_{};
    std::array<int, input_count> inputs_{};
    std::array<int, input_count * 4> weights_{};
    std::size_t weight_set_ = 0;
    std::uint32_t letter_ = 1; // a 1, then the bits of the letter so far
    std::uint64_t last_ = 0;   // the last eight letters
    std::uint32_t word_ = 0, word_before_ = 0;
    std::string text_;
    std::array<std::size_t, 4096> recent_{}; // where text last stood after these four letters
    std::size_t match_at_ = 0, match_place_ = 0;
    int match_length_ = 0, predicted_bit_ = 0;
    int mixed_ = 2048, final_ = 2048;
};

namespace {

// Arithmetic coding with 32 bits, carries avoided by sending out a byte once both ends agree on it.
std::uint32_t split_point(std::uint32_t low, std::uint32_t high, int probability) {
    return low +
           static_cast<std::uint32_t>((std::uint64_t{high - low} * static_cast<std::uint32_t>(probability)) >> 12);
}

}

TextCoder::TextCoder() = default;
TextCoder::~TextCoder() = default;
TextCoder::TextCoder(TextCoder&&) noexcept = default;

TextCoder::Predictor const& TextCoder::primed() const {
    if (!primed_) primed_ = std::make_unique<Predictor const>();
    return *primed_;
}

TextCoder::Packed TextCoder::pack(std::string_view text, std::size_t most_bytes) const {
    Packed out;
    if (text.empty()) return out;
    auto const copy = std::make_unique<Predictor>(primed()); // too large for the stack
    Predictor& predictor = *copy;
    std::uint32_t low = 0, high = 0xFFFFFFFFu;
    for (char const c : text) {
        for (int i = 7; i >= 0; --i) {
            int const bit = static_cast<unsigned char>(c) >> i & 1;
            std::uint32_t const middle = split_point(low, high, predictor.next());
            (bit ? high : low) = bit ? middle : middle + 1;
            predictor.learn(bit);
            for (; (low ^ high) >> 24 == 0; low <<= 8, high = high << 8 | 255u)
                out.bytes += static_cast<char>(static_cast<unsigned char>(high >> 24));
        }
        if (out.bytes.size() + 1 > most_bytes) return out;
        ++out.letters;
    }
    out.bytes += static_cast<char>(static_cast<unsigned char>((low >> 24) + 1)); // the reader goes on with zeros
    return out;
}

std::string TextCoder::unpack(std::string_view packed, std::size_t size) const {
    std::string out;
    if (size == 0) return out;
    auto const copy = std::make_unique<Predictor>(primed());
    Predictor& predictor = *copy;
    std::uint32_t low = 0, high = 0xFFFFFFFFu, code = 0;
    std::size_t at = 0;
    auto const take = [&] { return at < packed.size() ? static_cast<unsigned char>(packed[at++]) : 0u; };
    for (int i = 0; i < 4; ++i) code = code << 8 | take();
    while (out.size() < size) {
        unsigned letter = 0;
        for (int i = 0; i < 8; ++i) {
            std::uint32_t const middle = split_point(low, high, predictor.next());
            int const bit = code <= middle ? 1 : 0;
            (bit ? high : low) = bit ? middle : middle + 1;
            predictor.learn(bit);
            letter = letter << 1 | static_cast<unsigned>(bit);
            for (; (low ^ high) >> 24 == 0; low <<= 8, high = high << 8 | 255u) code = code << 8 | take();
        }
        out += static_cast<char>(static_cast<unsigned char>(letter));
    }
    return out;
}

}
