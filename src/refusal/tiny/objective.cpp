#include "refusal/tiny/objective.hpp"

#include "ground/assert.hpp"
#include "refusal/tiny/kernels.hpp"

#include <algorithm>

namespace cw::refusal::tiny {

double text_loss(Network& network, std::span<float const> weights, std::span<Document const> documents, float scale,
                 std::span<float> gradient) {
    Batch batch;
    std::vector<int> rows;
    Tokens targets;
    for (Document const& document : documents) {
        int const segment = batch.add(std::span(document.tokens).first(document.tokens.size() - 1));
        for (std::size_t i = 1; i < document.tokens.size(); ++i)
            if (document.graded[i]) {
                rows.push_back(batch.segment(segment).first + static_cast<int>(i) - 1);
                targets.push_back(document.tokens[i]);
            }
    }
    network.forward(weights, batch);
    std::vector<float> scores;
    network.logits(weights, rows, scores);
    int const vocabulary = network.shape().vocabulary;
    float const share = scale / static_cast<float>(rows.size());
    double loss = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        float* const row = scores.data() + i * static_cast<std::size_t>(vocabulary);
        double const score = static_cast<double>(row[targets[i]]);
        loss += softmax(row, vocabulary) - score;
        row[targets[i]] -= 1.0f; // d loss / d logits = p - onehot
        for (int t = 0; t < vocabulary; ++t) row[t] *= share;
    }
    if (!gradient.empty()) network.backward(weights, rows, scores, gradient);
    return loss / static_cast<double>(rows.size());
}

TeacherForced score_answers(Network& network, std::span<float const> weights, Batch& batch,
                            std::span<Tokens const> prompts, std::span<Tokens const> answers, int answers_per_prompt) {
    TeacherForced result;
    batch.clear();
    int prompt = -1;
    for (std::size_t a = 0; a < answers.size(); ++a) {
        if (a % static_cast<std::size_t>(answers_per_prompt) == 0)
            prompt = batch.add(prompts[a / static_cast<std::size_t>(answers_per_prompt)]);
        Tokens const& answer = answers[a];
        int const branch = batch.branch(prompt, std::span(answer).first(answer.size() - 1));
        result.rows.push_back(batch.last_row(prompt)); // the prompt's end predicts the first answer token
        for (std::size_t i = 0; i + 1 < answer.size(); ++i)
            result.rows.push_back(batch.segment(branch).first + static_cast<int>(i));
    }
    network.forward(weights, batch);
    network.logits(weights, result.rows, result.probabilities);
    int const vocabulary = network.shape().vocabulary;
    float* row = result.probabilities.data();
    for (Tokens const& answer : answers) {
        double sum = 0;
        for (Token const token : answer) {
            double const score = static_cast<double>(row[token]);
            sum += score - softmax(row, vocabulary);
            row += vocabulary;
        }
        result.log_likelihoods.push_back(sum);
    }
    return result;
}

PreferenceReport preference_loss(Network& network, std::span<float const> policy, std::span<float const> reference,
                                 std::span<AnswerPair const> pairs, PreferenceSettings const& settings,
                                 std::span<float> gradient) {
    CW_ASSERT(!pairs.empty());
    std::vector<Tokens> prompts;
    std::vector<Tokens> answers; // chosen, rejected, chosen, rejected ...
    double all_weight = 0;
    for (AnswerPair const& pair : pairs) {
        prompts.push_back(pair.prompt);
        answers.push_back(pair.chosen);
        answers.push_back(pair.rejected);
        all_weight += static_cast<double>(pair.weight);
    }
    Batch batch;
    std::vector<double> const before = score_answers(network, reference, batch, prompts, answers, 2).log_likelihoods;
    TeacherForced now = score_answers(network, policy, batch, prompts, answers, 2);

    PreferenceReport report;
    int const vocabulary = network.shape().vocabulary;
    float* row = now.probabilities.data();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        AnswerPair const& pair = pairs[i];
        double const weight = static_cast<double>(pair.weight) / all_weight;
        double const margin = settings.beta * ((now.log_likelihoods[2 * i] - before[2 * i]) -
                                               (now.log_likelihoods[2 * i + 1] - before[2 * i + 1]));
        double const odds = exponential(std::clamp(-margin, -80.0, 80.0));
        double const wrong = odds / (1 + odds); // sigmoid(-margin)
        report.loss += weight * logarithm(1 + odds);
        report.accuracy += margin > 0 ? 1.0 : 0.0;
        report.margin += margin;
        // d loss / d log p = -beta sigmoid(-margin) for the chosen answer, the opposite for the rejected one; and
        // d (-log p(y)) / d logits = p - onehot(y).
        double const push = weight * settings.beta * wrong;
        double const anchor = settings.anchor * weight / static_cast<double>(pair.chosen.size());
        for (Tokens const* answer : {&pair.chosen, &pair.rejected}) {
            auto const factor = static_cast<float>(answer == &pair.chosen ? push + anchor : -push);
            for (Token const token : *answer) {
                row[token] -= 1.0f;
                for (int t = 0; t < vocabulary; ++t) row[t] *= factor;
                row += vocabulary;
            }
        }
    }
    network.backward(policy, now.rows, now.probabilities, gradient);
    report.accuracy /= static_cast<double>(pairs.size());
    report.margin /= static_cast<double>(pairs.size());
    return report;
}

}
