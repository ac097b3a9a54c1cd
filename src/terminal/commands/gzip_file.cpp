#include "terminal/commands/deflate.hpp"
#include "terminal/commands/gzip.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr std::string_view magic("\x1f\x8b", 2);
constexpr char by_deflate = 8, by_unix = 3;
constexpr unsigned flag_crc = 2, flag_extra = 4, flag_name = 8, flag_comment = 16, flags_unknown = 0xe0;

std::uint32_t number_at(std::string_view bytes, std::size_t at, int size = 4) {
    std::uint32_t value = 0;
    for (int i = size; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

void put_number(std::string& out, std::uint32_t value) {
    for (int i = 0; i < 4; ++i, value >>= 8) out += static_cast<char>(value & 255);
}

// Moves `at` past the header of a member; the name and time are noted for the first.
void read_header(std::string_view bytes, std::size_t& at, Gunzipped& out) {
    out.problem = ": unexpected end of file";
    if (at + 3 > bytes.size()) return;
    if (bytes[at + 2] != by_deflate) {
        out.problem =
            ": unknown method " + std::to_string(static_cast<unsigned char>(bytes[at + 2])) + " -- not supported";
        out.blank_line = false;
        return;
    }
    if (at + gzip_header_size > bytes.size()) return;
    unsigned const flags = static_cast<unsigned char>(bytes[at + 3]);
    if (flags & flags_unknown) {
        out.problem = flags & 0x20 ? " is encrypted -- not supported"
                                   : " has flags 0x" + format_integer("%", 'x', flags) + " -- not supported";
        out.blank_line = false;
        return;
    }
    out.seconds = number_at(bytes, at + 4);
    at += gzip_header_size;
    if (flags & flag_extra) {
        if (at + 2 > bytes.size()) return;
        at += 2 + number_at(bytes, at, 2);
    }
    for (unsigned const text : {flag_name, flag_comment}) {
        if (!(flags & text)) continue;
        std::size_t const end = bytes.find('\0', at);
        if (end == std::string_view::npos) return;
        if (text == flag_name) out.name = bytes.substr(at, end - at);
        at = end + 1;
    }
    if (flags & flag_crc) at += 2;
    if (at <= bytes.size()) out.problem.clear();
}

}

bool is_gzip(std::string_view bytes) { return bytes.substr(0, magic.size()) == magic; }

Task<Gunzipped> gunzip(Process& p, std::string_view bytes, std::function<bool(std::string_view)> put) {
    Gunzipped out;
    std::size_t at = 0;
    for (bool first = true;; first = false) {
        if (!is_gzip(bytes.substr(at))) {
            out.garbage = bytes.find_first_not_of('\0', at) != std::string_view::npos;
            if (first) out.problem = bytes.size() < 2 ? ": unexpected end of file" : ": not in gzip format";
            co_return out;
        }
        std::size_t const start = at;
        read_header(bytes, at, out);
        if (!out.problem.empty()) co_return out;
        out.header_bytes = first ? at - start + gzip_trailer_size : 0;
        out.crc = 0;
        out.size = 0;
        Inflater inflater(bytes.substr(at));
        std::string window;
        for (auto state = Inflater::State::more; state == Inflater::State::more;) {
            std::size_t const known = std::min(window.size(), deflate_window);
            window.erase(0, window.size() - known);
            state = inflater.more(window, deflate_window);
            std::string_view const fresh = std::string_view(window).substr(known);
            out.crc = crc32(fresh, out.crc);
            out.size += fresh.size();
            if (state == Inflater::State::damaged) out.problem = ": invalid compressed data--format violated";
            if (state == Inflater::State::cut) out.problem = ": unexpected end of file";
            if (state != Inflater::State::damaged && !fresh.empty() && !put(fresh)) {
                out.stopped = true;
                co_return out;
            }
            co_await p.breathe();
        }
        at += inflater.position();
        if (out.problem.empty() && at + gzip_trailer_size > bytes.size()) out.problem = ": unexpected end of file";
        if (!out.problem.empty()) co_return out;
        bool const good_crc = number_at(bytes, at) == out.crc;
        bool const good_size = number_at(bytes, at + 4) == static_cast<std::uint32_t>(out.size);
        if (!good_crc || !good_size)
            out.problem = std::string(": invalid compressed data--") + (good_crc ? "length" : "crc") + " error";
        at += gzip_trailer_size;
        if (!out.problem.empty() || at == bytes.size()) co_return out;
    }
}

Task<std::string> gzip(Process& p, std::string_view bytes, int level, std::string name, std::int64_t seconds) {
    std::string out(magic);
    out += by_deflate;
    out += static_cast<char>(name.empty() ? 0 : flag_name);
    put_number(out, static_cast<std::uint32_t>(std::max<std::int64_t>(seconds, 0)));
    out += static_cast<char>(level == 1 ? 4 : level == 9 ? 2 : 0);
    out += by_unix;
    if (!name.empty()) (out += name) += '\0';
    Deflater deflater(bytes, level);
    while (deflater.more(out)) co_await p.breathe();
    put_number(out, crc32(bytes));
    put_number(out, static_cast<std::uint32_t>(bytes.size()));
    co_return out;
}

}
