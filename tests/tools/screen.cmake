cw_tool(cwterm SOURCES cwterm.cpp DEPENDS cw_terminal)
