#pragma once
// A parsed awk program: the tree that awk_parse.cpp builds and awk.cpp walks. POSIX awk with what people use of gawk
// (length of arrays, delete of arrays, printf to pipes and files, tolower, match with an array, gensub, strftime,
// asort, ENVIRON, IGNORECASE not). Names are resolved to slots when the program is read.

#include "ground/result.hpp"
#include "terminal/regex/regex.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands::awk {

constexpr int max_nesting = 200;             // brackets and blocks inside each other in a program
constexpr int max_calls = 500;               // functions inside each other at run time
constexpr std::size_t max_items = 1'000'000; // in all arrays

enum class Kind : std::uint8_t {
    // expressions
    number,
    text,
    regex,
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
    break_,
    continue_,
    next,
    next_file,
    exit,
    return_,
    delete_,
};

enum class Into : std::uint8_t { nothing, file, append, pipe };

struct Node;
using NodePtr = std::unique_ptr<Node>;

struct Node {
    Kind kind = Kind::number;
    std::string text;       // name, string
    double number = 0;      // number; assign: the operator character
    int slot = -1;          // variable: global (>= 0); call: function
    bool is_local = false;  // variable: slot in the frame
    bool is_prefix = false; // increment
    bool decrements = false;
    Into into = Into::nothing; // print: where to; getline: from a file or a pipe
    std::vector<NodePtr> parts;
    NodePtr target;   // of > | and getline <
    int pattern = -1; // regex
    int line = 0;
    mutable std::uint8_t waits = 0; // not known yet; 1 yes, 2 no (Interpreter::waits)
};

struct Function {
    std::string name;
    std::vector<std::string> parameters;
    NodePtr body;
};

enum class When : std::uint8_t { begin, end, always, expression, range };

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
    std::vector<regex::Regex> patterns;
};

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
    environ,
    argc,
    argv,
    special_count
};
constexpr std::string_view special_names[] = {"NR",   "NF",       "FNR",    "FS",     "OFS",     "ORS",
                                              "RS",   "FILENAME", "SUBSEP", "RSTART", "RLENGTH", "CONVFMT",
                                              "OFMT", "ENVIRON",  "ARGC",   "ARGV"};

[[nodiscard]] Result<Program> parse(std::string_view source);
// "\n", "\/", "\"", "\101" of awk strings undone.
[[nodiscard]] std::string unescaped_text(std::string_view text);

}
