// link, unlink and pathchk: single names of the file system.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

int run_link(Process& p) {
    Arguments const arguments = parse_arguments(p, link_command);
    if (arguments.ended()) return arguments.status;
    auto const& names = arguments.operands;
    if (names.size() < 2) return missing_operand(p, names);
    if (names.size() > 2) return extra_operand(p, names[2]);
    Errno const error = p.vfs().link(p.caller, names[0], names[1]);
    if (error == Errno::none) return 0;
    return p.fail("cannot create link " + quoted(names[1]) + " to " + quoted(names[0]) + ": " +
                  std::string(message(error)));
}

int run_unlink(Process& p) {
    Arguments const arguments = parse_arguments(p, unlink_command);
    if (arguments.ended()) return arguments.status;
    auto const& names = arguments.operands;
    if (names.empty()) return missing_operand(p, names);
    if (names.size() > 1) return extra_operand(p, names[1]);
    Errno const error = p.vfs().unlink(p.caller, names[0]);
    if (error == Errno::none) return 0;
    report_file(p, "cannot unlink $", names[0], error);
    return 1;
}

struct PathChecks {
    bool portable = false, strict_names = false; // -p and -P
};

constexpr std::string_view portable_characters = "/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
constexpr std::size_t portable_path_bytes = 256, portable_name_bytes = 14;

// What is wrong with a path; empty if nothing is.
std::string path_problem(Process& p, std::string const& path, PathChecks const& checks) {
    if (checks.strict_names && (path.rfind("-", 0) == 0 || path.find("/-") != std::string::npos))
        return "leading '-' in a component of file name " + quoted(path);
    if ((checks.portable || checks.strict_names) && path.empty()) return "empty file name";
    if (checks.portable) {
        std::size_t const odd = path.find_first_not_of(portable_characters);
        if (odd != std::string::npos) {
            std::size_t end = odd + 1;
            while (end < path.size() && (static_cast<unsigned char>(path[end]) & 0xC0u) == 0x80u) ++end;
            return "nonportable character " + marked(path.substr(odd, end - odd)) + " in file name " + quoted(path);
        }
    } else if (auto const node = p.vfs().lookup(p.caller, path, Follow::no); node) {
        return {};
    } else if (node.error != Errno::no_entry && node.error != Errno::name_too_long) {
        return path + ": " + std::string(message(node.error));
    } else if (path.empty()) {
        return quoted(path) + ": " + std::string(message(Errno::no_entry));
    }
    std::size_t const most = checks.portable ? portable_path_bytes : limits::path_bytes;
    if (path.size() >= most)
        return "limit " + std::to_string(most - 1) + " exceeded by length " + std::to_string(path.size()) +
               " of file name " + quoted(path);
    std::size_t const longest = checks.portable ? portable_name_bytes : limits::name_bytes;
    for (std::size_t from = 0; from < path.size();) {
        std::size_t const end = std::min(path.find('/', from), path.size());
        if (end - from > longest)
            return "limit " + std::to_string(longest) + " exceeded by length " + std::to_string(end - from) +
                   " of file name component " + marked(path.substr(from, end - from));
        from = end + 1;
    }
    return {};
}

int run_pathchk(Process& p) {
    Arguments const arguments = parse_arguments(p, pathchk_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    bool const both = arguments.has(long_option("portability"));
    PathChecks const checks{both || arguments.has('p'), both || arguments.has('P')};
    int status = 0;
    for (std::string const& path : arguments.operands)
        if (std::string const problem = path_problem(p, path, checks); !problem.empty()) status = p.fail(problem);
    return status;
}

}

Command const link_command{"link", "call the link function to create a link named FILE2 to an existing FILE1",
                           "link FILE1 FILE2\nlink OPTION", "", run_link};
Command const unlink_command{"unlink", "call the unlink function to remove the specified FILE",
                             "unlink FILE\nunlink OPTION", "", run_unlink};
Command const pathchk_command{"pathchk", "diagnose invalid or unportable file names", "pathchk [OPTION]... NAME...",
                              "  -p                 check for most POSIX systems\n"
                              "  -P                 check for empty names and leading \"-\"\n"
                              "      --portability  check for all POSIX systems (equivalent to -p -P)\n",
                              run_pathchk};

}
