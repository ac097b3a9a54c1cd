#include "terminal/commands/programs.hpp"

namespace cw::terminal::commands {

namespace {

int run_true(Process&) { return 0; }
int run_false(Process&) { return 1; }

}

Command const true_command{"true",
                           "do nothing, successfully",
                           "true [ignored command line arguments]",
                           "Exit with a status code indicating success.",
                           run_true,
                           nullptr};
Command const false_command{"false",
                            "do nothing, unsuccessfully",
                            "false [ignored command line arguments]",
                            "Exit with a status code indicating failure.",
                            run_false,
                            nullptr};

}
