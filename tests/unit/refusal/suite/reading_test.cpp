// Reading suites and decisions, sound and broken.
#include "files.hpp"
#include "ground/random.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace cw::refusal;
using analytic::RequestClass;

namespace {

std::string const row_b =
    R"({"id":"b","text":"Hi","class":"benign","h":0,"l":0,"frame":"plain","topic":"t","pair_id":null,)"
    R"("expected":"F","reason":"a greeting","provenance":"own work","note":""})";
std::string const row_h =
    R"({"id":"h","text":"⟨F1⟩","class":"harmful","h":1,"l":1,"frame":"plain","topic":"F1","pair_id":"b",)"
    R"("expected":"R","reason":"asks for it","provenance":"own work","note":""})";

std::string suite_json(std::string const& rows) {
    return R"({"frames":[{"id":"plain","name":"Plain","levers":"direct","evidence":"calibrated"}],"prompts":[)" + rows +
           "]}";
}

std::string with(std::string text, std::string const& from, std::string const& to) {
    std::size_t const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

// Every finding in one string, to look for words in.
std::string findings(LoadedSuite const& loaded) {
    std::string out;
    for (cw::json::Diagnostic const& d : loaded.diagnostics) out += d.pointer + " " + d.message + " " + d.hint + "\n";
    return out;
}

bool holds(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}

TEST_CASE("refusal.suite: a small suite reads as written") {
    LoadedSuite const loaded = load_suite(suite_json(row_b + "," + row_h));
    CHECK(findings(loaded) == "");
    REQUIRE(loaded.suite.prompts.size() == 2);
    CHECK(loaded.suite.frames[0].evidence == analytic::Evidence::calibrated);
    CHECK(loaded.suite.prompts[0].pair == -1);
    CHECK(loaded.suite.prompts[1].pair == 0);
    CHECK(loaded.suite.prompts[1].request_class == RequestClass::harmful);
    std::vector<analytic::Case> const made = cases(loaded.suite);
    CHECK(made[1].prompt.harm == 1.0);
    CHECK(made[1].prompt.levers.visibility == 1.0);
    CHECK(made[1].blocked == 0.0);
}

TEST_CASE("refusal.suite: broken rows are named and left out, the sound ones stay") {
    LoadedSuite const doubled = load_suite(suite_json(row_b + "," + row_b + "," + row_h));
    CHECK(doubled.suite.prompts.size() == 2);
    CHECK(holds(findings(doubled), "twice"));

    LoadedSuite const lost = load_suite(suite_json(with(row_b, "\"plain\"", "\"plane\"") + "," + row_h));
    CHECK(lost.suite.prompts.size() == 1);
    CHECK(holds(findings(lost), "/prompts/0/frame"));
    CHECK(holds(findings(lost), "plain")); // the hint
    CHECK(holds(findings(lost), "\"b\"")); // the pair that is now missing
    CHECK(lost.suite.prompts[0].pair == -1);

    CHECK(holds(findings(load_suite(suite_json(with(row_h, "\"h\":1", "\"h\":0.2")))), "does not fit"));
    CHECK(holds(findings(load_suite(suite_json(with(row_b, "\"F\"", "\"X\"")))), "/prompts/0/expected"));
    CHECK(holds(findings(load_suite(suite_json(with(row_b, "\"l\":0", "\"l\":7")))), "/prompts/0/l"));
    CHECK(holds(findings(load_suite(suite_json(with(row_b, "\"note\"", "\"nota\"")))), "nota"));
    std::string const long_text(prompt_text_limit_bytes + 1, 'a');
    CHECK(holds(findings(load_suite(suite_json(with(row_b, "Hi", long_text)))), "bytes"));
}

TEST_CASE("refusal.suite: text that is no suite gives findings and an empty suite") {
    for (char const* text :
         {"", "{", "[]", "null", "{}", R"({"frames":3,"prompts":"x"})", R"({"prompts":[1,null,{}]})"}) {
        CAPTURE(text);
        LoadedSuite const loaded = load_suite(text);
        CHECK(cw::json::has_errors(loaded.diagnostics));
        CHECK(loaded.suite.prompts.empty());
    }
}

TEST_CASE("refusal.suite: the alarm of a text is its most alarming word's, in any case of letters") {
    std::vector<AlarmWord> const words{{"kill", 0.9}, {"secret", 0.4}};
    CHECK(lexical_alarm("A SECRET skill", words) == 0.9); // also inside other words: a keyword filter's classic fault
    CHECK(lexical_alarm("Secret", words) == 0.4);
    CHECK(lexical_alarm("hello", words) == 0.0);
    CHECK(lexical_alarm("", {}) == 0.0);
}

TEST_CASE(
    "refusal.suite: the first filter's decisions, as CPython wrote them, catch direct requests and miss role-play") {
    Suite const suite = lesson_suite().suite;
    auto const report = read_decisions(file_text("tests/golden/refusal/safety_filter_decisions.json"), suite);
    REQUIRE(report);
    CHECK(report->total.harmful == 110);
    CHECK(report->total.harmless == 100);
    CHECK(report->harmful_let_through() == 76);
    CHECK(report->total.harmless_blocked == 21);
    CHECK(report->undecided == 0);
    CHECK(report->unknown == 0);
    for (std::size_t i = 0; i < suite.frames.size(); ++i) {
        analytic::FilterCounts const& counts = report->frames[i];
        CAPTURE(suite.frames[i].id);
        if (suite.frames[i].levers == analytic::Frame::direct) CHECK(counts.harmful_blocked == counts.harmful);
        if (suite.frames[i].levers == analytic::Frame::role_play) CHECK(counts.harmful_blocked == 0);
    }
    CHECK(report->total.rates().true_positive_rate == doctest::Approx(34.0 / 110.0));
    CHECK(report->total.rates().false_positive_rate == doctest::Approx(0.21));

    analytic::Metrics const alone = analytic::measure(cases(suite), {}, {});
    analytic::Metrics const layered = analytic::measure(cases(suite, &*report), {}, {});
    CHECK(layered.attack_success < alone.attack_success);
    CHECK(layered.harmless_refusal > alone.harmless_refusal);
    CHECK(layered.groups[0].attack_success == 0.0);
    CHECK(layered.groups[2].attack_success == alone.groups[2].attack_success); // role-play
}

TEST_CASE("refusal.suite: decisions that are missing count as answered, decisions about strangers are only counted") {
    Suite const suite = load_suite(suite_json(row_b + "," + row_h)).suite;
    auto const report = read_decisions(R"({"decisions":{"h":"refuse","zz":"refuse"},"totals":{"refuse":99}})", suite);
    REQUIRE(report);
    CHECK(report->undecided == 1);
    CHECK(report->unknown == 1);
    CHECK(report->harmful_let_through() == 0);
    CHECK(report->total.harmless_blocked == 0);
    CHECK(cases(suite, &*report)[1].blocked == 1.0);
    CHECK(read_decisions(R"({"decisions":{}})", suite)->undecided == 2);
}

TEST_CASE("refusal.suite: decisions that cannot be read are an error in words") {
    Suite const suite = load_suite(suite_json(row_b)).suite;
    for (char const* text : {"", "[]", "{\"decisions\":", "{}", R"({"decisions":["b"]})", R"({"decisions":{"b":true}})",
                             R"({"decisions":{"b":"maybe"}})"}) {
        CAPTURE(text);
        auto const report = read_decisions(text, suite);
        REQUIRE_FALSE(report);
        CHECK(report.error().message.size() > 10);
    }
    CHECK(read_decisions(R"({"decisions":{"b":"maybe"}})", suite).error().where == "/decisions/b");
}

TEST_CASE("refusal.suite: files with bytes changed, doubled or cut off are read without harm") {
    Suite const suite = load_suite(suite_json(row_b + "," + row_h)).suite;
    std::string const suite_text = suite_json(row_b + "," + row_h);
    std::string const decisions_text = R"({"decisions":{"b":"answer","h":"refuse"},"totals":{"refuse":1,"answer":1}})";
    cw::Random random(17);
    int readable = 0;
    for (int round = 0; round < 4'000; ++round) {
        std::string text = round % 2 == 0 ? suite_text : decisions_text;
        for (int change = random.below(4); change >= 0; --change) {
            auto const at = static_cast<std::size_t>(random.below(static_cast<int>(text.size())));
            switch (random.below(4)) {
                case 0: text[at] = static_cast<char>(random.below(256)); break;
                case 1: text.insert(at, text.substr(at, 20)); break;
                case 2: text.erase(at, 1 + static_cast<std::size_t>(random.below(8))); break;
                default: text[at] = "{}[]\":,0-e\\"[random.below(12)];
            }
            if (text.empty()) break;
        }
        LoadedSuite const loaded = load_suite(text);
        CHECK(cases(loaded.suite).size() == loaded.suite.prompts.size());
        if (auto const report = read_decisions(text, suite)) {
            ++readable;
            CHECK(report->total.harmful + report->total.harmless == 2);
        }
    }
    CHECK(readable > 20);
}
