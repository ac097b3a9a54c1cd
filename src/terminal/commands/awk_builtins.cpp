// The functions that awk has.
#include "ground/text.hpp"
#include "terminal/commands/awk_run.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/limits.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands::awk {

namespace {

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

// substr(): characters from round(m), round(n) of them.
std::string slice(std::string_view text, double first, double count) {
    double from = std::nearbyint(first), to = std::nearbyint(first + count);
    if (std::isnan(from) || std::isnan(to)) return {};
    from = std::max(from, 1.0);
    std::string out;
    double position = 1;
    for (std::size_t at = 0; at < text.size() && position < to; ++position) {
        std::size_t const start = at;
        static_cast<void>(next_code_point(text, at));
        if (position >= from) out += text.substr(start, at - start);
    }
    return out;
}

}

Value Interpreter::builtin(Node const& node, std::vector<Value> const& values) {
    std::string const& name = node.text;
    auto const number = [&](std::size_t i) { return i < values.size() ? to_number(values[i]) : 0.0; };
    auto const whole = [&](std::size_t i) {
        return static_cast<std::uint64_t>(std::clamp(number(i), 0.0, 9007199254740991.0));
    };
    if (name == "sin") return Value(std::sin(number(0)));
    if (name == "cos") return Value(std::cos(number(0)));
    if (name == "atan2") return Value(std::atan2(number(0), number(1)));
    if (name == "exp") return Value(std::exp(number(0)));
    if (name == "log") return Value(std::log(number(0)));
    if (name == "sqrt") return Value(std::sqrt(number(0)));
    if (name == "int") return Value(std::trunc(number(0)));
    if (name == "rand") return Value(random_.unit());
    if (name == "srand") {
        previous_seed_ = seed_;
        seed_ = values.empty() ? static_cast<std::uint64_t>(p_.clock().seconds())
                               : static_cast<std::uint64_t>(static_cast<std::int64_t>(number(0)));
        random_ = Random(seed_);
        return Value(static_cast<double>(previous_seed_));
    }
    if (name == "and") return Value(static_cast<double>(whole(0) & whole(1)));
    if (name == "or") return Value(static_cast<double>(whole(0) | whole(1)));
    if (name == "xor") return Value(static_cast<double>(whole(0) ^ whole(1)));
    if (name == "lshift") return Value(static_cast<double>(whole(0) << (whole(1) & 63)));
    if (name == "rshift") return Value(static_cast<double>(whole(0) >> (whole(1) & 63)));
    if (name == "compl") return Value(static_cast<double>(~whole(0) & 0x1FFFFFFFFFFFFFull));
    if (name == "systime") return Value(static_cast<double>(p_.clock().seconds()));
    return text_builtin(node, values);
}

Value Interpreter::text_builtin(Node const& node, std::vector<Value> const& values) {
    std::string const& name = node.text;
    auto const string = [&](std::size_t i) { return i < values.size() ? text(values[i]) : std::string(); };
    if (name == "length") {
        if (node.parts.empty()) {
            rebuild();
            return Value(static_cast<double>(characters(record_)));
        }
        if (node.parts[0]->kind == Kind::variable && variable(*node.parts[0]).array)
            return Value(static_cast<double>(array(*node.parts[0])->size()));
        return Value(static_cast<double>(characters(string(0))));
    }
    if (name == "substr")
        return Value(slice(string(0), values.size() > 1 ? to_number(values[1]) : 1,
                           values.size() > 2 ? to_number(values[2]) : 1e15));
    if (name == "index") {
        std::string const in = string(0);
        std::size_t const at = in.find(string(1));
        return Value(at == std::string::npos ? 0.0
                                             : static_cast<double>(characters(std::string_view(in).substr(0, at)) + 1));
    }
    if (name == "tolower") return Value(change_case(string(0), false));
    if (name == "toupper") return Value(change_case(string(0), true));
    if (name == "sprintf")
        return Value(values.empty() ? std::string() : format(string(0), {values.begin() + 1, values.end()}, convfmt_));
    if (name == "split") return split(node, values);
    if (name == "sub") return substitute(node, values, false);
    if (name == "gsub") return substitute(node, values, true);
    if (name == "gensub") return general_substitute(values, node);
    if (name == "match") return match(node, values);
    if (name == "asort") return sort(node, false);
    if (name == "asorti") return sort(node, true);
    if (name == "strftime") {
        std::int64_t const time =
            values.size() > 1 ? static_cast<std::int64_t>(to_number(values[1])) : p_.clock().seconds();
        return Value(format_time(values.empty() ? "%a %b %e %H:%M:%S %Z %Y" : string(0), time * 1'000'000'000,
                                 values.size() > 2 && to_number(values[2]) != 0 ? Zone() : zone_named(p_.env("TZ"))));
    }
    if (name == "mktime") {
        std::vector<std::string> const parts = pieces(string(0), " ");
        if (parts.size() < 6) return Value(-1.0);
        Civil time;
        auto const part = [&](std::size_t i) { return static_cast<int>(to_number(Value::from_input(parts[i]))); };
        time.year = part(0), time.month = part(1), time.day = part(2), time.hour = part(3), time.minute = part(4),
        time.second = part(5);
        return Value(static_cast<double>(zone_named(p_.env("TZ")).to_utc(seconds_from(time))));
    }
    if (name == "strtonum") {
        std::string const digits = string(0);
        auto const value = parse_integer(digits, digits.substr(0, 2) == "0x" ? 16 : digits[0] == '0' ? 8 : 10);
        return Value(value ? static_cast<double>(*value) : to_number(Value::from_input(digits)));
    }
    return {};
}

Value Interpreter::split(Node const& node, std::vector<Value> const& values) {
    if (node.parts.size() < 2) return fail("split needs a string and an array"), Value();
    auto const items = array(*node.parts[1]);
    bool const is_regex = node.parts.size() > 2 && node.parts[2]->kind == Kind::regex;
    std::string const separator = node.parts.size() > 2 ? text(values[2]) : text(special(fs));
    std::vector<std::string> seams;
    std::vector<std::string> const parts =
        pieces(text(values[0]), is_regex && separator.size() == 1 ? "(" + separator + ")" : separator, &seams);
    items->clear();
    for (std::size_t i = 0; i < parts.size(); ++i) items->at(std::to_string(i + 1)) = Value::from_input(parts[i]);
    if (node.parts.size() > 3) {
        auto const between = array(*node.parts[3]);
        between->clear();
        for (std::size_t i = 0; i < seams.size(); ++i) between->at(std::to_string(i + 1)) = Value(seams[i]);
    }
    return Value(static_cast<double>(parts.size()));
}

Value Interpreter::substitute(Node const& node, std::vector<Value> const& values, bool global) {
    if (values.size() < 2) return fail("sub needs a pattern and a replacement"), Value();
    regex::Regex const& regex = pattern(*node.parts[0], values[0]);
    std::string const replacement = text(values[1]);
    Node const* const target = node.parts.size() > 2 ? node.parts[2].get() : nullptr;
    rebuild();
    std::string const subject = target ? text(values[2]) : record_;
    std::string out;
    std::size_t at = 0;
    std::int64_t count = 0;
    bool after_match = false;
    while (at <= subject.size()) {
        auto const hit = regex.find(subject, at);
        if (!hit) break;
        out += std::string_view(subject).substr(at, hit->from() - at);
        bool const counts = hit->length() > 0 || !(after_match && hit->from() == at);
        if (counts) {
            ++count;
            for (std::size_t i = 0; i < replacement.size(); ++i) {
                bool const escaped = replacement[i] == '\\' && i + 1 < replacement.size() &&
                                     (replacement[i + 1] == '&' || replacement[i + 1] == '\\');
                if (escaped)
                    out += replacement[++i];
                else if (replacement[i] == '&')
                    out += hit->text(subject, 0);
                else
                    out += replacement[i];
            }
        }
        at = hit->to();
        after_match = hit->length() > 0;
        if (hit->length() == 0) {
            if (at >= subject.size()) break;
            std::size_t end = at;
            static_cast<void>(next_code_point(subject, end));
            out += subject.substr(at, end - at);
            at = end;
        }
        if (!global && count > 0) break;
        if (out.size() > limits::value_bytes) return fail("string too long"), Value();
    }
    if (count == 0) return Value(0.0);
    if (at < subject.size()) out += subject.substr(at);
    if (target)
        store(*target, Value(std::move(out)));
    else
        set_record(std::move(out));
    return Value(static_cast<double>(count));
}

Value Interpreter::general_substitute(std::vector<Value> const& values, Node const& node) {
    if (values.size() < 3) return fail("gensub needs a pattern, a replacement and which"), Value();
    regex::Regex const& regex = pattern(*node.parts[0], values[0]);
    std::string const replacement = text(values[1]), which = text(values[2]);
    rebuild();
    std::string const subject = values.size() > 3 ? text(values[3]) : record_;
    bool const global = !which.empty() && (which[0] == 'g' || which[0] == 'G');
    double const wanted = global ? 0 : std::max(1.0, to_number(values[2]));
    std::string out;
    std::size_t at = 0;
    double count = 0;
    while (at <= subject.size()) {
        auto const hit = regex.search(subject, at);
        if (!hit) break;
        out += std::string_view(subject).substr(at, hit->from() - at);
        ++count;
        if (global || count == wanted) {
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
        if (hit->length() == 0) {
            if (at >= subject.size()) break;
            out += subject[at++];
        }
        if (!global && count >= wanted) break;
    }
    if (at < subject.size()) out += subject.substr(at);
    return Value(std::move(out));
}

Value Interpreter::match(Node const& node, std::vector<Value> const& values) {
    if (values.size() < 2) return fail("match needs a string and a pattern"), Value();
    std::string const subject = text(values[0]);
    auto const hit = pattern(*node.parts[1], values[1]).search(subject, 0);
    auto const position = [&](std::size_t byte) {
        return static_cast<double>(characters(std::string_view(subject).substr(0, byte)) + 1);
    };
    special(rstart) = Value(hit ? position(hit->from()) : 0.0);
    special(rlength) = Value(hit ? static_cast<double>(characters(hit->text(subject, 0))) : -1.0);
    if (node.parts.size() > 2) {
        auto const groups = array(*node.parts[2]);
        groups->clear();
        for (std::size_t i = 0; hit && i < hit->groups.size(); ++i)
            if (hit->has(i)) groups->at(std::to_string(i)) = Value::from_input(std::string(hit->text(subject, i)));
    }
    return special(rstart);
}

// asort and asorti: the values (or keys) in order under 1, 2, 3...
Value Interpreter::sort(Node const& node, bool by_keys) {
    if (node.parts.empty()) return {};
    auto const source = array(*node.parts[0]);
    auto const target = node.parts.size() > 1 ? array(*node.parts[1]) : source;
    std::vector<Value> values;
    for (std::string const& name : source->keys()) values.push_back(by_keys ? Value(name) : *source->find(name));
    std::stable_sort(values.begin(), values.end(), [&](Value const& a, Value const& b) {
        bool const left = is_numeric(a), right = is_numeric(b);
        return left != right ? left : compare(a, b, convfmt_) < 0;
    });
    target->clear();
    for (std::size_t i = 0; i < values.size(); ++i) target->at(std::to_string(i + 1)) = values[i];
    return Value(static_cast<double>(values.size()));
}

}
