#pragma once
// The switches of `set -o` and `shopt`, with bash 5.2's names, letters and defaults for a script. Many only exist to be
// listed and set: those that change nothing in a shell without jobs, mail or a history file.

#include <string_view>

namespace cw::terminal {

struct ShellOptions {
    bool allexport = false, braceexpand = true, emacs = false, errexit = false, errtrace = false, functrace = false;
    bool hashall = true, histexpand = false, history = false, ignoreeof = false, interactive_comments = true;
    bool keyword = false, monitor = false, noclobber = false, noexec = false, noglob = false, nolog = false;
    bool notify = false, nounset = false, onecmd = false, physical = false, pipefail = false, posix = false;
    bool privileged = false, verbose = false, vi = false, xtrace = false;

    bool assoc_expand_once = false, autocd = false, cdable_vars = false, cdspell = false, checkhash = false;
    bool checkjobs = false, checkwinsize = true, cmdhist = true, compat31 = false, compat32 = false, compat40 = false;
    bool compat41 = false, compat42 = false, compat43 = false, compat44 = false, complete_fullquote = true;
    bool direxpand = false, dirspell = false, dotglob = false, execfail = false, expand_aliases = false;
    bool extdebug = false, extglob = false, extquote = true, failglob = false, force_fignore = true;
    bool globasciiranges = true, globskipdots = true, globstar = false, gnu_errfmt = false, histappend = false;
    bool histreedit = false, histverify = false, hostcomplete = true, huponexit = false, inherit_errexit = false;
    bool lastpipe = false, lithist = false, localvar_inherit = false, localvar_unset = false, login_shell = false;
    bool mailwarn = false, no_empty_cmd_completion = false, nocaseglob = false, nocasematch = false;
    bool noexpand_translation = false, nullglob = false, patsub_replacement = true, progcomp = true;
    bool progcomp_alias = false, promptvars = true, restricted_shell = false, shift_verbose = false;
    bool sourcepath = true, syslog_history = false, varredir_close = false, xpg_echo = false;
};

// Posix mode switches others with it.
void set_posix(ShellOptions& options, bool on, bool interactive);

struct OptionRow {
    std::string_view name;
    char letter; // 0 if it has none
    bool ShellOptions::*member;
};
// In the order bash lists them.
extern OptionRow const set_options[];
extern int const set_option_count;
extern OptionRow const shopt_options[];
extern int const shopt_option_count;
[[nodiscard]] OptionRow const* find_set_option(std::string_view name);
[[nodiscard]] OptionRow const* find_set_letter(char letter);
[[nodiscard]] OptionRow const* find_shopt(std::string_view name);

}
