// The functions that awk has, but for those that change or sort text (awk_text.cpp) or wait (awk_expression.cpp).
#include "ground/text.hpp"
#include "terminal/commands/awk_run.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands::awk {

namespace {

constexpr double largest_whole = 9007199254740992.0;

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) static_cast<void>(next_code_point(text, at));
    return count;
}

std::string change_case(std::string_view text, bool upper) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const from = at;
        char32_t const c = next_code_point(text, at);
        char32_t const changed = upper ? to_upper(c) : to_lower(c);
        if (changed == c)
            out += text.substr(from, at - from);
        else
            append_utf8(out, changed);
    }
    return out;
}

// gawk's substr(): a start before the text is its start, fractions are cut off.
std::string slice(std::string_view text, double first, double count) {
    if (!(count >= 1)) return {};
    if (!(first >= 1)) first = 1;
    double const from = std::trunc(first);
    count = std::trunc(count);
    std::string out;
    double position = 1;
    for (std::size_t at = 0; at < text.size() && position - from < count; ++position) {
        std::size_t const start = at;
        static_cast<void>(next_code_point(text, at));
        if (position >= from) out += text.substr(start, at - start);
    }
    return out;
}

// "0x1f", "017" or a decimal number at the start of a text.
double number_in(std::string const& text) {
    std::size_t const start = std::min(text.find_first_not_of(" \t\n"), text.size());
    bool const minus = text.compare(start, 1, "-") == 0;
    std::size_t const from = start + (minus ? 1 : 0);
    bool const hexadecimal = text.compare(from, 2, "0x") == 0 || text.compare(from, 2, "0X") == 0;
    if (text.compare(from, 1, "0") != 0) return to_number(Value::from_input(text));
    double out = 0;
    for (std::size_t at = from + (hexadecimal ? 2 : 1); at < text.size(); ++at) {
        auto const digit = std::string_view("0123456789abcdef").find(static_cast<char>(std::tolower(text[at])));
        if (text[at] == '.' || text[at] == '8' || text[at] == '9')
            if (!hexadecimal) return to_number(Value::from_input(text));
        if (digit >= (hexadecimal ? 16u : 8u)) break;
        out = out * (hexadecimal ? 16 : 8) + static_cast<double>(digit);
    }
    return minus ? -out : out;
}

std::string plain(double number) { return to_text(Value(number), "%g"); }

}

Value Interpreter::number_builtin(Builtin which, std::vector<Value> const& values) {
    double const number = values.empty() ? 0 : to_number(values[0]);
    constexpr std::string_view names[] = {"and", "or", "xor", "lshift", "rshift", "compl"};
    bool const by_bits = which >= Builtin::and_ && which <= Builtin::compl_;
    std::vector<std::uint64_t> whole;
    for (std::size_t i = 0; by_bits && i < values.size(); ++i) {
        double const one = to_number(values[i]);
        std::string const name(names[static_cast<std::size_t>(which) - static_cast<std::size_t>(Builtin::and_)]);
        if (one < 0) {
            fail(name + ": argument " + std::to_string(i + 1) + " negative value " + plain(one) + " is not allowed");
            return {};
        }
        whole.push_back(static_cast<std::uint64_t>(bounded(one, 0, largest_whole - 1)));
    }
    auto const result = [](std::uint64_t bits) { return Value(static_cast<double>(bits)); };
    switch (which) {
        case Builtin::sin: return Value(std::sin(number));
        case Builtin::cos: return Value(std::cos(number));
        case Builtin::atan2: return Value(std::atan2(number, to_number(values[1])));
        case Builtin::exp: {
            double const out = std::exp(number);
            if (std::isinf(out) && !std::isinf(number)) warn("exp: argument " + plain(number) + " is out of range");
            return Value(out);
        }
        case Builtin::log:
        case Builtin::sqrt: {
            bool const is_log = which == Builtin::log;
            if (number < 0) {
                warn(std::string(is_log ? "log" : "sqrt") + ": received negative argument " + plain(number));
                return Value(-std::fabs(std::nan("")));
            }
            return Value(is_log ? std::log(number) : std::sqrt(number));
        }
        case Builtin::int_: return Value(std::trunc(number));
        case Builtin::rand: return Value(random_.next());
        case Builtin::srand: {
            double const seed = values.empty() ? static_cast<double>(p_.clock().seconds()) : number;
            random_.seed(static_cast<std::uint32_t>(static_cast<std::int64_t>(bounded(seed, -1e18, 1e18))));
            return Value(std::exchange(previous_seed_, std::trunc(seed)));
        }
        case Builtin::and_:
        case Builtin::or_:
        case Builtin::xor_: {
            std::uint64_t bits = whole[0];
            for (std::size_t i = 1; i < whole.size(); ++i)
                bits = which == Builtin::and_  ? bits & whole[i]
                       : which == Builtin::or_ ? bits | whole[i]
                                               : bits ^ whole[i];
            return result(bits);
        }
        case Builtin::lshift: return result(whole[1] < 64 ? whole[0] << whole[1] : 0);
        case Builtin::rshift: return result(whole[1] < 64 ? whole[0] >> whole[1] : 0);
        case Builtin::compl_: return result(~whole[0] & 0x1FFFFFFFFFFFFFull);
        case Builtin::systime: return Value(static_cast<double>(p_.clock().seconds()));
        case Builtin::mkbool: return Value(is_true(values[0]) ? 1.0 : 0.0);
        default: return {};
    }
}

Value Interpreter::builtin(Node const& node, Builtin which, std::vector<Value> const& values) {
    auto const string = [&](std::size_t i) { return i < values.size() ? text(values[i]) : std::string(); };
    auto const count_of = [](std::size_t count) { return Value(static_cast<double>(count)); };
    if (failed_) return {};
    switch (which) {
        case Builtin::length:
            if (node.parts.empty()) {
                rebuild();
                return count_of(characters(record_));
            }
            if (argument_array_) return count_of(argument_array_->size());
            return count_of(characters(string(0)));
        case Builtin::substr:
            return Value(slice(string(0), to_number(values[1]), values.size() > 2 ? to_number(values[2]) : 1e15));
        case Builtin::index: {
            std::string in = string(0), what = string(1);
            if (ignores_case_) in = folded(in), what = folded(what);
            std::size_t const at = in.find(what);
            return at == std::string::npos ? Value(0.0) : count_of(characters(std::string_view(in).substr(0, at)) + 1);
        }
        case Builtin::tolower: return Value(change_case(string(0), false));
        case Builtin::toupper: return Value(change_case(string(0), true));
        case Builtin::sprintf: return Value(formatted(values));
        case Builtin::split: return split(node, values, false);
        case Builtin::patsplit: return split(node, values, true);
        case Builtin::sub: return substitute(node, values, false);
        case Builtin::gsub: return substitute(node, values, true);
        case Builtin::gensub: return general_substitute(node, values);
        case Builtin::match: return match(node, values);
        case Builtin::strftime: {
            double const time =
                values.size() > 1 ? std::floor(to_number(values[1])) : static_cast<double>(p_.clock().seconds());
            Variable* const usual = globals_[procinfo].array->find("strftime");
            if (!(time >= -9e9 && time <= 9e9)) return Value(std::string());
            return Value(format_time(values.empty() ? usual ? text(usual->value) : "%c" : string(0),
                                     static_cast<std::int64_t>(time) * 1'000'000'000,
                                     values.size() > 2 && is_true(values[2]) ? Zone() : zone_named(p_.env("TZ"))));
        }
        case Builtin::mktime: {
            std::string const source = string(0);
            std::vector<Span> const parts = pieces(source, Value(std::string(" ")));
            if (parts.size() < 6) return Value(-1.0);
            int numbers[6];
            for (std::size_t i = 0; i < 6; ++i)
                numbers[i] = static_cast<int>(
                    bounded(to_number(Value::from_input(source.substr(parts[i].from, parts[i].to - parts[i].from))),
                            -1e6, 1e6));
            Civil time;
            time.year = numbers[0], time.month = numbers[1], time.day = numbers[2];
            time.hour = numbers[3], time.minute = numbers[4], time.second = numbers[5];
            return Value(static_cast<double>(values.size() > 1 && is_true(values[1])
                                                 ? seconds_from(time)
                                                 : zone_named(p_.env("TZ")).to_utc(seconds_from(time))));
        }
        case Builtin::strtonum:
            return Value(values[0].type == Value::Type::number ? values[0].number : number_in(string(0)));
        case Builtin::isarray: return Value(argument_array_ ? 1.0 : 0.0);
        case Builtin::typeof_: return Value(type_of(*node.parts[0], values[0]));
        case Builtin::fflush: out_.flush(); return Value(0.0);
        default: return number_builtin(which, values);
    }
}

std::string Interpreter::type_of(Node const& node, Value const& value) {
    if (argument_array_) return "array";
    if (node.kind == Kind::field && to_number(evaluate(*node.parts[0])) > static_cast<double>(fields_.size()))
        return "unassigned";
    switch (value.type) {
        case Value::Type::nothing: return "untyped";
        case Value::Type::number: return "number";
        case Value::Type::regex: return node.kind == Kind::regex ? "number" : "regexp";
        case Value::Type::input: return is_numeric(value) ? "strnum" : "string";
        default: return "string";
    }
}

Value Interpreter::split(Node const& node, std::vector<Value> const& values, bool by_pattern) {
    auto const items = array(*node.parts[1]);
    auto const between = node.parts.size() > 3 ? array(*node.parts[3]) : nullptr;
    if (failed_) return {};
    if (between == items) return fail("split: cannot use the same array for second and fourth args"), Value();
    std::string const subject = text(values[0]);
    Value const separator = values.size() > 2 ? values[2] : special(by_pattern ? fpat : fs);
    std::vector<Span> const parts = by_pattern ? matches_in(subject, text(separator)) : pieces(subject, separator);
    items_ -= std::min(items_, items->size());
    items->clear();
    if (between) between->clear();
    bool const blanks = !by_pattern && separator.type != Value::Type::regex && text(separator) == " ";
    std::size_t last = 0;
    auto const gap = [&](std::size_t number, std::size_t to) {
        if (between) element(*between, std::to_string(number)).value = Value(subject.substr(last, to - last));
    };
    for (std::size_t i = 0; i < parts.size() && !failed_; ++i) {
        element(*items, std::to_string(i + 1)).value =
            Value::from_input(subject.substr(parts[i].from, parts[i].to - parts[i].from));
        if (i > 0 || by_pattern || (blanks && parts[i].from > 0)) gap(i, parts[i].from);
        last = parts[i].to;
    }
    if (by_pattern || (blanks && last < subject.size() && !parts.empty())) gap(parts.size(), subject.size());
    return Value(static_cast<double>(parts.size()));
}

Value Interpreter::match(Node const& node, std::vector<Value> const& values) {
    std::string const subject = text(values[0]);
    auto const hit = pattern(*node.parts[1], values[1]).search(subject, 0);
    auto const position = [&](std::size_t byte) {
        return static_cast<double>(characters(std::string_view(subject).substr(0, byte)) + 1);
    };
    special(rstart) = Value(hit ? position(hit->from()) : 0.0);
    special(rlength) = Value(hit ? static_cast<double>(characters(hit->text(subject, 0))) : -1.0);
    if (node.parts.size() > 2) {
        auto const groups = array(*node.parts[2]);
        if (failed_) return {};
        groups->clear();
        for (std::size_t i = 0; hit && i < hit->groups.size(); ++i) {
            if (!hit->has(i)) continue;
            std::string const name = std::to_string(i), joiner = text(special(subsep));
            std::string const part(hit->text(subject, i));
            groups->at(name).value = Value::from_input(part);
            groups->at(name + joiner + "start").value = Value(position(hit->from(i)));
            groups->at(name + joiner + "length").value = Value(static_cast<double>(characters(part)));
        }
    }
    return special(rstart);
}

}
