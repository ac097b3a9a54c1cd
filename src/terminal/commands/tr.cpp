#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"
#include "terminal/regex/program.hpp"

#include <algorithm>
#include <array>

namespace cw::terminal::commands {

namespace {

constexpr int fills_up = -1; // the count of [c*]

struct SetPart {
    std::string bytes;
    std::string_view class_name; // for [:upper:] and [:lower:] in pairs
    int repeat = 1;              // of a single byte: [c*n]
};

class SetReader {
  public:
    SetReader(Process& p, std::string_view text) : p_(p), text_(text) {}

    // False after a message.
    bool read(std::vector<SetPart>& parts) {
        while (at_ < text_.size()) {
            bool const is_class = text_.substr(at_, 2) == "[:";
            std::size_t const end =
                is_class || text_.substr(at_, 2) == "[=" ? text_.find(is_class ? ":]" : "=]", at_ + 2) : text_.npos;
            if (end != text_.npos) {
                std::string_view const name = text_.substr(at_ + 2, end - at_ - 2);
                if (name.empty()) {
                    p_.fail(std::string("missing ") +
                            (is_class ? "character class name '[::]'" : "equivalence class character '[==]'"));
                    return false;
                }
                if (is_class ? add_class(name, parts) : name.size() == 1) {
                    if (!is_class) parts.push_back({std::string(name), {}, 1});
                    at_ = end + 2;
                    continue;
                }
                if (!add_repeat(parts)) {
                    if (!failed_)
                        p_.fail(is_class
                                    ? "invalid character class " + marked(name)
                                    : std::string(name) + ": equivalence class operand must be a single character");
                    return false;
                }
                continue;
            }
            if (text_[at_] == '[' && add_repeat(parts)) continue;
            if (failed_) return false;
            char const from = character();
            if (at_ + 1 < text_.size() && text_[at_] == '-') {
                ++at_;
                char const to = character();
                if (!add_range(from, to, parts)) return false;
            } else {
                parts.push_back({std::string(1, from), {}, 1});
            }
        }
        return true;
    }

  private:
    bool add_class(std::string_view name, std::vector<SetPart>& parts) {
        constexpr std::string_view names[] = {"alpha", "digit", "alnum", "upper", "lower", "space",
                                              "blank", "punct", "print", "graph", "cntrl", "xdigit"};
        for (std::size_t i = 0; i < 12; ++i) {
            if (names[i] != name) continue;
            SetPart part{{}, name, 1};
            for (char32_t c = 0; c < 128; ++c)
                if (regex::is_in_class(c, static_cast<regex::Class>(1u << i))) part.bytes += static_cast<char>(c);
            parts.push_back(part);
            return true;
        }
        return false;
    }
    bool add_repeat(std::vector<SetPart>& parts) {
        std::size_t const start = at_;
        ++at_;
        if (at_ >= text_.size()) return at_ = start, false;
        char const c = character();
        std::size_t const end = text_.find(']', at_);
        if (at_ >= text_.size() || text_[at_] != '*' || end == std::string_view::npos) return at_ = start, false;
        std::string_view const digits = text_.substr(at_ + 1, end - at_ - 1);
        auto const count =
            digits.empty() ? std::optional<std::int64_t>(0) : parse_integer(digits, digits[0] == '0' ? 8 : 10);
        if (!count || *count < 0) {
            bool const is_number = digits.find_first_not_of("0123456789") == std::string_view::npos;
            if (is_number) {
                p_.fail("invalid repeat count " + marked(digits) + " in [c*n] construct");
                failed_ = true;
            }
            return at_ = start, false;
        }
        at_ = end + 1;
        parts.push_back(
            {std::string(1, c), {}, *count == 0 ? fills_up : static_cast<int>(std::min<std::int64_t>(*count, 1000))});
        return true;
    }
    bool add_range(char from, char to, std::vector<SetPart>& parts) {
        auto const low = static_cast<unsigned char>(from), high = static_cast<unsigned char>(to);
        if (low > high) {
            p_.fail("range-endpoints of " + quoted(std::string(1, from) + "-" + to) +
                    " are in reverse collating sequence order");
            return false;
        }
        SetPart part;
        for (unsigned c = low; c <= high; ++c) part.bytes += static_cast<char>(c);
        parts.push_back(part);
        return true;
    }
    char character() {
        if (text_[at_] != '\\') return text_[at_++];
        if (at_ + 1 == text_.size()) {
            p_.fail("warning: an unescaped backslash at end of string is not portable");
            return text_[at_++];
        }
        std::size_t end = at_ + 1;
        while (end < text_.size() && end - at_ <= 3 && text_[end] >= '0' && text_[end] <= '7') ++end;
        if (end == at_ + 1) ++end;
        std::string const one = unescaped(text_.substr(at_, end - at_));
        at_ = end;
        return one.size() == 1 ? one[0] : one.empty() ? '\\' : one[1];
    }

    Process& p_;
    std::string_view text_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

// The bytes of a set; a [c*] grows until the set has `wanted` bytes.
std::string expand(std::vector<SetPart> const& parts, std::size_t wanted) {
    std::size_t fixed = 0;
    for (SetPart const& part : parts)
        fixed += part.repeat == fills_up ? 0 : part.bytes.size() * static_cast<std::size_t>(part.repeat);
    std::string out;
    for (SetPart const& part : parts) {
        std::size_t const times =
            part.repeat == fills_up ? (wanted > fixed ? wanted - fixed : 0) : static_cast<std::size_t>(part.repeat);
        for (std::size_t i = 0; i < times; ++i) out += part.bytes;
    }
    return out;
}

struct TrPlan {
    std::array<unsigned char, 256> map{};
    std::array<bool, 256> removed{}, squeezed{};
    bool translates = false;
};

bool is_case(SetPart const& part) { return part.class_name == "upper" || part.class_name == "lower"; }

// Case classes stand for each other in pairs, [:upper:] against [:lower:] at the same place; false if they do not.
bool pair_cases(std::vector<SetPart> const& from, std::vector<SetPart> const& to, std::size_t wanted) {
    auto const starts = [wanted](std::vector<SetPart> const& parts) {
        std::vector<std::size_t> out;
        std::vector<SetPart> before;
        for (SetPart const& part : parts) {
            if (is_case(part)) out.push_back(expand(before, wanted).size());
            before.push_back(part);
        }
        return out;
    };
    std::vector<std::size_t> const left = starts(from), right = starts(to);
    return std::all_of(right.begin(), right.end(),
                       [&](std::size_t at) { return std::find(left.begin(), left.end(), at) != left.end(); });
}

// The status to end with, or -1.
int read_plan(Process& p, Arguments const& arguments, TrPlan& plan) {
    bool const deletes = arguments.has('d'), squeezes = arguments.has('s');
    auto const& sets = arguments.operands;
    if (sets.empty()) return missing_operand(p, sets);
    bool const needs_two = deletes == squeezes;
    if (sets.size() < 2 && needs_two) {
        p.fail("missing operand after " + marked(sets[0]));
        p.err(deletes ? "Two strings must be given when both deleting and squeezing repeats.\n"
                      : "Two strings must be given when translating.\n");
        p.err("Try '" + p.name() + " --help' for more information.\n");
        return 1;
    }
    std::size_t const most = deletes && !squeezes ? 1 : 2;
    if (sets.size() > most) {
        p.fail("extra operand " + marked(sets[most]));
        if (most == 1) p.err("Only one string may be given when deleting without squeezing repeats.\n");
        p.err("Try '" + p.name() + " --help' for more information.\n");
        return 1;
    }
    std::vector<SetPart> parts1, parts2;
    if (!SetReader(p, sets[0]).read(parts1)) return 1;
    if (sets.size() > 1 && !SetReader(p, sets[1]).read(parts2)) return 1;
    bool const complements = arguments.has('c') || arguments.has('C');
    std::string first = expand(parts1, 0);
    if (complements) {
        std::string rest;
        for (unsigned c = 0; c < 256; ++c)
            if (first.find(static_cast<char>(c)) == std::string::npos) rest += static_cast<char>(c);
        first = rest;
    }
    std::string second = expand(parts2, first.size());
    for (unsigned c = 0; c < 256; ++c) plan.map[c] = static_cast<unsigned char>(c);
    auto const mark = [](std::array<bool, 256>& set, std::string const& bytes) {
        for (char const c : bytes) set[static_cast<unsigned char>(c)] = true;
    };
    plan.translates = sets.size() == 2 && !deletes;
    if (deletes) mark(plan.removed, first);
    if (squeezes) mark(plan.squeezed, sets.size() == 2 ? second : first);
    if (!plan.translates) return -1;
    bool const truncates = arguments.has('t');
    bool const fills =
        std::any_of(parts1.begin(), parts1.end(), [](SetPart const& part) { return part.repeat == fills_up; });
    auto const filling =
        std::count_if(parts2.begin(), parts2.end(), [](SetPart const& part) { return part.repeat == fills_up; });
    bool const classes = std::any_of(parts2.begin(), parts2.end(),
                                     [](SetPart const& part) { return !part.class_name.empty() && !is_case(part); });
    bool const complemented_class = complements && std::any_of(parts1.begin(), parts1.end(), [](SetPart const& part) {
                                        return !part.class_name.empty();
                                    });
    bool const cases = std::any_of(parts2.begin(), parts2.end(), is_case);
    if (fills) return p.fail("the [c*] repeat construct may not appear in string1");
    if (filling > 1) return p.fail("only one [c*] repeat construct may appear in string2");
    if (classes)
        return p.fail(
            "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'");
    if (cases && !complements && !pair_cases(parts1, parts2, first.size()))
        return p.fail("misaligned [:upper:] and/or [:lower:] construct");
    if (second.size() < first.size() && !truncates) {
        if (second.empty()) return p.fail("when not truncating set1, string2 must be non-empty");
        if (!parts2.back().class_name.empty())
            return p.fail(
                "when translating with string1 longer than string2,\n"
                "the latter string must not end with a character class");
    }
    if (complemented_class &&
        (second.size() != first.size() || second.find_first_not_of(second[0]) != std::string::npos) &&
        !(second.size() < first.size() && second.find_first_not_of(second[0]) == std::string::npos))
        return p.fail(
            "when translating with complemented character classes,\n"
            "string2 must map all characters in the domain to one");
    if (arguments.has('t')) first.resize(std::min(first.size(), second.size()));
    for (std::size_t i = 0; i < first.size(); ++i)
        plan.map[static_cast<unsigned char>(first[i])] =
            static_cast<unsigned char>(i < second.size() ? second[i] : second.back());
    return -1;
}

Task<int> run_tr(Process& p) {
    Arguments const arguments = parse_arguments(p, tr_command, OperandOrder::options_first);
    if (arguments.ended()) co_return arguments.status;
    TrPlan plan;
    if (int const status = read_plan(p, arguments, plan); status >= 0) co_return status;
    Output out(p);
    std::string block, result;
    int last = -1;
    while (!out.broken() && co_await p.read_some(0, block)) {
        result.clear();
        for (char const raw : block) {
            auto c = static_cast<unsigned char>(raw);
            if (plan.removed[c]) continue;
            c = plan.map[c];
            if (plan.squeezed[c] && last == c) continue;
            last = c;
            result += static_cast<char>(c);
        }
        out.put(result);
        block.clear();
        co_await p.breathe();
    }
    co_return out.close(0);
}

}

Command const tr_command{
    "tr",
    "translate, squeeze, and/or delete characters from standard input",
    "tr [OPTION]... STRING1 [STRING2]",
    "  -c, -C, --complement    use the complement of STRING1\n"
    "  -d, --delete            delete characters in STRING1, do not translate\n"
    "  -s, --squeeze-repeats   replace each sequence of a repeated character that is\n"
    "                            listed in the last STRING with a single one\n"
    "  -t, --truncate-set1     first truncate STRING1 to length of STRING2\n\n"
    "Sets are characters, ranges a-z, classes [:alpha:], repeats [x*3] and escapes \\n \\t \\101.\n",
    nullptr,
    run_tr};

}
