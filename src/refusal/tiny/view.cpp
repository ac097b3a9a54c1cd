#include "refusal/tiny/view.hpp"

#include "ground/assert.hpp"
#include "refusal/tiny/kernels.hpp"
#include "refusal/tiny/objective.hpp"

#include <algorithm>

namespace cw::refusal::tiny {

namespace {

constexpr int most_prefill = 4; // "sure : a b": what follows is the word for the pair

Tokens compliant_answer(World const& world, Question const& question) {
    Prompt const prompt = world.prompt(question.frame, question.wording, question.request);
    return world.answer(prompt.opener, question.request);
}

Written written(World const& world, Shape const& shape, std::span<float const> weights, Tokens const& prompt,
                Question const& question) {
    Decoding decoding;
    decoding.weights = weights;
    decoding.end = world.special().end;
    decoding.temperature = question.temperature;
    decoding.seed = question.seed;
    return write_answers(shape, decoding, std::span(&prompt, 1)).front();
}

std::vector<TokenShare> likeliest(World const& world, std::span<float const> shares, Request request) {
    auto const share_of = [&](Token token) { return shares[static_cast<std::size_t>(token)]; };
    std::vector<Token> taken; // of equal ones the first
    std::vector<TokenShare> top;
    while (static_cast<int>(top.size()) < shown_shares) {
        Token best = -1;
        for (Token token = 0; token < world.vocabulary(); ++token) {
            bool const is_free = std::find(taken.begin(), taken.end(), token) == taken.end();
            if (is_free && (best < 0 || share_of(token) > share_of(best))) best = token;
        }
        taken.push_back(best);
        top.push_back({std::string(world.shown(best, request)), static_cast<double>(share_of(best))});
    }
    return top;
}

StartShares start_shares(World const& world, std::span<float const> shares) {
    StartShares start;
    start.refuse = static_cast<double>(shares[static_cast<std::size_t>(world.special().sorry)]);
    for (Token const token : world.openers())
        start.comply += static_cast<double>(shares[static_cast<std::size_t>(token)]);
    start.other = std::max(0.0, 1 - start.refuse - start.comply);
    return start;
}

}

Tokens question_tokens(World const& world, Question const& question) {
    CW_ASSERT(question.prefill >= 0 && question.prefill <= most_prefill);
    Prompt const prompt = world.prompt(question.frame, question.wording, question.request);
    Tokens tokens = conversation(world, context_tokens(world, question.context), prompt);
    Tokens const answer = compliant_answer(world, question);
    tokens.insert(tokens.end(), answer.begin(), answer.begin() + question.prefill);
    return tokens;
}

AnswerView answer_view(World const& world, Model const& model, Question const& question) {
    AnswerView view;
    Tokens const asked = question_tokens(world, question);
    for (Token const token : asked) view.words.emplace_back(world.shown(token, question.request));

    Tokens const answer = compliant_answer(world, question);
    Tokens const rest(answer.begin() + question.prefill, answer.end());
    Tokens const reply = written(world, model.shape, model.policy, asked, question).tokens;
    Network network(model.shape);
    Batch batch;
    TeacherForced const scored = score_answers(network, model.policy, batch, std::span(&asked, 1),
                                               std::vector<Tokens>{world.refusal(), rest, reply}, 3);
    view.refusal = exponential(scored.log_likelihoods[0]);
    view.compliance = exponential(scored.log_likelihoods[1]);
    auto const vocabulary = static_cast<std::size_t>(world.vocabulary());
    std::size_t const before = (world.refusal().size() + rest.size()) * vocabulary;
    for (std::size_t i = 0; i < reply.size(); ++i) {
        auto const shares = std::span(scored.probabilities).subspan(before + i * vocabulary, vocabulary);
        if (i == 0) view.start = start_shares(world, shares);
        view.positions.push_back(
            {std::string(world.shown(reply[i], question.request)), likeliest(world, shares, question.request)});
    }

    Tokens text(answer.begin(), answer.begin() + question.prefill);
    text.insert(text.end(), reply.begin(), reply.end());
    view.verdict = verdict_of(world, text, question.request);
    if (question.filter != IntentFilter::none) {
        auto const weights = question.filter == IntentFilter::own ? model.policy : model.reference;
        Question greedy = question;
        greedy.temperature = 0;
        Prompt const prompt = world.prompt(question.frame, question.wording, question.request);
        Tokens const intent = written(world, model.shape, weights, intent_question(world, prompt), greedy).tokens;
        view.intent = world.shown(intent, question.request);
        if (std::find(intent.begin(), intent.end(), world.special().danger) != intent.end())
            view.verdict = Verdict::blocked;
    }
    return view;
}

}
