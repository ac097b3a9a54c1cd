// Records and fields of awk: reading, splitting, and keeping $0, the fields and NF in step.
#include "ground/text.hpp"
#include "terminal/commands/awk_run.hpp"

namespace cw::terminal::commands::awk {

namespace {
constexpr std::size_t max_fields = 100'000;
}

// An operand is a file or VAR=VALUE; without files, stdin.
bool Interpreter::open_next_operand() {
    auto const args = globals_[argv].array;
    for (auto const count = static_cast<std::size_t>(to_number(special(argc))); operand_ + 1 < count;) {
        Value* const value = args->find(std::to_string(++operand_));
        if (!value) continue;
        std::string const name = text(*value);
        if (name.empty()) continue;
        std::size_t const equals = name.find('=');
        bool const assigns =
            equals != std::string::npos && equals > 0 &&
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == equals &&
            !(name[0] >= '0' && name[0] <= '9');
        if (assigns) {
            assign_global(name.substr(0, equals), unescaped_text(name.substr(equals + 1)));
            continue;
        }
        read_any_file_ = true;
        auto input = std::make_unique<Input>(p_, std::vector<std::string>{name});
        input->on_error = [this](std::string const& file, Errno error) {
            out_.flush();
            p_.fail((error == Errno::is_directory
                         ? "warning: command line argument `" + file + "' is a directory: skipped"
                         : "cannot open \"" + file + "\" (" + std::string(message(error)) + ")"));
            if (error != Errno::is_directory) status_ = 2;
        };
        if (!input->open_next()) continue;
        special(filename) = Value(name);
        special(fnr) = Value(0.0);
        input_ = std::move(input);
        return true;
    }
    if (read_any_file_) return false;
    read_any_file_ = true;
    input_ = std::make_unique<Input>(p_, std::vector<std::string>{"-"});
    return input_->open_next();
}

Task<bool> Interpreter::read_record(Input& input, std::string& record) {
    record.clear();
    std::string const separator = text(special(rs));
    std::string_view line;
    if (separator == "\n") {
        bool const got = co_await input.next_in_file(line);
        if (got) record = std::string(line);
        co_return got;
    }
    if (separator.size() == 1) {
        input.set_delimiter(separator[0]);
        bool const got = co_await input.next_in_file(line);
        if (got) record = std::string(line);
        co_return got;
    }
    if (separator.empty()) { // paragraphs
        bool any = false;
        while (co_await input.next_in_file(line)) {
            if (line.empty()) {
                if (any) break;
                continue;
            }
            if (any) record += '\n';
            record += line;
            any = true;
        }
        co_return any;
    }
    // A regular expression: over all of the file.
    std::string& rest = rests_[&input];
    std::string block;
    while (co_await input.next_block(block)) rest += block;
    if (rest.empty()) co_return false;
    auto const hit = dynamic(separator).find(rest, 0);
    if (hit && hit->length() > 0) {
        record = rest.substr(0, hit->from());
        rest.erase(0, hit->to());
    } else {
        record = std::move(rest);
        rest.clear();
    }
    co_return true;
}

Task<bool> Interpreter::next_record(std::string& record) {
    for (;;) {
        if (input_done_) co_return false;
        if (!input_ && !open_next_operand()) {
            input_done_ = true;
            co_return false;
        }
        bool const got = co_await read_record(*input_, record);
        if (got) {
            special(nr) = Value(to_number(special(nr)) + 1);
            special(fnr) = Value(to_number(special(fnr)) + 1);
            co_return true;
        }
        rests_.erase(input_.get());
        input_ = nullptr;
    }
}

void Interpreter::set_record(std::string record) {
    record_ = std::move(record);
    record_known_ = true;
    fields_known_ = false;
}

std::vector<std::string> Interpreter::pieces(std::string_view text, std::string const& separator,
                                             std::vector<std::string>* seams) {
    std::vector<std::string> out;
    if (text.empty()) return out;
    bool const paragraphs = to_text(special(rs), convfmt_).empty();
    auto const is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
    if (separator == " ") {
        for (std::size_t at = 0; at < text.size() && out.size() < max_fields;) {
            std::size_t const blank = at;
            while (at < text.size() && is_blank(text[at])) ++at;
            if (seams && !out.empty() && at < text.size()) seams->emplace_back(text.substr(blank, at - blank));
            if (at == text.size()) break;
            std::size_t const from = at;
            while (at < text.size() && !is_blank(text[at])) ++at;
            out.emplace_back(text.substr(from, at - from));
        }
        return out;
    }
    if (separator.empty()) {
        for (std::size_t at = 0; at < text.size() && out.size() < max_fields;) {
            std::size_t const from = at;
            static_cast<void>(next_code_point(text, at));
            out.emplace_back(text.substr(from, at - from));
        }
        return out;
    }
    if (separator.size() == 1 && separator != "\\" && !paragraphs) {
        for (std::string_view const part : cw::split(text, separator[0])) {
            if (seams && !out.empty()) seams->push_back(separator);
            out.emplace_back(part);
        }
        return out;
    }
    std::string const source = separator.size() == 1 ? regex::escaped(separator) + (paragraphs ? "|\n" : "")
                               : paragraphs          ? "(" + separator + ")|\n"
                                                     : separator;
    regex::Regex const& regex = dynamic(source);
    std::size_t from = 0;
    for (std::size_t at = 0; out.size() < max_fields;) {
        auto const hit = regex.find(text, at);
        if (!hit) break;
        if (hit->length() == 0) {
            if (hit->from() >= text.size()) break;
            at = hit->from() + 1;
            continue;
        }
        out.emplace_back(text.substr(from, hit->from() - from));
        if (seams) seams->emplace_back(text.substr(hit->from(), hit->length()));
        from = at = hit->to();
    }
    out.emplace_back(text.substr(from));
    return out;
}

void Interpreter::split_fields() {
    if (fields_known_) return;
    fields_known_ = true;
    fields_.clear();
    for (std::string& piece : pieces(record_, text(special(fs))))
        fields_.push_back(Value::from_input(std::move(piece)));
    special(nf) = Value(static_cast<double>(fields_.size()));
}

void Interpreter::rebuild() {
    if (record_known_) return;
    record_known_ = true;
    record_.clear();
    std::string const joiner = text(special(ofs));
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (i) record_ += joiner;
        record_ += text(fields_[i]);
    }
}

Value Interpreter::field(std::int64_t index) {
    if (index < 0) {
        fail("attempt to access field " + std::to_string(index));
        return {};
    }
    if (index == 0) {
        rebuild();
        return Value::from_input(record_);
    }
    split_fields();
    return static_cast<std::size_t>(index) <= fields_.size() ? fields_[static_cast<std::size_t>(index) - 1] : Value();
}

void Interpreter::set_field_count(std::size_t count) {
    if (count > max_fields) return fail("too many fields");
    split_fields();
    fields_.resize(count, Value::from_input(""));
    special(nf) = Value(static_cast<double>(count));
    record_known_ = false;
}

void Interpreter::set_field(std::size_t index, Value value) {
    if (index == 0) return set_record(text(value));
    if (index > max_fields) return fail("too many fields");
    split_fields();
    if (index > fields_.size()) set_field_count(index);
    fields_[index - 1] = std::move(value);
    record_known_ = false;
}

// What else changes with a special variable.
void Interpreter::after_special(int slot) {
    if (slot == nf) set_field_count(static_cast<std::size_t>(std::max(0.0, to_number(special(nf)))));
    if (slot == convfmt) convfmt_ = special(convfmt).text;
}

}
