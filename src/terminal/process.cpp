#include "terminal/process.hpp"

#include "terminal/limits.hpp"
#include "terminal/system.hpp"

#include <algorithm>

namespace cw::terminal {

IoResult OpenFile::read(std::string&, std::size_t) { return {IoState::failed, Errno::bad_descriptor}; }
IoResult OpenFile::write(std::string_view) { return {IoState::failed, Errno::bad_descriptor}; }
Attempt<std::int64_t> OpenFile::seek(std::int64_t, int) { return Errno::illegal_seek; }

IoResult OpenFile::read_until(std::string& into, char delimiter, std::size_t max) {
    for (std::size_t count = 0; count < max; ++count) {
        IoResult const result = read(into, 1);
        if (result.state != IoState::ok) return count ? IoResult{} : result;
        if (into.back() == delimiter) break;
    }
    return {};
}

FilePtr FdTable::shared(int fd) const {
    return fd >= 0 && fd < size() ? files_[static_cast<std::size_t>(fd)] : nullptr;
}

bool FdTable::set(int fd, FilePtr file) {
    if (fd < 0 || fd >= limits::descriptors) return false;
    auto const at = static_cast<std::size_t>(fd);
    if (at >= files_.size()) {
        if (!file) return true;
        files_.resize(at + 1);
    }
    files_[at] = std::move(file);
    return true;
}

int FdTable::lowest_free(int from) const {
    for (int fd = from; fd < limits::descriptors; ++fd)
        if (!get(fd)) return fd;
    return -1;
}

Vfs& Process::vfs() const { return system.vfs; }
Clock& Process::clock() const { return system.clock; }
Random& Process::random() const { return system.random; }
TerminalSize Process::terminal_size() const { return system.terminal; }
std::string Process::directory() const { return system.vfs.path_of(caller.directory); }

bool Process::is_terminal(int fd) const {
    OpenFile const* const file = files.get(fd);
    return file && file->is_terminal();
}

bool Process::has_env(std::string_view variable) const {
    return std::any_of(environment.begin(), environment.end(), [&](std::string const& entry) {
        return entry.size() > variable.size() && entry[variable.size()] == '=' &&
               entry.compare(0, variable.size(), variable) == 0;
    });
}

std::string_view Process::env(std::string_view variable) const {
    for (std::string const& entry : environment)
        if (entry.size() > variable.size() && entry[variable.size()] == '=' &&
            entry.compare(0, variable.size(), variable) == 0)
            return std::string_view(entry).substr(variable.size() + 1);
    return {};
}

bool Process::write(int fd, std::string_view bytes) {
    if (bytes.empty()) return true;
    OpenFile* const file = files.get(fd);
    IoResult const result = file ? file->write(bytes) : IoResult{IoState::failed, Errno::bad_descriptor};
    system.scheduler.spend_bytes(bytes.size());
    bool const told_by_silence = result.error == Errno::broken_pipe || !system.limit_reached.empty();
    if (fd == 1 && result.state == IoState::failed && !told_by_silence) write_error = result.error;
    return result.state == IoState::ok;
}

int Process::fail(std::string_view text, int status) {
    std::string line = argv[0];
    line += ": ";
    line += text;
    line += '\n';
    err(line);
    return status;
}

Scheduler::Wait Process::breathe() {
    OpenFile const* const output = files.get(1);
    if (output && output->is_full()) return system.scheduler.wait_for(output->wait_key());
    return system.scheduler.breathe();
}

Scheduler::Wait Process::sleep(std::int64_t duration_ns) { return system.scheduler.sleep(duration_ns); }

Task<bool> Process::read_some(int fd, std::string& into) {
    constexpr std::size_t block = 64u << 10;
    FilePtr const file = files.shared(fd);
    if (!file) co_return false;
    while (true) {
        std::size_t const before = into.size();
        IoResult const result = file->read(into, block);
        system.scheduler.spend_bytes(into.size() - before);
        if (result.state == IoState::ok) co_return true;
        if (result.state != IoState::would_block) co_return false;
        co_await system.scheduler.wait_for(file->wait_key());
    }
}

Task<bool> Process::read_line(int fd, std::string& line, char delimiter) {
    line.clear();
    FilePtr const file = files.shared(fd);
    if (!file) co_return false;
    while (line.size() < limits::value_bytes) {
        IoResult const result = file->read_until(line, delimiter, limits::value_bytes);
        if (result.state == IoState::ok && line.back() == delimiter) co_return true;
        if (result.state == IoState::end || result.state == IoState::failed) break;
        if (result.state == IoState::would_block) co_await system.scheduler.wait_for(file->wait_key());
    }
    co_return !line.empty();
}

Task<bool> Process::read_all(int fd, std::string& into) {
    bool any = false;
    while (into.size() < limits::total_bytes) {
        auto step = read_some(fd, into);
        if (!co_await step) break;
        any = true;
        co_await breathe();
    }
    co_return any;
}

Attempt<FilePtr> Process::open(std::string_view path, OpenFlags flags, unsigned mode) {
    return open_file(system, caller, files, path, flags, mode);
}

Task<Errno> Process::read_path(std::string_view path, std::string& into) {
    FilePtr file;
    if (path == "-") {
        file = files.shared(0);
        if (!file) co_return Errno::bad_descriptor;
    } else {
        OpenFlags flags;
        flags.read = true;
        auto opened = open(path, flags);
        if (!opened) co_return opened.error;
        file = opened.value;
        NodePtr const node = file->node();
        if (node && node->is_directory()) co_return Errno::is_directory;
    }
    constexpr std::size_t block = 64u << 10;
    while (into.size() < limits::total_bytes) {
        IoResult const result = file->read(into, block);
        if (result.state == IoState::end) break;
        if (result.state == IoState::failed) co_return result.error;
        if (result.state == IoState::would_block)
            co_await system.scheduler.wait_for(file->wait_key());
        else
            co_await system.scheduler.breathe();
    }
    co_return Errno::none;
}

}
