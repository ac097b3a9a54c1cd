// Parts of ImGui that our screens never use, replaced by nothing in the web build, to save 9 KB on the wire: tables and
// columns (imgui_tables.cpp is not compiled; using one is a link error) and reading settings from text (sscanf, renamed
// by .github/cmake/imgui.cmake). What stands here is what the rest of ImGui calls in passing.

#include <imgui.h>
#include <imgui_internal.h>

namespace ImGui {

void EndTable() {}
void TableEndRow(ImGuiTable*) {}
void TableEndCell(ImGuiTable*) {}
void TablePushColumnChannel(int) {}
void TablePopColumnChannel() {}
void TablePushBackgroundChannel() {}
void TablePopBackgroundChannel() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TableGcCompactSettings() {}
void TableSettingsAddSettingsHandler() {}
void EndColumns() {}
void PushColumnsBackground() {}
void PopColumnsBackground() {}

}

extern "C" int cw_scan_nothing(char const*, char const*, ...);
extern "C" int cw_scan_nothing(char const*, char const*, ...) { return 0; }
