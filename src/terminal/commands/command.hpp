#pragma once
// One row of the command table: a program that is not part of the shell. The same row is its documentation (`--help`,
// `man`). A command that reads a pipe or the terminal, sleeps, or may run long is a Task; one that only looks at its
// arguments and files is a plain function. Options are parsed by the command itself.
//
//   int run_true(Process&) { return 0; }
//   extern Command const true_command;
//   Command const true_command{"true", "do nothing, successfully", "true [ignored command line arguments]", "...",
//                              run_true, nullptr};

#include "terminal/process.hpp"

#include <span>
#include <string_view>

namespace cw::terminal {

struct Command {
    std::string_view name;
    std::string_view summary; // after "NAME - " in man
    std::string_view usage;   // after "Usage: ", lines apart by \n
    std::string_view manual;  // the options and notes, ready to print
    int (*plain)(Process&) = nullptr;
    Task<int> (*task)(Process&) = nullptr;
    std::string_view hint = {}; // after a mistake, unless it is "Try 'NAME --help' for more information."
};

// A row by its name; null if there is none.
using CommandLookup = Command const* (*)(std::string_view name);

// The commands. The shell knows their names (programs.hpp) and gets at the rows through a pointer (System::commands):
// on the page they are a module of their own that comes after the shell's. Only what both use is outside of here.
namespace commands {

[[nodiscard]] std::span<Command const* const> command_table(); // by name
[[nodiscard]] Command const* command_named(std::string_view name);

}

}
