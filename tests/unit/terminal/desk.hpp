#pragma once
// A terminal on a test's desk: typed at, let run until it waits, and read.
#include "terminal/terminal.hpp"

#include <string>

namespace cw::terminal::test {

inline Terminal::Options lesson() {
    Terminal::Options options;
    options.banner = {"> Ready. Click \"Run\" to execute."};
    options.files = {{"safety_filter.py", "print('ok')\n"}};
    return options;
}

struct Desk {
    Terminal terminal;
    explicit Desk(Terminal::Options options = lesson()) : terminal(std::move(options)) {}

    Terminal::Status settle() {
        Terminal::Status status = terminal.status();
        for (int turn = 0; turn < 10'000; ++turn) {
            status = terminal.step(1'000);
            if (status != Terminal::Status::busy) break;
        }
        return status;
    }
    void enter(std::string_view line) {
        terminal.text(line);
        terminal.key(Key::special(Key::Code::enter));
        settle();
    }
    void press(Key const& key) {
        terminal.key(key);
        settle();
    }
    void type(std::string_view text) {
        terminal.text(text);
        settle();
    }
    [[nodiscard]] std::string rows() const {
        std::string text;
        Screen const& screen = terminal.screen();
        for (int row = 0; row < screen.rows(); ++row) text += screen.row_text(row) + "\n";
        while (text.size() > 1 && text[text.size() - 2] == '\n') text.pop_back();
        return text;
    }
    std::string heard() {
        std::string text;
        for (auto const& announcement : terminal.take_announcements())
            text += (announcement.kind == Terminal::Announcement::Kind::line ? "line: " : "out: ") + announcement.text +
                    "\n";
        return text;
    }
};

}
