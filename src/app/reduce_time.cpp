// Time spent on the lesson, idle time excluded: between two things that the learner does, at most idle_after_ms count,
// and nothing while the page is hidden. The shown time moves by one Tick a second while the learner is active; then the
// ticks stop, and a page left alone has no effects at all.

#include "app/reduce.hpp"
#include "app/turn.hpp"

#include <algorithm>
#include <cmath>

namespace cw::app {

namespace {

// Time is `now_ms`: counts what was active since the last event that told the time.
void advance(Turn& turn, double now_ms) {
    Clock& clock = turn.model.session.clock;
    if (!(now_ms > clock.now_ms)) return; // the host's clock may be coarse; it never goes back
    clock.now_ms = now_ms;
    double const active_until_ms = std::min(now_ms, clock.last_activity_ms + idle_after_ms);
    if (clock.visible && active_until_ms > clock.counted_until_ms) {
        clock.rest_ms += active_until_ms - clock.counted_until_ms;
        double const seconds = std::floor(clock.rest_ms / 1000);
        clock.rest_ms -= seconds * 1000;
        turn.model.progress.active_seconds += static_cast<std::uint32_t>(seconds);
    }
    clock.counted_until_ms = now_ms;
}

void be_active(Clock& clock) {
    clock.last_activity_ms = clock.now_ms;
    clock.activity_waits = false;
    clock.is_running = true;
}

}

void note_activity(Turn& turn) {
    Clock& clock = turn.model.session.clock;
    clock.activity_waits = true;
}

void on(Turn& turn, Tick const& tick) {
    Clock& clock = turn.model.session.clock;
    advance(turn, tick.now_ms);
    clock.wake_ms.reset(); // it has come, if a hair too early (timers round): what is still needed is asked for again
    if (clock.activity_waits) be_active(clock);
    if (clock.now_ms >= clock.last_activity_ms + idle_after_ms) clock.is_running = false;
    bool const is_due = clock.save_due_ms && clock.now_ms >= *clock.save_due_ms;
    std::uint32_t const unsaved_s = turn.model.progress.active_seconds - clock.saved_active_seconds;
    if (is_due || unsaved_s >= save_time_every_s || (unsaved_s > 0 && !clock.is_running)) turn.save_now();
}

void on(Turn& turn, VisibilityChanged const& change) {
    Clock& clock = turn.model.session.clock;
    advance(turn, change.now_ms);
    bool const is_return = change.visible && !clock.visible;
    clock.visible = change.visible;
    if (clock.activity_waits || is_return) be_active(clock);
    if (change.visible) return;
    clock.is_running = false; // the page may never come back: keep what there is
    clock.wake_ms.reset();
    if (clock.save_due_ms || turn.model.progress.active_seconds > clock.saved_active_seconds) turn.save_now();
}

void on(Turn& turn, Activity const& activity) {
    Clock& clock = turn.model.session.clock;
    advance(turn, activity.now_ms);
    be_active(clock);
}

void ask_for_wake(Turn& turn) {
    Clock& clock = turn.model.session.clock;
    std::optional<double> next = clock.save_due_ms;
    auto const also = [&](double at_ms) { next = next ? std::min(*next, at_ms) : at_ms; };
    if (clock.visible && clock.activity_waits && !clock.is_running) also(clock.now_ms); // to hear what time it is
    if (clock.visible && clock.is_running) also(clock.now_ms + clock_every_ms - clock.rest_ms);
    if (lab_waits(turn.model)) also(clock.now_ms);
    if (clock.visible && refusal_lab_waits(turn.model)) also(clock.now_ms);
    if (!next || (clock.wake_ms && *clock.wake_ms <= *next)) return;
    clock.wake_ms = next;
    turn.add(WakeAt{*next});
}

}
