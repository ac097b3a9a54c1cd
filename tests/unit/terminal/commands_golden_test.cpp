// tests/golden/commands: command lines whose output was recorded from the real GNU tools by record_golden.
#include "terminal/shell.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include <dirent.h>
#include <doctest/doctest.h>

using namespace cw::terminal;

namespace {

std::string read_text(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct Outcome {
    std::string out, err;
    int status = 0;
};

Outcome run(std::string const& setup, std::string const& command) {
    ShellSetup options;
    options.interactive = false;
    options.environment = {"LC_ALL=C.UTF-8", "TZ=UTC", "TERM=xterm", "HOME=/home/learner",
                           "PATH=/usr/local/bin:/usr/bin:/bin"};
    Shell shell(options);
    Outcome outcome;
    shell.set_sink([&](int fd, std::string_view bytes) { (fd == 1 ? outcome.out : outcome.err) += bytes; });
    shell.start({"bash", "-c", "mkdir -p /tmp/case; cd /tmp/case\n" + setup + "\n" + command}, make_string_source(""));
    while (shell.step(1'000'000) != Shell::State::exited) {}
    outcome.status = shell.exit_status();
    return outcome;
}

struct Case {
    std::string command, out, err;
    int status = 0;
};

std::vector<Case> read_cases(std::string const& text) {
    std::vector<Case> cases;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.compare(0, 2, "$ ") == 0) {
            cases.push_back({line.substr(2), {}, {}, 0});
        } else if (!cases.empty() && !line.empty()) {
            Case& last = cases.back();
            if (line[0] == '|') last.out += line.substr(1) + "\n";
            if (line[0] == '!') last.err += line.substr(1) + "\n";
            if (line[0] == '~' && !last.out.empty()) last.out.pop_back();
            if (line[0] == '%' && !last.err.empty()) last.err.pop_back();
            if (line[0] == '=') last.status = std::stoi(line.substr(1));
        }
    }
    return cases;
}

}

TEST_CASE("terminal.commands: what was recorded from the GNU tools comes out the same") {
    std::string const folder = std::string(CW_ROOT) + "/tests/golden/commands/";
    std::string const setup = read_text(folder + "setup.sh");
    std::vector<std::string> files;
    DIR* const directory = opendir(folder.c_str());
    REQUIRE(directory != nullptr);
    while (dirent const* const entry = readdir(directory)) {
        std::string const name = entry->d_name;
        if (name.size() > 7 && name.compare(name.size() - 7, 7, ".golden") == 0) files.push_back(name);
    }
    closedir(directory);
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() >= 7);
    std::size_t count = 0;
    for (std::string const& file : files) {
        for (Case const& one : read_cases(read_text(folder + file))) {
            ++count;
            CAPTURE(file);
            CAPTURE(one.command);
            Outcome const outcome = run(setup, one.command);
            CHECK(outcome.out == one.out);
            CHECK(outcome.err == one.err);
            CHECK(outcome.status == one.status);
        }
    }
    CHECK(count >= 600);
}
