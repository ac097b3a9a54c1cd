#include "terminal/commands/sed.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/limits.hpp"
#include "terminal/pattern.hpp"
#include "terminal/system.hpp"

#include <map>

namespace cw::terminal::commands {

namespace {

constexpr std::size_t bytes_of_a_turn = 512; // a step over so much text counts as one turn of the slice

using sed::AddressKind;

struct SedOptions {
    bool quiet = false, separate = false, in_place = false;
    std::string suffix; // of backups
    std::int64_t wrap = 70;
    char delimiter = '\n';
};

enum class Next : std::uint8_t { line, end_cycle, restart, quit };

class Sed {
  public:
    Sed(Process& p, sed::Script script, SedOptions options)
        : p_(p), script_(std::move(script)), options_(std::move(options)), out_(p) {
        options_.quiet = options_.quiet || script_.quiet;
    }

    Task<int> run(std::vector<std::string> files) {
        if (!options_.in_place && !options_.separate) {
            co_await process(files);
            co_return finish();
        }
        if (options_.in_place && files.empty()) co_return p_.fail("no input files", 4);
        if (files.empty()) files.emplace_back("-");
        for (std::string const& file : files) {
            if (options_.in_place) {
                auto const node = p_.vfs().lookup(p_.caller, file);
                if (!node || !node.value->is_directory())
                    edited_ = std::string();
                else {
                    p_.fail("couldn't edit " + file + ": not a regular file");
                    status_ = 4;
                    continue;
                }
            }
            bool const read = co_await process({file});
            if (options_.in_place && read) write_back(file);
            if (quits_) break;
        }
        co_return finish();
    }

  private:
    int finish() {
        for (auto& [name, written] : written_) {
            if (name == "/dev/stdout" || name == "/dev/stderr") continue;
            Errno const error = p_.vfs().write_file(p_.caller, name, written.text);
            if (error != Errno::none)
                status_ = p_.fail("couldn't open file " + name + ": " + std::string(message(error)), 4);
        }
        return out_.close(status_);
    }
    void write_back(std::string const& file) {
        if (!options_.suffix.empty()) {
            std::string const backup = options_.suffix.find('*') == std::string::npos
                                           ? file + options_.suffix
                                           : replace_all(options_.suffix, "*", base_name(file));
            auto const old = p_.vfs().read_file(p_.caller, file);
            if (old) static_cast<void>(p_.vfs().write_file(p_.caller, backup, old.value));
        }
        Errno const error = p_.vfs().write_file(p_.caller, file, edited_);
        if (error != Errno::none)
            status_ = p_.fail("couldn't open file " + file + ": " + std::string(message(error)), 4);
    }
    void emit(std::string_view text) {
        if (!options_.in_place) return out_.put(text);
        if (edited_.size() + text.size() <= limits::file_bytes) edited_ += text;
    }
    void emit_line(std::string_view text) {
        // The newline that a file lacked stays lacking, unless more comes.
        if (missing_newline_) emit(std::string(1, options_.delimiter));
        missing_newline_ = false;
        emit(text);
        if (has_newline_)
            emit(std::string(1, options_.delimiter));
        else
            missing_newline_ = true;
    }
    // With -z a text ends as lines do.
    [[nodiscard]] std::string ended(std::string text) const {
        if (!text.empty() && text.back() == '\n') text.back() = options_.delimiter;
        return text;
    }
    void emit_raw(std::string_view text) {
        if (missing_newline_) emit(std::string(1, options_.delimiter));
        missing_newline_ = false;
        emit(text);
    }

    // All cycles over these files; false if none could be read.
    Task<bool> process(std::vector<std::string> files) {
        Input in(p_, std::move(files), options_.delimiter, {"can't read %", "couldn't edit %"});
        in.on_error = [this](std::string const& file, Errno error) {
            if (error == Errno::is_directory)
                p_.fail("couldn't edit " + file + ": not a regular file", 0);
            else
                p_.fail("can't read " + file + ": " + std::string(message(error)));
            status_ = 2;
        };
        if (!options_.in_place)
            in.on_error = [this](std::string const& file, Errno error) {
                out_.flush();
                if (error == Errno::is_directory) quits_ = true;
                p_.fail(error == Errno::is_directory ? "read error on " + file + ": Is a directory"
                                                     : "can't read " + file + ": " + std::string(message(error)));
                status_ = error == Errno::is_directory ? 4 : 2;
            };
        in_ = &in;
        if (options_.separate || options_.in_place) begin_file();
        if (options_.in_place) missing_newline_ = false;
        bool any = false;
        bool fresh = true; // whether a line is to be read (D restarts without)
        while (!quits_ && !out_.broken()) {
            if (fresh) {
                bool const got = co_await read_line(space_);
                substituted_ = false;
                if (!got) break;
            }
            any = true;
            Next const next = co_await cycle();
            fresh = next != Next::restart;
            co_await end_cycle(next);
            if (next == Next::quit) emit_raw({});
            co_await p_.breathe();
        }
        if (quits_) in.give_back();
        bool const opened = any || in.file_number() > 0;
        in_ = nullptr;
        co_return opened && (any || !in.failed());
    }
    // With -s and -i each file is counted, and its ranges begin, anew.
    void begin_file() {
        line_number_ = 0;
        hold_.clear();
        read_positions_.clear();
        for (sed::Command& one : script_.commands) one.in_range = one.closed = one.zero_used = false;
    }
    Task<bool> read_line(std::string& into) {
        std::string_view line;
        bool const got = co_await in_->next(line);
        if (!got) co_return false;
        into = std::string(line);
        has_newline_ = in_->had_delimiter();
        ++line_number_;
        co_return true;
    }
    Task<> end_cycle(Next next) {
        if ((next == Next::line || next == Next::quit) && !options_.quiet) emit_line(space_);
        co_await flush_appended();
    }
    Task<> flush_appended() {
        std::vector<Appended> const waiting = std::move(appended_);
        appended_.clear();
        for (Appended const& one : waiting) {
            if (one.kind == 'a') {
                emit_raw(one.text);
                continue;
            }
            if (one.kind == 'R') {
                std::string line;
                if (next_line_of(one.text, line)) emit_raw(line);
                continue;
            }
            std::string text;
            Errno const error = co_await p_.read_path(one.text == "/dev/stdin" ? "-" : one.text, text);
            if (error == Errno::none) emit_raw(text);
        }
    }
    bool next_line_of(std::string const& file, std::string& line) {
        auto const text = p_.vfs().read_file(p_.caller, file);
        std::size_t& at = read_positions_[file];
        if (!text || at >= text.value.size()) return false;
        std::size_t const end = std::min(text.value.find(options_.delimiter, at), text.value.size());
        // With what ends it, if it has that.
        line = text.value.substr(at, end + 1 - at);
        at = end + 1;
        return true;
    }

    [[nodiscard]] regex::Regex const* pattern(int index) {
        if (index >= 0) last_pattern_ = index;
        if (last_pattern_ < 0) {
            out_.flush();
            status_ = p_.fail("-e expression #1, char 0: no previous regular expression");
            quits_ = lost_ = true;
            return nullptr;
        }
        return &script_.patterns[static_cast<std::size_t>(last_pattern_)];
    }
    Task<bool> matches(sed::Address const& address) {
        switch (address.kind) {
            case AddressKind::line: co_return line_number_ == address.line;
            case AddressKind::step:
                co_return line_number_ >= address.line && (line_number_ - address.line) % address.step == 0;
            case AddressKind::last: co_return co_await in_->at_end();
            case AddressKind::pattern: {
                regex::Regex const* const regex = pattern(address.pattern);
                co_return regex && regex->matches(space_);
            }
            default: co_return false;
        }
    }
    Task<bool> selects(sed::Command& one) {
        if (one.first.kind == AddressKind::none) co_return true;
        if (one.second.kind == AddressKind::none) co_return co_await matches(one.first);
        // A line number means "from there on" until its range has ended, for lines that never came here may hide it.
        bool const from_number = one.first.kind == AddressKind::line;
        if (!one.in_range) {
            bool starts = false;
            if (from_number) {
                starts = !one.closed && line_number_ >= one.first.line;
            } else if (one.first.kind == AddressKind::zero) {
                starts = !one.zero_used;
                one.zero_used = true;
            } else {
                starts = co_await matches(one.first);
            }
            if (!starts) co_return false;
            one.in_range = true;
            switch (one.second.kind) {
                case AddressKind::pattern:
                    if (one.first.kind != AddressKind::zero) co_return true; // at least two lines
                    break;
                case AddressKind::line:
                    if (line_number_ >= one.second.line) close(one);
                    co_return line_number_ <= one.second.line || !from_number || line_number_ == one.first.line;
                case AddressKind::plus:
                    one.range_end = line_number_ + one.second.line;
                    if (line_number_ >= one.range_end) close(one);
                    co_return true;
                case AddressKind::multiple:
                    one.range_end = one.second.line > 0
                                        ? line_number_ + one.second.line - line_number_ % one.second.line
                                        : line_number_;
                    if (line_number_ >= one.range_end) close(one);
                    co_return true;
                default: break;
            }
        }
        bool const counts = one.second.kind == AddressKind::line || one.second.kind == AddressKind::plus ||
                            one.second.kind == AddressKind::multiple;
        if (counts) {
            bool const by_number = one.second.kind == AddressKind::line;
            std::int64_t const end = by_number ? one.second.line : one.range_end;
            if (line_number_ >= end) close(one);
            co_return !by_number || line_number_ <= end;
        }
        bool const ends = co_await matches(one.second);
        if (ends) close(one);
        co_return true;
    }
    static void close(sed::Command& one) {
        one.in_range = false;
        one.closed = true;
    }

    Task<Next> cycle() {
        auto& commands = script_.commands;
        for (std::size_t at = 0; at < commands.size() && !quits_; ++at) {
            sed::Command& one = commands[at];
            bool const selected = co_await selects(one);
            if (selected == one.negated) {
                if (one.name == '{') at = one.target;
                continue;
            }
            p_.system.scheduler.spend((space_.size() + hold_.size()) / bytes_of_a_turn);
            co_await p_.breathe();
            if (space_.size() + hold_.size() > limits::value_bytes) {
                status_ = p_.fail("memory exhausted", 4);
                quits_ = true;
                co_return Next::end_cycle;
            }
            switch (one.name) {
                case 'b': at = one.target - 1; break;
                case 't':
                    if (substituted_) at = one.target - 1;
                    substituted_ = false;
                    break;
                case 'T':
                    if (!substituted_) at = one.target - 1;
                    substituted_ = false;
                    break;
                case 'c': {
                    bool const in_middle = one.second.kind != AddressKind::none && !one.negated && one.in_range;
                    if (!in_middle) emit_raw(ended(one.text));
                    co_return Next::end_cycle;
                }
                case 'd': co_return Next::end_cycle;
                case 'D': {
                    std::size_t const newline = space_.find(options_.delimiter);
                    if (newline == std::string::npos) co_return Next::end_cycle;
                    space_.erase(0, newline + 1);
                    substituted_ = false;
                    co_return Next::restart;
                }
                case 'n':
                case 'N': {
                    bool const last = co_await in_->at_end();
                    if (last) {
                        quits_ = !options_.in_place && !options_.separate;
                        if (one.name == 'n') co_return options_.quiet ? Next::end_cycle : Next::line;
                        co_return Next::line; // GNU prints the pattern space
                    }
                    if (one.name == 'n' && !options_.quiet) emit_line(space_);
                    co_await flush_appended();
                    std::string line;
                    static_cast<void>(co_await read_line(line));
                    space_ = one.name == 'n' ? line : space_ + options_.delimiter + line;
                    break;
                }
                case 'q':
                case 'Q':
                    quits_ = true;
                    status_ = one.number >= 0 ? static_cast<int>(one.number & 255) : status_;
                    co_return one.name == 'q' ? Next::quit : Next::end_cycle;
                case 's':
                    if (!substitute(one)) break;
                    substituted_ = true;
                    if (one.evaluates) co_await evaluate();
                    if (one.prints) emit_line(space_);
                    if (!one.file.empty()) write_line(one.file, space_, has_newline_);
                    break;
                case 'e':
                    if (one.text.empty()) {
                        co_await evaluate();
                    } else {
                        std::string output;
                        co_await run_command(one.text, output);
                        emit_raw(output);
                    }
                    break;
                default: simple(one);
            }
        }
        co_return lost_ ? Next::end_cycle : Next::line;
    }
    Task<> run_command(std::string command, std::string& into) {
        out_.flush();
        auto const output = std::make_shared<std::string>();
        FilePtr const before = p_.files.shared(1);
        p_.files.set(1, make_string_sink(output, limits::value_bytes));
        static_cast<void>(co_await p_.run({"sh", "-c", std::move(command)}));
        p_.files.set(1, before);
        into = std::move(*output);
    }
    Task<> evaluate() {
        co_await run_command(space_, space_);
        if (!space_.empty() && space_.back() == '\n') space_.pop_back();
    }

    // Commands that only look at and change the two spaces.
    void simple(sed::Command const& one) {
        switch (one.name) {
            case '=': emit_raw(std::to_string(line_number_) + options_.delimiter); break;
            case 'a': appended_.push_back({'a', one.text}); break;
            case 'i': emit_raw(ended(one.text)); break;
            case 'r':
            case 'R': appended_.push_back({one.name, one.text}); break;
            case 'w': write_line(one.text, space_, has_newline_); break;
            case 'W': {
                std::size_t const newline = space_.find(options_.delimiter);
                bool const ends = newline != std::string::npos || has_newline_;
                write_line(one.text, std::string_view(space_).substr(0, newline), ends);
                break;
            }
            case 'F': emit_raw(in_->name() + options_.delimiter); break;
            case 'g':
                space_ = hold_;
                has_newline_ = hold_has_newline_;
                break;
            case 'G':
                space_ += options_.delimiter + hold_;
                has_newline_ = hold_has_newline_;
                break;
            case 'h':
                hold_ = space_;
                hold_has_newline_ = has_newline_;
                break;
            case 'H':
                hold_ += options_.delimiter + space_;
                hold_has_newline_ = has_newline_;
                break;
            case 'x':
                space_.swap(hold_);
                std::swap(has_newline_, hold_has_newline_);
                break;
            case 'z': space_.clear(); break;
            case 'p': emit_line(space_); break;
            case 'P': {
                std::size_t const newline = space_.find(options_.delimiter);
                if (newline == std::string::npos)
                    emit_line(space_);
                else
                    emit_raw(space_.substr(0, newline + 1));
                break;
            }
            case 'l': emit_raw(ended(sed::visible(space_, one.number >= 0 ? one.number : options_.wrap))); break;
            case 'y': transliterate(one); break;
            default: break;
        }
    }
    void transliterate(sed::Command const& one) {
        std::u32string const from = to_utf32(one.from), to = to_utf32(one.to);
        std::u32string text = to_utf32(space_);
        for (char32_t& c : text)
            if (std::size_t const at = from.find(c); at != std::u32string::npos) c = to[at];
        space_ = to_utf8(text);
    }
    void write_line(std::string const& file, std::string_view text, bool ends) {
        if (file == "/dev/stdout") return emit_raw(std::string(text) + options_.delimiter);
        if (file == "/dev/stderr") return static_cast<void>(p_.err(std::string(text) + "\n"));
        Written& one = written_[file];
        if (one.text.size() + text.size() >= limits::file_bytes) return;
        if (one.lacks_newline) one.text += options_.delimiter;
        one.text += text;
        if (ends) one.text += options_.delimiter;
        one.lacks_newline = !ends;
    }
    bool substitute(sed::Command const& one) {
        regex::Regex const* const regex = pattern(one.pattern);
        return regex && sed::substitute(one, *regex, space_);
    }

    struct Appended {
        char kind;
        std::string text;
    };
    struct Written {
        std::string text;
        bool lacks_newline = false;
    };

    Process& p_;
    sed::Script script_;
    SedOptions options_;
    Output out_;
    Input* in_ = nullptr;
    std::string space_, hold_, edited_;
    std::vector<Appended> appended_;
    std::map<std::string, Written> written_;
    std::map<std::string, std::size_t> read_positions_;
    std::int64_t line_number_ = 0;
    int last_pattern_ = -1, status_ = 0;
    bool quits_ = false, substituted_ = false, has_newline_ = true, missing_newline_ = false;
    bool hold_has_newline_ = true, lost_ = false; // lost: a mistake that shows only now
};

// Gathers the script; false after a message.
Task<bool> read_script(Process& p, Arguments& arguments, std::vector<sed::Piece>& pieces) {
    int expressions = 0;
    for (Option const& option : arguments.options) {
        if (option.id == 'e') {
            // "a\" at the end of one -e goes on in the next.
            pieces.push_back({option.value, "-e expression #" + std::to_string(++expressions), false});
        } else if (option.id == 'f') {
            std::string text;
            bool const fine =
                co_await read_whole(p, option.value, text, {"couldn't open file %", "couldn't open file %"});
            if (!fine) co_return false;
            if (text.compare(0, 2, "#!") == 0) text.erase(0, text.find('\n'));
            pieces.push_back({text, "file " + option.value, true});
        }
    }
    if (pieces.empty()) {
        if (arguments.operands.empty()) {
            p.err("Usage: " + p.name() + " [OPTION]... {script-only-if-no-other-script} [input-file]...\n\n");
            co_return false;
        }
        pieces.push_back({arguments.operands[0], "-e expression #1", false});
        arguments.operands.erase(arguments.operands.begin());
    }
    co_return true;
}

Task<int> run_sed(Process& p) {
    Arguments arguments = parse_arguments(p, sed_command);
    if (arguments.ended()) co_return arguments.status;
    SedOptions options;
    sed::Syntax syntax = sed::Syntax::basic;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'n': options.quiet = true; break;
            case 'E': syntax = sed::Syntax::extended; break;
            case 's': options.separate = true; break;
            case 'z': options.delimiter = '\0'; break;
            case 'l': options.wrap = parse_count(option.value).value_or(70); break;
            case 'i':
                options.in_place = options.separate = true;
                options.suffix = option.value;
                break;
            default: break;
        }
    }
    std::vector<sed::Piece> pieces;
    bool const fine = co_await read_script(p, arguments, pieces);
    if (!fine) co_return arguments.has('f') ? 4 : 1;
    auto script = sed::parse(pieces, syntax);
    if (!script) {
        bool const is_label = script.error().message.compare(0, 10, "can't find") == 0; // GNU panics there
        co_return p.fail(script.error().message, is_label ? 4 : 1);
    }
    Sed sed(p, std::move(*script), options);
    co_return co_await sed.run(arguments.operands);
}

}

Command const sed_command{"sed",
                          "stream editor for filtering and transforming text",
                          "sed [OPTION]... {script-only-if-no-other-script} [input-file]...",
                          "  -n, --quiet, --silent      suppress automatic printing of pattern space\n"
                          "  -e, --expression=SCRIPT    add the script to the commands to be executed\n"
                          "  -E, -r, --regexp-extended  use extended regular expressions in the script\n"
                          "  -f, --file=SCRIPT-FILE     add the contents of script-file to the commands\n"
                          "  -i, --in-place[=SUFFIX]    edit files in place (makes backup if SUFFIX supplied)\n"
                          "  -l, --line-length=N        specify the desired line-wrap length for the `l' command\n"
                          "      --posix                (ignored)\n"
                          "  -s, --separate             consider files as separate rather than as one stream\n"
                          "  -u, --unbuffered           (ignored)\n"
                          "  -z, --null-data            separate lines by NUL characters\n\n"
                          "Commands: = a b c d D e F g G h H i l n N p P q Q r R s t T v w W x y z { } : #\n"
                          "Addresses: N  $  /RE/[IM]  FIRST~STEP  A,B  A,+N  A,~N  0,/RE/  and ! after them\n",
                          nullptr,
                          run_sed};

}
