// less and more, and the screen that man has too.
#include "terminal/commands/pager.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/regex/regex.hpp"
#include "terminal/system.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

// Lines cut to the width of the screen; colours (SGR) take no room.
std::vector<std::string> screen_rows(std::string_view text, int columns, bool numbers) {
    std::vector<std::string> rows;
    std::size_t number = 0;
    if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    for (std::string_view const line : split(text, '\n')) {
        std::string row = numbers ? padded_number(static_cast<std::int64_t>(++number), 7) + " " : "";
        int width = static_cast<int>(row.size());
        for (std::size_t at = 0; at < line.size();) {
            std::size_t const from = at;
            char32_t const c = next_code_point(line, at);
            if (c == 0x1b && at < line.size() && line[at] == '[') {
                std::size_t const end = std::min(line.find_first_of("mK", at), line.size() - 1);
                row += line.substr(from, end + 1 - from);
                at = end + 1;
                continue;
            }
            std::string piece(line.substr(from, at - from));
            int wide = c < 32 || c == 127 ? 2 : width_of(c);
            if (c == '\t') {
                wide = 8 - width % 8;
                piece = std::string(static_cast<std::size_t>(wide), ' ');
            } else if (c < 32) {
                piece = std::string("^") + static_cast<char>(c + 64);
            }
            if (width + wide > columns) {
                rows.push_back(std::move(row));
                row.clear();
                width = 0;
            }
            row += piece;
            width += wide;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

class Pager {
  public:
    Pager(Process& p, FilePtr keys, std::string text, std::string title, bool numbers)
        : p_(p), keys_(std::move(keys)), text_(std::move(text)), numbers_(numbers), title_(std::move(title)) {}

    // To the screen as it is now; the line on top stays about where it is.
    void fit() {
        int const columns = p_.terminal_size().columns;
        if (columns == columns_) return;
        std::size_t const before = rows_.size();
        rows_ = screen_rows(text_, columns, numbers_);
        columns_ = columns;
        if (before > 0) top_ = top_ * rows_.size() / before;
    }
    [[nodiscard]] bool fits() const { return rows_.size() <= page(); }

    Task<> run() {
        AlternateScreen const screen(p_);
        draw();
        for (;;) {
            char const key = co_await next_key();
            if (key == 'q' || key == 'Q' || key == '\0') co_return;
            if (key == '/' || key == '?') {
                co_await read_pattern(key);
                continue;
            }
            act(key);
            draw();
        }
    }

  private:
    static constexpr char no_key = 1; // draws the screen anew, nothing else

    [[nodiscard]] std::size_t page() const {
        return static_cast<std::size_t>(std::max(2, p_.terminal_size().rows)) - 1;
    }
    [[nodiscard]] std::size_t last_top() const { return rows_.size() > page() ? rows_.size() - page() : 0; }

    // Arrows and page keys come as escape sequences and are given the letters that do the same; 0 at the end.
    Task<char> next_key() {
        if (waiting_.empty() && !co_await read_keys(p_, *keys_, waiting_)) co_return '\0';
        if (waiting_.empty()) co_return no_key;
        char const c = waiting_[0];
        if (c == 3) co_return 'q';
        if (c != '\x1b') {
            waiting_.erase(0, 1);
            co_return c;
        }
        struct Sequence {
            std::string_view bytes;
            char key;
        };
        constexpr Sequence sequences[] = {{"\x1b[A", 'k'},  {"\x1bOA", 'k'},  {"\x1b[B", 'j'}, {"\x1bOB", 'j'},
                                          {"\x1b[5~", 'b'}, {"\x1b[6~", ' '}, {"\x1b[H", 'g'}, {"\x1b[F", 'G'},
                                          {"\x1bOH", 'g'},  {"\x1bOF", 'G'}};
        for (Sequence const& sequence : sequences)
            if (waiting_.compare(0, sequence.bytes.size(), sequence.bytes) == 0) {
                waiting_.erase(0, sequence.bytes.size());
                co_return sequence.key;
            }
        waiting_.clear();
        co_return no_key;
    }
    void act(char key) {
        message_.clear();
        std::size_t const half = std::max<std::size_t>(1, page() / 2);
        auto const down = [&](std::size_t count) { top_ = std::min(top_ + count, std::max(top_, last_top())); };
        auto const up = [&](std::size_t count) { top_ -= std::min(count, top_); };
        switch (key) {
            case ' ':
            case 'f': down(page()); break;
            case 'b': up(page()); break;
            case 'd': down(half); break;
            case 'u': up(half); break;
            case 'j':
            case 'e':
            case '\r':
            case '\n': down(1); break;
            case 'k':
            case 'y': up(1); break;
            case 'g':
            case '<': top_ = 0; break;
            case 'G':
            case '>': top_ = last_top(); break;
            case 'n': search(true); break;
            case 'N': search(false); break;
            case 'h': message_ = "space b: page   j k: line   g G: ends   /: search   n N: next   q: quit"; break;
            default: break;
        }
    }
    Task<> read_pattern(char direction) {
        std::string text;
        for (;;) {
            p_.out("\r\x1b[K" + std::string(1, direction) + text);
            char const key = co_await next_key();
            if (key == '\0' || key == '\r' || key == '\n') break;
            if (key == 127 || key == 8) {
                if (!text.empty()) text.pop_back();
            } else if (key >= ' ') {
                text += key;
            }
        }
        forward_ = direction == '/';
        if (!text.empty()) {
            auto compiled = regex::compile(text, regex::Flavor::extended);
            has_pattern_ = static_cast<bool>(compiled);
            if (compiled)
                pattern_ = std::move(*compiled);
            else
                message_ = compiled.error().message;
        }
        search(true);
        draw();
    }
    void search(bool same_way) {
        if (!has_pattern_) return;
        bool const down = forward_ == same_way;
        for (std::size_t step = 1; step <= rows_.size(); ++step) {
            if (down ? top_ + step >= rows_.size() : step > top_) break;
            std::size_t const row = down ? top_ + step : top_ - step;
            if (!pattern_.matches(rows_[row])) continue;
            top_ = row;
            return;
        }
        message_ = "Pattern not found";
    }
    void draw() {
        fit();
        std::string screen = "\x1b[H";
        for (std::size_t i = 0; i < page(); ++i) {
            std::size_t const row = top_ + i;
            screen += "\x1b[K" + (row < rows_.size() ? marked_row(rows_[row]) : std::string("~")) + "\r\n";
        }
        bool const end = top_ + page() >= rows_.size();
        std::string const status = !message_.empty() ? message_ : end ? "(END)" : title_.empty() ? ":" : title_;
        p_.out(screen + "\x1b[K" + (status == ":" ? status : "\x1b[7m" + status + "\x1b[m"));
        message_.clear();
    }
    [[nodiscard]] std::string marked_row(std::string const& row) const {
        if (!has_pattern_) return row;
        std::string out;
        std::size_t at = 0;
        while (at < row.size()) {
            auto const hit = pattern_.find(row, at);
            if (!hit || hit->length() == 0) break;
            out += row.substr(at, hit->from() - at) + "\x1b[7m" + row.substr(hit->from(), hit->length()) + "\x1b[27m";
            at = hit->to();
        }
        return out + row.substr(at);
    }

    Process& p_;
    FilePtr keys_;
    std::string text_;
    bool numbers_;
    int columns_ = 0;
    std::vector<std::string> rows_;
    std::string title_, waiting_, message_;
    std::size_t top_ = 0;
    regex::Regex pattern_;
    bool has_pattern_ = false, forward_ = true;
};

Task<int> run_less(Process& p) {
    Arguments const arguments = parse_arguments(p, less_command);
    if (arguments.ended()) co_return arguments.status;
    if (arguments.operands.empty() && p.is_terminal(0)) {
        p.err("Missing filename (\"less --help\" for help)\n");
        co_return 1;
    }
    std::vector<std::string> files = arguments.operands;
    if (files.empty()) files.emplace_back("-");
    std::string text;
    int status = 0;
    for (std::string const& file : files) {
        auto const node = file == "-" ? Attempt<NodePtr>(Errno::none) : p.vfs().lookup(p.caller, file);
        if (node.value && node.value->is_directory()) {
            p.err(file + " is a directory\n");
            status = 1;
            continue;
        }
        if (!node && file != "-") {
            p.err(file + ": " + std::string(message(node.error)) + "\n");
            status = 1;
            continue;
        }
        bool const read = co_await read_whole(p, file, text);
        if (!read) status = 1;
    }
    if (text.empty() && status) co_return status;
    std::string const title = files.size() == 1 && files[0] != "-" ? files[0] : "";
    int const shown = co_await show_paged(p, std::move(text), title, arguments.has('N'));
    co_return shown ? shown : status;
}

}

Task<bool> read_keys(Process& p, OpenFile& terminal, std::string& into) {
    TerminalSize const before = p.terminal_size();
    std::size_t const size = into.size();
    for (;;) {
        IoResult const result = terminal.read(into, 4096);
        if (result.state != IoState::would_block) co_return result.state == IoState::ok&& into.size() > size;
        TerminalSize const now = p.terminal_size();
        if (now.columns != before.columns || now.rows != before.rows) co_return true;
        co_await p.system.scheduler.wait_for(terminal.wait_key());
    }
}

Task<int> show_paged(Process& p, std::string text, std::string title, bool numbers) {
    OpenFlags flags;
    flags.read = true;
    bool const interactive = p.is_terminal(1);
    Attempt<FilePtr> keys = Errno::not_terminal;
    if (interactive) keys = p.is_terminal(0) ? Attempt<FilePtr>(p.files.shared(0)) : p.open("/dev/tty", flags);
    if (keys) {
        Pager pager(p, keys.value, text, std::move(title), numbers);
        pager.fit();
        if (!pager.fits()) {
            co_await pager.run();
            co_return 0;
        }
    }
    Output out(p);
    if (numbers) {
        std::int64_t number = 0;
        if (!text.empty() && text.back() == '\n') text.pop_back();
        for (std::string_view const line : split(text, '\n'))
            out.line(padded_number(++number, 7) + " " + std::string(line));
    } else {
        out.put(text);
    }
    co_return out.close(0);
}

Command const less_command{
    "less",
    "show a text a screen at a time",
    "less [OPTION]... [FILE]...",
    "  -N, --LINE-NUMBERS         show line numbers\n"
    "  -R, --RAW-CONTROL-CHARS    (always so for colors)\n"
    "  -F, --quit-if-one-screen   (always so)\n"
    "  -S, --chop-long-lines      (ignored)\n"
    "  -X, --no-init              (ignored)\n"
    "  -i, --ignore-case          (ignored)\n\n"
    "Keys: space and b page, j and k or arrows line, d and u half a page, g and G ends, /PATTERN search,\n"
    "n and N next and previous match, h help, q quit.\n",
    nullptr,
    run_less};
Command const more_command{
    "more", "show a text a screen at a time", "more [OPTION]... [FILE]...", "See less.\n", nullptr, run_less};

}
