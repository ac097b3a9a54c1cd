// Questions, free-text tasks, and the settings of the simulator's levers.

#include "app/turn.hpp"
#include "ground/text.hpp"
#include "lesson/limits.hpp"
#include "lesson/markup.hpp"

#include <algorithm>
#include <cmath>

namespace cw::app {

namespace {

lesson::Option const* find_option(lesson::Question const& question, std::string_view id) {
    for (lesson::Option const& option : question.options)
        if (option.id == id) return &option;
    return nullptr;
}

std::string sentence(std::string const& verdict, lesson::RichText const& feedback) {
    return feedback.empty() ? verdict : verdict + " " + lesson::plain_text(feedback);
}

}

void on(Turn& turn, Choose const& event) {
    auto const* const question = find_block<lesson::Question>(turn.model.course, event.question);
    if (!question || !find_option(*question, event.option)) return;
    lesson::QuestionProgress& progress = turn.model.progress.questions[event.question];
    if (lesson::mark(*question, progress) != lesson::Mark::open) return; // "Try again" comes first
    progress.checked = false;                                            // of an option that was edited away
    progress.option = event.option;
    turn.model.session.remarks.erase(event.question);
    turn.save_now();
}

void on(Turn& turn, Check const& event) {
    auto const* const question = find_block<lesson::Question>(turn.model.course, event.question);
    if (!question) return;
    lesson::QuestionProgress& progress = turn.model.progress.questions[event.question];
    if (lesson::mark(*question, progress) != lesson::Mark::open) return;
    auto const* const option = find_option(*question, progress.option);
    if (!option) {
        std::string const remark = turn.words("quiz.choose_first");
        turn.model.session.remarks[event.question] = remark;
        return turn.announce(remark);
    }
    progress.checked = true;
    ++progress.tries;
    bool const is_right = lesson::mark(*question, progress) == lesson::Mark::right;
    if (is_right && progress.tries_to_right == 0) progress.tries_to_right = progress.tries;
    turn.model.session.remarks.erase(event.question);
    turn.announce(sentence(turn.words(is_right ? "quiz.right" : "quiz.wrong"), option->feedback));
    turn.save_now();
}

void on(Turn& turn, TryAgain const& event) {
    auto const* const question = find_block<lesson::Question>(turn.model.course, event.question);
    if (!question) return;
    lesson::QuestionProgress& progress = turn.model.progress.questions[event.question];
    if (lesson::mark(*question, progress) == lesson::Mark::open) return;
    progress.checked = false;
    progress.option.clear();
    std::vector<int> const order = lesson::option_order(*question, turn.model.progress.seed);
    lesson::Option const& first = question->options[static_cast<std::size_t>(order.front())];
    turn.focus("quiz/" + question->id + "/" + first.id); // the button that had the focus is gone
    turn.announce(turn.words("quiz.again.announce"));
    turn.save_now();
}

void on(Turn& turn, EditAnswer const& event) {
    if (!find_block<lesson::Task>(turn.model.course, event.task)) return;
    lesson::TaskProgress& progress = turn.model.progress.tasks[event.task];
    if (progress.submitted) return;
    std::string text = repaired_utf8(event.text);
    if (cut_to(text, lesson::answer_limit_bytes)) turn.show_notice({"too_long", turn.words("notice.too_long")});
    if (text == progress.text) return;
    progress.text = std::move(text);
    turn.model.session.remarks.erase(event.task);
    turn.save_soon();
}

void on(Turn& turn, SubmitAnswer const& event) {
    auto const* const task = find_block<lesson::Task>(turn.model.course, event.task);
    if (!task) return;
    lesson::TaskProgress& progress = turn.model.progress.tasks[event.task];
    if (progress.submitted) return;
    if (is_blank(progress.text)) {
        std::string const remark = turn.words("task.blank");
        turn.model.session.remarks[event.task] = remark;
        turn.announce(remark);
        return turn.focus("task/" + task->id + "/answer");
    }
    progress.submitted = true;
    progress.solution_shown = true;
    turn.model.session.remarks.erase(event.task);
    turn.focus("task/" + task->id + "/title"); // the button that had the focus is gone
    turn.announce(turn.words("task.submitted", {{"task", task->title}}));
    turn.save_now();
}

void on(Turn& turn, ReviseAnswer const& event) {
    auto const* const task = find_block<lesson::Task>(turn.model.course, event.task);
    if (!task) return;
    lesson::TaskProgress& progress = turn.model.progress.tasks[event.task];
    if (!progress.submitted) return;
    progress.submitted = false; // the solution was seen: it stays, and so do the ticks
    turn.focus("task/" + task->id + "/answer");
    turn.announce(turn.words("task.revising", {{"task", task->title}}));
    turn.save_now();
}

void on(Turn& turn, ShowSolution const& event) {
    auto const* const task = find_block<lesson::Task>(turn.model.course, event.task);
    if (!task) return;
    lesson::TaskProgress& progress = turn.model.progress.tasks[event.task];
    if (progress.solution_shown) return;
    progress.solution_shown = true;
    turn.focus("task/" + task->id + "/solution/title");
    turn.announce(turn.words("task.solution.shown", {{"task", task->title}}));
    turn.save_now();
}

void on(Turn& turn, TickPoint const& event) {
    auto const* const task = find_block<lesson::Task>(turn.model.course, event.task);
    if (!task) return;
    bool const is_point = std::any_of(task->points.begin(), task->points.end(),
                                      [&](lesson::Point const& point) { return point.id == event.point; });
    if (!is_point) return;
    std::set<std::string>& points = turn.model.progress.tasks[event.task].points;
    if (event.ticked)
        points.insert(event.point);
    else
        points.erase(event.point);
    turn.announce(turn.words("task.points.count", {{"count", std::to_string(points.size())},
                                                   {"most", std::to_string(task->points.size())}}));
    turn.save_now();
}

void on(Turn& turn, SetLever const& event) {
    if (!std::isfinite(event.value)) return;
    turn.model.progress.settings[event.block + "." + event.lever] = event.value;
    turn.save_soon();
}

}
