#pragma once
// What one learner did in one lesson, and the text it is saved as. Keyed by the author's ids, never by position or
// label, so that a lesson may be edited under it: what no longer exists is dropped, what is new is untouched.
//
// encode() gives at most state_limit_chars characters of base64url: magic, version, lesson, bit sets, varints, texts
// (compressed), checksum. What does not fit is shed in a fixed order (terminal history, the largest of the learner's
// files, ends of the longest answers; history comes back where a file left room), never position, answers or score, and
// `shed` names it. decode() of damaged, foreign or newer text is an Error that says which, and never a partial
// Progress.

#include "ground/result.hpp"
#include "lesson/types.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cw::lesson {

constexpr std::size_t state_limit_chars = 4096; // cmi.suspend_data of SCORM 1.2

struct QuestionProgress {
    std::string option; // id of the chosen option; empty: none yet
    bool checked = false;
    int tries = 0;          // how often Check was pressed
    int tries_to_right = 0; // 0: not answered rightly yet
    bool operator==(QuestionProgress const&) const = default;
};
struct TaskProgress {
    std::string text; // as typed
    bool submitted = false;
    bool solution_shown = false;
    std::set<std::string> points; // ids the learner ticked
    bool operator==(TaskProgress const&) const = default;
};

struct Progress {
    std::string slide; // where the learner is
    std::set<std::string> visited;
    std::map<std::string, QuestionProgress> questions;
    std::map<std::string, TaskProgress> tasks;
    std::map<std::string, std::string> files; // learner's, by lab and path in its home ("filter/a.py"); no originals
    std::vector<std::string> history;         // terminal, oldest first
    std::map<std::string, double> settings;   // levers and switches, by id (reading view, refusal lab…)
    std::set<std::string> goals;              // ids of goals reached in the labs
    std::uint32_t active_seconds = 0;         // idle time excluded
    std::uint64_t seed = 0;                   // of option order and of the labs
    bool operator==(Progress const&) const = default;
};

struct Encoded {
    std::string text;
    std::vector<std::string> shed; // ids or names of what was left out, empty as a rule
};

[[nodiscard]] Encoded encode(Progress const&, Course const&, std::size_t limit_chars = state_limit_chars);
// Errors: corrupt (damaged), unsupported (written by a newer version), denied (of another lesson).
[[nodiscard]] Result<Progress> decode(std::string_view text, Course const&);

}
