#include "terminal/commands/arguments.hpp"
#include "terminal/commands/compare.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

struct TreeStyle {
    bool all = false, folders_only = false, full_names = false, marks = false, sizes = false, human = false,
         modes = false;
    bool folders_first = false, reverse = false, by_time = false, no_report = false, no_indent = false;
    bool quoted = false, json = false, ascii = false, color = false, prunes = false, follows = false;
    bool users = false, groups = false, dates = false, inodes = false, used = false, details_first = false;
    bool files_first = false, by_change = false, by_size = false, by_version = false, unsorted = false;
    bool ignores_case = false, matches_folders = false;
    int human_base = 1024;
    std::int64_t depth = INT64_MAX, most_entries = INT64_MAX;
    std::string date_format;
    std::vector<std::string> ignored, wanted;
};

// As tree rounds it, which is not as ls does.
std::string size_text(std::int64_t size, TreeStyle const& style) {
    if (!style.human) return padded_number(size, 12);
    std::int64_t const base = style.human_base;
    std::size_t unit = size < base ? 0 : 1;
    for (; size >= base * base; ++unit) size /= base;
    if (unit == 0) return padded_number(size, 5);
    return " " +
           format_double(size / base >= 10 ? "%3.0" : "%3.1", 'f',
                         static_cast<double>(size) / static_cast<double>(base)) +
           (base == 1000 ? "dkMGTPEZY" : "BKMGTPEZY")[unit];
}

constexpr std::string_view archives = "|arj|bz2|deb|gz|lzh|rpm|tar|taz|tb2|tbz2|tbz|tgz|tz2|z|Z|zip|ZIP|zoo|";
constexpr std::string_view media =
    "|asf|ASF|avi|AVI|bmp|BMP|flac|FLAC|gif|GIF|jpg|JPG|jpeg|JPEG|m2a|M2A|m2v|M2V|mov|MOV|"
    "mp3|MP3|mpeg|MPEG|mpg|MPG|ogg|OGG|ppm|rm|RM|tga|TGA|tif|TIF|wav|WAV|wmv|WMV|xbm|xpm|";

class Tree {
  public:
    Tree(Process& p, TreeStyle const& style, Output& out) : p_(p), style_(style), out_(out) {}
    std::int64_t folders = 0, files = 0;
    int status = 0;

    Task<> walk(std::string path, std::string indent, std::int64_t level) {
        auto const items = entries(path, level);
        for (std::size_t i = 0; i < items.size() && !out_.broken(); ++i) {
            bool const last = i + 1 == items.size();
            Node const& node = *items[i].node;
            std::string const full = path_in(path, items[i].name);
            bool const folder = leads_to_directory(node, full);
            std::string line = style_.no_indent ? "" : indent + (last ? corner() : branch());
            std::string const info = details(node, full, level);
            line = style_.details_first ? info + line : line + info;
            line += colored(node, full, name_of(style_.full_names ? full : items[i].name));
            if (node.kind == FileKind::symlink) {
                auto const target = p_.vfs().lookup(p_.caller, full);
                line += " -> " + (target ? colored(*target.value, full, name_of(node.content))
                                         : in_color("00", name_of(node.content)));
            }
            if (style_.used) used += size_of(node, full, level);
            bool const opens = (node.is_directory() || (folder && style_.follows)) && level < style_.depth;
            std::vector<Vfs::Entry> const inside = opens ? entries(full, level + 1) : std::vector<Vfs::Entry>();
            bool const too_many = static_cast<std::int64_t>(inside.size()) > style_.most_entries;
            if (too_many) line += exceeds(inside.size());
            if (style_.marks) line += folder ? "/" : node.kind == FileKind::regular && (node.mode & 0111) ? "*" : "";
            out_.line(line);
            ++(folder ? folders : files);
            if (opens && !too_many) co_await walk(full, indent + (last ? "    " : stem()), level + 1);
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
        if (opens && level <= style_.depth) items = entries(path, level);
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
    [[nodiscard]] std::string details(Node const& node, std::string const& path, std::int64_t level) const {
        std::string out;
        if (style_.inodes) out += " " + padded_number(static_cast<std::int64_t>(node.inode), 7);
        if (style_.modes) out += " " + mode_text(node);
        if (style_.users) out += " " + padded(user_name(p_, node.uid), -8);
        if (style_.groups) out += " " + padded(user_name(p_, node.gid), -8);
        if (style_.sizes || style_.human) out += size_text(size_of(node, path, level), style_);
        if (style_.dates) {
            std::int64_t const time = style_.by_change ? node.changed_ns : node.modified_ns;
            Zone const zone = zone_named(p_.env("TZ"));
            out +=
                " " + (style_.date_format.empty() ? list_time(time, p_.clock().now_ns, "%b %e  %Y", "%b %e %H:%M", zone)
                                                  : format_time(style_.date_format, time, zone));
        }
        return out.empty() ? "" : "[" + out.substr(1) + "]  ";
    }
    [[nodiscard]] std::string colored(Node const& node, std::string const& path, std::string const& name) const {
        if (!style_.color) return name;
        std::string const extension = "|" + path.substr(std::min(path.rfind('.') + 1, path.size())) + "|";
        if (node.kind == FileKind::symlink)
            return in_color(p_.vfs().lookup(p_.caller, path) ? "01;36" : "40;31;01", name);
        if (node.is_directory()) return in_color("01;34", name);
        if (node.kind == FileKind::fifo) return in_color("40;33", name);
        if (node.kind == FileKind::character_device) return in_color("40;33;01", name);
        if (node.mode & 0111) return in_color("01;32", name);
        return in_color(archives.find(extension) != std::string_view::npos ? "01;31"
                        : media.find(extension) != std::string_view::npos  ? "01;35"
                                                                           : "00",
                        name);
    }
    static std::string exceeds(std::size_t count) {
        return "  [" + std::to_string(count) + " entries exceeds filelimit, not opening dir]";
    }
    // What is shown of a directory, in order.
    [[nodiscard]] std::vector<Vfs::Entry> entries(std::string const& path, std::int64_t level) const {
        auto found = p_.vfs().list(p_.caller, path);
        auto& items = found.value;
        items.erase(std::remove_if(items.begin(), items.end(),
                                   [&](Vfs::Entry const& entry) { return !shown(entry, path, level); }),
                    items.end());
        std::stable_sort(items.begin(), items.end(), [&](Vfs::Entry const& a, Vfs::Entry const& b) {
            bool const groups = style_.folders_first || style_.files_first;
            bool const folder = groups && leads_to_directory(*a.node, path_in(path, a.name));
            if (groups && folder != leads_to_directory(*b.node, path_in(path, b.name)))
                return folder == style_.folders_first;
            if (style_.unsorted) return false;
            Vfs::Entry const &one = style_.reverse ? b : a, &other = style_.reverse ? a : b;
            if (style_.by_time && a.node->modified_ns != b.node->modified_ns)
                return one.node->modified_ns < other.node->modified_ns;
            if (style_.by_change && a.node->changed_ns != b.node->changed_ns)
                return one.node->changed_ns < other.node->changed_ns;
            if (style_.by_size && a.node->size() != b.node->size()) return one.node->size() > other.node->size();
            if (style_.by_version)
                if (int const order = compare_versions(one.name, other.name)) return order < 0;
            return one.name < other.name;
        });
        return std::move(items);
    }
    std::int64_t used = 0; // by all that is shown below the roots

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
    [[nodiscard]] std::string in_color(std::string_view code, std::string const& name) const {
        return style_.color ? "\x1b[" + std::string(code) + "m" + name + "\x1b[0m" : name;
    }
    // --du: with what is in it.
    [[nodiscard]] std::int64_t size_of(Node const& node, std::string const& path, std::int64_t level) const {
        auto size = static_cast<std::int64_t>(node.size());
        if (style_.used && node.is_directory() && level < deepest)
            for (Vfs::Entry const& entry : entries(path, level + 1))
                size += size_of(*entry.node, path_in(path, entry.name), level + 1);
        return size;
    }
    [[nodiscard]] bool matches(std::vector<std::string> const& globs, std::string const& name) const {
        PatternOptions options;
        options.ignore_case = style_.ignores_case;
        return std::any_of(globs.begin(), globs.end(),
                           [&](std::string const& glob) { return pattern_matches(glob, name, options); });
    }
    [[nodiscard]] bool shown(Vfs::Entry const& entry, std::string const& path, std::int64_t level) const {
        if (entry.name[0] == '.' && !style_.all) return false;
        std::string const full = path_in(path, entry.name);
        bool const folder = leads_to_directory(*entry.node, full);
        if (style_.folders_only && !folder) return false;
        if (matches(style_.ignored, entry.name)) return false;
        bool const wanted = style_.wanted.empty() || matches(style_.wanted, entry.name);
        if (!folder) return wanted;
        if (style_.matches_folders && !style_.wanted.empty() && wanted) return true;
        if (!style_.wanted.empty() && !wanted && !entry.node->is_directory()) return false;
        return !style_.prunes || (entry.node->is_directory() && level < deepest && !entries(full, level + 1).empty());
    }

    static constexpr std::int64_t deepest = 200;
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
            co_await tree.walk_json(root, root, node.value, 1, &root == &roots.back());
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
    for (std::size_t i = 1; i < p.argv.size() && p.argv[i] != "--"; ++i) {
        std::string const& word = p.argv[i];
        if (word.size() < 2 || word[0] != '-') continue;
        if (word[1] != '-' && (word.back() == 'L' || word.back() == 'P' || word.back() == 'I' || word.back() == 'o') &&
            i + 1 == p.argv.size()) {
            p.err(std::string("tree: Missing argument to -") + word.back() + " option.\n");
            co_return 1;
        }
    }
    Arguments const arguments = parse_arguments(p, tree_command);
    if (arguments.ended()) co_return arguments.status;
    TreeStyle style;
    std::string output;
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
            case 'C': style.color = true; break;
            case 'n': style.color = false; break;
            case 'l': style.follows = true; break;
            case 'u': style.users = true; break;
            case 'g': style.groups = true; break;
            case 'D': style.dates = true; break;
            case 'c': style.by_change = true; break;
            case 'v': style.by_version = true; break;
            case 'U': style.unsorted = true; break;
            case 'o': output = option.value; break;
            case long_option("timefmt"):
                style.dates = true;
                style.date_format = option.value;
                break;
            case long_option("si"):
                style.human = true;
                style.human_base = 1000;
                break;
            case long_option("sort"): {
                constexpr std::string_view names[] = {"name", "version", "size", "mtime", "ctime", "none"};
                bool* const flags[] = {nullptr,        &style.by_version, &style.by_size,
                                       &style.by_time, &style.by_change,  &style.unsorted};
                std::size_t which = 0;
                while (which < 6 && names[which] != option.value) ++which;
                if (which == 6) {
                    p.err("tree: Sort type '" + option.value +
                          "' not valid, should be one of: name,version,size,mtime,ctime\n");
                    co_return 1;
                }
                if (flags[which]) *flags[which] = true;
                break;
            }
            case long_option("du"):
                style.used = true;
                style.sizes = true;
                break;
            case long_option("inodes"): style.inodes = true; break;
            case long_option("metafirst"): style.details_first = true; break;
            case long_option("filesfirst"): style.files_first = true; break;
            case long_option("prune"): style.prunes = true; break;
            case long_option("matchdirs"): style.matches_folders = true; break;
            case long_option("ignore-case"): style.ignores_case = true; break;
            case long_option("filelimit"): style.most_entries = parse_count(option.value).value_or(INT64_MAX); break;
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
    if (!output.empty()) {
        OpenFlags flags;
        flags.write = flags.create = flags.truncate = true;
        auto const opened = p.open(output, flags);
        if (!opened) {
            p.err("tree: invalid filename '" + output + "'\n");
            co_return 1;
        }
        p.files.set(1, opened.value);
    }
    Output out(p);
    Tree tree(p, style, out);
    std::vector<std::string> roots = arguments.operands;
    if (roots.empty()) roots.emplace_back(".");
    if (style.json) co_return co_await print_json(p, style, std::move(roots));
    for (std::string const& root : roots) {
        auto const node = p.vfs().lookup(p.caller, root);
        if (!node || !node.value->is_directory()) {
            out.line((node ? tree.details(*node.value, root, 0) : "") + tree.name_of(root) + "  [error opening dir]");
            if (node) ++tree.files;
            tree.status = 2;
            continue;
        }
        auto const inside = tree.entries(root, 1);
        bool const too_many = static_cast<std::int64_t>(inside.size()) > style.most_entries;
        out.line(tree.details(*node.value, root, 0) + tree.colored(*node.value, root, tree.name_of(root)) +
                 (too_many                            ? Tree::exceeds(inside.size())
                  : style.marks && root.back() != '/' ? "/"
                                                      : ""));
        if (inside.empty()) continue;
        ++tree.folders;
        if (!too_many) co_await tree.walk(root, "", 1);
    }
    if (!style.no_report) {
        std::string report = "\n";
        if (style.used) report += size_text(tree.used, style) + (style.human ? "" : " bytes") + " used in ";
        report += std::to_string(tree.folders) + (tree.folders == 1 ? " directory" : " directories");
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
                           "  -A          (ignored)\n"
                           "  -c          sort by, and show with -D, the last change of the status\n"
                           "  -C          turn colorization on always\n"
                           "  -D          print the date of last modification\n"
                           "  -d          list directories only\n"
                           "  -f          print the full path prefix for each file\n"
                           "  -F          append '/' and '*' as per ls -F\n"
                           "  -g          print the group of each file\n"
                           "  -h          print the size in a more human readable way\n"
                           "  -i          don't print indentation lines\n"
                           "  -I PATTERN  do not list files that match the given pattern\n"
                           "  -J          print the tree in JSON\n"
                           "  -l          follow symbolic links like directories\n"
                           "  -L LEVEL    descend only LEVEL directories deep\n"
                           "  -n          turn colorization off\n"
                           "  -N          (ignored)\n"
                           "  -o FILE     output to FILE instead of stdout\n"
                           "  -P PATTERN  list only those files that match the pattern given\n"
                           "  -p          print the protections for each file\n"
                           "  -q          (ignored)\n"
                           "  -Q          quote file names with double quotes\n"
                           "  -r          reverse the order of the sort\n"
                           "  -s          print the size in bytes of each file\n"
                           "  -S          (ignored)\n"
                           "  -t          sort files by last modification time\n"
                           "  -u          print the owner of each file\n"
                           "  -U          leave files unsorted\n"
                           "  -v          sort files alphanumerically by version\n"
                           "  -x          (ignored)\n"
                           "      --charset=X  lines of ASCII unless X is UTF-8\n"
                           "      --du         report the size of each directory with what is in it\n"
                           "      --filelimit=NUM  do not descend directories with more than NUM files\n"
                           "      --filesfirst  list files before directories\n"
                           "      --ignore-case  ignore case when pattern matching\n"
                           "      --inodes     print the inode number of each file\n"
                           "      --matchdirs  include directory names in -P pattern matching\n"
                           "      --metafirst  print meta-data at the beginning of each line\n"
                           "      --prune      prune empty directories from the output\n"
                           "      --si         like -h, but in powers of 1000\n"
                           "      --sort=NAME  sort by name, version, size, mtime, ctime or none\n"
                           "      --timefmt=FORMAT  print the date in FORMAT\n"
                           "      --dirsfirst  list directories before files\n"
                           "      --noreport   turn off file/directory count at end of tree listing\n",
                           nullptr,
                           run_tree};

}
