#include "terminal/commands/awk_run.hpp"

#include "terminal/commands/files.hpp"
#include "terminal/limits.hpp"

namespace cw::terminal::commands::awk {

Interpreter::Interpreter(Process& p, Program program, std::vector<std::string> operands)
    : p_(p), program_(std::move(program)), operands_(std::move(operands)), out_(p) {
    globals_.resize(program_.globals.size());
    special(nr) = special(nf) = special(fnr) = special(rstart) = Value(0.0);
    special(rlength) = Value(-1.0);
    special(fs) = special(ofs) = Value(std::string(" "));
    special(ors) = special(rs) = Value(std::string("\n"));
    special(filename) = Value(std::string());
    special(subsep) = Value(std::string("\x1c"));
    special(convfmt) = special(ofmt) = Value(std::string("%.6g"));
    globals_[environ].array = std::make_shared<Array>();
    for (std::string const& entry : p.environment) {
        std::size_t const equals = entry.find('=');
        globals_[environ].array->at(entry.substr(0, equals)) = Value::from_input(entry.substr(equals + 1));
    }
    globals_[argv].array = std::make_shared<Array>();
    globals_[argv].array->at("0") = Value(std::string("awk"));
    for (std::size_t i = 0; i < operands_.size(); ++i)
        globals_[argv].array->at(std::to_string(i + 1)) = Value::from_input(operands_[i]);
    special(argc) = Value(static_cast<double>(operands_.size() + 1));
}

void Interpreter::assign_global(std::string const& name, std::string const& value) {
    for (std::size_t i = 0; i < program_.globals.size(); ++i) {
        if (program_.globals[i] != name) continue;
        globals_[i].value = Value::from_input(value);
        after_special(static_cast<int>(i));
    }
}

void Interpreter::fail(std::string const& message) {
    if (failed_) return;
    failed_ = true;
    out_.flush();
    status_ = p_.fail(message, 2);
}

Task<int> Interpreter::run() {
    Flow flow = co_await run_rules(When::begin);
    bool reads = false;
    bool const has_end = std::any_of(program_.rules.begin(), program_.rules.end(),
                                     [](Rule const& rule) { return rule.when == When::end; });
    for (Rule const& rule : program_.rules) reads = reads || rule.when != When::begin;
    std::string record;
    while (reads && flow != Flow::exit && !failed_ && !out_.broken()) {
        bool const got = co_await next_record(record);
        if (!got) break;
        set_record(std::move(record));
        flow = co_await run_rules(When::always);
        if (flow == Flow::next_file) input_ = nullptr;
        co_await p_.breathe();
    }
    // exit in BEGIN or a rule still runs END; exit in END ends it.
    if (has_end && !failed_) static_cast<void>(co_await run_rules(When::end));
    co_await flush_all();
    co_return out_.close(status_);
}

Task<Flow> Interpreter::run_rules(When when) {
    for (Rule& rule : program_.rules) {
        bool const begins = rule.when == When::begin, ends = rule.when == When::end;
        if ((when == When::begin) != begins || (when == When::end) != ends) continue;
        Flow const flow = co_await run_rule(rule);
        if (failed_ || flow == Flow::exit) co_return Flow::exit;
        if (flow == Flow::next || flow == Flow::next_file) co_return flow;
    }
    co_return Flow::on;
}

Task<Flow> Interpreter::run_rule(Rule& rule) {
    bool selected = true;
    if (rule.when == When::expression) {
        selected = is_true(co_await evaluate_later(*rule.first));
    } else if (rule.when == When::range) {
        if (!rule.in_range) {
            selected = is_true(co_await evaluate_later(*rule.first));
            rule.in_range = selected;
        }
        if (selected && rule.in_range) rule.in_range = !is_true(co_await evaluate_later(*rule.last));
    }
    if (!selected || failed_) co_return Flow::on;
    if (rule.body) co_return co_await execute(*rule.body);
    rebuild();
    out_.put(record_);
    out_.put(text(special(ors)));
    co_return Flow::on;
}

Task<Flow> Interpreter::execute(Node const& node) {
    if (failed_ || out_.broken()) co_return Flow::exit;
    switch (node.kind) {
        case Kind::block:
            for (NodePtr const& part : node.parts) {
                // The commonest statement needs no frame of its own.
                if (part->kind == Kind::expression && !waits(*part->parts[0])) {
                    static_cast<void>(evaluate(*part->parts[0]));
                    if (failed_) co_return Flow::exit;
                    continue;
                }
                Flow const flow = co_await execute(*part);
                if (flow != Flow::on) co_return flow;
            }
            co_return Flow::on;
        case Kind::expression: static_cast<void>(co_await evaluate_later(*node.parts[0])); break;
        case Kind::print:
        case Kind::printf: co_await print(node); break;
        case Kind::if_: {
            bool const holds = is_true(co_await evaluate_later(*node.parts[0]));
            if (holds) co_return co_await execute(*node.parts[1]);
            if (node.parts.size() > 2) co_return co_await execute(*node.parts[2]);
            break;
        }
        case Kind::while_:
        case Kind::do_:
        case Kind::for_:
        case Kind::for_in: co_return co_await loop(node);
        case Kind::break_: co_return Flow::break_;
        case Kind::continue_: co_return Flow::continue_;
        case Kind::next: co_return Flow::next;
        case Kind::next_file: co_return Flow::next_file;
        case Kind::exit:
            if (!node.parts.empty())
                status_ = static_cast<int>(to_number(co_await evaluate_later(*node.parts[0]))) & 255;
            co_return Flow::exit;
        case Kind::return_:
            returned_ = Value();
            if (!node.parts.empty()) returned_ = co_await evaluate_later(*node.parts[0]);
            co_return Flow::return_;
        case Kind::delete_: remove(*node.parts[0]); break;
        default: break;
    }
    if (unwinds_ != Flow::on) co_return std::exchange(unwinds_, Flow::on);
    co_return failed_ ? Flow::exit : Flow::on;
}

Task<Flow> Interpreter::loop(Node const& node) {
    if (node.kind == Kind::for_in) {
        auto const visited = array(*node.parts[1]);
        for (std::string const& name : visited->keys()) {
            if (!visited->find(name)) continue;
            store(*node.parts[0], Value::from_input(name));
            Flow const flow = co_await execute(*node.parts[2]);
            if (flow == Flow::break_) break;
            if (flow != Flow::on && flow != Flow::continue_) co_return flow;
            co_await p_.breathe();
        }
        co_return Flow::on;
    }
    bool const counts = node.kind == Kind::for_;
    Node const* const condition = counts ? node.parts[1].get() : node.parts[0].get();
    Node const& body = *node.parts.back();
    if (counts && node.parts[0]) static_cast<void>(co_await execute(*node.parts[0]));
    for (bool first = true;; first = false) {
        bool const asks = condition && !(first && node.kind == Kind::do_);
        if (asks) {
            Value const value = waits(*condition) ? co_await evaluate_later(*condition) : evaluate(*condition);
            if (!is_true(value)) break;
        }
        Flow const flow = co_await execute(body);
        if (flow == Flow::break_) break;
        if (flow != Flow::on && flow != Flow::continue_) co_return flow;
        if (counts && node.parts[2]) static_cast<void>(co_await execute(*node.parts[2]));
        if (failed_) co_return Flow::exit;
        co_await p_.breathe();
    }
    co_return Flow::on;
}

void Interpreter::remove(Node const& node) {
    if (node.kind == Kind::element)
        array(*node.parts[0])->remove(key(node));
    else if (node.kind == Kind::variable)
        array(node)->clear();
}

std::string Interpreter::output_text(Value const& value) {
    return value.type == Value::Type::number ? to_text(value, text(special(ofmt))) : value.text;
}

Task<> Interpreter::print(Node const& node) {
    std::string line;
    if (node.kind == Kind::printf) {
        std::vector<Value> values;
        for (NodePtr const& part : node.parts)
            values.push_back(waits(*part) ? co_await evaluate_later(*part) : evaluate(*part));
        if (values.empty()) co_return fail("printf: no format");
        std::string const pattern_text = text(values[0]);
        values.erase(values.begin());
        line = format(pattern_text, values, convfmt_);
    } else {
        if (node.parts.empty()) {
            rebuild();
            line = record_;
        }
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            Value const value =
                waits(*node.parts[i]) ? co_await evaluate_later(*node.parts[i]) : evaluate(*node.parts[i]);
            if (i) line += text(special(ofs));
            line += output_text(value);
        }
        line += text(special(ors));
    }
    if (failed_) co_return;
    if (node.into == Into::nothing) {
        out_.put(line);
        co_await p_.breathe();
    } else {
        co_await write(node, std::move(line));
    }
}

Task<> Interpreter::write(Node const& node, std::string line) {
    std::string const name = text(co_await evaluate_later(*node.target));
    if (name == "/dev/stdout" || name == "-") {
        out_.put(line);
        co_return;
    }
    if (name == "/dev/stderr" || (node.into == Into::pipe && name == "cat 1>&2")) {
        out_.flush();
        p_.err(line);
        co_return;
    }
    auto [place, added] = sinks_.try_emplace(name);
    Sink& sink = place->second;
    if (added && node.into == Into::pipe) {
        sink.is_command = true;
    } else if (added) {
        OpenFlags flags;
        flags.write = flags.create = true;
        flags.append = node.into == Into::append;
        flags.truncate = !flags.append;
        auto opened = p_.open(name, flags);
        if (!opened) {
            sinks_.erase(place);
            co_return fail("can't redirect to " + name + " (" + std::string(message(opened.error)) + ")");
        }
        sink.file = std::move(opened.value);
    }
    if (sink.is_command) {
        if (sink.waiting.size() + line.size() > limits::value_bytes) co_return fail("too much output for " + name);
        sink.waiting += line;
    } else if (sink.file->write(line).state != IoState::ok) {
        fail("write error on " + name);
    }
}

// Closes a file, or runs the command that output was gathered for.
Task<> Interpreter::flush_output(std::string name) {
    auto const found = sinks_.find(name);
    if (found == sinks_.end()) co_return;
    Sink const sink = std::move(found->second);
    sinks_.erase(found);
    if (!sink.is_command) co_return;
    out_.flush();
    FilePtr const before = p_.files.shared(0);
    p_.files.set(0, make_string_source(sink.waiting));
    static_cast<void>(co_await p_.run({"sh", "-c", name}));
    p_.files.set(0, before);
}

Task<> Interpreter::flush_all() {
    out_.flush();
    while (!sinks_.empty()) co_await flush_output(sinks_.begin()->first);
}

Task<Value> Interpreter::system(std::string command) {
    out_.flush();
    int const status = co_await p_.run({"sh", "-c", command});
    co_return Value(static_cast<double>(status));
}

// The output of a command, for getline.
Task<> Interpreter::capture(std::string command) {
    readers_[command].is_command = true;
    out_.flush();
    FilePtr const before = p_.files.shared(1);
    auto const captured = std::make_shared<std::string>();
    p_.files.set(1, make_string_sink(captured, limits::value_bytes));
    static_cast<void>(co_await p_.run({"sh", "-c", command}));
    p_.files.set(1, before);
    readers_[command].captured = std::move(*captured);
}

Task<Value> Interpreter::getline(Node const& node) {
    std::string record;
    bool got = false;
    if (node.into == Into::nothing) {
        got = co_await next_record(record);
    } else {
        std::string const name = text(co_await evaluate_later(*node.target));
        bool const fresh = readers_.find(name) == readers_.end();
        if (fresh && node.into == Into::pipe) co_await capture(name);
        Reader& reader = readers_[name];
        if (reader.is_command) {
            got = reader.at < reader.captured.size();
            std::size_t const end = std::min(reader.captured.find('\n', reader.at), reader.captured.size());
            if (got) record = reader.captured.substr(reader.at, end - reader.at);
            reader.at = end + 1;
            if (got) special(nr) = Value(to_number(special(nr)) + 1);
        } else {
            if (!reader.input) {
                reader.input = std::make_unique<Input>(p_, std::vector<std::string>{name});
                reader.input->on_error = [](std::string const&, Errno) {};
                if (!reader.input->open_next()) {
                    readers_.erase(name);
                    co_return Value(-1.0);
                }
            }
            got = co_await read_record(*reader.input, record);
        }
    }
    if (!got) co_return Value(0.0);
    if (node.parts.empty())
        set_record(std::move(record));
    else
        store(*node.parts[0], Value::from_input(std::move(record)));
    co_return Value(1.0);
}

Task<Value> Interpreter::call(Node const& node) {
    Function const& function = program_.functions[static_cast<std::size_t>(node.slot)];
    if (frames_.size() >= static_cast<std::size_t>(max_calls)) {
        fail("function calls are nested too deeply");
        co_return Value();
    }
    std::vector<Variable> frame(function.parameters.size());
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        Node const& argument = *node.parts[i];
        if (i >= frame.size()) {
            fail("function " + function.name + " called with more arguments than declared");
            co_return Value();
        }
        if (argument.kind == Kind::variable) { // may be an array, or become one in the function
            Variable& given = variable(argument);
            if (!given.array && given.value.type == Value::Type::nothing &&
                (argument.is_local || argument.slot >= special_count))
                given.array = std::make_shared<Array>();
            if (given.array) frame[i].array = given.array;
            frame[i].value = load(argument);
        } else {
            frame[i].value = co_await evaluate_later(argument);
        }
    }
    frames_.push_back(std::move(frame));
    returned_ = Value();
    Flow const flow = co_await execute(*function.body);
    frames_.pop_back();
    if (flow == Flow::exit || flow == Flow::next || flow == Flow::next_file) unwinds_ = flow; // seen by the statement
    Value result = std::move(returned_);
    returned_ = Value();
    co_return result;
}

}
