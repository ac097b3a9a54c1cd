#pragma once
// What reduce_lab.cpp (the code panel) and reduce_terminal.cpp (the terminal beside it) share: a lab as authored with
// its session, and the one file that both show.

#include "app/turn.hpp"

#include <string>
#include <string_view>

namespace cw::app {

struct OpenLab {
    lesson::Lab const* lab = nullptr;
    LabSession* session = nullptr;
    explicit operator bool() const { return lab && session; } // false until the labs are loaded
    [[nodiscard]] std::string const& file() const { return lab->files.front().name; } // the one in the editor
    [[nodiscard]] std::string saved_name(std::string_view path) const { return lab->id + "/" + std::string(path); }
};

[[nodiscard]] OpenLab find_lab(Turn& turn, std::string_view id);

// The path in the terminal of a file in the home folder, and back; empty where it is not in there.
[[nodiscard]] std::string home_path(std::string_view name);
[[nodiscard]] std::string name_in_home(std::string_view path);

// The author's files into every lab's session; open_labs() does the rest.
void place_files(Model& model, std::map<std::string, std::string> const& by_source);
// A new terminal with the author's files and what the learner saved.
void open_terminal(Turn& turn, OpenLab const& open);
void write_file(OpenLab const& open, std::string_view name, std::string_view content);
// The editor and the progress follow the files in the terminal.
void follow_files(Turn& turn, OpenLab const& open);
// No program runs or waits any more.
void stop_python(Turn& turn);

}
