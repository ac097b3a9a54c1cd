#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <deque>

namespace cw::terminal::commands {

namespace {

enum class Headers : std::uint8_t { when_several, always, never };

struct Slice {
    bool bytes = false;      // else lines
    bool from_other = false; // head: all but the last N; tail: from the Nth on
    std::int64_t count = 10;
    Headers headers = Headers::when_several;
    bool follow = false;
    char delimiter = '\n';
};

// -n and -c; false after a message. `sign` marks from_other.
bool read_count(Process& p, std::string_view text, bool bytes, char sign, Slice& slice) {
    slice.bytes = bytes;
    std::string_view number = text;
    bool const sticks = sign == '+' && slice.from_other; // tail's plus holds for what comes behind
    slice.from_other = sticks || (!number.empty() && number[0] == sign);
    if (!number.empty() && (number[0] == '-' || number[0] == '+')) number.remove_prefix(1);
    auto const value = number.empty() || number[0] < '0' || number[0] > '9' ? std::nullopt : parse_size(number, true);
    if (!value) {
        p.fail(std::string("invalid number of ") + (bytes ? "bytes: " : "lines: ") + marked(text));
        return false;
    }
    slice.count = *value;
    return true;
}

// Reads the options of head and tail; the status to end with, or -1.
int read_options(Process& p, Arguments const& arguments, char sign, Slice& slice) {
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'n':
            case 'c':
                if (!read_count(p, option.value, option.id == 'c', sign, slice)) return 1;
                break;
            case '#': {
                std::string const digit = option.value.substr(0, 1);
                if (sign == '+') return p.fail("option used in invalid context -- " + digit);
                return usage_mistake(p, "invalid trailing option -- " + digit);
            }
            case 'q': slice.headers = Headers::never; break;
            case 'v': slice.headers = Headers::always; break;
            case 'z': slice.delimiter = '\0'; break;
            case 'f':
            case 'F': slice.follow = true; break;
            default: break;
        }
    }
    return -1;
}

// "-5", "-5c", "-2kq" and tail's "+3l", "-3cf" of old as the options of today, in place of the first argument.
void modernize(Process& p, bool tail) {
    auto& argv = p.argv;
    std::size_t const count = argv.size();
    if (count < 2 || argv[1].size() < 2 || (argv[1][0] != '-' && !(tail && argv[1][0] == '+'))) return;
    std::string_view word = argv[1];
    std::size_t const digits = std::min(word.find_first_not_of("0123456789", 1), word.size());
    std::string const number(word.substr(tail && word[0] == '+' ? 0 : 1, digits - (tail && word[0] == '+' ? 0 : 1)));
    std::string_view letters = word.substr(digits);
    std::vector<std::string> words;
    bool bytes = false;
    std::string unit;
    if (tail) {
        bool const alone =
            count == 2 || (count == 3 && (argv[2].size() < 2 || argv[2][0] != '-')) || (count <= 4 && argv[2] == "--");
        // "-c 5" and "-f" are what they are today.
        if (!alone || (digits == 1 && (word[0] == '-' || letters.empty()))) return;
        if (!letters.empty() && std::string_view("lbc").find(letters[0]) != std::string_view::npos) {
            bytes = letters[0] != 'l';
            if (letters[0] == 'b') unit = "b";
            letters.remove_prefix(1);
        }
        if (letters == "f") words.emplace_back("-f"), letters = {};
        if (!letters.empty()) return;
    } else {
        if (digits == 1) return;
        for (char const c : letters) {
            if (std::string_view("clbkmqvz").find(c) == std::string_view::npos) {
                usage_mistake(p, std::string("invalid trailing option -- ") + c);
                argv.clear();
                return;
            }
            if (c == 'q' || c == 'v' || c == 'z')
                words.push_back(std::string("-") + c);
            else if (c == 'c' || c == 'l')
                bytes = c == 'c', unit.clear();
            else
                bytes = true, unit = c;
        }
    }
    words.push_back((bytes ? "-c" : "-n") + (number == "+" ? "+10" : number) + unit);
    argv.erase(argv.begin() + 1);
    argv.insert(argv.begin() + 1, words.begin(), words.end());
}

class HeaderPrinter {
  public:
    HeaderPrinter(Headers when, std::size_t files)
        : on_(when == Headers::always || (when == Headers::when_several && files > 1)) {}
    void print(Output& out, std::string const& name) {
        if (!on_) return;
        out.put((first_ ? "==> " : "\n==> ") + (name == "-" ? "standard input" : name) + " <==\n");
        first_ = false;
    }

  private:
    bool on_, first_ = true;
};

// All but the last `count` lines or bytes.
Task<> print_all_but(Process& p, Output& out, Input& in, Slice const& slice) {
    if (slice.bytes) {
        std::string kept, block;
        while (co_await in.next_block(block)) {
            kept += block;
            std::size_t const keep = static_cast<std::size_t>(slice.count);
            if (kept.size() > keep) {
                out.put(std::string_view(kept).substr(0, kept.size() - keep));
                kept.erase(0, kept.size() - keep);
            }
        }
        co_return;
    }
    std::deque<std::string> waiting;
    std::string_view line;
    while (!out.broken() && co_await in.next_in_file(line)) {
        waiting.emplace_back(line);
        if (in.had_delimiter()) waiting.back() += slice.delimiter;
        if (static_cast<std::int64_t>(waiting.size()) > slice.count) {
            out.put(waiting.front());
            waiting.pop_front();
        }
        co_await p.breathe();
    }
}

Task<> print_first(Process& p, Output& out, Input& in, Slice const& slice) {
    std::int64_t left = slice.count;
    if (slice.bytes) {
        std::string block;
        while (left > 0 && !out.broken() && co_await in.next_block(block)) {
            auto const take = std::min<std::int64_t>(left, static_cast<std::int64_t>(block.size()));
            out.put(std::string_view(block).substr(0, static_cast<std::size_t>(take)));
            left -= take;
            co_await p.breathe();
        }
        co_return;
    }
    std::string_view line;
    while (left-- > 0 && !out.broken() && co_await in.next_in_file(line)) {
        out.put(line);
        if (in.had_delimiter()) out.put(slice.delimiter);
        co_await p.breathe();
    }
    in.give_back();
}

Task<int> run_head(Process& p) {
    modernize(p, false);
    if (p.argv.empty()) co_return 1;
    Arguments const arguments = parse_arguments(p, head_command);
    if (arguments.ended()) co_return arguments.status;
    Slice slice;
    if (int const status = read_options(p, arguments, '-', slice); status >= 0) co_return status;
    Output out(p);
    HeaderPrinter header(slice.headers, arguments.operands.size());
    Input in(p, arguments.operands, slice.delimiter, {"cannot open $ for reading", "error reading $"});
    in.before_directory = [&](std::string const& name) { header.print(out, name); };
    while (!out.broken() && in.open_next()) {
        header.print(out, in.name());
        if (slice.from_other)
            co_await print_all_but(p, out, in, slice);
        else
            co_await print_first(p, out, in, slice);
    }
    co_return out.close(in.failed() ? 1 : 0);
}

// From the Nth line or byte on (1 is the first, and so is 0).
Task<> print_from(Process& p, Output& out, Input& in, Slice const& slice) {
    std::int64_t skip = slice.count > 0 ? slice.count - 1 : 0;
    std::string_view line;
    while (!slice.bytes && skip > 0 && co_await in.next_in_file(line)) {
        --skip;
        co_await p.breathe();
    }
    std::string block;
    while (!out.broken() && co_await in.next_block(block)) {
        auto const drop = std::min<std::int64_t>(skip, static_cast<std::int64_t>(block.size()));
        out.put(std::string_view(block).substr(static_cast<std::size_t>(drop)));
        skip -= drop;
        co_await p.breathe();
    }
}

Task<> print_last(Process& p, Output& out, Input& in, Slice const& slice) {
    auto const keep = static_cast<std::size_t>(slice.count);
    if (slice.bytes) {
        std::string kept, block;
        while (co_await in.next_block(block)) {
            kept += block;
            if (kept.size() > keep) kept.erase(0, kept.size() - keep);
        }
        out.put(kept);
        co_return;
    }
    std::deque<std::string> kept;
    std::string_view line;
    while (co_await in.next_in_file(line)) {
        kept.emplace_back(line);
        if (in.had_delimiter()) kept.back() += slice.delimiter;
        if (kept.size() > keep) kept.pop_front();
        co_await p.breathe();
    }
    for (std::string const& one : kept) out.put(one);
}

// -f: what is appended to the last file, looked at once a second until somebody presses Ctrl-C.
Task<> follow(Process& p, Output& out, Input& in) {
    while (!out.broken()) {
        out.flush();
        co_await p.sleep(1'000'000'000);
        std::string block;
        while (co_await in.next_block(block)) out.put(block);
    }
}

Task<int> run_tail(Process& p) {
    modernize(p, true);
    Arguments const arguments = parse_arguments(p, tail_command);
    if (arguments.ended()) co_return arguments.status;
    Slice slice;
    if (int const status = read_options(p, arguments, '+', slice); status >= 0) co_return status;
    if (!slice.follow && arguments.has(long_option("retry")))
        p.fail("warning: --retry ignored; --retry is useful only when following");
    if (!slice.follow && arguments.has(long_option("pid")))
        p.fail("warning: PID ignored; --pid=PID is useful only when following");
    if (slice.count == 0 && !slice.from_other && !slice.follow) co_return 0; // without a look at the files
    Output out(p);
    HeaderPrinter header(slice.headers, arguments.operands.size());
    Input in(p, arguments.operands, slice.delimiter, {"cannot open $ for reading", "error reading $"});
    in.before_directory = [&](std::string const& name) { header.print(out, name); };
    while (!out.broken() && in.open_next()) {
        header.print(out, in.name());
        if (slice.from_other)
            co_await print_from(p, out, in, slice);
        else
            co_await print_last(p, out, in, slice);
    }
    if (slice.follow && in.is_open()) co_await follow(p, out, in);
    co_return out.close(in.failed() ? 1 : 0);
}

}

Command const head_command{"head",
                           "print the first 10 lines of each FILE to standard output",
                           "head [OPTION]... [FILE]...",
                           "  -c, --bytes=NUM          print the first NUM bytes; with '-', all but the last NUM\n"
                           "  -n, --lines=NUM          print the first NUM lines; with '-', all but the last NUM\n"
                           "  -q, --quiet, --silent    never print headers giving file names\n"
                           "  -v, --verbose            always print headers giving file names\n"
                           "  -z, --zero-terminated    line delimiter is NUL, not newline\n"
                           "  -NUM                     same as -n NUM\n",
                           nullptr,
                           run_head};
Command const tail_command{"tail",
                           "print the last 10 lines of each FILE to standard output",
                           "tail [OPTION]... [FILE]...",
                           "  -c, --bytes=NUM          output the last NUM bytes; with '+', from byte NUM on\n"
                           "  -f, --follow[=HOW]       output appended data as the file grows\n"
                           "  -F                       same as -f\n"
                           "  -n, --lines=NUM          output the last NUM lines; with '+', from line NUM on\n"
                           "      --pid=PID            (ignored)\n"
                           "  -q, --quiet, --silent    never output headers giving file names\n"
                           "      --retry              (ignored)\n"
                           "  -s, --sleep-interval=N   (ignored)\n"
                           "  -v, --verbose            always output headers giving file names\n"
                           "  -z, --zero-terminated    line delimiter is NUL, not newline\n"
                           "  -NUM                     same as -n NUM\n",
                           nullptr,
                           run_tail};

}
