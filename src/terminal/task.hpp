#pragma once
// Task<T>: a lazy coroutine; Fiber: a chain of Tasks that await each other; Scheduler: runs fibers in turn, in one
// thread and always in the same order. A Task that awaits another does not grow the native stack: the fiber notes
// which coroutine is innermost and a loop resumes that one (WebAssembly of our compiler has no tail calls, so
// await_suspend returns void, and is inlined because that compiler makes a tail call of a call to it). A fiber that is
// killed is unwound innermost first, so destructors put things back.
// There are no threads, no exceptions, and no wall clock here: sleeping moves the virtual clock when all others rest.
//
//   Task<int> answer(Scheduler& s) { co_await s.sleep(1'000'000); co_return 42; }
//   scheduler.spawn(answer(scheduler)); while (scheduler.run(1000) == Scheduler::State::busy) {}

#include "ground/assert.hpp"
#include "ground/coroutine.hpp"
#include "terminal/vfs.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace cw::terminal {

class Fiber;

// What every coroutine of a fiber has: its fiber, who awaits it, and where its owner keeps the handle.
struct PromiseBase {
    Fiber* fiber = nullptr;
    PromiseBase* parent = nullptr;
    std::coroutine_handle<> self;
    std::coroutine_handle<>* owner = nullptr; // cleared when the fiber is unwound from inside
    std::suspend_always initial_suspend() const noexcept { return {}; }
    [[noreturn]] void unhandled_exception() const noexcept { std::abort(); }
};

// A fiber is dead once `active` is null. Wakes by key: see Scheduler::wait_for.
class Fiber {
  public:
    PromiseBase* active = nullptr;
    void const* waiting_on = nullptr; // null while ready
    std::int64_t wake_at_ns = -1;     // a sleeping fiber wakes then, whatever it waits on
    int result = 0;
    std::uint64_t id = 0;
};

struct FinalAwait {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    [[gnu::always_inline]] void await_suspend(std::coroutine_handle<Promise> finished) const noexcept {
        PromiseBase& promise = finished.promise();
        promise.fiber->active = promise.parent;
    }
    void await_resume() const noexcept {}
};

template <class T>
struct ValuePromise : PromiseBase {
    T value{};
    void return_value(T result) { value = std::move(result); }
};
template <>
struct ValuePromise<void> : PromiseBase {
    void return_void() const noexcept {}
};

template <class T = void>
class [[nodiscard]] Task {
  public:
    struct promise_type : ValuePromise<T> {
        Task get_return_object() {
            auto const handle = std::coroutine_handle<promise_type>::from_promise(*this);
            this->self = handle;
            return Task(handle);
        }
        FinalAwait final_suspend() const noexcept { return {}; }
    };

    Task() = default;
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Task& operator=(Task&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    Task(Task const&) = delete;
    Task& operator=(Task const&) = delete;
    ~Task() {
        if (handle_) handle_.destroy();
    }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Parent>
    [[gnu::always_inline]] void await_suspend(std::coroutine_handle<Parent> parent) noexcept {
        PromiseBase& above = parent.promise();
        PromiseBase& own = promise();
        own.parent = &above;
        own.fiber = above.fiber;
        own.owner = &handle_;
        above.fiber->active = &own;
    }
    T await_resume() {
        if constexpr (!std::is_void_v<T>) return std::move(promise().value);
    }

    // For the scheduler: the promise of a task that nobody awaits, and its destruction.
    typename Task::promise_type& promise() {
        return std::coroutine_handle<promise_type>::from_address(handle_.address()).promise();
    }
    explicit operator bool() const { return static_cast<bool>(handle_); }
    void own_by_itself() { promise().owner = &handle_; }

  private:
    explicit Task(std::coroutine_handle<> handle) : handle_(handle) {}
    std::coroutine_handle<> handle_;
};

class Scheduler {
  public:
    enum class State : std::uint8_t { busy, blocked, idle }; // more to do; all wait for the host; no fiber is left

    explicit Scheduler(Clock& clock) : clock_(clock) {}
    ~Scheduler();
    Scheduler(Scheduler const&) = delete;
    Scheduler& operator=(Scheduler const&) = delete;

    // A new fiber at the end of the queue. Its id stays valid for ever; ask alive(id).
    std::uint64_t spawn(Task<int> root);
    [[nodiscard]] bool alive(std::uint64_t id) const;
    // Runs fibers in turn for about `turns` resumptions and ticks.
    State run(std::int64_t turns);
    // Unwinds a fiber; those that wait for it (exit_key) wake up. A fiber may not kill itself: it returns instead.
    void kill(std::uint64_t id);
    void kill_all();
    void kill_except(std::vector<std::uint64_t> const& kept);
    void wake(void const* key);
    [[nodiscard]] std::uint64_t current() const { return current_ ? current_->id : 0; }
    [[nodiscard]] std::size_t count() const { return fibers_.size(); }
    // Counts work that needs no resumption (a turn of a loop); false once this slice is used up.
    bool tick() { return --turns_left_ > 0; }
    // Counts one long step as `turns` of them, so that a slice stays short in time.
    void spend(std::size_t turns) { turns_left_ -= static_cast<std::int64_t>(turns); }
    // The same for bytes that were read or written.
    void spend_bytes(std::size_t bytes) { spend(bytes / bytes_a_turn); }
    static constexpr std::size_t bytes_a_turn = 64;
    [[nodiscard]] bool others_ready() const;

    struct Wait {
        void const* key;
        std::int64_t until_ns = -1;
        bool ready = false;
        [[nodiscard]] bool await_ready() const noexcept { return ready; }
        template <class Promise>
        [[gnu::always_inline]] void await_suspend(std::coroutine_handle<Promise> waiting) const noexcept {
            waiting.promise().fiber->waiting_on = key;
            waiting.promise().fiber->wake_at_ns = until_ns;
        }
        void await_resume() const noexcept {}
    };
    // Rests until wake(key) is called or, if until_ns >= 0, until that virtual time.
    [[nodiscard]] Wait wait_for(void const* key, std::int64_t until_ns = -1) const { return {key, until_ns}; }
    [[nodiscard]] Wait sleep(std::int64_t duration_ns) const { return {&clock_, clock_.now_ns + duration_ns}; }
    // Gives the others a turn.
    [[nodiscard]] Wait yield() const { return {this}; }
    // yield(), but only when this slice is used up: for loops that do not otherwise await.
    [[nodiscard]] Wait breathe() { return {this, -1, tick()}; }

  private:
    struct Owned {
        Fiber fiber;
        Task<int> root;
    };
    void unwind(Owned& owned);
    Owned* next_ready();
    bool wake_sleeper();

    Clock& clock_;
    std::deque<std::unique_ptr<Owned>> fibers_; // in turn order
    Fiber* current_ = nullptr;
    std::int64_t turns_left_ = 0;
    std::uint64_t next_id_ = 1;
};

}
