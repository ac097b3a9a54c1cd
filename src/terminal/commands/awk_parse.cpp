#include "ground/text.hpp"
#include "terminal/commands/awk_expressions.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal::commands::awk {

namespace {

class Parser : private ExpressionParser {
  public:
    explicit Parser(std::string_view source) : ExpressionParser(source) {}

    Result<Program> run() {
        skip_newlines();
        while (error_.empty() && token_ != Token::end) {
            item();
            while (token_ == Token::newline || is(";")) advance();
        }
        for (Call const& call : calls_) {
            auto const found = std::find_if(program_.functions.begin(), program_.functions.end(),
                                            [&](Function const& f) { return f.name == call.node->text; });
            if (found == program_.functions.end())
                fail("function `" + call.node->text + "' not defined");
            else
                call.node->slot = static_cast<int>(found - program_.functions.begin());
        }
        if (!error_.empty()) return Error{ErrorCode::invalid, {}, error_};
        return std::move(program_);
    }

  private:
    void item() {
        if (is_keyword("function")) return function();
        Rule rule;
        if (is_keyword("BEGIN") || is_keyword("END")) {
            rule.when = word_ == "BEGIN" ? When::begin : When::end;
            advance();
            skip_newlines();
            if (!is("{")) return unexpected();
        } else if (!is("{")) {
            rule.when = When::expression;
            rule.first = expression();
            if (accept(",")) {
                skip_newlines();
                rule.when = When::range;
                rule.last = expression();
            }
        }
        if (is("{")) rule.body = block();
        program_.rules.push_back(std::move(rule));
    }
    void function() {
        advance();
        Function function;
        if (token_ != Token::name && token_ != Token::function_name) return unexpected();
        function.name = word_;
        advance();
        expect("(");
        while (token_ == Token::name) {
            function.parameters.push_back(word_);
            advance();
            if (!accept(",")) break;
            skip_newlines();
        }
        expect(")");
        skip_newlines();
        locals_ = function.parameters;
        in_function_ = true;
        function.body = block();
        in_function_ = false;
        locals_.clear();
        program_.functions.push_back(std::move(function));
    }

    NodePtr block() {
        NodePtr node = make(Kind::block);
        expect("{");
        skip_terminators();
        while (error_.empty() && !is("}") && token_ != Token::end) {
            node->parts.push_back(statement());
            skip_terminators();
        }
        expect("}");
        return node;
    }
    // After a simple statement: ; newline } or the end.
    void terminator() {
        if (accept(";")) return;
        if (token_ == Token::newline || is("}") || token_ == Token::end) return;
        unexpected();
    }
    NodePtr body() {
        skip_newlines();
        if (is(";")) {
            advance();
            return make(Kind::block);
        }
        return statement();
    }
    NodePtr statement() {
        struct Depth {
            int& value;
            ~Depth() { --value; }
        } const depth{++nesting_};
        if (nesting_ > max_nesting) fail("program is nested too deeply");
        if (!error_.empty()) return make(Kind::block);
        if (is("{")) return block();
        if (token_ == Token::keyword) {
            if (word_ == "if") return if_statement();
            if (word_ == "while") return while_statement();
            if (word_ == "do") return do_statement();
            if (word_ == "for") return for_statement();
        }
        NodePtr node = simple_statement();
        terminator();
        return node;
    }
    NodePtr if_statement() {
        advance();
        expect("(");
        NodePtr node = make(Kind::if_, expression());
        expect(")");
        node->parts.push_back(body());
        // `else` may follow newlines and a semicolon.
        std::size_t const at = at_;
        int const line = line_;
        Token const token = token_;
        std::string const word = word_;
        skip_terminators();
        if (is_keyword("else")) {
            advance();
            node->parts.push_back(body());
        } else if (error_.empty()) {
            at_ = at;
            line_ = line;
            token_ = token;
            word_ = word;
        }
        return node;
    }
    NodePtr while_statement() {
        advance();
        expect("(");
        NodePtr node = make(Kind::while_, expression());
        expect(")");
        node->parts.push_back(body());
        return node;
    }
    NodePtr do_statement() {
        advance();
        NodePtr node = make(Kind::do_);
        NodePtr inside = body();
        skip_terminators();
        if (!is_keyword("while")) unexpected();
        advance();
        expect("(");
        node->parts.push_back(expression());
        expect(")");
        node->parts.push_back(std::move(inside));
        terminator();
        return node;
    }
    NodePtr for_statement() {
        advance();
        expect("(");
        if (token_ == Token::name) { // for (k in array)
            std::size_t const at = at_;
            std::string const name = word_;
            advance();
            if (is_keyword("in")) {
                advance();
                std::string const array = word_;
                bool const simple = token_ == Token::name;
                if (simple) advance();
                if (simple && is(")")) {
                    advance();
                    NodePtr node = make(Kind::for_in, variable(name), variable(array));
                    node->parts.push_back(body());
                    return node;
                }
            }
            at_ = at;
            token_ = Token::name;
            word_ = name;
        }
        NodePtr node = make(Kind::for_);
        node->parts.push_back(is(";") ? nullptr : simple_statement());
        expect(";");
        skip_newlines();
        node->parts.push_back(is(";") ? nullptr : expression());
        expect(";");
        skip_newlines();
        node->parts.push_back(is(")") ? nullptr : simple_statement());
        expect(")");
        node->parts.push_back(body());
        return node;
    }
    [[nodiscard]] bool at_statement_end() const {
        return token_ == Token::newline || token_ == Token::end || is(";") || is("}");
    }

    NodePtr simple_statement() {
        if (token_ == Token::keyword) {
            std::string const word = word_;
            Kind kind = Kind::block;
            if (word == "print" || word == "printf")
                return print_statement(word == "print" ? Kind::print : Kind::printf);
            if (word == "break")
                kind = Kind::break_;
            else if (word == "continue")
                kind = Kind::continue_;
            else if (word == "next")
                kind = Kind::next;
            else if (word == "nextfile")
                kind = Kind::next_file;
            else if (word == "exit")
                kind = Kind::exit;
            else if (word == "return")
                kind = Kind::return_;
            else if (word == "delete")
                kind = Kind::delete_;
            if (kind == Kind::return_ && !in_function_) fail("return used outside function context");
            if (kind != Kind::block) {
                advance();
                NodePtr node = make(kind);
                bool const takes = kind == Kind::exit || kind == Kind::return_ || kind == Kind::delete_;
                if (takes && !at_statement_end()) node->parts.push_back(expression());
                return node;
            }
        }
        return make(Kind::expression, expression());
    }
    NodePtr print_statement(Kind kind) {
        advance();
        NodePtr node = make(kind);
        bool const saved = std::exchange(in_print_, true);
        bool const redirects = is(">") || is(">>") || is("|");
        if (!at_statement_end() && !redirects) {
            node->parts.push_back(expression());
            while (accept(",")) {
                skip_newlines();
                node->parts.push_back(expression());
            }
            // print (a, b) > "x": one bracketed list is the arguments.
            if (node->parts.size() == 1 && node->parts[0]->kind == Kind::group) {
                std::vector<NodePtr> inside = std::move(node->parts[0]->parts);
                node->parts = std::move(inside);
            }
        }
        in_print_ = saved;
        if (is(">") || is(">>") || is("|")) {
            node->into = word_ == ">" ? Into::file : word_ == ">>" ? Into::append : Into::pipe;
            advance();
            node->target = concatenation();
        }
        return node;
    }

    bool in_function_ = false;
};

}

Result<Program> parse(std::string_view source) { return Parser(source).run(); }

}
