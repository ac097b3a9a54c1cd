#include "terminal/terminal.hpp"

#include "ground/text.hpp"
#include "terminal/width.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

namespace {

constexpr std::string_view paste_on = "\x1b[?2004h", paste_off = "\x1b[?2004l\r";
constexpr std::string_view leave_program = "\x1b[?1049l\x1b[?1l\x1b[?25h\x1b[m";

std::string home_of(Terminal::Options const& options) { return "/home/" + options.user; }

}

Terminal::Terminal(Options options)
    : options_(std::move(options)), screen_(options_.columns, options_.rows), editor_(*this) {
    editor_.resize(screen_.columns(), screen_.rows());
    begin_shell();
    for (std::string const& line : options_.history) shell_->add_history(line);
    shell_->vfs().restore(options_.changes);
    screen_.set_reply([this](std::string_view bytes) {
        if (is_raw()) raw_bytes(bytes);
    });
    for (std::string const& line : options_.banner) write(line + "\r\n");
    begin_prompt();
}

void Terminal::begin_shell() {
    ShellSetup setup;
    setup.seed = options_.seed;
    setup.now_ns = options_.now_ns;
    setup.user = options_.user;
    setup.home = home_of(options_);
    setup.terminal = {screen_.columns(), screen_.rows()};
    setup.commands = options_.commands;
    shell_ = std::make_unique<Shell>(std::move(setup));
    shell_->set_sink([this](int, std::string_view bytes) { write_output(bytes); });
    shell_->system().host_can_run = options_.can_run;
    shell_->interpreter().assign("PS1", options_.prompt, false);
    for (File const& file : options_.files) {
        std::string const path = joined_path(home_of(options_), file.path);
        shell_->vfs().seed_file(path, file.content, 0644, 1000, 1000);
    }
}

// After `exit` or Ctrl-D the learner gets another shell with the same files, because a lesson without one is no use.
void Terminal::restart_shell(std::string_view note) {
    std::vector<SavedFile> const changed = changes();
    std::vector<std::string> const lines = history();
    options_.now_ns = shell_->system().clock.now_ns;
    begin_shell();
    shell_->vfs().restore(changed);
    for (std::string const& line : lines) shell_->add_history(line);
    write(std::string(note) + "\r\n");
}

// A tty turns LF into CR LF on its way out (ONLCR).
void Terminal::write_output(std::string_view bytes) {
    if (editing_) {
        background_output_ += bytes;
        return;
    }
    std::string converted;
    converted.reserve(bytes.size() + bytes.size() / 16);
    for (char const c : bytes) {
        if (c == '\n') converted += '\r';
        converted += c;
    }
    write(converted);
}

void Terminal::begin_prompt() {
    if (is_raw()) write(leave_program);
    status_ = Status::idle;
    announce_output();
    std::string out(paste_on);
    editing_ = true;
    std::string const prompt = shell_->prompt();
    editor_.begin(prompt, screen_.cursor().column, out);
    write(out);
    if (!shell_->continues() && !draft_.empty()) {
        std::string again;
        editor_.text(std::exchange(draft_, {}), again);
        write(again);
    }
    announced_ = screen_.line_number(screen_.cursor().row);
}

// At the prompt after a command comes what Run wants, then what was typed meanwhile and was not read by the command.
void Terminal::replay_typed() {
    if (!queued_.empty()) return run_command(std::exchange(queued_, {}));
    while (editing_ && !typed_.empty()) {
        std::size_t const end = typed_.find('\n');
        std::string const part = typed_.substr(0, end);
        typed_.erase(0, end == std::string::npos ? std::string::npos : end + 1);
        std::string out;
        editor_.text(part, out);
        write(out);
        if (end != std::string::npos) key(Key::special(Key::Code::enter));
    }
}

// --- Input ---

void Terminal::key(Key const& key) {
    if (editing_) {
        std::string out;
        LineEdit::Result const result = editor_.key(key, out);
        handle(result, out);
        return;
    }
    bool const program_wants_it = is_raw() && status_ == Status::waiting_for_input;
    if (key.is_ctrl(U'c') && !program_wants_it) return interrupt();
    if (is_raw()) return raw_bytes(encode_key(key, screen_.input_modes().application_cursor_keys));
    cooked_key(key);
}

void Terminal::handle(LineEdit::Result result, std::string const& out) {
    write(out);
    if (std::string spoken = editor_.take_spoken(); !spoken.empty()) say(Announcement::Kind::line, std::move(spoken));
    switch (result) {
        case LineEdit::Result::editing: break;
        case LineEdit::Result::accepted: accept_line(); break;
        case LineEdit::Result::interrupted:
            leave_line();
            shell_->interrupt();
            begin_prompt();
            break;
        case LineEdit::Result::end_of_file: end_of_file(); break;
    }
}

void Terminal::text(std::string_view utf8) {
    for (std::size_t at = 0; at <= utf8.size();) {
        std::size_t const end = std::min(utf8.find('\n', at), utf8.size());
        std::string_view const part = utf8.substr(at, end - at);
        if (editing_) {
            std::string out;
            editor_.text(part, out);
            write(out);
        } else if (is_raw()) {
            raw_bytes(part);
        } else {
            cooked_text(part);
        }
        if (end < utf8.size()) key(Key::special(Key::Code::enter));
        at = end + 1;
    }
}

void Terminal::paste(std::string_view utf8) {
    if (!editing_) {
        if (is_raw() && screen_.input_modes().bracketed_paste)
            return raw_bytes("\x1b[200~" + std::string(utf8) + "\x1b[201~");
        return text(utf8);
    }
    std::string out;
    editor_.paste(utf8, out);
    write(out);
}

void Terminal::set_line(std::string_view utf8, std::size_t caret) {
    bool const enter = !utf8.empty() && utf8.back() == '\n';
    if (enter) utf8.remove_suffix(1);
    if (editing_) {
        std::string out;
        editor_.set_line(utf8, caret, out);
        write(out);
    } else if (!takes_keys()) {
        // Only what is still being typed can change: lines that ended are the command's.
        std::size_t const start = typed_.rfind('\n') + 1; // npos + 1 is 0
        rub_out(to_utf32(typed_.substr(start)).size());
        cooked_text(utf8);
    }
    if (enter) key(Key::special(Key::Code::enter));
}

void Terminal::run_command(std::string_view command) {
    if (!editing_) {
        queued_ = command;
        return;
    }
    if (shell_->continues()) {
        std::string out;
        handle(editor_.key(Key::ctrl(U'c'), out), out);
    }
    draft_ = editor_.line();
    set_line(command, to_utf32(command).size());
    key(Key::special(Key::Code::enter));
}

void Terminal::interrupt() {
    if (editing_) return key(Key::ctrl(U'c'));
    drop_command();
    write("^C\r\n");
    shell_->interrupt();
    begin_prompt();
}

void Terminal::out_of_memory() {
    if (editing_) leave_line();
    drop_command();
    restart_shell("bash: out of memory\r\n(a new shell; your files are still here)");
    begin_prompt();
    announce_output();
}

// What runs is to end: neither what was typed to it nor its programs outside are wanted any more.
void Terminal::drop_command() {
    if (is_raw()) write(leave_program);
    typed_.clear();
    queued_.clear();
    host_cancelled_.insert(host_cancelled_.end(), host_running_.begin(), host_running_.end());
    host_running_.clear();
}

void Terminal::end_of_file() {
    if (!editing_) {
        if (is_raw()) return raw_bytes("\x04");
        // In the middle of a line it only hands over what there is.
        if (!typed_.empty() && typed_.back() != '\n')
            shell_->feed_input(std::exchange(typed_, {}));
        else
            shell_->feed_end();
        status_ = Status::busy;
        return;
    }
    std::string out;
    if (!editor_.line().empty()) return handle(editor_.key(Key::ctrl(U'd'), out), out);
    leave_line();
    if (shell_->continues()) {
        write("\r\nbash: syntax error: unexpected end of file\r\n");
        shell_->interrupt();
        shell_->interpreter().status = 2;
    } else {
        restart_shell("exit\r\n(a new shell; your files are still here)");
    }
    begin_prompt();
}

void Terminal::resize(int columns, int rows) {
    screen_.resize(columns, rows);
    editor_.resize(screen_.columns(), screen_.rows());
    shell_->resize({screen_.columns(), screen_.rows()});
    announced_ = screen_.line_number(screen_.cursor().row);
    announced_layout_ = screen_.layout();
    if (status_ == Status::waiting_for_input) status_ = Status::busy;
}

// --- The line discipline while a command runs ---

void Terminal::cooked_key(Key const& key) {
    std::size_t const start = typed_.rfind('\n') + 1;
    std::size_t const count = to_utf32(typed_.substr(start)).size();
    bool const is_backspace = key.code == Key::Code::backspace || key.is_ctrl(U'h');
    if (key.code == Key::Code::enter || key.is_ctrl(U'j') || key.is_ctrl(U'm')) {
        if (mode().echoes) write("\r\n");
        typed_ += '\n';
        if (status_ == Status::waiting_for_input) status_ = Status::busy;
    } else if (is_backspace && !mode().by_line) {
        cooked_text("\x7f");
    } else if (is_backspace) {
        if (count > 0) rub_out(1);
    } else if (key.is_ctrl(U'u')) {
        rub_out(count);
    } else if (key.is_ctrl(U'w')) {
        std::u32string const text = to_utf32(typed_.substr(start));
        std::size_t at = text.size();
        while (at > 0 && text[at - 1] == U' ') --at;
        while (at > 0 && text[at - 1] != U' ') --at;
        rub_out(text.size() - at);
    } else if (key.is_ctrl(U'd')) {
        end_of_file();
    } else if (key.code == Key::Code::tab) {
        cooked_text("\t");
    } else if (key.code == Key::Code::character && !key.control && !key.alt) {
        std::string utf8;
        append_utf8(utf8, key.character);
        cooked_text(utf8);
    }
}

void Terminal::cooked_text(std::string_view utf8) {
    if (typed_.size() + utf8.size() > limits::line_code_points) return write("\a");
    typed_ += utf8;
    if (mode().echoes) write(utf8);
    if (!mode().by_line && status_ == Status::waiting_for_input) status_ = Status::busy;
}

// Takes back the last `count` characters that were echoed.
void Terminal::rub_out(std::size_t count) {
    for (; count > 0; --count) {
        std::size_t at = typed_.size() - 1;
        while (at > 0 && (static_cast<unsigned char>(typed_[at]) & 0xC0u) == 0x80u) --at;
        int const width = width_of_utf8(std::string_view(typed_).substr(at));
        for (int column = 0; column < width && mode().echoes; ++column) write("\b \b");
        typed_.erase(at);
    }
}

// A program on the alternate screen (less, nano) reads keys as they come.
void Terminal::raw_bytes(std::string_view bytes) {
    shell_->feed_input(bytes);
    if (status_ == Status::waiting_for_input) status_ = Status::busy;
}

std::string Terminal::line() const {
    if (editing_) return editor_.line();
    return takes_keys() ? std::string() : typed_.substr(typed_.rfind('\n') + 1);
}

std::size_t Terminal::caret() const { return editing_ ? editor_.caret() : to_utf32(line()).size(); }

// --- Running ---

// What comes from here on is output.
void Terminal::leave_line() {
    editing_ = false;
    write(paste_off);
    announced_ = screen_.line_number(screen_.cursor().row);
    announced_layout_ = screen_.layout();
}

void Terminal::accept_line() {
    std::string line = editor_.line();
    leave_line();
    bool changed = false;
    if (!shell_->expand_history(line, changed)) return begin_prompt();
    if (changed) write_output(line + "\n");
    bool const continues = shell_->continues();
    remember(line, continues);
    if (shell_->submit(line + "\n")) {
        // As in bash, the line that ends a here-document keeps its line end.
        std::vector<std::string>& lines = *shell_->interpreter().history;
        if (continues && lines.size() > history_before_ && has_here_document(lines.back())) lines.back() += '\n';
        status_ = Status::busy;
        return;
    }
    begin_prompt();
}

// One entry for each command, however many lines it took.
void Terminal::remember(std::string const& line, bool continues) {
    std::vector<std::string>& lines = *shell_->interpreter().history;
    if (continues) {
        if (lines.size() > history_before_) join_history_line(lines.back(), line);
        return;
    }
    history_before_ = lines.size();
    shell_->add_history(line);
    // A full history makes room for each new line: the last one is ours all the same.
    if (lines.size() == history_before_ && !lines.empty() && lines.back() == line) history_before_ = lines.size() - 1;
}

Terminal::Status Terminal::step(std::int64_t budget) {
    if (editing_) {
        shell_->step(budget); // jobs in the background
        if (!background_output_.empty()) {
            // A job wrote while a line is edited: its words, then the line again.
            std::string out = "\r\n";
            write(out);
            editing_ = false;
            write_output(std::exchange(background_output_, {}));
            editing_ = true;
            out.clear();
            editor_.redraw(screen_.cursor().column, out);
            write(out);
        }
        return status_;
    }
    switch (shell_->step(budget)) {
        case Shell::State::busy: status_ = Status::busy; break;
        case Shell::State::waiting_for_host: status_ = Status::waiting_for_host; break;
        case Shell::State::waiting_for_input: {
            status_ = Status::waiting_for_input;
            std::size_t const end = mode().by_line ? typed_.find('\n') : typed_.size() - 1;
            if (typed_.empty() || end == std::string::npos) break;
            shell_->feed_input(typed_.substr(0, end + 1));
            typed_.erase(0, end + 1);
            status_ = Status::busy;
            break;
        }
        case Shell::State::idle:
            begin_prompt();
            replay_typed();
            break;
        case Shell::State::exited:
            restart_shell("(a new shell; your files are still here)");
            begin_prompt();
            replay_typed();
            break;
    }
    if (!editing_) announce_output();
    return status_;
}

std::vector<HostRequest> Terminal::take_host_requests() {
    std::vector<HostRequest> requests = shell_->take_host_requests();
    for (HostRequest const& request : requests) host_running_.push_back(request.id);
    return requests;
}

std::vector<std::uint64_t> Terminal::take_host_cancels() { return std::exchange(host_cancelled_, {}); }

void Terminal::host_done(HostReply reply) {
    host_running_.erase(std::remove(host_running_.begin(), host_running_.end(), reply.id), host_running_.end());
    shell_->host_done(std::move(reply));
    if (status_ == Status::waiting_for_host) status_ = Status::busy;
}

void Terminal::commands_came(CommandLookup commands) {
    options_.commands = commands; // for the shell after this one
    shell_->commands_came(commands);
    if (status_ == Status::waiting_for_host) status_ = Status::busy;
}

void Terminal::commands_failed(std::string why) {
    shell_->commands_failed(std::move(why));
    if (status_ == Status::waiting_for_host) status_ = Status::busy;
}

// --- Announcements ---

void Terminal::say(Announcement::Kind kind, std::string text) {
    bool const replaces = kind == Announcement::Kind::line && !announcements_.empty() &&
                          announcements_.back().kind == Announcement::Kind::line;
    if (replaces)
        announcements_.back().text = std::move(text);
    else
        announcements_.push_back({kind, std::move(text)});
}

// Rows above the cursor are finished; before a prompt the cursor's own row is too.
void Terminal::announce_output() {
    if (is_raw()) return;
    if (announced_layout_ != screen_.layout()) {
        announced_layout_ = screen_.layout();
        announced_ = std::min(announced_, screen_.line_number(screen_.cursor().row));
    }
    Cursor const cursor = screen_.cursor();
    bool const is_over = status_ != Status::busy && cursor.column > 0;
    std::int64_t const end = screen_.line_number(cursor.row) + (is_over ? 1 : 0);
    std::string text;
    announced_ = std::max(announced_, screen_.line_number(-screen_.scrollback()));
    for (; announced_ < end; ++announced_) {
        int const row = screen_.row_of_line(announced_);
        text += screen_.row_text(row);
        if (!screen_.is_wrapped(row)) text += '\n';
    }
    // A line that was told unfinished (a question) is not told again; after clearing the screen counting starts anew.
    if (end + 1 < announced_) announced_ = end;
    if (trim(text).empty()) return;
    bool const joins = !announcements_.empty() && announcements_.back().kind == Announcement::Kind::output;
    if (joins)
        announcements_.back().text += text;
    else
        announcements_.push_back({Announcement::Kind::output, std::move(text)});
}

std::vector<Terminal::Announcement> Terminal::take_announcements() {
    std::vector<Announcement> taken = std::exchange(announcements_, {});
    for (Announcement& announcement : taken) {
        if (announcement.kind != Announcement::Kind::output) continue;
        while (!announcement.text.empty() && announcement.text.back() == '\n') announcement.text.pop_back();
        std::vector<std::string_view> const lines = split(announcement.text, '\n');
        int const count = static_cast<int>(lines.size());
        if (count <= limits::announced_lines) continue;
        std::string kept;
        for (int at = 0; at < limits::announced_lines; ++at)
            kept += std::string(lines[static_cast<std::size_t>(at)]) + "\n";
        announcement.text = kept + "\u2026 " + std::to_string(count - limits::announced_lines) + " more lines";
    }
    return taken;
}

}
