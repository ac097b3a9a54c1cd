#include "lesson/grade.hpp"

#include "ground/id.hpp"
#include "ground/random.hpp"

#include <utility>

namespace cw::lesson {

Mark mark(Question const& question, QuestionProgress const& progress) {
    if (!progress.checked) return Mark::open;
    for (Option const& option : question.options)
        if (option.id == progress.option) return option.correct ? Mark::right : Mark::wrong;
    return Mark::open; // the lesson was edited since: ask again rather than mark it wrong
}

Score score(Course const& course, Progress const& progress) {
    Score total;
    int visited = 0;
    for (Slide const& slide : course.slides) {
        visited += progress.visited.count(slide.id) ? 1 : 0;
        for (Block const& block : slide.blocks) {
            if (auto const* const question = std::get_if<Question>(&block)) {
                auto const found = progress.questions.find(question->id);
                // Once right, always right: trying again to see the other reasons costs nothing.
                bool const is_right = found != progress.questions.end() && found->second.tries_to_right > 0;
                ++total.questions;
                total.most_points += question->points;
                total.questions_right += is_right ? 1 : 0;
                total.points += is_right ? question->points : 0;
            } else if (auto const* const task = std::get_if<Task>(&block)) {
                auto const found = progress.tasks.find(task->id);
                ++total.tasks;
                total.tasks_done += found != progress.tasks.end() && found->second.submitted ? 1 : 0;
            }
        }
    }
    int const steps = static_cast<int>(course.slides.size()) + total.questions + total.tasks;
    int const done = visited + total.questions_right + total.tasks_done;
    total.completion = steps == 0 ? 0.0 : static_cast<double>(done) / steps;
    return total;
}

std::vector<int> option_order(Question const& question, std::uint64_t seed) {
    std::vector<int> order;
    for (std::size_t i = 0; i < question.options.size(); ++i) order.push_back(static_cast<int>(i));
    if (question.order == Question::Order::authored) return order;
    // Sorted by a hash of seed and id rather than shuffled by position: an option that is added or removed later moves
    // no other past one another.
    auto const rank = [&](int index) {
        return Random(hash64(question.id + "/" + question.options[static_cast<std::size_t>(index)].id) ^ seed).next();
    };
    for (std::size_t i = 1; i < order.size(); ++i) // insertion sort: a handful of options
        for (std::size_t j = i; j > 0 && rank(order[j]) < rank(order[j - 1]); --j) std::swap(order[j], order[j - 1]);
    return order;
}

}
