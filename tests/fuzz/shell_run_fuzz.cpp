// Any text as a script, for a while: expansions, arithmetic, patterns, builtins and small commands neither crash nor
// keep a slice for themselves, and Ctrl-C always leads back to the prompt.
#include "ground/assert.hpp"
#include "terminal/shell.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace cw::terminal;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size > 4'096) return 0;
    Shell shell{ShellSetup{}};
    std::size_t printed = 0;
    shell.set_sink([&](int, std::string_view bytes) { printed += bytes.size(); });
    std::string const text(reinterpret_cast<char const*>(data), size);
    if (!shell.submit(text)) {
        shell.interrupt();
        CW_ASSERT(!shell.continues());
    }
    for (int slice = 0; slice < 20 && shell.step(1'000) == Shell::State::busy; ++slice) {}
    shell.interrupt();
    Shell::State const state = shell.step(100);
    CW_ASSERT(state == Shell::State::idle || state == Shell::State::exited);
    if (state == Shell::State::exited) return 0;
    shell.vfs().restore(shell.vfs().changes());
    return 0;
}
