#pragma once
// Words to fields: braces, tilde, parameters, arithmetic, command substitution, field splitting, globs, quote removal,
// in bash's order. A word without a command substitution is expanded by a plain function; one that `awaits` by the Task
// of the same name. Errors are printed and left in the interpreter's `failure`; what was made by then is dropped.
//
//   Expander expander(shell);
//   std::vector<std::string> fields;
//   expander.fields(word, fields);               // or: co_await expander.fields_later(word, fields)

#include "terminal/ast.hpp"
#include "terminal/interpreter.hpp"
#include "terminal/pattern.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw::terminal {

// What the result of an expansion without splitting is for: quoted characters are escaped accordingly, and every one of
// them in a pattern that set -x shows.
enum class Purpose : std::uint8_t { text, pattern, traced_pattern, regex, replacement };

// Collects fields while a word is expanded.
class FieldBuilder {
  public:
    FieldBuilder(std::string_view separators, bool splits) : separators_(separators), splits_(splits) {
        for (char const c : separators) wide_separators_ = wide_separators_ || static_cast<unsigned char>(c) >= 0x80;
    }
    void add_literal(std::string_view text, bool quoted);
    void add_value(std::string_view text, bool quoted); // split if not quoted
    void open() { open_ = true; }                       // even if it stays empty
    void break_field();
    void finish() {
        if (open_) push();
    }
    struct Field {
        std::string text;
        std::vector<std::pair<std::size_t, std::size_t>> quoted; // ranges that are no pattern
        bool may_glob = false;
        bool value_glob = false; // a special character came from a value: backslashes there escape
    };
    std::vector<Field> fields;

  private:
    void push();
    void append(std::string_view text, bool quoted);
    Field current_;
    bool wide_separators_ = false; // some take several bytes
    std::string separators_;
    bool splits_;
    bool open_ = false;
    bool blank_ended_ = false; // the last field ended at an IFS blank, so one other separator belongs to it
};

class Expander {
  public:
    explicit Expander(Interpreter& shell) : shell_(shell) {}

    bool fields(Word const& word, std::vector<std::string>& out);
    bool fields(std::vector<Word> const& words, std::vector<std::string>& out);
    std::string single(Word const& word, Purpose purpose = Purpose::text);
    // What stands in name[...]: a key is a word, an index is arithmetic, where single quotes and backslashes stay.
    std::string subscript(std::string const& name, Word const& word);
    Task<std::string> subscript_later(std::string const& name, Word const& word);
    // An assignment's value: tilde also after ':'.
    std::string value(Word const& word);
    std::string arithmetic_text(std::vector<Part> const& parts); // of $((...))

    Task<bool> fields_later(Word const& word, std::vector<std::string>& out);
    Task<std::string> single_later(Word const& word, Purpose purpose = Purpose::text);
    Task<std::string> value_later(Word const& word);
    Task<std::string> arithmetic_text_later(std::vector<Part> const& parts);

    // The prompt's and ${x@P}'s second step: parameters, substitutions and arithmetic in a text as in double quotes.
    std::string quoted_text(std::string const& text);

  private:
    std::optional<Word> index_word(std::string const& name, Word const& word); // if it differs from the key's
    // Where expanded pieces go: into fields, or into one string.
    struct Sink {
        FieldBuilder* fields = nullptr;
        std::string* text = nullptr;
        Purpose purpose = Purpose::text;
        bool assignment = false;
        bool skips_empty = false; // "$x$@": what is empty makes no field
        bool operand = false;     // of ${x:-...}: its literal text is split like a value
    };
    struct Value {
        bool set = false, is_list = false;
        char every = 0;
        std::string text;
        std::vector<std::string> items;
        std::vector<std::string> keys; // for slices of associative arrays and @k
        std::string name;              // what was expanded, after indirection
        std::string subscript;
        bool has_subscript = false;
    };
    enum class Need : std::uint8_t { nothing, word, strings, stop };

    static void emit(Sink& sink, std::string_view text, bool quoted, bool is_value);
    void emit_list(Sink& sink, std::vector<std::string> const& items, char every, bool quoted);
    void emit_value(Sink& sink, Value const& value, bool quoted);
    void parts(std::vector<Part> const& parts, bool quoted, Sink& sink);
    void part(Part const& part, bool quoted, Sink& sink);
    void double_quoted(Part const& part, Sink& sink);
    static void emit_subscript(std::string const& text, Sink& sink);
    bool opens_quotes(Part const& part);
    bool opens_field(Part const& part); // "" keeps a field, "$@" of nothing does not
    void parameter(Parameter const& parameter, bool quoted, Sink& sink);
    bool simple_parameter(Parameter const& parameter, bool quoted, Sink& sink);
    void arithmetic(std::string const& expression, bool quoted, Sink& sink);
    Task<bool> parts_later(std::vector<Part> const& parts, bool quoted, Sink& sink);
    Task<bool> parameter_later(Parameter const& parameter, bool quoted, Sink& sink);

    bool resolve(Parameter const& parameter, std::string const& subscript, Value& value);
    bool resolve_named(std::string const& name, Parameter const& parameter, std::string const& subscript, Value& value);
    bool resolve_indirect(Parameter const& parameter, Value& value);
    bool list_value(std::string const& name, char every, Value& value);
    Need need(Parameter const& parameter, Value const& value, bool quoted, Sink& sink);
    void apply(Parameter const& parameter, Value& value, std::string const& operand, std::string const& second,
               bool quoted, Sink& sink);
    void apply_each(Parameter const& parameter, Value& value, std::string const& operand, std::string const& second);
    std::string changed(Parameter const& parameter, std::string const& text, std::string const& operand,
                        std::string const& second);
    std::string replaced(Parameter const& p, std::string const& text, std::string pattern,
                         std::string const& replacement);
    std::string case_changed(ParameterOp op, std::string const& text, std::string const& pattern);
    bool slice(Parameter const& parameter, Value& value, std::string const& offset, std::string const& length);
    void transform(Parameter const& parameter, Value& value);
    std::string transformed(char how, std::string const& text, Value const& value);
    void assign_default(Parameter const& parameter, Value& value, std::string const& operand);
    void error_unset(Parameter const& parameter, Value const& value, std::string const& operand);
    bool check_bound(Parameter const& parameter, Value const& value);
    static Purpose operand_purpose(ParameterOp op);

    // Tilde at the start (and after ':' in an assignment) of literal text; the pieces go to the sink.
    bool tilde(std::vector<Part> const& parts, Sink& sink, std::size_t& used);
    std::string home_of(std::string_view user, bool& found);
    void literal_with_tildes(std::string_view text, bool at_start, bool last, Sink& sink);
    bool finish_fields(FieldBuilder& builder, std::vector<std::string>& out);
    [[nodiscard]] PatternOptions pattern_options() const;

    Interpreter& shell_;
};

// {a,b} and {1..9}: the words it stands for; empty if it has no braces to expand. expand_brace.cpp
[[nodiscard]] std::vector<Word> expand_braces(Word const& word, std::size_t limit);
// File names that match, sorted; empty if none. `pattern` has its quoted characters escaped. glob.cpp
[[nodiscard]] std::vector<std::string> glob(Interpreter& shell, std::string_view pattern);
// \u \w and the like of a prompt. prompt.cpp
[[nodiscard]] std::string decoded_prompt(Interpreter& shell, std::string_view text);

}
