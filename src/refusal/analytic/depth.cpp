#include "refusal/analytic/depth.hpp"

#include "ground/assert.hpp"
#include "refusal/analytic/elementary.hpp"

namespace cw::refusal::analytic {

double refusal_hazard(Alignment const& alignment, int token) {
    if (alignment.depth_tokens == 0.0) return alignment.hazard;
    return alignment.hazard * exponential(-token / alignment.depth_tokens);
}

double attack_success(Alignment const& alignment, int forced_tokens) {
    CW_ASSERT(forced_tokens >= 0 && alignment.hazard >= 0.0 && alignment.hazard <= 1.0 &&
              alignment.depth_tokens >= 0.0);
    double success = alignment.ceiling;
    for (int token = forced_tokens; token < alignment.answer_tokens; ++token) {
        success *= 1.0 - refusal_hazard(alignment, token);
    }
    return success;
}

}
