#include "terminal/vfs.hpp"

#include "ground/assert.hpp"

#include <algorithm>

namespace cw::terminal {

std::string_view message(Errno error) {
    switch (error) {
        case Errno::none: return "Success";
        case Errno::not_permitted: return "Operation not permitted";
        case Errno::no_entry: return "No such file or directory";
        case Errno::io: return "Input/output error";
        case Errno::no_exec: return "Exec format error";
        case Errno::bad_descriptor: return "Bad file descriptor";
        case Errno::no_child: return "No child processes";
        case Errno::access: return "Permission denied";
        case Errno::busy: return "Device or resource busy";
        case Errno::exists: return "File exists";
        case Errno::cross_device: return "Invalid cross-device link";
        case Errno::not_directory: return "Not a directory";
        case Errno::is_directory: return "Is a directory";
        case Errno::invalid: return "Invalid argument";
        case Errno::too_many_files: return "Too many open files";
        case Errno::file_too_big: return "File too large";
        case Errno::no_space: return "No space left on device";
        case Errno::illegal_seek: return "Illegal seek";
        case Errno::read_only: return "Read-only file system";
        case Errno::too_many_links: return "Too many links";
        case Errno::broken_pipe: return "Broken pipe";
        case Errno::name_too_long: return "File name too long";
        case Errno::not_empty: return "Directory not empty";
        case Errno::link_loop: return "Too many levels of symbolic links";
        case Errno::not_supported: return "Operation not supported";
        case Errno::not_terminal: return "Inappropriate ioctl for device";
        case Errno::no_such_process: return "No such process";
        case Errno::no_device: return "No such device or address";
    }
    CW_UNREACHABLE();
}

std::string mode_text(Node const& node) {
    std::string text = "?rwxrwxrwx";
    switch (node.kind) {
        case FileKind::regular: text[0] = '-'; break;
        case FileKind::directory: text[0] = 'd'; break;
        case FileKind::symlink: text[0] = 'l'; break;
        case FileKind::character_device: text[0] = 'c'; break;
        case FileKind::fifo: text[0] = 'p'; break;
    }
    for (unsigned bit = 0; bit < 9; ++bit)
        if (!(node.mode & (0400u >> bit))) text[bit + 1] = '-';
    auto const special = [&](unsigned mask, std::size_t at, char both, char alone) {
        if (node.mode & mask) text[at] = text[at] == 'x' ? both : alone;
    };
    special(04000, 3, 's', 'S');
    special(02000, 6, 's', 'S');
    special(01000, 9, 't', 'T');
    return text;
}

std::string normal_path(std::string_view path) {
    bool const absolute = !path.empty() && path.front() == '/';
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at < path.size();) {
        std::size_t end = path.find('/', at);
        if (end == std::string_view::npos) end = path.size();
        std::string_view const part = path.substr(at, end - at);
        at = end + 1;
        if (part.empty() || part == ".") continue;
        if (part == ".." && !parts.empty() && parts.back() != "..")
            parts.pop_back();
        else if (part != ".." || !absolute)
            parts.push_back(part);
    }
    std::string out = absolute ? "/" : "";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i) out += '/';
        out += parts[i];
    }
    return out.empty() ? "." : out;
}

std::string joined_path(std::string_view base, std::string_view path) {
    if (!path.empty() && path.front() == '/') return std::string(path);
    std::string out(base);
    if (out.empty() || out.back() != '/') out += '/';
    out += path;
    return out;
}

std::string_view base_name(std::string_view path) {
    while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    std::size_t const slash = path.rfind('/');
    return slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

std::string_view parent_name(std::string_view path) {
    while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return ".";
    while (slash > 0 && path[slash - 1] == '/') --slash;
    return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

Vfs::Vfs(Clock& clock) : clock_(clock) {
    root_ = new_node(FileKind::directory, 0755, 0, 0);
    root_->parent = root_;
    root_->links = 2;
}

NodePtr Vfs::new_node(FileKind kind, unsigned mode, int uid, int gid) {
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->mode = mode;
    node->uid = uid;
    node->gid = gid;
    node->inode = next_inode_++;
    node->accessed_ns = node->modified_ns = node->changed_ns = node->born_ns = clock_.now_ns;
    if (kind == FileKind::directory) node->links = 2;
    ++used_files_;
    ++version_;
    return node;
}

bool Vfs::may(Caller const& caller, Node const& node, unsigned wanted) const {
    if (caller.uid == 0) return !(wanted & 1) || node.is_directory() || (node.mode & 0111);
    unsigned const shift = node.uid == caller.uid ? 6 : node.gid == caller.gid ? 3 : 0;
    return ((node.mode >> shift) & wanted) == wanted;
}

Attempt<Vfs::Place> Vfs::resolve(Caller const& caller, std::string_view path, Follow follow) {
    if (path.empty()) return Errno::no_entry;
    if (path.size() > limits::path_bytes) return Errno::name_too_long;
    std::string rest(path);
    NodePtr at = rest[0] == '/' || !caller.directory ? root_ : caller.directory;
    int hops = 0;
    std::size_t from = 0;
    Place place{at, ".", at};
    while (true) {
        while (from < rest.size() && rest[from] == '/') ++from;
        if (from >= rest.size()) return place;
        std::size_t end = rest.find('/', from);
        if (end == std::string::npos) end = rest.size();
        std::string const part = rest.substr(from, end - from);
        std::size_t next = end;
        while (next < rest.size() && rest[next] == '/') ++next;
        bool const last = next >= rest.size();
        bool const must_be_directory = end < rest.size();
        from = next;
        if (part.size() > limits::name_bytes) return Errno::name_too_long;
        if (!at->is_directory()) return Errno::not_directory;
        if (!may(caller, *at, 1)) return Errno::access;
        NodePtr found;
        if (part == ".") {
            found = at;
        } else if (part == "..") {
            found = at->parent.lock();
            if (!found) return Errno::no_entry; // the parent was removed
        } else {
            if (at->links == 0) return Errno::no_entry; // a removed directory has no names
            auto const entry = at->entries.find(part);
            if (entry != at->entries.end()) found = entry->second;
        }
        place = Place{at, part, found};
        if (!found) {
            if (!last) return Errno::no_entry;
            return place;
        }
        if (found->kind == FileKind::symlink && (!last || follow == Follow::yes || must_be_directory)) {
            if (++hops > limits::symlink_hops) return Errno::link_loop;
            if (found->content.empty()) return Errno::no_entry;
            rest = found->content + (must_be_directory ? "/" : "") + rest.substr(from);
            if (rest.size() > 2 * limits::path_bytes) return Errno::name_too_long;
            from = 0;
            if (rest[0] == '/') at = root_;
            place = Place{at, ".", at};
            continue;
        }
        if (must_be_directory && !found->is_directory()) return Errno::not_directory;
        at = found;
    }
}

Attempt<NodePtr> Vfs::lookup(Caller const& caller, std::string_view path, Follow follow) {
    auto place = resolve(caller, path, follow);
    if (!place) return place.error;
    if (!place.value.node) return Errno::no_entry;
    return place.value.node;
}

Attempt<NodePtr> Vfs::create(Caller const& caller, Place const& place, FileKind kind, unsigned mode) {
    if (place.parent->links == 0) return Errno::no_entry;
    if (!may(caller, *place.parent, 3)) return Errno::access;
    if (used_files_ >= limits::files) return Errno::no_space;
    auto node = new_node(kind, kind == FileKind::symlink ? 0777 : mode & ~caller.umask, caller.uid, caller.gid);
    if (kind == FileKind::directory) {
        node->parent = place.parent;
        ++place.parent->links;
    }
    place.parent->entries[place.name] = node;
    touch_directory(*place.parent);
    return node;
}

Attempt<NodePtr> Vfs::open(Caller const& caller, std::string_view path, OpenFlags flags, unsigned mode) {
    auto const follow = flags.follow && !(flags.create && flags.exclusive) ? Follow::yes : Follow::no;
    auto place = resolve(caller, path, follow);
    if (!place) return place.error;
    NodePtr node = place.value.node;
    if (!node) {
        if (!flags.create) return Errno::no_entry;
        if (path.back() == '/') return Errno::is_directory;
        return create(caller, place.value, FileKind::regular, mode);
    }
    if (flags.create && flags.exclusive) return Errno::exists;
    if (node->kind == FileKind::symlink) return Errno::link_loop;
    if (node->is_directory() && flags.write) return Errno::is_directory;
    unsigned const wanted = (flags.read ? 4u : 0u) | (flags.write ? 2u : 0u);
    if (!may(caller, *node, wanted)) return Errno::access;
    if (flags.truncate && flags.write && node->kind == FileKind::regular) resize_node(*node, 0);
    return node;
}

Attempt<std::string> Vfs::read_file(Caller const& caller, std::string_view path) {
    OpenFlags flags;
    flags.read = true;
    auto node = open(caller, path, flags);
    if (!node) return node.error;
    if (node.value->is_directory()) return Errno::is_directory;
    if (node.value->kind != FileKind::regular) return std::string();
    node.value->accessed_ns = clock_.now_ns;
    return node.value->content;
}

Errno Vfs::write_file(Caller const& caller, std::string_view path, std::string_view bytes, unsigned mode) {
    OpenFlags flags;
    flags.write = flags.create = flags.truncate = true;
    auto node = open(caller, path, flags, mode);
    if (!node) return node.error;
    return node.value->kind == FileKind::regular ? write_node(*node.value, 0, bytes) : Errno::none;
}

Errno Vfs::append_file(Caller const& caller, std::string_view path, std::string_view bytes) {
    OpenFlags flags;
    flags.write = flags.create = true;
    auto node = open(caller, path, flags);
    if (!node) return node.error;
    return node.value->kind == FileKind::regular ? write_node(*node.value, node.value->content.size(), bytes)
                                                 : Errno::none;
}

Attempt<std::vector<Vfs::Entry>> Vfs::list(Caller const& caller, std::string_view path) {
    auto node = lookup(caller, path);
    if (!node) return node.error;
    if (!node.value->is_directory()) return Errno::not_directory;
    if (!may(caller, *node.value, 4)) return Errno::access;
    std::vector<Entry> entries;
    entries.reserve(node.value->entries.size());
    for (auto const& [name, child] : node.value->entries) entries.push_back({name, child});
    return entries;
}

Attempt<std::string> Vfs::read_link(Caller const& caller, std::string_view path) {
    auto node = lookup(caller, path, Follow::no);
    if (!node) return node.error;
    if (node.value->kind != FileKind::symlink) return Errno::invalid;
    return node.value->content;
}

std::string Vfs::path_of(NodePtr const& directory) const {
    std::string path;
    for (NodePtr at = directory; at != root_;) {
        NodePtr const parent = at ? at->parent.lock() : nullptr;
        if (!parent) return {};
        auto const entry = std::find_if(parent->entries.begin(), parent->entries.end(),
                                        [&](auto const& item) { return item.second == at; });
        if (entry == parent->entries.end()) return {};
        path = "/" + entry->first + path;
        at = parent;
    }
    return path.empty() ? "/" : path;
}

Attempt<std::string> Vfs::canonical(Caller const& caller, std::string_view path, bool allow_missing_last) {
    auto place = resolve(caller, path, Follow::yes);
    if (!place) return place.error;
    Place const& found = place.value;
    if (found.node && found.node->is_directory()) {
        std::string directory = path_of(found.node);
        if (directory.empty()) return Errno::no_entry;
        return directory;
    }
    if (!found.node && !allow_missing_last) return Errno::no_entry;
    std::string const parent = path_of(found.parent);
    if (parent.empty()) return Errno::no_entry;
    return joined_path(parent, found.name);
}

}
