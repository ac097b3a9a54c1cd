// Moving about, how the lesson is shown, starting over, and notices.

#include "app/turn.hpp"

namespace cw::app {

namespace {

enum class Leave { history_alone, history_grows };

void go_to(Turn& turn, int index, Leave history) {
    Model& model = turn.model;
    if (index < 0 || index >= static_cast<int>(model.course.slides.size())) return;
    model.session.outline_open = false;
    lesson::Slide const& slide = model.course.slides[static_cast<std::size_t>(index)];
    bool const is_move = index != model.session.slide;
    model.session.slide = index;
    model.progress.slide = slide.id;
    model.progress.visited.insert(slide.id);
    if (is_move) {
        if (history == Leave::history_grows) turn.add(SetAddress{slide.id, SetAddress::How::push});
        turn.add(ScrollToTop{});
        turn.announce(turn.words("nav.announce", {{"title", slide.title},
                                                  {"at", std::to_string(index + 1)},
                                                  {"count", std::to_string(model.course.slides.size())}}));
    }
    turn.focus("slide/" + slide.id + "/title");
    if (is_move) turn.save_now();
}

// The session shows `progress` from its slide on.
void show_progress(Turn& turn, lesson::Progress progress) {
    start_progress(turn, std::move(progress));
    turn.add(SetAddress{turn.model.slide().id, SetAddress::How::push});
    turn.add(ScrollToTop{});
    turn.focus("slide/" + turn.model.slide().id + "/title");
    turn.save_now();
}

}

void on(Turn& turn, GoTo const& event) {
    auto const& slides = turn.model.course.slides;
    bool const from_address = event.cause == GoTo::Cause::address;
    for (std::size_t i = 0; i < slides.size(); ++i) {
        if (slides[i].id != event.slide) continue;
        return go_to(turn, static_cast<int>(i), from_address ? Leave::history_alone : Leave::history_grows);
    }
    // An address that leads nowhere: show where we are instead.
    if (from_address) turn.add(SetAddress{turn.model.slide().id, SetAddress::How::replace});
}

void on(Turn& turn, Next const&) {
    if (turn.model.session.slide + 1 < static_cast<int>(turn.model.course.slides.size()))
        go_to(turn, turn.model.session.slide + 1, Leave::history_grows);
}

void on(Turn& turn, Previous const&) {
    if (turn.model.session.slide > 0) go_to(turn, turn.model.session.slide - 1, Leave::history_grows);
}

void on(Turn& turn, ToggleOutline const&) { turn.model.session.outline_open = !turn.model.session.outline_open; }

void on(Turn& turn, ToggleTable const& event) {
    std::set<std::string>& open = turn.model.session.open_tables;
    if (!open.erase(event.chart)) open.insert(event.chart);
}

void on(Turn& turn, ToggleReadingView const&) {
    Session& session = turn.model.session;
    bool const has_choice = session.renderer == RendererChanged::State::drawing; // else there is nothing to draw with
    if (has_choice) session.reading_view = !session.reading_view;
    turn.model.progress.settings["reading_view"] = session.reading_view ? 1 : 0;
    turn.announce(turn.words(session.reading_view ? "reading_view.on" : "reading_view.off"));
    turn.save_now();
}

void on(Turn& turn, RendererChanged const& event) {
    Session& session = turn.model.session;
    session.renderer = event.state;
    if (event.state == RendererChanged::State::drawing) {
        auto const wanted = turn.model.progress.settings.find("reading_view");
        session.reading_view = wanted != turn.model.progress.settings.end() && wanted->second != 0;
        return turn.hide_notice("renderer");
    }
    session.reading_view = true;
    bool const is_lost = event.state == RendererChanged::State::lost;
    turn.show_notice({"renderer", turn.words(is_lost ? "notice.renderer.lost" : "notice.renderer.unavailable")});
}

void on(Turn& turn, Restart const&) {
    turn.model.session.restart_asked = true;
    turn.announce(turn.words("restart.ask"));
    turn.focus("summary/restart/cancel"); // the harmless answer
}

void on(Turn& turn, CancelRestart const&) {
    if (!turn.model.session.restart_asked) return;
    turn.model.session.restart_asked = false;
    turn.focus("summary/restart");
}

void on(Turn& turn, ConfirmRestart const&) {
    Session& session = turn.model.session;
    if (!session.restart_asked) return;
    session.restart_asked = false;
    session.before_restart = std::move(turn.model.progress);
    lesson::Progress fresh;
    fresh.seed = session.before_restart->seed;
    fresh.slide = turn.model.course.slides.front().id;
    auto const reading = session.before_restart->settings.find("reading_view"); // how one sees is no part of the lesson
    if (reading != session.before_restart->settings.end()) fresh.settings.insert(*reading);
    show_progress(turn, std::move(fresh));
    turn.show_notice({"restart", turn.words("restart.done"), Notice::Offer::undo_restart});
}

void on(Turn& turn, UndoRestart const&) {
    Session& session = turn.model.session;
    if (!session.before_restart) return;
    lesson::Progress before = std::move(*session.before_restart);
    session.before_restart.reset();
    turn.hide_notice("restart");
    show_progress(turn, std::move(before));
    turn.announce(turn.words("restart.undone"));
}

void on(Turn& turn, DismissNotice const& event) {
    turn.hide_notice(event.id);
    if (event.id == "restart") turn.model.session.before_restart.reset();
    turn.focus("slide/" + turn.model.slide().id + "/title"); // the button that had the focus is gone
}

void on(Turn& turn, SaveFailed const&) { turn.show_notice({"save", turn.words("notice.save_failed")}); }

}
