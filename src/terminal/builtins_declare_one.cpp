// One argument of declare and its kin.
#include "terminal/builtins_declare.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"

#include <bit>

namespace cw::terminal {

namespace {

bool is_reference_value(std::string const& value) {
    std::string base, subscript;
    bool has_subscript = false;
    return split_reference(value, base, subscript, has_subscript);
}

bool refers_to(std::string const& value, std::string const& name) {
    return value == name || (value.compare(0, name.size(), name) == 0 && value[name.size()] == '[');
}

}

bool Declaration::fail(std::string const& text) {
    shell_.builtin_error(builtin_, text);
    return false;
}

// NAME, subscript and value; false if it is no such thing.
bool Declaration::read_word() {
    std::size_t end = 0;
    while (end < word_.size() && is_name_char(word_[end])) ++end;
    name_ = word_.substr(0, end);
    if (!is_identifier(name_)) return false;
    if (end < word_.size() && word_[end] == '[') {
        std::size_t const close = subscript_end(word_, end);
        if (close == std::string::npos) return false;
        has_subscript_ = true;
        subscript_ = word_.substr(end + 1, close - end - 1);
        end = close + 1;
    }
    append_ = word_.compare(end, 2, "+=") == 0;
    has_value_ = append_ || word_.compare(end, 1, "=") == 0;
    if (has_value_) value_ = word_.substr(end + (append_ ? 2 : 1));
    return has_value_ || (end == word_.size() && !(has_subscript_ && subscript_.empty()));
}

bool Declaration::check_reference() {
    if (has_subscript_) return fail(name_ + "[" + subscript_ + "]: reference variable cannot be an array");
    if (has_value_ && refers_to(value_, name_)) {
        if (!shell_.variables.in_function()) return fail(name_ + ": nameref variable self references not allowed");
        shell_.builtin_error(builtin_, "warning: " + name_ + ": circular name reference");
    }
    if (!value_.empty() && !append_ && !is_reference_value(value_))
        return fail("`" + value_ + "': invalid variable name for name reference");
    return true;
}

// The last nameref on the way from `name`; "" if there is none.
std::string Declaration::last_reference(std::string const& name, bool unset_too) const {
    std::string at = name, last;
    for (int hops = 0; hops < 9; ++hops) {
        Variable const* const found = is_global() ? shell_.variables.find_global(at) : shell_.variables.find(at);
        if (!found || !found->has(Variable::nameref)) return last;
        last = at;
        if (found->value.empty()) return unset_too ? last : "";
        at = found->value;
    }
    return {};
}

// The variable that a name stands for, references followed, and its own name.
Variable* Declaration::find(std::string& name) const {
    if (is_global()) {
        std::string const last = last_reference(name, false);
        std::string const end = last.empty() ? name : shell_.variables.find_global(last)->value;
        Variable* const there = shell_.variables.find_global(end);
        if (there && !there->has(Variable::nameref)) name = end;
        return there && there->has(Variable::nameref) ? nullptr : there;
    }
    std::string const target = shell_.resolved_name(name, false);
    Variable* const found = shell_.variables.find(target);
    if (!found || found->has(Variable::nameref)) return nullptr;
    name = target;
    return found;
}

// The binding of the innermost function. False if a readonly global may not be hidden.
bool Declaration::make_local() {
    bool const reference = (flags_.add & Variable::nameref) != 0;
    if (!reference && !(flags_.remove & Variable::nameref)) {
        // Only references of the same function are followed.
        std::string target = name_;
        std::string const last = last_reference(name_, true);
        if (!last.empty() && shell_.variables.is_local(last)) {
            Variable const* const found = find(target);
            std::string const& value = shell_.variables.find(last)->value;
            if (found)
                name_ = target;
            else if (is_reference_value(value))
                name_ = value.substr(0, value.find('['));
        }
    }
    Variable const* visible = shell_.variables.find(name_);
    if (visible && visible->has(Variable::readonly) && !shell_.variables.is_bound(name_))
        return fail(name_ + ": readonly variable");
    std::optional<Variable> const taken = shell_.variables.take_temporary(name_, true);
    bool const temporary = shell_.variables.temporary(name_) != nullptr;
    bool const inherits = flags_.inherit || shell_.options.localvar_inherit || temporary;
    visible = shell_.variables.find(name_);
    Variable const copy = inherits && visible ? *visible : Variable{};
    bool const exported = visible && visible->has(Variable::exported);
    bool is_new = false;
    variable_ = &shell_.variables.declare_local(name_, Variables::ScopeKind::function, is_new);
    if (is_new && inherits && visible) {
        *variable_ = copy;
        if (!temporary) variable_->attributes &= ~static_cast<unsigned>(Variable::nameref);
        if (copy.kind == VariableKind::indexed && flags_.associative) return true; // an error, said later
    } else if (is_new && exported) {
        variable_->attributes |= Variable::exported;
    }
    if (taken) {
        variable_->value = taken->value;
        variable_->is_set = true;
        variable_->attributes |= taken->attributes & Variable::exported;
    }
    bool const fixed = variable_->has(Variable::nameref) && variable_->has(Variable::readonly) &&
                       !variable_->value.empty() && (flags_.remove & Variable::nameref);
    return !fixed || fail(name_ + ": readonly variable");
}

// Finds what is declared: through references, or the reference itself with -n.
bool Declaration::resolve() {
    bool const global = is_global();
    Variable* const direct = global ? shell_.variables.find_global(name_) : shell_.variables.find(name_);
    bool const is_reference = direct && direct->has(Variable::nameref);
    if (!variable_ && (flags_.add & Variable::nameref)) {
        if (is_reference) variable_ = direct;
    } else if (!variable_ && (flags_.remove & Variable::nameref)) {
        reference_ = last_reference(name_, false);
        Variable* const last = reference_.empty() ? nullptr : shell_.variables.find(reference_);
        if (last && last->has(Variable::readonly)) return fail(name_ + ": readonly variable");
        if (last && !flags_.add && !has_value_ && flags_.remove == Variable::nameref && !compound_) {
            last->attributes &= ~static_cast<unsigned>(Variable::nameref);
            flags_.done = true;
            return true;
        }
        if (last) {
            std::string target = last->value;
            variable_ = find(target);
            if (variable_) name_ = target;
        }
    } else if (!variable_ && has_value_ && has_subscript_ && is_reference) {
        shell_.error("warning: " + name_ + ": removing nameref attribute");
        direct->value.clear();
        direct->is_set = false;
        direct->attributes &= ~static_cast<unsigned>(Variable::nameref);
    }
    bool const changes =
        flags_.add || flags_.remove || has_value_ || compound_ || flags_.indexed || flags_.associative || global;
    if (!variable_ && changes) {
        std::string const last = last_reference(name_, false);
        Variable* const reference = last.empty()  ? nullptr
                                    : is_global() ? shell_.variables.find_global(last)
                                                  : shell_.variables.find(last);
        if (reference) {
            reference_ = last;
            std::string target = reference->value;
            variable_ = find(target);
            if (variable_) {
                name_ = target;
            } else { // it does not exist yet: it is what is declared
                std::size_t const bracket = target.find('[');
                if (bracket != std::string::npos && has_subscript_)
                    return fail("`" + target + "[" + subscript_ + "]': not a valid identifier");
                if (bracket != std::string::npos) {
                    has_subscript_ = true;
                    subscript_ = target.substr(bracket + 1, target.size() - bracket - 2);
                }
                name_ = target.substr(0, bracket);
                if (flags_.remove & Variable::nameref)
                    reference->attributes &= ~static_cast<unsigned>(Variable::nameref);
            }
        }
    }
    if (!variable_) variable_ = find(name_);
    return true;
}

// What may not be done to the variable that is there.
bool Declaration::check() {
    bool const on = (flags_.add & Variable::nameref) != 0, assigns = has_value_ || compound_;
    bool const is_reference = variable_->has(Variable::nameref);
    if (variable_->is_array() && on) return fail(name_ + ": reference variable cannot be an array");
    if (is_reference && !on && !(flags_.remove & Variable::nameref) && has_value_ && !is_reference_value(value_))
        return fail("`" + value_ + "': invalid variable name for name reference");
    if (on && !is_reference && variable_->is_set && !has_value_ && !is_reference_value(variable_->value))
        return fail("`" + variable_->value + "': invalid variable name for name reference");
    bool const readonly = variable_->has(Variable::readonly);
    if (readonly && (on || assigns || (flags_.remove & Variable::readonly))) {
        if (!compound_) return fail(name_ + ": readonly variable");
        shell_.error(name_ + ": readonly variable");
        return false;
    }
    if (flags_.remove_array && variable_->is_array())
        return fail(name_ + ": cannot destroy array variables in this way");
    if (flags_.indexed && variable_->kind == VariableKind::associative)
        return fail(name_ + ": cannot convert associative to indexed array");
    if (flags_.associative && variable_->kind == VariableKind::indexed)
        return fail(name_ + ": cannot convert indexed to associative array");
    return true;
}

// `x=1 declare -x x` keeps x.
void Declaration::keep_temporary() {
    std::optional<Variable> const taken = shell_.variables.take_temporary(name_, false);
    if (!taken) return;
    Variable& outer = shell_.variables.create(name_);
    outer.value = taken->value;
    outer.is_set = true;
    outer.attributes |= taken->attributes;
}

bool Declaration::declare(bool local) {
    if (local && builtin_ == "local" && word_ == "-") {
        if (!shell_.frames.back().kept_options)
            shell_.frames.back().kept_options = std::make_shared<ShellOptions const>(shell_.options);
        return true;
    }
    auto const compound = shell_.compound_arguments.find(static_cast<int>(at_));
    if (compound != shell_.compound_arguments.end()) compound_ = &compound->second;
    if (!read_word()) return fail("`" + word_ + "': not a valid identifier");
    if (compound_) has_value_ = false;
    if ((flags_.add & Variable::nameref) && !check_reference()) return false;
    if (local) {
        if (!make_local()) return false;
    } else if (flags_.add & (Variable::exported | Variable::readonly)) {
        keep_temporary();
    }
    if (!resolve()) return false;
    if (flags_.done) return true;
    bool const created = !variable_;
    if (created) {
        variable_ = flags_.global ? &shell_.variables.create_global(name_) : &shell_.variables.create(name_);
        if (has_value_ && variable_->has(Variable::readonly)) return fail(name_ + ": readonly variable");
    } else if (!check()) {
        return false;
    }
    return store(created);
}

bool Declaration::store(bool created) {
    bool const array_existed = variable_->is_array();
    bool const wants_array = flags_.indexed || flags_.associative || compound_ || has_subscript_;
    if (!array_existed && wants_array) {
        bool const had = variable_->is_set;
        std::string const old = variable_->value;
        variable_->kind = flags_.associative ? VariableKind::associative : VariableKind::indexed;
        variable_->attributes &= ~static_cast<unsigned>(Variable::nameref);
        variable_->value.clear();
        if (had && flags_.associative) variable_->own_associative().set("0", old);
        if (had && !flags_.associative) variable_->own_indexed().set(0, old);
    }
    constexpr unsigned cases = Variable::upper | Variable::lower | Variable::capital;
    unsigned add = flags_.add;
    if (add & (cases | Variable::nameref)) variable_->attributes &= ~cases; // the last one wins
    if (add & Variable::nameref) variable_->attributes &= ~static_cast<unsigned>(Variable::integer);
    if (std::popcount(add & cases) > 1) add &= ~cases;
    bool const reference = (add & Variable::nameref) != 0 && !variable_->is_array();
    add &= ~static_cast<unsigned>(Variable::nameref);
    variable_->attributes |= add & ~static_cast<unsigned>(Variable::readonly);
    variable_->attributes &= ~(flags_.remove & ~static_cast<unsigned>(Variable::nameref));
    bool good = true;
    bool const quoted_list = has_value_ && value_.size() > 1 && value_[0] == '(' && value_.back() == ')';
    bool const creates = flags_.indexed || flags_.associative;
    if (compound_ || (quoted_list && (creates || (array_existed && !has_subscript_)))) {
        good = store_list();
    } else if (has_value_ && has_subscript_) {
        if (quoted_list && !array_existed)
            shell_.error("warning: " + word_ + ": quoted compound array assignment deprecated");
        std::string key = subscript_;
        if (key != "@" && key != "*") key = shell_.expanded_subscript(name_, subscript_);
        good = shell_.assign_element(name_, key, value_, append_);
    } else if (has_value_) {
        if (reference || variable_->has(Variable::nameref)) {
            if (!store_reference(created)) return false;
        } else {
            good = shell_.assign_local(*variable_, name_, value_, append_);
            shell_.variable_changed(name_);
        }
    }
    Variable* const now = flags_.global ? shell_.variables.find_global(name_) : shell_.variables.find(name_);
    if (now && good) {
        now->attributes |= add | (reference ? static_cast<unsigned>(Variable::nameref) : 0u);
        if (flags_.remove & Variable::nameref) now->attributes &= ~static_cast<unsigned>(Variable::nameref);
    }
    if (Variable* const from = reference_.empty() ? nullptr : shell_.variables.find(reference_); from)
        from->attributes &= ~(flags_.remove & ~static_cast<unsigned>(Variable::readonly));
    return good;
}

bool Declaration::store_reference(bool created) {
    std::string target = append_ ? variable_->value + value_ : value_;
    if (variable_->has(Variable::integer)) {
        std::int64_t number = 0;
        if (!shell_.integer_value(target, number)) return false;
        target = std::to_string(number);
    }
    bool const itself = refers_to(target, name_);
    if (itself) {
        if (!shell_.variables.in_function()) {
            shell_.error(name_ + ": nameref variable self references not allowed");
            return false;
        }
        shell_.error("warning: " + name_ + ": circular name reference");
    }
    if (!is_reference_value(target)) {
        if (!is_reference_value(value_)) fail("`" + value_ + "': not a valid identifier");
        if (created) shell_.variables.unset(name_);
        return false;
    }
    variable_->value = target;
    variable_->is_set = true;
    return true;
}

// NAME=( ... ), or the same as a quoted text.
bool Declaration::store_list() {
    CompoundValue made;
    if (!compound_) {
        std::vector<ArrayElement> elements;
        Expander expander(shell_);
        bool const keyed = variable_->kind == VariableKind::associative;
        if (Parser::array_text(value_, shell_.parser_options(), elements)) {
            for (ArrayElement const& item : elements) {
                std::vector<std::string> fields;
                if (item.has_subscript) {
                    std::string subscript = expander.single(item.subscript);
                    made.push_back({true, item.append, std::move(subscript), expander.value(item.value)});
                } else if (keyed) {
                    made.push_back({false, false, "", expander.value(item.value)});
                } else {
                    expander.fields(item.value, fields);
                }
                for (std::string& field : fields) made.push_back({false, false, "", std::move(field)});
            }
        }
    }
    CompoundValue const& value = compound_ ? *compound_ : made;
    if (!flags_.global || shell_.variables.find(name_) == variable_)
        return shell_.assign_compound(name_, value, append_, flags_.associative);
    // A hidden global is filled through a spare name, then moved to where it belongs.
    std::string const spare = "__global_value";
    shell_.variables.create(spare) = *variable_;
    bool const good = shell_.assign_compound(spare, value, append_, flags_.associative);
    shell_.variables.create_global(name_) = shell_.variables.create(spare);
    shell_.variables.unset(spare);
    return good;
}

bool Declaration::mark(unsigned attribute) {
    auto const compound = shell_.compound_arguments.find(static_cast<int>(at_));
    if (compound != shell_.compound_arguments.end()) compound_ = &compound->second;
    bool const good = read_word();
    if (!good || has_subscript_)
        return fail("`" + (good ? word_.substr(0, word_.find('=')) : word_) + "': not a valid identifier");
    bool const adds = flags_.remove == 0;
    if (compound_ || (has_value_ && (flags_.indexed || flags_.associative))) {
        flags_.global = flags_.remove == 0 && false;
        if (!declare(false)) return false;
    } else if (has_value_) {
        std::string target = name_;
        Variable const* const found = find(target);
        if (found && found->has(Variable::readonly)) {
            shell_.error(target + ": readonly variable");
            return false;
        }
        if (shell_.options.xtrace) shell_.trace(name_ + "=" + quoted_if_needed(value_));
        if (adds) keep_temporary();
        if (!shell_.assign(name_, value_, append_)) return false;
    }
    if (adds) keep_temporary();
    std::string target = name_;
    Variable* found = find(target);
    if (!adds) {
        if (found) found->attributes &= ~(flags_.remove & ~static_cast<unsigned>(Variable::readonly));
        return true;
    }
    if (!found) {
        target = shell_.resolved_name(name_, false);
        if (target.find('[') != std::string::npos) return fail("`" + target + "': not a valid identifier");
        found = &shell_.variables.create(target);
    }
    if (!found->is_array() && (flags_.indexed || flags_.associative) && !found->is_set)
        found->kind = flags_.associative ? VariableKind::associative : VariableKind::indexed;
    found->attributes |= attribute;
    return true;
}

}
