#pragma once
// The table of shell builtins. `now` builtins never wait; `task` ones may read, run commands or sleep. Both get the
// arguments with the name first and give the status; break, return, exit and the like also set shell.pending_flow.

#include "terminal/interpreter.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal {

using Words = std::vector<std::string>;

struct Builtin {
    std::string_view name;
    int (*now)(Interpreter& shell, Words const& arguments) = nullptr;
    Task<int> (*task)(Interpreter& shell, Words arguments) = nullptr;
    bool special = false;      // POSIX special: found before functions in posix mode
    std::string_view synopsis; // "cd [-L|[-P [-e]] [-@]] [dir]"
};

[[nodiscard]] Builtin const* find_builtin(std::string_view name);
[[nodiscard]] std::vector<Builtin const*> all_builtins(); // in name order

// "bash: line N: cd: -x: invalid option" and the usage line; status 2.
int invalid_option(Interpreter& shell, Builtin const& builtin, std::string_view option);
int invalid_option(Interpreter& shell, std::string_view builtin, std::string_view option);
int usage(Interpreter& shell, std::string_view builtin);
int too_many_arguments(Interpreter& shell, std::string_view builtin); // gives up the line, or all of bash -c; status 1
bool parse_number(std::string_view text, std::int64_t& value); // decimal with blanks around, as legal_number does
[[nodiscard]] bool is_identifier(std::string_view text);
[[nodiscard]] bool is_alias_name(std::string const& name);
// The partner of the bracket at `open`, quotes and expansions respected; npos if there is none.
[[nodiscard]] std::size_t subscript_end(std::string_view text, std::size_t open);
// name or name[subscript]: splits it.
bool split_reference(std::string_view text, std::string& name, std::string& subscript, bool& has_subscript);
[[nodiscard]] std::string key_text(std::string const& key); // of an associative array, as declare -p and @K show it
[[nodiscard]] std::string attribute_letters(Variable const& variable); // as declare -p and ${x@a} show them
[[nodiscard]] std::string declaration_text(Interpreter& shell, std::string const& name, Variable const& variable);
[[nodiscard]] int signal_number(std::string_view name);   // -1 if unknown; takes SIGINT, INT, int, 2
[[nodiscard]] std::string signal_description(int number); // "Terminated", as strsignal has it
[[nodiscard]] std::string signal_name(int number);        // "" if there is none
bool format_printf(Interpreter& shell, Words const& arguments, std::size_t format_at, std::string& out, int& status);

// Rows of the other files.
// Letters of leading options go to `found`; -1 when all are among `known`, else the status to end with.
int read_letters(Interpreter& shell, Words const& arguments, std::size_t& at, std::string_view known,
                 std::string& found);
int builtin_cd(Interpreter&, Words const&);
int builtin_pwd(Interpreter&, Words const&);
int builtin_pushd(Interpreter&, Words const&);
int builtin_popd(Interpreter&, Words const&);
int builtin_dirs(Interpreter&, Words const&);
int builtin_echo(Interpreter&, Words const&);
int builtin_printf(Interpreter&, Words const&);
int builtin_test(Interpreter&, Words const&);
int builtin_let(Interpreter&, Words const&);
// "name='a b'" as `set` prints it.
std::string set_text(std::string const& name, Variable const& variable);
int builtin_declare(Interpreter&, Words const&);
int builtin_local(Interpreter&, Words const&);
int builtin_export(Interpreter&, Words const&);
int builtin_readonly(Interpreter&, Words const&);
int builtin_unset(Interpreter&, Words const&);
int builtin_set(Interpreter&, Words const&);
int builtin_shopt(Interpreter&, Words const&);
int builtin_shift(Interpreter&, Words const&);
int builtin_getopts(Interpreter&, Words const&);
int builtin_alias(Interpreter&, Words const&);
int builtin_unalias(Interpreter&, Words const&);
int builtin_type(Interpreter&, Words const&);
int builtin_hash(Interpreter&, Words const&);
int builtin_enable(Interpreter&, Words const&);
int builtin_trap(Interpreter&, Words const&);
int builtin_umask(Interpreter&, Words const&);
int builtin_ulimit(Interpreter&, Words const&);
int builtin_times(Interpreter&, Words const&);
int builtin_jobs(Interpreter&, Words const&);
int builtin_kill(Interpreter&, Words const&);
int builtin_bg(Interpreter&, Words const&);
int builtin_disown(Interpreter&, Words const&);
int builtin_history(Interpreter&, Words const&);
void load_history(Interpreter&); // from $HISTFILE
void keep_history(Interpreter&); // the new lines, there
int builtin_caller(Interpreter&, Words const&);
int builtin_help(Interpreter&, Words const&);
bool shows_help(Interpreter& shell, Builtin const& builtin, Words const& arguments); // then the status is 2
int builtin_bind(Interpreter&, Words const&);
int builtin_complete(Interpreter&, Words const&);
int builtin_compopt(Interpreter&, Words const&);
Task<int> builtin_compgen(Interpreter&, Words);
Task<int> builtin_wait(Interpreter&, Words);
Task<int> builtin_fg(Interpreter&, Words);
Task<int> builtin_read(Interpreter&, Words);
Task<int> builtin_mapfile(Interpreter&, Words);
Task<int> builtin_eval(Interpreter&, Words);
Task<int> builtin_source(Interpreter&, Words);
Task<int> builtin_exec(Interpreter&, Words);
Task<int> builtin_command(Interpreter&, Words);
Task<int> builtin_builtin(Interpreter&, Words);
Task<int> builtin_fc(Interpreter&, Words);
// `type`-like words for one name: "ls is /usr/bin/ls"; false if there is none.
bool describe_command(Interpreter& shell, std::string const& name, char style, bool all, bool skip_functions,
                      std::string& out);

}
