#pragma once
// The settings of the equations as tables: one row per number with its name in files, its symbol, the range of its
// slider and the range in which the equations are defined. Sliders, the command-line tool's JSON and check() read the
// same rows. No sentences for learners: those are looked up by `name` in the language files.
//
//   for (Field<Weights> const& field : weight_fields) slider(field.symbol, weights.*field.member, field.low,
//   field.high);

#include "refusal/analytic/model.hpp"

#include <array>
#include <string_view>

namespace cw::refusal::analytic {

template <class Owner>
struct Field {
    std::string_view name;   // in JSON: ASCII
    std::string_view symbol; // on screen: UTF-8
    double Owner::*member;
    double low; // the slider box
    double high;
    double domain_low; // what check() accepts
    double domain_high;
    std::string_view meaning; // for --help
};

inline constexpr double widest = 1e6;
inline constexpr double narrowest = 1e-6;

inline constexpr std::array<Field<Weights>, 11> weight_fields{{
    {"beta", "β", &Weights::beta, 0.25, 16.0, narrowest, widest, "weight of the KL penalty"},
    {"w_help", "w_help", &Weights::helpfulness, 0.0, 6.0, 0.0, widest, "reward of a fulfilled request"},
    {"w_harm", "w_harm", &Weights::harmlessness, 0.0, 40.0, 0.0, widest, "cost of fulfilling what looks harmful"},
    {"delta_r", "δ_R", &Weights::refusal_prior_nats, -8.0, 0.0, -widest, widest, "prior log-odds R against F, nats"},
    {"delta_s", "δ_S", &Weights::partial_prior_nats, -8.0, 0.0, -widest, widest, "prior log-odds S against F, nats"},
    {"k", "k", &Weights::trigger_slope, 1.0, 16.0, 0.0, widest, "slope of the safety trigger"},
    {"theta", "θ", &Weights::trigger_threshold, 0.1, 0.9, -widest, widest, "threshold of the safety trigger"},
    {"lambda", "λ", &Weights::lexical_weight, 0.0, 1.0, 0.0, widest, "weight of alarming words"},
    {"psi", "ψ", &Weights::partial_helpfulness, 0.0, 1.0, 0.0, 1.0, "share of w_help that S earns"},
    {"eta", "η", &Weights::partial_harmfulness, 0.0, 0.95, 0.0, 1.0, "share of w_harm that S costs"},
    {"temperature", "T", &Weights::temperature, 0.25, 4.0, narrowest, widest, "sampling temperature"},
}};

inline constexpr std::array<Field<Prompt>, 2> prompt_fields{{
    {"h", "h", &Prompt::harm, 0.0, 1.0, 0.0, 1.0, "true harm of the intent; above 1/2 the fulfilled answer is harmful"},
    {"l", "l", &Prompt::lexical_alarm, 0.0, 1.0, 0.0, 1.0, "how alarming the words are"},
}};

inline constexpr std::array<Field<Levers>, 5> lever_fields{{
    {"c", "c", &Levers::objective_pull, 0.0, 2.0, 0.0, widest, "objective pull, a share of w_help"},
    {"J", "J", &Levers::prior_shift_nats, 0.0, 4.0, -widest, widest, "prior shift, nats"},
    {"nu", "ν", &Levers::visibility, 0.0, 1.0, 0.0, 1.0, "visibility of the intent"},
    {"lexical", "v", &Levers::lexical_visibility, 0.0, 1.0, 0.0, 1.0, "visibility of alarming words (cipher: 0)"},
    {"extraction", "e", &Levers::extraction, 0.0, 1.0, 0.0, 1.0, "filter's success in recovering the request"},
}};

inline constexpr std::array<Field<InContextRule>, 2> rule_fields{{
    {"D", "D", &InContextRule::nats, 0.0, 6.0, 0.0, widest, "in-context rule, nats added to refusal"},
    {"cov", "cov", &InContextRule::coverage, 0.0, 1.0, 0.0, 1.0, "share of the blind spot that the rule closes"},
}};

inline constexpr std::array<Field<IntentFilter>, 2> filter_fields{{
    {"tpr", "TPR", &IntentFilter::true_positive_rate, 0.0, 1.0, 0.0, 1.0, "harmful requests blocked"},
    {"fpr", "FPR", &IntentFilter::false_positive_rate, 0.0, 1.0, 0.0, 1.0, "harmless requests blocked"},
}};

}
