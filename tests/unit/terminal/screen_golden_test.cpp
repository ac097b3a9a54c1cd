// What a real xterm showed (tests/golden/vt, recorded by .github/scripts/record_vt) against what our screen shows, for
// named cases and for invented sequences; each is also fed byte by byte.
#include "ground/text.hpp"
#include "read_file.hpp"
#include "terminal/screen.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace cw;
using namespace cw::terminal;

struct Golden {
    std::string name, input, cursor, rows;
};

std::string unescaped(std::string_view text) {
    static std::string const names = "ernTbvft\\";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            out += text[at];
            continue;
        }
        char const c = text[++at];
        switch (c) {
            case 'e': out += '\x1b'; break;
            case 'r': out += '\r'; break;
            case 'n': out += '\n'; break;
            case 't': out += '\t'; break;
            case 'b': out += '\b'; break;
            case 'v': out += '\v'; break;
            case 'f': out += '\f'; break;
            case 'x':
                out += static_cast<char>(*parse_integer(text.substr(at + 1, 2), 16));
                at += 2;
                break;
            default: out += c;
        }
    }
    return out;
}

std::vector<Golden> goldens(std::string const& file) {
    std::vector<Golden> found;
    std::string const text = test::repo_file("tests/golden/vt/" + file);
    for (std::string_view const line : split(text, '\n')) {
        if (line.substr(0, 5) == "#### ")
            found.push_back({std::string(line.substr(5)), "", "", ""});
        else if (line.substr(0, 6) == "input ")
            found.back().input = unescaped(line.substr(6));
        else if (line.substr(0, 7) == "cursor ")
            found.back().cursor = std::string(line.substr(7));
        else if (line.substr(0, 1) == "|")
            found.back().rows += std::string(line.substr(1)) + "\n";
    }
    return found;
}

// xterm writes a letter and its mark as one code point where Unicode has one.
std::string composed(std::string text) {
    text = replace_all(text, "e\u0301", "\u00e9");
    return replace_all(replace_all(text, "a\u0300\u0301", "\u00e0\u0301"), "a\u0300", "\u00e0");
}

std::string rows_of(Screen const& screen) {
    std::string text, gap;
    for (int row = 0; row < screen.rows(); ++row) {
        std::string const line = composed(screen.row_text(row));
        gap += line + "\n";
        if (line.empty()) continue;
        text += gap;
        gap.clear();
    }
    return text;
}

void check(std::string const& file, std::size_t at_least) {
    std::vector<Golden> const all = goldens(file);
    REQUIRE(all.size() >= at_least);
    for (Golden const& golden : all) {
        CAPTURE(golden.name);
        Screen screen(80, 25), slow(80, 25);
        std::string reply;
        screen.set_reply([&](std::string_view bytes) { reply += bytes; });
        screen.write(golden.input);
        for (char const& byte : golden.input) slow.write(std::string_view(&byte, 1));
        CHECK(rows_of(screen) == golden.rows);
        CHECK(rows_of(slow) == golden.rows);
        // xterm was asked in the same way, so that origin mode counts alike.
        reply.clear();
        screen.write("\x1b[6n");
        CHECK(reply == "\x1b[" + golden.cursor + "R");
    }
}

}

TEST_CASE("terminal.screen: named cases show what xterm shows") { check("xterm.screens", 60); }

TEST_CASE("terminal.screen: invented sequences show what xterm shows") { check("xterm_random.screens", 100); }
