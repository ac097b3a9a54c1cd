#pragma once
// One event's turn through reduce(): the model it changes, the effects it collects, and what all arms need. Used by
// the reduce_*.cpp files alone; everything else calls reduce().

#include "app/effect.hpp"
#include "app/event.hpp"
#include "app/model.hpp"

#include <string>
#include <utility>
#include <vector>

namespace cw::app {

struct Turn {
    Model& model;
    Effects effects = {};

    [[nodiscard]] std::string words(std::string_view key, std::initializer_list<Words::Place> places = {}) const {
        return model.words(key, places);
    }
    void add(Effect effect) { effects.push_back(std::move(effect)); }
    void announce(std::string text, Announce::Urgency urgency = Announce::Urgency::polite) {
        add(Announce{std::move(text), urgency});
    }
    void focus(std::string node) { add(Focus{std::move(node)}); }
    void show_notice(Notice notice); // replaces one with the same id
    void hide_notice(std::string_view id);

    // The learner changed something: the score follows and the state is saved, at once or within
    // save_at_most_every_ms.
    void save_now();
    void save_soon();
};

// reduce_load.cpp
void on(Turn&, LessonLoaded const&);
void on(Turn&, LessonMissing const&);
void start_progress(Turn&, lesson::Progress progress); // makes it the learner's, and the session follow it
// reduce_time.cpp
void on(Turn&, Tick const&);
void on(Turn&, VisibilityChanged const&);
void on(Turn&, Activity const&);
void note_activity(Turn&); // of an event that does not tell the time
void ask_for_wake(Turn&);  // last in every turn: the one Tick that is needed next, if any
// reduce_navigation.cpp
void on(Turn&, GoTo const&);
void on(Turn&, Next const&);
void on(Turn&, Previous const&);
void on(Turn&, ToggleOutline const&);
void on(Turn&, ToggleReadingView const&);
void on(Turn&, ToggleTable const&);
void on(Turn&, RendererChanged const&);
void on(Turn&, Restart const&);
void on(Turn&, ConfirmRestart const&);
void on(Turn&, CancelRestart const&);
void on(Turn&, UndoRestart const&);
void on(Turn&, DismissNotice const&);
void on(Turn&, SaveFailed const&);
// reduce_quiz.cpp
void on(Turn&, Choose const&);
void on(Turn&, Check const&);
void on(Turn&, TryAgain const&);
void on(Turn&, EditAnswer const&);
void on(Turn&, SubmitAnswer const&);
void on(Turn&, ReviseAnswer const&);
void on(Turn&, ShowSolution const&);
void on(Turn&, TickPoint const&);
void on(Turn&, SetLever const&);
// reduce_load.cpp
void on(Turn&, ModuleChanged const&);
void load(Turn&, Module which);
void ask_for_modules(Turn&); // when a slide shows for the first time what they are for

// reduce_labs.cpp: what is in modules of their own on the web (shell/pack/split.mjs). They get every event by way of
// LateModule::reduce, once their module is there.
void reduce_labs(Turn&, Event const&);
void reduce_terminals(Turn&, Event const&);
// reduce_terminal.cpp, reduce_refusal.cpp
void stop_python(Turn&);                            // no program runs or waits any more
[[nodiscard]] bool lab_waits(Model const&);         // for another turn to go on
[[nodiscard]] bool refusal_lab_waits(Model const&); // for another turn to go on computing

// The first block of type T with this id, or nullptr.
template <class T>
[[nodiscard]] T const* find_block(lesson::Course const& course, std::string_view id) {
    for (lesson::Slide const& slide : course.slides)
        for (lesson::Block const& block : slide.blocks)
            if (auto const* const found = std::get_if<T>(&block); found && found->id == id) return found;
    return nullptr;
}

// At most `limit` bytes of `text`, cut between characters; true if something was cut.
bool cut_to(std::string& text, std::size_t limit);

}
