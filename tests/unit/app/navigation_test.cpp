#include "playing.hpp"

using namespace cw;
using namespace cw::app;
using test::Playing;

TEST_CASE("app.navigation: Next moves on, says so, focuses the heading, pushes the address and saves") {
    Playing page;
    page.send(Next{});
    CHECK(page.model.slide().id == "core-concepts");
    CHECK(page.only<SetAddress>().slide == "core-concepts");
    CHECK(page.only<SetAddress>().how == SetAddress::How::push);
    CHECK(page.only<Focus>().node == "slide/core-concepts/title");
    CHECK(page.said() == "Slide 2 of " + std::to_string(page.model.course.slides.size()) + ".");
    CHECK(page.has<ScrollToTop>());
    CHECK(page.saved_all());
    CHECK(page.model.progress.visited == std::set<std::string>{"conflict", "core-concepts"});
    page.send(Previous{});
    CHECK(page.model.slide().id == "conflict");
}

TEST_CASE("app.navigation: there is nothing before the first slide and after the last") {
    Playing page;
    page.send(Previous{});
    CHECK(page.model.session.slide == 0);
    CHECK_FALSE(page.has<SetAddress>());
    for (int i = 0; i < 20; ++i) page.send(Next{});
    CHECK(page.model.slide().id == "summary");
    CHECK_FALSE(page.has<SetAddress>());
}

TEST_CASE("app.navigation: the browser's back and forward move without a new history entry") {
    Playing page;
    page.send(GoTo{"challenge", GoTo::Cause::address});
    CHECK(page.model.slide().id == "challenge");
    CHECK_FALSE(page.has<SetAddress>());
    CHECK(page.only<Focus>().node == "slide/challenge/title");
    page.send(GoTo{"no-such-slide", GoTo::Cause::address});
    CHECK(page.model.slide().id == "challenge");
    CHECK(page.only<SetAddress>().how == SetAddress::How::replace);
    page.send(GoTo{"no-such-slide", GoTo::Cause::button});
    CHECK_FALSE(page.has<SetAddress>());
}

TEST_CASE("app.navigation: a choice in the outline closes it") {
    Playing page;
    page.send(ToggleOutline{});
    CHECK(page.model.session.outline_open);
    page.send(GoTo{"lab", GoTo::Cause::button});
    CHECK_FALSE(page.model.session.outline_open);
    page.send(ToggleOutline{}).send(GoTo{"lab", GoTo::Cause::button});
    CHECK_FALSE(page.model.session.outline_open);
    CHECK_FALSE(page.has<SetAddress>()); // it was there already
}

TEST_CASE("app.navigation: the reading view is the learner's choice and outlives the visit") {
    Playing page;
    page.send(ToggleReadingView{});
    CHECK(page.model.session.reading_view);
    CHECK(page.said() == "Reading view is on.");
    Playing const again("ai012-06", page.only<Save>().state);
    CHECK(again.model.session.reading_view);
}

TEST_CASE("app.navigation: without a renderer the lesson is a plain page, and drawing again ends that") {
    Playing page;
    page.send(RendererChanged{RendererChanged::State::lost});
    CHECK(page.model.session.reading_view);
    REQUIRE(page.notice("renderer"));
    page.send(ToggleReadingView{});
    CHECK(page.model.session.reading_view);
    page.send(ToggleReadingView{});
    page.model.progress.settings.erase("reading_view");
    page.send(RendererChanged{RendererChanged::State::drawing});
    CHECK_FALSE(page.model.session.reading_view);
    CHECK_FALSE(page.notice("renderer"));
}

TEST_CASE("app.navigation: starting over asks, clears everything, and can be undone") {
    Playing page;
    page.send(ConfirmRestart{}); // nobody asked
    CHECK_FALSE(page.has<Save>());
    page.send(GoTo{"question-1", GoTo::Cause::button}).send(Choose{"q1", "prevent"}).send(Check{"q1"});
    page.send(EditCode{"filter", "print(1)\n"}).send(Activity{50'000});
    lesson::Progress const before = page.model.progress;
    CHECK(page.model.score.points == 1);
    page.send(Restart{});
    CHECK(page.model.session.restart_asked);
    CHECK(page.said().find("Start the lesson over?") == 0);
    page.send(CancelRestart{});
    CHECK(page.model.progress == before);
    page.send(Restart{}).send(ConfirmRestart{});
    CHECK(page.model.slide().id == "conflict");
    CHECK(page.model.score.points == 0);
    CHECK(page.model.progress.active_seconds == 0);
    CHECK(page.model.progress.seed == before.seed);
    CHECK(page.model.session.labs.at("filter").code == page.model.session.labs.at("filter").original);
    CHECK(page.saved_all());
    REQUIRE(page.notice("restart"));
    CHECK(page.notice("restart")->offer == Notice::Offer::undo_restart);
    page.send(UndoRestart{});
    CHECK(page.model.progress == before);
    CHECK(page.model.score.points == 1);
    CHECK(page.model.session.labs.at("filter").code == "print(1)\n");
    CHECK(page.saved_all());
    CHECK_FALSE(page.notice("restart"));
    page.send(UndoRestart{});
    CHECK_FALSE(page.has<Save>());
}

TEST_CASE("app.navigation: a failed save is a calm notice that can be dismissed") {
    Playing page;
    page.send(SaveFailed{"quota"});
    REQUIRE(page.notice("save"));
    CHECK(page.said() == page.notice("save")->text);
    page.send(SaveFailed{"quota"});
    CHECK(page.said().empty());
    CHECK(page.model.session.notices.size() == 1);
    page.send(DismissNotice{"save"});
    CHECK_FALSE(page.notice("save"));
}
