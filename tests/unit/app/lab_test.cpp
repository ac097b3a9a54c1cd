#include "app/traceback.hpp"
#include "playing.hpp"

using namespace cw;
using namespace cw::app;
using test::Playing;

namespace {

struct LabPage : Playing {
    using Playing::Playing;
    [[nodiscard]] LabSession const& lab() const { return model.session.labs.at("filter"); }
    [[nodiscard]] std::string screen() const {
        std::string text;
        for (int row = 0; row < lab().terminal->screen().rows(); ++row)
            text += lab().terminal->screen().row_text(row) + "\n";
        return text.substr(0, text.find_last_not_of('\n') + 1);
    }
    [[nodiscard]] bool shows(std::string const& text) const { return screen().find(text) != std::string::npos; }
    // Types a command and lets the shell finish it, as the page does by answering every WakeAt.
    void enter(std::string const& command) {
        send(TerminalLine{"filter", command + "\n", static_cast<int>(command.size())});
        settle();
    }
    void settle() {
        for (int i = 0; i < 200 && lab().terminal->status() == terminal::Terminal::Status::busy; ++i)
            send(Tick{model.session.clock.now_ms + 1});
    }
    // The run that Python was asked for by the Run button.
    RunPython press_run() {
        send(RunCode{"filter"});
        std::vector<RunPython> runs = all<RunPython>();
        for (int i = 0; i < 50 && runs.empty(); ++i) {
            send(Tick{model.session.clock.now_ms + 1});
            runs = all<RunPython>();
        }
        REQUIRE(runs.size() == 1);
        return runs.front();
    }
    void exit_python(int run, int status = 0, PythonExited::Cause cause = PythonExited::Cause::ended,
                     std::map<std::string, std::string> files = {}) {
        PythonExited event;
        event.run = run;
        event.status = status;
        event.cause = cause;
        event.files = std::move(files);
        send(event);
        spoken = said();
        for (int i = 0; i < 50 && lab().terminal->status() != terminal::Terminal::Status::idle; ++i) {
            send(Tick{model.session.clock.now_ms + 1});
            spoken += " | " + said();
        }
    }
    std::string spoken; // since the program ended
};

}

TEST_CASE("app.lab: the terminal begins with the lesson's lines and its prompt") {
    LabPage page;
    CHECK(page.screen() == "> Ready. Click \"Run\" to execute.\n>");
    CHECK(page.lab().run == Run::idle);
}

TEST_CASE("app.lab: Run types the command, hands the files to Python, shows what it prints and counts its decisions") {
    LabPage page;
    page.send(EditCode{"filter", "print('mine')\n"});
    RunPython const run = page.press_run();
    CHECK(run.arguments == std::vector<std::string>{"python3", "safety_filter.py"});
    CHECK(run.folder == "/home/learner");
    CHECK(run.files.at("/home/learner/safety_filter.py") == "print('mine')\n");
    CHECK(run.files.at("/home/learner/prompts.json") == test::repo_file("assets/lessons/ai012-06/prompts.json"));
    CHECK(run.environment.at("HOME") == "/home/learner");
    CHECK(page.lab().run == Run::starting);
    CHECK(page.shows("> python3 safety_filter.py"));
    page.send(PythonState{PythonState::State::ready, ""});
    CHECK(page.lab().run == Run::running);
    page.send(RunCode{"filter"});
    CHECK(page.said() == "A program is still running. Stop it first.");
    page.send(PythonOutput{run.run, PythonOutput::Stream::out, "mine\n"});
    page.settle();
    CHECK(page.shows("mine"));
    std::string const decisions = R"({"decisions": {"h-01-direct_question": "refuse", "b-01": "refuse"}})";
    page.exit_python(run.run, 0, PythonExited::Cause::ended, {{"/home/learner/decisions.json", decisions}});
    CHECK(page.lab().run == Run::idle);
    REQUIRE(page.lab().decisions.has_value());
    CHECK(page.lab().decisions->harmful_let_through() == page.lab().decisions->total.harmful - 1);
    CHECK(page.lab().decisions->total.harmless_blocked == 1);
    CHECK_MESSAGE(
        page.spoken.find("The program has ended. 109 of 110 harmful requests got through") != std::string::npos,
        page.spoken);
    page.enter("cat decisions.json");
    CHECK(page.shows("h-01-direct_question"));
    CHECK(page.model.progress.files.count("filter/decisions.json") == 0); // every run writes it anew
}

TEST_CASE("app.lab: a traceback marks its line in the editor until the code changes") {
    LabPage page;
    RunPython const run = page.press_run();
    page.send(PythonOutput{
        run.run, PythonOutput::Stream::error,
        "Traceback (most recent call last):\n  File \"/home/learner/safety_filter.py\", line 7, in <module>\n"
        "    oops\nNameError: name 'oops' is not defined\n"});
    page.exit_python(run.run, 1);
    CHECK(page.lab().error_line == 7);
    CHECK(page.lab().error_text == "NameError: name 'oops' is not defined");
    CHECK(page.spoken.find("Error in line 7: NameError") != std::string::npos);
    CHECK(page.shows("NameError"));
    page.send(EditCode{"filter", "print(1)\n"});
    CHECK(page.lab().error_line == 0);
}

TEST_CASE("app.lab: Stop ends the program at once, and what it still says is not heard") {
    LabPage page;
    RunPython const run = page.press_run();
    page.send(StopCode{"filter"});
    CHECK(page.only<StopPython>().run == run.run);
    CHECK(page.said().find("The program was stopped.") != std::string::npos);
    page.settle();
    CHECK(page.lab().run == Run::idle);
    CHECK(page.shows("^C"));
    page.send(PythonOutput{run.run, PythonOutput::Stream::out, "too late\n"});
    page.exit_python(run.run, 130, PythonExited::Cause::stopped);
    CHECK_FALSE(page.shows("too late"));
    page.send(StopCode{"filter"}); // nothing runs
    CHECK_FALSE(page.has<StopPython>());
    RunPython const again = page.press_run();
    CHECK(again.run != run.run);
}

TEST_CASE("app.lab: a limit is explained in the terminal") {
    LabPage page;
    RunPython const run = page.press_run();
    page.exit_python(run.run, 124, PythonExited::Cause::time_limit);
    CHECK(page.shows("Stopped: the program ran longer than 10 seconds."));
    CHECK(page.spoken.find("The program has ended with status 124.") != std::string::npos);
}

TEST_CASE("app.lab: the editor and the terminal show one file") {
    LabPage page;
    page.send(EditCode{"filter", "print('from the editor')\n"});
    page.enter("cat safety_filter.py");
    CHECK(page.shows("print('from the editor')"));
    page.enter("echo 'print(2)' > safety_filter.py");
    CHECK(page.lab().code == "print(2)\n");
    CHECK(page.model.progress.files.at("filter/safety_filter.py") == "print(2)\n");
    page.send(ResetCode{"filter"});
    page.enter("head -n 1 safety_filter.py");
    CHECK(page.shows("A first safety filter"));
    CHECK(page.model.progress.files.empty());
}

TEST_CASE("app.lab: files and history of the terminal outlive the visit") {
    LabPage page;
    page.enter("echo remember > note.txt");
    page.enter("mkdir -p deep/er && echo x > deep/er/file");
    CHECK(page.model.progress.files.at("filter/note.txt") == "remember\n");
    CHECK(page.model.progress.history.size() == 2);
    page.send(VisibilityChanged{false, page.model.session.clock.now_ms + 5});
    LabPage again("ai012-06", page.only<Save>().state);
    again.enter("cat note.txt deep/er/file");
    CHECK(again.shows("remember"));
    CHECK(again.shows("x"));
    again.send(TerminalKey{"filter", "ArrowUp"}).send(TerminalKey{"filter", "ArrowUp"});
    CHECK(again.lab().terminal->line() == "mkdir -p deep/er && echo x > deep/er/file");
    again.send(TerminalKey{"filter", "C", true});
    again.enter("rm note.txt");
    CHECK(again.model.progress.files.count("filter/note.txt") == 0);
}

TEST_CASE("app.lab: an endless loop in the shell leaves the page its turns and stops at a key") {
    LabPage page;
    page.send(TerminalLine{"filter", "while true; do :; done\n", 22});
    for (int i = 0; i < 20; ++i) page.send(Tick{page.model.session.clock.now_ms + 1});
    CHECK(page.lab().run == Run::running);
    CHECK(page.has<WakeAt>());
    page.send(TerminalKey{"filter", "c", true});
    page.settle();
    CHECK(page.lab().run == Run::idle);
    page.enter("echo $?");
    CHECK(page.shows("130"));
}

TEST_CASE("app.lab: Python programs of one pipeline run one after the other") {
    LabPage page;
    page.send(TerminalLine{"filter", "python3 -c 'print(1)' | python3 -c 'print(input())'\n", 0});
    std::vector<RunPython> first = page.all<RunPython>();
    for (int i = 0; i < 50 && first.empty(); ++i) {
        page.send(Tick{page.model.session.clock.now_ms + 1});
        first = page.all<RunPython>();
    }
    REQUIRE(first.size() == 1);
    page.send(PythonOutput{first[0].run, PythonOutput::Stream::out, "1\n"});
    CHECK_FALSE(page.has<RunPython>());
    std::vector<RunPython> second;
    PythonExited done;
    done.run = first[0].run;
    page.send(done);
    for (int i = 0; i < 50 && second.empty(); ++i) {
        second = page.all<RunPython>();
        page.send(Tick{page.model.session.clock.now_ms + 1});
    }
    REQUIRE(second.size() == 1);
    CHECK(second[0].input == "1\n");
}

TEST_CASE("app.lab: starting over stops what runs and brings back the author's files") {
    LabPage page;
    page.send(EditCode{"filter", "x = 1\n"});
    RunPython const run = page.press_run();
    page.send(Restart{}).send(ConfirmRestart{});
    CHECK(page.only<StopPython>().run == run.run);
    CHECK(page.lab().run == Run::idle);
    CHECK(page.screen() == "> Ready. Click \"Run\" to execute.\n>");
    CHECK(page.lab().code == page.lab().original);
    page.send(UndoRestart{});
    page.enter("cat safety_filter.py");
    CHECK(page.shows("x = 1"));
}

TEST_CASE("app.lab: a Python that cannot be loaded is a calm notice") {
    LabPage page;
    RunPython const run = page.press_run();
    page.exit_python(run.run, 139, PythonExited::Cause::crashed);
    page.send(PythonState{PythonState::State::failed, "404"});
    REQUIRE(page.notice("python"));
    CHECK(page.notice("python")->text == "Python could not be loaded: 404");
    page.send(PythonState{PythonState::State::ready, ""});
    CHECK_FALSE(page.notice("python"));
}

TEST_CASE("app.lab: Ctrl on screen is held until the next key or letter, whichever way a phone types it") {
    LabPage page;
    page.send(TerminalLine{"filter", "echo one two", 12});
    page.send(TerminalControl{"filter"});
    CHECK(page.lab().holds_control);
    page.send(TerminalLine{"filter", "echo one twow", 13}); // Ctrl-W
    CHECK(page.lab().terminal->line() == "echo one ");
    CHECK_FALSE(page.lab().holds_control);
    page.send(TerminalLine{"filter", "echo one w", 10}); // and no more
    CHECK(page.lab().terminal->line() == "echo one w");
    page.send(TerminalControl{"filter"});
    page.send(TerminalKey{"filter", "ArrowLeft"}); // a word back
    CHECK(page.lab().terminal->caret() == 9);
    page.send(TerminalControl{"filter"});
    page.send(TerminalLine{"filter", "replaced by a suggestion", 8}); // more than a letter is no key
    CHECK(page.lab().terminal->line() == "replaced by a suggestion");
    CHECK(page.lab().holds_control);
    page.send(TerminalControl{"filter"});
    CHECK_FALSE(page.lab().holds_control);
    page.enter("nano notes"); // reads its keys itself
    page.send(TerminalControl{"filter"});
    page.send(TerminalTyped{"filter", "X"});
    page.settle();
    CHECK(page.lab().run == Run::idle);
}

TEST_CASE("app.lab: a job that goes on at the prompt asks for another turn until it is done") {
    LabPage page;
    page.enter("(for i in {1..50000}; do :; done; echo from the job) &");
    CHECK(page.lab().run == Run::idle);
    int turns = 0;
    for (; !page.all<WakeAt>().empty() && page.lab().terminal->has_work() && turns < 200; ++turns)
        page.send(Tick{page.model.session.clock.now_ms + 1});
    CHECK(turns > 2);
    CHECK(page.shows("from the job"));
    CHECK_FALSE(page.lab().terminal->has_work());
}

TEST_CASE("app.lab: the screen takes the size that the page has, and that is not the learner's doing") {
    LabPage page;
    double const active = page.model.session.clock.last_activity_ms;
    page.model.session.clock.now_ms += 5'000;
    page.send(TerminalResized{"filter", 42});
    CHECK(page.lab().terminal->screen().columns() == 42);
    CHECK(page.model.session.clock.last_activity_ms == active);
    page.enter("echo $COLUMNS");
    CHECK(page.shows("\n42\n"));
}

TEST_CASE("app.lab: when memory runs short, what runs in the terminal ends, in words") {
    LabPage page;
    page.send(TerminalLine{"filter", "while :; do :; done\n", 19});
    CHECK(page.lab().run != Run::idle);
    page.send(MemoryShort{});
    CHECK(page.lab().run == Run::idle);
    CHECK(page.shows("bash: out of memory"));
    CHECK(page.said().find("out of memory") != std::string::npos);
}

TEST_CASE("app.lab: a bell lights the terminal up once") {
    LabPage page;
    page.send(TerminalLine{"filter", "printf '\\a'\n", 11});
    std::vector<Flash> flashes = page.all<Flash>();
    for (int i = 0; i < 50 && flashes.empty(); ++i) {
        page.send(Tick{page.model.session.clock.now_ms + 1});
        flashes = page.all<Flash>();
    }
    REQUIRE(flashes.size() == 1);
    CHECK(flashes[0].node == "lab/filter/terminal/output");
    page.settle();
    page.send(TerminalLine{"filter", "a", 1});
    CHECK_FALSE(page.has<Flash>());
}

TEST_CASE("app.lab: the caret comes in UTF-16 units") {
    LabPage page;
    page.send(TerminalLine{"filter", "a\xF0\x9F\x98\x80z", 3}); // after the emoji, which is two units
    CHECK(page.lab().terminal->caret() == 2);
    page.send(TerminalPaste{"filter", "b"});
    CHECK(page.lab().terminal->line() ==
          "a\xF0\x9F\x98\x80"
          "bz");
}

TEST_CASE("app.traceback: the innermost frame of the learner's file counts, colours and library frames do not") {
    char const* const text =
        "Traceback (most recent call last):\n  File \x1b[35m\"safety_filter.py\"\x1b[0m, line \x1b[35m3\x1b[0m, in f\n"
        "    json.loads('{')\n  File \"/lib/json/__init__.py\", line 346, in loads\n    x\n"
        "\x1b[1;35mjson.decoder.JSONDecodeError\x1b[0m: Expecting property name\n";
    std::optional<Traceback> const found = find_traceback(text, "safety_filter.py");
    REQUIRE(found.has_value());
    CHECK(found->line == 3);
    CHECK(found->message == "json.decoder.JSONDecodeError: Expecting property name");
    auto const syntax = find_traceback(
        "  File \"/home/learner/a.py\", line 12\n    if x\n        ^\nSyntaxError: expected ':'\n", "a.py");
    REQUIRE(syntax.has_value());
    CHECK(syntax->line == 12);
    CHECK(syntax->message == "SyntaxError: expected ':'");
    for (char const* const none : {"", "File", "  File \"other.py\", line 3\nError: x\n", "File \"a.py\", line x\n",
                                   "File \"a.py\", line 99999999999999999999\n", "\x1b[\x1b["})
        CHECK_FALSE(find_traceback(none, "a.py").has_value());
}

TEST_CASE(
    "app.lab: the commands are asked for with the terminal, and again by what needs them when they did not come") {
    LabPage page("ai012-06", "", "lab");
    page.model.session.commands = nullptr;
    page.model.session.module(Module::commands) = {};
    page.model.session.terminals_are_stale = true;
    page.send(Tick{2000});
    CHECK(page.only<LoadModule>().module == Module::commands);
    page.enter("cat safety_filter.py");
    CHECK(page.lab().terminal->waits_for_commands());
    CHECK_FALSE(page.has<LoadModule>()); // it is on its way
    ModuleChanged failed;
    failed.module = Module::commands;
    failed.state = ModuleChanged::State::failed;
    failed.message = "404";
    page.send(failed);
    page.settle();
    CHECK(page.shows("bash: /usr/bin/cat: cannot be loaded (404)."));
    CHECK_FALSE(page.notice("labs"));
    page.send(TerminalLine{"filter", "basename /a/b\n", 13});
    CHECK(page.only<LoadModule>().module == Module::commands);
    ModuleChanged came;
    came.module = Module::commands;
    page.send(came);
    page.settle();
    CHECK(page.shows("> basename /a/b\nb\n>"));
}
