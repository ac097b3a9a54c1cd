#include "lesson/limits.hpp"
#include "playing.hpp"

using namespace cw;
using namespace cw::app;
using test::Playing;

TEST_CASE("app.quiz: choose, check, verdict with its reason, try again, and the tries are counted") {
    Playing page;
    page.send(Check{"q1"});
    CHECK(page.said() == "Choose an answer first.");
    CHECK(page.model.session.remarks.at("q1") == "Choose an answer first.");
    CHECK_FALSE(page.has<Save>());
    page.send(Choose{"q1", "creative"});
    CHECK(page.model.session.remarks.empty());
    CHECK(page.saved_all());
    page.send(Check{"q1"});
    CHECK(page.said().find("Not yet. Creative output is") == 0);
    CHECK(page.model.score.questions_right == 0);
    page.send(Check{"q1"}); // nothing new to check
    page.send(Choose{"q1", "prevent"});
    CHECK(page.model.progress.questions.at("q1").option == "creative");
    page.send(TryAgain{"q1"});
    CHECK(page.only<Focus>().node == "quiz/q1/creative");
    CHECK(page.model.progress.questions.at("q1").option.empty());
    page.send(Choose{"q1", "prevent"}).send(Check{"q1"});
    CHECK(page.said().find("Correct. Harmlessness is the constraint") == 0);
    CHECK(page.saved_all());
    lesson::QuestionProgress const& answer = page.model.progress.questions.at("q1");
    CHECK(answer.tries == 2);
    CHECK(answer.tries_to_right == 2);
    CHECK(page.model.score.points == 1);
    page.send(TryAgain{"q1"}).send(Choose{"q1", "execute"}).send(Check{"q1"});
    CHECK(page.model.score.points == 1); // once right stays right
    CHECK(page.model.progress.questions.at("q1").tries_to_right == 2);
}

TEST_CASE("app.quiz: events about what is not there change nothing") {
    Playing page;
    lesson::Progress const before = page.model.progress;
    for (Event const& event :
         {Event{Choose{"q9", "a"}}, Event{Choose{"q1", "nothing"}}, Event{Check{"q9"}}, Event{TryAgain{"q9"}},
          Event{EditAnswer{"t9", "x"}}, Event{SubmitAnswer{"t9"}}, Event{ReviseAnswer{"t9"}}, Event{ShowSolution{"t9"}},
          Event{TickPoint{"t9", "p", true}}, Event{TickPoint{"task-1", "p", true}}, Event{EditCode{"lab9", "x"}},
          Event{SetLever{"b", "l", std::nan("")}}}) {
        page.send(event);
        CHECK_FALSE(page.has<Save>());
    }
    CHECK(page.model.progress == before);
}

TEST_CASE("app.quiz: a shuffled question focuses the option that is shown first") {
    Playing page("sample");
    page.send(Choose{"burst", "ten"}).send(Check{"burst"}).send(TryAgain{"burst"});
    auto const* const question = std::get_if<lesson::Question>(&page.model.course.slides[2].blocks[0]);
    REQUIRE(question);
    auto const first = static_cast<std::size_t>(lesson::option_order(*question, page.model.progress.seed)[0]);
    CHECK(page.only<Focus>().node == "quiz/burst/" + question->options[first].id);
}

TEST_CASE("app.task: an answer is kept as typed, submitted, compared, ticked and revised") {
    Playing page;
    page.send(SubmitAnswer{"task-1"});
    CHECK(page.said() == "Write something first: a few words of your own are enough.");
    CHECK(page.model.session.remarks.count("task-1") == 1);
    CHECK(page.only<Focus>().node == "task/task-1/answer");
    page.send(EditAnswer{"task-1", " \n "}).send(SubmitAnswer{"task-1"});
    CHECK_FALSE(page.model.progress.tasks.at("task-1").submitted);
    page.send(EditAnswer{"task-1", "It plays a role."});
    CHECK(page.model.session.remarks.empty());
    page.send(SubmitAnswer{"task-1"});
    lesson::TaskProgress const& answer = page.model.progress.tasks.at("task-1");
    CHECK(answer.submitted);
    CHECK(answer.solution_shown);
    CHECK(page.said().find("Task 1: answer submitted.") == 0);
    CHECK(page.saved_all());
    CHECK(page.model.score.tasks_done == 1);
    page.send(EditAnswer{"task-1", "late"});
    CHECK(answer.text == "It plays a role.");
    page.send(TickPoint{"task-1", "fiction", true});
    CHECK(page.said() == "1 of 4 points ticked.");
    page.send(TickPoint{"task-1", "helpful", true}).send(TickPoint{"task-1", "fiction", false});
    CHECK(answer.points == std::set<std::string>{"helpful"});
    page.send(ReviseAnswer{"task-1"});
    CHECK(page.only<Focus>().node == "task/task-1/answer");
    CHECK_FALSE(answer.submitted);
    CHECK(answer.points.size() == 1);
    page.send(EditAnswer{"task-1", "Better."}).send(SubmitAnswer{"task-1"});
    CHECK(answer.text == "Better.");
}

TEST_CASE("app.task: the solution can be looked at before") {
    Playing page;
    page.send(ShowSolution{"task-2"});
    CHECK(page.model.progress.tasks.at("task-2").solution_shown);
    CHECK(page.said() == "Task 2: the solution is shown.");
    CHECK(page.model.score.tasks_done == 0);
    page.send(ShowSolution{"task-2"});
    CHECK(page.said().empty());
}

TEST_CASE("app.task: an endless answer is cut at the limit, between characters, and the learner is told") {
    Playing page;
    std::string text;
    while (text.size() <= lesson::answer_limit_bytes) text += "\xE2\x82\xAC";
    page.send(EditAnswer{"task-1", text});
    std::size_t const size = page.model.progress.tasks.at("task-1").text.size();
    CHECK(size <= lesson::answer_limit_bytes);
    CHECK(size % 3 == 0);
    CHECK(page.notice("too_long"));
}

TEST_CASE("app.code: edits are kept, Reset code brings the original back, and Undo the edits") {
    Playing page;
    LabSession const& lab = page.model.session.labs.at("filter");
    CHECK(lab.code == test::repo_file("assets/lessons/ai012-06/safety_filter.py"));
    page.send(EditCode{"filter", "print('mine')\n"});
    CHECK(page.model.progress.files.at("filter/safety_filter.py") == "print('mine')\n");
    page.send(ResetCode{"filter"});
    CHECK(lab.code == lab.original);
    CHECK(page.model.progress.files.empty());
    CHECK(page.saved_all());
    CHECK(page.said() == "safety_filter.py is back to how it was.");
    page.send(UndoResetCode{"filter"});
    CHECK(lab.code == "print('mine')\n");
    CHECK_FALSE(lab.replaced.has_value());
    Playing const again("ai012-06", page.only<Save>().state);
    CHECK(again.model.session.labs.at("filter").code == "print('mine')\n");
    page.send(ResetCode{"filter"}).send(EditCode{"filter", "x\n"}).send(UndoResetCode{"filter"});
    CHECK(lab.code == "x\n"); // too late to undo
}
