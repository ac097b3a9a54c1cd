// File name generation.
#include "terminal/expand.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

class Globber {
  public:
    Globber(Interpreter& shell, std::string_view pattern) : shell_(shell) {
        options_.extended = shell.options.extglob;
        options_.ignore_case = shell.options.nocaseglob;
        options_.utf8 = shell.utf8;
        std::size_t from = 0;
        int brackets = 0;
        for (std::size_t at = 0; at <= pattern.size(); ++at) {
            char const c = at < pattern.size() ? pattern[at] : '/';
            if (c == '\\' && at + 1 < pattern.size() && pattern[at + 1] != '/') {
                ++at;
                continue;
            }
            if (options_.extended && c == '(') ++brackets;
            if (options_.extended && c == ')' && brackets > 0) --brackets;
            if (at < pattern.size() && (c != '/' || brackets > 0)) continue;
            pieces_.push_back(std::string(pattern.substr(from, at - from)));
            from = at + 1;
        }
        if (std::string const* const ignored = shell.scalar("GLOBIGNORE"); ignored && !ignored->empty()) {
            std::size_t start = 0;
            for (std::size_t at = 0; at <= ignored->size(); ++at)
                if (at == ignored->size() || (*ignored)[at] == ':') {
                    if (at > start) ignore_.push_back(ignored->substr(start, at - start));
                    start = at + 1;
                }
        }
    }

    std::vector<std::string> run() {
        walk("", 0);
        if (!ignore_.empty())
            found_.erase(
                std::remove_if(found_.begin(), found_.end(), [&](std::string const& name) { return ignored(name); }),
                found_.end());
        std::sort(found_.begin(), found_.end());
        found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
        return std::move(found_);
    }

  private:
    bool ignored(std::string const& name) const {
        std::string_view const last = base_name(name);
        if (last == "." || last == "..") return true;
        return std::any_of(ignore_.begin(), ignore_.end(),
                           [&](std::string const& pattern) { return pattern_matches(pattern, name, options_); });
    }

    [[nodiscard]] bool exists(std::string const& path) {
        return shell_.system.vfs.lookup(shell_.caller, path, Follow::no).error == Errno::none;
    }
    [[nodiscard]] bool is_directory(std::string const& path) {
        auto const node = shell_.system.vfs.lookup(shell_.caller, path);
        return node && node.value->is_directory();
    }

    // Pieces from `index` on, below `prefix` ("" or ending in a slash).
    void walk(std::string const& prefix, std::size_t index) {
        if (found_.size() >= limits::expansion_words || ++visits_ > 200'000) return;
        bool const last = index + 1 == pieces_.size();
        std::string const& piece = pieces_[index];
        if (!is_pattern(piece, options_.extended) || piece.empty()) {
            std::string const path = prefix + unescaped_pattern(piece);
            if (last) {
                if (piece.empty() ? is_directory(prefix) : exists(path)) found_.push_back(path);
            } else if (piece.empty() || is_directory(path)) {
                walk(path + "/", index + 1);
            }
            return;
        }
        if (piece == "**" && shell_.options.globstar) {
            descend(prefix, index, last);
            return;
        }
        auto entries = shell_.system.vfs.list(shell_.caller, prefix.empty() ? "." : prefix);
        if (!entries) return;
        auto const consider = [&](std::string const& name) {
            if (!matches(piece, name)) return;
            std::string const path = prefix + name;
            if (last)
                found_.push_back(path);
            else if (is_directory(path))
                walk(path + "/", index + 1);
        };
        bool const dots =
            !shell_.options.globskipdots && (shell_.options.dotglob || piece[0] == '.' || piece[0] == '\\');
        if (dots) {
            consider(".");
            consider("..");
        }
        for (auto const& entry : entries.value) consider(entry.name);
    }

    void descend(std::string const& prefix, std::size_t index, bool last) {
        std::size_t next = index;
        while (next + 1 < pieces_.size() && pieces_[next + 1] == "**") ++next;
        if (next + 1 < pieces_.size())
            walk(prefix, next + 1);
        else if (last && !prefix.empty() && depth_ == 0)
            found_.push_back(prefix);
        auto entries = shell_.system.vfs.list(shell_.caller, prefix.empty() ? "." : prefix);
        if (!entries || depth_ > 100) return;
        bool const is_last = next + 1 == pieces_.size();
        for (auto const& entry : entries.value) {
            if (entry.name[0] == '.' && !shell_.options.dotglob) continue;
            std::string const path = prefix + entry.name;
            if (is_last) found_.push_back(path);
            if (!entry.node->is_directory()) continue;
            ++depth_;
            descend(path + "/", index, last);
            --depth_;
        }
    }

    bool matches(std::string const& piece, std::string const& name) const {
        if (name[0] == '.') {
            bool const explicit_dot = piece[0] == '.' || (piece[0] == '\\' && piece.size() > 1 && piece[1] == '.');
            bool const group_dot = options_.extended && piece.size() > 2 && piece[1] == '(' &&
                                   (piece[2] == '.' || piece.find("|.") != std::string::npos) && piece[0] != '!';
            bool const hidden = !shell_.options.dotglob && ignore_.empty();
            if (!explicit_dot && !group_dot && hidden) return false;
            if ((name == "." || name == "..") && !explicit_dot) return false;
        }
        return pattern_matches(piece, name, options_);
    }

    Interpreter& shell_;
    PatternOptions options_;
    std::vector<std::string> pieces_, ignore_, found_;
    int depth_ = 0;
    int visits_ = 0;
};

}

std::vector<std::string> glob(Interpreter& shell, std::string_view pattern) { return Globber(shell, pattern).run(); }

}
