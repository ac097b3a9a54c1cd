#pragma once
// The experiments behind the lab's claims: one slider moved at a time, each a LiveRun that anybody can repeat in the
// page. Their results, for three seeds, are in assets/lessons/ai012-06/tiny-metrics.json; the trainer measures them.
//
//   for (Experiment const& each : experiments(1)) { auto run = LiveRun::create(file, each.settings); ... }

#include "refusal/tiny/live.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cw::refusal::tiny {

struct Experiment {
    std::string_view name; // "harmlessness", "caution", "borderline-pairs", "beta", "ptx", "coverage-role-play",
                           // "coverage-all", "depth", "competing"
    double value;          // of the slider that moves
    int steps;
    LiveSettings settings;
};

[[nodiscard]] std::vector<Experiment> experiments(std::uint64_t seed);

// The cells an experiment is judged by, each with at most experiment_prompts prompts.
[[nodiscard]] std::vector<Cell> experiment_cells();
constexpr int experiment_prompts = 192;
constexpr int experiment_texts = 256; // documents of the text loss

}
