#include "ui/refusal_views.hpp"

namespace cw::ui {

void draw_defend_part(LabView const&, Column&) {}

}
