// help: what the shell knows about its builtins and its grammar.
#include "terminal/builtins.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

struct Topic {
    std::string_view name;
    std::string_view synopsis; // empty: the builtin's own
    std::string_view summary;
};

// In bash's order.
constexpr Topic topics[] = {
    {"%", "job_spec [&]", "Resume job in foreground."},
    {"(( ... ))", "(( expression ))", "Evaluate arithmetic expression."},
    {".", {}, "Execute commands from a file in the current shell."},
    {":", {}, "Null command."},
    {"[", {}, "Evaluate conditional expression."},
    {"[[ ... ]]", "[[ expression ]]", "Execute conditional command."},
    {"alias", {}, "Define or display aliases."},
    {"bg", {}, "Move jobs to the background."},
    {"bind", {}, "Set Readline key bindings and variables."},
    {"break", {}, "Exit for, while, or until loops."},
    {"builtin", {}, "Execute shell builtins."},
    {"caller", {}, "Return the context of the current subroutine call."},
    {"case", "case WORD in [PATTERN [| PATTERN]...) COMMANDS ;;]... esac",
     "Execute commands based on pattern matching."},
    {"cd", {}, "Change the shell working directory."},
    {"command", {}, "Execute a simple command or display information about commands."},
    {"compgen", {}, "Display possible completions depending on the options."},
    {"complete", {}, "Specify how arguments are to be completed by Readline."},
    {"compopt", {}, "Modify or display completion options."},
    {"continue", {}, "Resume for, while, or until loops."},
    {"coproc", "coproc [NAME] command [redirections]", "Create a coprocess named NAME."},
    {"declare", {}, "Set variable values and attributes."},
    {"dirs", {}, "Display directory stack."},
    {"disown", {}, "Remove jobs from current shell."},
    {"echo", {}, "Write arguments to the standard output."},
    {"enable", {}, "Enable and disable shell builtins."},
    {"eval", {}, "Execute arguments as a shell command."},
    {"exec", {}, "Replace the shell with the given command."},
    {"exit", {}, "Exit the shell."},
    {"export", {}, "Set export attribute for shell variables."},
    {"false", {}, "Return an unsuccessful result."},
    {"fc", {}, "Display or execute commands from the history list."},
    {"fg", {}, "Move job to the foreground."},
    {"for", "for NAME [in WORDS ... ] ; do COMMANDS; done", "Execute commands for each member in a list."},
    {"for ((", "for (( exp1; exp2; exp3 )); do COMMANDS; done", "Arithmetic for loop."},
    {"function", "function name { COMMANDS ; } or name () { COMMANDS ; }", "Define shell function."},
    {"getopts", {}, "Parse option arguments."},
    {"hash", {}, "Remember or display program locations."},
    {"help", {}, "Display information about builtin commands."},
    {"history", {}, "Display or manipulate the history list."},
    {"if", "if COMMANDS; then COMMANDS; [ elif COMMANDS; then COMMANDS; ]... [ else COMMANDS; ] fi",
     "Execute commands based on conditional."},
    {"jobs", {}, "Display status of jobs."},
    {"kill", {}, "Send a signal to a job."},
    {"let", {}, "Evaluate arithmetic expressions."},
    {"local", {}, "Define local variables."},
    {"logout", {}, "Exit a login shell."},
    {"mapfile", {}, "Read lines from the standard input into an indexed array variable."},
    {"popd", {}, "Remove directories from stack."},
    {"printf", {}, "Formats and prints ARGUMENTS under control of the FORMAT."},
    {"pushd", {}, "Add directories to stack."},
    {"pwd", {}, "Print the name of the current working directory."},
    {"read", {}, "Read a line from the standard input and split it into fields."},
    {"readarray", {}, "Read lines from a file into an array variable."},
    {"readonly", {}, "Mark shell variables as unchangeable."},
    {"return", {}, "Return from a shell function."},
    {"select", "select NAME [in WORDS ... ;] do COMMANDS; done", "Select words from a list and execute commands."},
    {"set", {}, "Set or unset values of shell options and positional parameters."},
    {"shift", {}, "Shift positional parameters."},
    {"shopt", {}, "Set and unset shell options."},
    {"source", {}, "Execute commands from a file in the current shell."},
    {"suspend", {}, "Suspend shell execution."},
    {"test", {}, "Evaluate conditional expression."},
    {"time", "time [-p] pipeline", "Report time consumed by pipeline's execution."},
    {"times", {}, "Display process times."},
    {"trap", {}, "Trap signals and other events."},
    {"true", {}, "Return a successful result."},
    {"type", {}, "Display information about command type."},
    {"typeset", {}, "Set variable values and attributes."},
    {"ulimit", {}, "Modify shell resource limits."},
    {"umask", {}, "Display or set file mode mask."},
    {"unalias", {}, "Remove each NAME from the list of defined aliases."},
    {"unset", {}, "Unset values and attributes of shell variables and functions."},
    {"until", "until COMMANDS; do COMMANDS-2; done", "Execute commands as long as a test does not succeed."},
    {"variables", "variables - Names and meanings of some shell variables", "Common shell variable names and usage."},
    {"wait", {}, "Wait for job completion and return exit status."},
    {"while", "while COMMANDS; do COMMANDS-2; done", "Execute commands as long as a test succeeds."},
    {"{ ... }", "{ COMMANDS ; }", "Group commands as a unit."},
};

std::string synopsis_of(Topic const& topic) {
    Builtin const* const builtin = topic.synopsis.empty() ? find_builtin(topic.name) : nullptr;
    return std::string(builtin ? builtin->synopsis : topic.synopsis);
}

// All of them in two columns, each cut with a > where it does not fit.
std::string overview(Interpreter& shell) {
    constexpr std::size_t width = 40;
    auto const cell = [&](std::size_t i, std::size_t room) {
        Builtin const* const builtin = find_builtin(topics[i].name);
        bool const off = builtin && !shell.find_enabled_builtin(std::string(topics[i].name));
        std::string text = (off ? "*" : " ") + synopsis_of(topics[i]);
        if (text.size() > room) text = text.substr(0, room - 1) + ">";
        return text;
    };
    std::string out =
        "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n"
        "These shell commands are defined internally.  Type `help' to see this list.\n"
        "Type `help name' to find out more about the function `name'.\n"
        "Use `info bash' to find out more about the shell in general.\n"
        "Use `man -k' or `info' to find out more about commands not in this list.\n\n"
        "A star (*) next to a name means that the command is disabled.\n\n";
    std::size_t const count = std::size(topics), rows = (count + 1) / 2;
    for (std::size_t i = 0; i < rows; ++i) {
        std::string const left = cell(i, width - 1);
        out += i + rows < count ? padded(left, -static_cast<int>(width)) + cell(i + rows, width - 2) : left;
        out += "\n";
    }
    return out;
}

std::string manual_page(Topic const& topic) {
    return "NAME\n    " + std::string(topic.name) + " - " + std::string(topic.summary) + "\n\nSYNOPSIS\n    " +
           synopsis_of(topic) + "\n\nDESCRIPTION\n    " + std::string(topic.summary) + "\n\nSEE ALSO\n    bash(1)\n\n";
}

std::string topic_text(Topic const& topic, char how) {
    std::string const name(topic.name);
    if (how == 'd') return name + " - " + std::string(topic.summary) + "\n";
    if (how == 'm') return manual_page(topic);
    std::string const line = name + ": " + synopsis_of(topic) + "\n";
    return how == 's' ? line : line + "    " + std::string(topic.summary) + "\n";
}

}

int builtin_help(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "dms", letters); status >= 0) return status;
    if (at >= arguments.size()) {
        shell.write(1, overview(shell));
        return 0;
    }
    char const how = letters.empty() ? 0 : letters.find('d') != std::string::npos ? 'd' : letters.back();
    std::string const& first = arguments[at];
    bool const set = first.find('[') < first.find(']') && first.find(']') != std::string::npos;
    if (set || first.find_first_of("*?") != std::string::npos)
        shell.write(1, "Shell commands matching keyword" + std::string(arguments.size() > at + 1 ? "s" : "") + " `" +
                           first + "'\n\n");
    bool found = false;
    for (; at < arguments.size(); ++at) {
        std::string const& wanted = arguments[at];
        auto const exact =
            std::any_of(std::begin(topics), std::end(topics), [&](Topic const& topic) { return topic.name == wanted; });
        for (Topic const& topic : topics) {
            bool const begins = topic.name.substr(0, wanted.size()) == wanted;
            bool const hit = exact ? topic.name == wanted : begins || pattern_matches(wanted, topic.name, {});
            if (hit) shell.write(1, topic_text(topic, how));
            found = found || hit;
        }
    }
    if (found) return 0;
    std::string const& last = arguments.back();
    shell.builtin_error("help", "no help topics match `" + last + "'.  Try `help help' or `man -k " + last +
                                    "' or `info " + last + "'.");
    return 1;
}

// `name --help` of any builtin that takes options.
bool shows_help(Interpreter& shell, Builtin const& builtin, Words const& arguments) {
    static constexpr std::string_view literal[] = {":", "true", "false", "echo", "test", "["};
    if (arguments.size() < 2 || arguments[1] != "--help") return false;
    if (std::find(std::begin(literal), std::end(literal), builtin.name) != std::end(literal)) return false;
    builtin_help(shell, {"help", std::string(builtin.name)});
    return true;
}

}
