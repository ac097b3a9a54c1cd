#pragma once
// The name and the fields of every event, for the log (replay.cpp): one line each, in the order of event.hpp. An
// archive has text, bytes, number, flag, word and texts, and either writes or reads.

#include "app/event.hpp"

#include <string_view>

namespace cw::app {

// clang-format off
constexpr std::string_view event_name(LessonLoaded const&) { return "lesson_loaded"; }
constexpr std::string_view event_name(LessonMissing const&) { return "lesson_missing"; }
constexpr std::string_view event_name(Tick const&) { return "tick"; }
constexpr std::string_view event_name(VisibilityChanged const&) { return "visibility"; }
constexpr std::string_view event_name(Activity const&) { return "activity"; }
constexpr std::string_view event_name(SaveFailed const&) { return "save_failed"; }
constexpr std::string_view event_name(RendererChanged const&) { return "renderer"; }
constexpr std::string_view event_name(GoTo const&) { return "go_to"; }
constexpr std::string_view event_name(Next const&) { return "next"; }
constexpr std::string_view event_name(Previous const&) { return "previous"; }
constexpr std::string_view event_name(ToggleOutline const&) { return "toggle_outline"; }
constexpr std::string_view event_name(ToggleReadingView const&) { return "toggle_reading_view"; }
constexpr std::string_view event_name(Restart const&) { return "restart"; }
constexpr std::string_view event_name(ConfirmRestart const&) { return "confirm_restart"; }
constexpr std::string_view event_name(CancelRestart const&) { return "cancel_restart"; }
constexpr std::string_view event_name(UndoRestart const&) { return "undo_restart"; }
constexpr std::string_view event_name(DismissNotice const&) { return "dismiss_notice"; }
constexpr std::string_view event_name(Choose const&) { return "choose"; }
constexpr std::string_view event_name(Check const&) { return "check"; }
constexpr std::string_view event_name(TryAgain const&) { return "try_again"; }
constexpr std::string_view event_name(EditAnswer const&) { return "edit_answer"; }
constexpr std::string_view event_name(SubmitAnswer const&) { return "submit_answer"; }
constexpr std::string_view event_name(ReviseAnswer const&) { return "revise_answer"; }
constexpr std::string_view event_name(ShowSolution const&) { return "show_solution"; }
constexpr std::string_view event_name(TickPoint const&) { return "tick_point"; }
constexpr std::string_view event_name(EditCode const&) { return "edit_code"; }
constexpr std::string_view event_name(RunCode const&) { return "run_code"; }
constexpr std::string_view event_name(StopCode const&) { return "stop_code"; }
constexpr std::string_view event_name(ResetCode const&) { return "reset_code"; }
constexpr std::string_view event_name(UndoResetCode const&) { return "undo_reset_code"; }
constexpr std::string_view event_name(TerminalKey const&) { return "terminal_key"; }
constexpr std::string_view event_name(TerminalLine const&) { return "terminal_line"; }
constexpr std::string_view event_name(TerminalPaste const&) { return "terminal_paste"; }
constexpr std::string_view event_name(TerminalTyped const&) { return "terminal_typed"; }
constexpr std::string_view event_name(TerminalResized const&) { return "terminal_resized"; }
constexpr std::string_view event_name(MemoryShort const&) { return "memory_short"; }
constexpr std::string_view event_name(TerminalControl const&) { return "terminal_control"; }
constexpr std::string_view event_name(PythonState const&) { return "python_state"; }
constexpr std::string_view event_name(PythonOutput const&) { return "python_output"; }
constexpr std::string_view event_name(PythonExited const&) { return "python_exited"; }
constexpr std::string_view event_name(SetLever const&) { return "set_lever"; }
constexpr std::string_view event_name(StartTraining const&) { return "start_training"; }
constexpr std::string_view event_name(PauseTraining const&) { return "pause_training"; }
constexpr std::string_view event_name(CancelTraining const&) { return "cancel_training"; }
constexpr std::string_view event_name(ApplyPreset const&) { return "apply_preset"; }
constexpr std::string_view event_name(ResetLab const&) { return "reset_lab"; }
constexpr std::string_view event_name(KeepSetting const&) { return "keep_setting"; }
constexpr std::string_view event_name(ToggleTable const&) { return "toggle_table"; }
constexpr std::string_view event_name(SaveFile const&) { return "save_file"; }
constexpr std::string_view event_name(SavePicture const&) { return "save_picture"; }
constexpr std::string_view event_name(TrainerChanged const&) { return "trainer_changed"; }
constexpr std::string_view event_name(ModuleChanged const&) { return "module_changed"; }
constexpr std::string_view event_name(TrainerSaid const&) { return "trainer_said"; }

template <class A> void fields(A& a, LessonLoaded& e) {
    a.text("json", e.json), a.text("saved", e.saved), a.text("slide", e.slide);
    a.number("seed", e.seed), a.number("now_ms", e.now_ms);
}
template <class A> void fields(A& a, LessonMissing& e) { a.text("message", e.message); }
template <class A> void fields(A& a, Tick& e) { a.number("now_ms", e.now_ms); }
template <class A> void fields(A& a, VisibilityChanged& e) { a.flag("visible", e.visible), a.number("now_ms", e.now_ms); }
template <class A> void fields(A& a, Activity& e) { a.number("now_ms", e.now_ms); }
template <class A> void fields(A& a, SaveFailed& e) { a.text("reason", e.reason); }
template <class A> void fields(A& a, RendererChanged& e) { a.word("state", e.state, {"drawing", "lost", "unavailable"}); }
template <class A> void fields(A& a, GoTo& e) { a.text("slide", e.slide), a.word("cause", e.cause, {"button", "address"}); }
template <class A> void fields(A&, Next&) {}
template <class A> void fields(A&, Previous&) {}
template <class A> void fields(A&, ToggleOutline&) {}
template <class A> void fields(A&, ToggleReadingView&) {}
template <class A> void fields(A&, Restart&) {}
template <class A> void fields(A&, ConfirmRestart&) {}
template <class A> void fields(A&, CancelRestart&) {}
template <class A> void fields(A&, UndoRestart&) {}
template <class A> void fields(A& a, DismissNotice& e) { a.text("id", e.id); }
template <class A> void fields(A& a, Choose& e) { a.text("question", e.question), a.text("option", e.option); }
template <class A> void fields(A& a, Check& e) { a.text("question", e.question); }
template <class A> void fields(A& a, TryAgain& e) { a.text("question", e.question); }
template <class A> void fields(A& a, EditAnswer& e) { a.text("task", e.task), a.text("text", e.text); }
template <class A> void fields(A& a, SubmitAnswer& e) { a.text("task", e.task); }
template <class A> void fields(A& a, ReviseAnswer& e) { a.text("task", e.task); }
template <class A> void fields(A& a, ShowSolution& e) { a.text("task", e.task); }
template <class A> void fields(A& a, TickPoint& e) {
    a.text("task", e.task), a.text("point", e.point), a.flag("ticked", e.ticked);
}
template <class A> void fields(A& a, EditCode& e) { a.text("lab", e.lab), a.text("text", e.text); }
template <class A> void fields(A& a, RunCode& e) { a.text("lab", e.lab); }
template <class A> void fields(A& a, StopCode& e) { a.text("lab", e.lab); }
template <class A> void fields(A& a, ResetCode& e) { a.text("lab", e.lab); }
template <class A> void fields(A& a, UndoResetCode& e) { a.text("lab", e.lab); }
template <class A> void fields(A& a, TerminalKey& e) {
    a.text("lab", e.lab), a.text("key", e.key), a.flag("ctrl", e.ctrl), a.flag("alt", e.alt), a.flag("shift", e.shift);
}
template <class A> void fields(A& a, TerminalLine& e) {
    a.text("lab", e.lab), a.text("text", e.text), a.number("caret", e.caret);
}
template <class A> void fields(A& a, TerminalPaste& e) { a.text("lab", e.lab), a.text("text", e.text); }
template <class A> void fields(A& a, TerminalControl& e) { a.text("lab", e.lab); }
template <class A> void fields(A& a, TerminalResized& e) { a.text("lab", e.lab), a.number("columns", e.columns); }
template <class A> void fields(A&, MemoryShort&) {}
template <class A> void fields(A& a, TerminalTyped& e) { a.text("lab", e.lab), a.text("text", e.text); }
template <class A> void fields(A& a, PythonState& e) {
    a.word("state", e.state, {"absent", "loading", "ready", "failed"}), a.text("message", e.message);
}
template <class A> void fields(A& a, PythonOutput& e) {
    a.number("run", e.run), a.word("stream", e.stream, {"out", "error"}), a.bytes("bytes", e.bytes);
}
template <class A> void fields(A& a, PythonExited& e) {
    a.number("run", e.run), a.number("status", e.status);
    a.word("cause", e.cause, {"ended", "stopped", "time_limit", "output_limit", "crashed"}), a.texts("files", e.files);
}
template <class A> void fields(A& a, SetLever& e) {
    a.text("block", e.block), a.text("lever", e.lever), a.number("value", e.value);
}
template <class A> void fields(A& a, StartTraining& e) { a.text("block", e.block); }
template <class A> void fields(A& a, PauseTraining& e) { a.text("block", e.block); }
template <class A> void fields(A& a, CancelTraining& e) { a.text("block", e.block); }
template <class A> void fields(A& a, ApplyPreset& e) { a.text("block", e.block), a.text("preset", e.preset); }
template <class A> void fields(A& a, ResetLab& e) { a.text("block", e.block); }
template <class A> void fields(A& a, KeepSetting& e) { a.text("block", e.block), a.text("label", e.label); }
template <class A> void fields(A& a, ToggleTable& e) { a.text("block", e.block), a.text("chart", e.chart); }
template <class A> void fields(A& a, SaveFile& e) { a.text("name", e.name), a.text("type", e.type), a.text("text", e.text); }
template <class A> void fields(A& a, SavePicture& e) { a.text("name", e.name), a.text("node", e.node); }
template <class A> void fields(A& a, TrainerChanged& e) {
    a.word("state", e.state, {"ready", "failed"}), a.text("message", e.message);
}
template <class A> void fields(A& a, ModuleChanged& e) {
    a.word("module", e.module, {"labs", "terminals", "commands"}), a.word("state", e.state, {"ready", "failed"});
    a.text("message", e.message), a.texts("words", e.words), a.texts("files", e.files);
}
template <class A> void fields(A& a, TrainerSaid& e) { a.bytes("bytes", e.bytes); }
// clang-format on

}
