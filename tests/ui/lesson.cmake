cw_test(ui_test
  SOURCES audit_test.cpp layout_test.cpp lesson_test.cpp stage.cpp
  DEPENDS cw_program)
