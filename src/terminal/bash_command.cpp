// The rows of bash and sh: a new shell inside this one.
#include "terminal/commands/programs.hpp"

namespace cw::terminal {

namespace {

Task<int> run_bash(Process& p) { co_return p.fail("not ready"); }

}

Command const bash_command{"bash", "the shell", "bash [options] [-c command | file [argument ...]]",
                           "Runs commands from a string, a file, or standard input.", nullptr, run_bash};
Command const sh_command{"sh", "the shell", "sh [options] [-c command | file [argument ...]]",
                         "The same shell as bash.", nullptr, run_bash};

}
