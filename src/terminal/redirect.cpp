// Redirections, one after the other, and how they are taken back.
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/expand.hpp"
#include "terminal/interpreter.hpp"

#include <algorithm>

namespace cw::terminal {

FdUndo::~FdUndo() {
    for (auto saved = saved_.rbegin(); saved != saved_.rend(); ++saved)
        table_.set(saved->first, std::move(saved->second));
}

void FdUndo::remember(int fd) { saved_.emplace_back(fd, table_.shared(fd)); }

namespace {

OpenFlags flags_for(RedirectOp op) {
    OpenFlags flags;
    flags.read = op == RedirectOp::input || op == RedirectOp::read_write;
    flags.write = op != RedirectOp::input;
    flags.create = op != RedirectOp::input;
    flags.append = op == RedirectOp::append || op == RedirectOp::both_append;
    flags.truncate =
        op == RedirectOp::output || op == RedirectOp::clobber || op == RedirectOp::both || op == RedirectOp::dup_output;
    return flags;
}

bool all_digits(std::string const& text) {
    return !text.empty() && text.size() < 8 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_input(RedirectOp op) {
    return op == RedirectOp::input || op == RedirectOp::read_write || op == RedirectOp::dup_input ||
           op == RedirectOp::here_document || op == RedirectOp::here_string;
}

}

Attempt<FilePtr> Interpreter::open(std::string_view path, OpenFlags flags) {
    return open_file(system, caller, files, path, flags);
}

// One redirection whose words are expanded. False with the error said.
bool Interpreter::apply_redirect(Redirect const& redirect, std::vector<std::string> const& target, FdUndo& undo) {
    bool const document = redirect.op == RedirectOp::here_document || redirect.op == RedirectOp::here_string;
    bool const duplicates = redirect.op == RedirectOp::dup_input || redirect.op == RedirectOp::dup_output;
    if (target.size() != 1) {
        error(redirect.target.source + ": ambiguous redirect");
        return false;
    }
    std::string word = target[0];
    int fd = redirect.fd >= 0 ? redirect.fd : is_input(redirect.op) ? 0 : 1;
    bool both = redirect.op == RedirectOp::both || redirect.op == RedirectOp::both_append;
    if (!redirect.variable.empty() && duplicates && word == "-") { // {name}>&-: close what the variable names
        std::string base, subscript;
        bool has_subscript = false, fine = true;
        std::string const* const value =
            split_reference(redirect.variable, base, subscript, has_subscript) && has_subscript
                ? element(base, expanded_subscript(base, subscript), fine)
                : scalar(redirect.variable);
        if (!value || !all_digits(*value)) {
            error(redirect.variable + (value ? ": Bad file descriptor" : ": ambiguous redirect"));
            return false;
        }
        fd = std::atoi(value->c_str());
        files.set(fd, nullptr);
        return true;
    }
    FilePtr file;
    int moved_from = -1;
    if (document) {
        file = make_string_source(redirect.op == RedirectOp::here_string ? word + "\n" : word);
    } else if (duplicates && word == "-") {
        undo.remember(fd);
        files.set(fd, nullptr);
        return true;
    } else if (duplicates && (all_digits(word) ||
                              (word.size() > 1 && word.back() == '-' && all_digits(word.substr(0, word.size() - 1))))) {
        if (word.back() == '-') {
            word.pop_back();
            moved_from = std::atoi(word.c_str());
        }
        file = files.shared(std::atoi(word.c_str()));
        if (!file) {
            error((redirect.target.plain ? word : redirect.target.source) + ": Bad file descriptor");
            return false;
        }
    } else {
        if (duplicates && word.empty()) {
            error(redirect.target.source + ": Bad file descriptor");
            return false;
        }
        if (duplicates) {
            if (redirect.op == RedirectOp::dup_input || (redirect.fd >= 0 && redirect.fd != 1)) {
                error((redirect.op == RedirectOp::dup_input ? word : redirect.target.source) + ": ambiguous redirect");
                return false;
            }
            both = true;
        }
        OpenFlags flags = flags_for(redirect.op);
        if (options.noclobber && flags.truncate && redirect.op != RedirectOp::clobber) {
            auto const existing = system.vfs.lookup(caller, word);
            bool const dangles = !existing && system.vfs.lookup(caller, word, Follow::no);
            if (dangles || (existing && existing.value->kind == FileKind::regular)) {
                error(word + ": cannot overwrite existing file");
                return false;
            }
        }
        auto opened = open(word, flags);
        if (!opened) {
            error(word + ": " + std::string(message(opened.error)));
            return false;
        }
        file = std::move(opened.value);
        NodePtr const node = file->node();
        if (node && node->is_directory() && flags.write) {
            error(word + ": " + std::string(message(Errno::is_directory)));
            return false;
        }
    }
    if (!redirect.variable.empty()) {
        fd = files.lowest_free(10);
        std::string base, subscript;
        bool has_subscript = false;
        bool const good = split_reference(redirect.variable, base, subscript, has_subscript);
        bool const stored = good && fd >= 0 && assign_reference(redirect.variable, std::to_string(fd));
        if (!stored) {
            error(redirect.variable + ": cannot assign fd to variable");
            failure = Failure::none;
            return false;
        }
        files.set(fd, file); // stays open after the command
        if (moved_from >= 0) files.set(moved_from, nullptr);
        return true;
    }
    bool const was_open = files.get(fd) != nullptr;
    undo.remember(fd);
    if (!files.set(fd, file)) {
        error(std::to_string(fd) + ": Bad file descriptor");
        return false;
    }
    if (both) {
        undo.remember(2);
        files.set(2, file);
    }
    if (moved_from >= 0 && moved_from != fd) {
        if (was_open) undo.remember(moved_from); // else it is closed for good, as in bash
        files.set(moved_from, nullptr);
    }
    return true;
}

// POSIX: the file names of a script's redirections are no patterns.
bool Interpreter::expand_target(Word const& word, std::vector<std::string>& target) {
    bool const before = options.noglob;
    options.noglob = before || (options.posix && !interactive);
    bool const good = Expander(*this).fields(word, target);
    options.noglob = before;
    return good;
}

bool Interpreter::redirect_now(std::vector<Redirect> const& redirects, FdUndo& undo) {
    Expander expander(*this);
    for (Redirect const& redirect : redirects) {
        std::vector<std::string> target;
        if (redirect.op == RedirectOp::here_document || redirect.op == RedirectOp::here_string)
            target.push_back(expander.single(redirect.target));
        else
            expand_target(redirect.target, target);
        if (failure != Failure::none || !apply_redirect(redirect, target, undo)) return false;
    }
    return true;
}

Task<bool> Interpreter::redirect(std::vector<Redirect> const& redirects, FdUndo& undo) {
    Expander expander(*this);
    for (Redirect const& redirect : redirects) {
        std::vector<std::string> target;
        if (redirect.op == RedirectOp::here_document || redirect.op == RedirectOp::here_string) {
            auto task = expander.single_later(redirect.target);
            target.push_back(co_await task);
        } else if (!redirect.target.awaits) {
            expand_target(redirect.target, target);
        } else {
            auto task = expander.fields_later(redirect.target, target);
            co_await task;
        }
        if (failure != Failure::none || !apply_redirect(redirect, target, undo)) co_return false;
    }
    co_return true;
}

}
