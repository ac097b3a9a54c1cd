// Functions of awk that replace and sort.
#include "ground/text.hpp"
#include "terminal/commands/awk_run.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal::commands::awk {

Value Interpreter::substitute(Node const& node, std::vector<Value> const& values, bool global) {
    regex::Regex const& regex = pattern(*node.parts[0], values[0]);
    std::string const replacement = text(values[1]);
    Node const* const target = node.parts.size() > 2 ? node.parts[2].get() : nullptr;
    bool const stores =
        target && (target->kind == Kind::variable || target->kind == Kind::element || target->kind == Kind::field);
    rebuild();
    std::string const subject = target ? text(values[2]) : record_;
    std::string out;
    std::size_t at = 0;
    double count = 0;
    bool after_match = false;
    while (at <= subject.size() && !failed_) {
        auto const hit = regex.find(subject, at);
        if (!hit) break;
        out += std::string_view(subject).substr(at, hit->from() - at);
        bool const counts = hit->length() > 0 || !(after_match && hit->from() == at);
        if (counts) {
            ++count;
            for (std::size_t i = 0; i < replacement.size(); ++i) {
                // \& is &, \\& a backslash and the match, \\\& both signs, \\\\ two backslashes.
                auto const here = [&](std::string_view signs) {
                    return replacement.compare(i, signs.size(), signs) == 0;
                };
                if (here("\\\\\\&") || here("\\\\\\\\")) {
                    out.append(replacement, i + 2, 2);
                    i += 3;
                } else if (here("\\\\&")) {
                    out += '\\';
                    ++i;
                } else if (here("\\&")) {
                    out += '&';
                    ++i;
                } else if (replacement[i] == '&') {
                    out += hit->text(subject, 0);
                } else {
                    out += replacement[i];
                }
            }
        }
        at = hit->to();
        after_match = hit->length() > 0;
        if (hit->length() == 0) {
            if (at >= subject.size()) break;
            std::size_t end = at;
            static_cast<void>(next_code_point(subject, end));
            out.append(subject, at, end - at);
            at = end;
        }
        if (!global && count > 0) break;
        if (out.size() > limits::value_bytes) return fail("string too long"), Value();
    }
    if (count == 0) return Value(0.0);
    if (at < subject.size()) out.append(subject, at);
    if (stores)
        store(place(*target), Value(std::move(out)));
    else if (!target)
        set_record(std::move(out));
    return Value(count);
}

Value Interpreter::general_substitute(Node const& node, std::vector<Value> const& values) {
    regex::Regex const& regex = pattern(*node.parts[0], values[0]);
    std::string const replacement = text(values[1]), which = text(values[2]);
    rebuild();
    std::string const subject = values.size() > 3 ? text(values[3]) : record_;
    bool const global = !which.empty() && (which[0] == 'g' || which[0] == 'G');
    double const number = to_number(Value::from_input(which));
    if (!global && number < 1) warn("gensub: third argument `" + which + "' treated as 1");
    double const wanted = global ? 0 : std::max(1.0, number);
    std::string out;
    std::size_t at = 0;
    double count = 0;
    bool after_match = false;
    while (at <= subject.size()) {
        auto const hit = regex.search(subject, at);
        if (!hit) break;
        out += std::string_view(subject).substr(at, hit->from() - at);
        bool const counts = hit->length() > 0 || !(after_match && hit->from() == at);
        if (counts) ++count;
        bool const replaces = counts && (global || count == wanted);
        if (replaces) {
            for (std::size_t i = 0; i < replacement.size(); ++i) {
                char const c = replacement[i];
                if (c == '\\' && i + 1 < replacement.size()) {
                    char const next = replacement[++i];
                    if (next >= '0' && next <= '9')
                        out += hit->text(subject, static_cast<std::size_t>(next - '0'));
                    else
                        out += next;
                } else if (c == '&') {
                    out += hit->text(subject, 0);
                } else {
                    out += c;
                }
            }
        } else {
            out += hit->text(subject, 0);
        }
        at = hit->to();
        after_match = replaces && hit->length() > 0; // gawk counts an empty match behind one that it left
        if (hit->length() == 0) {
            if (at >= subject.size()) break;
            std::size_t end = at;
            static_cast<void>(next_code_point(subject, end));
            out.append(subject, at, end - at);
            at = end;
        }
        if (!global && count >= wanted) break;
        if (out.size() > limits::value_bytes) return fail("string too long"), Value();
    }
    if (at < subject.size()) out.append(subject, at);
    return Value(std::move(out));
}

namespace {

// Numbers come before strings, strings before arrays.
int rank_of(Variable const& one) { return one.is_array() ? 2 : is_numeric(one.value) ? 0 : 1; }

int sign_of(double difference) { return difference < 0 ? -1 : difference > 0 ? 1 : 0; }

}

// Below 0 if `a` comes before `b`, by one of gawk's names or by a function of the program.
Task<double> Interpreter::order(std::string const& how, Function const* function, Array& items, std::string const& a,
                                std::string const& b) {
    if (function) {
        std::vector<Variable> frame(4);
        frame[0].value = Value(a);
        frame[1] = *items.find(a);
        frame[2].value = Value(b);
        frame[3] = *items.find(b);
        co_return to_number(co_await invoke(*function, std::move(frame)));
    }
    Variable const &left = *items.find(a), &right = *items.find(b);
    bool const by_value = how.compare(0, 5, "@val_") == 0, by_number = how.find("_num") != std::string::npos;
    bool const by_type = how.find("_type") != std::string::npos;
    int out = 0;
    if (!by_value) {
        if (by_number) out = sign_of(to_number(Value::from_input(a)) - to_number(Value::from_input(b)));
        if (out == 0) out = compare(Value(a), Value(b), convfmt_, ignores_case_);
    } else {
        int const rank = rank_of(left), other = rank_of(right);
        bool const has_array = rank == 2 || other == 2;
        if (by_type || has_array) out = rank - other;
        bool const numbers = by_number || (by_type && rank == 0);
        if (out == 0 && !has_array && numbers) out = sign_of(to_number(left.value) - to_number(right.value));
        if (out == 0 && !has_array && !(by_type && rank == 0))
            out = compare(Value(text(left.value)), Value(text(right.value)), convfmt_, ignores_case_);
    }
    bool const falls = how.size() > 5 && how.compare(how.size() - 5, 5, "_desc") == 0;
    co_return falls ? -out : out;
}

// The keys of an array in the order of `how`; empty or "@unsorted": as they lie.
Task<std::vector<std::string>> Interpreter::sorted_keys(Array& items, std::string how) {
    std::vector<std::string> keys = items.keys(), next;
    if (how.empty() || how == "@unsorted" || keys.size() < 2) co_return keys;
    Function const* function = nullptr;
    for (Function const& one : program_.functions)
        if (one.name == how) function = &one;
    if (!function && how[0] != '@') {
        fail("sort comparison function `" + how + "' is not defined");
        co_return keys;
    }
    // A merge sort, because the comparison may have to rest.
    for (std::size_t width = 1; width < keys.size() && !failed_; width *= 2) {
        next.clear();
        for (std::size_t from = 0; from < keys.size(); from += 2 * width) {
            std::size_t const middle = std::min(from + width, keys.size()), to = std::min(middle + width, keys.size());
            std::size_t left = from, right = middle;
            while (left < middle || right < to) {
                bool takes_left = right == to;
                if (!takes_left && left < middle) {
                    bool const known = items.find(keys[left]) && items.find(keys[right]);
                    double const result = known ? co_await order(how, function, items, keys[left], keys[right]) : 0.0;
                    takes_left = result <= 0;
                }
                next.push_back(keys[takes_left ? left++ : right++]);
            }
            co_await p_.breathe();
        }
        keys.swap(next);
    }
    co_return keys;
}

// asort and asorti: the values (or keys) in order under 1, 2, 3...
Task<Value> Interpreter::sort(Node const& node, std::vector<Value> values, bool by_keys) {
    auto const source = array(*node.parts[0]);
    auto const target = node.parts.size() > 1 ? array(*node.parts[1]) : source;
    if (failed_) co_return Value();
    std::string const how = values.size() > 2 ? text(values[2]) : by_keys ? "@ind_str_asc" : "@val_type_asc";
    std::vector<std::string> const keys = co_await sorted_keys(*source, how);
    std::vector<Variable> sorted;
    for (std::string const& name : keys) {
        Variable one;
        if (by_keys)
            one.value = Value(name);
        else if (Variable const* const found = source->find(name))
            one = *found;
        sorted.push_back(std::move(one));
    }
    target->clear();
    for (std::size_t i = 0; i < sorted.size() && !failed_; ++i)
        element(*target, std::to_string(i + 1)) = std::move(sorted[i]);
    co_return Value(static_cast<double>(keys.size()));
}

}
