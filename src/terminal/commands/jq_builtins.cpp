// The built-in functions of jq that are written in C++: those of arrays, objects, texts and numbers. Those of formats,
// regular expressions and dates are in jq_text.cpp, those in jq itself in jq_library.cpp.
#include "terminal/commands/jq_builtins.hpp"

#include "ground/text.hpp"
#include "terminal/commands/jq_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cw::terminal::commands::jq {

std::string described(Value const& value) { return std::string(kind_name(value)) + " (" + shown(value) + ")"; }

namespace {

Value number_of(std::size_t count) { return Value(static_cast<double>(count)); }

Value length(Calls& c, Value* v) {
    if (v[0].is(Kind::null)) return Value(0.0);
    if (v[0].is(Kind::number)) return Value(std::fabs(v[0].number()));
    if (v[0].is(Kind::text)) return number_of(to_utf32(v[0].text()).size());
    if (v[0].is_boolean()) return c.fail(described(v[0]) + " has no length");
    return number_of(v[0].size());
}

Value keys(Calls& c, Value* v, bool sorts) {
    if (v[0].kind() < Kind::array) return c.fail(described(v[0]) + " has no keys");
    Value out = c.store.array();
    bool const is_object = v[0].is(Kind::object);
    auto const places = sorts && is_object ? sorted_places(v[0]) : std::vector<std::size_t>();
    for (std::size_t i = 0; i < v[0].size(); ++i)
        out.append(is_object ? v[0].key(places.empty() ? i : places[i]) : number_of(i));
    return out;
}

Value has(Calls& c, Value* v) {
    if (v[0].is(Kind::object) && v[1].is(Kind::text)) return Value(v[0].find(v[1].text()) != nullptr);
    if (v[0].is(Kind::array) && v[1].is(Kind::number))
        return Value(v[1].number() >= 0 && v[1].number() < static_cast<double>(v[0].size()));
    return c.fail("Cannot check whether " + std::string(kind_name(v[0])) + " has a " + std::string(kind_name(v[1])) +
                  " key");
}

bool contains(Value const& a, Value const& b) {
    if (a.kind() != b.kind()) return false;
    if (a.is(Kind::text)) return a.text().find(b.text()) != std::string::npos;
    if (a.kind() < Kind::array) return compare(a, b) == 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        bool found = false;
        if (a.is(Kind::object)) {
            Value const* const there = a.find(b.key(i).text());
            found = there && contains(*there, b.item(i));
        }
        for (std::size_t j = 0; j < a.size() && !found && a.is(Kind::array); ++j)
            found = contains(a.item(j), b.item(i));
        if (!found) return false;
    }
    return true;
}

Value contains_all(Calls& c, Value* v) {
    bool const alike = v[0].kind() == v[1].kind() || (v[0].is_boolean() && v[1].is_boolean());
    if (alike) return Value(contains(v[0], v[1]));
    return c.fail(described(v[0]) + " and " + described(v[1]) + " cannot have their containment checked");
}

Value indices(Calls& c, Value* v) {
    if (v[0].is(Kind::null)) return v[0];
    if (v[0].is(Kind::text) && v[1].is(Kind::text)) return indices_of(v[0], v[1]);
    if (!v[0].is(Kind::array))
        return c.fail("Cannot determine indices of " + described(v[1]) + " in " + described(v[0]));
    if (v[1].is(Kind::array)) return indices_of(v[0], v[1]);
    Value one = c.store.array();
    one.append(v[1]);
    return indices_of(v[0], one);
}

// The array in the order of the keys.
Value sort_by(Calls& c, Value* v) {
    if (!v[0].is(Kind::array)) return c.fail(described(v[0]) + " cannot be sorted, as it is not an array");
    Value out = c.store.array();
    for (std::size_t const place : sorted_places(v[1])) out.append(v[0].item(place));
    return out;
}

Value group_by(Calls& c, Value* v) {
    if (!v[0].is(Kind::array)) return c.fail(described(v[0]) + " cannot be grouped, as it is not an array");
    Value out = c.store.array(), group;
    auto const places = sorted_places(v[1]);
    for (std::size_t i = 0; i < places.size(); ++i) {
        bool const begins = i == 0 || compare(v[1].item(places[i - 1]), v[1].item(places[i])) != 0;
        if (begins && i > 0) out.append(std::move(group));
        if (begins) group = c.store.array();
        group.append(v[0].item(places[i]));
    }
    if (!places.empty()) out.append(std::move(group));
    return out;
}

Value extreme(Calls& c, Value* v, bool least) {
    if (!v[0].is(Kind::array)) return c.fail(described(v[0]) + " and " + described(v[1]) + " cannot be iterated over");
    std::size_t best = 0;
    for (std::size_t i = 1; i < v[0].size(); ++i) {
        int const order = compare(v[1].item(i), v[1].item(best));
        if (least ? order < 0 : order >= 0) best = i;
    }
    return v[0].size() ? v[0].item(best) : Value(Kind::null);
}

Value delete_paths(Calls& c, Value* v) {
    if (!v[1].is(Kind::array)) return c.fail("Paths must be specified as an array");
    Value out = std::move(v[0]), paths = c.store.array();
    std::string error;
    for (std::size_t i = 0; i < v[1].size(); ++i) {
        Value path = v[1].item(i);
        if (!path.is(Kind::array))
            return c.fail("Path must be specified as array, not " + std::string(kind_name(path)));
        // Places that are counted from the end mean the array as it is now.
        bool const counts_back =
            path.size() > 0 && path.item(path.size() - 1).is(Kind::number) && path.item(path.size() - 1).number() < 0;
        if (counts_back) {
            double const at = path.item(path.size() - 1).number();
            Value parent = path;
            parent.erase(path.size() - 1);
            Value const whole = get_path(out, parent, error);
            if (whole.is(Kind::array)) path.set_item(path.size() - 1, Value(at + static_cast<double>(whole.size())));
            error.clear();
        }
        paths.append(std::move(path));
    }
    auto const places = sorted_places(paths);
    for (std::size_t i = places.size(); i-- > 0 && error.empty();) {
        Value const& path = paths.item(places[i]);
        out = delete_path(std::move(out), path, error);
    }
    return error.empty() ? out : c.fail(error);
}

Value to_number(Calls& c, Value* v) {
    if (v[0].is(Kind::number)) return v[0];
    std::string error;
    Value const number = v[0].is(Kind::text) ? parse_json(c.store, v[0].text(), error) : Value();
    if (!error.empty()) return c.fail(error + " (while parsing '" + v[0].text() + "')");
    return number.is(Kind::number) ? number : c.fail(described(v[0]) + " cannot be parsed as a number");
}

Value from_json(Calls& c, Value* v) {
    if (!v[0].is(Kind::text)) return c.fail(described(v[0]) + " only strings can be parsed");
    std::string error;
    Value value = parse_json(c.store, v[0].text(), error);
    return error.empty() ? value : c.fail(error + " (while parsing '" + v[0].text() + "')");
}

Value change_case(Calls& c, Value* v, char first) {
    if (!v[0].is(Kind::text)) return c.fail("explode input must be a string");
    std::string out = v[0].text();
    for (char& letter : out)
        if (letter >= first && letter < first + 26) letter = static_cast<char>(letter ^ 0x20);
    return c.store.text(std::move(out));
}

Value explode(Calls& c, Value* v) {
    if (!v[0].is(Kind::text)) return c.fail("explode input must be a string");
    Value out = c.store.array();
    for (char32_t const code : to_utf32(v[0].text())) out.append(Value(static_cast<double>(code)));
    return out;
}

Value implode(Calls& c, Value* v) {
    if (!v[0].is(Kind::array)) return c.fail("implode input must be an array");
    std::string out;
    for (std::size_t i = 0; i < v[0].size(); ++i) {
        Value const& code = v[0].item(i);
        if (!code.is(Kind::number)) return c.fail("Unicode codepoint must be numeric");
        bool const fits = code.number() >= 0 && code.number() < 0x110000;
        append_utf8(out, fits ? static_cast<char32_t>(code.number()) : replacement_character);
    }
    return c.store.text(std::move(out));
}

Value split_text(Calls& c, Value* v) {
    bool const fine = v[0].is(Kind::text) && v[1].is(Kind::text);
    return fine ? pieces(v[0], v[1].text()) : c.fail("split input and separator must be strings");
}

// Whether it begins (or ends) with a text.
bool has_affix(Value const* v, bool at_end) {
    if (!v[0].is(Kind::text) || !v[1].is(Kind::text)) return false;
    std::string_view const text = v[0].text(), affix = v[1].text();
    return text.size() >= affix.size() && text.substr(at_end ? text.size() - affix.size() : 0, affix.size()) == affix;
}

Value without_affix(Calls& c, Value* v, bool at_end) {
    if (!has_affix(v, at_end)) return v[0];
    std::size_t const size = v[1].text().size();
    return c.store.text(at_end ? v[0].text().substr(0, v[0].text().size() - size) : v[0].text().substr(size));
}

Value trimmed(Calls& c, Value* v, bool left, bool right) {
    if (!v[0].is(Kind::text)) return c.fail(described(v[0]) + " cannot be trimmed");
    constexpr std::string_view blanks = " \t\n\v\f\r";
    std::string_view text = v[0].text();
    if (left) text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (right) text = text.substr(0, text.find_last_not_of(blanks) + 1);
    return c.store.text(std::string(text));
}

Value raise(Calls& c, Value* v) {
    if (!v[0].is(Kind::null)) c.error = v[0]; // null is no error: there is just no result
    return {};
}

Value environment(Calls& c, Value*) {
    Value out = c.store.object();
    for (std::string const& entry : c.p.environment) {
        std::size_t const equals = std::min(entry.find('='), entry.size());
        out.put(c.store.text(entry.substr(0, equals)),
                c.store.text(equals < entry.size() ? entry.substr(equals + 1) : std::string()));
    }
    return out;
}

Value halt(Calls& c, Value* v) {
    if (!v[1].is(Kind::number)) return c.fail(described(v[0]) + " halt_error/1: number required");
    if (!v[0].is(Kind::null)) c.p.err(v[0].is(Kind::text) ? v[0].text() : to_json(v[0]) + "\n");
    c.halts = static_cast<int>(v[1].number()) & 255;
    return {};
}

Value tell(Calls& c, Value* v, bool debugs) {
    std::string const text = to_json(v[0]);
    c.p.err(debugs ? "[\"DEBUG:\"," + text + "]\n" : text);
    return v[0];
}

Value pair(Calls& c, double a, double b) {
    Value out = c.store.array();
    out.append(Value(a));
    out.append(Value(b));
    return out;
}

// With a callable and not a pointer: the mathematical functions are for jq alone and stay with it
// (shell/pack/split.mjs).
template <class Function>
Value number_from(Calls& c, Value const& of, Function function) {
    return of.is(Kind::number) ? Value(function(of.number())) : c.fail(described(of) + " number required");
}

template <class Function>
Value number_from_two(Calls& c, Value* v, Function function) {
    for (int i = 1; i <= 2; ++i)
        if (!v[i].is(Kind::number)) return c.fail(described(v[i]) + " number required");
    return Value(function(v[1].number(), v[2].number()));
}

double scaled(double a, double power) { return std::ldexp(a, static_cast<int>(std::clamp(power, -9999.0, 9999.0))); }
double significand(double number) {
    int exponent = 0;
    return number == 0 || !std::isfinite(number) ? number : 2 * std::frexp(number, &exponent);
}

// clang-format off
#define CW_MATH(name) {#name, 0, [](Calls& c, Value* v) { return number_from(c, v[0], [](double x) { return ::name(x); }); }}
#define CW_MATH_OF_TWO(name, function) \
    {name, 2, [](Calls& c, Value* v) { return number_from_two(c, v, [](double x, double y) { return function(x, y); }); }}
constexpr Native natives[] = {
    {"length", 0, length}, {"has", 1, has}, {"contains", 1, contains_all}, {"indices", 1, indices},
    {"keys", 0, [](Calls& c, Value* v) { return keys(c, v, true); }},
    {"keys_unsorted", 0, [](Calls& c, Value* v) { return keys(c, v, false); }},
    {"utf8bytelength", 0, [](Calls& c, Value* v) {
        return v[0].is(Kind::text) ? number_of(v[0].text().size())
                                   : c.fail(described(v[0]) + " only strings have UTF-8 byte length");
    }},
    {"not", 0, [](Calls&, Value* v) { return Value(!v[0]); }},
    {"type", 0, [](Calls& c, Value* v) { return c.store.text(std::string(kind_name(v[0]))); }},
    {"_sort_by", 1, sort_by}, {"_group_by", 1, group_by},
    {"_min_by", 1, [](Calls& c, Value* v) { return extreme(c, v, true); }},
    {"_max_by", 1, [](Calls& c, Value* v) { return extreme(c, v, false); }},
    {"getpath", 1, nullptr, 'g'},
    {"setpath", 2, [](Calls& c, Value* v) {
        std::string error;
        Value out = set_path(std::move(v[0]), v[1], v[2], error);
        return error.empty() ? out : c.fail(error);
    }},
    {"delpaths", 1, delete_paths},
    {"tostring", 0, [](Calls& c, Value* v) { return v[0].is(Kind::text) ? v[0] : c.store.text(to_json(v[0])); }},
    {"tojson", 0, [](Calls& c, Value* v) { return c.store.text(to_json(v[0])); }},
    {"tonumber", 0, to_number}, {"fromjson", 0, from_json},
    {"ascii_upcase", 0, [](Calls& c, Value* v) { return change_case(c, v, 'a'); }},
    {"ascii_downcase", 0, [](Calls& c, Value* v) { return change_case(c, v, 'A'); }},
    {"explode", 0, explode}, {"implode", 0, implode}, {"split", 1, split_text},
    {"startswith", 1, [](Calls& c, Value* v) {
        bool const fine = v[0].is(Kind::text) && v[1].is(Kind::text);
        return fine ? Value(has_affix(v, false)) : c.fail("startswith() requires string inputs");
    }},
    {"endswith", 1, [](Calls& c, Value* v) {
        bool const fine = v[0].is(Kind::text) && v[1].is(Kind::text);
        return fine ? Value(has_affix(v, true)) : c.fail("endswith() requires string inputs");
    }},
    {"ltrimstr", 1, [](Calls& c, Value* v) { return without_affix(c, v, false); }},
    {"rtrimstr", 1, [](Calls& c, Value* v) { return without_affix(c, v, true); }},
    {"trim", 0, [](Calls& c, Value* v) { return trimmed(c, v, true, true); }},
    {"ltrim", 0, [](Calls& c, Value* v) { return trimmed(c, v, true, false); }},
    {"rtrim", 0, [](Calls& c, Value* v) { return trimmed(c, v, false, true); }},
    {"_range", 3, nullptr, 'r'}, {"_input", 0, nullptr, 'i'},
    {"error", 0, raise}, {"env", 0, environment}, {"halt_error", 1, halt},
    {"halt", 0, [](Calls& c, Value*) { return c.halts = 0, Value(); }},
    {"debug", 0, [](Calls& c, Value* v) { return tell(c, v, true); }},
    {"stderr", 0, [](Calls& c, Value* v) { return tell(c, v, false); }},
    {"input_filename", 0, [](Calls& c, Value*) { return c.file_name; }},
    {"input_line_number", 0, [](Calls& c, Value*) { return number_of(c.line); }},
    {"infinite", 0, [](Calls&, Value*) { return Value(std::numeric_limits<double>::infinity()); }},
    {"nan", 0, [](Calls&, Value*) { return Value(std::numeric_limits<double>::quiet_NaN()); }},
    {"isinfinite", 0, [](Calls& c, Value* v) {
        return v[0].is(Kind::number) ? Value(std::isinf(v[0].number())) : c.fail(described(v[0]) + " number required");
    }},
    {"isnan", 0, [](Calls& c, Value* v) {
        return v[0].is(Kind::number) ? Value(std::isnan(v[0].number())) : c.fail(described(v[0]) + " number required");
    }},
    {"isnormal", 0, [](Calls& c, Value* v) {
        return v[0].is(Kind::number) ? Value(std::isnormal(v[0].number()))
                                     : c.fail(described(v[0]) + " number required");
    }},
    {"frexp", 0, [](Calls& c, Value* v) {
        int exponent = 0;
        if (!v[0].is(Kind::number)) return c.fail(described(v[0]) + " number required");
        double const fraction = std::frexp(v[0].number(), &exponent);
        return pair(c, fraction, exponent);
    }},
    {"modf", 0, [](Calls& c, Value* v) {
        double whole = 0;
        if (!v[0].is(Kind::number)) return c.fail(described(v[0]) + " number required");
        double const fraction = std::modf(v[0].number(), &whole);
        return pair(c, fraction, whole);
    }},
    CW_MATH(floor), CW_MATH(sqrt), CW_MATH(ceil), CW_MATH(round), CW_MATH(trunc), CW_MATH(fabs), CW_MATH(rint),
    CW_MATH(nearbyint), CW_MATH(cbrt), CW_MATH(exp), CW_MATH(exp2), CW_MATH(expm1), CW_MATH(log), CW_MATH(log2),
    CW_MATH(log10), CW_MATH(log1p), CW_MATH(logb), CW_MATH(sin), CW_MATH(cos), CW_MATH(tan), CW_MATH(asin),
    CW_MATH(acos), CW_MATH(atan), CW_MATH(sinh), CW_MATH(cosh), CW_MATH(tanh), CW_MATH(asinh), CW_MATH(acosh),
    CW_MATH(atanh), CW_MATH(lgamma), CW_MATH(tgamma),
    {"significand", 0, [](Calls& c, Value* v) { return number_from(c, v[0], significand); }},
    {"exp10", 0, [](Calls& c, Value* v) { return number_from(c, v[0], [](double x) { return ::pow(10, x); }); }},
    CW_MATH_OF_TWO("pow", ::pow),
    CW_MATH_OF_TWO("atan2", ::atan2),
    CW_MATH_OF_TWO("fmod", ::fmod),
    CW_MATH_OF_TWO("fmin", ::fmin),
    CW_MATH_OF_TWO("fmax", ::fmax),
    CW_MATH_OF_TWO("drem", ::remainder),
    CW_MATH_OF_TWO("hypot", ::hypot),
    CW_MATH_OF_TWO("copysign", ::copysign),
    CW_MATH_OF_TWO("ldexp", scaled),
    CW_MATH_OF_TWO("scalb", scaled),
    CW_MATH_OF_TWO("scalbln", scaled),
    {"gamma", 0, [](Calls& c, Value* v) { return number_from(c, v[0], [](double x) { return ::lgamma(x); }); }},
    {"pow10", 0, [](Calls& c, Value* v) { return number_from(c, v[0], [](double x) { return ::pow(10, x); }); }},
    {"_format", 1, format_value}, {"format", 1, format_value}, {"_match", 3, match_all}, {"now", 0, now}, {"gmtime", 0, broken_down},
    {"mktime", 0, make_time}, {"strftime", 1, time_text}, {"strptime", 1, parsed_time},
};
#undef CW_MATH
#undef CW_MATH_OF_TWO
// clang-format on

}

Native const* native_named(std::string_view name, std::size_t arity) {
    for (Native const& one : natives)
        if (one.name == name && one.arity == arity) return &one;
    return nullptr;
}

}
