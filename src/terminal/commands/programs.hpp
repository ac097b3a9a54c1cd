#pragma once
// The list of commands, once: a new command is a file of its own and a word here. Each word NAME stands for a row
// `Command const NAME_command`, defined in the command's file; table.cpp collects them. In the order of their names, in
// which `bracket` is called [.

#include "terminal/commands/command.hpp"

// clang-format indents a list of macro calls deeper and deeper.
// clang-format off
#define CW_COMMANDS(ROW) \
    ROW(bracket) ROW(arch) ROW(awk) ROW(b2sum) ROW(base32) ROW(base64) ROW(basename) ROW(basenc) ROW(bash) ROW(bc) \
    ROW(cat) ROW(chmod) ROW(cksum) ROW(clear) ROW(cmp) ROW(column) ROW(comm) ROW(cp) ROW(csplit) ROW(cut) \
    ROW(date) ROW(diff) ROW(dir) ROW(dirname) ROW(du) ROW(echo) ROW(egrep) ROW(env) ROW(expand) ROW(expr) \
    ROW(factor) ROW(false) ROW(fgrep) ROW(file) ROW(find) ROW(fmt) ROW(fold) ROW(grep) ROW(groups) \
    ROW(gunzip) ROW(gzip) ROW(hd) ROW(head) ROW(hexdump) ROW(hostid) ROW(hostname) ROW(id) ROW(join) ROW(jq) \
    ROW(kill) ROW(less) ROW(link) ROW(ln) ROW(logname) ROW(look) ROW(ls) ROW(man) ROW(md5sum) ROW(mkdir) \
    ROW(mkfifo) ROW(mktemp) ROW(more) ROW(mv) ROW(nano) ROW(nl) ROW(nproc) ROW(numfmt) ROW(od) ROW(paste) \
    ROW(pathchk) ROW(printenv) ROW(printf) ROW(pwd) ROW(python) ROW(python3) ROW(readlink) ROW(realpath) \
    ROW(rev) ROW(rm) ROW(rmdir) ROW(sed) ROW(seq) ROW(sh) ROW(sha1sum) ROW(sha224sum) ROW(sha256sum) \
    ROW(sha384sum) ROW(sha512sum) ROW(shuf) ROW(sleep) ROW(sort) ROW(split) ROW(stat) ROW(strings) ROW(stty) ROW(sum) \
    ROW(sync) ROW(tac) ROW(tail) ROW(tar) ROW(tee) ROW(test) ROW(timeout) ROW(touch) ROW(tput) ROW(tr) \
    ROW(tree) ROW(true) ROW(truncate) ROW(tsort) ROW(tty) ROW(uname) ROW(unexpand) ROW(uniq) ROW(unlink) \
    ROW(uptime) ROW(users) ROW(vdir) ROW(wc) ROW(which) ROW(who) ROW(whoami) ROW(xargs) ROW(xxd) ROW(yes) \
    ROW(zcat)
// clang-format on

namespace cw::terminal::commands {

#define CW_DECLARE(name) extern Command const name##_command;
CW_COMMANDS(CW_DECLARE)
#undef CW_DECLARE

[[nodiscard]] constexpr std::string_view name_of_row(std::string_view row) { return row == "bracket" ? "[" : row; }
#define CW_NAME(name) name_of_row(#name),
inline constexpr std::string_view command_names[] = {CW_COMMANDS(CW_NAME)};
#undef CW_NAME

}
