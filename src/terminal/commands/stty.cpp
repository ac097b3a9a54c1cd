// stty: the few settings that this terminal has.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/system.hpp"

namespace cw::terminal::commands {

namespace {

int run_stty(Process& p) {
    if (p.argv.size() == 2 && p.argv[1] == "--help") return p.out(help_text(stty_command)) ? 0 : 1;
    if (!p.is_terminal(0)) return p.fail("'standard input': Inappropriate ioctl for device");
    TerminalMode& mode = p.system.terminal_mode;
    TerminalSize const size = p.terminal_size();
    bool const all = p.argv.size() == 2 && (p.argv[1] == "-a" || p.argv[1] == "--all");
    if (p.argv.size() == 1 || all) {
        std::string out = "speed 38400 baud;";
        if (all) out += " rows " + std::to_string(size.rows) + "; columns " + std::to_string(size.columns) + ";";
        out += " line = 0;\n";
        for (auto const& [on, name] : {std::pair(mode.by_line, "icanon"), std::pair(mode.echoes, "echo")})
            out += std::string(on ? "" : "-") + name + (name[0] == 'e' ? "\n" : " ");
        p.out(out);
        return 0;
    }
    TerminalMode wanted = mode;
    for (std::size_t i = 1; i < p.argv.size(); ++i) {
        std::string_view word = p.argv[i];
        if (word == "size") {
            p.out(std::to_string(size.rows) + " " + std::to_string(size.columns) + "\n");
            continue;
        }
        bool const on = word.empty() || word[0] != '-';
        if (!on) word.remove_prefix(1);
        if (word == "echo") {
            wanted.echoes = on;
        } else if (word == "icanon") {
            wanted.by_line = on;
        } else if (word == "raw" || word == "cbreak") {
            wanted.by_line = !on;
        } else if (word == "sane" && on) {
            wanted = {};
        } else {
            p.fail("invalid argument " + marked(p.argv[i]));
            p.err("Try 'stty --help' for more information.\n");
            return 1;
        }
    }
    mode = wanted;
    return 0;
}

}

Command const stty_command{"stty",
                           "change and print terminal line settings",
                           "stty [SETTING]...\nstty [-a|--all]",
                           "  -a, --all      print the settings\n"
                           "  size           print the numbers of rows and columns\n"
                           "  [-]echo        show what is typed\n"
                           "  [-]icanon      hand over whole lines (-cbreak, -raw), else single characters\n"
                           "  sane           both\n",
                           run_stty,
                           nullptr};

}
