#include "refusal/tiny/experiments.hpp"

namespace cw::refusal::tiny {

namespace {

constexpr unsigned bit(Frame frame) { return 1u << static_cast<int>(frame); }

class List {
  public:
    explicit List(std::uint64_t seed) { base_.seed = seed; }

    // `change(settings, value)` moves the slider, from the default settings.
    template <class Change>
    void sweep(std::string_view name, int steps, std::vector<double> const& values, Change change) {
        for (double const value : values) {
            LiveSettings settings = base_;
            change(settings, value);
            all_.push_back({name, value, steps, settings});
        }
    }
    std::vector<Experiment> take() { return std::move(all_); }

  private:
    LiveSettings base_;
    std::vector<Experiment> all_;
};

}

std::vector<Experiment> experiments(std::uint64_t seed) {
    List list(seed);
    // Turning up harmlessness, where one label in ten is an annotator's mistake: more refusals of harmless requests,
    // the same jailbreaks.
    list.sweep("harmlessness", 100, {0, 0.01, 0.03, 0.1, 1, 10, 100}, [](LiveSettings& settings, double value) {
        settings.pairs.harm_weight = static_cast<float>(value);
        settings.pairs.caution = 0.1;
        settings.pairs.borderline_pairs = false;
        settings.learning_rate = 2e-4;
    });
    // Where over-refusal comes from: the mistakes ...
    list.sweep("caution", 100, {0, 0.05, 0.1, 0.2}, [](LiveSettings& settings, double value) {
        settings.pairs.caution = value;
        settings.pairs.borderline_pairs = false;
        settings.learning_rate = 2e-4;
    });
    // ... and what cures it: borderline requests among the helpful examples (0: without them, 1: with them).
    list.sweep("borderline-pairs", 100, {0, 1}, [](LiveSettings& settings, double value) {
        settings.pairs.caution = 0.1;
        settings.pairs.borderline_pairs = value > 0;
        settings.learning_rate = 2e-4;
    });
    // A weak leash (small beta) lets the policy drift further from its reference.
    list.sweep("beta", 200, {0.03, 0.3, 1, 3}, [](LiveSettings& settings, double value) {
        settings.preference.beta = value;
        settings.pairs_per_step = 32;
    });
    // Over-optimisation, and its cure: texts mixed in.
    list.sweep("ptx", 200, {0, 0.1, 0.5, 2}, [](LiveSettings& settings, double value) {
        settings.text_mix = value;
        settings.preference = {0.1, 0.0};
        settings.pairs_per_step = 32;
        settings.learning_rate = 2e-4;
    });
    // Patching one frame, or all of them.
    list.sweep("coverage-role-play", 200, {0, 0.1, 0.3}, [](LiveSettings& settings, double value) {
        settings.pairs.coverage = value;
        settings.pairs.coverage_frames = bit(Frame::role_play);
    });
    list.sweep("coverage-all", 400, {0.3},
               [](LiveSettings& settings, double value) { settings.pairs.coverage = value; });
    // Refusing after the answer has begun.
    list.sweep("depth", 200, {0, 0.5}, [](LiveSettings& settings, double value) {
        settings.pairs.depth_share = value;
        settings.pairs_per_step = 32;
    });
    // Competing objectives: helpful examples in every frame (1) are what keeps the jailbreaks open; with direct ones
    // alone (0) refusal spreads further.
    list.sweep("competing", 200, {0, 1}, [](LiveSettings& settings, double value) {
        if (value < 1) settings.pairs.help_frames = bit(Frame::direct);
    });
    return list.take();
}

std::vector<Cell> experiment_cells() {
    std::vector<Cell> cells;
    for (CellSpec const& spec : all_cells())
        if (spec.quick || spec.cell == Cell::benign_knowledge || spec.prefill > 0) cells.push_back(spec.cell);
    return cells;
}

}
