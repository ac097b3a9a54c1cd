#pragma once
// What the file commands share: names of users, symbolic modes, sizes in blocks, joining names, and asking the user.

#include "terminal/process.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

[[nodiscard]] std::string user_name(Process& p, int uid);
// What stat and du call blocks: of 512 bytes, in units of a 4,096-byte page.
[[nodiscard]] std::int64_t blocks_of(Node const& node);
// "755", "u+x,go-w", "a=rX"; `mask` holds back bits where no u, g, o or a is given. None for a wrong one.
[[nodiscard]] std::optional<unsigned> parse_mode(std::string_view text, unsigned old_mode, bool is_directory,
                                                 unsigned mask);
// "directory/name" without a doubled slash.
[[nodiscard]] std::string path_in(std::string_view directory, std::string_view name);
// Without slashes at the end ("/" stays).
[[nodiscard]] std::string without_slashes(std::string_view path);
// "directory", "regular file", "regular empty file", "symbolic link", ...
[[nodiscard]] std::string_view kind_name(Node const& node);
// Whether the word names a program of the command table or a file on PATH.
[[nodiscard]] bool is_program(Process& p, std::string_view name);
// Why it cannot be run: no such file or directory, permission denied, or nothing.
[[nodiscard]] Errno program_error(Process& p, std::string_view name);
// Prints the question on stderr and reads an answer; true for y or Y.
Task<bool> ask(Process& p, std::string question);

}
