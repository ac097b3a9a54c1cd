#include "terminal/task.hpp"

#include <algorithm>

namespace cw::terminal {

Scheduler::~Scheduler() { kill_all(); }

std::uint64_t Scheduler::spawn(Task<int> root) {
    auto owned = std::make_unique<Owned>();
    owned->root = std::move(root);
    owned->root.own_by_itself();
    owned->root.promise().fiber = &owned->fiber;
    owned->fiber.active = &owned->root.promise();
    owned->fiber.id = next_id_++;
    fibers_.push_back(std::move(owned));
    return fibers_.back()->fiber.id;
}

bool Scheduler::alive(std::uint64_t id) const {
    return std::any_of(fibers_.begin(), fibers_.end(), [&](auto const& owned) { return owned->fiber.id == id; });
}

bool Scheduler::others_ready() const {
    return std::any_of(fibers_.begin(), fibers_.end(), [&](auto const& owned) {
        return &owned->fiber != current_ && (!owned->fiber.waiting_on || owned->fiber.waiting_on == this);
    });
}

void Scheduler::wake(void const* key) {
    for (auto& owned : fibers_)
        if (owned->fiber.waiting_on == key) {
            owned->fiber.waiting_on = nullptr;
            owned->fiber.wake_at_ns = -1;
        }
}

// The next fiber that can go on, moved to the back of the queue; null when all rest.
Scheduler::Owned* Scheduler::next_ready() {
    for (std::size_t looked = 0; looked < fibers_.size(); ++looked) {
        auto owned = std::move(fibers_.front());
        fibers_.pop_front();
        Owned* const candidate = owned.get();
        fibers_.push_back(std::move(owned));
        if (candidate->fiber.waiting_on == this) candidate->fiber.waiting_on = nullptr; // it yielded
        if (!candidate->fiber.waiting_on) return candidate;
    }
    return nullptr;
}

bool Scheduler::wake_sleeper() {
    Fiber* first = nullptr;
    for (auto& owned : fibers_) {
        Fiber& fiber = owned->fiber;
        if (fiber.wake_at_ns >= 0 && (!first || fiber.wake_at_ns < first->wake_at_ns)) first = &fiber;
    }
    if (!first) return false;
    clock_.now_ns = std::max(clock_.now_ns, first->wake_at_ns);
    first->waiting_on = nullptr;
    first->wake_at_ns = -1;
    return true;
}

Scheduler::State Scheduler::run(std::int64_t turns) {
    constexpr std::int64_t turns_of_one = 4096; // then the next fiber's turn
    while (turns > 0) {
        Owned* const owned = next_ready();
        if (!owned) {
            if (wake_sleeper()) continue;
            return fibers_.empty() ? State::idle : State::blocked;
        }
        std::int64_t const slice = std::min(turns, turns_of_one);
        turns_left_ = slice;
        Fiber& fiber = owned->fiber;
        current_ = &fiber;
        while (fiber.active && !fiber.waiting_on && --turns_left_ > 0) fiber.active->self.resume();
        current_ = nullptr;
        turns -= slice - turns_left_;
        if (!fiber.active) {
            fiber.result = owned->root.promise().value;
            auto const at = std::find_if(fibers_.begin(), fibers_.end(), [&](auto& o) { return o.get() == owned; });
            auto const finished = std::move(*at);
            fibers_.erase(at);
        }
    }
    return fibers_.empty() ? State::idle : State::busy;
}

// Innermost first, by a loop: a chain of a thousand calls must not be a thousand nested destructors.
void Scheduler::unwind(Owned& owned) {
    while (PromiseBase* const innermost = owned.fiber.active) {
        owned.fiber.active = innermost->parent;
        std::coroutine_handle<> const handle = innermost->self;
        *innermost->owner = {};
        handle.destroy();
    }
}

void Scheduler::kill(std::uint64_t id) {
    auto const at = std::find_if(fibers_.begin(), fibers_.end(), [&](auto& owned) { return owned->fiber.id == id; });
    if (at == fibers_.end()) return;
    CW_ASSERT(&(*at)->fiber != current_);
    auto owned = std::move(*at);
    fibers_.erase(at);
    unwind(*owned);
}

void Scheduler::kill_except(std::vector<std::uint64_t> const& kept) {
    std::vector<std::uint64_t> doomed;
    for (auto const& owned : fibers_)
        if (std::find(kept.begin(), kept.end(), owned->fiber.id) == kept.end()) doomed.push_back(owned->fiber.id);
    for (std::uint64_t const id : doomed) kill(id);
}

void Scheduler::kill_all() {
    CW_ASSERT(!current_);
    while (!fibers_.empty()) kill(fibers_.back()->fiber.id);
}

}
