#include "playing.hpp"

using namespace cw;
using namespace cw::app;
using test::Playing;

namespace {

// Lets the time run to `until_ms`, answering every WakeAt as the page does; the number of ticks.
int run_until(Playing& page, double until_ms) {
    int ticks = 0;
    while (true) {
        double next = until_ms + 1;
        for (WakeAt const& wake : page.all<WakeAt>()) next = std::min(next, wake.at_ms);
        if (next > until_ms) return ticks;
        page.send(Tick{std::max(next, page.model.session.clock.now_ms)});
        ++ticks;
    }
}

}

TEST_CASE("app.time: a page that nobody touches asks for no tick") {
    Playing page;
    CHECK_FALSE(page.has<WakeAt>());
    page.send(VisibilityChanged{true, 1200});
    page.send(RendererChanged{});
    CHECK(page.effects.empty());
}

TEST_CASE("app.time: the clock moves once a second while the learner is active, then stops") {
    Playing page; // at 1,000 ms
    page.send(Activity{2000});
    CHECK(page.model.progress.active_seconds == 1);
    CHECK(page.only<WakeAt>().at_ms == 3000);
    int const ticks = run_until(page, 500'000);
    CHECK(ticks == 60);
    CHECK(page.model.progress.active_seconds == 61);
    CHECK_FALSE(page.model.session.clock.is_running);
    CHECK(page.has<Save>()); // the last tick keeps the time
    page.send(Tick{600'000});
    CHECK(page.effects.empty());
    CHECK(page.model.progress.active_seconds == 61);
}

TEST_CASE("app.time: at most the idle limit counts between two things that the learner does") {
    Playing page;
    page.send(Activity{2000});
    page.send(Activity{32'000}); // the page slept: 30 s count
    CHECK(page.model.progress.active_seconds == 31);
    page.send(Activity{332'000}); // five minutes: 60 s count
    CHECK(page.model.progress.active_seconds == 91);
}

TEST_CASE("app.time: an event without a time is activity too, and asks what time it is") {
    Playing page;
    page.send(Next{});
    CHECK(page.only<WakeAt>().at_ms <= 1000);
    page.send(Tick{11'000});
    CHECK(page.model.session.clock.last_activity_ms == 11'000);
    CHECK(page.model.progress.active_seconds == 10);
    page.send(Next{}); // the clock runs: its next tick is enough
    CHECK_FALSE(page.has<WakeAt>());
}

TEST_CASE("app.time: a tick that comes a hair too early is asked for again") {
    Playing page;
    page.send(Activity{2000});
    double const at_ms = page.only<WakeAt>().at_ms;
    page.send(Tick{at_ms - 0.125});
    CHECK(page.only<WakeAt>().at_ms >= at_ms - 0.125);
    page.send(Tick{at_ms});
    CHECK(page.model.progress.active_seconds == 2);
    CHECK(page.has<WakeAt>());
}

TEST_CASE("app.time: hidden time does not count, and hiding keeps what is unsaved") {
    Playing page;
    page.send(Activity{2000});
    page.send(EditAnswer{"task-1", "half a sent"});
    CHECK_FALSE(page.has<Save>());
    page.send(VisibilityChanged{false, 2500});
    CHECK(page.saved_all());
    CHECK_FALSE(page.has<WakeAt>());
    page.send(VisibilityChanged{true, 40'000});
    CHECK(page.model.progress.active_seconds == 1);
    CHECK(page.has<WakeAt>()); // who comes back is active
    page.send(Activity{40'500});
    CHECK(page.model.progress.active_seconds == 2);
}

TEST_CASE("app.time: typing is saved once a second at most, and time spent at least every 15 seconds") {
    Playing page;
    page.send(Activity{1000});
    int saves = 0;
    double now = 1000;
    for (int i = 0; i < 50; ++i) { // five seconds of typing
        page.send(EditAnswer{"task-1", std::string(static_cast<std::size_t>(i + 1), 'x')});
        for (WakeAt const& wake : page.all<WakeAt>()) CHECK(wake.at_ms <= now + 1000);
        now += 100;
        page.send(Tick{now});
        saves += page.has<Save>() ? 1 : 0;
    }
    CHECK(saves == 5);
    int time_saves = 0;
    for (int i = 0; i < 45; ++i) {
        page.send(Activity{now += 1000});
        page.send(Tick{now});
        time_saves += page.has<Save>() ? 1 : 0;
    }
    CHECK(time_saves == 3);
}

TEST_CASE("app.time: a clock that stands still or goes back changes nothing") {
    Playing page;
    page.send(Activity{5000});
    auto const seconds = page.model.progress.active_seconds;
    page.send(Tick{4000});
    page.send(Tick{5000});
    page.send(Tick{std::nan("")});
    CHECK(page.model.progress.active_seconds == seconds);
    CHECK(page.model.session.clock.now_ms == 5000);
}
