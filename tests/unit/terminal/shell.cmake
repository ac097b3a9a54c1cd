cw_test(terminal_shell_golden_test
  SOURCES shell_golden_test.cpp shell_test.cpp
  DEPENDS cw_spec_commands)
