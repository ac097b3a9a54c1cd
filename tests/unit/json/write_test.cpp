#include "json/write.hpp"

#include "json/value.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace cw::json;

TEST_CASE("json.write: compact and in lines") {
    auto const write = [](Writer out) {
        out.begin_object().key("a").begin_array().number(0.1).integer(-7).boolean(true).null().end();
        out.key("b").begin_object().end().key("c").text("x").end();
        return out.str();
    };
    CHECK(write(Writer()) == R"({"a":[0.1,-7,true,null],"b":{},"c":"x"})");
    CHECK(write(Writer(Writer::Layout::lines)) ==
          "{\n  \"a\": [\n    0.1,\n    -7,\n    true,\n    null\n  ],\n  \"b\": {},\n  \"c\": \"x\"\n}");
}

TEST_CASE("json.write: texts read back as they were") {
    std::string all;
    for (int byte = 0; byte < 128; ++byte) all += static_cast<char>(byte);
    all += "\xC3\xA9\xF0\x9F\x98\x80";
    Parsed const parsed = parse(quoted_json(all));
    REQUIRE(parsed.ok());
    CHECK(parsed.root.text == all);
    CHECK(quoted_json("\xFFz") == "\"\xEF\xBF\xBDz\"");
}

TEST_CASE("json.write: numbers that are not finite become null") {
    CHECK(Writer().number(std::numeric_limits<double>::infinity()).str() == "null");
    CHECK(number_text(1e300) == "1e+300");
    CHECK(number_text(200) == "200");
    CHECK(number_text(-0.25) == "-0.25");
}
