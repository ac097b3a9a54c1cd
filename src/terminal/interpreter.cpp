#include "terminal/interpreter.hpp"

#include "ground/assert.hpp"
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/expand.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

Interpreter::Interpreter(System& of) : system(of) {
    caller.directory = of.vfs.root();
    shell_pid = pid = of.next_pid++;
    parent_pid = 1;
    random_state = static_cast<std::uint32_t>(of.random.next() & 0x7FFFFFFF);
    seconds_base_ns = of.clock.now_ns;
}

ParserOptions Interpreter::parser_options() const {
    ParserOptions made;
    made.extended_globs = options.extglob;
    made.posix = options.posix;
    made.first_line = line;
    if (options.expand_aliases && !aliases.empty())
        made.alias = [this](std::string const& word) -> std::string const* {
            auto const found = aliases.find(word);
            return found == aliases.end() ? nullptr : &found->second;
        };
    return made;
}

std::string Interpreter::command_text() const {
    return current_command.empty() && current_node ? printed_command(*current_node) : current_command;
}

// --- messages

Errno Interpreter::write(int fd, std::string_view bytes) {
    OpenFile* const file = files.get(fd);
    if (bytes.empty()) return file ? Errno::none : Errno::bad_descriptor;
    if (!file && fd == 1) output_error = Errno::bad_descriptor;
    if (!file) return Errno::bad_descriptor;
    system.scheduler.spend_bytes(bytes.size());
    IoResult const result = file->write(bytes);
    if (result.state == IoState::ok) return Errno::none;
    if (fd == 1) output_error = result.error;
    if (result.error == Errno::broken_pipe) {
        auto const trap = traps.find("PIPE");
        if (trap == traps.end()) {
            pending_flow = Flow{FlowKind::exit, 0};
            status = Process::sigpipe;
        }
    }
    return result.error;
}

std::string Interpreter::error_name() const {
    return frames.empty() || frames.back().source.empty() || interactive ? message_name : frames.back().source;
}

std::string Interpreter::message_prefix() const {
    if (interactive && frames.empty()) return message_name + ": ";
    return error_name() + ": line " + std::to_string(line) + ": ";
}

void Interpreter::error(std::string_view text) { write(2, message_prefix() + std::string(text) + "\n"); }

void Interpreter::builtin_error(std::string_view builtin, std::string_view text) {
    error(std::string(builtin) + ": " + std::string(text));
}

void Interpreter::report(ParseProblem const& problem, std::string_view what) {
    if (problem.message.empty()) return;
    std::string prefix = error_name() + ": ";
    if (!what.empty()) prefix += std::string(what) + ": ";
    if (!interactive || !what.empty()) prefix += "line " + std::to_string(problem.line) + ": ";
    std::string text = prefix + problem.message + "\n";
    if (problem.show_line && !(interactive && what.empty()))
        text += prefix + problem.source_prefix + "`" + problem.source_line + "'\n";
    write(2, text);
}

void Interpreter::fail(Failure how, int with_status) {
    if (failure < how) failure = how;
    status = with_status;
}

Flow Interpreter::failure_flow() {
    Failure const how = failure;
    failure = Failure::none;
    if (how == Failure::fatal && !interactive) return {FlowKind::exit, 0};
    if (how == Failure::fatal || how == Failure::discard) return {FlowKind::discard, 0};
    return {};
}

void Interpreter::trace(std::string_view text) {
    std::string prefix = trace_prefix.value_or("");
    if (std::string const* const set = scalar("PS4"); set && !trace_prefix) {
        bool const was_tracing = options.xtrace;
        options.xtrace = false;
        int const before = status;
        prefix = Expander(*this).quoted_text(decoded_prompt(*this, *set));
        status = before;
        options.xtrace = was_tracing;
    }
    if (!prefix.empty()) prefix.insert(0, static_cast<std::size_t>(fork_level), prefix[0]);
    int fd = 2;
    if (std::string const* const other = scalar("BASH_XTRACEFD"); other && !other->empty())
        fd = std::atoi(other->c_str());
    write(fd, prefix + std::string(text) + "\n");
}

Task<std::optional<std::string>> Interpreter::trace_prefix_later(Syntax const& traced) {
    std::string const* const set = scalar("PS4");
    if (!set || (set->find("$(") == std::string::npos && set->find('`') == std::string::npos)) co_return std::nullopt;
    if (traced.line > 0) line = traced.line + line_shift;
    options.xtrace = false;
    auto expanding = prompt("PS4");
    std::string prefix = co_await expanding;
    options.xtrace = true;
    co_return prefix;
}

// --- limits and turns

bool Interpreter::should_rest() {
    OpenFile const* const output = files.get(1);
    return !system.scheduler.tick() || (output && output->is_full());
}

Scheduler::Wait Interpreter::rest() {
    OpenFile const* const output = files.get(1);
    if (output && output->is_full()) return system.scheduler.wait_for(output->wait_key());
    return system.scheduler.yield();
}

bool Interpreter::within_limits() {
    if (++system.quiet_turns <= limits::quiet_turns && system.limit_reached.empty()) return true;
    if (system.limit_reached.empty())
        system.limit_reached = "stopped after " + std::to_string(limits::quiet_turns) + " steps without any output";
    return false;
}

// --- text

namespace {

std::string_view text_label(Interpreter::TextKind kind, Interpreter const& shell) {
    if (kind == Interpreter::TextKind::eval) return "eval";
    if (kind == Interpreter::TextKind::trap) return shell.trap_label;
    if (kind == Interpreter::TextKind::script && shell.is_command_string) return "-c";
    return "";
}

}

// bash ends a text that lacks its last newline with one, unless a backslash would take it away.
void Interpreter::end_line(std::string& text) {
    if (text.empty() || text.back() == '\n') return;
    std::size_t slashes = 0;
    while (slashes < text.size() && text[text.size() - 1 - slashes] == '\\') ++slashes;
    if (slashes % 2 == 0) text.push_back('\n');
}

Task<Flow> Interpreter::run_text(std::string text, TextKind kind, int first_line) {
    end_line(text);
    if (++source_depth > limits::call_depth) {
        --source_depth;
        error("nested too deeply");
        status = 1;
        co_return Flow{FlowKind::discard, 0};
    }
    bool const top_level = kind == TextKind::script;
    struct Depth {
        int& depth;
        int& trace_depth;
        int inner;
        ~Depth() {
            --depth;
            trace_depth -= inner;
        }
    } const guard{source_depth, fork_level, top_level ? 0 : 1};
    fork_level += guard.inner;
    ParserOptions made = parser_options();
    made.first_line = first_line;
    if (!made.alias) // aliases may be switched on by a line of this text
        made.alias = [this](std::string const& word) -> std::string const* {
            auto const found = options.expand_aliases ? aliases.find(word) : aliases.end();
            return found == aliases.end() ? nullptr : &found->second;
        };
    Parser parser(std::move(text), made);
    // What ran inside is forgotten when eval ends.
    struct Current {
        Interpreter& shell;
        bool keeps;
        std::shared_ptr<Syntax const> node;
        int line, shift;
        ~Current() {
            shell.line_shift = shift;
            if (!keeps) return;
            shell.current_node = std::move(node);
            shell.line = line;
        }
    } const current{*this, !top_level && kind != TextKind::trap && !in_trap, current_node, line, line_shift};
    line_shift = 0;
    bool ran = top_level || kind == TextKind::trap;
    while (true) {
        parser.set_extended_globs(options.extglob);
        parser.set_posix(options.posix);
        if (top_level && options.histexpand && options.history && !interactive) expand_next_command(parser);
        std::size_t const before = parser.position();
        Parser::Step step = parser.next();
        for (auto const& [at_line, words] : parser.warnings()) {
            line = at_line;
            error("warning: " + words);
        }
        parser.clear_warnings();
        if (step.kind == Parser::Kind::end) break;
        if (step.kind != Parser::Kind::command) {
            std::string const label(text_label(kind, *this));
            report(parser.problem(), label);
            if (parser.problem().kind == ParseProblem::Kind::array) { // only this line is lost
                status = 1;
                parser.skip_line();
                continue;
            }
            if (!top_level || parser.problem().kind != ParseProblem::Kind::condition) status = parser.problem().status;
            if (top_level) co_return Flow{interactive ? FlowKind::discard : FlowKind::exit, 0};
            bool const ends = options.posix && kind == TextKind::eval && !interactive && !under_command;
            co_return Flow{ends ? FlowKind::exit : FlowKind::normal, 0};
        }
        if (options.noexec && !interactive) continue;
        if (options.verbose && top_level && !interactive) write(2, parser.text_between(before, parser.position()));
        if (top_level && options.history && !interactive) remember_line(parser.text_between(before, parser.position()));
        survives_errexit = false;
        ran = true;
        auto task = run_list(*step.list);
        Flow flow = co_await task;
        if (options.onecmd && top_level) co_return Flow{FlowKind::exit, 0};
        bool const goes_on = !(top_level && interactive) && !in_substitution && subshell_level == 0;
        if (flow.kind == FlowKind::discard && goes_on) {
            if (options.errexit && !survives_errexit) co_return Flow{FlowKind::exit, 0};
            if (status == 0) status = 1;
            continue;
        }
        if (!flow.goes_on()) co_return flow;
    }
    if (!ran) status = 0;
    co_return Flow{};
}

// --- lists

bool Interpreter::run_now(Syntax const& node, Flow& flow) {
    if (!try_now(node, flow)) return false;
    pipe_status.assign(1, status);
    return true;
}

bool Interpreter::try_now(Syntax const& node, Flow& flow) {
    if (!traps.empty() && (has_trap("DEBUG") || has_trap("ERR"))) return false;
    if (node.kind == CommandKind::simple) {
        SimpleCommand const& command = static_cast<SimpleCommand const&>(node);
        return !command.awaits && run_simple_now(command, flow);
    }
    if (!node.redirects.empty()) return false;
    if (node.kind == CommandKind::arithmetic) {
        ArithmeticCommand const& command = static_cast<ArithmeticCommand const&>(node);
        if (command.expression.awaits) return false;
        line = node.line + line_shift;
        flow = finish_arithmetic(Expander(*this).arithmetic_text(command.expression.parts));
        return true;
    }
    if (node.kind == CommandKind::conditional) {
        ConditionalCommand const& command = static_cast<ConditionalCommand const&>(node);
        if (command.awaits) return false;
        line = node.line + line_shift;
        status = conditional_now(*command.condition);
        flow = failure != Failure::none ? failure_flow() : errexit_flow();
        return true;
    }
    if (node.kind == CommandKind::function) {
        flow = define_function(static_cast<FunctionCommand const&>(node));
        return true;
    }
    return false;
}

// `set -e`: a failed command ends the shell, outside of conditions.
Flow Interpreter::errexit_flow() {
    bool const trap_first = !in_trap && has_trap("ERR"); // then after_failure decides
    if (status != 0 && options.errexit && errexit_ignored == 0 && !trap_first) return {FlowKind::exit, 0};
    return {};
}

// The ERR trap and then `set -e`.
Task<Flow> Interpreter::after_failure(Syntax const* simple) {
    pipe_status.assign(1, status);
    if (status == 0 || errexit_ignored > negations) co_return Flow{}; // the trap runs behind a !, `set -e` does not
    bool const takes_part = simple && (simple == stage_command || simple == negated_command);
    if (has_trap("ERR") && !in_trap && !takes_part) {
        auto task = run_trap("ERR");
        Flow const flow = co_await task;
        if (!flow.goes_on()) co_return flow;
    }
    co_return options.errexit&& errexit_ignored == 0 ? Flow{FlowKind::exit, 0} : Flow{};
}

Task<Flow> Interpreter::run_list(ListCommand const& list) {
    for (ListCommand::Item const& item : list.items) {
        if (options.noexec && !interactive) break;
        if (options.xtrace) {
            auto task = trace_prefix_later(*item.command);
            trace_prefix = co_await task;
        }
        Flow flow;
        if (item.background) {
            start_background(item.command, item.source);
            status = 0;
        } else if (!run_now(*item.command, flow)) {
            auto task = run(*item.command);
            flow = co_await task;
        }
        if (!flow.goes_on()) co_return flow;
        if (!pending_signals.empty()) {
            auto task = run_pending_signals();
            flow = co_await task;
            if (!flow.goes_on()) co_return flow;
        }
        if (should_rest()) co_await rest();
        if (!within_limits()) co_return Flow{FlowKind::exit, 0};
    }
    co_return Flow{};
}

Task<Flow> Interpreter::run(Syntax const& node) {
    switch (node.kind) {
        case CommandKind::simple: return run_simple(static_cast<SimpleCommand const&>(node));
        case CommandKind::list: return run_list(static_cast<ListCommand const&>(node));
        case CommandKind::and_or: return run_and_or(static_cast<AndOrCommand const&>(node));
        case CommandKind::pipeline: return run_pipeline(static_cast<PipelineCommand const&>(node));
        default: return node.redirects.empty() ? run_compound(node) : run_redirected(node);
    }
}

Task<Flow> Interpreter::run_redirected(Syntax const& node) {
    line = node.line + line_shift;
    ProcessFiles const processes(*this);
    {
        FdUndo undo(files);
        auto opening = redirect(node.redirects, undo);
        bool const opened = co_await opening;
        if (!opened) {
            Flow flow = failure_flow();
            if (!flow.goes_on()) co_return flow;
            status = 1;
            auto task = after_failure(&node);
            co_return co_await task;
        }
        auto task = run_compound(node);
        Flow const flow = co_await task;
        if (node.kind != CommandKind::subshell || !flow.goes_on()) co_return flow;
    }
    auto task = after_failure(&node);
    co_return co_await task;
}

Task<Flow> Interpreter::run_compound(Syntax const& node) {
    switch (node.kind) {
        case CommandKind::group: return run_group(static_cast<GroupCommand const&>(node));
        case CommandKind::subshell: return run_subshell(static_cast<GroupCommand const&>(node));
        case CommandKind::if_: return run_if(static_cast<IfCommand const&>(node));
        case CommandKind::loop: return run_loop(static_cast<LoopCommand const&>(node));
        case CommandKind::for_each: return run_for(static_cast<ForCommand const&>(node));
        case CommandKind::select: return run_select(static_cast<ForCommand const&>(node));
        case CommandKind::for_arithmetic: return run_for_arithmetic(static_cast<ForArithmeticCommand const&>(node));
        case CommandKind::case_: return run_case(static_cast<CaseCommand const&>(node));
        case CommandKind::arithmetic: return run_arithmetic(static_cast<ArithmeticCommand const&>(node));
        case CommandKind::conditional: return run_conditional(static_cast<ConditionalCommand const&>(node));
        case CommandKind::function: return run_definition(static_cast<FunctionCommand const&>(node));
        case CommandKind::coprocess: return run_coprocess(static_cast<CoprocessCommand const&>(node));
        default: CW_UNREACHABLE();
    }
}

Task<Flow> Interpreter::run_group(GroupCommand const& command) { return run_list(*command.body); }

Task<Flow> Interpreter::run_and_or(AndOrCommand const& command) {
    Flow flow;
    for (std::size_t i = 0; i < command.items.size(); ++i) {
        AndOrCommand::Item const& item = command.items[i];
        if (i > 0 && (status == 0) == item.is_or) continue;
        bool const last = i + 1 == command.items.size();
        errexit_ignored += last ? 0 : 1;
        struct Guard {
            int& count;
            bool last;
            ~Guard() { count -= last ? 0 : 1; }
        } const guard{errexit_ignored, last};
        if (!run_now(*item.command, flow)) {
            auto task = run(*item.command);
            flow = co_await task;
        }
        if (!flow.goes_on()) co_return flow;
    }
    co_return Flow{};
}

Task<Flow> Interpreter::run_definition(FunctionCommand const& command) { co_return define_function(command); }

Flow Interpreter::define_function(FunctionCommand const& command) {
    line = command.line + line_shift;
    bool const quoted = command.name.find_first_of("$'\"\\`") != std::string::npos;
    if (quoted || (options.posix && !is_identifier(command.name))) {
        error("`" + command.name + "': not a valid identifier");
        status = options.posix ? 2 : 1;
        return options.posix && !interactive ? Flow{FlowKind::exit, 0} : errexit_flow();
    }
    if (Builtin const* const builtin = options.posix ? find_builtin(command.name) : nullptr;
        builtin && builtin->special) {
        error("`" + command.name + "': is a special builtin");
        status = 2;
        return interactive ? Flow{} : Flow{FlowKind::exit, 0};
    }
    auto const existing = functions.find(command.name);
    if (existing != functions.end() && existing->second.readonly) {
        error(command.name + ": readonly function");
        status = 1;
        return errexit_flow();
    }
    Function function;
    function.body = command.body;
    function.line = command.line;
    function.source = frames.empty() ? (is_command_string ? "environment"
                                        : interactive     ? ""
                                                          : "main")
                                     : frames.back().source;
    functions[command.name] = std::move(function);
    status = 0;
    return {};
}

int Interpreter::arithmetic_command(std::string const& expression) {
    Arithmetic arithmetic(*this);
    unbound_in_arithmetic = false;
    std::int64_t value = 0;
    if (arithmetic.evaluate(expression, value)) return value == 0 ? 1 : 0;
    if (!arithmetic.error().empty()) error((unbound_in_arithmetic ? "" : "((: ") + arithmetic.error());
    if (unbound_in_arithmetic) fail_arithmetic();
    return 1;
}

Flow Interpreter::finish_arithmetic(std::string const& expression) {
    if (failure != Failure::none) return failure_flow();
    if (options.xtrace) trace("(( " + expression + " ))");
    status = arithmetic_command(expression);
    if (failure == Failure::fatal) return failure_flow();
    failure = Failure::none;
    return errexit_flow();
}

}
