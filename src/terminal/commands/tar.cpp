// tar: its settings. tar_create.cpp makes archives, tar_extract.cpp reads them, tar_archive.cpp knows the headers.
#include "terminal/commands/tar.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"

namespace cw::terminal::commands {

namespace {

constexpr std::string_view hint = "Try 'tar --help' or 'tar --usage' for more information.";
constexpr int mistake_status = 64;
constexpr std::string_view letters_with_value = "fCTXbHFIKLNVg"; // in a first word without a dash

}

int tar_mistake(Process& p, std::string_view text) {
    p.fail(text);
    p.err(std::string(hint) + "\n");
    return tar_failed;
}

namespace {

// "tar czf x" -> "tar -c -z -f x". False if a letter lacks its value.
bool expand_bundle(Process& p) {
    if (p.argv.size() < 2 || p.argv[1].empty() || p.argv[1][0] == '-') return true;
    std::vector<std::string> words{p.argv[0]};
    std::size_t next = 2;
    for (char const letter : p.argv[1]) {
        words.push_back({'-', letter});
        if (letters_with_value.find(letter) == std::string_view::npos) continue;
        if (next >= p.argv.size()) {
            tar_mistake(p, std::string("Old option '") + letter + "' requires an argument.");
            return false;
        }
        words.back() += p.argv[next++];
    }
    words.insert(words.end(), p.argv.begin() + static_cast<long>(next), p.argv.end());
    p.argv = std::move(words);
    return true;
}

class Settings {
  public:
    Settings(Process& p, Arguments const& arguments) : p_(p), arguments_(arguments) {}
    TarStyle style;
    // The status to end with, or -1.
    Task<int> read() {
        std::size_t operand = 0;
        auto const take_operands = [&](std::size_t until) {
            for (; operand < until; ++operand) add_name(arguments_.operands[operand]);
        };
        for (Option const& option : arguments_.options) {
            take_operands(option.operands_before);
            int status = read_option(option);
            if (option.id == 'T') status = co_await read_names(option.value);
            if (option.id == 'X') status = co_await read_excludes(option.value);
            if (status >= 0) co_return status;
        }
        take_operands(arguments_.operands.size());
        style.late_excludes = style.names.empty() ? style.excludes.size() : style.names.back().excludes;
        if (style.mode == 0)
            co_return tar_mistake(p_, "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
        if (style.mode == 'c' && style.names.empty() && !arguments_.has('T'))
            co_return tar_mistake(p_, "Cowardly refusing to create an empty archive");
        co_return -1;
    }

  private:
    void add_name(std::string name) {
        style.names.push_back({std::move(name), style.directory, style.excludes.size()});
    }
    Task<int> read_list(std::string file, std::string& text, std::string_view what) {
        Errno const error = co_await p_.read_path(file, text);
        if (error == Errno::none) co_return -1;
        p_.fail(tar_escaped(file, true) + std::string(what) + ": " + std::string(message(error)));
        co_return p_.fail("Error is not recoverable: exiting now", tar_failed);
    }
    Task<int> read_names(std::string file) {
        std::string text;
        int const status = co_await read_list(std::move(file), text, ": Cannot stat");
        for (std::string_view const line : split(text, style.zero ? '\0' : '\n'))
            if (!line.empty()) add_name(std::string(line));
        co_return status;
    }
    Task<int> read_excludes(std::string file) {
        std::string text;
        int const status = co_await read_list(std::move(file), text, "");
        for (std::string_view const line : split(text, '\n'))
            if (!line.empty()) style.excludes.emplace_back(line);
        co_return status;
    }
    int read_option(Option const& option);
    int read_value(Option const& option);

    Process& p_;
    Arguments const& arguments_;
};

int Settings::read_option(Option const& option) {
    switch (option.id) {
        case 'c':
        case 't':
        case 'x':
        case 'r':
        case 'u':
        case 'd':
        case long_option("delete"):
            if (style.mode != 0 && style.mode != static_cast<char>(option.id))
                return tar_mistake(
                    p_, "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option");
            style.mode = option.id == long_option("delete") ? 'D' : static_cast<char>(option.id);
            break;
        case 'v': ++style.verbose; break;
        case 'z': style.gzip = true; break;
        case 'j': style.packer = "bzip2"; break;
        case 'J': style.packer = "xz"; break;
        case 'a': style.by_suffix = true; break;
        case 'P': style.absolute_names = true; break;
        case 'k': style.keeps_old = true; break;
        case 'O': style.to_stdout = true; break;
        case 'p': style.keeps_modes = true; break;
        case 'i': style.skips_zeros = true; break;
        case 'm': style.no_times = true; break;
        case 'h': style.follows = true; break;
        case long_option("wildcards"): style.wildcards = true; break;
        case long_option("no-wildcards"): style.wildcards = false; break;
        case long_option("no-anchored"): style.anchored = false; break;
        case long_option("no-recursion"): style.recursive = false; break;
        case long_option("remove-files"): style.removes_files = true; break;
        case long_option("numeric-owner"): style.numeric = true; break;
        case long_option("full-time"): style.full_time = true; break;
        case long_option("skip-old-files"): style.skips_old = true; break;
        case long_option("keep-newer-files"): style.keeps_newer = true; break;
        case long_option("show-transformed-names"): style.shows_transformed = true; break;
        case long_option("null"): style.zero = true; break;
        case long_option("exclude"): style.excludes.push_back(option.value); break;
        default: return option.has_value ? read_value(option) : -1;
    }
    return -1;
}

int Settings::read_value(Option const& option) {
    switch (option.id) {
        case 'f': style.file = option.value; break;
        case 'C':
            style.directory = style.directory.empty() ? option.value : joined_path(style.directory, option.value);
            break;
        case long_option("owner"): style.owner = option.value; break;
        case long_option("transform"): style.transforms.push_back(option.value); break;
        case long_option("group"): style.group = option.value; break;
        case long_option("mode"): style.permissions = option.value; break;
        case long_option("sort"):
            if (option.value != "none" && option.value != "name" && option.value != "inode")
                return p_.fail("invalid argument " + marked(option.value) + " for " + marked("--sort") +
                                   "\nValid arguments are:\n  - " + marked("none") + "\n  - " + marked("name") +
                                   "\n  - " + marked("inode"),
                               tar_failed);
            break;
        case long_option("mtime"):
            style.modified_ns = parse_time(option.value, p_.clock().now_ns);
            if (!style.modified_ns) return p_.fail("Unknown date format " + marked(option.value), tar_failed);
            break;
        case long_option("strip-components"): {
            auto const count = parse_count(option.value);
            if (!count) return tar_mistake(p_, option.value + ": Invalid number of elements");
            style.strip = *count;
            break;
        }
        default: break;
    }
    return -1;
}

Task<int> run_tar(Process& p) {
    if (!expand_bundle(p)) co_return tar_failed;
    Arguments const arguments = parse_arguments(p, tar_command, OperandOrder::anywhere, mistake_status);
    if (arguments.ended()) co_return arguments.status;
    Settings settings(p, arguments);
    int const status = co_await settings.read();
    if (status >= 0) co_return status;
    Tar tar(p, std::move(settings.style));
    co_return co_await tar.run();
}

}

Command const tar_command{"tar",
                          "keep many files in one archive, and take them out again",
                          "tar -c [-f ARCHIVE] [OPTION]... FILE...\ntar -t [-f ARCHIVE] [OPTION]... [MEMBER]...\n"
                          "tar -x [-f ARCHIVE] [OPTION]... [MEMBER]...",
                          "What to do:\n"
                          "  -c, --create               make a new archive\n"
                          "  -r, --append               put files at the end of an archive\n"
                          "  -t, --list                 print the names in an archive\n"
                          "  -u, --update               append files that are newer than their copy in the archive\n"
                          "  -x, --extract, --get       take files out of an archive\n"
                          "  -d, --diff, --compare      compare what is in an archive with files\n"
                          "      --delete               remove members from an archive\n\n"
                          "The archive:\n"
                          "  -a, --auto-compress        compress if the name of the archive ends so\n"
                          "  -f, --file=ARCHIVE         the archive's file; - is standard input or output\n"
                          "  -i, --ignore-zeros         read on behind the end, for archives put together\n"
                          "  -j, --bzip2                with bzip2, which is not installed\n"
                          "  -J, --xz                   with xz, which is not installed\n"
                          "  -z, --gzip, --gunzip, --ungzip  compressed with gzip\n"
                          "  -H, --format=FORMAT        (ignored) gnu is written, all are read\n"
                          "  -b, --blocking-factor=BLOCKS  (ignored)\n\n"
                          "Which files:\n"
                          "  -C, --directory=DIR        go to DIR first; for the names behind it\n"
                          "      --exclude=PATTERN      leave out what matches\n"
                          "  -X, --exclude-from=FILE    likewise with each line of FILE\n"
                          "  -h, --dereference          store the files that links lead to\n"
                          "      --no-recursion         do not go down into directories\n"
                          "      --null                 names of -T end with NUL\n"
                          "  -T, --files-from=FILE      names from FILE\n"
                          "      --wildcards            members may be given as patterns\n"
                          "      --no-wildcards         members are names (default)\n"
                          "      --anchored             members match from their start (default)\n"
                          "      --no-anchored          members match behind any slash\n\n"
                          "How they are stored and taken out:\n"
                          "      --group=NAME           store NAME, or NAME:GID, as the group\n"
                          "      --owner=NAME           store NAME, or NAME:UID, as the owner\n"
                          "      --mode=CHANGES         store changed permissions\n"
                          "      --mtime=DATE           store DATE as the time\n"
                          "      --sort=ORDER           none, name or inode; here always by name\n"
                          "      --remove-files         remove files after they are stored\n"
                          "  -k, --keep-old-files       it is an error if a file is there\n"
                          "      --skip-old-files       likewise, but silently leave it\n"
                          "      --keep-newer-files     leave files that are not older than their copy\n"
                          "      --overwrite            (ignored)\n"
                          "  -m, --touch                do not set the time\n"
                          "  -o, --no-same-owner        (ignored)\n"
                          "      --same-owner           (ignored)\n"
                          "  -O, --to-stdout            print what the files contain\n"
                          "  -p, --preserve-permissions, --same-permissions  set the modes without the umask\n"
                          "      --no-same-permissions  (ignored)\n"
                          "  -P, --absolute-names       keep / and .. at the start of names\n"
                          "      --transform, --xform=EXPRESSION  change names as sed's s command does\n"
                          "      --strip-components=NUMBER  leave out so many leading parts of names\n\n"
                          "Listings:\n"
                          "      --full-time            times with seconds\n"
                          "      --numeric-owner        numbers instead of users and groups\n"
                          "      --show-transformed-names, --show-stored-names  names after --strip-components\n"
                          "      --utc                  (ignored) times are in UTC\n"
                          "  -v, --verbose              print names, or, when listing, all about them\n",
                          nullptr,
                          run_tar,
                          hint};

}
