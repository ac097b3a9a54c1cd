# Trains the tiny model. `cwlab tiny` (cwlab_tiny.hpp) is built into cwlab.
cw_tool(train SOURCES train.cpp tiny_report.cpp DEPENDS cw_refusal_tiny cw_json)
