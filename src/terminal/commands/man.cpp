// man: a command's row in the table as a manual page.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/pager.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/system.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

// One line of a page, no wider than the screen: broken at blanks, what follows below the text and not below its option.
std::string folded(std::string_view line, std::size_t width) {
    std::size_t const first = std::min(line.find_first_not_of(' '), line.size());
    std::size_t const gap = line.find("  ", first);
    std::size_t indent = gap == std::string_view::npos ? first : line.find_first_not_of(' ', gap);
    std::string out;
    if (indent > width / 2 && line.size() > width) { // no room beside the option
        out = std::string(line.substr(0, gap)) + "\n" + std::string(first + 7, ' ');
        line = line.substr(indent);
        indent = first + 7;
    } else {
        out = line.substr(0, indent);
        line = line.substr(indent);
    }
    std::size_t const room = std::max<std::size_t>(width - std::min(indent, width), 8);
    while (line.size() > room) {
        std::size_t const blank = line.rfind(' ', room);
        if (blank == std::string_view::npos || blank == 0) break;
        out += std::string(line.substr(0, blank)) + "\n" + std::string(indent, ' ');
        line = line.substr(blank + 1);
    }
    return out += std::string(line) + "\n";
}

// A page as man prints it: headings, then the row of the command table.
std::string manual_page(Command const& command, std::size_t width) {
    std::string const name(command.name);
    std::string upper;
    for (char const c : name) upper += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    upper += "(1)";
    std::string_view const heading = "User Commands";
    std::size_t const taken = std::min(2 * upper.size() + heading.size() + 2, width);
    std::size_t const left = 1 + (width - taken) / 2;
    std::string out = upper + std::string(left, ' ') + std::string(heading) +
                      std::string(1 + width - taken - (left - 1), ' ') + upper + "\n\nNAME\n";
    std::string const margin(7, ' ');
    out += folded(margin + name + " - " + std::string(command.summary), width) + "\nSYNOPSIS\n";
    for (std::string_view const line : split(command.usage, '\n')) out += folded(margin + std::string(line), width);
    if (command.manual.empty()) return out;
    out += "\nDESCRIPTION\n";
    std::string_view manual = command.manual;
    if (manual.back() == '\n') manual.remove_suffix(1);
    for (std::string_view const line : split(manual, '\n'))
        out += line.empty() ? "\n" : folded(margin + std::string(line), width);
    return out;
}

Task<int> run_man(Process& p) {
    Arguments const arguments = parse_arguments(p, man_command);
    if (arguments.ended()) co_return arguments.status;
    if (arguments.has('k') || arguments.has('f')) {
        int found = 1;
        for (Command const* command : command_table())
            for (std::string const& word : arguments.operands) {
                bool const whole = arguments.has('f');
                bool const hit = whole ? command->name == word
                                       : command->name.find(word) != std::string_view::npos ||
                                             command->summary.find(word) != std::string_view::npos;
                if (hit)
                    p.out(padded(std::string(command->name) + " (1)", -20) + " - " + std::string(command->summary) +
                          "\n"),
                        found = 0;
            }
        if (found)
            for (std::string const& word : arguments.operands) p.out(word + ": nothing appropriate.\n");
        co_return found ? 16 : 0;
    }
    std::size_t const columns =
        p.is_terminal(1) ? static_cast<std::size_t>(std::max(20, p.terminal_size().columns)) : 80;
    std::string page;
    int status = 0;
    for (std::string const& word : arguments.operands) {
        bool const section = word.size() == 1 && word[0] >= '1' && word[0] <= '9' && arguments.operands.size() > 1;
        if (section) continue;
        Command const* const command = p.system.command(word);
        if (command) {
            page += (page.empty() ? "" : "\n") + manual_page(*command, std::min<std::size_t>(columns, 80));
        } else {
            p.err("No manual entry for " + word + "\n");
            status = 16;
        }
    }
    if (arguments.operands.empty()) {
        p.out("What manual page do you want?\nFor example, try 'man man'.\n");
        co_return 1;
    }
    if (page.empty()) co_return status;
    std::string const title = "Manual page " + arguments.operands.back() + "(1)";
    int const shown = co_await show_paged(p, std::move(page), title, false);
    co_return shown ? shown : status;
}

}

Command const man_command{"man",
                          "show the manual page of a command",
                          "man [OPTION]... [SECTION] PAGE...",
                          "  -f, --whatis   show the one-line description of a page\n"
                          "  -k, --apropos  search the names and descriptions of pages\n",
                          nullptr,
                          run_man};

}
