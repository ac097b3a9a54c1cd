// read and mapfile: the builtins that take input.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

struct ReadOptions {
    bool raw = false, array = false, silent = false, timed = false;
    bool exact = false;      // -N
    std::int64_t count = -1; // -n, -N: characters
    char delimiter = '\n';
    std::string array_name, prompt;
    int fd = 0;
    std::int64_t timeout_ns = 0;
    std::vector<std::string> names;
    std::size_t names_at = 0; // where they begin among the arguments
};

// Only the first is looked at before there is input.
bool is_reference(Interpreter& shell, std::size_t at, std::string const& name) {
    if (shell.splits_reference(at, name)) return true;
    shell.builtin_error("read", "`" + name + "': not a valid identifier");
    return false;
}

// -1 when all is well, else the status to end with.
int read_options(Interpreter& shell, Words const& arguments, ReadOptions& options) {
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        std::string const& word = arguments[at];
        for (std::size_t i = 1; i < word.size(); ++i) {
            char const c = word[i];
            if (c == 'r') {
                options.raw = true;
            } else if (c == 's') {
                options.silent = true;
            } else if (c == 'e') {
                continue;
            } else if (std::string_view("adinNptu").find(c) != std::string_view::npos) {
                std::string value;
                if (i + 1 < word.size()) {
                    value = word.substr(i + 1);
                } else if (at + 1 < arguments.size()) {
                    value = arguments[++at];
                } else {
                    shell.builtin_error("read", std::string("-") + c + ": option requires an argument");
                    return usage(shell, "read");
                }
                std::int64_t number = 0;
                switch (c) {
                    case 'a':
                        options.array = true;
                        options.array_name = value;
                        break;
                    case 'd': options.delimiter = value.empty() ? '\0' : value[0]; break;
                    case 'p': options.prompt = value; break;
                    case 'n':
                    case 'N':
                        if (!parse_number(value, number) || number < 0) {
                            shell.builtin_error("read", value + ": invalid number");
                            return 1;
                        }
                        options.count = number;
                        options.exact = c == 'N';
                        break;
                    case 't': {
                        auto const seconds = parse_double(value);
                        if (!seconds || *seconds < 0) {
                            shell.builtin_error("read", value + ": invalid timeout specification");
                            return 1;
                        }
                        options.timed = true;
                        options.timeout_ns = static_cast<std::int64_t>(std::min(*seconds, 1e9) * 1e9);
                        break;
                    }
                    case 'u':
                        if (!parse_number(value, number) || number < 0 || number > limits::descriptors) {
                            shell.builtin_error("read", value + ": invalid file descriptor specification");
                            return 1;
                        }
                        options.fd = static_cast<int>(number);
                        break;
                    default: break;
                }
                break;
            } else {
                return invalid_option(shell, "read", std::string("-") + c);
            }
        }
    }
    options.names.assign(arguments.begin() + static_cast<std::ptrdiff_t>(std::min(at, arguments.size())),
                         arguments.end());
    options.names_at = at;
    return options.names.empty() || is_reference(shell, at, options.names[0]) ? -1 : 1;
}

// `read -s` and `read -n` change the terminal's mode while they wait.
class ModeWhileReading {
  public:
    ModeWhileReading(System& system, ReadOptions const& options) : system_(system), before_(system.terminal_mode) {
        if (options.silent) system.terminal_mode.echoes = false;
        if (options.count >= 0 || options.delimiter != '\n') system.terminal_mode.by_line = false;
    }
    ~ModeWhileReading() { system_.terminal_mode = before_; }
    ModeWhileReading(ModeWhileReading const&) = delete;
    ModeWhileReading& operator=(ModeWhileReading const&) = delete;

  private:
    System& system_;
    TerminalMode before_;
};

// One line as read: `escaped` marks characters that came after a backslash.
struct Line {
    std::string text;
    std::vector<bool> escaped;
    void add(char c, bool was_escaped) {
        text.push_back(c);
        escaped.push_back(was_escaped);
    }
};

bool assign_to(Interpreter& shell, ReadOptions const& options, std::size_t index, std::string const& value) {
    return shell.assign_reference(options.names[index], value, options.names_at + index);
}

// Field splitting as `read` does it: the last name gets the rest, separators inside included.
class FieldReader {
  public:
    FieldReader(Line const& line, std::string separators) : line_(line), separators_(std::move(separators)) {
        skip_blanks();
    }
    [[nodiscard]] bool done() const { return at_ >= line_.text.size(); }
    std::string next() {
        std::string field;
        while (!done() && !is_separator(at_)) field.push_back(line_.text[at_++]);
        if (done()) return field;
        bool const blank = is_blank(at_);
        at_ += separator_length(at_);
        skip_blanks();
        if (blank && !done() && is_separator(at_) && !is_blank(at_)) {
            ++at_;
            skip_blanks();
        }
        return field;
    }
    // All that is left, without blanks at its end; one field with its separator loses the separator.
    std::string rest() {
        std::size_t end = line_.text.size();
        auto const is_trailing = [&](std::size_t i) {
            return is_blank(i) && separators_.find(line_.text[i]) != std::string::npos;
        };
        std::size_t const from = at_;
        std::string const single = next();
        while (end > from && is_trailing(end - 1) && !line_.escaped[end - 1]) --end;
        bool const only_one = at_ >= end;
        if (only_one && end > from && is_separator(end - 1)) return single;
        while (!only_one && end > from && is_trailing(end - 1)) --end; // escaped ones go, too
        at_ = from;
        return line_.text.substr(from, end - from);
    }

  private:
    [[nodiscard]] std::size_t separator_length(std::size_t i) const {
        std::size_t end = i; // a separator may have several bytes
        static_cast<void>(next_code_point(line_.text, end));
        bool const found = separators_.find(std::string_view(line_.text).substr(i, end - i)) != std::string::npos;
        return !line_.escaped[i] && found ? end - i : 0;
    }
    [[nodiscard]] bool is_separator(std::size_t i) const { return separator_length(i) > 0; }
    [[nodiscard]] bool is_blank(std::size_t i) const {
        char const c = line_.text[i];
        return c == ' ' || c == '\t' || c == '\n';
    }
    void skip_blanks() {
        while (!done() && is_separator(at_) && is_blank(at_)) ++at_;
    }
    Line const& line_;
    std::string separators_;
    std::size_t at_ = 0;
};

bool store_line(Interpreter& shell, ReadOptions const& options, Line const& line) {
    Interpreter::ArithmeticOwner const owner(shell, "read");
    if (options.array) {
        CompoundValue value;
        FieldReader reader(line, shell.separators());
        while (!reader.done()) value.push_back({false, false, "", reader.next()});
        Variable* const existing = shell.variables.find(options.array_name);
        if (existing && existing->kind == VariableKind::associative) {
            shell.builtin_error("read", options.array_name + ": not an indexed array");
            return false;
        }
        return shell.assign_compound(options.array_name, value, false, false);
    }
    if (options.names.empty()) return shell.assign("REPLY", line.text, false);
    if (options.exact) { // -N: no splitting
        bool good = assign_to(shell, options, 0, line.text);
        for (std::size_t i = 1; i < options.names.size(); ++i) good = assign_to(shell, options, i, "") && good;
        return good;
    }
    FieldReader reader(line, shell.separators());
    bool good = true;
    for (std::size_t i = 0; i < options.names.size(); ++i) {
        bool const last = i + 1 == options.names.size();
        if (!is_reference(shell, options.names_at + i, options.names[i])) return false;
        good = assign_to(shell, options, i, last ? reader.rest() : reader.next()) && good;
    }
    return good;
}

}

Task<int> builtin_read(Interpreter& shell, Words arguments) {
    ReadOptions options;
    if (int const status = read_options(shell, arguments, options); status >= 0) co_return status;
    FilePtr const input = shell.files.shared(options.fd);
    if (!input || !(input->can_read() || input->is_terminal())) {
        bool const reads = input || options.fd == 0;
        shell.builtin_error("read", (reads ? "read error: " : "") + std::to_string(options.fd) +
                                        (reads ? ": " : ": invalid file descriptor: ") +
                                        std::string(message(Errno::bad_descriptor)));
        co_return 1;
    }
    if (!options.prompt.empty() && input->is_terminal()) shell.write(2, options.prompt);
    if (options.timed && options.timeout_ns == 0) co_return input->has_input() ? 0 : 1;
    std::int64_t const deadline = options.timed ? shell.system.clock.now_ns + options.timeout_ns : -1;
    std::optional<ModeWhileReading> mode;
    if (input->is_terminal()) mode.emplace(shell.system, options);
    Line line;
    bool escape = false, ended = false, timed_out = false;
    std::int64_t characters = 0;
    bool const by_line = options.count < 0;
    while (!ended && (options.count < 0 || characters < options.count)) {
        std::string chunk;
        IoResult const result =
            by_line ? input->read_until(chunk, options.delimiter, limits::value_bytes) : input->read(chunk, 1);
        if (result.state == IoState::would_block) {
            if (deadline >= 0 && shell.system.clock.now_ns >= deadline) {
                timed_out = true;
                break;
            }
            co_await shell.system.scheduler.wait_for(input->wait_key(), deadline);
            continue;
        }
        if (result.state == IoState::failed && result.error != Errno::none && !chunk.size()) {
            shell.builtin_error(
                "read", "read error: " + std::to_string(options.fd) + ": " + std::string(message(result.error)));
            co_return 1;
        }
        if (result.state != IoState::ok) break;
        for (char const c : chunk) {
            if (escape) {
                escape = false;
                if (c == '\n' && options.delimiter == '\n') continue; // joins lines
                if (c == '\n') continue;
                line.add(c, true);
            } else if (c == '\\' && !options.raw) {
                escape = true;
                continue;
            } else if (c == options.delimiter && !options.exact) {
                ended = true;
                break;
            } else if (c == '\0') {
                continue;
            } else {
                line.add(c, false);
            }
            bool const continues = shell.utf8 && (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
            if (!continues) ++characters;
        }
        if (!by_line && shell.utf8 && characters == options.count && !line.text.empty()) {
            // The rest of a character of several bytes.
            auto const lead = static_cast<unsigned char>(line.text.back());
            int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
            for (; more > 0; --more) {
                std::string byte;
                if (input->read(byte, 1).state != IoState::ok) break;
                line.add(byte[0], false);
            }
        }
        if (line.text.size() > limits::value_bytes) break;
    }
    bool const complete = ended || (options.count >= 0 && characters >= options.count);
    bool const stored = store_line(shell, options, line);
    if (!stored) co_return 1;
    if (timed_out) co_return 142;
    co_return complete ? 0 : 1;
}

Task<int> builtin_mapfile(Interpreter& shell, Words arguments) {
    bool strip = false;
    std::int64_t count = 0, origin = 0, skip = 0, every = 5000, fd = 0;
    bool keep = false;
    char delimiter = '\n';
    std::string callback;
    std::size_t at = 1;
    for (; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        if (arguments[at] == "--") {
            ++at;
            break;
        }
        std::string const& word = arguments[at];
        for (std::size_t i = 1; i < word.size(); ++i) {
            char const c = word[i];
            if (c == 't') {
                strip = true;
                continue;
            }
            if (std::string_view("dnOsuCc").find(c) == std::string_view::npos)
                co_return invalid_option(shell, arguments[0], std::string("-") + c);
            std::string const value = i + 1 < word.size()         ? word.substr(i + 1)
                                      : at + 1 < arguments.size() ? arguments[++at]
                                                                  : std::string();
            std::int64_t number = 0;
            bool const numeric = c != 'd' && c != 'C';
            if (numeric && (!parse_number(value, number) || number < 0)) {
                shell.builtin_error(arguments[0], value + (c == 'O'   ? ": invalid array origin"
                                                           : c == 'u' ? ": invalid file descriptor specification"
                                                                      : ": invalid line count"));
                co_return 1;
            }
            if (c == 'd') delimiter = value.empty() ? '\0' : value[0];
            if (c == 'n') count = number;
            if (c == 'O') {
                origin = number;
                keep = true;
            }
            if (c == 's') skip = number;
            if (c == 'u') fd = number;
            if (c == 'C') callback = value;
            if (c == 'c') every = number;
            if (c == 'c' && number == 0) {
                shell.builtin_error(arguments[0], value + ": invalid callback quantum");
                co_return 1;
            }
            break;
        }
    }
    std::string const name = at < arguments.size() ? arguments[at] : "MAPFILE";
    if (name.empty()) {
        shell.builtin_error(arguments[0], "empty array variable name");
        co_return 2;
    }
    if (!is_identifier(name)) {
        shell.builtin_error(arguments[0], "`" + name + "': not a valid identifier");
        co_return 1;
    }
    FilePtr const input = shell.files.shared(static_cast<int>(fd));
    if (!input) {
        shell.builtin_error(arguments[0], std::to_string(fd) + ": invalid file descriptor: " +
                                              std::string(message(Errno::bad_descriptor)));
        co_return 1;
    }
    {
        Interpreter::ArithmeticOwner const owner(shell, arguments[0]);
        std::string target;
        if (!shell.array_name(name, target)) co_return 1;
    }
    Variable const* const existing = shell.variable(name);
    if (existing && existing->has(Variable::readonly)) {
        shell.error(name + ": readonly variable");
        co_return 1;
    }
    if (existing && existing->kind == VariableKind::associative) {
        shell.builtin_error(arguments[0], name + ": not an indexed array");
        co_return 1;
    }
    if (!keep && !shell.assign_compound(name, {}, false, false)) co_return 1;
    if (keep && !existing && !shell.assign_compound(name, {}, false, false)) co_return 1;
    std::int64_t index = origin, read = 0;
    std::string line;
    bool more = true;
    while (more && (count == 0 || read < count)) {
        IoResult const result = input->read_until(line, delimiter, limits::value_bytes);
        if (result.state == IoState::would_block) {
            co_await shell.system.scheduler.wait_for(input->wait_key());
            continue;
        }
        bool const ended = result.state != IoState::ok;
        if (!ended && line.back() != delimiter && line.size() < limits::value_bytes) continue;
        if (ended && line.empty()) break;
        more = !ended;
        if (skip > 0) {
            --skip;
            line.clear();
            continue;
        }
        if ((strip || delimiter == '\0') && !line.empty() && line.back() == delimiter) line.pop_back();
        ++read;
        if (!callback.empty() && read % every == 0) {
            std::string const call =
                callback + " " + std::to_string(index) + " " + "'" + replace_all(line, "'", "'\\''") + "'";
            auto task = shell.run_text(call, Interpreter::TextKind::eval, shell.line);
            co_await task;
        }
        if (!shell.assign_element(name, std::to_string(index), line, false)) co_return 1;
        ++index;
        line.clear();
    }
    co_return 0;
}

}
