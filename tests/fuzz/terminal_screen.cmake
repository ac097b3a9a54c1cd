cw_fuzz(screen SOURCES screen_fuzz.cpp DEPENDS cw_terminal)
cw_fuzz(line_edit SOURCES line_edit_fuzz.cpp DEPENDS cw_terminal)
