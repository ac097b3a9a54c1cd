#include "terminal/commands/awk_expressions.hpp"

#include "ground/text.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal::commands::awk {

NodePtr ExpressionParser::make(Kind kind) const {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->line = token_line_;
    return node;
}

NodePtr ExpressionParser::make(Kind kind, NodePtr a, NodePtr b) const {
    NodePtr node = make(kind);
    node->depth = std::max(a->depth, b ? b->depth : 0) + 1;
    node->line = a->line;
    node->parts.push_back(std::move(a));
    if (b) node->parts.push_back(std::move(b));
    return node;
}

NodePtr ExpressionParser::variable(std::string const& name) {
    NodePtr node = make(Kind::variable);
    node->text = name;
    auto const local = std::find(locals_.begin(), locals_.end(), name);
    node->is_local = local != locals_.end();
    node->slot = node->is_local ? static_cast<int>(local - locals_.begin()) : global(name);
    return node;
}

int ExpressionParser::global(std::string const& name) {
    auto const found = std::find(program_.globals.begin(), program_.globals.end(), name);
    if (found == program_.globals.end()) {
        program_.globals.push_back(name);
        global_lines_.push_back(token_line_);
        return static_cast<int>(program_.globals.size()) - 1;
    }
    return static_cast<int>(found - program_.globals.begin());
}

bool ExpressionParser::is_target(Node const& node) {
    return node.kind == Kind::variable || node.kind == Kind::element || node.kind == Kind::field;
}

NodePtr ExpressionParser::assignment() {
    struct Depth {
        int& value;
        ~Depth() { --value; }
    } const depth{++nesting_};
    if (nesting_ > max_nesting) {
        fail("expression is nested too deeply");
        return make(Kind::number);
    }
    NodePtr left = conditional();
    if (token_ == Token::sign &&
        (word_ == "=" || (word_.size() == 2 && word_[1] == '=' &&
                          std::string_view("+-*/%^").find(word_[0]) != std::string_view::npos))) {
        // "a && b = 1" assigns to b
        auto const leans = [](Kind kind) {
            return kind == Kind::either || kind == Kind::both || (kind >= Kind::less && kind <= Kind::no_match);
        };
        NodePtr* place = &left;
        while (leans((*place)->kind)) place = &(*place)->parts.back();
        if (!is_target(**place)) {
            unexpected();
            return left;
        }
        NodePtr node = make(Kind::assign);
        node->number = word_[0];
        advance();
        skip_newlines();
        NodePtr value = assignment();
        node->depth = value->depth + 1;
        node->parts.push_back(std::move(*place));
        node->parts.push_back(std::move(value));
        *place = std::move(node);
    }
    return left;
}

NodePtr ExpressionParser::conditional() {
    NodePtr condition = disjunction();
    if (!accept("?")) return condition;
    skip_newlines();
    NodePtr node = make(Kind::choice, std::move(condition), assignment());
    skip_newlines();
    expect(":");
    skip_newlines();
    node->parts.push_back(assignment());
    return node;
}

NodePtr ExpressionParser::disjunction() {
    NodePtr left = conjunction();
    while (accept("||")) {
        skip_newlines();
        left = make(Kind::either, std::move(left), conjunction());
        if (left->depth > max_depth) fail("expression is nested too deeply");
    }
    return left;
}

NodePtr ExpressionParser::conjunction() {
    NodePtr left = membership();
    while (accept("&&")) {
        skip_newlines();
        left = make(Kind::both, std::move(left), membership());
        if (left->depth > max_depth) fail("expression is nested too deeply");
    }
    return left;
}

NodePtr ExpressionParser::membership() {
    NodePtr left = matching();
    while (is_keyword("in")) {
        advance();
        if (token_ != Token::name) {
            unexpected();
            return left;
        }
        Kind const kind = left->kind == Kind::group ? Kind::in_several : Kind::in;
        left = make(kind, std::move(left), target());
    }
    return left;
}

NodePtr ExpressionParser::matching() {
    NodePtr left = comparison();
    while (is("~") || is("!~")) {
        Kind const kind = word_ == "~" ? Kind::match : Kind::no_match;
        advance();
        left = make(kind, std::move(left), comparison());
    }
    return left;
}

NodePtr ExpressionParser::comparison() {
    NodePtr left = concatenation();
    // "cmd" | getline
    while ((is("|") || is("|&")) && pipe_is_getline()) {
        bool const both = word_ == "|&";
        advance();
        advance();
        left = getline_from(std::move(left), both);
        if (error_.empty() && (starts_operand() || is("*") || is("/") || is("%"))) left = continued(std::move(left));
    }
    constexpr std::string_view words[] = {"<", "<=", "==", "!=", ">", ">="};
    constexpr Kind kinds[] = {Kind::less,      Kind::less_equal, Kind::equal,
                              Kind::not_equal, Kind::greater,    Kind::greater_equal};
    for (std::size_t i = 0; i < 6; ++i) {
        if (!is(words[i]) || (words[i] == ">" && in_print_)) continue;
        advance();
        return make(kinds[i], std::move(left), concatenation());
    }
    return left;
}

// What follows `cmd | getline x` in the same expression: + 1, or text to join.
NodePtr ExpressionParser::continued(NodePtr left) {
    while (is("+") || is("-") || is("*") || is("/") || is("%")) {
        Kind const kind = is("+")   ? Kind::add
                          : is("-") ? Kind::subtract
                          : is("*") ? Kind::multiply
                          : is("/") ? Kind::divide
                                    : Kind::modulo;
        advance();
        left = make(kind, std::move(left), kind == Kind::add || kind == Kind::subtract ? multiplicative() : unary());
    }
    while (error_.empty() && starts_operand() && !is("+") && !is("-"))
        left = make(Kind::concatenate, std::move(left), additive());
    return left;
}

[[nodiscard]] bool ExpressionParser::pipe_is_getline() const {
    std::string_view rest = source_.substr(at_);
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\t')) rest.remove_prefix(1);
    return rest.substr(0, 7) == "getline";
}

NodePtr ExpressionParser::getline_from(NodePtr source, bool both) {
    NodePtr node = make(Kind::getline);
    node->into = both ? Into::both : Into::pipe;
    node->target = std::move(source);
    if (token_ == Token::name || is("$")) node->parts.push_back(primary());
    return node;
}

[[nodiscard]] bool ExpressionParser::starts_operand() const {
    switch (token_) {
        case Token::number:
        case Token::text:
        case Token::name:
        case Token::function_name:
        case Token::builtin: return true;
        case Token::sign:
            return word_ == "(" || word_ == "$" || word_ == "!" || word_ == "-" || word_ == "+" || word_ == "++" ||
                   word_ == "--";
        default: return false;
    }
}

NodePtr ExpressionParser::concatenation() {
    NodePtr left = additive();
    while (error_.empty() && starts_operand() && !(token_ == Token::sign && (word_ == "+" || word_ == "-"))) {
        left = make(Kind::concatenate, std::move(left), additive());
        if (left->depth > max_depth) fail("expression is nested too deeply");
    }
    return left;
}

NodePtr ExpressionParser::additive() {
    NodePtr left = multiplicative();
    while (is("+") || is("-")) {
        Kind const kind = word_ == "+" ? Kind::add : Kind::subtract;
        advance();
        left = make(kind, std::move(left), multiplicative());
        if (left->depth > max_depth) fail("expression is nested too deeply");
    }
    return left;
}

NodePtr ExpressionParser::multiplicative() {
    NodePtr left = unary();
    while (is("*") || is("/") || is("%")) {
        Kind const kind = word_ == "*" ? Kind::multiply : word_ == "/" ? Kind::divide : Kind::modulo;
        advance();
        left = make(kind, std::move(left), unary());
        bool const constant = left->parts[0]->kind == Kind::number && left->parts[1]->kind == Kind::number;
        if (kind != Kind::multiply && constant && left->parts[1]->number == 0)
            complain(kind == Kind::divide ? "error: division by zero attempted"
                                          : "error: division by zero attempted in `%'");
        if (left->depth > max_depth) fail("expression is nested too deeply");
    }
    return left;
}

NodePtr ExpressionParser::unary() {
    struct Depth {
        int& value;
        ~Depth() { --value; }
    } const depth{++nesting_};
    if (nesting_ > max_nesting) {
        fail("expression is nested too deeply");
        return make(Kind::number);
    }
    if (accept("!")) return make(Kind::not_, unary());
    if (accept("-")) return make(Kind::negative, unary());
    if (accept("+")) return make(Kind::positive, unary());
    return power();
}

NodePtr ExpressionParser::power() {
    NodePtr left = postfix();
    if (!accept("^")) return left;
    NodePtr right = is("-") || is("+") || is("!") ? unary() : power();
    return make(Kind::power, std::move(left), std::move(right));
}

NodePtr ExpressionParser::postfix() {
    NodePtr operand = primary();
    if ((is("++") || is("--")) && is_target(*operand)) {
        NodePtr node = make(Kind::increment);
        node->decrements = word_ == "--";
        advance();
        node->parts.push_back(std::move(operand));
        return node;
    }
    return operand;
}

NodePtr ExpressionParser::primary() {
    if (!error_.empty()) return make(Kind::number);
    NodePtr node;
    switch (token_) {
        case Token::number:
            node = make(Kind::number);
            node->number = number_;
            advance();
            return node;
        case Token::text:
            node = make(Kind::text);
            node->text = word_;
            advance();
            return node;
        case Token::name: {
            node = target();
            return node;
        }
        case Token::function_name: return call();
        case Token::builtin: return builtin();
        case Token::keyword:
            if (word_ == "getline") return plain_getline();
            break;
        case Token::sign:
            if (word_ == "/" || word_ == "/=") return regex();
            if (word_ == "(") return brackets();
            if (word_ == "@") return indirect();
            if (word_ == "$") {
                advance();
                if (is("++") || is("--")) return make(Kind::field, primary());
                if (is("$")) return make(Kind::field, postfix()); // $$a++ is $($a++)
                return make(Kind::field, is("-") || is("!") || is("+") ? unary() : primary());
            }
            if (word_ == "++" || word_ == "--") {
                node = make(Kind::increment);
                node->is_prefix = true;
                node->decrements = word_ == "--";
                advance();
                node->parts.push_back(primary());
                if (!is_target(*node->parts[0])) unexpected();
                return node;
            }
            if (word_ == "-" || word_ == "+" || word_ == "!") return unary();
            break;
        default: break;
    }
    unexpected();
    return make(Kind::number);
}

// A variable or an element of an array, of arrays in it too.
NodePtr ExpressionParser::target() {
    NodePtr node = variable(word_);
    advance();
    while (is("[")) {
        advance();
        node = make(Kind::element, std::move(node));
        do node->parts.push_back(bracketed_expression());
        while (accept(","));
        expect("]");
        if (node->depth > max_nesting) fail("expression is nested too deeply");
    }
    return node;
}

// @/regex/ or @name(arguments)
NodePtr ExpressionParser::indirect() {
    advance();
    if (is("/") || is("/=")) return regex(Kind::strong_regex);
    if (token_ != Token::function_name) {
        unexpected();
        return make(Kind::number);
    }
    std::string const name = word_;
    advance();
    NodePtr node = make(Kind::call);
    node->target = variable(name);
    expect("(");
    arguments(*node);
    return node;
}

NodePtr ExpressionParser::bracketed_expression() {
    bool const print = std::exchange(in_print_, false);
    NodePtr inside = expression();
    in_print_ = print;
    return inside;
}

NodePtr ExpressionParser::brackets() {
    advance();
    skip_newlines();
    NodePtr inside = bracketed_expression();
    if (!is(",")) {
        skip_newlines();
        expect(")");
        // A bracketed value is no target and no bare regex any more, but stays itself.
        return make(Kind::brackets, std::move(inside));
    }
    NodePtr group = make(Kind::group, std::move(inside));
    while (accept(",")) {
        skip_newlines();
        group->parts.push_back(bracketed_expression());
    }
    expect(")");
    return group;
}

NodePtr ExpressionParser::regex(Kind kind) {
    NodePtr node = make(kind);
    node->text = regex_text();
    if (!error_.empty()) return node;
    std::string odd;
    add_odd_escapes(node->text, odd);
    warnings_ += escape_warnings(odd, told_regex_, "awk: " + place_of(sources_, line_), true);
    auto compiled = regex::compile(node->text, regex::Flavor::awk);
    if (!compiled) {
        complain("error: " + compiled.error().message + ": /" + node->text + "/");
        return node;
    }
    token_ = Token::regex;
    advance();
    return node;
}

void ExpressionParser::arguments(Node& node) {
    skip_newlines();
    while (error_.empty() && !is(")")) {
        node.parts.push_back(bracketed_expression());
        skip_newlines();
        if (!accept(",")) break;
        skip_newlines();
    }
    expect(")");
}

NodePtr ExpressionParser::call() {
    NodePtr node = make(Kind::call);
    node->text = word_;
    advance();
    expect("(");
    arguments(*node);
    calls_.push_back({node.get()});
    return node;
}

NodePtr ExpressionParser::builtin() {
    NodePtr node = make(Kind::builtin);
    node->text = word_;
    node->slot = 0;
    while (builtins[node->slot].name != word_) ++node->slot;
    BuiltinName const& one = builtins[node->slot];
    advance();
    if (is("(")) {
        advance();
        skip_newlines();
        while (error_.empty() && !is(")")) {
            node->parts.push_back(bracketed_expression());
            skip_newlines();
            if (!accept(",")) break;
            skip_newlines();
        }
        std::size_t const count = node->parts.size();
        if (is(")") && (count < one.least || count > one.most)) {
            if (one.most < 99)
                fail(std::to_string(count) + " is invalid as number of arguments for " + node->text);
            else
                complain("fatal: " + node->text + ": called with " +
                         (count == 0 ? "no arguments" : "fewer than two arguments"));
        }
        bool const replaces = node->text == "sub" || node->text == "gsub";
        if (replaces && count == 3 && is(")")) {
            Node const& changed = *node->parts[2];
            if (!is_target(changed) && changed.kind != Kind::text && changed.kind != Kind::number)
                fail(node->text + " third parameter is not a changeable object");
        }
        expect(")");
    } else if (node->text != "length") {
        unexpected();
    }
    return node;
}

NodePtr ExpressionParser::plain_getline() {
    advance();
    NodePtr node = make(Kind::getline);
    if (token_ == Token::name || is("$")) node->parts.push_back(primary());
    if (accept("<")) {
        node->into = Into::file;
        node->target = primary();
    }
    return node;
}

}
