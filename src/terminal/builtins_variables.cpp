// unset, set, shopt, shift, getopts.
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"

#include <algorithm>

namespace cw::terminal {

int builtin_unset(Interpreter& shell, Words const& arguments) {
    bool functions = false, only_variables = false, reference = false;
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        for (char const c : arguments[at].substr(1)) {
            if (c == 'f')
                functions = true;
            else if (c == 'v')
                only_variables = true;
            else if (c == 'n')
                reference = true;
            else
                return invalid_option(shell, "unset", std::string("-") + c);
        }
    }
    if (functions && only_variables) {
        shell.builtin_error("unset", "cannot simultaneously unset a function and a variable");
        return 1;
    }
    int status = 0;
    for (; at < arguments.size(); ++at) {
        std::string const& word = arguments[at];
        if (functions) {
            auto const found = shell.functions.find(word);
            if (found == shell.functions.end()) continue;
            if (found->second.readonly) {
                shell.builtin_error("unset", word + ": cannot unset: readonly function");
                status = 1;
                continue;
            }
            shell.functions.erase(found);
            continue;
        }
        std::string name, subscript;
        bool has_subscript = false;
        bool const once = shell.is_expanded_once(at, word) && is_identifier(word.substr(0, word.find('[')));
        if (once) {
            has_subscript = true;
            name = word.substr(0, word.find('['));
            subscript = word.substr(name.size() + 1, word.size() - name.size() - 2);
        }
        if (!once && !split_reference(word, name, subscript, has_subscript)) {
            if (!only_variables) {
                shell.functions.erase(word);
                continue;
            }
            shell.builtin_error("unset", "`" + word + "': not a valid identifier");
            status = 1;
            continue;
        }
        if (!reference) {
            std::string const target = shell.resolved_name(name, false);
            std::string base, inner;
            bool inner_subscript = false;
            if (target != name && split_reference(target, base, inner, inner_subscript)) {
                name = base;
                if (inner_subscript) {
                    has_subscript = true;
                    subscript = inner;
                }
            }
        }
        Variable* const variable = shell.variables.find(name);
        if (variable && variable->has(Variable::readonly)) {
            shell.builtin_error("unset", name + ": cannot unset: readonly variable");
            status = 1;
            continue;
        }
        if (!has_subscript) {
            if (!variable && !only_variables)
                shell.functions.erase(name);
            else
                shell.unset_variable(name);
            continue;
        }
        if (!variable) continue;
        if (!once) subscript = shell.expanded_subscript(name, subscript);
        if (variable->kind == VariableKind::associative) {
            if (subscript == "@" || subscript == "*") {
                if (!variable->associative || !variable->associative->find(subscript)) continue;
            }
            variable->own_associative().erase(subscript);
        } else if (variable->kind == VariableKind::indexed) {
            if (subscript == "@" || subscript == "*") {
                variable->own_indexed().clear();
                continue;
            }
            std::int64_t index = 0;
            Interpreter::ArithmeticOwner const nobody(shell, "");
            if (!shell.integer_value(subscript, index)) {
                shell.fail_arithmetic();
                return 1;
            }
            if (index < 0) index += variable->own_indexed().next_index();
            if (index < 0) {
                shell.builtin_error("unset", "[" + subscript + "]: bad array subscript");
                status = 1;
                continue;
            }
            variable->own_indexed().erase(index);
        } else {
            if (subscript == "0") {
                shell.unset_variable(name);
                continue;
            }
            shell.builtin_error("unset", name + ": not an array variable");
            status = 1;
        }
    }
    return status;
}

namespace {

void list_set_options(Interpreter& shell, bool as_commands) {
    std::string out;
    for (int i = 0; i < set_option_count; ++i) {
        OptionRow const& row = set_options[i];
        bool const on = shell.options.*(row.member);
        if (as_commands) {
            out += std::string(on ? "set -o " : "set +o ") + std::string(row.name) + "\n";
        } else {
            std::string name(row.name);
            name.resize(std::max<std::size_t>(15, name.size()), ' ');
            out += name + "\t" + (on ? "on" : "off") + "\n";
        }
    }
    shell.write(1, out);
}

}

int builtin_set(Interpreter& shell, Words const& arguments) {
    if (arguments.size() == 1) {
        std::string out;
        for (std::string const& name : shell.variables.names()) {
            Variable const* const place = shell.variables.find(name);
            bool const fresh = place->dynamic != Dynamic::none && place->kind == VariableKind::scalar &&
                               place->value.empty() && !place->has(Variable::readonly) && name != "_";
            if (fresh || (place->dynamic == Dynamic::function_names && !shell.variables.in_function()))
                continue; // not looked at so far
            Variable const* const variable = shell.variable(name);
            if (variable && variable->is_set) out += set_text(name, *variable) + "\n";
        }
        if (!shell.options.posix) {
            std::vector<std::string> names;
            for (auto const& entry : shell.functions) names.push_back(entry.first);
            std::sort(names.begin(), names.end());
            for (std::string const& name : names) out += printed_function(name, *shell.functions[name].body) + "\n";
        }
        shell.write(1, out);
        return 0;
    }
    std::size_t at = 1;
    bool replaces = false;
    for (; at < arguments.size(); ++at) {
        std::string const& word = arguments[at];
        if (word == "--" || word == "-") {
            replaces = word == "--" || at + 1 < arguments.size();
            if (word == "-") shell.options.xtrace = shell.options.verbose = false;
            ++at;
            break;
        }
        if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) break;
        bool const on = word[0] == '-';
        for (char const c : word.substr(1)) {
            if (c == 'o') {
                if (at + 1 >= arguments.size()) {
                    list_set_options(shell, !on);
                    return 0;
                }
                std::string const& name = arguments[++at];
                OptionRow const* const row = find_set_option(name);
                if (!row) {
                    shell.builtin_error("set", name + ": invalid option name");
                    return 2;
                }
                if (row->member == &ShellOptions::posix && on != shell.options.posix) {
                    set_posix(shell.options, on, shell.interactive);
                    if (on)
                        shell.assign("POSIXLY_CORRECT", "y", false);
                    else
                        shell.variables.unset("POSIXLY_CORRECT");
                }
                if (row->member == &ShellOptions::ignoreeof) {
                    if (on)
                        shell.assign("IGNOREEOF", "10", false);
                    else
                        shell.unset_variable("IGNOREEOF");
                }
                bool const begins = row->member == &ShellOptions::history && on && !shell.options.history;
                shell.options.*(row->member) = on;
                if (begins && !shell.interactive) load_history(shell);
                continue;
            }
            OptionRow const* const row = find_set_letter(c);
            if (!row) return invalid_option(shell, "set", word.substr(0, 1) + c);
            shell.options.*(row->member) = on;
        }
    }
    if (at < arguments.size() || replaces)
        shell.positional.assign(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    return 0;
}

int builtin_shopt(Interpreter& shell, Words const& arguments) {
    bool set = false, unset = false, quiet = false, print = false, set_names = false;
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        for (char const c : arguments[at].substr(1)) {
            if (c == 's')
                set = true;
            else if (c == 'u')
                unset = true;
            else if (c == 'q')
                quiet = true;
            else if (c == 'p')
                print = true;
            else if (c == 'o')
                set_names = true;
            else
                return invalid_option(shell, "shopt", std::string("-") + c);
        }
    }
    if (set && unset) {
        shell.builtin_error("shopt", "cannot set and unset shell options simultaneously");
        return 1;
    }
    std::string out;
    auto const show = [&](OptionRow const& row) {
        bool const on = shell.options.*(row.member);
        if (print) {
            out += set_names ? std::string(on ? "set -o " : "set +o ") : std::string(on ? "shopt -s " : "shopt -u ");
            out += std::string(row.name) + "\n";
            return;
        }
        std::string name(row.name);
        name.resize(std::max<std::size_t>(set_names ? 15 : 15, name.size()), ' ');
        out += name + "\t" + (on ? "on" : "off") + "\n";
    };
    int status = 0;
    if (at >= arguments.size()) {
        OptionRow const* const rows = set_names ? set_options : shopt_options;
        int const count = set_names ? set_option_count : shopt_option_count;
        for (int i = 0; i < count; ++i) {
            bool const on = shell.options.*(rows[i].member);
            if ((set && !on) || (unset && on)) continue;
            show(rows[i]);
        }
        if (!quiet) shell.write(1, out);
        return 0;
    }
    for (; at < arguments.size(); ++at) {
        OptionRow const* const row = set_names ? find_set_option(arguments[at]) : find_shopt(arguments[at]);
        if (!row) {
            shell.builtin_error("shopt",
                                arguments[at] + (set_names ? ": invalid option name" : ": invalid shell option name"));
            status = 1;
            continue;
        }
        if (set || unset) {
            shell.options.*(row->member) = set;
            continue;
        }
        if (!(shell.options.*(row->member))) status = 1;
        if (!quiet) show(*row);
    }
    shell.write(1, out);
    return status;
}

int builtin_shift(Interpreter& shell, Words const& arguments) {
    std::int64_t count = 1;
    std::size_t const at = arguments.size() > 1 && arguments[1] == "--" ? 2 : 1;
    if (arguments.size() > at) {
        if (!parse_number(arguments[at], count)) {
            shell.builtin_error("shift", arguments[at] + ": numeric argument required");
            return 1;
        }
        if (arguments.size() > at + 1) {
            shell.survives_errexit = true;
            return too_many_arguments(shell, "shift");
        }
    }
    if (count < 0) {
        shell.builtin_error("shift", arguments[at] + ": shift count out of range");
        return 1;
    }
    if (static_cast<std::size_t>(count) > shell.positional.size()) {
        if (shell.options.shift_verbose) shell.builtin_error("shift", arguments[at] + ": shift count out of range");
        return 1;
    }
    shell.positional.erase(shell.positional.begin(), shell.positional.begin() + static_cast<std::ptrdiff_t>(count));
    return 0;
}

int builtin_getopts(Interpreter& shell, Words const& arguments) {
    if (arguments.size() > 1 && arguments[1].size() > 1 && arguments[1][0] == '-' && arguments[1] != "--")
        return invalid_option(shell, "getopts", arguments[1].substr(0, 2));
    std::size_t const first = arguments.size() > 1 && arguments[1] == "--" ? 2 : 1;
    if (arguments.size() < first + 2) return usage(shell, "getopts");
    std::string letters = arguments[first];
    std::string const& variable = arguments[first + 1];
    std::vector<std::string> const words =
        arguments.size() > first + 2
            ? std::vector<std::string>(arguments.begin() + static_cast<std::ptrdiff_t>(first) + 2, arguments.end())
            : shell.positional;
    bool const silent = !letters.empty() && letters[0] == ':';
    if (silent) letters.erase(0, 1);
    bool const talks = !silent && shell.value_of("OPTERR") != "0";
    std::int64_t index = 1;
    if (!parse_number(shell.value_of("OPTIND"), index) || index < 1) index = 1;
    index = std::min(index, static_cast<std::int64_t>(words.size()) + 1);
    int offset = shell.optind_offset;
    auto const finish = [&](std::string const& value, int next_offset) {
        shell.assign("OPTIND", std::to_string(index), false);
        shell.optind_offset = next_offset;
        if (is_identifier(variable)) return shell.assign(variable, value, false);
        shell.builtin_error("getopts", "`" + variable + "': not a valid identifier");
        return false;
    };
    auto const word = [&]() -> std::string const& { return words[static_cast<std::size_t>(index - 1)]; };
    if (offset == 0) {
        bool const ends = static_cast<std::size_t>(index) > words.size() || word().size() < 2 || word()[0] != '-';
        if (ends || word() == "--") {
            if (!ends) ++index;
            finish("?", 0);
            shell.unset_variable("OPTARG");
            return 1;
        }
        offset = 1;
    }
    if (static_cast<std::size_t>(index) > words.size() || static_cast<std::size_t>(offset) >= word().size()) {
        finish("?", 0);
        return 1;
    }
    char const letter = word()[static_cast<std::size_t>(offset)];
    std::size_t const known = letter == ':' ? std::string::npos : letters.find(letter);
    bool const last = static_cast<std::size_t>(offset) + 1 >= word().size();
    if (known == std::string::npos) {
        if (talks) shell.write(2, shell.name + ": illegal option -- " + letter + "\n");
        if (last) ++index;
        if (silent)
            shell.assign("OPTARG", std::string(1, letter), false);
        else
            shell.unset_variable("OPTARG");
        finish("?", last ? 0 : offset + 1);
        return 0;
    }
    bool const takes = known + 1 < letters.size() && letters[known + 1] == ':';
    if (!takes) {
        if (last) ++index;
        shell.unset_variable("OPTARG");
        return finish(std::string(1, letter), last ? 0 : offset + 1) ? 0 : 1;
    }
    std::string value;
    if (!last) {
        value = word().substr(static_cast<std::size_t>(offset) + 1);
        ++index;
    } else if (static_cast<std::size_t>(index) < words.size()) {
        ++index;
        value = word();
        ++index;
    } else {
        ++index;
        if (silent) {
            shell.assign("OPTARG", std::string(1, letter), false);
            finish(":", 0);
        } else {
            if (talks) shell.write(2, shell.name + ": option requires an argument -- " + letter + "\n");
            shell.unset_variable("OPTARG");
            finish("?", 0);
        }
        return 0;
    }
    shell.assign("OPTARG", value, false);
    return finish(std::string(1, letter), 0) ? 0 : 1;
}

}
