// look: lines that begin with a text.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

// What is compared of a text: up to the last character of `until`, letters alike with -f, only words' characters
// with -d.
std::string compared(std::string_view text, Arguments const& arguments) {
    std::string out;
    for (char const c : text) {
        bool const letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (arguments.has('d') && !letter && !(c >= '0' && c <= '9') && c != ' ' && c != '\t') continue;
        out += letter && arguments.has('f') ? static_cast<char>(c | 32) : c;
    }
    return out;
}

Task<int> run_look(Process& p) {
    Arguments const arguments = parse_arguments(p, look_command);
    if (arguments.ended()) co_return arguments.status;
    auto const& operands = arguments.operands;
    if (operands.empty()) {
        p.err("look: bad usage\nTry 'look --help' for more information.\n");
        co_return 1;
    }
    std::string text = operands[0];
    if (std::string const* const until = arguments.value('t'); until && !until->empty())
        text = text.substr(0, std::min(text.find((*until)[0]), text.size() - 1) + 1);
    std::string const wanted = compared(text, arguments);
    Output out(p);
    Input in(p, {operands.size() > 1 ? operands[1] : std::string("/usr/share/dict/words")});
    int status = 1;
    std::string_view line;
    while (!out.broken() && co_await in.next(line)) {
        if (compared(line, arguments).compare(0, wanted.size(), wanted) != 0) continue;
        out.line(line);
        status = 0;
        co_await p.breathe();
    }
    co_return out.close(status);
}

}

Command const look_command{"look",
                           "print the lines that begin with a string",
                           "look [options] STRING [FILE]",
                           "  -a, --alternative      (ignored)\n"
                           "  -d, --alphanum         compare only blanks, letters and digits\n"
                           "  -f, --ignore-case      letters of both cases are alike\n"
                           "  -t, --terminate=CHAR   compare only up to the first CHAR of STRING\n",
                           nullptr,
                           run_look};

}
