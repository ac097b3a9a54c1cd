#pragma once
// Runs a jq program over one input: an abstract machine that holds everything on the heap, so that neither recursion
// nor backtracking grows the native stack, a call in last place costs nothing, and it can rest after any step. What is
// to be done with a result is a chain of cells (`next_`), what names mean another one (`scope_`); both are shared and
// never changed, so that a choice point is no more than a cell that remembers where it was. Cells and values are
// counted in the Store; when there is no more room the run ends in an error that no program can catch.
//
//   Machine machine(calls);
//   machine.start(program, input, scope);
//   while ((event = machine.run(100)) != Machine::Event::done) { if (event == Machine::Event::output)
//   use(machine.value()); }

#include "terminal/commands/jq.hpp"
#include "terminal/process.hpp"

namespace cw::terminal::commands::jq {

// What built-in functions see besides their arguments. A function that fails returns fail(...); one that has no result
// returns none and sets no error.
class Calls {
  public:
    Calls(Process& process, Store& in) : p(process), store(in) {}
    Value fail(std::string text) {
        error = store.text(std::move(text));
        return {};
    }
    Process& p;
    Store& store;
    Value error;     // what was raised, or none
    Value file_name; // of the input
    std::size_t line = 0;
    int halts = -1; // the status to end with, or -1
};

struct Cell;

// A counted reference to a cell.
class Ref {
  public:
    Ref() = default;
    explicit Ref(Cell* cell);
    Ref(Ref const& other);
    Ref(Ref&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(cell_, other.cell_);
        return *this;
    }
    ~Ref() {
        if (cell_) release(cell_);
    }
    Cell* operator->() const { return cell_; }
    explicit operator bool() const { return cell_ != nullptr; }

  private:
    static void release(Cell* cell);
    Cell* cell_ = nullptr;
};

// A value, and inside path(...) where it was found: `path` is an array then, and `at` what stood there.
struct State {
    Value value, path, at;
};

class Machine {
  public:
    // input: provide() is to follow; error: Calls::error has it; limit: likewise, and nothing more can be run.
    enum class Event : std::uint8_t { more, output, input, done, error, limit };

    explicit Machine(Calls& calls) : calls_(calls) {}
    void start(Node const* program, Value input, Ref const& scope);
    // A scope with one more variable.
    Ref with_variable(Ref scope, Value value);
    Event run(int steps);
    [[nodiscard]] Value const& value() const { return state_.value; }
    void provide(Value result); // what `_input` gives; none if reading failed (Calls::error)

  private:
    enum class Mode : std::uint8_t { evaluate, deliver, backtrack, fail, done };
    enum class Role : std::uint8_t; // of a cell: jq_machine.cpp
    friend struct Cell;

    Ref make(Role role, Node const* node, Ref scope, Ref next, State state = {});
    Cell* then(Role role, Node const* node, State state = {});
    Cell* choice(Role role, Node const* node);
    void go(Node const* node) {
        node_ = node;
        mode_ = Mode::evaluate;
    }
    void raise(std::string text);
    void raise_unless_optional(Node const* node, std::string text);
    void result(State before, Value value);
    State aside() { return {state_.value, {}, {}}; }

    void evaluate();
    void resume();
    void resume_fold(Ref const& cell);
    void resume_change(Ref const& cell);
    void retry();
    void unwind();
    void access(Node const* node, Value const& key);
    void iterate(Node const* node);
    void next_item(Ref const& cell);
    void next_number(Ref const& cell);
    [[nodiscard]] bool follows_path();
    void next_argument(Node const* node, Ref scope, State before, Value arguments);
    void call_native(Node const* node, State before, Value const& arguments);
    void enter(Node const* node);
    void next_part(Node const* node, Ref scope, State before, std::size_t part, Value object, Value key);
    void begin_change(Node const* node, Value operand);
    void cut(std::size_t height) { choices_.resize(height); }

    Calls& calls_;
    Mode mode_ = Mode::done;
    Node const* node_ = nullptr;
    Ref scope_, next_;
    State state_;
    std::vector<Ref> choices_;
};

// a `sign` b; none and a message for what does not go together.
Value operate(char sign, Value a, Value const& b, std::string& error);
// The pieces of a text between separators; its characters if the separator is empty.
Value pieces(Value const& text, std::string const& separator);

}
