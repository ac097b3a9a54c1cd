#include "lesson/progress.hpp"

#include "ground/id.hpp"
#include "ground/random.hpp"
#include "lesson/armour.hpp"
#include "read_file.hpp"

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::lesson;

namespace {

constexpr std::size_t no_limit = 10'000'000;

// The ids of Lesson 6 as it was when the recorded text was written: lessons may change, their saved states must not.
Course lesson_six() {
    auto const question = [](char const* id, std::vector<char const*> options) {
        Question made;
        made.id = id;
        for (char const* const option : options) made.options.push_back({option, {}, false, {}});
        return made;
    };
    auto const task = [](char const* id, std::vector<char const*> points) {
        Task made;
        made.id = id;
        for (char const* const point : points) made.points.push_back({point, {}});
        return made;
    };
    Course course;
    course.id = "ai012-06";
    for (char const* const id : {"conflict", "core-concepts", "refusal-mechanism", "vulnerability", "lab", "question-1",
                                 "question-2", "challenge", "summary"})
        course.slides.push_back({id, id, "", {}});
    course.slides[5].blocks = {question("q1", {"creative", "prevent", "translate", "execute"})};
    course.slides[6].blocks = {question("q2", {"pre-training", "rlhf", "tokenization", "softmax"})};
    course.slides[7].blocks = {task("task-1", {"attention", "helpful", "overrides", "fiction"}),
                               task("task-2", {"mechanism", "frames", "intent", "before"})};
    return course;
}

// A course of random size whose ids look like authors' ids.
Course random_course(Random& random) {
    auto const id = [&](char const* kind, int i) { return std::string(kind) + "-" + std::to_string(i); };
    Course course;
    course.id = id("course", random.below(1000));
    for (int i = 0; i <= random.below(12); ++i) {
        Slide slide;
        slide.id = id("slide", i);
        for (int j = random.below(3); j > 0; --j) {
            Question question;
            question.id = slide.id + id(".q", j);
            for (int k = 0; k <= random.below(5); ++k) question.options.push_back({id("o", k), {}, k == 0, {}});
            slide.blocks.push_back(question);
            Task task;
            task.id = slide.id + id(".t", j);
            for (int k = random.below(5); k > 0; --k) task.points.push_back({id("p", k), {}});
            slide.blocks.push_back(task);
        }
        course.slides.push_back(std::move(slide));
    }
    return course;
}

std::string random_text(Random& random, int most) {
    std::string text;
    for (int i = random.below(most + 1); i > 0; --i) text += static_cast<char>(random.below(256));
    return text;
}

enum class Texts { none, some };

Progress random_progress(Random& random, Course const& course, Texts texts) {
    Progress progress;
    int const longest = texts == Texts::some ? 60 : 0;
    auto const chance = [&] { return random.below(2) == 1; };
    progress.seed = random.next();
    progress.active_seconds = static_cast<std::uint32_t>(random.next());
    if (chance())
        progress.slide =
            course.slides[static_cast<std::size_t>(random.below(static_cast<int>(course.slides.size())))].id;
    for (Slide const& slide : course.slides) {
        if (chance()) progress.visited.insert(slide.id);
        for (Block const& block : slide.blocks) {
            if (!chance()) continue;
            if (auto const* const question = std::get_if<Question>(&block)) {
                QuestionProgress& answer = progress.questions[question->id];
                int const chosen = random.below(static_cast<int>(question->options.size()) + 1);
                if (chosen > 0) answer.option = question->options[static_cast<std::size_t>(chosen - 1)].id;
                answer.checked = chance();
                answer.tries = random.below(300);
                answer.tries_to_right = random.below(300);
            } else if (auto const* const task = std::get_if<Task>(&block)) {
                TaskProgress& answer = progress.tasks[task->id];
                answer.text = random_text(random, longest);
                answer.submitted = chance();
                answer.solution_shown = chance();
                for (Point const& point : task->points)
                    if (chance()) answer.points.insert(point.id);
            }
        }
    }
    if (texts == Texts::none) return progress;
    for (int i = random.below(3); i > 0; --i) progress.files[random_text(random, 10)] = random_text(random, longest);
    for (int i = random.below(5); i > 0; --i) progress.history.push_back(random_text(random, longest));
    for (int i = random.below(3); i > 0; --i) progress.goals.insert(random_text(random, 10));
    for (int i = random.below(4); i > 0; --i)
        progress.settings[random_text(random, 10)] =
            chance() ? static_cast<double>(random.below(2000) - 1000) : (random.unit() - 0.5) * 1e9;
    return progress;
}

// A learner who did everything there is in Lesson 6.
Progress full_lesson(Course const& course) {
    Progress progress;
    progress.slide = "summary";
    for (Slide const& slide : course.slides) progress.visited.insert(slide.id);
    progress.questions["q1"] = {"prevent", true, 2, 2};
    progress.questions["q2"] = {"rlhf", true, 1, 1};
    progress.tasks["task-1"] = {
        test::repo_file("tests/golden/lessons/answer-1.txt"), true, true, {"helpful", "overrides"}};
    progress.tasks["task-2"] = {test::repo_file("tests/golden/lessons/answer-2.txt"), true, true, {"frames", "intent"}};
    progress.files["filter/safety_filter.py"] = test::repo_file("tests/golden/lessons/edited-code.py");
    std::string const lines = test::repo_file("tests/golden/lessons/history.txt");
    for (std::size_t at = 0, end; (end = lines.find('\n', at)) != std::string::npos; at = end + 1)
        progress.history.push_back(lines.substr(at, end - at));
    progress.settings["reading_view"] = 1;
    progress.active_seconds = 2345;
    progress.seed = 0x1234567890ABCDEFull;
    return progress;
}

std::string resealed(Bytes bytes) {
    bytes.resize(bytes.size() - 4);
    put_fixed(bytes, crc32(bytes), 4);
    return to_base64url(bytes);
}

ErrorCode code_of(std::string const& text, Course const& course) {
    Result<Progress> const result = decode(text, course);
    REQUIRE_FALSE(result.has_value());
    CHECK_FALSE(result.error().message.empty());
    return result.error().code;
}

}

TEST_CASE("lesson.progress: 20,000 random progresses come back as they were") {
    Random random(20'000);
    for (int round = 0; round < 20'000; ++round) {
        Course const course = random_course(random);
        Texts const texts = round % 400 == 0 ? Texts::some : Texts::none;
        Progress const progress = random_progress(random, course, texts);
        Encoded const encoded = encode(progress, course, no_limit);
        REQUIRE(encoded.shed.empty());
        Result<Progress> const decoded = decode(encoded.text, course);
        REQUIRE(decoded.has_value());
        REQUIRE(*decoded == progress);
    }
}

TEST_CASE("lesson.progress: a whole lesson with two long answers, edited code and 30 terminal lines fits SCORM 1.2") {
    Course const course = lesson_six();
    Progress const progress = full_lesson(course);
    CHECK(progress.tasks.at("task-1").text.size() >= 700);
    CHECK(progress.tasks.at("task-2").text.size() >= 700);
    CHECK(progress.history.size() == 30);
    Encoded const encoded = encode(progress, course);
    MESSAGE("a full lesson takes ", encoded.text.size(), " of ", state_limit_chars, " characters");
    CHECK(encoded.shed.empty());
    CHECK(encoded.text.size() <= state_limit_chars);
    CHECK(*decode(encoded.text, course) == progress);
    Encoded const fresh = encode(Progress{}, course);
    MESSAGE("a fresh one takes ", fresh.text.size());
    CHECK(fresh.text.size() < 60);
}

TEST_CASE("lesson.progress: the text of version 1 stays readable") {
    Course const course = lesson_six();
    std::string const text = encode(full_lesson(course), course).text;
    std::string recorded = test::golden("tests/golden/lessons/progress-1.txt", text + "\n");
    recorded.pop_back();
    CHECK(text == recorded);
    CHECK(*decode(recorded, course) == full_lesson(course));
}

TEST_CASE("lesson.progress: what does not fit is shed in order, and never position, answers or score") {
    Course const course = lesson_six();
    Progress progress = full_lesson(course);
    Random random(9);
    auto const noise = [&](int size) {
        std::string text;
        for (int i = 0; i < size; ++i) text += static_cast<char>('!' + random.below(90));
        return text;
    };
    SUBCASE("terminal history first, its oldest lines") {
        for (int i = 0; i < 200; ++i) progress.history.push_back(noise(30));
        Encoded const encoded = encode(progress, course);
        CHECK(encoded.text.size() <= state_limit_chars);
        CHECK(encoded.shed == std::vector<std::string>{"history"});
        Progress const kept = *decode(encoded.text, course);
        CHECK(kept.files == progress.files);
        CHECK(kept.tasks == progress.tasks);
        REQUIRE_FALSE(kept.history.empty());
        CHECK(kept.history.back() == progress.history.back());
    }
    SUBCASE("then files, the largest first") {
        progress.files["filter/large.txt"] = noise(9000);
        Encoded const encoded = encode(progress, course);
        CHECK(encoded.text.size() <= state_limit_chars);
        CHECK(encoded.shed == std::vector<std::string>{"file:filter/large.txt"});
        CHECK(decode(encoded.text, course)->files.count("filter/safety_filter.py") == 1);
        CHECK(decode(encoded.text, course)->history == progress.history); // it comes back where a file left room
        for (int i = 0; i < 200; ++i) progress.history.push_back(noise(30));
        Encoded const both = encode(progress, course);
        CHECK(both.text.size() <= state_limit_chars);
        CHECK(both.shed == std::vector<std::string>{"history", "file:filter/large.txt"});
        REQUIRE_FALSE(decode(both.text, course)->history.empty());
        CHECK(decode(both.text, course)->history.back() == progress.history.back());
    }
    SUBCASE("then the ends of the longest answers") {
        progress.tasks["task-1"].text = noise(9000);
        Encoded const encoded = encode(progress, course);
        CHECK(encoded.text.size() <= state_limit_chars);
        CHECK(encoded.text.size() > state_limit_chars - 200);
        CHECK(encoded.shed == std::vector<std::string>{"history", "file:filter/safety_filter.py", "answer:task-1"});
        Progress const kept = *decode(encoded.text, course);
        CHECK(kept.tasks.at("task-2") == progress.tasks.at("task-2"));
        CHECK(kept.tasks.at("task-1").text ==
              progress.tasks.at("task-1").text.substr(0, kept.tasks.at("task-1").text.size()));
        CHECK(kept.tasks.at("task-1").points == progress.tasks.at("task-1").points);
        CHECK(kept.questions == progress.questions);
        CHECK(kept.visited == progress.visited);
        CHECK(kept.active_seconds == progress.active_seconds);
    }
    SUBCASE("a cut answer ends with a whole character") {
        progress.tasks["task-1"].text.clear();
        for (int i = 0; i < 4000; ++i)
            progress.tasks["task-1"].text += std::string("\xE5") + static_cast<char>(0x80 + random.below(64)) +
                                             static_cast<char>(0x80 + random.below(64));
        CHECK(decode(encode(progress, course).text, course)->tasks.at("task-1").text.size() % 3 == 0);
    }
}

TEST_CASE("lesson.progress: under an edited lesson the rest still works") {
    Course const course = lesson_six();
    std::string const text = encode(full_lesson(course), course).text;
    Course edited = course;
    edited.slides.insert(edited.slides.begin(), Slide{"new", "New", "", {}});
    edited.slides.erase(edited.slides.begin() + 2); // core-concepts
    std::get<Question>(edited.slides[5].blocks[0])
        .options.erase(                                                          // question-1
            std::get<Question>(edited.slides[5].blocks[0]).options.begin() + 1); // "prevent"
    Progress const progress = *decode(text, edited);
    CHECK(progress.slide == "summary");
    CHECK(progress.visited.count("core-concepts") == 0);
    CHECK(progress.visited.count("new") == 0);
    CHECK(progress.visited.count("lab") == 1);
    CHECK(progress.questions.at("q1").option.empty());
    CHECK(progress.questions.at("q1").tries_to_right == 2);
    CHECK(progress.questions.at("q2").option == "rlhf");
    CHECK(progress.tasks == full_lesson(course).tasks);
}

TEST_CASE("lesson.progress: damaged, foreign and newer texts are told apart, and none gives a progress") {
    Course const course = lesson_six();
    std::string const text = encode(full_lesson(course), course).text;
    Bytes const bytes = *from_base64url(text);
    for (char const* const junk : {"", "x", "hello world", "{\"a\":1}", "AAAAAAAAAAAAAAAAAAAAAAAA"})
        CHECK(code_of(junk, course) == ErrorCode::corrupt);
    for (std::size_t length = 0; length < text.size(); length += 7)
        CHECK(code_of(text.substr(0, length), course) == ErrorCode::corrupt);
    Random random(11);
    for (int round = 0; round < 3000; ++round) {
        Bytes flipped = bytes;
        auto const at = static_cast<std::size_t>(random.below(static_cast<int>(bytes.size())));
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << random.below(8)));
        CHECK(code_of(to_base64url(flipped), course) == ErrorCode::corrupt);
    }
    Bytes newer = bytes;
    newer[2] = 2;
    CHECK(code_of(resealed(newer), course) == ErrorCode::unsupported);
    Bytes older = bytes;
    older[2] = 0;
    CHECK(code_of(resealed(older), course) == ErrorCode::corrupt);
    Course other = course;
    other.id = "ai012-07";
    CHECK(code_of(text, other) == ErrorCode::denied);
}

TEST_CASE("lesson.progress: a body that lies under a right check sum is refused or read, never more") {
    Course const course = lesson_six();
    Bytes const bytes = *from_base64url(encode(full_lesson(course), course).text);
    Random random(12);
    for (int round = 0; round < 100; ++round) {
        Bytes forged = bytes;
        for (int i = 0; i < 3; ++i) // in the head of the body: widths, counts and lengths
            forged[7 + static_cast<std::size_t>(random.below(80))] = static_cast<char>(random.below(256));
        Result<Progress> const result = decode(resealed(forged), course);
        if (!result) CHECK(result.error().code == ErrorCode::corrupt);
    }
}

TEST_CASE("lesson.progress: a lesson too large for wide hashes takes narrow ones") {
    Course course;
    course.id = "large";
    Progress progress;
    for (int i = 0; i < 130; ++i) {
        Slide slide;
        slide.id = "slide-" + std::to_string(i);
        for (int j = 0; j < 2; ++j) {
            Question question;
            question.id = slide.id + ".q" + std::to_string(j);
            question.options = {{"a", {}, true, {}}, {"b", {}, false, {}}};
            progress.questions[question.id] = {"a", true, 1, 1};
            slide.blocks.push_back(question);
        }
        progress.visited.insert(slide.id);
        course.slides.push_back(slide);
    }
    Encoded const encoded = encode(progress, course);
    CHECK(encoded.text.size() <= state_limit_chars);
    CHECK(encoded.shed.empty());
    CHECK(*decode(encoded.text, course) == progress);
}
