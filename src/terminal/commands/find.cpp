#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/find_format.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"
#include "terminal/regex/regex.hpp"

#include <algorithm>
#include <memory>

namespace cw::terminal {

namespace {

constexpr int max_nesting = 100;
constexpr std::size_t exec_batch_bytes = 100'000;

enum class Test : std::uint8_t {
    yes,
    no,
    name,
    path,
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
enum class Compare : std::uint8_t { exactly, more, less };

struct Expression {
    Test test = Test::yes;
    std::unique_ptr<Expression> left, right;
    std::string text;                 // pattern, format, types
    std::vector<std::string> command; // -exec
    std::vector<std::string> batch;   // waiting names of -exec ... +
    bool folds_case = false, batches = false, from_folder = false, asks = false, exits = false;
    std::int64_t number = 0, unit = 1;
    std::uint32_t which_time = 'm';
    Compare compare = Compare::exactly;
    char mode = 0; // -perm: '-' all, '/' any
    regex::Regex regex;
};
using ExpressionPtr = std::unique_ptr<Expression>;

struct FindPlan {
    std::vector<std::string> roots;
    ExpressionPtr expression;
    std::vector<Expression*> batches;
    std::int64_t least_depth = 0, most_depth = INT64_MAX;
    bool depth_first = false, follow = false, follow_roots = false, has_action = false;
    regex::Flavor flavor = regex::Flavor::basic;
};

class FindParser {
  public:
    FindParser(Process& p, FindPlan& plan) : p_(p), plan_(plan), words_(p.argv) {}

    // False after a message.
    bool run() {
        at_ = 1;
        for (; at_ < words_.size() && (words_[at_] == "-L" || words_[at_] == "-H" || words_[at_] == "-P"); ++at_) {
            plan_.follow = words_[at_] == "-L";
            plan_.follow_roots = words_[at_] != "-P";
        }
        while (at_ < words_.size() && !starts_expression(words_[at_])) plan_.roots.push_back(words_[at_++]);
        if (plan_.roots.empty()) plan_.roots.emplace_back(".");
        if (at_ < words_.size()) {
            plan_.expression = parse_comma(0);
            if (failed_) return false;
            if (at_ < words_.size()) {
                if (words_[at_] == ")") return fail("you have too many ')'");
                return fail("paths must precede expression: `" + words_[at_] + "'");
            }
        }
        if (!plan_.has_action) {
            ExpressionPtr print = make(Test::print);
            plan_.expression =
                plan_.expression ? join(Test::both, std::move(plan_.expression), std::move(print)) : std::move(print);
        }
        return true;
    }

  private:
    static bool starts_expression(std::string const& word) {
        return (word.size() > 1 && word[0] == '-') || word == "(" || word == "!" || word == ")" || word == ",";
    }
    bool fail(std::string const& text) {
        if (!failed_) p_.fail(text);
        failed_ = true;
        return false;
    }
    static ExpressionPtr make(Test test) {
        auto one = std::make_unique<Expression>();
        one->test = test;
        return one;
    }
    static ExpressionPtr join(Test test, ExpressionPtr left, ExpressionPtr right) {
        ExpressionPtr one = make(test);
        one->left = std::move(left);
        one->right = std::move(right);
        return one;
    }
    [[nodiscard]] bool next_is(std::string_view a, std::string_view b = {}) const {
        return at_ < words_.size() && (words_[at_] == a || (!b.empty() && words_[at_] == b));
    }

    ExpressionPtr parse_comma(int depth) {
        ExpressionPtr left = parse_either(depth);
        while (!failed_ && next_is(",")) {
            ++at_;
            left = join(Test::comma, std::move(left), parse_either(depth));
        }
        return left;
    }
    ExpressionPtr parse_either(int depth) {
        ExpressionPtr left = parse_both(depth);
        while (!failed_ && next_is("-o", "-or")) {
            operator_ = words_[at_++];
            left = join(Test::either, std::move(left), parse_both(depth));
        }
        return left;
    }
    ExpressionPtr parse_both(int depth) {
        ExpressionPtr left = parse_not(depth);
        while (!failed_ && at_ < words_.size() && !next_is("-o", "-or") && !next_is(",", ")")) {
            if (next_is("-a", "-and")) operator_ = words_[at_++];
            if (at_ < words_.size() && !starts_expression(words_[at_])) break;
            left = join(Test::both, std::move(left), parse_not(depth));
        }
        return left;
    }
    ExpressionPtr parse_not(int depth) {
        if (depth > max_nesting) fail("expression is nested too deeply");
        if (failed_) return make(Test::no);
        if (next_is("!", "-not")) {
            operator_ = words_[at_++];
            ExpressionPtr one = make(Test::not_this);
            one->left = parse_not(depth + 1);
            return one;
        }
        if (next_is("(")) {
            ++at_;
            if (next_is(")")) fail("invalid expression; empty parentheses are not allowed.");
            ExpressionPtr inside = parse_comma(depth + 1);
            if (!next_is(")"))
                fail("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
            else
                ++at_;
            return inside;
        }
        if (at_ >= words_.size() || next_is(")", "-o")) {
            if (operator_.empty())
                fail("invalid expression; you have used a binary operator '" +
                     (at_ < words_.size() ? words_[at_] : operator_) + "' with nothing before it.");
            else
                fail("expected an expression after '" + operator_ + "'");
            return make(Test::no);
        }
        return parse_primary();
    }

    std::string argument(std::string const& option) {
        if (at_ < words_.size()) return words_[at_++];
        fail("missing argument to `" + option + "'");
        return {};
    }
    // "+N", "-N", "N"; the rest of the text stays in `text`.
    bool number(Expression& one, std::string& text) {
        if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
            one.compare = text[0] == '+' ? Compare::more : Compare::less;
            text.erase(0, 1);
        }
        std::size_t const digits = std::min(text.find_first_not_of("0123456789"), text.size());
        auto const value = parse_count(std::string_view(text).substr(0, digits));
        text.erase(0, digits);
        one.number = value.value_or(0);
        return value.has_value();
    }
    ExpressionPtr numeric(Test test, std::string const& option, std::int64_t unit = 1) {
        ExpressionPtr one = make(test);
        std::string text = argument(option);
        std::string const whole = text;
        one->unit = unit;
        if (!failed_ && (!number(*one, text) || !text.empty()))
            fail("invalid argument `" + whole + "' to `" + option + "'");
        return one;
    }
    ExpressionPtr size_test(std::string const& option) {
        ExpressionPtr one = make(Test::size);
        std::string text = argument(option);
        std::string const whole = text;
        if (failed_) return one;
        constexpr std::string_view letters = "cwbkMG";
        constexpr std::int64_t units[] = {1, 2, 512, 1024, 1 << 20, 1 << 30};
        bool fine = number(*one, text);
        std::size_t const which = text.empty() ? 2 : letters.find(text[0]);
        fine = fine && text.size() < 2 && which != std::string_view::npos;
        if (fine)
            one->unit = units[which];
        else
            fail("invalid -size type `" + whole + "'");
        return one;
    }
    // The modification time of a file in `number`.
    ExpressionPtr newer(std::string const& option) {
        ExpressionPtr one = make(Test::newer);
        std::string const name = argument(option);
        if (failed_) return one;
        if (option.size() == 8 && option.back() == 't') {
            auto const time = parse_time(name, p_.clock().now_ns);
            if (!time) fail("I cannot figure out how to interpret " + marked(name) + " as a date or time");
            one->number = time.value_or(0);
            one->which_time = static_cast<unsigned char>(option[6]);
            return one;
        }
        auto const node = p_.vfs().lookup(p_.caller, name);
        if (!node)
            fail(marked(name) + ": " + std::string(message(node.error)));
        else
            one->number = node.value->modified_ns;
        if (option == "-anewer") one->which_time = 'a';
        if (option == "-cnewer") one->which_time = 'c';
        return one;
    }
    ExpressionPtr permissions(std::string const& option) {
        ExpressionPtr one = make(Test::permissions);
        std::string text = argument(option);
        if (failed_) return one;
        std::string const whole = text;
        if (!text.empty() && (text[0] == '-' || text[0] == '/')) {
            one->mode = text[0];
            text.erase(0, 1);
        }
        auto const mode = parse_mode(text, 0, false, 0);
        if (!mode) fail("invalid mode " + marked(whole));
        one->number = mode.value_or(0);
        return one;
    }
    ExpressionPtr execute(std::string const& option) {
        ExpressionPtr one = make(Test::execute);
        one->asks = option == "-ok" || option == "-okdir";
        one->from_folder = option == "-execdir" || option == "-okdir";
        plan_.has_action = true;
        while (at_ < words_.size() && words_[at_] != ";") {
            bool const ends = words_[at_] == "+" && !one->command.empty() && one->command.back() == "{}";
            if (ends) break;
            one->command.push_back(words_[at_++]);
        }
        if (at_ >= words_.size() || one->command.empty()) {
            fail("missing argument to `" + option + "'");
            return one;
        }
        one->batches = words_[at_++] == "+";
        if (one->batches) {
            one->command.pop_back();
            plan_.batches.push_back(one.get());
        }
        return one;
    }
    ExpressionPtr pattern(Test test, std::string const& option) {
        ExpressionPtr one = make(test);
        one->text = argument(option);
        one->folds_case = option[1] == 'i';
        if (test == Test::regular_expression && !failed_) {
            auto compiled = regex::compile(one->text, plan_.flavor,
                                           regex::whole_lines | (one->folds_case ? regex::ignore_case : 0));
            if (!compiled)
                fail("failed to compile regular expression '" + one->text + "': " + compiled.error().message);
            else
                one->regex = std::move(*compiled);
        }
        return one;
    }
    ExpressionPtr owner(Test test, std::string const& option) {
        ExpressionPtr one = make(test);
        std::string const name = argument(option);
        auto const id = parse_count(name);
        one->number = id ? *id : name == "root" ? 0 : name == user_name(p_, 1000) ? 1000 : -1;
        if (one->number < 0 && !failed_)
            fail(marked(name) +
                 (test == Test::user ? " is not the name of a known user" : " is not the name of an existing group"));
        return one;
    }
    ExpressionPtr action(Test test) {
        plan_.has_action = true;
        return make(test);
    }

    ExpressionPtr parse_primary() {
        std::string const word = words_[at_++];
        operator_.clear();
        if (word == "-name" || word == "-iname") return pattern(Test::name, word);
        if (word == "-path" || word == "-ipath" || word == "-wholename" || word == "-iwholename")
            return pattern(Test::path, word);
        if (word == "-regex" || word == "-iregex") return pattern(Test::regular_expression, word);
        if (word == "-regextype") {
            std::string const type = argument(word);
            plan_.flavor = type.find("extended") != std::string::npos || type.find("egrep") != std::string::npos ||
                                   type.find("awk") != std::string::npos
                               ? regex::Flavor::extended
                               : regex::Flavor::basic;
            return make(Test::yes);
        }
        if (word == "-type" || word == "-xtype") return type_test(word);
        if (word == "-size") return size_test(word);
        if (word == "-empty") return make(Test::empty);
        if (word == "-newer" || word == "-anewer" || word == "-cnewer" ||
            (word.size() == 8 && word.compare(0, 6, "-newer") == 0))
            return newer(word);
        if (word == "-mtime" || word == "-atime" || word == "-ctime" || word == "-mmin" || word == "-amin" ||
            word == "-cmin") {
            ExpressionPtr one = numeric(Test::age, word, word.back() == 'n' ? 60 : 86400);
            one->which_time = static_cast<unsigned char>(word[1]);
            return one;
        }
        if (word == "-perm") return permissions(word);
        if (word == "-user" || word == "-uid") return owner(Test::user, word);
        if (word == "-group" || word == "-gid") return owner(Test::group, word);
        if (word == "-links") return numeric(Test::links, word);
        if (word == "-inum") return numeric(Test::inode, word);
        if (word == "-samefile") {
            ExpressionPtr one = make(Test::same_file);
            std::string const name = argument(word);
            auto const node = p_.vfs().lookup(p_.caller, name);
            if (node)
                one->number = static_cast<std::int64_t>(node.value->inode);
            else if (!failed_)
                fail(marked(name) + ": " + std::string(message(node.error)));
            return one;
        }
        if (word == "-readable" || word == "-writable" || word == "-executable") {
            ExpressionPtr one = make(Test::access);
            one->number = word == "-readable" ? 4 : word == "-writable" ? 2 : 1;
            return one;
        }
        if (word == "-true") return make(Test::yes);
        if (word == "-false") return make(Test::no);
        if (word == "-maxdepth" || word == "-mindepth") {
            std::string const text = argument(word);
            auto const depth = parse_count(text);
            if (!depth && !failed_)
                fail("Expected a positive decimal integer argument to " + word + ", but got " + marked(text));
            (word == "-maxdepth" ? plan_.most_depth : plan_.least_depth) = depth.value_or(0);
            return make(Test::yes);
        }
        if (word == "-depth" || word == "-d") return plan_.depth_first = true, make(Test::yes);
        if (word == "-follow") return plan_.follow = true, make(Test::yes);
        if (word == "-mount" || word == "-xdev" || word == "-noleaf" || word == "-daystart" || word == "-warn" ||
            word == "-nowarn" || word == "-ignore_readdir_race")
            return make(Test::yes);
        if (word == "-prune") return make(Test::prune);
        if (word == "-quit") return make(Test::quit);
        if (word == "-print") return action(Test::print);
        if (word == "-print0") return action(Test::print0);
        if (word == "-ls") return action(Test::list);
        if (word == "-delete") return plan_.depth_first = true, action(Test::remove);
        if (word == "-printf") {
            ExpressionPtr one = action(Test::format);
            one->text = argument(word);
            return one;
        }
        if (word == "-exec" || word == "-execdir" || word == "-ok" || word == "-okdir") return execute(word);
        fail("unknown predicate `" + word + "'");
        return make(Test::no);
    }
    ExpressionPtr type_test(std::string const& option) {
        ExpressionPtr one = make(Test::type);
        one->text = argument(option);
        one->folds_case = option == "-xtype"; // looks behind links
        if (failed_) return one;
        for (std::string_view const letter : split(one->text, ',')) {
            if (letter.size() != 1)
                fail("Arguments to " + option + " should contain only one letter");
            else if (std::string_view("bcdpflsD").find(letter[0]) == std::string_view::npos)
                fail("Unknown argument to " + option + ": " + letter[0]);
        }
        return one;
    }

    Process& p_;
    FindPlan& plan_;
    std::vector<std::string> const& words_;
    std::size_t at_ = 1;
    std::string operator_;
    bool failed_ = false;
};

bool compares(Expression const& one, std::int64_t value) {
    return one.compare == Compare::more   ? value > one.number
           : one.compare == Compare::less ? value < one.number
                                          : value == one.number;
}

class Finder {
  public:
    Finder(Process& p, FindPlan& plan) : p_(p), plan_(plan), out_(p) {}

    Task<int> run() {
        for (std::string const& root : plan_.roots) {
            Found found{root, root, nullptr, 0};
            auto node = p_.vfs().lookup(p_.caller, root, plan_.follow_roots ? Follow::yes : Follow::no);
            if (!node) node = p_.vfs().lookup(p_.caller, root, Follow::no);
            if (!node) {
                problem(root, node.error);
                continue;
            }
            found.node = node.value;
            co_await visit(found);
            if (quits_ || out_.broken()) break;
        }
        for (Expression* batch : plan_.batches) co_await flush(*batch);
        co_return out_.close(status_);
    }

  private:
    void problem(std::string const& path, Errno error) {
        out_.flush();
        p_.fail(marked(path) + ": " + std::string(message(error)));
        status_ = 1;
    }

    Task<> visit(Found found) {
        bool const counts = found.depth >= plan_.least_depth;
        prunes_ = false;
        if (!plan_.depth_first && counts) static_cast<void>(co_await holds(*plan_.expression, found));
        bool const pruned = prunes_ && !plan_.depth_first;
        if (quits_ || out_.broken()) co_return;
        co_await p_.breathe();
        if (found.node->is_directory() && !pruned && found.depth < plan_.most_depth) {
            auto const entries = p_.vfs().list(p_.caller, found.path);
            if (!entries) problem(found.path, entries.error);
            for (std::size_t i = 0; entries && i < entries.value.size(); ++i) {
                Vfs::Entry const& entry = entries.value[i];
                std::string const path = path_in(found.path, entry.name);
                Found below{path, found.root, entry.node, found.depth + 1};
                if (plan_.follow)
                    if (auto const target = p_.vfs().lookup(p_.caller, path)) below.node = target.value;
                co_await visit(below);
                if (quits_ || out_.broken()) co_return;
            }
        }
        if (plan_.depth_first && counts) static_cast<void>(co_await holds(*plan_.expression, found));
    }

    Task<bool> holds(Expression& one, Found const& found) {
        switch (one.test) {
            case Test::both: {
                bool const left = co_await holds(*one.left, found);
                if (!left || quits_) co_return false;
                co_return co_await holds(*one.right, found);
            }
            case Test::either: {
                bool const left = co_await holds(*one.left, found);
                if (left || quits_) co_return true;
                co_return co_await holds(*one.right, found);
            }
            case Test::comma:
                static_cast<void>(co_await holds(*one.left, found));
                co_return co_await holds(*one.right, found);
            case Test::not_this: co_return !co_await holds(*one.left, found);
            case Test::execute: co_return co_await execute(one, found);
            default: co_return tests(one, found);
        }
    }

    // Everything that needs no waiting.
    bool tests(Expression const& one, Found const& found) {
        Node const& node = *found.node;
        std::int64_t const time = one.which_time == 'a'   ? node.accessed_ns
                                  : one.which_time == 'c' ? node.changed_ns
                                                          : node.modified_ns;
        PatternOptions options;
        options.ignore_case = one.folds_case;
        switch (one.test) {
            case Test::name: {
                std::string const clean = without_slashes(found.path);
                return pattern_matches(one.text, clean == "/" ? "/" : base_name(clean), options);
            }
            case Test::path: return pattern_matches(one.text, found.path, options);
            case Test::regular_expression: return one.regex.matches(found.path);
            case Test::type: return has_type(one, found);
            case Test::size: return compares(one, (static_cast<std::int64_t>(node.size()) + one.unit - 1) / one.unit);
            case Test::empty:
                return node.is_directory() ? node.entries.empty()
                                           : node.kind == FileKind::regular && node.content.empty();
            case Test::newer: return time > one.number;
            case Test::age: {
                std::int64_t const seconds = (p_.clock().now_ns - time) / 1'000'000'000;
                bool const minutes = one.unit == 60;
                return compares(one,
                                minutes && one.compare != Compare::more ? (seconds + 59) / 60 : seconds / one.unit);
            }
            case Test::permissions: {
                auto const wanted = static_cast<unsigned>(one.number), mode = node.mode & 07777;
                return one.mode == '-'   ? (mode & wanted) == wanted
                       : one.mode == '/' ? wanted == 0 || (mode & wanted) != 0
                                         : mode == wanted;
            }
            case Test::user: return node.uid == one.number;
            case Test::group: return node.gid == one.number;
            case Test::links: return compares(one, node.links);
            case Test::inode: return compares(one, static_cast<std::int64_t>(node.inode));
            case Test::same_file: return static_cast<std::int64_t>(node.inode) == one.number;
            case Test::access: return p_.vfs().may(p_.caller, node, static_cast<unsigned>(one.number));
            case Test::no: return false;
            case Test::prune: return prunes_ = true;
            case Test::quit: return quits_ = true;
            case Test::print: return out_.line(found.path), true;
            case Test::print0: return out_.line(found.path, '\0'), true;
            case Test::format: return out_.put(find_format(p_, one.text, found)), true;
            case Test::list:
                out_.line(find_format(p_, "%9i %6k %M %3n %-8u %-8g %8s ", found) +
                          list_time(node.modified_ns, p_.clock().now_ns) + " " + found.path +
                          (node.kind == FileKind::symlink ? " -> " + node.content : ""));
                return true;
            case Test::remove: return remove(found);
            default: return true;
        }
    }
    bool has_type(Expression const& one, Found const& found) const {
        NodePtr node = found.node;
        if (one.folds_case)
            if (auto const target = p_.vfs().lookup(p_.caller, found.path)) node = target.value;
        return one.text.find(type_letter(*node)) != std::string::npos;
    }
    bool remove(Found const& found) {
        if (found.path == ".") return true;
        Errno const error = found.node->is_directory() ? p_.vfs().remove_directory(p_.caller, found.path)
                                                       : p_.vfs().unlink(p_.caller, found.path);
        if (error == Errno::none) return true;
        out_.flush();
        p_.fail("cannot delete " + marked(found.path) + ": " + std::string(message(error)));
        status_ = 1;
        return false;
    }

    Task<int> start(Expression const& one, std::vector<std::string> argv, std::string folder) {
        out_.flush();
        NodePtr const before = p_.caller.directory;
        if (one.from_folder)
            if (auto const node = p_.vfs().lookup(p_.caller, folder)) p_.caller.directory = node.value;
        std::string const program = argv[0];
        bool const missing = !is_program(p_, program);
        int status = 1;
        if (missing)
            p_.fail(marked(program) + ": No such file or directory");
        else
            status = co_await p_.run(std::move(argv));
        p_.caller.directory = before;
        co_return status;
    }
    Task<bool> execute(Expression& one, Found const& found) {
        std::string const name = one.from_folder ? "./" + std::string(base_name(found.path)) : found.path;
        if (one.batches) {
            one.batch.push_back(name);
            std::size_t bytes = 0;
            for (std::string const& waiting : one.batch) bytes += waiting.size();
            if (bytes > exec_batch_bytes) co_await flush(one);
            co_return true;
        }
        std::vector<std::string> argv;
        for (std::string const& word : one.command) argv.push_back(replace_all(word, "{}", name));
        if (one.asks) {
            out_.flush();
            p_.err("< " + argv[0] + " ... " + found.path + " > ? ");
            std::string answer;
            bool const answered = co_await p_.read_line(0, answer);
            if (!answered || (answer[0] != 'y' && answer[0] != 'Y')) co_return false;
        }
        co_return co_await start(one, std::move(argv), std::string(parent_name(found.path))) == 0;
    }
    Task<> flush(Expression& one) {
        if (one.batch.empty()) co_return;
        std::vector<std::string> argv = one.command;
        argv.insert(argv.end(), one.batch.begin(), one.batch.end());
        one.batch.clear();
        int const status = co_await start(one, std::move(argv), ".");
        if (status != 0) status_ = 1;
    }

    Process& p_;
    FindPlan& plan_;
    Output out_;
    int status_ = 0;
    bool prunes_ = false, quits_ = false;
};

Task<int> run_find(Process& p) {
    if (p.argv.size() == 2 && p.argv[1] == "--help") {
        p.out(help_text(find_command));
        co_return 0;
    }
    FindPlan plan;
    if (!FindParser(p, plan).run()) co_return 1;
    Finder finder(p, plan);
    co_return co_await finder.run();
}

}

Command const find_command{
    "find",
    "search for files in a directory hierarchy",
    "find [-H] [-L] [-P] [path...] [expression]",
    "Default path is the current directory; default expression is -print.\n\n"
    "Operators: ( EXPR )  ! EXPR  -not EXPR  EXPR1 -a EXPR2  EXPR1 -o EXPR2  EXPR1 , EXPR2\n"
    "Options:   -depth -maxdepth LEVELS -mindepth LEVELS -regextype TYPE -follow\n"
    "Tests:     -amin N -anewer FILE -atime N -cmin N -cnewer FILE -ctime N -empty -executable\n"
    "           -false -group NAME -iname PATTERN -inum N -ipath PATTERN -iregex PATTERN -links N\n"
    "           -mmin N -mtime N -name PATTERN -newer FILE -newermt DATE -path PATTERN\n"
    "           -perm [-/]MODE -readable -regex PATTERN -samefile FILE -size N[bcwkMG] -true\n"
    "           -type [fdlpc] -uid N -user NAME -writable -xtype [fdlpc]\n"
    "Actions:   -delete -exec COMMAND ; -exec COMMAND {} + -execdir COMMAND ; -ls -ok COMMAND ;\n"
    "           -print -print0 -printf FORMAT -prune -quit\n"
    "N is a number, +N for more than it, -N for less.\n",
    nullptr,
    run_find};

}
