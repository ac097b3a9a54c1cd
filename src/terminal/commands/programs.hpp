#pragma once
// The list of commands, once: a new command is a file of its own and a word here. Each word NAME stands for a row
// `Command const NAME_command`, defined in the command's file; table.cpp collects them.

#include "terminal/commands/command.hpp"

#define CW_COMMANDS(ROW)                                                                                              \
    ROW(bash)                                                                                                         \
    ROW(sh)                                                                                                           \
    ROW(true) ROW(false) ROW(cat) ROW(tac) ROW(rev) ROW(tee) ROW(yes) ROW(head) ROW(tail) ROW(wc) ROW(sort) ROW(uniq) \
        ROW(cut) ROW(tr)

namespace cw::terminal {

#define CW_DECLARE(name) extern Command const name##_command;
CW_COMMANDS(CW_DECLARE)
#undef CW_DECLARE

}
