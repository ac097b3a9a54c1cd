// The terminal: keys and text go in, slices of the shell run, programs go to Python and come back. The Run button types
// its command here, so that what a learner sees is what they could have typed.

#include "app/lab.hpp"
#include "app/reduce.hpp"
#include "app/traceback.hpp"
#include "ground/text.hpp"
#include "lesson/limits.hpp"

#include <algorithm>
#include <utility>

namespace cw::app {

namespace {

using terminal::Key;
using terminal::Terminal;

constexpr std::string_view prompts_file = "prompts.json"; // what a filter's decisions are counted against

bool is_python(std::string_view program) { return program == "python3" || program == "python"; }

// A DOM KeyboardEvent.key as a key of the terminal; nothing for keys that mean nothing to it.
std::optional<Key> key_of(TerminalKey const& event) {
    static constexpr std::pair<std::string_view, Key::Code> named[] = {
        {"Enter", Key::Code::enter},   {"Tab", Key::Code::tab},        {"Backspace", Key::Code::backspace},
        {"Escape", Key::Code::escape}, {"ArrowLeft", Key::Code::left}, {"ArrowRight", Key::Code::right},
        {"ArrowUp", Key::Code::up},    {"ArrowDown", Key::Code::down}, {"Home", Key::Code::home},
        {"End", Key::Code::end},       {"PageUp", Key::Code::page_up}, {"PageDown", Key::Code::page_down},
        {"Insert", Key::Code::insert}, {"Delete", Key::Code::del}};
    Key key;
    key.control = event.ctrl;
    key.alt = event.alt;
    key.shift = event.shift;
    for (auto const& [name, code] : named)
        if (event.key == name) {
            key.code = code;
            return key;
        }
    std::u32string const letters = to_utf32(event.key);
    if (letters.size() != 1) return {};
    key.character = letters[0];
    if (key.control && key.character >= U'A' && key.character <= U'Z') key.character += U'a' - U'A';
    return key;
}

// Code points before `units` UTF-16 units, as the DOM counts a caret.
std::size_t code_points_before(std::string_view text, int units) {
    std::size_t count = 0;
    int seen = 0;
    for (std::size_t at = 0; at < text.size() && seen < units; ++count)
        seen += next_code_point(text, at) > 0xFFFF ? 2 : 1;
    return count;
}

void stir(OpenLab const& open) { open.session->stirred = true; }

// The one character that `after` has before its caret and `before` does not; nothing if they differ otherwise.
std::optional<char32_t> typed_character(std::string_view before, std::string_view after, std::size_t caret) {
    std::u32string text = to_utf32(after);
    if (caret == 0 || caret > text.size()) return {};
    char32_t const typed = text[caret - 1];
    text.erase(caret - 1, 1);
    if (text != to_utf32(before)) return {};
    return typed;
}

// With the Ctrl key on screen held: the letter as that key, and Ctrl is let go.
void press_with_control(OpenLab const& open, char32_t letter) {
    open.session->holds_control = false;
    Key key;
    key.character = letter >= U'A' && letter <= U'Z' ? letter + (U'a' - U'A') : letter;
    key.control = true;
    open.session->terminal->key(key);
}

void start_next_python(Turn& turn) {
    Session& session = turn.model.session;
    if (session.python_jobs.empty() || session.python_jobs.front().run != 0) return;
    PythonJob& job = session.python_jobs.front();
    job.run = session.next_run++;
    RunPython effect;
    effect.run = job.run;
    effect.arguments = job.request.argv;
    effect.folder = job.request.directory;
    effect.input = std::move(job.request.input);
    for (terminal::SavedFile& file : job.request.files)
        if (file.kind == terminal::FileKind::regular && !file.removed)
            effect.files[file.path] = std::move(file.content);
    for (std::string const& entry : job.request.environment) {
        std::size_t const equals = entry.find('=');
        if (equals != std::string::npos) effect.environment[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    if (OpenLab const open = find_lab(turn, job.lab)) {
        open.session->errors.clear();
        open.session->error_line = 0;
        open.session->error_text.clear();
    }
    turn.add(std::move(effect));
}

// Programs that were interrupted in the terminal leave the queue; the one that runs is stopped.
void cancel_python(Turn& turn, std::string const& lab, std::uint64_t id) {
    std::vector<PythonJob>& jobs = turn.model.session.python_jobs;
    for (auto job = jobs.begin(); job != jobs.end(); ++job) {
        if (job->lab != lab || job->request.id != id) continue;
        if (job->run != 0) turn.add(StopPython{job->run});
        jobs.erase(job);
        return;
    }
}

void take_python(Turn& turn, OpenLab const& open) {
    for (std::uint64_t const id : open.session->terminal->take_host_cancels()) cancel_python(turn, open.lab->id, id);
    for (terminal::HostRequest& request : open.session->terminal->take_host_requests())
        turn.model.session.python_jobs.push_back({0, open.lab->id, std::move(request)});
    start_next_python(turn);
}

Run run_of(Turn const& turn, Terminal const& terminal) {
    if (terminal.status() == Terminal::Status::idle) return Run::idle;
    bool const waits_for_python = terminal.status() == Terminal::Status::waiting_for_host &&
                                  turn.model.session.python.state != PythonState::State::ready;
    return waits_for_python ? Run::starting : Run::running;
}

void follow_history(Turn& turn, Terminal const& terminal) {
    std::vector<std::string> const& lines = terminal.history();
    std::size_t const from = lines.size() > lesson::history_limit ? lines.size() - lesson::history_limit : 0;
    std::vector<std::string>& saved = turn.model.progress.history;
    if (std::equal(lines.begin() + static_cast<std::ptrdiff_t>(from), lines.end(), saved.begin(), saved.end())) return;
    saved.assign(lines.begin() + static_cast<std::ptrdiff_t>(from), lines.end());
    turn.save_soon();
}

void finish_run(Turn& turn, OpenLab const& open) {
    LabSession& session = *open.session;
    session.runs_code = false;
    if (session.error_line > 0) return; // was said already
    int const status = session.terminal->last_status();
    std::string said = status == 0 ? turn.words("code.done.announce")
                                   : turn.words("code.status.announce", {{"status", std::to_string(status)}});
    if (session.decisions) {
        refusal::analytic::FilterCounts const& total = session.decisions->total;
        auto const count = [](int number) { return std::to_string(number); };
        said +=
            " " + turn.words("decisions.harmful_through", {{"count", count(session.decisions->harmful_let_through())},
                                                           {"total", count(total.harmful)}});
        said += ". " +
                turn.words("decisions.harmless_blocked",
                           {{"count", count(total.harmless_blocked)}, {"total", count(total.harmless)}}) +
                ".";
    }
    turn.announce(std::move(said));
}

void read_decisions(OpenLab const& open, PythonExited const& event) {
    auto const written = event.files.find(home_path(open.lab->decisions_file));
    if (open.lab->decisions_file.empty() || written == event.files.end()) return;
    LabSession& session = *open.session;
    session.decisions.reset();
    session.decisions_failure.clear();
    refusal::LoadedSuite const loaded = refusal::load_suite(session.originals[std::string(prompts_file)]);
    Result<refusal::FilterReport> report = refusal::read_decisions(written->second, loaded.suite);
    if (report)
        session.decisions = std::move(report).value();
    else
        session.decisions_failure = report.error().message;
}

// What a limit or a crash has to say stands in the terminal, where the program's own last words would.
void explain_end(Turn const& turn, Terminal& terminal, std::uint64_t id, PythonExited::Cause cause) {
    std::string text;
    switch (cause) {
        case PythonExited::Cause::ended:
        case PythonExited::Cause::stopped: return;
        case PythonExited::Cause::time_limit:
            text = turn.words("code.time_limit", {{"seconds", std::to_string(python_time_limit_s)}});
            break;
        case PythonExited::Cause::output_limit: text = turn.words("code.output_limit"); break;
        case PythonExited::Cause::crashed: text = turn.words("code.crashed"); break;
    }
    terminal.host_output(id, 2, "\n" + text + "\n");
}

}

void open_terminal(Turn& turn, OpenLab const& open) {
    Terminal::Options options;
    options.columns = open.lab->columns;
    options.rows = open.lab->rows;
    options.banner = open.lab->banner;
    options.prompt = open.lab->prompt;
    options.seed = turn.model.progress.seed;
    options.history = turn.model.progress.history;
    options.can_run = is_python;
    options.commands = turn.model.session.commands;
    for (auto const& [name, content] : open.session->originals) options.files.push_back({home_path(name), content});
    std::string const prefix = open.saved_name("");
    for (auto const& [name, content] : turn.model.progress.files) {
        if (name.compare(0, prefix.size(), prefix) != 0) continue;
        terminal::SavedFile file;
        file.path = home_path(name.substr(prefix.size()));
        file.content = content;
        options.changes.push_back(std::move(file));
    }
    open.session->terminal = std::make_unique<Terminal>(std::move(options));
    static_cast<void>(open.session->terminal->take_announcements()); // the log has the banner; nothing happened yet
    open.session->files_seen = open.session->terminal->files().version();
    open.session->stirred = false;
}

void stop_python(Turn& turn) {
    std::vector<PythonJob>& jobs = turn.model.session.python_jobs;
    if (!jobs.empty() && jobs.front().run != 0) turn.add(StopPython{jobs.front().run});
    jobs.clear();
}

bool lab_waits(Model const& model) {
    for (auto const& [id, session] : model.session.labs)
        if (session.terminal && session.terminal->has_work()) return true;
    return false;
}

void follow_terminals(Turn& turn) {
    for (auto& [id, session] : turn.model.session.labs) {
        if (!session.terminal) continue;
        if (!session.terminal->has_work() && !session.stirred) continue;
        session.stirred = false;
        OpenLab const open = find_lab(turn, id);
        session.terminal->step(terminal_steps_a_turn);
        LateModule::State const commands = turn.model.session.module(Module::commands).state;
        bool const on_the_way = commands == LateModule::State::loading || commands == LateModule::State::ready;
        if (session.terminal->waits_for_commands() && !on_the_way) load(turn, Module::commands); // once more
        take_python(turn, open);
        for (Terminal::Announcement& announcement : session.terminal->take_announcements())
            turn.announce(std::move(announcement.text));
        if (std::uint32_t const bells = session.terminal->screen().bells();
            std::exchange(session.bells, bells) != bells)
            turn.add(Flash{"lab/" + id + "/terminal/output"});
        follow_files(turn, open);
        follow_history(turn, *session.terminal);
        session.run = run_of(turn, *session.terminal);
        if (session.runs_code && session.run == Run::idle) finish_run(turn, open);
    }
}

void on(Turn& turn, RunCode const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open) return;
    if (open.session->run != Run::idle) return turn.announce(turn.words("code.busy"));
    open.session->runs_code = true;
    open.session->decisions.reset();
    open.session->decisions_failure.clear();
    open.session->terminal->run_command(open.lab->run);
    turn.announce(turn.words("code.run.announce", {{"file", open.file()}}));
    stir(open);
}

void on(Turn& turn, StopCode const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open || open.session->run == Run::idle) return;
    open.session->runs_code = false;
    turn.announce(turn.words("code.stopped.announce"));
    open.session->terminal->interrupt();
    stir(open);
}

void on(Turn& turn, TerminalKey const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    std::optional<Key> key = key_of(event);
    if (!open || !key) return;
    if (std::exchange(open.session->holds_control, false)) key->control = true;
    open.session->terminal->key(*key);
    stir(open);
}

void on(Turn& turn, TerminalLine const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open) return;
    std::string const text = repaired_utf8(event.text);
    std::size_t const caret = code_points_before(text, event.caret);
    std::optional<char32_t> const typed =
        open.session->holds_control ? typed_character(open.session->terminal->line(), text, caret) : std::nullopt;
    if (typed)
        press_with_control(open, *typed);
    else
        open.session->terminal->set_line(text, caret);
    stir(open);
}

void on(Turn& turn, TerminalControl const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (open) open.session->holds_control = !open.session->holds_control;
}

void on(Turn& turn, TerminalResized const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open) return;
    open.session->terminal->resize(event.columns, open.lab->rows);
    stir(open);
}

void on(Turn& turn, MemoryShort const&) {
    for (auto& [id, session] : turn.model.session.labs) {
        if (!session.terminal) continue;
        session.terminal->out_of_memory();
        session.stirred = true;
    }
}

void on(Turn& turn, TerminalPaste const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open) return;
    open.session->terminal->paste(repaired_utf8(event.text));
    stir(open);
}

void on(Turn& turn, TerminalTyped const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open) return;
    std::string const text = repaired_utf8(event.text);
    std::u32string const letters = to_utf32(text);
    if (open.session->holds_control && letters.size() == 1)
        press_with_control(open, letters[0]);
    else
        open.session->terminal->text(text);
    stir(open);
}

void on(Turn& turn, PythonState const& event) {
    Session& session = turn.model.session;
    session.python = event;
    if (event.state == PythonState::State::failed)
        turn.show_notice({"python", turn.words("notice.python.failed", {{"message", event.message}})});
    else
        turn.hide_notice("python");
    for (auto& [id, lab] : session.labs)
        if (lab.terminal) lab.run = run_of(turn, *lab.terminal);
}

void hand_on_commands(Turn& turn, ModuleChanged const& event) {
    for (auto& [id, lab] : turn.model.session.labs) {
        if (!lab.terminal) continue;
        if (event.state == ModuleChanged::State::ready)
            lab.terminal->commands_came(turn.model.session.commands);
        else
            lab.terminal->commands_failed(event.message);
    }
}

void on(Turn& turn, PythonOutput const& event) {
    std::vector<PythonJob> const& jobs = turn.model.session.python_jobs;
    if (jobs.empty() || jobs.front().run != event.run) return; // of a program that was stopped
    OpenLab const open = find_lab(turn, jobs.front().lab);
    bool const is_error = event.stream == PythonOutput::Stream::error;
    open.session->terminal->host_output(jobs.front().request.id, is_error ? 2 : 1, event.bytes);
    if (is_error) {
        std::string& errors = open.session->errors;
        errors += event.bytes;
        if (errors.size() > error_output_limit_bytes) errors.erase(0, errors.size() - error_output_limit_bytes);
    }
    stir(open);
}

void on(Turn& turn, PythonExited const& event) {
    std::vector<PythonJob>& jobs = turn.model.session.python_jobs;
    if (jobs.empty() || jobs.front().run != event.run) return;
    PythonJob const job = std::move(jobs.front());
    jobs.erase(jobs.begin());
    OpenLab const open = find_lab(turn, job.lab);
    Terminal& terminal = *open.session->terminal;
    explain_end(turn, terminal, job.request.id, event.cause);
    terminal::HostReply reply;
    reply.id = job.request.id;
    reply.status = event.status;
    for (auto const& [path, content] : event.files) {
        terminal::SavedFile file;
        file.path = path;
        file.modified_ns = terminal.shell().system().clock.now_ns;
        file.content = content;
        reply.changed_files.push_back(std::move(file));
    }
    terminal.host_done(std::move(reply));
    read_decisions(open, event);
    if (std::optional<Traceback> const error = find_traceback(open.session->errors, open.file());
        error && event.status != 0) {
        open.session->error_line = error->line;
        open.session->error_text = error->message;
        turn.announce(
            turn.words("code.error.announce", {{"line", std::to_string(error->line)}, {"message", error->message}}));
    }
    stir(open);
}

}
