// The code panel and the terminal beside it.

#include "app/turn.hpp"
#include "ground/text.hpp"
#include "lesson/limits.hpp"

namespace cw::app {

namespace {

struct Found {
    lesson::Lab const* lab = nullptr;
    LabSession* session = nullptr;
    explicit operator bool() const { return lab && session; }
    [[nodiscard]] std::string const& file() const { return lab->files.front().name; }
};

Found find_lab(Turn& turn, std::string_view id) {
    auto const* const lab = find_block<lesson::Lab>(turn.model.course, id);
    if (!lab) return {};
    auto const found = turn.model.session.labs.find(std::string(id));
    return {lab, found == turn.model.session.labs.end() ? nullptr : &found->second};
}

std::string saved_name(Found const& found) { return found.lab->id + "/" + found.file(); }

void set_code(Turn& turn, Found const& found, std::string code) {
    auto& files = turn.model.progress.files;
    if (code == found.session->original)
        files.erase(saved_name(found));
    else
        files[saved_name(found)] = code;
    found.session->code = std::move(code);
    found.session->error_line = 0;
    found.session->error_text.clear();
}

}

void open_labs(Turn& turn) {
    for (lesson::Slide const& slide : turn.model.course.slides) {
        for (lesson::Block const& block : slide.blocks) {
            auto const* const lab = std::get_if<lesson::Lab>(&block);
            if (!lab) continue;
            LabSession& session = turn.model.session.labs[lab->id];
            auto const saved = turn.model.progress.files.find(saved_name({lab, &session}));
            session.code = saved == turn.model.progress.files.end() ? session.original : saved->second;
            session.replaced.reset();
            session.error_line = 0;
            session.error_text.clear();
        }
    }
}

void on(Turn& turn, EditCode const& event) {
    Found const found = find_lab(turn, event.lab);
    if (!found) return;
    std::string code = repaired_utf8(event.text);
    if (cut_to(code, lesson::code_limit_bytes)) turn.show_notice({"too_long", turn.words("notice.too_long")});
    if (code == found.session->code) return;
    set_code(turn, found, std::move(code));
    found.session->replaced.reset();
    turn.save_soon();
}

void on(Turn& turn, ResetCode const& event) {
    Found const found = find_lab(turn, event.lab);
    if (!found || found.session->code == found.session->original) return;
    found.session->replaced = found.session->code;
    set_code(turn, found, found.session->original);
    turn.announce(turn.words("code.reset.announce", {{"file", found.file()}}));
    turn.save_now();
}

void on(Turn& turn, UndoResetCode const& event) {
    Found const found = find_lab(turn, event.lab);
    if (!found || !found.session->replaced) return;
    set_code(turn, found, std::move(*found.session->replaced));
    found.session->replaced.reset();
    turn.announce(turn.words("code.undo_reset.announce"));
    turn.save_now();
}

void on(Turn&, RunCode const&) {}
void on(Turn&, StopCode const&) {}
void on(Turn&, TerminalKey const&) {}
void on(Turn&, TerminalLine const&) {}
void on(Turn&, TerminalPaste const&) {}
void on(Turn&, TerminalTyped const&) {}
void on(Turn& turn, PythonState const& event) { turn.model.session.python = event; }
void on(Turn&, PythonOutput const&) {}
void on(Turn&, PythonExited const&) {}

}
