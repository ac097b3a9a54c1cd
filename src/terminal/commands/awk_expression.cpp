// Expressions of awk.
#include "ground/text.hpp"
#include "terminal/commands/awk_run.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/limits.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands::awk {

// Whether evaluating it may have to rest: it reads, runs a command, or calls a function.
bool Interpreter::waits(Node const& node) {
    if (node.waits != 0) return node.waits == 1;
    bool rests =
        node.kind == Kind::getline || node.kind == Kind::call ||
        (node.kind == Kind::builtin && (node.text == "system" || node.text == "close" || node.text == "fflush"));
    for (NodePtr const& part : node.parts) rests = rests || (part && waits(*part));
    node.waits = rests ? 1 : 2;
    return rests;
}

Interpreter::Variable& Interpreter::variable(Node const& node) {
    return node.is_local ? frames_.back()[static_cast<std::size_t>(node.slot)]
                         : globals_[static_cast<std::size_t>(node.slot)];
}

std::shared_ptr<Array> Interpreter::array(Node const& node) {
    if (node.kind != Kind::variable) {
        fail("attempt to use a scalar as an array");
        return std::make_shared<Array>();
    }
    Variable& one = variable(node);
    if (!one.array) one.array = std::make_shared<Array>();
    return one.array;
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

Value Interpreter::load(Node const& target) {
    switch (target.kind) {
        case Kind::variable:
            if (!target.is_local && target.slot == nf) split_fields();
            return variable(target).value;
        case Kind::element: {
            auto const items = array(*target.parts[0]);
            std::string const name = key(target);
            if (Value* const found = items->find(name)) return *found;
            if (++items_ > max_items) fail("too many array elements");
            return items->at(name);
        }
        case Kind::field: return field(static_cast<std::int64_t>(to_number(evaluate(*target.parts[0]))));
        default: return {};
    }
}

void Interpreter::store(Node const& target, Value value) {
    switch (target.kind) {
        case Kind::variable: {
            if (!target.is_local && target.slot == fs) split_fields(); // this record keeps the old separator
            variable(target).value = std::move(value);
            if (!target.is_local && target.slot < special_count) after_special(target.slot);
            break;
        }
        case Kind::element: {
            auto const items = array(*target.parts[0]);
            if (items->size() > max_items) return fail("too many array elements");
            items->at(key(target)) = std::move(value);
            break;
        }
        case Kind::field: {
            double const index = to_number(evaluate(*target.parts[0]));
            if (index < 0) return fail("attempt to access field " + std::to_string(static_cast<std::int64_t>(index)));
            set_field(static_cast<std::size_t>(index), std::move(value));
            break;
        }
        default: fail("assignment to something that is not a variable");
    }
}

regex::Regex const& Interpreter::dynamic(std::string const& source) {
    auto const found = dynamic_.find(source);
    if (found != dynamic_.end()) return found->second;
    if (dynamic_.size() > 200) dynamic_.clear();
    auto compiled = regex::compile(source, regex::Flavor::awk);
    if (!compiled) {
        fail("regular expression compile failed (" + compiled.error().message + "): " + source);
        compiled = regex::compile("x", regex::Flavor::awk);
    }
    return dynamic_.emplace(source, std::move(*compiled)).first->second;
}

regex::Regex const& Interpreter::pattern(Node const& node, Value const& value) {
    return node.kind == Kind::regex ? program_.patterns[static_cast<std::size_t>(node.pattern)] : dynamic(text(value));
}

Value Interpreter::arithmetic(char operation, double left, double right) {
    switch (operation) {
        case '+': return left + right;
        case '-': return left - right;
        case '*': return left * right;
        case '/':
            if (right == 0) fail("division by zero");
            return right == 0 ? 0.0 : left / right;
        case '%':
            if (right == 0) fail("division by zero in %");
            return right == 0 ? 0.0 : std::fmod(left, right);
        default: return std::pow(left, right);
    }
}

Value Interpreter::assign(Node const& node, Value value) {
    char const operation = static_cast<char>(node.number);
    if (operation != '=') {
        double const right = to_number(value);
        value = arithmetic(operation, to_number(load(*node.parts[0])), right);
    }
    store(*node.parts[0], value);
    return value;
}

Value Interpreter::increment(Node const& node) {
    double const before = to_number(load(*node.parts[0]));
    double const after = before + (node.decrements ? -1 : 1);
    store(*node.parts[0], Value(after));
    return Value(node.is_prefix ? after : before);
}

Value Interpreter::evaluate(Node const& node) {
    switch (node.kind) {
        case Kind::number: return Value(node.number);
        case Kind::text: return Value(node.text);
        case Kind::regex:
            rebuild();
            return Value(program_.patterns[static_cast<std::size_t>(node.pattern)].matches(record_) ? 1.0 : 0.0);
        case Kind::variable:
        case Kind::element:
        case Kind::field: return load(node);
        case Kind::brackets: return evaluate(*node.parts[0]);
        case Kind::assign: return assign(node, evaluate(*node.parts[1]));
        case Kind::increment: return increment(node);
        case Kind::both:
            return Value(is_true(evaluate(*node.parts[0])) && is_true(evaluate(*node.parts[1])) ? 1.0 : 0.0);
        case Kind::either:
            return Value(is_true(evaluate(*node.parts[0])) || is_true(evaluate(*node.parts[1])) ? 1.0 : 0.0);
        case Kind::choice: return evaluate(is_true(evaluate(*node.parts[0])) ? *node.parts[1] : *node.parts[2]);
        case Kind::in: return Value(array(*node.parts[1])->find(text(evaluate(*node.parts[0]))) ? 1.0 : 0.0);
        case Kind::in_several: return Value(array(*node.parts[1])->find(joined(node.parts[0]->parts, 0)) ? 1.0 : 0.0);
        case Kind::group: return Value(joined(node.parts, 0));
        default: break;
    }
    std::vector<Value> values;
    values.reserve(node.parts.size());
    bool const patterns = node.kind == Kind::builtin || node.kind == Kind::match || node.kind == Kind::no_match;
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        Node const& part = *node.parts[i];
        // An array goes to a function as it is, a regex as its text.
        bool const raw = (node.kind == Kind::builtin && part.kind == Kind::variable && variable(part).array) ||
                         (patterns && part.kind == Kind::regex && (i > 0 || node.kind == Kind::builtin));
        values.push_back(raw ? part.kind == Kind::regex ? Value(part.text) : Value() : evaluate(part));
    }
    return apply(node, values);
}

Task<Value> Interpreter::evaluate_later(Node const& node) {
    if (!waits(node)) co_return evaluate(node);
    switch (node.kind) {
        case Kind::getline: co_return co_await getline(node);
        case Kind::call: co_return co_await call(node);
        case Kind::brackets: co_return co_await evaluate_later(*node.parts[0]);
        case Kind::assign: {
            Value value = co_await evaluate_later(*node.parts[1]);
            // A subscript with a call is worked out first, so that it can wait too.
            if (waits(*node.parts[0])) co_return co_await assign_later(node, std::move(value));
            co_return assign(node, std::move(value));
        }
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
    std::vector<Value> values;
    for (NodePtr const& part : node.parts) {
        bool const raw = node.kind == Kind::builtin &&
                         (part->kind == Kind::regex || (part->kind == Kind::variable && variable(*part).array));
        if (raw)
            values.push_back(part->kind == Kind::regex ? Value(part->text) : Value());
        else
            values.push_back(co_await evaluate_later(*part));
    }
    switch (node.kind) {
        case Kind::field: co_return field(static_cast<std::int64_t>(to_number(values[0])));
        case Kind::element: {
            std::string name = values.size() > 1 ? text(values[1]) : "";
            for (std::size_t i = 2; i < values.size(); ++i) name += text(special(subsep)) + text(values[i]);
            co_return array(*node.parts[0])->at(name);
        }
        case Kind::in: co_return Value(array(*node.parts[1])->find(text(values[0])) ? 1.0 : 0.0);
        case Kind::builtin:
            if (node.text == "system") co_return co_await system(values.empty() ? "" : text(values[0]));
            if (node.text == "fflush") {
                out_.flush();
                co_return Value(0.0);
            }
            if (node.text == "close") {
                std::string const name = values.empty() ? "" : text(values[0]);
                bool const known = readers_.erase(name) > 0 || sinks_.count(name) > 0;
                co_await flush_output(name);
                co_return Value(known ? 0.0 : -1.0);
            }
            break;
        default: break;
    }
    co_return apply(node, values);
}

Task<Value> Interpreter::assign_later(Node const& node, Value value) {
    Node const& target = *node.parts[0];
    std::string name;
    for (std::size_t i = target.kind == Kind::element ? 1 : 0; i < target.parts.size(); ++i) {
        if (!name.empty()) name += text(special(subsep));
        name += text(co_await evaluate_later(*target.parts[i]));
    }
    char const operation = static_cast<char>(node.number);
    if (target.kind == Kind::field) {
        auto const index = static_cast<std::size_t>(std::max(0.0, to_number(Value::from_input(name))));
        if (operation != '=')
            value = arithmetic(operation, to_number(field(static_cast<std::int64_t>(index))), to_number(value));
        set_field(index, value);
        co_return value;
    }
    Value& place = array(*target.parts[0])->at(name);
    if (operation != '=') value = arithmetic(operation, to_number(place), to_number(value));
    place = value;
    co_return value;
}

Value Interpreter::apply(Node const& node, std::vector<Value> const& values) {
    auto const number = [&](std::size_t i) { return to_number(values[i]); };
    auto const truth = [](bool holds) { return Value(holds ? 1.0 : 0.0); };
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
            std::string joined_text = text(values[0]) + text(values[1]);
            if (joined_text.size() > limits::value_bytes) fail("string too long");
            return Value(std::move(joined_text));
        }
        case Kind::less: return truth(compare(values[0], values[1], convfmt_) < 0);
        case Kind::less_equal: return truth(compare(values[0], values[1], convfmt_) <= 0);
        case Kind::equal: return truth(compare(values[0], values[1], convfmt_) == 0);
        case Kind::not_equal: return truth(compare(values[0], values[1], convfmt_) != 0);
        case Kind::greater: return truth(compare(values[0], values[1], convfmt_) > 0);
        case Kind::greater_equal: return truth(compare(values[0], values[1], convfmt_) >= 0);
        case Kind::match: return truth(pattern(*node.parts[1], values[1]).matches(text(values[0])));
        case Kind::no_match: return truth(!pattern(*node.parts[1], values[1]).matches(text(values[0])));
        case Kind::builtin: return builtin(node, values);
        default: return {};
    }
}

}
