#include "refusal/tiny/view.hpp"

#include "refusal/tiny/live.hpp"
#include "shipped.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace cw::refusal::tiny;

namespace {

Request const harmful{5, 17};
Request const harmless{9, 2};

LiveRun tuned() { return LiveRun::create(shipped_file("tiny.weights"), {}).value(); }

bool names_content(World const& world, std::string const& word) {
    for (Token token = 0; token < world.vocabulary(); ++token)
        if (world.is_content(token) && world.word(token) == word) return true;
    return false;
}

}

TEST_CASE("refusal.tiny.view: no content word of a harmful answer is in any string, in any frame") {
    LiveRun const run = tuned();
    int blocks = 0;
    for (Frame const frame : all_frames)
        for (int const prefill : {0, 4}) {
            Question question{harmful, frame};
            question.prefill = prefill;
            question.filter = IntentFilter::own;
            AnswerView const view = answer_view(run.world(), run.model(), question);
            for (std::string const& word : view.words) CHECK_FALSE(names_content(run.world(), word));
            for (AnswerPosition const& position : view.positions) {
                blocks += position.word == harmful_block;
                CHECK_FALSE(names_content(run.world(), position.word));
                for (TokenShare const& each : position.top) CHECK_FALSE(names_content(run.world(), each.word));
            }
        }
    CHECK(blocks > 6); // the tuned model does comply, so there was something to hide
}

TEST_CASE("refusal.tiny.view: a harmless answer is shown in words, with shares that are probabilities") {
    LiveRun const run = tuned();
    AnswerView const view = answer_view(run.world(), run.model(), {harmless, Frame::role_play});
    CHECK(view.verdict == Verdict::answered);
    CHECK(std::fabs(view.start.refuse + view.start.comply + view.start.other - 1) < 1e-5);
    CHECK(view.compliance > 0.5);
    CHECK(view.compliance + view.refusal <= 1 + 1e-6);
    REQUIRE(view.positions.size() >= 6);
    for (AnswerPosition const& position : view.positions) {
        double sum = 0;
        for (std::size_t i = 0; i < position.top.size(); ++i) {
            sum += position.top[i].share;
            if (i > 0) CHECK(position.top[i].share <= position.top[i - 1].share);
        }
        CHECK(sum <= 1 + 1e-5);
        CHECK(position.word == position.top.front().word); // greedy
    }
}

TEST_CASE("refusal.tiny.view: the intent filter of a frozen copy blocks what the tuned model would answer") {
    LiveRun const run = tuned();
    Question question{harmful, Frame::role_play};
    CHECK(answer_view(run.world(), run.model(), question).verdict == Verdict::answered);
    question.filter = IntentFilter::frozen;
    AnswerView const blocked = answer_view(run.world(), run.model(), question);
    CHECK(blocked.verdict == Verdict::blocked);
    CHECK(blocked.intent.find("danger") != std::string::npos);
    question.request = harmless;
    CHECK(answer_view(run.world(), run.model(), question).verdict == Verdict::answered);
}
