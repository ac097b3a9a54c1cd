// Where an awk program writes to and reads from besides its operands: files, commands, and both ways with |&.
#include "terminal/commands/awk_run.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal::commands::awk {

std::string Interpreter::formatted(std::vector<Value> const& values) {
    std::string error;
    std::string out = format(text(values[0]), std::vector<Value>(values.begin() + 1, values.end()), convfmt_, error);
    if (!error.empty()) fail(error);
    if (out.size() > limits::value_bytes) fail("string too long");
    return out;
}

Task<> Interpreter::print(Node const& node) {
    std::string line;
    if (node.kind == Kind::printf) {
        std::vector<Value> values;
        for (NodePtr const& part : node.parts)
            values.push_back(waits(*part) ? co_await evaluate_later(*part) : evaluate(*part));
        if (!failed_) line = formatted(values);
    } else {
        if (node.parts.empty()) {
            rebuild();
            line = record_;
        }
        std::string const number_format = text(special(ofmt));
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            Value const value =
                waits(*node.parts[i]) ? co_await evaluate_later(*node.parts[i]) : evaluate(*node.parts[i]);
            if (i) line += text(special(ofs));
            line += to_text(value, number_format);
        }
        line += text(special(ors));
    }
    if (failed_ || unwinds_ != Flow::on) co_return;
    if (node.into == Into::nothing) {
        out_.put(line);
        co_await p_.breathe();
    } else {
        co_await write(node, std::move(line));
    }
}

std::size_t Interpreter::sink_of(std::string const& name) const {
    std::size_t at = 0;
    while (at < sinks_.size() && sinks_[at].name != name) ++at;
    return at;
}

Task<> Interpreter::write(Node const& node, std::string line) {
    std::string const name = text(co_await evaluate_later(*node.target));
    if (failed_) co_return;
    bool const is_command = node.into == Into::pipe || node.into == Into::both;
    if (name.empty()) {
        constexpr std::string_view signs[] = {"", ">", ">>", "|", "|&"};
        co_return fail("expression for `" + std::string(signs[static_cast<std::size_t>(node.into)]) +
                       "' redirection has null string value");
    }
    if (!is_command && (name == "/dev/stdout" || name == "-")) {
        out_.put(line);
        co_return;
    }
    if (!is_command && name == "/dev/stderr") {
        out_.flush();
        p_.err(line);
        co_return;
    }
    std::size_t const at = sink_of(name);
    if (at == sinks_.size()) {
        Sink sink;
        sink.name = name;
        sink.is_command = is_command;
        sink.both = node.into == Into::both;
        out_.flush();
        if (!is_command) {
            OpenFlags flags;
            flags.write = flags.create = true;
            flags.append = node.into == Into::append;
            flags.truncate = !flags.append;
            auto opened = p_.open(name, flags);
            if (!opened) co_return fail("cannot redirect to `" + name + "': " + std::string(message(opened.error)));
            sink.file = std::move(opened.value);
        }
        if (sinks_.size() >= limits::processes) co_return fail("too many open files");
        sinks_.push_back(std::move(sink));
    }
    Sink& sink = sinks_[at];
    if (sink.is_command) {
        if (sink.waiting.size() + line.size() > limits::value_bytes) co_return fail("too much output for " + name);
        sink.waiting += line;
    } else if (sink.file->write(line).state != IoState::ok) {
        fail("print to \"" + name + "\" failed");
    }
}

Task<int> Interpreter::run_command(std::string command, std::string const* input, std::string* output) {
    FilePtr const standard_input = p_.files.shared(0), standard_output = p_.files.shared(1);
    auto const captured = std::make_shared<std::string>();
    if (input) p_.files.set(0, make_string_source(*input));
    if (output) p_.files.set(1, make_string_sink(captured, limits::value_bytes));
    int const status = co_await p_.run({"sh", "-c", std::move(command)});
    p_.files.set(0, standard_input);
    p_.files.set(1, standard_output);
    if (output) *output = std::move(*captured);
    co_return status;
}

// Closes a file, or runs the command that output was gathered for; `captures`: its output can then be read.
Task<int> Interpreter::close_sink(std::size_t index, bool captures) {
    Sink const sink = std::move(sinks_[index]);
    sinks_.erase(sinks_.begin() + static_cast<std::ptrdiff_t>(index));
    if (!sink.is_command) co_return 0;
    if (!captures) co_return co_await run_command(sink.name, &sink.waiting, nullptr);
    std::string output;
    int const status = co_await run_command(sink.name, &sink.waiting, &output);
    Stream& reader = readers_[sink.name];
    reader.buffer = std::move(output);
    reader.ended = true;
    reader.status = status;
    co_return status;
}

Task<> Interpreter::close_all() {
    if (failed_) out_.flush();
    while (!sinks_.empty()) static_cast<void>(co_await close_sink(sinks_.size() - 1, false));
    out_.flush();
}

// `which` end of a co-process: "to", "from", or both.
Task<Value> Interpreter::close(std::string name, std::string which) {
    double status = -1;
    auto const reader = readers_.find(name);
    if (which != "to" && reader != readers_.end()) {
        status = reader->second.status;
        readers_.erase(reader);
    }
    std::size_t const sink = sink_of(name);
    if (sink < sinks_.size() && which != "from") {
        bool const stays = which == "to" && sinks_[sink].both;
        out_.flush();
        status = co_await close_sink(sink, stays);
        if (stays) status = 0;
    }
    if (status < 0) special(error_text) = Value(std::string("close of redirection that was never opened"));
    co_return Value(status);
}

Attempt<FilePtr> Interpreter::open_input(std::string const& name) {
    bool const standard = name == "-" || name == "/dev/stdin";
    OpenFlags flags;
    flags.read = true;
    Attempt<FilePtr> opened = standard ? Attempt<FilePtr>(p_.files.shared(0)) : p_.open(name, flags);
    if (opened && !opened.value) return Attempt<FilePtr>(Errno::bad_descriptor);
    if (opened && opened.value->node() && opened.value->node()->is_directory())
        return Attempt<FilePtr>(Errno::is_directory);
    return opened;
}

Task<Value> Interpreter::getline(Node const& node) {
    std::string record;
    bool got = false;
    Place to;
    if (node.into == Into::nothing) {
        got = co_await next_record(record);
    } else {
        std::string const name = text(co_await evaluate_later(*node.target));
        if (failed_) co_return Value();
        if (name.empty() && node.into == Into::file) fail("expression for `<' redirection has null string value");
        if (readers_.find(name) == readers_.end()) {
            if (readers_.size() >= limits::processes) fail("too many open files");
            if (failed_) co_return Value();
            std::size_t const sink = sink_of(name);
            Stream fresh;
            if (node.into == Into::both && sink < sinks_.size()) {
                static_cast<void>(co_await close_sink(sink, true));
            } else if (node.into != Into::file) {
                out_.flush();
                fresh.status = co_await run_command(name, nullptr, &fresh.buffer);
                fresh.ended = true;
                readers_.emplace(name, std::move(fresh));
            } else {
                auto opened = open_input(name);
                if (!opened) {
                    special(error_text) = Value(std::string(message(opened.error)));
                    co_return Value(-1.0);
                }
                fresh.file = std::move(opened.value);
                readers_.emplace(name, std::move(fresh));
            }
        }
        if (!node.parts.empty()) to = co_await place_later(*node.parts[0]);
        got = co_await read_record(readers_[name], record);
    }
    if (!got || failed_) co_return Value(0.0);
    if (node.parts.empty())
        set_record(std::move(record));
    else
        store(to.node || to.field >= 0 ? to : co_await place_later(*node.parts[0]),
              Value::from_input(std::move(record)));
    co_return Value(1.0);
}

}
