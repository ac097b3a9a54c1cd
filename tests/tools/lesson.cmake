# Checks lesson files and turns them into static HTML; see cwlesson.cpp.
cw_tool(cwlesson SOURCES cwlesson.cpp cwlesson_html.cpp DEPENDS cw_lesson cw_refusal_analytic)
foreach(lesson ai012-06 sample)
  add_test(NAME cwlesson_check_${lesson}
    COMMAND cwlesson check ${PROJECT_SOURCE_DIR}/assets/lessons/${lesson}/lesson.json)
endforeach()
add_test(NAME cwlesson_check_broken-example
  COMMAND cwlesson check ${PROJECT_SOURCE_DIR}/assets/lessons/broken-example/lesson.json)
set_tests_properties(cwlesson_check_broken-example PROPERTIES PASS_REGULAR_EXPRESSION
  "lesson.json:15:19: error: unknown word .paragraf. ./slides/0/blocks/1/type. .Did you mean .paragraph")
