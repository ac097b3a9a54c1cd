#pragma once
// The whole state of a running lesson, in three parts: what its author wrote (course), what the learner did and is
// saved (progress), and what lasts until the page closes (session). Only reduce() changes it; views read it.

#include "app/event.hpp"
#include "lesson/grade.hpp"
#include "lesson/progress.hpp"
#include "lesson/types.hpp"
#include "refusal/analytic/analytic.hpp"
#include "refusal/suite.hpp"
#include "terminal/terminal.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cw::app {

// English and its translations: assets/i18n/<language>.json, flat keys to texts with {name} places.
class Words {
  public:
    Words() = default;
    explicit Words(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}
    // The text of `key` with its places filled; the key itself where there is none, so that a gap shows.
    [[nodiscard]] std::string operator()(
        std::string_view key, std::vector<std::pair<std::string_view, std::string>> const& places = {}) const;

  private:
    std::map<std::string, std::string, std::less<>> texts_;
};

// A calm line at the top of the page, dismissable; never a modal.
struct Notice {
    std::string id;
    std::string text;
};

enum class Run { idle, starting, running };

// A code panel and its terminal.
struct LabSession {
    std::string code;                    // what the editor holds
    std::string original;                // the author's file
    std::optional<std::string> replaced; // code before "Reset code", for its undo
    int error_line = 0;                  // 1-based, from the last traceback; 0: none
    std::string error_text;
    Run run = Run::idle;
    std::unique_ptr<terminal::Terminal> terminal;
    std::optional<refusal::Decisions> decisions; // read after a run
};

struct Session {
    enum class Phase { loading, playing, failed };
    Phase phase = Phase::loading;
    std::string failure; // Phase::failed: what to show
    std::vector<lesson::Diagnostic> diagnostics;
    int slide = 0; // index into course.slides
    bool outline_open = false;
    bool reading_view = false;
    bool restart_asked = false;
    std::optional<lesson::Progress> before_restart;
    std::vector<Notice> notices;
    RendererChanged::State renderer = RendererChanged::State::drawing;
    PythonState python;
    std::map<std::string, LabSession> labs;
    std::map<std::string, std::vector<refusal::analytic::Trace>> bars; // by Bars id, one trace a scenario
    double now_ms = 0;
    double last_activity_ms = 0;
    double counted_until_ms = 0; // active time is in progress up to here
    bool visible = true;
    int next_run = 1;
};

struct Model {
    Words words;
    lesson::Course course;
    lesson::Progress progress;
    lesson::Score score; // of progress, kept by reduce
    Session session;

    [[nodiscard]] lesson::Slide const& slide() const { return course.slides[static_cast<std::size_t>(session.slide)]; }
};

}
