// hexdump and hd: bytes as numbers and characters.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr std::size_t row_bytes = 16;

// A form of a row: the numbers' size in bytes, their conversion, and the columns that each takes.
struct DumpForm {
    char letter;
    std::size_t size;
    std::string_view spec;
    char conversion;
    int width;
};
constexpr DumpForm forms[] = {{0, 2, "%04", 'x', 5},   {'b', 1, "%03", 'o', 4}, {'c', 1, "%03", 'o', 4},
                              {'d', 2, "%05", 'u', 8}, {'o', 2, "%06", 'o', 8}, {'x', 2, "%04", 'x', 8}};
constexpr char canonical = 'C';

std::string canonical_row(std::string_view row) {
    std::string line = " ", text;
    for (std::size_t i = 0; i < row_bytes; ++i) {
        if (i == row_bytes / 2) line += ' ';
        line += i < row.size() ? " " + format_integer("%02", 'x', static_cast<unsigned char>(row[i])) : "   ";
        if (i < row.size()) text += row[i] >= 32 && row[i] < 127 ? row[i] : '.';
    }
    return line + "  |" + text + "|";
}

std::string row_in(DumpForm const& form, std::string_view row) {
    std::string line;
    for (std::size_t at = 0; at < row_bytes; at += form.size) {
        std::string cell;
        if (at < row.size()) {
            std::int64_t value = static_cast<unsigned char>(row[at]);
            if (form.size == 2 && at + 1 < row.size()) value |= static_cast<unsigned char>(row[at + 1]) << 8;
            cell = form.letter == 'c' ? character_or_octal(row[at]) : format_integer(form.spec, form.conversion, value);
        }
        line += padded(cell, form.width);
    }
    return line;
}

class Dump {
  public:
    Dump(Output& out, std::vector<char> letters, std::int64_t offset, bool all)
        : out_(out), letters_(std::move(letters)), offset_(offset), all_(all) {}

    void row(std::string_view bytes) {
        bool const repeats = !all_ && bytes.size() == row_bytes && bytes == before_;
        if (repeats && !starred_) out_.line("*");
        starred_ = repeats;
        before_ = bytes;
        for (char const letter : letters_) {
            if (repeats) break;
            auto const form = std::find_if(std::begin(forms), std::end(forms),
                                           [letter](DumpForm const& one) { return one.letter == letter; });
            out_.line(address(letter) + (letter == canonical ? canonical_row(bytes) : row_in(*form, bytes)));
        }
        offset_ += static_cast<std::int64_t>(bytes.size());
    }
    void end() {
        if (!before_.empty()) out_.line(address(letters_.front()));
    }

  private:
    [[nodiscard]] std::string address(char letter) const {
        return format_integer(letter == canonical ? "%08" : "%07", 'x', offset_);
    }

    Output& out_;
    std::vector<char> letters_;
    std::int64_t offset_;
    bool all_;
    bool starred_ = false;
    std::string before_;
};

Task<int> run_dump(Process& p, Command const& command, std::vector<char> letters) {
    Arguments const arguments = parse_arguments(p, command);
    if (arguments.ended()) co_return arguments.status;
    std::int64_t skip = 0, left = -1;
    for (Option const& option : arguments.options) {
        auto const number = parse_size(option.value, true);
        if (option.id == 'n' || option.id == 's') {
            if (!number) co_return p.fail("failed to parse " + std::string(option.id == 'n' ? "length" : "offset"));
            (option.id == 'n' ? left : skip) = *number;
        } else if (option.id != 'v') {
            letters.push_back(static_cast<char>(option.id));
        }
    }
    if (letters.empty()) letters.push_back(0);
    Output out(p);
    Input in(p, arguments.operands);
    Dump dump(out, std::move(letters), skip, arguments.has('v'));
    std::string waiting, block;
    bool any = false;
    while (left != 0 && in.open_next()) {
        any = true;
        while (left != 0 && !out.broken() && co_await in.next_block(block)) {
            auto const drop = static_cast<std::size_t>(std::min<std::int64_t>(skip, std::int64_t(block.size())));
            skip -= static_cast<std::int64_t>(drop);
            block.erase(0, drop);
            if (left >= 0)
                block.resize(static_cast<std::size_t>(std::min<std::int64_t>(left, std::int64_t(block.size()))));
            if (left >= 0) left -= static_cast<std::int64_t>(block.size());
            waiting += block;
            std::size_t at = 0;
            for (; at + row_bytes <= waiting.size(); at += row_bytes)
                dump.row(std::string_view(waiting).substr(at, row_bytes));
            waiting.erase(0, at);
        }
    }
    if (!waiting.empty()) dump.row(waiting);
    dump.end();
    int const status = out.close(in.failed() ? 1 : 0);
    if (in.failed() && !any) p.fail("all input file arguments failed");
    co_return status;
}

Task<int> run_hexdump(Process& p) { return run_dump(p, hexdump_command, {}); }
Task<int> run_hd(Process& p) { return run_dump(p, hd_command, {canonical}); }

constexpr std::string_view summary = "display file contents in hexadecimal, decimal, octal, or characters";
constexpr std::string_view manual =
    "  -b, --one-byte-octal     bytes in octal\n"
    "  -c, --one-byte-char      bytes as characters\n"
    "  -C, --canonical          bytes in hexadecimal and as characters\n"
    "  -d, --two-bytes-decimal  pairs of bytes in decimal\n"
    "  -n, --length=LENGTH      only LENGTH bytes\n"
    "  -o, --two-bytes-octal    pairs of bytes in octal\n"
    "  -s, --skip=OFFSET        skip OFFSET bytes first\n"
    "  -v, --no-squeezing       no * for rows like the one before\n"
    "  -x, --two-bytes-hex      pairs of bytes in hexadecimal\n";

}

Command const hexdump_command{"hexdump", summary, "hexdump [options] [file]...", manual, nullptr, run_hexdump};
Command const hd_command{"hd", summary, "hd [options] [file]...", manual, nullptr, run_hd};

}
