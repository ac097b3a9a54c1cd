#include "ground/text.hpp"
#include "terminal/commands/awk_expressions.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal::commands::awk {

namespace {

class Parser : private ExpressionParser {
  public:
    using ExpressionParser::ExpressionParser;

    Result<Program> run() {
        skip_newlines();
        while (error_.empty() && token_ != Token::end) {
            item();
            while (token_ == Token::newline || is(";")) advance();
        }
        for (Call const& call : calls_) {
            if (!error_.empty()) break;
            std::string const& name = call.node->text;
            auto const found = std::find_if(program_.functions.begin(), program_.functions.end(),
                                            [&](Function const& f) { return f.name == name; });
            bool const is_variable =
                std::find(program_.globals.begin(), program_.globals.end(), name) != program_.globals.end();
            if (found == program_.functions.end() && is_variable) {
                complain("error: attempt to use non-function `" + name + "' in function call", call.node->line);
                break;
            }
            if (found == program_.functions.end()) continue; // an error only when it is called
            call.node->slot = static_cast<int>(found - program_.functions.begin());
            if (call.node->parts.size() > found->parameters.size())
                warnings_ += "awk: " + place_of(sources_, call.node->line) + "warning: function `" + name +
                             "' called with more arguments than declared\n";
        }
        for (Function const& function : program_.functions)
            for (std::size_t i = special_count; i < program_.globals.size(); ++i)
                if (program_.globals[i] == function.name)
                    complain("error: function `" + function.name +
                                 "' called with space between name and `(',\nor used as a variable or an array",
                             global_lines_[i - special_count]);
        program_.warnings = std::move(warnings_);
        program_.told = std::move(told_);
        program_.told_regex = std::move(told_regex_);
        if (!error_.empty()) return Error{fatal_ ? ErrorCode::not_found : ErrorCode::invalid, {}, error_};
        return std::move(program_);
    }

  private:
    void item() {
        if (is_keyword("function")) return function();
        Rule rule;
        std::string const word = word_;
        constexpr std::string_view names[] = {"BEGIN", "END", "BEGINFILE", "ENDFILE"};
        auto const* const found = std::find(std::begin(names), std::end(names), word_);
        if (token_ == Token::keyword && found != std::end(names)) {
            rule.when = static_cast<When>(found - std::begin(names));
            advance();
            skip_newlines();
            if (!is("{")) return complain("error: " + word + " blocks must have an action part");
            special_rule_ = word;
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
        special_rule_.clear();
        if (error_.empty() && token_ != Token::newline && token_ != Token::end && !is(";") && !rule.body)
            return unexpected();
        program_.rules.push_back(std::move(rule));
    }
    void function() {
        advance();
        Function function;
        if (token_ == Token::builtin) return fail("`" + word_ + "' is a built-in function, it cannot be redefined");
        if (token_ != Token::name && token_ != Token::function_name) return unexpected();
        function.name = word_;
        for (Function const& other : program_.functions)
            if (other.name == word_) return complain("error: function name `" + word_ + "' previously defined");
        advance();
        expect("(");
        std::string const start = "error: function `" + function.name + "': ";
        while (token_ == Token::name) {
            if (word_ == function.name) complain(start + "cannot use function name as parameter name");
            if (std::find(std::begin(special_names), std::end(special_names), word_) != std::end(special_names))
                complain(start + "cannot use special variable `" + word_ + "' as a function parameter");
            for (std::size_t i = 0; i < function.parameters.size(); ++i)
                if (function.parameters[i] == word_)
                    complain(start + "parameter #" + std::to_string(function.parameters.size() + 1) + ", `" + word_ +
                             "', duplicates parameter #" + std::to_string(i + 1));
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
    NodePtr loop_body() {
        ++loops_;
        NodePtr node = body();
        --loops_;
        return node;
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
            if (word_ == "switch") return switch_statement();
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
        node->parts.push_back(loop_body());
        return node;
    }
    NodePtr do_statement() {
        advance();
        NodePtr node = make(Kind::do_);
        NodePtr inside = loop_body();
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
                bool const simple = token_ == Token::name;
                NodePtr array = simple ? target() : nullptr;
                if (simple && is(")")) {
                    advance();
                    NodePtr node = make(Kind::for_in, variable(name), std::move(array));
                    node->parts.push_back(loop_body());
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
        node->parts.push_back(loop_body());
        return node;
    }
    // case_ nodes stand between the statements.
    NodePtr switch_statement() {
        advance();
        expect("(");
        NodePtr node = make(Kind::switch_, expression());
        expect(")");
        skip_newlines();
        expect("{");
        ++switches_;
        skip_terminators();
        while (error_.empty() && !is("}") && token_ != Token::end) {
            if (!is_keyword("case") && !is_keyword("default")) {
                if (node->parts.size() == 1) unexpected();
                node->parts.push_back(statement());
            } else {
                NodePtr one = make(Kind::case_);
                bool const has_value = word_ == "case";
                advance();
                if (has_value) one->parts.push_back(unary());
                expect(":");
                node->parts.push_back(std::move(one));
            }
            skip_terminators();
        }
        --switches_;
        expect("}");
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
            if (kind == Kind::return_ && !in_function_) fail("`return' used outside function context");
            if ((kind == Kind::break_ && loops_ + switches_ == 0) || (kind == Kind::continue_ && loops_ == 0)) {
                complain(kind == Kind::break_ ? "error: `break' is not allowed outside a loop or switch"
                                              : "error: `continue' is not allowed outside a loop");
                error_ += error_; // gawk's parser looks at it twice
            }
            bool const next_in_special = kind == Kind::next && !special_rule_.empty();
            if (next_in_special || (kind == Kind::next_file && !special_rule_.empty() && special_rule_ != "BEGINFILE"))
                complain("error: `" + word + "' used in " + special_rule_ + " action");
            if (kind != Kind::block) {
                NodePtr node = make(kind);
                advance();
                bool const takes = kind == Kind::exit || kind == Kind::return_ || kind == Kind::delete_;
                if (takes && !at_statement_end()) node->parts.push_back(expression());
                if (kind == Kind::delete_ && (node->parts.empty() || (node->parts[0]->kind != Kind::variable &&
                                                                      node->parts[0]->kind != Kind::element)))
                    unexpected();
                return node;
            }
        }
        NodePtr inside = expression();
        if (inside->kind == Kind::group) unexpected();
        return make(Kind::expression, std::move(inside));
    }
    NodePtr print_statement(Kind kind) {
        NodePtr node = make(kind);
        advance();
        bool const saved = std::exchange(in_print_, true);
        bool const redirects = is(">") || is(">>") || is("|") || is("|&");
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
        if (kind == Kind::printf && node->parts.empty() && error_.empty()) {
            complain("fatal: printf: no arguments");
            fatal_ = true;
        }
        if (is(">") || is(">>") || is("|") || is("|&")) {
            node->into = word_ == ">"    ? Into::file
                         : word_ == ">>" ? Into::append
                         : word_ == "|"  ? Into::pipe
                                         : Into::both;
            advance();
            node->target = concatenation();
        }
        return node;
    }

    bool in_function_ = false, fatal_ = false;
    int loops_ = 0, switches_ = 0;
    std::string special_rule_;
};

}

Result<Program> parse(std::string_view text, std::vector<Source> const& sources) { return Parser(text, sources).run(); }

}
