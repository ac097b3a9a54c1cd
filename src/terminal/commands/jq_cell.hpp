#pragma once
// The cells of the machine: what to do with a result, where to go on when nothing more comes, and what a name means.
// For jq_machine.cpp and jq_access.cpp only.

#include "terminal/commands/jq_machine.hpp"

namespace cw::terminal::commands::jq {

enum class Machine::Role : std::uint8_t {
    binding, // of a scope: a value, or a filter with its scope
    // what to do with a result
    pipe,
    key,   // the key of an index came
    apply, // what it is taken from came
    iterate,
    right, // the right operand came
    left,
    negate,
    first, // operand of and, or
    second,
    condition,
    found,  // by the left side of //
    start,  // of reduce and foreach
    source, // likewise: a value to take in
    change, // likewise: the new state
    bind,
    argument,
    collect, // an item of an array
    part,    // a key or value of an object
    count,   // of limit
    counted,
    path,
    operand,  // of an update
    modify,   // a path to change
    modified, // its new value
    // choices: what to do when nothing more comes
    branch,
    items,
    numbers,
    list,   // gives the gathered array
    folded, // gives what reduce has
    alternative,
    attempt,
    unchanged, // a path whose update gave nothing
    changed    // gives what was modified
};

struct Cell {
    Store& store;
    std::uint32_t owners = 0;
    Machine::Role role;
    Node const* node;
    Ref scope, next;
    State state;
    Value held, key;
    std::size_t place = 0;
    double number = 0, end = 0;
    Cell* dead = nullptr; // the next one to be deleted
};

// What the cell remembers, moved out of it if nobody else will ask.
inline State recalled(Ref const& cell) { return cell->owners == 1 ? std::move(cell->state) : cell->state; }

// The binding of a scope behind so many others.
inline Ref const& passed(Ref const& scope, std::size_t hops) {
    Ref const* at = &scope;
    while (hops-- > 0 && *at) at = &(*at)->next;
    return *at;
}

}
