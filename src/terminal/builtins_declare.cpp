// declare, typeset, local, export, readonly: attributes, values and how variables are shown.
#include "terminal/builtins_declare.hpp"

#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

std::string array_text(Variable const& variable) {
    std::string text = "(";
    if (variable.indexed)
        for (auto const& [index, value] : variable.indexed->elements())
            text += (text.size() > 1 ? " [" : "[") + std::to_string(index) + "]=" + double_quoted(value);
    if (variable.associative) {
        for (auto const& [key, value] : variable.associative->ordered()) {
            text += "[" + key_text(*key) + "]=" + double_quoted(*value) + " ";
        }
    }
    return text + ")";
}

unsigned attribute_of(char letter) {
    switch (letter) {
        case 'x': return Variable::exported;
        case 'r': return Variable::readonly;
        case 'i': return Variable::integer;
        case 'l': return Variable::lower;
        case 'u': return Variable::upper;
        case 'n': return Variable::nameref;
        case 't': return Variable::traced;
        case 'c': return Variable::capital;
        default: return 0;
    }
}

// Options up to the first name. -1 when all is well, else the status to end with.
int read_flags(Interpreter& shell, Words const& arguments, std::size_t& at, DeclareFlags& flags) {
    std::string const& builtin = arguments[0];
    bool const declares = builtin == "declare" || builtin == "typeset" || builtin == "local";
    for (; at < arguments.size(); ++at) {
        std::string const& word = arguments[at];
        if (word == "--") {
            ++at;
            break;
        }
        if (word.size() < 2 || (word[0] != '-' && (word[0] != '+' || !declares))) break;
        for (char const c : word.substr(1)) {
            bool const on = word[0] == '-';
            unsigned const attribute = attribute_of(c);
            if (c == 'n' && !declares) {
                flags.remove |= builtin == "export" ? Variable::exported : Variable::readonly;
            } else if (builtin == "export" || builtin == "readonly") {
                if (c == 'p')
                    flags.print = true;
                else if (c == 'f')
                    flags.functions = true;
                else if (c == 'a')
                    flags.indexed = true;
                else if (c == 'A')
                    flags.associative = true;
                else
                    return invalid_option(shell, builtin, std::string("-") + c);
            } else if (attribute) {
                (on ? flags.add : flags.remove) |= attribute;
            } else if (c == 'a' || c == 'A') {
                if (!on) flags.remove_array = true;
                (c == 'a' ? flags.indexed : flags.associative) = on;
            } else if (c == 'g') {
                flags.global = true;
            } else if (c == 'p') {
                flags.print = true;
            } else if (c == 'I') {
                flags.inherit = true;
            } else if (c == 'f' || c == 'F') {
                flags.functions = true;
                flags.names_only = flags.names_only || c == 'F';
            } else {
                return invalid_option(shell, builtin, word.substr(0, 1) + c);
            }
        }
    }
    return -1;
}

std::string function_declaration(std::string const& name, Function const& function) {
    std::string letters;
    if (function.readonly) letters += 'r';
    if (function.traced) letters += 't';
    if (function.exported) letters += 'x';
    return letters.empty() ? "declare -f " + name + "\n" : "declare -f" + letters + " " + name + "\n";
}

int declare_functions(Interpreter& shell, Words const& arguments, std::size_t at, DeclareFlags const& flags) {
    std::string out;
    int status = 0;
    bool const declares = arguments[0] == "declare" || arguments[0] == "typeset" || arguments[0] == "local";
    if (declares && !flags.print && at < arguments.size()) {
        char const* const other = flags.add & Variable::nameref   ? "-n"
                                  : flags.add & Variable::integer ? "-i"
                                  : flags.associative             ? "-A"
                                  : flags.indexed                 ? "-a"
                                                                  : nullptr;
        if (other) {
            shell.builtin_error(arguments[0], std::string(other) + ": invalid option");
            return 1;
        }
    }
    std::vector<std::string> names(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    bool const all = names.empty();
    if (all) {
        for (auto const& entry : shell.functions) names.push_back(entry.first);
        std::sort(names.begin(), names.end());
    }
    for (std::string const& name : names) {
        if (std::size_t const equals = name.find('=');
            declares && !flags.print && equals != std::string::npos && is_identifier(name.substr(0, equals))) {
            shell.builtin_error(arguments[0], "cannot use `-f' to make functions");
            return 1;
        }
        auto const found = shell.functions.find(name);
        if (found == shell.functions.end()) {
            if (arguments[0] == "export" || arguments[0] == "readonly")
                shell.builtin_error(arguments[0], name + ": not a function");
            else if (flags.print)
                shell.builtin_error(arguments[0], name + ": not found");
            status = 1;
            continue;
        }
        if (all && (flags.add & Variable::exported) && !found->second.exported) continue;
        if (all && (flags.add & Variable::readonly) && !found->second.readonly) continue;
        if (declares && found->second.readonly && (flags.remove & Variable::readonly)) {
            shell.builtin_error(arguments[0], name + ": readonly function");
            status = 1;
            continue;
        }
        if (!all && (flags.add || flags.remove)) {
            if (flags.add & Variable::exported) found->second.exported = true;
            if (flags.add & Variable::readonly) found->second.readonly = true;
            if (flags.add & Variable::traced) found->second.traced = true;
            if (flags.remove & Variable::exported) found->second.exported = false;
            if (flags.remove & Variable::traced) found->second.traced = false;
            continue;
        }
        if (flags.names_only && !all && shell.options.extdebug)
            out += name + " " + std::to_string(found->second.line) + " " + found->second.source + "\n";
        else if (flags.names_only)
            out += all || flags.print ? function_declaration(name, found->second) : name + "\n";
        else
            out += printed_function(name, *found->second.body) + "\n";
        Function const& function = found->second;
        bool const marked = function.exported || function.readonly || function.traced;
        if ((all || flags.print) && !flags.names_only && marked) out += function_declaration(name, function);
    }
    shell.write(1, out);
    return status;
}

int print_declarations(Interpreter& shell, Words const& arguments, std::size_t at, DeclareFlags const& flags) {
    std::string out;
    int status = 0;
    bool const locals = arguments[0] == "local";
    auto const wanted = [&](Variable const& variable) {
        if (flags.add && (variable.attributes & flags.add) != flags.add) return false;
        if (flags.indexed && variable.kind != VariableKind::indexed) return false;
        return !flags.associative || variable.kind == VariableKind::associative;
    };
    if (at >= arguments.size()) {
        for (std::string const& name : locals ? shell.variables.local_names() : shell.variables.names()) {
            Variable const* variable = shell.variables.find(name);
            if (!variable || !wanted(*variable)) continue;
            if (!variable->has(Variable::nameref)) variable = shell.variable(name);
            if (!variable || name == "_") continue;
            bool const command_form = shell.options.posix && (arguments[0] == "export" || arguments[0] == "readonly");
            std::string text = declaration_text(shell, name, *variable);
            if (variable->dynamic == Dynamic::directories) text.replace(text.find('='), std::string::npos, "=()");
            std::string letters;
            for (char const letter : attribute_letters(*variable))
                if (letter != 'r' && letter != 'x') letters += letter;
            if (!letters.empty()) letters.insert(0, " -");
            out += command_form ? arguments[0] + letters + text.substr(text.find(' ', text.find('-'))) : text;
            out += "\n";
        }
    }
    for (; at < arguments.size(); ++at) {
        Variable const* found = shell.variables.find(arguments[at]);
        if (found && found->dynamic != Dynamic::none) found = shell.variable(arguments[at]);
        if (found && (!locals || shell.variables.is_local(arguments[at]))) {
            out += declaration_text(shell, arguments[at], *found) + "\n";
            continue;
        }
        shell.write(1, out); // before the message
        out.clear();
        shell.builtin_error(arguments[0], arguments[at] + ": not found");
        status = 1;
    }
    shell.write(1, out);
    return status;
}

int declare_all(Interpreter& shell, Words const& arguments, std::size_t at, DeclareFlags const& flags, bool local) {
    int status = 0;
    for (; at < arguments.size(); ++at)
        if (!Declaration(shell, arguments, at, flags).declare(local)) status = 1;
    return status;
}

}

std::string key_text(std::string const& key) {
    if (key.empty()) return "\"\"";
    if (key == "@" || key == "*") return '"' + key + '"';
    return quoted_if_needed(key) == key ? key : double_quoted(key);
}

std::string attribute_letters(Variable const& variable) {
    struct Letter {
        unsigned attribute;
        char letter;
    };
    static constexpr Letter order[] = {{Variable::integer, 'i'}, {Variable::nameref, 'n'},  {Variable::readonly, 'r'},
                                       {Variable::traced, 't'},  {Variable::exported, 'x'}, {Variable::capital, 'c'},
                                       {Variable::lower, 'l'},   {Variable::upper, 'u'}};
    std::string letters;
    if (variable.kind == VariableKind::indexed) letters += 'a';
    if (variable.kind == VariableKind::associative) letters += 'A';
    for (auto const& [attribute, letter] : order)
        if (variable.has(attribute)) letters += letter;
    return letters;
}

std::string declaration_text(Interpreter& shell, std::string const& name, Variable const& variable) {
    static_cast<void>(shell);
    std::string const letters = attribute_letters(variable);
    std::string text = "declare -" + (letters.empty() ? "-" : letters) + " " + name;
    if (variable.dynamic == Dynamic::function_names && variable.indexed && variable.indexed->size() == 0) return text;
    if (variable.is_array()) return variable.is_set ? text + "=" + array_text(variable) : text;
    return variable.is_set ? text + "=" + double_quoted(variable.value) : text;
}

std::string set_text(std::string const& name, Variable const& variable) {
    if (variable.is_array()) return name + "=" + array_text(variable);
    return name + "=" + quoted_if_needed(variable.value);
}

int builtin_declare(Interpreter& shell, Words const& arguments) {
    DeclareFlags flags;
    std::size_t at = 1;
    if (int const status = read_flags(shell, arguments, at, flags); status >= 0) return status;
    if (flags.functions) return declare_functions(shell, arguments, at, flags);
    if (flags.print || (at >= arguments.size() && at > 1)) return print_declarations(shell, arguments, at, flags);
    if (at >= arguments.size()) return builtin_set(shell, {"set"});
    return declare_all(shell, arguments, at, flags, shell.variables.in_function() && !flags.global);
}

int builtin_local(Interpreter& shell, Words const& arguments) {
    if (!shell.variables.in_function()) {
        shell.builtin_error("local", "can only be used in a function");
        return 1;
    }
    DeclareFlags flags;
    std::size_t at = 1;
    if (int const status = read_flags(shell, arguments, at, flags); status >= 0) return status;
    if (at >= arguments.size() || flags.print) return print_declarations(shell, arguments, at, flags);
    return declare_all(shell, arguments, at, flags, true);
}

namespace {

int mark(Interpreter& shell, Words const& arguments, unsigned attribute) {
    DeclareFlags flags;
    std::size_t at = 1;
    if (int const status = read_flags(shell, arguments, at, flags); status >= 0) return status;
    if (flags.functions) {
        flags.add = flags.remove ? 0 : attribute;
        return declare_functions(shell, arguments, at, flags);
    }
    if (at >= arguments.size()) {
        flags.add = attribute;
        return print_declarations(shell, arguments, at, flags);
    }
    int status = 0;
    for (; at < arguments.size(); ++at)
        if (!Declaration(shell, arguments, at, flags).mark(attribute)) status = 1;
    return status;
}

}

int builtin_export(Interpreter& shell, Words const& arguments) { return mark(shell, arguments, Variable::exported); }
int builtin_readonly(Interpreter& shell, Words const& arguments) { return mark(shell, arguments, Variable::readonly); }

}
