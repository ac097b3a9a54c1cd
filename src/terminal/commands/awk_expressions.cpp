#include "terminal/commands/awk_expressions.hpp"

#include "ground/text.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal::commands::awk {

NodePtr ExpressionParser::make(Kind kind) const {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->line = line_;
    return node;
}

NodePtr ExpressionParser::make(Kind kind, NodePtr a, NodePtr b) const {
    NodePtr node = make(kind);
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
        if (!is_target(*left)) {
            unexpected();
            return left;
        }
        NodePtr node = make(Kind::assign);
        node->number = word_[0];
        advance();
        skip_newlines();
        node->parts.push_back(std::move(left));
        node->parts.push_back(assignment());
        return node;
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
    }
    return left;
}

NodePtr ExpressionParser::conjunction() {
    NodePtr left = membership();
    while (accept("&&")) {
        skip_newlines();
        left = make(Kind::both, std::move(left), membership());
    }
    return left;
}

NodePtr ExpressionParser::membership() {
    NodePtr left = matching();
    while (is_keyword("in")) {
        advance();
        std::string const array = word_;
        if (token_ != Token::name) {
            unexpected();
            return left;
        }
        advance();
        Kind const kind = left->kind == Kind::group ? Kind::in_several : Kind::in;
        left = make(kind, std::move(left), variable(array));
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
    constexpr std::string_view words[] = {"<", "<=", "==", "!=", ">", ">="};
    constexpr Kind kinds[] = {Kind::less,      Kind::less_equal, Kind::equal,
                              Kind::not_equal, Kind::greater,    Kind::greater_equal};
    for (std::size_t i = 0; i < 6; ++i) {
        if (!is(words[i]) || (words[i] == ">" && in_print_)) continue;
        advance();
        return make(kinds[i], std::move(left), concatenation());
    }
    // "cmd" | getline
    while (is("|") && pipe_is_getline()) {
        advance();
        advance();
        left = getline_from(std::move(left));
    }
    return left;
}

[[nodiscard]] bool ExpressionParser::pipe_is_getline() const {
    std::string_view rest = source_.substr(at_);
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\t')) rest.remove_prefix(1);
    return rest.substr(0, 7) == "getline";
}

NodePtr ExpressionParser::getline_from(NodePtr source) {
    NodePtr node = make(Kind::getline);
    node->into = Into::pipe;
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
        if (is("!")) break;
        left = make(Kind::concatenate, std::move(left), additive());
    }
    return left;
}

NodePtr ExpressionParser::additive() {
    NodePtr left = multiplicative();
    while (is("+") || is("-")) {
        Kind const kind = word_ == "+" ? Kind::add : Kind::subtract;
        advance();
        left = make(kind, std::move(left), multiplicative());
    }
    return left;
}

NodePtr ExpressionParser::multiplicative() {
    NodePtr left = unary();
    while (is("*") || is("/") || is("%")) {
        Kind const kind = word_ == "*" ? Kind::multiply : word_ == "/" ? Kind::divide : Kind::modulo;
        advance();
        left = make(kind, std::move(left), unary());
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
            std::string const name = word_;
            advance();
            if (!is("[")) return variable(name);
            advance();
            node = make(Kind::element, variable(name));
            do node->parts.push_back(bracketed_expression());
            while (accept(","));
            expect("]");
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
            if (word_ == "$") {
                advance();
                if (is("++") || is("--")) return make(Kind::field, primary());
                return make(Kind::field, is("-") ? unary() : primary());
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

NodePtr ExpressionParser::regex() {
    NodePtr node = make(Kind::regex);
    node->text = regex_text();
    if (!error_.empty()) return node;
    auto compiled = regex::compile(node->text, regex::Flavor::awk);
    if (!compiled) {
        fail("regular expression compile failed (" + compiled.error().message + "): " + node->text);
        return node;
    }
    node->pattern = static_cast<int>(program_.patterns.size());
    program_.patterns.push_back(std::move(*compiled));
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
    node->slot = static_cast<int>(std::find(std::begin(builtins), std::end(builtins), word_) - std::begin(builtins));
    advance();
    if (accept("("))
        arguments(*node);
    else if (node->text != "length")
        unexpected();
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
