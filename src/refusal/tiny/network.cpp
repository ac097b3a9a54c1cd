#include "refusal/tiny/network.hpp"

#include "ground/assert.hpp"
#include "refusal/tiny/attention.hpp"
#include "refusal/tiny/kernels.hpp"

#include <algorithm>

namespace cw::refusal::tiny {

namespace {

std::size_t product(int a, int b) { return static_cast<std::size_t>(a) * static_cast<std::size_t>(b); }

MatrixView rows_of(std::vector<float> const& matrix, int columns) {
    return {matrix.data(), static_cast<std::size_t>(columns), 1};
}

MatrixView columns_of(std::vector<float> const& matrix, int columns) {
    return {matrix.data(), 1, static_cast<std::size_t>(columns)};
}

void add_scaled(float* row, std::vector<float> const& direction, float factor) {
    for (std::size_t c = 0; c < direction.size(); ++c) row[c] += factor * direction[c];
}

void set_component(float* residual, int rows, std::vector<float> const& direction, float amount) {
    int const width = static_cast<int>(direction.size());
    for (int r = 0; r < rows; ++r, residual += width)
        add_scaled(residual, direction, amount - dot(residual, direction.data(), width));
}

}

void Intervention::apply_inside(float* residual, int rows) const {
    if (change == Change::project_out) set_component(residual, rows, direction, 0.0f);
}

void Intervention::apply_after(float* residual, int rows, int after_layer) const {
    int const width = static_cast<int>(direction.size());
    if (change == Change::project_out) return set_component(residual, rows, direction, 0.0f);
    if (after_layer != layer) return;
    if (change == Change::set_component) return set_component(residual, rows, direction, amount);
    for (int r = 0; r < rows; ++r, residual += width) add_scaled(residual, direction, amount);
}

Network::Network(Shape const& shape) : shape_(shape), layout_(shape), layers_(layout_.layers.size()) {}

void Network::plan_attention() {
    plan_.clear();
    seen_rows_.clear();
    shares_size_ = 0;
    for (Batch::Segment const& segment : batch_->segments()) {
        CW_ASSERT(segment.before + segment.count <= shape_.positions);
        int const padded = rounded_up_4(segment.before + segment.count);
        plan_.push_back({shares_size_, seen_rows_.size(), padded});
        shares_size_ += product(shape_.heads * segment.count, padded);
        if (segment.parent >= 0) {
            int const first = batch_->segment(segment.parent).first;
            for (int i = 0; i < segment.before; ++i) seen_rows_.push_back(first + i);
        }
        for (int i = 0; i < segment.count; ++i) seen_rows_.push_back(segment.first + i);
    }
}

void Network::attention_forward(LayerState& state) const {
    int const width = shape_.width;
    int const head_width = shape_.head_width();
    std::size_t const stride = product(3, width);
    for (std::size_t s = 0; s < plan_.size(); ++s) {
        Batch::Segment const& segment = batch_->segments()[s];
        float* shares = state.shares.data() + plan_[s].shares;
        for (int head = 0; head < shape_.heads; ++head) {
            float const* const base = state.qkv.data() + product(head, head_width);
            HeadRows seen{base + width, base + 2 * width, stride, seen_rows_.data() + plan_[s].seen, segment.before};
            for (int i = 0; i < segment.count; ++i, shares += plan_[s].padded) {
                int const row = segment.first + i;
                ++seen.count;
                attend(state.mixed.data() + product(row, width) + product(head, head_width), shares,
                       base + static_cast<std::size_t>(row) * stride, seen, head_width);
            }
        }
    }
}

void Network::attention_backward(LayerState const& state) {
    int const width = shape_.width;
    int const head_width = shape_.head_width();
    std::size_t const stride = product(3, width);
    qkv_gradient_.assign(state.qkv.size(), 0.0f);
    scratch_.resize(static_cast<std::size_t>(rounded_up_4(shape_.positions)));
    for (std::size_t s = 0; s < plan_.size(); ++s) {
        Batch::Segment const& segment = batch_->segments()[s];
        float const* shares = state.shares.data() + plan_[s].shares;
        for (int head = 0; head < shape_.heads; ++head) {
            std::size_t const column = product(head, head_width);
            float const* const base = state.qkv.data() + column;
            float* const base_gradient = qkv_gradient_.data() + column;
            HeadRows seen{base + width, base + 2 * width, stride, seen_rows_.data() + plan_[s].seen, segment.before};
            for (int i = 0; i < segment.count; ++i, shares += plan_[s].padded) {
                auto const row = static_cast<std::size_t>(segment.first + i);
                ++seen.count;
                attend_backward(base_gradient + row * stride, base_gradient + width, base_gradient + 2 * width,
                                scratch_.data(),
                                mixed_gradient_.data() + row * static_cast<std::size_t>(width) + column, shares,
                                base + row * stride, seen, head_width);
            }
        }
    }
}

void Network::forward(std::span<float const> weights, Batch const& batch, Intervention const* intervention) {
    CW_ASSERT(weights.size() == layout_.total);
    batch_ = &batch;
    plan_attention();
    int const rows = batch.rows();
    int const width = shape_.width;
    std::size_t const size = product(rows, width);
    float const* const w = weights.data();
    residual_.resize(size);
    for (int r = 0; r < rows; ++r) {
        float const* const word = w + layout_.embedding.offset + product(batch.token(r), width);
        float const* const place = w + layout_.position.offset + product(batch.position(r), width);
        for (int c = 0; c < width; ++c) residual_[product(r, width) + static_cast<std::size_t>(c)] = word[c] + place[c];
    }
    if (intervention) intervention->apply_inside(residual_.data(), rows);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
        LayerState& state = layers_[l];
        Layout::Layer const& at = layout_.layers[l];
        state.input = residual_;
        for (auto* normed : {&state.attention_normed, &state.mixed, &state.mlp_normed}) normed->resize(size);
        for (auto* inverse : {&state.attention_inverse, &state.mlp_inverse})
            inverse->resize(static_cast<std::size_t>(rows));
        state.qkv.resize(3 * size);
        state.hidden.resize(product(rows, shape_.hidden));
        state.shares.resize(shares_size_);

        normalise(state.attention_normed.data(), state.attention_inverse.data(), state.input.data(),
                  w + at.attention_gain.offset, rows, width);
        multiply(state.qkv.data(), rows_of(state.attention_normed, width), w + at.qkv.offset, rows, width, 3 * width,
                 Into::overwrite);
        attention_forward(state);
        multiply(residual_.data(), rows_of(state.mixed, width), w + at.mix.offset, rows, width, width,
                 Into::accumulate);
        if (intervention) intervention->apply_inside(residual_.data(), rows);

        state.middle = residual_;
        normalise(state.mlp_normed.data(), state.mlp_inverse.data(), state.middle.data(), w + at.mlp_gain.offset, rows,
                  width);
        multiply(state.hidden.data(), rows_of(state.mlp_normed, width), w + at.up.offset, rows, width, shape_.hidden,
                 Into::overwrite);
        for (float& unit : state.hidden) unit = unit > 0 ? unit : 0.0f;
        multiply(residual_.data(), rows_of(state.hidden, shape_.hidden), w + at.down.offset, rows, shape_.hidden, width,
                 Into::accumulate);
        if (intervention) intervention->apply_after(residual_.data(), rows, static_cast<int>(l));
    }
    final_normed_.resize(size);
    final_inverse_.resize(static_cast<std::size_t>(rows));
    normalise(final_normed_.data(), final_inverse_.data(), residual_.data(), w + layout_.final_gain.offset, rows,
              width);
}

void Network::logits(std::span<float const> weights, std::span<int const> rows, std::vector<float>& out) {
    int const width = shape_.width;
    picked_.resize(rows.size() * static_cast<std::size_t>(width));
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy_n(final_normed_.data() + product(rows[i], width), width,
                    picked_.data() + i * static_cast<std::size_t>(width));
    turned_.resize(layout_.embedding.size());
    transpose(turned_.data(), weights.data() + layout_.embedding.offset, shape_.vocabulary, width);
    out.resize(rows.size() * static_cast<std::size_t>(shape_.vocabulary));
    multiply(out.data(), rows_of(picked_, width), turned_.data(), static_cast<int>(rows.size()), width,
             shape_.vocabulary, Into::overwrite);
}

void Network::layer_backward(std::span<float const> weights, std::size_t layer, std::span<float> gradient) {
    LayerState const& state = layers_[layer];
    Layout::Layer const& at = layout_.layers[layer];
    int const rows = batch_->rows();
    int const width = shape_.width;
    float const* const w = weights.data();
    float* const g = gradient.data();
    // For out = in * W:  d in = d out * W^T  and  d W = in^T * d out.
    auto const through = [&](std::vector<float>& in_gradient, std::vector<float> const& out_gradient,
                             std::vector<float> const& in, Block const& matrix) {
        multiply(g + matrix.offset, columns_of(in, matrix.rows), out_gradient.data(), matrix.rows, rows, matrix.columns,
                 Into::accumulate);
        turned_.resize(matrix.size());
        transpose(turned_.data(), w + matrix.offset, matrix.rows, matrix.columns);
        in_gradient.resize(product(rows, matrix.rows));
        multiply(in_gradient.data(), rows_of(out_gradient, matrix.columns), turned_.data(), rows, matrix.columns,
                 matrix.rows, Into::overwrite);
    };

    through(hidden_gradient_, residual_gradient_, state.hidden, at.down);
    for (std::size_t i = 0; i < hidden_gradient_.size(); ++i)
        hidden_gradient_[i] = state.hidden[i] > 0 ? hidden_gradient_[i] : 0.0f;
    through(normed_gradient_, hidden_gradient_, state.mlp_normed, at.up);
    normalise_backward(residual_gradient_.data(), g + at.mlp_gain.offset, normed_gradient_.data(), state.middle.data(),
                       state.mlp_inverse.data(), w + at.mlp_gain.offset, rows, width);
    through(mixed_gradient_, residual_gradient_, state.mixed, at.mix);
    attention_backward(state);
    through(normed_gradient_, qkv_gradient_, state.attention_normed, at.qkv);
    normalise_backward(residual_gradient_.data(), g + at.attention_gain.offset, normed_gradient_.data(),
                       state.input.data(), state.attention_inverse.data(), w + at.attention_gain.offset, rows, width);
}

void Network::backward(std::span<float const> weights, std::span<int const> rows, std::span<float const> logit_gradient,
                       std::span<float> gradient) {
    CW_ASSERT(batch_ && gradient.size() == layout_.total);
    int const width = shape_.width;
    int const count = static_cast<int>(rows.size());
    float const* const w = weights.data();
    float* const g = gradient.data();
    auto const vocabulary = static_cast<std::size_t>(shape_.vocabulary);

    // The output matrix is the embedding: its gradient comes from here and from the input below.
    picked_.resize(product(count, width));
    for (int i = 0; i < count; ++i)
        std::copy_n(final_normed_.data() + product(rows[static_cast<std::size_t>(i)], width), width,
                    picked_.data() + product(i, width));
    multiply(g + layout_.embedding.offset, {logit_gradient.data(), 1, vocabulary}, picked_.data(), shape_.vocabulary,
             count, width, Into::accumulate);
    multiply(picked_.data(), {logit_gradient.data(), vocabulary, 1}, w + layout_.embedding.offset, count,
             shape_.vocabulary, width, Into::overwrite);
    normed_gradient_.assign(residual_.size(), 0.0f);
    for (int i = 0; i < count; ++i) {
        float* const to = normed_gradient_.data() + product(rows[static_cast<std::size_t>(i)], width);
        for (int c = 0; c < width; ++c) to[c] += picked_[product(i, width) + static_cast<std::size_t>(c)];
    }
    residual_gradient_.assign(residual_.size(), 0.0f);
    normalise_backward(residual_gradient_.data(), g + layout_.final_gain.offset, normed_gradient_.data(),
                       residual_.data(), final_inverse_.data(), w + layout_.final_gain.offset, batch_->rows(), width);
    for (std::size_t l = layers_.size(); l-- > 0;) layer_backward(weights, l, gradient);
    for (int r = 0; r < batch_->rows(); ++r) {
        float* const word = g + layout_.embedding.offset + product(batch_->token(r), width);
        float* const place = g + layout_.position.offset + product(batch_->position(r), width);
        float const* const from = residual_gradient_.data() + product(r, width);
        for (int c = 0; c < width; ++c) {
            word[c] += from[c];
            place[c] += from[c];
        }
    }
}

std::span<float const> Network::residual_after(int layer, int row) const {
    auto const next = static_cast<std::size_t>(layer) + 1;
    std::vector<float> const& residual = next < layers_.size() ? layers_[next].input : residual_;
    return {residual.data() + product(row, shape_.width), static_cast<std::size_t>(shape_.width)};
}

}
