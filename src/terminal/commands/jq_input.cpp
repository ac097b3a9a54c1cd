#include "terminal/commands/jq_input.hpp"

#include "ground/text.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal::jq {

std::string Feed::place() const { return started_ ? file_name_ + ":" + std::to_string(calls_.line) : file_name_; }

void Feed::name_file(std::string name) {
    started_ = true;
    file_name_ = std::move(name);
    calls_.file_name = calls_.store.text(file_name_);
}

Task<Value> Feed::next() {
    calls_.error = {};
    if (settings_.raw && settings_.slurps) co_return co_await all_text();
    if (settings_.raw) co_return co_await line();
    if (!settings_.slurps) co_return co_await value();
    if (std::exchange(slurped_, true)) co_return Value();
    Value all = calls_.store.array();
    while (!calls_.store.over()) {
        Value one = co_await value();
        if (one.is(Kind::none)) break;
        all.append(std::move(one));
    }
    co_return calls_.error.is(Kind::none) ? all : Value();
}

// More text of the files; false when there is none.
Task<bool> Feed::more(std::string& text) {
    co_await calls_.p.breathe();
    if (!started_ && settings_.files.empty()) {
        on_stdin_ = true;
        name_file("<stdin>");
    }
    while (true) {
        if (on_stdin_) {
            bool const got = co_await calls_.p.read_some(0, text);
            if (got) co_return true;
            on_stdin_ = false;
        }
        if (next_file_ >= settings_.files.size()) co_return false;
        std::string const name = settings_.files[next_file_++];
        reader_.begin_file();
        if (name == "-") {
            on_stdin_ = true;
            name_file("<stdin>");
            continue;
        }
        Errno const error = co_await calls_.p.read_path(name, text);
        if (error == Errno::none) {
            name_file(name);
            co_return true;
        }
        calls_.p.err("jq: error: Could not open file " + name + ": " + std::string(message(error)) + "\n");
        file_failed = true;
    }
}

Task<Value> Feed::value() {
    Value out;
    while (true) {
        Reader::Got const got = reader_.next(out);
        calls_.line = reader_.lines();
        if (got == Reader::Got::value) co_return out;
        if (got == Reader::Got::error) {
            parse_failed = true;
            calls_.error = calls_.store.text(reader_.error());
            co_return Value();
        }
        if (ended_) co_return Value();
        if (calls_.store.over()) co_return Value(Kind::null); // the machine will say so
        std::string text;
        bool const any = co_await more(text);
        if (any) reader_.feed(text);
        if (!any) reader_.finish();
        ended_ = !any;
    }
}

Task<Value> Feed::line() {
    std::size_t end = std::string::npos;
    while ((end = buffer_.find('\n', at_)) == std::string::npos && !ended_ &&
           buffer_.size() - at_ < limits::value_bytes) {
        buffer_.erase(0, at_);
        at_ = 0;
        bool const any = co_await more(buffer_);
        ended_ = !any;
    }
    if (end == std::string::npos && at_ >= buffer_.size()) co_return Value();
    std::string const text = buffer_.substr(at_, end - at_);
    if (end != std::string::npos) ++calls_.line;
    at_ = end == std::string::npos ? buffer_.size() : end + 1;
    co_return calls_.store.text(repaired_utf8(text));
}

Task<Value> Feed::all_text() {
    if (std::exchange(slurped_, true)) co_return Value();
    std::string text;
    while (text.size() < limits::value_bytes) {
        bool const any = co_await more(text);
        if (!any) break;
    }
    co_return calls_.store.text(repaired_utf8(text));
}

}
