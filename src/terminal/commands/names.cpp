// basename, dirname, realpath, readlink: what takes names apart.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

namespace cw::terminal::commands {

namespace {

std::string last_part(std::string const& path) {
    std::string const clean = without_slashes(path);
    if (clean == "/" || clean.empty()) return clean;
    std::size_t const slash = clean.rfind('/');
    return slash == std::string::npos ? clean : clean.substr(slash + 1);
}

int run_basename(Process& p) {
    Arguments const arguments = parse_arguments(p, basename_command, OperandOrder::options_first);
    if (arguments.ended()) return arguments.status;
    auto const& operands = arguments.operands;
    if (operands.empty()) return missing_operand(p, operands);
    std::string suffix;
    bool several = arguments.has('a');
    if (std::string const* given = arguments.value('s')) suffix = *given, several = true;
    if (!several && operands.size() > 2) return extra_operand(p, operands[2]);
    if (!several && operands.size() == 2) suffix = operands[1];
    std::string out;
    for (std::size_t i = 0; i < (several ? operands.size() : 1); ++i) {
        std::string name = last_part(operands[i]);
        bool const ends =
            name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
        if (ends) name.resize(name.size() - suffix.size());
        (out += name) += arguments.has('z') ? '\0' : '\n';
    }
    p.out(out);
    return 0;
}

int run_dirname(Process& p) {
    Arguments const arguments = parse_arguments(p, dirname_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    std::string out;
    for (std::string const& operand : arguments.operands) {
        std::string const clean = without_slashes(operand);
        std::size_t const slash = clean.rfind('/');
        out += slash == std::string::npos ? "."
               : clean == "/"             ? "/"
               : slash == 0               ? "/"
                                          : without_slashes(clean.substr(0, slash));
        out += arguments.has('z') ? '\0' : '\n';
    }
    p.out(out);
    return 0;
}

// The absolute name without links; parts that are missing are kept as they are.
std::string lenient_canonical(Process& p, std::string const& path) {
    std::string const whole = joined_path(p.directory(), path);
    for (std::size_t end = whole.size(); end > 0;) {
        auto const real = p.vfs().canonical(p.caller, whole.substr(0, end));
        if (real) return normal_path(real.value + "/" + whole.substr(end));
        end = whole.rfind('/', end - 1);
        if (end == std::string::npos) break;
    }
    return normal_path(whole);
}

std::string relative_to(std::string const& path, std::string const& base) {
    std::size_t same = 0;
    std::string const a = path == "/" ? "" : path, b = base == "/" ? "" : base;
    for (std::size_t i = 0; i <= a.size() && i <= b.size(); ++i) {
        bool const ends = (i == a.size() || a[i] == '/') && (i == b.size() || b[i] == '/');
        if (ends) same = i;
        if (i == a.size() || i == b.size() || a[i] != b[i]) break;
    }
    std::string out;
    for (std::size_t i = same; i < b.size(); ++i)
        if (b[i] == '/') out += "../";
    if (same < a.size())
        out += a.substr(same + 1);
    else if (!out.empty())
        out.pop_back();
    return out.empty() ? "." : out;
}

int run_realpath(Process& p) {
    Arguments const arguments = parse_arguments(p, realpath_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    std::string const* const base = arguments.value(long_option("relative-to"));
    std::string const* const within = arguments.value(long_option("relative-base"));
    int status = 0;
    for (std::string const& operand : arguments.operands) {
        auto const real = p.vfs().canonical(p.caller, operand, !arguments.has('e'));
        std::string path = real.value;
        if (arguments.has('s'))
            path = normal_path(joined_path(p.directory(), operand));
        else if (arguments.has('m'))
            path = lenient_canonical(p, operand);
        else if (!real) {
            if (!arguments.has('q')) report_file(p, "%", operand, real.error);
            status = 1;
            continue;
        }
        auto const is_below = [](std::string const& inner, std::string const& outer) {
            return outer == "/" || (inner + "/").compare(0, outer.size() + 1, outer + "/") == 0;
        };
        std::string const near = within ? lenient_canonical(p, *within) : "/";
        std::string const from = base ? lenient_canonical(p, *base) : near;
        if (base || within) {
            // Outside of --relative-base, names are absolute.
            if (is_below(path, near) && is_below(from, near)) path = relative_to(path, from);
        }
        p.out(path + (arguments.has('z') ? '\0' : '\n'));
    }
    return status;
}

int run_readlink(Process& p) {
    Arguments const arguments = parse_arguments(p, readlink_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    if (arguments.has('n') && arguments.operands.size() > 1) p.fail("ignoring --no-newline with multiple arguments");
    int status = 0;
    for (std::string const& operand : arguments.operands) {
        Attempt<std::string> target;
        if (arguments.has('m')) {
            target = p.vfs().canonical(p.caller, operand, true); // links too, as long as there are folders
            if (!target) target = lenient_canonical(p, operand);
        } else if (arguments.has('f') || arguments.has('e'))
            target = p.vfs().canonical(p.caller, operand, !arguments.has('e'));
        else
            target = p.vfs().read_link(p.caller, operand);
        if (!target) {
            if (arguments.has('v')) report_file(p, "%", operand, target.error);
            status = 1;
            continue;
        }
        bool const bare = arguments.has('n') && arguments.operands.size() == 1;
        p.out(bare ? target.value : target.value + (arguments.has('z') ? '\0' : '\n'));
    }
    return status;
}

}

Command const basename_command{"basename",
                               "print NAME with any leading directory components removed",
                               "basename NAME [SUFFIX]\nbasename OPTION... NAME...",
                               "  -a, --multiple       support multiple arguments and treat each as a NAME\n"
                               "  -s, --suffix=SUFFIX  remove a trailing SUFFIX; implies -a\n"
                               "  -z, --zero           end each output line with NUL, not newline\n",
                               run_basename,
                               nullptr};
Command const dirname_command{"dirname",
                              "output each NAME with its last non-slash component and trailing slashes removed",
                              "dirname [OPTION] NAME...",
                              "  -z, --zero  end each output line with NUL, not newline\n",
                              run_dirname,
                              nullptr};
Command const realpath_command{"realpath",
                               "print the resolved absolute file name",
                               "realpath [OPTION]... FILE...",
                               "  -e, --canonicalize-existing  all components of the path must exist\n"
                               "  -m, --canonicalize-missing   no path components need exist\n"
                               "  -L, --logical                (ignored)\n"
                               "  -P, --physical               (ignored)\n"
                               "  -q, --quiet                  suppress most error messages\n"
                               "      --relative-to=DIR        print the path relative to DIR\n"
                               "      --relative-base=DIR      print absolute paths unless they are below DIR\n"
                               "  -s, --strip, --no-symlinks   don't expand symlinks\n"
                               "  -z, --zero                   end each output line with NUL, not newline\n",
                               run_realpath,
                               nullptr};
Command const readlink_command{
    "readlink",
    "print value of a symbolic link or canonical file name",
    "readlink [OPTION]... FILE...",
    "  -f, --canonicalize           follow every symlink; all but the last component must exist\n"
    "  -e, --canonicalize-existing  all components must exist\n"
    "  -m, --canonicalize-missing   without requirements on components existence\n"
    "  -n, --no-newline             do not output the trailing delimiter\n"
    "  -q, --quiet, -s, --silent    suppress most error messages\n"
    "  -v, --verbose                report error messages\n"
    "  -z, --zero                   end each output line with NUL, not newline\n",
    run_readlink,
    nullptr};

}
