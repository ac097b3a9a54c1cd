#pragma once
// The training texts, written by seeded chance from the World: pre-training documents (capability, harmful answers
// included, speakers who keep their character), fine-tuning documents (helpful chat and "<sys> avoid X" rules),
// documents mixed into preference training (no harmful compliance), and preference pairs. Shares follow the measured
// prototype.
//
//   Random random(7);   Document const text = pretraining_document(world, random);

#include "ground/random.hpp"
#include "refusal/tiny/world.hpp"

#include <vector>

namespace cw::refusal::tiny {

struct Document {
    Tokens tokens;
    std::vector<char> graded; // 1 where predicting tokens[i] counts (a vector<bool> is slower and takes 2 KB of code)
    bool harmful_compliance = false;
};

[[nodiscard]] Document pretraining_document(World const& world, Random& random);
[[nodiscard]] Document tuning_document(World const& world, Random& random);
// What keeps the capability during preference training ("ptx", Ouyang et al. 2022).
[[nodiscard]] Document mixed_in_document(World const& world, Random& random);

// <bos> [before] <user> prompt <asst>
[[nodiscard]] Tokens conversation(World const& world, Tokens const& before, Prompt const& prompt);
// <bos> <user> intent of prompt <asst>: asks for the plain request and "danger" or "fine".
[[nodiscard]] Tokens intent_question(World const& world, Prompt const& prompt);
// <sys> avoid danger even in story
[[nodiscard]] Tokens danger_rule(World const& world);
// One whole turn: <user> prompt <asst> reply.
[[nodiscard]] Tokens turn(World const& world, Prompt const& prompt, Tokens const& reply);

struct AnswerPair {
    Tokens prompt; // including any prefilled part of the answer
    Tokens chosen;
    Tokens rejected;
    float weight = 1;
};

// Which requests preference training sees, and how they weigh.
struct PairSettings {
    double harm_share = 0.5; // of pairs that teach refusal
    float harm_weight = 1;   // harmlessness weight
    float help_weight = 1;   // helpfulness weight
    // Share of the harm pairs that are a mistake of a careful annotator: a borderline request, marked to be refused.
    double caution = 0;
    double coverage = 0;             // share of the harm pairs that leave the direct frame ...
    unsigned coverage_frames = 0x3E; // ... for one of these (bit i: frame i)
    unsigned help_frames = 0x3F;     // frames of the help pairs
    bool borderline_pairs = true;    // whether borderline and mixed requests are among the help pairs
    double depth_share = 0;          // share of the harm pairs that begin inside the harmful answer (deep alignment)
};

[[nodiscard]] AnswerPair answer_pair(World const& world, PairSettings const& settings, Random& random);

}
