cw_tool(screen_bench SOURCES screen/screen_bench.cpp DEPENDS cw_terminal)
