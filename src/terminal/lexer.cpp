// The parser's tokens: operators, words, redirection prefixes, comments, aliases and here-document bodies.
#include "terminal/characters.hpp"
#include "terminal/limits.hpp"
#include "terminal/parser.hpp"

#include <algorithm>

namespace cw::terminal {

void Parser::advance_char() {
    if (text_[at_] == '\n') ++line_;
    ++at_;
}

void Parser::skip_line() {
    problem_ = {};
    has_token_ = false;
    while (!at_end() && text_[at_] != '\n') ++at_;
    if (!at_end()) advance_char();
}

std::string_view Parser::next_line(std::size_t ahead) const {
    std::size_t const from = std::min(at_ + ahead, text_.size());
    std::size_t const newline = text_.find('\n', from);
    return std::string_view(text_).substr(from, newline == std::string::npos ? newline : newline + 1 - from);
}

void Parser::skip_blanks() {
    while (!at_end()) {
        char const c = text_[at_];
        if (is_blank_char(c)) {
            ++at_;
        } else if (c == '\\' && peek_char(1) == '\n') {
            at_ += 2;
            ++line_;
        } else if (c == '#') {
            while (!at_end() && text_[at_] != '\n') ++at_;
        } else {
            return;
        }
    }
}

Parser::Token const& Parser::peek() {
    if (!has_token_) {
        token_ = read_token({}); // which may read tokens itself, inside a substitution
        token_mode_ = {};
        has_token_ = true;
    }
    return token_;
}

// A token that was read for another purpose is read again, since words end elsewhere there.
Parser::Token const& Parser::peek(WordMode mode) {
    bool const same = token_mode_.assignment == mode.assignment && token_mode_.regex == mode.regex &&
                      token_mode_.pattern == mode.pattern && token_mode_.joined == mode.joined;
    bool const depends = token_.kind == TokenKind::word || token_.kind == TokenKind::op;
    if (has_token_ && !same && depends) rewind();
    if (!has_token_) {
        token_ = read_token(mode);
        token_mode_ = mode;
        has_token_ = true;
    }
    return token_;
}

void Parser::rewind() {
    at_ = token_.start;
    line_ = token_.line;
    has_token_ = false;
}

Parser::Token Parser::take() {
    peek();
    has_token_ = false;
    if ((token_.kind == TokenKind::newline || token_.kind == TokenKind::end) && !pending_.empty())
        read_pending_documents();
    return std::move(token_);
}

Parser::Token Parser::read_token(WordMode mode) {
    Token token;
    skip_blanks();
    token.start = token.end = at_;
    token.line = line_;
    if (++tokens_ > limits::tokens) fail(ParseProblem::Kind::limit, "command too long: too many words", line_, false);
    if (failed() || at_end()) return token;
    if (text_[at_] == '\n') {
        token.kind = TokenKind::newline;
        advance_char();
    } else if (!(mode.regex && (text_[at_] == '(' || text_[at_] == '|')) && read_operator(token)) {
        token.kind = TokenKind::op;
    } else if (!read_io_prefix(token)) {
        token.kind = TokenKind::word;
        token.word = read_word(mode);
        std::string& source = token.word.source; // which keywords are looked for in
        if (source.find_first_of("'\"") == std::string::npos)
            for (std::size_t at; (at = source.find("\\\n")) != std::string::npos;) source.erase(at, 2);
    }
    token.end = at_;
    return token;
}

bool Parser::read_operator(Token& token) {
    static constexpr std::string_view operators[] = {"&>>", "<<<", "<<-", ";;&", "&&", "&>", "||", "|&",
                                                     ";;",  ";&",  "<<",  "<&",  "<>", ">>", ">&", ">|",
                                                     "&",   "|",   ";",   "<",   ">",  "(",  ")"};
    char const c = text_[at_];
    if ((c == '<' || c == '>') && peek_char(1) == '(') return false; // process substitution, a word
    for (std::string_view const op : operators) {
        if (op[0] != c || text_.compare(at_, op.size(), op) != 0) continue;
        token.op = std::string(op);
        at_ += op.size();
        return true;
    }
    return false;
}

// 2> and {name}>
bool Parser::read_io_prefix(Token& token) {
    std::size_t end = at_;
    if (is_digit(text_[at_])) {
        while (end < text_.size() && is_digit(text_[end])) ++end;
        if (end >= text_.size() || (text_[end] != '<' && text_[end] != '>') || end - at_ > 9) return false;
        token.kind = TokenKind::io_number;
        token.number = std::stoi(text_.substr(at_, end - at_));
        at_ = end;
        return true;
    }
    if (text_[at_] != '{' || !is_name_start(peek_char(1))) return false;
    while (end < text_.size() && text_[end] != '}' && !is_meta(text_[end])) ++end;
    if (end + 1 >= text_.size() || text_[end] != '}' || (text_[end + 1] != '<' && text_[end + 1] != '>')) return false;
    std::string name = text_.substr(at_ + 1, end - at_ - 1);
    std::size_t const bracket = name.find('[');
    if (!std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(std::min(bracket, name.size())),
                     is_name_char))
        return false;
    token.kind = TokenKind::io_variable;
    token.op = std::move(name);
    at_ = end + 1;
    return true;
}

void Parser::read_pending_documents() {
    std::vector<PendingDocument> const documents = std::move(pending_);
    pending_.clear();
    for (PendingDocument const& document : documents)
        if (!failed()) read_document_body(document);
}

void Parser::read_document_body(PendingDocument const& pending) {
    Redirect& redirect = pending.owner->redirects[pending.index];
    int const first_line = line_;
    std::string body;
    bool closed = false;
    std::string wanted = redirect.delimiter;
    if (redirect.strip_tabs) wanted.erase(0, std::min(wanted.find_first_not_of('\t'), wanted.size()));
    auto const warn = [&](int at_line) {
        std::pair<int, std::string> warning(at_line, "here-document at line " + std::to_string(pending.line) +
                                                         " delimited by end-of-file (wanted `" + redirect.delimiter +
                                                         "')");
        bool const again = !warnings_.empty() && warnings_.back() == warning; // a word may be read twice
        if (!again) warnings_.push_back(std::move(warning));
    };
    while (!at_end()) {
        std::string line;
        int const line_before = line_;
        std::size_t line_start = at_;
        if (redirect.strip_tabs) line_start = std::min(text_.find_first_not_of('\t', at_), text_.size());
        bool joins = true;
        while (joins && !at_end()) { // a backslash at the end joins lines before the delimiter is looked for
            std::size_t const newline = std::min(text_.find('\n', at_), text_.size());
            std::size_t from = at_;
            if (redirect.strip_tabs && line.empty())
                while (from < newline && text_[from] == '\t') ++from;
            line.append(text_, from, newline - from);
            bool const ended = newline < text_.size();
            at_ = newline + (ended ? 1 : 0);
            line_ += ended ? 1 : 0;
            std::size_t slashes = 0;
            while (slashes < line.size() && line[line.size() - 1 - slashes] == '\\') ++slashes;
            joins = !redirect.literal_body && slashes % 2 == 1 && ended;
            if (joins)
                line.pop_back();
            else if (ended)
                line.push_back('\n');
        }
        if (line == wanted ||
            (line.size() == wanted.size() + 1 && line.back() == '\n' && line.compare(0, wanted.size(), wanted) == 0)) {
            closed = true;
            break;
        }
        // In a command substitution the delimiter may share its line with the bracket.
        if (substitutions_ > 0 && text_.compare(line_start, wanted.size(), wanted) == 0 &&
            text_.substr(line_start, text_.find('\n', line_start) - line_start).find(')', wanted.size()) !=
                std::string::npos) {
            at_ = line_start + wanted.size();
            line_ = line_before;
            warn(line_);
            closed = true;
            break;
        }
        body += line;
    }
    if (!closed) warn(std::max(line_ - (text_.back() == '\n' ? 1 : 0), pending.line));
    if (redirect.literal_body) {
        redirect.target = Word{};
        redirect.target.parts.push_back(Part{PartKind::literal, true, body, {}, nullptr, nullptr});
    } else {
        ParserOptions options = options_;
        options.first_line = first_line;
        options.depth = depth_;
        redirect.target = quoted_text(body, options);
    }
    redirect.target.source = std::move(body);
    if (redirect.target.awaits && pending.owner->kind == CommandKind::simple)
        static_cast<SimpleCommand&>(*pending.owner).awaits = true;
}

// Replaces the current word by the text of its alias, in place. True if there was one.
bool Parser::expand_alias() {
    if (!options_.alias || token_.kind != TokenKind::word || !has_token_) return false;
    std::string const name = text_.substr(token_.start, token_.end - token_.start);
    if (name.find_first_of("\\'\"$`") != std::string::npos) return false;
    alias_guards_.erase(std::remove_if(alias_guards_.begin(), alias_guards_.end(),
                                       [&](AliasGuard const& guard) { return guard.end <= token_.start; }),
                        alias_guards_.end());
    for (AliasGuard const& guard : alias_guards_)
        if (guard.name == name) return false;
    std::string const* const found = options_.alias(name);
    if (!found || text_.size() + found->size() > limits::script_bytes) return false;
    std::string const value = *found;
    std::size_t const start = token_.start, end = token_.end;
    text_.replace(start, end - start, value);
    alias_growth_ += static_cast<std::ptrdiff_t>(value.size()) - static_cast<std::ptrdiff_t>(end - start);
    for (AliasGuard& guard : alias_guards_) guard.end = guard.end + value.size() - (end - start);
    alias_guards_.push_back({name, start + value.size()});
    bool const within = std::any_of(alias_guards_.begin(), alias_guards_.end() - 1, [&](AliasGuard const& guard) {
        return guard.end == start + value.size(); // whose own text ends here too, without a blank
    });
    bool const goes_on = !value.empty() && is_blank_char(value.back()) && !within;
    if (goes_on)
        alias_next_at_ = start + value.size();
    else if (alias_next_at_ != std::string::npos && alias_next_at_ > start) // an outer alias reaches further
        alias_next_at_ = alias_next_at_ + value.size() - (end - start);
    else
        alias_next_at_ = std::string::npos;
    rewind();
    return true;
}

bool Parser::fail(ParseProblem::Kind kind, std::string message, int line, bool show_line) {
    if (failed()) return false;
    problem_.kind = kind;
    problem_.message = std::move(message);
    problem_.line = line;
    problem_.show_line = show_line;
    return false;
}

std::string Parser::shown_token(Token const& token) const {
    return token.kind == TokenKind::newline ? "newline" : text_.substr(token.start, token.end - token.start);
}

bool Parser::unexpected(Token const& token) {
    if (failed()) return false;
    if (token.kind == TokenKind::end) {
        bool const newline_missing = !text_.empty() && text_.back() != '\n';
        return fail(ParseProblem::Kind::end_of_file, "syntax error: unexpected end of file",
                    line_ + (newline_missing ? 1 : 0), false);
    }
    std::string const shown = shown_token(token);
    fail(ParseProblem::Kind::unexpected_token, "syntax error near unexpected token `" + shown + "'", token.line, true);
    std::size_t const before = token.start == 0 ? std::string::npos : text_.rfind('\n', token.start - 1);
    std::size_t const from = before == std::string::npos ? 0 : before + 1;
    problem_.source_line = text_.substr(from, std::min(text_.find('\n', token.start), text_.size()) - from);
    return false;
}

bool Parser::enter() {
    if (++depth_ + options_.depth <= limits::nesting) return true;
    return fail(ParseProblem::Kind::limit, "nested too deeply", line_, false);
}

}
