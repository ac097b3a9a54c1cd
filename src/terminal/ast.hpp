#pragma once
// What the parser makes of shell text: commands made of words made of parts. Nothing here is evaluated. A command is
// shared, because a function or a background job may outlive the line it was read from. `awaits` on a word says that
// its expansion runs commands and so cannot be done by a plain function.
//
//   ls -l "$dir"/*.txt   ->  SimpleCommand{ words: [ls] [-l] [ (double $dir) /*.txt ] }

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cw::terminal {

struct Parameter;
struct ListCommand;
struct Assignment;

enum class PartKind : std::uint8_t {
    literal,       // text; `quoted` when it came from quotes or after a backslash
    double_quoted, // inner
    parameter,     // $x ${x...}
    command,       // $(...) and `...`
    arithmetic,    // $((...)) and $[...]: inner is the expression
    subscript,     // [...] in an expression: inner is expanded, then quoted against the expansion of the subscript
    process_in,    // <(...)
    process_out,   // >(...)
};

struct Part {
    PartKind kind = PartKind::literal;
    bool quoted = false;
    std::string text;
    std::vector<Part> inner;
    std::shared_ptr<Parameter> parameter;
    std::shared_ptr<ListCommand> commands;
};

struct Word {
    std::vector<Part> parts;
    std::string source;                     // as written
    bool awaits = false;                    // has a command or process substitution
    bool may_brace = false;                 // has an unquoted '{'
    bool plain = false;                     // one unquoted literal without any special character: expands to itself
    std::shared_ptr<Assignment> assignment; // an argument of declare, local, export, ... that has the form of one
    [[nodiscard]] bool empty() const { return parts.empty(); }
};

enum class ParameterOp : std::uint8_t {
    none,
    default_value,  // -  :-
    assign_default, // =  :=
    error_if_unset, // ?  :?
    alternative,    // +  :+
    strip_prefix,
    strip_prefix_longest,
    strip_suffix,
    strip_suffix_longest, // # ## % %%
    replace_first,
    replace_all,
    replace_prefix,
    replace_suffix, // / // /# /%
    upper_first,
    upper_all,
    lower_first,
    lower_all,
    toggle_first,
    toggle_all, // ^ ^^ , ,, ~ ~~
    slice,      // :offset:length
    transform,  // @Q and friends
    names,      // ${!prefix*} ${!prefix@}
    keys,       // ${!array[@]}
    bad,        // a bad substitution, reported when it is expanded
};

struct Parameter {
    std::string name; // a variable, a number, or one of @ * # ? - $ !
    bool has_subscript = false;
    char every = 0; // '@' or '*': all elements (also for names: how they join)
    Word subscript;
    bool length = false;   // ${#x}
    bool indirect = false; // ${!x}
    bool colon = false;    // the form that also treats empty as unset
    bool has_second = false;
    ParameterOp op = ParameterOp::none;
    char transform = 0;
    Word operand;        // default word, pattern, or offset
    Word second;         // replacement or length
    std::string source;  // "${...}"
    bool simple = false; // $name and nothing else
};

struct ArrayElement {
    bool has_subscript = false, append = false;
    Word subscript, value;
};

struct Assignment {
    std::string name;
    bool has_subscript = false, append = false, is_array = false;
    Word subscript;
    Word value;
    std::vector<ArrayElement> elements;
    std::string source;
};

enum class RedirectOp : std::uint8_t {
    input,       // <
    output,      // >
    clobber,     // >|
    append,      // >>
    read_write,  // <>
    dup_input,   // <&
    dup_output,  // >&
    both,        // &>  and >&word
    both_append, // &>>
    here_document,
    here_string,
};

struct Redirect {
    RedirectOp op = RedirectOp::input;
    int fd = -1;           // -1: the operator's own default
    std::string variable;  // {name}>
    Word target;           // or the body of a here-document
    std::string delimiter; // of a here-document, for printing
    bool literal_body = false, strip_tabs = false;
    int line = 0;
};

enum class CommandKind : std::uint8_t {
    simple,
    list,
    and_or,
    pipeline,
    group,
    subshell,
    if_,
    loop,
    for_each,
    for_arithmetic,
    select,
    case_,
    function,
    arithmetic,
    conditional,
    coprocess,
};

struct Syntax : std::enable_shared_from_this<Syntax> {
    CommandKind kind;
    int line = 0;
    std::vector<Redirect> redirects;
    explicit Syntax(CommandKind of) : kind(of) {}
    virtual ~Syntax() = default;
};
using SyntaxPtr = std::shared_ptr<Syntax>;

struct SimpleCommand : Syntax {
    SimpleCommand() : Syntax(CommandKind::simple) {}
    std::vector<Assignment> assignments;
    std::vector<Word> words;
    bool awaits = false; // some word or redirection needs commands to run
    std::string source;
};

struct ListCommand : Syntax { // a; b & c
    ListCommand() : Syntax(CommandKind::list) {}
    struct Item {
        SyntaxPtr command;
        bool background = false;
        bool newline = false; // ends at one, not at a `;`
        std::string source;
    };
    std::vector<Item> items;
};

struct AndOrCommand : Syntax { // a && b || c
    AndOrCommand() : Syntax(CommandKind::and_or) {}
    struct Item {
        bool is_or = false; // how it joins to what is before
        SyntaxPtr command;
    };
    std::vector<Item> items;
};

struct PipelineCommand : Syntax {
    PipelineCommand() : Syntax(CommandKind::pipeline) {}
    bool negated = false, timed = false, posix_time = false;
    std::vector<SyntaxPtr> stages;
};

struct GroupCommand : Syntax { // { ...; } or ( ... )
    explicit GroupCommand(CommandKind of) : Syntax(of) {}
    std::shared_ptr<ListCommand> body;
    int end_line = 0; // of a subshell's bracket
};

struct IfCommand : Syntax {
    IfCommand() : Syntax(CommandKind::if_) {}
    struct Arm {
        std::shared_ptr<ListCommand> condition, body;
    };
    std::vector<Arm> arms;
    std::shared_ptr<ListCommand> otherwise;
};

struct LoopCommand : Syntax { // while, until
    LoopCommand() : Syntax(CommandKind::loop) {}
    bool until = false;
    std::shared_ptr<ListCommand> condition, body;
};

struct ForCommand : Syntax { // for, select
    explicit ForCommand(CommandKind of) : Syntax(of) {}
    std::string variable;
    bool has_in = false;
    std::vector<Word> words;
    std::shared_ptr<ListCommand> body;
};

struct ForArithmeticCommand : Syntax {
    ForArithmeticCommand() : Syntax(CommandKind::for_arithmetic) {}
    Word start, test, step;
    std::shared_ptr<ListCommand> body;
};

struct CaseCommand : Syntax {
    CaseCommand() : Syntax(CommandKind::case_) {}
    enum class After : std::uint8_t { stop, fall_through, test_next }; // ;;  ;&  ;;&
    struct Arm {
        std::vector<Word> patterns;
        std::shared_ptr<ListCommand> body;
        After after = After::stop;
    };
    Word subject;
    std::vector<Arm> arms;
};

struct FunctionCommand : Syntax {
    FunctionCommand() : Syntax(CommandKind::function) {}
    std::string name;
    SyntaxPtr body;
    bool keyword = false;
};

struct ArithmeticCommand : Syntax { // (( ... ))
    ArithmeticCommand() : Syntax(CommandKind::arithmetic) {}
    Word expression;
};

struct Condition { // inside [[ ]]
    enum class Kind : std::uint8_t { word, unary, binary, not_, and_, or_, group };
    Kind kind = Kind::word;
    std::string op;
    Word left, right;
    std::unique_ptr<Condition> first, second;
};

struct ConditionalCommand : Syntax {
    ConditionalCommand() : Syntax(CommandKind::conditional) {}
    std::unique_ptr<Condition> condition;
    bool awaits = false;
};

struct CoprocessCommand : Syntax { // coproc [NAME] command
    CoprocessCommand() : Syntax(CommandKind::coprocess) {}
    std::string name = "COPROC";
    SyntaxPtr body;
};

// The command as bash prints it in `type`, `declare -f` and `jobs`: print_ast.cpp.
[[nodiscard]] std::string printed_function(std::string const& name, Syntax const& body);
// $'...' as bash keeps it: as the quoted text that it stands for.
[[nodiscard]] std::string without_ansi_quotes(std::string const& source);
[[nodiscard]] std::string printed_command(Syntax const& command);
[[nodiscard]] std::string printed_substitution(Syntax const& commands); // the inside of $(...)

}
