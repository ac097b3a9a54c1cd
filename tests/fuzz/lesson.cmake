cw_fuzz(json SOURCES json_fuzz.cpp DEPENDS cw_json)
cw_fuzz(lesson SOURCES lesson_fuzz.cpp DEPENDS cw_lesson)
cw_fuzz(progress SOURCES progress_fuzz.cpp DEPENDS cw_lesson)
