// bind: lists readline's functions, keys and variables as a new bash has them. The line editor has keys of its own, so
// bindings are read and dropped.
#include "terminal/builtins.hpp"
#include "terminal/escapes.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

struct EditFunction {
    std::string_view name;
    std::string_view keys; // quoted, a blank apart; for the two that have very many, see keys_of
};

constexpr EditFunction functions[] = {
    {"abort", "\"\\C-g\" \"\\C-x\\C-g\" \"\\e\\C-g\""},
    {"accept-line", "\"\\C-j\" \"\\C-m\""},
    {"alias-expand-line", {}},
    {"arrow-key-prefix", {}},
    {"backward-byte", {}},
    {"backward-char", "\"\\C-b\" \"\\eOD\" \"\\e[D\""},
    {"backward-delete-char", "\"\\C-h\" \"\\C-?\""},
    {"backward-kill-line", "\"\\C-x\\C-?\""},
    {"backward-kill-word", "\"\\e\\C-h\" \"\\e\\C-?\""},
    {"backward-word", "\"\\e\\e[D\" \"\\e[1;3D\" \"\\e[1;5D\" \"\\e[5D\" \"\\eb\""},
    {"beginning-of-history", "\"\\e<\""},
    {"beginning-of-line", "\"\\C-a\" \"\\eOH\" \"\\e[1~\" \"\\e[H\""},
    {"bracketed-paste-begin", "\"\\e[200~\""},
    {"call-last-kbd-macro", "\"\\C-xe\""},
    {"capitalize-word", "\"\\ec\""},
    {"character-search", "\"\\C-]\""},
    {"character-search-backward", "\"\\e\\C-]\""},
    {"clear-display", "\"\\e\\C-l\""},
    {"clear-screen", "\"\\C-l\""},
    {"complete", "\"\\C-i\" \"\\e\\e\\000\""},
    {"complete-command", "\"\\e!\""},
    {"complete-filename", "\"\\e/\""},
    {"complete-hostname", "\"\\e@\""},
    {"complete-into-braces", "\"\\e{\""},
    {"complete-username", "\"\\e~\""},
    {"complete-variable", "\"\\e$\""},
    {"copy-backward-word", {}},
    {"copy-forward-word", {}},
    {"copy-region-as-kill", {}},
    {"dabbrev-expand", {}},
    {"delete-char", "\"\\C-d\" \"\\e[3~\""},
    {"delete-char-or-list", {}},
    {"delete-horizontal-space", "\"\\e\\\\\""},
    {"digit-argument",
     "\"\\e-\" \"\\e0\" \"\\e1\" \"\\e2\" \"\\e3\" \"\\e4\" \"\\e5\" \"\\e6\" \"\\e7\" \"\\e8\" \"\\e9\""},
    {"display-shell-version", "\"\\C-x\\C-v\""},
    {"do-lowercase-version", {}},
    {"downcase-word", "\"\\el\""},
    {"dump-functions", {}},
    {"dump-macros", {}},
    {"dump-variables", {}},
    {"dynamic-complete-history", "\"\\e\\C-i\""},
    {"edit-and-execute-command", "\"\\C-x\\C-e\""},
    {"emacs-editing-mode", {}},
    {"end-kbd-macro", "\"\\C-x)\""},
    {"end-of-history", "\"\\e>\""},
    {"end-of-line", "\"\\C-e\" \"\\eOF\" \"\\e[4~\" \"\\e[F\""},
    {"exchange-point-and-mark", "\"\\C-x\\C-x\""},
    {"fetch-history", {}},
    {"forward-backward-delete-char", {}},
    {"forward-byte", {}},
    {"forward-char", "\"\\C-f\" \"\\eOC\" \"\\e[C\""},
    {"forward-search-history", "\"\\C-s\""},
    {"forward-word", "\"\\e\\e[C\" \"\\e[1;3C\" \"\\e[1;5C\" \"\\e[5C\" \"\\ef\""},
    {"glob-complete-word", "\"\\eg\""},
    {"glob-expand-word", "\"\\C-x*\""},
    {"glob-list-expansions", "\"\\C-xg\""},
    {"history-and-alias-expand-line", {}},
    {"history-expand-line", "\"\\e^\""},
    {"history-search-backward", {}},
    {"history-search-forward", {}},
    {"history-substring-search-backward", {}},
    {"history-substring-search-forward", {}},
    {"insert-comment", "\"\\e#\""},
    {"insert-completions", "\"\\e*\""},
    {"insert-last-argument", "\"\\e.\" \"\\e_\""},
    {"kill-line", "\"\\C-k\""},
    {"kill-region", {}},
    {"kill-whole-line", {}},
    {"kill-word", "\"\\e[3;5~\" \"\\ed\""},
    {"magic-space", {}},
    {"menu-complete", {}},
    {"menu-complete-backward", {}},
    {"next-history", "\"\\C-n\" \"\\eOB\" \"\\e[B\""},
    {"next-screen-line", {}},
    {"non-incremental-forward-search-history", "\"\\en\""},
    {"non-incremental-forward-search-history-again", {}},
    {"non-incremental-reverse-search-history", "\"\\ep\""},
    {"non-incremental-reverse-search-history-again", {}},
    {"old-menu-complete", {}},
    {"operate-and-get-next", "\"\\C-o\""},
    {"overwrite-mode", {}},
    {"possible-command-completions", "\"\\C-x!\""},
    {"possible-completions", "\"\\e=\" \"\\e?\""},
    {"possible-filename-completions", "\"\\C-x/\""},
    {"possible-hostname-completions", "\"\\C-x@\""},
    {"possible-username-completions", "\"\\C-x~\""},
    {"possible-variable-completions", "\"\\C-x$\""},
    {"previous-history", "\"\\C-p\" \"\\eOA\" \"\\e[A\""},
    {"previous-screen-line", {}},
    {"print-last-kbd-macro", {}},
    {"quoted-insert", "\"\\C-q\" \"\\C-v\" \"\\e[2~\""},
    {"re-read-init-file", "\"\\C-x\\C-r\""},
    {"redraw-current-line", {}},
    {"reverse-search-history", "\"\\C-r\""},
    {"revert-line", "\"\\e\\C-r\" \"\\er\""},
    {"self-insert", {}},
    {"set-mark", "\"\\C-@\" \"\\e \""},
    {"shell-backward-kill-word", {}},
    {"shell-backward-word", "\"\\e\\C-b\""},
    {"shell-expand-line", "\"\\e\\C-e\""},
    {"shell-forward-word", "\"\\e\\C-f\""},
    {"shell-kill-word", "\"\\e\\C-d\""},
    {"shell-transpose-words", "\"\\e\\C-t\""},
    {"skip-csi-sequence", {}},
    {"spell-correct-word", "\"\\C-xs\""},
    {"start-kbd-macro", "\"\\C-x(\""},
    {"tab-insert", {}},
    {"tilde-expand", "\"\\e&\""},
    {"transpose-chars", "\"\\C-t\""},
    {"transpose-words", "\"\\et\""},
    {"tty-status", {}},
    {"undo", "\"\\C-x\\C-u\" \"\\C-_\""},
    {"universal-argument", {}},
    {"unix-filename-rubout", {}},
    {"unix-line-discard", "\"\\C-u\""},
    {"unix-word-rubout", "\"\\C-w\""},
    {"upcase-word", "\"\\eu\""},
    {"vi-append-eol", {}},
    {"vi-append-mode", {}},
    {"vi-arg-digit", {}},
    {"vi-bWord", {}},
    {"vi-back-to-indent", {}},
    {"vi-backward-bigword", {}},
    {"vi-backward-word", {}},
    {"vi-bword", {}},
    {"vi-change-case", {}},
    {"vi-change-char", {}},
    {"vi-change-to", {}},
    {"vi-char-search", {}},
    {"vi-column", {}},
    {"vi-complete", {}},
    {"vi-delete", {}},
    {"vi-delete-to", {}},
    {"vi-eWord", {}},
    {"vi-edit-and-execute-command", {}},
    {"vi-editing-mode", {}},
    {"vi-end-bigword", {}},
    {"vi-end-word", {}},
    {"vi-eof-maybe", {}},
    {"vi-eword", {}},
    {"vi-fWord", {}},
    {"vi-fetch-history", {}},
    {"vi-first-print", {}},
    {"vi-forward-bigword", {}},
    {"vi-forward-word", {}},
    {"vi-fword", {}},
    {"vi-goto-mark", {}},
    {"vi-insert-beg", {}},
    {"vi-insertion-mode", {}},
    {"vi-match", {}},
    {"vi-movement-mode", {}},
    {"vi-next-word", {}},
    {"vi-overstrike", {}},
    {"vi-overstrike-delete", {}},
    {"vi-prev-word", {}},
    {"vi-put", {}},
    {"vi-redo", {}},
    {"vi-replace", {}},
    {"vi-rubout", {}},
    {"vi-search", {}},
    {"vi-search-again", {}},
    {"vi-set-mark", {}},
    {"vi-subst", {}},
    {"vi-tilde-expand", {}},
    {"vi-undo", {}},
    {"vi-unix-word-rubout", {}},
    {"vi-yank-arg", {}},
    {"vi-yank-pop", {}},
    {"vi-yank-to", {}},
    {"yank", "\"\\C-y\""},
    {"yank-last-arg", "\"\\e.\" \"\\e_\""},
    {"yank-nth-arg", "\"\\e\\C-y\""},
    {"yank-pop", "\"\\ey\""},
};

struct EditVariable {
    std::string_view name, value;
};

constexpr EditVariable variables[] = {
    {"bind-tty-special-chars", "on"},
    {"blink-matching-paren", "off"},
    {"byte-oriented", "off"},
    {"colored-completion-prefix", "off"},
    {"colored-stats", "off"},
    {"completion-ignore-case", "off"},
    {"completion-map-case", "off"},
    {"convert-meta", "off"},
    {"disable-completion", "off"},
    {"echo-control-characters", "on"},
    {"enable-active-region", "off"},
    {"enable-bracketed-paste", "off"},
    {"enable-keypad", "off"},
    {"enable-meta-key", "on"},
    {"expand-tilde", "off"},
    {"history-preserve-point", "off"},
    {"horizontal-scroll-mode", "off"},
    {"input-meta", "on"},
    {"mark-directories", "on"},
    {"mark-modified-lines", "off"},
    {"mark-symlinked-directories", "off"},
    {"match-hidden-files", "on"},
    {"menu-complete-display-prefix", "off"},
    {"meta-flag", "on"},
    {"output-meta", "on"},
    {"page-completions", "on"},
    {"prefer-visible-bell", "on"},
    {"print-completions-horizontally", "off"},
    {"revert-all-at-newline", "off"},
    {"show-all-if-ambiguous", "off"},
    {"show-all-if-unmodified", "off"},
    {"show-mode-in-prompt", "off"},
    {"skip-completed-text", "off"},
    {"visible-stats", "off"},
    {"bell-style", "audible"},
    {"comment-begin", "#"},
    {"completion-display-width", "-1"},
    {"completion-prefix-display-length", "0"},
    {"completion-query-items", "100"},
    {"editing-mode", "emacs"},
    {"emacs-mode-string", "@"},
    {"history-size", "0"},
    {"keymap", "emacs"},
    {"keyseq-timeout", "500"},
    {"vi-cmd-mode-string", "(cmd)"},
    {"vi-ins-mode-string", "(ins)"},
};

Words keys_of(EditFunction const& function) {
    Words keys;
    if (function.name == "self-insert") {
        for (char c = ' '; c <= '~'; ++c)
            keys.push_back((c == '"' || c == '\\' ? "\"\\" : "\"") + std::string(1, c) + "\"");
        for (int c = 128; c < 256; ++c) {
            std::string octal;
            for (int shift = 6; shift >= 0; shift -= 3) octal += static_cast<char>('0' + (c >> shift & 7));
            keys.push_back("\"\\" + octal + "\"");
        }
        return keys;
    }
    if (function.name == "do-lowercase-version") {
        for (char const* const prefix : {"\"\\C-x", "\"\\e"})
            for (char c = 'A'; c <= 'Z'; ++c)
                if (prefix[2] == 'C' || c != 'O') keys.push_back(prefix + std::string(1, c) + "\"");
        return keys;
    }
    for (std::size_t at = 0; at < function.keys.size();) {
        std::size_t const end = std::min(function.keys.find("\" \"", at), function.keys.size() - 1) + 1;
        keys.emplace_back(function.keys.substr(at, end - at));
        at = end + 1;
    }
    return keys;
}

// "abort can be found on "\C-g".", with at most a few of the keys.
std::string where_found(EditFunction const& function, std::string_view verb, std::string_view unbound_end) {
    Words const keys = keys_of(function);
    constexpr std::size_t shown = 5;
    std::string out(function.name);
    if (keys.empty()) return out + " is not bound to any keys" + std::string(unbound_end) + "\n";
    out += " can be " + std::string(verb) + " ";
    for (std::size_t i = 0; i < std::min(keys.size(), shown); ++i) out += (i > 0 ? ", " : "") + keys[i];
    return out + (keys.size() > shown ? ", ...\n" : ".\n");
}

std::string listing(char how) {
    std::string out;
    if (how == 'p' || how == 'P') out = "\n";
    for (EditFunction const& function : functions) {
        if (how == 'l') out += std::string(function.name) + "\n";
        if (how == 'P') out += where_found(function, "found on", "");
        if (how != 'p') continue;
        Words const keys = keys_of(function);
        if (keys.empty()) out += "# " + std::string(function.name) + " (not bound)\n";
        for (std::string const& key : keys) out += key + ": " + std::string(function.name) + "\n";
    }
    for (EditVariable const& variable : variables) {
        std::string const name(variable.name), value(variable.value);
        if (how == 'v') out += "set " + name + " " + value + "\n";
        if (how == 'V') out += name + " is set to `" + value + "'\n";
    }
    return out;
}

// -q and -u: a function by its name.
int ask_function(Interpreter& shell, std::string const& name, bool asks) {
    auto const found = std::find_if(std::begin(functions), std::end(functions),
                                    [&](EditFunction const& one) { return one.name == name; });
    if (found == std::end(functions)) {
        shell.builtin_error("bind", "`" + name + "': unknown function name");
        return 1;
    }
    if (asks) shell.write(1, where_found(*found, "invoked via", "."));
    return asks && keys_of(*found).empty() ? 1 : 0;
}

int read_bindings(Interpreter& shell, std::string const& file) {
    auto const node = shell.system.vfs.lookup(shell.caller, file);
    if (node) return 0;
    shell.builtin_error("bind", file + ": cannot read: " + std::string(message(node.error)));
    return 1;
}

constexpr std::string_view keymaps[] = {"emacs", "emacs-standard", "emacs-meta", "emacs-ctlx",
                                        "vi",    "vi-move",        "vi-command", "vi-insert"};

}

int builtin_bind(Interpreter& shell, Words const& arguments) {
    if (!shell.interactive) shell.builtin_error("bind", "warning: line editing not enabled");
    constexpr std::string_view with_value = "mfqurx", lists = "lpsvPSVX";
    std::string wanted;
    int status = 0;
    for (std::size_t at = 1; at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-'; ++at) {
        std::string const& word = arguments[at];
        if (word == "--") break;
        for (std::size_t i = 1; i < word.size(); ++i) {
            char const c = word[i];
            if (lists.find(c) != std::string_view::npos) {
                wanted += c;
                continue;
            }
            if (with_value.find(c) == std::string_view::npos)
                return invalid_option(shell, "bind", std::string("-") + c);
            bool const inside = i + 1 < word.size();
            if (!inside && at + 1 >= arguments.size()) {
                shell.builtin_error("bind", std::string("-") + c + ": option requires an argument");
                return usage(shell, "bind");
            }
            std::string const value = inside ? word.substr(i + 1) : arguments[++at];
            if (c == 'm' && std::find(std::begin(keymaps), std::end(keymaps), value) == std::end(keymaps)) {
                shell.builtin_error("bind", "`" + value + "': invalid keymap name");
                return 1;
            }
            if (c == 'q' || c == 'u') status = ask_function(shell, value, c == 'q');
            if (c == 'f') status = read_bindings(shell, value);
            break;
        }
    }
    constexpr std::string_view order = "lpPvV"; // as bash prints them, whatever the order of the options
    for (char const how : order)
        if (wanted.find(how) != std::string::npos) shell.write(1, listing(how));
    return status;
}

}
