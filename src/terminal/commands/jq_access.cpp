// The machine's steps into values: parts and items with their paths, calls of functions, objects; and the operators.
#include "ground/text.hpp"
#include "terminal/commands/jq_cell.hpp"
#include "terminal/commands/jq_json.hpp"
#include "terminal/commands/jq_machine.hpp"
#include "terminal/limits.hpp"

#include <cmath>

namespace cw::terminal::commands::jq {

namespace {

constexpr std::size_t value_width = 29; // of what messages about paths show
constexpr std::size_t most_arguments = 4;

}

bool Machine::follows_path() { return state_.path.is(Kind::array) && state_.value.is_same(state_.at); }

void Machine::access(Node const* node, Value const& key) {
    bool const tracks = state_.path.is(Kind::array);
    if (tracks && !follows_path())
        return raise("Invalid path expression near attempt to access element " + shown(key) + " of " +
                     shown(state_.value, value_width));
    std::string error;
    Value part = get_part(state_.value, key, error);
    if (!error.empty()) return raise_unless_optional(node, std::move(error));
    if (tracks) state_.path.append(key), state_.at = part;
    state_.value = std::move(part);
    mode_ = Mode::deliver;
}

void Machine::iterate(Node const* node) {
    Value const& whole = state_.value;
    if (state_.path.is(Kind::array) && !follows_path())
        return raise("Invalid path expression near attempt to iterate through " + shown(whole, value_width));
    if (whole.kind() < Kind::array)
        return raise_unless_optional(
            node, "Cannot iterate over " + std::string(kind_name(whole)) + " (" + shown(whole) + ")");
    mode_ = Mode::backtrack;
    if (whole.size() > 0) choice(Role::items, nullptr);
}

void Machine::next_item(Ref const& cell) {
    State const& from = cell->state;
    auto const at = static_cast<std::size_t>(cell->number++);
    if (at + 1 >= from.value.size()) choices_.pop_back();
    next_ = cell->next;
    state_ = {from.value.item(at), from.path, {}};
    mode_ = Mode::deliver;
    if (!state_.path.is(Kind::array)) return;
    state_.path.append(from.value.is(Kind::object) ? from.value.key(at) : Value(static_cast<double>(at)));
    state_.at = state_.value;
}

void Machine::next_number(Ref const& cell) {
    double const now = cell->number, by = cell->held.number();
    cell->number += by;
    bool const inside = by > 0 ? now < cell->end : by < 0 && now > cell->end;
    mode_ = Mode::backtrack;
    if (!inside) return choices_.pop_back();
    next_ = cell->next;
    result(cell->state, Value(now));
}

// Arguments are evaluated from the last to the first, which varies fastest; `arguments` has those that are known.
void Machine::next_argument(Node const* node, Ref scope, State before, Value arguments) {
    std::size_t const count = node->parts.size();
    while (arguments.size() < count) {
        if (arguments.is(Kind::none)) arguments = calls_.store.array();
        Node const* const part = node->parts[count - 1 - arguments.size()];
        if (part->op != Op::literal) {
            state_ = {before.value, {}, {}};
            next_ = make(Role::argument, node, scope, std::move(next_), std::move(before));
            next_->held = std::move(arguments);
            scope_ = std::move(scope);
            return go(part);
        }
        arguments.append(part->value);
    }
    call_native(node, std::move(before), arguments);
}

void Machine::call_native(Node const* node, State before, Value const& arguments) {
    Native const& native = *node->native;
    Value list[most_arguments + 1];
    for (std::size_t i = 0; i < native.arity; ++i) list[i + 1] = arguments.item(native.arity - 1 - i);
    switch (native.special) {
        case 'i':
            state_ = std::move(before);
            mode_ = Mode::done;
            return;
        case 'r':
            for (std::size_t i = 1; i <= native.arity; ++i)
                if (!list[i].is(Kind::number)) return raise("Range bounds must be numeric");
            state_ = std::move(before);
            choice(Role::numbers, nullptr)->number = list[1].number();
            choices_.back()->end = list[2].number();
            choices_.back()->held = list[3];
            mode_ = Mode::backtrack;
            return;
        case 'g': {
            state_ = std::move(before);
            std::string error;
            Value part = get_path(state_.value, list[1], error);
            if (error.empty() && state_.path.is(Kind::array) && !follows_path())
                error = "Invalid path expression with result " + shown(state_.value, value_width);
            if (!error.empty()) return raise(error);
            if (state_.path.is(Kind::array)) {
                for (std::size_t i = 0; i < list[1].size(); ++i) state_.path.append(list[1].item(i));
                state_.at = part;
            }
            state_.value = std::move(part);
            mode_ = Mode::deliver;
            return;
        }
        default: break;
    }
    list[0] = std::move(before.value);
    calls_.error = {};
    Value made = native.run(calls_, list);
    if (calls_.halts >= 0) {
        mode_ = Mode::done;
        choices_.clear();
    } else if (made.is(Kind::none)) {
        mode_ = calls_.error.is(Kind::none) ? Mode::backtrack : Mode::fail;
    } else {
        result(std::move(before), std::move(made));
    }
}

// A call: its arguments become filters with the scope they were written in, bound where the function was defined.
void Machine::enter(Node const* node) {
    Ref inside = node->hops == static_cast<std::size_t>(-1) ? Ref() : passed(scope_, node->hops);
    for (Node const* const part : node->parts) {
        if (part->op == Op::closure) { // an argument handed on: no chain of filters that only call the next
            Ref const filter = passed(scope_, part->hops);
            inside = make(Role::binding, filter->node, filter->scope, std::move(inside));
        } else {
            inside = make(Role::binding, part, scope_, std::move(inside));
        }
    }
    scope_ = std::move(inside);
    go(node->definition->body);
}

// Keys and values of an object from `part` on.
void Machine::next_part(Node const* node, Ref scope, State before, std::size_t part, Value object, Value key) {
    for (; part < node->parts.size(); ++part) {
        Node const* const one = node->parts[part];
        bool const is_key = part % 2 == 0;
        if (one->op != Op::literal || (is_key && !one->value.is(Kind::text))) {
            state_ = {before.value, {}, {}};
            next_ = make(Role::part, node, scope, std::move(next_), std::move(before));
            next_->place = part;
            next_->held = std::move(object);
            next_->key = std::move(key);
            scope_ = std::move(scope);
            return go(one);
        }
        if (is_key)
            key = one->value;
        else
            object.put(key, one->value);
    }
    result(std::move(before), std::move(object));
}

Value pieces(Value const& text, std::string const& separator) {
    Store& store = text.store();
    Value out = store.array();
    std::string const& whole = text.text();
    if (whole.empty()) return out;
    for (std::size_t at = 0; at <= whole.size();) {
        std::size_t end = at;
        if (separator.empty())
            static_cast<void>(next_code_point(whole, end));
        else
            end = std::min(whole.find(separator, at), whole.size());
        out.append(store.text(whole.substr(at, end - at)));
        at = end + separator.size();
        if (separator.empty() && at == whole.size()) break;
    }
    return out;
}

namespace {

Value merged(Value a, Value const& b, bool deep) {
    for (std::size_t i = 0; i < b.size(); ++i) {
        Value const* const old = deep && b.item(i).is(Kind::object) ? a.find(b.key(i).text()) : nullptr;
        bool const merges = old && old->is(Kind::object);
        a.put(b.key(i), merges ? merged(*old, b.item(i), true) : b.item(i));
    }
    return a;
}

Value without(Value const& a, Value const& b) {
    Value out = a.store().array();
    for (std::size_t i = 0; i < a.size(); ++i) {
        bool stays = true;
        for (std::size_t j = 0; j < b.size() && stays; ++j) stays = compare(a.item(i), b.item(j)) != 0;
        if (stays) out.append(a.item(i));
    }
    return out;
}

Value repeated(Value text, double times, std::string& error) {
    if (!(times > 0)) return Value(Kind::null);
    std::string const once = text.text();
    if (static_cast<double>(once.size()) * times > static_cast<double>(limits::value_bytes)) {
        error = "Repeat string result too long";
        return {};
    }
    std::string out = once;
    for (double n = 2; n <= times; ++n) out += once;
    return text.store().text(std::move(out));
}

// Whole numbers as C has them; what does not fit is the least one.
std::int64_t whole(double number) { return std::fabs(number) < 9.2e18 ? static_cast<std::int64_t>(number) : INT64_MIN; }

Value remainder(double a, double b, std::string& error) {
    auto const divisor = static_cast<std::uint64_t>(whole(b));
    std::uint64_t const by = whole(b) < 0 ? 0 - divisor : divisor;
    if (by == 0) {
        error += " because the divisor is zero";
        return {};
    }
    auto const of = static_cast<std::uint64_t>(whole(a));
    std::uint64_t const rest = (whole(a) < 0 ? 0 - of : of) % by;
    return Value(whole(a) < 0 && rest ? -static_cast<double>(rest) : static_cast<double>(rest));
}

Value added(Value a, Value const& b) {
    if (a.is(Kind::null)) return b;
    if (b.is(Kind::null)) return a;
    if (a.kind() != b.kind()) return {};
    if (a.is(Kind::number)) return Value(a.number() + b.number());
    if (a.is(Kind::text)) {
        a.append_text(b.text());
        return a;
    }
    if (a.is(Kind::object)) return merged(std::move(a), b, false);
    if (!a.is(Kind::array)) return {};
    Value const more = b;
    for (std::size_t i = 0, count = more.size(); i < count; ++i) a.append(more.item(i));
    return a;
}

}

Value operate(char sign, Value a, Value const& b, std::string& error) {
    bool const numbers = a.is(Kind::number) && b.is(Kind::number);
    bool const texts = a.is(Kind::text) && b.is(Kind::text);
    std::string verb;
    Value made;
    switch (sign) {
        case 'e': return Value(compare(a, b) == 0);
        case '!': return Value(compare(a, b) != 0);
        case '<': return Value(compare(a, b) < 0);
        case '>': return Value(compare(a, b) > 0);
        case 'l': return Value(compare(a, b) <= 0);
        case 'g': return Value(compare(a, b) >= 0);
        case '+': {
            verb = "cannot be added";
            Value const before = a.kind() < Kind::text || a.kind() != b.kind() ? a : Value();
            made = added(std::move(a), b);
            a = before;
            break;
        }
        case '-':
            verb = "cannot be subtracted";
            if (numbers) made = Value(a.number() - b.number());
            if (a.is(Kind::array) && b.is(Kind::array)) made = without(a, b);
            break;
        case '*':
            verb = "cannot be multiplied";
            if (numbers) made = Value(a.number() * b.number());
            if (a.is(Kind::text) && b.is(Kind::number)) return repeated(a, b.number(), error);
            if (b.is(Kind::text) && a.is(Kind::number)) return repeated(b, a.number(), error);
            if (a.is(Kind::object) && b.is(Kind::object)) made = merged(a, b, true);
            break;
        case '/':
            verb = "cannot be divided";
            if (numbers && b.number() != 0) made = Value(a.number() / b.number());
            if (numbers && b.number() == 0) verb += " because the divisor is zero";
            if (texts) made = pieces(a, b.text());
            break;
        default:
            verb = "cannot be divided (remainder)";
            if (numbers) made = remainder(a.number(), b.number(), verb);
    }
    if (made.is(Kind::none))
        error = std::string(kind_name(a)) + " (" + shown(a) + ") and " + std::string(kind_name(b)) + " (" + shown(b) +
                ") " + verb;
    return made;
}

}
