#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/width.hpp"

namespace cw::terminal::commands {

namespace {

struct Counts {
    std::int64_t lines = 0, words = 0, characters = 0, bytes = 0, longest = 0;
    void add(Counts const& other) {
        lines += other.lines;
        words += other.words;
        characters += other.characters;
        bytes += other.bytes;
        longest = std::max(longest, other.longest);
    }
};

struct Wanted {
    bool lines = false, words = false, characters = false, bytes = false, longest = false;
    [[nodiscard]] int count() const { return lines + words + characters + bytes + longest; }
};

// Counts block by block; a character cut by the end of a block is finished with the next one.
class Counter {
  public:
    Counts counts;

    void feed(std::string_view block) {
        counts.bytes += static_cast<std::int64_t>(block.size());
        std::string const joined = rest_ + std::string(block);
        std::size_t at = 0;
        while (at < joined.size()) {
            auto const lead = static_cast<unsigned char>(joined[at]);
            std::size_t const needs = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
            if (needs > joined.size() - at && needs > 1) break;
            std::size_t const from = at;
            char32_t const c = next_code_point(joined, at);
            bool const valid = c != replacement_character || at - from == 3;
            take(c, valid);
        }
        rest_ = joined.substr(at);
    }

  private:
    void take(char32_t c, bool valid) {
        if (valid) ++counts.characters;
        bool const space =
            c == ' ' || (c >= 9 && c <= 13) ||
            (valid && (c == 0x3000 || (c >= 0x2000 && c <= 0x200A && c != 0x2007) || c == 0x2028 || c == 0x2029));
        if (space)
            in_word_ = false;
        else if (!in_word_ && valid && c >= 32 && c != 127)
            in_word_ = true, ++counts.words;
        if (c == '\n') ++counts.lines;
        if (c == '\n' || c == '\r' || c == '\f')
            column_ = 0;
        else if (c == '\t')
            column_ += 8 - column_ % 8;
        else if (valid && c >= 32 && c != 127)
            column_ += width_of(c);
        counts.longest = std::max(counts.longest, column_);
    }

    std::string rest_;
    std::int64_t column_ = 0;
    bool in_word_ = false;
};

// GNU's column width: that of all sizes together, 7 when something is no regular file, 1 for a single lone number.
int number_width(Process& p, std::vector<std::string> const& files, Wanted const& wanted) {
    if (files.size() <= 1 && wanted.count() == 1) return 1;
    std::int64_t total = 0;
    int least = 1;
    auto const look = [&](std::string const& name) {
        NodePtr node;
        if (name == "-") {
            OpenFile* const file = p.files.get(0);
            node = file ? file->node() : nullptr;
        } else if (auto found = p.vfs().lookup(p.caller, name)) {
            node = found.value;
        } else {
            return;
        }
        if (node && node->kind == FileKind::regular)
            total += static_cast<std::int64_t>(node->size());
        else
            least = 7;
    };
    if (files.empty()) look("-");
    for (std::string const& name : files) look(name);
    return std::max(least, static_cast<int>(std::to_string(total).size()));
}

void print_counts(Output& out, Counts const& counts, Wanted const& wanted, int width, std::string_view name) {
    std::string line;
    auto const column = [&](bool shown, std::int64_t value) {
        if (!shown) return;
        if (!line.empty()) line += ' ';
        line += padded_number(value, width);
    };
    column(wanted.lines, counts.lines);
    column(wanted.words, counts.words);
    column(wanted.characters, counts.characters);
    column(wanted.bytes, counts.bytes);
    column(wanted.longest, counts.longest);
    if (!name.empty()) (line += ' ') += name;
    out.line(line);
}

Task<int> run_wc(Process& p) {
    Arguments const arguments = parse_arguments(p, wc_command);
    if (arguments.ended()) co_return arguments.status;
    Wanted wanted;
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'l': wanted.lines = true; break;
            case 'w': wanted.words = true; break;
            case 'm': wanted.characters = true; break;
            case 'c': wanted.bytes = true; break;
            case 'L': wanted.longest = true; break;
            default: break;
        }
    }
    std::vector<std::string> files = arguments.operands;
    std::string const* const list = arguments.value(long_option("files0-from"));
    bool skipped = false;
    if (list) {
        int const status = co_await names_from(p, *list, files, 1, &skipped);
        if (status >= 0) co_return status;
        if (files.empty() && !skipped) co_return 0;
    }
    if (wanted.count() == 0) wanted.lines = wanted.words = wanted.bytes = true;
    // Only a list in a file can be read ahead for the width.
    NodePtr const list_node = !list          ? nullptr
                              : *list == "-" ? p.files.get(0) ? p.files.get(0)->node() : nullptr
                                             : p.vfs().lookup(p.caller, *list).value;
    bool const piped_list = list && (!list_node || list_node->kind != FileKind::regular);
    int const width = piped_list ? 1 : number_width(p, files, wanted);
    Output out(p);
    Counts total;
    int status = skipped ? 1 : 0;
    std::string block;
    for (std::size_t i = 0; i < std::max<std::size_t>(files.size(), skipped ? 0 : 1); ++i) {
        std::string const name = files.empty() ? "-" : files[i];
        Input in(p, {name});
        Counter counter;
        bool const opened = in.open_next();
        while (opened && co_await in.next_block(block)) counter.feed(block);
        if (!opened) status = 1;
        auto const node = opened ? nullptr : p.vfs().lookup(p.caller, name).value;
        if (opened || (node && node->is_directory()))
            print_counts(out, counter.counts, wanted, width, files.empty() ? "" : name);
        total.add(counter.counts);
    }
    if (files.size() + (skipped ? 1 : 0) > 1) print_counts(out, total, wanted, width, "total");
    co_return out.close(status);
}

}

Command const wc_command{"wc",
                         "print newline, word, and byte counts for each FILE",
                         "wc [OPTION]... [FILE]...",
                         "  -c, --bytes            print the byte counts\n"
                         "      --files0-from=FILE  read the names from FILE, each ended with NUL\n"
                         "  -m, --chars            print the character counts\n"
                         "  -l, --lines            print the newline counts\n"
                         "  -L, --max-line-length  print the maximum display width\n"
                         "  -w, --words            print the word counts\n",
                         nullptr,
                         run_wc};

}
