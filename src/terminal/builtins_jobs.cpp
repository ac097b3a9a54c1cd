// Jobs, signals and traps. Jobs are fibers that run in turn with the shell; there is nothing to stop or continue.
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

// %1, %%, %+, %-, %name, or a process number. Null with the error said.
JobPtr find_job(Interpreter& shell, std::string const& builtin, std::string const& text) {
    std::vector<JobPtr> alive;
    for (JobPtr const& job : shell.jobs)
        if (!job->notified) alive.push_back(job);
    if (!text.empty() && text[0] != '%') {
        for (JobPtr const& job : shell.jobs)
            if (std::to_string(job->pid) == text) return job;
        if (builtin == "jobs" || builtin == "disown") shell.builtin_error(builtin, text + ": no such job");
        return nullptr;
    }
    std::string const what = text.empty() ? "" : text.substr(1);
    JobPtr found;
    if (what.empty() || what == "%" || what == "+") {
        if (!alive.empty()) found = alive.back();
    } else if (what == "-") {
        if (!alive.empty()) found = alive.size() > 1 ? alive[alive.size() - 2] : alive.back();
    } else if (std::all_of(what.begin(), what.end(), is_digit)) {
        for (JobPtr const& job : alive)
            if (std::to_string(job->number) == what) found = job;
    } else {
        for (JobPtr const& job : alive) {
            bool const hit = what[0] == '?' ? job->command.find(what.substr(1)) != std::string::npos
                                            : job->command.compare(0, what.size(), what) == 0;
            if (hit && found) {
                shell.builtin_error(builtin, what.substr(what[0] == '?') + ": ambiguous job spec");
                found = nullptr;
                break;
            }
            if (hit) found = job;
        }
    }
    if (!found) shell.builtin_error(builtin, (text.empty() ? "current" : text) + ": no such job");
    return found;
}

std::string job_line(Interpreter& shell, Job const& job, bool with_pid) {
    std::vector<JobPtr> alive;
    for (JobPtr const& other : shell.jobs)
        if (!other->notified) alive.push_back(other);
    char mark = ' ';
    if (!alive.empty() && alive.back().get() == &job) mark = '+';
    if (alive.size() > 1 && alive[alive.size() - 2].get() == &job) mark = '-';
    std::string state = "Running";
    if (job.done) state = job.status == 0 ? "Done" : "Exit " + std::to_string(job.status);
    if (job.killed) state = signal_description(job.signal);
    state.resize(std::max<std::size_t>(state.size(), 24), ' ');
    std::string out = "[" + std::to_string(job.number) + "]" + mark + " ";
    out += with_pid ? std::to_string(job.pid) + " " : " ";
    return out + state + job.command + (job.done ? "" : " &") + "\n";
}

void forget_finished(Interpreter& shell) {
    shell.jobs.erase(std::remove_if(shell.jobs.begin(), shell.jobs.end(),
                                    [](JobPtr const& job) { return job->done && job->notified; }),
                     shell.jobs.end());
}

}

int builtin_jobs(Interpreter& shell, Words const& arguments) {
    bool pids = false, with_pid = false, running = false, stopped = false;
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at)
        for (char const c : arguments[at].substr(1)) {
            if (arguments[at] == "--") break;
            if (c == 'p')
                pids = true;
            else if (c == 'l')
                with_pid = true;
            else if (c == 'r')
                running = true;
            else if (c == 's')
                stopped = true;
            else if (c != 'n' && c != 'x')
                return invalid_option(shell, "jobs", std::string("-") + c);
        }
    std::string out;
    int status = 0;
    std::vector<JobPtr> wanted;
    for (; at < arguments.size(); ++at) {
        if (JobPtr const job = find_job(shell, "jobs", arguments[at]))
            wanted.push_back(job);
        else
            status = 1;
    }
    bool const every = wanted.empty() && status == 0;
    for (JobPtr const& job : every ? shell.jobs : wanted) {
        if (job->notified || job->disowned || (running && job->done) || stopped) continue;
        out += pids ? std::to_string(job->pid) + "\n" : job_line(shell, *job, with_pid);
    }
    for (JobPtr const& job : shell.jobs)
        if (job->done) job->notified = true;
    forget_finished(shell);
    shell.write(1, out);
    return status;
}

namespace {

// A script hears of a job's violent end when it waits for it; SIGTERM is not worth a word then.
void tell_end(Interpreter& shell, Job& job) {
    constexpr int terminate = 15;
    if (job.killed && job.signal != terminate && !job.notified && !shell.interactive)
        shell.report_killed(job.signal, job.pid, job.command);
    job.notified = true;
    if (job.coprocess.empty()) return;
    shell.unset_variable(job.coprocess);
    shell.unset_variable(job.coprocess + "_PID");
}

}

Task<int> builtin_wait(Interpreter& shell, Words arguments) {
    bool any = false;
    std::string variable;
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        for (char const c : arguments[at].substr(1)) {
            if (c == 'n')
                any = true;
            else if (c == 'p' && at + 1 < arguments.size())
                variable = arguments[++at];
            else if (c != 'f')
                co_return invalid_option(shell, "wait", std::string("-") + c);
            if (c == 'p') break;
        }
    }
    if (!variable.empty()) shell.unset_variable(variable);
    if (any) {
        std::vector<JobPtr> const candidates = shell.jobs;
        if (candidates.empty()) co_return 127;
        while (true) {
            for (JobPtr const& job : candidates) {
                if (!job->done || job->notified) continue;
                tell_end(shell, *job);
                int const status = job->status;
                if (!variable.empty()) shell.assign(variable, std::to_string(job->pid), false);
                forget_finished(shell);
                co_return status;
            }
            bool const left =
                std::any_of(candidates.begin(), candidates.end(), [](JobPtr const& j) { return !j->done; });
            if (!left) co_return 127;
            co_await shell.system.scheduler.wait_for(&shell.system.jobs_ended);
        }
    }
    if (at >= arguments.size()) {
        std::vector<JobPtr> const all = shell.jobs;
        for (JobPtr const& job : all) {
            auto task = shell.wait_for_job(job);
            int const ended = co_await task;
            if (!job->done) co_return ended;
            tell_end(shell, *job);
            shell.finished[job->pid] = ended;
        }
        while (shell.system.scheduler.others_ready()) co_await shell.system.scheduler.yield();
        forget_finished(shell);
        co_return 0;
    }
    int status = 0;
    for (; at < arguments.size(); ++at) {
        std::string const& which = arguments[at];
        bool const number = !which.empty() && std::all_of(which.begin(), which.end(), is_digit);
        if (!number && (which.empty() || which[0] != '%')) {
            shell.builtin_error("wait", "`" + which + "': not a pid or valid job spec");
            status = 1;
            continue;
        }
        JobPtr const job = find_job(shell, "wait", which);
        if (!job) {
            auto const remembered = shell.finished.find(std::atoi(which.c_str()));
            if (number && remembered != shell.finished.end()) {
                status = remembered->second;
                continue;
            }
            if (number) shell.builtin_error("wait", "pid " + which + " is not a child of this shell");
            status = 127;
            continue;
        }
        auto task = shell.wait_for_job(job);
        status = co_await task;
        if (!job->done) co_return status; // a signal came
        tell_end(shell, *job);
        shell.finished[job->pid] = status;
        if (!variable.empty()) shell.assign(variable, std::to_string(job->pid), false);
    }
    forget_finished(shell);
    co_return status;
}

Task<int> builtin_fg(Interpreter& shell, Words arguments) {
    if (!shell.options.monitor && !shell.interactive) {
        shell.builtin_error("fg", "no job control");
        co_return 1;
    }
    JobPtr const job = find_job(shell, "fg", arguments.size() > 1 ? arguments[1] : "");
    if (!job) co_return 1;
    shell.write(1, job->command + "\n");
    auto task = shell.wait_for_job(job);
    int const status = co_await task;
    job->notified = true;
    forget_finished(shell);
    co_return status;
}

int builtin_bg(Interpreter& shell, Words const& arguments) {
    if (!shell.options.monitor && !shell.interactive) {
        shell.builtin_error("bg", "no job control");
        return 1;
    }
    JobPtr const job = find_job(shell, "bg", arguments.size() > 1 ? arguments[1] : "");
    if (!job) return 1;
    shell.builtin_error("bg", "job " + std::to_string(job->number) + " already in background");
    return 0;
}

int builtin_disown(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string letters;
    if (int const status = read_letters(shell, arguments, at, "ahr", letters); status >= 0) return status;
    if (at >= arguments.size() && letters.find_first_of("ar") != std::string::npos) {
        shell.jobs.clear();
        return 0;
    }
    int status = 0;
    do {
        JobPtr const job = find_job(shell, "disown", at < arguments.size() ? arguments[at] : "");
        if (!job) status = 1;
        if (job && letters.find('h') == std::string::npos)
            shell.jobs.erase(std::remove(shell.jobs.begin(), shell.jobs.end(), job), shell.jobs.end());
    } while (++at < arguments.size());
    return status;
}

namespace {

void end_job(Interpreter& shell, JobPtr const& job, int signal) {
    if (job->done) return;
    static constexpr int harmless[] = {0, 17, 18, 19, 20, 23, 28};
    if (std::find(std::begin(harmless), std::end(harmless), signal) != std::end(harmless)) return;
    job->done = job->killed = true;
    job->signal = signal;
    job->status = Interpreter::signal_base + signal;
    if (job->family)
        for (std::uint64_t const fiber : *job->family)
            if (fiber != shell.system.scheduler.current()) shell.system.scheduler.kill(fiber);
    shell.system.scheduler.wake(job.get());
    shell.system.scheduler.wake(&shell.system.jobs_ended);
}

}

int builtin_kill(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    int signal = 15;
    if (arguments.size() < 2) return usage(shell, "kill");
    std::string const& first = arguments[1];
    if (first == "-l" || first == "-L") {
        std::string out;
        if (arguments.size() == 2 && shell.options.posix) {
            for (int i = 1; i <= 64; ++i)
                if (i != 32 && i != 33) out += (i > 1 ? " " : "") + signal_name(i);
            shell.write(1, out + "\n");
            return 0;
        }
        if (arguments.size() == 2 || arguments[2][0] == '-') {
            int column = 0;
            for (int i = 1; i <= 64; ++i) {
                if (i == 32 || i == 33) continue;
                out += (i < 10 ? " " : "") + std::to_string(i) + ") SIG" + signal_name(i);
                out += ++column % 5 == 0 ? "\n" : "\t";
            }
            shell.write(1, out + "\n");
            return 0;
        }
        int status = 0;
        for (at = 2; at < arguments.size(); ++at) {
            std::int64_t number = 0;
            if (parse_number(arguments[at], number)) {
                if (number > 128) number -= 128;
                std::string const name = signal_name(static_cast<int>(std::min<std::int64_t>(number, 99)));
                if (!name.empty()) {
                    out += name + "\n";
                    continue;
                }
            } else if (int const named = signal_number(arguments[at]); named >= 0) {
                out += std::to_string(named) + "\n";
                continue;
            }
            shell.builtin_error("kill", arguments[at] + ": invalid signal specification");
            status = 1;
        }
        shell.write(1, out);
        return status;
    }
    if (!first.empty() && first[0] == '-' && first != "--") {
        std::string name = first.substr(1);
        at = 2;
        if ((name == "s" || name == "n") && arguments.size() == 2) {
            shell.builtin_error("kill", first + ": option requires an argument");
            return 1;
        }
        if (name == "s" || name == "n") {
            name = arguments[2];
            at = 3;
        }
        signal = signal_number(name);
        if (signal < 0) {
            shell.builtin_error("kill", name + ": invalid signal specification");
            return 1;
        }
    }
    if (at < arguments.size() && arguments[at] == "--") ++at;
    if (at >= arguments.size()) return usage(shell, "kill");
    int status = 0;
    for (; at < arguments.size(); ++at) {
        std::string const& target = arguments[at];
        std::int64_t pid = 0;
        if (target[0] != '%' && !parse_number(target, pid)) {
            shell.builtin_error("kill", target.empty() ? "`': not a pid or valid job spec"
                                                       : target + ": arguments must be process or job IDs");
            status = 1;
            continue;
        }
        if (target[0] != '%' && (pid == shell.shell_pid || pid == shell.pid || pid == 0)) {
            auto const above = shell.system.shells.find(static_cast<int>(pid));
            if (pid != shell.pid && above != shell.system.shells.end()) { // from a subshell to the shell itself
                if (signal != 0) above->second->raise_signal(signal_name(signal));
                continue;
            }
            if (signal != 0) shell.raise_signal(signal_name(signal));
            if (!shell.pending_flow.goes_on()) return shell.status;
            continue;
        }
        JobPtr const job = find_job(shell, "kill", target);
        if (job && !job->done) {
            end_job(shell, job, signal);
            continue;
        }
        if (target[0] != '%') shell.builtin_error("kill", "(" + target + ") - No such process");
        status = 1;
    }
    return status;
}

int builtin_trap(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    bool print = false;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        if (arguments[at] == "-l") return builtin_kill(shell, {"kill", "-l"});
        if (arguments[at] != "-p") return invalid_option(shell, "trap", arguments[at].substr(0, 2));
        print = true;
    }
    auto const canonical = [](std::string const& name) -> std::string {
        std::string upper;
        for (char const c : name) upper.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
        if (upper == "ERR" || upper == "DEBUG" || upper == "RETURN") return upper;
        int const number = signal_number(name);
        return number < 0 ? std::string() : signal_name(number);
    };
    auto const shown = [&](std::string const& name) {
        bool const pseudo =
            shell.options.posix || name == "EXIT" || name == "ERR" || name == "DEBUG" || name == "RETURN";
        return pseudo ? name : "SIG" + name;
    };
    if (print || at >= arguments.size()) {
        std::vector<std::pair<int, std::string>> order;
        auto const& traps = shell.parent_traps.empty() ? shell.traps : shell.parent_traps;
        for (auto const& [name, action] : traps) {
            int const number = name == "DEBUG" ? 65 : name == "ERR" ? 66 : name == "RETURN" ? 67 : signal_number(name);
            order.emplace_back(number, name);
        }
        std::sort(order.begin(), order.end());
        std::string out;
        int status = 0;
        std::vector<std::string> wanted;
        for (; at < arguments.size(); ++at) {
            wanted.push_back(canonical(arguments[at]));
            if (!wanted.back().empty()) continue;
            shell.builtin_error("trap", arguments[at] + ": invalid signal specification");
            status = 1;
        }
        if (wanted.empty() && print && shell.options.posix) {
            for (int i = 0; i <= 64; ++i) wanted.push_back(i == 32 || i == 33 ? std::to_string(i) : signal_name(i));
            wanted.insert(wanted.end(), {"DEBUG", "ERR", "RETURN"});
        } else if (wanted.empty()) {
            for (auto const& [number, name] : order) wanted.push_back(name);
        }
        for (std::string const& name : wanted)
            if (auto const trap = traps.find(name); trap != traps.end())
                out += "trap -- " + single_quoted(trap->second) + " " + shown(name) + "\n";
            else if (print && shell.options.posix)
                out += "trap -- - " + name + "\n";
        shell.write(1, out);
        return status;
    }
    std::string const& action = arguments[at];
    std::int64_t number = 0;
    bool const only_signals = at + 1 >= arguments.size() || (parse_number(action, number) && number >= 0 &&
                                                             !signal_name(static_cast<int>(number)).empty());
    bool const resets = action == "-" || only_signals;
    if (at + 1 >= arguments.size() && action != "-" && canonical(action).empty()) return usage(shell, "trap");
    if (!only_signals) ++at;
    if (only_signals && action == "-") return usage(shell, "trap");
    int status = 0;
    shell.parent_traps.clear();
    for (; at < arguments.size(); ++at) {
        std::string const name = canonical(arguments[at]);
        if (name.empty()) {
            shell.builtin_error("trap", arguments[at] + ": invalid signal specification");
            status = 1;
        } else if (resets) {
            shell.traps.erase(name);
        } else {
            shell.traps[name] = action;
        }
    }
    return status;
}

}
