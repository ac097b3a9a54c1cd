#pragma once
// Expressions of awk, lowest binding first: each method reads one level and what binds tighter. Statements, rules and
// functions are read by awk_parse.cpp, which derives from it. Variables get their slots here; calls get theirs when all
// functions are known.

#include "terminal/commands/awk_lexer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands::awk {

class ExpressionParser : protected Lexer {
  public:
    ExpressionParser(std::string_view source, std::vector<Source> const& sources) : Lexer(source, sources) {
        for (std::string_view const name : special_names) program_.globals.emplace_back(name);
    }

  protected:
    struct Call {
        Node* node;
    };
    NodePtr make(Kind kind) const;
    NodePtr make(Kind kind, NodePtr a, NodePtr b = nullptr) const;
    NodePtr variable(std::string const& name);
    int global(std::string const& name);
    NodePtr expression() { return assignment(); }
    static bool is_target(Node const& node);
    NodePtr assignment();
    NodePtr conditional();
    NodePtr disjunction();
    NodePtr conjunction();
    NodePtr membership();
    NodePtr matching();
    NodePtr comparison();
    [[nodiscard]] bool pipe_is_getline() const;
    NodePtr getline_from(NodePtr source, bool both);
    [[nodiscard]] bool starts_operand() const;
    NodePtr concatenation();
    NodePtr additive();
    NodePtr multiplicative();
    NodePtr unary();
    NodePtr power();
    NodePtr postfix();
    NodePtr primary();
    NodePtr bracketed_expression();
    NodePtr brackets();
    NodePtr regex(Kind kind = Kind::regex);
    NodePtr target();
    NodePtr indirect();
    NodePtr continued(NodePtr left);
    void arguments(Node& node);
    NodePtr call();
    NodePtr builtin();
    NodePtr plain_getline();

    int nesting_ = 0;
    bool in_print_ = false;
    std::vector<std::string> locals_;
    std::vector<int> global_lines_; // where a global behind the special ones is first named
    std::vector<Call> calls_;
    Program program_;
};

}
