// cwsh: the lesson's shell as a native program that behaves as `bash` does from a script.
//
//   cwsh [options] < script        cwsh [options] -c 'commands' [name args]        cwsh [options] script [args]
//
// It runs in its own file system in memory, with /tmp and the usual folders; a script file is read from the real one.
// Five commands that shell test suites ask for are added: argv.py, printenv.py, stdout_stderr.py, read_from_fd.py and
// foo=bar.
#include "terminal/shell.hpp"
#include "tools/spec_commands.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <unistd.h>

using namespace cw::terminal;

extern char** environ;

namespace {

class RealInput final : public OpenFile {
  public:
    RealInput() { readable_ = true; }
    IoResult read(std::string& into, std::size_t max) override {
        std::string buffer(std::min<std::size_t>(max, 65536), '\0');
        ssize_t const count = ::read(0, buffer.data(), buffer.size());
        if (count <= 0) return {IoState::end};
        into.append(buffer, 0, static_cast<std::size_t>(count));
        return {};
    }
};

void write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t const count = ::write(fd, bytes.data(), bytes.size());
        if (count <= 0) std::_Exit(141);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

}

int main(int argc, char** argv) {
    ShellSetup setup;
    setup.interactive = false;
    for (char** entry = environ; *entry; ++entry) setup.environment.emplace_back(*entry);
    auto const have = [&](std::string const& name) {
        for (std::string const& entry : setup.environment)
            if (entry.compare(0, name.size() + 1, name + "=") == 0) return true;
        return false;
    };
    if (!have("TMP")) setup.environment.emplace_back("TMP=/tmp");
    if (!have("HOME")) setup.environment.emplace_back("HOME=/home/learner");
    if (!have("PATH")) setup.environment.emplace_back("PATH=/usr/local/bin:/usr/bin:/bin");
    for (std::string& entry : setup.environment)
        if (entry.compare(0, 4, "PWD=") == 0) entry = "PWD=/home/learner";

    Shell shell(setup);
    std::string pending_out;
    shell.set_sink([&](int fd, std::string_view bytes) {
        if (fd == 1) {
            pending_out += bytes;
            if (pending_out.size() < 65536) return;
        }
        write_all(1, pending_out);
        pending_out.clear();
        if (fd == 2) write_all(2, bytes);
    });
    add_spec_commands(shell);
    for (std::string const& entry : setup.environment)
        for (char const* const name : {"HOME=", "TMP="})
            if (entry.compare(0, std::char_traits<char>::length(name), name) == 0 &&
                entry.find("=/") != std::string::npos)
                if (std::string const path = entry.substr(entry.find('=') + 1); path != "/" && path != "/tmp")
                    shell.vfs().seed_directory(path, 0755, 1000, 1000);
    Caller const owner{shell.vfs().root(), 0, 0, 0};
    shell.interpreter().caller.directory = shell.vfs().lookup(owner, "/home/learner").value;
    shell.interpreter().directory = "/home/learner";
    shell.interpreter().assign("PWD", "/home/learner", false);

    std::vector<std::string> arguments{"bash"};
    for (int i = 1; i < argc; ++i) arguments.emplace_back(argv[i]);
    // A script file of the real machine appears under the same path.
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        std::string const& word = arguments[i];
        if (word == "-c" || word == "-s") break;
        if (word == "-o" || word == "-O" || word == "+o" || word == "+O") {
            ++i;
            continue;
        }
        if (!word.empty() && (word[0] == '-' || word[0] == '+')) {
            if (word[0] == '-' && word.size() > 1 && word[1] != '-' && word.find('c') != std::string::npos) break;
            continue;
        }
        std::ifstream file(word, std::ios::binary);
        if (file) {
            std::string const text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
            shell.vfs().seed_file(joined_path("/home/learner", word), text, 0755, 1000, 1000);
        }
        break;
    }
    shell.start(arguments, std::make_shared<RealInput>());
    while (shell.step(1'000'000) != Shell::State::exited) {}
    write_all(1, pending_out);
    return shell.exit_status();
}
