cw_tool(cwsh SOURCES cwsh.cpp DEPENDS cw_terminal)
