#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/compare.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"
#include "terminal/width.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

enum class Shape : std::uint8_t { one_per_line, columns, across, commas, details };
enum class Marks : std::uint8_t { none, slash, types, all };
enum class By : std::uint8_t { name, time, size, extension, version, none, width };
enum class Quotes : std::uint8_t { literal, shell, shell_escape, c, escape };

struct LsStyle {
    Shape shape = Shape::one_per_line;
    Marks marks = Marks::none;
    By by = By::name;
    Quotes quotes = Quotes::literal;
    bool all = false, almost_all = false, recursive = false, directories = false, reverse = false, color = false;
    bool inode = false, numeric = false, no_owner = false, no_group = false, blocks = false, directories_first = false;
    bool follow = false, ignore_backups = false, hides_controls = false;
    char end = '\n'; // of a line
    int base = 0;    // of human sizes; 0 for bytes
    std::string time_format;
    std::uint32_t time_kind = 'm';
    int width = 80;
    std::vector<std::string> hidden, ignored;
};

struct Item {
    std::string name; // as shown
    std::string path; // to look at
    NodePtr node;
};

std::int64_t time_of(Node const& node, LsStyle const& style) {
    return style.time_kind == 'c' ? node.changed_ns : style.time_kind == 'u' ? node.accessed_ns : node.modified_ns;
}

class Lister {
  public:
    Lister(Process& p, LsStyle style) : p_(p), style_(std::move(style)), out_(p) {}

    Task<int> run(std::vector<std::string> operands) {
        bool const several = operands.size() > 1;
        if (operands.empty()) operands.emplace_back(".");
        std::vector<Item> files, directories;
        for (std::string const& operand : operands) {
            // Links on the command line are followed, but with -l, -d and -F only if asked.
            bool const stays = style_.shape == Shape::details || style_.directories || style_.marks != Marks::none;
            auto found = p_.vfs().lookup(p_.caller, operand, stays && !style_.follow ? Follow::no : Follow::yes);
            auto const link = p_.vfs().lookup(p_.caller, operand, Follow::no);
            if (!found && link) found = link;
            if (!found) {
                report_file(p_, "cannot access $", operand, found.error);
                status_ = 2;
                continue;
            }
            bool const is_directory = found.value->is_directory() && !style_.directories;
            (is_directory ? directories : files)
                .push_back({operand, operand, is_directory || style_.follow || !link ? found.value : link.value});
        }
        sort(files);
        sort(directories);
        print(files);
        bool first = files.empty();
        for (Item const& directory : directories) {
            co_await list(directory.path, several || style_.recursive, first);
            first = false;
        }
        co_return out_.close(status_);
    }

  private:
    Task<> list(std::string path, bool with_header, bool first) {
        auto entries = p_.vfs().list(p_.caller, path);
        if (!entries) {
            out_.flush();
            report_file(p_, "cannot open directory $", path, entries.error);
            status_ = std::max(status_, status_ == 2 || !with_header ? 2 : 1);
            co_return;
        }
        if (!first) out_.put('\n');
        if (with_header) out_.line(shown_path(path) + ":");
        std::vector<Item> items;
        if (style_.all) {
            NodePtr const self = p_.vfs().lookup(p_.caller, path).value;
            items.push_back({".", path, self});
            items.push_back({"..", path_in(path, ".."), p_.vfs().lookup(p_.caller, path_in(path, "..")).value});
        }
        for (Vfs::Entry& entry : entries.value) {
            if (entry.name[0] == '.' && !style_.all && !style_.almost_all) continue;
            if (style_.ignore_backups && entry.name.back() == '~') continue;
            if (is_ignored(entry.name)) continue;
            std::string const full = path_in(path, entry.name);
            auto const followed = style_.follow ? p_.vfs().lookup(p_.caller, full) : Attempt<NodePtr>(Errno::invalid);
            items.push_back({entry.name, full, followed ? followed.value : entry.node});
        }
        sort(items);
        if (style_.shape == Shape::details || style_.blocks) print_total(items);
        print(items);
        if (!style_.recursive) co_return;
        for (Item const& item : items) {
            if (!item.node->is_directory() || item.name == "." || item.name == "..") continue;
            co_await list(item.path, true, false);
            co_await p_.breathe();
            if (out_.broken()) co_return;
        }
    }

    [[nodiscard]] bool is_ignored(std::string const& name) const {
        bool const shows_hidden = style_.all || style_.almost_all; // what --hide names, too
        auto const among = [&](std::vector<std::string> const& patterns) {
            return std::any_of(patterns.begin(), patterns.end(),
                               [&](std::string const& one) { return pattern_matches(one, name, {}); });
        };
        return among(style_.ignored) || (!shows_hidden && among(style_.hidden));
    }

    void print_total(std::vector<Item> const& items) {
        std::int64_t blocks = 0;
        for (Item const& item : items) blocks += blocks_of(*item.node);
        out_.line("total " + (style_.base ? human_size(blocks * 512, style_.base) : std::to_string(blocks / 2)));
    }

    void sort(std::vector<Item>& items) const {
        auto const before = [&](Item const& a, Item const& b) {
            if (style_.directories_first && a.node->is_directory() != b.node->is_directory())
                return a.node->is_directory();
            int order = 0;
            auto const number = [&](std::int64_t left, std::int64_t right) {
                order = left < right ? 1 : left > right ? -1 : 0;
            };
            if (style_.by == By::time) number(time_of(*a.node, style_), time_of(*b.node, style_));
            if (style_.by == By::size)
                number(static_cast<std::int64_t>(a.node->size()), static_cast<std::int64_t>(b.node->size()));
            if (style_.by == By::extension) order = extension(a.name).compare(extension(b.name));
            if (style_.by == By::version) order = compare_versions(a.name, b.name);
            if (style_.by == By::width) number(width_of_utf8(b.name), width_of_utf8(a.name));
            if (order == 0) order = a.name.compare(b.name);
            return style_.reverse ? order > 0 : order < 0;
        };
        if (style_.by != By::none) std::stable_sort(items.begin(), items.end(), before);
    }

    static std::string_view extension(std::string_view name) {
        std::size_t const dot = name.rfind('.');
        return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
    }

    // As in C, `quote` being what has a backslash too.
    static std::string escaped(std::string const& name, char quote) {
        constexpr std::string_view special = "\a\b\f\n\r\t\v", letters = "abfnrtv";
        std::string out;
        for (char const c : name) {
            auto const byte = static_cast<unsigned char>(c);
            if (c == quote || c == '\\')
                (out += '\\') += c;
            else if (std::size_t const at = special.find(c); at != std::string_view::npos)
                (out += '\\') += letters[at];
            else
                out += byte < 32 || byte == 127 ? format_integer("\\%03", 'o', byte) : std::string(1, c);
        }
        return out;
    }
    static std::string without_controls(std::string name) {
        for (char& c : name)
            if (static_cast<unsigned char>(c) < 32 || c == 127) c = '?';
        return name;
    }
    [[nodiscard]] std::string shown_path(std::string const& name) const {
        switch (style_.quotes) {
            case Quotes::c: return '"' + escaped(name, '"') + '"';
            case Quotes::escape: return escaped(name, ' ');
            case Quotes::literal: return style_.hides_controls ? without_controls(name) : name;
            case Quotes::shell: {
                std::string const raw = replace_all(replace_all(shown_name(name), "'$'\\n''", "\n"), "'$'\\t''", "\t");
                return style_.hides_controls ? without_controls(raw) : raw;
            }
            case Quotes::shell_escape: break;
        }
        return shown_name(name);
    }
    [[nodiscard]] std::string_view mark_of(Node const& node) const {
        if (style_.marks == Marks::none) return "";
        if (node.is_directory()) return "/";
        if (style_.marks == Marks::slash) return "";
        if (node.kind == FileKind::symlink) return "@";
        if (node.kind == FileKind::fifo) return "|";
        return style_.marks == Marks::all && node.kind == FileKind::regular && (node.mode & 0111) ? "*" : "";
    }
    [[nodiscard]] std::string_view color_of(Item const& item) const {
        Node const& node = *item.node;
        switch (node.kind) {
            case FileKind::directory: {
                bool const open = (node.mode & 02) != 0, sticky = (node.mode & 01000) != 0;
                return open && sticky ? "30;42" : open ? "34;42" : sticky ? "37;44" : "01;34";
            }
            case FileKind::symlink: return p_.vfs().lookup(p_.caller, item.path) ? "01;36" : "40;31;01";
            case FileKind::fifo: return "40;33";
            case FileKind::character_device: return "40;33;01";
            case FileKind::regular: break;
        }
        return (node.mode & 04000) ? "37;41" : (node.mode & 02000) ? "30;43" : (node.mode & 0111) ? "01;32" : "";
    }
    // The name with colour, and the mark of its kind.
    std::string decorated(Item const& item) {
        std::string const name = shown_path(item.name);
        std::string_view const color = style_.color ? color_of(item) : std::string_view();
        std::string const mark(
            style_.shape == Shape::details && item.node->kind == FileKind::symlink ? "" : mark_of(*item.node));
        if (color.empty()) return name + mark;
        std::string const reset = std::exchange(colored_, true) ? "" : "\x1b[0m";
        return reset + "\x1b[" + std::string(color) + "m" + name + "\x1b[0m" + mark;
    }

    void print(std::vector<Item> const& items) {
        if (items.empty()) return;
        switch (style_.shape) {
            case Shape::details: return print_details(items);
            case Shape::columns:
            case Shape::across: return print_columns(items);
            case Shape::commas: return print_commas(items);
            case Shape::one_per_line: break;
        }
        Widths const widths = measure(items);
        for (Item const& item : items) out_.line(prefix(item, widths) + decorated(item), style_.end);
    }

    struct Widths {
        int inode = 0, blocks = 0, links = 0, owner = 0, group = 0, size = 0, time = 0;
        bool quoted = false;
    };
    [[nodiscard]] std::string size_text(Node const& node) const {
        if (node.kind == FileKind::character_device) return "1, 3";
        auto const size = static_cast<std::int64_t>(node.size());
        return style_.base ? human_size(size, style_.base) : std::to_string(size);
    }
    [[nodiscard]] std::string block_text(Node const& node) const {
        std::int64_t const blocks = blocks_of(node);
        return style_.base ? human_size(blocks * 512, style_.base) : std::to_string(blocks / 2);
    }
    [[nodiscard]] std::string owner_text(int id) const {
        return style_.numeric ? std::to_string(id) : user_name(p_, id);
    }
    [[nodiscard]] std::string time_text(Node const& node) const {
        std::int64_t const time = time_of(node, style_);
        Zone const zone = zone_named(p_.env("TZ"));
        if (style_.time_format.empty()) return list_time(time, p_.clock().now_ns, "%b %e  %Y", "%b %e %H:%M", zone);
        // Two lines are two formats, for old and for recent times.
        std::string_view const format = style_.time_format;
        std::size_t const line = format.find('\n');
        return list_time(time, p_.clock().now_ns, format.substr(0, line),
                         line == std::string_view::npos ? format : format.substr(line + 1), zone);
    }
    [[nodiscard]] Widths measure(std::vector<Item> const& items) const {
        Widths w;
        auto const grow = [](int& width, std::string const& text) { width = std::max(width, width_of_utf8(text)); };
        for (Item const& item : items) {
            grow(w.inode, std::to_string(item.node->inode));
            grow(w.blocks, block_text(*item.node));
            grow(w.links, std::to_string(item.node->links));
            grow(w.owner, owner_text(item.node->uid));
            grow(w.group, owner_text(item.node->gid));
            grow(w.size, size_text(*item.node));
            grow(w.time, time_text(*item.node));
            bool const aligns = style_.shape != Shape::one_per_line && style_.shape != Shape::commas;
            w.quoted =
                w.quoted || (aligns && (style_.quotes == Quotes::shell || style_.quotes == Quotes::shell_escape) &&
                             shown_path(item.name) != item.name);
        }
        return w;
    }
    [[nodiscard]] std::string prefix(Item const& item, Widths const& w) const {
        std::string out;
        bool const aligned = style_.shape != Shape::commas;
        if (style_.inode)
            out += padded_number(static_cast<std::int64_t>(item.node->inode), aligned ? w.inode : 0) + " ";
        if (style_.blocks) out += padded(block_text(*item.node), aligned ? w.blocks : 0) + " ";
        // A name without quotes stands under the letters of those that have them.
        if (aligned && w.quoted && shown_path(item.name) == item.name) out += ' ';
        return out;
    }

    void print_details(std::vector<Item> const& items) {
        Widths const w = measure(items);
        for (Item const& item : items) {
            Node const& node = *item.node;
            std::string line;
            if (style_.inode) line += padded_number(static_cast<std::int64_t>(node.inode), w.inode) + " ";
            if (style_.blocks) line += padded(block_text(node), w.blocks) + " ";
            line += mode_text(node) + " " + padded_number(node.links, w.links) + " ";
            if (!style_.no_owner) line += padded(owner_text(node.uid), -w.owner) + " ";
            if (!style_.no_group) line += padded(owner_text(node.gid), -w.group) + " ";
            line += padded(size_text(node), w.size) + " " + padded(time_text(node), w.time) + " ";
            if (w.quoted && shown_path(item.name) == item.name) line += ' ';
            line += decorated(item);
            if (node.kind == FileKind::symlink) {
                auto const target = p_.vfs().lookup(p_.caller, item.path);
                line += " -> ";
                if (target && style_.color)
                    line += decorated({node.content, item.path, target.value});
                else
                    line +=
                        shown_path(node.content) + std::string(target ? mark_of(*target.value) : std::string_view());
            }
            out_.line(line);
        }
    }

    void print_commas(std::vector<Item> const& items) {
        int column = 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
            std::string const text = prefix(items[i], {}) + decorated(items[i]);
            int const width = width_of_utf8(shown_path(items[i].name));
            bool const last = i + 1 == items.size();
            if (i > 0 && column + 2 + width + (last ? 0 : 1) > style_.width) {
                out_.put(",\n");
                column = 0;
            } else if (i > 0) {
                out_.put(", ");
                column += 2;
            }
            out_.put(text);
            column += width;
        }
        out_.put('\n');
    }

    // As many columns as fit, each as wide as its widest name and two blanks.
    void print_columns(std::vector<Item> const& items) {
        Widths const w = measure(items);
        std::vector<int> lengths;
        for (Item const& item : items)
            lengths.push_back(width_of_utf8(prefix(item, w) + shown_path(item.name)) +
                              width_of_utf8(mark_of(*item.node)));
        std::size_t const count = items.size();
        std::size_t columns = std::min(count, static_cast<std::size_t>(std::max(1, style_.width / 3)));
        std::vector<int> widths;
        for (; columns > 1; --columns) {
            std::size_t const rows = (count + columns - 1) / columns;
            widths.assign(columns, 0);
            for (std::size_t i = 0; i < count; ++i) {
                std::size_t const column = style_.shape == Shape::across ? i % columns : i / rows;
                bool const last = column + 1 == columns;
                widths[column] = std::max(widths[column], lengths[i] + (last ? 0 : 2));
            }
            int total = 0;
            for (int const width : widths) total += std::max(width, 3);
            if (total < style_.width) break;
        }
        if (columns <= 1) widths.assign(1, 0);
        std::size_t const rows = (count + columns - 1) / columns;
        for (std::size_t row = 0; row < rows; ++row) {
            std::string line;
            int position = 0, wanted = 0;
            for (std::size_t column = 0; column < columns; ++column) {
                std::size_t const i = style_.shape == Shape::across ? row * columns + column : column * rows + row;
                if (i >= count) break;
                indent(line, position, wanted);
                line += prefix(items[i], w) + decorated(items[i]);
                position = wanted + lengths[i];
                wanted += widths[column];
            }
            out_.line(line);
        }
    }
    // GNU uses tabs where they fit when it lays out columns.
    static void indent(std::string& line, int from, int to) {
        while (from < to) {
            if (to / 8 > (from + 1) / 8)
                line += '\t', from += 8 - from % 8;
            else
                line += ' ', ++from;
        }
    }

    Process& p_;
    LsStyle style_;
    Output out_;
    int status_ = 0;
    bool colored_ = false;
};

// Words for --time-style, --sort and --color; the status to end with, or -1.
int read_word(Process& p, Option const& option, LsStyle& style) {
    std::string const& word = option.value;
    switch (option.id) {
        case long_option("color"):
            style.color = !option.has_value || word == "always" || word == "yes" || word == "force" ||
                          ((word == "auto" || word == "tty" || word == "if-tty") && p.is_terminal(1));
            if (style.color || word == "auto" || word == "never" || word == "no" || word == "none" || word == "tty" ||
                word == "if-tty")
                return -1;
            return invalid_choice(p, word, "--color", {"always", "never", "auto"});
        case long_option("sort"): {
            constexpr std::string_view names[] = {"none", "time", "size", "extension", "version", "width"};
            constexpr By orders[] = {By::none, By::time, By::size, By::extension, By::version, By::width};
            auto const at = std::find(std::begin(names), std::end(names), word);
            if (at == std::end(names)) return invalid_choice(p, word, "--sort", {std::begin(names), std::end(names)});
            style.by = orders[at - std::begin(names)];
            return -1;
        }
        case long_option("time"):
            style.time_kind = word == "ctime" || word == "status"                    ? 'c'
                              : word == "atime" || word == "access" || word == "use" ? 'u'
                                                                                     : 'm';
            return -1;
        case long_option("full-time"):
            style.shape = Shape::details;
            style.time_format = "%Y-%m-%d %H:%M:%S.%N %z";
            return -1;
        default: // time-style
            style.time_format = word == "full-iso"                ? "%Y-%m-%d %H:%M:%S.%N %z"
                                : word == "long-iso"              ? "%Y-%m-%d %H:%M"
                                : word == "iso"                   ? "%Y-%m-%d \n%m-%d %H:%M"
                                : !word.empty() && word[0] == '+' ? word.substr(1)
                                                                  : "";
            return -1;
    }
}

int read_options(Process& p, Arguments const& arguments, LsStyle& style) {
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'a': style.all = true; break;
            case 'A': style.almost_all = true; break;
            case 'B': style.ignore_backups = true; break;
            case 'b': style.quotes = Quotes::escape; break;
            case 'I': style.ignored.push_back(option.value); break;
            case long_option("hide"): style.hidden.push_back(option.value); break;
            case 'Q': style.quotes = Quotes::c; break;
            case long_option("quoting-style"):
                style.quotes = option.value == "c"                                ? Quotes::c
                               : option.value == "escape"                         ? Quotes::escape
                               : option.value.compare(0, 12, "shell-escape") == 0 ? Quotes::shell_escape
                               : option.value.compare(0, 5, "shell") == 0         ? Quotes::shell
                                                                                  : Quotes::literal;
                break;
            case 'N': style.quotes = Quotes::literal; break;
            case 'q': style.hides_controls = true; break;
            case 'C': style.shape = Shape::columns; break;
            case 'x': style.shape = Shape::across; break;
            case 'm': style.shape = Shape::commas; break;
            case '1':
                if (style.shape != Shape::details) style.shape = Shape::one_per_line;
                break;
            case 'l': style.shape = Shape::details; break;
            case 'n': style.shape = Shape::details, style.numeric = true; break;
            case 'g': style.shape = Shape::details, style.no_owner = true; break;
            case 'o': style.shape = Shape::details, style.no_group = true; break;
            case 'G': style.no_group = true; break;
            case 'd': style.directories = true; break;
            case 'F': style.marks = Marks::all; break;
            case 'p': style.marks = Marks::slash; break;
            case long_option("indicator-style"):
                style.marks = option.value == "slash"       ? Marks::slash
                              : option.value == "file-type" ? Marks::types
                              : option.value == "classify"  ? Marks::all
                                                            : Marks::none;
                break;
            case long_option("zero"):
                style.end = '\0';
                style.quotes = Quotes::literal;
                style.color = false;
                if (style.shape != Shape::details) style.shape = Shape::one_per_line;
                break;
            case long_option("file-type"): style.marks = Marks::types; break;
            case 'f': style.by = By::none, style.all = true; break;
            case 'h': style.base = 1024; break;
            case long_option("si"): style.base = 1000; break;
            case 'i': style.inode = true; break;
            case 's': style.blocks = true; break;
            case 'L': style.follow = true; break;
            case 'r': style.reverse = true; break;
            case 'R': style.recursive = true; break;
            case 'S': style.by = By::size; break;
            case 't': style.by = By::time; break;
            case 'U': style.by = By::none; break;
            case 'v': style.by = By::version; break;
            case 'X': style.by = By::extension; break;
            case 'c':
            case 'u': style.time_kind = option.id; break;
            case 'w': style.width = static_cast<int>(parse_count(option.value).value_or(80)); break;
            case long_option("group-directories-first"): style.directories_first = true; break;
            case long_option("color"):
            case long_option("sort"):
            case long_option("time"):
            case long_option("time-style"):
            case long_option("full-time"):
                if (int const status = read_word(p, option, style); status >= 0) return status;
                break;
            default: break;
        }
    }
    // -c and -u alone sort by that time, as in GNU.
    if (style.time_kind != 'm' && style.shape != Shape::details && style.by == By::name) style.by = By::time;
    if (style.width == 0) style.width = 1 << 20;
    return -1;
}

Task<int> run_lister(Process& p, Command const& command, LsStyle style) {
    Arguments const arguments = parse_arguments(p, command, OperandOrder::anywhere, 2);
    if (arguments.ended()) co_return arguments.status;
    if (p.is_terminal(1) && &command == &ls_command) {
        style.shape = Shape::columns;
        style.quotes = Quotes::shell_escape;
        style.width = p.terminal_size().columns;
    }
    if (int const status = read_options(p, arguments, style); status >= 0) co_return status;
    Lister lister(p, style);
    co_return co_await lister.run(arguments.operands);
}

Task<int> run_ls(Process& p) { return run_lister(p, ls_command, {}); }
// ls -C -b and ls -l -b, whatever the output is.
Task<int> run_dir(Process& p) {
    LsStyle style;
    style.shape = Shape::columns;
    style.quotes = Quotes::escape;
    return run_lister(p, dir_command, style);
}
Task<int> run_vdir(Process& p) {
    LsStyle style;
    style.shape = Shape::details;
    style.quotes = Quotes::escape;
    return run_lister(p, vdir_command, style);
}

constexpr std::string_view summary = "list information about the FILEs (the current directory by default)";
constexpr std::string_view manual =
    "  -a, --all                  do not ignore entries starting with .\n"
    "  -A, --almost-all           do not list implied . and ..\n"
    "  -b, --escape               print C-style escapes for nongraphic characters\n"
    "  -B, --ignore-backups       do not list implied entries ending with ~\n"
    "  -c                         with -lt: sort by, and show, ctime\n"
    "  -C                         list entries by columns\n"
    "      --color[=WHEN]         colorize the output: always, auto, or never\n"
    "  -d, --directory            list directories themselves, not their contents\n"
    "  -f                         do not sort, enable -aU\n"
    "  -F, --classify             append indicator (one of */=>@|) to entries\n"
    "      --file-type            likewise, except do not append '*'\n"
    "      --indicator-style=WORD  append indicator with style WORD: none, slash, file-type, classify\n"
    "      --full-time            like -l --time-style=full-iso\n"
    "  -g                         like -l, but do not list owner\n"
    "      --group-directories-first  group directories before files\n"
    "  -G, --no-group             in a long listing, don't print group names\n"
    "  -h, --human-readable       with -l and -s, print sizes like 1K 234M 2G etc.\n"
    "      --si                   likewise, but use powers of 1000 not 1024\n"
    "      --hide=PATTERN         do not list entries matching PATTERN, except with -a\n"
    "  -H, --dereference-command-line  (ignored)\n"
    "  -i, --inode                print the index number of each file\n"
    "  -I, --ignore=PATTERN       do not list entries matching PATTERN\n"
    "  -k, --kibibytes            (ignored)\n"
    "  -l                         use a long listing format\n"
    "  -L, --dereference          show what symbolic links point to\n"
    "  -m                         fill width with a comma separated list of entries\n"
    "  -n, --numeric-uid-gid      like -l, but list numeric user and group IDs\n"
    "  -N, --literal              print entry names without quoting\n"
    "  -o                         like -l, but do not list group information\n"
    "  -p                         append / indicator to directories\n"
    "  -q, --hide-control-chars   print ? instead of nongraphic characters\n"
    "  -Q, --quote-name           enclose entry names in double quotes\n"
    "      --quoting-style=WORD   literal, shell, shell-always, shell-escape, c or escape\n"
    "  -r, --reverse              reverse order while sorting\n"
    "  -R, --recursive            list subdirectories recursively\n"
    "  -s, --size                 print the allocated size of each file, in blocks\n"
    "  -S                         sort by file size, largest first\n"
    "      --sort=WORD            sort by WORD: none, size, time, version, extension, width\n"
    "      --time=WORD            show and sort by WORD: atime, ctime, mtime\n"
    "      --time-style=STYLE     full-iso, long-iso, iso, locale or +FORMAT\n"
    "  -t                         sort by time, newest first\n"
    "  -u                         with -lt: sort by, and show, access time\n"
    "  -U                         do not sort\n"
    "  -v                         natural sort of (version) numbers within text\n"
    "  -w, --width=COLS           set output width to COLS.  0 means no limit\n"
    "  -x                         list entries by lines instead of by columns\n"
    "  -X                         sort alphabetically by entry extension\n"
    "      --zero                 end each output line with NUL, not newline\n"
    "  -1                         list one file per line\n";

}

Command const ls_command{"ls", summary, "ls [OPTION]... [FILE]...", manual, nullptr, run_ls};
Command const dir_command{"dir", summary, "dir [OPTION]... [FILE]...", manual, nullptr, run_dir};
Command const vdir_command{"vdir", summary, "vdir [OPTION]... [FILE]...", manual, nullptr, run_vdir};

}
