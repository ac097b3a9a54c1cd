# The terminal's screen and line editor; src/terminal/CMakeLists.txt includes this list.
set(CW_TERMINAL_SCREEN
    grid.cpp
    screen.cpp
    screen_csi.cpp
    screen_style.cpp
    vt.cpp
    width.cpp)
