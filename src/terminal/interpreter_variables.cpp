// Variables as the shell sees them: special parameters, computed values, attributes, assignment.
#include "ground/text.hpp"
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

// bash's generator for RANDOM: Park and Miller's minimal standard, the halves of the result combined (5.1 and later).
std::uint32_t next_random(std::uint32_t& state) {
    if (state == 0) state = 123459876;
    auto const high = static_cast<std::int64_t>(state / 127773), low = static_cast<std::int64_t>(state % 127773);
    std::int64_t next = 16807 * low - 2836 * high;
    if (next < 0) next += 0x7fffffff;
    state = static_cast<std::uint32_t>(next);
    return ((state >> 16) ^ (state & 65535)) & 32767;
}

void set_list(Variable& variable, std::vector<std::string> const& items) {
    variable.indexed = std::make_shared<IndexedArray>();
    for (std::size_t i = 0; i < items.size(); ++i) variable.indexed->set(static_cast<std::int64_t>(i), items[i]);
}

// Gives a variable the value that its Dynamic kind stands for now.
void refresh(Interpreter& shell, Variable& variable) {
    std::vector<std::string> items;
    switch (variable.dynamic) {
        case Dynamic::none:
        case Dynamic::option_index: return;
        case Dynamic::random: {
            std::uint32_t value;
            do {
                value = next_random(shell.random_state);
            } while (value == shell.last_random);
            shell.last_random = value;
            variable.value = std::to_string(value);
            break;
        }
        case Dynamic::secure_random: variable.value = std::to_string(shell.system.random.next() & 0xFFFFFFFFu); break;
        case Dynamic::seconds:
            variable.value = std::to_string((shell.system.clock.now_ns - shell.seconds_base_ns) / 1'000'000'000 +
                                            shell.seconds_offset);
            break;
        case Dynamic::line_number: variable.value = std::to_string(shell.line); break;
        case Dynamic::shell_pid: variable.value = std::to_string(shell.pid); break;
        case Dynamic::epoch_seconds: variable.value = std::to_string(shell.system.clock.seconds()); break;
        case Dynamic::epoch_realtime: {
            std::string fraction = std::to_string(shell.system.clock.now_ns / 1000 % 1'000'000);
            fraction.insert(0, 6 - fraction.size(), '0');
            variable.value = std::to_string(shell.system.clock.seconds()) + "." + fraction;
            break;
        }
        case Dynamic::function_names:
            if (!shell.variables.in_function() && shell.frames.size() <= 1) break;
            for (auto frame = shell.frames.rbegin(); frame != shell.frames.rend(); ++frame)
                items.push_back(frame->function);
            break;
        case Dynamic::sources:
            for (auto frame = shell.frames.rbegin(); frame != shell.frames.rend(); ++frame)
                items.push_back(frame->source);
            break;
        case Dynamic::line_numbers:
            for (auto frame = shell.frames.rbegin(); frame != shell.frames.rend(); ++frame)
                items.push_back(std::to_string(frame->call_line));
            break;
        case Dynamic::argument_counts:
            for (auto frame = shell.argument_frames.rbegin(); frame != shell.argument_frames.rend(); ++frame)
                items.push_back(std::to_string(frame->size()));
            break;
        case Dynamic::argument_values:
            for (auto frame = shell.argument_frames.rbegin(); frame != shell.argument_frames.rend(); ++frame)
                items.insert(items.end(), frame->rbegin(), frame->rend());
            break;
        case Dynamic::pipe_status:
            for (int const status : shell.pipe_status) items.push_back(std::to_string(status));
            break;
        case Dynamic::directories:
            items = shell.directory_stack;
            items.insert(items.begin(), shell.directory);
            break;
        case Dynamic::groups: items.push_back(std::to_string(shell.caller.gid)); break;
        case Dynamic::history_number:
            variable.value = std::to_string(shell.history->size() + shell.history_base + 1);
            break;
        case Dynamic::command: variable.value = shell.command_text(); break;
        case Dynamic::subshell: variable.value = std::to_string(shell.subshell_level); break;
        case Dynamic::last_argument: variable.value = shell.last_argument; break;
        case Dynamic::argument_zero: variable.value = shell.name; break;
        case Dynamic::shell_options:
        case Dynamic::bash_options: {
            bool const set = variable.dynamic == Dynamic::shell_options;
            OptionRow const* const rows = set ? set_options : shopt_options;
            int const count = set ? set_option_count : shopt_option_count;
            variable.value.clear();
            for (int i = 0; i < count; ++i)
                if (shell.options.*(rows[i].member))
                    variable.value += (variable.value.empty() ? "" : ":") + std::string(rows[i].name);
            break;
        }
        case Dynamic::aliases: {
            auto& table = variable.own_associative();
            table.clear();
            for (auto const& [name, text] : shell.aliases) table.set(name, text);
            return;
        }
        case Dynamic::commands: {
            auto& table = variable.own_associative();
            table.clear();
            for (auto const& [name, entry] : shell.hashed) table.set(name, entry.first);
            return;
        }
    }
    if (variable.kind == VariableKind::indexed)
        set_list(variable, items);
    else
        variable.is_set = true;
}

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

std::string Interpreter::separators() {
    Variable const* const ifs = variables.find("IFS");
    return ifs && ifs->is_set ? ifs->value : " \t\n";
}

std::string Interpreter::resolved_name(std::string const& wanted, bool report) {
    std::string at = wanted;
    for (int hops = 0; hops < 10; ++hops) {
        Variable const* const found = variables.find(at);
        if (!found || !found->has(Variable::nameref) || found->value.empty()) return at;
        if (found->value == at) break;
        at = found->value;
    }
    if (report) error("warning: " + wanted + ": circular name reference");
    return wanted;
}

Variable* Interpreter::variable(std::string const& wanted) {
    Variable* found = variables.find(wanted);
    if (!found) return nullptr;
    if (found->has(Variable::nameref)) {
        std::string const target = resolved_name(wanted, true);
        found = variables.find(target);
        if (!found || found->has(Variable::nameref)) return nullptr;
    }
    if (found->dynamic != Dynamic::none) refresh(*this, *found);
    return found;
}

std::string Interpreter::option_letters() const {
    std::string letters;
    for (char const letter : std::string_view("abefhkmnptuvxBCEHPT")) {
        OptionRow const* const row = find_set_letter(letter);
        if (row && options.*(row->member)) letters += letter;
    }
    if (interactive)
        letters.insert(letters.find_first_of("mnptuvxBCEHPT") == std::string::npos
                           ? letters.size()
                           : letters.find_first_of("mnptuvxBCEHPT"),
                       "i");
    if (is_command_string) letters += 'c';
    if (reads_stdin) letters += 's';
    return letters;
}

std::string const* Interpreter::special_parameter(std::string const& wanted, std::string& storage) {
    char const c = wanted[0];
    if (is_digit(c)) {
        std::size_t const index = wanted.size() > 9 ? std::string::npos : std::stoul(wanted);
        if (index == 0) return &name;
        return index <= positional.size() ? &positional[index - 1] : nullptr;
    }
    switch (c) {
        case '#': storage = std::to_string(positional.size()); return &storage;
        case '?': storage = std::to_string(status); return &storage;
        case '$': storage = std::to_string(shell_pid); return &storage;
        case '-': storage = option_letters(); return &storage;
        case '!':
            if (last_background_pid == 0) return nullptr;
            storage = std::to_string(last_background_pid);
            return &storage;
        case '@':
        case '*': {
            if (positional.empty()) return nullptr;
            storage = join(positional, c == '*' ? separators().substr(0, 1) : " ");
            return &storage;
        }
        default: return nullptr;
    }
}

std::string const* Interpreter::scalar(std::string const& wanted) {
    if (wanted.empty()) return nullptr;
    if (!is_name_start(wanted[0])) return special_parameter(wanted, special_storage_);
    Variable* const found = variables.find(wanted);
    if (!found) return nullptr;
    if (found->attributes & Variable::nameref) {
        std::string const target = resolved_name(wanted, true);
        std::string base, subscript;
        bool has_subscript = false;
        if (target != wanted && split_reference(target, base, subscript, has_subscript) && has_subscript) {
            bool ok = true;
            if (subscript == "@" || subscript == "*") return all_elements(base, subscript[0], special_storage_);
            return element(base, subscript, ok);
        }
        if (target == wanted) { // a local that refers to its own name means the global
            Variable const* const global = variables.is_local(wanted) ? variables.find_global(wanted) : nullptr;
            return global && !global->has(Variable::nameref) ? global->scalar() : nullptr;
        }
        return scalar(target);
    }
    if (found->dynamic != Dynamic::none) refresh(*this, *found);
    return found->scalar();
}

std::string Interpreter::value_of(std::string const& wanted) {
    std::string const* const found = scalar(wanted);
    return found ? *found : std::string();
}

bool Interpreter::integer_value(std::string const& expression, std::int64_t& value) {
    Arithmetic arithmetic(*this);
    unbound_in_arithmetic = false;
    if (arithmetic.evaluate(expression, value)) return true;
    if (!arithmetic.error().empty())
        error((arithmetic_owner.empty() ? "" : arithmetic_owner + ": ") + arithmetic.error());
    survives_errexit = true;
    return false;
}

bool Interpreter::index_of(Variable const* array, std::string const& wanted, std::string const& subscript,
                           std::int64_t& index) {
    ArithmeticOwner const nobody(*this, "");
    if (!integer_value(subscript, index)) {
        fail_arithmetic();
        return false;
    }
    if (index >= 0) return true;
    bool const indexed = array && array->kind == VariableKind::indexed && array->indexed;
    index += indexed ? array->indexed->next_index() : array && array->is_set ? 1 : 0;
    if (index >= 0) return true;
    error(wanted + "[" + subscript + "]: bad array subscript");
    fail(Failure::discard);
    return false;
}

std::string const* Interpreter::all_elements(std::string const& wanted, char every, std::string& storage) {
    Variable* const found = variable(wanted);
    if (!found || !found->is_array()) return found ? found->scalar() : nullptr;
    std::vector<std::string> items;
    if (found->indexed)
        for (auto const& item : found->indexed->elements()) items.push_back(item.second);
    if (found->associative)
        for (auto const& item : found->associative->ordered()) items.push_back(*item.second);
    storage = join(items, every == '*' ? separators().substr(0, 1) : " ");
    return items.empty() ? nullptr : &storage;
}

std::string const* Interpreter::element(std::string const& wanted, std::string const& subscript, bool& ok) {
    Variable* const found = variable(wanted);
    if (found && found->kind == VariableKind::associative) {
        std::string key = subscript;
        bool const quoted = key.size() > 1 && (key[0] == '"' || key[0] == '\'') && key.back() == key[0];
        if (quoted && !found->associative) return nullptr;
        if (!found->associative) return nullptr;
        std::string const* const exact = found->associative->find(key);
        if (exact || !quoted) return exact;
        return found->associative->find(key.substr(1, key.size() - 2));
    }
    std::int64_t index = 0;
    ArithmeticOwner const nobody(*this, "");
    if (!integer_value(subscript, index)) {
        fail_arithmetic();
        ok = false;
        return nullptr;
    }
    if (index < 0) {
        std::int64_t const top = found && found->indexed                        ? found->indexed->next_index()
                                 : found && !found->is_array() && found->is_set ? 1
                                                                                : 0;
        index += top;
        if (index < 0) {
            error(wanted + ": bad array subscript");
            return nullptr;
        }
    }
    if (!found) return nullptr;
    if (found->kind == VariableKind::scalar) return index == 0 ? found->scalar() : nullptr;
    return found->indexed ? found->indexed->find(index) : nullptr;
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
            if (!is_identifier(value) && value.find('[') == std::string::npos) {
                error("`" + value + "': not a valid identifier");
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
            return assign_element(base, subscript, std::move(value), append);
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
            case Dynamic::argument_zero: name = value; return true;
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
    if (target.find('[') != std::string::npos) { // a reference to an element has no elements
        error("`" + target + "': not a valid identifier");
        fail(Failure::discard);
        return false;
    }
    Variable* place = variables.find(target);
    if (place && place->has(Variable::readonly)) {
        error(target + ": readonly variable");
        fail_assignment();
        return false;
    }
    if (!place) place = &variables.create(target);
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
        if (place->dynamic == Dynamic::aliases) aliases[subscript] = value;
        place->is_set = true;
        return place->own_associative().set(subscript, std::move(value));
    }
    std::int64_t index = 0;
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

bool Interpreter::assign_compound(std::string const& wanted, CompoundValue const& value, bool append,
                                  bool associative) {
    std::string const target = resolved_name(wanted, false);
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
            if (pairs) { // key value key value
                std::string const text = i + 1 < value.size() ? value[i + 1].value : std::string();
                if (!assign_element(target, item.value, text, false)) return false;
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
            std::int64_t index = 0;
            if (!index_of(variables.find(target), target, subscript, index)) {
                if (failure == Failure::none) fail(Failure::command);
                return false;
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
