// Words: quotes, escapes, extended globs, assignments and array literals.
#include "terminal/builtins.hpp"
#include "terminal/characters.hpp"
#include "terminal/escapes.hpp"
#include "terminal/expand.hpp"
#include "terminal/parser.hpp"

namespace cw::terminal {

namespace {

void add_literal(std::vector<Part>& parts, std::string_view text, bool quoted) {
    if (!parts.empty() && parts.back().kind == PartKind::literal && parts.back().quoted == quoted) {
        parts.back().text += text;
        return;
    }
    Part part;
    part.quoted = quoted;
    part.text = std::string(text);
    parts.push_back(std::move(part));
}

bool parts_await(std::vector<Part> const& parts);

bool parameter_awaits(Parameter const& parameter) {
    bool const prompt = parameter.op == ParameterOp::transform && parameter.transform == 'P';
    return prompt || parameter.subscript.awaits || parameter.operand.awaits || parameter.second.awaits;
}

bool part_awaits(Part const& part) {
    switch (part.kind) {
        case PartKind::command:
        case PartKind::process_in:
        case PartKind::process_out: return true;
        case PartKind::parameter: return parameter_awaits(*part.parameter);
        default: return parts_await(part.inner);
    }
}

bool parts_await(std::vector<Part> const& parts) {
    for (Part const& part : parts)
        if (part_awaits(part)) return true;
    return false;
}

}

std::string Parser::with_printed_substitutions(std::size_t from) const {
    std::string out;
    for (Printed const& each : printed_) {
        if (each.start < from || each.end > at_) continue;
        out.append(text_, from, each.start - from);
        out += each.text;
        from = each.end;
    }
    return out.append(text_, from, at_ - from);
}

void Parser::finish(Word& word, std::string_view source) {
    word.source = std::string(source);
    word.awaits = parts_await(word.parts);
    for (Part const& part : word.parts)
        if (part.kind == PartKind::literal && !part.quoted && part.text.find('{') != std::string::npos)
            word.may_brace = true;
    word.plain = word.parts.size() == 1 && word.parts[0].kind == PartKind::literal && !word.parts[0].quoted &&
                 word.parts[0].text.find_first_of("*?[]{}~\\()") == std::string::npos;
}

Word Parser::read_word(WordMode mode) {
    Word word;
    std::size_t const start = at_;
    if (mode.assignment && assignment_prefix() > 0) {
        read_assignment(word);
    } else if (mode.assignment && opens_subscript()) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `]'", line_, false);
        at_ = text_.size();
    } else {
        std::size_t const prefix = mode.joined ? assignment_prefix() : 0;
        if (prefix > 0 && peek_char(prefix) == '(') {
            add_literal(word.parts, std::string_view(text_).substr(at_, prefix), false);
            at_ += prefix;
            read_bracketed(word.parts);
        }
        read_word_parts(word, mode);
    }
    finish(word, with_printed_substitutions(start));
    if (word.assignment) {
        Assignment const& assignment = *word.assignment;
        word.awaits = assignment.value.awaits || assignment.subscript.awaits;
        for (ArrayElement const& element : assignment.elements)
            word.awaits = word.awaits || element.value.awaits || element.subscript.awaits;
    }
    return word;
}

void Parser::read_word_parts(Word& word, WordMode mode) {
    std::vector<Part>& parts = word.parts;
    int brackets = 0; // of a regular expression
    while (!at_end() && !failed()) {
        char const c = text_[at_];
        if (mode.regex && read_regex_character(parts, brackets)) continue;
        bool const globs = options_.extended_globs || mode.pattern;
        if (globs && peek_char(1) == '(' && (c == '?' || c == '*' || c == '+' || c == '@' || c == '!')) {
            read_extended_glob(parts);
        } else if ((c == '<' || c == '>') && peek_char(1) == '(') {
            read_command_substitution(parts, c == '<' ? PartKind::process_in : PartKind::process_out);
        } else if (is_meta(c)) {
            return;
        } else if (!read_quoted_piece(parts)) {
            std::size_t end = at_ + 1;
            while (end < text_.size() && (is_name_char(text_[end]) || text_[end] == '/' || text_[end] == '-')) ++end;
            add_literal(parts, std::string_view(text_).substr(at_, end - at_), false);
            at_ = end;
        }
    }
}

// In `[[ x =~ (a|b c) ]]` brackets nest and blanks inside them belong to the word.
bool Parser::read_regex_character(std::vector<Part>& parts, int& brackets) {
    char const c = text_[at_];
    bool const inside = brackets > 0 && c != '\\' && is_meta(c);
    if (c != '(' && c != '|' && !inside) return false;
    if (c == '|' && peek_char(1) == '|' && brackets == 0) return false;
    if (c == '(') ++brackets;
    if (c == ')') --brackets;
    add_literal(parts, std::string_view(&text_[at_], 1), false);
    advance_char();
    return true;
}

// One quoted or expanded piece at the cursor outside of double quotes; false if an ordinary character is there.
bool Parser::read_quoted_piece(std::vector<Part>& parts) {
    switch (text_[at_]) {
        case '\\':
            if (peek_char(1) == '\n') {
                at_ += 2;
                ++line_;
            } else if (at_ + 1 >= text_.size()) {
                add_literal(parts, "\\", true);
                ++at_;
            } else {
                add_literal(parts, std::string_view(&text_[at_ + 1], 1), true);
                at_ += 2;
            }
            return true;
        case '\'': read_single_quoted(parts); return true;
        case '"': read_double_quoted(parts); return true;
        case '$': read_dollar(parts, Quoting::none); return true;
        case '`': read_backquoted(parts, false); return true;
        default: return false;
    }
}

void Parser::read_single_quoted(std::vector<Part>& parts) {
    std::size_t const end = text_.find('\'', at_ + 1);
    if (end == std::string::npos) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `''", line_, false);
        at_ = text_.size();
        return;
    }
    add_literal(parts, std::string_view(text_).substr(at_ + 1, end - at_ - 1), true);
    while (at_ <= end) advance_char();
}

void Parser::read_ansi_quoted(std::vector<Part>& parts) {
    int const line = line_;
    std::size_t const start = at_ += 2;
    while (!at_end() && text_[at_] != '\'') {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) advance_char();
        advance_char();
    }
    if (at_end()) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `''", line, false);
        return;
    }
    add_literal(parts, decoded_ansi_c(std::string_view(text_).substr(start, at_ - start)), true);
    ++at_;
}

void Parser::read_double_quoted(std::vector<Part>& parts) {
    int const line = line_;
    if (!enter()) return;
    ++at_;
    Part part;
    part.kind = PartKind::double_quoted;
    read_double_content(part.inner, '"', Quoting::double_quotes);
    --depth_;
    if (at_end()) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `\"'", line, false);
        return;
    }
    ++at_;
    if (part.inner.empty())
        add_literal(parts, "", true);
    else if (part.inner.size() == 1 && part.inner[0].kind == PartKind::literal)
        add_literal(parts, part.inner[0].text, true);
    else
        parts.push_back(std::move(part));
}

// Text in which only $ ` and \ are special, up to `close` (not taken; 0 means the end of the text).
void Parser::read_double_content(std::vector<Part>& parts, char close, Quoting quoting) {
    while (!at_end() && !failed()) {
        char const c = text_[at_];
        if (close && c == close) return;
        if (c == '\\') {
            char const next = peek_char(1);
            bool const escapes = next == '$' || next == '`' || next == '\\' ||
                                 (next == '"' && quoting != Quoting::here_document) ||
                                 (quoting == Quoting::nested && at_ + 1 < text_.size());
            if (next == '\n' && at_ + 1 < text_.size()) {
                at_ += 2;
                ++line_;
            } else if (escapes) {
                add_literal(parts, std::string_view(&text_[at_ + 1], 1), true);
                at_ += 2;
            } else {
                add_literal(parts, "\\", true);
                ++at_;
            }
        } else if (c == '$') {
            read_dollar(parts, quoting);
        } else if (c == '`') {
            read_backquoted(parts, true);
        } else if (c == '"' && quoting == Quoting::arithmetic) {
            ++at_;
        } else if (c == '[' && quoting == Quoting::arithmetic && has_expansion_) {
            std::size_t const bracket = subscript_end(text_, at_);
            std::string_view const inside =
                bracket == std::string::npos ? "" : std::string_view(text_).substr(at_ + 1, bracket - at_ - 1);
            if (inside.find_first_of("$`\\'\"~[") == std::string_view::npos) {
                add_literal(parts, "[", true);
                ++at_;
                continue;
            }
            Part part;
            part.kind = PartKind::subscript;
            part.inner = subscript_text(inside, options_).parts;
            parts.push_back(std::move(part));
            while (at_ <= bracket) advance_char();
        } else {
            std::size_t end = at_ + 1;
            while (end < text_.size() && text_[end] != '\\' && text_[end] != '$' && text_[end] != '`' &&
                   text_[end] != '"' && text_[end] != '\n' && (text_[end] != '[' || quoting != Quoting::arithmetic))
                ++end;
            add_literal(parts, std::string_view(text_).substr(at_, end - at_), true);
            while (at_ < end) advance_char();
        }
    }
}

// `...`: a backslash before $ ` \ is taken away first (and before " inside double quotes), then it is a script.
void Parser::read_backquoted(std::vector<Part>& parts, bool in_double_quotes) {
    int const line = line_;
    ++at_;
    std::string script;
    while (!at_end() && text_[at_] != '`') {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
            char const next = text_[at_ + 1];
            if (next == '\n') {
                at_ += 2;
                ++line_;
                continue;
            }
            bool const removed = next == '$' || next == '`' || next == '\\' || (next == '"' && in_double_quotes);
            if (!removed) script.push_back('\\');
            ++at_;
        }
        script.push_back(text_[at_]);
        advance_char();
    }
    if (at_end()) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching ``'", line, false);
        return;
    }
    ++at_;
    Part part;
    part.kind = PartKind::command;
    part.text = script;
    if (!enter()) return;
    ParserOptions options = options_;
    options.first_line = line;
    options.depth += depth_;
    Parser inner(std::move(script), options);
    part.commands = std::make_shared<ListCommand>();
    part.commands->line = line;
    for (Step step; (step = inner.next()).kind != Kind::end;) {
        if (step.kind != Kind::command) {
            part.commands = nullptr; // reported when it is run
            break;
        }
        for (auto& item : step.list->items) part.commands->items.push_back(std::move(item));
    }
    --depth_;
    parts.push_back(std::move(part));
}

// ?(...) and the like: kept as text with its expansions, so that the pattern matcher sees the brackets.
void Parser::read_extended_glob(std::vector<Part>& parts) {
    add_literal(parts, std::string_view(&text_[at_], 1), false);
    ++at_;
    read_bracketed(parts);
}

// "(" at the cursor up to its partner, as part of a word.
void Parser::read_bracketed(std::vector<Part>& parts) {
    int const line = line_;
    add_literal(parts, "(", false);
    ++at_;
    for (int brackets = 1; brackets > 0 && !failed();) {
        if (at_end()) {
            fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `)'", line, false);
            return;
        }
        char const c = text_[at_];
        if (read_quoted_piece(parts)) continue;
        if (c == '(') ++brackets;
        if (c == ')') --brackets;
        add_literal(parts, std::string_view(&text_[at_], 1), false);
        advance_char();
    }
}

// Whether the word at the cursor is `name[` and no bracket of the text closes it.
bool Parser::opens_subscript() const {
    std::size_t end = at_;
    if (at_end() || !is_name_start(text_[end])) return false;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    return end < text_.size() && text_[end] == '[' && text_.find(']', end) == std::string::npos;
}

// The length of `name=`, `name+=`, `name[...]=` or `name[...]+=` at the cursor; 0 if none is there.
std::size_t Parser::assignment_prefix() const {
    std::size_t end = at_;
    if (at_end() || !is_name_start(text_[end])) return 0;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    if (end < text_.size() && text_[end] == '[') {
        std::size_t const newline = std::min(text_.find('\n', end), text_.size());
        end = subscript_end(std::string_view(text_).substr(0, newline), end);
        if (end == std::string::npos) return 0;
        ++end;
    }
    if (end < text_.size() && text_[end] == '+') ++end;
    return end < text_.size() && text_[end] == '=' ? end + 1 - at_ : 0;
}

void Parser::read_assignment(Word& word) {
    auto assignment = std::make_shared<Assignment>();
    std::size_t const start = at_;
    int const line = line_;
    std::size_t const assignment_length = assignment_prefix();
    while (is_name_char(text_[at_])) ++at_;
    assignment->name = text_.substr(start, at_ - start);
    if (peek_char() == '[') {
        assignment->has_subscript = true;
        read_subscript(assignment->subscript);
        if (failed()) return; // the text ended inside
    }
    if (peek_char() == '+') {
        assignment->append = true;
        ++at_;
    }
    ++at_; // =
    if (peek_char() == '(') {
        assignment->is_array = true;
        ++at_;
        read_array_elements(assignment->elements);
        if (!failed() && !at_end() && !is_meta(text_[at_])) { // x=(1+2)/3 is text
            at_ = start + assignment_length;
            line_ = line;
            assignment->is_array = false;
            assignment->elements.clear();
        }
    }
    if (!assignment->is_array) {
        std::size_t const value_start = at_;
        if (peek_char() == '(') read_bracketed(assignment->value.parts);
        read_word_parts(assignment->value, {});
        finish(assignment->value, with_printed_substitutions(value_start));
    }
    assignment->source = with_printed_substitutions(start);
    word.assignment = std::move(assignment);
}

// The elements of a compound assignment after its "(", and the ")".
bool Parser::read_array_elements(std::vector<ArrayElement>& elements) {
    int const line = line_;
    while (!failed()) {
        skip_blanks();
        if (at_end()) {
            fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `)'", line, false);
            problem_.status = 1;
            return false;
        }
        char const c = text_[at_];
        if (c == '\n') {
            advance_char();
            continue;
        }
        if (c == ')') {
            ++at_;
            return true;
        }
        bool const process = (c == '<' || c == '>') && peek_char(1) == '(';
        if (is_meta(c) && !process) {
            Token token;
            token.kind = TokenKind::op;
            token.start = at_;
            token.line = line_;
            read_operator(token);
            token.end = at_;
            unexpected(token);
            problem_.kind = ParseProblem::Kind::array;
            return false;
        }
        ArrayElement element;
        std::size_t close = at_;
        if (c == '[') {
            close = matching_brace(at_);
            if (close != std::string::npos && text_.compare(close + 1, 2, "+=") == 0) element.append = true;
            element.has_subscript =
                close != std::string::npos && (element.append || text_.compare(close + 1, 1, "=") == 0);
        }
        if (element.has_subscript) {
            read_subscript(element.subscript);
            if (failed()) return false; // the text ended inside
            at_ += element.append ? 2 : 1;
        }
        std::size_t const start = at_;
        read_word_parts(element.value, {});
        finish(element.value, with_printed_substitutions(start));
        if (element.has_subscript && element.value.may_brace) { // braces come first and make plain words of it
            Word whole = element.value;
            whole.parts.insert(whole.parts.begin(), Part{});
            whole.parts[0].text = "[" + element.subscript.source + (element.append ? "]+=" : "]=");
            if (!expand_braces(whole, 2).empty()) element = {false, false, {}, std::move(whole)};
        }
        elements.push_back(std::move(element));
    }
    return false;
}

Word Parser::quoted_text(std::string_view text, ParserOptions const& options) {
    Parser inner(std::string(text), options);
    Word word;
    inner.read_double_content(word.parts, 0, Quoting::here_document);
    if (inner.failed()) {
        word.parts.clear();
        Part part;
        part.kind = PartKind::parameter;
        part.parameter = std::make_shared<Parameter>();
        part.parameter->op = ParameterOp::bad;
        part.parameter->source = std::string(text);
        word.parts.push_back(std::move(part));
    }
    finish(word, text);
    return word;
}

Word Parser::arithmetic_text(std::string_view text, ParserOptions const& options) {
    Parser inner(std::string(text), options);
    Word word;
    inner.has_expansion_ = text.find_first_of("$`~") != std::string_view::npos;
    inner.read_double_content(word.parts, 0, Quoting::arithmetic);
    finish(word, text);
    return word;
}

Word Parser::bracketed_text(std::string_view text, ParserOptions const& options) {
    Parser inner(std::string(text), options);
    Word word;
    inner.read_bracketed(word.parts);
    finish(word, text);
    return word;
}

Word Parser::subscript_text(std::string_view text, ParserOptions const& options) {
    Parser inner(std::string(text), options);
    Word word;
    if (!text.empty() && text[0] == '~') word.parts.push_back(Part{}); // it is no home
    while (!inner.at_end() && !inner.failed()) {
        if (inner.read_quoted_piece(word.parts)) continue;
        add_literal(word.parts, std::string_view(&inner.text_[inner.at_], 1), false);
        ++inner.at_;
    }
    finish(word, text);
    return word;
}

bool Parser::array_text(std::string_view text, ParserOptions const& options, std::vector<ArrayElement>& out) {
    Parser inner(std::string(text), options);
    if (inner.peek_char() != '(') return false;
    ++inner.at_;
    return inner.read_array_elements(out) && !inner.failed();
}

}
