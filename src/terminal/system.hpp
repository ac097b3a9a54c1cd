#pragma once
// The machine behind the shell: file system, clock, scheduler, random numbers, the host's program runner and the sums
// that limits are checked against. One per Shell; every process has a reference to it. It owns no variables and no
// descriptors of a shell.

#include "ground/random.hpp"
#include "terminal/commands/command.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace cw::terminal {

class Interpreter;

// How the terminal hands over what is typed while a command runs, as in termios: ECHO and ICANON.
struct TerminalMode {
    bool echoes = true;  // typed characters are shown
    bool by_line = true; // they come a whole line at a time, which can be edited until then
};

struct System {
    explicit System(std::uint64_t seed) : vfs(clock), scheduler(clock), random(seed) {}

    Clock clock;
    Vfs vfs;
    Scheduler scheduler;
    Random random;
    TerminalSize terminal;
    TerminalMode terminal_mode;
    std::string user = "learner";
    std::string host_name = "counterweight";
    int next_pid = 1000;

    // Output of the foreground goes here in order; fd is 1 or 2.
    std::function<void(int fd, std::string_view bytes)> sink;
    FilePtr terminal_input; // what fd 0 of an interactive shell reads; null without a terminal
    // A file that writes to the sink as `fd`.
    FilePtr sink_file(int fd, bool is_terminal);
    FilePtr terminal_output() { return sink_file(1, true); }

    // Programs the host runs. `can_run` says whether it will take one.
    std::function<bool(std::string_view program)> host_can_run;
    std::vector<HostRequest> host_queue; // not taken by the host yet
    struct HostRun {
        std::uint64_t id = 0;
        std::string output; // waiting for the command to pass it on
        std::string errors;
        std::optional<HostReply> reply;
    };
    std::vector<std::unique_ptr<HostRun>> host_runs;
    std::uint64_t next_host_id = 1;

    // What the programs of the file system do. Null while that is to come: a program that is run rests meanwhile.
    CommandLookup commands = nullptr;
    int waiting_for_commands = 0; // programs
    std::string commands_failure; // why they did not come when they were last asked for

    int jobs_ended = 0; // counted; its address is what `wait -n` rests on (not that of System: the clock has the same)
    std::map<int, Interpreter*> shells; // those that run a script, by process

    std::uint64_t quiet_turns = 0;  // since the last byte of input or output
    std::uint64_t output_bytes = 0; // of this command line
    std::string limit_reached;      // words for the limit that ended it; empty while none has

    // The row of a program; null if there is none, or none yet.
    [[nodiscard]] Command const* command(std::string_view program) const {
        return commands ? commands(program) : nullptr;
    }
    void forget_host_run(std::uint64_t id);
};

}
