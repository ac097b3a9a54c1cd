// The real model for the page's training worker (shell/train_worker.js): a small module of its own, built twice, with
// and without SIMD, so that the lesson's engine needs neither SIMD nor these bytes. The worker owns the Trainer's
// address; messages are the bytes of refusal/tiny/messages.hpp.

#include "refusal/tiny/trainer.hpp"

#include <cstring>

namespace {

using cw::refusal::tiny::Report;
using cw::refusal::tiny::Trainer;

struct Worker {
    Trainer trainer;
    std::vector<Report> reports; // not fetched yet
    std::size_t next = 0;
    std::vector<std::uint8_t> bytes; // of the report fetched last

    void collect() {
        if (next == reports.size()) {
            reports.clear();
            next = 0;
        }
        for (Report& report : trainer.take_reports()) reports.push_back(std::move(report));
    }
};

std::span<std::uint8_t const> span_of(void const* data, std::size_t size) {
    return {static_cast<std::uint8_t const*>(data), size};
}

}

extern "C" {

// Null for weights that are damaged or of another world.
Worker* cw_trainer_create(void const* weights, std::size_t size) {
    auto trainer = Trainer::create(span_of(weights, size));
    return trainer ? new Worker{std::move(trainer).value(), {}, 0, {}} : nullptr;
}

void cw_trainer_receive(Worker* worker, void const* command, std::size_t size) {
    worker->trainer.receive(cw::refusal::tiny::decode_command(span_of(command, size)));
    worker->collect();
}

// One slice of work; 0 when there is none.
int cw_trainer_work(Worker* worker) {
    bool const worked = worker->trainer.work();
    worker->collect();
    return worked ? 1 : 0;
}

// Makes the next report the current one and returns its size; 0 when there is none.
std::size_t cw_trainer_report(Worker* worker) {
    if (worker->next == worker->reports.size()) return 0;
    worker->bytes = cw::refusal::tiny::encode(worker->reports[worker->next++]);
    return worker->bytes.size();
}

void const* cw_trainer_bytes(Worker* worker) { return worker->bytes.data(); }
}
