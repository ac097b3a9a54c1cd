// The variables a shell begins with, what it takes from its environment, and what it hands on.
#include "ground/text.hpp"
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

void Interpreter::set_special_variables() {
    auto const dynamic = [&](char const* which, Dynamic kind, VariableKind shape, unsigned attributes) {
        Variable& place = variables.create(which);
        place.dynamic = kind;
        place.kind = shape;
        place.is_set = true;
        place.attributes = attributes;
    };
    constexpr VariableKind scalar_kind = VariableKind::scalar, list = VariableKind::indexed;
    dynamic("RANDOM", Dynamic::random, scalar_kind, Variable::integer);
    dynamic("SRANDOM", Dynamic::secure_random, scalar_kind, Variable::integer);
    dynamic("SECONDS", Dynamic::seconds, scalar_kind, Variable::integer);
    dynamic("LINENO", Dynamic::line_number, scalar_kind, 0);
    dynamic("BASHPID", Dynamic::shell_pid, scalar_kind, Variable::integer);
    dynamic("EPOCHSECONDS", Dynamic::epoch_seconds, scalar_kind, 0);
    dynamic("EPOCHREALTIME", Dynamic::epoch_realtime, scalar_kind, 0);
    dynamic("BASH_ARGC", Dynamic::argument_counts, list, 0);
    dynamic("BASH_ARGV", Dynamic::argument_values, list, 0);
    dynamic("FUNCNAME", Dynamic::function_names, list, 0);
    dynamic("BASH_SOURCE", Dynamic::sources, list, 0);
    dynamic("BASH_LINENO", Dynamic::line_numbers, list, 0);
    dynamic("PIPESTATUS", Dynamic::pipe_status, list, 0);
    dynamic("DIRSTACK", Dynamic::directories, list, 0);
    dynamic("GROUPS", Dynamic::groups, list, 0);
    dynamic("HISTCMD", Dynamic::history_number, scalar_kind, Variable::integer);
    dynamic("BASH_COMMAND", Dynamic::command, scalar_kind, 0);
    dynamic("BASH_SUBSHELL", Dynamic::subshell, scalar_kind, 0);
    dynamic("_", Dynamic::last_argument, scalar_kind, 0);
    dynamic("BASH_ARGV0", Dynamic::argument_zero, scalar_kind, 0);
    dynamic("SHELLOPTS", Dynamic::shell_options, scalar_kind, Variable::readonly);
    dynamic("BASHOPTS", Dynamic::bash_options, scalar_kind, Variable::readonly);
    dynamic("BASH_ALIASES", Dynamic::aliases, VariableKind::associative, 0);
    dynamic("BASH_CMDS", Dynamic::commands, VariableKind::associative, 0);
    auto const plain = [&](char const* which, std::string value, unsigned attributes = 0) {
        Variable& place = variables.create(which);
        place.value = std::move(value);
        place.is_set = true;
        place.attributes |= attributes;
    };
    plain("IFS", " \t\n");
    plain("OPTIND", "1");
    variables.create("OPTIND").dynamic = Dynamic::option_index;
    variables.create("OPTIND").attributes = Variable::integer;
    plain("OPTERR", "1");
    plain("PS4", "+ ");
    plain("COMP_WORDBREAKS", " \t\n\"'><=;|&(:");
    plain("BASH", "/bin/bash");
    plain("SHELL", "/bin/bash");
    plain("BASH_VERSION", "5.2.15(1)-release");
    plain("HOSTNAME", system.host_name);
    plain("HOSTTYPE", "x86_64");
    plain("MACHTYPE", "x86_64-pc-linux-gnu");
    plain("OSTYPE", "linux-gnu");
    plain("UID", std::to_string(caller.uid), Variable::readonly | Variable::integer);
    plain("EUID", std::to_string(caller.uid), Variable::readonly | Variable::integer);
    plain("PPID", std::to_string(parent_pid), Variable::readonly | Variable::integer);
    Variable& version = variables.create("BASH_VERSINFO");
    version.kind = VariableKind::indexed;
    version.indexed = std::make_shared<IndexedArray>();
    std::int64_t part = 0;
    for (char const* const word : {"5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"})
        version.indexed->set(part++, word);
    version.is_set = true;
    version.attributes = Variable::readonly;
}

void Interpreter::import_environment(std::vector<std::string> const& environment) {
    for (std::string const& entry : environment) {
        std::size_t const equals = entry.find('=');
        if (equals == std::string::npos || equals == 0) continue;
        std::string const key = entry.substr(0, equals);
        std::string const value = entry.substr(equals + 1);
        std::string_view const function_prefix = "BASH_FUNC_";
        if (key.compare(0, function_prefix.size(), function_prefix) == 0 && key.size() > function_prefix.size() + 2) {
            std::string const called = key.substr(function_prefix.size(), key.size() - function_prefix.size() - 2);
            Parser parser(called + " " + value, parser_options());
            Parser::Step const step = parser.next();
            if (step.kind != Parser::Kind::command || step.list->items.size() != 1) continue;
            Syntax const& node = *step.list->items[0].command;
            if (node.kind != CommandKind::function) continue;
            Function function;
            function.body = static_cast<FunctionCommand const&>(node).body;
            function.exported = true;
            function.source = "environment";
            functions[called] = function;
            continue;
        }
        if (!is_identifier(key)) {
            foreign_environment.push_back(entry);
            continue;
        }
        Variable& place = variables.create(key);
        if (place.has(Variable::readonly) || (place.dynamic != Dynamic::none && key != "OPTIND")) continue;
        if (key == "IFS" || key == "OPTIND" || key == "OPTERR" || key == "_") continue;
        place.value = value;
        place.is_set = true;
        place.attributes |= Variable::exported;
        variable_changed(key);
    }
}

std::vector<std::string> Interpreter::environment() const {
    std::vector<std::string> out = variables.environment();
    out.insert(out.end(), foreign_environment.begin(), foreign_environment.end());
    for (auto const& [called, function] : functions) {
        if (!function.exported) continue;
        std::string const text = printed_function(called, *function.body);
        out.push_back("BASH_FUNC_" + called + "%%=" + text.substr(called.size() + 1));
    }
    return out;
}

}
