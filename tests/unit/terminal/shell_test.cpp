// What recorded outputs cannot show: limits, slices, Ctrl-C, files that outlive the shell, permissions, the host's
// programs and several lines of one command.
#include "terminal/shell.hpp"

#include "terminal/limits.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace cw::terminal;

namespace {

class Session {
  public:
    Shell shell{ShellSetup{}};
    std::string out, err;

    Session() {
        shell.set_sink([this](int fd, std::string_view bytes) { (fd == 2 ? err : out) += bytes; });
    }
    // Runs one line to its end; false when it wants another line.
    bool run(std::string const& line) {
        out.clear();
        err.clear();
        if (!shell.submit(line + "\n")) return false;
        while (shell.step(100'000) == Shell::State::busy) {}
        return true;
    }
    std::string output(std::string const& line) {
        run(line);
        return out;
    }
};

}

TEST_CASE("terminal.shell: an endless loop leaves the page its turns and ends at Ctrl-C with 130") {
    for (char const* const line :
         {"while :; do :; done", "while true; do x=$((x+1)); done", "f() { while :; do f2; done; }; f2() { :; }; f",
          "until false; do echo $(echo x) > /dev/null; done", "for ((;;)); do :; done", "yes > /dev/null",
          "cat /dev/zero > /dev/null", "(while :; do :; done) | cat"}) {
        CAPTURE(line);
        Session session;
        CHECK(session.shell.submit(std::string(line) + "\n"));
        for (int slice = 0; slice < 5; ++slice) REQUIRE(session.shell.step(2'000) == Shell::State::busy);
        session.shell.interrupt();
        CHECK(session.shell.step(2'000) == Shell::State::idle);
        CHECK(session.shell.last_status() == 130);
        CHECK(session.output("echo status $?") == "status 130\n");
    }
}

TEST_CASE("terminal.shell: what never ends by itself ends with an error") {
    struct Runaway {
        char const* line;
        char const* words;
    };
    for (Runaway const& each :
         {Runaway{"f() { f; }; f", "maximum function nesting level exceeded"},
          Runaway{"f() { f | f & }; f; wait", "Resource temporarily unavailable"},
          Runaway{"echo {1..9999999}", "too many words"},
          Runaway{"x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done", "too long"}, Runaway{"yes", "MB of output"},
          Runaway{"eval() { :; }; unset -f eval; x='eval \"$x\"'; eval \"$x\"", "nested too deeply"},
          Runaway{"while :; do :; done", "steps without any output"}}) {
        INFO(std::string(each.line));
        Session session;
        session.shell.system().quiet_turns = limits::quiet_turns - 100'000; // so that the test is short
        session.shell.system().output_bytes = limits::output_bytes - 1'000'000;
        session.run(each.line);
        CHECK_MESSAGE(session.err.find(each.words) != std::string::npos, session.err.substr(0, 300));
        CHECK(session.output("echo still here") == "still here\n");
    }
}

TEST_CASE("terminal.shell: deep nesting is refused, not followed") {
    Session session;
    for (char const* const opening : {"(", "{ ", "$(", "${x:-", "[[ ( ", "if ", "$((("}) {
        std::string line = "echo ";
        if (std::string(opening) == "[[ ( ") line = "[[ ";
        for (int i = 0; i < 5'000; ++i) line += opening;
        CAPTURE(opening);
        session.run(line);
        session.shell.interrupt();
        CHECK(session.output("echo ok") == "ok\n");
    }
}

TEST_CASE("terminal.shell: variables, functions, options and the folder last from line to line") {
    Session session;
    session.run("x=5; f() { echo \"f $1\"; }; set -o noglob; cd /tmp; alias hi='echo hello'");
    CHECK(session.output("echo $x *; f a; pwd; hi you") == "5 *\nf a\n/tmp\nhello you\n");
}

TEST_CASE("terminal.shell: a command that is not complete asks for more") {
    Session session;
    for (char const* const line : {"for i in 1 2; do", "if true", "echo 'a", "echo \"b", "cat <<E", "echo \\", "f() {",
                                   "echo $(", "case x in", "true &&", "true |", "a=(1", "[[ a &&", "echo a; (echo b"}) {
        CAPTURE(line);
        CHECK_FALSE(session.run(line));
        CHECK(session.shell.continues());
        CHECK(session.shell.prompt() == "> ");
        session.shell.interrupt();
        CHECK_FALSE(session.shell.continues());
    }
    CHECK_FALSE(session.run("for i in 1 2"));
    CHECK_FALSE(session.run("do echo $i"));
    CHECK(session.run("done"));
    CHECK(session.out == "1\n2\n");
    CHECK(session.run("echo a # \\"));
    CHECK(session.out == "a\n");
    CHECK(session.run("echo 'a\\'"));
    CHECK(session.run("echo a\\\\"));
    CHECK(session.out == "a\\\n");
    CHECK_FALSE(session.run("echo one \\"));
    CHECK(session.run("two"));
    CHECK(session.out == "one two\n");
}

TEST_CASE("terminal.shell: mistakes of a typed line are bash's and name no line number") {
    Session session;
    session.run("echo )");
    CHECK(session.err == "bash: syntax error near unexpected token `)'\n");
    CHECK(session.shell.last_status() == 2);
    session.run("nosuch");
    CHECK(session.err == "bash: nosuch: command not found\n");
    CHECK(session.shell.last_status() == 127);
    session.run("cd /nosuch");
    CHECK(session.err == "bash: cd: /nosuch: No such file or directory\n");
    session.run("echo $((1/0))");
    CHECK(session.err == "bash: 1/0: division by 0 (error token is \"0\")\n");
    session.run("set -u; echo $nosuch; echo no");
    CHECK(session.err == "bash: nosuch: unbound variable\n");
    CHECK(session.out.empty());
}

TEST_CASE("terminal.shell: output comes while a command runs") {
    Session session;
    CHECK(session.shell.submit("echo first; while :; do :; done\n"));
    for (int i = 0; i < 20 && session.out.empty(); ++i) session.shell.step(500);
    CHECK(session.out == "first\n");
    session.shell.interrupt();
}

TEST_CASE("terminal.shell: permissions are kept for the learner") {
    Session session;
    session.run("echo x > /etc/passwd");
    CHECK(session.err == "bash: /etc/passwd: Permission denied\n");
    session.run("ls /root");
    CHECK(session.err.find("Permission denied") != std::string::npos);
    session.run("echo a > f; chmod 000 f; cat f");
    CHECK(session.err == "cat: f: Permission denied\n");
    session.run("chmod 200 f; echo b >> f; chmod 400 f; cat f; echo c >> f");
    CHECK(session.out == "a\nb\n");
    CHECK(session.err == "bash: f: Permission denied\n");
    session.run("mkdir d; touch d/x; chmod 500 d; rm d/x; touch d/y");
    CHECK(session.err.find("rm: cannot remove 'd/x': Permission denied") != std::string::npos);
    CHECK(session.err.find("touch: cannot touch 'd/y': Permission denied") != std::string::npos);
    session.run("rm -rf /usr /bin /etc 2>/dev/null; ls /usr/bin/cat; id -un");
    CHECK(session.out == "/usr/bin/cat\nlearner\n");
    CHECK(session.output("umask 077; touch p; stat -c %a p") == "600\n");
    session.run("chmod 600 prog; printf 'echo hi\\n' > prog; ./prog");
    CHECK(session.err.find("bash: ./prog: Permission denied") != std::string::npos);
}

TEST_CASE("terminal.shell: what the learner changed comes back in a new shell") {
    Session first;
    first.run(
        "mkdir -p deep/er; echo one > deep/er/a; chmod 700 deep/er/a; ln -s deep/er/a link; echo two > b; rm "
        "/home/learner/none 2>/dev/null");
    std::vector<SavedFile> const saved = first.shell.vfs().changes();
    Session second;
    second.shell.vfs().restore(saved);
    CHECK(second.output("cat link b; stat -c %a deep/er/a; readlink link") == "one\ntwo\n700\ndeep/er/a\n");
    // And again, as it was: nothing is added by saving twice.
    CHECK(second.shell.vfs().changes().size() == saved.size());
}

TEST_CASE("terminal.shell: the file system has its quotas") {
    Session session;
    session.run("head -c 20000000 /dev/zero > big; echo $?");
    CHECK(session.err.find("File too large") != std::string::npos);
    session.run("rm -f big; for i in {1..6}; do head -c 16000000 /dev/zero > big$i; done");
    CHECK(session.err.find("No space left on device") != std::string::npos);
    CHECK(session.shell.vfs().used_bytes() <= limits::total_bytes);
    session.run("rm -f big*; echo small > s; cat s");
    CHECK(session.out == "small\n");
    session.run("mkdir many; cd many; for ((i = 0; i < 25000; i++)); do : > f$i; done 2>&1 | tail -1");
    CHECK(session.out.find("No space left on device") != std::string::npos);
    CHECK(session.shell.vfs().used_files() <= limits::files);
}

TEST_CASE("terminal.shell: python3 is the host's, with files, input and arguments") {
    Session session;
    std::string asked;
    session.shell.system().host_can_run = [&](std::string_view program) {
        asked = std::string(program);
        return program == "python3";
    };
    session.run("echo 'print(1)' > a.py; echo in > /tmp/data; printf 'x\\ny\\n' | python3 a.py 'b c'; echo after $?");
    CHECK(asked == "python3");
    CHECK(session.shell.step(1'000) == Shell::State::waiting_for_host);
    std::vector<HostRequest> const requests = session.shell.take_host_requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].argv == std::vector<std::string>{"python3", "a.py", "b c"});
    CHECK(requests[0].directory == "/home/learner");
    CHECK(requests[0].input == "x\ny\n");
    CHECK_FALSE(requests[0].input_is_terminal);
    bool has_script = false, has_data = false;
    for (SavedFile const& file : requests[0].files) {
        has_script = has_script || (file.path == "/home/learner/a.py" && file.content == "print(1)\n");
        has_data = has_data || file.path == "/tmp/data";
    }
    CHECK(has_script);
    CHECK(has_data);
    session.shell.host_output(requests[0].id, 1, "said\n");
    session.shell.step(1'000);
    CHECK(session.out == "said\n");
    HostReply reply;
    reply.id = requests[0].id;
    reply.status = 3;
    SavedFile made;
    made.path = "/home/learner/made.txt";
    made.content = "made\n";
    reply.changed_files.push_back(made);
    session.shell.host_done(reply);
    while (session.shell.step(1'000) == Shell::State::busy) {}
    CHECK(session.out == "said\nafter 3\n");
    CHECK(session.output("cat made.txt") == "made\n");
    session.run("python3 none.py");
    CHECK(session.err == "python3: can't open file '/home/learner/none.py': [Errno 2] No such file or directory\n");
    CHECK(session.shell.last_status() == 2);
    CHECK(session.output("python3").find("python3 FILE") != std::string::npos);
}

TEST_CASE("terminal.shell: Ctrl-C while the host runs a program takes the program back") {
    Session session;
    session.shell.system().host_can_run = [](std::string_view) { return true; };
    session.run("python3 -c 'while 1: pass'");
    CHECK(session.shell.step(1'000) == Shell::State::waiting_for_host);
    session.shell.interrupt();
    CHECK(session.shell.last_status() == 130);
    CHECK(session.shell.take_host_requests().empty());
    CHECK(session.output("echo on") == "on\n");
}

TEST_CASE("terminal.shell: background jobs go on behind the prompt and are told about") {
    Session session;
    session.run("sleep 5 & jobs");
    CHECK(session.out.find("[1]+  Running                 sleep 5 &") != std::string::npos);
    session.run("wait %1; echo $?");
    CHECK(session.out.find("0\n") != std::string::npos);
    session.run("sleep 5 & kill %1; wait $!; echo $?");
    INFO(session.out, session.err);
    CHECK(session.out.find("143") != std::string::npos);
}
