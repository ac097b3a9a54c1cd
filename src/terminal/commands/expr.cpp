#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/bc_number.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/regex/regex.hpp"

#include <optional>
#include <utility>

namespace cw::terminal::commands {

namespace {

constexpr int max_nesting = 100;

// expr's grammar by precedence: | & comparison + - * / % : and the word functions.
class Expr {
  public:
    Expr(Process& p, std::vector<std::string> words) : p_(p), words_(std::move(words)) {}

    int run() {
        std::string const value = parse_or(0);
        if (!failed_ && at_ < words_.size()) fail("syntax error: unexpected argument " + marked(words_[at_]));
        if (failed_) return status_;
        p_.out(value + "\n");
        return is_null(value) ? 1 : 0;
    }

  private:
    void fail(std::string const& text, int status = 2) {
        if (!failed_) p_.fail(text);
        failed_ = true;
        status_ = status;
    }
    bool accept(std::string_view word) {
        if (at_ >= words_.size() || words_[at_] != word) return false;
        ++at_;
        return true;
    }
    static std::optional<BcNumber> integer(std::string const& text) {
        bool const plain = !text.empty() &&
                           text.find_first_not_of("0123456789", text[0] == '-' ? 1 : 0) == std::string::npos &&
                           text != "-";
        if (!plain) return {};
        BcNumber const size = bc_number(std::string_view(text).substr(text[0] == '-' ? 1 : 0));
        return text[0] == '-' ? negated(size) : size;
    }
    static bool is_null(std::string const& text) {
        auto const value = integer(text);
        return text.empty() || (value && value->is_zero());
    }

    std::string parse_or(int depth) {
        std::string left = parse_and(depth);
        while (!failed_ && accept("|")) {
            bool const was_skipping = std::exchange(skipping_, skipping_ || !is_null(left));
            std::string const right = parse_and(depth);
            skipping_ = was_skipping;
            if (is_null(left)) left = is_null(right) ? "0" : right;
        }
        return left;
    }
    std::string parse_and(int depth) {
        std::string left = parse_comparison(depth);
        while (!failed_ && accept("&")) {
            bool const was_skipping = std::exchange(skipping_, skipping_ || is_null(left));
            std::string const right = parse_comparison(depth);
            skipping_ = was_skipping;
            if (is_null(left) || is_null(right)) left = "0";
        }
        return left;
    }
    std::string parse_comparison(int depth) {
        std::string left = parse_sum(depth);
        constexpr std::string_view operators[] = {"<", "<=", "=", "==", "!=", ">=", ">"};
        for (bool more = true; more && !failed_;) {
            more = false;
            for (std::size_t i = 0; i < 7 && !more; ++i) {
                if (!accept(operators[i])) continue;
                more = true;
                std::string const right = parse_sum(depth);
                auto const a = integer(left), b = integer(right);
                int const order = a && b ? compared(*a, *b) : left.compare(right);
                bool const holds[] = {order<0, order <= 0, order == 0, order == 0, order != 0, order >= 0, order> 0};
                left = holds[i] ? "1" : "0";
            }
        }
        return left;
    }
    std::string calculate(char operation, std::string const& left, std::string const& right) {
        if (skipping_) return left;
        auto const a = integer(left), b = integer(right);
        if (!a || !b) {
            fail("non-integer argument");
            return "0";
        }
        if ((operation == '/' || operation == '%') && b->is_zero()) {
            fail("division by zero");
            return "0";
        }
        constexpr std::size_t most_limbs = 10'000;
        if (a->limbs.size() + b->limbs.size() > most_limbs) {
            fail("memory exhausted");
            return "0";
        }
        BcNumber const value = operation == '+'   ? added(*a, *b)
                               : operation == '-' ? added(*a, negated(*b))
                               : operation == '*' ? multiplied(*a, *b)
                               : operation == '/' ? divided(*a, *b, 0)
                                                  : added(*a, negated(multiplied(divided(*a, *b, 0), *b)));
        return (value.negative ? "-" : "") + value.digits();
    }
    std::string parse_sum(int depth) {
        std::string left = parse_product(depth);
        while (!failed_) {
            if (accept("+"))
                left = calculate('+', left, parse_product(depth));
            else if (accept("-"))
                left = calculate('-', left, parse_product(depth));
            else
                break;
        }
        return left;
    }
    std::string parse_product(int depth) {
        std::string left = parse_match(depth);
        while (!failed_) {
            if (accept("*"))
                left = calculate('*', left, parse_match(depth));
            else if (accept("/"))
                left = calculate('/', left, parse_match(depth));
            else if (accept("%"))
                left = calculate('%', left, parse_match(depth));
            else
                break;
        }
        return left;
    }
    std::string parse_match(int depth) {
        std::string left = parse_word(depth);
        while (!failed_ && accept(":")) left = match(left, parse_word(depth));
        return left;
    }
    // The match at the start: its first group, or its length in characters.
    std::string match(std::string const& text, std::string const& pattern) {
        auto const compiled = regex::compile(pattern, regex::Flavor::grep_basic);
        if (!compiled) {
            fail(compiled.error().message);
            return "";
        }
        auto found = compiled->search(text, 0);
        if (found && found->from() != 0) found = std::nullopt; // the leftmost is not at the start: none is
        bool const groups = compiled->group_count() > 0;
        if (!found) return groups ? "" : "0";
        return groups ? std::string(found->text(text, 1)) : std::to_string(to_utf32(found->text(text, 0)).size());
    }
    std::string operand(int depth) {
        if (at_ < words_.size()) return parse_word(depth);
        fail("syntax error: missing argument after " + marked(words_.empty() ? "" : words_.back()));
        return "";
    }
    std::string parse_word(int depth) {
        if (failed_) return "";
        if (depth > max_nesting) {
            fail("expression is nested too deeply");
            return "";
        }
        if (at_ >= words_.size()) {
            fail("syntax error: missing argument after " + marked(words_.back()));
            return "";
        }
        if (accept("+")) {
            if (at_ < words_.size()) return words_[at_++];
            return operand(depth);
        }
        if (accept("(")) {
            std::string const value = parse_or(depth + 1);
            if (!failed_ && !accept(")")) {
                if (at_ < words_.size())
                    fail("syntax error: expecting ')' instead of " + marked(words_[at_]));
                else
                    fail("syntax error: expecting ')' after " + marked(words_.back()));
            }
            return value;
        }
        if (words_[at_] == ")") {
            fail("syntax error: unexpected ')'");
            return "";
        }
        if (accept("length")) return std::to_string(to_utf32(operand(depth)).size());
        if (accept("match")) {
            std::string const text = operand(depth);
            return match(text, operand(depth));
        }
        if (accept("index")) {
            std::u32string const text = to_utf32(operand(depth));
            std::size_t const at = text.find_first_of(to_utf32(operand(depth)));
            return std::to_string(at == std::u32string::npos ? 0 : at + 1);
        }
        if (accept("substr")) {
            std::u32string const text = to_utf32(operand(depth));
            auto const from = integer(operand(depth)), count = integer(operand(depth));
            std::int64_t const at = from ? from->to_integer() : 0, size = count ? count->to_integer() : 0;
            bool const inside = from && count && at > 0 && size > 0 && static_cast<std::size_t>(at) <= text.size();
            return inside ? to_utf8(text.substr(static_cast<std::size_t>(at) - 1, static_cast<std::size_t>(size))) : "";
        }
        return words_[at_++];
    }

    Process& p_;
    std::vector<std::string> words_;
    std::size_t at_ = 0;
    bool failed_ = false;
    bool skipping_ = false; // behind a | or & that is decided
    int status_ = 2;
};

int run_expr(Process& p) {
    if (p.argv.size() == 2 && p.argv[1] == "--help") {
        p.out(help_text(expr_command));
        return 0;
    }
    std::vector<std::string> words(p.argv.begin() + 1, p.argv.end());
    if (!words.empty() && words[0] == "--") words.erase(words.begin());
    if (words.empty()) return usage_mistake(p, "missing operand", 2);
    return Expr(p, std::move(words)).run();
}

}

Command const expr_command{"expr",
                           "print the value of EXPRESSION to standard output",
                           "expr EXPRESSION",
                           "ARG1 | ARG2, ARG1 & ARG2, ARG1 < ARG2 (also <= = != >= >), ARG1 + ARG2 (also - * / %),\n"
                           "STRING : REGEXP, match STRING REGEXP, substr STRING POS LENGTH, index STRING CHARS,\n"
                           "length STRING, + TOKEN, ( EXPRESSION )\n",
                           run_expr,
                           nullptr};

}
