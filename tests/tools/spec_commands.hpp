#pragma once
// Five small commands that shell test suites expect beside a shell: argv.py (arguments as a Python 2 list),
// printenv.py, stdout_stderr.py, read_from_fd.py and foo=bar. For tests and cwsh only, not in the product.

#include "terminal/shell.hpp"

namespace cw::terminal {

void add_spec_commands(Shell& shell);

}
