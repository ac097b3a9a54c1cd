#pragma once
// Published results, as table data beside the equations: what was measured, on what, by whom, and how it was checked.
// The equations do not read it. Left out: numbers that nobody checked against a copy, and claims without a number. Rows
// are numbered as in our literature table. No single number here is universal: the same idea is published from 0 % to
// 98 % with model, judge and year.
//
//   for (PublishedRate const& rate : published_rates())
//       if (rate.measure == Measure::over_refusal) mark(rate.value, source(rate.source).citation);

#include <span>
#include <string_view>

namespace cw::refusal::analytic {

// How a number was checked: in a copy of the paper or of its tables, or in a text that quotes the paper.
enum class Confidence { paper, secondary };

struct Source {
    std::string_view id;
    std::string_view citation;   // "Wei et al. 2023"
    std::string_view identifier; // "arXiv 2307.02483"
};

enum class Measure {
    attack_success,  // share of harmful requests that were fulfilled
    over_refusal,    // share of safe prompts refused; `partial` holds the partial refusals
    harmful_refused, // share of unsafe prompts refused
    extra_refusals,  // added share of ordinary prompts refused
    extra_compute,   // added share of computing cost
    win_rate,        // AlpacaEval, share
    correlation,     // Spearman's, in [-1, 1]
    detection        // area under the precision-recall curve
};

struct PublishedRate {
    int row;
    std::string_view source; // a Source's id
    Confidence confidence;
    Measure measure;
    std::string_view subject;   // the model
    std::string_view condition; // attack, defence or stage
    double value;               // a share in [0, 1]
    double partial = 0.0;
};

// One intervention measured before and after: its worth is nats_between(before, after).
struct PublishedEffect {
    int row;
    std::string_view source;
    Confidence confidence;
    std::string_view intervention;
    std::string_view subject;
    double before;
    double after;
};

// Capability before alignment, after PPO, and after PPO with pretraining mix: the tax and its cure, measured. Not a
// function of anything in the equations.
struct CapabilityTax {
    int row;
    std::string_view source;
    Confidence confidence;
    std::string_view task;
    std::string_view score; // unit
    double base;
    double ppo;
    double ppo_ptx;
};

[[nodiscard]] std::span<Source const> sources();
[[nodiscard]] Source const& source(std::string_view id);
[[nodiscard]] std::span<PublishedRate const> published_rates();
[[nodiscard]] std::span<PublishedEffect const> published_effects();
[[nodiscard]] std::span<CapabilityTax const> capability_taxes();

}
