// tar: making archives, and what listing has in common with it.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/gzip.hpp"
#include "terminal/commands/tar.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

std::string_view packer_of(std::string_view name) {
    struct Suffix {
        std::string_view end, program;
    };
    constexpr Suffix suffixes[] = {{".gz", "gzip"},    {".tgz", "gzip"},  {".taz", "gzip"}, {".bz2", "bzip2"},
                                   {".tbz2", "bzip2"}, {".tbz", "bzip2"}, {".xz", "xz"},    {".txz", "xz"}};
    for (Suffix const& one : suffixes)
        if (name.size() > one.end.size() && name.substr(name.size() - one.end.size()) == one.end) return one.program;
    return {};
}

std::string_view packer_by_content(std::string_view bytes) {
    if (is_gzip(bytes)) return "gzip";
    if (bytes.substr(0, 3) == "BZh") return "bzip2";
    return bytes.substr(0, 6) == std::string_view(
                                     "\xfd"
                                     "7zXZ\0",
                                     6)
               ? "xz"
               : "";
}

}

Tar::Tar(Process& p, TarStyle style) : p_(p), style_(std::move(style)) {}

void Tar::trouble(std::string const& name, std::string_view what, Errno error) {
    p_.fail(tar_escaped(name, true) + ": " + std::string(what) + ": " + std::string(message(error)));
    status_ = tar_failed;
}

int Tar::fatal(std::string const& text) {
    fatal_ = true;
    if (!text.empty()) p_.fail(text);
    return p_.fail("Error is not recoverable: exiting now", tar_failed);
}

int Tar::child_failed(int status) { return fatal("Child returned status " + std::to_string(status)); }

bool Tar::directory_is_there(std::string const& directory) {
    if (directory.empty()) return true;
    auto const found = p_.vfs().lookup(p_.caller, directory);
    Errno const error = !found ? found.error : found.value->is_directory() ? Errno::none : Errno::not_directory;
    if (error != Errno::none) trouble(directory, "Cannot open", error);
    return error == Errno::none;
}

bool Tar::is_excluded(std::string_view name, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
        std::string const& pattern = style_.excludes[i];
        if (tar_matches(pattern, name, true)) return true;
        for (std::size_t slash = name.find('/'); slash != std::string_view::npos; slash = name.find('/', slash + 1))
            if (tar_matches(pattern, name.substr(slash + 1), true)) return true;
    }
    return false;
}

// Without a slash at the start and without "..", which is said once.
std::string Tar::safe_name(std::string const& name, bool is_link) {
    if (style_.absolute_names) return name;
    std::size_t from = 0;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t const end = std::min(name.find('/', at), name.size());
        if (name.compare(at, end - at, "..") == 0) from = end;
        at = end + 1;
    }
    while (from < name.size() && name[from] == '/') ++from;
    if (from > 0) {
        std::string const said =
            "Removing leading `" + name.substr(0, from) + "' from " + (is_link ? "hard link targets" : "member names");
        if (std::find(warned_.begin(), warned_.end(), said) == warned_.end()) {
            warned_.push_back(said);
            p_.fail(said);
        }
    }
    std::string const rest = name.substr(from);
    return rest.empty() ? "." : rest;
}

void Tar::show(Member const& member, std::string const& name) {
    bool const long_form = style_.verbose > (style_.mode == 't' ? 0 : 1);
    std::string line;
    if (long_form) {
        Node node;
        node.kind = member.kind == '5'   ? FileKind::directory
                    : member.kind == '2' ? FileKind::symlink
                    : member.kind == '6' ? FileKind::fifo
                    : member.kind == '3' ? FileKind::character_device
                                         : FileKind::regular;
        node.mode = member.mode;
        std::string const mode = mode_text(node);
        std::string const user = style_.numeric || member.user.empty() ? std::to_string(member.uid) : member.user;
        std::string const group = style_.numeric || member.group.empty() ? std::to_string(member.gid) : member.group;
        std::string const owner = user + "/" + group, size = std::to_string(member.size);
        width_ = std::max(width_, owner.size() + 1 + size.size());
        line = (member.kind == '1' ? "h" : mode.substr(0, 1)) + mode.substr(1) + " " + owner +
               padded(size, static_cast<int>(width_ - owner.size())) + " " +
               format_time(style_.full_time ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M", member.seconds * 1'000'000'000) +
               " ";
    }
    line += tar_escaped(name);
    if (long_form && member.kind == '1') line += " link to " + tar_escaped(member.link);
    if (long_form && member.kind == '2') line += " -> " + tar_escaped(member.link);
    bool const by_error = style_.mode == 'x' ? style_.to_stdout : style_.file == "-" && style_.mode != 't';
    p_.write(by_error ? 2 : 1, line + "\n");
}

// Puts the member and its content into the archive; false when there is no more room.
bool Tar::add_member(Member member, Node const& node, std::string const& name) {
    if (style_.permissions)
        member.mode = parse_mode(*style_.permissions, member.mode, member.is_directory(), 0).value_or(member.mode);
    member.seconds = style_.modified_ns.value_or(node.modified_ns) / 1'000'000'000;
    auto const named = [](std::string const& given, std::string own, int& id) {
        if (given.empty()) return own;
        std::size_t const colon = given.find(':');
        auto const number = parse_count(given.substr(colon == std::string::npos ? 0 : colon + 1));
        if (number) id = static_cast<int>(*number);
        if (colon == std::string::npos && number) return std::string(*number == 0 ? "root" : "");
        if (given == "root") id = 0;
        return given.substr(0, colon);
    };
    member.uid = node.uid;
    member.gid = node.gid;
    member.user = named(style_.owner, user_name(p_, node.uid), member.uid);
    member.group = named(style_.group, user_name(p_, node.gid), member.gid);
    if (style_.numeric) member.user = member.group = "";
    if (style_.verbose > 0) show(member, member.is_directory() && name.back() != '/' ? name + "/" : name);
    write_header(archive_, member);
    if (member.is_file()) archive_ += node.content;
    fill_block(archive_);
    return archive_.size() <= limits::archive_bytes;
}

Task<> Tar::add(std::string name, TarName const& from, std::string path) {
    co_await p_.breathe();
    if (full_ || is_excluded(without_slashes(name), from.excludes)) co_return;
    auto const found = p_.vfs().lookup(p_.caller, path, style_.follows ? Follow::yes : Follow::no);
    if (!found) {
        if (style_.mode != 'r' && name[0] == '/') static_cast<void>(safe_name(name, false));
        trouble(name, "Cannot stat", found.error);
        co_return;
    }
    Node const& node = *found.value;
    if (file_ && file_->node() == found.value) {
        p_.fail(tar_escaped(name, true) + ": file is the archive; not dumped");
        co_return;
    }
    if (node.kind == FileKind::regular && !p_.vfs().may(p_.caller, node, 4)) {
        trouble(name, "Cannot open", Errno::access);
        co_return;
    }
    std::string const plain = without_slashes(name);
    if (!node.is_directory() && style_.mode == 'u') {
        std::string const known = safe_name(plain, false);
        for (auto const& [old, seconds] : old_)
            if (old == known && node.modified_ns / 1'000'000'000 <= seconds) co_return;
    }
    Member member;
    member.mode = node.mode;
    member.kind = node.is_directory()              ? '5'
                  : node.kind == FileKind::symlink ? '2'
                  : node.kind == FileKind::fifo    ? '6'
                  : node.kind != FileKind::regular ? '3'
                                                   : '0';
    // One name alone has no second name in the archive; of several, one may come twice.
    bool const may_return = !node.is_directory() && (node.links > 1 || style_.names.size() > 1 || style_.follows);
    if (may_return) {
        auto const first = std::find_if(seen_.begin(), seen_.end(), [&](Seen const& one) { return one.node == &node; });
        if (first != seen_.end()) {
            member.kind = '1';
            member.link = safe_name(first->name, true);
        }
    }
    member.name = safe_name(transformed(plain), false);
    if (member.kind == '1') member.link = transformed(member.link);
    if (member.kind == '2') member.link = transformed(node.content);
    if (member.is_file()) member.size = node.content.size();
    if (!add_member(member, node, name)) {
        full_ = true;
        fatal(tar_escaped(style_.file, true) + ": Cannot write: " + std::string(message(Errno::file_too_big)));
        co_return;
    }
    if (may_return && member.kind != '1') {
        static_cast<void>(safe_name(plain, true));
        seen_.push_back({&node, plain});
    }
    if (style_.removes_files) removed_.push_back(path);
    if (node.is_directory() && style_.recursive) co_await add_folder(name, from, path);
}

Task<> Tar::add_folder(std::string name, TarName const& from, std::string path) {
    auto const entries = p_.vfs().list(p_.caller, path);
    if (!entries) {
        trouble(name, "Cannot open", entries.error);
        co_return;
    }
    for (Vfs::Entry const& entry : entries.value)
        co_await add(path_in(name, entry.name), from, path_in(path, entry.name));
}

// The archive named, or stdin, unpacked; false when there is nothing to go on with.
Task<bool> Tar::load() {
    std::string bytes;
    bool const piped = style_.file == "-";
    if (piped && p_.is_terminal(0)) {
        fatal("Refusing to read archive contents from terminal (missing -f option?)");
        co_return false;
    }
    Errno const error = co_await p_.read_path(style_.file, bytes);
    if (error == Errno::is_directory) {
        p_.fail(tar_escaped(style_.file, true) + ": Cannot read: " + std::string(message(error)));
        fatal("At beginning of tape, quitting now");
        co_return false;
    }
    if (error != Errno::none) {
        cannot_open(error);
        co_return false;
    }
    std::string_view const packer = style_.gzip             ? "gzip"
                                    : style_.packer.empty() ? packer_by_content(bytes)
                                                            : std::string_view(style_.packer);
    if (packer.empty()) {
        archive_ = std::move(bytes);
        co_return true;
    }
    if (style_.mode != 't' && style_.mode != 'x' && style_.mode != 'd') {
        fatal("Cannot update compressed archives");
    } else if (packer != "gzip") {
        no_packer(packer);
    } else if (piped && !style_.gzip) {
        fatal("Archive is compressed. Use -z option");
    } else {
        co_return co_await unzip(bytes);
    }
    co_return false;
}

Task<bool> Tar::unzip(std::string_view bytes) {
    bool full = false;
    Gunzipped const found = co_await gunzip(p_, bytes, [&](std::string_view piece) {
        full = archive_.size() + piece.size() > limits::archive_bytes;
        if (!full) archive_ += piece;
        return !full;
    });
    if (full) {
        fatal(tar_escaped(style_.file, true) + ": Cannot read: " + std::string(message(Errno::file_too_big)));
        co_return false;
    }
    if (found.problem.empty()) co_return true;
    p_.err((found.blank_line ? "\ngzip: stdin" : "gzip: stdin") + found.problem + "\n");
    child_failed(1);
    co_return false;
}

// What the program that packs would say, which tar starts as a child.
void Tar::no_packer(std::string_view program) {
    p_.err("tar (child): " + std::string(program) + ": Cannot exec: " + std::string(message(Errno::no_entry)) +
           "\ntar (child): Error is not recoverable: exiting now\n");
    child_failed(tar_failed);
}

void Tar::cannot_open(Errno error) {
    std::string const text = tar_escaped(style_.file, true) + ": Cannot open: " + std::string(message(error));
    if (style_.gzip) {
        p_.err("tar (child): " + text + "\ntar (child): Error is not recoverable: exiting now\n");
        child_failed(tar_failed);
    } else {
        fatal(text);
    }
}

// Where to go on behind the members that there are; with -u their times are noted.
void Tar::find_end() {
    ArchiveReader reader(archive_);
    Member member;
    for (auto state = reader.next(member); state != ArchiveReader::State::end; state = reader.next(member)) {
        if (state == ArchiveReader::State::cut) break;
        if (state == ArchiveReader::State::member) old_.emplace_back(member.name, member.seconds);
    }
    archive_.resize(reader.position());
}

Task<bool> Tar::store() {
    archive_.resize((archive_.size() + 2 * tar_block + tar_record - 1) / tar_record * tar_record);
    if (style_.gzip) archive_ = co_await gzip(p_, archive_, gzip_level, "", 0);
    if (file_) {
        Errno const error = file_->write(archive_).error;
        if (error != Errno::none)
            fatal(tar_escaped(style_.file, true) + ": Cannot write: " + std::string(message(error)));
        co_return error == Errno::none;
    }
    for (std::size_t at = 0; at < archive_.size(); at += tar_record) {
        if (!p_.out(std::string_view(archive_).substr(at, tar_record))) co_return false;
        co_await p_.breathe();
    }
    co_return true;
}

Task<int> Tar::write_archive() {
    bool const appends = style_.mode != 'c';
    if (style_.by_suffix && style_.packer.empty()) {
        std::string_view const packer = packer_of(style_.file);
        style_.gzip = style_.gzip || packer == "gzip";
        if (packer != "gzip") style_.packer = packer;
    }
    if (appends && (style_.gzip || !style_.packer.empty()))
        co_return tar_mistake(p_, "Cannot update compressed archives");
    if (!style_.packer.empty()) {
        no_packer(style_.packer);
        co_return tar_failed;
    }
    bool const piped = style_.file == "-";
    if (piped && !appends && p_.is_terminal(1))
        co_return fatal("Refusing to write archive contents to terminal (missing -f option?)");
    if (appends && (piped || p_.vfs().lookup(p_.caller, style_.file))) {
        bool const loaded = co_await load();
        if (!loaded) co_return tar_failed;
        if (style_.mode == 'D')
            co_await remove_members();
        else
            find_end();
    }
    if (!piped) {
        OpenFlags flags;
        flags.write = flags.create = flags.truncate = true;
        auto const opened = p_.open(style_.file, flags);
        if (!opened) {
            cannot_open(opened.error);
            co_return tar_failed;
        }
        file_ = opened.value;
    }
    for (TarName const& name : style_.names) {
        if (style_.mode == 'D') break;
        if (!directory_is_there(name.directory)) co_return fatal();
        std::string const path = name.directory.empty() ? name.name : joined_path(name.directory, name.name);
        co_await add(name.name, name, path);
        if (full_) co_return tar_failed;
    }
    bool const stored = co_await store();
    if (!stored) co_return piped ? Process::sigpipe : tar_failed;
    for (auto path = removed_.rbegin(); path != removed_.rend(); ++path)
        if (p_.vfs().unlink(p_.caller, *path) != Errno::none)
            static_cast<void>(p_.vfs().remove_directory(p_.caller, *path));
    if (style_.late_excludes < style_.excludes.size()) {
        p_.fail(
            "The following options were used after any non-optional arguments in archive create or update mode.  "
            "These options are positional and affect only arguments that follow them.  Please, rearrange them "
            "properly.");
        for (std::size_t i = style_.late_excludes; i < style_.excludes.size(); ++i)
            p_.fail("--exclude " + marked(style_.excludes[i]) + " has no effect");
        status_ = tar_failed;
    }
    co_return status_;
}

Task<int> Tar::run() {
    if (!read_transforms()) co_return tar_failed;
    bool const writes = style_.mode != 't' && style_.mode != 'x' && style_.mode != 'd';
    int const status = writes ? co_await write_archive() : co_await read_archive();
    if (status == tar_failed && status_ == tar_failed && !fatal_)
        p_.fail("Exiting with failure status due to previous errors");
    co_return status;
}

}
