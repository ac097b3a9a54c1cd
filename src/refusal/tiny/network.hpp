#pragma once
// The transformer: pre-norm RMSNorm blocks, learned positions, ReLU MLP, tied embeddings; forward pass, logits, and a
// hand-written backward pass that a numeric check in the tests covers. Weights are not kept here: one Network serves
// the policy and the frozen reference alike, and holds the activations of the last forward pass, which backward() uses.
// Limits: one thread, float32, sequences no longer than Shape::positions.
//
//   Network network(shape);
//   network.forward(weights, batch);
//   network.logits(weights, rows, scores);                       // scores[rows, vocabulary]
//   network.backward(weights, rows, score_gradient, gradient);   // adds to gradient

#include "refusal/tiny/batch.hpp"
#include "refusal/tiny/shape.hpp"

#include <span>
#include <vector>

namespace cw::refusal::tiny {

// A change to the residual stream along one direction while the model runs.
enum class Change {
    project_out,   // component becomes 0 after the embedding and every block (Arditi et al. 2024, section 2.4)
    set_component, // component becomes `amount` after `layer` (affine concept editing: Marshall et al. 2024)
    add,           // `amount` times the direction is added after `layer` (Arditi et al. 2024, section 2.4)
};

struct Intervention {
    Change change;
    std::vector<float> direction; // unit vector, [width]
    float amount = 0;
    int layer = 0;

    // After the embedding, and between a layer's attention and its MLP.
    void apply_inside(float* residual, int rows) const;
    void apply_after(float* residual, int rows, int after_layer) const;
};

class Network {
  public:
    // `shape` has passed check().
    explicit Network(Shape const& shape);

    [[nodiscard]] Shape const& shape() const { return shape_; }
    [[nodiscard]] Layout const& layout() const { return layout_; }

    // `batch` stays alive and unchanged until backward() is done.
    void forward(std::span<float const> weights, Batch const& batch, Intervention const* intervention = nullptr);
    // Scores of the next token at the given rows; a row may be named twice. `out` is resized to [rows, vocabulary].
    void logits(std::span<float const> weights, std::span<int const> rows, std::vector<float>& out);
    // From d loss / d logits at `rows`, adds d loss / d weights to `gradient`. Only after a forward() with the same
    // weights and without an intervention.
    void backward(std::span<float const> weights, std::span<int const> rows, std::span<float const> logit_gradient,
                  std::span<float> gradient);

    // The residual stream after `layer` at `row`, [width].
    [[nodiscard]] std::span<float const> residual_after(int layer, int row) const;

  private:
    struct LayerState {
        std::vector<float> input, attention_normed, attention_inverse, qkv, shares, mixed;
        std::vector<float> middle, mlp_normed, mlp_inverse, hidden;
    };
    // Where a segment's attention shares begin (all heads, then its rows, each `padded` long) and which rows it sees.
    struct AttentionPlan {
        std::size_t shares;
        std::size_t seen;
        int padded;
    };

    void plan_attention();
    void attention_forward(LayerState& state) const;
    void attention_backward(LayerState const& state);
    void layer_backward(std::span<float const> weights, std::size_t layer, std::span<float> gradient);

    Shape shape_;
    Layout layout_;
    Batch const* batch_ = nullptr;
    std::vector<LayerState> layers_;
    std::vector<AttentionPlan> plan_;
    std::vector<int> seen_rows_;
    std::size_t shares_size_ = 0;
    std::vector<float> residual_, final_normed_, final_inverse_;
    // Room for the passes, kept between calls.
    std::vector<float> turned_, picked_, residual_gradient_, mixed_gradient_, qkv_gradient_, normed_gradient_,
        hidden_gradient_, scratch_;
};

}
