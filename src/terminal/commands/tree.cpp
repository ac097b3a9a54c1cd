#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

struct TreeStyle {
    bool all = false, folders_only = false, full_names = false, marks = false, sizes = false, human = false,
         modes = false;
    bool folders_first = false, reverse = false, by_time = false, no_report = false, no_indent = false;
    std::int64_t depth = INT64_MAX;
    std::vector<std::string> ignored, wanted;
};

class Tree {
  public:
    Tree(Process& p, TreeStyle const& style, Output& out) : p_(p), style_(style), out_(out) {}
    std::int64_t folders = 0, files = 0;
    int status = 0;

    Task<> walk(std::string path, std::string indent, std::int64_t level) {
        auto entries = p_.vfs().list(p_.caller, path);
        if (!entries) co_return;
        auto& items = entries.value;
        items.erase(std::remove_if(items.begin(), items.end(), [&](Vfs::Entry const& entry) { return !shown(entry); }),
                    items.end());
        std::stable_sort(items.begin(), items.end(), [&](Vfs::Entry const& a, Vfs::Entry const& b) {
            if (style_.folders_first && a.node->is_directory() != b.node->is_directory()) return a.node->is_directory();
            if (style_.by_time && a.node->modified_ns != b.node->modified_ns)
                return a.node->modified_ns < b.node->modified_ns;
            return style_.reverse ? a.name > b.name : a.name < b.name;
        });
        for (std::size_t i = 0; i < items.size() && !out_.broken(); ++i) {
            bool const last = i + 1 == items.size();
            Node const& node = *items[i].node;
            std::string const full = path_in(path, items[i].name);
            std::string line = style_.no_indent ? "" : indent + (last ? "\u2514\u2500\u2500 " : "\u251c\u2500\u2500 ");
            line += details(node) + (style_.full_names ? full : items[i].name);
            if (node.kind == FileKind::symlink)
                line += " -> " + node.content;
            else if (style_.marks)
                line += node.is_directory() ? "/" : (node.mode & 0111) ? "*" : "";
            out_.line(line);
            if (node.is_directory())
                ++folders;
            else
                ++files;
            if (node.is_directory() && level < style_.depth)
                co_await walk(full, indent + (last ? "    " : "\u2502\u00a0\u00a0 "), level + 1);
            co_await p_.breathe();
        }
    }

    [[nodiscard]] std::string details(Node const& node) const {
        std::string out;
        if (style_.modes) out = mode_text(node);
        if (style_.sizes || style_.human) {
            auto const size = static_cast<std::int64_t>(node.size());
            out += (out.empty() ? "" : " ") + (style_.human ? padded(human_size(size), 4) : padded_number(size, 11));
        }
        return out.empty() ? "" : "[" + out + "]  ";
    }

  private:
    [[nodiscard]] bool shown(Vfs::Entry const& entry) const {
        if (entry.name[0] == '.' && !style_.all) return false;
        if (style_.folders_only && !entry.node->is_directory()) return false;
        for (std::string const& glob : style_.ignored)
            if (pattern_matches(glob, entry.name, {})) return false;
        if (style_.wanted.empty() || entry.node->is_directory()) return true;
        return std::any_of(style_.wanted.begin(), style_.wanted.end(),
                           [&](std::string const& glob) { return pattern_matches(glob, entry.name, {}); });
    }

    Process& p_;
    TreeStyle const& style_;
    Output& out_;
};

std::vector<std::string> globs(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        std::size_t const end = std::min(text.find('|', from), text.size());
        out.emplace_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

Task<int> run_tree(Process& p) {
    Arguments const arguments = parse_arguments(p, tree_command);
    if (arguments.ended()) co_return arguments.status;
    TreeStyle style;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'a': style.all = true; break;
            case 'd': style.folders_only = true; break;
            case 'f': style.full_names = true; break;
            case 'F': style.marks = true; break;
            case 'h': style.human = true; break;
            case 'i': style.no_indent = true; break;
            case 'I': style.ignored = globs(option.value); break;
            case 'P': style.wanted = globs(option.value); break;
            case 'p': style.modes = true; break;
            case 'r': style.reverse = true; break;
            case 's': style.sizes = true; break;
            case 't': style.by_time = true; break;
            case 'L': {
                auto const depth = parse_count(option.value);
                if (!depth || *depth == 0) {
                    p.err("tree: Invalid level, must be greater than 0.\n");
                    co_return 1;
                }
                style.depth = *depth;
                break;
            }
            case long_option("dirsfirst"): style.folders_first = true; break;
            case long_option("noreport"): style.no_report = true; break;
            default: break;
        }
    }
    Output out(p);
    Tree tree(p, style, out);
    std::vector<std::string> roots = arguments.operands;
    if (roots.empty()) roots.emplace_back(".");
    for (std::string const& root : roots) {
        auto const node = p.vfs().lookup(p.caller, root);
        if (!node || !node.value->is_directory()) {
            out.line(root + "  [error opening dir]");
            tree.status = 2;
            continue;
        }
        out.line(tree.details(*node.value) + root + (style.marks && root.back() != '/' ? "/" : ""));
        ++tree.folders;
        co_await tree.walk(root, "", 1);
    }
    if (!style.no_report) {
        std::string report = "\n" + std::to_string(tree.folders) + (tree.folders == 1 ? " directory" : " directories");
        if (!style.folders_only) report += ", " + std::to_string(tree.files) + (tree.files == 1 ? " file" : " files");
        out.line(report);
    }
    co_return out.close(tree.status);
}

}

Command const tree_command{"tree",
                           "list contents of directories in a tree-like format",
                           "tree [OPTION]... [DIRECTORY]...",
                           "  -a          all files are listed\n"
                           "  -d          list directories only\n"
                           "  -f          print the full path prefix for each file\n"
                           "  -F          append '/' and '*' as per ls -F\n"
                           "  -h          print the size in a more human readable way\n"
                           "  -i          don't print indentation lines\n"
                           "  -I PATTERN  do not list files that match the given pattern\n"
                           "  -L LEVEL    descend only LEVEL directories deep\n"
                           "  -P PATTERN  list only those files that match the pattern given\n"
                           "  -p          print the protections for each file\n"
                           "  -r          reverse the order of the sort\n"
                           "  -s          print the size in bytes of each file\n"
                           "  -t          sort files by last modification time\n"
                           "      --dirsfirst  list directories before files\n"
                           "      --noreport   turn off file/directory count at end of tree listing\n",
                           nullptr,
                           run_tree};

}
