#pragma once
// Gzip files (RFC 1952) as bytes in memory, for gzip and tar. Both ways rest between blocks, so that Ctrl-C stops them;
// what comes out of a small file is handed on in pieces, so that the taker's limit stops it.

#include "terminal/process.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace cw::terminal::commands {

struct Gunzipped {
    std::string problem;    // in gzip's words after the name, empty if all went well
    bool blank_line = true; // gzip begins a new line before them
    bool stopped = false;   // by `put`
    bool garbage = false;   // bytes after the last member that are not zeros
    std::string name;       // in the header
    std::int64_t seconds = 0;
    std::uint32_t crc = 0;        // of the last member
    std::size_t size = 0;         // of its content
    std::size_t header_bytes = 0; // with the trailer; 0 if there were several members
};

[[nodiscard]] bool is_gzip(std::string_view bytes);
// `put` takes the content; false stops.
Task<Gunzipped> gunzip(Process& p, std::string_view bytes, std::function<bool(std::string_view)> put);
Task<std::string> gzip(Process& p, std::string_view bytes, int level, std::string name, std::int64_t seconds);

constexpr std::size_t gzip_header_size = 10, gzip_trailer_size = 8; // without the name
constexpr int gzip_level = 6;                                       // unless another is asked for

}
