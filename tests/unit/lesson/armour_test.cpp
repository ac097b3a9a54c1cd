#include "lesson/armour.hpp"

#include "ground/random.hpp"

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::lesson;

TEST_CASE("lesson.armour: base64url is RFC 4648's without padding") {
    CHECK(to_base64url("") == "");
    CHECK(to_base64url("f") == "Zg");
    CHECK(to_base64url("fo") == "Zm8");
    CHECK(to_base64url("foo") == "Zm9v");
    CHECK(to_base64url("foobar") == "Zm9vYmFy");
    CHECK(to_base64url("\xFB\xFF") == "-_8");
    for (char const* const bad : {"Zg==", "Z", "Zm9*", "Zm9v\n", "Zh", "Zm9"}) {
        CAPTURE(bad);
        CHECK_FALSE(from_base64url(bad).has_value());
    }
}

TEST_CASE("lesson.armour: any bytes come back") {
    Random random(1);
    for (int round = 0; round < 2000; ++round) {
        Bytes bytes;
        for (int i = random.below(40); i > 0; --i) bytes += static_cast<char>(random.below(256));
        std::string const text = to_base64url(bytes);
        CHECK(text.size() == base64url_length(bytes.size()));
        CHECK(from_base64url(text) == bytes);
    }
}

TEST_CASE("lesson.armour: the check sum is the CRC-32 of zlib") {
    CHECK(crc32("") == 0);
    CHECK(crc32("123456789") == 0xCBF43926u);
}

TEST_CASE("lesson.armour: varints come back, and a reader that runs out says so") {
    std::uint64_t const values[] = {0, 1, 127, 128, 300, 0xFFFFFFFFu, 0x8000000000000000u, ~std::uint64_t{0}};
    Bytes bytes;
    for (std::uint64_t const value : values) put_varint(bytes, value);
    put_fixed(bytes, 0x123456, 3);
    BytesReader in(bytes);
    for (std::uint64_t const value : values) CHECK(in.varint() == value);
    CHECK(in.fixed(3) == 0x123456);
    CHECK(in.left() == 0);
    CHECK(in.ok());
    CHECK(in.varint() == 0);
    CHECK_FALSE(in.ok());
    Bytes const endless(11, '\xFF');
    BytesReader too_long(endless);
    CHECK(too_long.varint() == 0);
    CHECK_FALSE(too_long.ok());
}
