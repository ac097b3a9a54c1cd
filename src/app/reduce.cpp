#include "app/reduce.hpp"

#include "app/lab.hpp"
#include "app/turn.hpp"
#include "ground/match.hpp"

#include <algorithm>

namespace cw::app {

namespace {

// Names of what encode() left out, in words.
std::string in_words(Turn const& turn, std::vector<std::string> const& shed) {
    std::vector<std::string> names;
    for (std::string const& name : shed) {
        std::size_t const colon = name.find(':');
        std::string const kind = name.substr(0, colon);
        std::string what = colon == std::string::npos ? "" : name.substr(colon + 1);
        if (kind == "file") what = what.substr(what.find('/') + 1);
        if (kind == "answer")
            if (auto const* const task = find_block<lesson::Task>(turn.model.course, what)) what = task->title;
        names.push_back(turn.words("notice.shed." + kind, {{"name", what}}));
    }
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) out += (i ? ", " : "") + names[i];
    return out;
}

bool is_learners(Event const& event) {
    return match(
        event, [](LessonLoaded const&) { return false; }, [](LessonMissing const&) { return false; },
        [](Tick const&) { return false; }, [](VisibilityChanged const&) { return false; },
        [](Activity const&) { return false; }, [](SaveFailed const&) { return false; },
        [](RendererChanged const&) { return false; }, [](PythonState const&) { return false; },
        [](PythonOutput const&) { return false; }, [](PythonExited const&) { return false; },
        [](TrainerChanged const&) { return false; }, [](TrainerSaid const&) { return false; },
        [](ModuleChanged const&) { return false; }, [](TerminalResized const&) { return false; },
        [](MemoryShort const&) { return false; }, [](auto const&) { return true; });
}

bool begins_lesson(Event const& event) {
    return std::holds_alternative<LessonLoaded>(event) || std::holds_alternative<LessonMissing>(event) ||
           std::holds_alternative<RendererChanged>(event) || std::holds_alternative<PythonState>(event) ||
           std::holds_alternative<ModuleChanged>(event);
}

}

void Turn::show_notice(Notice notice) {
    for (Notice& shown : model.session.notices) {
        if (shown.id != notice.id) continue;
        if (shown.text != notice.text) announce(notice.text);
        shown = std::move(notice);
        return;
    }
    announce(notice.text);
    model.session.notices.push_back(std::move(notice));
}

void Turn::hide_notice(std::string_view id) {
    auto& notices = model.session.notices;
    notices.erase(std::remove_if(notices.begin(), notices.end(), [&](Notice const& notice) { return notice.id == id; }),
                  notices.end());
}

void Turn::save_now() {
    model.score = lesson::score(model.course, model.progress);
    model.session.clock.save_due_ms.reset();
    model.session.clock.saved_active_seconds = model.progress.active_seconds;
    lesson::Encoded const encoded = lesson::encode(model.progress, model.course);
    if (encoded.shed.empty())
        hide_notice("shed");
    else
        show_notice({"shed", words("notice.shed", {{"names", in_words(*this, encoded.shed)}})});
    add(Save{model.course.id, encoded.text});
}

void Turn::save_soon() {
    Clock& clock = model.session.clock;
    if (!clock.save_due_ms) clock.save_due_ms = clock.now_ms + save_at_most_every_ms;
}

bool cut_to(std::string& text, std::size_t limit) {
    if (text.size() <= limit) return false;
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
    text.resize(end);
    return true;
}

Effects reduce(Model& model, Event const& event) {
    Turn turn{model};
    bool const is_playing = model.session.phase == Session::Phase::playing;
    if (!is_playing && !begins_lesson(event)) return {}; // there is nothing yet that it could be about
    if (is_learners(event)) note_activity(turn);
    match(event, [&](auto const& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (!is_of_labs<What> && !is_of_terminals<What>) on(turn, what);
    });
    ask_for_modules(turn);
    for (LateModule const& module : model.session.modules)
        if (module.reduce) module.reduce(turn, event);
    ask_for_wake(turn);
    return std::move(turn.effects);
}

}
