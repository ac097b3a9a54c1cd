// The half of the file system that changes it: names, bytes, modes, seeding and the learner's changes.
#include "ground/assert.hpp"
#include "terminal/vfs.hpp"

#include <algorithm>

namespace cw::terminal {

void Vfs::touch_directory(Node& directory) {
    directory.modified_ns = directory.changed_ns = clock_.now_ns;
    ++version_;
}

void Vfs::drop(Node& node) {
    if (--node.links > 0 && !node.is_directory()) {
        node.changed_ns = clock_.now_ns;
        return;
    }
    node.links = 0;
    used_bytes_ -= std::min(used_bytes_, node.content.size());
    used_files_ -= std::min<std::size_t>(used_files_, 1);
}

Errno Vfs::write_node(Node& node, std::size_t offset, std::string_view bytes) {
    std::size_t const end = offset + bytes.size();
    if (offset > limits::file_bytes || end > limits::file_bytes) return Errno::file_too_big;
    std::size_t const grows = end > node.content.size() ? end - node.content.size() : 0;
    if (used_bytes_ + grows > limits::total_bytes) return Errno::no_space;
    if (grows) node.content.resize(end, '\0');
    std::copy(bytes.begin(), bytes.end(), node.content.begin() + static_cast<std::ptrdiff_t>(offset));
    if (node.links > 0) used_bytes_ += grows;
    node.modified_ns = node.changed_ns = clock_.now_ns;
    node.pristine = false;
    node.program.clear();
    ++version_;
    return Errno::none;
}

Errno Vfs::resize_node(Node& node, std::size_t size) {
    if (size > limits::file_bytes) return Errno::file_too_big;
    std::size_t const old = node.content.size();
    if (size > old && used_bytes_ + (size - old) > limits::total_bytes) return Errno::no_space;
    node.content.resize(size, '\0');
    if (node.links > 0) used_bytes_ = used_bytes_ + size - old;
    node.modified_ns = node.changed_ns = clock_.now_ns;
    node.pristine = false;
    node.program.clear();
    ++version_;
    return Errno::none;
}

Errno Vfs::make_directory(Caller const& caller, std::string_view path, unsigned mode) {
    auto place = resolve(caller, path, Follow::no);
    if (!place) return place.error;
    if (place.value.node) return Errno::exists;
    return create(caller, place.value, FileKind::directory, mode).error;
}

Errno Vfs::make_directories(Caller const& caller, std::string_view path, unsigned mode) {
    for (std::size_t at = 1; at <= path.size(); ++at) {
        if (at < path.size() && path[at] != '/') continue;
        std::string_view const prefix = path.substr(0, at);
        auto found = lookup(caller, prefix);
        if (found && found.value->is_directory()) continue;
        if (found) return at < path.size() ? Errno::not_directory : Errno::exists;
        if (found.error != Errno::no_entry) return found.error;
        Errno const error = make_directory(caller, prefix, mode);
        if (error != Errno::none) return error;
    }
    return path.empty() ? Errno::no_entry : Errno::none;
}

Errno Vfs::make_fifo(Caller const& caller, std::string_view path, unsigned mode) {
    auto place = resolve(caller, path, Follow::no);
    if (!place) return place.error;
    if (place.value.node) return Errno::exists;
    return create(caller, place.value, FileKind::fifo, mode).error;
}

// Takes a name out of its directory, sticky bit and permissions considered.
Errno Vfs::detach(Caller const& caller, Place const& place) {
    Node& parent = *place.parent;
    if (!may(caller, parent, 3)) return Errno::access;
    bool const owner = caller.uid == 0 || caller.uid == parent.uid || caller.uid == place.node->uid;
    if ((parent.mode & 01000) && !owner) return Errno::not_permitted;
    parent.entries.erase(place.name);
    touch_directory(parent);
    return Errno::none;
}

Errno Vfs::remove_directory(Caller const& caller, std::string_view path) {
    auto place = resolve(caller, path, Follow::no);
    if (!place) return place.error;
    NodePtr const node = place.value.node;
    if (!node) return Errno::no_entry;
    if (!node->is_directory()) return Errno::not_directory;
    if (node == root_) return Errno::busy;
    if (place.value.name == ".") return Errno::invalid;
    if (place.value.name == "..") return Errno::not_empty;
    if (!node->entries.empty()) return Errno::not_empty;
    if (Errno const error = detach(caller, place.value); error != Errno::none) return error;
    --place.value.parent->links;
    drop(*node);
    return Errno::none;
}

Errno Vfs::unlink(Caller const& caller, std::string_view path) {
    auto place = resolve(caller, path, Follow::no);
    if (!place) return place.error;
    NodePtr const node = place.value.node;
    if (!node) return Errno::no_entry;
    if (node->is_directory()) return Errno::is_directory;
    if (Errno const error = detach(caller, place.value); error != Errno::none) return error;
    drop(*node);
    return Errno::none;
}

Errno Vfs::rename(Caller const& caller, std::string_view from, std::string_view to) {
    auto source = resolve(caller, from, Follow::no);
    if (!source) return source.error;
    if (!source.value.node) return Errno::no_entry;
    auto target = resolve(caller, to, Follow::no);
    if (!target) return target.error;
    NodePtr const node = source.value.node;
    NodePtr const old = target.value.node;
    if (old == node) return Errno::none;
    auto const is_dot = [](std::string const& name) { return name == "." || name == ".."; };
    if (node == root_ || old == root_ || is_dot(source.value.name) || is_dot(target.value.name)) return Errno::busy;
    if (node->is_directory())
        for (NodePtr at = target.value.parent; at && at != root_; at = at->parent.lock())
            if (at == node) return Errno::invalid; // into itself
    if (old) {
        if (old->is_directory() && !node->is_directory()) return Errno::is_directory;
        if (!old->is_directory() && node->is_directory()) return Errno::not_directory;
        if (old->is_directory() && !old->entries.empty()) return Errno::not_empty;
    }
    if (!may(caller, *target.value.parent, 3)) return Errno::access;
    if (Errno const error = detach(caller, source.value); error != Errno::none) return error;
    if (old) {
        if (old->is_directory()) --target.value.parent->links;
        drop(*old);
    }
    target.value.parent->entries[target.value.name] = node;
    if (node->is_directory()) {
        --source.value.parent->links;
        ++target.value.parent->links;
        node->parent = target.value.parent;
    }
    node->changed_ns = clock_.now_ns;
    node->pristine = false;
    touch_directory(*target.value.parent);
    return Errno::none;
}

Errno Vfs::link(Caller const& caller, std::string_view target, std::string_view path) {
    auto node = lookup(caller, target, Follow::no);
    if (!node) return node.error;
    if (node.value->is_directory()) return Errno::not_permitted;
    auto place = resolve(caller, path, Follow::no);
    if (!place) return place.error;
    if (place.value.node) return Errno::exists;
    if (place.value.parent->links == 0) return Errno::no_entry;
    if (!may(caller, *place.value.parent, 3)) return Errno::access;
    ++node.value->links;
    node.value->changed_ns = clock_.now_ns;
    node.value->pristine = false;
    place.value.parent->entries[place.value.name] = node.value;
    touch_directory(*place.value.parent);
    return Errno::none;
}

Errno Vfs::symlink(Caller const& caller, std::string_view target, std::string_view path) {
    if (target.empty()) return Errno::no_entry;
    if (target.size() > limits::path_bytes) return Errno::name_too_long;
    auto place = resolve(caller, path, Follow::no);
    if (!place) return place.error;
    if (place.value.node) return Errno::exists;
    auto node = create(caller, place.value, FileKind::symlink, 0777);
    if (!node) return node.error;
    node.value->content = std::string(target);
    used_bytes_ += target.size();
    return Errno::none;
}

Errno Vfs::set_mode(Caller const& caller, std::string_view path, unsigned mode, Follow follow) {
    auto node = lookup(caller, path, follow);
    if (!node) return node.error;
    if (caller.uid != 0 && caller.uid != node.value->uid) return Errno::not_permitted;
    node.value->mode = mode & 07777;
    node.value->changed_ns = clock_.now_ns;
    node.value->pristine = false;
    ++version_;
    return Errno::none;
}

Errno Vfs::set_owner(Caller const& caller, std::string_view path, int uid, int gid, Follow follow) {
    auto node = lookup(caller, path, follow);
    if (!node) return node.error;
    bool const changes = (uid >= 0 && uid != node.value->uid) || (gid >= 0 && gid != node.value->gid);
    if (changes && caller.uid != 0) return Errno::not_permitted;
    if (uid >= 0) node.value->uid = uid;
    if (gid >= 0) node.value->gid = gid;
    node.value->changed_ns = clock_.now_ns;
    ++version_;
    return Errno::none;
}

Errno Vfs::set_times(Caller const& caller, std::string_view path, std::int64_t accessed_ns, std::int64_t modified_ns,
                     Follow follow) {
    auto node = lookup(caller, path, follow);
    if (!node) return node.error;
    if (caller.uid != 0 && caller.uid != node.value->uid && !may(caller, *node.value, 2)) return Errno::access;
    node.value->accessed_ns = accessed_ns;
    node.value->modified_ns = modified_ns;
    node.value->changed_ns = clock_.now_ns;
    node.value->pristine = false;
    ++version_;
    return Errno::none;
}

NodePtr Vfs::seed(std::string_view path, FileKind kind, unsigned mode, int uid, int gid) {
    std::string const clean = normal_path(path);
    CW_ASSERT(clean.front() == '/');
    NodePtr at = root_;
    for (std::size_t from = 1; from < clean.size();) {
        std::size_t end = clean.find('/', from);
        bool const last = end == std::string::npos;
        if (last) end = clean.size();
        NodePtr& entry = at->entries[clean.substr(from, end - from)];
        if (!entry || (last && entry->kind != kind)) {
            entry = new_node(last ? kind : FileKind::directory, last ? mode : 0755, last ? uid : 0, last ? gid : 0);
            entry->pristine = true;
            if (entry->is_directory()) {
                entry->parent = at;
                ++at->links;
            }
            seeded_paths_.push_back(clean.substr(0, end));
        }
        if (last) {
            entry->mode = mode;
            entry->uid = uid;
            entry->gid = gid;
        }
        at = entry;
        from = end + 1;
    }
    return at;
}

NodePtr Vfs::seed_directory(std::string_view path, unsigned mode, int uid, int gid) {
    return seed(path, FileKind::directory, mode, uid, gid);
}

NodePtr Vfs::seed_file(std::string_view path, std::string_view bytes, unsigned mode, int uid, int gid) {
    NodePtr node = seed(path, FileKind::regular, mode, uid, gid);
    used_bytes_ = used_bytes_ - std::min(used_bytes_, node->content.size()) + bytes.size();
    node->content = std::string(bytes);
    return node;
}

NodePtr Vfs::seed_program(std::string_view path, std::string_view command) {
    NodePtr node = seed_file(path,
                             "\x7f"
                             "ELF\n",
                             0755);
    node->program = std::string(command);
    return node;
}

NodePtr Vfs::seed_symlink(std::string_view path, std::string_view target) {
    NodePtr node = seed(path, FileKind::symlink, 0777, 0, 0);
    node->content = std::string(target);
    return node;
}

NodePtr Vfs::seed_device(std::string_view path, Device device, int descriptor) {
    NodePtr node = seed(path, FileKind::character_device, 0666, 0, 0);
    node->device = device;
    node->descriptor = descriptor;
    return node;
}

namespace {

void collect(std::string const& path, Node const& directory, std::vector<SavedFile>& out) {
    for (auto const& [name, node] : directory.entries) {
        std::string const full = (path == "/" ? "" : path) + "/" + name;
        bool const saved_kind = node->kind == FileKind::regular || node->is_directory() ||
                                node->kind == FileKind::symlink || node->kind == FileKind::fifo;
        if (!node->pristine && saved_kind)
            out.push_back({full, node->kind, node->mode, node->modified_ns, node->content, false});
        if (node->is_directory()) collect(full, *node, out);
    }
}

}

std::vector<SavedFile> Vfs::changes() const {
    std::vector<SavedFile> out;
    collect("/", *root_, out);
    Caller const owner{root_, 0, 0, 0};
    for (std::string const& path : seeded_paths_) {
        auto const found = const_cast<Vfs*>(this)->lookup(owner, path, Follow::no);
        if (found.error == Errno::none) continue;
        SavedFile gone;
        gone.path = path;
        gone.removed = true;
        out.push_back(std::move(gone));
    }
    std::stable_sort(out.begin(), out.end(), [](SavedFile const& a, SavedFile const& b) { return a.path < b.path; });
    return out;
}

void Vfs::restore(std::vector<SavedFile> const& files) {
    Caller const owner{root_, 0, 0, 0};
    for (auto file = files.rbegin(); file != files.rend(); ++file) { // children before their directories
        if (!file->removed) continue;
        if (unlink(owner, file->path) == Errno::is_directory) remove_directory(owner, file->path);
    }
    Caller const learner{root_, 1000, 1000, 0};
    for (SavedFile const& file : files) {
        if (file.removed) continue;
        auto existing = lookup(owner, file.path, Follow::no);
        if (existing && existing.value->kind != file.kind) unlink(owner, file.path);
        make_directories(owner, parent_name(file.path));
        if (file.kind == FileKind::directory) make_directory(owner, file.path);
        if (file.kind == FileKind::symlink) symlink(owner, file.content, file.path);
        if (file.kind == FileKind::fifo) make_fifo(owner, file.path);
        if (file.kind == FileKind::regular) write_file(owner, file.path, file.content);
        auto node = lookup(owner, file.path, Follow::no);
        if (!node) continue;
        if (!existing) {
            node.value->uid = learner.uid;
            node.value->gid = learner.gid;
        }
        node.value->mode = file.mode & 07777;
        node.value->modified_ns = file.modified_ns;
        node.value->pristine = false;
    }
}

}
