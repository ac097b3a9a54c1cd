#include "terminal/expand.hpp"

#include "ground/text.hpp"
#include "terminal/arith.hpp"
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

constexpr std::string_view glob_characters = "*?[\\+@!(";
constexpr std::string_view quoted_characters = "*?[]\\+@!()|-^"; // ordinary ones when quoted
constexpr std::string_view regex_characters = ".^$*+?()[]{}|\\";

std::size_t utf8_length(std::string_view text) {
    std::size_t at = 0;
    static_cast<void>(next_code_point(text, at));
    return at;
}

bool is_blank_separator(char c) { return c == ' ' || c == '\t' || c == '\n'; }

void append_escaped(std::string& out, std::string_view text, std::string_view special) {
    for (char const c : text) {
        if (special.find(c) != std::string_view::npos) out.push_back('\\');
        out.push_back(c);
    }
}

void append_all_escaped(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const length = utf8_length(text.substr(at));
        (out += '\\') += text.substr(at, length);
        at += length;
    }
}

// Whether a regular expression that goes on after this text is inside of [...], where a backslash escapes nothing.
bool in_bracket_expression(std::string_view regex) {
    bool inside = false;
    for (std::size_t at = 0; at < regex.size(); ++at) {
        if (!inside && regex[at] == '\\') {
            ++at;
        } else if (!inside && regex[at] == '[') {
            inside = true;
            if (at + 1 < regex.size() && regex[at + 1] == '^') ++at;
            if (at + 1 < regex.size() && regex[at + 1] == ']') ++at;
        } else if (inside && regex[at] == '[' && at + 1 < regex.size() && regex[at + 1] == ':') {
            at = std::min(regex.find(":]", at), regex.size() - 2) + 1;
        } else if (inside && regex[at] == ']') {
            inside = false;
        }
    }
    return inside;
}

// Where the value of `name=value` or `name+=value` begins; 0 if the text is no such thing.
std::size_t assignment_value(std::string_view text) {
    std::size_t const equals = std::min(text.find('='), text.size());
    std::size_t const name = equals > 0 && equals < text.size() && text[equals - 1] == '+' ? equals - 1 : equals;
    bool const assigns = equals < text.size() && is_identifier(text.substr(0, name));
    return assigns ? equals + 1 : 0;
}

}

void FieldBuilder::push() {
    fields.push_back(std::move(current_));
    current_ = {};
    open_ = false;
}

void FieldBuilder::append(std::string_view text, bool quoted) {
    bool const special = text.find_first_of(quoted ? quoted_characters : glob_characters) != std::string_view::npos;
    if (quoted && special)
        current_.quoted.emplace_back(current_.text.size(), current_.text.size() + text.size());
    else if (!quoted && special)
        current_.may_glob = true;
    current_.text += text;
}

void FieldBuilder::add_literal(std::string_view text, bool quoted) {
    append(text, quoted);
    open_ = true;
    blank_ended_ = false;
}

void FieldBuilder::add_value(std::string_view text, bool quoted) {
    if (quoted || !splits_ || text.find_first_of(separators_) == std::string_view::npos) {
        if (quoted || !text.empty()) add_literal(text, quoted);
        return;
    }
    std::size_t from = 0;
    for (std::size_t at = 0, length = 1; at <= text.size(); at += length) {
        bool const ends = at == text.size();
        length = ends || !wide_separators_ ? 1 : utf8_length(text.substr(at));
        if (!ends && separators_.find(text.substr(at, length)) == std::string::npos) continue;
        if (at > from) add_literal(text.substr(from, at - from), false);
        from = at + length;
        if (ends) break;
        bool const blank = is_blank_separator(text[at]);
        if (open_) {
            push();
            blank_ended_ = blank;
        } else if (!blank) {
            if (blank_ended_)
                blank_ended_ = false;
            else
                push();
        }
    }
}

void FieldBuilder::break_field() {
    if (open_) push();
    blank_ended_ = false;
}

void Expander::emit(Sink& sink, std::string_view text, bool quoted, bool is_value) {
    if (sink.fields) {
        if (sink.skips_empty && text.empty()) return;
        if (is_value)
            sink.fields->add_value(text, quoted);
        else
            sink.fields->add_literal(text, quoted);
        return;
    }
    if (sink.purpose == Purpose::text || !quoted)
        *sink.text += text;
    else if (sink.purpose == Purpose::traced_pattern)
        append_all_escaped(*sink.text, text);
    else if (sink.purpose == Purpose::pattern)
        append_escaped(*sink.text, text, quoted_characters);
    else if (sink.purpose == Purpose::regex)
        append_escaped(*sink.text, text, in_bracket_expression(*sink.text) ? "" : regex_characters);
    else
        append_escaped(*sink.text, text, "&\\");
}

// "$@" makes fields, "$*" one text; unquoted both are joined by the first separator and split again, which keeps empty
// ones unless that separator is a blank.
void Expander::emit_list(Sink& sink, std::vector<std::string> const& items, char every, bool quoted) {
    std::string const separators = shell_.separators();
    bool const splits_again = sink.fields && !quoted && !separators.empty();
    if (sink.fields && !splits_again && !(quoted && every == '*')) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i) sink.fields->break_field();
            sink.fields->add_value(items[i], quoted);
        }
        return;
    }
    std::string const joint = every == '*' || splits_again ? shell_.joiner() : std::string(" ");
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i) text += joint;
        text += items[i];
    }
    emit(sink, text, quoted, true);
}

void Expander::emit_value(Sink& sink, Value const& value, bool quoted) {
    if (value.is_list)
        emit_list(sink, value.items, value.every, quoted);
    else
        emit(sink, value.text, quoted, true);
}

// Whether a part between double quotes makes a field even if its value is empty.
bool Expander::opens_field(Part const& part) {
    if (part.kind != PartKind::parameter) return true;
    Parameter const& p = *part.parameter;
    if (p.length || p.op == ParameterOp::default_value) return true;
    return (p.name != "@" || p.has_subscript) && p.every != '@';
}

bool Expander::opens_quotes(Part const& part) {
    for (Part const& inner : part.inner)
        if (!opens_field(inner)) return false;
    return true;
}

void Expander::double_quoted(Part const& part, Sink& sink) {
    if (sink.fields) {
        Sink inner = sink;
        inner.skips_empty = !opens_quotes(part);
        if (!inner.skips_empty) sink.fields->add_literal("", true);
        parts(part.inner, true, inner);
        return;
    }
    parts(part.inner, true, sink);
}

void Expander::emit_subscript(std::string const& text, Sink& sink) {
    std::string shown = "[";
    append_escaped(shown, text, "[]$`~\\'\"");
    emit(sink, shown + "]", true, false);
}

void Expander::part(Part const& part, bool quoted, Sink& sink) {
    switch (part.kind) {
        case PartKind::literal: {
            bool const literal_quoted = quoted || part.quoted;
            emit(sink, part.text, literal_quoted, sink.operand && !literal_quoted);
            break;
        }
        case PartKind::double_quoted: double_quoted(part, sink); break;
        case PartKind::parameter: parameter(*part.parameter, quoted, sink); break;
        case PartKind::arithmetic: arithmetic(arithmetic_text(part.inner), quoted, sink); break;
        case PartKind::subscript: {
            std::string text;
            Sink inner;
            inner.text = &text;
            parts(part.inner, false, inner);
            emit_subscript(text, sink);
            break;
        }
        case PartKind::command:
        case PartKind::process_in:
        case PartKind::process_out: shell_.error("internal: a substitution in a place that cannot wait"); break;
    }
}

void Expander::parts(std::vector<Part> const& all, bool quoted, Sink& sink) {
    std::size_t from = 0;
    if (!quoted) tilde(all, sink, from);
    for (std::size_t i = from; i < all.size() && shell_.failure == Failure::none; ++i) {
        if (sink.assignment && !quoted && all[i].kind == PartKind::literal && !all[i].quoted)
            literal_with_tildes(all[i].text, false, i + 1 == all.size(), sink);
        else
            part(all[i], quoted, sink);
    }
}

void Expander::arithmetic(std::string const& expression, bool quoted, Sink& sink) {
    if (shell_.failure != Failure::none) return;
    std::int64_t result = 0;
    if (!shell_.integer_value(expression, result)) {
        shell_.fail_arithmetic();
        return;
    }
    emit(sink, std::to_string(result), quoted, true);
}

std::string Expander::arithmetic_text(std::vector<Part> const& all) {
    std::string text;
    Sink sink;
    sink.text = &text;
    parts(all, true, sink);
    return text;
}

std::string Expander::home_of(std::string_view user, bool& found) {
    found = true;
    if (user.empty()) {
        if (std::string const* const home = shell_.scalar("HOME")) return *home;
        return "/home/" + shell_.system.user;
    }
    if (user == "+") return shell_.directory;
    if (user == "-") {
        if (std::string const* const old = shell_.scalar("OLDPWD")) return *old;
        found = false;
        return {};
    }
    if (user == "root") return "/root";
    if (user == shell_.system.user) return "/home/" + shell_.system.user;
    std::string_view digits = user;
    if (digits[0] == '+' || digits[0] == '-') digits.remove_prefix(1);
    bool const number = !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit) && digits.size() < 6;
    if (number) {
        std::size_t index = std::stoul(std::string(digits));
        std::size_t const count = shell_.directory_stack.size() + 1;
        if (user[0] == '-') index = count - 1 - index;
        if (index < count) return index == 0 ? shell_.directory : shell_.directory_stack[index - 1];
    }
    found = false;
    return {};
}

// `~`, `~user` at the very start, when nothing of it is quoted.
bool Expander::tilde(std::vector<Part> const& all, Sink& sink, std::size_t& used) {
    if (all.empty() || all[0].kind != PartKind::literal || all[0].quoted) return false;
    std::string const& text = all[0].text;
    if (sink.assignment) {
        literal_with_tildes(text, true, all.size() == 1, sink);
        used = 1;
        return true;
    }
    if (text.empty() || text[0] != '~') {
        // `name=~/x:~` as an argument: bash expands that too.
        std::size_t const value = sink.fields && !shell_.options.posix ? assignment_value(text) : 0;
        if (value == 0) return false;
        emit(sink, std::string_view(text).substr(0, value), false, false);
        sink.assignment = true;
        literal_with_tildes(std::string_view(text).substr(value), true, all.size() == 1, sink);
        used = 1;
        return true;
    }
    std::size_t const slash = text.find_first_of("/:");
    if (slash == std::string::npos && all.size() > 1) return false;
    std::size_t const end = std::min(slash, text.size());
    bool found = false;
    std::string const home = home_of(std::string_view(text).substr(1, end - 1), found);
    if (!found) return false;
    std::string_view rest = std::string_view(text).substr(end);
    if (home != "/" || rest.empty()) emit(sink, home, true, false); // "/" and "/x" share the slash
    if (!rest.empty()) emit(sink, rest, false, false);
    used = 1;
    return true;
}

// A literal of an assignment: a tilde at its start or after a ':' is expanded.
void Expander::literal_with_tildes(std::string_view text, bool at_start, bool last, Sink& sink) {
    std::size_t from = 0;
    while (from <= text.size()) {
        std::size_t const colon = text.find(':', from);
        std::size_t const end = std::min(colon, text.size());
        std::string_view const piece = text.substr(from, end - from);
        bool const whole = end < text.size() || last || piece.find('/') != std::string_view::npos;
        bool done = false;
        if ((from > 0 || at_start) && !piece.empty() && piece[0] == '~' && whole) {
            std::size_t const slash = std::min(piece.find('/'), piece.size());
            std::string const home = home_of(piece.substr(1, slash - 1), done);
            if (done) {
                emit(sink, home, true, false);
                emit(sink, piece.substr(slash), false, false);
            }
        }
        if (!done) emit(sink, piece, false, false);
        if (end >= text.size()) break;
        emit(sink, ":", false, false);
        from = end + 1;
    }
}

PatternOptions Expander::pattern_options() const {
    PatternOptions options;
    options.extended = shell_.options.extglob;
    options.ignore_case = shell_.options.nocasematch;
    options.utf8 = shell_.utf8;
    return options;
}

// Globs and gives out the fields.
bool Expander::finish_fields(FieldBuilder& builder, std::vector<std::string>& out) {
    builder.finish();
    if (shell_.failure != Failure::none) return false;
    for (FieldBuilder::Field& field : builder.fields) {
        if (out.size() >= limits::expansion_words) {
            shell_.error("too many words");
            shell_.fail(Failure::discard);
            return false;
        }
        if (!field.may_glob || shell_.options.noglob) {
            out.push_back(std::move(field.text));
            continue;
        }
        std::string pattern;
        std::size_t at = 0;
        for (auto const& [from, to] : field.quoted) {
            pattern.append(field.text, at, from - at);
            append_escaped(pattern, std::string_view(field.text).substr(from, to - from), quoted_characters);
            at = to;
        }
        pattern.append(field.text, at, std::string::npos);
        if (!is_pattern(pattern, shell_.options.extglob)) {
            out.push_back(std::move(field.text));
            continue;
        }
        std::vector<std::string> names = glob(shell_, pattern);
        if (!names.empty()) {
            for (std::string& name : names) out.push_back(std::move(name));
        } else if (shell_.options.failglob) {
            shell_.error("no match: " + field.text);
            shell_.fail(Failure::discard);
            return false;
        } else if (!shell_.options.nullglob) {
            out.push_back(std::move(field.text));
        }
    }
    return true;
}

bool Expander::fields(Word const& word, std::vector<std::string>& out) {
    if (word.plain && !word.assignment) {
        out.push_back(word.parts[0].text);
        return true;
    }
    if (word.may_brace && shell_.options.braceexpand) {
        std::vector<Word> const words = expand_braces(word, limits::expansion_words);
        for (Word const& each : words)
            if (!fields(each, out)) return false;
        if (!words.empty()) return true;
    }
    FieldBuilder builder(shell_.separators(), true);
    Sink sink;
    sink.fields = &builder;
    parts(word.parts, false, sink);
    return finish_fields(builder, out);
}

bool Expander::fields(std::vector<Word> const& words, std::vector<std::string>& out) {
    for (Word const& word : words)
        if (!fields(word, out)) return false;
    return true;
}

std::string Expander::single(Word const& word, Purpose purpose) {
    if (word.plain && purpose == Purpose::text) return word.parts[0].text;
    std::string text;
    Sink sink;
    sink.text = &text;
    sink.purpose = purpose;
    parts(word.parts, false, sink);
    return text;
}

std::optional<Word> Expander::index_word(std::string const& name, Word const& word) {
    if (word.plain || word.source.find_first_of("'\\~") == std::string::npos) return {};
    Variable const* const found = shell_.variable(name);
    bool const ansi = word.source.find("$'") != std::string::npos;
    if (ansi || (found && found->kind == VariableKind::associative)) return {};
    return Parser::arithmetic_text(word.source, shell_.parser_options());
}

std::string Expander::subscript(std::string const& name, Word const& word) {
    std::optional<Word> const index = index_word(name, word);
    return index ? arithmetic_text(index->parts) : single(word);
}

std::string Expander::value(Word const& word) {
    if (word.plain) return word.parts[0].text;
    std::string text;
    Sink sink;
    sink.text = &text;
    sink.assignment = true;
    parts(word.parts, false, sink);
    return text;
}

std::string Expander::quoted_text(std::string const& text) {
    Word const word = Parser::quoted_text(text, shell_.parser_options());
    return word.awaits ? text : single(word);
}

}
