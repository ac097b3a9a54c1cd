#include "json/limits.hpp"
#include "json/value.hpp"

#include <doctest/doctest.h>

using namespace cw::json;

namespace {

Diagnostic first_finding(std::string_view text) {
    Parsed const parsed = parse(text);
    REQUIRE(!parsed.diagnostics.empty());
    return parsed.diagnostics.front();
}

}

TEST_CASE("json.parse: every kind of value, in file order") {
    Parsed const parsed = parse(R"( {"b": [1, -2.5e3, true, false, null], "a": {"text": "x\n\u00e9\ud83d\ude00"}} )");
    REQUIRE(parsed.ok());
    CHECK(parsed.root.keys == std::vector<std::string>{"b", "a"});
    Value const& list = *parsed.root.find("b");
    REQUIRE(list.items.size() == 5);
    CHECK(list.items[0].number == 1);
    CHECK(list.items[1].number == -2500);
    CHECK(list.items[2].boolean);
    CHECK(list.items[3].kind == Kind::boolean);
    CHECK(list.items[4].kind == Kind::null);
    CHECK(parsed.root.find("a")->find("text")->text == "x\n\xC3\xA9\xF0\x9F\x98\x80");
    CHECK(parsed.root.find("c") == nullptr);
}

TEST_CASE("json.parse: values know their line and their column in characters") {
    Parsed const parsed = parse("{\n  \"k\\\"ey\": [12,3 , \"t\\\\\"],\n\t\"\xC3\xA9\xC3\xA9\": {},\r\n \"z\":-1}");
    REQUIRE(parsed.ok());
    Value const& list = parsed.root.items[0];
    CHECK(parsed.root.line == 1);
    CHECK(parsed.root.column == 1);
    CHECK(list.line == 2);
    CHECK(list.column == 12);
    CHECK(list.items[0].column == 13);
    CHECK(list.items[1].column == 16);
    CHECK(list.items[2].column == 20);
    CHECK(parsed.root.items[1].line == 3);
    CHECK(parsed.root.items[1].column == 8);
    CHECK(parsed.root.items[2].line == 4);
    CHECK(parsed.root.items[2].column == 6);
}

TEST_CASE("json.parse: a byte order mark counts for nothing") {
    Parsed const parsed = parse("\xEF\xBB\xBF[7]");
    REQUIRE(parsed.ok());
    CHECK(parsed.root.column == 1);
    CHECK(parsed.root.items[0].column == 2);
}

TEST_CASE("json.parse: a syntax error says where, what and what to do") {
    struct Case {
        char const* text;
        int line, column;
        char const* pointer;
        char const* hint;
    };
    Case const cases[] = {
        {"[1,\n 2,\n]", 3, 1, "/2", "Remove the comma before it"},
        {"{\"a\": 1, }", 1, 10, "", "Remove the comma before it"},
        {"{\"a\": 1\n \"b\": 2}", 2, 2, "", "Put a comma between"},
        {"[1 2]", 1, 4, "/1", "Put a comma between"},
        {"{a: 1}", 1, 2, "", "double quotes"},
        {"{\"a\" 1}", 1, 6, "/a", "Put a colon"},
        {"{\"a\": 'x'}", 1, 7, "/a", "Use double quotes"},
        {"{\"a\": True}", 1, 7, "/a", "small letters"},
        {"{\"a\": \"$P(\\text{x})$ \\{\"}", 1, 23, "/a", "write \\\\ for the backslash itself"},
        {"{\"a\": \"abc\n}", 1, 7, "/a", "Close the text with a double quote"},
        {"{\"a\": [1, 2", 1, 11, "/a/2", "not closed"},
        {"", 1, 0, "", "not closed"},
        {"{} // remark", 1, 4, "", "no comments"},
        {"{\"a\": tru}", 1, 7, "/a", "Put text in double quotes"},
        {"{\"a\": 1]", 1, 8, "", "each {"},
        {"[\"\xFF\"]", 1, 3, "/0", "UTF-8"},
    };
    for (Case const& c : cases) {
        CAPTURE(c.text);
        Diagnostic const found = first_finding(c.text);
        CHECK_FALSE(parse(c.text).readable);
        CAPTURE(found.message);
        CHECK(found.line == c.line);
        CHECK(found.column == c.column);
        CHECK(found.pointer == c.pointer);
        CHECK_MESSAGE(found.hint.find(c.hint) != std::string::npos, found.hint);
        CHECK(found.message.find("json.exception") == std::string::npos);
    }
}

TEST_CASE("json.parse: a doubled key is an error, and the last one wins") {
    Parsed const parsed = parse("{\"o\": {\"id\": 1,\n \"id\": 2}}");
    CHECK(parsed.readable);
    CHECK_FALSE(parsed.ok());
    REQUIRE(parsed.diagnostics.size() == 1);
    CHECK(parsed.diagnostics[0].line == 2);
    CHECK(parsed.diagnostics[0].pointer == "/o/id");
    CHECK(parsed.root.find("o")->find("id")->number == 2);
}

TEST_CASE("json.parse: limits are refused in words") {
    CHECK(first_finding(std::string(text_limit_bytes + 1, ' ')).message.find("larger than") != std::string::npos);
    std::string const deep = std::string(depth_limit + 1, '[') + std::string(depth_limit + 1, ']');
    CHECK(first_finding(deep).message.find("nested") != std::string::npos);
    CHECK(parse(std::string(depth_limit, '[') + std::string(depth_limit, ']')).ok());
    CHECK(first_finding(std::string_view("{}\0{}", 5)).message == "a NUL byte in the text");
    CHECK(first_finding("1e999").message.find("number overflow") != std::string::npos);
}

TEST_CASE("json.parse: pointers escape tilde and slash") { CHECK(child_pointer("/a", "b/c~d") == "/a/b~1c~0d"); }
