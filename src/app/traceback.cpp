#include "app/traceback.hpp"

#include "ground/scanner.hpp"
#include "ground/text.hpp"

namespace cw::app {

namespace {

std::string without_colours(std::string_view text) {
    std::string out;
    Scanner in(text);
    while (!in.done()) {
        if (!in.consume("\x1b[")) {
            out += in.take();
            continue;
        }
        in.take_while([](char c) { return c < '@' || c > '~'; });
        in.take();
    }
    return out;
}

// The line number of `File "…NAME", line N`, if the row is a frame of the file.
std::optional<int> frame_line(std::string_view row, std::string_view file) {
    Scanner in(trim(row));
    if (!in.consume("File \"")) return {};
    std::string_view const path = in.until("\"");
    std::string_view const name = path.substr(path.rfind('/') + 1);
    if (name != file || !in.consume(", line ")) return {};
    std::string_view const digits = in.take_while([](char c) { return c >= '0' && c <= '9'; });
    std::optional<std::int64_t> const line = parse_integer(digits);
    if (!line || *line < 1 || *line > 1'000'000) return {};
    return static_cast<int>(*line);
}

}

std::optional<Traceback> find_traceback(std::string_view error_output, std::string_view file) {
    std::string const text = without_colours(error_output);
    std::optional<Traceback> found;
    std::string_view last;
    for (std::string_view const row : split(text, '\n')) {
        if (std::optional<int> const line = frame_line(row, file)) found = Traceback{*line, {}};
        if (!is_blank(row) && row.front() != ' ') last = trim(row); // frames and source are indented, the error is not
    }
    if (found) found->message = last;
    return found;
}

}
