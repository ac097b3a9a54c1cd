// python3: the host's Python, given the files below the working directory and /tmp, all of stdin, and the environment.
#include "terminal/commands/programs.hpp"
#include "terminal/limits.hpp"
#include "terminal/system.hpp"

namespace cw::terminal::commands {

namespace {

class Collector {
  public:
    Collector(Vfs& vfs, Caller const& caller, std::vector<SavedFile>& into) : vfs_(vfs), caller_(caller), into_(into) {}

    void folder(std::string const& path, int depth) {
        if (depth > limits::host_folder_depth) return;
        auto entries = vfs_.list(caller_, path);
        if (!entries) return;
        for (Vfs::Entry const& entry : entries.value) {
            std::string const place = joined_path(path, entry.name);
            if (entry.node->is_directory())
                folder(place, depth + 1);
            else
                file(place);
        }
    }
    // A link is followed: the program sees a file in its place.
    void file(std::string const& path) {
        auto const node = vfs_.lookup(caller_, path);
        if (!node || node.value->kind != FileKind::regular || !node.value->program.empty()) return;
        if (!vfs_.may(caller_, *node.value, 4)) return;
        for (SavedFile const& known : into_)
            if (known.path == path) return;
        bytes_ += node.value->content.size();
        if (bytes_ > limits::host_bytes || into_.size() >= limits::host_files) return;
        SavedFile copy;
        copy.path = path;
        copy.mode = node.value->mode;
        copy.modified_ns = node.value->modified_ns;
        copy.content = node.value->content;
        into_.push_back(std::move(copy));
    }

  private:
    Vfs& vfs_;
    Caller const& caller_;
    std::vector<SavedFile>& into_;
    std::size_t bytes_ = 0;
};

// The first word that is no option: the script. -c and -m take what follows, as python3 itself reads them.
std::string script_of(std::vector<std::string> const& argv, bool& reads_program) {
    reads_program = false;
    for (std::size_t at = 1; at < argv.size(); ++at) {
        std::string const& word = argv[at];
        if (word == "-") break;
        if (word.size() < 2 || word[0] != '-') return word;
        if (word == "--version" || word == "-V" || word == "-VV" || word == "--help" || word == "-h") return {};
        if (word.compare(0, 2, "--") == 0) continue;
        std::size_t const taking = word.find_first_of("cmWX", 1);
        if (taking == std::string::npos) continue;
        if (word[taking] == 'c' || word[taking] == 'm') return {};
        if (taking + 1 == word.size()) ++at;
    }
    reads_program = true;
    return {};
}

Task<int> run_python(Process& p) {
    HostRequest request;
    request.program = "python3";
    bool reads_program = false;
    std::string const script = script_of(p.argv, reads_program);
    request.input_is_terminal = p.is_terminal(0);
    if (reads_program && request.input_is_terminal) {
        p.out(
            "python3: there is no >>> prompt in this terminal. Run a file or a line instead:\n"
            "  python3 FILE [ARGUMENT]...\n"
            "  python3 -c 'print(6 * 7)'\n"
            "  echo 'print(6 * 7)' | python3\n");
        co_return 0;
    }
    if (!script.empty()) {
        auto const node = p.vfs().lookup(p.caller, script);
        Errno error = node.error;
        if (node && !p.vfs().may(p.caller, *node.value, 4)) error = Errno::access;
        if (error != Errno::none) {
            std::string const place = joined_path(p.directory(), script);
            p.err("python3: can't open file '" + place + "': [Errno " + (error == Errno::no_entry ? "2" : "13") + "] " +
                  std::string(message(error)) + "\n");
            co_return 2;
        }
    }
    if (!request.input_is_terminal) {
        auto reading = p.read_all(0, request.input);
        co_await reading;
    }
    request.argv = p.argv;
    request.argv[0] = "python3";
    request.environment = p.environment;
    request.directory = p.directory();
    Collector collector(p.vfs(), p.caller, request.files);
    if (!script.empty()) collector.file(joined_path(request.directory, script));
    collector.folder(request.directory, 0);
    if (request.directory != "/tmp") collector.folder("/tmp", 0);
    auto running = p.run_on_host(std::move(request));
    co_return co_await running;
}

}

Command const python3_command{
    "python3",
    "an interpreted, interactive, object-oriented programming language",
    "python3 [OPTION]... [-c COMMAND | -m MODULE | FILE | -] [ARGUMENT]...",
    "  -c COMMAND  program passed in as a string\n"
    "  -m MODULE   run a library module as a script\n"
    "  -           the program is read from standard input\n"
    "  -V          print the version of Python\n"
    "\n"
    "Files of the working directory and of /tmp are there for the program, and what it writes there comes back.\n"
    "There is no network, and there are no other programs.\n",
    nullptr,
    run_python};
Command const python_command{"python",
                             "the same as python3",
                             "python [OPTION]... [-c COMMAND | -m MODULE | FILE | -] [ARGUMENT]...",
                             "The same program as python3.\n",
                             nullptr,
                             run_python};

}
