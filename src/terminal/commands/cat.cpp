#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/regex/regex.hpp"

#include <optional>

namespace cw::terminal::commands {

namespace {

struct CatStyle {
    bool number = false, number_filled = false, squeeze = false, ends = false, tabs = false, controls = false;
    [[nodiscard]] bool plain() const { return !(number || number_filled || squeeze || ends || tabs || controls); }
};

// One line through cat's options; what lasts across lines and files is here.
class CatPrinter {
  public:
    CatPrinter(CatStyle style, Output& out) : style_(style), out_(out) {}

    void line(std::string_view text, bool ended) {
        bool const empty = text.empty() && ended;
        if (style_.squeeze && empty && was_empty_) return;
        was_empty_ = empty;
        bool const numbered = style_.number_filled ? !empty : style_.number;
        if (numbered && at_start_) {
            std::string const digits = std::to_string(++count_);
            out_.put(std::string(digits.size() < 6 ? 6 - digits.size() : 0, ' ') + digits + "\t");
        }
        std::string shown;
        for (std::size_t i = 0; i < text.size(); ++i) {
            bool const line_end = ended && i + 1 == text.size() && text[i] == '\r';
            if (style_.ends && line_end)
                shown += "^M";
            else
                show(static_cast<unsigned char>(text[i]), shown);
        }
        if (ended) shown += style_.ends ? "$\n" : "\n";
        at_start_ = ended;
        out_.put(shown);
    }

  private:
    void show(unsigned char c, std::string& to) const {
        if (c == '\t' ? !style_.tabs : !style_.controls) {
            to += static_cast<char>(c);
            return;
        }
        if (c >= 128) {
            to += "M-";
            c = static_cast<unsigned char>(c - 128);
        }
        if (c < 32)
            (to += '^') += static_cast<char>(c + 64);
        else if (c == 127)
            to += "^?";
        else
            to += static_cast<char>(c);
    }

    CatStyle style_;
    Output& out_;
    long count_ = 0;
    bool was_empty_ = false, at_start_ = true;
};

Task<int> run_cat(Process& p) {
    Arguments const arguments = parse_arguments(p, cat_command);
    if (arguments.ended()) co_return arguments.status;
    CatStyle style;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'A': style.ends = style.tabs = style.controls = true; break;
            case 'b': style.number_filled = true; break;
            case 'e': style.ends = style.controls = true; break;
            case 'E': style.ends = true; break;
            case 'n': style.number = true; break;
            case 's': style.squeeze = true; break;
            case 't': style.tabs = style.controls = true; break;
            case 'T': style.tabs = true; break;
            case 'v': style.controls = true; break;
            default: break;
        }
    }
    Output out(p);
    Input in(p, arguments.operands);
    CatPrinter printer(style, out);
    std::string block;
    std::string_view line;
    while (!out.broken() && in.open_next()) {
        if (style.plain()) {
            while (!out.broken() && co_await in.next_block(block)) {
                out.put(block);
                out.flush();
                co_await p.breathe();
            }
        } else {
            while (!out.broken() && co_await in.next_in_file(line)) {
                printer.line(line, in.had_delimiter());
                co_await p.breathe();
            }
        }
        out.flush();
    }
    co_return out.close(in.failed() ? 1 : 0);
}

// tac -r: the records of the text, which end behind what matches, or with -b begin at it, the last first.
void put_records(Output& out, std::string_view text, regex::Regex const& separator, bool before) {
    std::vector<std::size_t> cuts;
    for (std::size_t at = 0; at < text.size();) {
        auto const hit = separator.find(text, at);
        if (!hit) break;
        std::size_t const from = hit->from(0), length = hit->length(0);
        if (length > 0) cuts.push_back(before ? from : from + length);
        at = from + std::max<std::size_t>(length, 1);
    }
    std::size_t end = text.size();
    for (std::size_t i = cuts.size(); i-- > 0; end = cuts[i]) out.put(text.substr(cuts[i], end - cuts[i]));
    out.put(text.substr(0, end));
}

Task<int> run_tac(Process& p) {
    Arguments const arguments = parse_arguments(p, tac_command);
    if (arguments.ended()) co_return arguments.status;
    std::string const* given = arguments.value('s');
    if (given && given->empty() && arguments.has('r')) co_return p.fail("separator cannot be empty");
    std::string const separator = !given ? "\n" : given->empty() ? std::string(1, '\0') : *given;
    bool const before = arguments.has('b');
    std::optional<regex::Regex> expression;
    if (arguments.has('r')) {
        auto compiled = regex::compile(regex::emacs_as_basic(separator), regex::Flavor::basic);
        if (!compiled) co_return p.fail(compiled.error().message);
        expression = std::move(*compiled);
    }
    Output out(p);
    Input in(p, arguments.operands, '\n', {"failed to open $ for reading", "%: read error"});
    in.on_error = [&](std::string const& name, Errno error) { // it seeks before it reads
        out.flush();
        bool const folder = error == Errno::is_directory;
        report_file(p, folder ? "%: read error" : "failed to open $ for reading", name,
                    folder ? Errno::invalid : error);
    };
    std::string block;
    while (!out.broken() && in.open_next()) {
        std::string text;
        while (co_await in.next_block(block)) text += block;
        if (expression) {
            put_records(out, text, *expression, before);
            continue;
        }
        std::size_t end = text.size();
        while (end > 0 && !out.broken()) {
            // A record ends behind its separator, or with -b begins at it.
            std::size_t from = 0;
            std::size_t const limit = before ? end - 1 : end < separator.size() + 1 ? 0 : end - separator.size() - 1;
            std::size_t hit = end == 0 ? std::string::npos : text.rfind(separator, limit);
            if (!before && end < separator.size() + 1) hit = std::string::npos;
            if (hit != std::string::npos) from = before ? hit : hit + separator.size();
            out.put(std::string_view(text).substr(from, end - from));
            end = from;
            co_await p.breathe();
        }
    }
    co_return out.close(in.failed() ? 1 : 0);
}

Task<int> run_rev(Process& p) {
    Arguments const arguments = parse_arguments(p, rev_command);
    if (arguments.ended()) co_return arguments.status;
    Output out(p);
    Input in(p, arguments.operands, '\n', {"cannot open %", "cannot open %"});
    std::string_view line;
    while (!out.broken() && co_await in.next(line)) {
        std::string reversed;
        for (std::size_t end = line.size(); end > 0;) {
            std::size_t from = end - 1;
            while (from > 0 && end - from < 4 && (static_cast<unsigned char>(line[from]) & 0xC0u) == 0x80u) --from;
            reversed += line.substr(from, end - from);
            end = from;
        }
        if (in.had_delimiter()) reversed += '\n';
        out.put(reversed);
        co_await p.breathe();
    }
    co_return out.close(in.failed() ? 1 : 0);
}

Task<int> run_tee(Process& p) {
    Arguments const arguments = parse_arguments(p, tee_command);
    if (arguments.ended()) co_return arguments.status;
    if (std::string const* const mode = arguments.value(long_option("output-error"));
        mode && !mode->empty() && *mode != "warn" && *mode != "warn-nopipe" && *mode != "exit" &&
        *mode != "exit-nopipe")
        co_return invalid_choice(p, *mode, "--output-error", {"warn", "warn-nopipe", "exit", "exit-nopipe"});
    OpenFlags flags;
    flags.write = flags.create = true;
    flags.append = arguments.has('a');
    flags.truncate = !flags.append;
    int status = 0;
    std::vector<FilePtr> files;
    for (std::string const& name : arguments.operands) {
        auto opened = p.open(name, flags);
        if (opened)
            files.push_back(std::move(opened.value));
        else
            report_file(p, "%", name, opened.error), status = 1;
    }
    std::string block;
    while (co_await p.read_some(0, block)) {
        if (!p.out(block) && files.empty()) co_return Process::sigpipe;
        for (FilePtr const& file : files)
            if (file->write(block).state != IoState::ok) status = 1;
        block.clear();
        co_await p.breathe();
    }
    co_return status;
}

Task<int> run_yes(Process& p) {
    Arguments const arguments = parse_arguments(p, yes_command);
    if (arguments.ended()) co_return arguments.status;
    std::string line;
    for (std::string const& word : arguments.operands) (line += line.empty() ? "" : " ") += word;
    if (arguments.operands.empty()) line = "y";
    line += '\n';
    std::string block;
    while (block.size() < 1024) block += line;
    while (p.out(block)) co_await p.breathe();
    co_return Process::sigpipe;
}

}

Command const cat_command{"cat",
                          "concatenate FILE(s) to standard output",
                          "cat [OPTION]... [FILE]...",
                          "With no FILE, or when FILE is -, read standard input.\n\n"
                          "  -A, --show-all           equivalent to -vET\n"
                          "  -b, --number-nonblank    number nonempty output lines, overrides -n\n"
                          "  -e                       equivalent to -vE\n"
                          "  -E, --show-ends          display $ at end of each line\n"
                          "  -n, --number             number all output lines\n"
                          "  -s, --squeeze-blank      suppress repeated empty output lines\n"
                          "  -t                       equivalent to -vT\n"
                          "  -T, --show-tabs          display TAB characters as ^I\n"
                          "  -u                       (ignored)\n"
                          "  -v, --show-nonprinting   use ^ and M- notation, except for LFD and TAB\n",
                          nullptr,
                          run_cat};
Command const tac_command{"tac",
                          "write each FILE to standard output, last line first",
                          "tac [OPTION]... [FILE]...",
                          "  -b, --before             attach the separator before instead of after\n"
                          "  -r, --regex              the separator is a basic regular expression\n"
                          "  -s, --separator=STRING   use STRING as the separator instead of newline\n",
                          nullptr,
                          run_tac};
Command const rev_command{"rev", "reverse lines characterwise", "rev [options] [file ...]", "", nullptr, run_rev};
Command const tee_command{"tee",
                          "copy standard input to each FILE, and also to standard output",
                          "tee [OPTION]... [FILE]...",
                          "  -a, --append              append to the given FILEs, do not overwrite\n"
                          "  -i, --ignore-interrupts   (ignored)\n"
                          "  -p                        (ignored)\n"
                          "      --output-error[=MODE]  (ignored): warn, warn-nopipe, exit, exit-nopipe\n",
                          nullptr,
                          run_tee};
Command const yes_command{
    "yes", "repeatedly output a line with all specified STRING(s), or 'y'", "yes [STRING]...", "", nullptr, run_yes};

}
