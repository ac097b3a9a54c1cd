#include "terminal/parser.hpp"

#include "terminal/characters.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

constexpr std::string_view declaration_builtins[] = {"declare", "typeset", "local", "export", "readonly", "alias"};

bool is_redirect_operator(std::string const& op) { return op[0] == '<' || op[0] == '>' || op == "&>" || op == "&>>"; }

RedirectOp redirect_operator(std::string const& op) {
    if (op == "<") return RedirectOp::input;
    if (op == ">") return RedirectOp::output;
    if (op == ">|") return RedirectOp::clobber;
    if (op == ">>") return RedirectOp::append;
    if (op == "<>") return RedirectOp::read_write;
    if (op == "<&") return RedirectOp::dup_input;
    if (op == ">&") return RedirectOp::dup_output;
    if (op == "&>") return RedirectOp::both;
    if (op == "&>>") return RedirectOp::both_append;
    return op == "<<<" ? RedirectOp::here_string : RedirectOp::here_document;
}

// A here-document's delimiter: quotes are taken away, nothing is expanded; any quote makes the body literal.
std::string unquoted_delimiter(Word const& word, bool& quoted) {
    std::string text;
    for (std::size_t at = 0; at < word.source.size(); ++at) {
        char const c = word.source[at];
        if (c == '\'' || c == '"') {
            quoted = true;
            for (++at; at < word.source.size() && word.source[at] != c; ++at) {
                if (c == '"' && word.source[at] == '\\' && at + 1 < word.source.size()) ++at;
                text.push_back(word.source[at]);
            }
        } else if (c == '\\') {
            if (at + 1 < word.source.size() && word.source[at + 1] == '\n') {
                ++at;
                continue;
            }
            quoted = true;
            if (++at < word.source.size()) text.push_back(word.source[at]);
        } else if (c == '$' && at + 1 < word.source.size() &&
                   (word.source[at + 1] == '\'' || word.source[at + 1] == '"')) {
            quoted = true;
        } else {
            text.push_back(c);
        }
    }
    return text;
}

}

Parser::Parser(std::string text, ParserOptions options) : text_(std::move(text)), options_(std::move(options)) {
    line_ = options_.first_line;
    text_.erase(std::remove(text_.begin(), text_.end(), '\0'), text_.end());
    if (text_.size() > limits::script_bytes) {
        text_.clear();
        fail(ParseProblem::Kind::limit, "script too long", line_, false);
    }
}

Parser::Step Parser::next() {
    Step step;
    problem_.kind == ParseProblem::Kind::limit ? void() : void(problem_ = {});
    depth_ = 0;
    tokens_ = 0;
    while (!failed() && peek().kind == TokenKind::newline) take();
    if (!failed() && peek().kind == TokenKind::end) {
        take();
        has_token_ = false;
        return step;
    }
    step.list = failed() ? nullptr : parse_list(true);
    if (!failed()) {
        Token const& token = peek();
        if (token.kind == TokenKind::newline || token.kind == TokenKind::end)
            take();
        else
            unexpected(token);
    }
    has_token_ = false;
    pending_.clear();
    step.kind = Kind::command;
    if (failed()) {
        bool const ended =
            problem_.kind == ParseProblem::Kind::end_of_file || problem_.kind == ParseProblem::Kind::unmatched;
        step.kind = ended ? Kind::incomplete : Kind::error;
        step.list = nullptr;
    }
    return step;
}

bool Parser::is_reserved(Token const& token, std::string_view word) const {
    return token.kind == TokenKind::word && token.word.source == word;
}

bool Parser::expect(std::string_view word) {
    Token const& token = peek({true, false, false});
    bool const found =
        token.kind == TokenKind::word ? token.word.source == word : token.kind == TokenKind::op && token.op == word;
    if (!found) return unexpected(token);
    take();
    return true;
}

bool Parser::ends_list(Token const& token) const {
    if (token.kind == TokenKind::end) return true;
    if (token.kind == TokenKind::op)
        return token.op == ")" || token.op == ";;" || token.op == ";&" || token.op == ";;&";
    static constexpr std::string_view words[] = {"then", "else", "elif", "fi", "do", "done", "esac", "}"};
    return token.kind == TokenKind::word &&
           std::find(std::begin(words), std::end(words), token.word.source) != std::end(words);
}

void Parser::skip_newlines() {
    while (!failed() && peek({true, false, false}).kind == TokenKind::newline) take();
}

// Commands joined by ; & and newlines. At top level it stops at the first newline outside of everything.
std::shared_ptr<ListCommand> Parser::parse_list(bool top_level) {
    auto list = std::make_shared<ListCommand>();
    if (!enter()) return list;
    if (!top_level) skip_newlines();
    list->line = line_;
    while (!failed()) {
        while (!failed() && peek({true, false, false}).kind == TokenKind::word && expand_alias()) {}
        Token const& first = peek({true, false, false});
        if (ends_list(first)) break;
        if (first.kind == TokenKind::newline) { // an alias stood for nothing, or for a comment
            if (top_level) break;
            skip_newlines();
            continue;
        }
        std::size_t const start = first.start;
        ListCommand::Item item;
        item.command = parse_and_or();
        if (failed()) break;
        Token const& after = peek();
        item.source = std::string(text_, start, std::max(after.start, start) - start);
        bool const separated = after.kind == TokenKind::op && (after.op == ";" || after.op == "&");
        item.background = separated && after.op == "&";
        list->items.push_back(std::move(item));
        if (separated) {
            take();
            if (!top_level) skip_newlines();
            if (top_level && (peek({true, false, false}).kind == TokenKind::newline)) break;
        } else if (after.kind == TokenKind::newline && !top_level) {
            list->items.back().newline = true;
            skip_newlines();
        } else {
            break;
        }
    }
    --depth_;
    return list;
}

// A list that may not be empty and must end at one of the words.
std::shared_ptr<ListCommand> Parser::parse_body(std::vector<std::string_view> const& ends) {
    auto list = parse_list(false);
    if (failed()) return list;
    Token const& token = peek({true, false, false});
    bool good = !list->items.empty();
    if (good)
        good = std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
            return token.kind == TokenKind::word ? token.word.source == end
                                                 : token.kind == TokenKind::op && token.op == end;
        });
    if (!good) unexpected(token);
    return list;
}

SyntaxPtr Parser::parse_and_or() {
    SyntaxPtr first = parse_pipeline();
    if (failed()) return first;
    std::shared_ptr<AndOrCommand> joined;
    while (!failed()) {
        Token const& token = peek();
        if (token.kind != TokenKind::op || (token.op != "&&" && token.op != "||")) break;
        bool const is_or = token.op == "||";
        take();
        skip_newlines();
        if (!joined) {
            joined = std::make_shared<AndOrCommand>();
            joined->line = first->line;
            joined->items.push_back({false, first});
        }
        joined->items.push_back({is_or, parse_pipeline()});
    }
    if (joined) return joined;
    return first;
}

SyntaxPtr Parser::parse_pipeline() {
    auto pipeline = std::make_shared<PipelineCommand>();
    pipeline->line = peek({true, false, false}).line;
    bool prefixed = false;
    while (!failed()) {
        Token const& token = peek({true, false, false});
        if (is_reserved(token, "!")) {
            pipeline->negated = !pipeline->negated;
            take();
        } else if (is_reserved(token, "time")) {
            if (expand_alias()) continue;
            pipeline->timed = true;
            take();
            if (is_reserved(peek({true, false, false}), "-p")) {
                pipeline->posix_time = true;
                take();
            }
            if (is_reserved(peek({true, false, false}), "--")) take();
        } else {
            break;
        }
        prefixed = true;
        Token const& next = peek({true, false, false});
        bool const nothing = next.kind == TokenKind::newline || next.kind == TokenKind::end ||
                             (next.kind == TokenKind::op && (next.op == ";" || next.op == "&" || next.op == ")"));
        if (nothing) return pipeline; // `!` or `time` alone
    }
    while (!failed()) {
        pipeline->stages.push_back(parse_command());
        if (failed()) break;
        Token const& token = peek();
        if (token.kind != TokenKind::op || (token.op != "|" && token.op != "|&")) break;
        if (token.op == "|&") { // 2>&1 behind the redirections that are there
            Redirect errors;
            errors.op = RedirectOp::dup_output;
            errors.fd = 2;
            errors.line = token.line;
            errors.target.parts.push_back(Part{PartKind::literal, false, "1", {}, nullptr, nullptr});
            finish(errors.target, "1");
            pipeline->stages.back()->redirects.push_back(std::move(errors));
        }
        take();
        skip_newlines();
        if (is_reserved(peek({true, false, false}), "!")) unexpected(peek({true, false, false}));
    }
    if (!failed() && pipeline->stages.size() == 1 && !prefixed) return pipeline->stages[0];
    return pipeline;
}

SyntaxPtr Parser::parse_command() {
    SyntaxPtr command;
    if (!enter()) return command;
    while (!failed()) {
        Token const& token = peek({true, false, false});
        if (token.kind == TokenKind::word && !token.word.assignment && expand_alias()) continue;
        break;
    }
    Token const& token = peek({true, false, false});
    int const line = token.line;
    if (token.kind == TokenKind::op && token.op == "(") {
        command = text_.compare(token.start, 2, "((") == 0 ? parse_arithmetic_command() : parse_subshell();
    } else if (token.kind == TokenKind::word && !token.word.assignment) {
        command = parse_compound(token.word.source);
    }
    if (!command && !failed()) {
        command = parse_simple();
    } else if (command && !failed()) {
        command->line = line;
        if (command->kind != CommandKind::function) parse_redirects(*command);
    }
    --depth_;
    return command;
}

SyntaxPtr Parser::parse_simple() {
    auto command = std::make_shared<SimpleCommand>();
    std::size_t start = std::string::npos, end = 0;
    bool declares = false, joins = false;
    while (!failed()) {
        bool const in_prefix = command->words.empty();
        Token const& token = peek({in_prefix || declares, false, false, joins});
        if (start == std::string::npos) {
            start = token.start;
            command->line = token.line;
        }
        if (token.kind == TokenKind::op && token.op == "(" && command->words.size() == 1 &&
            command->assignments.empty() && command->redirects.empty()) {
            take();
            if (!expect(")")) return command;
            return parse_function(command->words[0].source, false, command->line);
        }
        if (token.kind != TokenKind::word) {
            if (!parse_redirect(*command)) break;
            end = at_;
            continue;
        }
        // The line of a command is that where its second token ends, as in bash, whose grammar looks one ahead.
        if (command->assignments.size() + command->words.size() == 1 && command->redirects.empty())
            command->line = line_;
        bool const alias_position =
            in_prefix ? !token.word.assignment && (!command->assignments.empty() || !command->redirects.empty())
                      : alias_next_at_ != std::string::npos && token.start >= alias_next_at_ &&
                            text_.find_first_not_of(" \t", alias_next_at_) == token.start;
        if (alias_position) {
            std::size_t const at = token.start;
            alias_next_at_ = std::string::npos;
            if (expand_alias()) {
                if (alias_next_at_ == std::string::npos) alias_next_at_ = at; // what came in may be one again
                continue;
            }
            if (!in_prefix && token.word.source.find_first_of("\\'\"") != std::string::npos)
                alias_next_at_ = token.end; // a quoted word is passed over
        }
        Token taken = take();
        end = taken.end;
        if (command->assignments.empty() && command->words.empty()) command->line = line_after_blanks();
        if (in_prefix && taken.word.assignment) {
            command->awaits = command->awaits || taken.word.awaits;
            command->assignments.push_back(std::move(*taken.word.assignment));
            continue;
        }
        command->awaits = command->awaits || taken.word.awaits;
        command->words.push_back(std::move(taken.word));
        if (in_prefix) {
            std::string const& name = command->words[0].source;
            declares = std::find(std::begin(declaration_builtins), std::end(declaration_builtins), name) !=
                       std::end(declaration_builtins);
            joins = name == "eval" || name == "let";
        }
    }
    if (!failed() && command->words.empty() && command->assignments.empty() && command->redirects.empty())
        unexpected(peek());
    for (Redirect const& redirect : command->redirects) command->awaits = command->awaits || redirect.target.awaits;
    if (!failed() && end > start) command->source = text_.substr(start, end - start);
    return command;
}

int Parser::line_after_blanks() const {
    int line = line_;
    for (std::size_t at = at_; at < text_.size(); ++at) {
        if (text_[at] == '\\' && at + 1 < text_.size() && text_[at + 1] == '\n') {
            ++line;
            ++at;
        } else if (!is_blank_char(text_[at])) {
            break;
        }
    }
    return line;
}

void Parser::parse_redirects(Syntax& owner) {
    while (!failed() && parse_redirect(owner)) {}
}

// One redirection, if the next token starts one.
bool Parser::parse_redirect(Syntax& owner) {
    Token const& first = peek();
    Redirect redirect;
    redirect.line = first.line;
    bool const prefixed = first.kind == TokenKind::io_number || first.kind == TokenKind::io_variable;
    if (first.kind == TokenKind::io_number) redirect.fd = first.number;
    if (first.kind == TokenKind::io_variable) redirect.variable = first.op;
    if (prefixed) take();
    Token const& op = peek();
    if (op.kind != TokenKind::op || !is_redirect_operator(op.op)) {
        if (prefixed) unexpected(op);
        return false;
    }
    redirect.op = redirect_operator(op.op);
    redirect.strip_tabs = op.op == "<<-";
    take();
    bool const duplicates = redirect.op == RedirectOp::dup_input || redirect.op == RedirectOp::dup_output;
    if (duplicates && peek(WordMode{}).kind == TokenKind::io_number) { // 2>&1>file
        token_.kind = TokenKind::word;
        token_.word = Word{};
        std::string const number = text_.substr(token_.start, token_.end - token_.start);
        token_.word.parts.push_back(Part{PartKind::literal, false, number, {}, nullptr, nullptr});
        finish(token_.word, number);
    }
    Token const& target = peek(WordMode{});
    if (target.kind != TokenKind::word) {
        // `> 2>x` reads "2" as a number: it is a file name here only if no operator follows.
        unexpected(target);
        return false;
    }
    Token taken = take();
    bool const document = redirect.op == RedirectOp::here_document;
    if (document) {
        redirect.delimiter = unquoted_delimiter(taken.word, redirect.literal_body);
        pending_.push_back({owner.shared_from_this(), owner.redirects.size(), redirect.line});
    } else {
        redirect.target = std::move(taken.word);
    }
    owner.redirects.push_back(std::move(redirect));
    return true;
}

}
