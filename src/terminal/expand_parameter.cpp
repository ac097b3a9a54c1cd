// ${...}: what a parameter stands for and what its operators make of it.
#include "ground/text.hpp"
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

bool is_every(std::string const& name) { return name == "@" || name == "*"; }

std::size_t length_of(std::string const& text, bool utf8) {
    if (!utf8) return text.size();
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) static_cast<void>(next_code_point(text, at));
    return count;
}

// The byte offset of character `index` (not past the end).
std::size_t byte_offset(std::string const& text, std::size_t index, bool utf8) {
    if (!utf8) return std::min(index, text.size());
    std::size_t at = 0;
    for (; index > 0 && at < text.size(); --index) static_cast<void>(next_code_point(text, at));
    return at;
}

std::string joined(std::vector<std::string> const& items, std::string_view separator) {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i) out += separator;
        out += items[i];
    }
    return out;
}

}

Purpose Expander::operand_purpose(ParameterOp op) {
    switch (op) {
        case ParameterOp::default_value:
        case ParameterOp::assign_default:
        case ParameterOp::error_if_unset:
        case ParameterOp::alternative:
        case ParameterOp::slice: return Purpose::text;
        default: return Purpose::pattern;
    }
}

// $name alone, the usual case: no copy of the value is made.
bool Expander::simple_parameter(Parameter const& p, bool quoted, Sink& sink) {
    if (!p.simple || is_every(p.name)) return false;
    std::string base, subscript;
    if (shell_.refers_to_list(p.name, base, subscript)) return false;
    std::string const* const value = shell_.scalar(p.name);
    if (value) {
        emit(sink, *value, quoted, true);
        return true;
    }
    if (!shell_.options.nounset) return true;
    shell_.error((is_name_start(p.name[0]) ? "" : "$") + p.name + ": unbound variable");
    shell_.fail(Failure::fatal, shell_.fatal_status());
    return true;
}

void Expander::parameter(Parameter const& p, bool quoted, Sink& sink) {
    if (simple_parameter(p, quoted, sink)) return;
    std::string subscript;
    if (p.has_subscript && !p.every) subscript = this->subscript(p.name, p.subscript);
    if (shell_.failure != Failure::none) return;
    Value value;
    if (!resolve(p, subscript, value)) return;
    Need const needed = need(p, value, quoted, sink);
    if (needed == Need::nothing || needed == Need::stop) return;
    if (needed == Need::word) {
        if (quoted && value.is_list && sink.fields) sink.fields->add_literal("", true); // "${@-}" is a word
        Sink inner = sink;
        inner.operand = !quoted;
        parts(p.operand.parts, quoted, inner);
        return;
    }
    std::string const operand = single(p.operand, operand_purpose(p.op));
    std::string second;
    if (p.has_second && shell_.failure == Failure::none)
        second = single(p.second, p.op == ParameterOp::slice ? Purpose::text : Purpose::replacement);
    if (shell_.failure == Failure::none) apply(p, value, operand, second, quoted, sink);
}

bool Expander::list_value(std::string const& name, char every, Value& value) {
    value.is_list = true;
    value.every = every;
    if (is_every(name)) {
        value.items = shell_.positional;
        value.set = !value.items.empty();
        return true;
    }
    Variable const* const variable = shell_.variable(name);
    if (!variable) return true;
    if (variable->kind == VariableKind::indexed && variable->indexed) {
        for (auto const& [index, text] : variable->indexed->elements()) {
            value.keys.push_back(std::to_string(index));
            value.items.push_back(text);
        }
    } else if (variable->kind == VariableKind::associative && variable->associative) {
        for (auto const& [key, text] : variable->associative->ordered()) {
            value.keys.push_back(*key);
            value.items.push_back(*text);
        }
    } else if (std::string const* const text = variable->scalar()) {
        value.keys.emplace_back("0");
        value.items.push_back(*text);
    }
    value.set = !value.items.empty();
    return true;
}

bool Expander::resolve_named(std::string const& name, Parameter const& p, std::string const& subscript, Value& value) {
    value.name = name;
    if (is_every(name) && !p.has_subscript) return list_value(name, name[0], value);
    if (p.every) return list_value(name, p.every, value);
    if (p.has_subscript) {
        value.has_subscript = true;
        value.subscript = subscript;
        bool ok = true;
        std::string const* const found = shell_.element(name, subscript, ok);
        value.set = found != nullptr;
        if (found) value.text = *found;
        return ok;
    }
    std::string target_name, target_subscript;
    if (shell_.refers_to_list(name, target_name, target_subscript))
        return list_value(target_name, target_subscript[0], value);
    // A copy: expanding the operand may assign to the same variable.
    std::string const* const found = shell_.scalar(name);
    value.set = found != nullptr;
    if (found) value.text = *found;
    return true;
}

// ${!x}: x holds the name of what is meant, maybe with a subscript.
bool Expander::resolve_indirect(Parameter const& p, Value& value) {
    if (p.every && p.op == ParameterOp::none) { // ${!array[@]}
        list_value(p.name, p.every, value);
        value.items = value.keys;
        return true;
    }
    Variable const* const direct = shell_.variables.find(p.name);
    if (direct && direct->has(Variable::nameref) && !p.has_subscript) {
        value.text = shell_.resolved_name(p.name, false);
        value.set = true;
        return true;
    }
    std::string subscript;
    if (p.has_subscript) subscript = this->subscript(p.name, p.subscript);
    Value pointer;
    if (!resolve_named(p.name, p, subscript, pointer)) return false;
    std::string const target = pointer.is_list ? joined(pointer.items, shell_.joiner()) : pointer.text;
    if ((is_every(p.name) || is_digit(p.name[0])) && !pointer.set) return true;
    if (!pointer.set && p.has_subscript && shell_.variable(p.name)) return true; // just an element that is not there
    if (!pointer.set || target.empty()) {
        std::string const shown = p.name + (p.has_subscript ? "[" + subscript + "]" : "");
        shell_.error(pointer.set ? ": invalid variable name" : shown + ": invalid indirect expansion");
        shell_.fail(Failure::discard);
        return false;
    }
    Parameter real;
    bool has_subscript = false;
    std::string target_name, target_subscript;
    bool const special = target.size() == 1 && is_special_parameter(target[0]);
    bool const number = std::all_of(target.begin(), target.end(), is_digit);
    if (special || number) {
        target_name = target;
    } else if (!split_reference(target, target_name, target_subscript, has_subscript)) {
        shell_.error(target + ": invalid variable name");
        shell_.fail(Failure::discard);
        return false;
    }
    real.has_subscript = has_subscript;
    if (has_subscript && (target_subscript == "@" || target_subscript == "*")) real.every = target_subscript[0];
    if (has_subscript && !real.every) target_subscript = shell_.expanded_subscript(target_name, target_subscript);
    return resolve_named(target_name, real, target_subscript, value);
}

bool Expander::resolve(Parameter const& p, std::string const& subscript, Value& value) {
    if (p.op == ParameterOp::bad) {
        shell_.error(p.source + ": bad substitution");
        shell_.fail(Failure::discard);
        return false;
    }
    if (p.op == ParameterOp::names) {
        value.is_list = value.set = true;
        value.every = p.every;
        for (std::string const& name : shell_.variables.names())
            if (name.compare(0, p.name.size(), p.name) == 0 && shell_.variables.find(name)->is_set)
                value.items.push_back(name);
        return true;
    }
    bool const good = p.indirect ? resolve_indirect(p, value) : resolve_named(p.name, p, subscript, value);
    if (!good) {
        if (shell_.failure == Failure::none) shell_.fail(Failure::discard);
        return false;
    }
    if (p.length) {
        if (shell_.options.nounset && value.is_list && !is_every(value.name)) {
            Variable const* const found = shell_.variable(p.name);
            if (!found || !found->is_set) value.is_list = false; // an error even where the list itself is none
        }
        Variable const* const whole = value.has_subscript ? shell_.variable(value.name) : nullptr;
        if (whole && whole->is_set) value.set = true; // an element that is not there has the length 0
        if (!value.set) value.has_subscript = false;
        if (!check_bound(p, value)) {
            if (p.every) shell_.status = 1;
            return false;
        }
        std::size_t const count = value.is_list ? value.items.size() : length_of(value.text, shell_.utf8);
        value.is_list = false;
        value.set = true;
        value.text = std::to_string(count);
    }
    return true;
}

bool Expander::check_bound(Parameter const& p, Value const& value) {
    if (value.set || !shell_.options.nounset) return true;
    if (value.is_list) return true;
    Variable const* const found = p.op == ParameterOp::transform && (p.transform == 'a' || p.transform == 'A')
                                      ? shell_.variable(value.name)
                                      : nullptr;
    if (found &&
        ((found->indexed && found->indexed->size() > 0) || (found->associative && found->associative->size() > 0)))
        return true;
    std::string shown = (p.indirect ? "!" : "") + p.name;
    if (value.has_subscript && !p.length)
        shown += "[" + (p.subscript.source.empty() ? value.subscript : p.subscript.source) + "]";
    shell_.error(shown + ": unbound variable");
    shell_.fail(Failure::fatal, shell_.fatal_status());
    return false;
}

// Emits what needs no operand, and says what the operand is for otherwise.
Expander::Need Expander::need(Parameter const& p, Value const& value, bool quoted, Sink& sink) {
    bool is_null = !value.set;
    if (p.colon && !is_null)
        is_null = value.is_list ? joined(value.items, value.every == '*' ? shell_.joiner() : " ").empty()
                                : value.text.empty();
    switch (p.op) {
        case ParameterOp::none:
        case ParameterOp::names:
        case ParameterOp::keys:
            if (check_bound(p, value)) emit_value(sink, value, quoted);
            return Need::nothing;
        case ParameterOp::default_value:
            if (is_null) return Need::word;
            emit_value(sink, value, quoted);
            return Need::nothing;
        case ParameterOp::alternative:
            if (is_null && value.set && quoted && sink.fields)
                sink.fields->add_literal("", true); // "${a[@]:+x}" of an empty element
            return is_null ? Need::stop : Need::word;
        case ParameterOp::assign_default:
        case ParameterOp::error_if_unset:
            if (is_null) return Need::strings;
            emit_value(sink, value, quoted);
            return Need::nothing;
        default: return check_bound(p, value) ? Need::strings : Need::stop;
    }
}

void Expander::assign_default(Parameter const& p, Value& value, std::string const& operand) {
    std::string const& name = value.name.empty() ? p.name : value.name;
    if (!is_identifier(name)) {
        shell_.error("$" + name + ": cannot assign in this way");
        shell_.fail(Failure::discard);
        return;
    }
    if (value.is_list) {
        shell_.error(name + "[" + value.every + "]: bad array subscript");
        shell_.fail(Failure::discard, 2);
        return;
    }
    bool const stored = value.has_subscript ? shell_.assign_element(name, value.subscript, operand, false)
                                            : shell_.assign(name, operand, false);
    if (!stored) {
        if (shell_.failure == Failure::none) shell_.fail(Failure::discard);
        return;
    }
    bool ok = true;
    std::string const* const now =
        value.has_subscript ? shell_.element(name, value.subscript, ok) : shell_.scalar(name);
    value.is_list = false;
    value.text = now ? *now : operand;
}

void Expander::error_unset(Parameter const& p, Value const& value, std::string const& operand) {
    std::string shown = p.name;
    if (value.has_subscript) shown += "[" + value.subscript + "]";
    std::string text = operand;
    if (p.operand.empty()) text = p.colon ? "parameter null or not set" : "parameter not set";
    shell_.error(shown + ": " + text);
    shell_.fail(Failure::fatal, shell_.fatal_status());
}

void Expander::apply(Parameter const& p, Value& value, std::string const& operand, std::string const& second,
                     bool quoted, Sink& sink) {
    switch (p.op) {
        case ParameterOp::assign_default: assign_default(p, value, operand); break;
        case ParameterOp::error_if_unset: error_unset(p, value, operand); break;
        case ParameterOp::slice: slice(p, value, operand, second); break;
        case ParameterOp::transform: transform(p, value); break;
        default: apply_each(p, value, operand, second);
    }
    if (shell_.failure == Failure::none) emit_value(sink, value, quoted);
}

void Expander::apply_each(Parameter const& p, Value& value, std::string const& operand, std::string const& second) {
    if (value.is_list) {
        for (std::string& item : value.items) item = changed(p, item, operand, second);
        return;
    }
    if (!value.set) return;
    value.text = changed(p, value.text, operand, second);
}

std::string Expander::changed(Parameter const& p, std::string const& text, std::string const& operand,
                              std::string const& second) {
    constexpr std::size_t none = std::string::npos;
    PatternOptions options = pattern_options();
    options.ignore_case = false;
    std::size_t cut = none;
    switch (p.op) {
        case ParameterOp::strip_prefix: cut = matching_prefix(operand, text, Extent::shortest, options); break;
        case ParameterOp::strip_prefix_longest: cut = matching_prefix(operand, text, Extent::longest, options); break;
        case ParameterOp::strip_suffix: cut = matching_suffix(operand, text, Extent::shortest, options); break;
        case ParameterOp::strip_suffix_longest: cut = matching_suffix(operand, text, Extent::longest, options); break;
        case ParameterOp::replace_first:
        case ParameterOp::replace_all:
        case ParameterOp::replace_prefix:
        case ParameterOp::replace_suffix: return replaced(p, text, operand, second);
        default: return case_changed(p.op, text, operand);
    }
    if (cut == none) return text;
    bool const prefix = p.op == ParameterOp::strip_prefix || p.op == ParameterOp::strip_prefix_longest;
    return prefix ? text.substr(cut) : text.substr(0, cut);
}

namespace {

// An unquoted & in the replacement stands for what matched.
void append_replacement(std::string& out, std::string const& replacement, std::string_view matched, bool ampersands) {
    for (std::size_t at = 0; at < replacement.size(); ++at) {
        char const c = replacement[at];
        if (c == '\\' && at + 1 < replacement.size() && (replacement[at + 1] == '&' || replacement[at + 1] == '\\'))
            out.push_back(replacement[++at]);
        else if (c == '&' && ampersands)
            out += matched;
        else
            out.push_back(c);
    }
}

}

std::string Expander::replaced(Parameter const& p, std::string const& text, std::string pattern,
                               std::string const& replacement) {
    ParameterOp op = p.op;
    bool const made = !p.operand.parts.empty() && p.operand.parts[0].kind != PartKind::literal &&
                      p.operand.parts[0].kind != PartKind::double_quoted;
    // The # or % may also come out of an expansion.
    if (op == ParameterOp::replace_first && made && !pattern.empty() && (pattern[0] == '#' || pattern[0] == '%')) {
        op = pattern[0] == '#' ? ParameterOp::replace_prefix : ParameterOp::replace_suffix;
        pattern.erase(0, 1);
    }
    constexpr std::size_t none = std::string::npos;
    bool const ampersands = shell_.options.patsub_replacement;
    PatternOptions const options = pattern_options();
    bool const anchored = op == ParameterOp::replace_prefix || op == ParameterOp::replace_suffix;
    if (pattern.empty() && !anchored) return text;
    std::string out;
    if (op == ParameterOp::replace_suffix) {
        std::size_t const cut =
            pattern.empty() ? text.size() : matching_suffix(pattern, text, Extent::longest, options);
        if (cut == none) return text;
        out = text.substr(0, cut);
        append_replacement(out, replacement, std::string_view(text).substr(cut), ampersands);
        return out;
    }
    bool const literal_start = !options.ignore_case && !pattern.empty() &&
                               std::string_view("*?[\\+@!(").find(pattern[0]) == std::string_view::npos;
    std::string_view const view(text);
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t length = none;
        if (!literal_start || (at < text.size() && text[at] == pattern[0]))
            length = matching_prefix(pattern, view.substr(at), Extent::longest, options);
        bool const empty_hit = length == 0 && !anchored && !text.empty();
        if (length != none && !empty_hit) {
            append_replacement(out, replacement, view.substr(at, length), ampersands);
            at += length;
            if (op != ParameterOp::replace_all || at >= text.size()) return out + text.substr(at);
            continue;
        }
        if (anchored || at >= text.size()) break;
        std::size_t next = at;
        if (shell_.utf8)
            static_cast<void>(next_code_point(text, next));
        else
            ++next;
        out.append(text, at, next - at);
        at = next;
    }
    return anchored ? text : out;
}

std::string Expander::case_changed(ParameterOp op, std::string const& text, std::string const& pattern) {
    PatternOptions options = pattern_options();
    options.ignore_case = false;
    bool const first_only =
        op == ParameterOp::upper_first || op == ParameterOp::lower_first || op == ParameterOp::toggle_first;
    bool const up = op == ParameterOp::upper_first || op == ParameterOp::upper_all;
    bool const toggles = op == ParameterOp::toggle_first || op == ParameterOp::toggle_all;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const from = at;
        bool const first = at == 0;
        char32_t code = static_cast<unsigned char>(text[at]);
        if (shell_.utf8)
            code = next_code_point(text, at);
        else
            ++at;
        std::string_view const character = std::string_view(text).substr(from, at - from);
        bool const changes = (!first_only || first) && (shell_.utf8 || code < 0x80) &&
                             (pattern.empty() || pattern_matches(pattern, character, options));
        if (!changes || (code == replacement_character && character.size() == 1)) {
            out += character;
            continue;
        }
        bool const to_up = toggles ? to_upper(code) != code : up;
        append_utf8(out, to_up ? to_upper(code) : to_lower(code));
    }
    return out;
}

bool Expander::slice(Parameter const& p, Value& value, std::string const& offset_text, std::string const& length_text) {
    if (!value.is_list && !value.set) return true;
    std::int64_t offset = 0, length = 0;
    Interpreter::ArithmeticOwner const owner(shell_, p.name);
    bool const good =
        shell_.integer_value(offset_text, offset) && (!p.has_second || shell_.integer_value(length_text, length));
    if (!good) {
        shell_.fail(Failure::discard);
        return false;
    }
    Variable const* const scalar = value.is_list && !is_every(value.name) ? shell_.variable(value.name) : nullptr;
    if (scalar && !scalar->is_array()) { // ${x[@]:1} of no array is a piece of its text
        value.is_list = false;
        value.text = value.items.empty() ? std::string() : value.items[0];
    }
    if (!value.is_list) {
        std::string const text = value.text;
        auto const size = static_cast<std::int64_t>(length_of(text, shell_.utf8));
        if (offset < 0) offset += size;
        value.text.clear();
        if (offset < 0 || offset > size) return true;
        std::int64_t end = size;
        if (p.has_second) end = length < 0 ? size + length : std::min(size, offset + length);
        if (end < offset) {
            shell_.error((p.second.source.empty() ? length_text : p.second.source) + ": substring expression < 0");
            shell_.fail(Failure::discard);
            return false;
        }
        std::size_t const from = byte_offset(text, static_cast<std::size_t>(offset), shell_.utf8);
        std::size_t const to = byte_offset(text, static_cast<std::size_t>(end), shell_.utf8);
        value.text = text.substr(from, to - from);
        return true;
    }
    bool const positional = is_every(value.name);
    if (positional) value.items.insert(value.items.begin(), shell_.name);
    if (p.has_second && length < 0) {
        shell_.error((p.second.source.empty() ? length_text : p.second.source) + ": substring expression < 0");
        shell_.fail(Failure::discard);
        return false;
    }
    auto const count = static_cast<std::int64_t>(value.items.size());
    Variable const* const variable = positional ? nullptr : shell_.variable(value.name);
    std::int64_t from = offset;
    if (variable && variable->kind == VariableKind::indexed) {
        std::int64_t const top = count == 0 ? 0 : std::stoll(value.keys.back()) + 1;
        if (offset < 0) offset += top;
        from = 0;
        while (from < count && std::stoll(value.keys[static_cast<std::size_t>(from)]) < offset) ++from;
        if (offset < 0) from = count;
    } else {
        if (offset < 0) from = offset + count < 0 ? count : offset + count;
        bool const from_one = variable && variable->kind == VariableKind::associative && offset > 0;
        if (from_one) --from;
    }
    std::int64_t const end = p.has_second ? std::min(count, from + length) : count;
    std::vector<std::string> kept;
    for (std::int64_t i = std::max<std::int64_t>(from, 0); i < end; ++i)
        kept.push_back(std::move(value.items[static_cast<std::size_t>(i)]));
    value.items = std::move(kept);
    return true;
}

void Expander::transform(Parameter const& p, Value& value) {
    char const how = p.transform;
    if (value.set && std::string_view("QEPAaUuLKk").find(how) == std::string_view::npos) {
        shell_.error(p.source + ": bad substitution");
        shell_.fail(Failure::fatal, shell_.fatal_status());
        return;
    }
    if (!value.is_list) {
        Variable const* const variable = shell_.variable(value.name);
        if (!value.set && !((how == 'A' || how == 'a') && variable)) return;
        value.text = transformed(how, value.text, value);
        return;
    }
    Variable const* const variable = is_every(value.name) ? nullptr : shell_.variable(value.name);
    if (how == 'A') {
        std::string text;
        if (variable) {
            text = declaration_text(shell_, value.name, *variable);
        } else if (is_every(value.name) && value.set) {
            text = "set --";
            for (std::string const& item : value.items)
                text += " " + (needs_ansi_quotes(item) ? ansi_quoted(item) : single_quoted(item));
        }
        value.items.assign(text.empty() ? 0 : 1, text);
    } else if (how == 'a' && variable && value.items.empty()) {
        value.items.push_back(attribute_letters(*variable));
    } else if (how == 'K' || how == 'k') {
        std::vector<std::string> items;
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            if (i >= value.keys.size()) {
                items.push_back(how == 'K' ? single_quoted(value.items[i]) : value.items[i]);
                continue;
            }
            bool const associative = variable && variable->kind == VariableKind::associative;
            if (how == 'k') {
                items.push_back(value.keys[i]);
                items.push_back(value.items[i]);
            } else {
                std::string const key = associative ? key_text(value.keys[i]) : value.keys[i];
                items.push_back(key + " " + terminal::double_quoted(value.items[i]));
            }
        }
        if (how == 'K' && variable) {
            std::string const text = joined(items, " ");
            bool const associative = variable->kind == VariableKind::associative;
            items.assign(1, associative && !text.empty() ? text + " " : text);
        }
        value.items = std::move(items);
    } else {
        for (std::string& item : value.items) item = transformed(how, item, value);
    }
}

std::string Expander::transformed(char how, std::string const& text, Value const& value) {
    Variable const* const variable = shell_.variable(value.name);
    switch (how) {
        case 'Q': return needs_ansi_quotes(text) ? ansi_quoted(text) : single_quoted(text);
        case 'E': return decoded_ansi_c(text);

        case 'P': return quoted_text(decoded_prompt(shell_, text)); // where nothing can wait
        case 'U': return case_changed(ParameterOp::upper_all, text, "");
        case 'u': return case_changed(ParameterOp::upper_first, text, "");
        case 'L': return case_changed(ParameterOp::lower_all, text, "");
        case 'K':
        case 'k': return needs_ansi_quotes(text) ? ansi_quoted(text) : single_quoted(text);
        default: break;
    }
    std::string const flags = variable ? attribute_letters(*variable) : std::string();
    if (how == 'a') return flags;
    std::string const shown = needs_ansi_quotes(text) ? ansi_quoted(text) : single_quoted(text);
    if (!is_identifier(value.name) || (flags.empty() && !value.set)) return {};
    if (flags.empty()) return value.name + "=" + shown;
    if (!value.set) return "declare -" + flags + " " + value.name;
    return "declare -" + flags + " " + value.name + "=" + shown;
}

}
