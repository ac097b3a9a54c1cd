// The awk command: reading records, fields and files; see awk_run.hpp for the walking of the program.
#include "terminal/commands/awk.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/awk_run.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

// -i NAME and @include "NAME" as gawk finds them; false after a message.
bool read_library(Process& p, std::string const& name, std::string& text) {
    for (std::string const& path : {name, name + ".awk"}) {
        auto found = p.vfs().read_file(p.caller, path);
        if (!found) continue;
        text = std::move(found.value);
        return true;
    }
    return false;
}

struct Text {
    std::string all;
    std::vector<awk::Source> sources;
    int lines = 0;

    void add(std::string name, std::string const& text) {
        sources.push_back({std::move(name), lines + 1});
        all += text;
        if (text.empty() || text.back() != '\n') all += '\n';
        lines = static_cast<int>(std::count(all.begin(), all.end(), '\n'));
    }
};

Task<int> run_awk(Process& p) {
    Arguments arguments = parse_arguments(p, awk_command, OperandOrder::options_first, 1);
    if (arguments.ended()) co_return arguments.status;
    Text program;
    std::vector<std::string> assignments;
    std::string separator;
    bool has_separator = false, in_place = false;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'f': {
                std::string text;
                Errno const error = co_await p.read_path(option.value == "/dev/stdin" ? "-" : option.value, text);
                if (error != Errno::none)
                    co_return p.fail("fatal: cannot open source file `" + option.value +
                                         "' for reading: " + std::string(message(error)),
                                     2);
                program.add(option.value == "-" || option.value == "/dev/stdin" ? "" : option.value, text);
                break;
            }
            case 'e': program.add("", option.value); break;
            case 'i': {
                if (option.value == "inplace") {
                    in_place = true;
                    break;
                }
                std::string text;
                if (!read_library(p, option.value, text))
                    co_return p.fail(
                        "fatal: cannot open source file `" + option.value + "' for reading: No such file or directory",
                        2);
                program.add(option.value, text);
                break;
            }
            case 'v': assignments.push_back(option.value); break;
            case 'F':
                separator = option.value;
                has_separator = true;
                break;
            default: break;
        }
    }
    if (program.sources.empty()) {
        if (arguments.operands.empty()) {
            p.err(help_text(awk_command));
            co_return 1;
        }
        program.add("", arguments.operands[0]);
        arguments.operands.erase(arguments.operands.begin());
    }
    for (std::string const& assignment : assignments) {
        std::size_t const equals = assignment.find('=');
        if (equals == std::string::npos)
            co_return p.fail(
                "`" + assignment + "' argument to `-v' not in `var=value' form\n\n" + help_text(awk_command), 1);
        std::string const name = assignment.substr(0, equals);
        bool const legal = !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
                           name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
                               std::string::npos;
        if (!legal) co_return p.fail("fatal: `" + name + "' is not a legal variable name", 2);
    }
    auto parsed = awk::parse(program.all, program.sources);
    if (!parsed) {
        p.err(parsed.error().message);
        co_return parsed.error().code == ErrorCode::not_found ? 2 : 1;
    }
    awk::Interpreter interpreter(p, std::move(*parsed), std::move(program.sources), arguments.operands);
    interpreter.in_place = in_place;
    if (has_separator) interpreter.assign_global("FS", separator);
    for (std::string const& assignment : assignments) {
        std::size_t const equals = assignment.find('=');
        interpreter.assign_global(assignment.substr(0, equals), assignment.substr(equals + 1));
    }
    co_return co_await interpreter.run();
}

}

Command const awk_command{
    "awk",
    "pattern scanning and processing language",
    "awk [-F fs] [-v var=value] 'program' [file ...]\nawk [-F fs] [-v var=value] -f progfile [file ...]",
    "  -F, --field-separator=FS  set the input field separator, a regular expression\n"
    "  -f, --file=PROGRAM-FILE   read the program from a file\n"
    "  -v, --assign=VAR=VALUE    assign a value to a variable before the program begins\n"
    "  -e, --source=PROGRAM      the program, or more of it\n"
    "  -i, --include=FILE        more of the program; `inplace': edit the files that are read\n"
    "  -b, --characters-as-bytes, -c, --traditional, -n, --non-decimal-data, -O, --optimize, -P, --posix,\n"
    "  -r, --re-interval, -S, --sandbox, -t, --lint-old, -N, --use-lc-numeric, -s, --no-optimize  (ignored)\n\n"
    "A program is PATTERN { ACTION } ... and function NAME(PARAMETERS) { ... }. Patterns: BEGIN, END,\n"
    "BEGINFILE, ENDFILE, /regex/, expressions, and two with a comma between for a range.\n"
    "Statements: print printf if else while do for switch break continue next nextfile exit return delete getline\n"
    "Functions: length substr index split patsplit sub gsub gensub match sprintf tolower toupper sin cos atan2\n"
    "exp log sqrt int rand srand system close fflush strftime systime mktime asort asorti and or xor lshift\n"
    "rshift compl strtonum isarray typeof mkbool\n"
    "Variables: NR NF FNR FS OFS ORS RS RT FILENAME SUBSEP RSTART RLENGTH CONVFMT OFMT ENVIRON ARGC ARGV\n"
    "ARGIND ERRNO FPAT FIELDWIDTHS IGNORECASE PROCINFO\n",
    nullptr,
    run_awk};

}
