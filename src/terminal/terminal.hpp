#pragma once
// The terminal of a lesson, whole but for drawing: a shell, the line editor in front of it, the line discipline of a
// tty while a command runs, and the screen that shows it all. The page gives it keys and text, calls step() until it is
// idle, and reads screen(). It has no clock and no threads: the shell runs in slices.
//
//   Terminal terminal(options);
//   terminal.run_command("python3 safety_filter.py");
//   while (terminal.step(10'000) == Terminal::Status::busy) draw(terminal.screen());

#include "terminal/key.hpp"
#include "terminal/line_edit.hpp"
#include "terminal/screen.hpp"
#include "terminal/shell.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

class Terminal final : private LineEditHost {
  public:
    struct File {
        std::string path; // absolute, or in the home folder
        std::string content;
    };
    struct Options {
        int columns = 80, rows = 24;
        std::vector<std::string> banner;
        std::string prompt = "> "; // PS1
        std::uint64_t seed = 1;
        std::int64_t now_ns = 1'700'000'000'000'000'000;
        std::string user = "learner";
        std::vector<File> files;        // the lesson's
        std::vector<SavedFile> changes; // the learner's, from changes() of an earlier session
        std::vector<std::string> history;
        // Which programs (python3) the page can run for the shell.
        std::function<bool(std::string_view program)> can_run;
        CommandLookup commands = commands::command_named; // or null: commands_came() is to follow
    };
    enum class Status : std::uint8_t {
        idle,              // the prompt is up
        busy,              // call step() again
        waiting_for_input, // a command reads the keyboard
        waiting_for_host,  // take_host_requests(), host_output(), host_done(); or commands are to come
    };

    explicit Terminal(Options options);

    // --- what the learner does
    void key(Key const& key);
    void text(std::string_view utf8); // from an input method or phone keyboard; "\n" is Enter
    void paste(std::string_view utf8);
    // The input field of the page now holds this; `caret` in code points. "\n" at the end is Enter.
    void set_line(std::string_view utf8, std::size_t caret);
    // As if typed and entered; what was being typed comes back at the next prompt. While a command runs it waits for
    // the prompt, and a later one takes its place.
    void run_command(std::string_view command);
    void interrupt();   // Ctrl-C
    void end_of_file(); // Ctrl-D
    // Whatever runs ends, and a new shell begins: the old one holds more than the page has.
    void out_of_memory();
    void resize(int columns, int rows);

    // One slice of the shell, about `budget` steps. The screen may have changed after it.
    Status step(std::int64_t budget);
    [[nodiscard]] Status status() const { return status_; }
    // Whether step() has something to do: a command, or jobs while a line is typed.
    [[nodiscard]] bool has_work() const { return status_ == Status::busy || shell_->works_in_background(); }

    // --- what there is to see and to hear
    [[nodiscard]] Screen const& screen() const { return screen_; }
    // The line being edited, for the page's input field. Empty while a command runs, but for what is typed to it.
    [[nodiscard]] std::string line() const;
    [[nodiscard]] std::size_t caret() const; // in code points
    // Whether what is typed is keys, each on its own, and not an edit of that line: in a program on the whole screen,
    // while the editor searches, and while a command reads single characters or without showing them.
    [[nodiscard]] bool takes_keys() const {
        return is_raw() || (editing_ ? editor_.takes_keys() : !mode().by_line || !mode().echoes);
    }
    struct Announcement {
        enum class Kind : std::uint8_t { output, line } kind;
        std::string text; // lines apart by "\n"; at most limits::announced_lines of them, then "... N more lines"
    };
    // What a screen reader should say since the last call: finished output, and the line after history or completion.
    [[nodiscard]] std::vector<Announcement> take_announcements();

    // --- the shell behind it
    [[nodiscard]] Vfs& files() { return shell_->vfs(); }
    [[nodiscard]] Shell& shell() { return *shell_; }
    [[nodiscard]] std::vector<SavedFile> changes() const { return shell_->vfs().changes(); }
    [[nodiscard]] std::vector<std::string> const& history() const override { return shell_->history(); }
    [[nodiscard]] int last_status() const { return shell_->last_status(); }

    // --- programs that the page runs (Python)
    [[nodiscard]] std::vector<HostRequest> take_host_requests();
    // Ids of programs that were interrupted and must be stopped.
    [[nodiscard]] std::vector<std::uint64_t> take_host_cancels();
    void host_output(std::uint64_t id, int fd, std::string_view bytes) { shell_->host_output(id, fd, bytes); }
    void host_done(HostReply reply);

    // --- commands that come later than the shell: see Shell
    [[nodiscard]] bool waits_for_commands() const { return shell_->waits_for_commands(); }
    void commands_came(CommandLookup commands);
    void commands_failed(std::string why);

  private:
    [[nodiscard]] Completions complete(std::string_view line, std::size_t caret) override;
    void begin_shell();
    void restart_shell(std::string_view note);
    void write(std::string_view bytes) { screen_.write(bytes); }
    void write_output(std::string_view bytes);
    void begin_prompt();
    void replay_typed();
    void handle(LineEdit::Result result, std::string const& out);
    void leave_line();
    void drop_command();
    void accept_line();
    void remember(std::string const& line, bool continues);
    void cooked_key(Key const& key);
    void cooked_text(std::string_view utf8);
    void rub_out(std::size_t count);
    void raw_bytes(std::string_view bytes);
    [[nodiscard]] TerminalMode const& mode() const { return shell_->system().terminal_mode; }
    [[nodiscard]] bool is_raw() const { return screen_.is_alternate(); }
    void announce_output();
    void say(Announcement::Kind kind, std::string text);

    Options options_;
    Screen screen_;
    std::unique_ptr<Shell> shell_;
    LineEdit editor_;
    Status status_ = Status::idle;
    bool editing_ = false;
    // Typed while a command runs and not read yet: whole lines with "\n", then what is still being typed.
    std::string typed_;
    std::string draft_;  // what Run found half typed
    std::string queued_; // what Run will type at the next prompt
    std::size_t history_before_ = 0;
    std::string background_output_; // written while a line is edited
    std::vector<std::uint64_t> host_running_, host_cancelled_;
    std::vector<Announcement> announcements_;
    std::int64_t announced_ = 0; // the first line that was not announced yet
    std::uint32_t announced_layout_ = 0;
};

// What Tab offers for a command line (terminal_complete.cpp): commands, files, variables, options.
[[nodiscard]] Completions complete_command_line(Shell& shell, std::string_view line, std::size_t caret);
// Adds another line to a command of several as bash keeps it in its history: "for i in 1 2; do echo $i; done".
[[nodiscard]] bool has_here_document(std::string_view command);
void join_history_line(std::string& command, std::string_view line);

}
