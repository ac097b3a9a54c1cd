#pragma once
// Regular expressions of the shell's tools: POSIX basic and extended with GNU's escapes (\b \w \s \< \> \` \' and, in
// basic, \+ \? \|), awk's dialect, and the Perl subset that grep -P users type (lazy, \d, look-around, \K, (?:...)).
// POSIX dialects match leftmost-longest with glibc's choice of groups, Perl by priority. Text is UTF-8; a byte that is
// not valid UTF-8 is a character of its own, matched by no class. Perl's groups may have names. Not here: collation,
// equivalence classes.
// Limits: program size, nesting and steps a search (limits below); a search over its budget tells so, and never hangs.
//
//   Result<Regex> const word = regex::compile("[a-z]+", Flavor::extended, ignore_case);
//   if (std::optional<Match> const hit = word->search(line, 0)) use(line.substr(hit->from(0), hit->length(0)));

#include "ground/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::regex {

constexpr int max_nesting = 200;               // groups inside groups
constexpr std::size_t max_program = 40000;     // instructions after intervals are written out
constexpr std::int64_t max_steps = 40'000'000; // of one search

// What POSIX leaves open differs by tool: `grep_*` are GNU grep's readings, the plain ones those of regcomp, sed, find
// and bash's =~; extended_strict is sed -E's, which refuses a lone closing bracket.
enum class Flavor { basic, extended, extended_strict, grep_basic, grep_extended, awk, perl };

// Flags, or-ed together. `multi_line`: ^ and $ also match at newlines inside the subject (sed's M, perl's m).
// `whole_lines`: the match must be all of the subject; `whole_words`: no word character may touch it (grep's -x, -w).
// `dot_all`: Perl's . also matches a newline (its s).
constexpr unsigned ignore_case = 1, multi_line = 2, whole_words = 4, whole_lines = 8, dot_all = 16;

constexpr std::size_t unset = static_cast<std::size_t>(-1);

// Byte offsets of the whole match (group 0) and of each group; `unset` for a group that took no part.
struct Match {
    struct Span {
        std::size_t from = unset, to = unset;
    };
    std::vector<Span> groups;

    [[nodiscard]] std::size_t from(std::size_t group = 0) const { return groups[group].from; }
    [[nodiscard]] std::size_t to(std::size_t group = 0) const { return groups[group].to; }
    [[nodiscard]] std::size_t length(std::size_t group = 0) const { return to(group) - from(group); }
    [[nodiscard]] bool has(std::size_t group) const { return group < groups.size() && groups[group].from != unset; }
    // The text of a group, empty if it took no part.
    [[nodiscard]] std::string_view text(std::string_view subject, std::size_t group) const {
        return has(group) ? subject.substr(from(group), length(group)) : std::string_view();
    }
};

struct Program;
struct Scratch;

// A compiled expression. Not for use by two threads at once: a search uses scratch memory of the object.
class Regex {
  public:
    Regex();
    explicit Regex(std::unique_ptr<Program> program);
    Regex(Regex&&) noexcept;
    Regex& operator=(Regex&&) noexcept;
    ~Regex();

    // The first match at or after byte `from`; what lies before `from` still counts as context (for ^, \b, \<).
    [[nodiscard]] std::optional<Match> search(std::string_view subject, std::size_t from = 0) const;
    // search, but only offsets of the whole match are filled in: cheaper when groups are not wanted.
    [[nodiscard]] std::optional<Match> find(std::string_view subject, std::size_t from = 0) const;
    [[nodiscard]] bool matches(std::string_view subject) const { return find(subject, 0).has_value(); }
    // Whether a search gave up because its steps were used up; what it answered may then be wrong.
    [[nodiscard]] bool exhausted() const;
    [[nodiscard]] std::size_t group_count() const;
    // What grep warns of, one a line ("* at start of expression").
    [[nodiscard]] std::string const& warnings() const;
    // Of (?<name>...); empty for a group without one.
    [[nodiscard]] std::string_view group_name(std::size_t group) const;

  private:
    std::unique_ptr<Program> program_;
    std::unique_ptr<Scratch> scratch_;
};

// The error's message is regcomp's wording ("Unmatched [, [^, [:, [., or [=").
[[nodiscard]] Result<Regex> compile(std::string_view pattern, Flavor flavor, unsigned flags = 0);

// An expression of Emacs' kind, in which + and ? repeat, as find and tac read theirs, in GNU's basic syntax.
[[nodiscard]] std::string emacs_as_basic(std::string_view pattern);

// The text as an extended pattern that matches just it.
[[nodiscard]] std::string escaped(std::string_view text);

}
