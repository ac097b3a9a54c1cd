#pragma once
// cwlab: the refusal lab's numbers on the command line, for people and for comparison with other implementations. Each
// subcommand has a file of its own and takes its own name as argv[0]. It returns the exit status: 0, or 2 for a usage
// error and for input that it cannot read. `cwlab tiny` is declared in cwlab_tiny.hpp.

#include <string>

namespace cw::lab {

int analytic_main(int argc, char** argv); // one prompt through the equations; settings as JSON on standard input
int suite_main(int argc, char** argv);    // the equations over a prompt suite

[[nodiscard]] std::string read_standard_input();

}
