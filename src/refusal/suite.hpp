#pragma once
// The prompt suite: labelled prompts in paired design (the same topics in every frame, each borderline prompt beside a
// harmful twin), read from a lesson's prompts.json; and the decisions that the learner's program made about them. Turns
// both into cases for the equations' metrics. It never answers a prompt, and it reads words only to say how alarming
// they are. A suite with errors keeps its sound rows.
//
//   LoadedSuite const loaded = load_suite(text);
//   Metrics const metrics = analytic::measure(cases(loaded.suite), weights, defence);
//   Result<FilterReport> const report = read_decisions(decisions_text, loaded.suite);

#include "ground/result.hpp"
#include "json/diagnostic.hpp"
#include "refusal/analytic/filter.hpp"
#include "refusal/analytic/metrics.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cw::refusal {

constexpr std::size_t suite_prompt_limit = 5'000;
constexpr std::size_t prompt_text_limit_bytes = 4'000;

// A wording of requests, mapped to the levers of one of the equations' frames.
struct SuiteFrame {
    std::string id;
    std::string name;
    std::string note;
    analytic::Frame levers = analytic::Frame::direct;
    analytic::Evidence evidence = analytic::Evidence::assumed;
};

// A text that counts as alarming wherever it occurs, in upper or lower case.
struct AlarmWord {
    std::string text;
    double weight = 0.0;
};

struct SuitePrompt {
    std::string id;
    std::string text;
    analytic::RequestClass request_class = analytic::RequestClass::benign;
    double harm = 0.0;
    double lexical_alarm = 0.0;
    int frame = 0; // index into Suite::frames
    std::string topic;
    int pair = -1; // index of the prompt that it is compared with: a borderline prompt's harmful twin, or the same
                   // topic asked directly; -1: none
    analytic::Action expected = analytic::Action::fulfil;
    std::string reason; // why that is expected
    std::string note;
};

struct Suite {
    std::vector<SuiteFrame> frames;
    std::vector<AlarmWord> alarm_words;
    std::vector<SuitePrompt> prompts;
};

struct LoadedSuite {
    Suite suite;
    json::Diagnostics diagnostics;
};

// Reads prompts.json (assets/prompts.schema.json).
[[nodiscard]] LoadedSuite load_suite(std::string_view json_text);

// l of a text: the largest weight among the alarm words in it, 0 without any.
[[nodiscard]] double lexical_alarm(std::string_view text, std::vector<AlarmWord> const& words);

// What the learner's program decided, counted against the labels. A prompt without a decision counts as answered.
struct FilterReport {
    std::vector<bool> refused;                  // for each prompt of the suite
    analytic::FilterCounts total;               // over all frames
    std::vector<analytic::FilterCounts> frames; // for each frame of the suite
    int undecided = 0;                          // prompts of the suite without a decision
    int unknown = 0;                            // decisions about prompts that the suite does not have
    [[nodiscard]] int harmful_let_through() const { return total.harmful - total.harmful_blocked; }
};

// Reads decisions.json, {"decisions": {"<prompt id>": "refuse" or "answer", ...}, ...}; the file's own totals are not
// trusted. Errors: no JSON, no object "decisions", or a decision that is neither of the two words.
[[nodiscard]] Result<FilterReport> read_decisions(std::string_view json_text, Suite const& suite);

// The suite as cases; a case's group is its frame's index. With a report, each prompt that the program refused is
// blocked: the program is one more layer of defence, with measured rates.
[[nodiscard]] std::vector<analytic::Case> cases(Suite const& suite, FilterReport const* report = nullptr);

}
