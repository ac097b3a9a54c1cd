// echo, printf and test.
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/escapes.hpp"

#include <algorithm>
#include <optional>

namespace cw::terminal {

namespace {

int write_result(Interpreter& shell, std::string_view builtin, std::string const& text) {
    Errno const error = shell.write(1, text);
    if (error == Errno::none) return 0;
    if (!shell.pending_flow.goes_on()) return Process::sigpipe;
    shell.builtin_error(builtin, "write error: " + std::string(message(error)));
    return 1;
}

bool is_echo_option(std::string const& text) {
    return text.size() > 1 && text[0] == '-' &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return c == 'n' || c == 'e' || c == 'E'; });
}

}

int builtin_echo(Interpreter& shell, Words const& arguments) {
    bool newline = true, escapes = shell.options.xpg_echo;
    std::size_t at = 1;
    bool const options = !(shell.options.posix && shell.options.xpg_echo);
    for (; options && at < arguments.size() && is_echo_option(arguments[at]); ++at)
        for (char const c : arguments[at]) {
            if (c == 'n') newline = false;
            if (c == 'e') escapes = true;
            if (c == 'E') escapes = false;
        }
    std::string out;
    for (std::size_t i = at; i < arguments.size(); ++i) {
        if (i > at) out += ' ';
        if (!escapes) {
            out += arguments[i];
            continue;
        }
        for (std::size_t c = 0; c < arguments[i].size();) {
            if (arguments[i][c] != '\\')
                out += arguments[i][c++];
            else if (!append_escape(arguments[i], c, EscapeStyle::echo, out))
                return write_result(shell, "echo", out);
        }
    }
    if (newline) out += '\n';
    return write_result(shell, "echo", out);
}

int builtin_printf(Interpreter& shell, Words const& arguments) {
    std::size_t at = 1;
    std::string variable;
    bool to_variable = false;
    while (at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-') {
        std::string const& option = arguments[at];
        if (option == "--") {
            ++at;
            break;
        }
        if (option[1] != 'v') return invalid_option(shell, "printf", option.substr(0, 2));
        if (option.size() == 2 && at + 1 >= arguments.size()) {
            shell.builtin_error("printf", "-v: option requires an argument");
            return usage(shell, "printf");
        }
        variable = option.size() > 2 ? option.substr(2) : arguments[++at];
        to_variable = true;
        ++at;
    }
    if (to_variable && !shell.splits_reference(at - 1, variable)) {
        shell.builtin_error("printf", "`" + variable + "': not a valid identifier");
        return 2;
    }
    std::size_t const variable_at = at - 1;
    if (at >= arguments.size()) return usage(shell, "printf");
    std::string out;
    int status = 0;
    format_printf(shell, arguments, at, out, status);
    if (!to_variable) {
        int const written = write_result(shell, "printf", out);
        return written ? written : status;
    }
    return shell.assign_reference(variable, out, variable_at) ? status : 1;
}

int builtin_let(Interpreter& shell, Words const& arguments) {
    std::size_t at = arguments.size() > 1 && arguments[1] == "--" ? 2 : 1;
    if (at >= arguments.size()) {
        shell.builtin_error("let", "expression expected");
        return 1;
    }
    std::int64_t value = 0;
    for (; at < arguments.size(); ++at) {
        Arithmetic arithmetic(shell);
        shell.unbound_in_arithmetic = false;
        if (arithmetic.evaluate(arguments[at], value)) continue;
        if (shell.unbound_in_arithmetic) {
            shell.error(arithmetic.error());
            shell.fail_arithmetic();
        } else if (!arithmetic.error().empty()) {
            shell.builtin_error("let", arithmetic.error());
        }
        return 1;
    }
    return value == 0 ? 1 : 0;
}

namespace {

// POSIX's rules by the number of arguments, then the grammar with -a, -o, ! and brackets.
class TestParser {
  public:
    TestParser(Interpreter& shell, std::vector<std::string> words) : shell_(shell), words_(std::move(words)) {}

    int run() {
        int const result = by_count(0, words_.size());
        return error_ ? 2 : result;
    }

  private:
    static bool is_unary(std::string const& op) {
        return op.size() == 2 && op[0] == '-' &&
               std::string_view("abcdefghkLnNoOGpRrsStuvwxz").find(op[1]) != std::string_view::npos;
    }
    static bool is_binary(std::string const& op) {
        static constexpr std::string_view all[] = {"=",   "==",  "!=",  "<",   ">",   "-eq", "-ne",
                                                   "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};
        return std::find(std::begin(all), std::end(all), op) != std::end(all);
    }
    int compare(std::string const& left, std::string const& op, std::string const& right) {
        if (op == "=" || op == "==") return left == right ? 0 : 1;
        if (op == "!=") return left != right ? 0 : 1;
        int const result = shell_.binary_test(left, op, right, false);
        if (result == 2) error_ = true;
        return result;
    }
    int unary(std::string const& op, std::string const& operand) { return shell_.unary_test(op, operand); }
    int fail(std::string const& text) {
        if (!error_) shell_.builtin_error(shell_.test_name, text);
        error_ = true;
        return 2;
    }

    int by_count(std::size_t from, std::size_t count) {
        auto const word = [&](std::size_t i) -> std::string const& { return words_[from + i]; };
        switch (count) {
            case 0: return 1;
            case 1: return word(0).empty() ? 1 : 0;
            case 2:
                if (word(0) == "!") return word(1).empty() ? 0 : 1;
                if (is_unary(word(0))) return unary(word(0), word(1));
                return fail(word(0) + ": unary operator expected");
            case 3:
                if (is_binary(word(1))) return compare(word(0), word(1), word(2));
                if (word(1) == "-a") return !word(0).empty() && !word(2).empty() ? 0 : 1;
                if (word(1) == "-o") return !word(0).empty() || !word(2).empty() ? 0 : 1;
                if (word(0) == "!") return inverted(by_count(from + 1, 2));
                if (word(0) == "(" && word(2) == ")") return word(1).empty() ? 1 : 0;
                return fail(word(1) + ": binary operator expected");
            case 4:
                if (word(0) == "!") return inverted(by_count(from + 1, 3));
                if (word(0) == "(" && word(3) == ")") return by_count(from + 1, 2);
                break;
            default: break;
        }
        at_ = from;
        end_ = from + count;
        int const result = expression();
        if (!error_ && at_ < end_) {
            if (words_[at_][0] == '-') return fail("syntax error: `" + words_[at_] + "' unexpected");
            return fail("too many arguments");
        }
        return result;
    }

    static int inverted(int status) { return status > 1 ? status : 1 - status; }

    int expression() {
        int left = conjunction();
        while (!error_ && at_ < end_ && words_[at_] == "-o") {
            ++at_;
            int const right = conjunction();
            left = left == 0 || right == 0 ? 0 : 1;
        }
        return left;
    }
    int conjunction() {
        int left = term();
        while (!error_ && at_ < end_ && words_[at_] == "-a") {
            ++at_;
            int const right = term();
            left = left == 0 && right == 0 ? 0 : 1;
        }
        return left;
    }
    int term() {
        if (at_ >= end_) return fail("argument expected");
        if (++depth_ > 200) return fail("too many arguments");
        std::string const& word = words_[at_];
        if (word == "!") {
            ++at_;
            int const result = inverted(term());
            --depth_;
            return result;
        }
        int result = 0;
        if (at_ + 2 < end_ && is_binary(words_[at_ + 1])) {
            result = compare(word, words_[at_ + 1], words_[at_ + 2]);
            at_ += 3;
        } else if (word == "(") {
            ++at_;
            result = expression();
            if (!error_ && (at_ >= end_ || words_[at_] != ")")) {
                --depth_;
                return fail(at_ < end_                ? "`)' expected, found " + words_[at_]
                            : shell_.test_name == "[" ? "`)' expected, found ]"
                                                      : "`)' expected");
            }
            ++at_;
        } else if (is_unary(word) && at_ + 1 < end_) {
            result = unary(word, words_[at_ + 1]);
            at_ += 2;
        } else {
            result = word.empty() ? 1 : 0;
            ++at_;
        }
        --depth_;
        return result;
    }

    Interpreter& shell_;
    std::vector<std::string> words_;
    std::size_t at_ = 0, end_ = 0;
    int depth_ = 0;
    bool error_ = false;
};

}

int builtin_test(Interpreter& shell, Words const& arguments) {
    std::vector<std::string> words(arguments.begin() + 1, arguments.end());
    shell.test_name = arguments[0];
    if (arguments[0] == "[") {
        if (words.empty() || words.back() != "]") {
            shell.builtin_error("[", "missing `]'");
            return 2;
        }
        words.pop_back();
    }
    return TestParser(shell, std::move(words)).run();
}

}
