#include "terminal/commands/find.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/find_format.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>
#include <memory>

namespace cw::terminal::commands {

namespace {

using Test = FindTest;
using Compare = FindCompare;
using Expression = FindExpression;
using ExpressionPtr = FindExpressionPtr;

constexpr std::size_t exec_batch_bytes = 100'000;

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
            case Test::access: {
                auto const target = p_.vfs().lookup(p_.caller, found.path); // where a link leads
                return target && p_.vfs().may(p_.caller, *target.value, static_cast<unsigned>(one.number));
            }
            case Test::no: return false;
            case Test::prune: return prunes_ = true;
            case Test::quit: return quits_ = true;
            case Test::link_name:
                return node.kind == FileKind::symlink && pattern_matches(one.text, node.content, options);
            case Test::print: return put(one, found.path + "\n");
            case Test::print0: return put(one, found.path + '\0');
            case Test::format: return put(one, find_format(p_, one.text, found));
            case Test::list:
                return put(one, find_format(p_, "%9i %6k %M %3n %-8u %-8g %8s ", found) +
                                    list_time(node.modified_ns, p_.clock().now_ns, "%b %e  %Y", "%b %e %H:%M",
                                              zone_named(p_.env("TZ"))) +
                                    " " + found.path + (node.kind == FileKind::symlink ? " -> " + node.content : "") +
                                    "\n");
            case Test::remove: return remove(found);
            default: return true;
        }
    }
    bool put(Expression const& one, std::string const& text) {
        if (one.file)
            static_cast<void>(one.file->write(text));
        else
            out_.put(text);
        return true;
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
        Errno const error = program_error(p_, program);
        int status = 1;
        if (error != Errno::none)
            p_.fail(marked(program) + ": " + std::string(message(error)));
        else
            status = co_await p_.run(std::move(argv));
        p_.caller.directory = before;
        co_return status;
    }
    Task<bool> execute(Expression& one, Found const& found) {
        std::string const name = one.from_folder ? "./" + std::string(base_name(found.path)) : found.path;
        if (one.batches) {
            std::string const folder(one.from_folder ? parent_name(found.path) : ".");
            if (folder != one.folder) co_await flush(one);
            one.folder = folder;
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
        int const status = co_await start(one, std::move(argv), one.folder);
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
    if (!parse_find(p, plan)) co_return 1;
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
    "           -false -group NAME -ilname PATTERN -iname PATTERN -inum N -ipath PATTERN -iregex PATTERN -links N\n"
    "           -lname PATTERN -mmin N -mtime N -name PATTERN -newer FILE -newermt DATE -path PATTERN\n"
    "           -perm [-/]MODE -readable -regex PATTERN -samefile FILE -size N[bcwkMG] -true\n"
    "           -type [fdlpc] -uid N -user NAME -writable -xtype [fdlpc]\n"
    "Actions:   -delete -exec COMMAND ; -exec COMMAND {} + -execdir COMMAND ;\n"
    "           -fls FILE -fprint FILE -fprint0 FILE -fprintf FILE FORMAT -ls -ok COMMAND ;\n"
    "           -print -print0 -printf FORMAT -prune -quit\n"
    "N is a number, +N for more than it, -N for less.\n",
    nullptr,
    run_find};

}
