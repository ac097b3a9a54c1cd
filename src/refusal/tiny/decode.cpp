#include "refusal/tiny/decode.hpp"

#include "ground/assert.hpp"
#include "ground/random.hpp"
#include "refusal/tiny/attention.hpp"
#include "refusal/tiny/kernels.hpp"

#include <algorithm>
#include <numeric>

namespace cw::refusal::tiny {

namespace {

std::size_t product(int a, int b) { return static_cast<std::size_t>(a) * static_cast<std::size_t>(b); }

// Sequences that advance together, one token per step. cache[layer] holds [sequence, position, query|key|value].
class Lockstep {
  public:
    Lockstep(Shape const& shape, Decoding const& decoding, int sequences)
        : shape_(shape), layout_(shape), decoding_(decoding), positions_(static_cast<std::size_t>(shape.positions)) {
        std::iota(positions_.begin(), positions_.end(), 0);
        cache_.assign(layout_.layers.size(),
                      std::vector<float>(product(sequences, shape.positions) * product(3, shape.width)));
        shares_.resize(static_cast<std::size_t>(rounded_up_4(shape.positions)));
        turned_.resize(layout_.embedding.size());
        transpose(turned_.data(), decoding.weights.data() + layout_.embedding.offset, shape.vocabulary, shape.width);
    }

    // Feeds tokens[i], at `position`, to sequence sequences[i].
    void feed(std::span<int const> sequences, std::span<Token const> tokens, int position);
    // Probabilities of the next token after the i-th sequence of the last feed().
    std::span<float const> next(std::size_t i);

  private:
    void layer(std::size_t index, std::span<int const> sequences, int position);

    Shape shape_;
    Layout layout_;
    Decoding const& decoding_;
    std::vector<int> positions_; // 0, 1, 2 ...: the rows a query sees
    std::vector<std::vector<float>> cache_;
    std::vector<float> residual_, normed_, inverse_, qkv_, mixed_, hidden_, shares_, turned_, row_;
};

void Lockstep::layer(std::size_t index, std::span<int const> sequences, int position) {
    int const rows = static_cast<int>(sequences.size());
    int const width = shape_.width;
    std::size_t const row_size = product(3, width);
    Layout::Layer const& at = layout_.layers[index];
    float const* const w = decoding_.weights.data();
    auto const view = [](std::vector<float> const& matrix, int columns) {
        return MatrixView{matrix.data(), static_cast<std::size_t>(columns), 1};
    };
    normalise(normed_.data(), inverse_.data(), residual_.data(), w + at.attention_gain.offset, rows, width);
    multiply(qkv_.data(), view(normed_, width), w + at.qkv.offset, rows, width, 3 * width, Into::overwrite);
    for (int r = 0; r < rows; ++r) {
        float* const cached =
            cache_[index].data() + product(sequences[static_cast<std::size_t>(r)], shape_.positions) * row_size;
        std::copy_n(qkv_.data() + static_cast<std::size_t>(r) * row_size, row_size,
                    cached + static_cast<std::size_t>(position) * row_size);
        for (int head = 0; head < shape_.heads; ++head) {
            float const* const base = cached + product(head, shape_.head_width());
            HeadRows const seen{base + width, base + 2 * width, row_size, positions_.data(), position + 1};
            attend(mixed_.data() + product(r, width) + product(head, shape_.head_width()), shares_.data(),
                   base + static_cast<std::size_t>(position) * row_size, seen, shape_.head_width());
        }
    }
    Intervention const* const change = decoding_.intervention;
    multiply(residual_.data(), view(mixed_, width), w + at.mix.offset, rows, width, width, Into::accumulate);
    if (change) change->apply_inside(residual_.data(), rows);
    normalise(normed_.data(), inverse_.data(), residual_.data(), w + at.mlp_gain.offset, rows, width);
    multiply(hidden_.data(), view(normed_, width), w + at.up.offset, rows, width, shape_.hidden, Into::overwrite);
    for (float& unit : hidden_) unit = unit > 0 ? unit : 0.0f;
    multiply(residual_.data(), view(hidden_, shape_.hidden), w + at.down.offset, rows, shape_.hidden, width,
             Into::accumulate);
    if (change) change->apply_after(residual_.data(), rows, static_cast<int>(index));
}

void Lockstep::feed(std::span<int const> sequences, std::span<Token const> tokens, int position) {
    int const rows = static_cast<int>(sequences.size());
    int const width = shape_.width;
    float const* const w = decoding_.weights.data();
    std::size_t const size = product(rows, width);
    for (auto* matrix : {&residual_, &normed_, &mixed_}) matrix->resize(size);
    qkv_.resize(3 * size);
    hidden_.resize(product(rows, shape_.hidden));
    inverse_.resize(static_cast<std::size_t>(rows));
    float const* const place = w + layout_.position.offset + product(position, width);
    for (int r = 0; r < rows; ++r) {
        float const* const word = w + layout_.embedding.offset + product(tokens[static_cast<std::size_t>(r)], width);
        for (int c = 0; c < width; ++c) residual_[product(r, width) + static_cast<std::size_t>(c)] = word[c] + place[c];
    }
    if (decoding_.intervention) decoding_.intervention->apply_inside(residual_.data(), rows);
    for (std::size_t l = 0; l < layout_.layers.size(); ++l) layer(l, sequences, position);
    normalise(normed_.data(), inverse_.data(), residual_.data(), w + layout_.final_gain.offset, rows, width);
}

std::span<float const> Lockstep::next(std::size_t i) {
    auto const width = static_cast<std::size_t>(shape_.width);
    row_.resize(static_cast<std::size_t>(shape_.vocabulary));
    multiply(row_.data(), {normed_.data() + i * width, width, 1}, turned_.data(), 1, shape_.width, shape_.vocabulary,
             Into::overwrite);
    softmax(row_.data(), shape_.vocabulary);
    return row_;
}

// Bounds the cache: 64 sequences of 64 positions take about 6 MB.
constexpr std::size_t most_together = 64;

void write_together(Shape const& shape, Decoding const& decoding, std::span<Tokens const> prompts,
                    std::span<Written> answers, std::uint64_t first_index) {
    Lockstep lockstep(shape, decoding, static_cast<int>(prompts.size()));
    std::vector<int> open(prompts.size());
    std::iota(open.begin(), open.end(), 0);
    std::vector<Random> random;
    for (std::size_t i = 0; i < prompts.size(); ++i) random.emplace_back(decoding.seed + (first_index + i) * 7919);
    for (int position = 0; position < shape.positions && !open.empty(); ++position) {
        auto const at = static_cast<std::size_t>(position);
        Tokens tokens;
        for (int const s : open) {
            auto const i = static_cast<std::size_t>(s);
            tokens.push_back(at < prompts[i].size() ? prompts[i][at] : answers[i].tokens[at - prompts[i].size()]);
        }
        lockstep.feed(open, tokens, position);
        std::vector<int> still_open;
        for (std::size_t row = 0; row < open.size(); ++row) {
            auto const i = static_cast<std::size_t>(open[row]);
            Written& answer = answers[i];
            if (at + 1 >= prompts[i].size()) {
                std::span<float const> const shares = lockstep.next(row);
                if (answer.tokens.empty()) answer.watched_share = shares[static_cast<std::size_t>(decoding.watched)];
                answer.tokens.push_back(
                    decoding.temperature > 0
                        ? sampled(shares, decoding.temperature, random[i].unit())
                        : static_cast<Token>(std::max_element(shares.begin(), shares.end()) - shares.begin()));
                if (answer.tokens.back() == decoding.end) continue;
                if (static_cast<int>(answer.tokens.size()) == decoding.most_tokens) continue;
            }
            still_open.push_back(open[row]);
        }
        open = std::move(still_open);
    }
}

}

Token sampled(std::span<float const> probabilities, double temperature, double u) {
    CW_ASSERT(temperature > 0);
    auto const likeliest = std::max_element(probabilities.begin(), probabilities.end());
    double const top = logarithm(static_cast<double>(*likeliest));
    std::vector<double> shares; // as multiples of the likeliest one's, which a low temperature leaves at 1
    double all = 0;
    for (float const p : probabilities) {
        shares.push_back(p > 0 ? exponential((logarithm(static_cast<double>(p)) - top) / temperature) : 0.0);
        all += shares.back();
    }
    double left = u * all;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        left -= shares[i];
        if (left < 0) return static_cast<Token>(i);
    }
    return static_cast<Token>(likeliest - probabilities.begin()); // u * all rounded up to all
}

std::vector<Written> write_answers(Shape const& shape, Decoding const& decoding, std::span<Tokens const> prompts) {
    std::vector<Written> answers(prompts.size());
    for (std::size_t from = 0; from < prompts.size(); from += most_together) {
        std::size_t const count = std::min(most_together, prompts.size() - from);
        write_together(shape, decoding, prompts.subspan(from, count), std::span(answers).subspan(from, count), from);
    }
    return answers;
}

}
