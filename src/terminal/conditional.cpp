// The tests of [[ ]] and of test/[.
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/regex/regex.hpp"

#include <utility>

namespace cw::terminal {

namespace {

int answer(bool yes) { return yes ? 0 : 1; }

// [[ joins: 2 is an error and wins over the rest.
int negated(int status) { return status > 1 ? status : 1 - status; }

}

int Interpreter::unary_test(std::string_view op, std::string const& operand) {
    char const c = op[1];
    if (c == 'z') return answer(operand.empty());
    if (c == 'n') return answer(!operand.empty());
    if (c == 'o') {
        OptionRow const* const row = find_set_option(operand);
        return answer(row && options.*(row->member));
    }
    if (c == 'v') {
        std::string base, subscript;
        bool has_subscript = false;
        if (!split_reference(operand, base, subscript, has_subscript))
            return answer(!operand.empty() && is_digit(operand[0]) && scalar(operand) != nullptr);
        if (!has_subscript) return answer(scalar(base) != nullptr);
        Variable const* const array = variable(base);
        bool const keyed = array && array->kind == VariableKind::associative; // where @ is a key
        if (!keyed && (subscript == "@" || subscript == "*")) {
            Variable const* const found = variable(base);
            return answer(found && ((found->indexed && found->indexed->size() > 0) ||
                                    (found->associative && found->associative->size() > 0) || found->scalar()));
        }
        bool ok = true;
        return answer(element(base, expanded_subscript(base, subscript), ok) != nullptr && ok);
    }
    if (c == 'R') {
        Variable const* const found = variables.find(operand);
        return answer(found && found->has(Variable::nameref) && !found->value.empty());
    }
    if (c == 't') {
        std::int64_t fd = 0;
        if (!parse_number(operand, fd)) {
            return 1;
        }
        OpenFile const* const file = files.get(static_cast<int>(fd));
        return answer(file && file->is_terminal());
    }
    bool const no_follow = c == 'h' || c == 'L';
    NodePtr node;
    if (operand.compare(0, 8, "/dev/fd/") == 0 || operand == "/dev/stdin" || operand == "/dev/stdout" ||
        operand == "/dev/stderr") {
        int const fd = operand == "/dev/stdin"    ? 0
                       : operand == "/dev/stdout" ? 1
                       : operand == "/dev/stderr" ? 2
                                                  : std::atoi(operand.c_str() + 8);
        OpenFile const* const file = files.get(fd);
        if (!file) return 1;
        if (c == 'e' || c == 'r' || c == 'w' || c == 'a') return 0;
        if (c == 'p') return answer(file->is_pipe());
        node = file->node();
        if (!node) return 1;
    } else {
        auto found = system.vfs.lookup(caller, operand, no_follow ? Follow::no : Follow::yes);
        if (!found) return 1;
        node = found.value;
    }
    switch (c) {
        case 'a':
        case 'e': return 0;
        case 'f': return answer(node->kind == FileKind::regular);
        case 'd': return answer(node->is_directory());
        case 'h':
        case 'L': return answer(node->kind == FileKind::symlink);
        case 'p': return answer(node->kind == FileKind::fifo);
        case 'c': return answer(node->kind == FileKind::character_device);
        case 's': return answer(node->size() > 0);
        case 'r': return answer(system.vfs.may(caller, *node, 4));
        case 'w': return answer(system.vfs.may(caller, *node, 2));
        case 'x': return answer(system.vfs.may(caller, *node, 1));
        case 'O': return answer(node->uid == caller.uid);
        case 'G': return answer(node->gid == caller.gid);
        case 'N': return answer(node->modified_ns > node->accessed_ns);
        case 'u': return answer((node->mode & 04000) != 0);
        case 'g': return answer((node->mode & 02000) != 0);
        case 'k': return answer((node->mode & 01000) != 0);
        default: return 1; // -b -S: no such files here
    }
}

int Interpreter::binary_test(std::string const& left, std::string_view op, std::string const& right,
                             bool arithmetic_operands) {
    if (op == "<") return answer(left < right);
    if (op == ">") return answer(left > right);
    if (op == "-nt" || op == "-ot" || op == "-ef") {
        auto const a = system.vfs.lookup(caller, left), b = system.vfs.lookup(caller, right);
        if (op == "-ef") return answer(a && b && a.value == b.value);
        if (op == "-nt") return answer(a && (!b || a.value->modified_ns > b.value->modified_ns));
        return answer(b && (!a || a.value->modified_ns < b.value->modified_ns));
    }
    std::int64_t a = 0, b = 0;
    if (arithmetic_operands) {
        Arithmetic arithmetic(*this);
        bool const good = arithmetic.evaluate(left, a) && arithmetic.evaluate(right, b);
        if (!good) {
            if (!arithmetic.error().empty()) error("[[: " + arithmetic.error());
            return 1;
        }
    } else {
        for (auto const& [text, value] : {std::pair<std::string const&, std::int64_t*>(left, &a), {right, &b}}) {
            if (parse_number(text, *value)) continue;
            builtin_error(test_name, text + ": integer expression expected");
            return 2;
        }
    }
    if (op == "-eq") return answer(a == b);
    if (op == "-ne") return answer(a != b);
    if (op == "-lt") return answer(a < b);
    if (op == "-le") return answer(a <= b);
    if (op == "-gt") return answer(a > b);
    return answer(a >= b);
}

int Interpreter::match_regex(std::string const& subject, std::string const& pattern) {
    auto compiled = regex::compile(pattern, regex::Flavor::extended, options.nocasematch ? regex::ignore_case : 0);
    if (!compiled) return 2; // as bash: no words
    auto const match = compiled->search(subject, 0);
    Variable& place = variables.create("BASH_REMATCH");
    place.kind = VariableKind::indexed;
    place.is_set = true;
    place.value.clear();
    place.indexed = std::make_shared<IndexedArray>();
    if (!match) return 1;
    for (std::size_t i = 0; i < match->groups.size(); ++i)
        place.indexed->set(static_cast<std::int64_t>(i), std::string(match->text(subject, i)));
    return 0;
}

namespace {

PatternOptions matching_options(Interpreter const& shell) {
    PatternOptions matching;
    matching.extended = true; // in [[ ]] always
    matching.ignore_case = shell.options.nocasematch;
    matching.utf8 = shell.utf8;
    return matching;
}

Purpose right_purpose(std::string const& op, bool traced) {
    if (op == "=~") return Purpose::regex;
    if (op != "=" && op != "==" && op != "!=") return Purpose::text;
    return traced ? Purpose::traced_pattern : Purpose::pattern;
}

std::string shown_operand(std::string const& operand) { return operand.empty() ? "''" : operand; }

// How set -x shows the beginning of one test; a `!` before it belongs to it.
std::string opening(Interpreter& shell) {
    bool const negated = std::exchange(shell.traces_negation, false);
    return negated ? "[[ ! " : "[[ ";
}

// A binary test whose sides are expanded.
int compare(Interpreter& shell, Condition const& test, std::string const& left, std::string const& right) {
    if (shell.failure != Failure::none) return 1;
    if (shell.options.xtrace)
        shell.trace(opening(shell) + shown_operand(left) + " " + test.op + " " + shown_operand(right) + " ]]");
    if (test.op == "=" || test.op == "==") return answer(pattern_matches(right, left, matching_options(shell)));
    if (test.op == "!=") return answer(!pattern_matches(right, left, matching_options(shell)));
    if (test.op == "=~") return shell.match_regex(left, right);
    return shell.binary_test(left, test.op, right, true);
}

int test_one(Interpreter& shell, Condition const& test, std::string const& operand) {
    if (shell.failure != Failure::none) return 1;
    std::string const op = test.kind == Condition::Kind::word ? "-n" : test.op;
    if (shell.options.xtrace) shell.trace(opening(shell) + op + " " + shown_operand(operand) + " ]]");
    return shell.unary_test(op, operand);
}

}

int Interpreter::conditional_now(Condition const& condition) {
    using Kind = Condition::Kind;
    Expander expander(*this);
    switch (condition.kind) {
        case Kind::group: return conditional_now(*condition.first);
        case Kind::not_: traces_negation = options.xtrace; return negated(conditional_now(*condition.first));
        case Kind::and_: {
            int const left = conditional_now(*condition.first);
            return left != 0 || failure != Failure::none ? left : conditional_now(*condition.second);
        }
        case Kind::or_: {
            int const left = conditional_now(*condition.first);
            return left == 0 || failure != Failure::none ? left : conditional_now(*condition.second);
        }
        case Kind::binary: {
            std::string const left = expander.single(condition.left);
            std::string const right = expander.single(condition.right, right_purpose(condition.op, options.xtrace));
            return compare(*this, condition, left, right);
        }
        default: return test_one(*this, condition, expander.single(condition.left));
    }
}

Task<int> Interpreter::conditional(Condition const& condition) {
    using Kind = Condition::Kind;
    Expander expander(*this);
    if (condition.kind == Kind::group || condition.kind == Kind::not_) {
        traces_negation = options.xtrace && condition.kind == Kind::not_;
        auto task = conditional(*condition.first);
        int const inner = co_await task;
        co_return condition.kind == Kind::not_ ? negated(inner) : inner;
    }
    if (condition.kind == Kind::and_ || condition.kind == Kind::or_) {
        auto first = conditional(*condition.first);
        int const left = co_await first;
        bool const decided = condition.kind == Kind::and_ ? left != 0 : left == 0;
        if (decided || failure != Failure::none) co_return left;
        auto second = conditional(*condition.second);
        co_return co_await second;
    }
    auto first = expander.single_later(condition.left);
    std::string const left = co_await first;
    if (condition.kind != Kind::binary) co_return test_one(*this, condition, left);
    auto second = expander.single_later(condition.right, right_purpose(condition.op, options.xtrace));
    std::string const right = co_await second;
    co_return compare(*this, condition, left, right);
}

}
