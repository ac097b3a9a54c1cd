#pragma once
// The two ends of a text command: Output gathers what goes to stdout and passes it on as stdio does (line by line to a
// terminal, else in blocks), and Input reads lines or blocks from the operand files in turn, "-" being stdin, without
// ever holding more than a line of a stream. A missing file is reported in the command's words and skipped.
//
//   Output out(p);
//   Input in(p, arguments.operands);
//   std::string_view line;
//   while (co_await in.next(line)) out.line(line), co_await p.breathe();
//   co_return out.close(in.failed() ? 1 : 0);

#include "terminal/process.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

class Output {
  public:
    explicit Output(Process& p) : p_(p), to_terminal_(p.is_terminal(1)) {}

    void put(std::string_view text) {
        buffer_ += text;
        if (buffer_.size() >= 4096 || (to_terminal_ && !text.empty() && text.back() == '\n')) flush();
    }
    void put(char c) { put(std::string_view(&c, 1)); }
    void line(std::string_view text, char end = '\n') {
        buffer_ += text;
        put(end);
    }
    void flush();
    // Whether the reader has gone (or a limit was reached): time to stop.
    [[nodiscard]] bool broken() const { return broken_; }
    // Flushes; the status to end with.
    int close(int status);

  private:
    Process& p_;
    std::string buffer_;
    bool to_terminal_;
    bool broken_ = false;
};

// How a command words a file that cannot be opened or read; % stands for the name, $ for the name in quotes.
struct InputWords {
    std::string_view open = "%";
    std::string_view read = "%"; // a directory
};

// Reads everything there is to get without waiting, or waits: false at the end.
Task<bool> read_some(Process& p, OpenFile& file, std::string& into);

class Input {
  public:
    // No operands: stdin.
    Input(Process& p, std::vector<std::string> operands, char delimiter = '\n', InputWords words = {});

    struct Next;
    // The next line of the files, without its delimiter; the view holds until the next call.
    [[nodiscard]] Next next(std::string_view& line);
    // The next piece of the current file, of any size; for commands that look at bytes.
    Task<bool> next_block(std::string& block);
    // Opens the next file that can be read; false when none is left. next() does it by itself; a command that treats
    // each file apart calls it, and then next_in_file.
    bool open_next();
    // Called with the name of a directory before it is refused (head prints its header then).
    std::function<void(std::string const&)> before_directory;
    // Instead of a message, if set.
    std::function<void(std::string const&, Errno)> on_error;
    Task<bool> fill(std::string_view& line, bool across_files);
    [[nodiscard]] Next next_in_file(std::string_view& line);

    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool had_delimiter() const { return had_delimiter_; }     // of the line read last
    [[nodiscard]] std::string const& name() const { return name_; }         // as given
    [[nodiscard]] std::size_t file_number() const { return next_operand_; } // of the current file, from 1
    [[nodiscard]] bool is_open() const { return file_ != nullptr; }
    [[nodiscard]] OpenFile* file() const { return file_.get(); }
    [[nodiscard]] std::string_view read_ahead() const { return std::string_view(buffer_).substr(at_); }
    // Whether no further line comes from the current file; may wait for input.
    Task<bool> at_end_of_file();
    // Whether no line is left in any file; may open the next ones to see.
    Task<bool> at_end();
    // Gives what was read ahead back to a file that can seek, so that the next reader of stdin gets it.
    void give_back();
    void close_file();
    void set_delimiter(char delimiter) { delimiter_ = delimiter; }

    bool take(std::string_view& line);

  private:
    void report(std::string_view words, Errno error);

    Process& p_;
    std::vector<std::string> operands_;
    char delimiter_;
    InputWords words_;
    std::size_t next_operand_ = 0;
    FilePtr file_;
    std::string name_;
    std::string buffer_;
    std::size_t at_ = 0;      // of the first byte not given out
    std::size_t scanned_ = 0; // no delimiter before it
    bool ended_ = false;      // the current file
    bool failed_ = false, had_delimiter_ = true;
};

// Awaiting it does not suspend while a whole line is in memory.
struct Input::Next {
    Input& input;
    std::string_view& line;
    bool across_files;
    Task<bool> slow;
    bool found = false;
    [[nodiscard]] bool await_ready() { return found = input.take(line); }
    template <class Parent>
    void await_suspend(std::coroutine_handle<Parent> parent) {
        slow = input.fill(line, across_files);
        slow.await_suspend(parent);
    }
    bool await_resume() { return slow ? slow.await_resume() : found; }
};
inline Input::Next Input::next(std::string_view& line) { return {*this, line, true, {}}; }
inline Input::Next Input::next_in_file(std::string_view& line) { return {*this, line, false, {}}; }

// A whole file, or stdin for "-"; reports a failure in the words of the command and answers false.
Task<bool> read_whole(Process& p, std::string name, std::string& into, InputWords words = {});

// --files0-from: the names in a file, each ended by NUL, into `operands`; the status to end with, or -1. What is no
// name is fatal, or with `skipped` only told of there.
Task<int> names_from(Process& p, std::string list, std::vector<std::string>& operands, int mistake_status,
                     bool* skipped = nullptr);

// "NAME: what: No such file or directory", `what` from words with % and $ replaced.
void report_file(Process& p, std::string_view words, std::string_view file, Errno error);

}
