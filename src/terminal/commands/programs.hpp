#pragma once
// The rows that table.cpp collects: one declaration a command. A new command is one file, one line here, one line
// there.

#include "terminal/commands/command.hpp"

namespace cw::terminal {

extern Command const bash_command;
extern Command const sh_command;
extern Command const true_command;
extern Command const false_command;

}
