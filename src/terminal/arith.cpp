#include "terminal/arith.hpp"

#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/limits.hpp"

#include <limits>

namespace cw::terminal {

namespace {

std::int64_t wrapped(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }

// Longest first among those that share a beginning; higher binds tighter. With '=' after them some are assignments.
constexpr Arithmetic::Operator operators[] = {
    {"||", 1},       {"&&", 2},       {"==", 6},      {"!=", 6},       {"<=", 7},       {">=", 7},
    {"<<", 8, true}, {">>", 8, true}, {"|", 3, true}, {"^", 4, true},  {"&", 5, true},  {"<", 7, true},
    {">", 7, true},  {"+", 9, true},  {"-", 9, true}, {"*", 10, true}, {"/", 10, true}, {"%", 10, true}};

constexpr std::string_view assignment_operators[] = {"<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "="};

int digit_in(char c, int base) {
    int value = 99;
    if (is_digit(c))
        value = c - '0';
    else if (c >= 'a' && c <= 'z')
        value = c - 'a' + 10;
    else if (c >= 'A' && c <= 'Z')
        value = base <= 36 ? c - 'A' + 10 : c - 'A' + 36;
    else if (c == '@')
        value = 62;
    else if (c == '_')
        value = 63;
    return value;
}

bool is_plain_integer(std::string_view text) {
    if (text.empty() || text.size() > 18) return false;
    std::size_t at = text[0] == '-' ? 1 : 0;
    if (at == text.size() || (text[at] == '0' && text.size() > at + 1)) return false;
    for (; at < text.size(); ++at)
        if (!is_digit(text[at])) return false;
    return true;
}

std::int64_t plain_integer(std::string_view text) {
    bool const negative = text[0] == '-';
    std::int64_t value = 0;
    for (char const c : text.substr(negative ? 1 : 0)) value = value * 10 + (c - '0');
    return negative ? -value : value;
}

}

void Arithmetic::skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))) ++at_;
}

std::int64_t Arithmetic::fail(std::string_view what, std::size_t token_at) {
    if (failed_) return 0;
    failed_ = true;
    if (token_at >= text_.size()) token_at = last_token_;
    std::size_t from = 0;
    while (from < text_.size() && is_blank_char(text_[from])) ++from;
    error_ = std::string(text_.substr(from)) + ": " + std::string(what) + " (error token is \"" +
             std::string(text_.substr(std::min(token_at, text_.size()))) + "\")";
    return 0;
}

bool Arithmetic::evaluate(std::string_view expression, std::int64_t& result) {
    result = 0;
    if (is_plain_integer(expression)) {
        result = plain_integer(expression);
        return true;
    }
    if (++levels_ >= limits::arithmetic_levels) {
        failed_ = true;
        error_ = std::string(expression) + ": expression recursion level exceeded (error token is \"" +
                 std::string(expression) + "\")";
        --levels_;
        return false;
    }
    std::string_view const outer_text = text_;
    std::size_t const outer_at = at_, outer_token = last_token_;
    text_ = expression;
    at_ = 0;
    skip_space();
    if (at_ < text_.size()) {
        result = comma();
        skip_space();
        if (!failed_ && at_ < text_.size()) {
            bool assigns = false;
            for (std::string_view const op : assignment_operators)
                assigns = assigns || text_.compare(at_, op.size(), op) == 0;
            if (assigns)
                fail("attempted assignment to non-variable", at_);
            else
                fail(
                    is_name_char(peek()) || std::string_view("()?:,*/%+-<>!&|^~").find(peek()) != std::string_view::npos
                        ? "syntax error in expression"
                        : "syntax error: invalid arithmetic operator",
                    at_);
        }
    }
    text_ = outer_text;
    at_ = outer_at;
    last_token_ = outer_token;
    --levels_;
    if (failed_) result = 0;
    return !failed_;
}

// Over a token, which an error at the end of the text names.
void Arithmetic::take(std::size_t length) {
    last_token_ = at_;
    at_ += length;
}

std::int64_t Arithmetic::comma() {
    std::int64_t value = assignment();
    while (!failed_) {
        skip_space();
        if (peek() != ',') break;
        take(1);
        value = assignment();
    }
    return value;
}

std::int64_t Arithmetic::assignment() {
    if (++depth_ > limits::arithmetic_depth) {
        --depth_;
        return fail("expression recursion level exceeded", at_);
    }
    skip_space();
    std::size_t const start = at_;
    Place place;
    if (is_name_start(peek()) && read_place(place)) {
        skip_space();
        char const first = peek();
        for (std::string_view const op : assignment_operators) {
            if (op[0] != first || text_.compare(at_, op.size(), op) != 0) continue;
            if (op == "=" && peek(1) == '=') break;
            take(op.size());
            skip_space();
            std::size_t const right_at = at_;
            std::int64_t value = assignment();
            if (!failed_ && op != "=") value = apply(op.substr(0, op.size() - 1), value_of(place), value, right_at);
            if (!failed_ && !skipping_) store(place, value);
            --depth_;
            return value;
        }
    }
    at_ = start;
    std::int64_t const value = failed_ ? 0 : conditional();
    --depth_;
    return value;
}

std::int64_t Arithmetic::conditional() {
    std::int64_t const condition = binary(1);
    skip_space();
    if (failed_ || peek() != '?') return condition;
    take(1);
    skip_space();
    if (at_ >= text_.size() || peek() == ':') return fail("expression expected", at_);
    skipping_ += condition == 0;
    std::int64_t const yes = comma();
    skipping_ -= condition == 0;
    skip_space();
    if (failed_) return 0;
    if (peek() != ':') return fail("`:' expected for conditional expression", at_);
    take(1);
    skip_space();
    if (at_ >= text_.size()) return fail("expression expected", at_);
    skipping_ += condition != 0;
    std::int64_t const no = conditional(); // an assignment here wants brackets
    skipping_ -= condition != 0;
    return condition ? yes : no;
}

// The binary operator at the cursor; null if there is none (or it is an assignment's, reported by who called).
Arithmetic::Operator const* Arithmetic::peek_binary() const {
    if (at_ >= text_.size()) return nullptr;
    std::string_view const rest = text_.substr(at_);
    for (Operator const& entry : operators) {
        if (entry.text[0] != rest[0] || rest.compare(0, entry.text.size(), entry.text) != 0) continue;
        char const next = rest.size() > entry.text.size() ? rest[entry.text.size()] : '\0';
        bool const is_power = rest[0] == '*' && next == '*';
        return (next == '=' && entry.assigns) || is_power ? nullptr : &entry;
    }
    return nullptr;
}

std::int64_t Arithmetic::binary(int minimum_level) {
    std::int64_t left = power();
    while (!failed_) {
        skip_space();
        Operator const* const found = peek_binary();
        if (!found || found->level < minimum_level) break;
        std::string_view const op = found->text;
        take(op.size());
        skip_space();
        std::size_t const right_at = at_;
        bool const decided = (op == "||" && left != 0) || (op == "&&" && left == 0);
        skipping_ += decided;
        std::int64_t const right = binary(found->level + 1);
        skipping_ -= decided;
        if (failed_) return 0;
        left = apply(op, left, right, right_at);
    }
    return left;
}

std::int64_t Arithmetic::apply(std::string_view op, std::int64_t left, std::int64_t right, std::size_t right_at) {
    if (op == "||") return left || right;
    if (op == "&&") return left && right;
    switch (op[0]) {
        case '+': return wrapped(bits(left) + bits(right));
        case '-': return wrapped(bits(left) - bits(right));
        case '*': return wrapped(bits(left) * bits(right));
        case '/':
        case '%':
            if (right == 0) return skipping_ ? 0 : fail("division by 0", right_at);
            if (right == -1) return op[0] == '/' ? wrapped(0 - bits(left)) : 0;
            return op[0] == '/' ? left / right : left % right;
        case '|': return left | right;
        case '^': return left ^ right;
        case '&': return left & right;
        case '=': return left == right;
        case '!': return left != right;
        case '<':
            if (op == "<<") return wrapped(bits(left) << (bits(right) & 63));
            return op == "<=" ? left <= right : left < right;
        default:
            if (op == ">>") return left >> (bits(right) & 63);
            return op == ">=" ? left >= right : left > right;
    }
}

std::int64_t Arithmetic::power() {
    std::int64_t const base = unary();
    skip_space();
    if (failed_ || peek() != '*' || peek(1) != '*') return base;
    take(2);
    std::int64_t exponent = power();
    if (failed_) return 0;
    skip_space();
    if (exponent < 0) return skipping_ ? 0 : fail("exponent less than 0", at_);
    std::uint64_t result = 1, factor = bits(base);
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1) result *= factor;
        factor *= factor;
    }
    return wrapped(result);
}

std::int64_t Arithmetic::unary() {
    if (++depth_ > limits::arithmetic_depth) {
        --depth_;
        return fail("expression recursion level exceeded", at_);
    }
    skip_space();
    char const c = peek();
    std::int64_t value = 0;
    if ((c == '+' || c == '-') && peek(1) == c) {
        std::size_t const start = at_;
        at_ += 2;
        skip_space();
        Place place;
        if (is_name_start(peek()) && read_place(place)) {
            value = wrapped(bits(value_of(place)) + bits(c == '+' ? 1 : -1));
            if (!failed_ && !skipping_) store(place, value);
        } else if (!failed_) { // two signs
            at_ = start + 1;
            value = unary();
            if (c == '-') value = wrapped(0 - bits(value));
        }
    } else if (c == '!' && peek(1) != '=') {
        take(1);
        value = !unary();
    } else if (c == '~') {
        take(1);
        value = ~unary();
    } else if (c == '-') {
        take(1);
        value = wrapped(0 - bits(unary()));
    } else if (c == '+') {
        take(1);
        value = unary();
    } else {
        value = postfix();
    }
    --depth_;
    return failed_ ? 0 : value;
}

std::int64_t Arithmetic::postfix() {
    if (at_ < text_.size()) last_token_ = at_;
    char const c = peek();
    if (c == '(') {
        ++at_;
        std::int64_t const value = comma();
        skip_space();
        if (failed_) return 0;
        if (peek() != ')') return fail("missing `)'", at_ < text_.size() ? at_ : last_token_);
        ++at_;
        return value;
    }
    if (is_digit(c)) return number();
    if (!is_name_start(c)) return fail("syntax error: operand expected", at_);
    Place place;
    if (!read_place(place)) return 0;
    std::int64_t const value = value_of(place);
    skip_space();
    bool const up = peek() == '+' && peek(1) == '+', down = peek() == '-' && peek(1) == '-';
    if (!up && !down) return value;
    std::size_t after = at_ + 2; // x++y is x + +y
    while (after < text_.size() && is_blank_char(text_[after])) ++after;
    if (after < text_.size() && (is_name_char(text_[after]) || text_[after] == '(')) return value;
    take(2);
    if (!failed_ && !skipping_) store(place, wrapped(bits(value) + bits(up ? 1 : -1)));
    return value;
}

std::int64_t Arithmetic::number() {
    std::size_t const start = at_;
    std::size_t end = at_;
    while (end < text_.size() && (is_name_char(text_[end]) || text_[end] == '#' || text_[end] == '@')) ++end;
    std::string_view token = text_.substr(start, end - start);
    at_ = end;
    int base = 10;
    auto const bad = [&](std::string_view what) { // the message ends with the number, as bash's does
        text_ = text_.substr(0, end);
        return fail(what, start);
    };
    if (token.size() > 1 && token[0] == '0') {
        bool const hex = token[1] == 'x' || token[1] == 'X';
        base = hex ? 16 : 8;
        token.remove_prefix(hex ? 2 : 1);
    } else if (std::size_t const mark = token.find('#'); mark != std::string_view::npos) {
        if (token[0] == '0') return bad("invalid number");
        base = 0;
        for (char const c : token.substr(0, mark)) {
            if (!is_digit(c)) return bad("invalid number");
            base = base * 10 + (c - '0');
            if (base > 64) break;
        }
        if (base < 2 || base > 64) return bad("invalid arithmetic base");
        token.remove_prefix(mark + 1);
        if (token.empty()) return bad("invalid integer constant");
    }
    std::uint64_t value = 0;
    for (char const c : token) {
        int const digit = digit_in(c, base);
        if (c == '#') return bad("invalid number");
        if (digit >= base) return bad("value too great for base");
        value = value * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
    }
    return wrapped(value);
}

// A name with its subscript.
bool Arithmetic::read_place(Place& place) {
    std::size_t const start = at_;
    while (is_name_char(peek())) ++at_;
    place.name = std::string(text_.substr(start, at_ - start));
    if (peek() != '[') return true;
    std::size_t const end = subscript_end(text_, at_);
    if (end == std::string_view::npos) {
        fail("bad array subscript", start);
        return false;
    }
    place.has_subscript = true;
    place.subscript = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
}

// The subscript as a key or a number, found once: it may have side effects.
bool Arithmetic::resolve(Place& place) {
    if (!place.has_subscript || place.is_resolved) return true;
    place.key = shell_.expanded_subscript(place.name, place.subscript, shell_.arithmetic_owner != "let");
    Variable const* const variable = shell_.variable(place.name);
    bool const is_key = variable && variable->kind == VariableKind::associative;
    if (!is_key && place.key != "@" && place.key != "*" && !place.key.empty()) {
        Interpreter::ArithmeticOwner const nobody(shell_, "");
        std::int64_t index = 0;
        if (!shell_.integer_value(place.key, index)) {
            shell_.fail_arithmetic();
            failed_ = true;
            return false;
        }
        place.key = std::to_string(index);
    }
    place.is_resolved = true;
    return true;
}

std::int64_t Arithmetic::value_of(Place& place) {
    if (failed_ || skipping_ || !resolve(place)) return 0;
    std::string const* value = nullptr;
    if (place.has_subscript) {
        bool ok = true;
        value = shell_.element(place.name, place.key, ok);
        if (!ok) {
            failed_ = true;
            return 0;
        }
    } else {
        value = shell_.scalar(place.name);
    }
    if (!value) {
        if (shell_.options.nounset) {
            failed_ = true;
            error_ = place.name + ": unbound variable";
            shell_.unbound_in_arithmetic = true;
        }
        return 0;
    }
    if (is_plain_integer(*value)) return plain_integer(*value);
    std::string const copy = *value;
    std::int64_t result = 0;
    evaluate(copy, result);
    return result;
}

bool Arithmetic::store(Place& place, std::int64_t value) {
    if (!resolve(place)) return false;
    std::string const text = std::to_string(value);
    bool const stored = place.has_subscript ? shell_.assign_element(place.name, place.key, text, false)
                                            : shell_.assign(place.name, text, false);
    if (!stored) failed_ = true; // said already
    return stored;
}

}
