#include "app/replay.hpp"

#include "ground/match.hpp"
#include "playing.hpp"

#include <type_traits>

using namespace cw;
using namespace cw::app;
using test::Playing;

namespace {

template <std::size_t index = 0>
void check_all_defaults() {
    if constexpr (index < std::variant_size_v<Event>) {
        Event const event = std::variant_alternative_t<index, Event>{};
        std::string const line = to_line(event);
        CAPTURE(line);
        Result<std::vector<Event>> const read = read_log(line);
        REQUIRE(read.has_value());
        REQUIRE(read->size() == 1);
        CHECK(read->front().index() == index);
        CHECK(to_line(read->front()) == line);
        check_all_defaults<index + 1>();
    }
}

std::string quoted(std::string const& text) { return "\"" + text + "\""; }

// What came of a session, for a person to read.
std::string outcome(Model const& model) {
    std::string out;
    auto const line = [&](std::string const& text) { out += text + "\n"; };
    lesson::Progress const& progress = model.progress;
    line("slide " + progress.slide);
    line("time " + std::to_string(progress.active_seconds) + " s");
    for (auto const& [id, answer] : progress.questions)
        line("question " + id + ": " + quoted(answer.option) + (answer.checked ? ", checked" : "") + ", tries " +
             std::to_string(answer.tries) + ", right at " + std::to_string(answer.tries_to_right));
    for (auto const& [id, answer] : progress.tasks) {
        std::string points;
        for (std::string const& point : answer.points) points += " " + point;
        line("task " + id + ": " + quoted(answer.text) + (answer.submitted ? ", submitted" : "") + ", points" + points);
    }
    for (auto const& [path, content] : progress.files)
        line("file " + path + ": " + std::to_string(content.size()) + " bytes");
    for (std::string const& command : progress.history) line("history " + command);
    line("score " + std::to_string(model.score.points) + " of " + std::to_string(model.score.most_points) + ", tasks " +
         std::to_string(model.score.tasks_done) + " of " + std::to_string(model.score.tasks));
    return out;
}

}

TEST_CASE("app.replay: every event comes back from its line") {
    check_all_defaults();
    TerminalKey key;
    key.lab = "filter";
    key.key = "\xE2\x86\x91\"\n";
    key.ctrl = true;
    CHECK(to_line(key) ==
          "{\"event\":\"terminal_key\",\"lab\":\"filter\",\"key\":\"\xE2\x86\x91\\\"\\n\",\"ctrl\":true}");
    PythonExited exited;
    exited.run = 3;
    exited.status = -1;
    exited.cause = PythonExited::Cause::time_limit;
    exited.files["/home/a"] = std::string("\0\xFF", 2);
    LessonLoaded loaded;
    loaded.seed = 0xFEDCBA9876543210ull;
    loaded.now_ms = 0.1;
    ModuleChanged labs;
    labs.files["a.py"] = "print(1)\n";
    for (Event const& event :
         {Event{key}, Event{exited}, Event{loaded}, Event{labs}, Event{VisibilityChanged{false, 1e9}},
          Event{PythonOutput{1, PythonOutput::Stream::error, "\x1b[31m\xFF"}}})
        CHECK(to_line(read_log(to_line(event))->front()) == to_line(event));
    auto const again = std::get<PythonExited>(read_log(to_line(exited))->front());
    CHECK(again.files == exited.files);
    CHECK(again.cause == exited.cause);
    CHECK(std::get<LessonLoaded>(read_log(to_line(loaded))->front()).seed == loaded.seed);
}

TEST_CASE("app.replay: a line that is no event is an error with its number") {
    struct Case {
        char const* log;
        char const* message;
    };
    Case const cases[] = {
        {"# a remark\n\n{\"event\":\"next\"}\n{", "line 4: "},
        {"{\"event\":\"jump\"}", "line 1: unknown event \"jump\""},
        {"{}", "line 1: \"event\" is missing"},
        {"{\"event\":\"go_to\",\"slide\":\"x\",\"cause\":\"magic\"}", "line 1: unknown cause \"magic\""},
        {"{\"event\":\"check\",\"qestion\":\"q1\"}", "line 1: unknown key \"qestion\""}};
    for (Case const& c : cases) {
        Result<std::vector<Event>> const read = read_log(c.log);
        REQUIRE_FALSE(read.has_value());
        CHECK_MESSAGE(read.error().message.find(c.message) == 0, read.error().message);
    }
}

TEST_CASE("app.replay: a whole lesson, from its log to its end") {
    std::string const log = test::repo_file("tests/golden/replay/lesson-6.events");
    Result<std::vector<Event>> const events = read_log(log);
    if (!events) FAIL(events.error().message);
    Playing page;
    std::string spoken;
    for (Event const& event : *events) {
        page.send(event);
        if (!page.said().empty() && !page.has<ScrollToTop>()) spoken += "says " + page.said() + "\n"; // not each slide
    }
    std::string const actual = spoken + outcome(page.model);
    CHECK(actual == test::golden("tests/golden/replay/lesson-6.txt", actual));
    CHECK(page.model.score.completion == 1.0);

    Playing second; // the same log gives the same model, down to what is saved
    Result<std::vector<Event>> const copied = read_log(to_log(*events));
    REQUIRE(copied.has_value());
    for (Event const& event : *copied) second.send(event);
    CHECK(second.model.progress == page.model.progress);
    Playing const later("ai012-06", lesson::encode(page.model.progress, page.model.course).text);
    CHECK(later.model.progress == page.model.progress);
}
