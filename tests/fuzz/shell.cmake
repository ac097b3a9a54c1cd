cw_fuzz(shell_parse SOURCES shell_parse_fuzz.cpp DEPENDS cw_terminal)
cw_fuzz(shell_run SOURCES shell_run_fuzz.cpp DEPENDS cw_terminal)
cw_fuzz(vfs SOURCES vfs_fuzz.cpp DEPENDS cw_terminal)
