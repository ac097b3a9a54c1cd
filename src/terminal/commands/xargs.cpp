#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/system.hpp"

namespace cw::terminal::commands {

namespace {

constexpr std::size_t max_command_bytes = 131072;

struct XargsPlan {
    std::vector<std::string> command;
    std::string replace;
    bool replaces = false, verbose = false, no_run_if_empty = false, asks = false;
    std::int64_t most_arguments = -1, most_lines = -1;
    std::int64_t most_bytes = max_command_bytes;
    int delimiter = -1; // a byte, or blanks and quotes
    std::string end_word;
    bool has_end_word = false;
};

struct Item {
    std::string text;
    bool ends_line = false; // the last one on its line
};

// Words with quotes and backslashes as xargs reads them; false after a message.
bool split_items(Process& p, std::string_view text, XargsPlan const& plan, std::vector<Item>& items) {
    if (plan.delimiter >= 0) {
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const end = std::min(text.find(static_cast<char>(plan.delimiter), at), text.size());
            items.push_back({std::string(text.substr(at, end - at)), true});
            at = end + 1;
        }
        return true;
    }
    std::string word;
    bool started = false;
    auto const finish = [&] {
        if (started) items.push_back({word, false});
        word.clear();
        started = false;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '\n') {
            bool const after_blank = at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t');
            finish();
            if (!items.empty() && !after_blank) items.back().ends_line = true;
        } else if ((c == ' ' || c == '\t') && !plan.replaces) {
            finish();
        } else if ((c == ' ' || c == '\t') && !started) {
            continue; // leading blanks of a line
        } else if (c == '"' || c == '\'') {
            std::size_t const end = text.find(c, at + 1);
            if (end == std::string_view::npos || text.substr(at, end - at).find('\n') != std::string_view::npos) {
                p.fail(std::string("unmatched ") + (c == '"' ? "double" : "single") +
                       " quote; by default quotes are special to xargs unless you use the -0 option");
                return false;
            }
            word += text.substr(at + 1, end - at - 1);
            started = true;
            at = end;
        } else {
            word += c == '\\' && at + 1 < text.size() ? text[++at] : c;
            started = true;
        }
    }
    finish();
    if (!items.empty()) items.back().ends_line = true;
    return true;
}

class Runner {
  public:
    Runner(Process& p, XargsPlan const& plan) : p_(p), plan_(plan) {}
    int status = 0;
    bool stop = false;

    Task<> run(std::vector<std::string> argv) {
        if (plan_.verbose || plan_.asks) {
            std::string line;
            for (std::string const& word : argv) (line += line.empty() ? "" : " ") += shown_name(word);
            p_.err(plan_.asks ? line + "?..." : line + "\n");
            std::string answer;
            bool const agreed = !plan_.asks || (co_await p_.read_line(0, answer) && answer[0] == 'y');
            if (!agreed) co_return;
        }
        std::string const program = argv[0];
        if (Errno const error = program_error(p_, program); error != Errno::none) {
            p_.fail(program + ": " + std::string(message(error)));
            status = error == Errno::no_entry ? 127 : 126;
            stop = true;
            co_return;
        }
        // The commands get an empty stdin: ours is the list.
        FilePtr const input = p_.files.shared(0);
        p_.files.set(0, make_string_source(""));
        int const code = co_await p_.run(std::move(argv));
        p_.files.set(0, input);
        if (code == 255) {
            p_.fail(program + ": exited with status 255; aborting");
            status = 124;
            stop = true;
        } else if (code == 126 || code == 127) {
            status = code;
            stop = true;
        } else if (code == Process::sigpipe) {
            status = 125;
            stop = true;
        } else if (code != 0) {
            status = 123;
        }
    }

  private:
    Process& p_;
    XargsPlan const& plan_;
};

Task<> run_batches(Process& p, XargsPlan const& plan, std::vector<Item> const& items, Runner& runner) {
    if (plan.replaces) {
        std::vector<Item> lines = items;
        for (Item const& item : lines) {
            if (item.text.empty() && plan.delimiter < 0) continue;
            std::vector<std::string> argv;
            for (std::string const& word : plan.command) argv.push_back(replace_all(word, plan.replace, item.text));
            co_await runner.run(std::move(argv));
            if (runner.stop) co_return;
            co_await p.breathe();
        }
        co_return;
    }
    std::size_t at = 0;
    bool first = true;
    while (at < items.size() || (first && !plan.no_run_if_empty)) {
        first = false;
        std::vector<std::string> argv = plan.command;
        std::int64_t lines = 0, count = 0;
        std::int64_t bytes = 0;
        for (std::string const& word : argv) bytes += static_cast<std::int64_t>(word.size()) + 1;
        while (at < items.size()) {
            if (plan.most_arguments >= 0 && count == plan.most_arguments) break;
            if (plan.most_lines >= 0 && lines == plan.most_lines) break;
            bytes += static_cast<std::int64_t>(items[at].text.size()) + 1;
            if (bytes > plan.most_bytes && count > 0) break;
            if (bytes > plan.most_bytes) {
                p.fail("argument line too long");
                runner.status = 1;
                co_return;
            }
            argv.push_back(items[at].text);
            ++count;
            lines += items[at].ends_line;
            ++at;
        }
        co_await runner.run(std::move(argv));
        if (runner.stop) co_return;
        co_await p.breathe();
    }
}

int read_options(Process& p, Arguments const& arguments, XargsPlan& plan) {
    for (Option const& option : arguments.options) {
        auto const number = parse_count(option.value);
        if (option.id == 'n' || option.id == 'L' || option.id == 's') {
            if (!number || *number == 0) {
                p.fail(number ? "value " + option.value + " for -" + std::string(1, static_cast<char>(option.id)) +
                                    " option should be >= 1"
                              : "invalid number \"" + option.value + "\" for -" +
                                    std::string(1, static_cast<char>(option.id)) + " option");
                p.err("Try '" + p.name() + " --help' for more information.\n");
                return 1;
            }
        }
        switch (option.id) {
            case '0': plan.delimiter = 0; break;
            case 'd': {
                std::string const text = unescaped(option.value);
                if (text.size() > 1)
                    return p.fail("Invalid escape sequence in input delimiter specification " + option.value + ".");
                plan.delimiter = text.empty() ? 0 : static_cast<unsigned char>(text[0]);
                break;
            }
            case 'I':
                plan.replace = option.has_value ? option.value : "{}";
                plan.replaces = true;
                break;
            case 'i':
                plan.replace = option.has_value ? option.value : "{}";
                plan.replaces = true;
                break;
            case 'n':
                plan.most_arguments = *number;
                plan.most_lines = -1;
                plan.replaces = plan.replaces && *number == 1;
                break;
            case 'l':
                plan.most_lines = number.value_or(1);
                plan.most_arguments = -1;
                break;
            case 'L':
                plan.most_lines = *number;
                plan.most_arguments = -1;
                break;
            case 's': plan.most_bytes = *number; break;
            case 'r': plan.no_run_if_empty = true; break;
            case 't': plan.verbose = true; break;
            case 'p': plan.asks = true; break;
            case 'E':
            case 'e':
                plan.end_word = option.value;
                plan.has_end_word = option.id == 'E' || option.has_value;
                break;
            default: break;
        }
    }
    return -1;
}

Task<int> run_xargs(Process& p) {
    Arguments const arguments = parse_arguments(p, xargs_command, OperandOrder::options_first);
    if (arguments.ended()) co_return arguments.status;
    XargsPlan plan;
    if (int const status = read_options(p, arguments, plan); status >= 0) co_return status;
    plan.command = arguments.operands;
    if (plan.command.empty()) plan.command.emplace_back("echo");
    std::string text;
    if (std::string const* file = arguments.value('a')) {
        bool const fine = co_await read_whole(p, *file, text, {"Cannot open input file $", "Cannot open input file $"});
        if (!fine) co_return 1;
    } else {
        static_cast<void>(co_await p.read_all(0, text));
    }
    if (plan.has_end_word && plan.delimiter >= 0) {
        p.fail("warning: the -E option has no effect if -0 or -d is used.\n");
        plan.has_end_word = false;
    }
    std::size_t command_bytes = 0;
    for (std::string const& word : plan.command) command_bytes += word.size() + 1;
    if (command_bytes > static_cast<std::size_t>(plan.most_bytes))
        co_return p.fail("cannot fit single argument within argument list size limit");
    if (plan.delimiter < 0 && text.find('\0') != std::string::npos)
        p.fail(
            "WARNING: a NUL character occurred in the input.  It cannot be passed through in the argument list.  "
            "Did you mean to use the --null option?");
    std::vector<Item> items;
    bool const fine = split_items(p, text, plan, items);
    for (Item& item : items) item.text.resize(std::min(item.text.find('\0'), item.text.size()));
    if (plan.has_end_word)
        for (std::size_t i = 0; i < items.size(); ++i)
            if (items[i].text == plan.end_word) items.resize(i);
    Runner runner(p, plan);
    if (fine || !items.empty()) co_await run_batches(p, plan, items, runner);
    co_return fine ? runner.status : 1;
}

}

Command const xargs_command{"xargs",
                            "run COMMAND with arguments from standard input",
                            "xargs [OPTION]... COMMAND [INITIAL-ARGS]...",
                            "  -0, --null                items are separated by a null, not whitespace\n"
                            "  -a, --arg-file=FILE       read arguments from FILE, not standard input\n"
                            "  -d, --delimiter=CHARACTER  items are separated by CHARACTER, not by whitespace\n"
                            "  -e, --eof[=END]           as -E END; without END there is none\n"
                            "  -E END                    if END occurs as an item, the rest of the input is ignored\n"
                            "  -I REPLACE                replace REPLACE in INITIAL-ARGS with each line of input\n"
                            "  -i, --replace[=R]         same as -I R; R is {} if not given\n"
                            "  -l[NUM]                   same as -L NUM, or 1\n"
                            "  -L, --max-lines=NUM       use at most NUM non-blank input lines per command line\n"
                            "  -n, --max-args=NUM        use at most NUM arguments per command line\n"
                            "  -o, --open-tty            (ignored)\n"
                            "  -P, --max-procs=NUM       (ignored: one after another)\n"
                            "  -p, --interactive         prompt before running commands\n"
                            "  -r, --no-run-if-empty     if there are no arguments, do not run COMMAND\n"
                            "  -s, --max-chars=NUM       limit length of command line to NUM\n"
                            "  -t, --verbose             print commands before executing them\n"
                            "  -x, --exit                (ignored)\n",
                            nullptr,
                            run_xargs};

}
