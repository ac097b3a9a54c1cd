// Two bytes an operation on a few names of the file system: sums of the quotas stay right, directories stay a tree, and
// what is saved comes back in a new one.
#include "ground/assert.hpp"
#include "terminal/vfs.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace cw::terminal;

constexpr char const* paths[] = {"a",   "b",       "d",    "d/a", "d/e",        "d/e/f", "d/../b", "l",
                                 "l/a", "./d/./a", "/h/a", "..",  "/h/d/e/f/g", "m",     "/",      ""};

struct Sums {
    std::size_t bytes = 0, files = 0;
};

void add_up(Node const& directory, Sums& sums) {
    for (auto const& [name, node] : directory.entries) {
        CW_ASSERT(!name.empty() && name.find('/') == std::string::npos);
        if (!node->is_directory()) {
            CW_ASSERT(node->links >= 1);
            continue;
        }
        CW_ASSERT(node->parent.lock().get() == &directory);
        add_up(*node, sums);
    }
}

void operate(Vfs& vfs, Caller& caller, unsigned what, std::string const& path, std::string const& other) {
    switch (what % 14) {
        case 0: vfs.write_file(caller, path, other); break;
        case 1: vfs.append_file(caller, path, "more"); break;
        case 2: vfs.make_directory(caller, path); break;
        case 3: vfs.make_directories(caller, path); break;
        case 4: vfs.remove_directory(caller, path); break;
        case 5: vfs.unlink(caller, path); break;
        case 6: vfs.rename(caller, path, other); break;
        case 7: vfs.link(caller, path, other); break;
        case 8: vfs.symlink(caller, path, other); break;
        case 9: vfs.set_mode(caller, path, static_cast<unsigned>(other.size() * 0101)); break;
        case 10: static_cast<void>(vfs.list(caller, path)); break;
        case 11: static_cast<void>(vfs.canonical(caller, path, true)); break;
        case 12: vfs.make_fifo(caller, path); break;
        default:
            if (auto const found = vfs.lookup(caller, path); found && found.value->is_directory())
                caller.directory = found.value;
    }
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Clock clock;
    Vfs vfs(clock);
    Caller caller;
    caller.directory = vfs.seed_directory("/h", 0755, caller.uid, caller.gid);
    vfs.seed_file("/h/seeded", "seed", 0644, caller.uid, caller.gid);
    for (std::size_t at = 0; at + 1 < size; at += 2) {
        clock.now_ns += 1'000;
        operate(vfs, caller, data[at], paths[data[at + 1] & 15], paths[data[at + 1] >> 4]);
    }
    Sums sums;
    add_up(*vfs.root(), sums);

    std::vector<SavedFile> const saved = vfs.changes();
    Clock clock_of_copy;
    Vfs copy(clock_of_copy);
    copy.seed_directory("/h", 0755, caller.uid, caller.gid);
    copy.seed_file("/h/seeded", "seed", 0644, caller.uid, caller.gid);
    copy.restore(saved);
    Caller root{copy.root(), 0, 0, 022};
    for (SavedFile const& file : saved) {
        auto const found = copy.lookup(root, file.path, Follow::no);
        if (file.removed)
            CW_ASSERT(!found);
        else if (file.kind == FileKind::regular && found)
            CW_ASSERT(found.value->content == file.content);
    }
    return 0;
}
