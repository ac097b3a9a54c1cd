#include "terminal/commands/deflate.hpp"

#include <algorithm>

namespace cw::terminal::commands {

using namespace deflate_format;

namespace {

constexpr int longest_length_code = 7;
constexpr int shortest_match = 3, longest_match = 258;
constexpr std::size_t most_stored = 65535;
constexpr std::size_t block_tokens = 32767;
constexpr int far_for_three = 4096; // a repeat of three bytes from further away is not worth it
constexpr unsigned hash_bits = 15;

template <class Table>
int code_of(Table const& bases, int value) {
    return static_cast<int>(std::upper_bound(std::begin(bases), std::end(bases), value) - std::begin(bases)) - 1;
}

// How hard to look: for one more byte ahead only after a shorter match than this (a quick level does not look ahead,
// and leaves out the inside of longer matches); content with a match of this length; this many places at most.
struct Effort {
    int lazy, nice, chain;
};
constexpr int slow_level = 4;
constexpr Effort efforts[] = {{4, 8, 4},      {5, 16, 8},     {6, 32, 32},      {4, 16, 16},     {16, 32, 32},
                              {16, 128, 128}, {32, 128, 256}, {128, 258, 1024}, {258, 258, 4096}};

// Symbols and joined trees of symbols, the lightest first; of equal weight, the lower. A heap, whose order among equals
// is the one that other programs have, so that files come out as long as theirs.
class Forest {
  public:
    explicit Forest(std::vector<std::uint32_t> const& counts) {
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts[i] != 0) add(counts[i], 0);
        for (std::size_t i = heap_.size() / 2; i-- > 0;) sink(i);
    }
    // The depth of each symbol that has a count, in order.
    std::vector<int> depths() {
        std::size_t const leaves = trees_.size();
        while (heap_.size() > 1) {
            std::size_t const a = heap_[0];
            heap_[0] = heap_.back();
            heap_.pop_back();
            sink(0);
            std::size_t const b = heap_[0];
            trees_[a].parent = trees_[b].parent = trees_.size();
            heap_[0] = trees_.size();
            trees_.push_back(
                {trees_[a].weight + trees_[b].weight, std::max(trees_[a].height, trees_[b].height) + 1, 0});
            sink(0);
        }
        std::vector<int> out(leaves);
        for (std::size_t i = 0; i < leaves; ++i)
            for (std::size_t at = i; trees_[at].parent != 0; at = trees_[at].parent) ++out[i];
        return out;
    }

  private:
    struct Tree {
        std::uint64_t weight;
        int height;
        std::size_t parent;
    };
    void add(std::uint64_t weight, int height) {
        heap_.push_back(trees_.size());
        trees_.push_back({weight, height, 0});
    }
    [[nodiscard]] bool lighter(std::size_t a, std::size_t b) const {
        Tree const &x = trees_[a], &y = trees_[b];
        return x.weight < y.weight || (x.weight == y.weight && x.height <= y.height);
    }
    void sink(std::size_t at) {
        std::size_t const tree = heap_[at];
        for (std::size_t child = 2 * at + 1; child < heap_.size(); child = 2 * at + 1) {
            if (child + 1 < heap_.size() && lighter(heap_[child + 1], heap_[child])) ++child;
            if (lighter(tree, heap_[child])) break;
            heap_[at] = heap_[child];
            at = child;
        }
        heap_[at] = tree;
    }

    std::vector<Tree> trees_;
    std::vector<std::size_t> heap_;
};

// The lengths of the best code for these counts, none longer than `most`.
std::vector<std::uint8_t> code_lengths(std::vector<std::uint32_t> counts, int most) {
    // There are always two codes at least.
    auto const used = [&] { return std::ptrdiff_t(counts.size()) - std::count(counts.begin(), counts.end(), 0u); };
    for (std::size_t i = 0; used() < 2; ++i)
        if (counts[i] == 0) counts[i] = 1;
    for (;;) {
        std::vector<int> const depths = Forest(counts).depths();
        if (*std::max_element(depths.begin(), depths.end()) <= most) {
            std::vector<std::uint8_t> lengths(counts.size());
            for (std::size_t i = 0, leaf = 0; i < counts.size(); ++i)
                if (counts[i] != 0) lengths[i] = static_cast<std::uint8_t>(depths[leaf++]);
            return lengths;
        }
        for (std::uint32_t& count : counts) count = (count + 1) / 2;
    }
}

// The code of each symbol, its first bit lowest.
std::vector<std::uint16_t> codes_of(std::vector<std::uint8_t> const& lengths) {
    std::vector<std::uint16_t> codes(lengths.size());
    unsigned next = 0;
    for (int length = 1; length <= longest_code; ++length, next <<= 1)
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            if (lengths[i] != length) continue;
            for (int bit = 0; bit < length; ++bit)
                if (next >> bit & 1) codes[i] = static_cast<std::uint16_t>(codes[i] | 1u << (length - 1 - bit));
            ++next;
        }
    return codes;
}

struct LengthRun { // a symbol of the code for code lengths
    std::uint8_t symbol, extra, extra_bits;
};

std::vector<LengthRun> runs_of(std::vector<std::uint8_t> const& lengths) {
    std::vector<LengthRun> runs;
    for (std::size_t i = 0; i < lengths.size();) {
        std::uint8_t const value = lengths[i];
        std::size_t same = 1;
        while (i + same < lengths.size() && lengths[i + same] == value) ++same;
        i += same;
        if (value != 0) {
            runs.push_back({value, 0, 0});
            --same;
        }
        while (same >= 3) {
            std::size_t const now = std::min<std::size_t>(same, value != 0 ? 6 : 138);
            std::size_t const least = now > 10 ? 11 : 3;
            auto const extra = static_cast<std::uint8_t>(now - least);
            runs.push_back(value != 0 ? LengthRun{16, extra, 2}
                           : now > 10 ? LengthRun{18, extra, 7}
                                      : LengthRun{17, extra, 3});
            same -= now;
        }
        for (; same > 0; --same) runs.push_back({value, 0, 0});
    }
    return runs;
}

void drop_zeros(std::vector<std::uint8_t>& lengths, std::size_t least) {
    while (lengths.size() > least && lengths.back() == 0) lengths.pop_back();
}

}

Deflater::Deflater(std::string_view bytes, int level)
    : bytes_(bytes), level_(level), head_(std::size_t{1} << hash_bits), previous_(deflate_window) {}

void Deflater::insert(std::size_t at) {
    if (at + shortest_match > bytes_.size()) return;
    auto const byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[i])); };
    std::uint32_t const three = byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16;
    std::int32_t& head = head_[three * 2654435761u >> (32 - hash_bits)];
    previous_[at % deflate_window] = head;
    head = static_cast<std::int32_t>(at);
}

// `at` is the last that was inserted: its chain begins with what came before it. 0 ends a chain, so that the very
// first byte begins no repeat.
Deflater::Match Deflater::find(std::size_t at, int longer_than) const {
    Effort const& effort = efforts[level_ - 1];
    Match best{longer_than, 0};
    int const most = static_cast<int>(std::min<std::size_t>(longest_match, bytes_.size() - at));
    std::int32_t candidate = most < shortest_match ? 0 : previous_[at % deflate_window];
    for (int tries = effort.chain; candidate > 0 && tries > 0 && best.length < most; --tries) {
        auto const from = static_cast<std::size_t>(candidate);
        if (at - from >= deflate_window) break;
        int length = 0;
        while (length < most &&
               bytes_[from + static_cast<std::size_t>(length)] == bytes_[at + static_cast<std::size_t>(length)])
            ++length;
        int const distance = static_cast<int>(at - from);
        if (length > best.length && (length > shortest_match || distance <= far_for_three)) best = {length, distance};
        if (best.length >= effort.nice) break;
        candidate = previous_[from % deflate_window];
    }
    return best.distance == 0 ? Match{} : best;
}

void Deflater::add(Match match) {
    if (match.length > 0)
        tokens_.push_back({static_cast<std::uint16_t>(match.length), static_cast<std::uint16_t>(match.distance)});
    else
        tokens_.push_back({static_cast<unsigned char>(bytes_[at_]), 0});
    at_ += static_cast<std::size_t>(std::max(match.length, 1));
}

// Tokens for one block.
void Deflater::gather() {
    tokens_.clear();
    auto const reach = [&](std::size_t at) {
        for (; inserted_ <= at; ++inserted_) insert(inserted_);
    };
    while (at_ < bytes_.size() && tokens_.size() < block_tokens) {
        reach(at_);
        Match match = find(at_, shortest_match - 1);
        int const lazy = efforts[level_ - 1].lazy;
        bool const quick = level_ < slow_level;
        while (!quick && match.length > 0 && match.length < lazy && at_ + 1 < bytes_.size()) {
            reach(at_ + 1);
            Match const next = find(at_ + 1, match.length);
            if (next.length == 0) break;
            add({});
            match = next;
        }
        std::size_t const end = at_ + static_cast<std::size_t>(std::max(match.length, 1));
        add(match);
        if (quick && match.length > lazy) inserted_ = end;
        reach(end - 1);
    }
}

void Deflater::put(std::string& out, std::uint32_t bits, int count) {
    held_ |= bits << held_count_;
    held_count_ += count;
    for (; held_count_ >= 8; held_count_ -= 8, held_ >>= 8) out += static_cast<char>(held_ & 255);
}

void Deflater::put_tokens(std::string& out, std::vector<std::uint8_t> const& literals,
                          std::vector<std::uint8_t> const& distances) {
    auto const literal_code = codes_of(literals), distance_code = codes_of(distances);
    for (Token const token : tokens_) {
        if (token.distance == 0) {
            put(out, literal_code[token.value], literals[token.value]);
            continue;
        }
        int const length = code_of(length_base, token.value), distance = code_of(distance_base, token.distance);
        auto const symbol = static_cast<std::size_t>(first_length + length), far = static_cast<std::size_t>(distance);
        put(out, literal_code[symbol], literals[symbol]);
        put(out, static_cast<std::uint32_t>(token.value - length_base[length]), length_extra[length]);
        put(out, distance_code[far], distances[far]);
        put(out, static_cast<std::uint32_t>(token.distance - distance_base[distance]), distance_extra(distance));
    }
    put(out, literal_code[end_of_block], literals[end_of_block]);
}

void Deflater::put_block(std::string& out, bool last, std::string_view raw) {
    std::vector<std::uint32_t> literal_counts(literal_codes), distance_counts(distance_codes), run_counts(length_codes);
    std::size_t extra_bits = 0;
    literal_counts[end_of_block] = 1;
    for (Token const token : tokens_) {
        if (token.distance == 0) {
            ++literal_counts[token.value];
            continue;
        }
        int const length = code_of(length_base, token.value), distance = code_of(distance_base, token.distance);
        ++literal_counts[static_cast<std::size_t>(first_length + length)];
        ++distance_counts[static_cast<std::size_t>(distance)];
        extra_bits += static_cast<std::size_t>(length_extra[length] + distance_extra(distance));
    }
    std::vector<std::uint8_t> literals = code_lengths(literal_counts, longest_code);
    std::vector<std::uint8_t> distances = code_lengths(distance_counts, longest_code);
    drop_zeros(literals, first_length);
    drop_zeros(distances, 1);
    auto runs = runs_of(literals);
    auto const distance_runs = runs_of(distances);
    runs.insert(runs.end(), distance_runs.begin(), distance_runs.end());
    for (LengthRun const& run : runs) ++run_counts[run.symbol];
    auto const run_lengths = code_lengths(run_counts, longest_length_code);
    std::size_t sent = length_codes;
    while (sent > 4 && run_lengths[length_order[sent - 1]] == 0) --sent;

    auto const plain = fixed_literals();
    std::size_t own_bits = extra_bits + 14 + 3 * sent, fixed_bits = extra_bits;
    for (LengthRun const& run : runs) own_bits += run_lengths[run.symbol] + std::size_t{run.extra_bits};
    for (std::size_t i = 0; i < literals.size(); ++i) {
        own_bits += std::size_t{literal_counts[i]} * literals[i];
        fixed_bits += std::size_t{literal_counts[i]} * plain[i];
    }
    for (std::size_t i = 0; i < distances.size(); ++i) {
        own_bits += std::size_t{distance_counts[i]} * distances[i];
        fixed_bits += std::size_t{distance_counts[i]} * 5;
    }
    std::size_t const fewest = std::min((own_bits + 10) / 8, (fixed_bits + 10) / 8);
    put(out, last ? 1 : 0, 1);
    if (raw.size() <= most_stored && raw.size() + 4 <= fewest) {
        put(out, 0, 2);
        put(out, 0, (8 - held_count_) % 8);
        put(out, static_cast<std::uint32_t>(raw.size()), 16);
        put(out, ~static_cast<std::uint32_t>(raw.size()) & 0xffff, 16);
        out += raw;
    } else if ((fixed_bits + 10) / 8 <= fewest) {
        put(out, 1, 2);
        put_tokens(out, {plain.begin(), plain.end()}, std::vector<std::uint8_t>(distance_codes, 5));
    } else {
        put(out, 2, 2);
        put(out, static_cast<std::uint32_t>(literals.size() - 257), 5);
        put(out, static_cast<std::uint32_t>(distances.size() - 1), 5);
        put(out, static_cast<std::uint32_t>(sent - 4), 4);
        for (std::size_t i = 0; i < sent; ++i) put(out, run_lengths[length_order[i]], 3);
        auto const codes = codes_of(run_lengths);
        for (LengthRun const& run : runs) {
            put(out, codes[run.symbol], run_lengths[run.symbol]);
            put(out, run.extra, run.extra_bits);
        }
        put_tokens(out, literals, distances);
    }
    if (last) put(out, 0, (8 - held_count_) % 8);
}

bool Deflater::more(std::string& out) {
    std::size_t const from = at_;
    gather();
    bool const last = at_ >= bytes_.size();
    put_block(out, last, bytes_.substr(from, at_ - from));
    return !last;
}

}
