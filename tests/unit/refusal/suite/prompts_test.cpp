// The 210 prompts of the lesson: design, labels and vocabulary.
#include "files.hpp"
#include "ground/text.hpp"
#include "refusal/analytic/elementary.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace cw::refusal;
using analytic::Action;
using analytic::RequestClass;

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool holds(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

// The words of a text: what stands between spaces and punctuation of ASCII.
std::set<std::string> words_of(std::string const& text) {
    std::set<std::string> words;
    std::string word;
    for (char const c : text + " ") {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalnum(byte)) {
            word += c;
        } else if (!word.empty()) {
            words.insert(word);
            word.clear();
        }
    }
    return words;
}

std::string placeholder(SuitePrompt const& prompt) { return "⟨" + prompt.topic + "⟩"; }

SuiteFrame const& frame_of(Suite const& suite, SuitePrompt const& prompt) {
    return suite.frames[static_cast<std::size_t>(prompt.frame)];
}

}

TEST_CASE("refusal.suite: the lesson's prompts load without a finding") {
    LoadedSuite const loaded = lesson_suite();
    for (cw::json::Diagnostic const& d : loaded.diagnostics) MESSAGE(d.line << ": " << d.pointer << ": " << d.message);
    CHECK(loaded.diagnostics.empty());
    CHECK(loaded.suite.prompts.size() == 210);
    CHECK(loaded.suite.frames.size() == 11);
}

TEST_CASE("refusal.suite: 60 benign, 40 borderline in ten types, and ten topics in each of eleven frames") {
    Suite const suite = lesson_suite().suite;
    int plain = 0, play = 0;
    std::map<std::string, int> types, topics;
    std::map<int, std::set<std::string>> topics_of_frame;
    for (SuitePrompt const& p : suite.prompts) {
        bool const is_direct = frame_of(suite, p).levers == analytic::Frame::direct;
        if (p.request_class == RequestClass::benign) ++(is_direct ? plain : play);
        if (p.request_class == RequestClass::borderline) ++types[p.topic];
        if (p.request_class == RequestClass::harmful) ++topics[p.topic], topics_of_frame[p.frame].insert(p.topic);
    }
    CHECK(plain == 40);
    CHECK(play == 20);
    CHECK(types.size() == 10);
    for (auto const& [type, count] : types) CHECK(count == 4);
    CHECK(topics.size() == 10);
    for (auto const& [topic, count] : topics) CHECK(count == 11);
    CHECK(topics_of_frame.size() == 11);
    for (auto const& [frame, set] : topics_of_frame) CHECK(set.size() == 10);
}

TEST_CASE("refusal.suite: borderline prompts pair with a directly asked harmful twin of the same beginning") {
    Suite const suite = lesson_suite().suite;
    std::map<int, int> used;
    for (SuitePrompt const& p : suite.prompts) {
        if (p.request_class != RequestClass::borderline) continue;
        CAPTURE(p.id);
        REQUIRE(p.pair >= 0);
        SuitePrompt const& twin = suite.prompts[static_cast<std::size_t>(p.pair)];
        CHECK(twin.request_class == RequestClass::harmful);
        CHECK(twin.frame == p.frame);
        CHECK(holds(twin.text, placeholder(twin)));
        std::size_t same = 0;
        while (same < std::min(p.text.size(), twin.text.size()) && p.text[same] == twin.text[same]) ++same;
        CHECK(same >= 5);
        ++used[p.pair];
    }
    CHECK(used.size() == 20);
    for (auto const& [twin, count] : used) CHECK(count == 2);
}

TEST_CASE("refusal.suite: framed harmful prompts pair with the same topic asked directly") {
    Suite const suite = lesson_suite().suite;
    for (SuitePrompt const& p : suite.prompts) {
        if (p.request_class != RequestClass::harmful || frame_of(suite, p).id == "direct_question") continue;
        CAPTURE(p.id);
        REQUIRE(p.pair >= 0);
        SuitePrompt const& direct = suite.prompts[static_cast<std::size_t>(p.pair)];
        CHECK(direct.topic == p.topic);
        CHECK(frame_of(suite, direct).id == "direct_question");
    }
}

TEST_CASE("refusal.suite: labels follow the class, and the alarm of every text is what the word list gives") {
    Suite const suite = lesson_suite().suite;
    for (SuitePrompt const& p : suite.prompts) {
        CAPTURE(p.id);
        CHECK(p.lexical_alarm == lexical_alarm(p.text, suite.alarm_words));
        CHECK(p.harm == (p.request_class == RequestClass::harmful ? 1.0 : 0.0));
        CHECK((p.expected == Action::refuse) == (p.request_class == RequestClass::harmful));
        CHECK((p.lexical_alarm == 0.0 || p.request_class != RequestClass::benign));
        CHECK((p.lexical_alarm > 0.0 || p.request_class != RequestClass::borderline));
        CHECK(p.reason.size() > 15);
    }
}

TEST_CASE("refusal.suite: no text occurs twice, and none is nearly another") {
    Suite const suite = lesson_suite().suite;
    std::set<std::string> texts;
    std::vector<std::set<std::string>> words;
    for (SuitePrompt const& p : suite.prompts) {
        CHECK(texts.insert(lower(p.text)).second);
        words.push_back(words_of(lower(p.text)));
    }
    constexpr double most_shared = 0.75; // of the words that occur in either
    for (std::size_t i = 0; i < words.size(); ++i)
        for (std::size_t j = i + 1; j < words.size(); ++j) {
            std::size_t shared = 0;
            for (std::string const& word : words[i]) shared += words[j].count(word);
            std::size_t const either = words[i].size() + words[j].size() - shared;
            INFO(suite.prompts[i].id, " and ", suite.prompts[j].id);
            CHECK(static_cast<double>(shared) < most_shared * static_cast<double>(either));
        }
}

TEST_CASE("refusal.suite: harmful prompts name their placeholder, which the obfuscated ones hide, and no other") {
    Suite const suite = lesson_suite().suite;
    for (SuitePrompt const& p : suite.prompts) {
        if (p.request_class != RequestClass::harmful) continue;
        CAPTURE(p.id);
        bool const is_hidden = frame_of(suite, p).id == "obfuscation";
        CHECK(holds(p.text, placeholder(p)) != is_hidden);
        CHECK(holds(p.reason, placeholder(p)));
        for (int n = 1; n <= 10; ++n) {
            std::string const other = "⟨F" + std::to_string(n) + "⟩";
            if (other != placeholder(p)) CHECK_FALSE(holds(p.text, other));
        }
    }
}

// Generic names of forbidden substance. None may appear anywhere in what a learner reads or runs: topics stay abstract.
TEST_CASE("refusal.suite: no prompt, reason, note or program text names a real forbidden substance") {
    std::string const blocked[] = {
        "explosive", "napalm",      "detonat",  "grenade",  "dynamite",   "nerve agent", "nerve gas", "cyanide",
        "ricin ",    "anthrax",     "meth ",    "heroin",   "cocaine",    "fentanyl",    "malware",   "ransomware",
        "phishing",  "keylogger",   "exploit",  "uranium",  "suicide",    "self-harm",   " rape",     "porn",
        "terroris",  "genocide",    "firearm",  "silencer", "ammunition", "kidnap",      "torture",   "credit card",
        "password",  "counterfeit", "overdose", "toxin",    "acid"};
    std::string all = file_text("assets/lessons/ai012-06/safety_filter.py");
    for (SuitePrompt const& p : lesson_suite().suite.prompts) all += "\n" + p.text + "\n" + p.reason + "\n" + p.note;
    all = lower(all);
    CHECK(all.size() > 20'000);
    for (std::string const& word : blocked) {
        CAPTURE(word);
        CHECK_FALSE(holds(all, word));
    }
}

TEST_CASE("refusal.suite: the metrics over the suite at the defaults, to the digits of the golden file") {
    Suite const suite = lesson_suite().suite;
    analytic::Defence const layers[] = {{}, {analytic::standard_rule, {}, 0.0}, {{}, analytic::standard_filter, 0.0}};
    std::string text;
    for (analytic::Defence const& layer : layers) {
        analytic::Metrics const m = analytic::measure(cases(suite), {}, layer);
        for (double const value : {m.helpfulness, m.over_refusal, m.over_refusal_or_partial, m.harmless_refusal,
                                   m.drift_nats, m.attack_success}) {
            text += cw::fixed(value, 6) + " ";
        }
        for (analytic::GroupRate const& group : m.groups) text += cw::fixed(group.attack_success, 6) + " ";
        text += "\n";
    }
    std::string const path = "tests/golden/refusal/suite_metrics.txt";
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(std::string(CW_ROOT) + "/" + path) << text;
    CHECK(text == file_text(path));
}

TEST_CASE("refusal.suite: paired deltas are the frames' nats, alike for every topic") {
    Suite const suite = lesson_suite().suite;
    std::map<int, double> worth;
    for (SuitePrompt const& p : suite.prompts) {
        if (p.request_class != RequestClass::harmful || p.pair < 0) continue;
        auto const odds = [&](SuitePrompt const& q) {
            return analytic::respond({q.harm, q.lexical_alarm, analytic::info(frame_of(suite, q).levers).levers})
                .waterfall.total;
        };
        double const delta = odds(p) - odds(suite.prompts[static_cast<std::size_t>(p.pair)]);
        auto const [found, is_first] = worth.emplace(p.frame, delta);
        CHECK(std::fabs(found->second - delta) < 1e-12);
        (void)is_first;
    }
    CHECK(worth.size() == 10);
}
