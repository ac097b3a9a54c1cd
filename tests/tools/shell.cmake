# The helper commands are shared with the golden test.
add_library(cw_spec_commands STATIC ${CMAKE_CURRENT_LIST_DIR}/spec_commands.cpp)
target_include_directories(cw_spec_commands PUBLIC ${PROJECT_SOURCE_DIR}/tests)
target_compile_options(cw_spec_commands PRIVATE ${CW_WARNINGS} ${CW_FLAGS} -fno-exceptions)
target_link_libraries(cw_spec_commands PUBLIC cw_terminal)

cw_tool(cwsh SOURCES cwsh.cpp DEPENDS cw_spec_commands)
