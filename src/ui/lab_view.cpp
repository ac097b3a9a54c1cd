#include "ui/views.hpp"
namespace cw::ui {
void draw_lab(Frame const&, app::Model const&, Column&, lesson::Lab const&) {}
}
