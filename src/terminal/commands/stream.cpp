#include "terminal/commands/stream.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/system.hpp"

namespace cw::terminal::commands {

namespace {
constexpr std::size_t block_bytes = 65536;
}

void Output::flush() {
    if (!buffer_.empty() && !broken_ && !p_.out(buffer_)) broken_ = true;
    buffer_.clear();
}

int Output::close(int status) {
    flush();
    return broken_ ? Process::sigpipe : status;
}

void report_file(Process& p, std::string_view words, std::string_view file, Errno error) {
    std::string text;
    for (char const c : words) {
        if (c == '%')
            text += shown_name(file);
        else if (c == '$')
            text += quoted(file);
        else
            text += c;
    }
    p.fail(text + ": " + std::string(message(error)));
}

Task<bool> read_some(Process& p, OpenFile& file, std::string& into) {
    for (;;) {
        std::size_t const before = into.size();
        IoResult const result = file.read(into, block_bytes);
        p.system.scheduler.spend_bytes(into.size() - before);
        if (result.state == IoState::ok) co_return true;
        if (result.state != IoState::would_block) co_return false;
        co_await p.system.scheduler.wait_for(file.wait_key());
    }
}

Task<bool> read_whole(Process& p, std::string name, std::string& into, InputWords words) {
    Input in(p, {std::move(name)}, '\n', words);
    if (!in.open_next()) co_return false;
    std::string block;
    while (co_await in.next_block(block)) {
        into += block;
        if (into.size() > limits::total_bytes) {
            p.fail("memory exhausted");
            co_return false;
        }
    }
    co_return true;
}

Input::Input(Process& p, std::vector<std::string> operands, char delimiter, InputWords words)
    : p_(p), operands_(std::move(operands)), delimiter_(delimiter), words_(words) {
    if (operands_.empty()) operands_.emplace_back("-");
}

void Input::report(std::string_view words, Errno error) {
    failed_ = true;
    if (on_error)
        on_error(name_, error);
    else
        report_file(p_, words, name_, error);
}

void Input::close_file() {
    file_ = nullptr;
    buffer_.clear();
    at_ = scanned_ = 0;
    ended_ = false;
}

bool Input::open_next() {
    while (next_operand_ < operands_.size()) {
        close_file();
        name_ = operands_[next_operand_++];
        if (name_ == "-") {
            file_ = p_.files.shared(0);
            bool const folder = file_ && file_->node() && file_->node()->is_directory();
            if (file_ && !folder) return true;
            report(folder ? words_.read : words_.open, folder ? Errno::is_directory : Errno::bad_descriptor);
            close_file();
            continue;
        }
        OpenFlags flags;
        flags.read = true;
        Attempt<FilePtr> opened = p_.open(name_, flags);
        if (opened && opened.value->node() && opened.value->node()->is_directory())
            opened = Attempt<FilePtr>(Errno::is_directory);
        if (opened) {
            file_ = std::move(opened.value);
            return true;
        }
        if (opened.error == Errno::is_directory && before_directory) before_directory(name_);
        report(opened.error == Errno::is_directory ? words_.read : words_.open, opened.error);
    }
    return false;
}

bool Input::take(std::string_view& line) {
    std::size_t const end = buffer_.find(delimiter_, scanned_);
    if (end == std::string::npos) {
        scanned_ = buffer_.size();
        return false;
    }
    line = std::string_view(buffer_).substr(at_, end - at_);
    at_ = scanned_ = end + 1;
    had_delimiter_ = true;
    return true;
}

Task<bool> Input::fill(std::string_view& line, bool across_files) {
    for (;;) {
        if (!file_ && (!across_files || !open_next())) co_return false;
        if (!ended_) {
            buffer_.erase(0, at_);
            scanned_ -= at_;
            at_ = 0;
            ended_ = buffer_.size() > limits::value_bytes || !co_await read_some(p_, *file_, buffer_);
        }
        if (take(line)) co_return true;
        if (!ended_) continue;
        if (at_ < buffer_.size()) {
            line = std::string_view(buffer_).substr(at_);
            at_ = scanned_ = buffer_.size();
            had_delimiter_ = false;
            co_return true;
        }
        if (!across_files) co_return false;
        close_file();
    }
}

Task<bool> Input::next_block(std::string& block) {
    block.clear();
    if (!file_) co_return false;
    if (at_ < buffer_.size()) {
        block = buffer_.substr(at_);
        at_ = scanned_ = buffer_.size();
        co_return true;
    }
    co_await p_.breathe();
    co_return co_await read_some(p_, *file_, block);
}

Task<bool> Input::at_end_of_file() {
    while (file_ && at_ >= buffer_.size() && !ended_) {
        buffer_.clear();
        at_ = scanned_ = 0;
        ended_ = !co_await read_some(p_, *file_, buffer_);
    }
    co_return !file_ || at_ >= buffer_.size();
}

Task<bool> Input::at_end() {
    for (;;) {
        if (file_ && !co_await at_end_of_file()) co_return false;
        if (!open_next()) co_return true;
    }
}

void Input::give_back() {
    if (file_ && at_ < buffer_.size()) {
        auto const moved = file_->seek(-static_cast<std::int64_t>(buffer_.size() - at_), 1);
        if (moved) buffer_.clear(), at_ = scanned_ = 0;
    }
}

Task<int> names_from(Process& p, std::string list, std::vector<std::string>& operands, int mistake_status,
                     bool* skipped) {
    if (!operands.empty()) {
        p.fail("extra operand " + quoted(operands[0]));
        p.err("file operands cannot be combined with --files0-from\nTry '" + p.name() +
              " --help' for more information.\n");
        co_return mistake_status;
    }
    std::string text;
    std::string_view const words = skipped ? "cannot open $ for reading" : "open failed: %";
    bool const read = co_await read_whole(p, list, text, {words, words});
    if (!read) co_return mistake_status;
    if (!text.empty() && text.back() == '\0')
        text.pop_back();
    else if (text.empty())
        co_return skipped ? -1 : p.fail("no input from " + quoted(list), mistake_status);
    std::size_t number = 0;
    for (std::string_view const name : split(text, '\0')) {
        ++number;
        if (name.empty())
            p.fail(shown_name(list) + ":" + std::to_string(number) + ": invalid zero-length file name");
        else if (name == "-" && (list == "-" || !skipped))
            p.fail("when reading file names from stdin, no file name of '-' allowed");
        else {
            operands.emplace_back(name);
            continue;
        }
        if (!skipped) co_return mistake_status;
        *skipped = true;
    }
    co_return -1;
}

}
