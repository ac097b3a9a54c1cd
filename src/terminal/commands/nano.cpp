// nano: a small editor on the terminal's alternate screen, with the keys of GNU nano that people use.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/nano_keys.hpp"
#include "terminal/commands/nano_text.hpp"
#include "terminal/commands/pager.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"
#include "terminal/width.hpp"

#include <algorithm>
#include <optional>

namespace cw::terminal::commands {

namespace {

int cells_of(char32_t c, int column) { return c == U'\t' ? 8 - column % 8 : c < 32 || c == 127 ? 2 : width_of(c); }

int cells_before(std::u32string const& line, std::size_t place) {
    int column = 0;
    for (std::size_t i = 0; i < place; ++i) column += cells_of(line[i], column);
    return column;
}

std::string shown_character(char32_t c, int column) {
    if (c == U'\t') return std::string(static_cast<std::size_t>(cells_of(c, column)), ' ');
    if (c < 32) return std::string("^") + static_cast<char>(c + 64);
    if (c == 127) return "^?";
    std::string out;
    append_utf8(out, c);
    return out;
}

class Nano {
  public:
    Nano(Process& p, FilePtr keys, std::string path, std::string const& bytes, bool view_only)
        : p_(p), keys_(p, std::move(keys)), path_(std::move(path)), text_(bytes), view_only_(view_only) {}

    void go_to_line(std::size_t line) { text_.go_to({line > 0 ? line - 1 : 0, 0}); }
    void say(std::string message) { message_ = std::move(message); }

    Task<> run() {
        AlternateScreen const screen(p_);
        while (!done_) {
            draw();
            message_.clear();
            char32_t const key = co_await keys_.next();
            if (key == key_ended) co_return;
            if (key != key_resized && !moves(key)) co_await act(key);
        }
    }

  private:
    // --- the screen
    [[nodiscard]] int columns() const { return std::max(20, p_.terminal_size().columns); }
    [[nodiscard]] int text_rows() const { return std::max(1, p_.terminal_size().rows - 4); }

    void follow_caret() {
        auto const rows = static_cast<std::size_t>(text_rows());
        std::size_t const line = text_.caret().line;
        if (line < top_ || line >= top_ + rows) top_ = line - std::min(line, rows / 2);
    }

    static std::string inverse(std::string const& text) { return "\x1b[7m" + text + "\x1b[m"; }

    [[nodiscard]] std::string title_row() const {
        auto const wide = columns();
        std::string const name = path_.empty() ? "New Buffer" : path_;
        std::string const state = view_only_ ? "View" : text_.is_modified() ? "Modified" : "";
        int const side = (wide - width_of_utf8(name)) / 2;
        std::string row = padded("  nano", std::max(-side, -wide)) + name;
        row = padded(row, -(wide - width_of_utf8(state) - 2)) + state;
        return inverse(padded(row, -wide));
    }

    // The caret's line scrolls sideways so that the caret shows; all others show their beginning.
    [[nodiscard]] int first_cell(std::size_t line) const {
        if (line != text_.caret().line) return 0;
        int const at = cells_before(text_.lines()[line], text_.caret().column), room = columns() - 2;
        return at < columns() - 1 ? 0 : at / room * room - 8;
    }

    [[nodiscard]] std::string text_row(std::size_t line) const {
        std::u32string const& characters = text_.lines()[line];
        int const from = first_cell(line), wide = columns();
        std::string row;
        int column = 0;
        for (char32_t const c : characters) {
            int const cells = cells_of(c, column);
            if (column - from + cells > wide) {
                row += "\x1b[" + std::to_string(wide) + "G" + inverse(">");
                break;
            }
            if (column >= from) row += shown_character(c, column);
            column += cells;
        }
        return from > 0 ? row + "\r" + inverse("<") : row;
    }

    [[nodiscard]] std::string help_row(std::vector<std::pair<std::string_view, std::string_view>> const& keys) const {
        std::string row;
        int const each = columns() / 6;
        for (auto const& [key, what] : keys) {
            std::string const label = std::string(what).substr(0, static_cast<std::size_t>(std::max(0, each - 3)));
            row += inverse(std::string(key)) + padded(" " + label, -(each - static_cast<int>(key.size())));
        }
        return row;
    }

    void draw(std::string const& prompt = "", std::size_t prompt_caret = 0) {
        follow_caret();
        std::string out = "\x1b[?25l\x1b[H" + title_row();
        int const rows = text_rows();
        for (int i = 0; i < rows; ++i) {
            std::size_t const line = top_ + static_cast<std::size_t>(i);
            out += "\x1b[" + std::to_string(i + 2) + ";1H\x1b[K";
            if (line < text_.lines().size()) out += text_row(line);
        }
        std::string const status = "\x1b[" + std::to_string(rows + 2) + ";1H\x1b[K";
        if (!prompt.empty())
            out += status + inverse(padded(prompt, -columns()));
        else if (!message_.empty())
            out += status + "\x1b[" + std::to_string(std::max(1, (columns() - width_of_utf8(message_) - 4) / 2)) + "G" +
                   inverse("[ " + message_ + " ]");
        else
            out += status;
        auto const help = [&](int row, auto const& keys) {
            out += "\x1b[" + std::to_string(rows + 2 + row) + ";1H\x1b[K" + help_row(keys);
        };
        using Keys = std::vector<std::pair<std::string_view, std::string_view>>;
        if (prompt.empty()) {
            help(1, Keys{{"^G", "Help"},
                         {"^O", "Write Out"},
                         {"^W", "Where Is"},
                         {"^K", "Cut"},
                         {"^C", "Location"},
                         {"M-U", "Undo"}});
            help(2, Keys{{"^X", "Exit"},
                         {"^S", "Save"},
                         {"^_", "Go To Line"},
                         {"^U", "Paste"},
                         {"M-6", "Copy"},
                         {"M-E", "Redo"}});
        } else {
            help(1, asks_yes_no_ ? Keys{{" Y", "Yes"}} : Keys{{"^M", "Enter"}});
            help(2, asks_yes_no_ ? Keys{{" N", "No"}, {"^C", "Cancel"}} : Keys{{"^C", "Cancel"}});
        }
        int row = static_cast<int>(text_.caret().line - top_) + 2;
        int column =
            cells_before(text_.lines()[text_.caret().line], text_.caret().column) - first_cell(text_.caret().line) + 1;
        if (!prompt.empty()) row = rows + 2, column = static_cast<int>(prompt_caret) + 1;
        p_.out(out + "\x1b[" + std::to_string(row) + ";" + std::to_string(column) + "H\x1b[?25h");
    }

    bool moves(char32_t key) {
        auto const page = static_cast<std::size_t>(std::max(1, text_rows() - 2));
        switch (key) {
            case key_up:
            case control('P'): text_.up(1); return true;
            case key_down:
            case control('N'): text_.down(1); return true;
            case key_left:
            case control('B'): text_.left(); return true;
            case key_right:
            case control('F'): text_.right(); return true;
            case key_word_left:
            case key_alt + U' ': text_.word_left(); return true;
            case key_word_right:
            case control('@'): text_.word_right(); return true;
            case key_home:
            case control('A'): text_.home(); return true;
            case key_end:
            case control('E'): text_.end(); return true;
            case key_page_up:
            case control('Y'): text_.up(page); return true;
            case key_page_down:
            case control('V'): text_.down(page); return true;
            case key_top:
            case key_alt + U'\\': text_.first(); return true;
            case key_bottom:
            case key_alt + U'/': text_.last(); return true;
            default: return false;
        }
    }

    Task<> act(char32_t key) {
        switch (key) {
            case control('X'): co_await leave(); co_return;
            case control('W'): co_await search(); co_return;
            case control('_'): co_await ask_line(); co_return;
            case control('G'): co_await help(); co_return;
            case control('C'): say_place(); co_return;
            case key_alt + U'6': text_.copy_line(); co_return;
            case key_unknown: say("Unbound key"); co_return;
            default: break;
        }
        if (view_only_) {
            say("Key is invalid in view mode");
            co_return;
        }
        if (key == control('O') || key == control('S'))
            static_cast<void>(co_await save(key == control('S') && !path_.empty()));
        else
            change(key);
    }

    void change(char32_t key) {
        switch (key) {
            case U'\r':
            case U'\n': return text_.break_line();
            case 127:
            case control('H'): return text_.erase_before();
            case key_delete:
            case control('D'): return text_.erase_at();
            case control('K'): return text_.cut_line();
            case control('U'): return text_.paste();
            case key_alt + U'u':
            case key_alt + U'U': return say(text_.undo() ? "Undid a change" : "Nothing to undo");
            case key_alt + U'e':
            case key_alt + U'E': return say(text_.redo() ? "Redid a change" : "Nothing to redo");
            default: break;
        }
        bool const is_text = key == U'\t' || (key >= 32 && key < key_up);
        if (is_text)
            text_.insert(std::u32string(1, key));
        else
            say("Unbound key");
    }

    void say_place() {
        std::size_t const lines = text_.lines().size(), line = text_.caret().line + 1;
        std::size_t const wide = text_.lines()[text_.caret().line].size() + 1, column = text_.caret().column + 1;
        auto const share = [](std::size_t part, std::size_t all) { return std::to_string(part * 100 / all) + "%"; };
        say("line " + std::to_string(line) + "/" + std::to_string(lines) + " (" + share(line, lines) + "), col " +
            std::to_string(column) + "/" + std::to_string(wide) + " (" + share(column, wide) + ")");
    }

    // --- questions in the row below the text

    // What was typed, or nothing if it was cancelled.
    Task<std::optional<std::string>> ask(std::string question, std::string answer) {
        std::u32string text = to_utf32(answer);
        for (;;) {
            std::string const shown = question + ": " + to_utf8(text);
            draw(shown, static_cast<std::size_t>(width_of_utf8(shown)));
            char32_t const key = co_await keys_.next();
            if (key == key_ended || key == control('C') || key == control('G')) {
                say("Cancelled");
                co_return std::nullopt;
            }
            if (key == U'\r' || key == U'\n') co_return to_utf8(text);
            if (key == control('U') || key == control('K')) text.clear();
            bool const erases = key == 127 || key == control('H');
            if (erases && !text.empty()) text.pop_back();
            if (!erases && key >= 32 && key < key_up) text += key;
        }
    }

    // Yes, no, or nothing if it was cancelled.
    Task<std::optional<bool>> ask_yes_no(std::string question) {
        asks_yes_no_ = true;
        std::optional<bool> answer;
        for (bool asked = true; asked;) {
            draw(question, question.size());
            char32_t const key = co_await keys_.next();
            if (key == U'y' || key == U'Y') answer = true;
            if (key == U'n' || key == U'N') answer = false;
            asked = !answer && key != control('C') && key != key_ended;
        }
        asks_yes_no_ = false;
        if (!answer) say("Cancelled");
        co_return answer;
    }

    Task<> leave() {
        if (!text_.is_modified() || view_only_) {
            done_ = true;
            co_return;
        }
        std::optional<bool> const saves = co_await ask_yes_no("Save modified buffer? ");
        if (!saves) co_return;
        done_ = !*saves;
        if (*saves) done_ = co_await save(false);
    }

    // Whether it was saved.
    Task<bool> save(bool under_its_name) {
        std::string path = path_;
        if (!under_its_name) {
            std::optional<std::string> const typed = co_await ask("File Name to Write", path_);
            if (!typed || typed->empty()) co_return false;
            path = *typed;
            bool const exists = path != path_ && p_.vfs().lookup(p_.caller, path);
            if (exists) {
                std::optional<bool> const over = co_await ask_yes_no("File \"" + path + "\" exists; OVERWRITE? ");
                if (!over || !*over) co_return false;
            }
        }
        OpenFlags flags;
        flags.write = flags.create = flags.truncate = true;
        Attempt<FilePtr> const file = p_.open(path, flags);
        IoResult const written = file ? file.value->write(text_.utf8()) : IoResult{IoState::failed, file.error};
        if (written.state == IoState::failed) {
            say("Error writing " + path + ": " + std::string(message(written.error)));
            co_return false;
        }
        path_ = path;
        text_.mark_saved();
        say("Wrote " + std::to_string(text_.line_count()) + (text_.line_count() == 1 ? " line" : " lines"));
        co_return true;
    }

    Task<> search() {
        std::string const question = "Search" + (wanted_.empty() ? "" : " [" + wanted_ + "]");
        std::optional<std::string> const typed = co_await ask(question, "");
        if (!typed) co_return;
        if (!typed->empty()) wanted_ = *typed;
        NanoText::Place const before = text_.caret();
        if (!text_.find(to_utf32(wanted_)))
            say("\"" + wanted_ + "\" not found");
        else if (text_.caret() == before)
            say("This is the only occurrence");
        else if (text_.caret().line < before.line)
            say("Search Wrapped");
    }

    Task<> ask_line() {
        std::optional<std::string> const typed = co_await ask("Enter line number", "");
        if (!typed) co_return;
        std::optional<std::int64_t> const line = parse_integer(*typed);
        if (line && *line > 0)
            go_to_line(static_cast<std::size_t>(*line));
        else
            say("Invalid line or column number");
    }

    Task<> help() {
        p_.out("\x1b[H\x1b[2J" + replace_all(nano_command.manual, "\n", "\r\n") + "\r\nPress a key to go on.");
        static_cast<void>(co_await keys_.next());
    }

    Process& p_;
    NanoKeys keys_;
    std::string path_;
    NanoText text_;
    bool view_only_;
    std::size_t top_ = 0; // the first line on screen
    std::string message_, wanted_;
    bool done_ = false, asks_yes_no_ = false;
};

Task<int> run_nano(Process& p) {
    Arguments arguments = parse_arguments(p, nano_command);
    if (arguments.ended()) co_return arguments.status;
    std::size_t line = 0;
    std::string path;
    for (std::string const& operand : arguments.operands) {
        std::optional<std::int64_t> const number = operand.size() > 1 && operand[0] == '+'
                                                       ? parse_integer(operand.substr(1, operand.find(',') - 1))
                                                       : std::nullopt;
        if (number)
            line = static_cast<std::size_t>(std::max<std::int64_t>(1, *number));
        else
            path = operand;
    }
    if (!p.is_terminal(0) || !p.is_terminal(1)) co_return p.fail("it needs a terminal");
    std::string bytes, said = "New File";
    auto const node = path.empty() ? Attempt<NodePtr>(Errno::no_entry) : p.vfs().lookup(p.caller, path);
    if (node.value && node.value->is_directory()) co_return p.fail("\"" + path + "\" is a directory");
    if (node) {
        Errno const error = co_await p.read_path(path, bytes);
        if (error != Errno::none) co_return p.fail(path + ": " + std::string(message(error)));
        if (bytes.size() > limits::nano_bytes)
            co_return p.fail(path + " is larger than 1 MiB, the most this editor takes");
        if (!is_valid_utf8(bytes)) co_return p.fail(path + " is not a text in UTF-8");
        said.clear();
    }
    Nano nano(p, p.files.shared(0), path, bytes, arguments.has('v'));
    if (line > 0) nano.go_to_line(line);
    if (!path.empty()) nano.say(said.empty() ? "Read " + path : said);
    co_await nano.run();
    co_return 0;
}

}

Command const nano_command{"nano",
                           "edit a text on the screen",
                           "nano [OPTION]... [+LINE] [FILE]",
                           "  -v, --view  show the file without changing it\n\n"
                           "Keys (^ is Ctrl, M- is Alt):\n"
                           "  ^S save              ^O save as             ^X leave\n"
                           "  ^K cut the line      ^U paste               M-6 copy the line\n"
                           "  M-U undo             M-E redo               ^W search\n"
                           "  ^_ go to a line      ^C where the caret is  ^G this help\n"
                           "  arrows, Home, End, PgUp, PgDn move; ^Left and ^Right by words\n",
                           nullptr,
                           run_nano};

}
