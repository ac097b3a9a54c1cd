#pragma once
// What a running command sees of the world: its arguments, environment, working directory, descriptors, terminal, clock
// and random numbers. Writing never blocks: bytes are taken at once, and a command that writes a lot calls
// `co_await p.breathe()` now and then, which rests while a pipe is full. Reading from a pipe or the terminal suspends,
// so it is awaited. When a write returns false the reader has gone: end with Process::sigpipe. Ctrl-C destroys the
// coroutine at its next await, so what must be put back belongs in destructors.
//
//   Task<int> run_upper(Process& p) {
//       std::string line;
//       while (co_await p.read_line(0, line)) {
//           if (!p.out(upper(line))) co_return Process::sigpipe;
//           co_await p.breathe();
//       }
//       co_return 0;
//   }

#include "ground/random.hpp"
#include "terminal/task.hpp"
#include "terminal/vfs.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

struct System;
struct Process;
struct Command;

enum class IoState : std::uint8_t { ok, end, would_block, failed };
struct IoResult {
    IoState state = IoState::ok;
    Errno error = Errno::none;
};

// An open file description, shared by every descriptor that was duplicated from it.
class OpenFile {
  public:
    virtual ~OpenFile() = default;
    // Appends up to `max` bytes to `into`; `ok` means at least one.
    virtual IoResult read(std::string& into, std::size_t max);
    // Appends bytes up to and including `delimiter`, at most `max`, and nothing beyond: for `read` and for scripts.
    // `ok` without the delimiter at the end means more is to come.
    virtual IoResult read_until(std::string& into, char delimiter, std::size_t max);
    virtual IoResult write(std::string_view bytes);              // all of them, or failed
    [[nodiscard]] virtual bool is_full() const { return false; } // writers should rest
    [[nodiscard]] virtual bool is_terminal() const { return false; }
    [[nodiscard]] virtual bool is_pipe() const { return false; }
    [[nodiscard]] virtual NodePtr node() const { return nullptr; } // for fstat; null for pipes and the terminal
    // Whence as in lseek: 0 start, 1 here, 2 end.
    virtual Attempt<std::int64_t> seek(std::int64_t offset, int whence);
    // What a blocked reader or a resting writer waits on.
    [[nodiscard]] virtual void const* wait_key() const { return this; }
    // Whether a read would not have to wait (for `read -t 0`).
    [[nodiscard]] virtual bool has_input() const { return true; }
    [[nodiscard]] bool can_read() const { return readable_; }
    [[nodiscard]] bool can_write() const { return writable_; }

  protected:
    bool readable_ = false, writable_ = false;
};
using FilePtr = std::shared_ptr<OpenFile>;

// Both ends of a new pipe. The reader sees the end once all writers are gone; a writer fails (EPIPE) once the readers
// are.
struct PipeEnds {
    FilePtr reader, writer;
};
PipeEnds make_pipe(Scheduler& scheduler);
FilePtr make_string_source(std::string bytes); // readable, seekable
// Writable; fails with ENOSPC past the limit. What runs in the background may hold it longer than its reader waits, so
// both own the text. With a scheduler, the text's address is a key that wakes when the last descriptor closes.
FilePtr make_string_sink(std::shared_ptr<std::string> into, std::size_t limit, Scheduler* wakes = nullptr);

class FdTable {
  public:
    [[nodiscard]] OpenFile* get(int fd) const {
        return fd >= 0 && static_cast<std::size_t>(fd) < files_.size() ? files_[static_cast<std::size_t>(fd)].get()
                                                                       : nullptr;
    }
    [[nodiscard]] FilePtr shared(int fd) const;
    bool set(int fd, FilePtr file);                // null closes; false when fd is out of bounds
    [[nodiscard]] int lowest_free(int from) const; // -1 when none is left
    [[nodiscard]] int size() const { return static_cast<int>(files_.size()); }

  private:
    std::vector<FilePtr> files_;
};

// Opens a path for a process: devices, /dev/stdin, /dev/fd/N, /dev/tty and fifos included.
Attempt<FilePtr> open_file(System& system, Caller const& caller, FdTable const& files, std::string_view path,
                           OpenFlags flags, unsigned mode = 0666);

struct TerminalSize {
    int columns = 80, rows = 24;
};

// A program that the host runs (Python): everything it needs, and what comes back in pieces.
struct HostRequest {
    std::uint64_t id = 0;
    std::string program;
    std::vector<std::string> argv, environment;
    std::string directory; // absolute
    std::string input;     // all of stdin, unless it is the terminal
    bool input_is_terminal = false;
    std::vector<SavedFile> files; // regular files the program may see, below the working directory and /tmp
};
struct HostReply {
    std::uint64_t id = 0;
    int status = 0;
    std::vector<SavedFile> changed_files;
};

struct Process {
    System& system;
    std::vector<std::string> argv;        // argv[0] is the name it was called by
    std::vector<std::string> environment; // "NAME=value"
    Caller caller;
    FdTable files;
    int pid = 0, parent_pid = 0;
    int depth = 0;                   // programs and subshells inside each other
    int killed_by = 0;               // the signal that ended it
    Errno write_error = Errno::none; // of a write to stdout that failed for another reason than a reader that is gone
    Process(System& of, std::vector<std::string> arguments) : system(of), argv(std::move(arguments)) {}

    static constexpr int sigpipe = 141; // 128 + SIGPIPE

    [[nodiscard]] std::string const& name() const { return argv[0]; }
    [[nodiscard]] Vfs& vfs() const;
    [[nodiscard]] Clock& clock() const;
    [[nodiscard]] Random& random() const;
    [[nodiscard]] TerminalSize terminal_size() const;
    [[nodiscard]] bool is_terminal(int fd) const;
    [[nodiscard]] std::string directory() const;                         // absolute working directory
    [[nodiscard]] std::string_view env(std::string_view variable) const; // empty if unset
    [[nodiscard]] bool has_env(std::string_view variable) const;

    // False when the reader is gone, the descriptor is closed, or a limit was reached.
    bool write(int fd, std::string_view bytes);
    bool out(std::string_view bytes) { return write(1, bytes); }
    bool err(std::string_view bytes) { return write(2, bytes); }
    // Prints "NAME: text\n" on stderr and returns `status`, for `co_return p.fail("...")`.
    int fail(std::string_view text, int status = 1);
    // A place to rest while stdout is full or the slice is used up. Call it in every loop over input.
    [[nodiscard]] Scheduler::Wait breathe();
    [[nodiscard]] Scheduler::Wait sleep(std::int64_t duration_ns);

    // Each is false at the end of the input (or when the descriptor cannot be read).
    Task<bool> read_some(int fd, std::string& into);
    Task<bool> read_line(int fd, std::string& line, char delimiter = '\n'); // `line` keeps its delimiter if it had one
    Task<bool> read_all(int fd, std::string& into);
    // A whole file by path, "-" meaning stdin; permission and kind are checked.
    Task<Errno> read_path(std::string_view path, std::string& into);
    Attempt<FilePtr> open(std::string_view path, OpenFlags flags, unsigned mode = 0666);

    // Runs another command found on PATH (or by its path) with these arguments and our descriptors, in our place in
    // the queue; 127 or 126 with bash's words when it cannot. For env, xargs, find -exec.
    Task<int> run(std::vector<std::string> arguments);
    // Hands a program to the host and streams what it prints; 127 when there is no host for it.
    Task<int> run_on_host(HostRequest request);
};

}
