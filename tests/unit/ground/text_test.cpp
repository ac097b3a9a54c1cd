#include "ground/text.hpp"

#include "ground/random.hpp"
#include "ground/result.hpp"
#include "ground/scanner.hpp"

#include <doctest/doctest.h>

using namespace cw;

TEST_CASE("ground.text: UTF-8 round trips and malformed bytes become U+FFFD one by one") {
    CHECK(to_utf8(to_utf32("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")) == "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK(to_utf32("\xFFz") == U"\uFFFDz");
    CHECK(to_utf32("\xC0\x80") == U"\uFFFD\uFFFD"); // overlong
    CHECK(to_utf32("\xED\xA0\x80").size() == 3);    // a surrogate
    CHECK(to_utf32("\xE2\x82") == U"\uFFFD\uFFFD"); // cut short
    CHECK(is_valid_utf8("\xEF\xBF\xBD"));           // a real U+FFFD
    CHECK_FALSE(is_valid_utf8("ok\x80"));
}

TEST_CASE("ground.text: numbers read whole strings only") {
    CHECK(parse_integer("-42") == -42);
    CHECK_FALSE(parse_integer("4 "));
    CHECK_FALSE(parse_integer(" 4"));
    CHECK_FALSE(parse_integer("99999999999999999999"));
    CHECK(parse_integer("ff", 16) == 255);
    CHECK(parse_double("1e-3") == 0.001);
    CHECK_FALSE(parse_double("1.2.3"));
    CHECK(fixed(2.25, 1) == "2.2");
    CHECK(shortest(0.1) == "0.1");
    CHECK(shortest(1.0 / 3.0) == "0.3333333333333333");
}

TEST_CASE("ground.text: split keeps empty fields, trim takes blanks of both ends") {
    CHECK(split("a,,b", ',').size() == 3);
    CHECK(split("", ',').size() == 1);
    CHECK(trim(" \t x y\n") == "x y");
    CHECK(replace_all("aXbX", "X", "--") == "a--b--");
}

TEST_CASE("ground.scanner: until takes nothing when the mark does not come") {
    Scanner in("**bold** rest");
    CHECK(in.consume("**"));
    CHECK(in.until("**") == "bold");
    CHECK(in.until("??").empty());
    CHECK(in.rest() == " rest");
}

namespace {
Result<int> half(int n) {
    if (n % 2) return Error{ErrorCode::invalid, "n", "odd"};
    return n / 2;
}
Result<int> quarter(int n) {
    int const h = CW_TRY(half(n));
    return half(h);
}
}

TEST_CASE("ground.result: CW_TRY passes the value on or returns the error") {
    CHECK(quarter(8).value() == 2);
    CHECK(quarter(6).error().message == "odd");
    CHECK(quarter(3).error().where == "n");
}

TEST_CASE("ground.random: the sequence is SplitMix64's") {
    Random random(1234567);
    CHECK(random.next() == 6457827717110365317ull); // the reference output for this seed
    CHECK(random.next() == 3203168211198807973ull);
}
