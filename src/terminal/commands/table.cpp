#include "terminal/commands/programs.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

#define CW_ROW(name) &name##_command,
constexpr Command const* table[] = {CW_COMMANDS(CW_ROW)};
#undef CW_ROW

}

std::span<Command const* const> command_table() { return table; }

Command const* command_named(std::string_view name) {
    auto const* const at = std::lower_bound(std::begin(table), std::end(table), name,
                                            [](Command const* row, std::string_view to) { return row->name < to; });
    return at != std::end(table) && (*at)->name == name ? *at : nullptr;
}

}
