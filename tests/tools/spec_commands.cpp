#include "tools/spec_commands.hpp"

#include "terminal/commands/command.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace cw::terminal {

namespace {

// A byte string as Python 2 prints it in a list.
std::string python_text(std::string const& text) {
    bool const apostrophe = text.find('\'') != std::string::npos && text.find('"') == std::string::npos;
    char const quote = apostrophe ? '"' : '\'';
    std::string out(1, quote);
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        char buffer[8];
        if (c == '\\' || c == quote) {
            out += '\\';
            out += c;
        } else if (c == '\n' || c == '\t' || c == '\r') {
            out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r";
        } else if (byte < 0x20 || byte >= 0x7F) {
            std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned>(byte));
            out += buffer;
        } else {
            out += c;
        }
    }
    return out + quote;
}

int run_argv(Process& p) {
    std::string text = "[";
    for (std::size_t i = 1; i < p.argv.size(); ++i) text += (i > 1 ? ", " : "") + python_text(p.argv[i]);
    p.out(text + "]\n");
    return 0;
}

int run_printenv(Process& p) {
    for (std::size_t i = 1; i < p.argv.size(); ++i)
        p.out((p.has_env(p.argv[i]) ? std::string(p.env(p.argv[i])) : std::string("None")) + "\n");
    return 0;
}

int run_stdout_stderr(Process& p) {
    p.out((p.argv.size() > 1 ? p.argv[1] : "STDOUT") + "\n");
    p.err((p.argv.size() > 2 ? p.argv[2] : "STDERR") + "\n");
    return p.argv.size() > 3 ? std::atoi(p.argv[3].c_str()) : 0;
}

Task<int> run_read_from_fd(Process& p) {
    for (std::size_t i = 1; i < p.argv.size(); ++i) {
        int const fd = std::atoi(p.argv[i].c_str());
        if (!p.files.get(fd)) {
            p.out(p.argv[i] + ": FATAL: Error reading from fd " + p.argv[i] + "\n");
            co_return 1;
        }
        std::string text;
        co_await p.read_some(fd, text);
        p.out(p.argv[i] + ": " + text);
        if (text.empty() || text.back() != '\n') p.out("\n");
    }
    co_return 0;
}

int run_foo_bar(Process& p) {
    p.out("HI\n");
    return 0;
}

Command const helpers[] = {
    {"argv.py", "print arguments", "", "", run_argv, nullptr},
    {"printenv.py", "print variables", "", "", run_printenv, nullptr},
    {"stdout_stderr.py", "print to both", "", "", run_stdout_stderr, nullptr},
    {"read_from_fd.py", "read descriptors", "", "", nullptr, run_read_from_fd},
    {"foo=bar", "print HI", "", "", run_foo_bar, nullptr},
};

}

void add_spec_commands(Shell& shell) {
    for (Command const& helper : helpers) shell.vfs().seed_program("/usr/bin/" + std::string(helper.name), helper.name);
    shell.commands_came([](std::string_view program) {
        for (Command const& helper : helpers)
            if (helper.name == program) return &helper;
        return commands::command_named(program);
    });
}

}
