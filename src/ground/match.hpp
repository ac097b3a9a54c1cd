#pragma once
// match(variant, arms...): std::visit with the arms written where they are used; a missing arm does not compile.
//
//   match(event, [&](Next const&) { ... }, [&](Previous const&) { ... });

#include <utility>
#include <variant>

namespace cw {

template <class... Arms>
struct Overloaded : Arms... {
    using Arms::operator()...;
};
template <class... Arms>
Overloaded(Arms...) -> Overloaded<Arms...>;

template <class Variant, class... Arms>
decltype(auto) match(Variant&& variant, Arms&&... arms) {
    return std::visit(Overloaded{std::forward<Arms>(arms)...}, std::forward<Variant>(variant));
}

}
