// compgen, complete and compopt: programmable completion. A specification is kept as the options that `complete -p`
// shows, in one order; the line editor here does not ask for them.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

struct Action {
    std::string_view name;
    char letter; // 0 if only -A names it
};
// In the order in which complete -p shows them: those with a letter first.
constexpr Action actions[] = {
    {"alias", 'a'},    {"builtin", 'b'},   {"command", 'c'},    {"directory", 'd'}, {"export", 'e'},
    {"file", 'f'},     {"group", 'g'},     {"job", 'j'},        {"keyword", 'k'},   {"service", 's'},
    {"user", 'u'},     {"variable", 'v'},  {"arrayvar", '\0'},  {"binding", '\0'},  {"disabled", '\0'},
    {"enabled", '\0'}, {"function", '\0'}, {"helptopic", '\0'}, {"hostname", '\0'}, {"running", '\0'},
    {"setopt", '\0'},  {"shopt", '\0'},    {"signal", '\0'},    {"stopped", '\0'},
};
// What compgen makes first when several are asked for.
constexpr std::string_view generation_order[] = {
    "alias",    "arrayvar",  "binding",  "builtin", "command", "disabled", "enabled", "export",
    "function", "helptopic", "hostname", "job",     "keyword", "running",  "service", "setopt",
    "shopt",    "signal",    "stopped",  "user",    "group",   "variable", "file",    "directory"};
constexpr std::string_view option_names[] = {"bashdefault", "default", "dirnames", "filenames",
                                             "noquote",     "nosort",  "nospace",  "plusdirs"};
constexpr std::string_view keywords[] = {"if",     "then",  "else",  "elif", "fi",   "case",  "esac",     "for",
                                         "select", "while", "until", "do",   "done", "in",    "function", "time",
                                         "{",      "}",     "!",     "[[",   "]]",   "coproc"};

struct Specification {
    std::vector<std::string> actions, options, off; // off: compopt +o
    std::string glob, words, prefix, suffix, filter, command, function;
    std::string given; // letters of the options with a value, even an empty one
    bool print = false, remove = false;
    std::string special; // D, E or I
};

bool is_known(std::string_view const* from, std::size_t count, std::string_view name) {
    return std::find(from, from + count, name) != from + count;
}

// The options in front of the names. -1 when all is well, else the status.
int read_specification(Interpreter& shell, Words const& arguments, std::size_t& at, Specification& made) {
    std::string const& builtin = arguments[0];
    bool const is_compopt = builtin == "compopt", is_complete = builtin == "complete";
    for (; at < arguments.size() && arguments[at].size() > 1 &&
           (arguments[at][0] == '-' || (is_compopt && arguments[at][0] == '+'));
         ++at) {
        std::string const word = arguments[at];
        if (word == "--") {
            ++at;
            break;
        }
        for (std::size_t i = 1; i < word.size(); ++i) {
            char const c = word[i];
            if (!is_compopt && c != 'o' && std::string_view("AGWPSXFC").find(c) == std::string_view::npos) {
                auto const* const action = std::find_if(std::begin(actions), std::end(actions),
                                                        [&](Action const& each) { return each.letter == c; });
                if (action != std::end(actions)) {
                    made.actions.emplace_back(action->name);
                    continue;
                }
            }
            bool const takes_value =
                c == 'o' || (!is_compopt && std::string_view("AGWPSXFC").find(c) != std::string_view::npos);
            if (!takes_value) {
                if (is_complete && c == 'p')
                    made.print = true;
                else if (is_complete && c == 'r')
                    made.remove = true;
                else if (builtin != "compgen" && (c == 'D' || c == 'E' || c == 'I'))
                    made.special = c;
                else
                    return invalid_option(shell, builtin, word.substr(0, 1) + c);
                continue;
            }
            std::string value = word.substr(i + 1);
            if (value.empty()) {
                if (at + 1 >= arguments.size()) {
                    shell.builtin_error(builtin, std::string("-") + c + ": option requires an argument");
                    return usage(shell, builtin);
                }
                value = arguments[++at];
            }
            made.given += c;
            switch (c) {
                case 'A':
                    if (!is_known(generation_order, std::size(generation_order), value)) {
                        shell.builtin_error(builtin, value + ": invalid action name");
                        return 2;
                    }
                    made.actions.push_back(value);
                    break;
                case 'o':
                    if (!is_known(option_names, std::size(option_names), value)) {
                        shell.builtin_error(builtin, value + ": invalid option name");
                        return 2;
                    }
                    (word[0] == '-' ? made.options : made.off).push_back(value);
                    break;
                case 'G': made.glob = value; break;
                case 'W': made.words = value; break;
                case 'P': made.prefix = value; break;
                case 'S': made.suffix = value; break;
                case 'X': made.filter = value; break;
                case 'C': made.command = value; break;
                default: made.function = value; break;
            }
            break;
        }
    }
    return -1;
}

bool has(std::vector<std::string> const& all, std::string_view name) {
    return std::find(all.begin(), all.end(), name) != all.end();
}

// As `complete -p` shows it, without the command's name.
std::string specification_text(Specification const& of) {
    std::string text;
    for (std::string_view const name : option_names)
        if (has(of.options, name)) text += "-o " + std::string(name) + " ";
    for (Action const& action : actions)
        if (has(of.actions, action.name))
            text += action.letter ? std::string("-") + action.letter + " " : "-A " + std::string(action.name) + " ";
    auto const add = [&](char letter, std::string const& value) {
        if (of.given.find(letter) != std::string::npos)
            text += std::string("-") + letter + " " + single_quoted(value) + " ";
    };
    add('G', of.glob);
    add('W', of.words);
    add('P', of.prefix);
    add('S', of.suffix);
    add('X', of.filter);
    add('C', of.command);
    if (of.given.find('F') != std::string::npos) text += "-F " + of.function + " ";
    return text;
}

// Takes what begins with the word that is completed.
struct Collector {
    std::string const& word;
    std::vector<std::string>& out;
    void operator()(std::string_view name) const {
        if (name.substr(0, word.size()) == word) out.emplace_back(name);
    }
};

void add_names(Interpreter& shell, unsigned attribute, bool arrays, Collector const& add) {
    for (std::string const& name : shell.variables.names()) {
        Variable const* const variable = shell.variables.find(name);
        bool const is_visible = variable->is_set || variable->dynamic != Dynamic::none;
        if (is_visible && (!attribute || variable->has(attribute)) && (!arrays || variable->is_array())) add(name);
    }
}

void add_files(Interpreter& shell, bool only_directories, Collector const& add) {
    std::size_t const slash = add.word.rfind('/');
    std::string const folder = slash == std::string::npos ? "" : add.word.substr(0, slash + 1);
    auto const entries = shell.system.vfs.list(shell.caller, folder.empty() ? "." : folder);
    if (!entries) return;
    bool const wants_hidden = add.word.size() > folder.size() && add.word[folder.size()] == '.';
    for (auto const& entry : entries.value) {
        if (entry.name[0] == '.' && !wants_hidden) continue;
        std::string const path = folder + entry.name;
        auto const target = shell.system.vfs.lookup(shell.caller, path);
        if (!only_directories || (target && target.value->is_directory())) add(path);
    }
}

void add_programs(Interpreter& shell, Collector const& add) {
    std::string const path = shell.value_of("PATH");
    for (std::string_view const folder : split(path, ':')) {
        auto const found = shell.system.vfs.list(shell.caller, folder);
        if (!found) continue;
        for (auto const& entry : found.value)
            if (!entry.node->is_directory() && shell.system.vfs.may(shell.caller, *entry.node, 1)) add(entry.name);
    }
}

void generate(Interpreter& shell, std::string_view action, std::string const& word, std::vector<std::string>& out) {
    Collector const add{word, out};
    bool const commands = action == "command", topics = action == "helptopic";
    if (action == "alias" || commands)
        for (auto const& entry : shell.aliases) add(entry.first);
    if (action == "keyword" || topics || commands)
        for (std::string_view const keyword : keywords) add(keyword);
    if (action == "function" || commands) {
        std::size_t const from = out.size();
        for (auto const& entry : shell.functions) add(entry.first);
        std::sort(out.begin() + static_cast<std::ptrdiff_t>(from), out.end());
    }
    if (action == "builtin" || action == "enabled" || action == "disabled" || topics || commands)
        for (Builtin const* const builtin : all_builtins()) {
            bool const is_on = shell.find_enabled_builtin(std::string(builtin->name)) != nullptr;
            if (action == "builtin" || topics || is_on == (action != "disabled")) add(builtin->name);
        }
    if (commands) add_programs(shell, add);
    if (action == "variable") add_names(shell, 0, false, add);
    if (action == "export") add_names(shell, Variable::exported, false, add);
    if (action == "arrayvar") add_names(shell, 0, true, add);
    if (action == "file" || action == "directory") add_files(shell, action == "directory", add);
    if (action == "shopt")
        for (int i = 0; i < shopt_option_count; ++i) add(shopt_options[i].name);
    if (action == "setopt")
        for (int i = 0; i < set_option_count; ++i) add(set_options[i].name);
    if (action == "user" || action == "group") {
        add("root");
        add(shell.system.user);
    }
    if (action == "job" || action == "running")
        for (JobPtr const& job : shell.jobs)
            if (!job->done || (action == "job" && !job->notified)) add(job->command.substr(0, job->command.find(' ')));
    if (action == "signal") {
        for (int i = 0; i <= 64; ++i)
            if (std::string const name = signal_name(i); !name.empty()) add(i == 0 ? name : "SIG" + name);
        for (std::string_view const name : {"DEBUG", "ERR", "RETURN"}) add(name);
    }
}

// -W: cut at IFS outside of quotes and substitutions, then each piece is expanded.
Task<bool> add_words(Interpreter& shell, std::string const& text, std::string const& word,
                     std::vector<std::string>& out) {
    std::string const separators = shell.separators();
    Collector const add{word, out};
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const from = at;
        int brackets = 0;
        char quote = 0;
        for (; at < text.size(); ++at) {
            char const c = text[at];
            if (quote == 0 && brackets == 0 && separators.find(c) != std::string::npos) break;
            if (c == '\\' && quote != '\'')
                ++at;
            else if (quote != 0)
                quote = c == quote ? '\0' : quote;
            else if (c == '\'' || c == '"' || c == '`')
                quote = c;
            else if ((c == '(' || c == '{') && at > 0 && (text[at - 1] == '$' || brackets > 0))
                ++brackets;
            else if ((c == ')' || c == '}') && brackets > 0)
                --brackets;
        }
        std::string piece = text.substr(from, std::min(at, text.size()) - from);
        ++at;
        if (piece.empty()) continue;
        std::vector<ArrayElement> elements;
        bool const expands = piece.find_first_of("\\'\"$`~") != std::string::npos &&
                             Parser::array_text("(" + piece + ")", shell.parser_options(), elements);
        if (expands && elements.size() == 1 && !elements[0].has_subscript) {
            std::vector<std::string> fields;
            bool const globs = shell.options.noglob;
            shell.options.noglob = true;
            Expander expander(shell);
            auto task = expander.fields_later(elements[0].value, fields);
            co_await task;
            shell.options.noglob = globs;
            for (std::string const& field : fields) add(field);
        } else {
            add(piece);
        }
    }
    co_return shell.failure == Failure::none;
}

// -F and -C: the function leaves its answers in COMPREPLY, the command prints them.
Task<bool> add_answers(Interpreter& shell, Specification const& of, std::string const& word,
                       std::vector<std::string>& out) {
    std::vector<std::string> const called{"compgen", word, ""};
    if (!of.function.empty()) {
        if (!shell.functions.count(of.function)) {
            shell.error("completion: function `" + of.function + "' not found");
            co_return false;
        }
        shell.unset_variable("COMPREPLY");
        auto task = shell.call_function(of.function, called);
        co_await task;
        Variable const* const reply = shell.variable("COMPREPLY");
        if (reply && reply->indexed)
            for (auto const& [index, text] : reply->indexed->elements()) out.push_back(text);
        else if (reply && reply->is_set)
            out.push_back(reply->value);
        shell.unset_variable("COMPREPLY");
    }
    if (!of.command.empty()) {
        Parser parser(of.command + " compgen " + single_quoted(word) + " ''", shell.parser_options());
        Part part;
        part.kind = PartKind::command;
        Parser::Step const step = parser.next();
        if (step.kind != Parser::Kind::command) co_return false;
        part.commands = step.list;
        auto task = shell.substitute(part);
        std::string const text = co_await task;
        for (std::string_view const line : split(text, '\n'))
            if (!line.empty()) out.emplace_back(line);
    }
    co_return true;
}

}

Task<int> builtin_compgen(Interpreter& shell, Words arguments) {
    Specification wanted;
    std::size_t at = 1;
    if (arguments.size() < 2) co_return 0;
    if (int const status = read_specification(shell, arguments, at, wanted); status >= 0) co_return status;
    std::string const word = at < arguments.size() ? arguments[at] : "";
    if (specification_text(wanted).empty()) co_return 0;
    std::vector<std::string> found;
    for (std::string_view const action : generation_order)
        if (has(wanted.actions, action)) generate(shell, action, word, found);
    if (!wanted.glob.empty()) {
        for (std::string& name : glob(shell, wanted.glob)) found.push_back(std::move(name));
    }
    if (!wanted.words.empty()) {
        auto task = add_words(shell, wanted.words, word, found);
        bool const good = co_await task;
        if (!good) co_return 1;
    }
    if (!wanted.function.empty()) shell.builtin_error("compgen", "warning: -F option may not work as you expect");
    if (!wanted.command.empty()) shell.builtin_error("compgen", "warning: -C option may not work as you expect");
    auto task = add_answers(shell, wanted, word, found);
    co_await task;
    if (!wanted.filter.empty()) {
        bool const inverts = wanted.filter[0] == '!';
        std::string const pattern = replace_all(wanted.filter.substr(inverts ? 1 : 0), "&", word);
        PatternOptions options;
        options.extended = shell.options.extglob;
        options.utf8 = shell.utf8;
        found.erase(
            std::remove_if(found.begin(), found.end(),
                           [&](std::string const& each) { return pattern_matches(pattern, each, options) != inverts; }),
            found.end());
    }
    if ((found.empty() && has(wanted.options, "dirnames")) || has(wanted.options, "plusdirs"))
        generate(shell, "directory", word, found);
    if (found.empty() && (has(wanted.options, "default") || has(wanted.options, "bashdefault")))
        generate(shell, "file", word, found);
    std::string out;
    for (std::string const& each : found) out += wanted.prefix + each + wanted.suffix + "\n";
    shell.write(1, out);
    co_return out.empty() ? 1 : 0;
}

namespace {

// The names that complete and compopt are about; -D and its like have names of their own.
Words named(Words const& arguments, std::size_t at, Specification const& made) {
    if (!made.special.empty()) return {"-" + made.special};
    return {arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end()};
}

AssociativeArray& own_completions(Interpreter& shell) {
    shell.completions = std::make_shared<AssociativeArray>(*shell.completions);
    return *shell.completions;
}

}

int builtin_complete(Interpreter& shell, Words const& arguments) {
    Specification made;
    std::size_t at = 1;
    if (int const status = read_specification(shell, arguments, at, made); status >= 0) return status;
    Words const names = named(arguments, at, made);
    bool const prints = made.print || arguments.size() == 1;
    if (names.empty() && !prints && !made.remove) return usage(shell, "complete");
    if (names.empty() && made.remove) {
        own_completions(shell).clear();
        return 0;
    }
    std::string out;
    int status = 0;
    if (names.empty())
        for (auto const& [name, text] : shell.completions->ordered()) out += "complete " + *text + *name + "\n";
    for (std::string const& name : names) {
        if (!prints && !made.remove) {
            own_completions(shell).set(name, specification_text(made));
            continue;
        }
        std::string const* const known = shell.completions->find(name);
        if (!known) {
            shell.builtin_error("complete", name + ": no completion specification");
            status = 1;
        } else if (prints) {
            out += "complete " + *known + name + "\n";
        } else {
            own_completions(shell).erase(name);
        }
    }
    shell.write(1, out);
    return status;
}

int builtin_compopt(Interpreter& shell, Words const& arguments) {
    Specification made;
    std::size_t at = 1;
    if (int const status = read_specification(shell, arguments, at, made); status >= 0) return status;
    Words const names = named(arguments, at, made);
    if (names.empty()) {
        shell.builtin_error("compopt", "not currently executing completion function");
        return 1;
    }
    int status = 0;
    for (std::string const& name : names) {
        std::string const* const known = shell.completions->find(name);
        if (!known) {
            std::string const shown = name == "-D"   ? "_DefaultCmD_"
                                      : name == "-E" ? "_EmptycmD_"
                                      : name == "-I" ? "_InitialWorD_"
                                                     : name;
            shell.builtin_error("compopt", shown + ": no completion specification");
            status = 1;
            continue;
        }
        std::string options, rest = *known;
        for (std::string_view const option : option_names) {
            std::string const shown = "-o " + std::string(option) + " ";
            bool on = rest.compare(0, shown.size(), shown) == 0;
            if (on) rest.erase(0, shown.size());
            if (made.options.empty() && made.off.empty()) {
                options += (on ? "-o " : "+o ") + std::string(option) + " ";
                continue;
            }
            on = (on || has(made.options, option)) && !has(made.off, option);
            if (on) options += shown;
        }
        if (made.options.empty() && made.off.empty())
            shell.write(1, "compopt " + options + name + "\n");
        else
            own_completions(shell).set(name, options + rest);
    }
    return status;
}

}
