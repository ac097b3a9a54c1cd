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
            if (!shell.variables.in_function()) break;
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
            variable.value =
                shell.interactive ? std::to_string(shell.history->size() + shell.history_base + 1) : std::string("0");
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
            variable.associative = std::make_shared<AssociativeArray>(64); // as many buckets as bash has for them
            auto& table = *variable.associative;
            for (auto const& [name, text] : shell.aliases) table.set(name, text);
            return;
        }
        case Dynamic::commands: {
            variable.associative = std::make_shared<AssociativeArray>(256);
            auto& table = *variable.associative;
            for (auto const& [name, entry] : shell.hashed) table.set(name, entry.first);
            return;
        }
    }
    if (variable.kind == VariableKind::indexed)
        set_list(variable, items);
    else
        variable.is_set = true;
}

}

std::string Interpreter::separators() {
    Variable const* const ifs = variables.find("IFS");
    return ifs && ifs->is_set ? ifs->value : " \t\n";
}

std::string Interpreter::joiner() {
    std::string const all = separators();
    std::size_t end = all.empty() ? 0 : 1;
    if (utf8 && end > 0) static_cast<void>(next_code_point(all, end = 0));
    return all.substr(0, end);
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

bool Interpreter::refers_to_list(std::string const& wanted, std::string& array, std::string& every) {
    Variable const* const found = variables.find(wanted);
    if (!found || !found->has(Variable::nameref)) return false;
    bool has_subscript = false;
    return split_reference(resolved_name(wanted, false), array, every, has_subscript) && (every == "@" || every == "*");
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
            storage = join(positional, c == '*' ? joiner() : " ");
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
            return element(base, expanded_subscript(base, subscript), ok);
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
        error((arithmetic_owner.empty() || unbound_in_arithmetic ? "" : arithmetic_owner + ": ") + arithmetic.error());
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
    storage = join(items, every == '*' ? joiner() : " ");
    return items.empty() ? nullptr : &storage;
}

std::string const* Interpreter::element(std::string const& wanted, std::string const& subscript, bool& ok) {
    Variable* const found = variable(wanted);
    if (found && found->kind == VariableKind::associative) {
        return found->associative ? found->associative->find(subscript) : nullptr;
    }
    std::int64_t index = 0;
    ArithmeticOwner const nobody(*this, "");
    if (!integer_value(subscript, index)) {
        fail_arithmetic();
        ok = false;
        return nullptr;
    }
    if (index < 0) {
        if (found && found->indexed) index += found->indexed->next_index();
        if (index < 0) {
            error(wanted + ": bad array subscript");
            return nullptr;
        }
    }
    if (!found) return nullptr;
    if (found->kind == VariableKind::scalar) return index == 0 ? found->scalar() : nullptr;
    return found->indexed ? found->indexed->find(index) : nullptr;
}

}
