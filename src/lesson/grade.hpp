#pragma once
// How questions are marked and what the whole lesson adds up to. Pure: the same course and progress give the same
// score everywhere.

#include "lesson/progress.hpp"
#include "lesson/types.hpp"

#include <vector>

namespace cw::lesson {

enum class Mark { open, right, wrong };

struct Score {
    int points = 0, most_points = 0;
    int questions_right = 0, questions = 0;
    int tasks_done = 0, tasks = 0; // submitted; not marked by us
    double completion = 0;         // 0 to 1: slides visited, questions answered rightly, tasks submitted
};

// `open` until checked, and again when the chosen option has been edited away.
[[nodiscard]] Mark mark(Question const&, QuestionProgress const&);
// A question that was once answered rightly stays right: looking at its other options costs nothing.
[[nodiscard]] Score score(Course const&, Progress const&);
// Indices into question.options in the order to show, from the saved seed; a permutation that depends on ids only.
[[nodiscard]] std::vector<int> option_order(Question const&, std::uint64_t seed);

}
