// stat, du and file: what tells about files.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>
#include <set>

namespace cw::terminal::commands {

namespace {

constexpr std::string_view stamp_format = "%Y-%m-%d %H:%M:%S.%N %z";

unsigned type_bits(Node const& node) {
    switch (node.kind) {
        case FileKind::regular: return 0100000;
        case FileKind::directory: return 040000;
        case FileKind::symlink: return 0120000;
        case FileKind::character_device: return 020000;
        case FileKind::fifo: return 010000;
    }
    return 0;
}

std::string stat_field(Process& p, char c, std::string_view spec, std::string const& path, Node const& node) {
    auto const number = [&](std::int64_t value, char conversion = 'd') {
        return format_integer(spec, conversion, value);
    };
    auto const text = [&](std::string_view value) { return format_text(spec, value); };
    auto const stamp = [&](std::int64_t time_ns) {
        return text(format_time(stamp_format, time_ns, zone_named(p.env("TZ"))));
    };
    switch (c) {
        case 'a': return number(node.mode, 'o');
        case 'A': return text(mode_text(node));
        case 'b': return number(blocks_of(node));
        case 'B': return number(512);
        case 'd': return number(1);
        case 'D': return number(1, 'x');
        case 'f': return number(type_bits(node) | node.mode, 'x');
        case 'F': return text(kind_name(node));
        case 'g': return number(node.gid);
        case 'G': return text(user_name(p, node.gid));
        case 'h': return number(node.links);
        case 'i': return number(static_cast<std::int64_t>(node.inode));
        case 'm': return text("/");
        case 'n': return text(path);
        case 'N': return text(quoted(path) + (node.kind == FileKind::symlink ? " -> " + quoted(node.content) : ""));
        case 'o': return number(4096);
        case 's': return number(static_cast<std::int64_t>(node.size()));
        case 't':
        case 'T': return number(0, 'x');
        case 'u': return number(node.uid);
        case 'U': return text(user_name(p, node.uid));
        case 'w': return stamp(node.born_ns);
        case 'W': return number(node.born_ns / 1'000'000'000);
        case 'x': return stamp(node.accessed_ns);
        case 'X': return number(node.accessed_ns / 1'000'000'000);
        case 'y': return stamp(node.modified_ns);
        case 'Y': return number(node.modified_ns / 1'000'000'000);
        case 'z': return stamp(node.changed_ns);
        case 'Z': return number(node.changed_ns / 1'000'000'000);
        case '%': return "%";
        default: return "?";
    }
}

std::string stat_format(Process& p, std::string_view format, std::string const& path, Node const& node) {
    std::string out;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%' || at + 1 == format.size()) {
            out += format[at];
            continue;
        }
        std::size_t const start = at++;
        while (at + 1 < format.size() && std::string_view("-+ #0123456789.").find(format[at]) != std::string_view::npos)
            ++at;
        out += stat_field(p, format[at], format.substr(start, at - start), path, node);
    }
    return out;
}

std::string stat_page(Process& p, std::string const& path, Node const& node) {
    return stat_format(p,
                       "  File: " + std::string(node.kind == FileKind::symlink ? "%N" : "%n") +
                           "\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n"
                           "Device: 0,1\tInode: %-11i Links: %h\n"
                           "Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\n"
                           "Access: %x\nModify: %y\nChange: %z\n Birth: %w\n",
                       path, node);
}

int run_stat(Process& p) {
    Arguments const arguments = parse_arguments(p, stat_command);
    if (arguments.ended()) return arguments.status;
    if (arguments.operands.empty()) return missing_operand(p, arguments.operands);
    int status = 0;
    for (std::string const& path : arguments.operands) {
        auto found = p.vfs().lookup(p.caller, path, arguments.has('L') ? Follow::yes : Follow::no);
        if (OpenFile* const input = path == "-" ? p.files.get(0) : nullptr; input && input->node())
            found = input->node();
        if (!found) {
            report_file(p, "cannot statx $", path, found.error);
            status = 1;
            continue;
        }
        Node const& node = *found.value;
        if (std::string const* format = arguments.value('c'))
            p.out(stat_format(p, *format, path, node) + "\n");
        else if (std::string const* raw = arguments.value(long_option("printf")))
            p.out(stat_format(p, unescaped(*raw), path, node));
        else if (arguments.has('t'))
            p.out(stat_format(p, "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n", path, node));
        else
            p.out(stat_page(p, path, node));
    }
    return status;
}

struct DuStyle {
    bool all = false, summary = false, total = false, separate = false, apparent = false, counts = false;
    int human_base = 0;
    std::int64_t block = 1024, depth = -1, threshold = 0;
    bool count_links = false;
    Follow follow = Follow::no;
    char end = '\n';
    std::vector<std::string> excluded;
};

class DiskUse {
  public:
    DiskUse(Process& p, DuStyle const& style, Output& out) : p_(p), style_(style), out_(out) {}
    int status = 0;
    std::int64_t grand_total = 0;
    bool every_file = false; // is counted once, whatever its links

    Task<std::int64_t> walk(std::string path, int level) {
        auto const found = p_.vfs().lookup(p_.caller, path, level == 0 ? style_.follow : Follow::no);
        if (!found) {
            out_.flush();
            report_file(p_, "cannot access $", path, found.error);
            status = 1;
            co_return 0;
        }
        Node const& node = *found.value;
        bool const hashes = every_file || (node.links > 1 && !node.is_directory());
        if (hashes && !style_.count_links && !seen_.insert(node.inode).second) co_return 0;
        std::int64_t const own = style_.counts     ? 1
                                 : style_.apparent ? static_cast<std::int64_t>(node.size())
                                                   : blocks_of(node) * 512;
        std::int64_t sum = own, below = 0;
        if (node.is_directory()) {
            auto const entries = p_.vfs().list(p_.caller, path);
            if (!entries) {
                report_file(p_, "cannot read directory $", path, entries.error);
                status = 1;
            } else {
                for (Vfs::Entry const& entry : entries.value) {
                    if (is_excluded(entry.name, path_in(path, entry.name))) continue;
                    std::int64_t const size = co_await walk(path_in(path, entry.name), level + 1);
                    sum += size;
                    if (entry.node->is_directory()) below += size;
                    co_await p_.breathe();
                }
            }
        }
        bool const shown = level == 0 || ((node.is_directory() || style_.all) && !style_.summary);
        std::int64_t const size = style_.separate ? sum - below : sum;
        bool const large = style_.threshold >= 0 ? size >= style_.threshold : size <= -style_.threshold;
        if (shown && large && (style_.depth < 0 || level <= style_.depth)) print(size, path);
        if (level == 0) grand_total += sum;
        co_return sum;
    }
    void print(std::int64_t bytes, std::string_view name) {
        std::string const size = style_.human_base ? human_size(bytes, style_.human_base)
                                                   : std::to_string((bytes + style_.block - 1) / style_.block);
        out_.line(size + "\t" + std::string(name), style_.end);
    }

  private:
    [[nodiscard]] bool is_excluded(std::string const& name, std::string const& path) const {
        return std::any_of(style_.excluded.begin(), style_.excluded.end(), [&](std::string const& glob) {
            return pattern_matches(glob, name, {}) || pattern_matches(glob, path, {});
        });
    }

    Process& p_;
    DuStyle const& style_;
    Output& out_;
    std::set<std::uint64_t> seen_;
};

Task<int> run_du(Process& p) {
    Arguments const arguments = parse_arguments(p, du_command);
    if (arguments.ended()) co_return arguments.status;
    DuStyle style;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'a': style.all = true; break;
            case 's': style.summary = true; break;
            case 'c': style.total = true; break;
            case 'S': style.separate = true; break;
            case 'h': style.human_base = 1024; break;
            case long_option("si"): style.human_base = 1000; break;
            case 'b':
                style.apparent = true;
                style.block = 1;
                break;
            case long_option("apparent-size"): style.apparent = true; break;
            case 'k':
            case 'm':
                style.block = option.id == 'k' ? 1024 : 1 << 20;
                style.human_base = 0;
                break;
            case 'B':
                style.human_base = 0;
                style.block = std::max<std::int64_t>(1, parse_size(option.value).value_or(1024));
                break;
            case '0': style.end = '\0'; break;
            case 'l': style.count_links = true; break;
            case 'D':
            case 'H':
            case 'L': style.follow = Follow::yes; break;
            case long_option("exclude"): style.excluded.push_back(option.value); break;
            case 'X': {
                std::string globs;
                if (!co_await read_whole(p, option.value, globs)) co_return 1;
                for (std::string_view const glob : split(globs, '\n'))
                    if (!glob.empty()) style.excluded.emplace_back(glob);
                break;
            }
            case long_option("inodes"):
                style.counts = true;
                style.block = 1;
                break;
            case 't': {
                bool const negative = option.value.compare(0, 1, "-") == 0;
                auto const size = parse_size(std::string_view(option.value).substr(negative ? 1 : 0));
                if (!size || (negative && *size == 0)) co_return p.fail("invalid -t argument " + quoted(option.value));
                style.threshold = negative ? -*size : *size;
                break;
            }
            case 'd': {
                auto const depth = parse_count(option.value);
                if (!depth) co_return usage_mistake(p, "invalid maximum depth " + marked(option.value));
                style.depth = *depth;
                break;
            }
            default: break;
        }
    }
    if (style.counts) style.block = 1;
    if (style.counts && style.apparent) p.fail("warning: options --apparent-size and -b are ineffective with --inodes");
    if (style.summary && style.depth > 0)
        co_return usage_mistake(p, "warning: summarizing conflicts with --max-depth=" + std::to_string(style.depth));
    if (style.summary && style.all) co_return usage_mistake(p, "cannot both summarize and show all entries");
    Output out(p);
    DiskUse use(p, style, out);
    std::vector<std::string> operands = arguments.operands;
    bool skipped = false;
    if (std::string const* const list = arguments.value(long_option("files0-from"))) {
        int const status = co_await names_from(p, *list, operands, 1, &skipped);
        if (status >= 0) co_return status;
    } else if (operands.empty()) {
        operands.emplace_back(".");
    }
    if (skipped) use.status = 1;
    use.every_file = operands.size() > 1;
    for (std::string const& operand : operands) co_await use.walk(operand, 0);
    if (style.total) use.print(use.grand_total, "total");
    co_return out.close(use.status);
}

// The name, time and size that a gzip file tells of itself.
std::string gzip_kind(std::string_view bytes) {
    constexpr std::size_t header = 10, trailer = 4;
    std::string kind = "gzip compressed data";
    if (bytes.size() < header + trailer) return kind;
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    auto const number = [&](std::size_t at) {
        return std::int64_t{byte(at)} | byte(at + 1) << 8 | byte(at + 2) << 16 | std::int64_t{byte(at + 3)} << 24;
    };
    std::string_view const name = bytes.substr(header);
    if (byte(3) == 8) kind += ", was \"" + std::string(name.substr(0, name.find('\0'))) + "\"";
    if (number(4) != 0) kind += ", last modified: " + format_time("%a %b %e %H:%M:%S %Y", number(4) * 1'000'000'000);
    if (byte(8) == 2) kind += ", max compression";
    if (byte(8) == 4) kind += ", max speed";
    if (byte(9) == 3) kind += ", from Unix";
    return kind + ", original size modulo 2^32 " + std::to_string(number(bytes.size() - trailer));
}

// What `file` says of bytes; common kinds only.
std::string content_kind(std::string_view bytes) {
    auto const starts = [&](std::string_view word) { return bytes.substr(0, word.size()) == word; };
    if (bytes.empty()) return "empty";
    if (starts("\x7f"
               "ELF"))
        return "ELF 64-bit LSB pie executable, x86-64";
    if (starts("\x89PNG")) return "PNG image data";
    if (starts("\xff\xd8\xff")) return "JPEG image data";
    if (starts("GIF8")) return "GIF image data, version " + std::string(bytes.substr(3, 3)) + ",";
    if (starts("%PDF-")) return "PDF document, version " + std::string(bytes.substr(5, 3));
    if (starts("PK\x03\x04")) return "Zip archive data";
    if (starts("\x1f\x8b")) return gzip_kind(bytes);
    constexpr std::size_t tar_magic = 257;
    if (bytes.size() > tar_magic && bytes.substr(tar_magic, 5) == "ustar")
        return bytes.substr(tar_magic + 5, 2) == "  " ? "POSIX tar archive (GNU)" : "POSIX tar archive";
    std::string_view const line = bytes.substr(0, bytes.find('\n'));
    auto const in_text = [](char c) {
        auto const u = static_cast<unsigned char>(c);
        return (u >= 32 && u != 127) || (u >= 7 && u <= 13) || u == 27;
    };
    bool const readable = std::all_of(bytes.begin(), bytes.end(), in_text);
    bool const ascii =
        readable && std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
    std::string const text = ascii ? "ASCII text" : readable && is_valid_utf8(bytes) ? "Unicode text, UTF-8 text" : "";
    if (text.empty()) return "data";
    std::string const executable = ascii ? "ASCII text executable" : "Unicode text, UTF-8 text executable";
    if (starts("#!")) {
        std::string_view program = trim(line.substr(2));
        if (program.find("python3") != std::string_view::npos) return "Python script, " + executable;
        if (program == "/bin/bash" || program == "/usr/bin/bash" || program == "/usr/bin/env bash")
            return "Bourne-Again shell script, " + executable;
        if (program == "/bin/sh") return "POSIX shell script, " + executable;
        return "a " + std::string(program) + " script, " + executable;
    }
    std::string_view const first = trim(bytes);
    if (!first.empty() && (first[0] == '{' || first[0] == '[') && (first.back() == '}' || first.back() == ']') &&
        first.find('"') != std::string_view::npos)
        return "JSON text data";
    if (starts("<!DOCTYPE html") || starts("<html")) return "HTML document, " + text;
    std::string extra;
    if (bytes.find("\r\n") != std::string_view::npos)
        extra = ", with CRLF line terminators";
    else if (bytes.find('\n') == std::string_view::npos)
        extra = ", with no line terminators";
    return text + extra;
}

// file --mime-type and, with the way that characters are written, file -i.
std::string mime_of(std::string_view kind, bool with_charset) {
    struct Type {
        std::string_view word, mime;
    };
    constexpr Type types[] = {{"cannot open", ""},
                              {"directory", "inode/directory"},
                              {"empty", "inode/x-empty"},
                              {"symbolic link", "inode/symlink"},
                              {"broken symbolic", "inode/symlink"},
                              {"fifo", "inode/fifo"},
                              {"character", "inode/chardevice"},
                              {"gzip", "application/gzip"},
                              {"POSIX tar", "application/x-tar"},
                              {"Zip", "application/zip"},
                              {"PDF", "application/pdf"},
                              {"PNG", "image/png"},
                              {"JPEG", "image/jpeg"},
                              {"GIF", "image/gif"},
                              {"ELF", "application/x-pie-executable"},
                              {"JSON", "application/json"},
                              {"HTML", "text/html"},
                              {"Python", "text/x-script.python"},
                              {"Bourne-Again", "text/x-shellscript"},
                              {"POSIX shell", "text/x-shellscript"}};
    bool const text = kind.find("text") != std::string_view::npos;
    std::string mime = text ? "text/plain" : "application/octet-stream";
    for (Type const& one : types)
        if (kind.substr(0, one.word.size()) == one.word) mime = one.mime;
    if (mime.empty()) return std::string(kind);
    if (!with_charset) return mime;
    bool const wide = kind.find("UTF-8") != std::string_view::npos;
    return mime + "; charset=" + (!text ? "binary" : wide ? "utf-8" : "us-ascii");
}

Task<int> run_file(Process& p) {
    Arguments const arguments = parse_arguments(p, file_command);
    if (arguments.ended()) co_return arguments.status;
    if (arguments.operands.empty()) {
        p.err("Usage: " + std::string(file_command.usage) + "\n");
        co_return 1;
    }
    int longest = 0;
    for (std::string const& operand : arguments.operands) longest = std::max(longest, static_cast<int>(operand.size()));
    for (std::string const& operand : arguments.operands) {
        auto const found = p.vfs().lookup(p.caller, operand, arguments.has('L') ? Follow::yes : Follow::no);
        std::string kind;
        if (operand == "-") {
            std::string bytes;
            static_cast<void>(co_await p.read_all(0, bytes));
            kind = content_kind(bytes);
        } else if (!found) {
            kind = "cannot open `" + operand + "' (" + std::string(message(found.error)) + ")";
        } else if (found.value->kind == FileKind::symlink) {
            kind = (p.vfs().lookup(p.caller, operand) ? "symbolic link to " : "broken symbolic link to ") +
                   found.value->content;
        } else {
            kind = found.value->kind == FileKind::regular ? content_kind(found.value->content)
                   : found.value->kind == FileKind::fifo  ? "fifo (named pipe)"
                                                          : std::string(kind_name(*found.value));
        }
        if (arguments.has('i') || arguments.has(long_option("mime-type"))) kind = mime_of(kind, arguments.has('i'));
        std::string const name = operand == "-" ? "/dev/stdin" : operand;
        p.out(arguments.has('b') ? kind + "\n" : padded(name + ":", -(longest + 1)) + " " + kind + "\n");
    }
    co_return 0;
}

}

Command const stat_command{
    "stat",
    "display file status",
    "stat [OPTION]... FILE...",
    "  -L, --dereference    follow links\n"
    "  -c, --format=FORMAT  use the specified FORMAT instead of the default\n"
    "      --printf=FORMAT  like --format, but interpret backslash escapes\n"
    "  -t, --terse          print the information in terse form\n\n"
    "FORMAT has %a %A mode, %s size, %n %N name, %F type, %u %U %g %G owner, %h links, %i inode,\n"
    "%x %y %z %w times, %X %Y %Z %W in seconds, %b %B blocks.\n",
    run_stat,
    nullptr};
Command const du_command{"du",
                         "summarize device usage of the set of FILEs, recursively for directories",
                         "du [OPTION]... [FILE]...",
                         "  -0, --null             end each output line with NUL, not newline\n"
                         "  -a, --all              write counts for all files, not just directories\n"
                         "      --apparent-size    print apparent sizes rather than device usage\n"
                         "  -b, --bytes            equivalent to '--apparent-size --block-size=1'\n"
                         "  -B, --block-size=SIZE  scale sizes by SIZE before printing them\n"
                         "  -c, --total            produce a grand total\n"
                         "  -d, --max-depth=N      print the total only for N or fewer levels below the operand\n"
                         "  -D, --dereference-args  dereference only symlinks that are listed on the command line\n"
                         "      --exclude=PATTERN  exclude files that match PATTERN\n"
                         "      --files0-from=F    summarize the files whose NUL-ended names are in F\n"
                         "  -H                     same as -D\n"
                         "      --inodes           list inode usage information instead of block usage\n"
                         "  -l, --count-links      count sizes many times if hard linked\n"
                         "  -L, --dereference      dereference symbolic links that are operands\n"
                         "  -P, --no-dereference   don't follow any symbolic links (the default)\n"
                         "  -t, --threshold=SIZE   exclude entries smaller than SIZE if positive, else greater\n"
                         "  -x, --one-file-system  (ignored)\n"
                         "  -X, --exclude-from=FILE  exclude files that match any pattern in FILE\n"
                         "  -h, --human-readable   print sizes in human readable format (e.g., 1K 234M 2G)\n"
                         "      --si               like -h, but use powers of 1000 not 1024\n"
                         "  -k                     like --block-size=1K\n"
                         "  -m                     like --block-size=1M\n"
                         "  -s, --summarize        display only a total for each argument\n"
                         "  -S, --separate-dirs    for directories do not include size of subdirectories\n",
                         nullptr,
                         run_du};
Command const file_command{"file",
                           "determine file type",
                           "file [OPTION]... FILE...",
                           "  -b, --brief        do not prepend filenames to output lines\n"
                           "  -i, --mime         print the MIME type and the character set\n"
                           "      --mime-type    print the MIME type\n"
                           "  -L, --dereference  follow links\n",
                           nullptr,
                           run_file};

}
