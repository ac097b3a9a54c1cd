// csplit: a file cut into pieces at line numbers and at lines that match.
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/regex/regex.hpp"

#include <algorithm>
#include <limits>

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max();

struct CutAt {
    std::string text; // as it was given
    std::int64_t line = 0;
    std::optional<regex::Regex> expression;
    bool drops = false; // %...%: what comes before is not written
    std::int64_t offset = 0;
    std::int64_t repeats = 0;
};

class Splitter {
  public:
    Splitter(Process& p, Arguments const& arguments) : p_(p), arguments_(arguments) {
        if (std::string const* const prefix = arguments.value('f')) prefix_ = *prefix;
    }

    Task<int> run() {
        int const status = cut();
        if (status != 0 && !arguments_.has('k'))
            for (std::string const& name : written_) static_cast<void>(p_.vfs().unlink(p_.caller, name));
        co_return status;
    }
    bool read_pattern(std::string const& text);
    std::string input;

  private:
    int cut();
    int cut_at_line(CutAt const& place, std::int64_t round);
    int cut_at_match(CutAt const& place, std::int64_t round, bool& done);
    bool write_piece(std::size_t to);
    [[nodiscard]] std::string name_of(std::size_t number) const;
    int mistake(std::string const& text) {
        p_.fail(text);
        return 1;
    }

    Process& p_;
    Arguments const& arguments_;
    std::string prefix_ = "xx";
    std::vector<CutAt> places_;
    std::vector<std::string_view> lines_; // with their newlines
    std::size_t at_ = 0;                  // the first line of the piece that grows
    std::size_t seen_ = 0;                // no match before this line
    std::vector<std::string> written_;
    std::size_t count_ = 0;
};

bool Splitter::read_pattern(std::string const& text) {
    auto const repeat = [&]() -> bool {
        if (text.back() != '}') return p_.fail(text + ": '}' is required in repeat count"), false;
        std::string const inside = text.substr(1, text.size() - 2);
        auto const count = parse_count(inside);
        if (inside != "*" && !count) return p_.fail(text + "}: integer required between '{' and '}'"), false;
        if (places_.empty()) return p_.fail(marked(text) + ": invalid pattern"), false;
        places_.back().repeats = inside == "*" ? for_ever : *count;
        return true;
    };
    if (text.size() > 1 && text[0] == '{') return repeat();
    CutAt place;
    place.text = text;
    if (!text.empty() && (text[0] == '/' || text[0] == '%')) {
        std::size_t const end = text.rfind(text[0]);
        if (end == 0) return p_.fail(text + ": closing delimiter '" + text[0] + "' missing"), false;
        auto compiled = regex::compile(text.substr(1, end - 1), regex::Flavor::basic);
        if (!compiled)
            return p_.fail(marked(text) + ": invalid regular expression: " + compiled.error().message), false;
        place.expression = std::move(compiled.value());
        place.drops = text[0] == '%';
        std::string const offset = text.substr(end + 1);
        bool const negative = !offset.empty() && offset[0] == '-';
        auto const number = parse_count(offset.substr(!offset.empty() && (negative || offset[0] == '+') ? 1 : 0));
        if (!offset.empty() && !number) return p_.fail(marked(text) + ": integer expected after delimiter"), false;
        place.offset = offset.empty() ? 0 : negative ? -*number : *number;
        places_.push_back(std::move(place));
        return true;
    }
    auto const line = parse_count(text);
    if (!line) return p_.fail(marked(text) + ": invalid pattern"), false;
    if (*line == 0) return p_.fail(text + ": line number must be greater than zero"), false;
    for (CutAt const& before : places_)
        if (before.line > *line)
            return p_.fail("line number " + marked(text) + " is smaller than preceding line number, " +
                           std::to_string(before.line)),
                   false;
    place.line = *line;
    places_.push_back(std::move(place));
    return true;
}

std::string Splitter::name_of(std::size_t number) const {
    if (std::string const* const format = arguments_.value('b')) {
        std::size_t const from = format->find('%');
        std::size_t const to = format->find_first_of("diuxXo", std::min(from, format->size()));
        if (to != std::string::npos)
            return prefix_ + format->substr(0, from) +
                   format_integer(format->substr(from, to - from), (*format)[to], static_cast<std::int64_t>(number)) +
                   format->substr(to + 1);
    }
    std::string const* const digits = arguments_.value('n');
    return prefix_ +
           format_integer("%0" + (digits ? *digits : std::string("2")), 'd', static_cast<std::int64_t>(number));
}

// The lines up to `to` as the next file.
bool Splitter::write_piece(std::size_t to) {
    std::string bytes;
    for (; at_ < to; ++at_) bytes += lines_[at_];
    if (bytes.empty() && arguments_.has('z')) return true;
    std::string const name = name_of(count_++);
    Errno const error = p_.vfs().write_file(p_.caller, name, bytes);
    if (error != Errno::none) {
        report_file(p_, "%", name, error);
        return false;
    }
    written_.push_back(name);
    if (!arguments_.has('s')) p_.out(std::to_string(bytes.size()) + "\n");
    return true;
}

int Splitter::cut_at_line(CutAt const& place, std::int64_t round) {
    auto const wanted = static_cast<std::size_t>(place.line * (round + 1) - 1);
    bool const in_range = wanted <= lines_.size() && (wanted < lines_.size() || round == 0);
    if (!in_range || wanted == lines_.size()) {
        if (!write_piece(lines_.size())) return 1;
        return mistake(marked(place.text) + ": line number out of range" +
                       (round > 0 ? " on repetition " + std::to_string(round) : ""));
    }
    if (!write_piece(wanted)) return 1;
    seen_ = at_;
    if (arguments_.has(long_option("suppress-matched"))) seen_ = ++at_;
    return 0;
}

int Splitter::cut_at_match(CutAt const& place, std::int64_t round, bool& done) {
    std::size_t hit = seen_;
    auto const plain = [&](std::size_t i) {
        std::string_view const line = lines_[i];
        return line.substr(0, line.size() - (!line.empty() && line.back() == '\n' ? 1 : 0));
    };
    while (hit < lines_.size() && !place.expression->matches(plain(hit))) ++hit;
    if (hit == lines_.size()) {
        if (place.repeats == for_ever) {
            done = true;
            if (!place.drops) return write_piece(hit) ? 0 : 1;
            at_ = hit;
            return 0;
        }
        if (!place.drops && !write_piece(hit)) return 1;
        return mistake(marked(place.text) + ": match not found" +
                       (round > 0 ? " on repetition " + std::to_string(round) : ""));
    }
    std::int64_t const to = static_cast<std::int64_t>(hit) + place.offset;
    if (to < static_cast<std::int64_t>(at_) || to > static_cast<std::int64_t>(lines_.size()))
        return mistake(marked(place.text) + ": line number out of range");
    if (place.drops)
        at_ = static_cast<std::size_t>(to);
    else if (!write_piece(static_cast<std::size_t>(to)))
        return 1;
    seen_ = std::max(hit, at_) + 1;
    if (arguments_.has(long_option("suppress-matched")) && at_ < lines_.size()) ++at_;
    return 0;
}

int Splitter::cut() {
    for (std::size_t from = 0; from < input.size();) {
        std::size_t const end = std::min(input.find('\n', from), input.size() - 1) + 1;
        lines_.push_back(std::string_view(input).substr(from, end - from));
        from = end;
    }
    bool done = false;
    for (CutAt const& place : places_) {
        for (std::int64_t round = 0; round <= place.repeats && !done; ++round) {
            if (place.line > 0 && place.repeats == for_ever && round > 0 &&
                place.line * (round + 1) > static_cast<std::int64_t>(lines_.size()))
                break;
            int const status = place.expression ? cut_at_match(place, round, done) : cut_at_line(place, round);
            if (status != 0) return status;
            if (place.repeats == for_ever && round + 1 == for_ever) break;
        }
        if (done) return 0;
    }
    return write_piece(lines_.size()) ? 0 : 1;
}

Task<int> run_csplit(Process& p) {
    Arguments const arguments = parse_arguments(p, csplit_command, OperandOrder::options_first);
    if (arguments.ended()) co_return arguments.status;
    auto const& operands = arguments.operands;
    if (operands.size() < 2) co_return missing_operand(p, operands);
    Splitter splitter(p, arguments);
    for (std::size_t i = 1; i < operands.size(); ++i)
        if (!splitter.read_pattern(operands[i])) co_return 1;
    bool const read = co_await read_whole(p, operands[0], splitter.input, {"cannot open $ for reading", "read error"});
    if (!read) co_return 1;
    co_return co_await splitter.run();
}

}

Command const csplit_command{"csplit",
                             "output pieces of FILE separated by PATTERN(s) to files 'xx00', 'xx01', ...",
                             "csplit [OPTION]... FILE PATTERN...",
                             "  -b, --suffix-format=FORMAT  use sprintf FORMAT instead of %02d\n"
                             "  -f, --prefix=PREFIX         use PREFIX instead of 'xx'\n"
                             "  -k, --keep-files            do not remove output files on errors\n"
                             "      --suppress-matched      suppress the lines matching PATTERN\n"
                             "  -n, --digits=DIGITS         use specified number of digits instead of 2\n"
                             "  -s, -q, --quiet, --silent       do not print counts of output file sizes\n"
                             "  -z, --elide-empty-files     remove empty output files\n\n"
                             "Each PATTERN may be:\n"
                             "  INTEGER            copy up to but not including specified line number\n"
                             "  /REGEXP/[OFFSET]   copy up to but not including a matching line\n"
                             "  %REGEXP%[OFFSET]   skip to, but not including a matching line\n"
                             "  {INTEGER}          repeat the previous pattern specified number of times\n"
                             "  {*}                repeat the previous pattern as many times as possible\n",
                             nullptr,
                             run_csplit};

}
