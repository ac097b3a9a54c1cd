#pragma once
// A parsed jq program: the tree that jq_parse.cpp builds and jq_machine.cpp walks. Names are resolved when the program
// is read: a variable or a filter that was passed as an argument is known by how many bindings lie between it and the
// place that names it. Patterns, destructuring and string interpolation are taken apart into simpler nodes. Not here:
// modules and $__prog_args.
//
//   Program program;
//   std::string const problem = parse(program, store, ".[] | select(.a > 1)", {});

#include "terminal/commands/jq_values.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands::jq {

enum class Op : std::uint8_t {
    identity,
    literal,     // value
    variable,    // hops
    index,       // a (or the input), its part under b (or `value`); `sign` '?': no error where there is none
    iterate,     // a (or the input); likewise
    pipe,        // a, b
    comma,       // a, b
    empty,       //
    negate,      // a
    binary,      // a `sign` b
    both,        // a and b
    either,      // a or b
    alternative, // a // b
    condition,   // if a then b else c
    attempt,     // try a catch b; `sign` 'i': b gets the input instead of the error
    reduce,      // a as (c) from b on; c binds patterns and ends in a state
    foreach,     // likewise
    state,       // hops to what reduce or foreach has gathered, a changes it, b (of a foreach) extracts
    bind,        // a as a variable in b
    call,        // definition, parts are its arguments
    closure,     // hops
    native,      // native, parts are its arguments
    array,       // a, or empty
    object,      // parts: key, value, key, value ...
    label,       // a
    break_,      // hops
    path,        // a
    limit,       // a: how many, b
    modify,      // a |= b
    update,      // a `sign`= b; '=' alone is '='
};

class Calls; // what built-in functions may use: jq_machine.hpp

struct Native {
    std::string_view name;
    std::size_t arity;
    Value (*run)(Calls& calls, Value* arguments); // the input first
    char special = 0;                             // r: gives numbers in turn; g: a path may go on behind it
};

struct Node;

struct Definition {
    std::string name;
    std::size_t arity = 0;
    std::size_t depth = 0; // bindings around it
    Node const* body = nullptr;
};

struct Node {
    Op op = Op::identity;
    char sign = 0;        // of operators: + - * / % = ! (not equal) < > l (<=) g (>=) a (//) e (==)
    std::size_t hops = 0; // bindings to pass by
    Node *a = nullptr, *b = nullptr, *c = nullptr;
    Value value;
    std::vector<Node*> parts;
    Definition const* definition = nullptr;
    Native const* native = nullptr;
};

struct Program {
    std::vector<std::unique_ptr<Node>> nodes;
    std::vector<std::unique_ptr<Definition>> definitions;
    std::vector<Definition*> library; // built-in functions in use that are written in jq
    Node const* root = nullptr;
};

// Empty, or what jq prints for mistakes in the text. `variables` are bound before it begins, the last one innermost.
[[nodiscard]] std::string parse(Program& program, Store& store, std::string_view text,
                                std::vector<std::string> const& variables);

// By name and number of arguments: built-in functions in C++ (null if there is none) and in jq ("map(f)" and its body).
[[nodiscard]] Native const* native_named(std::string_view name, std::size_t arity);
struct LibraryEntry {
    std::string_view head, body;
};
[[nodiscard]] LibraryEntry const* library_named(std::string_view name, std::size_t arity);

}
