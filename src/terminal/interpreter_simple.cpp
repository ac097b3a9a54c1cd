// Simple commands: assignments, redirections, and finding what to run.
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

// The scope of `x=1 command`, and of a function's locals.
struct ScopeGuard {
    Variables& variables;
    bool active = false;
    explicit ScopeGuard(Variables& of) : variables(of) {}
    ~ScopeGuard() { close(); }
    ScopeGuard(ScopeGuard const&) = delete;
    ScopeGuard& operator=(ScopeGuard const&) = delete;
    void open(Variables::ScopeKind kind) {
        variables.push_scope(kind);
        active = true;
    }
    void close() {
        if (active) variables.pop_scope();
        active = false;
    }
};

// While it lives, the variables of `x=1 command` are not there: redirections are expanded without them.
struct ScopeHider {
    Variables* variables;
    explicit ScopeHider(ScopeGuard const& scope) : variables(scope.active ? &scope.variables : nullptr) {
        if (variables) variables->exchange_scope();
    }
    ~ScopeHider() {
        if (variables) variables->exchange_scope();
    }
    ScopeHider(ScopeHider const&) = delete;
    ScopeHider& operator=(ScopeHider const&) = delete;
};

// `declare x=value` as the builtin gets it.
std::string assignment_argument(Assignment const& assignment, std::string const& subscript, std::string const& value) {
    std::string text = assignment.name;
    if (assignment.has_subscript) text += "[" + subscript + "]";
    return text + (assignment.append ? "+=" : "=") + value;
}

std::string quoted_for_trace(std::string const& text) {
    if (text.empty()) return "''";
    if (!needs_ansi_quotes(text)) return quoted_if_needed(text);
    bool const special = text.find_first_of(" \t\n'\"\\|&;()<>!{}*[]?^$`") != std::string::npos;
    return special ? single_quoted(text) : ansi_quoted(text);
}

}

// `export x={a,b}` is two assignments, as in bash; a plain x={a,b} is one. False if there are no braces to expand.
bool Interpreter::push_braced(Assignment const& assignment, Expander& expander, std::vector<std::string>& arguments) {
    if (assignment.is_array || !assignment.value.may_brace || assignment.value.awaits || !options.braceexpand)
        return false;
    std::vector<Word> const words = expand_braces(assignment.value, limits::expansion_words);
    std::string const subscript = expander.single(assignment.subscript);
    for (Word const& each : words)
        arguments.push_back(assignment_argument(assignment, subscript, expander.value(each)));
    return !words.empty();
}

void Interpreter::trace_command(std::vector<std::string> const& arguments) {
    std::string text;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (i > 0) text += ' ';
        bool const is_compound = compound_arguments.count(static_cast<int>(i)) > 0; // its value was shown before
        text += is_compound ? arguments[i].substr(0, arguments[i].find_first_of("+=")) : quoted_for_trace(arguments[i]);
    }
    trace(text);
}

void Interpreter::trace_elements(Assignment const& assignment, CompoundValue const& elements) {
    std::string text = assignment.name + (assignment.append ? "+=(" : "=(");
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (i > 0) text += ' ';
        if (elements[i].has_subscript)
            text += "[" + single_quoted(elements[i].subscript) + (elements[i].append ? "]+=" : "]=");
        text += single_quoted(elements[i].value);
    }
    trace(text + ")");
}

void Interpreter::trace_assignment(Assignment const& assignment, std::string const& value) {
    if (assignment.is_array) {
        trace(without_ansi_quotes(assignment.source));
        return;
    }
    std::string left = assignment.name;
    if (assignment.has_subscript) left += "[" + assignment.subscript.source + "]";
    trace(left + (assignment.append ? "+=" : "=") + (value.empty() ? "" : quoted_for_trace(value)));
}

bool Interpreter::assign_expanded(Assignment const& assignment, std::string const& subscript, std::string const& value,
                                  CompoundValue const& elements) {
    if (failure != Failure::none) return false;
    if (options.xtrace) trace_assignment(assignment, value);
    bool stored = false;
    if (assignment.has_subscript && subscript.empty() && !assignment.subscript.source.empty()) {
        error(assignment.name + "[" + assignment.subscript.source + "]: bad array subscript");
        fail(Failure::discard);
        return false;
    }
    if (assignment.is_array && assignment.has_subscript) {
        error(assignment.name + "[" + assignment.subscript.source + "]: cannot assign list to array member");
        fail(Failure::discard);
    } else if (assignment.is_array)
        stored = assign_compound(assignment.name, elements, assignment.append, false);
    else if (assignment.has_subscript)
        stored = assign_element(assignment.name, subscript, value, assignment.append);
    else
        stored = assign(assignment.name, value, assignment.append);
    if (!stored && failure == Failure::none) fail(Failure::command);
    return stored;
}

bool Interpreter::assign_now(Assignment const& assignment) {
    Expander expander(*this);
    std::string subscript, value;
    CompoundValue elements;
    if (assignment.has_subscript) subscript = expander.subscript(assignment.name, assignment.subscript);
    if (!assignment.is_array) {
        value = expander.value(assignment.value);
        return assign_expanded(assignment, subscript, value, elements);
    }
    bool const keyed = is_associative(assignment.name);
    for (ArrayElement const& item : assignment.elements) {
        if (failure != Failure::none) return false;
        if (item.has_subscript) {
            CompoundElement element{true, item.append, "", ""};
            element.subscript = expander.single(item.subscript); // its quotes go, unlike those of name['1']=x
            element.value = expander.value(item.value);
            elements.push_back(std::move(element));
            continue;
        }
        std::vector<std::string> values;
        if (keyed)
            values.push_back(expander.value(item.value));
        else
            expander.fields(item.value, values);
        for (std::string& each : values) elements.push_back({false, false, "", std::move(each)});
    }
    return assign_expanded(assignment, subscript, value, elements);
}

bool Interpreter::is_associative(std::string const& wanted) {
    Variable const* const found = variable(wanted);
    return found && found->kind == VariableKind::associative;
}

// The elements of NAME=( ... ). Those of an associative array without a subscript are keys and values, which are not
// split.
Task<bool> Interpreter::elements_later(Assignment const& assignment, bool keyed, CompoundValue& elements) {
    Expander expander(*this);
    for (ArrayElement const& item : assignment.elements) {
        if (failure != Failure::none) co_return false;
        CompoundElement element;
        element.has_subscript = item.has_subscript;
        element.append = item.append;
        if (item.has_subscript) {
            auto first = expander.single_later(item.subscript);
            element.subscript = co_await first;
        }
        if (item.has_subscript || keyed) {
            auto second = expander.value_later(item.value);
            element.value = co_await second;
            elements.push_back(std::move(element));
            continue;
        }
        std::vector<std::string> values;
        auto task = expander.fields_later(item.value, values);
        co_await task;
        for (std::string& each : values) elements.push_back({false, false, "", std::move(each)});
    }
    co_return true;
}

Task<bool> Interpreter::assign_later(Assignment const& assignment) {
    Expander expander(*this);
    std::string subscript, value;
    CompoundValue elements;
    if (assignment.has_subscript) {
        auto task = expander.subscript_later(assignment.name, assignment.subscript);
        subscript = co_await task;
    }
    if (!assignment.is_array) {
        auto task = expander.value_later(assignment.value);
        value = co_await task;
        co_return assign_expanded(assignment, subscript, value, elements);
    }
    auto task = elements_later(assignment, is_associative(assignment.name), elements);
    co_await task;
    if (failure != Failure::none) co_return false;
    co_return assign_expanded(assignment, subscript, value, elements);
}

// Moves freshly assigned variables of `x=1 command` into the temporary scope, exported.
bool Interpreter::push_temporary(SimpleCommand const& command) {
    for (Assignment const& assignment : command.assignments) {
        if (assignment.has_subscript) {
            error("`" + assignment.name + "[" + assignment.subscript.source + "]': not a valid identifier");
            continue;
        }
        std::string const target = resolved_name(assignment.name, false);
        if (Variable const* const found = variables.find(target); found && found->has(Variable::readonly)) {
            error(assignment.name + ": readonly variable"); // the command runs without it, except in posix mode
            if (!options.posix) continue;
            fail(Failure::discard);
            return false;
        }
        Word list; // (a b) is text here
        if (assignment.is_array)
            list = Parser::bracketed_text(assignment.source.substr(assignment.source.find('(')), parser_options());
        std::string value = Expander(*this).value(assignment.is_array ? list : assignment.value);
        if (failure != Failure::none) return false;
        if (options.xtrace) trace_assignment(assignment, value);
        std::string before;
        if (assignment.append) before = value_of(target);
        bool is_new = false;
        Variable* const old = variables.find(target);
        Dynamic const dynamic = old ? old->dynamic : Dynamic::none;
        Variable& place = variables.declare_local(target, Variables::ScopeKind::temporary, is_new);
        place.attributes = Variable::exported;
        if (dynamic == Dynamic::option_index) place.dynamic = dynamic;
        place.value = before + value;
        place.is_set = true;
        variable_changed(target);
    }
    return true;
}

// The end of a command that has only assignments and redirections.
Flow Interpreter::finish_assignments(SimpleCommand const& command) {
    static_cast<void>(command);
    if (failure != Failure::none) {
        Flow const flow = failure_flow();
        if (!flow.goes_on()) return flow;
        return errexit_flow();
    }
    status = substitution_status.value_or(0);
    substitution_status.reset();
    last_argument.clear();
    return errexit_flow();
}

int Interpreter::checked_output(std::vector<std::string> const& arguments, int result) {
    Errno const error_then = std::exchange(output_error, Errno::none);
    if (error_then == Errno::none || error_then == Errno::broken_pipe || result != 0) return result;
    // Some do not look, some only at some of what they write.
    static constexpr std::string_view careless[] = {"caller", "command", "compgen", "complete",
                                                    "help",   "kill",    "popd",    "pushd"};
    std::string const& builtin = arguments[0];
    std::string_view const first = arguments.size() > 1 ? std::string_view(arguments[1]) : "";
    bool const declares = builtin == "declare" || builtin == "typeset";
    if (std::find(std::begin(careless), std::end(careless), builtin) != std::end(careless) ||
        (builtin == "alias" && first != "" && first != "-p") || (builtin == "hash" && first == "-t") ||
        (builtin == "ulimit" && first != "-a"))
        return 0;
    builtin_error(builtin, "write error: " + std::string(message(error_then)));
    return declares && arguments.size() == 2 && first[0] == '-' ? 0 : 1;
}

Flow Interpreter::after_builtin(int result) {
    Failure const how = failure;
    failure = Failure::none;
    if (how == Failure::fatal) return {interactive ? FlowKind::discard : FlowKind::exit, 0};
    status = result;
    if (how == Failure::discard && survives_errexit) { // an arithmetic error
        status = 1;
        return {FlowKind::discard, 0};
    }
    if (!pending_flow.goes_on()) {
        Flow const flow = pending_flow;
        pending_flow = {};
        return flow;
    }
    return errexit_flow();
}

// A builtin that needs no waiting, with its redirections and temporary variables done by the caller.
bool Interpreter::run_builtin_now(Builtin const& builtin, std::vector<std::string>& arguments, Flow& flow) {
    int result = 0;
    {
        ArithmeticOwner const owner(*this, arguments[0]);
        output_error = Errno::none;
        result = shows_help(*this, builtin, arguments) ? 2 : builtin.now(*this, arguments);
        result = checked_output(arguments, result);
    }
    compound_arguments.clear();
    flow = after_builtin(result);
    return true;
}

// `set -k`: assignments behind the name are assignments too. Null if there are none.
std::shared_ptr<SimpleCommand> Interpreter::with_keywords(SimpleCommand const& command) const {
    auto made = std::make_shared<SimpleCommand>();
    made->line = command.line;
    made->redirects = command.redirects;
    made->assignments = command.assignments;
    made->awaits = command.awaits;
    for (Word const& word : command.words) {
        if (word.assignment) {
            made->assignments.push_back(*word.assignment);
            continue;
        }
        Parser parser(word.source, parser_options());
        Parser::Step const step = made->words.empty() ? Parser::Step{} : parser.next();
        SyntaxPtr const node = step.list && step.list->items.size() == 1 ? step.list->items[0].command : nullptr;
        auto const* const simple =
            node && node->kind == CommandKind::simple ? static_cast<SimpleCommand const*>(node.get()) : nullptr;
        if (simple && simple->words.empty() && simple->assignments.size() == 1 && simple->redirects.empty())
            made->assignments.push_back(simple->assignments[0]);
        else
            made->words.push_back(word);
    }
    return made->words.size() < command.words.size() ? made : nullptr;
}

bool Interpreter::run_simple_now(SimpleCommand const& command, Flow& flow) {
    if (options.keyword) return false;
    line = command.line + line_shift;
    if (!in_trap) set_current(command);
    substitution_status.reset();
    Expander expander(*this);
    if (command.words.empty()) {
        if (!command.redirects.empty()) return false;
        for (Assignment const& assignment : command.assignments)
            if (!assign_now(assignment)) break;
        flow = finish_assignments(command);
        return true;
    }
    for (Word const& word : command.words)
        if (word.assignment && word.assignment->is_array) return false;
    std::vector<std::string> arguments;
    reference_arguments.clear();
    arguments.reserve(command.words.size());
    for (Word const& word : command.words) {
        if (word.assignment && !push_braced(*word.assignment, expander, arguments)) {
            std::string const subscript = expander.single(word.assignment->subscript);
            arguments.push_back(
                assignment_argument(*word.assignment, subscript, expander.value(word.assignment->value)));
        }
        if (word.assignment ? failure != Failure::none : !expander.fields(word, arguments)) {
            flow = failure_flow();
            if (flow.goes_on()) flow = errexit_flow();
            return true;
        }
        note_reference(word, arguments);
    }
    if (arguments.empty() || functions.count(arguments[0])) {
        expanded_ = std::move(arguments);
        return false;
    }
    Builtin const* const builtin = find_enabled_builtin(arguments[0]);
    bool const keeps_assignments = options.posix && builtin && builtin->special && !command.assignments.empty();
    bool const traps_exit = builtin && builtin->name == "exit" && has_trap("EXIT");
    if (!builtin || !builtin->now || keeps_assignments || traps_exit) {
        expanded_ = std::move(arguments);
        return false;
    }
    if (command.assignments.empty() && command.redirects.empty()) {
        if (options.xtrace) trace_command(arguments);
        run_builtin_now(*builtin, arguments, flow);
        last_argument = std::move(arguments.back());
        return true;
    }
    ScopeGuard scope(variables);
    if (!command.assignments.empty()) {
        scope.open(Variables::ScopeKind::temporary);
        if (!push_temporary(command)) {
            flow = failure_flow();
            if (flow.goes_on()) flow = errexit_flow();
            return true;
        }
    }
    if (options.xtrace) trace_command(arguments);
    FdUndo undo(files);
    bool opened = false;
    {
        ScopeHider const hider(scope);
        opened = redirect_now(command.redirects, undo);
    }
    if (!opened) {
        flow = failure_flow();
        status = 1;
        if (flow.goes_on()) flow = options.posix && builtin->special ? Flow{FlowKind::exit, 0} : errexit_flow();
        return true;
    }
    run_builtin_now(*builtin, arguments, flow);
    last_argument = std::move(arguments.back());
    return true;
}

Task<Flow> Interpreter::run_simple(SimpleCommand const& command) {
    if (options.keyword) {
        if (auto const moved = with_keywords(command)) {
            auto task = run_simple(*moved);
            co_return co_await task;
        }
    }
    line = command.line + line_shift;
    ProcessFiles const processes(*this);
    if (!in_trap) set_current(command);
    if (debugs() && stage_command != &command) {
        auto trap = run_trap("DEBUG");
        Flow const flow = co_await trap;
        if (!flow.goes_on()) co_return flow;
        if (options.extdebug && trap_status != 0) { // the trap says no; 2 also leaves the function or file
            expanded_.reset();
            status = 0;
            bool const leaves = trap_status == 2 && (variables.in_function() || sourcing > 0);
            co_return Flow{leaves ? FlowKind::return_ : FlowKind::normal, 0};
        }
        line = command.line + line_shift;
    }
    std::vector<std::string> arguments;
    if (expanded_) {
        arguments = std::move(*expanded_);
        expanded_.reset();
    } else {
        substitution_status.reset();
        compound_arguments.clear();
        reference_arguments.clear();
        Expander expander(*this);
        for (Word const& word : command.words) {
            if (word.assignment && push_braced(*word.assignment, expander, arguments)) {
                // each of them is an argument now
            } else if (word.assignment && !word.assignment->is_array) {
                auto first = expander.single_later(word.assignment->subscript);
                std::string const subscript = co_await first;
                auto task = expander.value_later(word.assignment->value);
                std::string const value = co_await task;
                arguments.push_back(assignment_argument(*word.assignment, subscript, value));
            } else if (word.assignment) {
                CompoundValue elements;
                bool keyed = is_associative(word.assignment->name);
                for (std::string const& option : arguments)
                    keyed = keyed || (option[0] == '-' && option.find('A') != std::string::npos);
                auto task = elements_later(*word.assignment, keyed, elements);
                co_await task;
                if (options.xtrace) trace_elements(*word.assignment, elements);
                compound_arguments[static_cast<int>(arguments.size())] = std::move(elements);
                arguments.push_back(word.assignment->name + (word.assignment->append ? "+=" : "="));
            } else if (word.awaits) {
                auto task = expander.fields_later(word, arguments);
                co_await task;
            } else {
                expander.fields(word, arguments);
            }
            note_reference(word, arguments);
            if (failure != Failure::none) break;
        }
        if (failure != Failure::none) {
            Flow const flow = failure_flow();
            if (!flow.goes_on()) co_return flow;
            auto after = after_failure(&command);
            co_return co_await after;
        }
    }
    if (!arguments.empty()) {
        auto task = run_expanded(command, std::move(arguments));
        co_return co_await task;
    }
    bool opened = true;
    for (Assignment const& assignment : command.assignments) {
        auto task = assign_later(assignment);
        bool const stored = co_await task;
        if (!stored) break;
    }
    if (!command.redirects.empty() && failure == Failure::none) {
        FdUndo undo(files);
        auto task = redirect(command.redirects, undo);
        opened = co_await task;
    }
    Flow flow = finish_assignments(command);
    if (!flow.goes_on()) co_return flow;
    if (!opened) status = 1;
    auto after = after_failure(&command);
    co_return co_await after;
}

// A command whose words are expanded: redirections, temporary variables, then function, builtin or program.
Task<Flow> Interpreter::run_expanded(SimpleCommand const& command, std::vector<std::string> arguments) {
    Builtin const* const builtin = find_enabled_builtin(arguments[0]);
    bool const is_function = functions.count(arguments[0]) > 0 && !(options.posix && builtin && builtin->special);
    ScopeGuard scope(variables);
    bool const keeps_assignments = options.posix && builtin && builtin->special; // POSIX: they stay behind
    if (keeps_assignments) {
        for (Assignment const& assignment : command.assignments) {
            auto task = assign_later(assignment);
            bool const stored = co_await task;
            if (!stored) break;
        }
        if (failure != Failure::none) co_return failure_flow();
    } else if (!command.assignments.empty()) {
        scope.open(Variables::ScopeKind::temporary);
        for (Assignment const& assignment : command.assignments) {
            if (assignment.value.awaits) { // the value is made first, then treated as if written out
                SimpleCommand made;
                made.assignments.push_back(Assignment{});
                Assignment& plain = made.assignments[0];
                plain.name = assignment.name;
                plain.append = assignment.append;
                Part part;
                part.quoted = true;
                Expander expander(*this);
                auto later = expander.value_later(assignment.value);
                part.text = co_await later;
                plain.value.parts.push_back(std::move(part));
                if (!push_temporary(made)) break;
            } else {
                SimpleCommand one;
                one.assignments.push_back(assignment);
                if (!push_temporary(one)) break;
            }
            if (failure != Failure::none) break;
        }
        if (failure != Failure::none) co_return failure_flow();
    }
    if (options.xtrace) trace_command(arguments);
    FdUndo undo(files);
    if (!command.redirects.empty()) {
        bool opened = false;
        {
            ScopeHider const hider(scope);
            auto task = redirect(command.redirects, undo);
            opened = co_await task;
        }
        if (!opened) {
            if (!builtin && !is_function) failure = Failure::none; // the child's affair
            Flow const flow = failure_flow();
            status = 1;
            if (!flow.goes_on()) co_return flow;
            if (options.posix && builtin && builtin->special) co_return Flow{FlowKind::exit, 0};
            auto after = after_failure(&command);
            co_return co_await after;
        }
    }
    std::string const last = arguments.back();
    bool const is_exec = builtin && builtin->name == "exec"; // whose redirections stay, even if it fails
    Flow flow;
    if (is_function) {
        std::string const called = arguments[0];
        arguments.erase(arguments.begin());
        auto task = call_function(called, std::move(arguments));
        flow = co_await task;
    } else if (builtin && builtin->now) {
        run_builtin_now(*builtin, arguments, flow);
        if (flow.kind == FlowKind::exit && builtin->name == "exit" && has_trap("EXIT")) {
            auto ending = finish(flow); // here, where locals, arguments and redirections still are
            co_await ending;
        }
    } else if (builtin) {
        int result = 2;
        if (!shows_help(*this, *builtin, arguments)) {
            output_error = Errno::none;
            auto task = builtin->task(*this, std::move(arguments));
            result = co_await task;
            result = checked_output({std::string(builtin->name)}, result);
        }
        compound_arguments.clear();
        if (is_exec) undo.forget();
        flow = after_builtin(result);
    } else {
        std::vector<std::string> exported = environment();
        auto task = run_program(std::move(arguments), std::move(exported));
        status = co_await task;
        if (!pending_flow.goes_on()) {
            flow = pending_flow;
            pending_flow = {};
        }
    }
    last_argument = last;
    if (!flow.goes_on()) co_return flow;
    auto after = after_failure(&command);
    co_return co_await after;
}

Builtin const* Interpreter::find_enabled_builtin(std::string const& command) const {
    Builtin const* const builtin = find_builtin(command);
    if (builtin && !disabled_builtins.empty() &&
        std::find(disabled_builtins.begin(), disabled_builtins.end(), command) != disabled_builtins.end())
        return nullptr;
    return builtin;
}

}
