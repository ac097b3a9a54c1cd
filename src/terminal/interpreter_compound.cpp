// Loops, conditions, case, select.
#include "ground/text.hpp"
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

std::string loop_header(ForCommand const& command) {
    std::string text = (command.kind == CommandKind::select ? "select " : "for ") + command.variable + " in";
    for (Word const& word : command.words) text += " " + word.source;
    return command.has_in ? text : text + " \"$@\"";
}

// The choices of `select` in as many columns as fit, filled downwards, with tabs between them as bash prints it.
std::string choice_menu(std::vector<std::string> const& choices, std::size_t screen_columns) {
    auto const digits = [](std::size_t number) { return std::to_string(number).size(); };
    constexpr std::size_t after_number = 2, tab = 8; // ") "
    std::size_t const count = choices.size();
    std::size_t wide = 0;
    for (std::string const& choice : choices) wide = std::max(wide, static_cast<std::size_t>(width_of_utf8(choice)));
    wide += digits(count) + after_number + 2;
    std::size_t columns = std::max<std::size_t>(screen_columns / wide, 1);
    std::size_t rows = (count + columns - 1) / columns;
    columns = (count + rows - 1) / rows;
    if (rows == 1) std::swap(rows, columns);
    std::string out;
    for (std::size_t row = 0; row < rows; ++row) {
        std::size_t start = 0;
        for (std::size_t i = row;;) {
            std::string const number = std::to_string(i + 1);
            std::size_t const number_width = std::max(start == 0 ? digits(rows) : digits(count), number.size());
            out += std::string(number_width - number.size(), ' ') + number + ") " + choices[i];
            std::size_t at = start + number_width + after_number + static_cast<std::size_t>(width_of_utf8(choices[i]));
            i += rows;
            if (i >= count) break;
            start += wide;
            while (at < start) {
                bool const tabs = start / tab > at / tab;
                out += tabs ? '\t' : ' ';
                at += tabs ? tab - at % tab : 1;
            }
        }
        out += '\n';
    }
    return out;
}

struct Counted {
    int& count;
    explicit Counted(int& of) : count(of) { ++count; }
    ~Counted() { --count; }
    Counted(Counted const&) = delete;
    Counted& operator=(Counted const&) = delete;
};

}

// A list whose failure decides something instead of ending the shell.
Task<Flow> Interpreter::run_condition(ListCommand const& list) {
    Counted const guard(errexit_ignored);
    auto task = run_list(list);
    co_return co_await task;
}

Task<Flow> Interpreter::run_if(IfCommand const& command) {
    for (IfCommand::Arm const& arm : command.arms) {
        {
            Counted const guard(errexit_ignored);
            Flow flow;
            if (arm.condition->items.size() != 1 || arm.condition->items[0].background ||
                !run_now(*arm.condition->items[0].command, flow)) {
                // What run_now expanded already must not be expanded again: it is the command itself that goes on.
                bool const single = arm.condition->items.size() == 1 && !arm.condition->items[0].background;
                auto task = single ? run(*arm.condition->items[0].command) : run_list(*arm.condition);
                flow = co_await task;
            }
            if (!flow.goes_on()) co_return flow;
        }
        if (status == 0) {
            auto task = run_list(*arm.body);
            co_return co_await task;
        }
    }
    if (!command.otherwise) {
        status = 0;
        co_return Flow{};
    }
    auto task = run_list(*command.otherwise);
    co_return co_await task;
}

// What break, continue and the rest mean for the loop they end in.
bool Interpreter::handle_loop_flow(Flow& flow, bool& stop) {
    stop = false;
    if (flow.goes_on()) return true;
    bool const breaks = flow.kind == FlowKind::break_, continues = flow.kind == FlowKind::continue_;
    if (!breaks && !continues) return false;
    if (flow.levels > 1) {
        --flow.levels;
        return false;
    }
    flow = {};
    stop = breaks;
    return true;
}

Task<Flow> Interpreter::run_loop(LoopCommand const& command) {
    Counted const guard(loop_depth);
    int result = 0;
    while (true) {
        Flow flow;
        bool stop = false;
        bool const single = command.condition->items.size() == 1 && !command.condition->items[0].background;
        ++errexit_ignored;
        struct Guard {
            int& count;
            bool active = true;
            ~Guard() { count -= active; }
        } condition_guard{errexit_ignored};
        if (!single || !run_now(*command.condition->items[0].command, flow)) {
            auto task = single ? run(*command.condition->items[0].command) : run_list(*command.condition);
            flow = co_await task;
        }
        --errexit_ignored;
        condition_guard.active = false;
        if (!handle_loop_flow(flow, stop)) co_return flow;
        if (stop || (status == 0) == command.until) break;
        auto task = run_list(*command.body);
        flow = co_await task;
        result = status;
        if (!handle_loop_flow(flow, stop)) co_return flow;
        if (stop) break;
        if (should_rest()) co_await rest();
        if (!within_limits()) co_return Flow{FlowKind::exit, 0};
    }
    status = result;
    co_return Flow{};
}

bool Interpreter::set_loop_variable(std::string const& variable, std::string const& value) {
    Variable* const place = variables.find(variable);
    if (place && place->has(Variable::nameref)) { // a nameref loop variable points to each in turn
        if (place->has(Variable::readonly)) {
            error(variable + ": readonly variable");
            fail(Failure::discard);
            return false;
        }
        std::string base, subscript;
        bool has_subscript = false;
        if (!split_reference(value, base, subscript, has_subscript)) {
            error("`" + value + "': not a valid identifier");
            return false;
        }
        place->value = value;
        place->is_set = true;
        return true;
    }
    return assign(variable, value, false);
}

Task<Flow> Interpreter::run_for(ForCommand const& command) {
    line = command.line + line_shift;
    if (!is_identifier(command.variable)) {
        error("`" + command.variable + "': not a valid identifier");
        status = options.posix ? 2 : 1;
        co_return options.posix ? Flow{FlowKind::exit, 0} : Flow{};
    }
    std::vector<std::string> values;
    Expander expander(*this);
    if (!command.has_in) {
        values = positional;
    } else {
        for (Word const& word : command.words) {
            bool made = false;
            if (word.awaits) {
                auto task = expander.fields_later(word, values);
                made = co_await task;
            } else {
                made = expander.fields(word, values);
            }
            if (!made) co_return failure_flow();
        }
    }
    Counted const guard(loop_depth);
    if (values.empty()) status = 0;
    int const body_line = command.line + line_shift;
    for (std::string const& value : values) {
        line = body_line;
        if (options.xtrace) {
            auto task = trace_prefix_later(command);
            trace_prefix = co_await task;
            trace(loop_header(command));
        }
        if (has_trap("DEBUG")) {
            current_command = loop_header(command);
            auto trap = run_trap("DEBUG");
            co_await trap;
        }
        if (!set_loop_variable(command.variable, value)) { // readonly: the loop ends, the script goes on
            if (failure == Failure::fatal || survives_errexit) co_return failure_flow();
            failure = Failure::none;
            status = 1;
            co_return Flow{};
        }
        auto task = run_list(*command.body);
        Flow flow = co_await task;
        bool stop = false;
        if (!handle_loop_flow(flow, stop)) co_return flow;
        if (stop) break;
        if (should_rest()) co_await rest();
        if (!within_limits()) co_return Flow{FlowKind::exit, 0};
    }
    co_return Flow{};
}

// The DEBUG trap sees each expression of for ((;;)).
Task<Flow> Interpreter::debug_expression(ForArithmeticCommand const& command, std::string text) {
    if (is_blank(text) || in_trap || !has_trap("DEBUG")) co_return Flow{};
    line = command.line + line_shift;
    current_command = "((" + text + "))";
    auto trap = run_trap("DEBUG");
    co_return co_await trap;
}

Task<Flow> Interpreter::run_for_arithmetic(ForArithmeticCommand const& command) {
    Counted const guard(loop_depth);
    Expander expander(*this);
    // One of the three expressions; false with the error reported.
    auto const evaluate = [&](std::string const& text, std::int64_t& value) {
        line = command.line + line_shift;
        if (options.xtrace) trace("(( " + text + " ))");
        Arithmetic arithmetic(*this);
        if (failure == Failure::none && arithmetic.evaluate(text, value)) return true;
        if (!arithmetic.error().empty()) error("((: " + arithmetic.error());
        failure = Failure::none;
        status = 1;
        return false;
    };
    std::int64_t value = 0;
    auto first = expander.arithmetic_text_later(command.start.parts);
    std::string const start = co_await first;
    auto debug_start = debug_expression(command, start);
    co_await debug_start;
    if (!is_blank(start) && !evaluate(start, value)) co_return Flow{};
    int result = 0;
    while (true) {
        value = 1;
        std::string test;
        if (command.test.awaits) {
            auto task = expander.arithmetic_text_later(command.test.parts);
            test = co_await task;
        } else {
            test = expander.arithmetic_text(command.test.parts);
        }
        auto debug_test = debug_expression(command, test);
        co_await debug_test;
        if (!is_blank(test) && !evaluate(test, value)) co_return Flow{};
        if (value == 0) break;
        auto task = run_list(*command.body);
        Flow flow = co_await task;
        result = status;
        bool stop = false;
        if (!handle_loop_flow(flow, stop)) co_return flow;
        if (stop) break;
        std::string step;
        if (command.step.awaits) {
            auto later = expander.arithmetic_text_later(command.step.parts);
            step = co_await later;
        } else {
            step = expander.arithmetic_text(command.step.parts);
        }
        auto debug_step = debug_expression(command, step);
        co_await debug_step;
        if (!is_blank(step) && !evaluate(step, value)) co_return Flow{};
        if (should_rest()) co_await rest();
        if (!within_limits()) co_return Flow{FlowKind::exit, 0};
    }
    status = result;
    co_return Flow{};
}

Task<Flow> Interpreter::run_case(CaseCommand const& command) {
    line = command.line + line_shift;
    if (debugs()) {
        current_command = "case " + command.subject.source + " in ";
        auto trap = run_trap("DEBUG");
        Flow const flow = co_await trap;
        if (!flow.goes_on()) co_return flow;
    }
    Expander expander(*this);
    auto subject_task = expander.single_later(command.subject);
    std::string const subject = co_await subject_task;
    if (failure != Failure::none) co_return failure_flow();
    if (options.xtrace) trace("case " + command.subject.source + " in");
    PatternOptions matching;
    matching.extended = options.extglob;
    matching.ignore_case = options.nocasematch;
    matching.utf8 = utf8;
    int result = 0; // $? in an arm is still that of the subject's substitution
    bool falls = false;
    for (CaseCommand::Arm const& arm : command.arms) {
        bool matched = falls;
        for (std::size_t i = 0; i < arm.patterns.size() && !matched; ++i) {
            auto task = expander.single_later(arm.patterns[i], Purpose::pattern);
            std::string const pattern = co_await task;
            if (failure != Failure::none) co_return failure_flow();
            matched = pattern_matches(pattern, subject, matching);
        }
        if (!matched) continue;
        result = 0;
        if (arm.body && !arm.body->items.empty()) {
            auto task = run_list(*arm.body);
            Flow const flow = co_await task;
            if (!flow.goes_on()) co_return flow;
            result = status;
        }
        if (arm.after == CaseCommand::After::stop) break;
        falls = arm.after == CaseCommand::After::fall_through;
    }
    status = result;
    co_return Flow{};
}

Task<Flow> Interpreter::run_arithmetic(ArithmeticCommand const& command) {
    line = command.line + line_shift;
    if (!in_trap) current_command = "((" + command.expression.source + "))";
    if (debugs()) {
        auto trap = run_trap("DEBUG");
        Flow const flow = co_await trap;
        if (!flow.goes_on()) co_return flow;
    }
    Expander expander(*this);
    auto task = expander.arithmetic_text_later(command.expression.parts);
    std::string const text = co_await task;
    Flow flow = finish_arithmetic(text);
    if (!flow.goes_on()) co_return flow;
    auto after = after_failure(&command);
    co_return co_await after;
}

Task<Flow> Interpreter::run_conditional(ConditionalCommand const& command) {
    line = command.line + line_shift;
    if (!in_trap) set_current(command);
    if (debugs()) {
        auto trap = run_trap("DEBUG");
        Flow const flow = co_await trap;
        if (!flow.goes_on()) co_return flow;
    }
    auto task = conditional(*command.condition);
    status = co_await task;
    if (failure != Failure::none) co_return failure_flow();
    auto after = after_failure(&command);
    co_return co_await after;
}

Task<bool> Interpreter::read_choice(std::string& text) {
    text.clear();
    FilePtr const input = files.shared(0);
    while (input && (text.empty() || text.back() != '\n')) {
        IoResult const result = input->read_until(text, '\n', 4096);
        if (result.state == IoState::would_block)
            co_await system.scheduler.wait_for(input->wait_key());
        else if (result.state != IoState::ok)
            co_return !text.empty();
    }
    if (!text.empty() && text.back() == '\n') text.pop_back();
    co_return input != nullptr;
}

Task<Flow> Interpreter::run_select(ForCommand const& command) {
    line = command.line + line_shift;
    std::vector<std::string> choices;
    Expander expander(*this);
    if (!command.has_in) choices = positional;
    for (Word const& word : command.words) {
        auto task = expander.fields_later(word, choices);
        bool const made = co_await task;
        if (!made) co_return failure_flow();
    }
    status = 0;
    if (choices.empty()) co_return Flow{};
    if (options.xtrace) trace(loop_header(command));
    if (debugs()) {
        current_command = loop_header(command);
        auto trap = run_trap("DEBUG");
        co_await trap;
    }
    Counted const guard(loop_depth);
    bool show_menu = true;
    while (true) {
        std::int64_t columns = 0;
        if (!parse_number(value_of("COLUMNS"), columns) || columns < 1) columns = 80;
        std::string menu = show_menu ? choice_menu(choices, static_cast<std::size_t>(columns)) : "";
        std::string const* const prompt = scalar("PS3");
        menu += prompt ? *prompt : "#? ";
        write(2, menu);
        std::string reply;
        auto reading = read_choice(reply);
        bool const got = co_await reading;
        if (!got) {
            write(1, "\n");
            status = 1;
            co_return Flow{};
        }
        if (!assign("REPLY", reply, false)) co_return failure_flow();
        show_menu = reply.empty();
        if (reply.empty()) continue;
        std::int64_t index = 0;
        bool const chosen =
            parse_number(reply, index) && index >= 1 && static_cast<std::size_t>(index) <= choices.size();
        std::string const value = chosen ? choices[static_cast<std::size_t>(index - 1)] : std::string();
        if (!assign(command.variable, value, false)) co_return failure_flow();
        auto task = run_list(*command.body);
        Flow flow = co_await task;
        bool stop = false;
        if (!handle_loop_flow(flow, stop)) co_return flow;
        if (stop) break;
        show_menu = value_of("REPLY").empty();
        if (!within_limits()) co_return Flow{FlowKind::exit, 0};
    }
    co_return Flow{};
}

}
