#include "lesson/markup.hpp"

#include "ground/random.hpp"

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::lesson;

namespace {

using Style = Span::Style;

RichText clean(std::string_view source) {
    Marked const marked = read_markup(source);
    CHECK_MESSAGE(marked.findings.empty(), source);
    return marked.text;
}

}

TEST_CASE("lesson.markup: every mark gives its look") {
    RichText const text = clean("plain **strong** *emphasis* ***both*** `co*de` $x_1 < y$ [site](https://a.example/b)");
    REQUIRE(text.size() == 12);
    CHECK(text[0] == Span{"plain ", Style::plain, Actor::none, ""});
    CHECK(text[1] == Span{"strong", Style::strong, Actor::none, ""});
    CHECK(text[3] == Span{"emphasis", Style::emphasis, Actor::none, ""});
    CHECK(text[5] == Span{"both", Style::strong_emphasis, Actor::none, ""});
    CHECK(text[7] == Span{"co*de", Style::code, Actor::none, ""});
    CHECK(text[9] == Span{"x_1 < y", Style::math, Actor::none, ""});
    CHECK(text[11] == Span{"site", Style::plain, Actor::none, "https://a.example/b"});
}

TEST_CASE("lesson.markup: marks nest") {
    CHECK(clean("[**Helpfulness**](actor:helpfulness)") ==
          RichText{{"Helpfulness", Style::strong, Actor::helpfulness, ""}});
    CHECK(clean("**a *b* c**") == RichText{{"a ", Style::strong, Actor::none, ""},
                                           {"b", Style::strong_emphasis, Actor::none, ""},
                                           {" c", Style::strong, Actor::none, ""}});
    CHECK(clean("**P is $a*b$**") ==
          RichText{{"P is ", Style::strong, Actor::none, ""}, {"a*b", Style::math, Actor::none, ""}});
    CHECK(clean("[a [b] c](actor:refusal)") == RichText{{"a [b] c", Style::plain, Actor::refusal, ""}});
}

TEST_CASE("lesson.markup: a backslash takes a mark's meaning, brackets alone are plain") {
    CHECK(plain_text(clean("2 \\* 3, \\$5, \\`x\\`, \\\\, \\[a](b), C:\\new")) ==
          "2 * 3, $5, `x`, \\, [a](b), C:\\new");
    CHECK(plain_text(clean("[Virtual Asset Placeholder] and a]b")) == "[Virtual Asset Placeholder] and a]b");
    CHECK(clean("$\\text{a\\$b}$").front().text == "\\text{a\\$b}");
}

TEST_CASE("lesson.markup: what is malformed is reported and shown as typed") {
    struct Case {
        char const* source;
        std::size_t offset;
        char const* message;
    };
    Case const cases[] = {
        {"a **b", 2, "\"**\" is never closed"},
        {"a *b", 2, "\"*\" is never closed"},
        {"x ` y", 2, "\"`\" is never closed"},
        {"costs $5", 6, "\"$\" is never closed"},
        {"$$", 0, "\"$\" is never closed"},
        {"[a](actor:helpfullness)", 4, "unknown actor \"helpfullness\""},
        {"[a](www.example.org)", 4, "\"www.example.org\" is no address that a lesson may link to"},
        {"[a](javascript:x)", 4, "\"javascript:x\" is no address that a lesson may link to"},
        {"[a](https://x", 0, "the address after [a] has no end"},
    };
    for (Case const& c : cases) {
        CAPTURE(c.source);
        Marked const marked = read_markup(c.source);
        REQUIRE(!marked.findings.empty());
        CHECK(marked.findings[0].offset == c.offset);
        CHECK(marked.findings[0].message == c.message);
        CHECK(plain_text(marked.text) == c.source);
    }
}

TEST_CASE("lesson.markup: any text is read, and no letter outside the marks is lost") {
    Random random(7);
    std::string const alphabet = "ab *`$[]()\\.:https/actor";
    for (int round = 0; round < 20'000; ++round) {
        std::string source;
        for (int i = random.below(30); i > 0; --i)
            source += alphabet[static_cast<std::size_t>(random.below(static_cast<int>(alphabet.size())))];
        Marked const marked = read_markup(source);
        CHECK(plain_text(marked.text).size() <= source.size());
        if (source.find_first_of("*`$[\\") == std::string::npos) CHECK(plain_text(marked.text) == source);
    }
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "[";
    CHECK(plain_text(read_markup(deep).text) == deep);
}
