#pragma once
// What reduce_lab.cpp (the code panel) and reduce_terminal.cpp (the terminal beside it) share: a lab as authored with
// its session, and the one file that both show.

#include "app/turn.hpp"

#include <string>
#include <string_view>
#include <type_traits>

namespace cw::app {

struct OpenLab {
    lesson::Lab const* lab = nullptr;
    LabSession* session = nullptr;
    explicit operator bool() const { return lab && session; }                         // false until the labs are loaded
    [[nodiscard]] std::string const& file() const { return lab->files.front().name; } // the one in the editor
    [[nodiscard]] std::string saved_name(std::string_view path) const { return lab->id + "/" + std::string(path); }
};

[[nodiscard]] OpenLab find_lab(Turn& turn, std::string_view id);

// The path in the terminal of a file in the home folder, and back; empty where it is not in there.
[[nodiscard]] std::string home_path(std::string_view name);
[[nodiscard]] std::string name_in_home(std::string_view path);

// A new terminal with the author's files and what the learner saved.
void open_terminal(Turn& turn, OpenLab const& open);
void write_file(OpenLab const& open, std::string_view name, std::string_view content);
// The editor and the progress follow the files in the terminal.
void follow_files(Turn& turn, OpenLab const& open);

// The author's files into every lab's session; open_terminals() does the rest.
void place_files(Model& model, std::map<std::string, std::string> const& by_source);
void open_terminals(Turn&);   // as the author left them, with what the learner saved on top
void follow_terminals(Turn&); // after every event: a slice of each that has something to do
void on(Turn&, EditCode const&);
void on(Turn&, RunCode const&);
void on(Turn&, StopCode const&);
void on(Turn&, ResetCode const&);
void on(Turn&, UndoResetCode const&);
void on(Turn&, TerminalKey const&);
void on(Turn&, TerminalLine const&);
void on(Turn&, TerminalPaste const&);
void on(Turn&, TerminalControl const&);
void on(Turn&, TerminalResized const&);
void on(Turn&, MemoryShort const&);
void on(Turn&, TerminalTyped const&);
void on(Turn&, PythonState const&);
void on(Turn&, PythonOutput const&);
void on(Turn&, PythonExited const&);
void hand_on_commands(Turn&, ModuleChanged const&);

// reduce_refusal.cpp
void follow_refusal_lab(Turn&);                  // after every event: what the lab on screen needs, a slice at a time
void note_decisions(Turn&, PythonExited const&); // of the learner's filter
void on(Turn&, StartTraining const&);
void on(Turn&, PauseTraining const&);
void on(Turn&, CancelTraining const&);
void on(Turn&, ApplyPreset const&);
void on(Turn&, ResetLab const&);
void on(Turn&, KeepSetting const&);
void on(Turn&, SaveFile const&);
void on(Turn&, SavePicture const&);
void on(Turn&, TrainerChanged const&);
void on(Turn&, TrainerSaid const&);

// The events that are handled above, by the module whose they are.
template <class E, class... Others>
constexpr bool is_one_of = (std::is_same_v<E, Others> || ...);
template <class E>
constexpr bool is_of_terminals =
    is_one_of<E, EditCode, RunCode, StopCode, ResetCode, UndoResetCode, TerminalKey, TerminalLine, TerminalPaste,
              TerminalControl, TerminalResized, MemoryShort, TerminalTyped, PythonState, PythonOutput, PythonExited>;
template <class E>
constexpr bool is_of_labs = is_one_of<E, StartTraining, PauseTraining, CancelTraining, ApplyPreset, ResetLab,
                                      KeepSetting, SaveFile, SavePicture, TrainerChanged, TrainerSaid>;

}
