# The tiny model's trainer, and `cwlab tiny` (cwlab_tiny.hpp) as a library for cwlab's main.
cw_library(cw_lab_tiny SOURCES cwlab_tiny.cpp tiny_report.cpp DEPENDS cw_refusal_tiny cw_json)
target_include_directories(cw_lab_tiny PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
cw_tool(train SOURCES train.cpp DEPENDS cw_lab_tiny)
