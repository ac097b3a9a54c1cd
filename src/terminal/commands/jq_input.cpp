#include "terminal/commands/jq_input.hpp"

#include "ground/text.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal::commands::jq {

std::string Feed::place() const { return started_ ? file_name_ + ":" + std::to_string(calls_.line) : file_name_; }

void Feed::name_file(std::string name) {
    started_ = true;
    file_name_ = std::move(name);
    calls_.file_name = calls_.store.text(file_name_);
}

Task<Value> Feed::next() {
    calls_.error = {};
    Value out;
    while (!ready(out)) {
        std::string text;
        bool const any = co_await more(text);
        ended_ = !any;
        if (settings_.raw)
            buffer_ += text;
        else if (any)
            reader_.feed(text);
        else
            reader_.finish();
    }
    co_return out;
}

// Whether no more text is needed to say what comes next; `out` stays none at the end.
bool Feed::ready(Value& out) {
    if (!settings_.raw && !settings_.slurps) return ready_value(out);
    if (settings_.raw) return ready_text(out);
    if (slurped_.is(Kind::null)) return true;
    if (slurped_.is(Kind::none)) slurped_ = calls_.store.array();
    Value one;
    while (!calls_.store.over()) {
        if (!ready_value(one)) return false;
        if (one.is(Kind::none)) break;
        slurped_.append(std::exchange(one, {}));
    }
    if (calls_.error.is(Kind::none)) out = std::move(slurped_);
    slurped_ = Value(Kind::null);
    return true;
}

// [path, leaf] for each leaf, [path] where an array or object closes.
void Feed::add_events(Value const& value, Value const& path) {
    Value event = calls_.store.array();
    bool const is_leaf = value.size() == 0;
    if (is_leaf) {
        event.append(path);
        event.append(value);
        events_.append(std::move(event));
        return;
    }
    Value last;
    for (std::size_t i = 0; i < value.size() && !calls_.store.over(); ++i) {
        last = path;
        last.append(value.is(Kind::object) ? value.key(i) : Value(static_cast<double>(i)));
        add_events(value.item(i), last);
    }
    event.append(last);
    events_.append(std::move(event));
}

bool Feed::ready_value(Value& out) {
    if (next_event_ < events_.size()) {
        out = events_.item(next_event_++);
        return true;
    }
    Reader::Got const got = reader_.next(out);
    if (got == Reader::Got::value && settings_.streams) {
        events_ = calls_.store.array();
        add_events(out, calls_.store.array());
        next_event_ = 1;
        out = events_.item(0);
    }
    calls_.line = reader_.lines();
    if (got == Reader::Got::error) {
        parse_failed = true;
        calls_.error = calls_.store.text(reader_.error());
    }
    if (got != Reader::Got::nothing || ended_) return true;
    if (calls_.store.over()) out = Value(Kind::null); // the machine will say so
    return calls_.store.over();
}

// A line, or all lines; what is longer than a value may be is cut there.
bool Feed::ready_text(Value& out) {
    std::size_t const end = settings_.slurps ? std::string::npos : buffer_.find('\n', at_);
    bool const whole = end != std::string::npos || ended_ || buffer_.size() - at_ >= limits::value_bytes;
    if (!whole) {
        buffer_.erase(0, std::exchange(at_, 0));
        return false;
    }
    bool const first = std::exchange(slurped_, Value(Kind::null)).is(Kind::none);
    if (at_ >= buffer_.size() && !(settings_.slurps && first)) return true;
    if (settings_.slurps && !first) return true;
    out = calls_.store.text(repaired_utf8(std::string_view(buffer_).substr(at_, end - at_)));
    if (end != std::string::npos) ++calls_.line;
    at_ = end == std::string::npos ? buffer_.size() : end + 1;
    return true;
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

}
