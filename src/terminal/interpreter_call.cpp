// Calls of functions, and commands whose words are ready.
#include "terminal/builtins.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

Task<Flow> Interpreter::call_function(std::string called, std::vector<std::string> arguments) {
    auto const found = functions.find(called);
    if (found == functions.end()) co_return Flow{};
    Function const function = found->second; // it may be redefined while it runs
    if (call_depth >= limits::call_depth) {
        error(called + ": maximum function nesting level exceeded (" + std::to_string(limits::call_depth) + ")");
        status = 1;
        co_return Flow{FlowKind::discard, 0};
    }
    if (std::string const* const maximum = scalar("FUNCNEST"))
        if (int const most = std::atoi(maximum->c_str()); most > 0 && call_depth >= most) {
            error(called + ": maximum function nesting level exceeded (" + *maximum + ")");
            status = 1;
            co_return Flow{FlowKind::discard, 0};
        }
    struct CallGuard {
        Interpreter& shell;
        std::vector<std::string> positional;
        int loop_depth;
        std::size_t argument_frames;
        int optind_offset;
        std::map<std::string, std::string> hidden_traps;
        ~CallGuard() {
            shell.argument_frames.resize(std::max<std::size_t>(argument_frames, shell.argument_frames.empty() ? 0 : 1));
            shell.traps.insert(hidden_traps.begin(), hidden_traps.end()); // where the function set none
            shell.positional = std::move(positional);
            shell.loop_depth = loop_depth;
            if (auto const& kept = shell.frames.back().kept_options)
                for (int i = 0; i < set_option_count; ++i)
                    shell.options.*(set_options[i].member) = (*kept).*(set_options[i].member);
            shell.frames.pop_back();
            if (shell.variables.is_local("OPTIND")) shell.optind_offset = optind_offset;
            shell.variables.pop_scope();
            --shell.call_depth;
        }
    };
    int const call_line = line;
    int const shift = std::exchange(line_shift, 0);
    std::size_t const argument_frames_before = argument_frames.size();
    if (options.extdebug) {
        if (argument_frames.empty()) argument_frames.push_back(positional);
        argument_frames.push_back(arguments);
    }
    frames.push_back({called, function.source, call_line});
    variables.push_scope(Variables::ScopeKind::function);
    ++call_depth;
    CallGuard guard{*this, std::move(positional), loop_depth, argument_frames_before, optind_offset, {}};
    // Without functrace (errtrace) a function does not inherit these traps.
    for (char const* const trap : {"DEBUG", "RETURN", "ERR"}) {
        bool const inherits = std::string_view(trap) == "ERR" ? options.errtrace : options.functrace || function.traced;
        auto const set = inherits ? traps.end() : traps.find(trap);
        if (set == traps.end()) continue;
        guard.hidden_traps.insert(*set);
        traps.erase(set);
    }
    positional = std::move(arguments);
    loop_depth = 0;
    Flow flow;
    if (debugs()) {
        line = function.body->line;
        auto trap = run_trap("DEBUG");
        co_await trap;
    }
    auto task = run(*function.body);
    flow = co_await task;
    int const returned = status;
    bool const by_return = flow.kind == FlowKind::return_;
    if (flow.goes_on()) line = function.body->line; // what ends without a `return`
    if (by_return) flow = {};
    if (flow.goes_on() && has_trap("RETURN") && !in_trap) {
        if (by_return) status = status_before_return;
        auto trap = run_trap("RETURN");
        Flow const trapped = co_await trap;
        if (trapped.goes_on())
            status = returned;
        else
            flow = trapped;
    }
    line = call_line;
    line_shift = shift;
    if (flow.kind == FlowKind::break_ || flow.kind == FlowKind::continue_) flow = {};
    co_return flow;
}

// `command name ...` and `builtin name ...`: words that are ready to run.
Task<Flow> Interpreter::run_command(std::vector<std::string> arguments, bool functions_too) {
    Flow flow;
    if (functions_too && functions.count(arguments[0])) {
        std::string const called = arguments[0];
        arguments.erase(arguments.begin());
        auto task = call_function(called, std::move(arguments));
        co_return co_await task;
    }
    Builtin const* const builtin = find_enabled_builtin(arguments[0]);
    if (builtin && shows_help(*this, *builtin, arguments)) {
        status = 2;
    } else if (builtin && builtin->now) {
        output_error = Errno::none;
        status = builtin->now(*this, arguments);
        status = checked_output(arguments, status);
    } else if (builtin) {
        auto task = builtin->task(*this, std::move(arguments));
        status = co_await task;
    } else {
        std::vector<std::string> exported = environment();
        auto task = run_program(std::move(arguments), std::move(exported));
        status = co_await task;
    }
    co_return flow;
}

}
