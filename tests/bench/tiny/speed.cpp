// Times live preference training and prints its weight hash; compiled natively, for WASM SIMD and for plain WASM, so
// that the three can be compared.
//
//   speed tiny.weights STEPS   ->   {"steps":100,"hash":"...","train_ms":1234.5,"per_step_ms":[...],"measure_ms":12.3}

#include "refusal/tiny/live.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

double now_ms() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

std::vector<std::uint8_t> read(char const* path) {
    std::vector<std::uint8_t> bytes;
    std::FILE* const file = std::fopen(path, "rb");
    if (!file) return bytes;
    std::uint8_t buffer[4096];
    while (std::size_t const count = std::fread(buffer, 1, sizeof buffer, file))
        bytes.insert(bytes.end(), buffer, buffer + count);
    std::fclose(file);
    return bytes;
}

}

int main(int argc, char** argv) {
    using namespace cw::refusal::tiny;
    if (argc != 3) return 2;
    auto run = LiveRun::create(read(argv[1]), LiveSettings{});
    if (!run) {
        std::fprintf(stderr, "speed: %s: %s\n", run.error().where.c_str(), run.error().message.c_str());
        return 2;
    }
    std::vector<double> step_ms;
    double const start = now_ms();
    for (int i = 0; i < std::atoi(argv[2]); ++i) {
        double const before = now_ms();
        run->step();
        step_ms.push_back(now_ms() - before);
    }
    double const trained = now_ms();
    double const measured_loss = run->measure(Depth::quick).text_loss;
    double const measured = now_ms();
    std::sort(step_ms.begin(), step_ms.end());
    std::printf(
        "{\"steps\":%d,\"hash\":\"%016llx\",\"train_ms\":%.1f,\"median_step_ms\":%.2f,\"slowest_step_ms\":%.2f,"
        "\"measure_ms\":%.1f,\"text_loss\":%.6f}\n",
        run->steps_done(), static_cast<unsigned long long>(run->weight_hash()), trained - start,
        step_ms.empty() ? 0.0 : step_ms[step_ms.size() / 2], step_ms.empty() ? 0.0 : step_ms.back(), measured - trained,
        measured_loss);
}
