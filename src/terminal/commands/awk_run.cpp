#include "terminal/commands/awk_run.hpp"

#include "terminal/commands/files.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands::awk {

Interpreter::Interpreter(Process& p, Program program, std::vector<Source> sources, std::vector<std::string> operands)
    : p_(p), program_(std::move(program)), sources_(std::move(sources)), operands_(std::move(operands)), out_(p) {
    globals_.resize(program_.globals.size());
    special(nr) = special(nf) = special(fnr) = special(rstart) = special(argind) = special(ignorecase) = Value(0.0);
    special(rlength) = Value(-1.0);
    special(fs) = special(ofs) = Value(std::string(" "));
    special(ors) = special(rs) = Value(std::string("\n"));
    special(filename) = special(rt) = special(error_text) = special(fieldwidths) = Value(std::string());
    special(fpat) = Value(std::string("[^[:space:]]+"));
    special(subsep) = Value(std::string("\x1c"));
    special(convfmt) = special(ofmt) = Value(std::string("%.6g"));
    for (Special const which : {environ, argv, procinfo}) {
        globals_[which].array = std::make_shared<Array>();
        globals_[which].array->used = true;
    }
    for (std::string const& entry : p.environment) {
        std::size_t const equals = entry.find('=');
        globals_[environ].array->at(entry.substr(0, equals)).value = Value::from_input(entry.substr(equals + 1));
    }
    Array& about = *globals_[procinfo].array;
    about.at("version").value = Value(std::string("5.2.1"));
    about.at("FS").value = Value(std::string("FS"));
    about.at("platform").value = Value(std::string("posix"));
    about.at("strftime").value = Value(std::string("%a %b %e %H:%M:%S %Z %Y"));
    Array& args = *globals_[argv].array;
    args.at("0").value = Value(std::string("awk"));
    for (std::size_t i = 0; i < operands_.size(); ++i)
        args.at(std::to_string(i + 1)).value = Value::from_input(operands_[i]);
    special(argc) = Value(static_cast<double>(operands_.size() + 1));
    for (Rule const& rule : program_.rules)
        has_file_rules_ = has_file_rules_ || rule.when == When::begin_file || rule.when == When::end_file;
}

void Interpreter::assign_raw(Special which, std::string value) {
    globals_[which].value = Value::from_input(std::move(value));
    after_special(which);
}

void Interpreter::assign_global(std::string const& name, std::string const& raw_value) {
    std::string odd;
    std::string const value = unescaped_text(raw_value, odd);
    p_.err(escape_warnings(odd, program_.told, "awk: " + where(), false));
    for (std::size_t i = 0; i < program_.globals.size(); ++i) {
        if (program_.globals[i] != name) continue;
        if (globals_[i].is_array()) return fail("cannot use array `" + name + "' as a variable");
        before_special(static_cast<int>(i));
        globals_[i].value = Value::from_input(value);
        after_special(static_cast<int>(i));
    }
}

std::string Interpreter::where() const {
    std::string out = line_ > 0 ? place_of(sources_, line_) : "";
    double const number = to_number(globals_[fnr].value);
    if (number > 0 && line_ > 0)
        out += "(FILENAME=" + (globals_[filename].value.text.empty() ? "-" : globals_[filename].value.text) +
               " FNR=" + to_text(Value(number), "%d") + ") ";
    return out;
}

void Interpreter::fail(std::string const& message) {
    if (failed_) return;
    failed_ = true;
    out_.flush();
    p_.err("awk: " + where() + "fatal: " + message + "\n");
    status_ = 2;
}

void Interpreter::warn(std::string const& message) {
    out_.flush();
    p_.err("awk: " + where() + "warning: " + message + "\n");
}

Task<int> Interpreter::run() {
    p_.err(program_.warnings);
    Flow flow = failed_ ? Flow::exit : co_await run_rules(When::begin);
    bool reads = false, has_end = false;
    for (Rule const& rule : program_.rules) {
        reads = reads || rule.when != When::begin;
        has_end = has_end || rule.when == When::end;
    }
    std::string record;
    while (reads && flow != Flow::exit && !failed_ && !out_.broken()) {
        bool const got = co_await next_record(record);
        if (!got) break;
        set_record(std::move(record));
        flow = co_await run_rules(When::always);
        if (flow == Flow::next_file) co_await leave_file();
        co_await p_.breathe();
    }
    if (real_output_) co_await leave_file();
    // exit in BEGIN or a rule still runs END; exit in END ends it.
    if (has_end && !failed_) static_cast<void>(co_await run_rules(When::end));
    co_await close_all();
    co_return out_.close(status_);
}

Task<Flow> Interpreter::run_rules(When when) {
    for (Rule& rule : program_.rules) {
        bool const is_plain = rule.when >= When::always;
        if (when == When::always ? !is_plain : rule.when != when) continue;
        Flow const flow = co_await run_rule(rule);
        if (failed_ || flow == Flow::exit) co_return Flow::exit;
        if (flow == Flow::next || flow == Flow::next_file) co_return flow;
    }
    co_return Flow::on;
}

Task<Flow> Interpreter::run_rule(Rule& rule) {
    bool selected = true;
    if (rule.first) line_ = rule.first->line;
    if (rule.when == When::expression) {
        selected = is_true(co_await evaluate_later(*rule.first));
    } else if (rule.when == When::range) {
        if (!rule.in_range) {
            selected = is_true(co_await evaluate_later(*rule.first));
            rule.in_range = selected;
        }
        if (selected && rule.in_range) rule.in_range = !is_true(co_await evaluate_later(*rule.last));
    }
    if (unwinds_ != Flow::on) co_return std::exchange(unwinds_, Flow::on);
    if (!selected || failed_) co_return Flow::on;
    if (rule.body) co_return co_await execute(*rule.body);
    rebuild();
    out_.put(record_);
    out_.put(text(special(ors)));
    co_return Flow::on;
}

Task<Flow> Interpreter::execute(Node const& node) {
    if (failed_ || out_.broken()) co_return Flow::exit;
    line_ = node.line;
    switch (node.kind) {
        case Kind::block:
            for (NodePtr const& part : node.parts) {
                // The commonest statement needs no frame of its own.
                if (part->kind == Kind::expression && !waits(*part->parts[0])) {
                    line_ = part->line;
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
            if (unwinds_ != Flow::on || failed_) break;
            if (holds) co_return co_await execute(*node.parts[1]);
            if (node.parts.size() > 2) co_return co_await execute(*node.parts[2]);
            break;
        }
        case Kind::while_:
        case Kind::do_:
        case Kind::for_: co_return co_await loop(node);
        case Kind::for_in: co_return co_await visit(node);
        case Kind::switch_: co_return co_await choose(node);
        case Kind::break_: co_return Flow::break_;
        case Kind::continue_: co_return Flow::continue_;
        case Kind::next: co_return Flow::next;
        case Kind::next_file: co_return Flow::next_file;
        case Kind::exit:
            if (!node.parts.empty())
                status_ = static_cast<int>(static_cast<std::int64_t>(bounded(
                                               to_number(co_await evaluate_later(*node.parts[0])), -1e18, 1e18)) &
                                           255);
            co_return Flow::exit;
        case Kind::return_: {
            Value value;
            if (!node.parts.empty()) value = co_await evaluate_later(*node.parts[0]);
            returned_ = std::move(value);
            if (unwinds_ != Flow::on) break;
            co_return Flow::return_;
        }
        case Kind::delete_: remove(*node.parts[0]); break;
        default: break;
    }
    if (unwinds_ != Flow::on) co_return std::exchange(unwinds_, Flow::on);
    co_return failed_ ? Flow::exit : Flow::on;
}

// for (k in array): over the keys that it had at the beginning.
Task<Flow> Interpreter::visit(Node const& node) {
    auto const visited = array(*node.parts[1]);
    Variable* const how = globals_[procinfo].array->find("sorted_in");
    std::vector<std::string> const keys = co_await sorted_keys(*visited, how ? text(how->value) : "");
    for (std::string const& name : keys) {
        store(place(*node.parts[0]), Value(name));
        Flow const flow = co_await execute(*node.parts[2]);
        if (flow == Flow::break_) break;
        if (flow != Flow::on && flow != Flow::continue_) co_return flow;
        co_await p_.breathe();
    }
    co_return failed_ ? Flow::exit : Flow::on;
}

Task<Flow> Interpreter::loop(Node const& node) {
    bool const counts = node.kind == Kind::for_;
    Node const* const condition = counts ? node.parts[1].get() : node.parts[0].get();
    Node const& body = *node.parts.back();
    if (counts && node.parts[0]) static_cast<void>(co_await execute(*node.parts[0]));
    for (bool first = true;; first = false) {
        bool const asks = condition && !(first && node.kind == Kind::do_);
        if (asks) {
            line_ = condition->line;
            Value const value = waits(*condition) ? co_await evaluate_later(*condition) : evaluate(*condition);
            if (unwinds_ != Flow::on) co_return std::exchange(unwinds_, Flow::on);
            if (!is_true(value)) break;
        }
        Flow const flow = co_await execute(body);
        if (flow == Flow::break_) break;
        if (flow != Flow::on && flow != Flow::continue_) co_return flow;
        if (counts && node.parts[2]) static_cast<void>(co_await execute(*node.parts[2]));
        if (failed_) co_return Flow::exit;
        co_await p_.breathe();
    }
    co_return failed_ ? Flow::exit : Flow::on;
}

// The first case that fits, else default; from there on to the end or a break.
Task<Flow> Interpreter::choose(Node const& node) {
    Value const value = co_await evaluate_later(*node.parts[0]);
    std::size_t start = node.parts.size();
    for (std::size_t i = 1; i < node.parts.size(); ++i) {
        Node const& one = *node.parts[i];
        if (one.kind != Kind::case_) continue;
        if (one.parts.empty()) {
            if (start == node.parts.size()) start = i;
            continue;
        }
        Node const& wanted = *one.parts[0];
        bool const by_regex = wanted.kind == Kind::regex || wanted.kind == Kind::strong_regex;
        bool fits = by_regex && pattern(wanted, {}).matches(text(value));
        if (!by_regex) {
            Value const other = evaluate(wanted);
            bool const by_number = is_numeric(value) && value.type != Value::Type::nothing;
            fits = by_number == is_numeric(other) && compare(value, other, convfmt_, ignores_case_) == 0;
        }
        if (!fits) continue;
        start = i;
        break;
    }
    for (std::size_t i = start; i < node.parts.size(); ++i) {
        if (node.parts[i]->kind == Kind::case_) continue;
        Flow const flow = co_await execute(*node.parts[i]);
        if (flow == Flow::break_) break;
        if (flow != Flow::on) co_return flow;
    }
    co_return failed_ ? Flow::exit : Flow::on;
}

void Interpreter::remove(Node const& node) {
    if (node.kind == Kind::variable) {
        auto const items = array(node);
        items_ -= std::min(items_, items->size());
        return items->clear();
    }
    auto const items = array(*node.parts[0]);
    std::size_t const before = items->size();
    items->remove(key(node));
    items_ -= std::min(items_, before - items->size());
}

Task<Value> Interpreter::call(Node const& node) {
    int slot = node.slot;
    if (node.target) {
        std::string const name = text(evaluate(*node.target));
        auto const by_name = [&](auto const& one) { return one.name == name; };
        auto const* const known = std::find_if(std::begin(builtins), std::end(builtins), by_name);
        if (known != std::end(builtins)) {
            auto const which = static_cast<Builtin>(known - std::begin(builtins));
            co_return builtin(node, which, arguments(node, which));
        }
        auto const found = std::find_if(program_.functions.begin(), program_.functions.end(), by_name);
        if (found == program_.functions.end()) {
            fail("`" + name + "' is not a function, so it cannot be called indirectly");
            co_return Value();
        }
        slot = static_cast<int>(found - program_.functions.begin());
    }
    if (slot < 0) {
        fail("function `" + node.text + "' not defined");
        co_return Value();
    }
    Function const& function = program_.functions[static_cast<std::size_t>(slot)];
    std::vector<Variable> frame(std::max(function.parameters.size(), node.parts.size()));
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        Node const& argument = *node.parts[i];
        bool const may_be_array =
            argument.kind == Kind::variable || (argument.kind == Kind::element && !waits(argument));
        if (!may_be_array) {
            frame[i].value = co_await evaluate_later(argument);
            continue;
        }
        Place const given = place(argument);
        if (!given.variable || failed_) continue;
        Variable& one = *given.variable;
        // What has no value yet may become an array in the function.
        if (!one.array && one.value.type == Value::Type::nothing) one.array = std::make_shared<Array>();
        frame[i].array = one.array;
        if (!one.is_array()) frame[i].value = load(given);
    }
    frame.resize(function.parameters.size());
    co_return co_await invoke(function, std::move(frame));
}

Task<Value> Interpreter::invoke(Function const& function, std::vector<Variable> frame) {
    if (frames_.size() >= static_cast<std::size_t>(max_calls)) {
        fail("function calls are nested too deeply");
        co_return Value();
    }
    frame.resize(function.parameters.size());
    int const line = line_;
    frames_.push_back(std::move(frame));
    returned_ = Value();
    Flow const flow = co_await execute(*function.body);
    frames_.pop_back();
    if (flow != Flow::exit) line_ = line;
    if (flow == Flow::exit || flow == Flow::next || flow == Flow::next_file) unwinds_ = flow; // seen by the statement
    co_return std::exchange(returned_, Value());
}

}
