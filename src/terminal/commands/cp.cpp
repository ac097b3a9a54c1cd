// cp, mv and ln: what puts a file under another name.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

enum class Verb : std::uint8_t { copy, move, link };

struct Transfer {
    Verb verb = Verb::copy;
    bool recursive = false, force = false, asks = false, keeps = false, preserves = false, verbose = false;
    bool update = false, symbolic = false, hard = false, no_target_directory = false, relative = false;
    bool follow_links = true; // of sources in the tree
    bool follow_operands = true;
    bool strips_slashes = false, no_dereference = false, parents = false;
    char backup = 0; // s simple, n numbered, e numbered if there are such already
    std::string backup_suffix = "~";
    bool attributes_only = false, logical = false;
    std::string target_directory;
};

std::string text_of(Errno error) { return ": " + std::string(message(error)); }

// The name for what `to` is now.
std::string backup_name(Process& p, Transfer const& how, std::string const& to) {
    std::int64_t last = 0;
    std::string const start = std::string(base_name(to)) + ".~";
    auto const entries = p.vfs().list(p.caller, parent_name(to));
    for (std::size_t i = 0; entries && how.backup != 's' && i < entries.value.size(); ++i) {
        std::string_view const name = entries.value[i].name;
        if (name.size() <= start.size() + 1 || name.substr(0, start.size()) != start || name.back() != '~') continue;
        last = std::max(last, parse_count(name.substr(start.size(), name.size() - start.size() - 1)).value_or(0));
    }
    bool const numbered = how.backup == 'n' || (how.backup == 'e' && last > 0);
    return numbered ? to + ".~" + std::to_string(last + 1) + "~" : to + how.backup_suffix;
}

// Moves what `to` is out of the way; the name it has now, or nothing.
std::string back_up(Process& p, Transfer const& how, std::string const& to, NodePtr const& target) {
    if (!how.backup || !target || target->is_directory()) return {};
    std::string name = backup_name(p, how, to);
    return p.vfs().rename(p.caller, to, name) == Errno::none ? name : std::string();
}

void say(Process& p, Transfer const& how, std::string const& from, std::string const& to,
         std::string const& backup = {}) {
    if (!how.verbose) return;
    std::string const end = backup.empty() ? "\n" : " (backup: " + quoted(backup) + ")\n";
    std::string const arrow = how.verb == Verb::link ? (how.symbolic ? " -> " : " => ") : " -> ";
    if (how.verb == Verb::link)
        p.out((backup.empty() ? "" : quoted(backup) + " ~ ") + quoted(to) + arrow + quoted(from) + "\n");
    else
        p.out((how.verb == Verb::move ? "renamed " : "") + quoted(from) + arrow + quoted(to) + end);
}

// Whether the target may be replaced; the question is asked here.
Task<bool> may_replace(Process& p, Transfer const& how, NodePtr source, NodePtr target, std::string to) {
    if (!target) co_return true;
    if (how.keeps) co_return false;
    if (how.update && source && target->modified_ns >= source->modified_ns) co_return false;
    bool const blocked = how.verb == Verb::move && !how.force && p.is_terminal(0) && !p.vfs().may(p.caller, *target, 2);
    if (!how.asks && !blocked) co_return true;
    co_return co_await ask(p, (how.verb == Verb::link ? "replace " : "overwrite ") + quoted(to) + "? ");
}

Errno copy_content(Process& p, Node const& source, std::string const& to, bool force, unsigned mode) {
    OpenFlags flags;
    flags.write = flags.create = flags.truncate = true;
    if (!p.vfs().may(p.caller, source, 4)) return Errno::access;
    std::string const bytes = source.content;
    auto opened = p.open(to, flags, mode);
    if (!opened && force) {
        if (p.vfs().unlink(p.caller, to) != Errno::none) return opened.error;
        opened = p.open(to, flags, mode);
    }
    if (!opened) return opened.error;
    return bytes.empty() ? Errno::none : opened.value->write(bytes).error;
}

int copy_failed(Process& p, std::string const& from, std::string const& to, NodePtr const& target, Errno error) {
    if (error == Errno::access && !target && p.vfs().lookup(p.caller, from) &&
        !p.vfs().may(p.caller, *p.vfs().lookup(p.caller, from).value, 4))
        return p.fail("cannot open " + quoted(from) + " for reading" + text_of(error));
    return p.fail((target ? "cannot create regular file " : "cannot create regular file ") + quoted(to) +
                  text_of(error));
}

void keep_attributes(Process& p, Node const& source, std::string const& to) {
    static_cast<void>(p.vfs().set_owner(p.caller, to, source.uid, source.gid, Follow::no));
    if (source.kind != FileKind::symlink) static_cast<void>(p.vfs().set_mode(p.caller, to, source.mode));
    static_cast<void>(p.vfs().set_times(p.caller, to, source.accessed_ns, source.modified_ns, Follow::no));
}

Task<int> copy_tree(Process& p, std::string from, std::string to, Transfer const& how, bool is_operand);

Task<int> copy_directory(Process& p, std::string from, std::string to, Transfer const& how, NodePtr source,
                         NodePtr target) {
    if (!how.recursive) co_return p.fail("-r not specified; omitting directory " + quoted(from));
    if (target && !target->is_directory())
        co_return p.fail("cannot overwrite non-directory " + quoted(to) + " with directory " + quoted(from));
    auto entries = p.vfs().list(p.caller, from);
    if (!entries) {
        report_file(p, "cannot access $", from, entries.error);
        co_return 1;
    }
    if (!target) {
        if (Errno const error = p.vfs().make_directory(p.caller, to, source->mode | 0700); error != Errno::none)
            co_return p.fail("cannot create directory " + quoted(to) + text_of(error));
        say(p, how, from, to);
    }
    NodePtr const made = p.vfs().lookup(p.caller, to).value;
    for (NodePtr at = made; at && at != p.vfs().root(); at = at->parent.lock())
        if (at == source) {
            if (!target) static_cast<void>(p.vfs().remove_directory(p.caller, to));
            co_return p.fail("cannot copy a directory, " + quoted(from) + ", into itself, " + quoted(to));
        }
    int status = 0;
    for (Vfs::Entry const& entry : entries.value) {
        status |= co_await copy_tree(p, path_in(from, entry.name), path_in(to, entry.name), how, false);
        co_await p.breathe();
    }
    if (how.preserves)
        keep_attributes(p, *source, to);
    else if (!target)
        static_cast<void>(p.vfs().set_mode(p.caller, to, source->mode & ~p.caller.umask & 0777));
    co_return status;
}

Task<int> copy_tree(Process& p, std::string from, std::string to, Transfer const& how, bool is_operand) {
    Follow const follow = (is_operand ? how.follow_operands : how.follow_links) ? Follow::yes : Follow::no;
    auto const source = p.vfs().lookup(p.caller, from, follow);
    if (!source) {
        report_file(p, "cannot stat $", from, source.error);
        co_return 1;
    }
    NodePtr target = p.vfs().lookup(p.caller, to).value;
    if (source.value->is_directory()) co_return co_await copy_directory(p, from, to, how, source.value, target);
    if (target && target == source.value && !how.symbolic && !how.hard)
        co_return p.fail(quoted(from) + " and " + quoted(to) + " are the same file");
    if (target && target->is_directory())
        co_return p.fail("cannot overwrite directory " + quoted(to) + " with non-directory");
    if (!target && to.size() > 1 && to.back() == '/')
        co_return p.fail("cannot create regular file " + quoted(to) + text_of(Errno::not_directory));
    bool const agreed = co_await may_replace(p, how, source.value, target, to);
    if (!agreed) co_return 0;
    std::string const backup = back_up(p, how, to, target);
    if (!backup.empty()) target = nullptr;
    bool const dangles = !target && backup.empty() && p.vfs().lookup(p.caller, to, Follow::no);
    if (dangles && !how.symbolic && !how.hard && source.value->kind != FileKind::symlink)
        co_return p.fail("not writing through dangling symlink " + quoted(to));
    Errno error = Errno::none;
    bool const makes_link = how.symbolic || how.hard || source.value->kind == FileKind::symlink;
    if (makes_link) {
        auto const old = p.vfs().lookup(p.caller, to, Follow::no);
        if (old && (how.force || (!how.symbolic && !how.hard))) static_cast<void>(p.vfs().unlink(p.caller, to));
        if (how.hard)
            error = p.vfs().link(p.caller, from, to);
        else if (how.symbolic && from[0] != '/' && to.find('/') != std::string::npos)
            co_return p.fail(shown_name(to) + ": can make relative symbolic links only in current directory");
        else
            error = p.vfs().symlink(p.caller, how.symbolic ? from : source.value->content, to);
        if (error != Errno::none)
            co_return p.fail(std::string("cannot create ") + (how.hard ? "hard link " : "symbolic link ") + quoted(to) +
                             (how.hard ? " to " + quoted(from) : "") + text_of(error));
    } else {
        if (how.attributes_only) {
            if (!target) error = p.vfs().write_file(p.caller, to, "");
        } else if (source.value->kind != FileKind::regular) {
            std::string bytes;
            error = co_await p.read_path(from, bytes);
            if (error == Errno::none) error = p.vfs().write_file(p.caller, to, bytes);
        } else {
            error = copy_content(p, *source.value, to, how.force, source.value->mode & 0777);
        }
        if (error != Errno::none) co_return copy_failed(p, from, to, target, error);
        NodePtr const made = p.vfs().lookup(p.caller, to).value;
        if (made && made->program.empty() && !source.value->program.empty()) made->program = source.value->program;
    }
    if (how.preserves) keep_attributes(p, *source.value, to);
    say(p, how, from, to, backup);
    co_return 0;
}

Task<int> move_one(Process& p, std::string from, std::string to, Transfer const& how) {
    auto const source = p.vfs().lookup(p.caller, from, Follow::no);
    if (!source) {
        report_file(p, "cannot stat $", from, source.error);
        co_return 1;
    }
    NodePtr const target = p.vfs().lookup(p.caller, to, Follow::no).value;
    if (target && target == source.value) co_return p.fail(quoted(from) + " and " + quoted(to) + " are the same file");
    if (target && target->is_directory() && !source.value->is_directory())
        co_return p.fail("cannot overwrite directory " + quoted(to) + " with non-directory");
    if (target && !target->is_directory() && source.value->is_directory())
        co_return p.fail("cannot overwrite non-directory " + quoted(to) + " with directory " + quoted(from));
    bool const agreed = co_await may_replace(p, how, source.value, target, to);
    if (!agreed) co_return 0;
    std::string const backup = back_up(p, how, to, target);
    if (!source.value->is_directory() && !target && to.size() > 1 && to.back() == '/')
        co_return p.fail("cannot move " + quoted(from) + " to " + quoted(to) + text_of(Errno::not_directory));
    std::string const clean_to = source.value->is_directory() ? without_slashes(to) : to;
    Errno const error = p.vfs().rename(p.caller, without_slashes(from), clean_to);
    if (error == Errno::invalid)
        co_return p.fail("cannot move " + quoted(from) + " to a subdirectory of itself, " + quoted(to));
    if (error != Errno::none) co_return p.fail("cannot move " + quoted(from) + " to " + quoted(to) + text_of(error));
    say(p, how, from, to, backup);
    co_return 0;
}

// `to` as seen from the directory of `link`, for ln -r.
std::string relative_target(Process& p, std::string const& to, std::string const& link) {
    std::string const base = p.vfs().canonical(p.caller, parent_name(link)).value;
    std::string const target = normal_path(joined_path(p.directory(), to));
    std::size_t same = 0;
    for (std::size_t i = 0; i <= base.size() && i <= target.size(); ++i) {
        bool const end_base = i == base.size() || base[i] == '/', end_target = i == target.size() || target[i] == '/';
        if (end_base && end_target) same = i;
        if (i == base.size() || i == target.size() || base[i] != target[i]) break;
    }
    std::string out;
    for (std::size_t i = same; i < base.size(); ++i)
        if (base[i] == '/' && i + 1 < base.size()) out += "../";
    std::string_view rest = std::string_view(target).substr(same);
    while (!rest.empty() && rest[0] == '/') rest.remove_prefix(1);
    out += rest;
    if (out.size() > 1 && out.back() == '/') out.pop_back();
    return out.empty() ? "." : out;
}

Task<int> link_one(Process& p, std::string from, std::string to, Transfer const& how) {
    NodePtr source;
    if (!how.symbolic) {
        auto const found = p.vfs().lookup(p.caller, from, how.logical ? Follow::yes : Follow::no);
        if (!found) {
            report_file(p, "failed to access $", from, found.error);
            co_return 1;
        }
        source = found.value;
        if (source->is_directory()) co_return p.fail(shown_name(from) + ": hard link not allowed for directory");
    }
    NodePtr const target = p.vfs().lookup(p.caller, to, Follow::no).value;
    if (target && source && target == source && how.force)
        co_return p.fail(quoted(from) + " and " + quoted(to) + " are the same file");
    if (target && target->is_directory() && (how.force || how.asks))
        co_return p.fail(shown_name(to) + ": cannot overwrite directory");
    bool const backs_up = target && !target->is_directory() && how.backup;
    std::string backup;
    if (target && (how.force || how.asks || backs_up)) {
        bool const agreed = !how.asks || co_await may_replace(p, how, source, target, to);
        if (!agreed) co_return 0;
        if (backs_up)
            backup = back_up(p, how, to, target);
        else
            static_cast<void>(p.vfs().unlink(p.caller, to));
    }
    std::string const text = how.symbolic && how.relative ? relative_target(p, from, to) : from;
    Errno const error = how.symbolic
                            ? p.vfs().symlink(p.caller, text, to)
                            : p.vfs().link(p.caller, how.logical ? p.vfs().canonical(p.caller, from).value : from, to);
    if (error != Errno::none)
        co_return p.fail(std::string("failed to create ") + (how.symbolic ? "symbolic link " : "hard link ") +
                         quoted(to) + (how.symbolic || error == Errno::exists ? "" : " => " + quoted(from)) +
                         text_of(error));
    say(p, how, text, to, backup);
    co_return 0;
}

Transfer read_transfer(Arguments const& arguments, Verb verb) {
    Transfer how;
    how.verb = verb;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'a':
                how.recursive = how.preserves = true;
                how.follow_links = how.follow_operands = false;
                break;
            case 'r':
                if (verb == Verb::link) {
                    how.relative = true;
                } else {
                    how.recursive = true;
                    how.follow_links = how.follow_operands = false;
                }
                break;
            case 'f':
                how.force = true;
                how.asks = how.asks && verb == Verb::copy;
                if (verb == Verb::move) how.keeps = false;
                break;
            case 'i':
                how.asks = true;
                how.keeps = false;
                break;
            case 'n':
                how.keeps = verb != Verb::link;
                how.no_dereference = true;
                if (verb != Verb::link) how.asks = false;
                break;
            case 'p':
            case long_option("preserve"): how.preserves = true; break;
            case 'v': how.verbose = true; break;
            case 'u': how.update = true; break;
            case 's': how.symbolic = true; break;
            case 'l': how.hard = true; break;
            case 'L': how.logical = how.follow_links = how.follow_operands = true; break;
            case 'P': how.logical = false; [[fallthrough]];
            case 'd': how.follow_links = how.follow_operands = false; break;
            case 'H': how.follow_operands = true; break;
            case 'T': how.no_target_directory = true; break;
            case 't': how.target_directory = option.value; break;
            case 'b':
            case 'S':
                if (option.id == 'S') how.backup_suffix = option.value;
                if (!how.backup) how.backup = 'e';
                break;
            case long_option("backup"): {
                constexpr std::string_view names[] = {"none",     "off", "simple",   "never",
                                                      "existing", "nil", "numbered", "t"};
                constexpr std::string_view letters = "ssee";
                auto const* const which = std::find(std::begin(names), std::end(names), option.value);
                auto const index = static_cast<std::size_t>(which - std::begin(names));
                if (!option.has_value)
                    how.backup = 'e';
                else if (index < 2)
                    how.backup = '\0';
                else
                    how.backup = index < 6 ? letters[index - 2] : 'n';
                break;
            }
            case long_option("attributes-only"): how.attributes_only = true; break;
            case long_option("strip-trailing-slashes"): how.strips_slashes = true; break;
            case long_option("parents"): how.parents = true; break;
            default: break;
        }
    }
    if (how.recursive && arguments.has('L')) how.follow_links = how.follow_operands = true;
    return how;
}

Task<int> transfer_one(Process& p, std::string from, std::string to, Transfer const& how) {
    switch (how.verb) {
        case Verb::copy: co_return co_await copy_tree(p, from, to, how, true);
        case Verb::move: co_return co_await move_one(p, from, to, how);
        case Verb::link: break;
    }
    co_return co_await link_one(p, from, to, how);
}

Task<int> run_transfer(Process& p, Command const& command, Verb verb) {
    Arguments arguments = parse_arguments(p, command);
    if (arguments.ended()) co_return arguments.status;
    Transfer const how = read_transfer(arguments, verb);
    auto& operands = arguments.operands;
    bool const has_directory = !how.target_directory.empty();
    if (std::string const* const control = arguments.value(long_option("backup")); control && !control->empty()) {
        constexpr std::string_view known = " none off simple never existing nil numbered t ";
        if (known.find(" " + *control + " ") == std::string_view::npos)
            co_return invalid_choice(p, *control, "backup type",
                                     {"none,off", "simple,never", "existing,nil", "numbered,t"});
    }
    if (operands.empty()) co_return usage_mistake(p, "missing file operand");
    if (verb == Verb::link && operands.size() == 1 && !has_directory) operands.emplace_back(".");
    if (operands.size() == 1 && !has_directory)
        co_return usage_mistake(p, "missing destination file operand after " + quoted(operands[0]));
    std::string const target = has_directory ? how.target_directory : operands.back();
    if (!has_directory) operands.pop_back();
    Follow const follow = verb == Verb::link && how.no_dereference ? Follow::no : Follow::yes;
    auto const found = p.vfs().lookup(p.caller, target, follow);
    bool const into = !how.no_target_directory && found && found.value->is_directory();
    if (how.no_target_directory && has_directory)
        co_return p.fail("cannot combine --target-directory (-t) and --no-target-directory (-T)");
    if (how.no_target_directory && operands.size() > 1) {
        std::string const& extra = operands.size() > 2 ? operands[2] : target;
        co_return usage_mistake(p, "extra operand " + quoted(extra));
    }
    if (how.parents && !into && operands.size() == 1 && !has_directory)
        co_return usage_mistake(p, "with --parents, the destination must be a directory");
    if (!into && (operands.size() > 1 || has_directory)) {
        Errno const error = found ? Errno::not_directory : found.error;
        co_return p.fail(std::string(has_directory ? "target directory " : "target ") + quoted(target) +
                         text_of(error));
    }
    int status = 0;
    for (std::string const& operand : operands) {
        std::string const from = how.strips_slashes ? without_slashes(operand) : operand;
        std::string to = target;
        if (into && how.parents) {
            to = path_in(target, without_slashes(from));
            for (std::size_t slash = 0; (slash = from.find('/', slash + 1)) != std::string::npos;) {
                std::string const folder = from.substr(0, slash), made = path_in(target, folder);
                if (p.vfs().lookup(p.caller, made)) continue;
                static_cast<void>(p.vfs().make_directories(p.caller, made));
                if (how.verbose) p.out(folder + " -> " + made + "\n");
            }
        } else if (into) {
            std::string const name(base_name(without_slashes(from)));
            to = name == ".." || name == "." ? path_in(target, name == "." ? "." : "") : path_in(target, name);
            if (target == "." && verb == Verb::link) to = "./" + name;
        }
        status |= co_await transfer_one(p, from, to, how);
    }
    co_return status;
}

Task<int> run_cp(Process& p) { return run_transfer(p, cp_command, Verb::copy); }
Task<int> run_mv(Process& p) { return run_transfer(p, mv_command, Verb::move); }
Task<int> run_ln(Process& p) { return run_transfer(p, ln_command, Verb::link); }

}

Command const cp_command{
    "cp",
    "copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY",
    "cp [OPTION]... [-T] SOURCE DEST\ncp [OPTION]... SOURCE... DIRECTORY\ncp [OPTION]... -t DIRECTORY SOURCE...",
    "  -a, --archive                same as -dR --preserve=all\n"
    "      --backup[=CONTROL]           make a backup of each existing destination file; CONTROL is none,\n"
    "                               simple, existing or numbered\n"
    "  -b                           like --backup but does not accept an argument\n"
    "      --attributes-only        don't copy the file data, just the attributes\n"
    "  -d                           same as --no-dereference --preserve=links\n"
    "  -f, --force                  if a destination file cannot be opened, remove it and try again\n"
    "  -i, --interactive            prompt before overwrite\n"
    "  -H                           follow symbolic links in SOURCE that are operands\n"
    "  -l, --link                   hard link files instead of copying\n"
    "  -L, --dereference            always follow symbolic links in SOURCE\n"
    "  -n, --no-clobber             do not overwrite an existing file\n"
    "  -P, --no-dereference         never follow symbolic links in SOURCE\n"
    "  -p                           same as --preserve=mode,ownership,timestamps\n"
    "      --preserve[=LIST]        preserve the attributes\n"
    "      --no-preserve=LIST       (ignored)\n"
    "      --reflink[=WHEN]         (ignored)\n"
    "      --sparse=WHEN            (ignored)\n"
    "  -x, --one-file-system        (ignored)\n"
    "      --parents                use full source file name under DIRECTORY\n"
    "  -r, -R, --recursive          copy directories recursively\n"
    "  -s, --symbolic-link          make symbolic links instead of copying\n"
    "  -S, --suffix=SUFFIX          override the usual backup suffix\n"
    "      --strip-trailing-slashes  remove slashes at the end of each SOURCE\n"
    "  -t, --target-directory=DIRECTORY  copy all SOURCE arguments into DIRECTORY\n"
    "  -T, --no-target-directory    treat DEST as a normal file\n"
    "  -u, --update                 copy only when the SOURCE is newer or DEST is missing\n"
    "  -v, --verbose                explain what is being done\n",
    nullptr,
    run_cp};
Command const mv_command{
    "mv",
    "rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY",
    "mv [OPTION]... [-T] SOURCE DEST\nmv [OPTION]... SOURCE... DIRECTORY\nmv [OPTION]... -t DIRECTORY SOURCE...",
    "      --backup[=CONTROL]           make a backup of each existing destination file; CONTROL is none,\n"
    "                               simple, existing or numbered\n"
    "  -b                           like --backup but does not accept an argument\n"
    "  -f, --force                  do not prompt before overwriting\n"
    "  -i, --interactive            prompt before overwrite\n"
    "  -n, --no-clobber             do not overwrite an existing file\n"
    "  -S, --suffix=SUFFIX          override the usual backup suffix\n"
    "      --strip-trailing-slashes  remove slashes at the end of each SOURCE\n"
    "  -t, --target-directory=DIRECTORY  move all SOURCE arguments into DIRECTORY\n"
    "  -T, --no-target-directory    treat DEST as a normal file\n"
    "  -u, --update                 move only when the SOURCE is newer or DEST is missing\n"
    "  -v, --verbose                explain what is being done\n",
    nullptr,
    run_mv};
Command const ln_command{
    "ln",
    "make links between files",
    "ln [OPTION]... [-T] TARGET LINK_NAME\nln [OPTION]... TARGET\nln [OPTION]... TARGET... DIRECTORY",
    "      --backup[=CONTROL]           make a backup of each existing destination file; CONTROL is none,\n"
    "                               simple, existing or numbered\n"
    "  -b                           like --backup but does not accept an argument\n"
    "  -f, --force                  remove existing destination files\n"
    "  -i, --interactive            prompt whether to remove destinations\n"
    "  -L, --logical                dereference TARGETs that are symbolic links\n"
    "  -n, --no-dereference         treat LINK_NAME as a normal file if it is a link to a directory\n"
    "  -P, --physical               make hard links directly to symbolic links\n"
    "  -r, --relative               with -s, create links relative to link location\n"
    "  -s, --symbolic               make symbolic links instead of hard links\n"
    "  -S, --suffix=SUFFIX          override the usual backup suffix\n"
    "  -t, --target-directory=DIRECTORY  specify the DIRECTORY in which to create the links\n"
    "  -T, --no-target-directory    treat LINK_NAME as a normal file always\n"
    "  -v, --verbose                print name of each linked file\n",
    nullptr,
    run_ln};

}
