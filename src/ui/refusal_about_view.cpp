#include "ui/refusal_views.hpp"

namespace cw::ui {

void draw_about_part(LabView const&, Column&) {}

}
