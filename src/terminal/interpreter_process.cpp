// What takes a process in a real shell: subshells, pipelines, substitutions, background jobs and programs.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/commands/command.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

std::unique_ptr<Interpreter> Interpreter::fork() {
    system.scheduler.spend_bytes(variables.bytes());
    auto child = std::make_unique<Interpreter>(*this);
    child->pid = system.next_pid++;
    ++child->subshell_level;
    child->jobs.clear();
    child->waits_for = nullptr;
    child->expanded_.reset();
    child->pending_flow = {};
    child->pending_signals.clear();
    child->in_trap = false;
    child->stage_command = nullptr;
    child->keeps_input = false;
    child->loop_depth = 0;
    child->frames = frames;
    child->parent_traps = traps;
    for (auto trap = child->traps.begin(); trap != child->traps.end();) {
        bool const inherited = trap->second.empty() || ((trap->first == "ERR") && options.errtrace) ||
                               ((trap->first == "DEBUG" || trap->first == "RETURN") && options.functrace);
        trap = inherited ? std::next(trap) : child->traps.erase(trap);
    }
    for (int const fd : child->coprocess_fds_) child->files.set(fd, nullptr);
    child->coprocess_fds_.clear();
    child->random_state = random_state + static_cast<std::uint32_t>(child->pid);
    return child;
}

std::uint64_t Interpreter::spawn(Task<int> task) {
    std::uint64_t const id = system.scheduler.spawn(std::move(task));
    if (family) family->push_back(id);
    return id;
}

Task<int> Interpreter::finish(Flow flow) {
    if (flow.kind == FlowKind::discard && status == 0) status = 1;
    if (has_trap("EXIT")) {
        std::string const action = traps["EXIT"];
        traps.erase("EXIT");
        in_trap = true;
        int const before = status;
        trap_label = "exit trap";
        auto task = run_text(action, TextKind::trap, 1);
        Flow const trapped = co_await task;
        if (trapped.kind != FlowKind::exit) status = before;
        traps.erase("EXIT"); // one that it set itself does not run
    }
    co_return status;
}

namespace {

// The life of one child: run, finish, close everything, tell who waits.
struct Outcome {
    std::vector<int> statuses;
    std::size_t running = 0;
};

Task<int> child_main(std::unique_ptr<Interpreter> shell, SyntaxPtr node, std::shared_ptr<Outcome> outcome,
                     std::size_t index, Scheduler* scheduler) {
    auto task = shell->run(*node);
    Flow const flow = co_await task;
    auto ending = shell->finish(flow);
    int const status = co_await ending;
    shell.reset();
    outcome->statuses[index] = status & 0xFF;
    --outcome->running;
    scheduler->wake(outcome.get());
    co_return status;
}

Task<int> job_main(std::unique_ptr<Interpreter> shell, SyntaxPtr node, JobPtr job, Scheduler* scheduler) {
    System& system = shell->system;
    auto task = shell->run(*node);
    Flow const flow = co_await task;
    auto ending = shell->finish(flow);
    job->status = (co_await ending) & 0xFF;
    job->signal = shell->killed_by;
    job->killed = job->signal != 0;
    shell.reset();
    job->done = true;
    scheduler->wake(job.get());
    ++system.jobs_ended;
    scheduler->wake(&system.jobs_ended); // `wait -n`
    co_return job->status;
}

Task<int> process_main(std::unique_ptr<Interpreter> shell, std::shared_ptr<ListCommand> list) {
    auto task = shell->run_list(*list);
    Flow const flow = co_await task;
    auto ending = shell->finish(flow);
    co_return co_await ending;
}

std::string clock_text(std::int64_t ns, bool posix) {
    if (posix) return fixed(static_cast<double>(ns) / 1e9, 2);
    std::int64_t const minutes = ns / 60'000'000'000;
    return std::to_string(minutes) + "m" + fixed(static_cast<double>(ns % 60'000'000'000) / 1e9, 3) + "s";
}

std::string time_report(Interpreter& shell, std::int64_t elapsed_ns, bool posix) {
    if (posix) return "real " + clock_text(elapsed_ns, true) + "\nuser 0.00\nsys 0.00\n";
    std::string const* const format = shell.scalar("TIMEFORMAT");
    if (!format) return "\nreal\t" + clock_text(elapsed_ns, false) + "\nuser\t0m0.000s\nsys\t0m0.000s\n";
    if (format->empty()) return {};
    std::string out;
    for (std::size_t at = 0; at < format->size(); ++at) {
        char c = (*format)[at];
        if (c != '%' || at + 1 >= format->size()) {
            out.push_back(c);
            continue;
        }
        int digits = 3;
        bool longer = false;
        c = (*format)[++at];
        if (c >= '0' && c <= '9' && at + 1 < format->size()) {
            digits = c - '0' > 3 ? 3 : c - '0';
            c = (*format)[++at];
        }
        if (c == 'l' && at + 1 < format->size()) {
            longer = true;
            c = (*format)[++at];
        }
        std::int64_t const ns = c == 'R' ? elapsed_ns : 0;
        if (c == 'R' || c == 'U' || c == 'S')
            out += longer ? std::to_string(ns / 60'000'000'000) + "m" +
                                fixed(static_cast<double>(ns % 60'000'000'000) / 1e9, digits) + "s"
                          : fixed(static_cast<double>(ns) / 1e9, digits);
        else if (c == 'P')
            out += "0.00";
        else if (c == '%')
            out.push_back(c);
        else {
            shell.error(std::string("TIMEFORMAT: `") + c + "': invalid format character");
            return {};
        }
    }
    return out + "\n";
}

}

Task<Flow> Interpreter::run_pipeline(PipelineCommand const& pipeline) {
    std::int64_t const started = system.clock.now_ns;
    Flow flow;
    {
        errexit_ignored += pipeline.negated;
        bool const traps_inside = pipeline.negated && !options.errexit;
        negations += traps_inside;
        struct Guard {
            Interpreter& shell;
            bool on, traps_inside;
            Syntax const* before;
            ~Guard() {
                shell.errexit_ignored -= on;
                shell.negations -= traps_inside;
                shell.negated_command = before;
            }
        } const guard{*this, pipeline.negated, traps_inside, negated_command};
        if (pipeline.negated && pipeline.stages.size() == 1) negated_command = pipeline.stages[0].get();
        if (pipeline.stages.size() == 1) {
            if (!run_now(*pipeline.stages[0], flow)) {
                auto task = run(*pipeline.stages[0]);
                flow = co_await task;
            }
        } else if (!pipeline.stages.empty()) {
            auto task = run_stages(pipeline);
            flow = co_await task;
        } else {
            status = 0;
        }
    }
    if (pipeline.timed) write(2, time_report(*this, system.clock.now_ns - started, pipeline.posix_time));
    if (!flow.goes_on()) co_return flow;
    if (pipeline.negated) {
        status = status == 0 ? 1 : 0;
        co_return Flow{};
    }
    if (pipeline.stages.size() < 2) co_return Flow{};
    std::vector<int> const statuses = pipe_status;
    auto after = after_failure();
    flow = co_await after;
    pipe_status = statuses;
    co_return flow;
}

Task<Flow> Interpreter::run_stages(PipelineCommand const& pipeline) {
    std::size_t const count = pipeline.stages.size();
    if (system.scheduler.count() + count > limits::processes || subshell_level > limits::subshell_depth) {
        error("fork: retry: Resource temporarily unavailable");
        status = 254;
        co_return Flow{FlowKind::discard, 0};
    }
    auto outcome = std::make_shared<Outcome>();
    outcome->statuses.assign(count, 0);
    bool const last_here = options.lastpipe && !options.monitor;
    FilePtr input;
    Flow flow;
    for (std::size_t i = 0; i < count; ++i) {
        bool const last = i + 1 == count;
        PipeEnds pipe;
        if (!last) pipe = make_pipe(system.scheduler);
        if (last && last_here) {
            FdUndo undo(files);
            undo.remember(0);
            files.set(0, std::move(input));
            auto task = run(*pipeline.stages[i]);
            flow = co_await task;
            outcome->statuses[i] = status;
            break;
        }
        if (debugs() && pipeline.stages[i]->kind == CommandKind::simple) {
            set_current(*pipeline.stages[i]);
            line = pipeline.stages[i]->line + line_shift;
            auto trap = run_trap("DEBUG");
            co_await trap;
        }
        auto child = fork();
        child->jobs = jobs; // for `jobs |`
        child->keeps_input = input != nullptr;
        if (input) child->files.set(0, std::move(input));
        if (!last) child->files.set(1, pipe.writer);
        pipe.writer = nullptr;
        input = std::move(pipe.reader);
        ++outcome->running;
        if (pipeline.stages[i]->kind == CommandKind::simple) child->stage_command = pipeline.stages[i].get();
        spawn(child_main(std::move(child), pipeline.stages[i], outcome, i, &system.scheduler));
    }
    while (outcome->running > 0) co_await system.scheduler.wait_for(outcome.get());
    pipe_status = outcome->statuses;
    for (SyntaxPtr const& stage : pipeline.stages)
        if (stage->kind == CommandKind::simple || stage->kind == CommandKind::subshell) line = stage->line + line_shift;
    status = pipe_status.back();
    if (options.pipefail)
        for (int const each : pipe_status)
            if (each != 0) status = each;
    co_return flow;
}

Task<Flow> Interpreter::run_subshell(GroupCommand const& command) {
    if (subshell_level > limits::subshell_depth) {
        error("fork: retry: Resource temporarily unavailable");
        status = 254;
        co_return Flow{FlowKind::discard, 0};
    }
    int signal = 0, process = 0;
    {
        auto child = fork();
        child->keeps_input = keeps_input;
        for (Redirect const& each : command.redirects)
            child->keeps_input = child->keeps_input ||
                                 (each.fd <= 0 && (each.op == RedirectOp::input || each.op == RedirectOp::here_string ||
                                                   each.op == RedirectOp::here_document));
        auto task = child->run_list(*command.body);
        Flow const flow = co_await task;
        auto ending = child->finish(flow);
        status = (co_await ending) & 0xFF;
        signal = child->killed_by;
        process = child->pid;
    }
    line = command.end_line + line_shift;
    if (!in_trap) set_current(command);
    if (signal != 0) report_killed(signal, process, printed_command(command));
    if (system.scheduler.others_ready()) co_await system.scheduler.yield();
    if (!command.redirects.empty()) co_return Flow{}; // the redirections are the child's: its failure comes after them
    auto after = after_failure(&command);
    co_return co_await after;
}

Task<std::string> Interpreter::substitute(Part const& part) {
    std::string text;
    if (!part.commands) {
        Parser parser(part.text, parser_options());
        while (parser.next().kind == Parser::Kind::command) {}
        report(parser.problem(), "command substitution");
        substitution_status = status = 2;
        co_return text;
    }
    auto const& items = part.commands->items;
    SimpleCommand const* const only = items.size() == 1 && items[0].command->kind == CommandKind::simple
                                          ? static_cast<SimpleCommand const*>(items[0].command.get())
                                          : nullptr;
    if (only && only->words.empty() && only->assignments.empty() && only->redirects.size() == 1 &&
        only->redirects[0].op == RedirectOp::input && only->redirects[0].fd <= 0) { // $(<file)
        Expander expander(*this);
        std::vector<std::string> target;
        if (only->redirects[0].target.awaits) {
            auto task = expander.fields_later(only->redirects[0].target, target);
            co_await task;
        } else {
            expand_target(only->redirects[0].target, target);
        }
        if (failure != Failure::none) co_return text;
        OpenFlags flags;
        flags.read = true;
        auto file = target.size() == 1 ? open(target[0], flags) : Attempt<FilePtr>(Errno::invalid);
        substitution_status = status = 0;
        if (!file) {
            error(target.size() == 1 ? target[0] + ": " + std::string(message(file.error))
                                     : only->redirects[0].target.source + ": ambiguous redirect");
            substitution_status = status = 1;
        }
        while (file) {
            IoResult const result = file.value->read(text, limits::value_bytes);
            if (result.state == IoState::would_block)
                co_await system.scheduler.wait_for(file.value->wait_key());
            else if (result.state != IoState::ok || text.size() > limits::value_bytes)
                break;
        }
    } else {
        if (subshell_level > limits::subshell_depth) {
            error("fork: retry: Resource temporarily unavailable");
            fail(Failure::discard);
            co_return text;
        }
        auto const captured = std::make_shared<std::string>();
        std::weak_ptr<OpenFile> open_end;
        {
            auto child = fork();
            child->files.set(1, make_string_sink(captured, limits::value_bytes, &system.scheduler));
            open_end = child->files.shared(1);
            child->jobs = jobs;
            child->in_substitution = true;
            if (!items.empty()) child->line_shift = line - part.commands->line;
            child->loop_depth = loop_depth;
            ++child->fork_level;
            if (!options.inherit_errexit && !options.posix) child->options.errexit = false;
            auto task = child->run_list(*part.commands);
            Flow const flow = co_await task;
            auto ending = child->finish(flow);
            substitution_status = status = (co_await ending) & 0xFF;
        }
        // What it left in the background may still print.
        while (!open_end.expired()) co_await system.scheduler.wait_for(captured.get());
        text = std::move(*captured);
    }
    if (text.find('\0') != std::string::npos) {
        error("warning: command substitution: ignored null byte in input");
        text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
    }
    while (!text.empty() && text.back() == '\n') text.pop_back();
    co_return text;
}

std::string Interpreter::open_process(Part const& part) {
    int fd = 63;
    while (fd > 10 && files.get(fd)) --fd;
    PipeEnds pipe = make_pipe(system.scheduler);
    bool const reads = part.kind == PartKind::process_in;
    auto child = fork();
    child->files.set(reads ? 1 : 0, reads ? pipe.writer : pipe.reader);
    files.set(fd, reads ? pipe.reader : pipe.writer);
    process_fds_.push_back(fd);
    int const child_pid = child->pid;
    child->line_shift = line - part.commands->line;
    spawn(process_main(std::move(child), part.commands));
    last_background_pid = child_pid;
    return "/dev/fd/" + std::to_string(fd);
}

JobPtr Interpreter::start_background(SyntaxPtr command, std::string text, FilePtr input, FilePtr output) {
    auto child = fork();
    auto job = std::make_shared<Job>();
    for (JobPtr const& other : jobs)
        if (!other->done || !other->notified) job->number = std::max(job->number, other->number);
    ++job->number;
    job->pid = child->pid;
    static_cast<void>(text);
    job->command = printed_command(*command);
    child->background = true;
    child->interactive = false;
    child->family = std::make_shared<std::vector<std::uint64_t>>();
    if (input)
        child->files.set(0, std::move(input));
    else if (!options.monitor && !keeps_input) {
        OpenFlags flags;
        flags.read = true;
        auto null = open("/dev/null", flags);
        if (null) child->files.set(0, null.value);
    }
    if (output) child->files.set(1, std::move(output));
    last_background_pid = job->pid;
    jobs.push_back(job);
    if (interactive) write(2, "[" + std::to_string(job->number) + "] " + std::to_string(job->pid) + "\n");
    auto family_of_job = child->family;
    if (command->kind == CommandKind::pipeline && static_cast<PipelineCommand&>(*command).negated) {
        auto plain = std::make_shared<PipelineCommand>(static_cast<PipelineCommand&>(*command));
        plain->negated = false; // bash forgets the ! there
        command = std::move(plain);
    }
    std::uint64_t const id = system.scheduler.spawn(job_main(std::move(child), command, job, &system.scheduler));
    family_of_job->push_back(id);
    job->family = family_of_job;
    return job;
}

// Its output can be read from ${NAME[0]}, and what goes to ${NAME[1]} is its input.
Task<Flow> Interpreter::run_coprocess(CoprocessCommand const& command) {
    constexpr int highest_read = 63, highest_write = 60; // where bash puts the first ones
    auto const free_below = [&](int fd) {
        while (fd > 10 && files.get(fd)) --fd;
        return fd;
    };
    line = command.line + line_shift;
    if (!is_identifier(command.name)) {
        error("`" + command.name + "': not a valid identifier");
        status = 1;
        co_return Flow{};
    }
    PipeEnds from = make_pipe(system.scheduler), to = make_pipe(system.scheduler);
    JobPtr const job =
        start_background(command.body, printed_command(command), std::move(to.reader), std::move(from.writer));
    int const reads = free_below(highest_read);
    files.set(reads, std::move(from.reader));
    int const writes = free_below(highest_write);
    files.set(writes, std::move(to.writer));
    coprocess_fds_.push_back(reads);
    coprocess_fds_.push_back(writes);
    assign_compound(command.name,
                    {{false, false, "", std::to_string(reads)}, {false, false, "", std::to_string(writes)}}, false,
                    false);
    assign(command.name + "_PID", std::to_string(job->pid), false);
    job->coprocess = command.name;
    status = 0;
    co_return Flow{};
}

Task<int> Interpreter::wait_for_job(JobPtr job) {
    while (!job->done && pending_signals.empty()) {
        waits_for = job.get();
        co_await system.scheduler.wait_for(job.get());
    }
    waits_for = nullptr;
    co_return job->done ? job->status : signal_base + signal_number(pending_signals.front());
}

// --- traps and signals

Task<Flow> Interpreter::run_trap(std::string trap_name) {
    auto const found = traps.find(trap_name);
    if (found == traps.end() || found->second.empty()) co_return Flow{};
    std::string const action = found->second;
    int const before = status;
    int const before_line = line;
    std::string const before_command = current_command;
    std::shared_ptr<Syntax const> const before_node = current_node;
    std::vector<int> const before_pipe = pipe_status;
    struct Guard {
        Interpreter& shell;
        bool before, before_debug;
        ~Guard() {
            shell.in_trap = before;
            shell.in_debug_trap = before_debug;
        }
    } const guard{*this, in_trap, in_debug_trap};
    in_trap = true;
    in_debug_trap = in_debug_trap || trap_name == "DEBUG";
    trap_label = trap_name == "ERR"      ? "error trap"
                 : trap_name == "DEBUG"  ? "debug trap"
                 : trap_name == "RETURN" ? "return trap"
                                         : "trap";
    bool const counts_anew = trap_label == std::string_view("trap"); // the lines of what signals run
    auto task = run_text(action, TextKind::trap, counts_anew ? 1 : line);
    Flow const flow = co_await task;
    trap_status = status;
    line = before_line;
    current_command = before_command;
    current_node = before_node;
    pipe_status = before_pipe;
    if (flow.goes_on()) status = before;
    co_return flow;
}

void Interpreter::report_killed(int signal, int process, std::string const& command) {
    constexpr int interrupt = 2, broken_pipe = 13, terminate = 15;
    if (signal == 0 || signal == interrupt || signal == broken_pipe) return;
    if (is_command_string && in_substitution) return;
    if (interactive || signal == terminate || has_trap(signal_name(signal)))
        write(2, signal_description(signal) + "\n");
    else
        error(padded_number(process, 5) + " " + padded(signal_description(signal), -24) + command);
}

void Interpreter::raise_signal(std::string const& signal) {
    if (signal == "EXIT" || signal == "0") return;
    auto const trap = traps.find(signal);
    if (trap != traps.end()) {
        if (trap->second.empty()) return;
        pending_signals.push_back(signal);
        if (waits_for) system.scheduler.wake(waits_for);
        return;
    }
    static constexpr std::string_view harmless[] = {"CHLD", "URG", "WINCH", "CONT"};
    if (std::find(std::begin(harmless), std::end(harmless), signal) != std::end(harmless)) return;
    if (interactive && (signal == "TERM" || signal == "INT" || signal == "QUIT")) return;
    killed_by = signal_number(signal);
    status = signal_base + killed_by;
    pending_flow = Flow{FlowKind::exit, 0};
}

Task<Flow> Interpreter::run_pending_signals() {
    while (!pending_signals.empty()) {
        std::string const signal = pending_signals.front();
        pending_signals.erase(pending_signals.begin());
        auto task = run_trap(signal);
        Flow const flow = co_await task;
        if (!flow.goes_on()) co_return flow;
    }
    co_return Flow{};
}

}
