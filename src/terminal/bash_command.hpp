#pragma once
// Starting a shell the way a process does: variables from the environment, then options, a -c string, a script file or
// standard input. Used by the bash and sh commands, by Shell, and by the native tool.

#include "terminal/interpreter.hpp"

#include <string>
#include <vector>

namespace cw::terminal {

// Gives a new interpreter its variables, from "NAME=value" lines.
void start_shell(Interpreter& shell, std::vector<std::string> const& environment);
// The bash and sh commands: a new shell inside this one, with its own variables.
Task<int> run_bash(Process& p);
// What `bash ARGV...` does, with argv[0] the name; the exit status.
Task<int> run_shell(Interpreter& shell, std::vector<std::string> argv);

}
