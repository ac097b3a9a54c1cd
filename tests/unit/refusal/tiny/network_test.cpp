#include "refusal/tiny/network.hpp"

#include "refusal/tiny/documents.hpp"
#include "refusal/tiny/objective.hpp"

#include <cmath>
#include <string>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

namespace {

Shape small_shape(World const& world) {
    Shape shape;
    shape.vocabulary = world.vocabulary();
    shape.width = 16;
    shape.heads = 2;
    shape.hidden = 32;
    return shape;
}

// Weights large enough that every path carries some gradient, and words long enough that a nudge of one number is small
// beside them (the norms make the loss a curved function of short ones).
std::vector<float> lively_weights(Shape const& shape, unsigned long long seed) {
    auto weights = initial_weights(shape, seed);
    std::size_t const words = Layout(shape).layers.front().attention_gain.offset;
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= i < words ? 15.0f : 1.5f;
    return weights;
}

// Compares d loss / d weights with central differences: in every block of the layout along three random halves of the
// gradient, where the slope is their length. (Single weights say little: half of them bend a ReLU within any nudge that
// float32 can resolve.)
template <class Loss>
void check_gradient(Shape const& shape, std::vector<float> const& weights, std::vector<float> const& gradient,
                    Loss loss) {
    cw::Random random(99);
    for (Block const& block : Layout(shape).blocks())
        for (int half = 0; half < 3; ++half) {
            std::vector<float> along(weights.size(), 0.0f);
            double length = 0;
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                if (random.below(2) == 0) {
                    along[i] = gradient[i];
                    length += static_cast<double>(gradient[i]) * static_cast<double>(gradient[i]);
                }
            length = std::sqrt(length);
            double const nudge = 4e-3;
            auto const loss_at = [&](double distance) {
                auto moved = weights;
                for (std::size_t i = 0; i < moved.size(); ++i)
                    moved[i] += static_cast<float>(distance / length) * along[i];
                return loss(moved);
            };
            double const slope = (loss_at(nudge) - loss_at(-nudge)) / (2 * nudge);
            INFO("block at ", block.offset, ": gradient ", length, ", finite difference ", slope);
            CHECK(length > 0.003);
            CHECK(std::fabs(slope / length - 1) < 0.01);
        }
}

}

TEST_CASE("refusal.tiny.network: the text loss's gradient agrees with finite differences in every matrix") {
    World const world;
    Shape const shape = small_shape(world);
    auto const weights = lively_weights(shape, 5);
    cw::Random random(3);
    std::vector<Document> documents;
    for (int i = 0; i < 12; ++i) documents.push_back(pretraining_document(world, random));
    Network network(shape);
    std::vector<float> gradient(weights.size(), 0.0f);
    text_loss(network, weights, documents, 1.0f, gradient);
    check_gradient(shape, weights, gradient,
                   [&](auto const& nudged) { return text_loss(network, nudged, documents, 1.0f, {}); });
}

TEST_CASE("refusal.tiny.network: the preference loss's gradient agrees with finite differences in every matrix") {
    World const world;
    Shape const shape = small_shape(world);
    auto const policy = lively_weights(shape, 6);
    auto const reference = lively_weights(shape, 7);
    cw::Random random(4);
    PairSettings pair_settings;
    pair_settings.depth_share = 0.5;
    pair_settings.harm_weight = 2;
    std::vector<AnswerPair> pairs;
    for (int i = 0; i < 8; ++i) pairs.push_back(answer_pair(world, pair_settings, random));
    Network network(shape);
    std::vector<float> gradient(policy.size(), 0.0f);
    std::vector<float> unused(policy.size());
    PreferenceSettings settings;
    settings.anchor = 0; // its cross-entropy is not part of the reported loss
    preference_loss(network, policy, reference, pairs, settings, gradient);
    check_gradient(shape, policy, gradient, [&](auto const& nudged) {
        return preference_loss(network, nudged, reference, pairs, settings, unused).loss;
    });
}

TEST_CASE("refusal.tiny.network: so does the gradient of the anchor, the chosen answers' own cross-entropy") {
    World const world;
    Shape const shape = small_shape(world);
    auto const policy = lively_weights(shape, 10);
    auto const reference = lively_weights(shape, 11);
    cw::Random random(5);
    PairSettings pair_settings;
    pair_settings.harm_weight = 2;
    std::vector<AnswerPair> pairs;
    std::vector<Tokens> prompts, chosen;
    double all_weight = 0;
    for (int i = 0; i < 8; ++i) {
        pairs.push_back(answer_pair(world, pair_settings, random));
        prompts.push_back(pairs.back().prompt);
        chosen.push_back(pairs.back().chosen);
        all_weight += static_cast<double>(pairs.back().weight);
    }
    Network network(shape);
    std::vector<float> gradient(policy.size(), 0.0f);
    std::vector<float> unused(policy.size());
    PreferenceSettings const settings{0.3, 2.0};
    preference_loss(network, policy, reference, pairs, settings, gradient);
    check_gradient(shape, policy, gradient, [&](auto const& nudged) {
        double loss = preference_loss(network, nudged, reference, pairs, settings, unused).loss;
        Batch batch;
        auto const likely = score_answers(network, nudged, batch, prompts, chosen, 1).log_likelihoods;
        for (std::size_t i = 0; i < pairs.size(); ++i)
            loss -= settings.anchor * static_cast<double>(pairs[i].weight) / all_weight * likely[i] /
                    static_cast<double>(chosen[i].size());
        return loss;
    });
}

TEST_CASE("refusal.tiny.network: a branch scores like the same words in one piece, to the last bit") {
    World const world;
    Shape const shape = small_shape(world);
    auto const weights = lively_weights(shape, 8);
    Tokens const prompt{0, 2, 40, 41, 42, 3};
    Tokens const reply{7, 8, 9, 10};
    Tokens whole = prompt;
    whole.insert(whole.end(), reply.begin(), reply.end());
    Network network(shape);
    Batch batch;
    std::vector<float> branched;
    std::vector<float> straight;
    int const root = batch.add(prompt);
    batch.branch(root, Tokens{11, 12});
    int const branch = batch.branch(root, reply);
    network.forward(weights, batch);
    network.logits(weights, std::vector<int>{batch.last_row(root), batch.last_row(branch)}, branched);
    batch.clear();
    batch.add(Tokens{1, 2, 3});
    int const one = batch.add(whole);
    network.forward(weights, batch);
    network.logits(weights, std::vector<int>{batch.segment(one).first + 5, batch.last_row(one)}, straight);
    CHECK(branched == straight);
}

TEST_CASE("refusal.tiny.network: a direction is projected out everywhere, set in one layer, added in one layer") {
    World const world;
    Shape const shape = small_shape(world);
    auto const weights = lively_weights(shape, 9);
    Network network(shape);
    Batch batch;
    batch.add(Tokens{0, 2, 30, 31, 3});
    std::vector<float> const direction(16, 0.25f); // a unit vector
    auto const along = [&](int layer, int row) {
        double sum = 0;
        for (float const each : network.residual_after(layer, row)) sum += 0.25 * static_cast<double>(each);
        return sum;
    };
    network.forward(weights, batch);
    std::vector<double> plain;
    for (int row = 0; row < batch.rows(); ++row) plain.push_back(along(1, row));

    Intervention const projected{Change::project_out, direction};
    network.forward(weights, batch, &projected);
    for (int layer = 0; layer < shape.layers; ++layer)
        for (int row = 0; row < batch.rows(); ++row) CHECK(std::fabs(along(layer, row)) < 1e-5);
    Intervention const set{Change::set_component, direction, 7.0f, 1};
    network.forward(weights, batch, &set);
    for (int row = 0; row < batch.rows(); ++row) CHECK(std::fabs(along(1, row) - 7) < 1e-4);
    Intervention const added{Change::add, direction, 3.0f, 1};
    network.forward(weights, batch, &added);
    for (int row = 0; row < batch.rows(); ++row)
        CHECK(std::fabs(along(1, row) - plain[static_cast<std::size_t>(row)] - 3) < 1e-4);
}

TEST_CASE("refusal.tiny.shape: the shipped size has 83,264 weights, and sizes that the kernels cannot do are named") {
    CHECK(Layout(Shape{}).total == 83264);
    CHECK(check(Shape{}).has_value());
    Shape shape;
    shape.width = 60;
    CHECK(check(shape).error().where == "width");
    shape = {};
    shape.heads = 3;
    CHECK(check(shape).error().where == "heads");
    shape = {};
    shape.vocabulary = 2048;
    CHECK(check(shape).error().where == "vocabulary");
    shape = {};
    shape.layers = 0;
    CHECK(check(shape).error().where == "layers");
}
