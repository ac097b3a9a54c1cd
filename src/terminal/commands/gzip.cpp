// gzip, gunzip and zcat.
#include "terminal/commands/gzip.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr int warning_status = 2;
constexpr std::string_view known_suffixes[] = {".gz", ".z", ".taz", ".tgz", "-gz", "-z", "_z", ".Z"};

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

struct GzipStyle {
    bool decompress = false, to_stdout = false, force = false, keep = false, list = false, quiet = false;
    bool test = false, verbose = false, recursive = false, names = true, restores_name = false;
    int level = gzip_level;
    std::string suffix = ".gz";
};

std::string ratio_text(std::size_t whole, std::size_t packed) {
    double const saved = static_cast<double>(whole) - static_cast<double>(packed);
    return padded(fixed(whole == 0 ? 0 : 100 * saved / static_cast<double>(whole), 1), 5) + "%";
}

class Gzip {
  public:
    Gzip(Process& p, GzipStyle style) : p_(p), style_(std::move(style)), out_(p) {}

    Task<int> run(std::vector<std::string> files) {
        if (files.empty()) files.emplace_back("-");
        for (std::string const& file : files) {
            if (file == "-")
                co_await work_on_stdin();
            else
                co_await work_on(file, true);
            if (out_.broken()) break;
        }
        if (style_.list && files.size() > 1) print_row({total_in_, total_out_}, "(totals)");
        co_return out_.close(status_);
    }

  private:
    struct Sizes {
        std::size_t in = 0, out = 0;
    };
    void warn(std::string const& text) {
        if (!style_.quiet) p_.fail(text);
        if (status_ == 0) status_ = warning_status;
    }
    void error(std::string const& text) { status_ = p_.fail(text); }
    void report(std::string const& name, Gunzipped const& found) {
        out_.flush();
        if (found.blank_line) p_.err("\n");
        error(name + found.problem);
    }
    [[nodiscard]] std::string_view suffix_of(std::string_view name) const {
        if (ends_with(name, style_.suffix)) return name.substr(name.size() - style_.suffix.size());
        for (std::string_view const one : known_suffixes)
            if (ends_with(name, one)) return name.substr(name.size() - one.size());
        return {};
    }
    [[nodiscard]] std::string plain_name(std::string const& name) const {
        std::string_view const suffix = suffix_of(name);
        std::string const stem = name.substr(0, name.size() - suffix.size());
        return suffix == ".tgz" || suffix == ".taz" ? stem + ".tar" : stem;
    }

    Task<> work_on_stdin();
    Task<> work_on(std::string name, bool is_operand);
    Task<> work_on_folder(std::string name);
    Task<> work_on_file(std::string name, NodePtr node, std::string to);
    Task<bool> may_write(std::string name);
    Task<bool> unpack(std::string name, std::string_view bytes, std::string& into, bool keeps_all, Gunzipped& found);
    void print_row(Sizes sizes, std::string const& name);
    void list(std::string const& name, Sizes sizes, Gunzipped const& found, std::int64_t seconds);

    Process& p_;
    GzipStyle style_;
    Output out_;
    int status_ = 0;
    int listed_ = 0;
    std::size_t total_in_ = 0, total_out_ = 0, header_bytes_ = 0;
};

void Gzip::print_row(Sizes sizes, std::string const& name) {
    out_.line(padded_number(static_cast<std::int64_t>(sizes.in), 19) + " " +
              padded_number(static_cast<std::int64_t>(sizes.out), 19) + " " +
              ratio_text(sizes.out, sizes.in - std::min(sizes.in, header_bytes_)) + " " + name);
}

void Gzip::list(std::string const& name, Sizes sizes, Gunzipped const& found, std::int64_t seconds) {
    if (listed_++ == 0 && !style_.quiet)
        out_.put(std::string(style_.verbose ? "method  crc     date  time  " : "") +
                 "         compressed        uncompressed  ratio uncompressed_name\n");
    if (style_.verbose)
        out_.put("defla " + format_integer("%08", 'x', found.crc) + " " +
                 format_time("%b %e %H:%M", (found.seconds ? found.seconds : seconds) * 1'000'000'000) + " ");
    header_bytes_ = found.header_bytes;
    print_row(sizes, name);
    total_in_ += sizes.in;
    total_out_ += sizes.out;
}

// The content of a gzip file, to stdout or, for a file, into memory.
Task<bool> Gzip::unpack(std::string name, std::string_view bytes, std::string& into, bool keeps_all, Gunzipped& found) {
    bool const shows = !style_.list && !style_.test && !keeps_all;
    if (style_.force && shows && !is_gzip(bytes)) {
        out_.put(bytes);
        co_return true;
    }
    bool full = false;
    found = co_await gunzip(p_, bytes, [&](std::string_view piece) {
        if (shows) out_.put(piece);
        if (keeps_all) into += piece;
        full = into.size() > limits::file_bytes;
        return !full && !out_.broken();
    });
    if (full) found.problem = ": " + std::string(message(Errno::file_too_big));
    if (full) found.blank_line = false;
    if (!found.problem.empty()) report(name, found);
    if (found.problem.empty() && found.garbage) {
        if (!style_.quiet) p_.err("\n");
        warn(name + ": decompression OK, trailing garbage ignored");
    }
    co_return found.problem.empty() && !found.stopped;
}

Task<> Gzip::work_on_stdin() {
    if (!style_.force && p_.is_terminal(style_.decompress ? 0 : 1)) {
        error(style_.decompress ? "compressed data not read from a terminal. Use -f to force decompression."
                                : "compressed data not written to a terminal. Use -f to force compression.");
        p_.err("For help, type: gzip -h\n");
        co_return;
    }
    std::string bytes, unused;
    bool const read = co_await read_whole(p_, "-", bytes);
    if (!read) {
        status_ = 1;
        co_return;
    }
    if (style_.decompress) {
        Gunzipped found;
        bool const fine = co_await unpack("stdin", bytes, unused, false, found);
        if (fine && style_.list) list("stdout", {bytes.size(), found.size}, found, p_.clock().seconds());
        if (fine && style_.test && style_.verbose) p_.err(" OK\n");
        co_return;
    }
    NodePtr const node = p_.files.get(0) ? p_.files.get(0)->node() : nullptr;
    bool const timed = node && node->kind == FileKind::regular && style_.names;
    std::string const packed =
        co_await gzip(p_, bytes, style_.level, "", timed ? node->modified_ns / 1'000'000'000 : 0);
    out_.put(packed);
    if (style_.verbose) p_.err(ratio_text(bytes.size(), packed.size() - gzip_header_size - gzip_trailer_size) + "\n");
}

Task<> Gzip::work_on_folder(std::string name) {
    auto const entries = p_.vfs().list(p_.caller, name);
    if (!entries) {
        error(name + ": " + std::string(message(entries.error)));
        co_return;
    }
    for (Vfs::Entry const& entry : entries.value) {
        co_await p_.breathe();
        co_await work_on(path_in(name, entry.name), false);
    }
}

Task<> Gzip::work_on(std::string name, bool is_operand) {
    auto found = p_.vfs().lookup(p_.caller, name);
    if (!found && found.error == Errno::no_entry && !name.empty() && style_.decompress && suffix_of(name).empty()) {
        // The first suffix gives the name of the message.
        for (std::string_view const suffix : {std::string_view(style_.suffix), known_suffixes[0], known_suffixes[1]}) {
            found = p_.vfs().lookup(p_.caller, name + std::string(suffix));
            if (found) {
                name += suffix;
                break;
            }
        }
        if (!found) name += style_.suffix;
    }
    if (!found) {
        error((name.empty() ? "" : name + ": ") + std::string(message(found.error)));
        co_return;
    }
    NodePtr const node = found.value;
    if (node->is_directory()) {
        if (style_.recursive)
            co_await work_on_folder(without_slashes(name));
        else
            warn(name + " is a directory -- ignored");
        co_return;
    }
    std::string_view const suffix = suffix_of(name);
    bool const in_place = !style_.to_stdout && !style_.list && !style_.test;
    if (style_.decompress && suffix.empty() && in_place) {
        if (style_.verbose || (is_operand && !style_.quiet)) warn(name + ": unknown suffix -- ignored");
        co_return;
    }
    if (!style_.decompress && !suffix.empty() && in_place && !style_.force) {
        if (style_.verbose || (is_operand && !style_.quiet))
            p_.fail(name + " already has " + std::string(suffix) + " suffix -- unchanged");
        co_return;
    }
    if (in_place && !style_.force) {
        if (p_.vfs().lookup(p_.caller, name, Follow::no).value != node) {
            error(name + ": " + std::string(message(Errno::link_loop)));
            co_return;
        }
        if (node->kind != FileKind::regular) {
            warn(name + " is not a directory or a regular file - ignored");
            co_return;
        }
        if (node->links > 1) {
            warn(name + " has " + std::to_string(node->links - 1) + " other link" + (node->links > 2 ? "s" : "") +
                 " -- file ignored");
            co_return;
        }
    }
    co_await work_on_file(name, node, style_.decompress ? plain_name(name) : name + style_.suffix);
}

// Whether the file may be made, which is not there or may be replaced.
Task<bool> Gzip::may_write(std::string name) {
    if (style_.force || !p_.vfs().lookup(p_.caller, name, Follow::no)) co_return true;
    p_.err("gzip: " + name + " already exists;");
    bool agreed = false;
    if (p_.is_terminal(0)) {
        p_.err(" do you wish to overwrite (y or n)? ");
        std::string answer;
        bool const answered = co_await p_.read_line(0, answer);
        agreed = answered && (answer[0] == 'y' || answer[0] == 'Y');
    }
    if (!agreed) p_.err("\tnot overwritten\n");
    if (!agreed && status_ == 0) status_ = warning_status;
    co_return agreed;
}

Task<> Gzip::work_on_file(std::string name, NodePtr node, std::string to) {
    bool const in_place = !style_.to_stdout && !style_.list && !style_.test;
    if (!style_.decompress && !in_place && p_.is_terminal(1) && !style_.force) {
        error("compressed data not written to a terminal. Use -f to force compression.");
        p_.err("For help, type: gzip -h\n");
        co_return;
    }
    std::string bytes, made;
    if (Errno const failed = co_await p_.read_path(name, bytes); failed != Errno::none) {
        error(name + ": " + std::string(message(failed)));
        co_return;
    }
    Sizes sizes{bytes.size(), 0};
    Gunzipped found;
    std::int64_t seconds = node->modified_ns / 1'000'000'000;
    if (style_.decompress) {
        bool const fine = co_await unpack(name, bytes, made, in_place, found);
        if (!fine) co_return;
        if (style_.restores_name && !found.name.empty())
            to = parent_name(name) == "." ? found.name : path_in(parent_name(name), base_name(found.name));
        if (style_.restores_name && found.seconds) seconds = found.seconds;
        sizes = {found.size, bytes.size() - std::min(bytes.size(), found.header_bytes)};
    } else {
        std::string const inside = style_.names ? std::string(base_name(name)) : "";
        made = co_await gzip(p_, bytes, style_.level, inside, style_.names ? seconds : 0);
        sizes.out = made.size() - gzip_header_size - gzip_trailer_size - (inside.empty() ? 0 : inside.size() + 1);
        if (!in_place) out_.put(made);
    }
    if (style_.list) {
        list(to, {bytes.size(), found.size}, found, seconds);
        co_return;
    }
    if (in_place) {
        bool const free = co_await may_write(to);
        if (!free) co_return;
        static_cast<void>(p_.vfs().unlink(p_.caller, to));
        unsigned const mode = node->mode;
        Errno const failed = p_.vfs().write_file(p_.caller, to, made, 0600);
        if (failed != Errno::none) {
            error(to + ": " + std::string(message(failed)));
            static_cast<void>(p_.vfs().unlink(p_.caller, to));
            co_return;
        }
        static_cast<void>(p_.vfs().set_mode(p_.caller, to, mode));
        bool const exact = seconds == node->modified_ns / 1'000'000'000;
        static_cast<void>(
            p_.vfs().set_times(p_.caller, to, node->accessed_ns, exact ? node->modified_ns : seconds * 1'000'000'000));
        if (!style_.keep) static_cast<void>(p_.vfs().unlink(p_.caller, name));
    }
    if (!style_.verbose) co_return;
    p_.err(name + ":\t" +
           (style_.test
                ? std::string(" OK\n")
                : ratio_text(sizes.in, sizes.out) + " -- " + (style_.keep && in_place ? "created " : "replaced with ") +
                      (in_place ? to : "stdout") + "\n"));
}

Task<int> run_with(Process& p, Command const& command, GzipStyle style) {
    p.argv[0] = "gzip";
    Arguments const arguments = parse_arguments(p, command);
    if (arguments.ended()) co_return arguments.status;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'c': style.to_stdout = true; break;
            case 'd': style.decompress = true; break;
            case 'f': style.force = true; break;
            case 'h': p.out(help_text(command)); co_return 0;
            case 'k': style.keep = true; break;
            case 'l': style.list = style.decompress = true; break;
            case 'n': style.names = style.restores_name = false; break;
            case 'N': style.names = style.restores_name = true; break;
            case 'q': style.quiet = true, style.verbose = false; break;
            case 'r': style.recursive = true; break;
            case 'S':
                if (option.value.empty()) co_return p.fail("invalid suffix ''");
                style.suffix = option.value;
                break;
            case 't': style.test = style.decompress = true; break;
            case 'v': style.verbose = true, style.quiet = false; break;
            default:
                if (option.id >= '1' && option.id <= '9') style.level = static_cast<int>(option.id - '0');
                break;
        }
    }
    Gzip gzip(p, style);
    co_return co_await gzip.run(arguments.operands);
}

Task<int> run_gzip(Process& p) { return run_with(p, gzip_command, {}); }
Task<int> run_gunzip(Process& p) {
    GzipStyle style;
    style.decompress = true;
    return run_with(p, gunzip_command, style);
}
Task<int> run_zcat(Process& p) {
    GzipStyle style;
    style.decompress = style.to_stdout = true;
    return run_with(p, zcat_command, style);
}

constexpr std::string_view hint = "Try `gzip --help' for more information.";
constexpr std::string_view manual =
    "  -c, --stdout, --to-stdout  write on standard output, keep the files\n"
    "  -d, --decompress, --uncompress  decompress\n"
    "  -f, --force       overwrite files, take links, let plain data through\n"
    "  -h                print this help\n"
    "  -k, --keep        keep the input files\n"
    "  -l, --list        list the contents of compressed files\n"
    "  -n, --no-name     leave the name and time out, or do not put them back\n"
    "  -N, --name        put the name and time back\n"
    "  -q, --quiet       print no warnings\n"
    "  -r, --recursive   go through directories\n"
    "  -S, --suffix=SUF  use SUF instead of .gz\n"
    "  -t, --test        test compressed files\n"
    "  -v, --verbose     say what is done\n"
    "  -1, --fast        compress faster\n"
    "  -2\n  -3\n  -4\n  -5\n  -6\n  -7\n  -8\n"
    "  -9, --best        compress better\n";

}

Command const gzip_command{"gzip",
                           "compress or uncompress FILEs (by default, compress FILES in-place)",
                           "gzip [OPTION]... [FILE]...",
                           manual,
                           nullptr,
                           run_gzip,
                           hint};
Command const gunzip_command{
    "gunzip", "uncompress FILEs (by default, in-place)", "gunzip [OPTION]... [FILE]...", manual, nullptr, run_gunzip,
    hint};
Command const zcat_command{
    "zcat", "uncompress FILEs to standard output", "zcat [OPTION]... [FILE]...", manual, nullptr, run_zcat, hint};

}
