// The words of find: options, tests, actions and their precedence.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/find.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/regex/regex.hpp"

#include <algorithm>
#include <memory>

namespace cw::terminal::commands {

namespace {

using Test = FindTest;
using Compare = FindCompare;
using Expression = FindExpression;
using ExpressionPtr = FindExpressionPtr;

constexpr int max_nesting = 100;

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
        while (at_ < words_.size() && (!starts_expression(words_[at_]) || words_[at_] == ")" || words_[at_] == ","))
            plan_.roots.push_back(words_[at_++]);
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
        bool const binary = next_is("-o", "-or") || next_is("-a", "-and") || next_is(",");
        if (at_ >= words_.size() || next_is(")") || binary) {
            if (operator_.empty() || (binary && operator_ != "!" && operator_ != "-not"))
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
        bool const is_pair = option.size() == 8 && option != "-anewer" && option != "-cnewer";
        if (is_pair && (std::string_view("acmB").find(option[6]) == std::string_view::npos ||
                        std::string_view("acmBt").find(option[7]) == std::string_view::npos)) {
            fail("invalid predicate `" + option + "'");
            return one;
        }
        if (is_pair) one->which_time = static_cast<unsigned char>(option[6]);
        if (is_pair && option.back() == 't') {
            auto const time = parse_time(name, p_.clock().now_ns, zone_named(p_.env("TZ")));
            if (!time) fail("I cannot figure out how to interpret " + marked(name) + " as a date or time");
            one->number = time.value_or(0);
            return one;
        }
        auto const node = p_.vfs().lookup(p_.caller, name);
        if (!node)
            fail(marked(name) + ": " + std::string(message(node.error)));
        else
            one->number = is_pair && option.back() == 'a'   ? node.value->accessed_ns
                          : is_pair && option.back() == 'c' ? node.value->changed_ns
                                                            : node.value->modified_ns;
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
        if (test == Test::regular_expression && plan_.is_emacs) one->text = regex::emacs_as_basic(one->text);
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

    ExpressionPtr to_file(std::string const& option) {
        ExpressionPtr one = action(option == "-fprint"    ? Test::print
                                   : option == "-fprint0" ? Test::print0
                                   : option == "-fls"     ? Test::list
                                                          : Test::format);
        std::string const name = argument(option);
        if (option == "-fprintf") one->text = argument(option);
        if (failed_) return one;
        OpenFlags flags;
        flags.write = flags.create = flags.truncate = true;
        auto const opened = p_.open(name, flags);
        if (!opened) fail(marked(name) + ": " + std::string(message(opened.error)));
        one->file = opened.value;
        return one;
    }

    ExpressionPtr parse_primary() {
        std::string const word = words_[at_++];
        operator_.clear();
        if (word == "-name" || word == "-iname") return pattern(Test::name, word);
        if (word == "-path" || word == "-ipath" || word == "-wholename" || word == "-iwholename")
            return pattern(Test::path, word);
        if (word == "-regex" || word == "-iregex") return pattern(Test::regular_expression, word);
        if (word == "-lname" || word == "-ilname") return pattern(Test::link_name, word);
        if (word == "-nouser" || word == "-nogroup") return make(Test::no);
        if (word == "-regextype") {
            std::string const type = argument(word);
            plan_.is_emacs = type == "emacs" || type == "findutils-default";
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
        if (word == "-fprint" || word == "-fprint0" || word == "-fprintf" || word == "-fls") return to_file(word);
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

}

bool parse_find(Process& p, FindPlan& plan) { return FindParser(p, plan).run(); }

}
