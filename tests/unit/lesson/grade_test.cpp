#include "lesson/grade.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

using namespace cw::lesson;

namespace {

Question question(std::string id, int points = 1) {
    Question made;
    made.id = std::move(id);
    made.points = points;
    made.options = {{"a", {{"A"}}, false, {}}, {"b", {{"B"}}, true, {}}, {"c", {{"C"}}, false, {}}};
    return made;
}

Course two_slides() {
    Course course;
    Task task;
    task.id = "t";
    course.slides = {{"one", "One", "", {question("q1", 3)}}, {"two", "Two", "", {question("q2"), task}}};
    return course;
}

}

TEST_CASE("lesson.grade: a mark is open until checked and after the option is edited away") {
    Question const q = question("q");
    CHECK(mark(q, {"b", false, 0, 0}) == Mark::open);
    CHECK(mark(q, {"b", true, 1, 1}) == Mark::right);
    CHECK(mark(q, {"a", true, 1, 0}) == Mark::wrong);
    CHECK(mark(q, {"gone", true, 1, 0}) == Mark::open);
}

TEST_CASE("lesson.grade: the score counts points, submissions and the share that is done") {
    Course const course = two_slides();
    Progress progress;
    CHECK(score(course, progress).completion == 0);
    CHECK(score(course, progress).most_points == 4);
    progress.visited = {"one", "elsewhere"};
    progress.questions["q1"] = {"", false, 3, 2}; // right at the second try, trying again
    progress.questions["q2"] = {"a", true, 1, 0};
    progress.tasks["t"].submitted = true;
    Score const total = score(course, progress);
    CHECK(total.points == 3);
    CHECK(total.questions_right == 1);
    CHECK(total.questions == 2);
    CHECK(total.tasks_done == 1);
    CHECK(total.completion == doctest::Approx(3.0 / 5));
    CHECK(score(Course{}, progress).completion == 0);
}

TEST_CASE("lesson.grade: a shuffled order is a permutation that the seed decides and an edit barely moves") {
    Question q = question("q");
    CHECK(option_order(q, 5) == std::vector<int>{0, 1, 2});
    q.order = Question::Order::shuffled;
    std::set<std::vector<int>> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        std::vector<int> order = option_order(q, seed);
        seen.insert(order);
        CHECK(order == option_order(q, seed));
        Question edited = q;
        edited.options.erase(edited.options.begin()); // "a" goes; "b" and "c" keep their order
        std::vector<int> rest;
        for (int const index : order)
            if (index != 0) rest.push_back(index - 1);
        CHECK(option_order(edited, seed) == rest);
        std::sort(order.begin(), order.end());
        CHECK(order == std::vector<int>{0, 1, 2});
    }
    CHECK(seen.size() == 6);
}
