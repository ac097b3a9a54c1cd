#pragma once
// Everything that can happen to a lesson, as plain data. A mouse on the canvas, a keyboard and a screen reader all push
// the same event; a log of events replays a session (replay.hpp). Only reduce() acts on them.

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace cw::app {

// --- the lesson's life ---
struct LessonLoaded {
    std::string json;
    std::string saved;      // stored progress, empty if none
    std::string slide;      // from the address, empty if none
    std::uint64_t seed = 0; // for a learner without saved progress
    double now_ms = 0;
};
struct LessonMissing {
    std::string message;
};
struct Tick {
    double now_ms = 0; // monotonic
};
struct VisibilityChanged {
    bool visible = true;
    double now_ms = 0;
};
struct Activity { // the learner did something that is no other event: a pointer, a key, a scroll
    double now_ms = 0;
};
struct SaveFailed {
    std::string reason;
};
struct RendererChanged { // WebGL: there, lost, or never had
    enum class State { drawing, lost, unavailable };
    State state = State::drawing;
};

// --- moving about ---
struct GoTo {
    std::string slide;
    enum class Cause { button, address };
    Cause cause = Cause::button;
};
struct Next {};
struct Previous {};
struct ToggleOutline {};
struct ToggleReadingView {};
struct Restart {}; // asks first
struct ConfirmRestart {};
struct CancelRestart {};
struct UndoRestart {};
struct DismissNotice {
    std::string id;
};

// --- questions and tasks ---
struct Choose {
    std::string question, option;
};
struct Check {
    std::string question;
};
struct TryAgain {
    std::string question;
};
struct EditAnswer {
    std::string task, text;
};
struct SubmitAnswer {
    std::string task;
};
struct ReviseAnswer {
    std::string task;
};
struct ShowSolution {
    std::string task;
};
struct TickPoint {
    std::string task, point;
    bool ticked = false;
};

// --- the code panel ---
struct EditCode {
    std::string lab, text;
};
struct RunCode {
    std::string lab;
};
struct StopCode {
    std::string lab;
};
struct ResetCode {
    std::string lab;
};
struct UndoResetCode {
    std::string lab;
};

// --- the terminal ---
struct TerminalKey { // DOM KeyboardEvent.key, for keys that the text box does not handle itself
    std::string lab, key;
    bool ctrl = false, alt = false, shift = false;
};
struct TerminalLine { // the text box now holds this
    std::string lab, text;
    int caret = 0; // UTF-16 units, as the DOM counts
};
struct TerminalPaste {
    std::string lab, text;
};
struct TerminalControl { // holds or lets go a Ctrl key on screen: the next key or letter is typed with it
    std::string lab;
};
struct TerminalResized { // the screen has room for so many columns
    std::string lab;
    int columns = 0;
};
struct MemoryShort {}; // the program holds about as much as a page should
struct TerminalTyped { // text for a program that reads keys itself
    std::string lab, text;
};

// --- Python, from its worker ---
struct PythonState {
    enum class State { absent, loading, ready, failed };
    State state = State::absent;
    std::string message;
};
struct PythonOutput {
    int run = 0;
    enum class Stream { out, error };
    Stream stream = Stream::out;
    std::string bytes;
};
struct PythonExited {
    int run = 0;
    int status = 0;
    enum class Cause { ended, stopped, time_limit, output_limit, crashed };
    Cause cause = Cause::ended;
    std::map<std::string, std::string> files; // changed files, by absolute path
};

// --- the refusal simulator ---
struct SetLever {
    std::string block, lever;
    double value = 0;
};

// --- the refusal lab; `block` is its id, the names of its settings are in refusal_lab.hpp ---
struct StartTraining {
    std::string block;
};
struct PauseTraining { // or goes on
    std::string block;
};
struct CancelTraining {
    std::string block;
};
struct ApplyPreset {
    std::string block, preset;
};
struct ResetLab {
    std::string block;
};
struct KeepSetting { // as a point of the frontier chart
    std::string block, label;
};
struct ToggleTable { // of a chart's numbers
    std::string block, chart;
};
struct SaveFile {
    std::string name, type, text;
};
struct SavePicture { // of what is drawn over a node
    std::string name, node;
};
// --- code that the first slides do not need and that LoadModule asked for ---
// `labs`: the refusal lab and the tables of charts; `terminals`: code panels with their terminals; `commands`: those of
// the terminals that are not part of the shell. Each is on top of the one before it and ready after it.
enum class Module { labs, terminals, commands };
constexpr std::size_t module_count = 3;
struct ModuleChanged {
    Module module = Module::labs;
    enum class State { ready, failed };
    State state = State::ready;
    std::string message;
    // With `labs`: its words (Words), and what the labs find in their folders, by source name.
    std::map<std::string, std::string> words, files;
};
// --- from the worker that runs the real model ---
struct TrainerChanged {
    enum class State { ready, failed };
    State state = State::ready;
    std::string message;
};
struct TrainerSaid {
    std::string bytes; // a tiny::Report, encoded
};

using Event =
    std::variant<LessonLoaded, LessonMissing, Tick, VisibilityChanged, Activity, SaveFailed, RendererChanged, GoTo,
                 Next, Previous, ToggleOutline, ToggleReadingView, Restart, ConfirmRestart, CancelRestart, UndoRestart,
                 DismissNotice, Choose, Check, TryAgain, EditAnswer, SubmitAnswer, ReviseAnswer, ShowSolution,
                 TickPoint, EditCode, RunCode, StopCode, ResetCode, UndoResetCode, TerminalKey, TerminalLine,
                 TerminalPaste, TerminalTyped, PythonState, PythonOutput, PythonExited, SetLever, StartTraining,
                 PauseTraining, CancelTraining, ApplyPreset, ResetLab, KeepSetting, ToggleTable, SaveFile, SavePicture,
                 TrainerChanged, TrainerSaid, ModuleChanged, TerminalControl, TerminalResized, MemoryShort>;

}
