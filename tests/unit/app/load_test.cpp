#include "lesson/load.hpp"

#include "playing.hpp"

using namespace cw;
using namespace cw::app;
using test::Playing;

TEST_CASE("app.load: a fresh learner begins at the first slide, silently") {
    Playing page;
    CHECK(page.model.session.phase == Session::Phase::playing);
    CHECK(page.model.slide().id == "conflict");
    CHECK(page.only<SetAddress>().how == SetAddress::How::replace);
    CHECK(page.effects.size() == 1);
    CHECK(page.model.progress.seed == 7);
    CHECK(page.model.score.questions == 2);
}

TEST_CASE("app.load: a saved learner goes on where they were, unless the address says otherwise") {
    Playing page;
    page.send(Choose{"q2", "rlhf"}).send(Check{"q2"}).send(GoTo{"challenge", GoTo::Cause::button});
    std::string const saved = page.only<Save>().state;
    Playing const again("ai012-06", saved);
    CHECK(again.model.progress == page.model.progress);
    CHECK(again.model.slide().id == "challenge");
    CHECK(again.model.score.points == 1);
    Playing const linked("ai012-06", saved, "vulnerability");
    CHECK(linked.model.slide().id == "vulnerability");
    CHECK(linked.model.score.points == 1);
    Playing const lost("ai012-06", saved, "no-such-slide");
    CHECK(lost.model.slide().id == "challenge");
}

TEST_CASE("app.load: what cannot be read is kept, said calmly, and the lesson starts clean") {
    Playing source;
    source.send(Next{});
    std::string const saved = source.only<Save>().state;
    struct Case {
        std::string lesson, saved;
        char const* words;
    };
    std::string damaged = saved;
    damaged[20] = damaged[20] == 'A' ? 'B' : 'A';
    Case const cases[] = {{"ai012-06", damaged, "could not be read"},
                          {"ai012-06", "\xFF garbage", "could not be read"},
                          {"sample", saved, "belongs to another lesson"}};
    for (Case const& c : cases) {
        Playing const page(c.lesson, c.saved);
        CHECK(page.only<KeepDamaged>().state == c.saved);
        CHECK_FALSE(page.has<Save>());
        REQUIRE(page.notice("saved"));
        CHECK(page.notice("saved")->text.find(c.words) != std::string::npos);
        CHECK(page.said() == page.notice("saved")->text);
        CHECK(page.model.session.slide == 0);
        CHECK(page.model.progress.visited.size() == 1);
    }
}

TEST_CASE("app.load: bars show what the simulator computes for each scenario") {
    Playing page;
    auto const& bars = page.model.session.bars;
    REQUIRE(bars.at("vulnerability-bars").size() == 2);
    CHECK(bars.at("vulnerability-bars")[0].refusal == doctest::Approx(0.700).epsilon(0.001));
    CHECK(bars.at("vulnerability-bars")[0].harmful_content == doctest::Approx(0.025).epsilon(0.02));
    CHECK(bars.at("vulnerability-bars")[1].harmful_content == doctest::Approx(0.680).epsilon(0.001));
    CHECK(bars.at("mechanism-bars")[0].harmful_content == 0);
}

TEST_CASE("app.load: a lesson may name the frames that the simulator knows, and no others") {
    std::vector<std::string> known;
    for (auto const& frame : refusal::analytic::frames()) known.emplace_back(frame.id);
    CHECK(lesson::frame_names() == known);
}

TEST_CASE("app.load: a broken lesson plays what is sound; one that cannot be read fails in words") {
    Playing page("broken-example");
    CHECK(page.model.session.phase == Session::Phase::playing);
    CHECK(page.model.session.diagnostics.size() > 10);
    page.send(Choose{"sound", "yes"}).send(Check{"sound"});
    CHECK(page.model.score.questions_right == 1);

    Playing failing;
    LessonLoaded junk;
    junk.json = "{";
    failing.send(junk);
    CHECK(failing.model.session.phase == Session::Phase::failed);
    CHECK(failing.model.session.failure == "The lesson file cannot be read.");
    CHECK(failing.only<Announce>().urgency == Announce::Urgency::assertive);
    failing.send(Next{});
    CHECK(failing.effects.empty());
    failing.load("sample");
    CHECK(failing.model.session.phase == Session::Phase::playing);
    CHECK(failing.model.session.labs.empty());
}

TEST_CASE("app.load: a lesson that is not there says so") {
    Playing page;
    page.model = Model{};
    page.model.words = test::english();
    page.send(LessonMissing{"404 Not Found"});
    CHECK(page.model.session.failure == "The lesson could not be loaded: 404 Not Found");
}
