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
            std::string& piece = pieces_.back();
            if (at < pattern.size() && !piece.empty() && piece.back() == '\\') piece.pop_back(); // it escapes the slash
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
            descend(prefix, index, 0);
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
        if (!shell_.options.globskipdots) {
            consider(".");
            consider("..");
        }
        for (auto const& entry : entries.value) consider(entry.name);
    }

    // A folder that a pattern found is named without a slash.
    [[nodiscard]] bool found_by_pattern(std::size_t index) const {
        for (std::size_t i = 0; i < index; ++i)
            if (is_pattern(pieces_[i], options_.extended)) return true;
        return false;
    }

    // "**": what the pieces after it match below `prefix`, here and in every folder further down.
    void descend(std::string const& prefix, std::size_t index, int depth) {
        std::size_t next = index;
        while (next + 1 < pieces_.size() && pieces_[next + 1] == "**") ++next;
        bool const is_last = next + 1 == pieces_.size();
        bool const only_folders = next + 2 == pieces_.size() && pieces_[next + 1].empty();
        if (!is_last)
            walk(prefix, next + 1);
        else if (!prefix.empty() && depth == 0)
            found_.push_back(prefix.substr(0, prefix.size() - (next > index || found_by_pattern(index) ? 1 : 0)));
        auto entries = shell_.system.vfs.list(shell_.caller, prefix.empty() ? "." : prefix);
        if (!entries || depth > 100) return;
        for (auto const& entry : entries.value) {
            if (entry.name[0] == '.' && !shell_.options.dotglob) continue;
            std::string const path = prefix + entry.name;
            if (is_last) found_.push_back(path);
            if (entry.node->is_directory())
                descend(path + "/", index, depth + 1);
            else if (only_folders && is_directory(path)) // a link to one
                found_.push_back(path + "/");
        }
    }

    bool matches(std::string const& piece, std::string const& name) const {
        PatternOptions options = options_;
        bool const dots = name == "." || name == "..";
        options.keeps_dot = name[0] == '.' && (dots || (!shell_.options.dotglob && ignore_.empty()));
        return pattern_matches(piece, name, options);
    }

    Interpreter& shell_;
    PatternOptions options_;
    std::vector<std::string> pieces_, ignore_, found_;
    int visits_ = 0;
};

}

std::vector<std::string> glob(Interpreter& shell, std::string_view pattern) { return Globber(shell, pattern).run(); }

}
