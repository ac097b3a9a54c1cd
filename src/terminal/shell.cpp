#include "terminal/shell.hpp"

#include "terminal/bash_command.hpp"
#include "terminal/builtins.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/expand.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

// The keyboard: bytes that were typed and not read yet.
struct Shell::Input final : OpenFile {
    System& system;
    std::string bytes;
    int ends = 0; // Ctrl-D presses waiting to be seen
    bool wanted = false;
    explicit Input(System& of) : system(of) {
        readable_ = true;
        writable_ = true;
    }
    IoResult read(std::string& into, std::size_t max) override {
        if (bytes.empty()) return nothing();
        std::size_t const newline = bytes.find('\n');
        return take(into, std::min(max, newline == std::string::npos ? bytes.size() : newline + 1));
    }
    IoResult read_until(std::string& into, char delimiter, std::size_t max) override {
        if (bytes.empty()) return nothing();
        std::size_t const found = bytes.find(delimiter);
        return take(into, std::min(max, found == std::string::npos ? bytes.size() : found + 1));
    }
    IoResult write(std::string_view text) override {
        if (system.sink) system.sink(1, text);
        return {};
    }
    [[nodiscard]] bool is_terminal() const override { return true; }
    [[nodiscard]] bool has_input() const override { return !bytes.empty() || ends > 0; }

  private:
    IoResult nothing() {
        if (ends > 0) {
            --ends;
            return {IoState::end};
        }
        wanted = true;
        return {IoState::would_block};
    }
    IoResult take(std::string& into, std::size_t count) {
        into.append(bytes, 0, count);
        bytes.erase(0, count);
        system.quiet_turns = 0;
        return {};
    }
};

Shell::Shell(ShellSetup setup) : system_(std::make_unique<System>(setup.seed)) {
    system_->clock.now_ns = setup.now_ns;
    system_->user = setup.user;
    system_->host_name = setup.host_name;
    system_->terminal = setup.terminal;
    system_->commands = setup.commands;
    seed_files(setup);
    interpreter_ = std::make_unique<Interpreter>(*system_);
    Interpreter& shell = *interpreter_;
    input_ = std::make_shared<Input>(*system_);
    if (setup.interactive) {
        system_->terminal_input = input_;
        shell.files.set(0, input_);
        shell.files.set(1, system_->sink_file(1, true));
        shell.files.set(2, system_->sink_file(2, true));
    }
    std::vector<std::string> environment = std::move(setup.environment);
    auto const add = [&](std::string const& name, std::string const& value) {
        bool const present = std::any_of(environment.begin(), environment.end(), [&](std::string const& entry) {
            return entry.compare(0, name.size() + 1, name + "=") == 0;
        });
        if (!present) environment.push_back(name + "=" + value);
    };
    if (setup.interactive) {
        add("HOME", setup.home);
        add("USER", setup.user);
        add("LOGNAME", setup.user);
        add("LANG", "C.UTF-8");
        add("TERM", "xterm-256color");
        add("SHELL", "/bin/bash");
    }
    auto const home = system_->vfs.lookup(shell.caller, setup.home);
    if (setup.interactive && home) shell.caller.directory = home.value;
    start_shell(shell, environment);
    if (!setup.interactive) return;
    shell.interactive = true;
    shell.options.expand_aliases = true;
    shell.options.history = shell.options.histexpand = true;
    shell.options.monitor = shell.options.emacs = true;
    shell.assign("PS1", "\\u@\\h:\\w\\$ ", false);
    shell.assign("PS2", "> ", false);
    shell.assign("HISTFILE", setup.home + "/.bash_history", false);
    shell.assign("HISTSIZE", std::to_string(limits::history_lines), false);
    shell.assign("COLUMNS", std::to_string(setup.terminal.columns), false);
    shell.assign("LINES", std::to_string(setup.terminal.rows), false);
}

Shell::~Shell() { system_->scheduler.kill_all(); }

void Shell::seed_files(ShellSetup const& setup) {
    Vfs& vfs = system_->vfs;
    for (char const* const folder :
         {"/usr/bin", "/usr/local/bin", "/usr/share", "/etc", "/home", "/var/tmp", "/dev/fd"})
        vfs.seed_directory(folder);
    vfs.seed_directory("/tmp", 01777);
    vfs.seed_directory("/root", 0700);
    vfs.seed_directory(setup.home, 0755, 1000, 1000);
    vfs.seed_symlink("/bin", "usr/bin");
    vfs.seed_symlink("/sbin", "usr/bin");
    vfs.seed_device("/dev/null", Device::null);
    vfs.seed_device("/dev/zero", Device::zero);
    vfs.seed_device("/dev/full", Device::full);
    vfs.seed_device("/dev/random", Device::random);
    vfs.seed_device("/dev/urandom", Device::random);
    vfs.seed_device("/dev/tty", Device::tty);
    vfs.seed_device("/dev/stdin", Device::descriptor, 0);
    vfs.seed_device("/dev/stdout", Device::descriptor, 1);
    vfs.seed_device("/dev/stderr", Device::descriptor, 2);
    for (std::string_view const name : commands::command_names)
        vfs.seed_program(joined_path("/usr/bin", name), std::string(name));
    vfs.seed_file("/etc/passwd",
                  "root:x:0:0:root:/root:/bin/bash\n" + setup.user + ":x:1000:1000::" + setup.home + ":/bin/bash\n");
    vfs.seed_file("/etc/group", "root:x:0:\n" + setup.user + ":x:1000:\n");
    vfs.seed_file("/etc/hostname", setup.host_name + "\n");
}

namespace {

Task<int> script_main(Interpreter* shell, std::vector<std::string> argv, int* status, bool* exited) {
    auto task = run_shell(*shell, std::move(argv));
    *status = co_await task;
    *exited = true;
    co_return *status;
}

Task<int> line_main(Interpreter* shell, std::string text, int* status, bool* exited) {
    auto task = shell->run_text(std::move(text), Interpreter::TextKind::script, 1);
    Flow const flow = co_await task;
    if (flow.kind == FlowKind::exit) {
        auto ending = shell->finish(flow);
        *status = co_await ending;
        *exited = true;
    }
    co_return 0;
}

Task<int> prompt_main(Interpreter* shell, std::string name, std::string* out) {
    auto task = shell->prompt(std::move(name));
    *out = co_await task;
    co_return 0;
}

}

void Shell::start(std::vector<std::string> argv, FilePtr input) {
    Interpreter& shell = *interpreter_;
    shell.files.set(0, std::move(input));
    shell.files.set(1, system_->sink_file(1, false));
    shell.files.set(2, system_->sink_file(2, false));
    foreground_ = system_->scheduler.spawn(script_main(&shell, std::move(argv), &exit_status_, &exited_));
}

Shell::State Shell::step(std::int64_t budget) {
    if (exited_) return finish_background(budget);
    if (foreground_ == 0) return run_background(budget);
    input_->wanted = false;
    Scheduler::State const state = system_->scheduler.run(budget);
    if (!system_->limit_reached.empty()) {
        exited_ = false; // the runaway line ends, not an interactive shell
        stop_all();
        interpreter_->status = 137;
        line_finished();
        if (!interpreter_->interactive) {
            exited_ = true;
            exit_status_ = 137;
        }
    }
    if (exited_) return finish_background(budget);
    if (!system_->scheduler.alive(foreground_)) {
        line_finished();
        return State::idle;
    }
    if (state == Scheduler::State::busy) return State::busy;
    if (!system_->host_runs.empty() || waits_for_commands()) return State::waiting_for_host;
    if (input_->wanted || interpreter_->interactive) return State::waiting_for_input;
    // Nothing can ever wake what is left: a pipe that its own reader keeps open, say.
    system_->scheduler.kill_all();
    interpreter_->status = 1;
    exited_ = true;
    exit_status_ = 1;
    return State::exited;
}

// A script is over when what it left running in the background is, for a while: its output belongs to the script's.
Shell::State Shell::finish_background(std::int64_t budget) {
    if (interpreter_->interactive || system_->scheduler.count() == 0 || !system_->limit_reached.empty())
        return State::exited;
    background_turns_ += budget;
    bool const over = background_turns_ > limits::background_turns;
    return over || system_->scheduler.run(budget) != Scheduler::State::busy ? State::exited : State::busy;
}

// Ends whatever runs because a limit was reached, and says which.
void Shell::stop_all() {
    std::string const words = std::exchange(system_->limit_reached, {});
    system_->output_bytes = 0;
    system_->quiet_turns = 0;
    system_->scheduler.kill_all();
    if (system_->sink) system_->sink(2, "bash: " + words + "\n");
}

// Jobs go on while a line is typed, for a while: then they rest until the next one is run.
Shell::State Shell::run_background(std::int64_t budget) {
    works_in_background_ = false;
    if (background_turns_ > limits::background_turns) return State::idle;
    background_turns_ += budget;
    works_in_background_ = system_->scheduler.run(budget) == Scheduler::State::busy;
    if (!system_->limit_reached.empty()) stop_all();
    return State::idle;
}

void Shell::line_finished() {
    foreground_ = 0;
    background_turns_ = 0;
    works_in_background_ = system_->scheduler.count() > 0;
    system_->output_bytes = 0;
    system_->quiet_turns = 0;
    ++interpreter_->command_number;
}

void Shell::interrupt() {
    pending_.clear();
    if (foreground_ == 0 || exited_) {
        interpreter_->status = 130;
        return;
    }
    std::vector<std::uint64_t> kept;
    for (JobPtr const& job : interpreter_->jobs)
        if (!job->done && job->family) kept.insert(kept.end(), job->family->begin(), job->family->end());
    system_->scheduler.kill_except(kept);
    input_->bytes.clear();
    interpreter_->pending_flow = {};
    interpreter_->failure = Failure::none;
    interpreter_->loop_depth = 0;
    interpreter_->status = 130;
    line_finished();
}

bool Shell::submit(std::string line) {
    pending_ += line;
    if (pending_.empty() || pending_.back() != '\n') pending_ += '\n';
    if (!interpreter_->is_complete(pending_)) return false;
    std::string text = std::move(pending_);
    pending_.clear();
    system_->limit_reached.clear();
    foreground_ = system_->scheduler.spawn(line_main(interpreter_.get(), std::move(text), &exit_status_, &exited_));
    return true;
}

std::string Shell::prompt() {
    Interpreter& shell = *interpreter_;
    int const status = shell.status;
    std::string out;
    std::uint64_t const fiber = system_->scheduler.spawn(prompt_main(&shell, pending_.empty() ? "PS1" : "PS2", &out));
    for (int i = 0; i < 100 && system_->scheduler.alive(fiber); ++i) system_->scheduler.run(1'000);
    if (system_->scheduler.alive(fiber)) { // it takes too long: as it is written
        system_->scheduler.kill(fiber);
        out = shell.value_of("PS1");
    }
    shell.status = status;
    shell.failure = Failure::none;
    return out;
}

void Shell::add_history(std::string const& command) {
    std::string text = command;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    if (!text.empty()) interpreter_->store_history(std::move(text));
}

void Shell::feed_input(std::string_view text) {
    input_->bytes += text;
    system_->scheduler.wake(input_.get());
}

void Shell::feed_end() {
    ++input_->ends;
    system_->scheduler.wake(input_.get());
}

void Shell::resize(TerminalSize size) {
    system_->terminal = size;
    interpreter_->assign("COLUMNS", std::to_string(size.columns), false);
    interpreter_->assign("LINES", std::to_string(size.rows), false);
    system_->scheduler.wake(input_.get()); // a program on the whole screen draws it anew
}

std::vector<HostRequest> Shell::take_host_requests() {
    std::vector<HostRequest> out = std::move(system_->host_queue);
    system_->host_queue.clear();
    return out;
}

void Shell::host_output(std::uint64_t id, int fd, std::string_view bytes) {
    for (auto& run : system_->host_runs) {
        if (run->id != id) continue;
        (fd == 2 ? run->errors : run->output) += bytes;
        system_->scheduler.wake(run.get());
    }
}

void Shell::host_done(HostReply reply) {
    for (auto& run : system_->host_runs) {
        if (run->id != reply.id) continue;
        run->reply = std::move(reply);
        system_->scheduler.wake(run.get());
        return;
    }
}

void Shell::commands_came(CommandLookup commands) {
    system_->commands = commands;
    system_->scheduler.wake(&system_->commands_failure);
}

void Shell::commands_failed(std::string why) {
    system_->commands_failure = std::move(why);
    system_->scheduler.wake(&system_->commands_failure);
}

}
