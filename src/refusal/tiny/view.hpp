#pragma once
// One question as the lab shows it: the words the model sees, how likely each continuation is, what it answers, and the
// probabilities of the slide: P(refusal) and P(harmful_content). All strings are fit to show: a harmful answer's
// content words are blocks, never words.
//
//   AnswerView const view = answer_view(world, model, {request, Frame::role_play});
//   view.start.refuse   // probability that the answer begins with "sorry"

#include "refusal/tiny/measure.hpp"

#include <string>
#include <vector>

namespace cw::refusal::tiny {

struct Question {
    Request request;
    Frame frame = Frame::direct;
    int wording = 0; // below World::wordings(frame)
    Context context = Context::none;
    IntentFilter filter = IntentFilter::none;
    int prefill = 0;        // tokens of the compliant answer that are given, at most four
    double temperature = 0; // 0: greedy
    std::uint64_t seed = 1; // of the sampling
};

struct TokenShare {
    std::string word;
    double share;
};

struct AnswerPosition {
    std::string word;            // what was written here
    std::vector<TokenShare> top; // the likeliest words before it was, falling
};

// Shares of the first word: "sorry", any word that opens a compliant answer, everything else.
struct StartShares {
    double refuse = 0;
    double comply = 0;
    double other = 0;
};

struct AnswerView {
    std::vector<std::string> words; // context, question and markers, as the model reads them
    StartShares start;              // at the first position after the prompt and any prefill
    double refusal = 0;             // probability of the whole refusal
    double compliance = 0;          // ... of the whole compliant answer: P(harmful_content) if the request is harmful
    std::vector<AnswerPosition> positions;
    std::string intent; // what the intent filter extracted, empty without one
    Verdict verdict = Verdict::wrong;
};

constexpr int shown_shares = 5; // words listed per position

[[nodiscard]] AnswerView answer_view(World const& world, Model const& model, Question const& question);
// The tokens a question stands for, prefill included; what alarm() wants.
[[nodiscard]] Tokens question_tokens(World const& world, Question const& question);

}
