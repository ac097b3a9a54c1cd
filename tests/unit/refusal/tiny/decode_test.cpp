#include "refusal/tiny/decode.hpp"

#include "refusal/tiny/kernels.hpp"
#include "refusal/tiny/world.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

namespace {

// Greedy writing the slow way: the whole text again for each token.
Tokens written_slowly(Shape const& shape, std::vector<float> const& weights, Tokens text, Intervention const* change) {
    Network network(shape);
    Tokens answer;
    std::vector<float> scores;
    while (static_cast<int>(answer.size()) < most_answer_tokens) {
        Batch batch;
        batch.add(text);
        network.forward(weights, batch, change);
        network.logits(weights, std::vector<int>{batch.last_row(0)}, scores);
        softmax(scores.data(), shape.vocabulary);
        answer.push_back(static_cast<Token>(std::max_element(scores.begin(), scores.end()) - scores.begin()));
        if (answer.back() == 1) break;
        text.push_back(answer.back());
    }
    return answer;
}

std::vector<Tokens> many_prompts(World const& world, int count) {
    std::vector<Tokens> prompts;
    for (int i = 0; i < count; ++i) {
        Frame const frame = all_frames[static_cast<std::size_t>(i % frame_count)];
        Prompt const prompt = world.prompt(frame, i % World::wordings(frame), {i % verb_count, i * 7 % object_count});
        prompts.push_back(prompt.tokens);
        prompts.back().insert(prompts.back().begin(), {0, 2});
        prompts.back().push_back(3);
    }
    return prompts;
}

}

TEST_CASE("refusal.tiny.decode: the cache writes what the whole network would, prompt by prompt, changed or not") {
    World const world;
    Shape shape;
    shape.width = 32;
    shape.hidden = 48;
    auto weights = initial_weights(shape, 11);
    for (float& weight : weights) weight *= 2;
    auto const prompts = many_prompts(world, 70); // more than one group
    std::vector<float> direction(32, 0.0f);
    direction[3] = 1.0f;
    Intervention const projected{Change::project_out, direction};
    Intervention const added{Change::add, direction, 5.0f, 0};
    for (Intervention const* change : {static_cast<Intervention const*>(nullptr), &projected, &added}) {
        Decoding decoding;
        decoding.weights = weights;
        decoding.intervention = change;
        auto const answers = write_answers(shape, decoding, prompts);
        for (std::size_t i = 0; i < prompts.size(); i += 9)
            CHECK(answers[i].tokens == written_slowly(shape, weights, prompts[i], change));
    }
}

TEST_CASE("refusal.tiny.decode: sampling is repeatable by seed and follows the probabilities") {
    std::vector<float> const shares{0.1f, 0.6f, 0.3f};
    CHECK(sampled(shares, 1.0, 0.05) == 0);
    CHECK(sampled(shares, 1.0, 0.4) == 1);
    CHECK(sampled(shares, 1.0, 0.95) == 2);
    CHECK(sampled(shares, 1e-4, 0.999) == 1); // nearly greedy
    CHECK(sampled(shares, 1000, 0.3) == 0);   // nearly uniform
    CHECK(sampled(shares, 1e-9, 0.5) == 1);

    World const world;
    Shape const shape;
    auto const weights = initial_weights(shape, 12);
    auto const prompts = many_prompts(world, 3);
    Decoding decoding;
    decoding.weights = weights;
    decoding.temperature = 1;
    auto const tokens = [&](std::uint64_t seed) {
        decoding.seed = seed;
        Tokens all;
        for (Written const& answer : write_answers(shape, decoding, prompts))
            all.insert(all.end(), answer.tokens.begin(), answer.tokens.end());
        return all;
    };
    CHECK(tokens(1) == tokens(1));
    CHECK(tokens(1) != tokens(2));
}

TEST_CASE("refusal.tiny.decode: writing stops at the model's last position") {
    Shape shape;
    shape.positions = 16;
    auto const weights = initial_weights(shape, 13);
    Decoding decoding;
    decoding.weights = weights;
    decoding.end = -1; // never
    std::vector<Tokens> const prompts{Tokens(14, 5), Tokens(16, 5), Tokens(20, 5)};
    auto const answers = write_answers(shape, decoding, prompts);
    CHECK(answers[0].tokens.size() == 3);
    CHECK(answers[1].tokens.size() == 1);
    CHECK(answers[2].tokens.empty());
}
