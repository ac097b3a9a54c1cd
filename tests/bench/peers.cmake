cw_tool(screen_bench SOURCES peers/screen_bench.cpp DEPENDS cw_terminal)
