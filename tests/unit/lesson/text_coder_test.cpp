#include "lesson/text_coder.hpp"

#include "ground/random.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace cw;
using namespace cw::lesson;

namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

std::string round_trip(TextCoder const& coder, std::string const& text) {
    TextCoder::Packed const packed = coder.pack(text, no_limit);
    CHECK(packed.letters == text.size());
    return coder.unpack(packed.bytes, text.size());
}

}

TEST_CASE("lesson.text_coder: packing stops where the room ends and says how far it got") {
    TextCoder const coder;
    std::string text;
    for (int i = 0; i < 400; ++i) text += "word" + std::to_string(i * 7919 % 1000) + " ";
    std::size_t const whole = coder.pack(text, no_limit).bytes.size();
    TextCoder::Packed const half = coder.pack(text, whole / 2);
    CHECK(half.letters < text.size());
    std::string const fitting = text.substr(0, half.letters);
    CHECK(coder.pack(fitting, no_limit).bytes.size() <= whole / 2 + 1);
    CHECK(coder.pack(text, whole).letters == text.size());
}

TEST_CASE("lesson.text_coder: texts of every kind come back") {
    TextCoder const coder;
    std::string every_byte;
    for (int i = 0; i < 256; ++i) every_byte += static_cast<char>(i);
    std::string const texts[] = {"",
                                 "a",
                                 "the model refuses",
                                 std::string(5000, 'x'),
                                 every_byte + every_byte,
                                 "\xE5\xAE\x89\xE5\x85\xA8 \xD0\xB1\xD0\xB5\xD0\xB7\xD0\xBE\xD0\xBF\xD0\xB0\xD1\x81"};
    for (std::string const& text : texts) CHECK(round_trip(coder, text) == text);
    Random random(3);
    for (int round = 0; round < 60; ++round) {
        std::string text;
        int const spread = 1 + random.below(255);
        for (int i = random.below(400); i > 0; --i) text += static_cast<char>(random.below(spread));
        CHECK(round_trip(coder, text) == text);
    }
}

TEST_CASE("lesson.text_coder: an ordinary answer takes less than two fifths of its length, noise hardly more than it") {
    TextCoder const coder;
    std::string const answer =
        "Because it is wrapped in a story, the model looks at the grandmother and not at the thing that is really "
        "being "
        "asked for. Being kind and playing along seems helpful, and so the harmless part loses.";
    std::size_t const packed = coder.pack(answer, no_limit).bytes.size();
    MESSAGE(answer.size(), " characters of an answer take ", packed, " bytes");
    CHECK(packed * 5 < answer.size() * 2);
    Random random(4);
    std::string noise;
    for (int i = 0; i < 1000; ++i) noise += static_cast<char>(random.below(256));
    CHECK(coder.pack(noise, no_limit).bytes.size() < 1100);
}

TEST_CASE("lesson.text_coder: damaged bytes give some text of the size asked for") {
    TextCoder const coder;
    Random random(5);
    for (int round = 0; round < 20; ++round) {
        Bytes noise;
        for (int i = 0; i < 40; ++i) noise += static_cast<char>(random.below(256));
        CHECK(coder.unpack(noise, 300).size() == 300);
    }
}

TEST_CASE("lesson.text_coder: the bytes of version 1 do not change") {
    TextCoder const coder;
    std::string const text = "Intent first, wrapping second: refuse what is asked, not how.\nprint(f\"{x:>8}\")\n";
    CHECK(to_base64url(coder.pack(text, no_limit).bytes) == "oTw0i9pXZ396Tpef26Mkf-iU7sFwgoOZp4glOcEF3mMfnA");
}
