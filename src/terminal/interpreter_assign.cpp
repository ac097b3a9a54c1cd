// Assignment to variables and elements, with attributes and what the shell does when some of them change.
#include "ground/text.hpp"
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal {

namespace {

std::string cased(std::string const& text, bool up, bool first_up = false) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        bool const upper = up || (first_up && at == 0);
        char32_t const code = next_code_point(text, at);
        append_utf8(out, upper ? to_upper(code) : to_lower(code));
    }
    return out;
}

}

std::string Interpreter::expanded_subscript(std::string const& array, std::string_view text, bool even_if_once) {
    if (text.find_first_of("$`\\'\"") == std::string_view::npos) return std::string(text);
    Variable const* const found = variable(array);
    bool const is_key = found && found->kind == VariableKind::associative;
    if (is_key && options.assoc_expand_once && !even_if_once) return std::string(text);
    ParserOptions const how = parser_options();
    Word const word = is_key ? Parser::subscript_text(text, how) : Parser::arithmetic_text(text, how);
    if (word.awaits) return std::string(text); // nothing can wait here
    Expander expander(*this);
    return is_key ? expander.single(word) : expander.arithmetic_text(word.parts);
}

void Interpreter::note_reference(Word const& word, std::vector<std::string> const& arguments) {
    if (word.source.find('[') == std::string::npos || arguments.size() < 2) return;
    std::string const& builtin = arguments[0];
    if (builtin != "unset" && builtin != "read" && builtin != "printf") return;
    std::string base, subscript;
    bool has_subscript = false;
    if (split_reference(word.source, base, subscript, has_subscript))
        reference_arguments.push_back(arguments.size() - 1);
}

bool Interpreter::is_expanded_once(std::size_t argument, std::string_view text) const {
    if (text.empty() || text.back() != ']') return false;
    for (std::size_t const each : reference_arguments)
        if (each == argument) return true;
    return false;
}

bool Interpreter::splits_reference(std::size_t argument, std::string_view text) const {
    std::string base, subscript;
    bool has_subscript = false;
    bool const once = options.assoc_expand_once && is_expanded_once(argument, text);
    return once ? is_identifier(text.substr(0, text.find('['))) : split_reference(text, base, subscript, has_subscript);
}

bool Interpreter::assign_reference(std::string const& reference, std::string value, std::size_t argument) {
    if (argument > 0 && options.assoc_expand_once && is_expanded_once(argument, reference)) {
        std::size_t const bracket = reference.find('[');
        std::string const key = reference.substr(bracket + 1, reference.size() - bracket - 2);
        return assign_element(reference.substr(0, bracket), key, std::move(value), false);
    }
    std::string base, subscript;
    bool has_subscript = false;
    split_reference(reference, base, subscript, has_subscript);
    if (!has_subscript) return assign(reference, std::move(value), false);
    return assign_element(base, expanded_subscript(base, subscript), std::move(value), false);
}

std::string Interpreter::with_attributes(Variable const& place, std::string value, bool& ok) {
    if (place.has(Variable::integer)) {
        std::int64_t number = 0;
        ok = integer_value(value, number);
        if (!ok) fail(Failure::discard);
        return std::to_string(number);
    }
    if (place.has(Variable::lower)) return cased(value, false);
    if (place.has(Variable::upper)) return cased(value, true);
    if (place.has(Variable::capital)) return cased(value, false, true);
    return value;
}

// The value of `target` in this binding; readonly was checked.
bool Interpreter::assign_local(Variable& place, std::string const& target, std::string value, bool append) {
    bool ok = true;
    if (value.size() > limits::value_bytes) {
        error(target + ": value too long");
        fail(Failure::discard);
        return false;
    }
    std::string const* const before = append ? place.scalar() : nullptr;
    if (append && place.has(Variable::integer)) {
        std::int64_t left = 0, right = 0;
        if (!integer_value(value, right) || (before && !integer_value(*before, left))) {
            fail(Failure::discard);
            return false;
        }
        value = std::to_string(left + right);
    } else if (before) {
        if (place.kind == VariableKind::scalar && !place.has(Variable::changes_value)) {
            if (place.value.size() + value.size() > limits::value_bytes) {
                error(target + ": value too long");
                fail(Failure::discard);
                return false;
            }
            place.value += value; // in place: a loop that appends stays linear
            return true;
        }
        value = *before + value;
    }
    if (place.attributes & Variable::changes_value) value = with_attributes(place, std::move(value), ok);
    if (!ok) return false;
    if (place.kind == VariableKind::indexed)
        place.own_indexed().set(0, std::move(value));
    else if (place.kind == VariableKind::associative)
        place.own_associative().set("0", std::move(value));
    else
        place.value = std::move(value);
    place.is_set = true;
    return true;
}

bool Interpreter::assign(std::string const& wanted, std::string value, bool append) {
    system.scheduler.spend_bytes(value.size());
    Variable* place = variables.find(wanted);
    if (place && place->has(Variable::nameref)) {
        if (place->value.empty()) { // the first assignment says what it refers to
            std::string base, subscript;
            bool has_subscript = false;
            if (!split_reference(value, base, subscript, has_subscript)) {
                error((arithmetic_owner.empty() ? "`" : arithmetic_owner + ": `") + value +
                      "': not a valid identifier");
                fail(Failure::discard);
                return false;
            }
            place->value = std::move(value);
            place->is_set = true;
            return true;
        }
        std::string const target = resolved_name(wanted, true);
        std::string base, subscript;
        bool has_subscript = false;
        if (target != wanted && split_reference(target, base, subscript, has_subscript) && has_subscript)
            return assign_element(base, expanded_subscript(base, subscript), std::move(value), append);
        if (target == wanted && variables.is_local(wanted)) {
            Variable& global = variables.create_global(wanted);
            if (!global.has(Variable::nameref)) return assign_local(global, wanted, std::move(value), append);
        }
        if (target == wanted) { // circular
            fail(Failure::discard);
            return false;
        }
        return assign(target, std::move(value), append);
    }
    if (!place) {
        place = &variables.create(wanted);
    } else if (place->has(Variable::readonly)) {
        error(wanted + ": readonly variable");
        fail_assignment();
        return false;
    } else if (place->dynamic != Dynamic::none) {
        switch (place->dynamic) {
            case Dynamic::random: {
                std::int64_t seed = 0;
                integer_value(value, seed);
                random_state = static_cast<std::uint32_t>(seed);
                last_random = 0;
                return true;
            }
            case Dynamic::seconds: {
                std::int64_t start = 0;
                integer_value(value, start);
                seconds_offset = start;
                seconds_base_ns = system.clock.now_ns;
                return true;
            }
            case Dynamic::argument_zero: name = message_name = value; return true;
            case Dynamic::last_argument: last_argument = value; return true;
            case Dynamic::option_index: optind_offset = 0; break;
            case Dynamic::line_number: line = std::atoi(value.c_str()); return true;
            default: return true; // not settable: silently ignored, as in bash
        }
    }
    if (options.allexport) place->attributes |= Variable::exported;
    if (!assign_local(*place, wanted, std::move(value), append)) return false;
    variable_changed(wanted);
    return true;
}

bool Interpreter::assign_element(std::string const& wanted, std::string const& subscript, std::string value,
                                 bool append) {
    std::string const target = resolved_name(wanted, false);
    Variable const* const reference = variables.find(target);
    bool const unset_reference = reference && reference->has(Variable::nameref);
    if (unset_reference || target.find('[') != std::string::npos) { // a reference to an element has no elements
        error("`" + (unset_reference ? "" : target) + "': not a valid identifier");
        fail(Failure::discard);
        return false;
    }
    Variable* place = variables.find(target);
    std::int64_t index = 0;
    if (place && place->has(Variable::readonly)) {
        if (place->kind == VariableKind::indexed && !index_of(place, target, subscript, index)) return false;
        error(target + ": readonly variable");
        fail_assignment();
        return false;
    }
    if (!place) place = &variables.create(target);
    if (place->dynamic == Dynamic::directories) { // the current directory stays what it is
        if (!index_of(place, target, subscript, index)) return false;
        if (index > 0 && static_cast<std::size_t>(index) <= directory_stack.size())
            directory_stack[static_cast<std::size_t>(index) - 1] = value;
        return true;
    }
    if (place->dynamic != Dynamic::none && place->dynamic != Dynamic::aliases && place->dynamic != Dynamic::commands)
        return true;
    if (place->kind == VariableKind::associative) {
        if (subscript.empty()) {
            error(target + "[" + subscript + "]: bad array subscript");
            fail(Failure::discard);
            return false;
        }
        std::string const* const before = append && place->associative ? place->associative->find(subscript) : nullptr;
        bool ok = true;
        if (before && !place->has(Variable::integer)) value = *before + value;
        if (before && place->has(Variable::integer)) value = *before + "+(" + value + ")";
        value = with_attributes(*place, std::move(value), ok);
        if (!ok) return false;
        if (place->dynamic == Dynamic::aliases && !is_alias_name(subscript)) {
            error("`" + subscript + "': invalid alias name");
            return true;
        }
        if (place->dynamic == Dynamic::aliases) aliases[subscript] = value;
        if (place->dynamic == Dynamic::commands) hashed[subscript] = {value, 0};
        place->is_set = true;
        return place->own_associative().set(subscript, std::move(value));
    }
    if (subscript.empty() || subscript == "@" || subscript == "*") {
        error(target + "[" + subscript + "]: bad array subscript");
        fail(Failure::discard);
        return false;
    }
    if (!index_of(place, target, subscript, index)) {
        if (failure == Failure::none) fail(Failure::command);
        return false;
    }
    place = variables.find(target); // the subscript may have assigned
    if (!place) place = &variables.create(target);
    if (place->kind == VariableKind::scalar) {
        std::optional<std::string> const old = place->is_set ? std::optional<std::string>(place->value) : std::nullopt;
        place->kind = VariableKind::indexed;
        place->value.clear();
        place->own_indexed();
        if (old) place->own_indexed().set(0, *old);
    }
    std::string const* const before = append && place->indexed ? place->indexed->find(index) : nullptr;
    if (before && !place->has(Variable::integer)) value = *before + value;
    if (before && place->has(Variable::integer)) value = *before + "+(" + value + ")";
    bool ok = true;
    value = with_attributes(*place, std::move(value), ok);
    if (!ok) return false;
    place->is_set = true;
    if (place->own_indexed().set(index, std::move(value))) return true;
    error(target + ": array too large");
    fail(Failure::discard);
    return false;
}

// The array that a name refers to; a reference without a target becomes an array itself.
bool Interpreter::array_name(std::string const& wanted, std::string& target) {
    target = resolved_name(wanted, false);
    Variable* const found = variables.find(target);
    if (found && found->has(Variable::nameref)) {
        error("warning: " + target + ": removing nameref attribute");
        found->attributes &= ~static_cast<unsigned>(Variable::nameref);
        found->value.clear();
        found->is_set = false;
    }
    if (target.find('[') == std::string::npos) return true;
    error((arithmetic_owner.empty() ? "`" : arithmetic_owner + ": `") + target + "': not a valid identifier");
    if (arithmetic_owner.empty()) fail(Failure::discard);
    return false;
}

bool Interpreter::assign_compound(std::string const& wanted, CompoundValue const& value, bool append,
                                  bool associative) {
    std::string target;
    if (!array_name(wanted, target)) return false;
    Variable* place = variables.find(target);
    if (place && place->has(Variable::readonly)) {
        error(target + ": readonly variable");
        fail_assignment();
        return false;
    }
    if (!place) place = &variables.create(target);
    if (place->dynamic != Dynamic::none && place->dynamic != Dynamic::directories) return true;
    if (place->kind == VariableKind::scalar) {
        std::optional<std::string> const old =
            append && place->is_set ? std::optional<std::string>(place->value) : std::nullopt;
        place->value.clear();
        place->kind = associative ? VariableKind::associative : VariableKind::indexed;
        if (old && associative) place->own_associative().set("0", *old);
        if (old && !associative) place->own_indexed().set(0, *old);
    }
    if (options.allexport) place->attributes |= Variable::exported;
    place->is_set = true;
    if (place->kind == VariableKind::associative) {
        if (!append) place->associative = std::make_shared<AssociativeArray>();
        bool const pairs = !value.empty() && !value[0].has_subscript;
        for (std::size_t i = 0; i < value.size(); ++i) {
            CompoundElement const& item = value[i];
            if (pairs) { // key value key value, where [x]=y is a word like any other
                auto const word = [&](std::size_t at) {
                    if (at >= value.size()) return std::string();
                    CompoundElement const& each = value[at];
                    return each.has_subscript ? "[" + each.subscript + (each.append ? "]+=" : "]=") + each.value
                                              : each.value;
                };
                if (word(i).empty()) {
                    error(std::string(compound_arguments.empty() ? "\"\"" : "''") + ": bad array subscript");
                    ++i;
                    continue;
                }
                if (!assign_element(target, word(i), word(i + 1), false)) return false;
                ++i;
            } else if (!item.has_subscript) {
                std::string const shown = compound_arguments.empty() ? item.value : single_quoted(item.value);
                error(target + ": " + shown + ": must use subscript when assigning associative array");
            } else if (!assign_element(target, item.subscript, item.value, item.append)) {
                return false;
            }
        }
        variables.create(target).own_associative();
        return true;
    }
    if (!append) place->indexed = std::make_shared<IndexedArray>();
    place->own_indexed();
    std::int64_t next = place->indexed->next_index();
    for (CompoundElement const& item : value) {
        std::string subscript = item.has_subscript ? item.subscript : std::to_string(next);
        if (item.has_subscript) {
            std::string const shown = "[" + subscript + "]=" + item.value;
            std::int64_t index = 0;
            if (subscript.empty() || subscript == "@" || subscript == "*") {
                error(shown + (subscript.empty() ? ": bad array subscript" : ": cannot assign to non-numeric index"));
                continue;
            }
            ArithmeticOwner const nobody(*this, "");
            if (!integer_value(subscript, index)) {
                fail_arithmetic();
                return false;
            }
            if (index < 0) index += variables.find(target)->own_indexed().next_index();
            if (index < 0) {
                error(shown + ": bad array subscript");
                continue;
            }
            next = index;
            subscript = std::to_string(index);
        }
        if (!assign_element(target, subscript, item.value, item.append)) return false;
        ++next;
    }
    return true;
}

bool Interpreter::unset_variable(std::string const& target) {
    Variable const* const found = variables.find(target);
    if (!found) return true;
    if (found->has(Variable::readonly)) return false;
    variables.unset(target, options.localvar_unset);
    variable_changed(target);
    return true;
}

void Interpreter::variable_changed(std::string const& changed) {
    if (changed == "PATH") hashed.clear();
    if (changed == "OPTIND") optind_offset = 0;
    if (changed == "IGNOREEOF") options.ignoreeof = variables.find(changed) != nullptr;
    if (bool const on = variables.find(changed) != nullptr; changed == "POSIXLY_CORRECT" && on != options.posix)
        set_posix(options, on, interactive);
    if (changed == "GLOBIGNORE") { // with a value it shows hidden files, until it is unset
        Variable const* const ignored = variables.find(changed);
        if (!ignored || !ignored->value.empty()) options.dotglob = ignored != nullptr;
    }
    if (changed != "LANG" && changed.compare(0, 3, "LC_") != 0) return;
    for (char const* const locale : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        Variable const* const found = variables.find(locale);
        if (!found || !found->is_set || found->value.empty()) continue;
        std::string const lowered = cased(found->value, false);
        utf8 = lowered.find("utf-8") != std::string::npos || lowered.find("utf8") != std::string::npos;
        return;
    }
    utf8 = false;
}

}
