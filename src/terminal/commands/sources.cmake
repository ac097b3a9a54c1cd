# The commands that are not part of the shell; paths are below src/terminal.
set(CW_TERMINAL_COMMANDS
  commands/table.cpp
  commands/true.cpp
)
