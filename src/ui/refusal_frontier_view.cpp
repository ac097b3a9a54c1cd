#include "ui/refusal_views.hpp"

namespace cw::ui {

void draw_frontier_part(LabView const&, Column&) {}

}
