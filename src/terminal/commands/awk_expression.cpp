// Expressions of awk.
#include "terminal/commands/awk_run.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands::awk {

// Whether evaluating it may have to rest: it reads, runs a command, or calls a function.
bool Interpreter::waits(Node const& node) {
    if (node.waits != 0) return node.waits == 1;
    auto const which = static_cast<Builtin>(node.slot);
    bool rests = node.kind == Kind::getline || node.kind == Kind::call ||
                 (node.kind == Kind::builtin &&
                  (which == Builtin::system || which == Builtin::close || which == Builtin::fflush ||
                   which == Builtin::asort || which == Builtin::asorti));
    for (NodePtr const& part : node.parts) rests = rests || (part && waits(*part));
    node.waits = rests ? 1 : 2;
    return rests;
}

Variable& Interpreter::variable(Node const& node) {
    return node.is_local ? frames_.back()[static_cast<std::size_t>(node.slot)]
                         : globals_[static_cast<std::size_t>(node.slot)];
}

Variable& Interpreter::element(Array& items, std::string const& name) {
    if (Variable* const found = items.find(name)) return *found;
    if (++items_ > max_items) fail("too many array elements");
    return items.at(name);
}

namespace {

std::string name_of(Node const& node) {
    if (node.kind != Kind::element) return node.text;
    std::string const inside = node.parts[1]->kind == Kind::text ? node.parts[1]->text : "...";
    return name_of(*node.parts[0]) + "[\"" + inside + "\"]";
}

}

std::shared_ptr<Array> Interpreter::as_array(Variable& one, Node const& node) {
    if (!one.array && one.value.type != Value::Type::nothing) {
        fail(std::string("attempt to use scalar ") + (node.is_local ? "parameter `" : "`") + name_of(node) +
             "' as an array");
        return std::make_shared<Array>();
    }
    if (!one.array) one.array = std::make_shared<Array>();
    one.array->used = true;
    return one.array;
}

std::shared_ptr<Array> Interpreter::array(Node const& node) {
    if (node.kind == Kind::variable) return as_array(variable(node), node);
    if (node.kind != Kind::element) {
        fail("attempt to use a scalar value as array");
        return std::make_shared<Array>();
    }
    auto const outer = array(*node.parts[0]);
    return as_array(element(*outer, key(node)), node);
}

std::string Interpreter::joined(std::vector<NodePtr> const& parts, std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < parts.size(); ++i) {
        if (i > from) out += text(special(subsep));
        out += text(evaluate(*parts[i]));
    }
    return out;
}

std::string Interpreter::key(Node const& element) { return joined(element.parts, 1); }

Interpreter::Place Interpreter::field_place(double index) {
    Place out;
    if (index <= -1) fail("attempt to access field " + to_text(Value(std::trunc(index)), "%d"));
    out.field = static_cast<std::int64_t>(bounded(index, 0, 1e9));
    return out;
}

Interpreter::Place Interpreter::place(Node const& target) {
    Place out;
    out.node = &target;
    if (target.kind == Kind::variable) {
        out.variable = &variable(target);
        if (!target.is_local && target.slot < special_count) out.special = target.slot;
    } else if (target.kind == Kind::element) {
        auto const items = array(*target.parts[0]);
        out.variable = &element(*items, key(target));
    } else if (target.kind == Kind::field) {
        return field_place(to_number(evaluate(*target.parts[0])));
    } else {
        fail("assignment to something that is not a variable");
    }
    return out;
}

// The same where a subscript may rest.
Task<Interpreter::Place> Interpreter::place_later(Node const& target) {
    if (!waits(target)) co_return place(target);
    if (target.kind == Kind::field) co_return field_place(to_number(co_await evaluate_later(*target.parts[0])));
    std::string name;
    for (std::size_t i = 1; i < target.parts.size(); ++i) {
        if (i > 1) name += text(special(subsep));
        name += text(co_await evaluate_later(*target.parts[i]));
    }
    Place out;
    out.node = &target;
    std::shared_ptr<Array> items;
    if (target.parts[0]->kind == Kind::element) {
        Place const outer = co_await place_later(*target.parts[0]);
        items = as_array(*outer.variable, *target.parts[0]);
    } else {
        items = array(*target.parts[0]);
    }
    out.variable = &element(*items, name);
    co_return out;
}

Value Interpreter::load(Place const& place) {
    if (place.field >= 0) return field(place.field);
    if (!place.variable || failed_) return {};
    if (place.special == nf) split_fields();
    if (place.variable->is_array()) fail("attempt to use array `" + name_of(*place.node) + "' in a scalar context");
    return place.variable->value;
}

void Interpreter::store(Place const& place, Value value) {
    if (failed_) return;
    if (place.field >= 0) return set_field(static_cast<std::size_t>(place.field), std::move(value));
    if (place.variable->is_array())
        return fail("attempt to use array `" + name_of(*place.node) + "' in a scalar context");
    if (place.special >= 0) before_special(place.special);
    place.variable->array = nullptr;
    place.variable->value = std::move(value);
    if (place.special >= 0) after_special(place.special);
}

regex::Regex const& Interpreter::dynamic(std::string const& source) {
    auto const found = dynamic_.find(source);
    if (found != dynamic_.end()) return found->second;
    if (dynamic_.size() > 200) {
        dynamic_.clear();
        ++generation_;
    }
    std::string odd;
    add_odd_escapes(source, odd);
    if (!odd.empty()) p_.err(escape_warnings(odd, program_.told_regex, "awk: " + where(), true));
    auto compiled = regex::compile(source, regex::Flavor::awk, ignores_case_ ? regex::ignore_case : 0);
    if (!compiled) {
        fail("invalid regexp: " + compiled.error().message + ": /" + source + "/");
        compiled = regex::compile("x", regex::Flavor::awk);
    }
    return dynamic_.emplace(source, std::move(*compiled)).first->second;
}

regex::Regex const& Interpreter::pattern(Node const& node, Value const& value) {
    if (node.kind != Kind::regex && node.kind != Kind::strong_regex) return dynamic(text(value));
    if (node.compiled_in != generation_) {
        node.compiled = &dynamic(node.text);
        node.compiled_in = generation_;
    }
    return *node.compiled;
}

Value Interpreter::arithmetic(char operation, double left, double right) {
    switch (operation) {
        case '+': return left + right;
        case '-': return left - right;
        case '*': return left * right;
        case '/':
            if (right == 0) fail("division by zero attempted");
            return right == 0 ? 0.0 : left / right;
        case '%':
            if (right == 0) fail("division by zero attempted in `%'");
            return right == 0 ? 0.0 : std::fmod(left, right);
        default: return std::pow(left, right);
    }
}

Value Interpreter::assign(Node const& node, Place const& place, Value value) {
    char const operation = static_cast<char>(node.number);
    if (operation != '=') {
        double const right = to_number(value), left = to_number(load(place));
        if (right == 0 && !failed_ && (operation == '/' || operation == '%'))
            fail(operation == '/' ? "division by zero attempted in `/='" : "division by zero attempted in `%='");
        value = arithmetic(operation, left, right);
    }
    store(place, value);
    return value;
}

Value Interpreter::increment(Node const& node, Place const& place) {
    double const before = to_number(load(place));
    double const after = before + (node.decrements ? -1 : 1);
    store(place, Value(after));
    return Value(node.is_prefix ? after : before);
}

namespace {

// Which arguments are arrays, as bits, and which functions take either.
unsigned array_arguments(Builtin which) {
    if (which == Builtin::split || which == Builtin::patsplit) return 0b1010;
    if (which == Builtin::asort || which == Builtin::asorti) return 0b11;
    return which == Builtin::match ? 0b100 : 0;
}
bool takes_either(Builtin which) {
    return which == Builtin::length || which == Builtin::isarray || which == Builtin::typeof_;
}

Value as_regex(std::string text) {
    Value value(std::move(text));
    value.type = Value::Type::regex;
    return value;
}

}

// An argument that need not be evaluated, or that may be an array (then it is argument_array_): whether it was one.
bool Interpreter::plain_argument(Node const& part, Builtin which, std::size_t index, Value& value) {
    if (index == 0) argument_array_ = nullptr;
    if ((array_arguments(which) >> index & 1) != 0) return true;
    if (part.kind == Kind::regex) {
        value = as_regex(part.text);
        return true;
    }
    bool const either =
        takes_either(which) && !waits(part) && (part.kind == Kind::variable || part.kind == Kind::element);
    if (!either) return false;
    Place const found = place(part);
    if (found.variable && found.variable->is_array())
        argument_array_ = found.variable->array;
    else
        value = load(found);
    return true;
}

std::vector<Value> Interpreter::arguments(Node const& node, Builtin which) {
    std::vector<Value> values(node.parts.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!plain_argument(*node.parts[i], which, i, values[i])) values[i] = evaluate(*node.parts[i]);
    return values;
}

Value Interpreter::evaluate(Node const& node) {
    switch (node.kind) {
        case Kind::number: return Value(node.number);
        case Kind::text: return Value(node.text);
        case Kind::strong_regex: return as_regex(node.text);
        case Kind::regex: rebuild(); return Value(pattern(node, {}).matches(record_) ? 1.0 : 0.0);
        case Kind::variable:
        case Kind::element:
        case Kind::field: return load(place(node));
        case Kind::brackets: return evaluate(*node.parts[0]);
        case Kind::assign: {
            Value value = evaluate(*node.parts[1]);
            return assign(node, place(*node.parts[0]), std::move(value));
        }
        case Kind::increment: return increment(node, place(*node.parts[0]));
        case Kind::both:
            return Value(is_true(evaluate(*node.parts[0])) && is_true(evaluate(*node.parts[1])) ? 1.0 : 0.0);
        case Kind::either:
            return Value(is_true(evaluate(*node.parts[0])) || is_true(evaluate(*node.parts[1])) ? 1.0 : 0.0);
        case Kind::choice: return evaluate(is_true(evaluate(*node.parts[0])) ? *node.parts[1] : *node.parts[2]);
        case Kind::in: {
            std::string const name = text(evaluate(*node.parts[0]));
            return Value(array(*node.parts[1])->find(name) ? 1.0 : 0.0);
        }
        case Kind::in_several: {
            std::string const name = joined(node.parts[0]->parts, 0);
            return Value(array(*node.parts[1])->find(name) ? 1.0 : 0.0);
        }
        case Kind::group: return Value(joined(node.parts, 0));
        case Kind::builtin:
            return builtin(node, static_cast<Builtin>(node.slot), arguments(node, static_cast<Builtin>(node.slot)));
        default: break;
    }
    Value values[2];
    for (std::size_t i = 0; i < node.parts.size() && i < 2; ++i) {
        bool const by_pattern =
            i == 1 && (node.kind == Kind::match || node.kind == Kind::no_match) && node.parts[1]->kind == Kind::regex;
        if (!by_pattern) values[i] = evaluate(*node.parts[i]);
    }
    return apply(node, values);
}

Task<Value> Interpreter::evaluate_later(Node const& node) {
    if (!waits(node)) co_return evaluate(node);
    switch (node.kind) {
        case Kind::getline: co_return co_await getline(node);
        case Kind::call: co_return co_await call(node);
        case Kind::brackets: co_return co_await evaluate_later(*node.parts[0]);
        case Kind::field:
        case Kind::element: co_return load(co_await place_later(node));
        case Kind::assign: {
            Value value = co_await evaluate_later(*node.parts[1]);
            Place const to = co_await place_later(*node.parts[0]);
            co_return assign(node, to, std::move(value));
        }
        case Kind::increment: co_return increment(node, co_await place_later(*node.parts[0]));
        case Kind::both: {
            bool const left = is_true(co_await evaluate_later(*node.parts[0]));
            co_return Value(left && is_true(co_await evaluate_later(*node.parts[1])) ? 1.0 : 0.0);
        }
        case Kind::either: {
            bool const left = is_true(co_await evaluate_later(*node.parts[0]));
            co_return Value(left || is_true(co_await evaluate_later(*node.parts[1])) ? 1.0 : 0.0);
        }
        case Kind::choice: {
            bool const holds = is_true(co_await evaluate_later(*node.parts[0]));
            co_return co_await evaluate_later(holds ? *node.parts[1] : *node.parts[2]);
        }
        default: break;
    }
    std::vector<Value> values(node.parts.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        Node const& part = *node.parts[i];
        bool const by_text =
            part.kind == Kind::regex && (node.kind == Kind::match || node.kind == Kind::no_match) && i == 1;
        bool const is_array = (node.kind == Kind::in || node.kind == Kind::in_several) && i == 1;
        bool const known =
            node.kind == Kind::builtin && plain_argument(part, static_cast<Builtin>(node.slot), i, values[i]);
        if (!by_text && !is_array && !known) values[i] = co_await evaluate_later(part);
    }
    switch (node.kind) {
        case Kind::in: co_return Value(array(*node.parts[1])->find(text(values[0])) ? 1.0 : 0.0);
        case Kind::group: break; // below
        case Kind::in_several: co_return Value(array(*node.parts[1])->find(text(values[0])) ? 1.0 : 0.0);
        case Kind::builtin:
            switch (static_cast<Builtin>(node.slot)) {
                case Builtin::system: {
                    out_.flush();
                    int const status = co_await run_command(text(values[0]), nullptr, nullptr);
                    co_return Value(static_cast<double>(status));
                }
                case Builtin::fflush: out_.flush(); co_return Value(0.0);
                case Builtin::close:
                    co_return co_await close(text(values[0]), values.size() > 1 ? text(values[1]) : "");
                case Builtin::asort: co_return co_await sort(node, std::move(values), false);
                case Builtin::asorti: co_return co_await sort(node, std::move(values), true);
                default: co_return builtin(node, static_cast<Builtin>(node.slot), values);
            }
        default: values.resize(2); co_return apply(node, values.data());
    }
    std::string name;
    for (std::size_t i = 0; i < values.size(); ++i) name += (i ? text(special(subsep)) : "") + text(values[i]);
    co_return Value(name);
}

Value Interpreter::apply(Node const& node, Value const* values) {
    auto const number = [&](std::size_t i) { return to_number(values[i]); };
    auto const truth = [](bool holds) { return Value(holds ? 1.0 : 0.0); };
    auto const order = [&] { return compare(values[0], values[1], convfmt_, ignores_case_); };
    switch (node.kind) {
        case Kind::not_: return truth(!is_true(values[0]));
        case Kind::negative: return Value(-number(0));
        case Kind::positive: return Value(number(0));
        case Kind::add: return Value(number(0) + number(1));
        case Kind::subtract: return Value(number(0) - number(1));
        case Kind::multiply: return Value(number(0) * number(1));
        case Kind::divide: return arithmetic('/', number(0), number(1));
        case Kind::modulo: return arithmetic('%', number(0), number(1));
        case Kind::power: return arithmetic('^', number(0), number(1));
        case Kind::concatenate: {
            std::string joined_text = text(values[0]);
            joined_text += text(values[1]);
            if (joined_text.size() > limits::value_bytes) fail("string too long");
            return Value(std::move(joined_text));
        }
        case Kind::less: return truth(order() < 0);
        case Kind::less_equal: return truth(order() <= 0);
        case Kind::equal: return truth(order() == 0);
        case Kind::not_equal: return truth(order() != 0);
        case Kind::greater: return truth(order() > 0);
        case Kind::greater_equal: return truth(order() >= 0);
        case Kind::match: return truth(pattern(*node.parts[1], values[1]).matches(text(values[0])));
        case Kind::no_match: return truth(!pattern(*node.parts[1], values[1]).matches(text(values[0])));
        default: return {};
    }
}

}
