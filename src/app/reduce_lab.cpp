// The code panel, and the files that it shares with the terminal beside it.

#include "app/lab.hpp"
#include "ground/text.hpp"
#include "lesson/limits.hpp"

namespace cw::app {

namespace {

constexpr std::string_view home = "/home/learner/";

void forget_error(LabSession& session) {
    session.error_line = 0;
    session.error_text.clear();
}

void set_code(Turn& turn, OpenLab const& open, std::string code) {
    std::map<std::string, std::string>& files = turn.model.progress.files;
    if (code == open.session->original)
        files.erase(open.saved_name(open.file()));
    else
        files[open.saved_name(open.file())] = code;
    open.session->code = std::move(code);
    forget_error(*open.session);
    write_file(open, open.file(), open.session->code);
}

// The learner's files of this lab as they are in the terminal now. What equals the author's file is not the learner's,
// and what every run writes anew is not worth keeping.
std::map<std::string, std::string> changed_files(OpenLab const& open) {
    std::map<std::string, std::string> files;
    for (terminal::SavedFile& file : open.session->terminal->changes()) {
        std::string const name = name_in_home(file.path);
        if (file.kind != terminal::FileKind::regular || file.removed || name.empty()) continue;
        if (name == open.lab->decisions_file || name == ".bash_history") continue;
        auto const original = open.session->originals.find(name);
        if (original != open.session->originals.end() && original->second == file.content) continue;
        files[open.saved_name(name)] = std::move(file.content);
    }
    return files;
}

}

OpenLab find_lab(Turn& turn, std::string_view id) {
    auto const* const lab = find_block<lesson::Lab>(turn.model.course, id);
    if (!lab) return {};
    auto const found = turn.model.session.labs.find(std::string(id));
    return {lab, found == turn.model.session.labs.end() ? nullptr : &found->second};
}

std::string home_path(std::string_view name) { return std::string(home) + std::string(name); }

std::string name_in_home(std::string_view path) {
    return path.substr(0, home.size()) == home ? std::string(path.substr(home.size())) : std::string();
}

void write_file(OpenLab const& open, std::string_view name, std::string_view content) {
    terminal::Vfs& files = open.session->terminal->files();
    terminal::Caller const learner{files.root()};
    // A learner may have made it unreadable; the editor is theirs all the same.
    if (files.write_file(learner, home_path(name), content) != terminal::Errno::none) {
        terminal::Caller const root{files.root(), 0, 0};
        files.write_file(root, home_path(name), content);
    }
    open.session->files_seen = files.version();
}

void follow_files(Turn& turn, OpenLab const& open) {
    terminal::Vfs& files = open.session->terminal->files();
    if (files.version() == open.session->files_seen) return;
    open.session->files_seen = files.version();
    std::map<std::string, std::string> const mine = changed_files(open);
    std::map<std::string, std::string>& saved = turn.model.progress.files;
    std::map<std::string, std::string> const before = saved;
    std::string const prefix = open.saved_name("");
    for (auto it = saved.lower_bound(prefix); it != saved.end() && it->first.compare(0, prefix.size(), prefix) == 0;)
        it = saved.erase(it);
    saved.insert(mine.begin(), mine.end());
    if (saved != before) turn.save_soon();
    terminal::Caller const root{files.root(), 0, 0};
    terminal::Attempt<std::string> const edited = files.read_file(root, home_path(open.file()));
    if (!edited || edited.value == open.session->code) return;
    open.session->code = repaired_utf8(edited.value);
    open.session->replaced.reset();
    forget_error(*open.session);
}

void place_files(Model& model, std::map<std::string, std::string> const& by_source) {
    for (lesson::Slide const& slide : model.course.slides) {
        for (lesson::Block const& block : slide.blocks) {
            auto const* const lab = std::get_if<lesson::Lab>(&block);
            if (!lab) continue;
            LabSession& session = model.session.labs[lab->id];
            for (lesson::LabFile const& file : lab->files) {
                auto const found = by_source.find(file.source);
                session.originals[file.name] = found == by_source.end() ? "" : found->second;
            }
            session.original = session.originals[lab->files.front().name];
        }
    }
}

void open_terminals(Turn& turn) {
    stop_python(turn);
    for (lesson::Slide const& slide : turn.model.course.slides) {
        for (lesson::Block const& block : slide.blocks) {
            auto const* const lab = std::get_if<lesson::Lab>(&block);
            if (!lab) continue;
            OpenLab const open{lab, &turn.model.session.labs[lab->id]};
            LabSession& session = *open.session;
            auto const saved = turn.model.progress.files.find(open.saved_name(open.file()));
            session.code = saved == turn.model.progress.files.end() ? session.original : saved->second;
            session.replaced.reset();
            session.run = Run::idle;
            session.runs_code = false;
            session.decisions.reset();
            session.decisions_failure.clear();
            forget_error(session);
            open_terminal(turn, open);
        }
    }
}

void on(Turn& turn, EditCode const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open) return;
    std::string code = repaired_utf8(event.text);
    if (cut_to(code, lesson::code_limit_bytes)) turn.show_notice({"too_long", turn.words("notice.too_long")});
    if (code == open.session->code) return;
    set_code(turn, open, std::move(code));
    open.session->replaced.reset();
    turn.save_soon();
}

void on(Turn& turn, ResetCode const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open || open.session->code == open.session->original) return;
    std::string before = open.session->code;
    set_code(turn, open, open.session->original);
    open.session->replaced = std::move(before);
    turn.announce(turn.words("code.reset.announce", {{"file", open.file()}}));
    turn.save_now();
}

void on(Turn& turn, UndoResetCode const& event) {
    OpenLab const open = find_lab(turn, event.lab);
    if (!open || !open.session->replaced) return;
    set_code(turn, open, std::move(*open.session->replaced));
    open.session->replaced.reset();
    turn.announce(turn.words("code.undo_reset.announce"));
    turn.save_now();
}

}
