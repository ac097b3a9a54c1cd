#include "terminal/commands/jq_machine.hpp"

#include "terminal/commands/jq_cell.hpp"
#include "terminal/commands/jq_json.hpp"

namespace cw::terminal::commands::jq {

Ref::Ref(Cell* cell) : cell_(cell) { ++cell->owners; }
Ref::Ref(Ref const& other) : cell_(other.cell_) {
    if (cell_) ++cell_->owners;
}

// Chains may be long, so their cells are deleted one by one, not each by its owner.
void Ref::release(Cell* cell) {
    if (--cell->owners) return;
    Cell* dead = cell;
    while (dead) {
        Cell* const gone = dead;
        dead = gone->dead;
        for (Ref* const part : {&gone->scope, &gone->next}) {
            Cell* const child = std::exchange(part->cell_, nullptr);
            if (!child || --child->owners) continue;
            child->dead = dead;
            dead = child;
        }
        gone->store.bytes -= sizeof(Cell);
        delete gone;
    }
}

Ref Machine::make(Role role, Node const* node, Ref scope, Ref next, State state) {
    calls_.store.bytes += sizeof(Cell);
    return Ref(new Cell{calls_.store, 0, role, node, std::move(scope), std::move(next), std::move(state), {}, {}});
}

// The result will go to a new cell first.
Cell* Machine::then(Role role, Node const* node, State state) {
    next_ = make(role, node, scope_, std::move(next_), std::move(state));
    return next_.operator->();
}

// When nothing more comes, all is as it is now, and `role` says what follows.
Cell* Machine::choice(Role role, Node const* node) {
    choices_.push_back(make(role, node, scope_, next_, state_));
    choices_.back()->place = choices_.size() - 1;
    return choices_.back().operator->();
}

void Machine::start(Node const* program, Value input, Ref const& scope) {
    choices_.clear();
    next_ = {};
    scope_ = scope;
    state_ = {std::move(input), {}, {}};
    go(program);
}

Ref Machine::with_variable(Ref scope, Value value) {
    return make(Role::binding, nullptr, {}, std::move(scope), {std::move(value), {}, {}});
}

void Machine::raise(std::string text) {
    calls_.error = calls_.store.text(std::move(text));
    mode_ = Mode::fail;
}

void Machine::raise_unless_optional(Node const* node, std::string text) {
    if (node->sign == '?')
        mode_ = Mode::backtrack;
    else
        raise(std::move(text));
}

// A result that is found on no path; a path around it goes on.
void Machine::result(State before, Value value) {
    state_ = std::move(before);
    state_.value = std::move(value);
    mode_ = Mode::deliver;
}

void Machine::provide(Value value) {
    mode_ = value.is(Kind::none) ? Mode::fail : Mode::deliver;
    state_.value = std::move(value);
}

Machine::Event Machine::run(int steps) {
    while (steps-- > 0) {
        Store const& store = calls_.store;
        if (store.over()) {
            calls_.error = calls_.store.text(store.too_deep ? "value is nested too deeply" : "out of memory");
            return Event::limit;
        }
        switch (mode_) {
            case Mode::evaluate: evaluate(); break;
            case Mode::deliver:
                if (next_) {
                    resume();
                    break;
                }
                mode_ = Mode::backtrack;
                return Event::output;
            case Mode::backtrack:
                if (choices_.empty()) return Event::done;
                retry();
                break;
            case Mode::fail:
                if (choices_.empty()) {
                    mode_ = Mode::backtrack;
                    return Event::error;
                }
                unwind();
                break;
            case Mode::done: return calls_.halts >= 0 ? Event::done : (mode_ = Mode::fail, Event::input);
        }
    }
    return Event::more;
}

void Machine::evaluate() {
    Node const& node = *node_;
    switch (node.op) {
        case Op::identity: mode_ = Mode::deliver; break;
        case Op::literal: result(std::move(state_), node.value); break;
        case Op::variable: result(std::move(state_), passed(scope_, node.hops)->state.value); break;
        case Op::index:
            if (node.b) {
                then(Role::key, &node, state_);
                state_ = aside();
                go(node.b);
            } else if (node.a) {
                then(Role::apply, &node)->held = node.value;
                go(node.a);
            } else {
                access(&node, node.value);
            }
            break;
        case Op::iterate:
            if (!node.a) return iterate(&node);
            then(Role::iterate, &node);
            go(node.a);
            break;
        case Op::pipe:
            then(Role::pipe, node.b);
            go(node.a);
            break;
        case Op::comma:
            choice(Role::branch, node.b);
            go(node.a);
            break;
        case Op::empty: mode_ = Mode::backtrack; break;
        case Op::negate:
        case Op::bind:
        case Op::condition:
        case Op::both:
        case Op::either:
        case Op::path: {
            constexpr auto role_of = [](Op op) {
                return op == Op::negate      ? Role::negate
                       : op == Op::bind      ? Role::bind
                       : op == Op::condition ? Role::condition
                       : op == Op::path      ? Role::path
                                             : Role::first;
            };
            then(role_of(node.op), &node, state_);
            state_ = aside();
            if (node.op == Op::path) state_.path = calls_.store.array(), state_.at = state_.value;
            go(node.a);
            break;
        }
        case Op::binary:
            then(Role::right, &node, std::move(state_));
            state_ = {next_->state.value, {}, {}};
            go(node.b);
            break;
        case Op::alternative: {
            choice(Role::alternative, node.b);
            then(Role::found, &node)->scope = choices_.back();
            go(node.a);
            break;
        }
        case Op::attempt:
            choice(Role::attempt, &node);
            go(node.a);
            break;
        case Op::reduce:
        case Op::foreach:
            then(Role::start, &node, state_);
            state_ = aside();
            go(node.b);
            break;
        case Op::state: {
            Ref const& gathered = passed(scope_, node.hops);
            state_ = {std::exchange(gathered->state.value, Value(Kind::null)), {}, {}};
            then(Role::change, &node);
            go(node.a);
            break;
        }
        case Op::call: enter(&node); break;
        case Op::closure: {
            Ref const filter = passed(scope_, node.hops);
            scope_ = filter->scope;
            go(filter->node);
            break;
        }
        case Op::native: next_argument(&node, scope_, std::move(state_), {}); break;
        case Op::array: {
            Value none = calls_.store.array();
            if (!node.a) return result(std::move(state_), std::move(none));
            choice(Role::list, &node)->held = std::move(none);
            next_ = make(Role::collect, &node, choices_.back(), {});
            state_ = aside();
            go(node.a);
            break;
        }
        case Op::object: next_part(&node, scope_, std::move(state_), 0, calls_.store.object(), {}); break;
        case Op::label:
            scope_ = with_variable(scope_, Value(Kind::null));
            scope_->place = choices_.size();
            go(node.a);
            break;
        case Op::break_:
            cut(passed(scope_, node.hops)->place);
            mode_ = Mode::backtrack;
            break;
        case Op::limit:
            then(Role::count, &node, state_);
            state_ = aside();
            go(node.a);
            break;
        case Op::modify: begin_change(&node, {}); break;
        case Op::update:
            then(Role::operand, &node, state_);
            state_ = aside();
            go(node.b);
            break;
    }
}

void Machine::resume() {
    Ref const cell = std::move(next_);
    next_ = cell->owners == 1 ? std::move(cell->next) : cell->next;
    scope_ = cell->scope;
    Node const* const node = cell->node;
    switch (cell->role) {
        case Role::pipe: go(node); break;
        case Role::key: {
            Value const key = std::move(state_.value);
            state_ = recalled(cell);
            if (!node->a) return access(node, key);
            then(Role::apply, node)->held = key;
            go(node->a);
            break;
        }
        case Role::apply: access(node, cell->held); break;
        case Role::iterate: iterate(node); break;
        case Role::right: {
            Value const right = std::move(state_.value);
            if (node->a->op == Op::identity) { // no need to share it: it may grow in place
                state_ = recalled(cell);
                std::string error;
                Value made = operate(node->sign, std::move(state_.value), right, error);
                if (!error.empty()) return raise(error);
                return result(std::move(state_), std::move(made));
            }
            State before = recalled(cell);
            Value input = std::exchange(before.value, {});
            then(Role::left, node, std::move(before))->held = right;
            state_ = {std::move(input), {}, {}};
            go(node->a);
            break;
        }
        case Role::left: {
            std::string error;
            Value made = operate(node->sign, std::move(state_.value), cell->held, error);
            if (!error.empty()) return raise(error);
            result(recalled(cell), std::move(made));
            break;
        }
        case Role::negate:
            if (state_.value.is(Kind::number)) return result(recalled(cell), Value(-state_.value.number()));
            raise(std::string(kind_name(state_.value)) + " (" + shown(state_.value) + ") cannot be negated");
            break;
        case Role::first:
            if (static_cast<bool>(state_.value) == (node->op == Op::either))
                return result(recalled(cell), Value(node->op == Op::either));
            then(Role::second, node, cell->state);
            state_ = {cell->state.value, {}, {}};
            go(node->b);
            break;
        case Role::second: result(recalled(cell), Value(static_cast<bool>(state_.value))); break;
        case Role::condition: {
            Node const* const way = state_.value ? node->b : node->c;
            state_ = recalled(cell);
            mode_ = Mode::deliver;
            if (way) go(way);
            break;
        }
        case Role::found:
            if (state_.value) cell->scope->number = 1;
            mode_ = state_.value ? Mode::deliver : Mode::backtrack;
            break;
        case Role::bind: {
            scope_ = with_variable(std::move(scope_), std::move(state_.value));
            state_ = recalled(cell);
            go(node->b);
            break;
        }
        case Role::argument: {
            Value arguments = cell->held;
            arguments.append(std::move(state_.value));
            next_argument(node, scope_, recalled(cell), std::move(arguments));
            break;
        }
        case Role::collect:
            cell->scope->held.append(std::move(state_.value));
            mode_ = Mode::backtrack;
            break;
        case Role::part: {
            bool const is_key = cell->place % 2 == 0;
            if (is_key && !state_.value.is(Kind::text))
                return raise("Cannot use " + std::string(kind_name(state_.value)) + " (" + shown(state_.value) +
                             ") as object key");
            Value object = cell->held;
            if (!is_key) object.put(cell->key, state_.value);
            Value key = is_key ? std::move(state_.value) : Value();
            next_part(node, scope_, recalled(cell), cell->place + 1, std::move(object), std::move(key));
            break;
        }
        case Role::path:
            if (!follows_path()) return raise("Invalid path expression with result " + shown(state_.value, 29));
            result(recalled(cell), std::move(state_.path));
            break;
        case Role::start:
        case Role::source:
        case Role::change:
        case Role::count:
        case Role::counted: resume_fold(cell); break;
        default: resume_change(cell);
    }
}

// The last choice is taken up again.
void Machine::retry() {
    Ref const cell = choices_.back();
    if (cell->role == Role::items) return next_item(cell);
    if (cell->role == Role::numbers) return next_number(cell);
    choices_.pop_back();
    if (cell->role == Role::attempt || (cell->role == Role::alternative && cell->number > 0)) return;
    if (cell->role == Role::unchanged) {
        std::string error;
        cell->next->held = delete_path(std::move(cell->next->held), cell->state.value, error);
        if (!error.empty()) raise(error);
        return;
    }
    next_ = cell->next;
    State before = recalled(cell);
    switch (cell->role) {
        case Role::branch:
        case Role::alternative:
            scope_ = cell->scope;
            state_ = std::move(before);
            go(cell->node);
            break;
        case Role::folded: result(std::move(before), std::move(cell->scope->state.value)); break;
        default: // list, changed
            result(std::move(before), std::move(cell->held));
            if (state_.value.is(Kind::none)) mode_ = Mode::backtrack; // a change that failed
    }
}

// An error goes to the last attempt; what it passes on its way has no say.
void Machine::unwind() {
    Ref const cell = std::move(choices_.back());
    choices_.pop_back();
    if (cell->role != Role::attempt) return;
    mode_ = Mode::backtrack;
    Node const* const handler = cell->node->b;
    if (!handler) return;
    scope_ = cell->scope;
    next_ = cell->next;
    state_ = recalled(cell);
    if (cell->node->sign != 'i') state_.value = std::exchange(calls_.error, {});
    go(handler);
}

}
