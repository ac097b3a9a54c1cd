#pragma once
// The shell as the page and the tools hold it: a machine (System), one shell process, and the loop that runs slices.
// The host gives lines or a script, calls step() until it is no longer busy, and gets output through the sink. It draws
// nothing and edits no lines. Interrupting (Ctrl-C) takes effect at once: whatever ran is unwound, the status is 130.
//
//   Shell shell(options);
//   shell.set_sink([](int fd, std::string_view bytes) { show(fd, bytes); });
//   shell.submit("ls -l | head\n");
//   while (shell.step(10'000) == Shell::State::busy) {}

#include "terminal/interpreter.hpp"
#include "terminal/system.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

struct ShellSetup {
    std::uint64_t seed = 1;
    std::int64_t now_ns = 1'700'000'000'000'000'000;
    std::string user = "learner";
    std::string host_name = "counterweight";
    std::string home = "/home/learner";
    std::vector<std::string> environment; // "NAME=value"; PATH, HOME and the like are added
    TerminalSize terminal;
    bool interactive = true;                          // lines come from submit(), prompts are asked for
    CommandLookup commands = commands::command_named; // or null: commands_came() is to follow
};

class Shell {
  public:
    enum class State : std::uint8_t {
        busy,              // call step() again
        idle,              // ready for the next line
        waiting_for_input, // a command reads the terminal: feed_input()
        waiting_for_host,  // a program runs outside: host_requests(), host_output(), host_done(); or commands are to
                           // come
        exited,
    };

    explicit Shell(ShellSetup setup);
    ~Shell();
    Shell(Shell const&) = delete;
    Shell& operator=(Shell const&) = delete;

    void set_sink(std::function<void(int fd, std::string_view bytes)> sink) { system_->sink = std::move(sink); }
    [[nodiscard]] System& system() { return *system_; }
    [[nodiscard]] Interpreter& interpreter() { return *interpreter_; }
    [[nodiscard]] Vfs& vfs() { return system_->vfs; }

    // Runs about `budget` steps.
    State step(std::int64_t budget);
    // Ctrl-C. While idle it only drops a line that was not complete.
    void interrupt();

    // --- interactive use
    // A line from the editor, with its newline. False when the command goes on in the next line (prompt PS2).
    bool submit(std::string line);
    [[nodiscard]] bool continues() const { return !pending_.empty(); }
    // PS1, or PS2 inside a command, expanded.
    [[nodiscard]] std::string prompt();
    // `!!` and the like replaced. `changed` says whether to show it; false with a message on stderr if there is none.
    bool expand_history(std::string& line, bool& changed);
    [[nodiscard]] std::vector<std::string> const& history() const { return *interpreter_->history; }
    void add_history(std::string const& command);
    // Keys for a command that reads the terminal; end is Ctrl-D on an empty line.
    void feed_input(std::string_view text);
    void feed_end();
    void resize(TerminalSize size);

    // --- programs of the host
    [[nodiscard]] std::vector<HostRequest> take_host_requests();
    void host_output(std::uint64_t id, int fd, std::string_view bytes);
    void host_done(HostReply reply);

    // Whether jobs have more to do while the shell is idle: step() is to be called then, too.
    [[nodiscard]] bool works_in_background() const { return foreground_ == 0 && works_in_background_; }

    // --- commands that come later than the shell
    [[nodiscard]] bool waits_for_commands() const { return system_->waiting_for_commands > 0; }
    void commands_came(CommandLookup commands);
    // Whatever waits for them ends with status 126 and a message; what is run later waits again.
    void commands_failed(std::string why);

    // --- scripts: `bash ARGV...` with descriptors 0 (`input`), 1 and 2 (the sink)
    void start(std::vector<std::string> argv, FilePtr input);
    [[nodiscard]] int exit_status() const { return exit_status_; }
    [[nodiscard]] int last_status() const { return interpreter_->status; }

  private:
    void seed_files(ShellSetup const& setup);
    void line_finished();
    State finish_background(std::int64_t budget);
    State run_background(std::int64_t budget);
    void stop_all();
    std::unique_ptr<System> system_;
    std::unique_ptr<Interpreter> interpreter_;
    std::string pending_;          // lines of a command that is not complete
    std::uint64_t foreground_ = 0; // the fiber of the line that runs
    bool exited_ = false;
    int exit_status_ = 0;
    std::int64_t background_turns_ = 0; // used since the script, or the last line, ended
    bool works_in_background_ = false;
    struct Input;
    std::shared_ptr<Input> input_;
};

}
