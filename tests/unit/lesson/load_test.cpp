#include "lesson/load.hpp"

#include "lesson/limits.hpp"
#include "lesson/markup.hpp"
#include "read_file.hpp"

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::lesson;
using Severity = Diagnostic::Severity;

namespace {

std::string one_block(std::string const& block) {
    return R"({"format": 1, "id": "x", "title": "X", "slides": [{"id": "s", "title": "S", "blocks": [)" + block +
           "]}]}";
}

std::string report(Loaded const& loaded) {
    std::string out;
    for (Diagnostic const& found : loaded.diagnostics) {
        out += std::to_string(found.line) + ":" + std::to_string(found.column) + " ";
        out += found.severity == Severity::error ? "error " : "warning ";
        out += found.pointer + ": " + found.message + (found.hint.empty() ? "" : " (" + found.hint + ")") + "\n";
    }
    return out;
}

template <class Kind>
Kind const* find(Course const& course, std::string_view slide) {
    for (Slide const& candidate : course.slides)
        if (candidate.id == slide)
            for (Block const& block : candidate.blocks)
                if (auto const* const hit = std::get_if<Kind>(&block)) return hit;
    return nullptr;
}

}

TEST_CASE("lesson.load: Lesson 6 is read without a finding, its slides in order") {
    Loaded const loaded = load(test::repo_file("assets/lessons/ai012-06/lesson.json"));
    CHECK_MESSAGE(loaded.diagnostics.empty(), report(loaded));
    REQUIRE(loaded.playable);
    Course const& course = loaded.course;
    CHECK(course.id == "ai012-06");
    CHECK(course.code == "AI012 Lesson 6");
    CHECK(course.title == "The Conflict of Alignment: Balancing Model Helpfulness and Harmlessness");
    std::vector<std::string> ids;
    for (Slide const& slide : course.slides)
        if (slide.id != "refusal-lab") ids.push_back(slide.id); // ours, between the source's slides
    CHECK(ids == std::vector<std::string>{"conflict", "core-concepts", "refusal-mechanism", "vulnerability", "lab",
                                          "question-1", "question-2", "challenge", "summary"});
}

TEST_CASE("lesson.load: Lesson 6 keeps its source's words, answers and terminal") {
    Course const course = load(test::repo_file("assets/lessons/ai012-06/lesson.json")).course;
    auto const* const mechanism = find<ListBlock>(course, "refusal-mechanism");
    REQUIRE(mechanism);
    CHECK(mechanism->marker == ListBlock::Marker::number);
    CHECK(plain_text(mechanism->items[2]) ==
          "Output Generation: The model suppresses high-probability \"harmful\" tokens and instead selects a standard "
          "refusal response. Mathematically, the probability distribution shifts: P(\\text{refusal}) > "
          "P(\\text{harmful\\_content}).");
    auto const* const concepts = find<ListBlock>(course, "core-concepts");
    REQUIRE(concepts);
    CHECK(concepts->items[0][0] == Span{"Helpfulness", Span::Style::strong, Actor::helpfulness, ""});
    for (char const* const slide : {"question-1", "question-2"}) {
        auto const* const question = find<Question>(course, slide);
        REQUIRE(question);
        REQUIRE(question->options.size() == 4);
        CHECK(question->options[1].correct);
        for (Option const& option : question->options) CHECK_FALSE(option.feedback.empty());
    }
    auto const* const lab = find<Lab>(course, "lab");
    REQUIRE(lab);
    CHECK(lab->terminal_title == "TERMINAL bash \xE2\x80\x94 80x24");
    CHECK(lab->banner == std::vector<std::string>{"> Ready. Click \"Run\" to execute."});
    CHECK(lab->prompt == "> ");
    auto const* const bars = find<Bars>(course, "vulnerability");
    REQUIRE(bars);
    CHECK(bars->scenarios[1].frame == "role_play");
}

TEST_CASE("lesson.load: the sample lesson is read without a finding") {
    Loaded const loaded = load(test::repo_file("assets/lessons/sample/lesson.json"));
    CHECK_MESSAGE(loaded.diagnostics.empty(), report(loaded));
    CHECK(loaded.playable);
    CHECK(find<Question>(loaded.course, "quiz")->order == Question::Order::shuffled);
}

TEST_CASE("lesson.load: the broken example gives every finding with its place, and plays what is sound") {
    Loaded const loaded = load(test::repo_file("assets/lessons/broken-example/lesson.json"));
    std::string const actual = report(loaded);
    CHECK(actual == test::golden("tests/golden/lessons/broken-example.txt", actual));
    CHECK(loaded.playable);
    REQUIRE(loaded.course.slides.size() == 3);
    CHECK(std::holds_alternative<Paragraph>(loaded.course.slides[0].blocks[0]));
    CHECK(std::holds_alternative<BrokenBlock>(loaded.course.slides[0].blocks[1]));
    CHECK(std::holds_alternative<Paragraph>(loaded.course.slides[0].blocks[2])); // markup is shown as typed
    CHECK(std::holds_alternative<BrokenBlock>(loaded.course.slides[0].blocks[5]));
    CHECK(std::holds_alternative<Question>(loaded.course.slides[1].blocks[2]));
    CHECK(loaded.course.slides[2].id == "slide-3");
}

TEST_CASE("lesson.load: what is no lesson at all is not playable and says why") {
    struct Case {
        char const* text;
        char const* message;
    };
    Case const cases[] = {
        {"", "syntax error"},
        {"[]", "this is an array, expected an object"},
        {"{\"format\": 2, \"id\": \"x\", \"title\": \"X\", \"slides\": [{\"id\": \"s\", \"title\": \"S\", \"blocks\": "
         "[]}]}",
         "this is not format 1"},
        {"{\"format\": 1, \"id\": \"x\", \"title\": \"X\"}", "\"slides\" is missing"},
        {"{\"format\": 1, \"id\": \"x\", \"title\": \"X\", \"slides\": []}", "\"slides\" is empty"},
    };
    for (Case const& c : cases) {
        CAPTURE(c.text);
        Loaded const loaded = load(c.text);
        CHECK_FALSE(loaded.playable);
        CHECK_MESSAGE(report(loaded).find(c.message) != std::string::npos, report(loaded));
    }
}

TEST_CASE("lesson.load: limits are refused in words") {
    auto const says = [](std::string const& text, char const* words) {
        std::string const found = report(load(text));
        CHECK_MESSAGE(found.find(words) != std::string::npos, found);
    };
    std::string blocks = R"({"type": "paragraph", "text": "x"})", items = "\"x\"";
    for (std::size_t i = 0; i < blocks_limit; ++i) blocks += R"(,{"type": "paragraph", "text": "x"})";
    for (std::size_t i = 0; i < items_limit; ++i) items += ",\"x\"";
    says(one_block(blocks), "more than 100 blocks");
    says(one_block(R"({"type": "list", "items": [)" + items + "]}"), "more than 50 items");
    says(one_block(R"({"type": "paragraph", "text": ")" + std::string(text_limit_bytes + 1, 'x') + "\"}"),
         "longer than 20000 bytes");
}

TEST_CASE("lesson.load: an id that is missing, taken or malformed breaks its block alone") {
    std::string const question =
        R"({"type": "question", "id": "ID", "prompt": "?", "options": [
            {"id": "a", "text": "A", "correct": true, "feedback": "f"}, {"id": "b", "text": "B", "feedback": "f"}]})";
    auto const with_id = [&](std::string const& id) {
        std::string text = question;
        return text.replace(text.find("ID"), 2, id);
    };
    Loaded const loaded = load(one_block(with_id("q1") + "," + with_id("q1") + "," + with_id("Q") + "," + with_id("")));
    REQUIRE(loaded.course.slides[0].blocks.size() == 4);
    CHECK(std::holds_alternative<Question>(loaded.course.slides[0].blocks[0]));
    for (std::size_t i = 1; i < 4; ++i) CHECK(std::holds_alternative<BrokenBlock>(loaded.course.slides[0].blocks[i]));
    CHECK(loaded.diagnostics.size() == 3);
}

TEST_CASE("lesson.load: a task may name the refusal lab's scoreboard as its experiment, and nothing unknown") {
    auto const with = [](std::string const& experiment) {
        return load(one_block(R"({"type": "task", "id": "t", "title": "T", "prompt": "?", "solution": [
            {"type": "paragraph", "text": "x"}])" +
                              experiment + "}"));
    };
    auto const task = [](Loaded const& loaded) { return std::get<Task>(loaded.course.slides[0].blocks[0]); };
    CHECK(task(with("")).experiment == Task::Experiment::none);
    CHECK(task(with(R"(, "experiment": "refusal_defence")")).experiment == Task::Experiment::refusal_defence);
    std::string const found = report(with(R"(, "experiment": "refusal_defense")"));
    CHECK_MESSAGE(found.find("refusal_defence") != std::string::npos, found);
}

TEST_CASE("lesson.load: packed math is handed on") {
    std::string text = one_block(R"({"type": "paragraph", "text": "$x$"})");
    text.insert(text.size() - 1, R"(, "math": {"x": "<math><mi>x</mi></math>"})");
    Loaded const loaded = load(text);
    CHECK_MESSAGE(loaded.diagnostics.empty(), report(loaded));
    CHECK(loaded.course.math.at("x") == "<math><mi>x</mi></math>");
}
