#include "refusal/tiny/shape.hpp"

#include "ground/random.hpp"

#include <cmath>
#include <string>

namespace cw::refusal::tiny {

namespace {

Error wrong(char const* what, std::string message) { return Error{ErrorCode::invalid, what, std::move(message)}; }

// Close to normal, from twelve uniforms (variance 1): no logarithm, no cosine, the same bits everywhere.
double near_normal(Random& random) {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += random.unit();
    return sum;
}

}

Result<void> check(Shape const& shape) {
    auto const columns = [](int n, int most) { return n >= 16 && n <= most && n % 16 == 0; };
    if (!columns(shape.vocabulary, 1024)) return wrong("vocabulary", "must be a multiple of 16 from 16 to 1024");
    if (!columns(shape.width, 512)) return wrong("width", "must be a multiple of 16 from 16 to 512");
    if (!columns(shape.hidden, 2048)) return wrong("hidden", "must be a multiple of 16 from 16 to 2048");
    if (shape.layers < 1 || shape.layers > 16) return wrong("layers", "must be from 1 to 16");
    if (shape.positions < 2 || shape.positions > 256) return wrong("positions", "must be from 2 to 256");
    if (shape.heads < 1 || shape.width % shape.heads != 0) return wrong("heads", "must divide the width");
    int const head = shape.head_width();
    if (head != 4 && head != 8 && head != 16 && head != 32) return wrong("heads", "a head is 4, 8, 16 or 32 wide");
    return {};
}

Layout::Layout(Shape const& shape) {
    auto const take = [this](int rows, int columns) {
        Block const block{total, rows, columns, rows == 1};
        total += block.size();
        return block;
    };
    embedding = take(shape.vocabulary, shape.width);
    position = take(shape.positions, shape.width);
    for (int i = 0; i < shape.layers; ++i) {
        Layer layer;
        layer.attention_gain = take(1, shape.width);
        layer.qkv = take(shape.width, 3 * shape.width);
        layer.mix = take(shape.width, shape.width);
        layer.mlp_gain = take(1, shape.width);
        layer.up = take(shape.width, shape.hidden);
        layer.down = take(shape.hidden, shape.width);
        layers.push_back(layer);
    }
    final_gain = take(1, shape.width);
}

std::vector<Block> Layout::blocks() const {
    std::vector<Block> all{embedding, position};
    for (Layer const& layer : layers)
        all.insert(all.end(), {layer.attention_gain, layer.qkv, layer.mix, layer.mlp_gain, layer.up, layer.down});
    all.push_back(final_gain);
    return all;
}

std::vector<float> initial_weights(Shape const& shape, unsigned long long seed) {
    Layout const layout(shape);
    std::vector<float> weights(layout.total, 1.0f);
    Random random(seed);
    auto const fill = [&](Block const& block, double deviation) {
        for (std::size_t i = 0; i < block.size(); ++i)
            weights[block.offset + i] = static_cast<float>(near_normal(random) * deviation);
    };
    double const from_width = 1 / std::sqrt(static_cast<double>(shape.width));
    double const from_hidden = 1 / std::sqrt(static_cast<double>(shape.hidden));
    double const residual = 1 / std::sqrt(2.0 * shape.layers);
    fill(layout.embedding, 0.05);
    fill(layout.position, 0.05);
    for (Layout::Layer const& layer : layout.layers) {
        fill(layer.qkv, from_width);
        fill(layer.mix, from_width * residual);
        fill(layer.up, from_width);
        fill(layer.down, from_hidden * residual);
    }
    return weights;
}

}
