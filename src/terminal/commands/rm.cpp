#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

namespace cw::terminal::commands {

namespace {

enum class Asks : std::uint8_t { when_protected, always, never };

struct Removal {
    bool recursive = false, directories = false, force = false, verbose = false;
    Asks asks = Asks::when_protected;
};

Task<bool> agrees(Process& p, Node const& node, std::string const& path, Removal const& removal, bool descends) {
    bool const protected_file = node.kind != FileKind::symlink && !p.vfs().may(p.caller, node, 2);
    bool const asks =
        removal.asks == Asks::always || (removal.asks == Asks::when_protected && protected_file && p.is_terminal(0));
    if (!asks) co_return true;
    std::string const what = (protected_file ? "write-protected " : "") + std::string(kind_name(node));
    co_return co_await ask(p, (descends ? "descend into directory " : "remove " + what + " ") + quoted(path) + "? ");
}

void report(Process& p, std::string const& path, Errno error) { report_file(p, "cannot remove $", path, error); }

Task<int> remove_one(Process& p, std::string path, Removal const& removal) {
    auto const found = p.vfs().lookup(p.caller, path, Follow::no);
    if (!found) {
        bool const absent = found.error == Errno::no_entry || found.error == Errno::not_directory;
        if (removal.force && absent) co_return 0;
        report(p, path, found.error);
        co_return 1;
    }
    Node const& node = *found.value;
    if (!node.is_directory()) {
        if (!co_await agrees(p, node, path, removal, false)) co_return 0;
        if (Errno const error = p.vfs().unlink(p.caller, path); error != Errno::none) {
            report(p, path, error);
            co_return 1;
        }
        if (removal.verbose) p.out("removed " + quoted(path) + "\n");
        co_return 0;
    }
    if (!removal.recursive && !(removal.directories && node.entries.empty())) {
        report(p, path, removal.directories ? Errno::not_empty : Errno::is_directory);
        co_return 1;
    }
    int status = 0;
    if (!node.entries.empty()) {
        if (!co_await agrees(p, node, path, removal, true)) co_return 0;
        auto const entries = p.vfs().list(p.caller, path);
        if (!entries) {
            report(p, path, entries.error);
            co_return 1;
        }
        for (Vfs::Entry const& entry : entries.value) {
            status |= co_await remove_one(p, path_in(path, entry.name), removal);
            co_await p.breathe();
        }
        if (status) co_return status;
        if (!node.entries.empty()) co_return 0; // something in it was kept
    }
    if (!co_await agrees(p, node, path, removal, false)) co_return 0;
    if (Errno const error = p.vfs().remove_directory(p.caller, path); error != Errno::none) {
        report(p, path, error);
        co_return 1;
    }
    if (removal.verbose) p.out("removed directory " + quoted(path) + "\n");
    co_return 0;
}

Task<int> run_rm(Process& p) {
    Arguments const arguments = parse_arguments(p, rm_command);
    if (arguments.ended()) co_return arguments.status;
    Removal removal;
    bool asks_once = false;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'r': removal.recursive = true; break;
            case 'd': removal.directories = true; break;
            case 'v': removal.verbose = true; break;
            case 'f':
                removal.force = true;
                removal.asks = Asks::never;
                break;
            case 'i': removal.asks = Asks::always; break;
            case 'I': asks_once = true; break;
            case long_option("interactive"):
                removal.asks = option.value == "never"  ? Asks::never
                               : option.value == "once" ? removal.asks
                                                        : Asks::always;
                asks_once = option.value == "once";
                break;
            default: break;
        }
    }
    if (arguments.operands.empty()) co_return removal.force ? 0 : missing_operand(p, arguments.operands);
    std::size_t const count = arguments.operands.size();
    if (asks_once && (count > 3 || removal.recursive)) {
        std::string const what = std::to_string(count) + (count == 1 ? " argument" : " arguments");
        if (!co_await ask(p, "remove " + what + (removal.recursive ? " recursively? " : "? "))) co_return 0;
    }
    int status = 0;
    for (std::string const& operand : arguments.operands) {
        std::string_view const last = base_name(without_slashes(operand));
        if (removal.recursive && (last == "." || last == "..")) {
            p.fail("refusing to remove '.' or '..' directory: skipping " + quoted(operand));
            status = 1;
            continue;
        }
        auto const node = p.vfs().lookup(p.caller, operand, Follow::no);
        if (removal.recursive && node && node.value == p.vfs().root() &&
            !arguments.has(long_option("no-preserve-root"))) {
            p.fail("it is dangerous to operate recursively on " + quoted(operand) +
                   (normal_path(operand) == operand ? "" : " (same as '/')"));
            p.fail("use --no-preserve-root to override this failsafe");
            status = 1;
            continue;
        }
        status |= co_await remove_one(p, operand, removal);
    }
    co_return status;
}

}

Command const rm_command{"rm",
                         "remove (unlink) the FILE(s)",
                         "rm [OPTION]... [FILE]...",
                         "  -f, --force           ignore nonexistent files and arguments, never prompt\n"
                         "  -i                    prompt before every removal\n"
                         "  -I                    prompt once before removing more than three files, or\n"
                         "                          when removing recursively\n"
                         "      --interactive[=WHEN]  prompt according to WHEN: never, once (-I), or always (-i)\n"
                         "      --no-preserve-root  do not treat '/' specially\n"
                         "      --preserve-root   do not remove '/' (default)\n"
                         "  -r, -R, --recursive   remove directories and their contents recursively\n"
                         "  -d, --dir             remove empty directories\n"
                         "  -v, --verbose         explain what is being done\n",
                         nullptr,
                         run_rm};

}
