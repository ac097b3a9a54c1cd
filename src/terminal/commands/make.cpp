// mkdir, rmdir, touch, ln, mktemp, chmod: what makes names and changes modes and times.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/system.hpp"

namespace cw::terminal::commands {

namespace {

int run_mkfifo(Process& p) {
    Arguments const arguments = parse_arguments(p, mkfifo_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    std::optional<unsigned> mode;
    if (std::string const* given = arguments.value('m')) {
        mode = parse_mode(*given, 0666, false, p.caller.umask);
        if (!mode) return p.fail("invalid mode");
    }
    int status = 0;
    for (std::string const& path : arguments.operands) {
        Errno const error = p.vfs().make_fifo(p.caller, path);
        if (error == Errno::none && mode) static_cast<void>(p.vfs().set_mode(p.caller, path, *mode));
        if (error == Errno::none) continue;
        report_file(p, "cannot create fifo $", path, error);
        status = 1;
    }
    return status;
}

int run_mkdir(Process& p) {
    Arguments const arguments = parse_arguments(p, mkdir_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    bool const parents = arguments.has('p'), verbose = arguments.has('v');
    std::optional<unsigned> mode;
    if (std::string const* given = arguments.value('m')) {
        mode = parse_mode(*given, 0777, true, p.caller.umask);
        if (!mode) return p.fail("invalid mode " + marked(*given));
    }
    int status = 0;
    auto const make = [&](std::string const& path) {
        Errno const error = p.vfs().make_directory(p.caller, path);
        if (error == Errno::none && verbose) p.out(p.name() + ": created directory " + quoted(path) + "\n");
        return error;
    };
    for (std::string const& path : arguments.operands) {
        Errno error = Errno::none;
        for (std::size_t at = 1; parents && at < path.size(); ++at) {
            if (path[at] != '/' || path[at - 1] == '/' || at + 1 == path.size()) continue;
            std::string const prefix = path.substr(0, at);
            auto const found = p.vfs().lookup(p.caller, prefix);
            if (found && !found.value->is_directory())
                error = Errno::not_directory;
            else if (!found)
                error = make(prefix);
            if (error == Errno::none) continue;
            report_file(p, "cannot create directory " + marked(prefix), "", error);
            break;
        }
        if (error != Errno::none) {
            status = 1;
            continue;
        }
        error = make(path);
        auto const existing = p.vfs().lookup(p.caller, path);
        bool const fine =
            error == Errno::none || (parents && error == Errno::exists && existing && existing.value->is_directory());
        if (!fine) {
            report_file(p, "cannot create directory " + marked(path), "", error);
            status = 1;
        } else if (mode && error == Errno::none) {
            static_cast<void>(p.vfs().set_mode(p.caller, path, *mode));
        }
    }
    return status;
}

int run_rmdir(Process& p) {
    Arguments const arguments = parse_arguments(p, rmdir_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    bool const parents = arguments.has('p'), verbose = arguments.has('v');
    int status = 0;
    for (std::string const& operand : arguments.operands) {
        std::string path = without_slashes(operand);
        for (;;) {
            if (verbose)
                p.out(p.name() + ": removing directory, " + quoted(path == without_slashes(operand) ? operand : path) +
                      "\n");
            Errno const error = p.vfs().remove_directory(p.caller, path);
            if (error != Errno::none) {
                if (error == Errno::not_empty && arguments.has(long_option("ignore-fail-on-non-empty"))) break;
                p.fail(
                    (path == operand || path + "/" == operand ? "failed to remove " : "failed to remove directory ") +
                    quoted(path == without_slashes(operand) ? operand : path) + ": " + std::string(message(error)));
                status = 1;
                break;
            }
            std::size_t const slash = path.rfind('/');
            if (!parents || slash == std::string::npos || slash == 0) break;
            path = without_slashes(path.substr(0, slash));
        }
    }
    return status;
}

// "[[CC]YY]MMDDhhmm[.ss]" of touch -t.
std::optional<std::int64_t> stamp_time(std::string_view text, std::int64_t now_ns, Zone const& zone) {
    std::int64_t const now = now_ns / 1'000'000'000;
    Civil time = civil_from(now + zone.at(now).offset);
    time.second = 0;
    std::size_t const dot = text.find('.');
    if (dot != std::string_view::npos) time.second = static_cast<int>(parse_integer(text.substr(dot + 1)).value_or(-1));
    std::string_view digits = text.substr(0, dot);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos || digits.size() < 8 || digits.size() > 12 ||
        digits.size() % 2)
        return {};
    auto const pair = [&] {
        auto const value = static_cast<int>(parse_integer(digits.substr(0, 2)).value_or(0));
        digits.remove_prefix(2);
        return value;
    };
    if (digits.size() == 12) {
        int const century = pair();
        time.year = century * 100 + pair();
    } else if (digits.size() == 10) {
        int const year = pair();
        time.year = year + (year < 69 ? 2000 : 1900);
    }
    time.month = pair();
    time.day = pair();
    time.hour = pair();
    time.minute = pair();
    if (time.month < 1 || time.month > 12 || time.day < 1 || time.day > 31 || time.hour > 23 || time.minute > 59 ||
        time.second < 0)
        return {};
    return zone.to_utc(seconds_from(time)) * 1'000'000'000;
}

int run_touch(Process& p) {
    Arguments const arguments = parse_arguments(p, touch_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return usage_mistake(p, "missing file operand");
    std::int64_t accessed = p.clock().now_ns, modified = accessed;
    std::pair<std::int64_t, std::int64_t> node_times; // of -r
    Zone const zone = zone_named(p.env("TZ"));
    bool only_access = arguments.has('a'), only_modified = arguments.has('m');
    for (Option const& option : arguments.options) {
        if (option.id == 'd' || option.id == 't') {
            auto const time = option.id == 'd' ? parse_time(option.value, p.clock().now_ns, zone)
                                               : stamp_time(option.value, p.clock().now_ns, zone);
            if (!time) return p.fail("invalid date format " + marked(option.value));
            accessed = modified = *time;
        } else if (option.id == long_option("time")) {
            constexpr std::string_view names[] = {"atime", "access", "use", "mtime", "modify"};
            auto const* const which = std::find(std::begin(names), std::end(names), option.value);
            if (which == std::end(names))
                return invalid_choice(p, option.value, "--time", {"atime,access,use", "mtime,modify"});
            (which - names < 3 ? only_access : only_modified) = true;
        } else if (option.id == 'r') {
            auto const node = p.vfs().lookup(p.caller, option.value);
            if (!node)
                return p.fail("failed to get attributes of " + quoted(option.value) + ": " +
                              std::string(message(node.error)));
            node_times = {node.value->accessed_ns, node.value->modified_ns};
            accessed = node_times.first;
            modified = node_times.second;
        }
    }
    if (arguments.has('r') && arguments.has('d')) { // a date seen from the times of the file
        auto const from = parse_time(*arguments.value('d'), node_times.first, zone),
                   other = parse_time(*arguments.value('d'), node_times.second, zone);
        accessed = from.value_or(accessed);
        modified = other.value_or(modified);
    }
    bool const changes_access = only_access || !only_modified, changes_modified = only_modified || !only_access;
    int status = 0;
    for (std::string const& path : arguments.operands) {
        Follow const follow = arguments.has('h') ? Follow::no : Follow::yes;
        auto node = p.vfs().lookup(p.caller, path, follow);
        if (!node && node.error == Errno::no_entry) {
            if (arguments.has('c')) continue;
            OpenFlags flags;
            flags.write = flags.create = true;
            if (auto const made = p.open(path, flags); !made)
                node = Attempt<NodePtr>(made.error);
            else
                node = p.vfs().lookup(p.caller, path, follow);
        }
        Errno error = node.error;
        if (node)
            error = p.vfs().set_times(p.caller, path, changes_access ? accessed : node.value->accessed_ns,
                                      changes_modified ? modified : node.value->modified_ns, follow);
        if (error == Errno::none) continue;
        p.fail((node || error == Errno::not_directory ? "setting times of " : "cannot touch ") + quoted(path) + ": " +
               std::string(message(error)));
        status = 1;
    }
    return status;
}

struct ModeChange {
    std::string mode;
    bool recursive = false, verbose = false, changes = false, quiet = false;
    std::optional<unsigned> reference;
};

std::string octal(unsigned mode) {
    std::string out;
    for (int shift = 9; shift >= 0; shift -= 3) out += static_cast<char>('0' + (mode >> shift & 7));
    return out;
}

int change_mode(Process& p, std::string const& path, ModeChange const& change) {
    auto const node = p.vfs().lookup(p.caller, path);
    if (!node) {
        auto const link = p.vfs().lookup(p.caller, path, Follow::no);
        if (change.verbose && !change.changes) p.out(quoted(path) + " could not be accessed\n");
        if (!change.quiet)
            p.fail((link ? "cannot operate on dangling symlink " : "cannot access ") + quoted(path) +
                   (link ? "" : ": " + std::string(message(node.error))));
        return 1;
    }
    unsigned const before = node.value->mode;
    unsigned const after = change.reference
                               ? *change.reference
                               : *parse_mode(change.mode, before, node.value->is_directory(), p.caller.umask);
    int status = 0;
    Errno const error = p.vfs().set_mode(p.caller, path, after);
    if (error != Errno::none) {
        if (!change.quiet) p.fail("changing permissions of " + quoted(path) + ": " + std::string(message(error)));
        status = 1;
    } else if (change.verbose || (change.changes && before != after)) {
        Node then = *node.value;
        then.mode = before;
        std::string const old_text = mode_text(then).substr(1), text = mode_text(*node.value).substr(1);
        p.out("mode of " + quoted(path) +
              (before == after ? " retained as " + octal(after) + " (" + text + ")\n"
                               : " changed from " + octal(before) + " (" + old_text + ") to " + octal(after) + " (" +
                                     text + ")\n"));
    }
    if (change.recursive && node.value->is_directory() &&
        p.vfs().lookup(p.caller, path, Follow::no).value == node.value) {
        auto const entries = p.vfs().list(p.caller, path);
        if (!entries && !change.quiet) report_file(p, "cannot read directory $", path, entries.error);
        if (!entries) return 1;
        for (Vfs::Entry const& entry : entries.value)
            if (entry.node->kind != FileKind::symlink) status |= change_mode(p, path_in(path, entry.name), change);
    }
    return status;
}

int run_chmod(Process& p) {
    // A mode like -x or -rw looks like an option: it is moved behind `--`.
    std::vector<std::string> modes;
    for (std::size_t i = 1; i < p.argv.size() && p.argv[i] != "--"; ++i) {
        std::string const& word = p.argv[i];
        if (word.size() < 2 || word[0] != '-' || std::string_view("rwxXstugoa").find(word[1]) == std::string_view::npos)
            continue;
        modes.push_back(word);
        p.argv.erase(p.argv.begin() + static_cast<long>(i--));
    }
    Arguments arguments = parse_arguments(p, chmod_command);
    if (arguments.ended()) return arguments.status;
    ModeChange change;
    change.recursive = arguments.has('R');
    change.verbose = arguments.has('v');
    change.changes = arguments.has('c');
    change.quiet = arguments.has('f');
    if (std::string const* reference = arguments.value(long_option("reference"))) {
        auto const node = p.vfs().lookup(p.caller, *reference);
        if (!node)
            return p.fail("failed to get attributes of " + quoted(*reference) + ": " +
                          std::string(message(node.error)));
        change.reference = node.value->mode;
    } else if (!modes.empty()) {
        change.mode = modes[0];
    } else if (!arguments.operands.empty()) {
        change.mode = arguments.operands[0];
        arguments.operands.erase(arguments.operands.begin());
    } else {
        return usage_mistake(p, "missing operand");
    }
    if (arguments.operands.empty())
        return usage_mistake(p, change.reference ? "missing operand" : "missing operand after " + marked(change.mode));
    if (!change.reference && !parse_mode(change.mode, 0, false, p.caller.umask))
        return usage_mistake(p, "invalid mode: " + marked(change.mode));
    int status = 0;
    for (std::string const& path : arguments.operands) status |= change_mode(p, path, change);
    return status;
}

int run_mktemp(Process& p) {
    Arguments const arguments = parse_arguments(p, mktemp_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.size() > 1) return usage_mistake(p, "too many templates");
    bool const has_template = !arguments.operands.empty();
    std::string name = has_template ? arguments.operands[0] : "tmp.XXXXXXXXXX";
    std::string suffix;
    if (std::string const* given = arguments.value(long_option("suffix"))) suffix = *given;
    std::size_t const last = name.rfind('X');
    std::size_t first = last;
    while (last != std::string::npos && first > 0 && name[first - 1] == 'X') --first;
    if (last == std::string::npos || last - first < 2)
        return p.fail("too few X's in template " + marked(name + suffix));
    if (arguments.has('t') && name.find('/') != std::string::npos)
        return p.fail("invalid template, " + marked(name) + ", contains directory separator");
    bool const in_directory = arguments.has('p') || arguments.has(long_option("tmpdir"));
    if (in_directory && name[0] == '/')
        return p.fail("invalid template, " + marked(name) + "; with --tmpdir, it may not be absolute");
    std::string directory;
    std::string const temporary = p.has_env("TMPDIR") ? std::string(p.env("TMPDIR")) : "/tmp";
    if (std::string const* given = arguments.value('p'))
        directory = given->empty() ? temporary : *given;
    else if (std::string const* long_given = arguments.value(long_option("tmpdir")))
        directory = long_given->empty() ? temporary : *long_given;
    else if (!has_template || arguments.has('t'))
        directory = temporary;
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (int tries = 0; tries < 100; ++tries) {
        for (std::size_t i = first; i <= last; ++i) name[i] = letters[static_cast<std::size_t>(p.random().below(62))];
        std::string const path = (directory.empty() ? name : path_in(directory, name)) + suffix;
        Errno error = Errno::none;
        if (arguments.has('u')) {
            error = p.vfs().lookup(p.caller, path) ? Errno::exists : Errno::none;
        } else if (arguments.has('d')) {
            error = p.vfs().make_directory(p.caller, path, 0700);
        } else {
            OpenFlags flags;
            flags.write = flags.create = flags.exclusive = true;
            error = p.open(path, flags, 0600).error;
        }
        if (error == Errno::exists) continue;
        if (error != Errno::none) {
            std::string shown = path;
            for (std::size_t i = shown.size() - suffix.size() - (name.size() - first);
                 i < shown.size() - suffix.size() - (name.size() - last) + 1; ++i)
                shown[i] = 'X';
            if (arguments.has('q')) return 1;
            return p.fail(std::string("failed to create ") + (arguments.has('d') ? "directory" : "file") +
                          " via template " + marked(shown) + ": " + std::string(message(error)));
        }
        p.out(path + "\n");
        return 0;
    }
    return p.fail("failed to create file via template " + marked(name) + ": File exists");
}

}

Command const mkfifo_command{"mkfifo",
                             "create named pipes (FIFOs) with the given NAMEs",
                             "mkfifo [OPTION]... NAME...",
                             "  -m, --mode=MODE  set file permission bits to MODE, not a=rw - umask\n",
                             run_mkfifo,
                             nullptr};
Command const mkdir_command{"mkdir",
                            "create the DIRECTORY(ies), if they do not already exist",
                            "mkdir [OPTION]... DIRECTORY...",
                            "  -m, --mode=MODE   set file mode (as in chmod), not a=rwx - umask\n"
                            "  -p, --parents     no error if existing, make parent directories as needed\n"
                            "  -v, --verbose     print a message for each created directory\n",
                            run_mkdir,
                            nullptr};
Command const rmdir_command{"rmdir",
                            "remove the DIRECTORY(ies), if they are empty",
                            "rmdir [OPTION]... DIRECTORY...",
                            "      --ignore-fail-on-non-empty  ignore each failure for a directory that is not empty\n"
                            "  -p, --parents     remove DIRECTORY and its ancestors\n"
                            "  -v, --verbose     output a diagnostic for every directory processed\n",
                            run_rmdir,
                            nullptr};
Command const touch_command{
    "touch",
    "update the access and modification times of each FILE to the current time",
    "touch [OPTION]... FILE...",
    "  -a                     change only the access time\n"
    "  -c, --no-create        do not create any files\n"
    "  -d, --date=STRING      parse STRING and use it instead of current time\n"
    "  -f                     (ignored)\n"
    "  -h, --no-dereference   affect each symbolic link instead of any referenced file\n"
    "  -m                     change only the modification time\n"
    "  -r, --reference=FILE   use this file's times instead of current time\n"
    "      --time=WORD            change the specified time: atime, access, use, mtime, modify\n"
    "  -t STAMP               use [[CC]YY]MMDDhhmm[.ss] instead of current time\n",
    run_touch,
    nullptr};
Command const chmod_command{"chmod",
                            "change the mode of each FILE to MODE",
                            "chmod [OPTION]... MODE[,MODE]... FILE...\nchmod [OPTION]... --reference=RFILE FILE...",
                            "  -c, --changes          like verbose but report only when a change is made\n"
                            "  -f, --silent, --quiet  suppress most error messages\n"
                            "  -v, --verbose          output a diagnostic for every file processed\n"
                            "      --reference=RFILE  use RFILE's mode instead of MODE values\n"
                            "  -R, --recursive        change files and directories recursively\n\n"
                            "Each MODE is of the form '[ugoa]*([-+=]([rwxXst]*|[ugo]))+' or an octal number.\n",
                            run_chmod,
                            nullptr};
Command const mktemp_command{"mktemp",
                             "create a temporary file or directory, safely, and print its name",
                             "mktemp [OPTION]... [TEMPLATE]",
                             "  -d, --directory     create a directory, not a file\n"
                             "  -u, --dry-run       do not create anything; merely print a name\n"
                             "  -q, --quiet         suppress diagnostics about failure\n"
                             "      --suffix=SUFF   append SUFF to TEMPLATE\n"
                             "  -p DIR              interpret TEMPLATE relative to DIR\n"
                             "      --tmpdir[=DIR]  likewise; DIR is $TMPDIR or /tmp if not given\n"
                             "  -t                  interpret TEMPLATE relative to $TMPDIR or /tmp\n",
                             run_mktemp,
                             nullptr};

}
