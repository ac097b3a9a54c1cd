// From a command's name to a running program: PATH, the execute bit, #! lines, and the processes that programs start.
#include "ground/text.hpp"
#include "terminal/bash_command.hpp"
#include "terminal/builtins.hpp"
#include "terminal/commands/command.hpp"
#include "terminal/escapes.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal {

namespace {

// Where execvp looks when the environment has no PATH.
constexpr std::string_view default_path = "/bin:/usr/bin";

bool is_executable_file(System& system, Caller const& caller, std::string const& path) {
    auto const node = system.vfs.lookup(caller, path);
    return node && node.value->kind == FileKind::regular && system.vfs.may(caller, *node.value, 1);
}

// All places where PATH has it, or only the first.
std::vector<std::string> search_path(System& system, Caller const& caller, std::string_view path,
                                     std::string const& command, bool only_first) {
    std::vector<std::string> found;
    for (std::string_view const folder : split(path, ':')) {
        std::string const candidate = folder.empty() ? "./" + command : joined_path(folder, command);
        if (!is_executable_file(system, caller, candidate)) continue;
        found.push_back(candidate);
        if (only_first) break;
    }
    return found;
}

// Whether the program of a #! line exists; true without such a line.
bool has_interpreter(System& system, Caller const& caller, Node const& file) {
    if (file.content.compare(0, 2, "#!") != 0) return true;
    std::string_view const line = trim(std::string_view(file.content).substr(2, file.content.find('\n') - 2));
    auto const found = system.vfs.lookup(caller, line.substr(0, line.find_first_of(" \t")));
    return found && found.value->kind == FileKind::regular;
}

bool looks_binary(std::string const& content) {
    std::size_t const line = std::min(content.find('\n'), std::size_t{80});
    return content.substr(0, line).find('\0') != std::string::npos || content.compare(0, 4,
                                                                                      "\x7f"
                                                                                      "ELF") == 0;
}

}

std::vector<std::string> Interpreter::find_programs(std::string const& command) {
    if (command.find('/') != std::string::npos) {
        if (is_executable_file(system, caller, command)) return {command};
        return {};
    }
    return search_path(system, caller, value_of("PATH"), command, false);
}

std::string Interpreter::find_program(std::string const& command, bool use_hash) {
    if (command.find('/') != std::string::npos) return command;
    if (use_hash && options.hashall) {
        auto const known = hashed.find(command);
        if (known != hashed.end()) return known->second.first;
    }
    auto const found = search_path(system, caller, value_of("PATH"), command, true);
    if (found.empty()) return {};
    if (use_hash && options.hashall) hashed[command] = {found[0], 0};
    return found[0];
}

Task<int> Interpreter::run_program(std::vector<std::string> argv, std::vector<std::string> environment) {
    std::string const path = argv[0].empty() ? std::string() : find_program(argv[0]);
    if (path.empty()) {
        if (functions.count("command_not_found_handle") && !argv[0].empty()) {
            auto child = fork();
            auto task = child->call_function("command_not_found_handle", std::move(argv));
            Flow const flow = co_await task;
            auto ending = child->finish(flow);
            co_return (co_await ending) & 0xFF;
        }
        // A name without execute permission anywhere on PATH is 126.
        std::string const search_path = value_of("PATH");
        for (std::string_view const folder : split(search_path, ':')) {
            if (argv[0].empty()) break;
            std::string const candidate = joined_path(folder, argv[0]);
            auto const node = system.vfs.lookup(caller, candidate);
            if (!node || node.value->kind != FileKind::regular) continue;
            error(candidate + ": Permission denied");
            co_return 126;
        }
        std::string const shown = needs_ansi_quotes(argv[0]) ? ansi_quoted(argv[0]) : argv[0];
        error(shown + (value_of("PATH").empty() ? ": No such file or directory" : ": command not found"));
        co_return 127;
    }
    auto const known = hashed.find(argv[0]);
    if (known != hashed.end()) ++known->second.second;
    auto task = run_program_at(path, std::move(argv), std::move(environment));
    co_return co_await task;
}

namespace {

// Runs what a node holds in a process of its own descriptors; the words for failure come from the caller.
Task<int> execute(Process& process, NodePtr node, std::string path, int depth);

Task<int> run_command_row(Process& process, Command const& command) {
    int status = 0;
    if (command.plain) {
        status = command.plain(process);
    } else {
        auto task = command.task(process);
        status = co_await task;
    }
    if (process.write_error != Errno::none)
        status = process.fail("write error: " + std::string(message(process.write_error)));
    co_return status & 0xFF;
}

Task<int> run_script(Process& process, std::string path) {
    process.argv.insert(process.argv.begin() + 1, path);
    process.argv[0] = "bash";
    auto task = run_bash(process);
    co_return (co_await task) & 0xFF;
}

// Rests until the commands are there; false if they cannot come.
Task<bool> await_commands(System& system) {
    struct Waiting { // also when it is interrupted
        System& system;
        ~Waiting() { --system.waiting_for_commands; }
    } const waiting{system};
    ++system.waiting_for_commands;
    system.commands_failure.clear();
    while (!system.commands && system.commands_failure.empty())
        co_await system.scheduler.wait_for(&system.commands_failure);
    co_return system.commands != nullptr;
}

Task<int> execute(Process& process, NodePtr node, std::string path, int depth) {
    System& system = process.system;
    if (!node->program.empty()) {
        if (!system.commands) {
            auto waiting = await_commands(system);
            if (!co_await waiting) {
                process.err("bash: " + path + ": cannot be loaded (" + system.commands_failure +
                            "). Run it again to try once more.\n");
                co_return 126;
            }
        }
        if (Command const* const command = system.command(node->program)) {
            auto task = run_command_row(process, *command);
            co_return co_await task;
        }
        process.err("bash: " + path + ": cannot execute: required file not found\n");
        co_return 127;
    }
    std::string const content = node->content;
    if (content.compare(0, 2, "#!") == 0 && depth < 4) {
        std::string_view const line = trim(std::string_view(content).substr(2, content.find('\n') - 2));
        std::size_t const blank = std::min(line.find_first_of(" \t"), line.size());
        std::string const interpreter(line.substr(0, blank));
        std::string_view const argument = trim(line.substr(blank));
        auto const found = system.vfs.lookup(process.caller, interpreter);
        if (!found || found.value->kind != FileKind::regular) {
            process.err("bash: " + path + ": cannot execute: required file not found\n");
            co_return 127;
        }
        std::vector<std::string> argv{interpreter};
        if (!argument.empty()) argv.emplace_back(argument);
        argv.push_back(path);
        argv.insert(argv.end(), process.argv.begin() + 1, process.argv.end());
        process.argv = std::move(argv);
        process.argv[0] = std::string(base_name(interpreter));
        auto task = execute(process, found.value, interpreter, depth + 1);
        co_return co_await task;
    }
    if (looks_binary(content)) {
        process.err("bash: " + path + ": cannot execute binary file: Exec format error\n");
        co_return 126;
    }
    auto task = run_script(process, path);
    co_return co_await task;
}

}

Task<int> Interpreter::run_program_at(std::string path, std::vector<std::string> argv,
                                      std::vector<std::string> environment) {
    auto const node = system.vfs.lookup(caller, path);
    if (!node) {
        error(path + ": " + std::string(message(node.error)));
        co_return node.error == Errno::no_entry ? 127 : 126;
    }
    if (node.value->is_directory()) {
        error(path + ": Is a directory");
        co_return 126;
    }
    if (!system.vfs.may(caller, *node.value, 1)) {
        error(path + ": Permission denied");
        co_return 126;
    }
    if (!has_interpreter(system, caller, *node.value)) {
        error(path + ": cannot execute: required file not found");
        co_return 127;
    }
    if (node.value->program.empty() && looks_binary(node.value->content)) {
        error(path + ": cannot execute binary file: Exec format error");
        co_return 126;
    }
    if (program_depth > limits::subshell_depth) {
        error("fork: retry: Resource temporarily unavailable");
        co_return 254;
    }
    int status_of_program = 0;
    {
        Process process(system, std::move(argv));
        process.environment = std::move(environment);
        if (!process.environment.empty()) process.environment.push_back("_=" + path);
        process.caller = caller;
        process.files = files;
        for (int const fd : coprocess_fds_) process.files.set(fd, nullptr);
        process.pid = system.next_pid++;
        process.parent_pid = pid;
        process.depth = program_depth + 1;
        auto task = execute(process, node.value, path, 0);
        status_of_program = co_await task;
        if (process.killed_by != 0) report_killed(process.killed_by, process.pid, command_text());
    }
    if (system.scheduler.others_ready()) co_await system.scheduler.yield();
    co_return status_of_program;
}

Task<int> Process::run(std::vector<std::string> arguments) {
    std::string path = arguments.empty() ? std::string() : arguments[0];
    if (path.empty()) co_return 127;
    if (path.find('/') == std::string::npos) {
        auto const found = search_path(system, caller, has_env("PATH") ? env("PATH") : default_path, path, true);
        path = found.empty() ? std::string() : found[0];
    }
    auto const node = path.empty() ? Attempt<NodePtr>(Errno::no_entry) : vfs().lookup(caller, path);
    if (!node) co_return 127;
    if (node.value->is_directory() || !vfs().may(caller, *node.value, 1)) co_return 126;
    if (depth > limits::subshell_depth) co_return 126;
    Process child(system, std::move(arguments));
    child.environment = environment;
    child.caller = caller;
    child.files = files;
    child.pid = system.next_pid++;
    child.parent_pid = pid;
    child.depth = depth + 1;
    auto task = execute(child, node.value, path, 0);
    co_return co_await task;
}

Task<int> Process::run_on_host(HostRequest request) {
    if (!system.host_can_run || !system.host_can_run(request.program)) {
        err(request.program + ": there is no interpreter for it here\n");
        co_return 127;
    }
    request.id = system.next_host_id++;
    auto owned = std::make_unique<System::HostRun>();
    System::HostRun* const state = owned.get();
    state->id = request.id;
    system.host_runs.push_back(std::move(owned));
    struct Guard { // also when it is interrupted
        System& system;
        std::uint64_t id;
        ~Guard() { system.forget_host_run(id); }
    } const guard{system, request.id};
    system.host_queue.push_back(std::move(request));
    while (true) {
        if (!state->output.empty()) {
            std::string const text = std::move(state->output);
            state->output.clear();
            out(text);
        }
        if (!state->errors.empty()) {
            std::string const text = std::move(state->errors);
            state->errors.clear();
            err(text);
        }
        if (state->reply) break;
        co_await system.scheduler.wait_for(state);
    }
    Caller const as = caller;
    for (SavedFile const& file : state->reply->changed_files) {
        if (file.removed) {
            vfs().unlink(as, file.path);
        } else if (file.kind == FileKind::directory) {
            vfs().make_directories(as, file.path);
        } else {
            vfs().make_directories(as, parent_name(file.path));
            vfs().write_file(as, file.path, file.content);
        }
    }
    co_return state->reply->status & 0xFF;
}

void System::forget_host_run(std::uint64_t id) {
    for (auto run = host_runs.begin(); run != host_runs.end(); ++run)
        if ((*run)->id == id) {
            host_runs.erase(run);
            break;
        }
    for (auto request = host_queue.begin(); request != host_queue.end(); ++request)
        if (request->id == id) {
            host_queue.erase(request);
            break;
        }
}

namespace {

class SinkFile final : public OpenFile {
  public:
    SinkFile(System& system, int fd, bool terminal) : system_(system), fd_(fd), terminal_(terminal) {
        writable_ = true;
    }
    IoResult write(std::string_view bytes) override {
        system_.quiet_turns = 0;
        system_.output_bytes += bytes.size();
        if (system_.output_bytes > limits::output_bytes) {
            if (system_.limit_reached.empty())
                system_.limit_reached = "stopped after " + std::to_string(limits::output_bytes >> 20) + " MB of output";
            return {IoState::failed, Errno::no_space};
        }
        if (system_.sink) system_.sink(fd_, bytes);
        return {};
    }
    IoResult read(std::string& into, std::size_t max) override {
        return terminal_ && system_.terminal_input ? system_.terminal_input->read(into, max)
                                                   : IoResult{IoState::failed, Errno::bad_descriptor};
    }
    [[nodiscard]] bool is_terminal() const override { return terminal_; }

  private:
    System& system_;
    int fd_;
    bool terminal_;
};

}

FilePtr System::sink_file(int fd, bool is_terminal) { return std::make_shared<SinkFile>(*this, fd, is_terminal); }

}
