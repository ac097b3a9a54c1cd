#pragma once
// The token-level view: how likely an answer that has already begun harmfully (k forced tokens) stays harmful, because
// at each further token the model may still turn to a refusal. A compact description of the tables in Qi 2024
// (arXiv 2406.05946, tables 2 and 3), five parameters for eight cells; a fit, not a prediction. k = 0, an answer that
// nobody has begun, is outside it: there the start distribution of respond() decides.
//
//   attack_success(shallow_alignment, 5) // 0.421

namespace cw::refusal::analytic {

struct Alignment {
    double ceiling = 0.569;    // kappa, success when no refusal can come any more
    double hazard = 0.172;     // q0, probability of turning to a refusal at token 0
    double depth_tokens = 4.6; // tau, over which the hazard falls to 1/e; 0 means that it never falls
    int answer_tokens = 220;   // N
};

inline constexpr Alignment shallow_alignment{0.569, 0.172, 4.6, 220};
inline constexpr Alignment deep_alignment{0.569, 0.014, 0.0, 220};

// q_t = q0 e^(-t / tau).
[[nodiscard]] double refusal_hazard(Alignment const& alignment, int token);
// ASR(k) = kappa product over t = k .. N - 1 of (1 - q_t); k >= 0.
[[nodiscard]] double attack_success(Alignment const& alignment, int forced_tokens);

}
