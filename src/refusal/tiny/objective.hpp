#pragma once
// The two losses and their gradients. text_loss: mean cross-entropy of graded tokens. preference_loss: DPO (Rafailov et
// al. 2023, eq. 7) with a weight per pair, plus an anchor that keeps the chosen answer likely (without it both answers
// can sink: "likelihood displacement").
//
//   double const nats = text_loss(network, weights, documents, 1.0f, gradient);   // empty gradient: measure only

#include "refusal/tiny/documents.hpp"
#include "refusal/tiny/network.hpp"

#include <span>
#include <vector>

namespace cw::refusal::tiny {

// Nats per graded token. With a gradient, adds `scale` times d loss / d weights to it.
double text_loss(Network& network, std::span<float const> weights, std::span<Document const> documents, float scale,
                 std::span<float> gradient);

struct PreferenceReport {
    double loss = 0;     // weighted mean of -log sigmoid(margin)
    double accuracy = 0; // share of pairs with a positive margin
    double margin = 0;   // mean of beta * [log-ratio of chosen - log-ratio of rejected]
};

struct PreferenceSettings {
    double beta = 0.3;
    double anchor = 0.1; // weight of the chosen answer's own cross-entropy per token
};

// Adds d loss / d policy to `gradient`. The reference is read only. At least one pair, answers of at least one token,
// weights not all zero.
PreferenceReport preference_loss(Network& network, std::span<float const> policy, std::span<float const> reference,
                                 std::span<AnswerPair const> pairs, PreferenceSettings const& settings,
                                 std::span<float> gradient);

// Row-by-row probabilities of given answers: probabilities[i] is the distribution before the i-th answer token, all
// answers in order. log_likelihoods[a] sums log p over answer a.
struct TeacherForced {
    std::vector<float> probabilities; // [rows, vocabulary]
    std::vector<double> log_likelihoods;
    std::vector<int> rows; // of the network's activations
};

// Scores answers after their prompts; answers[a] follows prompts[a / answers_per_prompt].
TeacherForced score_answers(Network& network, std::span<float const> weights, Batch& batch,
                            std::span<Tokens const> prompts, std::span<Tokens const> answers, int answers_per_prompt);

}
