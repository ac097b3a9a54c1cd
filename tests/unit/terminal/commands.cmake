cw_test(terminal_commands_test
  SOURCES commands_test.cpp commands_regex_test.cpp commands_golden_test.cpp
  DEPENDS cw_terminal)
