#pragma once
// What the words of a find command mean: where to begin and the expression to try on every file. Reading the words and
// walking the folders are apart: find_parse.cpp and find.cpp.
//
//   FindPlan plan; if (!parse_find(p, plan)) co_return 1;

#include "terminal/process.hpp"
#include "terminal/regex/regex.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cw::terminal::commands {

enum class FindTest : std::uint8_t {
    yes,
    no,
    name,
    path,
    link_name,
    regular_expression,
    type,
    size,
    empty,
    newer,
    age,
    permissions,
    user,
    group,
    links,
    inode,
    same_file,
    access,
    prune,
    print,
    print0,
    format,
    list,
    remove,
    execute,
    quit,
    both,
    either,
    not_this,
    comma
};
enum class FindCompare : std::uint8_t { exactly, more, less };

struct FindExpression {
    FindTest test = FindTest::yes;
    std::unique_ptr<FindExpression> left, right;
    std::string text;                 // pattern, format, types
    std::vector<std::string> command; // -exec
    std::vector<std::string> batch;   // waiting names of -exec ... +
    bool folds_case = false, batches = false, from_folder = false, asks = false, exits = false;
    std::int64_t number = 0, unit = 1;
    std::uint32_t which_time = 'm';
    FindCompare compare = FindCompare::exactly;
    char mode = 0; // -perm: '-' all, '/' any
    regex::Regex regex;
    FilePtr file;       // of -fprint and the like
    std::string folder; // of -execdir's batch
};
using FindExpressionPtr = std::unique_ptr<FindExpression>;

struct FindPlan {
    std::vector<std::string> roots;
    FindExpressionPtr expression;
    std::vector<FindExpression*> batches;
    std::int64_t least_depth = 0, most_depth = INT64_MAX;
    bool depth_first = false, follow = false, follow_roots = false, has_action = false;
    regex::Flavor flavor = regex::Flavor::basic;
    bool is_emacs = true; // the syntax of -regex without -regextype
};

// Reads p.argv; false after a message.
bool parse_find(Process& p, FindPlan& plan);

}
