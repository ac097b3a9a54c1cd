cw_test(ui_refusal_test
  SOURCES refusal_test.cpp stage.cpp
  DEPENDS cw_program)
