// strings: the readable parts of a file.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

struct StringsStyle {
    std::size_t least = 4, width = 1; // of a character in bytes
    bool big_endian = false, eight_bits = false, all_blanks = false;
    char radix = 0;
    std::string separator = "\n";
};

// -e s, S, b, l, B, L; false for another.
bool read_encoding(std::string_view text, StringsStyle& style) {
    if (text.size() != 1 || std::string_view("sSblBL").find(text[0]) == std::string_view::npos) return false;
    char const c = text[0];
    style.eight_bits = c == 'S';
    style.big_endian = c == 'b' || c == 'B';
    style.width = c == 'b' || c == 'l' ? 2 : c == 'B' || c == 'L' ? 4 : 1;
    return true;
}

Task<int> run_strings(Process& p) {
    Arguments const arguments = parse_arguments(p, strings_command);
    if (arguments.ended()) co_return arguments.status;
    StringsStyle style;
    for (Option const& option : arguments.options) {
        auto const number = parse_integer(option.value, 10);
        switch (option.id) {
            case 'n':
            case '#':
                if (!number) co_return p.fail("invalid integer argument " + option.value);
                if (*number < 1) co_return p.fail("invalid minimum string length " + std::to_string(*number));
                style.least = static_cast<std::size_t>(*number);
                break;
            case 'o': style.radix = 'o'; break;
            case 't':
                if (option.value != "o" && option.value != "d" && option.value != "x")
                    co_return usage_mistake(p, "invalid radix '" + option.value + "'");
                style.radix = option.value[0];
                break;
            case 'e':
                if (!read_encoding(option.value, style))
                    co_return usage_mistake(p, "invalid encoding '" + option.value + "'");
                break;
            case 's': style.separator = option.value; break;
            case 'w': style.all_blanks = true; break;
            default: break;
        }
    }
    Output out(p);
    int status = 0;
    auto const tell = [&](std::string const& name, Errno error) {
        out.flush();
        status = 1;
        if (error == Errno::is_directory)
            p.fail("Warning: " + quoted(name) + " is a directory");
        else
            p.fail(quoted(name) + (error == Errno::no_entry ? ": No such file" : ": " + std::string(message(error))));
    };
    std::vector<std::string> names = arguments.operands;
    if (names.empty()) names.emplace_back("-");
    for (std::string const& name : names) {
        Input in(p, {name});
        in.on_error = tell;
        std::string block, text;
        while (in.open_next())
            while (co_await in.next_block(block)) text += block;
        std::string run;
        std::size_t start = 0;
        auto const finish = [&] {
            if (run.size() >= style.least) {
                if (arguments.has('f')) out.put((name == "-" ? "{standard input}" : name) + ": ");
                if (style.radix) out.put(format_integer("%7", style.radix, static_cast<std::int64_t>(start)) + " ");
                out.put(run + style.separator);
            }
            run.clear();
        };
        for (std::size_t at = 0; at + style.width <= text.size() && !out.broken();) {
            std::size_t const low = at + (style.big_endian ? style.width - 1 : 0);
            bool wide = false;
            for (std::size_t i = at; i < at + style.width; ++i) wide = wide || (i != low && text[i] != '\0');
            char const c = text[low];
            bool const shown = !wide && ((c >= 32 && c < 127) || c == '\t' || (style.eight_bits && (c & 0x80)) ||
                                         (style.all_blanks && c >= '\n' && c <= '\r'));
            if (shown) {
                if (run.empty()) start = at;
                run += c;
                at += style.width;
            } else { // a wide character may begin at any byte
                at += run.empty() ? 1 : style.width;
                finish();
            }
        }
        finish();
        co_await p.breathe();
    }
    co_return out.close(status);
}

}

Command const strings_command{"strings",
                              "print the sequences of printable characters in files",
                              "strings [option(s)] [file(s)]",
                              "  -a, --all           (always so)\n"
                              "  -d, --data          (ignored)\n"
                              "  -e, --encoding=E    characters of 7 (s) or 8 bits (S), or of 16 (b, l) or 32 (B, L)\n"
                              "  -f, --print-file-name  print the name of the file before each string\n"
                              "  -n, --bytes=NUMBER  print any sequence of at least NUMBER characters (default 4)\n"
                              "  -o                  same as -t o\n"
                              "  -s, --output-separator=S  what stands behind each string, not a newline\n"
                              "  -t, --radix=RADIX   print the location in base 8 (o), 10 (d) or 16 (x)\n"
                              "  -w, --include-all-whitespace  all white space belongs to strings\n"
                              "  -NUM                same as -n NUM\n",
                              nullptr,
                              run_strings};

}
