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
    // Turning up harmlessness without borderline examples: more refusals of harmless requests, the same jailbreaks.
    list.sweep("harmlessness", 100, {0, 0.01, 0.03, 0.1, 1, 10, 100}, [](LiveSettings& settings, double value) {
        settings.pairs.harm_weight = static_cast<float>(value);
        settings.pairs.borderline_pairs = false;
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
    list.sweep("coverage-role-play", 100, {0, 0.1, 0.3}, [](LiveSettings& settings, double value) {
        settings.pairs.coverage = value;
        settings.pairs.coverage_frames = bit(Frame::role_play);
        settings.learning_rate = 2e-4;
    });
    list.sweep("coverage-all", 400, {0.3},
               [](LiveSettings& settings, double value) { settings.pairs.coverage = value; });
    // Refusing after the answer has begun.
    list.sweep("depth", 200, {0, 0.5}, [](LiveSettings& settings, double value) {
        settings.pairs.depth_share = value;
        settings.pairs_per_step = 32;
    });
    // Competing objectives: the same few role-play refusals, with (1) and without (0) helpful role-play beside them.
    list.sweep("competing", 100, {0, 1}, [](LiveSettings& settings, double value) {
        settings.pairs.coverage = 0.03;
        settings.pairs.coverage_frames = bit(Frame::role_play);
        if (value < 1) settings.pairs.help_frames &= ~bit(Frame::role_play);
        settings.learning_rate = 2e-4;
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
