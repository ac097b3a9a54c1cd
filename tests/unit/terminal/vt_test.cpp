// The escape-sequence state machine, with a handler that writes down what it is told. Every case is also fed byte by
// byte: where the input is cut must make no difference.
#include "terminal/vt.hpp"

#include "ground/text.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace cw;
using namespace cw::terminal;

class Recorder final : public VtHandler {
  public:
    std::string log;

    void print(std::string_view ascii) override {
        // Runs are cut where the input was: joined, they are the same.
        if (!printing_)
            log += "print(";
        else
            log.pop_back();
        log += std::string(ascii) + ")";
        printing_ = true;
    }
    void print(char32_t code) override {
        begin("code(");
        append_utf8(log, code);
        log += ")";
    }
    void execute(std::uint8_t control) override {
        begin("execute(");
        log += std::to_string(control) + ")";
    }
    void escape(VtSequence const& sequence) override {
        begin("escape(");
        log += intermediates(sequence) + sequence.final + ")";
    }
    void csi(VtSequence const& sequence) override {
        begin("csi(");
        log += parameters(sequence) + intermediates(sequence) + sequence.final + ")";
    }
    void osc(std::string_view text) override {
        begin("osc(");
        log += std::string(text.substr(0, 40)) + ")";
    }
    void dcs(VtSequence const& sequence, std::string_view text) override {
        begin("dcs(");
        log += parameters(sequence) + intermediates(sequence) + sequence.final + "|" + std::string(text) + ")";
    }

  private:
    void begin(char const* what) {
        log += what;
        printing_ = false;
    }
    static std::string intermediates(VtSequence const& sequence) {
        if (sequence.intermediate_count > 2) return "too many";
        return std::string(sequence.intermediates, static_cast<std::size_t>(sequence.intermediate_count));
    }
    static std::string parameters(VtSequence const& sequence) {
        std::string text;
        if (sequence.prefix) text += sequence.prefix;
        for (int at = 0; at < sequence.count; ++at) {
            if (at > 0) text += sequence.is_sub[at] ? ':' : ';';
            text += sequence.values[at] == VtSequence::missing ? "_" : std::to_string(sequence.values[at]);
        }
        return text;
    }
    bool printing_ = false;
};

std::string calls(std::string_view bytes) {
    Recorder whole, pieces;
    VtParser one, other;
    one.feed(bytes, whole);
    for (std::size_t at = 0; at < bytes.size(); ++at) other.feed(bytes.substr(at, 1), pieces);
    CHECK(whole.log == pieces.log);
    return whole.log;
}

}

TEST_CASE("terminal.vt: text and controls") {
    CHECK(calls("hello") == "print(hello)");
    CHECK(calls("a\r\nb\a") == "print(a)execute(13)execute(10)print(b)execute(7)");
    CHECK(calls("a\x7f"
                "b") == "print(ab)");
}

TEST_CASE("terminal.vt: control sequences with parameters, missing ones, sub-parameters and prefixes") {
    CHECK(calls("\x1b[m") == "csi(m)");
    CHECK(calls("\x1b[1;31mred") == "csi(1;31m)print(red)");
    CHECK(calls("\x1b[;5H") == "csi(_;5H)");
    CHECK(calls("\x1b[5;H") == "csi(5;_H)");
    CHECK(calls("\x1b[38:2::1:2:3m") == "csi(38:2:_:1:2:3m)");
    CHECK(calls("\x1b[?25;1049h") == "csi(?25;1049h)");
    CHECK(calls("\x1b[2 q\x1b[!p\x1b[?1$p") == "csi(2 q)csi(!p)csi(?1$p)");
}

TEST_CASE("terminal.vt: malformed sequences are swallowed whole") {
    CHECK(calls("\x1b[1?2hx") == "print(x)");
    CHECK(calls("\x1b[1 2qx") == "print(x)");
    CHECK(calls("\x1b[1!\"#px") == "csi(1too manyp)print(x)");
}

TEST_CASE("terminal.vt: CAN, SUB and ESC end a sequence, other controls act inside it") {
    CHECK(calls("\x1b[1\x18"
                "2m") == "execute(24)print(2m)");
    CHECK(calls("\x1b[1\x1a"
                "2m") == "execute(26)print(2m)");
    CHECK(calls("\x1b[1\x1b[2m") == "csi(2m)");
    CHECK(calls("\x1b[1\n;2m") == "execute(10)csi(1;2m)");
}

TEST_CASE("terminal.vt: numbers and their count have limits") {
    CHECK(calls("\x1b[99999999999m") == "csi(65535m)");
    std::string many = "\x1b[";
    for (int at = 0; at < 40; ++at) many += "1;";
    std::string const log = calls(many + "9m");
    CHECK(std::count(log.begin(), log.end(), ';') == limits::sequence_parameters - 1);
    CHECK(log.substr(log.size() - 4) == ";1m)");
}

TEST_CASE("terminal.vt: escape sequences") {
    CHECK(calls("\x1b"
                "7\x1b(0\x1b#8\x1b"
                "c") == "escape(7)escape((0)escape(#8)escape(c)");
    CHECK(calls("\x1b\x1b"
                "7") == "escape(7)");
}

TEST_CASE("terminal.vt: strings end with BEL or ST, and are dropped on CAN or when too long") {
    CHECK(calls("\x1b]0;title\a!") == "osc(0;title)print(!)");
    CHECK(calls("\x1b]2;t\u00e9\x1b\\!") == "osc(2;t\u00e9)escape(\\)print(!)");
    CHECK(calls("\x1b]0;lost\x18!") == "execute(24)print(!)");
    CHECK(calls("\x1bPq1;2$qm\x1b\\") == "dcs(q|1;2$qm)escape(\\)");
    CHECK(calls("\x1bP1$qm\x1b\\") == "dcs(1$q|m)escape(\\)");
    CHECK(calls("\x1b_secret\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\!") == "escape(\\)escape(\\)escape(\\)print(!)");
    std::string const text(limits::string_bytes + 1, 'x');
    CHECK(calls("\x1b]0;" + text + "\a!") == "print(!)");
}

TEST_CASE("terminal.vt: UTF-8") {
    CHECK(calls("\u00e9\u4e2d\U0001f600") == "code(\u00e9)code(\u4e2d)code(\U0001f600)");
    // C1 controls have their 7-bit meaning.
    CHECK(calls("\u009b1m\u0085") == "csi(1m)execute(133)");
}

TEST_CASE("terminal.vt: each part of malformed UTF-8 is one replacement character") {
    std::string const bad = "code(\uFFFD)";
    CHECK(calls("\xff"
                "a") == bad + "print(a)");
    CHECK(calls("\x80\xbf") == bad + bad);
    CHECK(calls("\xe4\xb8"
                "a") == bad + "print(a)");
    CHECK(calls("\xe4\xb8\n") == bad + "execute(10)");
    CHECK(calls("\xe4\xb8\x1b[m") == bad + "csi(m)");
    CHECK(calls("\xc0\xaf") == bad + bad);
    CHECK(calls("\xe0\x80\xaf") == bad + bad + bad);
    CHECK(calls("\xed\xa0\x80") == bad + bad + bad);
    CHECK(calls("\xf4\x90\x80\x80") == bad + bad + bad + bad);
    CHECK(calls("\xf0\x9f\x98"
                "\u00e9") == bad + "code(\u00e9)");
}
