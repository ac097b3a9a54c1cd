#include "refusal/tiny/objective.hpp"

#include "refusal/tiny/adam.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

TEST_CASE("refusal.tiny.objective: a policy equal to its reference has the loss log 2 and no margin") {
    World const world;
    Shape const shape;
    auto const weights = initial_weights(shape, 1);
    Network network(shape);
    cw::Random random(1);
    std::vector<AnswerPair> pairs;
    for (int i = 0; i < 4; ++i) pairs.push_back(answer_pair(world, {}, random));
    std::vector<float> gradient(weights.size(), 0.0f);
    auto const report = preference_loss(network, weights, weights, pairs, {}, gradient);
    CHECK(std::fabs(report.loss - std::log(2.0)) < 1e-12);
    CHECK(report.margin == 0.0);
    CHECK(report.accuracy == 0.0);
}

TEST_CASE("refusal.tiny.objective: an untrained model pays log of the vocabulary per token, and steps lower it") {
    World const world;
    Shape const shape;
    auto weights = initial_weights(shape, 2);
    Network network(shape);
    cw::Random random(2);
    std::vector<Document> documents;
    for (int i = 0; i < 8; ++i) documents.push_back(tuning_document(world, random));
    std::vector<float> gradient(weights.size(), 0.0f);
    double const first = text_loss(network, weights, documents, 1.0f, gradient);
    CHECK(std::fabs(first - std::log(208.0)) < 0.4);
    Adam adam(weights.size());
    for (int i = 0; i < 15; ++i) {
        adam.step(weights, gradient, 3e-3f);
        text_loss(network, weights, documents, 1.0f, gradient);
    }
    CHECK(text_loss(network, weights, documents, 1.0f, {}) < first - 1.0);
}

TEST_CASE("refusal.tiny.adam: the first step moves each weight by the learning rate, against its gradient") {
    std::vector<float> weights{1.0f, 2.0f, 3.0f};
    std::vector<float> gradient{0.3f, -0.02f, 0.0f};
    Adam adam(3);
    CHECK(std::fabs(adam.step(weights, gradient, 0.01f) - std::sqrt(0.0904)) < 1e-6);
    CHECK(std::fabs(weights[0] - 0.99f) < 1e-5f);
    CHECK(std::fabs(weights[1] - 2.01f) < 1e-5f);
    CHECK(weights[2] == 3.0f);
    CHECK(gradient == std::vector<float>{0, 0, 0});
}
