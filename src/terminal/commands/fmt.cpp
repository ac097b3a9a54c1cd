// fmt: paragraphs filled as GNU fmt does, by the breaks that cost least over a whole paragraph.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <limits>

namespace cw::terminal::commands {

namespace {

using Cost = std::int64_t;
constexpr Cost square(Cost n) { return n * n; }
// GNU's weights: lines shorter than the goal, lines of unequal length, breaks at good and bad places.
constexpr Cost short_cost(Cost n) { return square(n * 10); }
constexpr Cost ragged_cost(Cost n) { return short_cost(n) / 2; }
constexpr Cost line_cost_base = square(70), sentence_bonus = square(50), nobreak_cost = square(600);
constexpr Cost paren_bonus = square(40), punct_bonus = square(40);
constexpr Cost widow_cost(Cost n) { return square(200) / (n + 2); }
constexpr Cost orphan_cost(Cost n) { return square(150) / (n + 2); }
constexpr std::int64_t default_width = 75, max_width = 2500, leeway = 7;
constexpr std::int64_t tagged_indent = 3;

struct FmtStyle {
    bool crown = false, tagged = false, split = false, uniform = false;
    std::int64_t width = default_width, goal = 0;
    std::string prefix; // without the blanks around it
    std::int64_t prefix_lead = 0, prefix_full = 0;
};

struct FmtWord {
    std::string text;
    std::int64_t space = 0; // behind it
    bool paren = false, period = false, punct = false, final = false;
    Cost best = 0;
    std::int64_t line_length = 0;
    std::size_t next = 0; // the first word of the next line
    [[nodiscard]] std::int64_t length() const { return static_cast<std::int64_t>(text.size()); }
};

class Formatter {
  public:
    Formatter(FmtStyle const& style, Output& out, std::string_view text) : style_(style), out_(out), text_(text) {}

    void run() {
        next_ = read_prefix();
        while (read_paragraph()) {
            choose_breaks();
            print();
            words_.clear();
        }
    }

  private:
    static constexpr int end_of_text = -1;

    int get() { return at_ < text_.size() ? static_cast<unsigned char>(text_[at_++]) : (++at_, end_of_text); }
    int skip_blanks(int c) {
        for (;; c = get()) {
            if (c == ' ')
                ++column_;
            else if (c == '\t')
                tabs_ = true, column_ = (column_ / 8 + 1) * 8;
            else
                return c;
        }
    }
    int read_prefix() {
        column_ = 0;
        int c = skip_blanks(get());
        if (style_.prefix.empty()) {
            next_indent_ = std::min(style_.prefix_lead, column_);
            return c;
        }
        next_indent_ = column_;
        for (char const wanted : style_.prefix) {
            if (c != static_cast<unsigned char>(wanted)) return c;
            ++column_;
            c = get();
        }
        return skip_blanks(c);
    }
    [[nodiscard]] bool same_paragraph(int c) const {
        return next_indent_ == indent_ && column_ >= next_indent_ + style_.prefix_full && c != '\n' && c != end_of_text;
    }

    // A line that is blank or lacks the prefix, as it is.
    int copy_rest(int c) {
        out_column_ = 0;
        if (column_ > next_indent_ || (c != '\n' && c != end_of_text)) {
            put_space(next_indent_);
            for (char const p : style_.prefix) {
                if (out_column_ == column_) break;
                out_.put(p);
                ++out_column_;
            }
            if (c != end_of_text && c != '\n') put_space(column_ - out_column_);
            if (c == end_of_text && column_ >= next_indent_ + static_cast<std::int64_t>(style_.prefix.size()))
                out_.put('\n');
        }
        for (; c != '\n' && c != end_of_text; c = get()) out_.put(static_cast<char>(c));
        return c;
    }

    int read_line(int c) {
        do {
            FmtWord word;
            do word.text += static_cast<char>(c), c = get();
            while (c != end_of_text &&
                   std::string_view(" \t\n\r\v\f").find(static_cast<char>(c)) == std::string_view::npos);
            column_ += word.length();
            punctuate(word);
            std::int64_t const start = column_;
            c = skip_blanks(c);
            word.space = column_ - start;
            word.final = c == end_of_text || (word.period && (c == '\n' || word.space > 1));
            if (c == '\n' || c == end_of_text || style_.uniform) word.space = word.final ? 2 : 1;
            words_.push_back(std::move(word));
        } while (c != '\n' && c != end_of_text);
        return read_prefix();
    }

    static void punctuate(FmtWord& word) {
        std::string_view const text = word.text;
        std::size_t last = text.size() - 1;
        auto const fin = static_cast<unsigned char>(text[last]);
        word.paren = std::string_view("(['`\"").find(text[0]) != std::string_view::npos;
        word.punct = fin > 32 && fin < 127 && !((fin | 32) >= 'a' && (fin | 32) <= 'z') && !(fin >= '0' && fin <= '9');
        while (last > 0 && std::string_view(")]'\"").find(text[last]) != std::string_view::npos) --last;
        word.period = std::string_view(".?!").find(text[last]) != std::string_view::npos;
    }

    void choose_other_indent(bool same) {
        if (style_.split)
            other_ = first_;
        else if (style_.crown)
            other_ = same ? column_ : first_;
        else if (style_.tagged) {
            if (same && column_ != first_)
                other_ = column_;
            else if (other_ == first_)
                other_ = first_ == 0 ? tagged_indent : 0;
        } else
            other_ = first_;
    }

    bool read_paragraph() {
        last_length_ = 0;
        int c = next_;
        while (c == '\n' || c == end_of_text || next_indent_ < style_.prefix_lead ||
               column_ < next_indent_ + style_.prefix_full) {
            c = copy_rest(c);
            if (c == end_of_text) return false;
            out_.put('\n');
            c = read_prefix();
        }
        indent_ = next_indent_;
        first_ = column_;
        c = read_line(c);
        choose_other_indent(same_paragraph(c));
        bool const goes_on =
            !style_.split && same_paragraph(c) && !(style_.tagged && !style_.crown && column_ == first_);
        if (goes_on && (style_.crown || style_.tagged)) c = read_line(c);
        while (goes_on && same_paragraph(c) && column_ == other_) c = read_line(c);
        words_.back().period = words_.back().final = true;
        next_ = c;
        return true;
    }

    [[nodiscard]] Cost base_cost(std::size_t i) const {
        Cost cost = line_cost_base;
        FmtWord const& word = words_[i];
        if (i > 0) {
            FmtWord const& before = words_[i - 1];
            if (before.period)
                cost += before.final ? -sentence_bonus : nobreak_cost;
            else if (before.punct)
                cost -= punct_bonus;
            else if (i > 1 && words_[i - 2].final)
                cost += widow_cost(before.length());
        }
        if (word.paren)
            cost -= paren_bonus;
        else if (word.final)
            cost += orphan_cost(word.length());
        return cost;
    }
    [[nodiscard]] Cost line_cost(std::size_t next, std::int64_t length) const {
        if (next == words_.size()) return 0;
        Cost cost = short_cost(style_.goal - length);
        if (words_[next].next != words_.size()) cost += ragged_cost(length - words_[next].line_length);
        return cost;
    }

    void choose_breaks() {
        for (std::size_t start = words_.size(); start-- > 0;) {
            Cost best = std::numeric_limits<Cost>::max();
            std::int64_t length = (start == 0 ? first_ : other_) + words_[start].length();
            std::size_t i = start;
            do {
                ++i;
                Cost cost = line_cost(i, length) + (i < words_.size() ? words_[i].best : 0);
                if (start == 0 && last_length_ > 0) cost += ragged_cost(length - last_length_);
                if (cost < best) {
                    best = cost;
                    words_[start].next = i;
                    words_[start].line_length = length;
                }
                if (i == words_.size()) break;
                length += words_[i - 1].space + words_[i].length();
            } while (length < style_.width);
            words_[start].best = best + base_cost(start);
        }
    }

    void print() {
        for (std::size_t i = 0; i < words_.size(); i = words_[i].next) {
            out_column_ = 0;
            put_space(indent_);
            out_.put(style_.prefix);
            out_column_ += static_cast<std::int64_t>(style_.prefix.size());
            put_space((i == 0 ? first_ : other_) - out_column_);
            for (std::size_t at = i; at < words_[i].next; ++at) {
                out_.put(words_[at].text);
                out_column_ += words_[at].length();
                if (at + 1 < words_[i].next) put_space(words_[at].space);
            }
            last_length_ = out_column_;
            out_.put('\n');
        }
    }
    void put_space(std::int64_t count) {
        std::int64_t const target = out_column_ + count;
        if (tabs_ && out_column_ + 1 < target / 8 * 8)
            for (; out_column_ < target / 8 * 8; out_column_ = (out_column_ / 8 + 1) * 8) out_.put('\t');
        for (; out_column_ < target; ++out_column_) out_.put(' ');
    }

    FmtStyle const& style_;
    Output& out_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<FmtWord> words_;
    bool tabs_ = false;
    int next_ = 0;            // the character after the prefix of the line that comes next
    std::int64_t column_ = 0; // of that character
    std::int64_t next_indent_ = 0, indent_ = 0, first_ = 0, other_ = 0;
    std::int64_t last_length_ = 0, out_column_ = 0;
};

// A width up to `most`; false with a message.
bool read_width(Process& p, std::string const& text, std::int64_t most, std::int64_t& width) {
    auto const number = parse_count(text);
    if (number && *number <= most) {
        width = *number;
        return true;
    }
    p.fail("invalid width: " + marked(text) + (number ? ": Numerical result out of range" : ""));
    return false;
}

void set_prefix(FmtStyle& style, std::string_view text) {
    std::size_t const lead = std::min(text.find_first_not_of(' '), text.size());
    style.prefix_lead = static_cast<std::int64_t>(lead);
    text.remove_prefix(lead);
    style.prefix_full = static_cast<std::int64_t>(text.size());
    std::size_t const last = text.find_last_not_of(' ');
    style.prefix = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

Task<int> run_fmt(Process& p) {
    Arguments const arguments = parse_arguments(p, fmt_command);
    if (arguments.ended()) co_return arguments.status;
    FmtStyle style;
    style.crown = arguments.has('c');
    style.tagged = arguments.has('t');
    style.split = arguments.has('s');
    style.uniform = arguments.has('u');
    std::string const* width = arguments.value('w');
    if (!width) width = arguments.value('#');
    if (width && !read_width(p, *width, max_width, style.width)) co_return 1;
    style.goal = style.width * (2 * (100 - leeway) + 1) / 200;
    if (std::string const* const goal = arguments.value('g')) {
        if (!read_width(p, *goal, width ? style.width : default_width, style.goal)) co_return 1;
        if (!width) style.width = style.goal + 10;
    }
    if (std::string const* const prefix = arguments.value('p')) set_prefix(style, *prefix);
    std::vector<std::string> files = arguments.operands;
    if (files.empty()) files.emplace_back("-");
    Output out(p);
    int status = 0;
    for (std::string const& file : files) {
        std::string text;
        bool const read = co_await read_whole(p, file, text, {"cannot open $ for reading", "read error"});
        if (read)
            Formatter(style, out, text).run();
        else
            status = 1;
        co_await p.breathe();
    }
    co_return out.close(status);
}

}

Command const fmt_command{"fmt",
                          "reformat each paragraph in the FILE(s), writing to standard output",
                          "fmt [-WIDTH] [OPTION]... [FILE]...",
                          "  -c, --crown-margin      preserve indentation of first two lines\n"
                          "  -p, --prefix=STRING     reformat only lines beginning with STRING\n"
                          "  -s, --split-only        split long lines, but do not refill\n"
                          "  -t, --tagged-paragraph  indentation of first line different from second\n"
                          "  -u, --uniform-spacing   one space between words, two after sentences\n"
                          "  -w, --width=WIDTH       maximum line width (default of 75 columns)\n"
                          "  -g, --goal=WIDTH        goal width (default of 93% of width)\n"
                          "  -NUM                    same as -w NUM\n",
                          nullptr,
                          run_fmt};

}
