#include "cwlab_tiny.hpp"

#include "ground/text.hpp"
#include "json/write.hpp"
#include "refusal/tiny/live.hpp"
#include "refusal/tiny/store.hpp"
#include "refusal/tiny/trainer.hpp"
#include "tiny_report.hpp"

#include <cstdio>
#include <optional>
#include <string>

namespace {

using namespace cw;
using namespace cw::refusal::tiny;

struct Options {
    std::string weights;
    int steps = live_steps;
    int every = 0; // steps between quick measurements, 0: none
    std::optional<Depth> depth = Depth::full;
    bool as_page = false; // measures what the page measures, instead
    LiveSettings settings;
};

Error bad(std::string_view option, char const* message) {
    return Error{ErrorCode::invalid, std::string(option), message};
}

Result<unsigned> frames_of(std::string_view option, std::string_view list) {
    unsigned frames = 0;
    for (std::string_view const name : split(list, ',')) {
        unsigned found = 0;
        for (Frame const frame : all_frames)
            if (name_of(frame) == name) found = 1u << static_cast<int>(frame);
        if (found == 0) return bad(option, "knows direct, role-play, hypothetical, story, prefix and cipher");
        frames |= found;
    }
    return frames;
}

// Reads `--name value`; false if no option has that name.
Result<bool> take_option(Options& options, std::string_view name, std::string_view value) {
    LiveSettings& s = options.settings;
    auto const real = parse_double(value);
    auto const whole = parse_integer(value);
    struct Real {
        std::string_view name;
        double* to;
    };
    double harm_weight = static_cast<double>(s.pairs.harm_weight);
    double help_weight = static_cast<double>(s.pairs.help_weight);
    for (Real const each :
         {Real{"--beta", &s.preference.beta}, Real{"--anchor", &s.preference.anchor}, Real{"--w-harm", &harm_weight},
          Real{"--w-help", &help_weight}, Real{"--caution", &s.pairs.caution}, Real{"--coverage", &s.pairs.coverage},
          Real{"--depth", &s.pairs.depth_share}, Real{"--ptx", &s.text_mix}, Real{"--lr", &s.learning_rate}})
        if (each.name == name) {
            if (!real) return bad(name, "wants a number");
            *each.to = *real;
            s.pairs.harm_weight = static_cast<float>(harm_weight);
            s.pairs.help_weight = static_cast<float>(help_weight);
            return true;
        }
    struct Whole {
        std::string_view name;
        int* to;
    };
    for (Whole const each : {Whole{"--steps", &options.steps}, Whole{"--every", &options.every},
                             Whole{"--pairs", &s.pairs_per_step}, Whole{"--texts", &s.texts_per_step}})
        if (each.name == name) {
            if (!whole || *whole < 0 || *whole > 100000) return bad(name, "wants a whole number up to 100000");
            *each.to = static_cast<int>(*whole);
            return true;
        }
    if (name == "--seed") {
        if (!whole || *whole < 0) return bad(name, "wants a whole number");
        s.seed = static_cast<std::uint64_t>(*whole);
    } else if (name == "--weights") {
        options.weights = value;
    } else if (name == "--coverage-frames") {
        s.pairs.coverage_frames = CW_TRY(frames_of(name, value));
    } else if (name == "--help-frames") {
        s.pairs.help_frames = CW_TRY(frames_of(name, value));
    } else if (name == "--borderline") {
        if (value != "0" && value != "1") return bad(name, "wants 0 or 1");
        s.pairs.borderline_pairs = value == "1";
    } else {
        return false;
    }
    return true;
}

Result<Options> parse(int argc, char** argv) {
    Options options;
    for (int i = 2; i < argc; ++i) {
        std::string_view const name = argv[i];
        if (name == "--quick") {
            options.depth = Depth::quick;
        } else if (name == "--page") {
            options.as_page = true;
        } else if (name == "--no-metrics") {
            options.depth.reset();
        } else {
            if (i + 1 == argc) return bad(name, "wants a value, or is not known");
            if (!CW_TRY(take_option(options, name, argv[++i]))) return bad(name, "is not known");
        }
    }
    if (options.weights.empty()) return bad("--weights", "is missing");
    CW_TRY(check(options.settings));
    return options;
}

std::string report_json(StepReport const& report) {
    json::Writer out;
    out.begin_object().key("step").integer(report.step).key("loss").number(report.preference.loss);
    out.key("accuracy").number(report.preference.accuracy).key("margin").number(report.preference.margin);
    out.key("text_loss").number(report.text_loss).key("gradient_norm").number(report.gradient_norm).end();
    return out.str();
}

// The cells, prompts and texts of the page's table before and after a training.
Metrics page_metrics(LiveRun const& live) {
    Metrics metrics;
    for (Cell const cell : trainer_cells())
        metrics.cells[static_cast<std::size_t>(cell)] = measure_cell(live.world(), live.model(), cell, page_prompts);
    metrics.text_loss = measure_text_loss(live.world(), live.model(), page_texts);
    metrics.divergence = measure_divergence(live.world(), live.model());
    metrics.direction = measure_direction(live.world(), live.model());
    return metrics;
}

Result<void> run(Options const& options, bool trains) {
    auto const file = CW_TRY(tools::read_bytes(options.weights));
    LiveRun live = CW_TRY(LiveRun::create(file, options.settings));
    std::printf("{\n  \"weights\": %s,\n  \"world\": \"%s\"", json::quoted_json(options.weights).c_str(),
                tools::hex(live.world().hash()).c_str());
    if (trains) {
        std::printf(",\n  \"settings\": %s,\n  \"steps\": [", tools::settings_json(options.settings).c_str());
        for (int i = 0; i < options.steps; ++i) {
            std::printf("%s\n    %s", i ? "," : "", report_json(live.step()).c_str());
            if (options.every > 0 && (i + 1) % options.every == 0)
                std::printf(",\n    %s", tools::metrics_json(live.measure(Depth::quick), 4).c_str());
        }
        std::printf("\n  ]");
    }
    std::printf(",\n  \"weight_hash\": \"%s\"", tools::hex(live.weight_hash()).c_str());
    if (options.as_page)
        std::printf(",\n  \"metrics\": %s", tools::metrics_json(page_metrics(live), 2).c_str());
    else if (options.depth)
        std::printf(",\n  \"metrics\": %s", tools::metrics_json(live.measure(*options.depth), 2).c_str());
    std::printf("\n}\n");
    return {};
}

}

int tiny_main(int argc, char** argv) {
    std::string_view const command = argc > 1 ? argv[1] : "";
    if (command != "metrics" && command != "dpo") {
        std::fputs("usage: cwlab tiny metrics|dpo --weights FILE ... (see cwlab_tiny.hpp)\n", stderr);
        return 2;
    }
    auto const options = parse(argc, argv);
    if (!options) {
        std::fprintf(stderr, "cwlab tiny: %s %s\n", options.error().where.c_str(), options.error().message.c_str());
        return 2;
    }
    auto const done = run(*options, command == "dpo");
    if (done) return 0;
    std::fprintf(stderr, "cwlab tiny: %s: %s\n", done.error().where.c_str(), done.error().message.c_str());
    return 2;
}
