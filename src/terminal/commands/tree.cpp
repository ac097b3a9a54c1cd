#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

struct TreeStyle {
    bool all = false, folders_only = false, full_names = false, marks = false, sizes = false, human = false,
         modes = false;
    bool folders_first = false, reverse = false, by_time = false, no_report = false, no_indent = false;
    bool quoted = false, json = false, ascii = false;
    std::int64_t depth = INT64_MAX;
    std::vector<std::string> ignored, wanted;
};

class Tree {
  public:
    Tree(Process& p, TreeStyle const& style, Output& out) : p_(p), style_(style), out_(out) {}
    std::int64_t folders = 0, files = 0;
    int status = 0;

    Task<> walk(std::string path, std::string indent, std::int64_t level) {
        auto const items = entries(path);
        for (std::size_t i = 0; i < items.size() && !out_.broken(); ++i) {
            bool const last = i + 1 == items.size();
            Node const& node = *items[i].node;
            std::string const full = path_in(path, items[i].name);
            bool const folder = leads_to_directory(node, full);
            std::string line = style_.no_indent ? "" : indent + (last ? corner() : branch());
            line += details(node) + name_of(style_.full_names ? full : items[i].name);
            if (node.kind == FileKind::symlink) line += " -> " + name_of(node.content);
            if (style_.marks) line += folder ? "/" : node.kind == FileKind::regular && (node.mode & 0111) ? "*" : "";
            out_.line(line);
            ++(folder ? folders : files);
            if (node.is_directory() && level < style_.depth)
                co_await walk(full, indent + (last ? "    " : stem()), level + 1);
            co_await p_.breathe();
        }
    }
    // One object of JSON, whatever it holds inside it.
    Task<> walk_json(std::string path, std::string name, NodePtr node, std::int64_t level, bool last) {
        std::string const indent(static_cast<std::size_t>(2 * level), ' ');
        std::string const shown = style_.full_names || level == 1 ? path : name;
        std::string line = indent + R"({"type":")" + json_kind(*node) + R"(","name":)" + in_quotes(shown);
        if (node->kind == FileKind::symlink && level > 1) line += R"(,"target":)" + in_quotes(node->content);
        if (style_.modes) line += ",\"mode\":\"" + mode_digits(*node) + R"(","prot":")" + mode_text(*node) + '"';
        if (style_.sizes || style_.human) line += ",\"size\":" + std::to_string(node->size());
        ++(leads_to_directory(*node, path) ? folders : files);
        std::vector<Vfs::Entry> items;
        bool const opens = level == 1 ? leads_to_directory(*node, path) : node->is_directory();
        if (opens && level <= style_.depth) items = entries(path);
        if (items.empty()) {
            out_.line(line + "}" + (last ? "" : ","));
            co_return;
        }
        out_.line(line + R"(,"contents":[)");
        for (std::size_t i = 0; i < items.size() && !out_.broken(); ++i) {
            co_await walk_json(path_in(path, items[i].name), items[i].name, items[i].node, level + 1,
                               i + 1 == items.size());
            co_await p_.breathe();
        }
        out_.line(indent + "]}" + (last ? "" : ","));
    }

    [[nodiscard]] std::string name_of(std::string const& name) const { return style_.quoted ? in_quotes(name) : name; }
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
    [[nodiscard]] std::string branch() const { return style_.ascii ? "|-- " : "\u251c\u2500\u2500 "; }
    [[nodiscard]] std::string corner() const { return style_.ascii ? "`-- " : "\u2514\u2500\u2500 "; }
    [[nodiscard]] std::string stem() const { return style_.ascii ? "|   " : "\u2502\u00a0\u00a0 "; }
    static std::string in_quotes(std::string_view text) {
        std::string out = "\"";
        for (char const c : text) (out += c == '"' || c == '\\' ? "\\" : "") += c;
        return out + '"';
    }
    static std::string mode_digits(Node const& node) { return format_integer("%04", 'o', node.mode); }
    static std::string json_kind(Node const& node) {
        switch (node.kind) {
            case FileKind::directory: return "directory";
            case FileKind::symlink: return "link";
            case FileKind::fifo: return "fifo";
            case FileKind::character_device: return "char";
            case FileKind::regular: break;
        }
        return "file";
    }
    [[nodiscard]] bool leads_to_directory(Node const& node, std::string const& path) const {
        if (node.kind != FileKind::symlink) return node.is_directory();
        auto const target = p_.vfs().lookup(p_.caller, path);
        return target && target.value->is_directory();
    }
    // What is shown of a directory, in order.
    [[nodiscard]] std::vector<Vfs::Entry> entries(std::string const& path) const {
        auto found = p_.vfs().list(p_.caller, path);
        auto& items = found.value;
        items.erase(
            std::remove_if(items.begin(), items.end(), [&](Vfs::Entry const& entry) { return !shown(entry, path); }),
            items.end());
        std::stable_sort(items.begin(), items.end(), [&](Vfs::Entry const& a, Vfs::Entry const& b) {
            if (style_.folders_first && a.node->is_directory() != b.node->is_directory()) return a.node->is_directory();
            if (style_.by_time && a.node->modified_ns != b.node->modified_ns)
                return a.node->modified_ns < b.node->modified_ns;
            return style_.reverse ? a.name > b.name : a.name < b.name;
        });
        return std::move(items);
    }
    [[nodiscard]] bool shown(Vfs::Entry const& entry, std::string const& path) const {
        if (entry.name[0] == '.' && !style_.all) return false;
        if (style_.folders_only && !leads_to_directory(*entry.node, path_in(path, entry.name))) return false;
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

Task<int> print_json(Process& p, TreeStyle const& style, std::vector<std::string> roots) {
    Output out(p);
    Tree tree(p, style, out);
    out.line("[");
    for (std::string const& root : roots) {
        auto const node = p.vfs().lookup(p.caller, root, Follow::no);
        if (node) {
            co_await tree.walk_json(root, root, node.value, 1, true);
            continue;
        }
        out.line(R"(  {"type":"directory","name":")" + root + R"(","contents":[{"error": "error opening dir"}]})");
        tree.status = 2;
    }
    if (!style.no_report) {
        out.line(",");
        out.line(R"(  {"type":"report","directories":)" + std::to_string(tree.folders) +
                 (style.folders_only ? "" : ",\"files\":" + std::to_string(tree.files)) + "}");
    } else {
        out.line("");
    }
    out.line("]");
    co_return out.close(tree.status);
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
            case 'J': style.json = true; break;
            case 'Q': style.quoted = true; break;
            case long_option("charset"): style.ascii = option.value.rfind("UTF", 0) != 0; break;
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
    if (style.json) co_return co_await print_json(p, style, std::move(roots));
    for (std::string const& root : roots) {
        auto const node = p.vfs().lookup(p.caller, root);
        if (!node || !node.value->is_directory()) {
            out.line(tree.name_of(root) + "  [error opening dir]");
            tree.status = 2;
            continue;
        }
        out.line(tree.details(*node.value) + tree.name_of(root) + (style.marks && root.back() != '/' ? "/" : ""));
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
                           "  -J          print the tree in JSON\n"
                           "  -L LEVEL    descend only LEVEL directories deep\n"
                           "  -P PATTERN  list only those files that match the pattern given\n"
                           "  -p          print the protections for each file\n"
                           "  -Q          quote file names with double quotes\n"
                           "  -r          reverse the order of the sort\n"
                           "  -s          print the size in bytes of each file\n"
                           "  -t          sort files by last modification time\n"
                           "      --charset=X  lines of ASCII unless X is UTF-8\n"
                           "      --dirsfirst  list directories before files\n"
                           "      --noreport   turn off file/directory count at end of tree listing\n",
                           nullptr,
                           run_tree};

}
