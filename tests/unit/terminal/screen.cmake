cw_test(terminal_screen_test
  SOURCES vt_test.cpp screen_test.cpp screen_golden_test.cpp screen_resize_test.cpp
  DEPENDS cw_terminal)
cw_test(terminal_line_edit_test
  SOURCES line_edit_test.cpp line_edit_golden_test.cpp terminal_test.cpp terminal_complete_test.cpp
    screen_programs_test.cpp
  DEPENDS cw_terminal)
foreach(test terminal_screen_test terminal_line_edit_test)
  target_include_directories(${test} PRIVATE ${PROJECT_SOURCE_DIR}/tests/unit)
endforeach()
