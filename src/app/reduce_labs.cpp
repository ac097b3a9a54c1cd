// The shares of reduce() that are in modules of their own: their events, and what goes on in them after every event.

#include "app/lab.hpp"
#include "app/turn.hpp"
#include "ground/match.hpp"

namespace cw::app {

void reduce_labs(Turn& turn, Event const& event) {
    if (auto const* const loaded = std::get_if<ModuleChanged>(&event); loaded && loaded->module == Module::labs)
        place_files(turn.model, loaded->files);
    match(event, [&](auto const& what) {
        if constexpr (is_of_labs<std::decay_t<decltype(what)>>) on(turn, what);
    });
    if (auto const* const exit = std::get_if<PythonExited>(&event)) note_decisions(turn, *exit);
    follow_refusal_lab(turn);
}

void reduce_terminals(Turn& turn, Event const& event) {
    Session& session = turn.model.session;
    if (session.terminals_are_stale) open_terminals(turn);
    session.terminals_are_stale = false;
    match(event, [&](auto const& what) {
        if constexpr (is_of_terminals<std::decay_t<decltype(what)>>) on(turn, what);
    });
    if (auto const* const changed = std::get_if<ModuleChanged>(&event); changed && changed->module == Module::commands)
        hand_on_commands(turn, *changed);
    follow_terminals(turn);
}

}
