// Any text through the shell's lexer and parser: it ends, positions only grow, and what parses can be
// printed.
#include "ground/assert.hpp"
#include "terminal/ast.hpp"
#include "terminal/parser.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace cw::terminal;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const text(reinterpret_cast<char const*>(data), size);
    for (bool const extended : {false, true}) {
        ParserOptions options;
        Parser parser(text, options);
        parser.set_extended_globs(extended);
        std::size_t before = 0;
        while (true) {
            Parser::Step const step = parser.next();
            if (step.kind != Parser::Kind::command) break;
            CW_ASSERT(parser.position() > before && parser.position() <= text.size());
            before = parser.position();
            CW_ASSERT(step.list != nullptr);
            static_cast<void>(printed_command(*step.list));
        }
    }
    return 0;
}
