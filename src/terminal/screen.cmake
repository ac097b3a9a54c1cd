# The terminal's screen and line editor; src/terminal/CMakeLists.txt includes this list.
set(CW_TERMINAL_SCREEN
  grid.cpp
  key.cpp
  line_edit.cpp
  line_edit_buffer.cpp
  line_edit_commands.cpp
  line_edit_complete.cpp
  line_edit_display.cpp
  line_edit_history.cpp
  screen.cpp
  screen_csi.cpp
  screen_style.cpp
  terminal.cpp
  terminal_complete.cpp
  vt.cpp
  width.cpp
)
# Every byte of output passes these. For speed instead of size they are three times as fast, and 6 KB larger.
if(EMSCRIPTEN)
  set_source_files_properties(grid.cpp screen.cpp screen_csi.cpp screen_style.cpp vt.cpp width.cpp
    PROPERTIES COMPILE_OPTIONS "-O2;-finline-functions")
endif()
