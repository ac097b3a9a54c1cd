// What Tab offers: commands where a command is expected, variables after $, options after a dash, else files; and how
// bash joins the lines of one command in its history.
#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/commands/command.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace cw::terminal {

namespace {

constexpr std::array<std::string_view, 22> keywords = {
    "if", "then", "else", "elif",     "fi",   "case", "esac", "for", "select", "while", "until",
    "do", "done", "in",   "function", "time", "{",    "}",    "!",   "[[",     "]]",    "coproc"};
// Words after which a command comes.
constexpr std::array<std::string_view, 11> before_command = {"if", "then", "else", "elif", "while", "until",
                                                             "do", "time", "{",    "!",    "("};
constexpr std::string_view word_ends = " \t\n;|&()<>";

bool is_one_of(std::string_view word, std::string_view const* from, std::size_t count) {
    return std::find(from, from + count, word) != from + count;
}

// The word before the caret as the shell would see it.
struct TypedWord {
    std::size_t start = 0;   // of the whole word in the line
    std::size_t part = 0;    // of what is completed: after the last unquoted = or :
    std::string text;        // from `part` on, without quotes
    char quote = 0;          // still open
    bool is_command = false; // a command is expected here
    bool after_redirect = false;
    std::string command; // the command that this is an argument of
};

// Reads the line up to the caret: quotes, words, and where commands begin.
class Reader {
  public:
    explicit Reader(std::string_view line) : line_(line) {}

    TypedWord read() {
        while (at_ < line_.size()) {
            char const c = line_[at_];
            if (word_.quote != 0)
                quoted(c);
            else if (word_ends.find(c) != std::string_view::npos)
                ended(c);
            else
                plain(c);
        }
        word_.is_command = expects_command_ && !word_.after_redirect;
        return word_;
    }

  private:
    void quoted(char c) {
        bool const escapes = word_.quote == '"' && c == '\\' && at_ + 1 < line_.size() &&
                             std::string_view("\"$`\\").find(line_[at_ + 1]) != std::string_view::npos;
        if (c == word_.quote)
            word_.quote = 0;
        else if (escapes)
            word_.text += line_[++at_];
        else
            word_.text += c;
        ++at_;
    }
    void plain(char c) {
        in_word_ = true;
        if (c == '\'' || c == '"') {
            word_.quote = c;
        } else if (c == '\\' && at_ + 1 < line_.size()) {
            word_.text += line_[++at_];
        } else {
            word_.text += c;
        }
        ++at_;
        if (c == '=' || c == ':') {
            whole_ += word_.text;
            word_.text.clear();
            word_.part = at_;
        }
    }
    void ended(char c) {
        if (in_word_) {
            std::string const whole = whole_ + word_.text;
            bool const is_assignment = expects_command_ && whole.find('=') != std::string::npos && whole[0] != '=';
            if (word_.after_redirect) {
                word_.after_redirect = false;
            } else if (expects_command_ && !is_assignment) {
                word_.command = whole;
                expects_command_ = is_one_of(whole, before_command.data(), before_command.size());
            }
        }
        if (std::string_view(";|&(\n").find(c) != std::string_view::npos) {
            expects_command_ = true;
            word_.after_redirect = false;
            word_.command.clear();
        }
        if (c == '<' || c == '>') word_.after_redirect = true;
        ++at_;
        in_word_ = false;
        word_.text.clear();
        whole_.clear();
        word_.start = word_.part = at_;
    }

    std::string_view line_;
    std::size_t at_ = 0;
    TypedWord word_;
    std::string whole_;
    bool in_word_ = false, expects_command_ = true;
};

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

void add_commands(Shell& shell, std::string_view start, std::vector<Completions::Item>& items) {
    std::set<std::string> names;
    auto const add = [&](std::string_view name) {
        if (starts_with(name, start)) names.emplace(name);
    };
    for (std::string_view const keyword : keywords) add(keyword);
    for (Builtin const* const builtin : all_builtins()) add(builtin->name);
    Interpreter& interpreter = shell.interpreter();
    for (auto const& [name, function] : interpreter.functions) add(name);
    for (auto const& [name, text] : interpreter.aliases) add(name);
    std::string const path = interpreter.value_of("PATH");
    for (std::string_view const folder : split(path, ':')) {
        auto const found = shell.vfs().list(interpreter.caller, folder);
        if (!found) continue;
        for (Vfs::Entry const& entry : found.value)
            if (!entry.node->is_directory() && shell.vfs().may(interpreter.caller, *entry.node, 1)) add(entry.name);
    }
    for (std::string const& name : names) items.push_back({name, name, ""});
}

void add_files(Shell& shell, std::string const& text, std::vector<Completions::Item>& items) {
    Interpreter& interpreter = shell.interpreter();
    std::size_t const slash = text.rfind('/');
    std::string const folder = slash == std::string::npos ? "" : text.substr(0, slash + 1);
    std::string const start = slash == std::string::npos ? text : text.substr(slash + 1);
    std::string looked_in = folder.empty() ? "." : folder;
    if (starts_with(folder, "~/")) looked_in = interpreter.value_of("HOME") + folder.substr(1);
    auto const found = shell.vfs().list(interpreter.caller, looked_in);
    if (!found) return;
    for (Vfs::Entry const& entry : found.value) {
        bool const is_hidden = entry.name[0] == '.' && (start.empty() || start[0] != '.');
        if (is_hidden || !starts_with(entry.name, start)) continue;
        auto const target = shell.vfs().lookup(interpreter.caller, joined_path(looked_in, entry.name));
        bool const is_folder = target && target.value->is_directory();
        items.push_back({folder + entry.name, entry.name + (is_folder ? "/" : ""), is_folder ? "/" : ""});
    }
}

// $NAME or ${NAME before the caret.
void add_variables(Shell& shell, std::string const& text, std::size_t dollar, char quote,
                   std::vector<Completions::Item>& items) {
    bool const has_brace = dollar + 1 < text.size() && text[dollar + 1] == '{';
    std::string const head = text.substr(0, dollar + (has_brace ? 2 : 1));
    std::string const start = text.substr(head.size());
    Interpreter& interpreter = shell.interpreter();
    for (std::string const& name : interpreter.variables.names()) {
        if (!starts_with(name, start)) continue;
        auto const target = shell.vfs().lookup(interpreter.caller, interpreter.value_of(name));
        bool const is_folder = !has_brace && target && target.value->is_directory();
        std::string const suffix = is_folder ? "/" : quote == '"' ? "\" " : "";
        items.push_back({head + name + (has_brace ? "}" : ""), "$" + name, suffix});
    }
}

// The options that a command's manual names.
void add_options(System const& system, std::string const& command, std::string const& start,
                 std::vector<Completions::Item>& items) {
    Command const* const row = system.command(command);
    if (!row) return;
    std::set<std::string> names{"--help"};
    std::string_view const manual = row->manual;
    for (std::size_t at = 0; at < manual.size(); ++at) {
        bool const begins =
            manual[at] == '-' && (at == 0 || std::string_view(" \n,[|").find(manual[at - 1]) != std::string_view::npos);
        if (!begins) continue;
        std::size_t end = at;
        while (end < manual.size() &&
               (EditBuffer::is_word_character(static_cast<unsigned char>(manual[end])) || manual[end] == '-'))
            ++end;
        std::string const name(manual.substr(at, end - at));
        if (name.find_first_not_of('-') != std::string::npos) names.insert(name);
        at = end;
    }
    for (std::string const& name : names)
        if (starts_with(name, start)) items.push_back({name, name, ""});
}

bool is_name(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return EditBuffer::is_word_character(static_cast<unsigned char>(c)) || c == '_'; });
}

}

Completions complete_command_line(Shell& shell, std::string_view line, std::size_t caret) {
    TypedWord const word = Reader(line.substr(0, caret)).read();
    Completions completions;
    completions.start = word.part;
    // Raw text decides about $: in single quotes it is an ordinary character.
    std::string const raw(line.substr(word.part, caret - word.part));
    std::size_t const dollar = word.quote == '\'' ? std::string::npos : raw.rfind('$');
    if (dollar != std::string::npos) {
        std::string_view const name = std::string_view(raw).substr(dollar + 1);
        if (is_name(starts_with(name, "{") ? name.substr(1) : name)) {
            completions.quote = Completions::Quote::none;
            add_variables(shell, raw, dollar, word.quote, completions.items);
            return completions;
        }
    }
    completions.quote = word.quote == '\''  ? Completions::Quote::single
                        : word.quote == '"' ? Completions::Quote::doubled
                                            : Completions::Quote::backslash;
    bool const is_path = word.text.find('/') != std::string::npos;
    if (word.is_command && !is_path && word.part == word.start) add_commands(shell, word.text, completions.items);
    if (!word.is_command && starts_with(word.text, "-") && word.quote == 0)
        add_options(shell.system(), word.command, word.text, completions.items);
    if (completions.items.empty()) add_files(shell, word.text, completions.items);
    return completions;
}

Completions Terminal::complete(std::string_view line, std::size_t caret) {
    return complete_command_line(*shell_, line, caret);
}

bool has_here_document(std::string_view command) {
    return command.find("<<") != std::string_view::npos && command.find("<<<") == std::string_view::npos;
}

void join_history_line(std::string& command, std::string_view line) {
    // Inside quotes the line end is part of the text.
    TypedWord const word = Reader(command).read();
    if (word.quote != 0 || has_here_document(command)) {
        command += '\n';
    } else if (!command.empty() && command.back() == '\\') {
        command.pop_back();
    } else {
        std::string_view const trimmed = trim(command);
        std::size_t const blank = trimmed.find_last_of(" \t\n");
        std::string_view const last = blank == std::string_view::npos ? trimmed : trimmed.substr(blank + 1);
        constexpr std::array<std::string_view, 9> goes_on = {"case",  "do",    "else", "if",  "then",
                                                             "until", "while", "in",   "elif"};
        bool const is_open = is_one_of(last, goes_on.data(), goes_on.size()) ||
                             (!last.empty() && std::string_view("{(;&|").find(last.back()) != std::string_view::npos) ||
                             (last.size() >= 2 && last.substr(last.size() - 2) == "()");
        command += is_open ? " " : "; ";
    }
    command += line;
}

}
