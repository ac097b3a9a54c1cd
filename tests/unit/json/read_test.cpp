#include "json/read.hpp"

#include <doctest/doctest.h>

using namespace cw::json;

namespace {

struct Opened {
    explicit Opened(std::string_view text) : parsed(parse(text)) { REQUIRE(parsed.ok()); }
    Reader reader() { return Reader(parsed.root, found); }
    Parsed parsed;
    Diagnostics found;
};

enum class Colour { red, green };
Colour colour(Reader& in, std::string_view key) {
    return in.word<Colour>(key, {{"red", Colour::red}, {"green", Colour::green}}, Colour::red);
}

}

TEST_CASE("json.read: sound fields are read without a finding") {
    Opened file(
        R"({"name": "Ada", "age": 36, "share": 0.5, "on": true, "c": "green", "tags": ["a", "b"], "$comment": 1})");
    Reader in = file.reader();
    CHECK(in.text("name", Need::required) == "Ada");
    CHECK(in.integer("age", {0, 150}, 1) == 36);
    CHECK(in.number("share", {0, 1}, 0) == 0.5);
    CHECK(in.flag("on"));
    CHECK(colour(in, "c") == Colour::green);
    CHECK(in.texts("tags", Need::required) == std::vector<std::string>{"a", "b"});
    CHECK(in.text("missing", Need::optional, "fallback") == "fallback");
    CHECK_FALSE(in.number("also missing", {0, 1}).has_value());
    in.finish();
    CHECK(file.found.empty());
}

TEST_CASE("json.read: whatever does not fit is reported with its place, and reading goes on") {
    Opened file(
        "{\n \"name\": 3,\n \"age\": 200,\n \"half\": 1.5,\n \"c\": \"gren\",\n \"tags\": [\"a\", 1],\n \"blank\": \" "
        "\"}");
    Reader in = file.reader();
    CHECK(in.text("name", Need::required, "none").c_str() == std::string("none"));
    CHECK(in.integer("age", {0, 150}, 7) == 7);
    CHECK(in.integer("half", {0, 9}, 8) == 8);
    CHECK(colour(in, "c") == Colour::red);
    CHECK(in.texts("tags") == std::vector<std::string>{"a"});
    CHECK(in.text("blank", Need::required).empty());
    REQUIRE(file.found.size() == 6);
    CHECK(file.found[0].line == 2);
    CHECK(file.found[0].column == 10);
    CHECK(file.found[0].pointer == "/name");
    CHECK(file.found[0].message == "this is a number, expected a text");
    CHECK(file.found[1].message == "200 is out of range");
    CHECK(file.found[1].hint == "It can be from 0 to 150.");
    CHECK(file.found[2].message == "1.5 is not a whole number");
    CHECK(file.found[3].hint == "Did you mean \"green\"?");
    CHECK(file.found[4].pointer == "/tags/1");
    CHECK(file.found[5].message == "\"blank\" is empty");
}

TEST_CASE("json.read: a slip in a key is named from both sides") {
    Opened file(R"({"tilte": "x", "other": null})");
    Reader in = file.reader();
    CHECK(in.text("title", Need::required).empty());
    CHECK_FALSE(in.field("other").has_value());
    in.finish();
    REQUIRE(file.found.size() == 2);
    CHECK(file.found[0].message == "\"title\" is missing");
    CHECK(file.found[0].hint == "There is \"tilte\": did you mean \"title\"?");
    CHECK(file.found[1].severity == Diagnostic::Severity::warning);
    CHECK(file.found[1].message == "unknown key \"tilte\"");
    CHECK(file.found[1].hint == "Did you mean \"title\"?");
}

TEST_CASE("json.read: an empty required list and a wrong kind are errors") {
    Opened file(R"({"none": [], "text": "x"})");
    Reader in = file.reader();
    CHECK(in.list("none", Need::required).empty());
    CHECK(in.list("text").empty());
    REQUIRE(file.found.size() == 2);
    CHECK(file.found[0].message == "\"none\" is empty");
    CHECK(file.found[1].message == "this is a text, expected an array");
}

TEST_CASE("json.read: the closest word is near, and none is better than a wild guess") {
    std::vector<std::string> const known{"helpfulness", "harmlessness", "refusal", "harmful"};
    CHECK(closest("helpfullness", known) == "helpfulness");
    CHECK(closest("Harmless", known) == "");
    CHECK(closest("refsual", known) == "refusal");
    CHECK(closest("banana", known).empty());
    CHECK(suggestion("banana", known) == "Known: helpfulness, harmlessness, refusal, harmful.");
    CHECK(closest(std::string(10'000, 'x'), known).empty());
}
