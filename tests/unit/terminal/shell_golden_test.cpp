// Replays scripts whose output and status were recorded from a real bash (.github/scripts/record_golden).
#include "terminal/shell.hpp"
#include "tools/spec_commands.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace cw::terminal;

namespace {

struct Case {
    std::string file, name, script, output;
    int status = 0;
};

// "\n", "\\", "\"" and \xNN of the one-line form of an output.
std::string unescaped(std::string const& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 >= text.size()) {
            out += text[at];
            continue;
        }
        char const c = text[++at];
        if (c == 'n')
            out += '\n';
        else if (c == 'x') {
            out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else
            out += c;
    }
    return out;
}

std::vector<Case> read_cases(std::filesystem::path const& path) {
    std::vector<Case> cases;
    std::ifstream in(path, std::ios::binary);
    bool in_output = false;
    for (std::string line; std::getline(in, line);) {
        if (in_output) {
            if (line == "## END")
                in_output = false;
            else
                cases.back().output += line + "\n";
        } else if (line.compare(0, 5, "#### ") == 0) {
            cases.push_back({path.filename().string(), line.substr(5), "", "", 0});
        } else if (line.compare(0, 11, "## status: ") == 0) {
            cases.back().status = std::stoi(line.substr(11));
        } else if (line == "## STDOUT:") {
            in_output = true;
        } else if (line.compare(0, 11, "## stdout: ") == 0) {
            cases.back().output = unescaped(line.substr(11));
        } else if (!cases.empty()) {
            cases.back().script += line + "\n";
        }
    }
    return cases;
}

}

TEST_CASE("terminal.shell: scripts print and end as they do in bash") {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(CW_ROOT "/tests/golden/terminal"))
        if (entry.path().string().find(".test.sh") != std::string::npos) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::size_t count = 0;
    for (auto const& file : files)
        for (Case const& each : read_cases(file)) {
            ++count;
            ShellSetup setup;
            setup.interactive = false;
            setup.environment = {"HOME=/home/learner", "TMP=/tmp/golden", "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
                                 "PATH=/usr/local/bin:/usr/bin:/bin"};
            Shell shell(setup);
            add_spec_commands(shell);
            shell.vfs().seed_directory("/tmp/golden", 0755, 1000, 1000);
            std::string output;
            shell.set_sink([&](int fd, std::string_view bytes) {
                if (fd == 1) output += bytes;
            });
            shell.start({"bash"}, make_string_source(each.script));
            int slices = 0;
            while (shell.step(100'000) != Shell::State::exited && slices < 10'000) ++slices;
            INFO(each.file, ": ", each.name, "\n", each.script);
            CHECK(output == each.output);
            CHECK(shell.exit_status() == each.status);
        }
    CHECK(count >= 790);
}
