#include "app/words.hpp"

#include "playing.hpp"

#include <filesystem>
#include <regex>

#include <doctest/doctest.h>

using namespace cw;
using app::Words;

TEST_CASE("app.words: places are filled, gaps show") {
    Words const words({{"a", "{x} of {y}, {x}"}, {"b", "plain {"}, {"c", "{unknown}"}});
    CHECK(words("a", {{"x", "1"}, {"y", "{x}"}}) == "1 of {x}, 1");
    CHECK(words("b") == "plain {");
    CHECK(words("c") == "{unknown}");
    CHECK(words("missing.key") == "missing.key");
}

TEST_CASE("app.words: a file that is no words file is an error with its line") {
    CHECK(app::read_words("{\"a\": \"A\", \"$comment\": 1}").has_value());
    CHECK(app::read_words("{\n\"a\": 1}").error().message == "line 2: this is a number, expected a text");
    CHECK_FALSE(app::read_words("{").has_value());
    CHECK_FALSE(app::read_words("[]").has_value());
}

TEST_CASE("app.words: every key that the engine uses has an English text") {
    Words const words = test::english();
    std::regex const use(R"rx(words\(\s*"([a-z_.]+)")rx");
    int uses = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(
             std::string(CW_ROOT) + "/src", std::filesystem::directory_options::follow_directory_symlink)) {
        if (entry.path().extension() != ".cpp") continue;
        std::string const text = test::read_file(entry.path().string());
        for (std::sregex_iterator hit(text.begin(), text.end(), use), end; hit != end; ++hit) {
            std::string const key = (*hit)[1];
            if (key.back() == '.') continue; // the rest is put together
            ++uses;
            CHECK_MESSAGE(words(key) != key, key << " in " << entry.path().filename().string());
        }
    }
    CHECK(uses > 20);
}
