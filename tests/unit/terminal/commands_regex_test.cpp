// The regular expressions of the terminal's tools, on tables and against the C library's regexec on random patterns.
#include "ground/random.hpp"
#include "terminal/regex/regex.hpp"

#include <clocale>
#include <string>

#include <doctest/doctest.h>
#include <regex.h>

using namespace cw;
using namespace cw::terminal;
using regex::Flavor;

namespace {

std::string hit(std::string_view pattern, std::string_view subject, Flavor flavor = Flavor::extended,
                unsigned flags = 0) {
    auto const compiled = regex::compile(pattern, flavor, flags);
    if (!compiled) return "error: " + compiled.error().message;
    auto const match = compiled->search(subject, 0);
    if (!match) return "no match";
    std::string out;
    for (std::size_t i = 0; i < match->groups.size(); ++i)
        out += (match->has(i) ? "[" + std::string(match->text(subject, i)) + "]" : "-");
    return out;
}

char const* pick(Random& random, std::initializer_list<char const*> choices) {
    return *(choices.begin() + random.below(static_cast<int>(choices.size())));
}

std::string random_pattern(Random& random, bool extended, int depth) {
    std::string out;
    for (int i = 1 + random.below(3); i > 0; --i) {
        int const kind = random.below(depth > 2 ? 6 : 8);
        if (kind < 6)
            out += pick(random, {"a", "b", ".", "[ab]", "[^a]", "[[:alpha:]-]"});
        else if (kind == 6)
            out += (extended ? "(" : "\\(") + random_pattern(random, extended, depth + 1) + (extended ? ")" : "\\)");
        else
            out += random_pattern(random, extended, depth + 1) + (extended ? "|" : "\\|") +
                   random_pattern(random, extended, depth + 1);
        if (random.below(3) == 0)
            out += extended ? pick(random, {"*", "+", "?", "{1,2}", "{2}"}) : pick(random, {"*", "\\+", "\\?"});
    }
    return out;
}

}

TEST_CASE("terminal.regex: the leftmost-longest match and glibc's groups") {
    CHECK(hit("a|ab", "xabc") == "[ab]");
    CHECK(hit("(a|ab)(c|bcd)(d*)", "abcd") == "[abcd][a][bcd][]");
    CHECK(hit("(a|(b))*", "babababaa") == "[babababaa][a][b]");
    CHECK(hit("x*", "abc") == "[]");
    CHECK(hit("(a*)+", "b") == "[][]");
    CHECK(hit("^$", "") == "[]");
    CHECK(hit("b+$", "abab") == "[b]");
    CHECK(hit("a{2,3}", "caaaa") == "[aaa]");
}

TEST_CASE("terminal.regex: basic syntax has its operators behind backslashes") {
    CHECK(hit("a\\{2\\}b\\?", "caab", Flavor::basic) == "[aab]");
    CHECK(hit("*a", "b*a", Flavor::basic) == "[*a]");
    CHECK(hit("\\(ab\\)\\1", "abab", Flavor::basic) == "[abab][ab]");
    CHECK(hit("a+b", "aab a+b", Flavor::basic) == "[a+b]");
    CHECK(hit("x\\|y", "zy", Flavor::basic) == "[y]");
    CHECK(hit("a^b$c", "a^b$c", Flavor::basic) == "[a^b$c]");
}

TEST_CASE("terminal.regex: classes, words and case") {
    CHECK(hit("[[:digit:]]+", "ab12c") == "[12]");
    CHECK(hit("[]x]+", "a]x]b") == "[]x]]");
    CHECK(hit("\\bfoo\\b", "xfoo foo") == "[foo]");
    CHECK(hit("\\w+", "  h\u00e9llo!") == "[h\u00e9llo]");
    CHECK(hit("ABC", "xabc", Flavor::extended, regex::ignore_case) == "[abc]");
    CHECK(hit("h.llo", "h\u00e9llo") == "[h\u00e9llo]");
    CHECK(hit("^b", "a\nb") == "no match");
    CHECK(hit("^b", "a\nb", Flavor::extended, regex::multi_line) == "[b]");
    CHECK(hit("foo", "foox foo", Flavor::extended, regex::whole_words) == "[foo]");
    CHECK(hit("a|ab", "ab", Flavor::extended, regex::whole_lines) == "[ab]");
}

TEST_CASE("terminal.regex: what grep -P users type") {
    CHECK(hit("a.*?n", "banana", Flavor::perl) == "[an]");
    CHECK(hit("(?<=f)o+", "foo", Flavor::perl) == "[oo]");
    CHECK(hit("\\w+(?= fox)", "brown fox", Flavor::perl) == "[brown]");
    CHECK(hit("qu\\Kick", "quick", Flavor::perl) == "[ick]");
    CHECK(hit("(?:a|b)+(?!c)", "abc", Flavor::perl) == "[a]");
    CHECK(hit("a|ab", "ab", Flavor::perl) == "[a]");
}

TEST_CASE("terminal.regex: mistakes are named as regcomp names them") {
    CHECK(hit("(", "x") == "error: Unmatched ( or \\(");
    CHECK(hit("[", "x") == "error: Invalid regular expression");
    CHECK(hit("[a", "x") == "error: Unmatched [, [^, [:, [., or [=");
    CHECK(hit("a[[=", "x") == "error: Unmatched [, [^, [:, [., or [=");
    CHECK(hit("*a", "x") == "error: Invalid preceding regular expression");
    CHECK(hit("[[:foo:]]", "x") == "error: Invalid character class name");
    CHECK(hit("a\\", "x") == "error: Trailing backslash");
    CHECK(hit("[b-a]", "x") == "error: Invalid range end");
    CHECK(hit("\\2", "x", Flavor::basic) == "error: Invalid back reference");
    CHECK(hit("a{99999}", "x") == "error: Regular expression too big");
}

TEST_CASE("terminal.regex: no pattern hangs") {
    std::string const subject(30, 'a');
    auto const classic = regex::compile("(a*)*b", Flavor::extended);
    REQUIRE(classic);
    CHECK_FALSE(classic->matches(subject));
    CHECK_FALSE(classic->exhausted());
    auto const references = regex::compile("\\(a*\\)*\\(a*\\)*\\1\\2\\(a*\\)*b", Flavor::basic);
    REQUIRE(references);
    CHECK_FALSE(references->matches(subject + subject + subject));
    auto const nested = regex::compile("((((((a{1,99}){1,99}){1,99}){1,99})))", Flavor::extended);
    CHECK_FALSE(nested.has_value());
    CHECK_FALSE(regex::compile(std::string(5000, '('), Flavor::extended).has_value());
}

TEST_CASE("terminal.regex: random patterns match where the C library says") {
    std::setlocale(LC_ALL, "C.UTF-8");
    Random random(7);
    int compared = 0;
    for (int i = 0; i < 3000; ++i) {
        bool const extended = random.below(2) == 0;
        std::string const pattern = random_pattern(random, extended, 0);
        regex_t reference;
        int const code = regcomp(&reference, pattern.c_str(), extended ? REG_EXTENDED : 0);
        auto const ours = regex::compile(pattern, extended ? Flavor::extended : Flavor::basic);
        CAPTURE(pattern);
        CHECK((code == 0) == ours.has_value());
        for (int turn = 0; turn < 3 && code == 0 && ours; ++turn) {
            std::string subject;
            for (int length = random.below(8); length > 0; --length)
                subject += pick(random, {"a", "b", "c", "A", "-", "a"});
            CAPTURE(subject);
            regmatch_t expected[1];
            bool const found = regexec(&reference, subject.c_str(), 1, expected, 0) == 0;
            auto const match = ours->search(subject, 0);
            CHECK(found == match.has_value());
            if (!found || !match) continue;
            CHECK(static_cast<std::size_t>(expected[0].rm_so) == match->from());
            CHECK(static_cast<std::size_t>(expected[0].rm_eo) == match->to());
            ++compared;
        }
        if (code == 0) regfree(&reference);
    }
    CHECK(compared > 1000);
}
