#include "terminal/commands/jq_parse.hpp"

#include "ground/text.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal::commands::jq {

Node* Parser::make(Op op, Node* a, Node* b, Node* c) {
    if (program_.nodes.size() >= limits::tokens) fail("the program is too long", from);
    program_.nodes.push_back(std::make_unique<Node>());
    Node& made = *program_.nodes.back();
    made.op = op;
    made.a = a;
    made.b = b;
    made.c = c;
    return &made;
}

Node* Parser::literal(Value value) {
    Node* const made = make(Op::literal);
    made->value = std::move(value);
    return made;
}

Node* Parser::bound(std::size_t depth, Op op) {
    Node* const made = make(op);
    made->hops = depth_ - depth - 1;
    return made;
}

void Parser::fail(std::string const& message, std::size_t at) {
    if (!broken_) mistakes_.assign(1, {message, at});
    broken_ = true;
    move_to(source_.size());
}

void Parser::unexpected(std::string_view expecting) {
    std::size_t const closes = std::string_view(")]}").find(word.empty() ? ' ' : word[0]);
    bool const closer = token == Token::sign && closes != std::string_view::npos;
    bool const stray = closer && (open_.empty() || open_.back() != "([{"[closes]);
    std::string const name = stray ? "INVALID_CHARACTER" : token_name();
    fail("syntax error, unexpected " + name + std::string(expecting) + " (Unix shell quoting issues?)", from);
}

bool Parser::accept(std::string_view sign) {
    if (!is(sign)) return false;
    if (std::string_view("([{").find(sign[0]) != std::string_view::npos) open_ += sign[0];
    if (std::string_view(")]}").find(sign[0]) != std::string_view::npos && !open_.empty()) open_.pop_back();
    advance();
    return true;
}

void Parser::expect(std::string_view sign, std::string_view expecting) {
    if (!accept(sign)) unexpected(expecting);
}

Parser::Name const* Parser::find(std::string_view name, Binds binds, std::size_t arity) const {
    for (std::size_t i = names_.size(); i-- > 0;) {
        Name const& one = names_[i];
        if (one.text != name) continue;
        bool const function = one.binds == Binds::function && one.definition->arity == arity;
        if (binds == Binds::function ? function || (one.binds == Binds::closure && arity == 0) : one.binds == binds)
            return &one;
    }
    return nullptr;
}

std::string Parser::run(std::vector<std::string> const& variables) {
    for (std::string const& name : variables) enter(name, Binds::variable);
    if (token == Token::end)
        program_.root = make(Op::identity);
    else
        program_.root = pipe();
    if (!broken_ && token != Token::end) unexpected(", expecting $end");
    std::string out;
    for (Mistake const& mistake : mistakes_) {
        std::size_t const start =
            mistake.at == 0 ? std::string_view::npos : source_.rfind('\n', mistake.at - 1); // of the line, less one
        auto const line =
            1 + std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(mistake.at), '\n');
        std::string_view const rest = source_.substr(start + 1);
        out += "jq: error: " + mistake.text + " at <top-level>, line " + std::to_string(line) + ":\n";
        (out += rest.substr(0, rest.find('\n'))) += std::string(mistake.at - start - 1, ' ') + '\n';
    }
    if (mistakes_.empty()) return {};
    std::size_t const count = mistakes_.size();
    return out + "jq: " + std::to_string(count) + (count > 1 ? " compile errors\n" : " compile error\n");
}

Node* Parser::pipe() {
    Scope const before = scope();
    Steps stages;
    do {
        while (is("def")) {
            advance();
            program_.definitions.push_back(std::make_unique<Definition>());
            definition(*program_.definitions.back());
        }
        stages.push_back(expression(0));
    } while (accept("|"));
    leave(before);
    Node* all = stages.back();
    for (std::size_t i = stages.size() - 1; i-- > 0;) all = make(Op::pipe, stages[i], all);
    return all;
}

// Behind "def".
void Parser::definition(Definition& made) {
    if (token != Token::name && token != Token::keyword) return unexpected(", expecting IDENT");
    made.name = word;
    made.depth = depth_;
    names_.push_back({made.name, Binds::function, depth_, &made});
    advance();
    if (++nesting_ > limits::nesting) return fail("the program is nested too deeply", from);
    read_definition(made);
    --nesting_;
}

void Parser::read_definition(Definition& made) {
    Scope const before = scope();
    std::vector<std::string> values; // parameters that are variables too
    if (accept("(")) {
        do {
            if (token == Token::variable)
                values.emplace_back(word);
            else if (token != Token::name && token != Token::keyword)
                return unexpected();
            enter(word, Binds::closure);
            ++made.arity;
            advance();
        } while (accept(";"));
        expect(")");
    }
    expect(":", ", expecting '(' or ':'");
    Steps steps;
    for (std::string const& name : values) {
        steps.push_back(bound(find(name, Binds::closure)->depth, Op::closure));
        enter(name, Binds::variable);
    }
    made.body = wrap(steps, 0, pipe());
    expect(";");
    leave(before);
}

Node* Parser::wrap(Steps const& steps, std::size_t first, Node* body) {
    for (std::size_t i = steps.size(); i-- > first;) body = make(Op::bind, steps[i], body);
    return body;
}

namespace {

struct Operator {
    std::string_view sign;
    int level;
    Op op;
    char code;
};
// By how tightly they bind; level 1 is grouped from the right, 2 and 5 not at all.
constexpr Operator operators[] = {
    {",", 0, Op::comma, 0},     {"//", 1, Op::alternative, 0}, {"=", 2, Op::update, '='},  {"|=", 2, Op::modify, 0},
    {"+=", 2, Op::update, '+'}, {"-=", 2, Op::update, '-'},    {"*=", 2, Op::update, '*'}, {"/=", 2, Op::update, '/'},
    {"%=", 2, Op::update, '%'}, {"//=", 2, Op::update, 'a'},   {"or", 3, Op::either, 0},   {"and", 4, Op::both, 0},
    {"==", 5, Op::binary, 'e'}, {"!=", 5, Op::binary, '!'},    {"<", 5, Op::binary, '<'},  {"<=", 5, Op::binary, 'l'},
    {">", 5, Op::binary, '>'},  {">=", 5, Op::binary, 'g'},    {"+", 6, Op::binary, '+'},  {"-", 6, Op::binary, '-'},
    {"*", 7, Op::binary, '*'},  {"/", 7, Op::binary, '/'},     {"%", 7, Op::binary, '%'}};
constexpr int tightest = 7;

}

Node* Parser::expression(int least) {
    if (++nesting_ > limits::nesting) fail("the program is nested too deeply", from);
    std::size_t const start = from;
    Node* left = unary();
    int loosest_allowed = tightest;
    while (!broken_) {
        auto const* const found =
            std::find_if(std::begin(operators), std::end(operators), [&](Operator const& one) { return is(one.sign); });
        if (found == std::end(operators) || found->level < least) break;
        int const level = found->level;
        if (level > loosest_allowed) {
            unexpected();
            break;
        }
        bool const alone = level == 2 || level == 5;
        loosest_allowed = alone ? level - 1 : tightest;
        advance();
        Node* const made = make(found->op, left, expression(level == 1 ? level : level + 1));
        made->sign = found->code;
        bool const by_zero = made->sign == '/' && made->op == Op::binary && left->op == Op::literal &&
                             left->value.is(Kind::number) && made->b->op == Op::literal &&
                             made->b->value.is(Kind::number) && made->b->value.number() == 0;
        if (by_zero && !broken_) mistakes_.push_back({"Division by zero?", start});
        left = made;
    }
    --nesting_;
    return left;
}

Node* Parser::unary() {
    if (!accept("-")) return postfix();
    Node* const inner = expression(tightest);
    bool const folds = inner->op == Op::literal && inner->value.is(Kind::number);
    return folds ? literal(Value(-inner->value.number())) : make(Op::negate, inner);
}

Node* Parser::postfix(bool binds) {
    if (++nesting_ > limits::nesting) fail("the program is nested too deeply", from);
    bool is_part = token == Token::field || is("."); // the term is a part of something, written as such
    Node* term = primary();
    while (!broken_) {
        if (token == Token::field) {
            Node* const part = make(Op::index, term);
            part->value = store_.text(std::string(word));
            advance();
            term = part;
            is_part = true;
        } else if (is(".")) {
            advance();
            is_part = true;
            if (token == Token::string || token == Token::format)
                term = name_at_dot(term);
            else if (!is("["))
                unexpected(", expecting FORMAT or QQSTRING_START");
        } else if (is("[")) {
            term = brackets(term);
            is_part = true;
        } else if (accept("?")) { // behind a part it is about this one only
            if (is_part && term->op != Op::identity)
                term->sign = '?';
            else
                term = make(Op::attempt, term);
            is_part = false;
        } else if (binds && accept("as")) {
            term = binding(term);
            break;
        } else {
            break;
        }
    }
    --nesting_;
    return term;
}

// The part of `of` that the string here names.
Node* Parser::name_at_dot(Node* of) {
    std::string const format = token == Token::format ? std::string(word) : "text";
    if (token == Token::format) advance();
    return make(Op::index, of, string(format));
}

Node* Parser::brackets(Node* of) {
    expect("[");
    if (accept("]")) return make(Op::iterate, of);
    Node* const null = literal(Value(Kind::null));
    Node* const start = is(":") ? null : pipe();
    Node* key = start;
    if (accept(":")) {
        Node* const range = make(Op::object);
        range->parts = {text("start"), start, text("end"), is("]") ? null : pipe()};
        key = range;
    }
    expect("]");
    return make(Op::index, of, key);
}

Node* Parser::primary() {
    std::size_t const at = from;
    std::string_view const text = word;
    switch (token) {
        case Token::number: {
            advance();
            return literal(Value(parse_double(text).value_or(0)));
        }
        case Token::string: return string("text");
        case Token::format: {
            advance();
            if (token == Token::string) return string(text);
            return named("_format", this->text(text));
        }
        case Token::field: {
            Node* const part = make(Op::index);
            part->value = store_.text(std::string(text));
            advance();
            return part;
        }
        case Token::variable: advance(); return variable(text, at);
        case Token::name: advance(); return call(text, at);
        default: break;
    }
    if (accept(".")) {
        if (token == Token::string || token == Token::format) return name_at_dot(nullptr);
        return make(Op::identity);
    }
    if (accept("..")) return named("recurse");
    if (accept("(")) {
        Node* const inner = pipe();
        expect(")");
        return inner;
    }
    if (accept("[")) {
        Node* const inner = is("]") ? nullptr : pipe();
        expect("]");
        return make(Op::array, inner);
    }
    if (accept("{")) return object();
    if (accept("if")) return condition(at);
    if (accept("try")) return attempt();
    if (accept("reduce")) return fold(Op::reduce);
    if (accept("foreach")) return fold(Op::foreach);
    if (accept("label")) return label();
    if (is("def")) return pipe();
    if (accept("break")) {
        Name const* const found = find(word, Binds::label);
        if (token != Token::variable) unexpected(", expecting '$'");
        if (!found && !broken_) mistakes_.push_back({"$*label-" + std::string(word) + " is not defined", at});
        advance();
        return found ? bound(found->depth, Op::break_) : make(Op::identity);
    }
    unexpected(at == 0 && token != Token::end ? ", expecting $end" : "");
    return make(Op::identity);
}

// Behind an if or elif.
Node* Parser::condition(std::size_t at) {
    if (++nesting_ > limits::nesting) fail("the program is nested too deeply", from);
    Node* const asked = pipe();
    expect("then");
    bool const has_then = !broken_;
    Node* const then = pipe();
    Node* otherwise = nullptr;
    if (accept("elif")) {
        otherwise = condition(at);
        --nesting_;
        return make(Op::condition, asked, then, otherwise);
    }
    if (accept("else")) otherwise = pipe();
    expect("end");
    --nesting_;
    if (broken_ && has_then && mistakes_.size() == 1) mistakes_.push_back({"Possibly unterminated 'if' statement", at});
    return make(Op::condition, asked, then, otherwise);
}

Node* Parser::attempt() {
    Node* const body = is("-") ? unary() : postfix();
    Node* const handler = accept("catch") ? postfix() : nullptr;
    return make(Op::attempt, body, handler);
}

Node* Parser::label() {
    Scope const before = scope();
    if (token != Token::variable) unexpected(", expecting '$'");
    enter(word, Binds::label);
    if (!broken_) advance();
    expect("|");
    Node* const body = pipe();
    leave(before);
    return make(Op::label, body);
}

std::string parse(Program& program, Store& store, std::string_view text, std::vector<std::string> const& variables) {
    return Parser(program, store, text).run(variables);
}

}
