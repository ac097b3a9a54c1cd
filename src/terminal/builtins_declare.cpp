// declare, typeset, local, export, readonly: attributes, values and how variables are shown.
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"

#include <algorithm>
#include <bit>

namespace cw::terminal {

namespace {

std::string array_text(Variable const& variable) {
    std::string text = "(";
    if (variable.indexed)
        for (auto const& [index, value] : variable.indexed->elements())
            text += (text.size() > 1 ? " [" : "[") + std::to_string(index) + "]=" + double_quoted(value);
    if (variable.associative) {
        for (auto const& [key, value] : variable.associative->ordered()) {
            std::string const shown = key->empty()                     ? "\"\""
                                      : *key == "@" || *key == "*"     ? '"' + *key + '"'
                                      : quoted_if_needed(*key) == *key ? *key
                                                                       : double_quoted(*key);
            text += "[" + shown + "]=" + double_quoted(*value) + " ";
        }
    }
    return text + ")";
}

struct DeclareFlags {
    unsigned add = 0, remove = 0;
    bool indexed = false, associative = false, global = false, print = false, functions = false, names_only = false;
    bool inherit = false, remove_array = false;
};

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
            if (builtin == "export" && c == 'n' && on) {
                flags.remove |= Variable::exported;
            } else if (builtin == "export" || builtin == "readonly") {
                if (c == 'p')
                    flags.print = true;
                else if (c == 'f')
                    flags.functions = true;
                else if (builtin == "readonly" && c == 'a')
                    flags.indexed = true;
                else if (builtin == "readonly" && c == 'A')
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
    std::vector<std::string> names(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    bool const all = names.empty();
    if (all) {
        for (auto const& entry : shell.functions) names.push_back(entry.first);
        std::sort(names.begin(), names.end());
    }
    for (std::string const& name : names) {
        auto const found = shell.functions.find(name);
        if (found == shell.functions.end()) {
            if (arguments[0] == "export" || arguments[0] == "readonly")
                shell.builtin_error(arguments[0], name + ": not a function");
            status = 1;
            continue;
        }
        if (all && (flags.add & Variable::exported) && !found->second.exported) continue;
        if (all && (flags.add & Variable::readonly) && !found->second.readonly) continue;
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
            std::string const text = declaration_text(shell, name, *variable);
            out += command_form ? arguments[0] + text.substr(text.find(' ', text.find('-'))) : text;
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
        shell.builtin_error(arguments[0], arguments[at] + ": not found");
        status = 1;
    }
    shell.write(1, out);
    return status;
}

struct Target { // name[subscript]+=value taken apart
    std::string name, subscript, value;
    bool has_subscript = false, has_value = false, append = false;
};

bool read_target(std::string const& word, Target& target) {
    std::size_t equals = std::string::npos;
    int brackets = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == '[') ++brackets;
        if (word[i] == ']') --brackets;
        if (word[i] == '=' && brackets <= 0) {
            equals = i;
            break;
        }
    }
    std::string left = word.substr(0, equals);
    if (equals != std::string::npos) {
        target.has_value = true;
        target.value = word.substr(equals + 1);
        if (!left.empty() && left.back() == '+') {
            target.append = true;
            left.pop_back();
        }
    }
    return split_reference(left, target.name, target.subscript, target.has_subscript);
}

// The binding that is declared: a new local in a function unless -g, the global, or the visible one.
Variable& binding(Interpreter& shell, std::string const& name, DeclareFlags const& flags, bool local, bool& is_new) {
    is_new = false;
    if (flags.global && shell.variables.in_function()) return shell.variables.create_global(name);
    if (!local) return shell.variables.create(name);
    Variable const* const temporary = shell.variables.temporary(name);
    Variable const* const visible = shell.variables.find(name);
    bool const inherits = flags.inherit || shell.options.localvar_inherit || temporary;
    Variable const copy = inherits && visible ? *visible : Variable{};
    bool const exported = visible && visible->has(Variable::exported);
    Variable& place = shell.variables.declare_local(name, Variables::ScopeKind::function, is_new);
    if (is_new && inherits && visible) {
        place = copy;
        place.attributes &= ~static_cast<unsigned>(Variable::nameref);
    } else if (is_new && exported) {
        place.attributes |= Variable::exported;
    }
    return place;
}

bool declare_one(Interpreter& shell, Words const& arguments, std::size_t at, DeclareFlags const& flags, bool local) {
    std::string const& builtin = arguments[0];
    Target target;
    if (local && builtin == "local" && arguments[at] == "-") {
        if (!shell.frames.back().kept_options)
            shell.frames.back().kept_options = std::make_shared<ShellOptions const>(shell.options);
        return true;
    }
    bool const only_names = builtin == "export" || builtin == "readonly";
    if (!read_target(arguments[at], target) || (only_names && target.has_subscript)) {
        std::string const shown =
            target.has_subscript ? arguments[at].substr(0, arguments[at].find('=')) : arguments[at];
        shell.builtin_error(builtin, "`" + shown + "': not a valid identifier");
        return false;
    }

    auto const compound = shell.compound_arguments.find(static_cast<int>(at));
    bool const is_compound = compound != shell.compound_arguments.end();
    // Attributes go to what a nameref refers to, unless the reference itself is meant.
    if (!(flags.add & Variable::nameref) && !(flags.remove & Variable::nameref) && !local)
        target.name = shell.resolved_name(target.name, false);
    Variable const* const visible = shell.variables.find(target.name);
    if (visible && visible->has(Variable::readonly) && (local || target.has_value || is_compound)) {
        if (only_names)
            shell.error(target.name + ": readonly variable");
        else
            shell.builtin_error(builtin, target.name + ": readonly variable");
        return false;
    }
    if (visible && visible->has(Variable::readonly) && (flags.remove & Variable::readonly)) {
        shell.builtin_error(builtin, target.name + ": readonly variable");
        return false;
    }
    if ((flags.add & Variable::nameref) && visible && visible->is_array() &&
        (!local || shell.variables.is_local(target.name))) {
        shell.builtin_error(builtin, target.name + ": reference variable cannot be an array");
        return false;
    }
    if ((flags.add & Variable::nameref) && target.has_value) {
        std::string base, subscript;
        bool has_subscript = false;
        if (target.value.empty()) {
            shell.builtin_error(builtin, "`': not a valid identifier");
            return false;
        }
        if (!split_reference(target.value, base, subscript, has_subscript)) {
            shell.builtin_error(builtin, "`" + target.value + "': invalid variable name for name reference");
            return false;
        }
        if (target.value == target.name && !local) {
            shell.builtin_error(builtin, target.name + ": nameref variable self references not allowed");
            return false;
        }
        if (target.value == target.name)
            for (std::string_view const prefix : {builtin + ": ", std::string()}) // bash looks twice
                shell.error(std::string(prefix) + "warning: " + target.name + ": circular name reference");
    }
    if (shell.options.xtrace && target.has_value && !is_compound && only_names)
        shell.trace(target.name + "=" + quoted_if_needed(target.value));
    bool is_new = false;
    // `x=1 export x` keeps x; `x=1 local x` gives the local its value.
    bool const keeps = (flags.add & (Variable::exported | Variable::readonly)) != 0;
    std::optional<Variable> taken;
    if (keeps || local) taken = shell.variables.take_temporary(target.name, !keeps);
    if (taken && keeps) {
        Variable& outer = shell.variables.create(target.name);
        outer.value = taken->value;
        outer.is_set = true;
    }
    Variable& place = binding(shell, target.name, flags, local, is_new);
    if (taken) {
        place.value = taken->value;
        place.is_set = true;
    }
    if (flags.remove_array && place.is_array()) {
        shell.builtin_error(builtin, target.name + ": cannot destroy array variables in this way");
        return false;
    }
    bool const wants_array =
        flags.indexed || (is_compound && !flags.associative) || (target.has_subscript && !flags.associative);
    if (flags.associative && place.kind == VariableKind::indexed) {
        shell.builtin_error(builtin, target.name + ": cannot convert indexed to associative array");
        return false;
    }
    if (flags.indexed && place.kind == VariableKind::associative) {
        shell.builtin_error(builtin, target.name + ": cannot convert associative to indexed array");
        return false;
    }
    if (place.kind == VariableKind::scalar && (wants_array || flags.associative)) {
        bool const had = place.is_set;
        std::string const old = place.value;
        place.kind = flags.associative ? VariableKind::associative : VariableKind::indexed;
        place.value.clear();
        if (had && flags.associative) place.own_associative().set("0", old);
        if (had && !flags.associative) place.own_indexed().set(0, old);
    }
    place.attributes &= ~flags.remove;
    unsigned add = flags.add;
    constexpr unsigned cases = Variable::upper | Variable::lower | Variable::capital;
    if (add & cases) place.attributes &= ~cases; // the last one wins
    if (std::popcount(add & cases) > 1) add &= ~cases;
    place.attributes |= add & ~static_cast<unsigned>(Variable::readonly);
    bool good = true;
    if (is_compound) {
        if (flags.global && shell.variables.in_function() && shell.variables.find(target.name) != &place) {
            // Filled through a spare name, then moved to where it belongs.
            Variable const kept = place;
            std::string const spare = "__global_value";
            shell.variables.create(spare) = kept;
            good = shell.assign_compound(spare, compound->second, target.append, flags.associative);
            shell.variables.create_global(target.name) = shell.variables.create(spare);
            shell.variables.unset(spare);
        } else {
            good = shell.assign_compound(target.name, compound->second, target.append, flags.associative);
        }
    } else if (target.has_value && target.has_subscript) {
        good = shell.assign_element(target.name, target.subscript, target.value, target.append);
    } else if (target.has_value && place.is_array() && target.value.size() > 1 && target.value[0] == '(' &&
               target.value.back() == ')' && (flags.indexed || flags.associative)) {
        std::vector<ArrayElement> elements;
        CompoundValue value;
        if (Parser::array_text(target.value, shell.parser_options(), elements)) {
            Expander expander(shell);
            for (ArrayElement const& item : elements) {
                if (item.has_subscript) {
                    value.push_back({true, item.append, expander.single(item.subscript), expander.value(item.value)});
                } else {
                    std::vector<std::string> fields;
                    expander.fields(item.value, fields);
                    for (std::string& field : fields) value.push_back({false, false, "", std::move(field)});
                }
            }
        }
        good = shell.assign_compound(target.name, value, target.append, flags.associative);
    } else if (target.has_value) {
        if (flags.add & Variable::nameref) {
            place.value = target.value;
            place.is_set = true;
        } else {
            good = shell.assign_local(place, target.name, target.value, target.append);
            shell.variable_changed(target.name);
        }
    }
    if (Variable* const after =
            flags.global ? shell.variables.find_global(target.name) : shell.variables.find(target.name))
        after->attributes |= add;
    return good;
}

int declare_all(Interpreter& shell, Words const& arguments, std::size_t at, DeclareFlags const& flags, bool local) {
    int status = 0;
    for (; at < arguments.size(); ++at)
        if (!declare_one(shell, arguments, at, flags, local)) status = 1;
    return status;
}

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
    if (!flags.remove) flags.add |= attribute;
    return declare_all(shell, arguments, at, flags, false);
}

}

int builtin_export(Interpreter& shell, Words const& arguments) { return mark(shell, arguments, Variable::exported); }
int builtin_readonly(Interpreter& shell, Words const& arguments) { return mark(shell, arguments, Variable::readonly); }

}
