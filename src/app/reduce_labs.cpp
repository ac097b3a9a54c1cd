// The labs' share of reduce(): their events, and what goes on in them after every event.

#include "app/lab.hpp"
#include "app/turn.hpp"
#include "ground/match.hpp"

namespace cw::app {

void reduce_labs(Turn& turn, Event const& event) {
    Session& session = turn.model.session;
    if (auto const* const loaded = std::get_if<LabsChanged>(&event)) place_files(turn.model, loaded->files);
    if (session.labs_are_stale) open_labs(turn);
    session.labs_are_stale = false;
    match(event, [&](auto const& what) {
        if constexpr (is_of_labs<std::decay_t<decltype(what)>>) on(turn, what);
    });
    if (auto const* const exit = std::get_if<PythonExited>(&event)) note_decisions(turn, *exit);
    follow_labs(turn);
    follow_refusal_lab(turn);
}

}
