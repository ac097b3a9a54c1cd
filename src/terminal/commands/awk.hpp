#pragma once
// A parsed awk program: the tree that awk_parse.cpp builds and awk_run.cpp walks. gawk's language but for namespaces,
// extensions, SYMTAB and FUNCTAB: arrays in arrays, switch, indirect calls, BEGINFILE, FPAT, FIELDWIDTHS, RT,
// IGNORECASE, PROCINFO["sorted_in"] and co-processes are there. Names are resolved to slots when the program is read.
// Mistakes are worded as gawk words them, with the place.

#include "ground/result.hpp"
#include "terminal/regex/regex.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands::awk {

constexpr int max_nesting = 200;             // brackets and blocks inside each other in a program
constexpr int max_depth = 1000;              // of the tree: a long sum leans to the left
constexpr int max_calls = 1000;              // functions inside each other at run time
constexpr std::size_t max_items = 1'000'000; // in all arrays

enum class Kind : std::uint8_t {
    // expressions
    number,
    text,
    regex,
    strong_regex, // @/x/: a value of its own
    variable,
    element,
    field,
    assign,
    choice,
    either,
    both,
    not_,
    negative,
    positive,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    power,
    concatenate,
    less,
    less_equal,
    equal,
    not_equal,
    greater,
    greater_equal,
    match,
    no_match,
    in,
    in_several,
    increment,
    call,
    builtin,
    getline,
    group,
    brackets,
    // statements
    block,
    expression,
    print,
    printf,
    if_,
    while_,
    do_,
    for_,
    for_in,
    switch_,
    case_, // without a part: default
    break_,
    continue_,
    next,
    next_file,
    exit,
    return_,
    delete_,
};

enum class Into : std::uint8_t { nothing, file, append, pipe, both };

struct Node;
using NodePtr = std::unique_ptr<Node>;

struct Node {
    Kind kind = Kind::number;
    std::string text;       // name, string
    double number = 0;      // number; assign: the operator character
    int slot = -1;          // variable: global (>= 0); call: function, or -1 if `target` names it; builtin: Builtin
    bool is_local = false;  // variable: slot in the frame
    bool is_prefix = false; // increment
    bool decrements = false;
    Into into = Into::nothing; // print: where to; getline: from a file or a pipe
    std::vector<NodePtr> parts;
    NodePtr target; // of > | and getline <
    int line = 0;
    int depth = 0;
    mutable std::uint8_t waits = 0; // not known yet; 1 yes, 2 no (Interpreter::waits)
    mutable regex::Regex const* compiled = nullptr;
    mutable unsigned compiled_in = 0; // the generation of Interpreter's cache that `compiled` is of
};

struct Function {
    std::string name;
    std::vector<std::string> parameters;
    NodePtr body;
};

enum class When : std::uint8_t { begin, end, begin_file, end_file, always, expression, range };

struct Rule {
    When when = When::always;
    NodePtr first, last;
    NodePtr body; // null: print the record
    bool in_range = false;
};

struct Program {
    std::vector<Rule> rules;
    std::vector<Function> functions;
    std::vector<std::string> globals;
    std::string warnings;
    std::string told, told_regex; // letters that escape_warnings has spoken about
};

// Where the text of the program comes from: a name (empty for the command line) and its first line in the whole.
struct Source {
    std::string name;
    int first_line = 1;
};
// "cmd. line:3: " or "prog.awk:3: "
[[nodiscard]] std::string place_of(std::vector<Source> const& sources, int line);

// The variables that every program has, in this order, from slot 0.
enum Special : std::uint8_t {
    nr,
    nf,
    fnr,
    fs,
    ofs,
    ors,
    rs,
    filename,
    subsep,
    rstart,
    rlength,
    convfmt,
    ofmt,
    rt,
    argind,
    error_text,
    ignorecase,
    fpat,
    fieldwidths,
    argc,
    argv,
    environ,
    procinfo,
    special_count
};
constexpr std::string_view special_names[] = {"NR",          "NF",       "FNR",    "FS",      "OFS",        "ORS",
                                              "RS",          "FILENAME", "SUBSEP", "RSTART",  "RLENGTH",    "CONVFMT",
                                              "OFMT",        "RT",       "ARGIND", "ERRNO",   "IGNORECASE", "FPAT",
                                              "FIELDWIDTHS", "ARGC",     "ARGV",   "ENVIRON", "PROCINFO"};

enum class Builtin : std::uint8_t {
    length,
    substr,
    index,
    split,
    patsplit,
    sub,
    gsub,
    gensub,
    match,
    sprintf,
    sin,
    cos,
    atan2,
    exp,
    log,
    sqrt,
    int_,
    rand,
    srand,
    tolower,
    toupper,
    system,
    close,
    fflush,
    strftime,
    systime,
    mktime,
    asort,
    asorti,
    and_,
    or_,
    xor_,
    lshift,
    rshift,
    compl_,
    strtonum,
    isarray,
    typeof_,
    mkbool
};
struct BuiltinName {
    std::string_view name;
    std::uint8_t least, most; // arguments
};
constexpr BuiltinName builtins[] = {
    {"length", 0, 1},   {"substr", 2, 3},  {"index", 2, 2},  {"split", 2, 4},  {"patsplit", 2, 4},
    {"sub", 2, 3},      {"gsub", 2, 3},    {"gensub", 3, 4}, {"match", 2, 3},  {"sprintf", 1, 99},
    {"sin", 1, 1},      {"cos", 1, 1},     {"atan2", 2, 2},  {"exp", 1, 1},    {"log", 1, 1},
    {"sqrt", 1, 1},     {"int", 1, 1},     {"rand", 0, 0},   {"srand", 0, 1},  {"tolower", 1, 1},
    {"toupper", 1, 1},  {"system", 1, 1},  {"close", 1, 2},  {"fflush", 0, 1}, {"strftime", 0, 3},
    {"systime", 0, 0},  {"mktime", 1, 2},  {"asort", 1, 3},  {"asorti", 1, 3}, {"and", 2, 99},
    {"or", 2, 99},      {"xor", 2, 99},    {"lshift", 2, 2}, {"rshift", 2, 2}, {"compl", 1, 1},
    {"strtonum", 1, 1}, {"isarray", 1, 1}, {"typeof", 1, 2}, {"mkbool", 1, 1}};

// The error's message is all that is to be said, lines and program name included.
[[nodiscard]] Result<Program> parse(std::string_view text, std::vector<Source> const& sources);
// "\n", "\/", "\"", "\101" of awk strings undone; letters that need no backslash are added to `odd`.
[[nodiscard]] std::string unescaped_text(std::string_view text, std::string& odd);
// The escapes of a regular expression that mean nothing, added to `odd`.
void add_odd_escapes(std::string_view pattern, std::string& odd);
// Warnings about those letters of `odd` that are not in `told`, which gets them; `start` opens each line.
[[nodiscard]] std::string escape_warnings(std::string_view odd, std::string& told, std::string const& start,
                                          bool of_regex);

}
