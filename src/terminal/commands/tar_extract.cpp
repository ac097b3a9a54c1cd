// tar: listing archives and taking members out.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/tar.hpp"
#include "terminal/pattern.hpp"

#include <algorithm>

namespace cw::terminal::commands {

// Whether the member was asked for, or all are; notes that the name was found.
bool Tar::is_wanted(Member const& member) {
    if (is_excluded(member.name, style_.excludes.size())) return false;
    bool wanted = style_.names.empty();
    for (TarName& one : style_.names) {
        bool hit = tar_matches(one.name, member.name, style_.wildcards);
        for (std::size_t slash = member.name.find('/'); !hit && !style_.anchored && slash != std::string::npos;
             slash = member.name.find('/', slash + 1))
            hit = tar_matches(one.name, std::string_view(member.name).substr(slash + 1), style_.wildcards);
        one.found = one.found || hit;
        wanted = wanted || hit;
    }
    return wanted;
}

int Tar::report_missing() {
    bool said = false;
    for (TarName const& one : style_.names) {
        if (one.found) continue;
        if (!style_.wildcards && !said && is_pattern(one.name, false)) {
            said = true;
            p_.fail("Pattern matching characters used in file names");
            p_.fail("Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning");
        }
        status_ = p_.fail(tar_escaped(one.name, true) + ": Not found in archive", tar_failed);
    }
    return status_;
}

// False for a name that has no more parts than are left out.
bool Tar::strip(std::string& name) const {
    std::size_t at = 0;
    for (std::int64_t i = 0; i < style_.strip; ++i) {
        std::size_t const slash = name.find('/', at);
        if (slash == std::string::npos) return false;
        at = slash;
        while (at < name.size() && name[at] == '/') ++at;
    }
    name.erase(0, at);
    return !name.empty();
}

std::string Tar::place(std::string const& name) const {
    return style_.directory.empty() ? name : joined_path(style_.directory, name);
}

Task<int> Tar::read_archive() {
    bool const loaded = co_await load();
    if (!loaded) co_return tar_failed;
    if (style_.mode == 'x' && !directory_is_there(style_.directory)) co_return fatal();
    ArchiveReader reader(archive_, style_.skips_zeros);
    Member member;
    bool any = false, skipping = false;
    if (archive_.size() < tar_block) {
        p_.fail("This does not look like a tar archive");
        status_ = tar_failed;
    }
    for (;;) {
        co_await p_.breathe();
        if (p_.write_error != Errno::none) {
            p_.write_error = Errno::none;
            co_return p_.fail("stdout: write error", tar_failed);
        }
        auto const state = reader.next(member);
        if (state == ArchiveReader::State::end) break;
        if (state == ArchiveReader::State::bad) {
            if (!any && !skipping) p_.fail("This does not look like a tar archive");
            if (!skipping) p_.fail("Skipping to next header");
            skipping = true;
            status_ = tar_failed;
            continue;
        }
        any = true;
        skipping = false;
        bool const cut = state == ArchiveReader::State::cut;
        if (is_wanted(member)) {
            if (style_.mode == 'd') {
                compare(member, std::string_view(archive_).substr(member.offset, member.size));
            } else if (style_.mode == 't') {
                static_cast<void>(safe_name(member.name, false));
                std::string const whole = member.shown();
                if (style_.shows_transformed) member.name = transformed(member.name);
                if (style_.shows_transformed && !strip(member.name)) continue;
                show(member, style_.shows_transformed ? member.shown() : whole);
            } else {
                co_await take(member, std::string_view(archive_).substr(member.offset, member.size));
            }
        }
        if (cut) {
            if (style_.mode == 'x') p_.fail("Unexpected EOF in archive");
            co_return fatal("Unexpected EOF in archive");
        }
    }
    if (reader.lone_zero_block() > 0) p_.fail("A lone zero block at " + std::to_string(reader.lone_zero_block()));
    // Directories last, the deepest first, so that what is put into them does not change their times.
    for (auto one = later_.rbegin(); one != later_.rend(); ++one) set_attributes(one->member, one->path);
    co_return report_missing();
}

void Tar::set_attributes(Member const& member, std::string const& path) {
    if (member.kind != '2')
        static_cast<void>(p_.vfs().set_mode(
            p_.caller, path, style_.keeps_modes ? member.mode : member.mode & 0777 & ~p_.caller.umask, Follow::no));
    std::int64_t const time = member.seconds * 1'000'000'000;
    if (!style_.no_times) static_cast<void>(p_.vfs().set_times(p_.caller, path, p_.clock().now_ns, time, Follow::no));
}

bool Tar::make_parents(std::string const& path) {
    bool made = false;
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        std::string const parent = path.substr(0, slash);
        if (p_.vfs().lookup(p_.caller, parent)) continue;
        Errno const error = p_.vfs().make_directory(p_.caller, parent);
        made = error == Errno::none;
        if (made) continue;
        trouble(style_.directory.empty() ? parent : parent.substr(style_.directory.size() + 1), "Cannot mkdir", error);
        break;
    }
    return made;
}

// After a failure: makes the folders above, or removes what is in the way. Whether to try again.
bool Tar::make_room(Member const& member, std::string const& path, Errno error) {
    if (error == Errno::no_entry) return make_parents(path);
    if (error != Errno::exists || style_.keeps_old) return false;
    if (member.kind == '1' &&
        p_.vfs().lookup(p_.caller, path, Follow::no).value == p_.vfs().lookup(p_.caller, place(member.link)).value)
        return false;
    Errno const removed = p_.vfs().unlink(p_.caller, path);
    return removed == Errno::none ||
           (removed == Errno::is_directory && p_.vfs().remove_directory(p_.caller, path) == Errno::none);
}

Errno Tar::make(Member const& member, std::string const& path, std::string_view content) {
    switch (member.kind) {
        case '1': return p_.vfs().link(p_.caller, place(member.link), path);
        case '2': return p_.vfs().symlink(p_.caller, member.link, path);
        case '5': return p_.vfs().make_directory(p_.caller, path, member.mode | 0700);
        case '6': return p_.vfs().make_fifo(p_.caller, path, member.mode);
        default: break;
    }
    OpenFlags flags;
    flags.write = flags.create = flags.exclusive = true;
    auto const opened = p_.open(path, flags, 0600);
    if (!opened || content.empty()) return opened.error;
    Errno const error = opened.value->write(content).error;
    return error == Errno::exists ? Errno::io : error;
}

Task<> Tar::take(Member member, std::string_view content) {
    std::string const shown = member.shown();
    member.name = transformed(member.name);
    if (!strip(member.name)) co_return;
    if (member.kind == '1' || member.kind == '2') member.link = transformed(member.link);
    if (member.kind == '1') static_cast<void>(strip(member.link));
    std::string const whole = member.name;
    member.name = safe_name(member.name, false);
    if (!style_.absolute_names && ("/" + whole + "/").find("/../") != std::string::npos) {
        status_ = p_.fail(tar_escaped(whole, true) + ": Member name contains '..'", tar_failed);
        co_return;
    }
    if (member.kind == '1') member.link = safe_name(member.link, true);
    if (style_.verbose > 0) show(member, style_.shows_transformed ? member.shown() : shown);
    if (style_.to_stdout) {
        if (member.is_file()) p_.out(content);
        co_return;
    }
    std::string const path = place(member.name);
    NodePtr const old = p_.vfs().lookup(p_.caller, path, Follow::no).value;
    if (old && old->is_directory() && member.is_directory()) {
        later_.push_back({path, member});
        co_return;
    }
    if (old && style_.skips_old) co_return;
    if (old && style_.keeps_newer && old->modified_ns / 1'000'000'000 >= member.seconds) {
        p_.fail("Current " + marked(tar_escaped(path)) + " is newer or same age");
        co_return;
    }
    Errno error = make(member, path, content);
    if (error != Errno::none && make_room(member, path, error)) error = make(member, path, content);
    if (error == Errno::exists && member.kind == '1' && old &&
        old == p_.vfs().lookup(p_.caller, place(member.link)).value)
        co_return;
    if (error != Errno::none) {
        std::string const target = marked(tar_escaped(member.link));
        bool const unwritten = error == Errno::no_space || error == Errno::file_too_big || error == Errno::io;
        trouble(member.name,
                member.kind == '1'   ? "Cannot hard link to " + target
                : member.kind == '2' ? "Cannot create symlink to " + target
                : member.kind == '5' ? "Cannot mkdir"
                : member.kind == '6' ? "Cannot mkfifo"
                : unwritten          ? "Cannot write"
                                     : "Cannot open",
                error);
        co_return;
    }
    if (member.is_directory())
        later_.push_back({path, member});
    else if (member.kind != '1')
        set_attributes(member, path);
}

}
