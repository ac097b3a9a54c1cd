#pragma once
// The list of commands, once: a new command is a file of its own and a word here. Each word NAME stands for a row
// `Command const NAME_command`, defined in the command's file; table.cpp collects them.

#include "terminal/commands/command.hpp"

// clang-format indents a list of macro calls deeper and deeper.
// clang-format off
#define CW_COMMANDS(ROW) \
    ROW(awk) ROW(base64) ROW(basename) ROW(bash) ROW(bracket) ROW(cat) ROW(chmod) ROW(clear) ROW(cmp) \
    ROW(column) ROW(comm) ROW(cp) ROW(cut) ROW(date) ROW(diff) ROW(dirname) ROW(du) ROW(echo) ROW(egrep) \
    ROW(env) ROW(expand) ROW(expr) ROW(false) ROW(fgrep) ROW(file) ROW(find) ROW(fold) ROW(grep) ROW(head) \
    ROW(hostname) ROW(id) ROW(join) ROW(kill) ROW(less) ROW(ln) ROW(ls) ROW(man) ROW(md5sum) ROW(mkdir) \
    ROW(mktemp) ROW(more) ROW(mv) ROW(nano) ROW(nl) ROW(od) ROW(paste) ROW(printenv) ROW(printf) ROW(pwd) ROW(python) \
    ROW(python3) ROW(readlink) ROW(realpath) ROW(rev) ROW(rm) ROW(rmdir) ROW(sed) ROW(seq) ROW(sh) ROW(sha1sum) \
    ROW(sha256sum) ROW(shuf) ROW(sleep) ROW(sort) ROW(split) ROW(stat) ROW(strings) ROW(tac) ROW(tail) ROW(tee) \
    ROW(test) ROW(timeout) ROW(touch) ROW(tput) ROW(tr) ROW(tree) ROW(true) ROW(tsort) ROW(uname) ROW(unexpand) \
    ROW(uniq) ROW(wc) ROW(which) ROW(whoami) ROW(xargs) ROW(xxd) ROW(yes)
// clang-format on

namespace cw::terminal {

#define CW_DECLARE(name) extern Command const name##_command;
CW_COMMANDS(CW_DECLARE)
#undef CW_DECLARE

}
