cw_fuzz(text SOURCES text_fuzz.cpp DEPENDS cw_ground)
