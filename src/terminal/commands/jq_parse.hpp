#pragma once
// Reads a jq program. Every binding (a variable, a filter passed as an argument, a label, or a value that only the
// machine knows) is entered into the scope in the order in which the machine will make it, so that a name is a number
// of bindings to pass by. Nesting is bounded by limits::nesting, the size of a program by its nodes.

#include "terminal/commands/jq.hpp"
#include "terminal/commands/jq_lexer.hpp"

namespace cw::terminal::commands::jq {

class Parser : Lexer {
  public:
    Parser(Program& program, Store& store, std::string_view source) : Lexer(source), program_(program), store_(store) {}
    std::string run(std::vector<std::string> const& variables);
    // "map(f)" of the library, whose text "map(f): [.[] | f];" is the source.
    void read_definition(Definition& definition);

  private:
    enum class Binds : std::uint8_t { nothing, variable, closure, label, function };
    struct Name {
        std::string text;
        Binds binds;
        std::size_t depth;
        Definition* definition = nullptr;
    };
    struct Mistake {
        std::string text;
        std::size_t at;
    };
    struct Scope {
        std::size_t names, depth;
    };
    using Steps = std::vector<Node*>; // what is bound, one after the other

    Node* make(Op op, Node* a = nullptr, Node* b = nullptr, Node* c = nullptr);
    Node* literal(Value value);
    Node* text(std::string_view text) { return literal(store_.text(std::string(text))); }
    Node* named(std::string_view name, Node* argument = nullptr);

    void fail(std::string const& message, std::size_t at);
    void unexpected(std::string_view expecting = {});
    bool accept(std::string_view sign);
    void expect(std::string_view sign, std::string_view expecting = {});

    void enter(std::string_view name, Binds binds) { names_.push_back({std::string(name), binds, depth_++}); }
    [[nodiscard]] Scope scope() const { return {names_.size(), depth_}; }
    void leave(Scope const& to) {
        names_.resize(to.names, {{}, Binds::nothing, 0});
        depth_ = to.depth;
    }
    [[nodiscard]] Name const* find(std::string_view name, Binds binds, std::size_t arity = 0) const;
    [[nodiscard]] Node* bound(std::size_t depth, Op op = Op::variable);
    Definition* library(std::string_view name, std::size_t arity);

    Node* pipe();
    Node* expression(int least);
    Node* unary();
    Node* postfix(bool binds = true);
    Node* primary();
    Node* brackets(Node* of);
    Node* name_at_dot(Node* of);
    Node* string(std::string_view format);
    void escape(std::string& into);
    Node* condition(std::size_t at);
    Node* attempt();
    Node* fold(Op op);
    Node* label();
    Node* object();
    void member(Node& into);
    Node* call(std::string_view name, std::size_t at);
    Node* call_of(std::string_view name, Steps arguments, std::size_t at);
    Node* variable(std::string_view name, std::size_t at);
    void definition(Definition& made);
    Node* binding(Node* source);
    Node* alternatives(Node* source, std::size_t first);
    void pattern(Node* from, Steps& steps);
    void object_pattern(std::size_t source, Steps& steps);
    Node* wrap(Steps const& steps, std::size_t first, Node* body);

    Program& program_;
    Store& store_;
    std::vector<Name> names_;
    std::vector<Mistake> mistakes_;
    std::string open_; // brackets
    std::size_t depth_ = 0;
    int nesting_ = 0;
    bool broken_ = false; // a syntax error: the rest of the text is as if it were not there
};

}
