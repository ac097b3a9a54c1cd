// The parts of a jq program that bind names or look them up: calls, variables, destructuring, reduce and foreach; and
// those that are built from pieces: strings and objects.
#include "ground/text.hpp"
#include "terminal/commands/jq_json.hpp"
#include "terminal/commands/jq_parse.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal::commands::jq {

Node* Parser::named(std::string_view name, Node* argument) {
    return call_of(name, argument ? Steps{argument} : Steps{}, from);
}

Node* Parser::call(std::string_view name, std::size_t at) {
    Steps arguments;
    if (accept("(")) {
        do arguments.push_back(pipe());
        while (accept(";"));
        expect(")");
    }
    return call_of(name, std::move(arguments), at);
}

Node* Parser::call_of(std::string_view name, Steps arguments, std::size_t at) {
    std::size_t const arity = arguments.size();
    if (Name const* const found = find(name, Binds::function, arity)) {
        if (found->binds == Binds::closure) return bound(found->depth, Op::closure);
        Node* const made = make(Op::call);
        made->definition = found->definition;
        made->hops = depth_ - found->depth;
        made->parts = std::move(arguments);
        return made;
    }
    if (arity == 0 && name == "null") return literal(Value(Kind::null));
    if (arity == 0 && (name == "true" || name == "false")) return literal(Value(name == "true"));
    if (name == "empty" && arity == 0) return make(Op::empty);
    if (name == "path" && arity == 1) return make(Op::path, arguments[0]);
    if (name == "_limit" && arity == 2) return make(Op::limit, arguments[0], arguments[1]);
    Native const* const native = native_named(name, arity);
    Definition const* const definition = native ? nullptr : library(name, arity);
    if (!native && !definition) {
        std::string const text = std::string(name) + "/" + std::to_string(arity) + " is not defined";
        if (!broken_) mistakes_.push_back({text, at});
        return make(Op::identity);
    }
    Node* const made = make(native ? Op::native : Op::call);
    made->native = native;
    made->definition = definition;
    made->hops = static_cast<std::size_t>(-1); // a function of the library sees no bindings
    made->parts = std::move(arguments);
    return made;
}

// A built-in function that is written in jq is read when it is first called.
Definition* Parser::library(std::string_view name, std::size_t arity) {
    for (Definition* const known : program_.library)
        if (known->name == name && known->arity == arity) return known;
    LibraryEntry const* const entry = library_named(name, arity);
    if (!entry) return nullptr;
    program_.definitions.push_back(std::make_unique<Definition>());
    Definition* const made = program_.definitions.back().get();
    made->name = name;
    made->arity = arity;
    program_.library.push_back(made);
    std::string const source = std::string(entry->head.substr(name.size())) + ":" + std::string(entry->body) + ";";
    made->arity = 0; // counted anew
    Parser(program_, store_, source).read_definition(*made);
    return made;
}

Node* Parser::variable(std::string_view name, std::size_t at) {
    if (name == "__loc__") {
        Value place = store_.object();
        place.put(store_.text("file"), store_.text("<top-level>"));
        auto const line = 1 + std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        place.put(store_.text("line"), Value(static_cast<double>(line)));
        return literal(place);
    }
    if (Name const* const found = find(name, Binds::variable)) return bound(found->depth);
    if (name == "ENV") return named("env");
    if (!broken_) mistakes_.push_back({"$" + std::string(name) + " is not defined", at});
    return make(Op::identity);
}

// `source` as PATTERN | BODY
Node* Parser::binding(Node* source) {
    Scope const before = scope();
    std::size_t const first = from;
    Steps steps;
    pattern(source, steps);
    if (is("?//")) {
        leave(before);
        return alternatives(source, first);
    }
    expect("|");
    Node* const body = wrap(steps, 0, pipe());
    leave(before);
    return body;
}

// PATTERN ?// PATTERN ... | BODY, from `first` on: the body is read once for each, with all the variables of all.
Node* Parser::alternatives(Node* source, std::size_t first) {
    Scope const before = scope();
    move_to(first);
    std::vector<std::size_t> starts;
    std::vector<std::string> variables;
    Steps unused;
    do {
        starts.push_back(from);
        pattern(source, unused);
    } while (accept("?//"));
    for (std::size_t i = before.names; i < names_.size(); ++i)
        if (!names_[i].text.empty()) variables.push_back(names_[i].text);
    leave(before);
    expect("|");
    std::size_t const body = from;
    enter({}, Binds::nothing);
    Scope const inside = scope();
    Steps ways;
    for (std::size_t const start : starts) {
        if (broken_) break;
        Steps steps;
        move_to(start);
        for (std::string const& name : variables) {
            steps.push_back(literal(Value(Kind::null)));
            enter(name, Binds::variable);
        }
        pattern(bound(before.depth), steps);
        if (!broken_) move_to(body);
        ways.push_back(wrap(steps, 0, pipe()));
        leave(inside);
    }
    leave(before);
    if (ways.empty()) return source;
    Node* all = ways.back();
    for (std::size_t i = ways.size() - 1; i-- > 0;) {
        Node* const made = make(Op::attempt, ways[i], all);
        made->sign = 'i';
        all = made;
    }
    return make(Op::bind, source, all);
}

// Binds `source`, and then its parts.
void Parser::pattern(Node* source, Steps& steps) {
    if (++nesting_ > limits::nesting) fail("the program is nested too deeply", from);
    std::size_t const place = depth_;
    steps.push_back(source);
    if (token == Token::variable) {
        enter(word, Binds::variable);
        advance();
    } else if (accept("[")) {
        enter({}, Binds::nothing);
        double index = 0;
        do {
            Node* const part = make(Op::index, bound(place));
            part->value = Value(index++);
            pattern(part, steps);
        } while (accept(","));
        expect("]", ", expecting ',' or ']'");
    } else if (accept("{")) {
        enter({}, Binds::nothing);
        do object_pattern(place, steps);
        while (accept(","));
        expect("}", ", expecting ',' or '}'");
    } else {
        unexpected(", expecting '$' or '[' or '{'");
    }
    --nesting_;
}

void Parser::object_pattern(std::size_t source, Steps& steps) {
    Node* part = make(Op::index, bound(source));
    if (token == Token::variable) {
        std::size_t const place = depth_;
        part->value = store_.text(std::string(word));
        pattern(part, steps);
        if (accept(":")) pattern(bound(place), steps);
        return;
    }
    if (token == Token::name || token == Token::keyword) {
        part->value = store_.text(std::string(word));
        advance();
    } else if (token == Token::string) {
        part->b = string("text");
    } else if (accept("(")) {
        part->b = pipe();
        expect(")");
    } else {
        unexpected();
    }
    expect(":");
    pattern(part, steps);
}

// reduce and foreach: what was gathered is a binding around those of the pattern.
Node* Parser::fold(Op op) {
    Node* const source = postfix(false);
    expect("as");
    Scope const before = scope();
    std::size_t const gathered = depth_;
    enter({}, Binds::nothing);
    Steps steps;
    pattern(source, steps);
    std::vector<Name> const names = names_;
    Scope const inside = scope();
    expect("(", ", expecting '('");
    leave(before);
    Node* const start = pipe();
    expect(";");
    names_ = names;
    depth_ = inside.depth;
    Node* const change = pipe();
    Node* const extract = op == Op::foreach && accept(";") ? pipe() : nullptr;
    Node* const state = make(Op::state, change, extract);
    state->hops = depth_ - gathered - 1;
    state->sign = op == Op::reduce ? 'r' : 'f';
    leave(before);
    expect(")");
    return make(op, source, start, wrap(steps, 1, state));
}

// "...\(...)...": text and formatted values added up.
Node* Parser::string(std::string_view format) {
    std::string piece;
    Node* all = nullptr;
    auto const add = [&](Node* part) {
        Node* const sum = all ? make(Op::binary, all, part) : nullptr;
        if (sum) sum->sign = '+';
        all = sum ? sum : part;
    };
    at_ = from + 1;
    std::size_t start = at_; // of the piece
    while (!broken_) {
        char const c = at_ < source_.size() ? source_[at_++] : '\0';
        if (c == '"') break;
        if (c == '\0') {
            token = Token::end;
            from = start;
            unexpected(", expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END");
        } else if (c != '\\') {
            piece += c;
        } else if (at_ < source_.size() && source_[at_] == '(') {
            add(text(std::exchange(piece, {})));
            advance();
            static_cast<void>(accept("("));
            Node* const inner = pipe();
            add(make(Op::pipe, inner, named("_format", text(format))));
            if (!is(")")) unexpected();
            if (!open_.empty()) open_.pop_back();
            start = from;
        } else {
            escape(piece);
        }
    }
    if (!broken_) advance();
    if (!all || !piece.empty()) add(text(piece));
    return all;
}

// Behind a backslash.
void Parser::escape(std::string& into) {
    std::size_t const start = at_ - 1;
    std::size_t end = at_ + 1;
    if (source_.substr(at_, 1) == "u") end = source_.substr(start + 6, 2) == "\\u" ? start + 12 : start + 6;
    end = std::min(end, source_.size());
    std::string error;
    Value value = parse_json(store_, "\"" + std::string(source_.substr(start, end - start)) + "\"", error);
    if (!error.empty() && end == start + 12) {
        error.clear();
        end = start + 6;
        value = parse_json(store_, "\"" + std::string(source_.substr(start, 6)) + "\"", error);
    }
    std::string const whole = "\"" + std::string(source_.substr(start, end - start)) + "\"";
    if (!error.empty()) return fail(error + " (while parsing '" + whole + "')", start);
    into += value.text();
    at_ = end;
}

// Behind the opening brace.
Node* Parser::object() {
    Node* const made = make(Op::object);
    while (!broken_ && !is("}")) {
        member(*made);
        if (!accept(",")) break;
    }
    expect("}", ", expecting '}'");
    return made;
}

void Parser::member(Node& into) {
    Node *key = nullptr, *value = nullptr;
    if (token == Token::variable) {
        std::string const name(word);
        key = text(name);
        std::size_t const at = from;
        advance();
        value = variable(name, at);
    } else if (token == Token::name || token == Token::keyword) {
        key = text(word);
        advance();
    } else if (token == Token::string || token == Token::format) {
        std::string const format = token == Token::format ? std::string(word) : "text";
        bool const formatted = token == Token::format;
        if (formatted) advance();
        if (formatted && token != Token::string) return unexpected();
        key = string(format);
    } else if (token == Token::number) {
        return unexpected();
    } else if (is("(")) {
        std::size_t const at = from;
        accept("(");
        key = pipe();
        expect(")");
        bool const wrong = key->op == Op::literal && !key->value.is(Kind::text);
        if (wrong && !broken_)
            mistakes_.push_back(
                {"Cannot use " + std::string(kind_name(key->value)) + " (" + shown(key->value) + ") as object key",
                 at});
        if (!is(":")) return unexpected(", expecting ':'");
    } else {
        return unexpected();
    }
    if (accept(":")) {
        value = expression(1);
        while (accept("|")) value = make(Op::pipe, value, expression(1));
    } else if (!value) {
        value = make(Op::index, nullptr, key);
    }
    into.parts.push_back(key);
    into.parts.push_back(value);
}

}
