#include "terminal/shell_options.hpp"

namespace cw::terminal {

OptionRow const set_options[] = {
    {"allexport", 'a', &ShellOptions::allexport},
    {"braceexpand", 'B', &ShellOptions::braceexpand},
    {"emacs", '\0', &ShellOptions::emacs},
    {"errexit", 'e', &ShellOptions::errexit},
    {"errtrace", 'E', &ShellOptions::errtrace},
    {"functrace", 'T', &ShellOptions::functrace},
    {"hashall", 'h', &ShellOptions::hashall},
    {"histexpand", 'H', &ShellOptions::histexpand},
    {"history", '\0', &ShellOptions::history},
    {"ignoreeof", '\0', &ShellOptions::ignoreeof},
    {"interactive-comments", '\0', &ShellOptions::interactive_comments},
    {"keyword", 'k', &ShellOptions::keyword},
    {"monitor", 'm', &ShellOptions::monitor},
    {"noclobber", 'C', &ShellOptions::noclobber},
    {"noexec", 'n', &ShellOptions::noexec},
    {"noglob", 'f', &ShellOptions::noglob},
    {"nolog", '\0', &ShellOptions::nolog},
    {"notify", 'b', &ShellOptions::notify},
    {"nounset", 'u', &ShellOptions::nounset},
    {"onecmd", 't', &ShellOptions::onecmd},
    {"physical", 'P', &ShellOptions::physical},
    {"pipefail", '\0', &ShellOptions::pipefail},
    {"posix", '\0', &ShellOptions::posix},
    {"privileged", 'p', &ShellOptions::privileged},
    {"verbose", 'v', &ShellOptions::verbose},
    {"vi", '\0', &ShellOptions::vi},
    {"xtrace", 'x', &ShellOptions::xtrace},
};
int const set_option_count = static_cast<int>(sizeof set_options / sizeof set_options[0]);

OptionRow const shopt_options[] = {
    {"autocd", '\0', &ShellOptions::autocd},
    {"assoc_expand_once", '\0', &ShellOptions::assoc_expand_once},
    {"cdable_vars", '\0', &ShellOptions::cdable_vars},
    {"cdspell", '\0', &ShellOptions::cdspell},
    {"checkhash", '\0', &ShellOptions::checkhash},
    {"checkjobs", '\0', &ShellOptions::checkjobs},
    {"checkwinsize", '\0', &ShellOptions::checkwinsize},
    {"cmdhist", '\0', &ShellOptions::cmdhist},
    {"compat31", '\0', &ShellOptions::compat31},
    {"compat32", '\0', &ShellOptions::compat32},
    {"compat40", '\0', &ShellOptions::compat40},
    {"compat41", '\0', &ShellOptions::compat41},
    {"compat42", '\0', &ShellOptions::compat42},
    {"compat43", '\0', &ShellOptions::compat43},
    {"compat44", '\0', &ShellOptions::compat44},
    {"complete_fullquote", '\0', &ShellOptions::complete_fullquote},
    {"direxpand", '\0', &ShellOptions::direxpand},
    {"dirspell", '\0', &ShellOptions::dirspell},
    {"dotglob", '\0', &ShellOptions::dotglob},
    {"execfail", '\0', &ShellOptions::execfail},
    {"expand_aliases", '\0', &ShellOptions::expand_aliases},
    {"extdebug", '\0', &ShellOptions::extdebug},
    {"extglob", '\0', &ShellOptions::extglob},
    {"extquote", '\0', &ShellOptions::extquote},
    {"failglob", '\0', &ShellOptions::failglob},
    {"force_fignore", '\0', &ShellOptions::force_fignore},
    {"globasciiranges", '\0', &ShellOptions::globasciiranges},
    {"globskipdots", '\0', &ShellOptions::globskipdots},
    {"globstar", '\0', &ShellOptions::globstar},
    {"gnu_errfmt", '\0', &ShellOptions::gnu_errfmt},
    {"histappend", '\0', &ShellOptions::histappend},
    {"histreedit", '\0', &ShellOptions::histreedit},
    {"histverify", '\0', &ShellOptions::histverify},
    {"hostcomplete", '\0', &ShellOptions::hostcomplete},
    {"huponexit", '\0', &ShellOptions::huponexit},
    {"inherit_errexit", '\0', &ShellOptions::inherit_errexit},
    {"interactive_comments", '\0', &ShellOptions::interactive_comments},
    {"lastpipe", '\0', &ShellOptions::lastpipe},
    {"lithist", '\0', &ShellOptions::lithist},
    {"localvar_inherit", '\0', &ShellOptions::localvar_inherit},
    {"localvar_unset", '\0', &ShellOptions::localvar_unset},
    {"login_shell", '\0', &ShellOptions::login_shell},
    {"mailwarn", '\0', &ShellOptions::mailwarn},
    {"no_empty_cmd_completion", '\0', &ShellOptions::no_empty_cmd_completion},
    {"nocaseglob", '\0', &ShellOptions::nocaseglob},
    {"nocasematch", '\0', &ShellOptions::nocasematch},
    {"noexpand_translation", '\0', &ShellOptions::noexpand_translation},
    {"nullglob", '\0', &ShellOptions::nullglob},
    {"patsub_replacement", '\0', &ShellOptions::patsub_replacement},
    {"progcomp", '\0', &ShellOptions::progcomp},
    {"progcomp_alias", '\0', &ShellOptions::progcomp_alias},
    {"promptvars", '\0', &ShellOptions::promptvars},
    {"restricted_shell", '\0', &ShellOptions::restricted_shell},
    {"shift_verbose", '\0', &ShellOptions::shift_verbose},
    {"sourcepath", '\0', &ShellOptions::sourcepath},
    {"varredir_close", '\0', &ShellOptions::varredir_close},
    {"xpg_echo", '\0', &ShellOptions::xpg_echo},
};
int const shopt_option_count = static_cast<int>(sizeof shopt_options / sizeof shopt_options[0]);

OptionRow const* find_set_option(std::string_view name) {
    for (OptionRow const& row : set_options)
        if (row.name == name) return &row;
    return nullptr;
}

OptionRow const* find_set_letter(char letter) {
    for (OptionRow const& row : set_options)
        if (letter && row.letter == letter) return &row;
    return nullptr;
}

OptionRow const* find_shopt(std::string_view name) {
    for (OptionRow const& row : shopt_options)
        if (row.name == name) return &row;
    return nullptr;
}

void set_posix(ShellOptions& options, bool on, bool interactive) {
    options.posix = on;
    if (on) options.interactive_comments = options.sourcepath = options.inherit_errexit = true;
    options.shift_verbose = on;
    options.expand_aliases = on || interactive;
}

}
