// Trains the tiny model from nothing and measures it: writes tiny.weights (the first seed's tuned model, which the page
// starts from) and tiny-metrics.json (every seed's base, tuned and aligned model, and the experiments). About three CPU
// minutes a seed, without sanitizers. The same seeds give the same files on every machine.
//
//   train --out DIR --seed 1,2,3

#include "ground/text.hpp"
#include "json/write.hpp"
#include "refusal/tiny/experiments.hpp"
#include "refusal/tiny/stages.hpp"
#include "refusal/tiny/store.hpp"
#include "tiny_report.hpp"

#include <cstdio>
#include <string>

namespace {

using namespace cw;
using namespace cw::refusal::tiny;

struct Arguments {
    std::string folder;
    std::vector<std::uint64_t> seeds;
};

Result<Arguments> parse(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string_view const name = argv[i];
        if (name == "--out") {
            arguments.folder = argv[i + 1];
        } else if (name == "--seed") {
            for (std::string_view const text : split(argv[i + 1], ',')) {
                auto const seed = parse_integer(text);
                if (!seed || *seed < 0) return Error{ErrorCode::invalid, "--seed", "wants whole numbers with commas"};
                arguments.seeds.push_back(static_cast<std::uint64_t>(*seed));
            }
        } else {
            return Error{ErrorCode::invalid, std::string(name), "is not known"};
        }
    }
    if (arguments.folder.empty() || arguments.seeds.empty())
        return Error{ErrorCode::invalid, "usage", "train --out DIR --seed 1,2,3"};
    return arguments;
}

void run_stage(World const& world, Shape const& shape, StageKind kind, std::uint64_t seed,
               std::vector<float>& weights) {
    Stage stage(world, shape, kind, seed);
    while (!stage.done()) {
        double const loss = stage.step(weights);
        if (stage.steps_done() % 300 == 0)
            std::fprintf(stderr, "  %s %d: %.4f nats per token\n",
                         kind == StageKind::pretraining ? "pre-training" : "tuning", stage.steps_done(), loss);
    }
}

std::string metrics_of(World const& world, Shape const& shape, std::vector<float> const& weights) {
    return tools::metrics_json(measure(world, {shape, weights, weights}, Depth::full), 6);
}

std::string experiment_json(Experiment const& experiment, std::vector<std::uint8_t> const& file) {
    LiveRun run = LiveRun::create(file, experiment.settings).value();
    for (int i = 0; i < experiment.steps; ++i) run.step();
    json::Writer out;
    out.begin_object().key("name").text(experiment.name).key("value").number(experiment.value);
    out.key("steps").integer(experiment.steps).key("text_loss");
    out.number(tools::rounded(measure_text_loss(run.world(), run.model(), experiment_texts))).key("cells");
    out.begin_object();
    for (Cell const cell : experiment_cells()) {
        Outcomes const o = measure_cell(run.world(), run.model(), cell, experiment_prompts);
        out.key(spec_of(cell).key).begin_array().integer(o.count).integer(o.refused).integer(o.answered);
        out.integer(o.correct).number(tools::rounded(o.start_refusal)).end();
    }
    out.end().end();
    return out.str();
}

struct Trained {
    std::vector<std::uint8_t> file;
    std::string json; // an object
};

Trained train(World const& world, std::uint64_t seed) {
    Shape shape;
    shape.vocabulary = world.vocabulary();
    std::fprintf(stderr, "seed %llu\n", static_cast<unsigned long long>(seed));
    auto weights = initial_weights(shape, seed);
    run_stage(world, shape, StageKind::pretraining, seed, weights);
    std::string const base = metrics_of(world, shape, weights);
    run_stage(world, shape, StageKind::tuning, seed, weights);

    Trained trained;
    trained.file = pack(shape, weights, world.hash());
    LiveSettings settings;
    settings.seed = seed;
    LiveRun run = LiveRun::create(trained.file, settings).value();
    std::string const tuned_hash = tools::hex(run.weight_hash());
    std::string const tuned = tools::metrics_json(run.measure(Depth::full), 6);
    for (int i = 0; i < live_steps; ++i) run.step();

    std::string& json = trained.json;
    json = "    {\n      \"seed\": " + std::to_string(seed);
    json += ",\n      \"settings\": " + tools::settings_json(settings);
    json += ",\n      \"steps\": " + std::to_string(live_steps);
    json += ",\n      \"tuned_hash\": \"" + tuned_hash + "\"";
    json += ",\n      \"aligned_hash\": \"" + tools::hex(run.weight_hash()) + "\"";
    json += ",\n      \"base\": " + base + ",\n      \"tuned\": " + tuned;
    json += ",\n      \"aligned\": " + tools::metrics_json(run.measure(Depth::full), 6);
    json += ",\n      \"experiments\": [";
    char const* comma = "\n";
    for (Experiment const& each : experiments(seed)) {
        std::fprintf(stderr, "  %s %g\n", std::string(each.name).c_str(), each.value);
        json += comma + ("        " + experiment_json(each, trained.file));
        comma = ",\n";
    }
    json += "\n      ]\n    }";
    return trained;
}

Result<void> run(Arguments const& arguments) {
    World const world;
    std::string json = "{\n  \"format\": 1,\n  \"world\": \"" + tools::hex(world.hash()) + "\",\n";
    json += "  \"cell_columns\": [\"count\", \"refused\", \"answered\", \"correct\", \"start_refusal\"],\n";
    json += "  \"seeds\": [";
    for (std::uint64_t const seed : arguments.seeds) {
        Trained const trained = train(world, seed);
        bool const is_first = seed == arguments.seeds.front();
        json += (is_first ? "\n" : ",\n") + trained.json;
        std::string const name = is_first ? "tiny.weights" : "tiny-seed-" + std::to_string(seed) + ".weights";
        CW_TRY(tools::write_bytes(arguments.folder + "/" + name, trained.file.data(), trained.file.size()));
    }
    json += "\n  ]\n}\n";
    return tools::write_bytes(arguments.folder + "/tiny-metrics.json", json.data(), json.size());
}

}

int main(int argc, char** argv) {
    auto const arguments = parse(argc, argv);
    auto const done = arguments ? run(*arguments) : Result<void>(arguments.error());
    if (done) return 0;
    std::fprintf(stderr, "train: %s: %s\n", done.error().where.c_str(), done.error().message.c_str());
    return 1;
}
