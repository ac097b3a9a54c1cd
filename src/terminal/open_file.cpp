// The kinds of open files: regular files and devices, pipes and fifos, strings.
#include "terminal/limits.hpp"
#include "terminal/process.hpp"
#include "terminal/system.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal {

namespace {

class NodeFile final : public OpenFile {
  public:
    NodeFile(Vfs& vfs, NodePtr node, OpenFlags flags) : vfs_(vfs), node_(std::move(node)), append_(flags.append) {
        readable_ = flags.read;
        writable_ = flags.write;
    }
    IoResult read(std::string& into, std::size_t max) override {
        if (!readable_) return {IoState::failed, Errno::bad_descriptor};
        if (node_->is_directory()) return {IoState::failed, Errno::is_directory};
        std::string const& bytes = node_->content;
        if (offset_ >= bytes.size()) return {IoState::end};
        std::size_t const count = std::min(max, bytes.size() - offset_);
        into.append(bytes, offset_, count);
        offset_ += count;
        return {};
    }
    IoResult read_until(std::string& into, char delimiter, std::size_t max) override {
        if (!readable_ || node_->is_directory()) return read(into, max);
        std::string const& bytes = node_->content;
        std::size_t const found = offset_ < bytes.size() ? bytes.find(delimiter, offset_) : std::string::npos;
        return read(into, found == std::string::npos ? max : std::min(max, found + 1 - offset_));
    }
    IoResult write(std::string_view bytes) override {
        if (!writable_) return {IoState::failed, Errno::bad_descriptor};
        if (append_) offset_ = node_->content.size();
        Errno const error = vfs_.write_node(*node_, offset_, bytes);
        if (error != Errno::none) return {IoState::failed, error};
        offset_ += bytes.size();
        return {};
    }
    Attempt<std::int64_t> seek(std::int64_t offset, int whence) override {
        std::int64_t const base = whence == 0   ? 0
                                  : whence == 1 ? static_cast<std::int64_t>(offset_)
                                                : static_cast<std::int64_t>(node_->content.size());
        if (base + offset < 0) return Errno::invalid;
        offset_ = static_cast<std::size_t>(base + offset);
        return base + offset;
    }
    [[nodiscard]] NodePtr node() const override { return node_; }

  private:
    Vfs& vfs_;
    NodePtr node_;
    std::size_t offset_ = 0;
    bool append_;
};

class DeviceFile final : public OpenFile {
  public:
    DeviceFile(NodePtr node, Random& random, OpenFlags flags) : node_(std::move(node)), random_(random) {
        readable_ = flags.read;
        writable_ = flags.write;
    }
    IoResult read(std::string& into, std::size_t max) override {
        if (!readable_) return {IoState::failed, Errno::bad_descriptor};
        if (node_->device == Device::zero || node_->device == Device::full) {
            into.append(max, '\0');
            return {};
        }
        if (node_->device != Device::random) return {IoState::end};
        for (std::size_t i = 0; i < max; ++i) into.push_back(static_cast<char>(random_.next() & 0xFF));
        return {};
    }
    IoResult write(std::string_view) override {
        if (!writable_) return {IoState::failed, Errno::bad_descriptor};
        if (node_->device == Device::full) return {IoState::failed, Errno::no_space};
        return {};
    }
    [[nodiscard]] NodePtr node() const override { return node_; }

  private:
    NodePtr node_;
    Random& random_;
};

struct Pipe {
    Scheduler& scheduler;
    std::string bytes;
    std::size_t taken = 0; // bytes before this were read
    int readers = 0, writers = 0;
    bool had_writer = false, had_reader = false; // the ends of a fifo wait for each other
    explicit Pipe(Scheduler& of) : scheduler(of) {}
    [[nodiscard]] std::size_t waiting() const { return bytes.size() - taken; }
};

class PipeFile final : public OpenFile {
  public:
    PipeFile(std::shared_ptr<Pipe> pipe, bool reads, bool writes, NodePtr node)
        : pipe_(std::move(pipe)), node_(std::move(node)) {
        readable_ = reads;
        writable_ = writes;
        pipe_->readers += reads;
        pipe_->writers += writes;
        pipe_->had_writer |= writes;
        pipe_->had_reader |= reads;
        pipe_->scheduler.wake(pipe_.get());
    }
    ~PipeFile() override {
        pipe_->readers -= readable_;
        pipe_->writers -= writable_;
        pipe_->scheduler.wake(pipe_.get());
    }
    PipeFile(PipeFile const&) = delete;
    PipeFile& operator=(PipeFile const&) = delete;

    IoResult read(std::string& into, std::size_t max) override {
        if (!readable_) return {IoState::failed, Errno::bad_descriptor};
        if (pipe_->waiting() == 0) {
            bool const more_may_come = pipe_->writers > 0 || (node_ && !pipe_->had_writer);
            return {more_may_come ? IoState::would_block : IoState::end};
        }
        std::size_t const count = std::min(max, pipe_->waiting());
        into.append(pipe_->bytes, pipe_->taken, count);
        pipe_->taken += count;
        if (pipe_->taken == pipe_->bytes.size() || pipe_->taken > limits::pipe_bytes) {
            pipe_->bytes.erase(0, pipe_->taken);
            pipe_->taken = 0;
        }
        if (pipe_->waiting() < limits::pipe_bytes) pipe_->scheduler.wake(pipe_.get());
        return {};
    }
    IoResult read_until(std::string& into, char delimiter, std::size_t max) override {
        std::size_t const found = pipe_->bytes.find(delimiter, pipe_->taken);
        return read(into, found == std::string::npos ? max : std::min(max, found + 1 - pipe_->taken));
    }
    IoResult write(std::string_view bytes) override {
        if (!writable_) return {IoState::failed, Errno::bad_descriptor};
        bool const reader_to_come = node_ && !pipe_->had_reader;
        if (pipe_->readers == 0 && !reader_to_come) return {IoState::failed, Errno::broken_pipe};
        if (pipe_->waiting() + bytes.size() > limits::total_bytes) return {IoState::failed, Errno::no_space};
        pipe_->bytes.append(bytes);
        pipe_->scheduler.wake(pipe_.get());
        return {};
    }
    [[nodiscard]] bool is_full() const override {
        return writable_ && pipe_->readers > 0 && pipe_->waiting() >= limits::pipe_bytes;
    }
    [[nodiscard]] bool is_pipe() const override { return true; }
    [[nodiscard]] bool has_input() const override { return pipe_->waiting() > 0 || pipe_->writers == 0; }
    [[nodiscard]] NodePtr node() const override { return node_; }
    [[nodiscard]] void const* wait_key() const override { return pipe_.get(); }

  private:
    std::shared_ptr<Pipe> pipe_;
    NodePtr node_;
};

class StringSource final : public OpenFile {
  public:
    explicit StringSource(std::string bytes) : bytes_(std::move(bytes)) { readable_ = true; }
    IoResult read(std::string& into, std::size_t max) override {
        if (at_ >= bytes_.size()) return {IoState::end};
        std::size_t const count = std::min(max, bytes_.size() - at_);
        into.append(bytes_, at_, count);
        at_ += count;
        return {};
    }
    IoResult read_until(std::string& into, char delimiter, std::size_t max) override {
        std::size_t const found = bytes_.find(delimiter, at_);
        return read(into, found == std::string::npos ? max : std::min(max, found + 1 - at_));
    }
    Attempt<std::int64_t> seek(std::int64_t offset, int whence) override {
        auto const size = static_cast<std::int64_t>(bytes_.size());
        std::int64_t const base = whence == 0 ? 0 : whence == 1 ? static_cast<std::int64_t>(at_) : size;
        if (base + offset < 0 || base + offset > size) return Errno::invalid;
        at_ = static_cast<std::size_t>(base + offset);
        return base + offset;
    }

  private:
    std::string bytes_;
    std::size_t at_ = 0;
};

class StringSink final : public OpenFile {
  public:
    StringSink(std::shared_ptr<std::string> into, std::size_t limit, Scheduler* wakes)
        : into_(std::move(into)), limit_(limit), wakes_(wakes) {
        writable_ = true;
    }
    StringSink(StringSink const&) = delete;
    StringSink& operator=(StringSink const&) = delete;
    ~StringSink() override {
        if (wakes_) wakes_->wake(into_.get());
    }
    IoResult write(std::string_view bytes) override {
        if (into_->size() + bytes.size() > limit_) return {IoState::failed, Errno::no_space};
        into_->append(bytes);
        return {};
    }
    [[nodiscard]] bool is_pipe() const override { return true; }

  private:
    std::shared_ptr<std::string> into_;
    std::size_t limit_;
    Scheduler* wakes_;
};

// The number in "/dev/fd/N" and the names of the first three; -1 otherwise.
int descriptor_of(std::string_view path) {
    if (path == "/dev/stdin") return 0;
    if (path == "/dev/stdout") return 1;
    if (path == "/dev/stderr") return 2;
    std::string_view const folder = "/dev/fd/";
    if (path.substr(0, folder.size()) != folder || path.size() == folder.size() || path.size() > folder.size() + 3)
        return -1;
    int number = 0;
    for (char const c : path.substr(folder.size())) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

}

PipeEnds make_pipe(Scheduler& scheduler) {
    auto pipe = std::make_shared<Pipe>(scheduler);
    PipeEnds ends;
    ends.reader = std::make_shared<PipeFile>(pipe, true, false, nullptr);
    ends.writer = std::make_shared<PipeFile>(pipe, false, true, nullptr);
    return ends;
}

FilePtr make_string_source(std::string bytes) { return std::make_shared<StringSource>(std::move(bytes)); }
FilePtr make_string_sink(std::shared_ptr<std::string> into, std::size_t limit, Scheduler* wakes) {
    return std::make_shared<StringSink>(std::move(into), limit, wakes);
}

Attempt<FilePtr> open_file(System& system, Caller const& caller, FdTable const& files, std::string_view path,
                           OpenFlags flags, unsigned mode) {
    int fd = descriptor_of(path);
    NodePtr node;
    if (fd < 0) {
        auto found = system.vfs.open(caller, path, flags, mode);
        if (!found) return found.error;
        node = found.value;
        if (node->kind == FileKind::character_device && node->device == Device::descriptor) fd = node->descriptor;
    }
    if (fd >= 0) { // as Linux does for a regular file: a new description with its own offset
        FilePtr const same = files.shared(fd);
        if (!same) return Errno::no_entry;
        NodePtr const behind = same->node();
        if (!behind || behind->kind != FileKind::regular) return same;
        if (flags.truncate && flags.write) system.vfs.resize_node(*behind, 0);
        return FilePtr(std::make_shared<NodeFile>(system.vfs, behind, flags));
    }
    if (node->kind == FileKind::character_device) {
        if (node->device == Device::tty) {
            if (!system.terminal_input) return Errno::no_device;
            return flags.write ? system.terminal_output() : system.terminal_input;
        }
        return FilePtr(std::make_shared<DeviceFile>(node, system.random, flags));
    }
    if (node->kind == FileKind::fifo) {
        auto pipe = std::static_pointer_cast<Pipe>(node->channel);
        if (!pipe || (pipe->readers == 0 && pipe->writers == 0 && pipe->waiting() == 0)) {
            pipe = std::make_shared<Pipe>(system.scheduler);
            node->channel = pipe;
        }
        return FilePtr(std::make_shared<PipeFile>(pipe, flags.read, flags.write, node));
    }
    return FilePtr(std::make_shared<NodeFile>(system.vfs, node, flags));
}

}
