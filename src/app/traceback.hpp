#pragma once
// Finds the place of an error in what Python wrote to stderr (the traceback module's layout: frames of
// `File "NAME", line N`, the innermost last, then one line `Error: message`). Colours (SGR sequences) are skipped. Only
// frames of one file count: the learner's, not the library's.
//
//   find_traceback(stderr_text, "safety_filter.py")->line

#include <optional>
#include <string>
#include <string_view>

namespace cw::app {

struct Traceback {
    int line = 0; // from 1, of the innermost frame in the file
    std::string message;
};

// `file` is a name without folder. Nothing where no frame of it is there.
[[nodiscard]] std::optional<Traceback> find_traceback(std::string_view error_output, std::string_view file);

}
