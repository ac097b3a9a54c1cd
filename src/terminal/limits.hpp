#pragma once
// Every bound on what a learner can make the shell do, in one place. Reaching one is not an error of ours: the shell
// says so in words on stderr and ends the command, and the page stays alive. Sizes are bytes unless a name says
// otherwise. The numbers leave room for any honest script of a lesson and keep a tab below about 200 MB.

#include <cstddef>
#include <cstdint>

namespace cw::terminal::limits {

constexpr std::size_t script_bytes = 4u << 20;       // one script, sourced file, or eval string
constexpr std::size_t tokens = 400'000;              // words and operators in one parsed command
constexpr int nesting = 200;                         // brackets, quotes, compound commands inside each other
constexpr int call_depth = 1'000;                    // functions, source and eval inside each other
constexpr int subshell_depth = 100;                  // subshells and substitutions inside each other
constexpr std::uint64_t quiet_turns = 20'000'000;    // commands in a row without a byte of output or input
constexpr std::int64_t background_turns = 2'000'000; // of what a script leaves behind
constexpr std::uint64_t output_bytes = 64u << 20;    // to the screen (or a substitution) by one command line
constexpr std::size_t value_bytes = 16u << 20;       // one variable, word, or substitution
constexpr std::size_t expansion_words = 500'000;     // words from one expansion (braces, globs, splitting)
constexpr std::size_t array_elements = 500'000;      // in one array
constexpr int arithmetic_depth = 200;                // brackets
constexpr int arithmetic_levels = 64;                // names that name expressions; even, as bash's limit is
constexpr std::uint64_t pattern_steps = 20'000'000;  // backtracking of one pattern match
constexpr int descriptors = 256;                     // numbers a process may use, and open ones
constexpr std::size_t pipe_bytes = 64u << 10;        // a writer rests when this much waits in a pipe
constexpr std::size_t processes = 256;               // alive at the same time
constexpr std::size_t history_lines = 1'000;

constexpr std::size_t host_files = 2'000;     // handed to a program of the host, with these many bytes in all
constexpr std::size_t host_bytes = 16u << 20; // from folders at most so deep
constexpr int host_folder_depth = 16;

constexpr std::size_t files = 20'000;            // nodes in the file system
constexpr std::size_t file_bytes = 16u << 20;    // in one file
constexpr std::size_t total_bytes = 64u << 20;   // in all files
constexpr std::size_t archive_bytes = 32u << 20; // in a tar archive, unpacked
constexpr std::size_t name_bytes = 255;          // one path component
constexpr std::size_t path_bytes = 4'096;        // a whole path
constexpr int symlink_hops = 40;                 // while resolving one path

constexpr std::size_t jq_bytes = 64u << 20; // all values and steps in waiting of one jq
constexpr std::uint32_t jq_depth = 320;     // arrays and objects inside each other in one of its values
constexpr std::size_t jq_items = 4'000'000; // the last place of an array that can be set

constexpr std::size_t nano_bytes = 1u << 20; // a text that the editor opens
constexpr std::size_t nano_undo = 500;       // changes that it can take back

}
