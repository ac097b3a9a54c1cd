// A lesson arrives: its file, what stands beside it, and what the learner did before.

#include "app/lab.hpp"
#include "app/reduce.hpp"
#include "app/turn.hpp"
#include "lesson/load.hpp"

#include <algorithm>

namespace cw::app {

namespace {

void fail(Turn& turn, std::string reason) {
    turn.model.session.phase = Session::Phase::failed;
    turn.model.session.failure = std::move(reason);
    turn.announce(turn.model.session.failure, Announce::Urgency::assertive);
}

// The bars of the whole lesson: what they show depends on the lesson alone.
void compute_bars(Model& model) {
    using namespace refusal::analytic;
    for (lesson::Slide const& slide : model.course.slides) {
        for (lesson::Block const& block : slide.blocks) {
            auto const* const bars = std::get_if<lesson::Bars>(&block);
            if (!bars) continue;
            std::vector<Trace>& traces = model.session.bars[bars->id];
            for (lesson::Scenario const& scenario : bars->scenarios) {
                Frame const frame = frame_from_id(scenario.frame).value_or(Frame::direct);
                traces.push_back(respond({scenario.harm, scenario.alarm, info(frame).levers}));
            }
        }
    }
}

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::unsupported: return "unsupported";
        case ErrorCode::denied: return "denied";
        default: return "corrupt";
    }
}

// What was saved, or a clean start; what cannot be read is kept for whoever may want to know.
lesson::Progress restored(Turn& turn, LessonLoaded const& loaded) {
    lesson::Progress fresh;
    fresh.seed = loaded.seed;
    if (loaded.saved.empty()) return fresh;
    Result<lesson::Progress> decoded = lesson::decode(loaded.saved, turn.model.course);
    if (decoded) return std::move(decoded).value();
    turn.add(KeepDamaged{turn.model.course.id, loaded.saved});
    std::string const kind(name_of(decoded.error().code));
    turn.show_notice({"saved", turn.words("notice.saved." + kind)});
    return fresh;
}

int index_of(lesson::Course const& course, std::string_view slide) {
    for (std::size_t i = 0; i < course.slides.size(); ++i)
        if (course.slides[i].id == slide) return static_cast<int>(i);
    return -1;
}

}

void start_progress(Turn& turn, lesson::Progress progress) {
    Model& model = turn.model;
    model.progress = std::move(progress);
    Session& session = model.session;
    session.slide = std::max(0, index_of(model.course, model.progress.slide));
    model.progress.slide = model.slide().id;
    model.progress.visited.insert(model.progress.slide);
    session.remarks.clear();
    auto const reading = model.progress.settings.find("reading_view");
    bool const is_wanted = reading != model.progress.settings.end() && reading->second != 0;
    session.reading_view = is_wanted || session.renderer != RendererChanged::State::drawing;
    session.clock.rest_ms = 0;
    session.clock.saved_active_seconds = model.progress.active_seconds;
    model.score = lesson::score(model.course, model.progress);
    model.session.terminals_are_stale = true;
}

void on(Turn& turn, LessonLoaded const& event) {
    Model& model = turn.model;
    RendererChanged::State const renderer = model.session.renderer;
    PythonState python = std::move(model.session.python);
    std::vector<Notice> notices = std::move(model.session.notices);
    stop_python(turn);
    int const next_run = model.session.next_run; // what an earlier program still says is not heard
    model.session = Session{};
    model.session.next_run = next_run;
    model.session.renderer = renderer;
    model.session.python = std::move(python);
    model.session.notices = std::move(notices);
    Clock& clock = model.session.clock;
    clock.now_ms = clock.last_activity_ms = clock.counted_until_ms = event.now_ms;

    lesson::Loaded loaded = lesson::load(event.json);
    model.session.diagnostics = std::move(loaded.diagnostics);
    if (!loaded.playable) return fail(turn, turn.words("lesson.unreadable"));
    model.course = std::move(loaded.course);
    model.session.phase = Session::Phase::playing;
    compute_bars(model);
    lesson::Progress progress = restored(turn, event);
    if (index_of(model.course, event.slide) >= 0) progress.slide = event.slide;
    start_progress(turn, std::move(progress));
    turn.add(SetAddress{model.slide().id, SetAddress::How::replace});
}

void on(Turn& turn, LessonMissing const& missing) {
    fail(turn, turn.words("lesson.missing", {{"message", missing.message}}));
}

void load(Turn& turn, Module which) {
    turn.model.session.module(which).state = LateModule::State::loading;
    turn.add(LoadModule{which});
}

void ask_for_modules(Turn& turn) {
    Session& session = turn.model.session;
    if (session.phase != Session::Phase::playing) return;
    auto const ask_for = [&](Module which) {
        if (session.module(which).state == LateModule::State::absent) load(turn, which);
    };
    for (lesson::Block const& block : turn.model.slide().blocks) {
        auto const* const bars = std::get_if<lesson::Bars>(&block);
        bool const is_code = std::holds_alternative<lesson::Lab>(block);
        bool const has_table = bars && session.open_tables.count(chart_of(*bars)) > 0;
        if (is_code || has_table || std::holds_alternative<lesson::RefusalLab>(block)) ask_for(Module::labs);
        if (is_code) ask_for(Module::terminals);
        bool const has_terminal = session.module(Module::terminals).state == LateModule::State::ready;
        if (is_code && has_terminal) ask_for(Module::commands); // while the learner reads and types
    }
}

void on(Turn& turn, ModuleChanged const& event) {
    LateModule& module = turn.model.session.module(event.module);
    if (turn.model.session.phase != Session::Phase::playing || module.state == LateModule::State::ready) return;
    if (event.state == ModuleChanged::State::failed) {
        module.state = LateModule::State::failed;
        if (event.module == Module::commands) return; // said in the terminal, by what needs them
        return turn.show_notice({"labs", turn.words("notice.labs.failed", {{"message", event.message}})});
    }
    turn.model.words.add(event.words);
    module.state = LateModule::State::ready;
    switch (event.module) {
        case Module::labs: module.reduce = reduce_labs; break;
        case Module::terminals: module.reduce = reduce_terminals; break;
        case Module::commands: turn.model.session.commands = terminal::commands::command_named; break;
    }
}

}
