// A script on standard input: read command by command, with prompts and history expansion where they are switched on.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/expand.hpp"
#include "terminal/limits.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

namespace cw::terminal {

bool Interpreter::is_complete(std::string const& text) const {
    auto const reads_whole = [this](std::string const& script) {
        Parser parser(script, parser_options());
        for (Parser::Step step; (step = parser.next()).kind != Parser::Kind::end;) {
            if (step.kind == Parser::Kind::incomplete) return false;
            if (step.kind == Parser::Kind::error) return true;
            if (!parser.warnings().empty()) return false; // a here-document that is still open
        }
        return true;
    };
    if (!reads_whole(text)) return false;
    // A backslash at the end joins the next line, unless it stands in a comment, where a quote would not count either.
    std::size_t slashes = 0;
    while (slashes + 1 < text.size() && text[text.size() - 2 - slashes] == '\\') ++slashes;
    return slashes % 2 == 0 || reads_whole(text.substr(0, text.size() - 2) + " '\n");
}

Task<std::string> Interpreter::prompt(std::string name_of_prompt) {
    std::string const* const set = scalar(name_of_prompt);
    if (!set) co_return std::string();
    int const before = status;
    std::string text = decoded_prompt(*this, *set);
    if (options.promptvars) {
        Word const word = Parser::quoted_text(text, parser_options());
        Expander expander(*this);
        auto task = expander.single_later(word);
        text = co_await task;
    }
    status = before;
    failure = Failure::none;
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '\x01' || c == '\x02'; }), text.end());
    co_return text;
}

Task<Flow> Interpreter::run_prompt_command() {
    std::vector<std::string> commands;
    if (Variable* const set = variable("PROMPT_COMMAND"); set && set->indexed)
        for (auto const& [index, command] : set->indexed->elements()) commands.push_back(command);
    else if (set)
        commands.push_back(set->value);
    int const before = status;
    for (std::string const& command : commands) {
        auto running = run_text(command, TextKind::eval, line);
        co_await running;
    }
    status = before;
    co_return Flow{};
}

// The lines of the next command, from input.base on. Empty if history expansion took the line away.
Task<std::string> Interpreter::read_command_lines(InputText& input) {
    std::string lines;
    do {
        if (interactive) {
            if (lines.empty()) {
                auto before = run_prompt_command();
                co_await before;
            }
            auto showing = prompt(lines.empty() ? "PS1" : "PS2");
            write(2, co_await showing);
        }
        std::size_t const end = std::min(input.text.find('\n', input.base), input.text.size());
        std::string typed = input.text.substr(input.base, end - input.base);
        input.base = std::min(end + 1, input.text.size());
        line = input.next_line++;
        if (interactive) write(2, typed + "\n");
        bool changed = false;
        bool const in_document = lines.find("<<") != std::string::npos;
        if (options.histexpand && !in_document && !expand_history(typed, changed)) {
            --input.next_line; // as if it had not been read
            co_return std::string();
        }
        if (changed) write(2, typed + "\n");
        lines += typed + "\n";
    } while (input.base < input.text.size() && !is_complete(lines));
    co_return lines;
}

// All of the input is taken, and what follows the line that runs is put back as the input.
Task<Flow> Interpreter::run_input() {
    InputText input;
    FilePtr source;
    while (true) {
        if (FilePtr const from = files.shared(0); !source || from != source) { // at first, and after `exec < file`
            input.text.clear();
            input.base = 0;
            while (from && input.text.size() < limits::script_bytes) {
                IoResult const result = from->read(input.text, 65536);
                if (result.state == IoState::would_block)
                    co_await system.scheduler.wait_for(from->wait_key());
                else if (result.state != IoState::ok)
                    break;
            }
            source = make_string_source(input.text);
            if (from || input.next_line == 1) files.set(0, source);
            end_line(input.text);
        }
        if (input.base >= input.text.size()) break;
        std::size_t const start = input.base;
        int const first_line = input.next_line;
        bool const by_lines = interactive || options.history;
        std::string script;
        if (by_lines) {
            auto reading = read_command_lines(input);
            script = co_await reading;
        } else {
            script = input.text.substr(start);
        }
        ParserOptions made = parser_options();
        made.first_line = first_line;
        made.alias = [this](std::string const& word) -> std::string const* {
            auto const found = options.expand_aliases ? aliases.find(word) : aliases.end();
            return found == aliases.end() ? nullptr : &found->second;
        };
        Parser parser(script, made);
        Parser::Step step = parser.next();
        for (auto const& [at_line, words] : parser.warnings()) {
            line = at_line;
            error("warning: " + words);
        }
        if (by_lines) {
            static_cast<void>(source->seek(static_cast<std::int64_t>(input.base), 0));
            if (options.history) remember_line(script);
            if (interactive) {
                auto showing = prompt("PS0");
                write(2, co_await showing);
            }
        }
        if (step.kind == Parser::Kind::end && !by_lines) break;
        bool goes_on = step.kind != Parser::Kind::end;
        while (goes_on) {
            if (step.kind != Parser::Kind::command) {
                report(parser.problem(), "");
                if (parser.problem().kind == ParseProblem::Kind::array && !by_lines) { // only this line is lost
                    status = 1;
                    parser.skip_line();
                    input.next_line = parser.line();
                    input.base = start + parser.original_position();
                    goes_on = false;
                    break;
                }
                if (parser.problem().kind != ParseProblem::Kind::condition) status = parser.problem().status;
                if (interactive) break;
                co_return Flow{FlowKind::exit, 0};
            }
            goes_on = by_lines || parser.is_inside_alias(); // whose text has more lines
            if (!by_lines) {
                if (!goes_on) {
                    input.base = start + parser.original_position();
                    input.next_line =
                        first_line + static_cast<int>(std::count(
                                         input.text.begin() + static_cast<std::ptrdiff_t>(start),
                                         input.text.begin() + static_cast<std::ptrdiff_t>(input.base), '\n'));
                }
                static_cast<void>(source->seek(static_cast<std::int64_t>(input.base), 0));
            }
            if (options.verbose && !interactive) write(2, parser.text_between(0, parser.position()));
            if (!options.noexec || interactive) {
                survives_errexit = false;
                auto task = run_list(*step.list);
                Flow const flow = co_await task;
                if (options.onecmd) co_return Flow{FlowKind::exit, 0};
                if (flow.kind == FlowKind::discard) {
                    if (options.errexit && !survives_errexit) co_return Flow{FlowKind::exit, 0};
                    break;
                }
                if (!flow.goes_on()) co_return flow;
            }
            if (goes_on) step = parser.next();
            goes_on = goes_on && step.kind != Parser::Kind::end;
        }
        if (!by_lines && goes_on) input.base = start + parser.original_position(); // given up inside an alias
        ++command_number;
        auto const now = source->seek(0, 1);
        if (now && now.value > static_cast<std::int64_t>(input.base)) input.base = static_cast<std::size_t>(now.value);
    }
    if (interactive) {
        auto before = run_prompt_command();
        co_await before;
        auto showing = prompt("PS1");
        write(2, co_await showing + "exit\n");
    }
    co_return Flow{};
}

}
