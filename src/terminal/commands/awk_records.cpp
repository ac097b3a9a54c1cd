// Records and fields of awk: reading, splitting, and keeping $0, the fields and NF in step.
#include "ground/text.hpp"
#include "terminal/commands/awk_run.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal::commands::awk {

namespace {

constexpr std::size_t max_fields = 100'000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}

// An operand is a file or VAR=VALUE; without files, stdin.
Task<bool> Interpreter::open_next_operand() {
    auto const args = globals_[argv].array;
    for (;;) {
        auto const count = static_cast<std::size_t>(bounded(to_number(special(argc)), 0, 1e9));
        std::string name = "-";
        bool const has_more = operand_ + 1 < count && operand_ < limits::expansion_words;
        if (has_more) {
            Variable* const value = args->find(std::to_string(++operand_));
            if (!value) continue;
            name = text(value->value);
            if (name.empty()) continue;
            std::size_t const equals = name.find('=');
            bool const assigns =
                equals != std::string::npos && equals > 0 &&
                name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == equals &&
                !(name[0] >= '0' && name[0] <= '9');
            if (assigns) {
                assign_global(name.substr(0, equals), name.substr(equals + 1));
                continue;
            }
            special(argind) = Value(static_cast<double>(operand_));
        } else if (read_any_file_) {
            co_return false;
        }
        read_any_file_ = true;
        auto opened = open_input(name);
        special(fnr) = Value(0.0);
        special(filename) = Value(name);
        bool const is_directory = opened.error == Errno::is_directory;
        special(error_text) = Value(opened ? std::string() : std::string(message(opened.error)));
        if (!opened && !has_file_rules_) {
            if (!is_directory) {
                fail("cannot open file `" + name + "' for reading: " + std::string(message(opened.error)));
                co_return false;
            }
            warn("command line argument `" + name + "' is a directory: skipped");
            continue;
        }
        input_ = {};
        if (opened) input_.file = std::move(opened.value);
        if (has_file_rules_) {
            Flow const flow = co_await run_rules(When::begin_file);
            if (failed_ || flow == Flow::exit) co_return false;
            if (flow == Flow::next_file) {
                bool const was_open = input_.file != nullptr;
                if (was_open) co_await leave_file();
                continue;
            }
            if (!input_.file && is_directory) {
                warn("command line argument `" + name + "' is a directory: skipped");
                continue;
            }
            if (!input_.file) {
                fail("cannot open file `" + name + "' for reading: " + text(special(error_text)));
                co_return false;
            }
        }
        if (in_place && has_more) {
            out_.flush();
            real_output_ = p_.files.shared(1);
            edited_ = std::make_shared<std::string>();
            p_.files.set(1, make_string_sink(edited_, limits::file_bytes));
        }
        co_return true;
    }
}

Task<> Interpreter::leave_file() {
    input_ = {};
    if (has_file_rules_) {
        Flow const flow = co_await run_rules(When::end_file);
        if (flow == Flow::exit) input_done_ = true;
    }
    if (!real_output_) co_return;
    out_.flush();
    p_.files.set(1, std::move(real_output_));
    real_output_ = nullptr;
    std::string const name = text(special(filename));
    Errno const error = p_.vfs().write_file(p_.caller, name, *edited_);
    if (error != Errno::none) fail("inplace: cannot write `" + name + "': " + std::string(message(error)));
}

// The next record, without what ends it, which goes to RT.
Task<bool> Interpreter::read_record(Stream& stream, std::string& record) {
    std::string const separator = text(special(rs));
    bool const paragraphs = separator.empty();
    bool const by_character = separator.size() == 1 && !(ignores_case_ && is_letter(separator[0]));
    regex::Regex const* const regex = paragraphs || by_character ? nullptr : &dynamic(separator);
    std::size_t scanned = 0; // of the record: no separator begins before it
    for (;;) {
        std::string_view const rest = std::string_view(stream.buffer).substr(stream.at);
        std::size_t from = std::string_view::npos, to = 0;
        std::size_t start = 0;
        if (by_character) {
            from = rest.find(separator[0], scanned);
            to = from + 1;
            scanned = rest.size();
        } else if (paragraphs) {
            start = std::min(rest.find_first_not_of('\n'), rest.size());
            from = rest.find("\n\n", start);
            if (from != std::string_view::npos) to = std::min(rest.find_first_not_of('\n', from), rest.size());
        } else if (auto const hit = regex->find(rest, 0); hit && hit->length() > 0) {
            from = hit->from();
            to = hit->to();
        }
        bool const open_end = !by_character && to == rest.size() && !stream.ended; // the separator may go on
        if (from != std::string_view::npos && !open_end) {
            record = rest.substr(start, from - start);
            special(rt) = Value(std::string(rest.substr(from, to - from)));
            stream.at += to;
            co_return true;
        }
        if (stream.ended) {
            std::size_t end = rest.size();
            if (paragraphs && end > start && rest[end - 1] == '\n') --end;
            record = rest.substr(start, end - start);
            special(rt) = Value(std::string(rest.substr(end)));
            stream.at = stream.buffer.size();
            co_return !rest.empty() && (!paragraphs || end > start);
        }
        stream.buffer.erase(0, std::exchange(stream.at, 0));
        std::size_t const wanted = regex ? stream.buffer.size() * 2 : 0;
        do {
            if (stream.buffer.size() > limits::value_bytes || !stream.file) stream.ended = true;
            if (!stream.ended) stream.ended = !co_await read_some(p_, *stream.file, stream.buffer);
        } while (!stream.ended && stream.buffer.size() < wanted);
    }
}

Task<bool> Interpreter::next_record(std::string& record) {
    for (;;) {
        if (input_done_ || failed_) co_return false;
        if (!input_.file) {
            bool const opened = co_await open_next_operand();
            if (!opened) {
                input_done_ = true;
                co_return false;
            }
        }
        bool const got = co_await read_record(input_, record);
        if (failed_) co_return false;
        if (got) {
            special(nr) = Value(to_number(special(nr)) + 1);
            special(fnr) = Value(to_number(special(fnr)) + 1);
            co_return true;
        }
        co_await leave_file();
    }
}

void Interpreter::set_record(std::string record) {
    record_ = std::move(record);
    record_known_ = true;
    record_is_text_ = false;
    fields_known_ = false;
}

// The fields of a text: those of " " are apart by blanks.
std::vector<Interpreter::Span> Interpreter::pieces(std::string_view text, Value const& separator_value) {
    std::vector<Span> out;
    if (text.empty()) return out;
    std::string const separator = this->text(separator_value);
    bool const by_regex = separator_value.type == Value::Type::regex;
    bool const paragraphs = special(rs).text.empty() && special(rs).type != Value::Type::number;
    if (separator == " " && !by_regex) {
        for (std::size_t at = 0; at < text.size() && out.size() < max_fields;) {
            while (at < text.size() && is_blank(text[at])) ++at;
            if (at == text.size()) break;
            std::size_t const from = at;
            while (at < text.size() && !is_blank(text[at])) ++at;
            out.push_back({from, at});
        }
        return out;
    }
    if (separator.empty()) {
        for (std::size_t at = 0; at < text.size() && out.size() < max_fields;) {
            std::size_t const from = at;
            static_cast<void>(next_code_point(text, at));
            out.push_back({from, at});
        }
        return out;
    }
    bool const single = separator.size() == 1 && (!by_regex || separator == " ");
    std::size_t from = 0;
    if (single && !paragraphs) {
        for (std::size_t at = 0;
             out.size() < max_fields && (at = text.find(separator[0], at)) != std::string_view::npos;) {
            out.push_back({from, at});
            from = ++at;
        }
    } else {
        std::string const source = single ? regex::escaped(separator) : separator;
        regex::Regex const& regex = dynamic(paragraphs && !by_regex ? "(" + source + ")|\n" : source);
        for (std::size_t at = 0; out.size() < max_fields;) {
            auto const hit = regex.find(text, at);
            if (!hit || hit->from() >= text.size()) break;
            if (hit->length() == 0) {
                at = hit->from() + 1;
                continue;
            }
            out.push_back({from, hit->from()});
            from = at = hit->to();
        }
    }
    out.push_back({from, text.size()});
    return out;
}

// The fields that FPAT describes. An empty one right behind another one is none.
std::vector<Interpreter::Span> Interpreter::matches_in(std::string_view text, std::string const& pattern_text) {
    std::vector<Span> out;
    regex::Regex const& regex = dynamic(pattern_text);
    std::size_t last = std::string_view::npos;
    for (std::size_t at = 0; at <= text.size() && !text.empty() && out.size() < max_fields;) {
        auto const hit = regex.find(text, at);
        if (!hit) break;
        if (hit->length() > 0 || hit->from() != last) out.push_back({hit->from(), hit->to()});
        last = hit->to();
        at = hit->to() + (hit->length() == 0 ? 1 : 0);
    }
    return out;
}

// FIELDWIDTHS: "5 3:2 *": so many characters, after those to skip; * is the rest.
std::vector<Interpreter::Span> Interpreter::columns(std::string_view text) {
    std::vector<Span> out;
    std::string const widths = this->text(special(fieldwidths));
    std::size_t at = 0, number = 0;
    auto const skip = [&](std::string_view digits) {
        auto const count = parse_integer(digits);
        if (!count || *count < 0 || *count > 1'000'000) {
            fail("invalid FIELDWIDTHS value, for field " + std::to_string(number) + ", near `" + std::string(digits) +
                 "'");
            return;
        }
        for (std::int64_t i = 0; i < *count && at < text.size(); ++i) static_cast<void>(next_code_point(text, at));
    };
    for (Span const word : pieces(widths, Value(std::string(" ")))) {
        ++number;
        std::string_view width = std::string_view(widths).substr(word.from, word.to - word.from);
        std::size_t const colon = width.find(':');
        if (colon != std::string_view::npos) {
            skip(width.substr(0, colon));
            width.remove_prefix(colon + 1);
        }
        if (at >= text.size() || failed_) break;
        std::size_t const from = at;
        if (width == "*")
            at = text.size();
        else
            skip(width);
        out.push_back({from, at});
    }
    return out;
}

void Interpreter::split_fields() {
    if (fields_known_) return;
    fields_known_ = true;
    fields_.clear();
    for (Span const piece : splits_by_ == fs     ? pieces(record_, special(fs))
                            : splits_by_ == fpat ? matches_in(record_, text(special(fpat)))
                                                 : columns(record_))
        fields_.push_back(Value::from_input(record_.substr(piece.from, piece.to - piece.from)));
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
        if (record_.size() > limits::value_bytes) return fail("string too long");
    }
}

Value Interpreter::field(std::int64_t index) {
    if (index == 0) {
        rebuild();
        return record_is_text_ ? Value(record_) : Value::from_input(record_);
    }
    split_fields();
    // A field that is not there is an empty one: it does not equal 0.
    return static_cast<std::size_t>(index) <= fields_.size() ? fields_[static_cast<std::size_t>(index) - 1]
                                                             : Value::from_input("");
}

void Interpreter::set_field_count(std::size_t count) {
    if (count > max_fields) return fail("too many fields");
    split_fields();
    fields_.resize(count, Value::from_input(""));
    special(nf) = Value(static_cast<double>(count));
    record_known_ = false;
}

void Interpreter::set_field(std::size_t index, Value value) {
    if (index == 0) {
        set_record(text(value));
        record_is_text_ = value.type == Value::Type::text;
        return;
    }
    if (index > max_fields) return fail("too many fields");
    split_fields();
    if (index > fields_.size()) set_field_count(index);
    fields_[index - 1] = std::move(value);
    record_known_ = false;
}

// A record keeps the way of splitting that was in force when it was read, and its joiner once it is put together.
void Interpreter::before_special(int slot) {
    if (slot == fs || slot == fpat || slot == fieldwidths || slot == ignorecase || slot == nf) split_fields();
    if (slot == ofs) rebuild();
}

// What else changes with a special variable.
void Interpreter::after_special(int slot) {
    if (slot == nf) {
        double const count = to_number(special(nf));
        if (count < 0) return fail("NF set to negative value");
        set_field_count(static_cast<std::size_t>(bounded(count, 0, 1e9)));
    }
    if (slot == convfmt) convfmt_ = text(special(convfmt));
    if (slot == ignorecase) {
        ignores_case_ = is_true(special(ignorecase));
        dynamic_.clear();
        ++generation_;
    }
    if (slot == fs || slot == fpat || slot == fieldwidths) {
        splits_by_ = static_cast<Special>(slot);
        element(*globals_[procinfo].array, "FS").value = Value(std::string(special_names[slot]));
    }
}

}
