#include "terminal/commands/programs.hpp"

#include <algorithm>

namespace cw::terminal {

std::vector<Command const*> const& command_table() {
    static std::vector<Command const*> const rows = [] {
#define CW_ROW(name) &name##_command,
        std::vector<Command const*> all{CW_COMMANDS(CW_ROW)};
#undef CW_ROW
        std::sort(all.begin(), all.end(), [](Command const* a, Command const* b) { return a->name < b->name; });
        return all;
    }();
    return rows;
}

Command const* command_named(std::string_view name) {
    auto const& rows = command_table();
    auto const at = std::lower_bound(rows.begin(), rows.end(), name,
                                     [](Command const* row, std::string_view wanted) { return row->name < wanted; });
    return at != rows.end() && (*at)->name == name ? *at : nullptr;
}

}
