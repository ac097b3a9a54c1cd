// tty, nproc, groups, users, who, logname, arch, hostid, sync and uptime: what there is to know of this machine's one
// session.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/system.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t processors = 1; // one WebAssembly thread

int run_tty(Process& p) {
    Arguments const arguments = parse_arguments(p, tty_command, OperandOrder::anywhere, 2);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return extra_operand(p, arguments.operands[0], 2);
    bool const terminal = p.is_terminal(0);
    if (!arguments.has('s')) p.out(terminal ? "/dev/tty\n" : "not a tty\n");
    return terminal ? 0 : 1;
}

int run_nproc(Process& p) {
    Arguments const arguments = parse_arguments(p, nproc_command);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return extra_operand(p, arguments.operands[0]);
    std::int64_t ignored = 0;
    if (std::string const* const text = arguments.value(long_option("ignore"))) {
        auto const number = parse_count(*text);
        if (!number) return p.fail("invalid number: " + marked(*text));
        ignored = *number;
    }
    std::int64_t count = processors;
    if (!arguments.has(long_option("all"))) {
        auto const from_environment = [&](std::string_view name) {
            return parse_count(p.env(name).substr(0, p.env(name).find(','))).value_or(0);
        };
        if (auto const wanted = from_environment("OMP_NUM_THREADS"); wanted > 0) count = wanted;
        if (auto const most = from_environment("OMP_THREAD_LIMIT"); most > 0) count = std::min(count, most);
    }
    p.out(std::to_string(std::max<std::int64_t>(1, count - ignored)) + "\n");
    return 0;
}

int run_groups(Process& p) {
    Arguments const arguments = parse_arguments(p, groups_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) {
        p.out(user_name(p, p.caller.gid) + "\n");
        return 0;
    }
    int status = 0;
    for (std::string const& name : arguments.operands) {
        if (name == "root" || name == p.system.user)
            p.out(name + " : " + name + "\n");
        else
            status = p.fail(marked(name) + ": no such user");
    }
    return status;
}

// The people at a terminal: nobody when a script runs.
int run_users(Process& p) {
    Arguments const arguments = parse_arguments(p, users_command);
    if (arguments.ended()) return arguments.status;
    if (p.system.terminal_input) p.out(p.system.user + "\n");
    return 0;
}

int run_who(Process& p) {
    Arguments const arguments = parse_arguments(p, who_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.has('q')) {
        p.out(p.system.terminal_input ? p.system.user + "\n# users=1\n" : "# users=0\n");
        return 0;
    }
    if (arguments.has('H')) p.out("NAME     LINE         TIME             COMMENT\n");
    if (p.system.terminal_input) p.out(padded(p.system.user, -8) + " tty\n");
    return 0;
}

int run_logname(Process& p) {
    Arguments const arguments = parse_arguments(p, logname_command);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return extra_operand(p, arguments.operands[0]);
    if (!p.system.terminal_input) return p.fail("no login name");
    p.out(p.system.user + "\n");
    return 0;
}

int run_arch(Process& p) {
    Arguments const arguments = parse_arguments(p, arch_command);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return extra_operand(p, arguments.operands[0]);
    p.out("wasm32\n");
    return 0;
}

int run_hostid(Process& p) {
    Arguments const arguments = parse_arguments(p, hostid_command);
    if (arguments.ended()) return arguments.status;
    if (!arguments.operands.empty()) return extra_operand(p, arguments.operands[0]);
    p.out("007f0101\n"); // that of a machine with no address of its own
    return 0;
}

// There is nothing to write out: files are where they stay.
int run_sync(Process& p) {
    Arguments const arguments = parse_arguments(p, sync_command);
    if (arguments.ended()) return arguments.status;
    int status = 0;
    for (std::string const& name : arguments.operands)
        if (auto const found = p.vfs().lookup(p.caller, name); !found)
            status = p.fail("error opening " + quoted(name) + ": " + std::string(message(found.error)));
    return status;
}

std::string counted(std::int64_t count, std::string_view word) {
    return std::to_string(count) + " " + std::string(word) + (count == 1 ? "" : "s");
}

// The machine is as old as its file system.
int run_uptime(Process& p) {
    Arguments const arguments = parse_arguments(p, uptime_command);
    if (arguments.ended()) return arguments.status;
    std::int64_t const since = p.vfs().root()->born_ns, now = p.clock().now_ns;
    std::int64_t const minutes = std::max<std::int64_t>(0, now - since) / 60'000'000'000;
    std::int64_t const days = minutes / 1440, hours = minutes / 60 % 24;
    if (arguments.has('s')) {
        p.out(format_time("%Y-%m-%d %H:%M:%S", since) + "\n");
        return 0;
    }
    if (arguments.has('p')) {
        std::string text = days > 0 ? counted(days, "day") + ", " : "";
        if (hours > 0) text += counted(hours, "hour") + ", ";
        p.out("up " + text + counted(minutes % 60, "minute") + "\n");
        return 0;
    }
    std::string text = days > 0 ? counted(days, "day") + ", " : "";
    text += hours > 0 ? padded_number(hours, 2) + ":" + format_integer("%02", 'd', minutes % 60)
                      : std::to_string(minutes % 60) + " min";
    p.out(format_time(" %H:%M:%S", now) + " up " + text + ",  " + counted(p.system.terminal_input ? 1 : 0, "user") +
          ",  load average: 0.00, 0.00, 0.00\n");
    return 0;
}

}

Command const arch_command{"arch", "print machine architecture", "arch [OPTION]...", "", run_arch};
Command const hostid_command{"hostid", "print the numeric identifier for the current host", "hostid [OPTION]", "",
                             run_hostid};
Command const sync_command{"sync", "write what is cached of files to their storage", "sync [OPTION] [FILE]...",
                           "  -d, --data         (ignored)\n"
                           "  -f, --file-system  (ignored)\n",
                           run_sync};
Command const uptime_command{"uptime", "tell how long the system has been running", "uptime [options]",
                             "  -p, --pretty  only how long, in words\n"
                             "  -s, --since   only since when\n",
                             run_uptime};
Command const tty_command{"tty", "print the file name of the terminal connected to standard input", "tty [OPTION]...",
                          "  -s, --silent, --quiet   print nothing, only return an exit status\n", run_tty};
Command const nproc_command{"nproc", "print the number of processing units available to the current process",
                            "nproc [OPTION]...",
                            "      --all       print the number of installed processors\n"
                            "      --ignore=N  if possible, exclude N processing units\n",
                            run_nproc};
Command const groups_command{"groups", "print group memberships for each USERNAME or the current user",
                             "groups [OPTION]... [USERNAME]...", "", run_groups};
Command const users_command{"users", "output who is currently logged in", "users [OPTION]... [FILE]", "", run_users};
Command const who_command{"who", "print information about users who are currently logged in",
                          "who [OPTION]... [ FILE | ARG1 ARG2 ]",
                          "  -H, --heading  print line of column headings\n"
                          "  -q, --count    all login names and number of users logged on\n",
                          run_who};
Command const logname_command{"logname", "print the user's login name", "logname [OPTION]", "", run_logname};

}
