#pragma once
// Shell text to syntax, one complete command line at a time, as bash reads it: what comes first runs before what comes
// later is looked at, so aliases and `shopt -s extglob` work from the next line on and a late syntax error does not
// undo an early command. The grammar is bash 5.2's without coproc. Bounds: limits::tokens, limits::nesting.
//
//   Parser parser("echo hi; ls\n", options);
//   for (Parser::Step step; (step = parser.next()).kind == Parser::Kind::command;) run(*step.list);

#include "terminal/ast.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

struct ParserOptions {
    bool extended_globs = false;
    bool here_document_warning = true;
    bool posix = false;
    int first_line = 1;
    int depth = 0;                                               // nesting already used up by who calls
    std::function<std::string const*(std::string const&)> alias; // null, or the text of an alias
};

struct ParseProblem {
    enum class Kind : std::uint8_t {
        none,
        unexpected_token,
        end_of_file,
        unmatched,
        limit,
        bad_for_name,
        condition,
        array, // inside NAME=( )
        other
    };
    Kind kind = Kind::none;
    std::string message; // after "bash: line N: "
    int line = 0;
    int status = 2;
    bool show_line = false; // bash prints the offending line after it
    std::string source_line, source_prefix;
};

class Parser {
  public:
    enum class Kind : std::uint8_t { command, end, incomplete, error };
    struct Step {
        Kind kind = Kind::end;
        std::shared_ptr<ListCommand> list;
    };

    Parser(std::string text, ParserOptions options);

    // The next line's commands. `incomplete`: the text ends inside a command (the problem has the words for it).
    Step next();
    [[nodiscard]] ParseProblem const& problem() const { return problem_; }
    [[nodiscard]] std::size_t position() const { return at_; } // bytes of the text used so far
    // Whether the text of an alias goes on here, after a newline in it.
    [[nodiscard]] bool is_inside_alias() const {
        for (AliasGuard const& guard : alias_guards_)
            if (guard.end > at_) return true;
        return false;
    }
    // The same without what aliases put in.
    [[nodiscard]] std::size_t original_position() const {
        return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at_) - alias_growth_);
    }
    [[nodiscard]] std::string text_between(std::size_t from, std::size_t to) const {
        return text_.substr(from, to - from);
    }
    [[nodiscard]] int line() const { return line_; }
    // The next line, from `ahead` bytes on, with its newline; and the putting of other text in place of what comes.
    [[nodiscard]] std::string_view next_line(std::size_t ahead) const;
    void replace_next(std::size_t length, std::string_view text) { text_.replace(at_, length, text); }
    void skip_line(); // to the next one, after a problem
    // "here-document at line 3 delimited by end-of-file (wanted `EOF')", with their lines.
    [[nodiscard]] std::vector<std::pair<int, std::string>> const& warnings() const { return warnings_; }
    void clear_warnings() { warnings_.clear(); }
    void set_extended_globs(bool on) { options_.extended_globs = on; }
    void set_posix(bool on) { options_.posix = on; }
    // More text at the end, for a reader that gets it in lines.
    void append(std::string_view text) { text_ += text; }

    // Whole-text readers, used where bash expands a string again: the body of a here-document or a prompt (as in
    // double quotes but with " ordinary), and an arithmetic expression or subscript.
    static Word quoted_text(std::string_view text, ParserOptions const& options);
    static Word bracketed_text(std::string_view text, ParserOptions const& options); // "(a 'b c')", quotes removed
    static Word arithmetic_text(std::string_view text, ParserOptions const& options);
    // The inside of name[...], where a key is quoted like a word.
    static Word subscript_text(std::string_view text, ParserOptions const& options);
    // A single word with all quoting, for `declare a='(x y)'`-like re-reading; elements of "(...)".
    static bool array_text(std::string_view text, ParserOptions const& options, std::vector<ArrayElement>& out);

  private:
    enum class TokenKind : std::uint8_t { end, newline, op, word, io_number, io_variable };
    struct Token {
        TokenKind kind = TokenKind::end;
        std::string op;
        Word word;
        int number = 0;
        std::size_t start = 0, end = 0;
        int line = 0;
    };
    enum class Quoting : std::uint8_t { none, double_quotes, here_document, arithmetic, nested };
    struct WordMode {
        bool assignment = false; // NAME=( and NAME[ ]= are special
        bool regex = false;      // ( ) | belong to the word
        bool pattern = false;    // extended globs even if the option is off
        bool joined = false;     // NAME=( ... ) is one word, text like any other
    };
    struct PendingDocument {
        std::shared_ptr<Syntax> owner;
        std::size_t index = 0; // in owner->redirects
        int line = 0;
    };

    // lexer.cpp
    [[nodiscard]] char peek_char(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    void advance_char();
    void skip_blanks();
    Token const& peek(); // as it was last read
    Token const& peek(WordMode mode);
    Token take();
    Token read_token(WordMode mode);
    bool read_operator(Token& token);
    bool read_io_prefix(Token& token);
    void rewind();
    void read_pending_documents();
    void read_document_body(PendingDocument const& pending);
    bool expand_alias();
    void bad_condition(std::string message, Token const& token);
    [[nodiscard]] std::string shown_token(Token const& token) const;
    bool fail(ParseProblem::Kind kind, std::string message, int line, bool show_line);
    bool unexpected(Token const& token);
    [[nodiscard]] bool failed() const { return problem_.kind != ParseProblem::Kind::none; }
    bool enter(); // one level deeper; false past the limit

    // parser_word.cpp
    Word read_word(WordMode mode);
    void read_word_parts(Word& word, WordMode mode);
    bool read_quoted_piece(std::vector<Part>& parts);
    bool read_regex_character(std::vector<Part>& parts, int& brackets);
    void read_single_quoted(std::vector<Part>& parts);
    void read_ansi_quoted(std::vector<Part>& parts);
    void read_double_quoted(std::vector<Part>& parts);
    void read_double_content(std::vector<Part>& parts, char close, Quoting quoting);
    void read_backquoted(std::vector<Part>& parts, bool in_double_quotes);
    void read_extended_glob(std::vector<Part>& parts);
    void read_bracketed(std::vector<Part>& parts);
    [[nodiscard]] std::string with_printed_substitutions(std::size_t from) const; // the text up to the cursor
    bool read_array_elements(std::vector<ArrayElement>& elements);
    [[nodiscard]] bool opens_subscript() const;
    [[nodiscard]] std::size_t assignment_prefix() const; // length of NAME= NAME+= NAME[...]= at the cursor, or 0
    void read_assignment(Word& word);
    static void finish(Word& word, std::string_view source);

    // parser_parameter.cpp
    void read_dollar(std::vector<Part>& parts, Quoting quoting);
    void read_command_substitution(std::vector<Part>& parts, PartKind kind);
    bool read_arithmetic_substitution(std::vector<Part>& parts);
    void read_braced_parameter(std::vector<Part>& parts, Quoting quoting);
    bool read_parameter_name(Parameter& parameter);
    void read_parameter_operation(Parameter& parameter, Quoting quoting);
    bool read_parameter_operator(Parameter& parameter);
    void read_subscript(Word& subscript);
    Word read_operand(std::string_view stop, Quoting quoting, bool is_pattern);
    Word read_slice_part(bool stop_at_colon);
    std::size_t matching_brace(std::size_t from) const;

    // parser.cpp
    std::shared_ptr<ListCommand> parse_list(bool top_level);
    std::shared_ptr<ListCommand> parse_body(std::vector<std::string_view> const& ends);
    SyntaxPtr parse_and_or();
    SyntaxPtr parse_pipeline();
    SyntaxPtr parse_command();
    SyntaxPtr parse_simple();
    [[nodiscard]] int line_after_blanks() const;
    bool parse_redirect(Syntax& owner);
    void parse_redirects(Syntax& owner);
    void skip_newlines();
    [[nodiscard]] bool is_reserved(Token const& token, std::string_view word) const;
    bool expect(std::string_view word);
    bool ends_list(Token const& token) const;

    // parser_compound.cpp
    SyntaxPtr parse_compound(std::string const& word);
    SyntaxPtr parse_if();
    SyntaxPtr parse_loop(bool until);
    SyntaxPtr parse_for(bool select);
    SyntaxPtr parse_for_arithmetic(int line);
    SyntaxPtr parse_case();
    bool parse_case_arm(CaseCommand& command);
    SyntaxPtr parse_group();
    SyntaxPtr parse_subshell();
    SyntaxPtr parse_arithmetic_command();
    SyntaxPtr parse_function(std::string name, bool keyword, int line);
    SyntaxPtr parse_function_keyword();
    SyntaxPtr parse_coprocess();
    [[nodiscard]] bool begins_compound(std::size_t at) const;
    SyntaxPtr parse_conditional();
    std::unique_ptr<Condition> parse_condition_or();
    std::unique_ptr<Condition> parse_condition_and();
    std::unique_ptr<Condition> parse_condition_term();
    std::unique_ptr<Condition> parse_condition_test();
    std::shared_ptr<ListCommand> parse_do_body();

    std::string text_;
    ParserOptions options_;
    std::size_t at_ = 0;
    int line_ = 1;
    std::size_t tokens_ = 0;
    int depth_ = 0;
    int condition_line_ = 0; // of the last [[
    ParseProblem problem_;
    std::vector<std::pair<int, std::string>> warnings_;
    bool has_token_ = false;
    Token token_;
    WordMode token_mode_;
    std::vector<PendingDocument> pending_;
    struct Printed { // a command substitution as words show it, in place of that range
        std::size_t start = 0, end = 0;
        std::string text;
    };
    std::vector<Printed> printed_;
    int substitutions_ = 0;      // this is inside of
    bool has_expansion_ = false; // in an arithmetic text
    struct AliasGuard {
        std::string name;
        std::size_t end = 0;
    };
    std::vector<AliasGuard> alias_guards_;
    std::ptrdiff_t alias_growth_ = 0;
    std::size_t alias_next_at_ = std::string::npos; // after an alias that ends in a blank
};

}
