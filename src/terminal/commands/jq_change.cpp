// The machine's steps that gather or change: reduce, foreach and limit; = |= += and their kin.
#include "terminal/commands/jq_cell.hpp"
#include "terminal/commands/jq_json.hpp"

namespace cw::terminal::commands::jq {

void Machine::resume_fold(Ref const& cell) {
    Node const* const node = cell->node;
    if (cell->role == Role::start) { // the beginning of a reduce or foreach is known
        Ref const gathered = with_variable(scope_, std::move(state_.value));
        state_ = cell->state;
        if (node->op == Op::reduce) choice(Role::folded, node)->scope = gathered;
        then(Role::source, node, state_)->scope = gathered;
        state_ = aside();
        go(node->a);
    } else if (cell->role == Role::source) {
        scope_ = with_variable(cell->scope, std::move(state_.value));
        state_ = cell->state;
        go(node->c);
    } else if (cell->role == Role::change) {
        bool const reduces = node->sign == 'r';
        Value& gathered = passed(scope_, node->hops)->state.value;
        gathered = reduces ? std::move(state_.value) : state_.value;
        mode_ = reduces ? Mode::backtrack : Mode::deliver;
        if (node->b) go(node->b);
    } else if (cell->role == Role::count) {
        double const count = state_.value.is(Kind::number) ? state_.value.number() : 0;
        state_ = cell->state;
        Cell* const counter = then(Role::counted, node);
        counter->number = count;
        counter->place = choices_.size();
        go(node->b);
    } else {
        if (--cell->number < 1) cut(cell->place);
        mode_ = Mode::deliver;
    }
}

// Before a = b, a |= f and the like: each path of a is changed in the value that a choice holds.
void Machine::begin_change(Node const* node, Value operand) {
    Value whole = std::exchange(state_.value, {}); // of the choice alone, so that it can be changed in place
    choice(Role::changed, node)->held = whole;
    Ref const change = choices_.back();
    next_ = change;
    then(Role::modify, node)->held = std::move(operand);
    state_ = {whole, calls_.store.array(), whole};
    go(node->a);
}

void Machine::resume_change(Ref const& cell) {
    Node const* const node = cell->node;
    std::string error;
    if (cell->role == Role::operand) {
        Value operand = std::move(state_.value);
        state_ = recalled(cell);
        begin_change(node, std::move(operand));
    } else if (cell->role == Role::modify) {
        Ref const change = next_; // the choice
        if (!follows_path()) return raise("Invalid path expression with result " + shown(state_.value, 29));
        Value const path = std::move(state_.path);
        Value old = get_path(change->held, path, error);
        mode_ = Mode::backtrack;
        if (error.empty() && node->op == Op::update) {
            Value made = cell->held;
            if (node->sign == 'a')
                made = old ? old : made;
            else if (node->sign != '=')
                made = operate(node->sign, std::move(old), made, error);
            if (error.empty()) change->held = set_path(std::move(change->held), path, std::move(made), error);
        } else if (error.empty()) {
            state_ = {path, {}, {}};
            choice(Role::unchanged, node)->next = change;
            next_ = choices_.back();
            then(Role::modified, node);
            state_ = {std::move(old), {}, {}};
            go(node->b);
        }
        if (!error.empty()) raise(error);
    } else { // modified
        Ref const place = std::move(next_), change = place->next;
        change->held = set_path(std::move(change->held), place->state.value, std::move(state_.value), error);
        cut(place->place);
        mode_ = Mode::backtrack;
        if (!error.empty()) raise(error);
    }
}

}
