#pragma once
// One shell process: its variables, functions, options, descriptors and jobs, and the walk over the syntax tree. What
// can be done at once is a plain function (run_now); what may have to wait (pipes, substitutions, other commands) is a
// Task. A subshell is a copy of the whole object. How a command left its list is a value (Flow), never an exception.
// It does not read lines or draw prompts: that is Shell. Builtins are rows in builtins.hpp.

#include "terminal/ast.hpp"
#include "terminal/parser.hpp"
#include "terminal/process.hpp"
#include "terminal/shell_options.hpp"
#include "terminal/system.hpp"
#include "terminal/variables.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cw::terminal {

class Expander;
struct Builtin;

enum class FlowKind : std::uint8_t {
    normal,
    break_,
    continue_,
    return_,
    exit,
    discard, // an error gave up the whole top-level line
};
struct Flow {
    FlowKind kind = FlowKind::normal;
    int levels = 0; // of break and continue
    [[nodiscard]] bool goes_on() const { return kind == FlowKind::normal; }
};

// What an expansion or assignment error asks for.
enum class Failure : std::uint8_t { none, command, discard, fatal };

struct Function {
    SyntaxPtr body;
    std::string source; // of BASH_SOURCE
    int line = 0;
    bool exported = false, readonly = false, traced = false;
};

struct CallFrame {
    std::string function; // "main", "source" or a name
    std::string source;
    int call_line = 0;
    std::shared_ptr<ShellOptions const> kept_options = nullptr; // `local -`: what they were
};

struct Job {
    int number = 0;
    int pid = 0;
    std::string command;
    int status = 0;
    bool done = false, notified = false, disowned = false, killed = false;
    int signal = 0;
    std::shared_ptr<std::vector<std::uint64_t>> family;
    std::string coprocess; // its array, which goes when it was waited for
};
using JobPtr = std::shared_ptr<Job>;

struct CompoundElement {
    bool has_subscript = false, append = false;
    std::string subscript, value;
};
using CompoundValue = std::vector<CompoundElement>;

// What history expansion remembers: of :s and of !?text?.
struct HistoryMemory {
    std::string old_text, new_text, search;
};

// Puts descriptors back when a command with redirections ends.
class FdUndo {
  public:
    explicit FdUndo(FdTable& table) : table_(table) {}
    ~FdUndo();
    FdUndo(FdUndo const&) = delete;
    FdUndo& operator=(FdUndo const&) = delete;
    void remember(int fd);
    void forget() { saved_.clear(); } // exec: the changes stay
  private:
    FdTable& table_;
    std::vector<std::pair<int, FilePtr>> saved_;
};

class Interpreter {
  public:
    explicit Interpreter(System& of);
    Interpreter(Interpreter const&) = default; // a subshell: see fork()
    Interpreter& operator=(Interpreter const&) = delete;

    // --- state, open to the builtins
    System& system;
    Variables variables;
    std::unordered_map<std::string, Function> functions;
    std::map<std::string, std::string> aliases;
    std::unordered_map<std::string, std::pair<std::string, int>> hashed; // command -> path, hits
    ShellOptions options;
    FdTable files;
    Caller caller;
    std::string name = "bash";         // $0
    std::string message_name = "bash"; // what errors begin with
    std::string directory = "/";       // $PWD as the shell knows it (may go through links)
    std::vector<std::string> positional;
    std::vector<std::string> directory_stack; // below the current directory
    std::vector<CallFrame> frames;
    std::vector<std::vector<std::string>> argument_frames; // under extdebug: of the shell and of each call
    std::map<std::string, std::string> traps;              // by name without SIG; "" means ignored
    std::map<std::string, std::string> parent_traps;       // a subshell lists these until it sets one
    std::vector<std::string> pending_signals;
    std::vector<JobPtr> jobs;
    Job* waits_for = nullptr;    // what a signal interrupts
    std::map<int, int> finished; // statuses of jobs that were waited for, by process number
    std::vector<int> pipe_status{0};
    std::shared_ptr<std::vector<std::string>> history = std::make_shared<std::vector<std::string>>();
    std::shared_ptr<HistoryMemory> history_memory = std::make_shared<HistoryMemory>();
    std::shared_ptr<std::vector<std::uint64_t>> family; // the fibers of the background job this belongs to
    std::vector<std::string> disabled_builtins;
    std::vector<std::string> foreign_environment; // entries whose names are no variables, handed on as they are
    std::map<char, std::pair<std::string, std::string>> resource_limits; // that ulimit set: soft and hard
    std::shared_ptr<AssociativeArray> completions =
        std::make_shared<AssociativeArray>(512); // of `complete`, by command
    std::optional<std::string> trace_prefix;     // PS4 expanded beforehand, as it has a command substitution
    std::optional<int> substitution_status;      // of the last substitution in a command without a name
    std::shared_ptr<Syntax const> current_node;  // what BASH_COMMAND shows, unless the next is not empty
    std::string current_command, last_argument;
    std::string test_name = "test";                            // "[" when it was called so, for messages
    std::unordered_map<int, CompoundValue> compound_arguments; // by argument index, for declare and friends
    std::vector<std::size_t> reference_arguments; // of unset, read and printf: those written as name[subscript]
    Flow pending_flow;                            // set by break, return, exit, ...
    Failure failure = Failure::none;              // set while expanding or assigning
    Errno output_error = Errno::none;             // of what the builtin that runs wrote
    int killed_by = 0;                            // the signal that ended this shell
    int status = 0;
    int line = 1;
    int line_shift = 0; // of the commands of a substitution: they count from the line of the command it is in
    int shell_pid = 0, pid = 0, parent_pid = 0, last_background_pid = 0;
    int subshell_level = 0, fork_level = 0;
    bool traces_negation = false; // set -x: the next test of [[ stands behind a `!`
    int program_depth = 0;        // shells and programs this one is inside of
    int loop_depth = 0, call_depth = 0, source_depth = 0;
    Syntax const* stage_command = nullptr; // the simple command that is a whole stage: its ERR trap is the pipeline's
    int command_number = 1;
    std::size_t history_saved = 0;      // lines already in the history file
    std::size_t history_file_lines = 0; // lines of that file that were read or written
    std::size_t history_base = 0;       // lines that HISTSIZE took away at the beginning
    bool history_has_current = false;   // the last line is the command that runs
    int sourcing = 0;                   // sourced files that `return` could leave
    int errexit_ignored = 0;            // inside a condition, or behind a !
    int negations = 0;                  // how many of them are a !
    Syntax const* negated_command = nullptr;
    int optind_offset = 0; // getopts: inside a cluster of letters
    std::int64_t seconds_base_ns = 0, seconds_offset = 0;
    std::uint32_t random_state = 1;
    std::uint32_t last_random = 0;
    bool interactive = false, is_command_string = false, reads_stdin = false, login = false;
    bool unbound_in_arithmetic = false;
    std::string arithmetic_owner;  // what an arithmetic error names first: the builtin that runs, or a sliced variable
    bool survives_errexit = false; // what gave up the line, an arithmetic error say, does not end a `set -e` shell
    bool in_trap = false, in_debug_trap = false, background = false, in_substitution = false;
    bool utf8 = true;
    std::string execution_string;    // -c
    char const* trap_label = "trap"; // what a syntax error in the trap that runs names
    int status_before_return = 0;    // which the RETURN trap sees
    int trap_status = 0;             // of the last trap
    bool under_command = false;      // `command` runs the builtin
    bool keeps_input = false;        // background jobs do not get /dev/null: the input is a pipe or was redirected

    void set_current(Syntax const& node) {
        current_node = node.shared_from_this();
        current_command.clear();
    }
    [[nodiscard]] std::string command_text() const;

    // --- running
    // Runs a script, complete line by complete line. The flow is exit or normal.
    enum class TextKind : std::uint8_t { script, eval, source, trap };
    Task<Flow> run_text(std::string text, TextKind kind, int first_line);
    // A script on descriptor 0, read so that its commands can read on from where their line ends.
    Task<Flow> run_input();
    [[nodiscard]] bool is_complete(std::string const& text) const; // whole lines that end no command in the middle
    Task<std::string> prompt(std::string name_of_prompt);          // PS1 and its kin, as it is shown
    Task<Flow> run(Syntax const& node);
    Task<Flow> run_list(ListCommand const& list);
    // Does a command that needs no waiting; false if it must be run as a Task instead (nothing was done then).
    bool run_now(Syntax const& node, Flow& flow);
    // A program on PATH or by its path, in this fiber. 127 or 126 with a message if it cannot be run.
    Task<int> run_program(std::vector<std::string> argv, std::vector<std::string> environment);
    Task<int> run_program_at(std::string path, std::vector<std::string> argv, std::vector<std::string> environment);
    Task<Flow> call_function(std::string name, std::vector<std::string> arguments);
    Task<Flow> run_command(std::vector<std::string> arguments,
                           bool functions_too); // `command`, `builtin`, eval'd words
    Task<std::string> substitute(Part const& part);
    // Opens a process substitution and gives its /dev/fd path.
    std::string open_process(Part const& part);
    Task<Flow> run_trap(std::string name);
    Task<Flow> run_pending_signals();
    Task<int> finish(Flow flow); // EXIT trap; the status to end with
    [[nodiscard]] std::unique_ptr<Interpreter> fork();
    // With what it reads and writes; without them /dev/null and our own.
    JobPtr start_background(SyntaxPtr command, std::string text, FilePtr input = nullptr, FilePtr output = nullptr);
    Task<int> wait_for_job(JobPtr job);
    [[nodiscard]] ParserOptions parser_options() const;

    // --- variables (interpreter_variables.cpp)
    // Follows namerefs and computes dynamic values. Null if there is none.
    Variable* variable(std::string const& wanted);
    std::string const* scalar(std::string const& wanted); // null if unset; parameters by number and special ones too
    std::string const* special_parameter(std::string const& wanted, std::string& storage);
    std::string const* element(std::string const& wanted, std::string const& subscript, bool& ok);
    std::string const* all_elements(std::string const& wanted, char every, std::string& storage);
    [[nodiscard]] std::string value_of(std::string const& wanted); // "" if unset
    bool assign(std::string const& target, std::string value, bool append);
    bool assign_element(std::string const& target, std::string const& subscript, std::string value, bool append);
    // A subscript that stands in a value, as in `read "a[$i]"` or $((a[i])): expanded once more, like a key or a
    // number.
    std::string expanded_subscript(std::string const& array, std::string_view text, bool even_if_once = false);
    // To name or name[subscript]; the argument of a builtin may have been expanded already (see is_expanded_once).
    bool assign_reference(std::string const& reference, std::string value, std::size_t argument = 0);
    [[nodiscard]] bool splits_reference(std::size_t argument, std::string_view text) const;
    // An argument that was written as name[subscript]: its key is what stands between the outer brackets.
    [[nodiscard]] bool is_expanded_once(std::size_t argument, std::string_view text) const;
    void note_reference(Word const& word, std::vector<std::string> const& arguments);
    bool assign_compound(std::string const& target, CompoundValue const& value, bool append, bool associative);
    bool array_name(std::string const& wanted, std::string& target);
    bool assign_local(Variable& place, std::string const& target, std::string value, bool append);
    bool unset_variable(std::string const& target); // false when readonly
    std::string resolved_name(std::string const& wanted, bool report);
    bool refers_to_list(std::string const& wanted, std::string& array, std::string& every); // a nameref to x[@]
    bool index_of(Variable const* array, std::string const& wanted, std::string const& subscript, std::int64_t& index);
    bool integer_value(std::string const& expression, std::int64_t& value); // reports errors
    std::string with_attributes(Variable const& variable, std::string value, bool& ok);
    void variable_changed(std::string const& changed);
    void set_special_variables();
    void import_environment(std::vector<std::string> const& environment);
    [[nodiscard]] std::vector<std::string> environment() const;
    [[nodiscard]] std::string separators(); // IFS, or the default
    [[nodiscard]] std::string joiner();     // its first character
    [[nodiscard]] std::string option_letters() const;

    // --- messages
    Errno write(int fd, std::string_view bytes);
    void error(std::string_view text); // "bash: line 3: text"
    void builtin_error(std::string_view builtin, std::string_view text);
    [[nodiscard]] std::string error_name() const; // the script, file or function source that errors name
    [[nodiscard]] std::string message_prefix() const;
    void report(ParseProblem const& problem, std::string_view what);
    void fail(Failure how, int with_status = 1);
    void fail_assignment() { // to a readonly variable: POSIX ends the shell
        fail(options.posix ? Failure::fatal : Failure::discard, options.posix ? fatal_status() : 1);
    }
    void fail_arithmetic() {
        if (unbound_in_arithmetic)
            fail(Failure::fatal, fatal_status());
        else
            fail(Failure::discard);
    }
    // What goes wrong in a special builtin ends the shell in POSIX mode, unless `command` runs it.
    void end_if_special() {
        if (options.posix && !interactive && !under_command) pending_flow = {FlowKind::exit, 0};
    }
    // bash ends a -c string with 127 where it ends a script with 1.
    [[nodiscard]] int fatal_status() const { return is_command_string && subshell_level == 0 ? 127 : 1; }
    [[nodiscard]] Flow failure_flow(); // what the last failure asks for; clears it
    void trace(std::string_view text);
    // PS4 expanded, if that takes a command substitution, which trace() cannot wait for.
    [[nodiscard]] Task<std::optional<std::string>> trace_prefix_later(Syntax const& traced);

    // --- commands
    [[nodiscard]] std::string find_program(std::string const& command, bool use_hash = true);
    [[nodiscard]] std::vector<std::string> find_programs(std::string const& command);
    [[nodiscard]] Builtin const* find_enabled_builtin(std::string const& command) const;
    Attempt<FilePtr> open(std::string_view path, OpenFlags flags);

    // --- redirection (redirect.cpp)
    bool expand_target(Word const& word, std::vector<std::string>& target);
    bool redirect_now(std::vector<Redirect> const& redirects, FdUndo& undo);
    Task<bool> redirect(std::vector<Redirect> const& redirects, FdUndo& undo);
    bool apply_redirect(Redirect const& redirect, std::vector<std::string> const& target, FdUndo& undo);

    // --- conditions (conditional.cpp)
    // test and [[ share these. 0, 1, or 2 with a message.
    int unary_test(std::string_view op, std::string const& operand);
    int binary_test(std::string const& left, std::string_view op, std::string const& right, bool arithmetic_operands);
    int conditional_now(Condition const& condition);
    Task<int> conditional(Condition const& condition);
    int match_regex(std::string const& subject, std::string const& pattern);

    // Whether a loop should let others run (slice used up, or stdout full).
    [[nodiscard]] bool should_rest();
    [[nodiscard]] Scheduler::Wait rest();
    bool within_limits(); // false once the line has used up what it may
    std::uint64_t spawn(Task<int> task);
    bool expand_history(std::string& typed, bool& changed); // see Shell::expand_history
    void expand_next_command(Parser& parser);               // the same for the lines of a script, one command's
    std::string history_text(std::string& typed) const;     // the same by itself; "" or the problem
    void remember_line(std::string_view lines);             // one command, in the history
    void store_history(std::string entry);                  // as it is, if HISTCONTROL lets it
    void raise_signal(std::string const& signal);           // to this shell: a trap or the end
    // What bash says of a process that a signal ended.
    void report_killed(int signal, int process, std::string const& command);
    [[nodiscard]] bool debugs() const { return has_trap("DEBUG") && !in_debug_trap; }
    [[nodiscard]] bool has_trap(std::string const& trap) const { return !traps.empty() && traps.count(trap) > 0; }

    struct ArithmeticOwner {
        Interpreter& shell;
        std::string before;
        ArithmeticOwner(Interpreter& of, std::string owner)
            : shell(of), before(std::exchange(of.arithmetic_owner, std::move(owner))) {}
        ArithmeticOwner(ArithmeticOwner const&) = delete;
        ArithmeticOwner& operator=(ArithmeticOwner const&) = delete;
        ~ArithmeticOwner() { shell.arithmetic_owner = std::move(before); }
    };

    static constexpr int signal_base = 128;

  private:
    friend class Shell;
    std::string special_storage_; // of the parameter that was looked up last
    // Closes what process substitutions opened since its beginning.
    struct ProcessFiles {
        Interpreter& shell;
        std::size_t before;
        explicit ProcessFiles(Interpreter& of) : shell(of), before(of.process_fds_.size()) {}
        ProcessFiles(ProcessFiles const&) = delete;
        ProcessFiles& operator=(ProcessFiles const&) = delete;
        ~ProcessFiles() {
            for (; shell.process_fds_.size() > before; shell.process_fds_.pop_back())
                shell.files.set(shell.process_fds_.back(), nullptr);
        }
    };
    struct InputText {
        std::string text;
        std::size_t base = 0; // what comes next
        int next_line = 1;
    };
    Task<Flow> run_prompt_command();
    Task<std::string> read_command_lines(InputText& input);
    static void end_line(std::string& text);
    std::vector<int> coprocess_fds_;                   // programs do not get these
    std::vector<int> process_fds_;                     // of process substitutions, closed after the command
    std::optional<std::vector<std::string>> expanded_; // words that run_now expanded before it had to give up
    bool try_now(Syntax const& node, Flow& flow);
    Task<Flow> run_simple(SimpleCommand const& command);
    Task<Flow> run_expanded(SimpleCommand const& command, std::vector<std::string> arguments);
    bool run_simple_now(SimpleCommand const& command, Flow& flow);
    Task<Flow> run_pipeline(PipelineCommand const& pipeline);
    Task<Flow> run_stages(PipelineCommand const& pipeline);
    Task<Flow> run_and_or(AndOrCommand const& command);
    Task<Flow> run_group(GroupCommand const& command);
    Task<Flow> run_subshell(GroupCommand const& command);
    Task<Flow> run_if(IfCommand const& command);
    Task<Flow> run_loop(LoopCommand const& command);
    Task<Flow> run_for(ForCommand const& command);
    Task<Flow> debug_expression(ForArithmeticCommand const& command, std::string text);
    Task<Flow> run_for_arithmetic(ForArithmeticCommand const& command);
    Task<Flow> run_select(ForCommand const& command);
    Task<Flow> run_case(CaseCommand const& command);
    Task<Flow> run_condition(ListCommand const& list);
    Task<Flow> run_compound(Syntax const& node);
    Task<Flow> run_redirected(Syntax const& node);
    Task<Flow> run_arithmetic(ArithmeticCommand const& command);
    Task<Flow> run_conditional(ConditionalCommand const& command);
    Task<Flow> run_definition(FunctionCommand const& command);
    Task<Flow> run_coprocess(CoprocessCommand const& command);
    Flow define_function(FunctionCommand const& command);
    Flow finish_arithmetic(std::string const& expression);
    Flow finish_assignments(SimpleCommand const& command);
    std::shared_ptr<SimpleCommand> with_keywords(SimpleCommand const& command) const;
    bool push_braced(Assignment const& assignment, Expander& expander, std::vector<std::string>& arguments);
    bool assign_now(Assignment const& assignment);
    Task<bool> assign_later(Assignment const& assignment);
    [[nodiscard]] bool is_associative(std::string const& wanted);
    Task<bool> elements_later(Assignment const& assignment, bool keyed, CompoundValue& elements);
    bool assign_expanded(Assignment const& assignment, std::string const& subscript, std::string const& value,
                         CompoundValue const& elements);
    void trace_assignment(Assignment const& assignment, std::string const& value);
    void trace_elements(Assignment const& assignment, CompoundValue const& elements);
    void trace_command(std::vector<std::string> const& arguments);
    bool push_temporary(SimpleCommand const& command);
    int checked_output(std::vector<std::string> const& arguments, int result); // says what went wrong while it wrote
    Flow after_builtin(int result);
    bool run_builtin_now(Builtin const& builtin, std::vector<std::string>& arguments, Flow& flow);
    Task<Flow> after_failure(Syntax const* simple = nullptr);
    Flow errexit_flow();
    bool handle_loop_flow(Flow& flow, bool& stop);
    int arithmetic_command(std::string const& expression);
    bool set_loop_variable(std::string const& variable, std::string const& value);
    Task<bool> read_choice(std::string& line);
};

}
