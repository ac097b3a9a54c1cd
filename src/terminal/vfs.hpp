#pragma once
// A Unix file system in memory: directories, regular files, hard and symbolic links, devices and named pipes, with
// owners, permission bits, times from an injected clock, and quotas (limits.hpp). It knows no descriptors: an open
// file (process.hpp) keeps the Node and an offset, so that an unlinked file lives on while it is open. There is no
// /proc. Every call takes the Caller (who, from which directory, with which umask) and answers with an Errno.
//
//   Vfs vfs(clock);
//   Caller me{vfs.root()};
//   vfs.write_file(me, "/tmp/note", "hello\n");
//   if (auto text = vfs.read_file(me, "/tmp/note")) use(text.value);

#include "terminal/limits.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

// The Unix error numbers that can happen here; message() has glibc's words for each.
enum class Errno : std::uint8_t {
    none,
    not_permitted,   // EPERM
    no_entry,        // ENOENT
    io,              // EIO
    no_exec,         // ENOEXEC
    bad_descriptor,  // EBADF
    no_child,        // ECHILD
    access,          // EACCES
    busy,            // EBUSY
    exists,          // EEXIST
    cross_device,    // EXDEV
    not_directory,   // ENOTDIR
    is_directory,    // EISDIR
    invalid,         // EINVAL
    too_many_files,  // EMFILE
    file_too_big,    // EFBIG
    no_space,        // ENOSPC
    illegal_seek,    // ESPIPE
    read_only,       // EROFS
    too_many_links,  // EMLINK
    broken_pipe,     // EPIPE
    name_too_long,   // ENAMETOOLONG
    not_empty,       // ENOTEMPTY
    link_loop,       // ELOOP
    not_supported,   // EOPNOTSUPP
    not_terminal,    // ENOTTY
    no_such_process, // ESRCH
    no_device,       // ENXIO
};
[[nodiscard]] std::string_view message(Errno error); // "No such file or directory"

// A value, or the reason why there is none.
template <class T>
struct [[nodiscard]] Attempt {
    T value{};
    Errno error = Errno::none;
    Attempt() = default;
    Attempt(T result) : value(std::move(result)) {}
    Attempt(Errno reason) : error(reason) {}
    explicit operator bool() const { return error == Errno::none; }
};

// Virtual time. It moves only when the host or a sleeping command moves it.
struct Clock {
    std::int64_t now_ns = 0; // since 1970-01-01 UTC
    [[nodiscard]] std::int64_t seconds() const { return now_ns / 1'000'000'000; }
};

enum class FileKind : std::uint8_t { regular, directory, symlink, character_device, fifo };
enum class Device : std::uint8_t { none, null, zero, full, random, tty, descriptor };
enum class Follow : std::uint8_t { no, yes }; // a symbolic link in the last component

struct Node;
using NodePtr = std::shared_ptr<Node>;

struct Node {
    FileKind kind = FileKind::regular;
    unsigned mode = 0644; // permission bits with setuid, setgid, sticky
    int uid = 0, gid = 0;
    int links = 1;
    std::uint64_t inode = 0;
    std::int64_t accessed_ns = 0, modified_ns = 0, changed_ns = 0, born_ns = 0;
    std::string content;                                 // regular: bytes; symlink: target
    std::map<std::string, NodePtr, std::less<>> entries; // directory
    std::weak_ptr<Node> parent;                          // directory: `..`
    std::string program; // regular: the command (commands/command.hpp) that runs when this file is executed
    Device device = Device::none;
    int descriptor = 0;            // Device::descriptor: which one of the opening process
    std::shared_ptr<void> channel; // fifo: the pipe while someone has it open
    bool pristine = false;         // as the host seeded it
    [[nodiscard]] bool is_directory() const { return kind == FileKind::directory; }
    [[nodiscard]] std::size_t size() const { return kind == FileKind::directory ? 4096 : content.size(); }
};

struct Caller {
    NodePtr directory; // the working directory
    int uid = 1000, gid = 1000;
    unsigned umask = 022;
};

// "drwxr-xr-x", as ls -l prints it.
[[nodiscard]] std::string mode_text(Node const& node);
// "a/./b//../c" -> "a/c", textually (no symbolic links are looked at); "/.." is "/"; empty gives ".".
[[nodiscard]] std::string normal_path(std::string_view path);
// `path` if absolute, else `base`/`path`.
[[nodiscard]] std::string joined_path(std::string_view base, std::string_view path);
[[nodiscard]] std::string_view base_name(std::string_view path);
[[nodiscard]] std::string_view parent_name(std::string_view path);

struct OpenFlags {
    bool read = false, write = false, append = false, create = false, truncate = false, exclusive = false;
    bool follow = true;
};

// One file that differs from what the host seeded, for saving. A removed one has `removed` and a path only.
struct SavedFile {
    std::string path;
    FileKind kind = FileKind::regular;
    unsigned mode = 0644;
    std::int64_t modified_ns = 0;
    std::string content; // bytes, or the target of a symbolic link
    bool removed = false;
};

class Vfs {
  public:
    explicit Vfs(Clock& clock);

    [[nodiscard]] NodePtr const& root() const { return root_; }
    [[nodiscard]] Clock& clock() { return clock_; }

    Attempt<NodePtr> lookup(Caller const& caller, std::string_view path, Follow follow = Follow::yes);
    // Finds or creates a regular file (fifo, device) and checks permissions for the flags. Truncates if asked.
    Attempt<NodePtr> open(Caller const& caller, std::string_view path, OpenFlags flags, unsigned mode = 0666);

    Attempt<std::string> read_file(Caller const& caller, std::string_view path);
    Errno write_file(Caller const& caller, std::string_view path, std::string_view bytes, unsigned mode = 0666);
    Errno append_file(Caller const& caller, std::string_view path, std::string_view bytes);
    // Bytes [offset, ...) of a regular file; a gap is filled with zeros. These check quotas but not permissions.
    Errno write_node(Node& node, std::size_t offset, std::string_view bytes);
    Errno resize_node(Node& node, std::size_t size);

    Errno make_directory(Caller const& caller, std::string_view path, unsigned mode = 0777);
    Errno make_directories(Caller const& caller, std::string_view path, unsigned mode = 0777); // as mkdir -p
    Errno make_fifo(Caller const& caller, std::string_view path, unsigned mode = 0666);
    Errno remove_directory(Caller const& caller, std::string_view path);
    Errno unlink(Caller const& caller, std::string_view path);
    Errno rename(Caller const& caller, std::string_view from, std::string_view to);
    Errno link(Caller const& caller, std::string_view target, std::string_view path);
    Errno symlink(Caller const& caller, std::string_view target, std::string_view path);
    Attempt<std::string> read_link(Caller const& caller, std::string_view path);
    Errno set_mode(Caller const& caller, std::string_view path, unsigned mode, Follow follow = Follow::yes);
    Errno set_owner(Caller const& caller, std::string_view path, int uid, int gid, Follow follow = Follow::yes);
    Errno set_times(Caller const& caller, std::string_view path, std::int64_t accessed_ns, std::int64_t modified_ns,
                    Follow follow = Follow::yes);

    struct Entry {
        std::string name;
        NodePtr node;
    };
    // Without "." and "..", in byte order.
    Attempt<std::vector<Entry>> list(Caller const& caller, std::string_view path);
    // wanted: 4 read, 2 write, 1 execute or search, or a sum of them.
    [[nodiscard]] bool may(Caller const& caller, Node const& node, unsigned wanted) const;
    // realpath: absolute, without links. The last component may be missing if `allow_missing_last`.
    Attempt<std::string> canonical(Caller const& caller, std::string_view path, bool allow_missing_last = false);
    // The absolute path of a directory, by its parents; empty when it was removed.
    [[nodiscard]] std::string path_of(NodePtr const& directory) const;

    // Seeding: host files exist from the start and are not the learner's until changed.
    NodePtr seed_directory(std::string_view path, unsigned mode = 0755, int uid = 0, int gid = 0);
    NodePtr seed_file(std::string_view path, std::string_view bytes, unsigned mode = 0644, int uid = 0, int gid = 0);
    NodePtr seed_program(std::string_view path, std::string_view command);
    NodePtr seed_symlink(std::string_view path, std::string_view target);
    NodePtr seed_device(std::string_view path, Device device, int descriptor = 0);

    // What the learner added, changed or removed since seeding, in path order; restore() puts it back on a seeded one.
    [[nodiscard]] std::vector<SavedFile> changes() const;
    void restore(std::vector<SavedFile> const& files);

    [[nodiscard]] std::size_t used_bytes() const { return used_bytes_; }
    [[nodiscard]] std::size_t used_files() const { return used_files_; }
    // Grows with every change, so that a view knows when to look again.
    [[nodiscard]] std::uint64_t version() const { return version_; }

  private:
    struct Place { // where a path ends
        NodePtr parent;
        std::string name;
        NodePtr node; // null if there is none yet
    };
    Attempt<Place> resolve(Caller const& caller, std::string_view path, Follow follow);
    Attempt<NodePtr> create(Caller const& caller, Place const& place, FileKind kind, unsigned mode);
    NodePtr new_node(FileKind kind, unsigned mode, int uid, int gid);
    NodePtr seed(std::string_view path, FileKind kind, unsigned mode, int uid, int gid);
    void touch_directory(Node& directory);
    void drop(Node& node); // one link fewer; gives its quota back with the last
    Errno detach(Caller const& caller, Place const& place);

    Clock& clock_;
    NodePtr root_;
    std::uint64_t next_inode_ = 2;
    std::uint64_t version_ = 0;
    std::size_t used_bytes_ = 0;
    std::size_t used_files_ = 0;
    std::vector<std::string> seeded_paths_;
};

}
