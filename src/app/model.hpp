#pragma once
// The whole state of a running lesson, in three parts: what its author wrote (course), what the learner did and is
// saved (progress), and what lasts until the page closes (session). Only reduce() changes it; views read it.

#include "app/event.hpp"
#include "app/refusal_lab.hpp"
#include "app/words.hpp"
#include "lesson/grade.hpp"
#include "lesson/progress.hpp"
#include "lesson/types.hpp"
#include "refusal/analytic/model.hpp"
#include "refusal/suite.hpp"
#include "terminal/terminal.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cw::app {

// A calm line at the top of the page, dismissable; never a modal.
struct Notice {
    std::string id;
    std::string text;
    enum class Offer { nothing, undo_restart }; // a button beside Dismiss, and the event that it pushes
    Offer offer = Offer::nothing;
};

struct Turn;

enum class Run { idle, starting, running };

// A code panel and its terminal. The file in the editor and the one in the terminal's home folder are the same: what is
// typed in one is in the other at once.
struct LabSession {
    std::string code;                             // what the editor holds
    std::string original;                         // the author's file
    std::map<std::string, std::string> originals; // all of the author's files, by name in the home folder
    std::optional<std::string> replaced;          // code before "Reset code", for its undo
    int error_line = 0;                           // 1-based, from the last traceback; 0: none
    std::string error_text;
    Run run = Run::idle; // of whatever runs in the terminal
    std::unique_ptr<terminal::Terminal> terminal;
    bool stirred = false;         // something happened to the terminal that its next slice must deal with
    bool runs_code = false;       // by the Run button
    bool holds_control = false;   // the Ctrl key on screen
    std::uint32_t bells = 0;      // of the terminal, that were shown
    std::uint64_t files_seen = 0; // version of the terminal's files that the editor and the progress follow
    std::string errors;           // what Python wrote to stderr in its last run, for the traceback
    std::optional<refusal::FilterReport> decisions; // of the last run that wrote them
    std::string decisions_failure;                  // why they could not be read
};

// A program that a shell wants Python to run. One runs at a time; the others wait.
struct PythonJob {
    int run = 0; // 0: not started yet
    std::string lab;
    terminal::HostRequest request;
};

// A module of code that is loaded when a slide first shows what it is for.
struct LateModule {
    enum class State { absent, loading, ready, failed };
    State state = State::absent;
    // Its share of reduce(), if it has one, set with `ready`. A pointer keeps what it points to in that module: no call
    // leads there.
    void (*reduce)(Turn&, Event const&) = nullptr;
};

// Time in the model comes from events and is monotonic; it starts at the lesson's loading.
struct Clock {
    double now_ms = 0;
    double last_activity_ms = 0; // when the learner last did something
    double counted_until_ms = 0; // active time is in progress up to here…
    double rest_ms = 0;          // …but for this part of a second
    bool activity_waits = false; // something was done since the last event that told the time
    bool is_running = false;     // the shown time moves: the learner is active and the page visible
    bool visible = true;
    std::optional<double> wake_ms;          // the Tick that was asked for
    std::optional<double> save_due_ms;      // typing that is not saved yet
    std::uint32_t saved_active_seconds = 0; // of the last save
};

struct Session {
    enum class Phase { loading, playing, failed };
    Phase phase = Phase::loading;
    std::string failure; // Phase::failed: what to show
    std::vector<lesson::Diagnostic> diagnostics;
    int slide = 0; // index into course.slides
    bool outline_open = false;
    bool reading_view = false; // as shown: the learner's choice, or there is nothing to draw with
    bool restart_asked = false;
    std::optional<lesson::Progress> before_restart;
    std::vector<Notice> notices;
    std::map<std::string, std::string> remarks; // by question or task id: what to do first ("Choose an answer first.")
    RendererChanged::State renderer = RendererChanged::State::drawing;
    std::map<std::string, std::vector<refusal::analytic::Trace>> bars; // by Bars id, one trace a scenario
    std::array<LateModule, module_count> modules;                      // by Module
    std::set<std::string> open_tables;                                 // by chart
    bool terminals_are_stale = true;                                   // the progress was replaced: they begin anew
    terminal::CommandLookup commands = nullptr;                        // of the terminals, once their module is there
    PythonState python;
    std::vector<PythonJob> python_jobs; // the first one runs
    std::map<std::string, LabSession> labs;
    RefusalLabSession refusal;
    int next_run = 1;
    Clock clock;

    [[nodiscard]] LateModule& module(Module which) { return modules[static_cast<std::size_t>(which)]; }
    [[nodiscard]] LateModule const& module(Module which) const { return modules[static_cast<std::size_t>(which)]; }
};

// The chart of a slide's bars, as ToggleTable names it.
[[nodiscard]] inline std::string chart_of(lesson::Bars const& bars) { return "bars/" + bars.id; }

struct Model {
    Words words;
    lesson::Course course;
    lesson::Progress progress;
    lesson::Score score; // of progress, kept by reduce
    Session session;

    [[nodiscard]] lesson::Slide const& slide() const { return course.slides[static_cast<std::size_t>(session.slide)]; }
};

}
