#include "ui/python_lexer.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace cw::ui;
using Kind = CodeToken::Kind;

namespace {

// Tokens as "kind:text", blanks between.
std::string lexed(std::string_view source) {
    std::string out;
    for (CodeToken const& token : lex_python(source)) {
        char const names[] = "pktncf";
        if (!out.empty()) out += ' ';
        out += names[static_cast<int>(token.kind)];
        out += ':';
        out += source.substr(token.from, token.to - token.from);
    }
    return out;
}

}

TEST_CASE("ui.python_lexer: keywords, definitions, calls and names") {
    CHECK(lexed("def allow(x): return bad") == "k:def f:allow p:( p:x p:) p:: k:return p:bad");
    CHECK(lexed("class Filter:") == "k:class f:Filter p::");
    CHECK(lexed("iffy = len(None)") == "p:iffy p:= f:len p:( k:None p:)");
}

TEST_CASE("ui.python_lexer: strings with prefixes, escapes and triple quotes") {
    CHECK(lexed(R"(f"a\"b" x)") == R"(t:f"a\"b" p:x)");
    CHECK(lexed(R"(rb'\' x)") == R"(t:rb'\' x)"); // a raw string cannot end in one backslash
    CHECK(lexed("'''a\n'b'\n''' 1") == "t:'''a\n'b'\n''' n:1");
    CHECK(lexed("'never ends\nnext") == "t:'never ends p:next");
    CHECK(lexed("\"\"\"open") == "t:\"\"\"open");
    CHECK(lexed("fur'x'") == "p:fur t:'x'");
}

TEST_CASE("ui.python_lexer: comments and numbers") {
    CHECK(lexed("x = 0x1F # note 'quoted'\ny") == "p:x p:= n:0x1F c:# note 'quoted' p:y");
    CHECK(lexed(".5 1e9 1_000.25") == "n:.5 n:1e9 n:1_000.25");
    CHECK(lexed("a.b") == "p:a p:. p:b");
}

TEST_CASE("ui.python_lexer: tokens are in order, inside the source and never empty, whatever the bytes") {
    std::string const source = "\xFF\xC3 def \"\"\"\\ 'x\n#\r\n\t@ü = r'\\";
    std::size_t at = 0;
    for (CodeToken const& token : lex_python(source)) {
        CHECK(token.from >= at);
        CHECK(token.to > token.from);
        CHECK(token.to <= source.size());
        at = token.to;
    }
}
