// The printed numbers: defaults, worked examples, sweeps, hazard tables, and the calibration to published results.
#include "ground/text.hpp"
#include "refusal/analytic/depth.hpp"
#include "refusal/analytic/elementary.hpp"
#include "refusal/analytic/model.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace cw::refusal::analytic;

namespace {

std::string digits(double value, int count) { return cw::fixed(value, count); }

Defence with_rule() { return {standard_rule, {}, 0.0}; }
Defence with_filter() { return {{}, standard_filter, 0.0}; }

struct Row {
    Prompt prompt;
    char const* alarm;
    char const *refuse, *partial, *fulfil;
    char const *rule_refuse, *rule_partial, *rule_fulfil; // "" where nothing is printed
    char const* filter_fulfil;
};

}

TEST_CASE("refusal.analytic: the table of defaults, to the printed digits") {
    std::vector<Row> const rows{
        {benign(Frame::direct), ".018", ".008", ".007", ".985", ".025", ".012", ".963", ".981"},
        {borderline(Frame::direct), ".345", ".105", ".071", ".825", ".267", ".099", ".634", ".822"},
        {harmful(Frame::direct), ".982", ".700", ".275", ".025", ".816", ".176", ".009", ".001"},
        {harmful(Frame::role_play), ".821", ".221", ".099", ".680", ".657", ".145", ".198", ".034"},
        {harmful(Frame::prefix_injection), ".973", ".564", ".223", ".213", ".755", ".163", ".082", ".011"},
        {harmful(Frame::cipher), ".690", ".440", ".222", ".338", ".799", ".179", ".022", ".017"},
        {harmful(Frame::story), ".872", ".478", ".206", ".316", "", "", ".072", ".016"},
        {harmful(Frame::hypothetical), ".917", ".601", ".250", ".149", "", "", ".039", ".007"},
        {harmful(Frame::multi_turn), ".943", ".623", ".253", ".124", "", "", ".037", ".006"},
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row const& row = rows[i];
        CAPTURE(i);
        auto const prints = [](double value, char const* text) {
            CHECK((*text == '\0' || digits(value, 3) == std::string("0") + text));
        };
        Trace const plain = respond(row.prompt);
        prints(plain.alarm, row.alarm);
        prints(plain.final.refuse, row.refuse);
        prints(plain.final.partial, row.partial);
        prints(plain.final.fulfil, row.fulfil);
        Trace const rule = respond(row.prompt, {}, with_rule());
        prints(rule.final.refuse, row.rule_refuse);
        prints(rule.final.partial, row.rule_partial);
        prints(rule.final.fulfil, row.rule_fulfil);
        prints(respond(row.prompt, {}, with_filter()).final.fulfil, row.filter_fulfil);
    }
}

TEST_CASE("refusal.analytic: the worked examples, step by step") {
    Trace const direct = respond(harmful(Frame::direct));
    CHECK(digits(direct.output.logits.refuse, 3) == "-3.000");
    CHECK(digits(direct.output.logits.partial, 3) == "-3.935");
    CHECK(digits(direct.output.logits.fulfil, 3) == "-6.347");
    Trace const play = respond(harmful(Frame::role_play));
    CHECK(digits(play.output.logits.refuse, 3) == "-4.500");
    CHECK(digits(play.output.logits.partial, 3) == "-5.297"); // by hand with s rounded to .821: -5.298
    CHECK(digits(play.output.logits.fulfil, 3) == "-3.375");  // and -3.380

    Waterfall const& w = play.waterfall;
    CHECK(digits(w.direct(), 2) == "-3.35");
    CHECK(digits(w.objectives, 2) == "1.60");
    CHECK(digits(w.prior, 2) == "1.50");
    CHECK(digits(w.visibility, 2) == "1.37");
    CHECK(digits(w.total, 2) == "1.13");
    CHECK(w.rule == 0.0);
    CHECK(w.rule_visibility == 0.0);
}

TEST_CASE("refusal.analytic: the answer of a harmful request is harmful, of a borderline one it is not") {
    CHECK(respond(harmful(Frame::role_play)).harmful_content == respond(harmful(Frame::role_play)).final.fulfil);
    CHECK(respond(borderline(Frame::role_play)).harmful_content == 0.0);
    CHECK_FALSE(respond({0.5, 1.0, {}}).is_harmful);
}

TEST_CASE("refusal.analytic: the hazard tables of shallow and deep alignment") {
    CHECK(digits(100.0 * attack_success(shallow_alignment, 5), 1) == "42.1");
    CHECK(digits(100.0 * attack_success(shallow_alignment, 10), 1) == "51.5");
    CHECK(digits(100.0 * attack_success(shallow_alignment, 20), 1) == "56.3");
    CHECK(digits(100.0 * attack_success(shallow_alignment, 40), 1) == "56.9");
    CHECK(digits(100.0 * attack_success(deep_alignment, 5), 2) == "2.75");
    CHECK(digits(100.0 * attack_success(deep_alignment, 10), 2) == "2.95");
    CHECK(digits(100.0 * attack_success(deep_alignment, 20), 2) == "3.39");
    CHECK(digits(100.0 * attack_success(deep_alignment, 40), 2) == "4.50");
}

TEST_CASE("refusal.analytic T1: simulated attack success lies near the published rates it was tuned to") {
    CHECK(std::fabs(respond(harmful(Frame::direct)).harmful_content - 0.03) <= 0.10);
    CHECK(std::fabs(respond(harmful(Frame::role_play)).harmful_content - 0.75) <= 0.15);
    CHECK(std::fabs(respond(harmful(Frame::prefix_injection)).harmful_content - 0.22) <= 0.10);
    CHECK(std::fabs(respond(harmful(Frame::cipher)).harmful_content - 0.34) <= 0.10);
}

TEST_CASE("refusal.analytic T2: the hazard formula meets the prefill table within one point") {
    std::vector<std::pair<int, double>> const standard{{5, 0.421}, {10, 0.515}, {20, 0.561}, {40, 0.570}};
    std::vector<std::pair<int, double>> const deepened{{5, 0.028}, {10, 0.029}, {20, 0.034}, {40, 0.045}};
    for (auto const& [tokens, rate] : standard)
        CHECK(std::fabs(attack_success(shallow_alignment, tokens) - rate) <= 0.01);
    for (auto const& [tokens, rate] : deepened) CHECK(std::fabs(attack_success(deep_alignment, tokens) - rate) <= 0.01);
}

TEST_CASE("refusal.analytic T3: a rule lowers role-play success and raises the bill; a filter is worth 3 nats") {
    CHECK(respond(harmful(Frame::role_play), {}, with_rule()).harmful_content <
          respond(harmful(Frame::role_play)).harmful_content);
    CHECK(respond(benign(Frame::direct), {}, with_rule()).refusal > respond(benign(Frame::direct)).refusal);
    CHECK(respond(borderline(Frame::direct), {}, with_rule()).refusal > respond(borderline(Frame::direct)).refusal);
    CHECK(standard_filter.false_positive_rate <= 0.01);
    for (FrameInfo const& frame : frames()) {
        double const before = respond(harmful(frame.frame)).harmful_content;
        double const after = respond(harmful(frame.frame), {}, with_filter()).harmful_content;
        CHECK(nats_between(before, after) <= -3.0);
    }
}

TEST_CASE("refusal.analytic: settings outside the equations' domain are named") {
    Weights weights;
    weights.beta = 0.0;
    CHECK(check(weights).error().where == "beta");
    weights = {};
    weights.harmlessness = std::nan("");
    CHECK(check(weights).error().where == "w_harm");
    CHECK(check(Prompt{1.5, 0.0, {}}).error().where == "h");
    CHECK(check(Prompt{1.0, 0.0, {0.0, 0.0, -0.1, 1.0, 1.0}}).error().where == "nu");
    CHECK(check(Defence{{-1.0, 0.0}, {}, 0.0}).error().where == "D");
    CHECK(check(Defence{{}, {0.5, 2.0}, 0.0}).error().where == "fpr");
    CHECK(check(Defence{{}, {}, 1.1}).error().where == "also_blocked");
    CHECK(check(Defence{}).has_value());
}

TEST_CASE("refusal.analytic: frames are found by id, and the unverified ones are marked as assumed") {
    for (FrameInfo const& frame : frames()) CHECK(frame_from_id(frame.id) == frame.frame);
    CHECK_FALSE(frame_from_id("grandmother"));
    CHECK(info(Frame::role_play).evidence == Evidence::calibrated);
    CHECK(info(Frame::multi_turn).evidence == Evidence::assumed);
}
