// What bash showed for each key (tests/golden/line_edit, recorded by .github/scripts/record_line_edit) against what our
// terminal shows for the same key: two screens, one fed by bash's bytes, compared after every key.
#include "ground/text.hpp"
#include "read_file.hpp"
#include "terminal/terminal.hpp"

#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace cw;
using namespace cw::terminal;

struct Answer {
    std::string key, bytes;
};
struct Transcript {
    std::string name;
    std::vector<Answer> answers;
};

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            out += text[at];
        } else if (text[at + 1] == 'x') {
            out += static_cast<char>(*parse_integer(text.substr(at + 2, 2), 16));
            at += 3;
        } else {
            out += text[++at];
        }
    }
    return out;
}

std::vector<Transcript> transcripts() {
    std::vector<Transcript> found;
    std::string const text = test::repo_file("tests/golden/line_edit/bash.transcript");
    for (std::string_view const line : split(text, '\n')) {
        if (line.substr(0, 5) == "#### ")
            found.push_back({std::string(line.substr(5)), {}});
        else if (line.substr(0, 4) == "key ")
            found.back().answers.push_back({unescaped(line.substr(4)), ""});
        else if (line.substr(0, 4) == "out ")
            found.back().answers.back().bytes = unescaped(line.substr(4));
    }
    return found;
}

void press(Terminal& terminal, std::string const& name) {
    static std::map<std::string, Key::Code> const codes = {
        {"Enter", Key::Code::enter}, {"Tab", Key::Code::tab},   {"Backspace", Key::Code::backspace},
        {"Esc", Key::Code::escape},  {"Left", Key::Code::left}, {"Right", Key::Code::right},
        {"Up", Key::Code::up},       {"Down", Key::Code::down}, {"Home", Key::Code::home},
        {"End", Key::Code::end},     {"Del", Key::Code::del},
    };
    if (name.substr(0, 7) == "<Paste>") return terminal.paste(name.substr(7, name.size() - 15));
    if (name.size() < 3 || name[0] != '<') return terminal.key(Key::of(to_utf32(name)[0]));
    std::string const inner = name.substr(1, name.size() - 2);
    if (inner.substr(0, 2) == "C-") return terminal.key(Key::ctrl(static_cast<unsigned char>(inner[2])));
    if (inner.substr(0, 2) == "M-") {
        auto const code = codes.find(inner.substr(2));
        Key key = code == codes.end() ? Key::of(static_cast<unsigned char>(inner[2])) : Key::special(code->second);
        key.alt = true;
        return terminal.key(key);
    }
    terminal.key(Key::special(codes.at(inner)));
}

std::string shown(Screen const& screen) {
    std::string text;
    for (int row = 0; row < screen.rows(); ++row) {
        text += screen.row_text(row);
        // What is inverse is part of what one sees: *so*.
        std::string inverse;
        for (int column = 0; column < screen.columns(); ++column)
            if (screen.row(row)[column].is(Attribute::inverse))
                append_utf8(inverse, screen.code(screen.row(row)[column]));
        if (!inverse.empty()) text += "   *" + inverse + "*";
        text += '\n';
    }
    while (text.size() > 1 && text[text.size() - 2] == '\n') text.pop_back();
    Cursor const cursor = screen.cursor();
    return text + "cursor " + std::to_string(cursor.row) + ";" + std::to_string(cursor.column) + "\n";
}

Terminal::Options options() {
    Terminal::Options options;
    options.prompt = "$ ";
    options.files = {{"notes.txt", "n\n"},   {"numbers.txt", "1\n"},   {"data.csv", "a,b\n"},
                     {"my file.txt", "m\n"}, {"docs/guide.md", "g\n"}, {"docs/glossary.md", "g\n"}};
    return options;
}

}

TEST_CASE("terminal.line_edit: every key shows what bash shows") {
    std::vector<Transcript> const all = transcripts();
    REQUIRE(all.size() > 50);
    for (Transcript const& transcript : all) {
        CAPTURE(transcript.name);
        Screen bash(80, 24);
        Terminal ours(options());
        ours.shell().interpreter().assign("LESSON_NAME", "six", false);
        int number = 0;
        for (Answer const& answer : transcript.answers) {
            bash.write(answer.bytes);
            if (!answer.key.empty()) press(ours, answer.key);
            for (int turn = 0; turn < 1000 && ours.step(10'000) == Terminal::Status::busy; ++turn) {}
            CAPTURE(answer.key);
            CAPTURE(number++);
            CHECK(shown(ours.screen()) == shown(bash));
            if (shown(ours.screen()) != shown(bash)) break; // what follows would only repeat it
        }
    }
}
