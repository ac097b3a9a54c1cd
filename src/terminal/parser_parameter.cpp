// What follows a dollar sign: parameters with their operators, command and arithmetic substitution.
#include "terminal/characters.hpp"
#include "terminal/parser.hpp"

namespace cw::terminal {

namespace {

void add_text(std::vector<Part>& parts, std::string_view text, bool quoted) {
    if (!parts.empty() && parts.back().kind == PartKind::literal && parts.back().quoted == quoted) {
        parts.back().text += text;
        return;
    }
    Part part;
    part.quoted = quoted;
    part.text = std::string(text);
    parts.push_back(std::move(part));
}

}

void Parser::read_dollar(std::vector<Part>& parts, Quoting quoting) {
    char const next = peek_char(1);
    bool const bare = quoting == Quoting::none;
    if (next == '(') {
        if (peek_char(2) == '(' && read_arithmetic_substitution(parts)) return;
        if (!failed()) read_command_substitution(parts, PartKind::command);
        return;
    }
    if (next == '{') return read_braced_parameter(parts, quoting);
    if (next == '[') {
        Part part;
        part.kind = PartKind::arithmetic;
        ++at_;
        Word inner;
        int const line = line_;
        read_subscript(inner);
        if (failed()) {
            problem_.line = line;
            return;
        }
        std::string const source = inner.source;
        ParserOptions options = options_;
        options.depth += depth_;
        part.inner = arithmetic_text(source, options).parts;
        parts.push_back(std::move(part));
        return;
    }
    if (bare && next == '\'') return read_ansi_quoted(parts);
    if (bare && next == '"') {
        ++at_;
        return read_double_quoted(parts);
    }
    if (!is_name_start(next) && !is_digit(next) && !is_special_parameter(next)) {
        add_text(parts, "$", !bare);
        ++at_;
        return;
    }
    std::size_t const start = at_++;
    std::size_t end = at_ + 1;
    if (is_name_start(next))
        while (end < text_.size() && is_name_char(text_[end])) ++end;
    Part part;
    part.kind = PartKind::parameter;
    part.parameter = std::make_shared<Parameter>();
    part.parameter->name = text_.substr(at_, end - at_);
    part.parameter->simple = true;
    part.parameter->source = text_.substr(start, end - start);
    at_ = end;
    parts.push_back(std::move(part));
}

// $( ... ), <( ... ) and >( ... ): a list up to the bracket.
void Parser::read_command_substitution(std::vector<Part>& parts, PartKind kind) {
    bool const looks_arithmetic = peek_char(2) == '(';
    int const line = line_;
    at_ += 2;
    if (!enter()) return;
    std::vector<PendingDocument> outer_documents = std::move(pending_);
    pending_.clear();
    bool const had_token = has_token_;
    Token saved = std::move(token_);
    has_token_ = false;
    std::size_t const start = at_;
    Part part;
    part.kind = kind;
    ++substitutions_;
    part.commands = parse_list(false);
    if (!failed()) {
        Token const& close = peek();
        if (close.kind == TokenKind::end)
            fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `)'",
                 looks_arithmetic ? line : line_, false);
        else if (close.kind != TokenKind::op || close.op != ")")
            unexpected(close);
    }
    --substitutions_;
    if (!failed() && !pending_.empty())
        warnings_.emplace_back(line_, "command substitution: " + std::to_string(pending_.size()) +
                                          " unterminated here-document" + (pending_.size() > 1 ? "s" : ""));
    part.text = text_.substr(start, at_ > start ? at_ - start - 1 : 0);
    if (!failed() && !part.commands->items.empty()) { // as bash keeps it: printed from what was read
        std::string text = printed_substitution(*part.commands);
        text.insert(0, text_.substr(start - 2, 2) + (text[0] == '(' ? " " : ""));
        while (!printed_.empty() && printed_.back().start >= start) printed_.pop_back();
        printed_.push_back({start - 2, at_, text + ")"});
    }
    has_token_ = had_token;
    token_ = std::move(saved);
    for (PendingDocument& document : pending_) outer_documents.push_back(std::move(document));
    pending_ = std::move(outer_documents);
    --depth_;
    parts.push_back(std::move(part));
}

// $((...)), unless its brackets do not close together: then it is a subshell in a command substitution.
bool Parser::read_arithmetic_substitution(std::vector<Part>& parts) {
    std::size_t end = at_ + 3;
    int brackets = 0;
    for (; end < text_.size(); ++end) {
        char const c = text_[end];
        if (c == '\\') {
            ++end;
        } else if (c == '\'' || c == '"') {
            std::size_t const close = text_.find(c, end + 1);
            if (close == std::string::npos) return false;
            end = close;
        } else if (c == '(') {
            ++brackets;
        } else if (c == ')' && --brackets < 0) {
            break;
        }
    }
    if (end >= text_.size()) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `)'", line_, false);
        return true;
    }
    if (end + 1 >= text_.size() || text_[end + 1] != ')') return false;
    ParserOptions options = options_;
    options.first_line = line_;
    options.depth += depth_ + 1;
    Part part;
    part.kind = PartKind::arithmetic;
    part.text = text_.substr(at_ + 3, end - at_ - 3);
    if (!enter()) return false;
    part.inner = arithmetic_text(part.text, options).parts;
    --depth_;
    while (at_ < end + 2) advance_char();
    parts.push_back(std::move(part));
    return true;
}

// The closing partner of the bracket or brace at `from`, quotes and nested expansions respected; npos if there is none.
std::size_t Parser::matching_brace(std::size_t from) const {
    char const open = text_[from];
    char const close = open == '{' ? '}' : open == '[' ? ']' : ')';
    int depth = 0;
    for (std::size_t at = from; at < text_.size(); ++at) {
        char const c = text_[at];
        if (c == '\\') {
            ++at;
        } else if (c == '\'' || c == '"') {
            for (++at; at < text_.size() && text_[at] != c; ++at)
                if (c == '"' && text_[at] == '\\') ++at;
            if (at >= text_.size()) return std::string::npos;
        } else if (c == open) {
            ++depth;
        } else if (c == close && --depth == 0) {
            return at;
        }
    }
    return std::string::npos;
}

void Parser::read_braced_parameter(std::vector<Part>& parts, Quoting quoting) {
    std::size_t const start = at_;
    int const line = line_;
    if (!enter()) return;
    at_ += 2;
    Part part;
    part.kind = PartKind::parameter;
    part.parameter = std::make_shared<Parameter>();
    Parameter& parameter = *part.parameter;
    bool good = read_parameter_name(parameter);
    if (good && peek_char() != '}') {
        if (parameter.length)
            good = false;
        else
            read_parameter_operation(parameter, quoting);
    }
    if (failed()) return;
    if (!good || parameter.op == ParameterOp::bad || peek_char() != '}') {
        parameter.op = ParameterOp::bad;
        std::size_t const end = matching_brace(start + 1);
        if (end == std::string::npos || at_ > end) { // a quote inside may have hidden the brace
            at_ = text_.size();
            fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `}'", line, false);
            return;
        }
        while (at_ < end) advance_char();
    }
    ++at_;
    --depth_;
    parameter.source = with_printed_substitutions(start);
    parts.push_back(std::move(part));
}

// The name with its prefix (# or !) and subscript.
bool Parser::read_parameter_name(Parameter& parameter) {
    std::size_t const brace_at = at_ - 1;
    auto const name_follows = [&](std::size_t ahead) {
        char const c = peek_char(ahead);
        return is_name_char(c) || is_special_parameter(c);
    };
    // ${#}, ${#-x}: the parameter # itself; ${#-}, ${#x}: a length.
    if (peek_char() == '#' && name_follows(1)) {
        char const c = peek_char(1);
        bool const single = is_special_parameter(c);
        // ${#-} and ${#?} are lengths; ${#%}, ${#/} and the like lack their pattern.
        if (!single || peek_char(2) == '}') {
            parameter.length = true;
            ++at_;
        }
    } else if (peek_char() == '!' && name_follows(1)) {
        char const c = peek_char(1);
        if (is_name_char(c) || peek_char(2) == '}' || c == '#' || c == '@' || c == '*' || c == '!' || c == '$') {
            parameter.indirect = true;
            ++at_;
        }
    }
    char const c = peek_char();
    if (c == '#' && peek_char(1) && std::string_view("/%=+").find(peek_char(1)) != std::string_view::npos &&
        peek_char(2) == '}')
        return false;
    std::size_t const start = at_;
    if (is_name_start(c))
        while (is_name_char(peek_char())) ++at_;
    else if (is_digit(c))
        while (is_digit(peek_char())) ++at_;
    else if (is_special_parameter(c))
        ++at_;
    else
        return false;
    parameter.name = text_.substr(start, at_ - start);
    while (peek_char() == '\\' && peek_char(1) == '\n') {
        at_ += 2;
        ++line_;
    }
    if (peek_char() == '[' && is_name_start(c)) {
        parameter.has_subscript = true;
        if ((peek_char(1) == '@' || peek_char(1) == '*') && peek_char(2) == ']') {
            parameter.every = peek_char(1);
            at_ += 3;
        } else {
            std::size_t const closing = matching_brace(at_);
            if (closing == std::string::npos || closing > matching_brace(brace_at)) return false;
            read_subscript(parameter.subscript);
            if (parameter.subscript.source.empty()) return false;
        }
    }
    return !failed();
}

bool Parser::read_parameter_operator(Parameter& parameter) {
    auto const take_if = [&](char wanted) {
        if (peek_char() != wanted) return false;
        ++at_;
        return true;
    };
    char c = peek_char();
    if (c == ':' && std::string_view("-=?+").find(peek_char(1)) != std::string_view::npos && peek_char(1)) {
        parameter.colon = true;
        ++at_;
        c = peek_char();
    }
    ++at_;
    using Op = ParameterOp;
    switch (c) {
        case '-': parameter.op = Op::default_value; return true;
        case '=': parameter.op = Op::assign_default; return true;
        case '?': parameter.op = Op::error_if_unset; return true;
        case '+': parameter.op = Op::alternative; return true;
        case '#': parameter.op = take_if('#') ? Op::strip_prefix_longest : Op::strip_prefix; return true;
        case '%': parameter.op = take_if('%') ? Op::strip_suffix_longest : Op::strip_suffix; return true;
        case '^': parameter.op = take_if('^') ? Op::upper_all : Op::upper_first; return true;
        case ',': parameter.op = take_if(',') ? Op::lower_all : Op::lower_first; return true;
        case '~': parameter.op = take_if('~') ? Op::toggle_all : Op::toggle_first; return true;
        case '/':
            parameter.op = take_if('/')   ? Op::replace_all
                           : take_if('#') ? Op::replace_prefix
                           : take_if('%') ? Op::replace_suffix
                                          : Op::replace_first;
            return true;
        case ':': parameter.op = Op::slice; return true;
        case '@': parameter.op = Op::transform; return true;
        default: --at_; return false;
    }
}

void Parser::read_parameter_operation(Parameter& parameter, Quoting quoting) {
    if (parameter.indirect && (peek_char() == '@' || peek_char() == '*') && peek_char(1) == '}' &&
        !parameter.has_subscript && is_name_start(parameter.name[0])) {
        parameter.every = peek_char();
        parameter.op = ParameterOp::names;
        ++at_;
        return;
    }
    if (!read_parameter_operator(parameter)) {
        parameter.op = ParameterOp::bad;
        return;
    }
    using Op = ParameterOp;
    switch (parameter.op) {
        case Op::transform:
            if (peek_char(1) == '}') parameter.transform = peek_char();
            while (at_ < text_.size() && peek_char() != '}') advance_char(); // what is wrong is said when it expands
            return;
        case Op::slice:
            if (peek_char() == '}') {
                parameter.op = Op::bad;
                return;
            }
            parameter.operand = read_slice_part(true);
            if (peek_char() == ':') {
                ++at_;
                parameter.has_second = true;
                parameter.second = read_slice_part(false);
            }
            return;
        case Op::replace_first:
        case Op::replace_all:
        case Op::replace_prefix:
        case Op::replace_suffix:
            parameter.operand = read_operand("/}", quoting, true);
            if (parameter.op == Op::replace_prefix || parameter.op == Op::replace_suffix) {
                // The pattern begins with the # or %, so a tilde behind it is just one.
                parameter.operand.parts.insert(parameter.operand.parts.begin(), Part{});
                parameter.operand.plain = false;
            }
            if (peek_char() == '/') {
                ++at_;
                parameter.has_second = true;
                parameter.second = read_operand("}", quoting, true);
            }
            return;
        case Op::default_value:
        case Op::assign_default:
        case Op::error_if_unset:
        case Op::alternative: parameter.operand = read_operand("}", quoting, false); return;
        default: parameter.operand = read_operand("}", quoting, true); return;
    }
}

// The word after an operator, up to one of `stop`. Inside double quotes a pattern may quote with ' but a value may not.
Word Parser::read_operand(std::string_view stop, Quoting quoting, bool is_pattern) {
    Word word;
    std::size_t const start = at_;
    bool const bare = quoting == Quoting::none;
    std::size_t single_end = 0; // inside of single quotes up to there
    while (!at_end() && !failed()) {
        char const c = text_[at_];
        // The pattern of // may begin with the slash: ${x////_}
        bool const leading_slash =
            c == '/' && at_ == start && at_ > 1 && text_[at_ - 1] == '/' && text_[at_ - 2] == '/';
        if (stop.find(c) != std::string_view::npos && !leading_slash && at_ >= single_end) break;
        if (bare && read_quoted_piece(word.parts)) continue;
        if (!bare && is_pattern && c == '$' && peek_char(1) == '"') {
            ++at_;
            read_double_quoted(word.parts);
        } else if (!bare && c == '\'' && is_pattern) {
            read_single_quoted(word.parts);
        } else if (!bare && c == '\'' && quoting == Quoting::double_quotes && !options_.posix) {
            // Quotes where the brace is looked for, but not when it is expanded.
            if (at_ + 1 != single_end && text_.find('\'', at_ + 1) == std::string::npos) {
                read_single_quoted(word.parts); // which says so
                break;
            }
            if (at_ + 1 != single_end) single_end = text_.find('\'', at_ + 1) + 1;
            add_text(word.parts, "'", true);
            ++at_;
        } else if (!bare && c == '"' && at_ < single_end) {
            ++at_;
        } else if (!bare && c == '"' && is_pattern) {
            read_double_quoted(word.parts);
        } else if (!bare && c == '"') { // quotes in quotes: a backslash before any character goes
            ++at_;
            read_double_content(word.parts, '"', Quoting::nested);
            ++at_;
        } else if (!bare && c == '\\') {
            char const next = peek_char(1);
            if (next == '\n') {
                at_ += 2;
                ++line_;
            } else if (is_pattern || next == '$' || next == '`' || next == '"' || next == '\\' || next == '}') {
                add_text(word.parts, std::string_view(text_).substr(at_ + 1, 1), true);
                at_ += at_ + 1 < text_.size() ? 2 : 1;
            } else { // with what it escapes, which then opens no quotes
                std::size_t const length = at_ + 1 < text_.size() && next != '$' ? 2 : 1;
                add_text(word.parts, std::string_view(text_).substr(at_, length), true);
                at_ += length;
            }
        } else if (!bare && c == '$') {
            bool const ansi = peek_char(1) == '\'' && (is_pattern || quoting == Quoting::double_quotes);
            read_dollar(word.parts, ansi ? Quoting::none : quoting);
        } else if (!bare && c == '`') {
            read_backquoted(word.parts, true);
        } else if (bare && (c == '<' || c == '>') && peek_char(1) == '(') {
            read_command_substitution(word.parts, c == '<' ? PartKind::process_in : PartKind::process_out);
        } else {
            add_text(word.parts, std::string_view(&text_[at_], 1), !bare && !is_pattern);
            advance_char();
        }
    }
    finish(word, with_printed_substitutions(start));
    return word;
}

// One arithmetic part of ${x:offset:length}; a ':' inside ?: or brackets belongs to it.
Word Parser::read_slice_part(bool stop_at_colon) {
    std::size_t const start = at_;
    int brackets = 0, questions = 0;
    std::size_t end = at_;
    for (; end < text_.size(); ++end) {
        char const c = text_[end];
        if (c == '\\') {
            ++end;
        } else if (c == '`' || c == '\'' || c == '"') {
            std::size_t const close = text_.find(c, end + 1);
            if (close == std::string::npos) break;
            end = close;
        } else if (c == '$' && end + 1 < text_.size() && (text_[end + 1] == '{' || text_[end + 1] == '(')) {
            std::size_t const close = matching_brace(end + 1);
            if (close == std::string::npos) break;
            end = close;
        } else if (c == '(' || c == '[') {
            ++brackets;
        } else if (c == ')' || c == ']') {
            --brackets;
        } else if (c == '}') {
            break;
        } else if (c == '?' && brackets == 0) {
            ++questions;
        } else if (c == ':' && brackets == 0) {
            if (questions > 0)
                --questions;
            else if (stop_at_colon)
                break;
        }
    }
    ParserOptions options = options_;
    options.depth += depth_;
    Word word = arithmetic_text(std::string_view(text_).substr(start, end - start), options);
    while (at_ < end && !at_end()) advance_char();
    return word;
}

// [ ... ] at the cursor: the word inside, brackets nested.
void Parser::read_subscript(Word& subscript) {
    int const line = line_;
    std::size_t const start = ++at_;
    int brackets = 0;
    while (!at_end() && !failed()) {
        char const c = text_[at_];
        if (c == ']' && brackets == 0) break;
        if (read_quoted_piece(subscript.parts)) continue;
        brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
        add_text(subscript.parts, std::string_view(&text_[at_], 1), false);
        advance_char();
    }
    if (at_end()) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `]'", line, false);
        return;
    }
    finish(subscript, with_printed_substitutions(start));
    ++at_;
}

}
