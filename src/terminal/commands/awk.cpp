// The awk command: reading records, fields and files; see awk_run.hpp for the walking of the program.
#include "terminal/commands/awk.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/awk_run.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

namespace cw::terminal::commands {

namespace {

Task<int> run_awk(Process& p) {
    Arguments arguments = parse_arguments(p, awk_command, OperandOrder::options_first, 2);
    if (arguments.ended()) co_return arguments.status;
    std::string source;
    std::vector<std::string> assignments;
    std::string separator;
    bool has_separator = false, has_file = false;
    for (Option const& option : arguments.options) {
        if (option.id == 'f') {
            std::string text;
            bool const fine = co_await read_whole(p, option.value, text, {"can't open file %", "can't open file %"});
            if (!fine) co_return 2;
            source += text + "\n";
            has_file = true;
        } else if (option.id == 'v') {
            assignments.push_back(option.value);
        } else if (option.id == 'F') {
            separator = awk::unescaped_text(option.value);
            has_separator = true;
        }
    }
    if (!has_file) {
        if (arguments.operands.empty()) {
            p.err("usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n");
            co_return 2;
        }
        source = arguments.operands[0];
        arguments.operands.erase(arguments.operands.begin());
    }
    auto program = awk::parse(source);
    if (!program) co_return p.fail(program.error().message, 2);
    awk::Interpreter interpreter(p, std::move(*program), arguments.operands);
    if (has_separator) interpreter.assign_global("FS", separator);
    for (std::string const& assignment : assignments) {
        std::size_t const equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0)
            co_return p.fail("'" + assignment + "' argument to -v not in 'var=value' form", 2);
        interpreter.assign_global(assignment.substr(0, equals), awk::unescaped_text(assignment.substr(equals + 1)));
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
    "  -v, --assign=VAR=VALUE    assign a value to a variable before the program begins\n\n"
    "A program is PATTERN { ACTION } ... and function NAME(PARAMETERS) { ... }. Patterns: BEGIN, END,\n"
    "/regex/, expressions, and two with a comma between for a range.\n"
    "Statements: print printf if else while do for break continue next nextfile exit return delete getline\n"
    "Functions: length substr index split sub gsub gensub match sprintf tolower toupper sin cos atan2 exp\n"
    "log sqrt int rand srand system close fflush strftime systime asort asorti and or xor lshift rshift\n"
    "Variables: NR NF FNR FS OFS ORS RS FILENAME SUBSEP RSTART RLENGTH CONVFMT OFMT ENVIRON ARGC ARGV\n",
    nullptr,
    run_awk};

}
