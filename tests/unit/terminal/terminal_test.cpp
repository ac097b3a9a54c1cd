// The terminal as the page uses it: keys in, screen out, slices between.
#include "desk.hpp"
#include "terminal/commands/command.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace cw::terminal;
using test::Desk;
using test::lesson;

TEST_CASE("terminal: it begins with the banner and the prompt") {
    Desk const desk;
    CHECK(desk.rows() == "> Ready. Click \"Run\" to execute.\n>\n");
    CHECK(desk.terminal.screen().cursor().row == 1);
    CHECK(desk.terminal.screen().cursor().column == 2);
    CHECK(desk.terminal.status() == Terminal::Status::idle);
    CHECK(desk.terminal.screen().input_modes().bracketed_paste);
}

TEST_CASE("terminal: a line is run and its state lives on") {
    Desk desk;
    desk.enter("x=5; cd /tmp");
    desk.enter("echo $x $PWD");
    CHECK(desk.rows().find("> echo $x $PWD\n5 /tmp\n>\n") != std::string::npos);
    CHECK(desk.terminal.history().back() == "echo $x $PWD");
}

TEST_CASE("terminal: Run types its command, and what was half typed comes back") {
    Desk desk;
    desk.terminal.text("echo dra");
    desk.terminal.run_command("echo run");
    desk.settle();
    CHECK(desk.rows() == "> Ready. Click \"Run\" to execute.\n> echo run\nrun\n> echo dra\n");
    CHECK(desk.terminal.line() == "echo dra");
    desk.enter("ft");
    CHECK(desk.rows().find("\ndraft\n") != std::string::npos);
}

TEST_CASE("terminal: Run waits while another command is running") {
    Desk desk;
    desk.terminal.run_command("read answer; echo got $answer");
    desk.settle();
    desk.terminal.text("ye");
    desk.terminal.run_command("echo earlier");
    desk.terminal.run_command("echo later");
    desk.terminal.text("s\n");
    desk.settle();
    desk.settle();
    CHECK(desk.rows().find("yes\ngot yes\n> echo later\nlater\n>") != std::string::npos);
    CHECK(desk.rows().find("earlier") == std::string::npos);
}

TEST_CASE("terminal: a command that reads gets lines, with echo and erasing") {
    Desk desk;
    desk.enter("read name; echo \"hello $name\"");
    CHECK(desk.terminal.status() == Terminal::Status::waiting_for_input);
    desk.terminal.text("Adx");
    CHECK(desk.terminal.line() == "Adx");
    desk.terminal.key(Key::special(Key::Code::backspace));
    desk.terminal.text("a");
    desk.terminal.key(Key::special(Key::Code::enter));
    CHECK(desk.settle() == Terminal::Status::idle);
    CHECK(desk.rows().find("Ada\nhello Ada\n>") != std::string::npos);
}

TEST_CASE("terminal: the page's input field edits what is typed to a command too") {
    Desk desk;
    desk.enter("read name; echo \"<$name>\"");
    desk.terminal.set_line("Grace", 5);
    desk.terminal.set_line("Grace H", 7);
    desk.terminal.set_line("Grace\n", 5);
    desk.settle();
    CHECK(desk.rows().find("\nGrace\n<Grace>\n>") != std::string::npos);
}

TEST_CASE("terminal: read -s shows nothing of what is typed, read -n takes a single key") {
    Desk desk;
    desk.enter("read -s -p 'word: ' secret; echo; echo \"<$secret>\"");
    CHECK(desk.terminal.takes_keys());
    desk.terminal.text("hidex");
    desk.terminal.key(Key::special(Key::Code::backspace));
    CHECK(desk.terminal.line().empty());
    desk.terminal.text("n\n");
    desk.settle();
    CHECK(desk.rows().find("word:\n<hiden>\n>") != std::string::npos);
    CHECK_FALSE(desk.terminal.takes_keys());
    desk.enter("read -n1 -p 'Go on? ' key; echo \"<$key>\"");
    desk.terminal.text("y");
    desk.settle();
    CHECK(desk.rows().find("Go on? y<y>\n>") != std::string::npos);
    desk.enter("read -sn3 three; echo $three; read -d x upto; echo \"<$upto>\"");
    desk.terminal.text("abcd");
    desk.settle();
    desk.terminal.text("efx");
    desk.settle();
    CHECK(desk.rows().find("abc\n") != std::string::npos);
    CHECK(desk.rows().find("\nefx<def>\n>") != std::string::npos);
    desk.enter("read -s x");
    desk.terminal.key(Key::ctrl(U'c'));
    desk.enter("cat");
    desk.terminal.text("shown\n");
    desk.settle();
    CHECK(desk.rows().find("> cat\nshown\nshown\n") != std::string::npos);
    desk.terminal.end_of_file();
    desk.settle();
    desk.enter("stty size; stty -echo; read y; stty echo; echo \"<$y>\"");
    desk.terminal.text("unseen\n");
    desk.settle();
    CHECK(desk.rows().find("24 80\n<unseen>\n>") != std::string::npos);
}

TEST_CASE("terminal: Ctrl-D ends the input of a command") {
    Desk desk;
    desk.enter("cat; echo done");
    desk.enter("line");
    CHECK(desk.rows().find("line\nline\n") != std::string::npos);
    desk.terminal.end_of_file();
    CHECK(desk.settle() == Terminal::Status::idle);
    CHECK(desk.rows().find("done\n>") != std::string::npos);
}

TEST_CASE("terminal: Ctrl-C stops an endless loop, with status 130") {
    Desk desk;
    desk.terminal.run_command("while :; do :; done");
    for (int slice = 0; slice < 5; ++slice) CHECK(desk.terminal.step(1'000) == Terminal::Status::busy);
    desk.terminal.key(Key::ctrl(U'c'));
    CHECK(desk.terminal.status() == Terminal::Status::idle);
    CHECK(desk.rows().find("> while :; do :; done\n^C\n>") != std::string::npos);
    desk.enter("echo $?");
    CHECK(desk.rows().find("130\n") != std::string::npos);
}

TEST_CASE("terminal: what is typed ahead is typed at the next prompt") {
    Desk desk;
    desk.terminal.run_command("sleep 1");
    desk.terminal.text("echo ahead\necho tw");
    desk.settle();
    desk.settle();
    CHECK(desk.rows().find("\nahead\n> echo tw\n") != std::string::npos);
    CHECK(desk.terminal.line() == "echo tw");
}

TEST_CASE("terminal: pasted lines wait for Enter") {
    Desk desk;
    desk.terminal.paste("echo one\necho two\n");
    CHECK(desk.terminal.status() == Terminal::Status::idle);
    CHECK(desk.rows().find("\none\n") == std::string::npos);
    desk.terminal.key(Key::special(Key::Code::enter));
    desk.settle();
    CHECK(desk.rows().find("\none\ntwo\n>") != std::string::npos);
}

TEST_CASE("terminal: several lines are one command and one history entry") {
    Desk desk;
    desk.enter("for i in 1 2");
    CHECK(desk.terminal.status() == Terminal::Status::idle);
    desk.enter("do echo n$i");
    desk.enter("done");
    CHECK(desk.rows().find("\nn1\nn2\n>") != std::string::npos);
    CHECK(desk.terminal.history().size() == 1);
    CHECK(desk.terminal.history().back() == "for i in 1 2; do echo n$i; done");
}

TEST_CASE("terminal: the end of the shell is the beginning of another, with the same files and history") {
    Desk desk;
    desk.enter("echo kept > note; x=1");
    desk.terminal.end_of_file();
    CHECK(desk.rows().find("exit\n(a new shell; your files are still here)\n>") != std::string::npos);
    desk.enter("cat note; echo \"x=$x\"");
    CHECK(desk.rows().find("kept\nx=\n") != std::string::npos);
    desk.enter("exit 3");
    CHECK(desk.terminal.status() == Terminal::Status::idle);
    desk.enter("cat safety_filter.py");
    CHECK(desk.rows().find("print('ok')\n") != std::string::npos);
    CHECK(desk.terminal.history().front() == "echo kept > note; x=1");
}

TEST_CASE("terminal: files and history of an earlier session come back") {
    Desk first;
    first.enter("echo mine > own.txt; rm safety_filter.py");
    Terminal::Options options = lesson();
    options.changes = first.terminal.changes();
    options.history = first.terminal.history();
    Desk second(options);
    second.enter("ls");
    CHECK(second.rows().find("> ls\nown.txt\n>") != std::string::npos);
    second.terminal.key(Key::special(Key::Code::up));
    second.terminal.key(Key::special(Key::Code::up));
    CHECK(second.terminal.line() == "echo mine > own.txt; rm safety_filter.py");
}

TEST_CASE("terminal: finished output and history lines are announced, long output is cut") {
    Desk desk;
    desk.heard();
    desk.enter("echo one; echo two");
    CHECK(desk.heard() == "out: one\ntwo\n");
    desk.enter("printf 'no newline'");
    CHECK(desk.heard() == "out: no newline\n");
    desk.terminal.key(Key::special(Key::Code::up));
    desk.terminal.key(Key::special(Key::Code::up));
    CHECK(desk.heard() == "line: echo one; echo two\n");
    desk.terminal.key(Key::ctrl(U'c'));
    desk.enter("seq 50");
    std::string const heard = desk.heard();
    CHECK(heard.substr(0, 11) == "out: 1\n2\n3\n");
    CHECK(heard.find("\n20\n\u2026 30 more lines\n") != std::string::npos);
    CHECK(desk.heard().empty());
}

TEST_CASE("terminal: a wrapped line is announced as one") {
    Desk desk;
    desk.heard();
    desk.enter("printf 'x%.0s' {1..100}; echo");
    CHECK(desk.heard() == "out: " + std::string(100, 'x') + "\n");
}

TEST_CASE("terminal: a program of the page gets its request, answers in pieces, and can be stopped") {
    Terminal::Options options = lesson();
    options.can_run = [](std::string_view program) { return program == "python3"; };
    Desk desk(options);
    desk.terminal.run_command("python3 safety_filter.py; echo status $?");
    CHECK(desk.settle() == Terminal::Status::waiting_for_host);
    auto const requests = desk.terminal.take_host_requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].argv.back() == "safety_filter.py");
    desk.terminal.host_output(requests[0].id, 1, "o");
    desk.terminal.host_output(requests[0].id, 1, "k\n");
    HostReply reply;
    reply.id = requests[0].id;
    reply.status = 3;
    desk.terminal.host_done(reply);
    CHECK(desk.settle() == Terminal::Status::idle);
    CHECK(desk.rows().find("\nok\nstatus 3\n>") != std::string::npos);
    desk.terminal.run_command("python3 safety_filter.py");
    desk.settle();
    auto const again = desk.terminal.take_host_requests();
    REQUIRE(again.size() == 1);
    desk.terminal.interrupt();
    CHECK(desk.terminal.status() == Terminal::Status::idle);
    REQUIRE(desk.terminal.take_host_cancels() == std::vector<std::uint64_t>{again[0].id});
    desk.terminal.host_output(again[0].id, 1, "too late\n");
    desk.settle();
    CHECK(desk.rows().find("too late") == std::string::npos);
}

TEST_CASE("terminal: a resize reaches the shell and the line") {
    Desk desk;
    desk.terminal.text("echo $COLUMNS $LINES");
    desk.terminal.resize(40, 10);
    CHECK(desk.terminal.screen().columns() == 40);
    desk.terminal.key(Key::special(Key::Code::enter));
    desk.settle();
    CHECK(desk.rows().find("40 10\n") != std::string::npos);
}

TEST_CASE("terminal: jobs go on while a line is typed, and an endless one rests after a while") {
    Desk desk;
    desk.enter("(for i in {1..30000}; do :; done; echo from a long job) &");
    CHECK(desk.terminal.status() == Terminal::Status::idle);
    desk.terminal.text("echo typ");
    int slices = 0;
    for (; desk.terminal.has_work() && slices < 1'000; ++slices) desk.terminal.step(10'000);
    CHECK(desk.rows().find("from a long job\n> echo typ\n") != std::string::npos);
    desk.enter("ed; while :; do :; done &");
    for (slices = 0; desk.terminal.has_work() && slices < 1'000; ++slices) desk.terminal.step(10'000);
    CHECK(slices < 1'000);
    desk.enter("kill %%; wait; echo it is over");
    desk.settle();
    CHECK(desk.rows().find("it is over\n") != std::string::npos);
    CHECK_FALSE(desk.terminal.has_work());
}

TEST_CASE("terminal: without memory a new shell begins, whatever ran or was typed, and the files stay") {
    Desk desk;
    desk.enter("x=big; echo kept > own.txt");
    desk.terminal.run_command("while :; do :; done");
    desk.terminal.step(1'000);
    desk.terminal.out_of_memory();
    desk.settle();
    CHECK(desk.rows().find("bash: out of memory\n(a new shell; your files are still here)\n>") != std::string::npos);
    desk.terminal.text("echo dra");
    desk.terminal.out_of_memory();
    desk.enter("cat own.txt; echo \"<$x>\"");
    CHECK(desk.rows().find("kept\n<>\n") != std::string::npos);
}

TEST_CASE("terminal: a slice is short however many bytes a pipeline moves") {
    Desk desk;
    desk.terminal.run_command("cat /dev/zero | head -c 10000000 | wc -c");
    int slices = 0;
    while (desk.terminal.step(20'000) == Terminal::Status::busy && slices < 10'000) ++slices;
    CHECK(slices > 20); // each moves less than 1 MB
    CHECK(desk.rows().find("\n10000000\n>") != std::string::npos);
}

TEST_CASE("terminal: a background job may write while a line is typed") {
    Desk desk;
    desk.enter("(sleep 1; echo from the background) &");
    desk.terminal.text("echo typ");
    desk.settle();
    for (int turn = 0; turn < 10; ++turn) desk.terminal.step(1'000);
    desk.enter("ed");
    CHECK(desk.rows().find("typed\n") != std::string::npos);
}

TEST_CASE("terminal.key: keys for raw programs are xterm's") {
    CHECK(encode_key(Key::of(U'\u00e9'), false) == "\u00e9");
    CHECK(encode_key(Key::ctrl(U'a'), false) == "\x01");
    CHECK(encode_key(Key::meta(U'b'), false) ==
          "\x1b"
          "b");
    CHECK(encode_key(Key::special(Key::Code::up), false) == "\x1b[A");
    CHECK(encode_key(Key::special(Key::Code::up), true) == "\x1bOA");
    CHECK(encode_key({Key::Code::right, 0, true, false, false}, false) == "\x1b[1;5C");
    CHECK(encode_key({Key::Code::del, 0, false, false, true}, false) == "\x1b[3;2~");
    CHECK(encode_key(Key::special(Key::Code::page_down), false) == "\x1b[6~");
    CHECK(encode_key({Key::Code::tab, 0, false, false, true}, false) == "\x1b[Z");
}

TEST_CASE("terminal: commands may come later than the shell, and what needs them rests until then") {
    Terminal::Options options = lesson();
    options.commands = nullptr;
    Desk desk(options);
    desk.enter("type ls; echo now; ls /dev/null | cat; echo then");
    CHECK(desk.settle() == Terminal::Status::waiting_for_host);
    CHECK(desk.terminal.waits_for_commands());
    CHECK(desk.rows().find("ls is /usr/bin/ls\nnow\n") != std::string::npos);
    CHECK(desk.rows().find("/dev/null\nthen") == std::string::npos);
    desk.terminal.commands_came(commands::command_named);
    CHECK(desk.settle() == Terminal::Status::idle);
    CHECK_FALSE(desk.terminal.waits_for_commands());
    CHECK(desk.rows().find("now\n/dev/null\nthen\n>") != std::string::npos);
    desk.enter("exit");
    desk.enter("basename /a/b"); // the new shell has them too
    CHECK(desk.rows().find("\nb\n>") != std::string::npos);
}

TEST_CASE("terminal: commands that cannot come are told, and asked for again; Ctrl-C ends the rest") {
    Terminal::Options options = lesson();
    options.commands = nullptr;
    options.columns = 100;
    Desk desk(options);
    desk.enter("ls; echo status $?");
    desk.terminal.commands_failed("the network is down");
    CHECK(desk.settle() == Terminal::Status::idle);
    CHECK(desk.rows().find("bash: /usr/bin/ls: cannot be loaded (the network is down). Run it again to try once more.\n"
                           "status 126\n>") != std::string::npos);
    desk.enter("date");
    CHECK(desk.terminal.waits_for_commands());
    desk.terminal.interrupt();
    CHECK_FALSE(desk.terminal.waits_for_commands());
    CHECK(desk.terminal.last_status() == 130);
    desk.enter("basename /a/b");
    desk.terminal.commands_came(commands::command_named);
    desk.settle();
    CHECK(desk.rows().find("\nb\n>") != std::string::npos);
}
