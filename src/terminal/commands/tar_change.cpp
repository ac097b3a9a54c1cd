// tar: names changed by --transform, members compared with files (-d) and taken out of the archive (--delete).
#include "terminal/commands/tar.hpp"

namespace cw::terminal::commands {

// Each is sed's s command; of its flags x means extended regular expressions, and r R s S h H say which names are
// meant: all, here. False after a message.
bool Tar::read_transforms() {
    for (std::string const& given : style_.transforms) {
        std::size_t ends[3] = {1, 0, 0};
        bool fine = given.size() > 4 && given[0] == 's';
        for (int i = 1; i < 3 && fine; ++i) {
            std::size_t at = ends[i - 1] + 1;
            while (at < given.size() && given[at] != given[1]) at += given[at] == '\\' ? 2 : 1;
            fine = at < given.size();
            ends[i] = at;
        }
        if (!fine) {
            tar_mistake(p_, "Invalid transform expression");
            return false;
        }
        std::string text = given.substr(0, ends[2] + 1);
        sed::Syntax syntax = sed::Syntax::basic;
        for (char const flag : given.substr(ends[2] + 1)) {
            if (flag == 'x') syntax = sed::Syntax::extended;
            if (std::string_view("xrRsShH").find(flag) == std::string_view::npos) text += flag;
        }
        auto script = sed::parse({{text, "-e expression #1", false}}, syntax);
        bool const usable = script && script->commands.size() == 1 && script->commands[0].pattern >= 0;
        if (!usable) {
            tar_mistake(p_, "Invalid transform expression");
            return false;
        }
        transforms_.push_back(std::move(*script));
    }
    return true;
}

std::string Tar::transformed(std::string name) {
    for (sed::Script const& script : transforms_) {
        sed::Command const& one = script.commands[0];
        sed::substitute(one, script.patterns[static_cast<std::size_t>(one.pattern)], name);
    }
    return name;
}

void Tar::compare(Member const& member, std::string_view content) {
    std::string const path = place(member.name), shown = tar_escaped(member.name, true);
    if (style_.verbose > 0) show(member, member.shown());
    auto const differs = [&](std::string_view what) {
        p_.out(shown + ": " + std::string(what) + "\n");
        if (status_ == 0) status_ = 1;
    };
    auto const found = p_.vfs().lookup(p_.caller, path, Follow::no);
    if (!found) {
        p_.fail(shown + ": Warning: Cannot stat: " + std::string(message(found.error)));
        if (status_ == 0) status_ = 1;
        return;
    }
    Node const& node = *found.value;
    if (member.kind == '1') {
        NodePtr const other = p_.vfs().lookup(p_.caller, place(member.link), Follow::no).value;
        if (found.value != other) differs("Not linked to " + member.link);
        return;
    }
    if (member.kind == '2') {
        if (node.kind != FileKind::symlink || node.content != member.link) differs("Symlink differs");
        return;
    }
    if (member.is_directory() != node.is_directory() || (member.is_file() && node.kind != FileKind::regular))
        return differs("File type differs");
    if (member.mode != node.mode) differs("Mode differs");
    if (!member.is_file()) return;
    if (member.uid != node.uid) differs("Uid differs");
    if (member.gid != node.gid) differs("Gid differs");
    if (member.seconds != node.modified_ns / 1'000'000'000) differs("Mod time differs");
    if (member.size != node.content.size())
        differs("Size differs");
    else if (content != node.content)
        differs("Contents differ");
}

// Leaves only what was not asked for in archive_.
Task<> Tar::remove_members() {
    ArchiveReader reader(archive_, style_.skips_zeros);
    std::string kept;
    Member member;
    for (std::size_t from = 0;; from = reader.position()) {
        co_await p_.breathe();
        auto const state = reader.next(member);
        if (state != ArchiveReader::State::member) break;
        if (!is_wanted(member)) kept.append(archive_, from, reader.position() - from);
    }
    archive_ = std::move(kept);
    static_cast<void>(report_missing());
}

}
