// `!!`, `!$`, `!word`, `^old^new`: bash's history expansion, done before a typed line is parsed.
#include "terminal/characters.hpp"
#include "terminal/shell.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

// $( <( >( and the extended patterns are no operators.
bool opens_group(std::string const& line, std::size_t at) {
    return at + 1 < line.size() && line[at + 1] == '(' &&
           std::string_view("$<>?*+@!").find(line[at]) != std::string_view::npos;
}

// The bracket that closes the one at `open`, or the last character.
std::size_t group_end(std::string const& line, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < line.size(); ++at) {
        if (line[at] == '\\')
            ++at;
        else if (line[at] == '(')
            ++depth;
        else if (line[at] == ')' && --depth == 0)
            return at;
    }
    return line.size() - 1;
}

std::string quoted_word(std::string_view text) {
    std::string out = "'";
    for (char const c : text) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

// A line cut into words as history expansion counts them: quotes keep together, operators stand alone.
std::vector<std::string> history_words(std::string const& line) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < line.size();) {
        if (is_blank_char(line[at]) || line[at] == '\n') {
            ++at;
            continue;
        }
        std::size_t const from = at;
        if (!opens_group(line, at) && std::string_view("<>;&|()").find(line[at]) != std::string_view::npos) {
            while (at < line.size() && line[at] == line[from] && at - from < 2) ++at;
        } else {
            char quote = 0;
            for (; at < line.size(); ++at) {
                char const c = line[at];
                if (c == '\\' && quote != '\'' && at + 1 < line.size()) {
                    ++at;
                } else if (quote) {
                    if (c == quote) quote = 0;
                } else if (c == '\'' || c == '"' || c == '`') {
                    quote = c;
                } else if (opens_group(line, at)) {
                    at = group_end(line, at + 1);
                } else if ((c == '<' || c == '>') && at > from &&
                           line.find_first_not_of("0123456789", from) == at) { // 2>
                    while (at < line.size() && (line[at] == '<' || line[at] == '>' || line[at] == '&')) ++at;
                    break;
                } else if (is_blank_char(c) || std::string_view("<>;&|()\n").find(c) != std::string_view::npos) {
                    break;
                }
            }
        }
        words.push_back(line.substr(from, at - from));
    }
    return words;
}

std::string words_between(std::vector<std::string> const& words, std::size_t from, std::size_t to) {
    std::string out;
    for (std::size_t i = from; i <= to && i < words.size(); ++i) out += (i > from ? " " : "") + words[i];
    return out;
}

class HistoryExpander {
  public:
    HistoryExpander(std::vector<std::string> const& lines, std::size_t base, std::string const& text,
                    HistoryMemory& memory)
        : lines_(lines), base_(static_cast<long>(base)), text_(text), memory_(memory) {}

    std::string out;
    std::string problem;
    bool changed = false;
    bool print_only = false;
    bool keeps_quoted = false; // posix: nothing is expanded between double quotes

    bool run() {
        if (!text_.empty() && text_[0] == '^') return quick_substitution();
        char quote = 0;
        std::string outer; // the quotes around each open substitution
        for (at_ = 0; at_ < text_.size();) {
            char const c = text_[at_];
            if (c == '\\' && at_ + 1 < text_.size() && quote != '\'') {
                out += text_.substr(at_, 2);
                at_ += 2;
            } else if (quote == '\'') {
                if (c == '\'') quote = 0;
                out += text_[at_++];
            } else if (c == '\'' && !quote) {
                quote = '\'';
                out += text_[at_++];
            } else if (c == '"') {
                quote = quote ? 0 : '"';
                out += text_[at_++];
            } else if ((c == '$' || c == '<' || c == '>') && at_ + 1 < text_.size() && text_[at_ + 1] == '(') {
                outer += quote ? quote : ' '; // inside, quotes begin anew
                quote = 0;
                out += text_.substr(at_, 2);
                at_ += 2;
            } else if (c == ')' && !quote && !outer.empty()) {
                quote = outer.back() == ' ' ? '\0' : outer.back();
                outer.pop_back();
                out += text_[at_++];
            } else if (c == '#' && !quote && (at_ == 0 || is_blank_char(text_[at_ - 1]))) {
                out += text_.substr(at_); // a comment
                return true;
            } else if (c == '!' && starts_event(quote)) {
                quote_ = quote;
                if (!event()) return false;
            } else {
                out += text_[at_++];
            }
        }
        return true;
    }

  private:
    [[nodiscard]] bool starts_event(char quote) const {
        if (at_ + 1 >= text_.size()) return false;
        char const next = text_[at_ + 1];
        if (next == ' ' || next == '\t' || next == '\n' || next == '=' || next == '(') return false;
        if (quote == '"' && (next == '"' || keeps_quoted)) return false;
        bool const parameter =
            at_ > 0 && (text_[at_ - 1] == '$' || (at_ > 1 && text_[at_ - 1] == '{' && text_[at_ - 2] == '$'));
        return !parameter && !(at_ > 0 && text_[at_ - 1] == '[');
    }

    bool quick_substitution() {
        std::size_t const middle = text_.find('^', 1);
        std::string const body = text_.substr(0, text_.find('\n'));
        std::string const from = text_.substr(1, middle == std::string::npos ? std::string::npos : middle - 1);
        std::string to = middle == std::string::npos ? "" : body.substr(std::min(middle + 1, body.size()));
        std::string rest;
        if (std::size_t const end = to.find('^'); end != std::string::npos) {
            rest = to.substr(end + 1);
            to.resize(end);
        }
        std::string line = lines_.empty() ? "" : lines_.back();
        std::size_t const hit = line.find(from);
        if (lines_.empty() || hit == std::string::npos) {
            problem = ":s" + body + ": substitution failed";
            return false;
        }
        memory_.old_text = from;
        memory_.new_text = to;
        out = line.replace(hit, from.size(), to) + rest;
        changed = true;
        return true;
    }

    bool fail(std::string const& event_text) {
        problem = event_text + ": event not found";
        return false;
    }

    bool event() {
        std::size_t const start = at_++;
        std::string line;
        char const c = text_[at_];
        bool designator_only = false;
        if (c == '!') {
            ++at_;
            if (lines_.empty()) return fail("!!");
            line = lines_.back();
        } else if (c == '#') {
            ++at_;
            line = out;
        } else if (is_digit(c) || (c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
            std::size_t end = at_ + 1;
            while (end < text_.size() && is_digit(text_[end])) ++end;
            long const number =
                std::strtol(text_.substr(at_, std::min<std::size_t>(end - at_, 9)).c_str(), nullptr, 10);
            at_ = end;
            auto const count = static_cast<long>(lines_.size());
            long const index = number < 0 ? count + number : number - 1 - base_;
            if (index < 0 || index >= count) return fail(text_.substr(start, at_ - start));
            line = lines_[static_cast<std::size_t>(index)];
        } else if (std::string_view("$^*:").find(c) != std::string_view::npos) {
            if (lines_.empty()) return fail(text_.substr(start, 2));
            line = lines_.back();
            designator_only = true;
        } else if (!named_event(start, line)) {
            return false;
        }
        static_cast<void>(designator_only);
        changed = true;
        return designators(line);
    }

    // !text and !?text?
    bool named_event(std::size_t start, std::string& line) {
        bool const anywhere = text_[at_] == '?';
        if (anywhere) ++at_;
        std::size_t const from = at_;
        while (at_ < text_.size() &&
               (anywhere ? text_[at_] != '?' && text_[at_] != '\n'
                         : std::string_view(" \t\n:;&|()<>^$*%").find(text_[at_]) == std::string_view::npos &&
                               !(text_[at_] == '-' && at_ > from) && !(quote_ && text_[at_] == quote_)))
            ++at_;
        std::string const wanted = text_.substr(from, at_ - from);
        if (anywhere && at_ < text_.size() && text_[at_] == '?') ++at_;
        if (wanted.empty()) return fail(text_.substr(start, at_ - start));
        for (auto old = lines_.rbegin(); old != lines_.rend(); ++old) {
            std::size_t const hit = old->find(wanted);
            if (anywhere ? hit == std::string::npos : hit != 0) continue;
            line = *old;
            if (anywhere) memory_.search = wanted;
            return true;
        }
        return fail(text_.substr(start, at_ - start));
    }

    bool bad_word(std::string const& shown) {
        problem = shown + ": bad word specifier";
        return false;
    }

    bool number_at(std::size_t& value) {
        if (at_ >= text_.size() || !is_digit(text_[at_])) return false;
        value = 0;
        while (at_ < text_.size() && is_digit(text_[at_]) && value < 100000)
            value = value * 10 + static_cast<std::size_t>(text_[at_++] - '0');
        return true;
    }

    // :2, :$, :1-3, :*, and the short forms without a colon; then modifiers.
    bool designators(std::string line) {
        std::size_t const start = at_;
        std::size_t word_at = at_;
        if (word_at < text_.size() && text_[word_at] == ':') ++word_at;
        char const c = word_at < text_.size() ? text_[word_at] : '\0';
        bool const colon = word_at > at_;
        if (c == '%') { // the word that the last !?text? found
            at_ = word_at + 1;
            std::vector<std::string> const words = history_words(line);
            for (auto word = words.rbegin(); word != words.rend(); ++word)
                if (word->find(memory_.search) != std::string::npos) {
                    line = *word;
                    break;
                }
        } else if (std::string_view("$^*-").find(c) != std::string_view::npos && c ? true : colon && is_digit(c)) {
            at_ = word_at;
            std::vector<std::string> const words = history_words(line);
            std::size_t const last = words.empty() ? 0 : words.size() - 1;
            std::size_t from = 0, to = 0;
            if (c == '*') {
                ++at_;
                from = 1;
                to = last;
                if (last < 1) {
                    line.clear();
                    return modifiers(line);
                }
            } else {
                if (c == '^') {
                    from = 1;
                    ++at_;
                } else if (c == '$') {
                    from = last;
                    ++at_;
                } else if (c != '-') {
                    number_at(from);
                }
                to = from;
                if (at_ < text_.size() && text_[at_] == '*') {
                    ++at_;
                    to = last;
                } else if (at_ < text_.size() && text_[at_] == '-') {
                    ++at_;
                    if (at_ < text_.size() && text_[at_] == '$') {
                        ++at_;
                        to = last;
                    } else if (!number_at(to)) {
                        to = last > 0 ? last - 1 : 0;
                    }
                }
                if (from > last || to > last) return bad_word(text_.substr(start, at_ - start));
            }
            line = words_between(words, from, to);
        }
        return modifiers(line);
    }

    bool modifiers(std::string line) {
        while (at_ + 1 < text_.size() && text_[at_] == ':') {
            char c = text_[at_ + 1];
            std::size_t const start = at_;
            bool global = false;
            at_ += 2;
            bool each_word = false;
            while ((c == 'g' || c == 'a' || c == 'G') && at_ < text_.size()) {
                (c == 'G' ? each_word : global) = true;
                c = text_[at_++];
            }
            std::size_t const slash = line.rfind('/'), dot = line.rfind('.');
            if (c == 'h') {
                line.resize(slash == std::string::npos ? line.size() : slash);
            } else if (c == 't') {
                if (slash != std::string::npos) line.erase(0, slash + 1);
            } else if (c == 'r') {
                if (dot != std::string::npos) line.resize(dot);
            } else if (c == 'e') {
                if (dot != std::string::npos) line.erase(0, dot);
            } else if (c == 'p') {
                print_only = true;
            } else if (c == 'q') {
                line = quoted_word(line);
            } else if (c == 'x') {
                std::string made;
                for (std::size_t from = 0; from < line.size();) {
                    std::size_t const end = std::min(line.find_first_of(" \t\n", from), line.size());
                    made += quoted_word(std::string_view(line).substr(from, end - from));
                    if (end < line.size()) made += line[end];
                    from = end + 1;
                }
                line = made;
            } else if ((c == 's' && at_ < text_.size()) || c == '&') {
                if (c == 's') read_substitution();
                if (!substitute(line, global, each_word, start)) return false;
            } else {
                problem = text_.substr(start, at_ - start) + ": unrecognized history modifier";
                return false;
            }
        }
        out += line;
        return true;
    }

    // s/old/new/, with any mark; an empty old text is the last one, and & in the new one stands for it.
    void read_substitution() {
        char const mark = text_[at_++];
        std::string parts[2];
        for (std::string& part : parts) {
            bool const is_new = &part == &parts[1];
            while (at_ < text_.size() && text_[at_] != mark && text_[at_] != '\n') {
                if (text_[at_] == '\\' && at_ + 1 < text_.size() &&
                    (text_[at_ + 1] == mark || (is_new && text_[at_ + 1] == '&'))) {
                    part += text_[at_ + 1];
                    at_ += 2;
                } else if (is_new && text_[at_] == '&') {
                    part += memory_.old_text;
                    ++at_;
                } else {
                    part += text_[at_++];
                }
            }
            if (at_ < text_.size() && text_[at_] == mark) ++at_;
            if (!is_new && !part.empty()) memory_.old_text = part;
            if (!is_new && part.empty() && memory_.old_text.empty()) memory_.old_text = memory_.search;
        }
        memory_.new_text = parts[1];
    }

    bool substitute(std::string& line, bool global, bool each_word, std::size_t start) {
        std::string const &from = memory_.old_text, &to = memory_.new_text;
        std::size_t hit = from.empty() ? std::string::npos : line.find(from);
        if (hit == std::string::npos) {
            problem = text_.substr(start, at_ - start) + ": substitution failed";
            return false;
        }
        while (hit != std::string::npos) {
            line.replace(hit, from.size(), to);
            std::size_t next = hit + to.size();
            if (each_word) next = line.find_first_of(" \t", next);
            hit = (global || each_word) && next != std::string::npos ? line.find(from, next) : std::string::npos;
        }
        return true;
    }

    std::vector<std::string> const& lines_;
    long base_; // lines that are gone: their numbers stay used
    std::string const& text_;
    HistoryMemory& memory_;
    std::size_t at_ = 0;
    char quote_ = 0; // around the event
};

}

bool Interpreter::expand_history(std::string& typed, bool& changed) {
    changed = false;
    history_has_current = false;
    if (!options.histexpand) return true;
    HistoryExpander expander(*history, history_base, typed, *history_memory);
    expander.keeps_quoted = options.posix;
    if (!expander.run()) {
        write(2, message_name + ": " + (interactive ? "" : "line " + std::to_string(line) + ": ") + expander.problem +
                     "\n");
        return false;
    }
    changed = expander.changed;
    typed = expander.out;
    if (!expander.print_only) return true;
    write(2, typed + "\n");
    remember_line(typed);
    return false;
}

void Interpreter::expand_next_command(Parser& parser) {
    std::string command;
    std::size_t length = 0;
    for (int lines = 0; lines < 10'000; ++lines) {
        std::string typed(parser.next_line(length));
        if (typed.empty()) break;
        length += typed.size();
        bool const ended = typed.back() == '\n';
        if (ended) typed.pop_back();
        line = parser.line() + lines;
        bool changed = false;
        bool const in_document = command.find("<<") != std::string::npos;
        if (!in_document && !expand_history(typed, changed)) typed.clear(); // this line is lost
        if (changed && !typed.empty()) write(2, typed + "\n");
        command += typed + (ended ? "\n" : "");
        std::size_t const first = typed.find_first_not_of(" \t");
        if (first != std::string::npos && typed[first] != '#' && is_complete(command)) break;
    }
    parser.replace_next(length, command);
}

std::string Interpreter::history_text(std::string& typed) const {
    HistoryExpander expander(*history, history_base, typed, *history_memory);
    bool const good = expander.run();
    if (good) typed = expander.out;
    return good ? std::string() : expander.problem;
}

bool Shell::expand_history(std::string& line, bool& changed) { return interpreter_->expand_history(line, changed); }

}
