// Compound commands and functions.
#include "terminal/characters.hpp"
#include "terminal/parser.hpp"

#include <algorithm>

namespace cw::terminal {

// The compound command that a reserved word begins; null if it begins none.
SyntaxPtr Parser::parse_compound(std::string const& word) {
    if (word == "]]") {
        unexpected(peek());
        return nullptr;
    }
    if (word == "if") return parse_if();
    if (word == "while") return parse_loop(false);
    if (word == "until") return parse_loop(true);
    if (word == "for") return parse_for(false);
    if (word == "select") return parse_for(true);
    if (word == "case") return parse_case();
    if (word == "{") return parse_group();
    if (word == "function") return parse_function_keyword();
    if (word == "[[") return parse_conditional();
    if (word == "coproc") return parse_coprocess();
    static constexpr std::string_view misplaced[] = {"then", "else", "elif", "fi", "do", "done", "esac", "}", "in"};
    if (std::find(std::begin(misplaced), std::end(misplaced), word) != std::end(misplaced)) unexpected(peek());
    return nullptr;
}

SyntaxPtr Parser::parse_if() {
    auto command = std::make_shared<IfCommand>();
    while (!failed()) {
        take(); // if, elif
        IfCommand::Arm arm;
        arm.condition = parse_body({"then"});
        if (!failed()) take();
        if (!failed()) arm.body = parse_body({"elif", "else", "fi"});
        command->arms.push_back(std::move(arm));
        if (failed() || peek().word.source != "elif") break;
    }
    if (!failed() && peek().word.source == "else") {
        take();
        command->otherwise = parse_body({"fi"});
    }
    if (!failed()) take();
    return command;
}

std::shared_ptr<ListCommand> Parser::parse_do_body() {
    skip_newlines();
    Token const& token = peek({true, false, false});
    bool const braces = is_reserved(token, "{");
    if (!braces && !is_reserved(token, "do")) {
        unexpected(token);
        return nullptr;
    }
    take();
    auto body = parse_body({braces ? "}" : "done"});
    if (!failed()) take();
    return body;
}

SyntaxPtr Parser::parse_loop(bool until) {
    auto command = std::make_shared<LoopCommand>();
    command->until = until;
    take();
    command->condition = parse_body({"do"});
    if (!failed()) command->body = parse_do_body();
    return command;
}

SyntaxPtr Parser::parse_for(bool select) {
    int const line = take().line;
    Token const& name = peek(WordMode{});
    if (!select && name.kind == TokenKind::op && name.op == "(" && text_.compare(name.start, 2, "((") == 0)
        return parse_for_arithmetic(line);
    auto command = std::make_shared<ForCommand>(select ? CommandKind::select : CommandKind::for_each);
    if (name.kind != TokenKind::word) {
        unexpected(name);
        return command;
    }
    Token const taken = take();
    command->variable = taken.word.source;
    skip_newlines();
    Token const& next = peek({true, false, false});
    if (is_reserved(next, "in")) {
        command->has_in = true;
        take();
        while (!failed() && peek(WordMode{}).kind == TokenKind::word) command->words.push_back(take().word);
        Token const& end = peek();
        if (end.kind == TokenKind::newline || (end.kind == TokenKind::op && end.op == ";"))
            take();
        else
            unexpected(end);
    } else if (next.kind == TokenKind::op && next.op == ";") {
        take();
    }
    if (!failed()) command->body = parse_do_body();
    return command;
}

// for (( start; test; step ))
SyntaxPtr Parser::parse_for_arithmetic(int line) {
    auto command = std::make_shared<ForArithmeticCommand>();
    command->line = line;
    rewind();
    std::size_t const close = matching_brace(at_);
    if (close == std::string::npos || text_[close - 1] != ')') {
        unexpected(peek());
        return command;
    }
    std::string const inside = text_.substr(at_ + 2, close - at_ - 3);
    std::vector<std::string> parts(1);
    int brackets = 0;
    for (char const c : inside) {
        if (c == '(') ++brackets;
        if (c == ')') --brackets;
        if (c == ';' && brackets == 0)
            parts.emplace_back();
        else if (!parts.back().empty() || !is_blank_char(c))
            parts.back().push_back(c);
    }
    if (parts.size() != 3) {
        fail(ParseProblem::Kind::unexpected_token,
             parts.size() < 3 ? "syntax error: arithmetic expression required" : "syntax error: `;' unexpected", line_,
             true);
        problem_.source_prefix = "syntax error: ";
        problem_.source_line = "((" + inside + "))";
        return command;
    }
    ParserOptions options = options_;
    options.depth += depth_;
    command->start = arithmetic_text(parts[0], options);
    command->test = arithmetic_text(parts[1], options);
    command->step = arithmetic_text(parts[2], options);
    while (at_ <= close) advance_char();
    Token const& end = peek({true, false, false});
    if (end.kind == TokenKind::op && end.op == ";") take();
    command->body = parse_do_body();
    return command;
}

SyntaxPtr Parser::parse_case() {
    auto command = std::make_shared<CaseCommand>();
    take();
    Token const& subject = peek(WordMode{});
    if (subject.kind != TokenKind::word) {
        unexpected(subject);
        return command;
    }
    command->subject = take().word;
    skip_newlines();
    if (!is_reserved(peek({true, false, false}), "in")) {
        unexpected(peek());
        return command;
    }
    take();
    while (!failed()) {
        while (!failed() && peek(WordMode{}).kind == TokenKind::newline) take();
        if (failed() || is_reserved(peek(), "esac")) break;
        if (!parse_case_arm(*command)) break;
    }
    if (!failed()) expect("esac");
    return command;
}

// [(] pattern | pattern ) list ;;   False when `esac` must follow.
bool Parser::parse_case_arm(CaseCommand& command) {
    CaseCommand::Arm arm;
    if (peek().kind == TokenKind::op && peek().op == "(") take();
    while (!failed()) {
        Token const& pattern = peek(WordMode{});
        if (pattern.kind != TokenKind::word) return unexpected(pattern);
        arm.patterns.push_back(take().word);
        Token const after = take();
        if (after.kind == TokenKind::op && after.op == ")") break;
        if (after.kind != TokenKind::op || after.op != "|") return unexpected(after);
    }
    if (failed()) return false;
    arm.body = parse_list(false);
    if (failed()) return false;
    Token const& end = peek({true, false, false});
    bool more = false;
    if (end.kind == TokenKind::op && end.op[0] == ';') {
        arm.after = end.op == ";;"   ? CaseCommand::After::stop
                    : end.op == ";&" ? CaseCommand::After::fall_through
                                     : CaseCommand::After::test_next;
        more = end.op.size() > 1;
        if (!more) return unexpected(end);
        take();
    } else if (!is_reserved(end, "esac")) {
        return unexpected(end);
    }
    command.arms.push_back(std::move(arm));
    return more;
}

SyntaxPtr Parser::parse_group() {
    auto command = std::make_shared<GroupCommand>(CommandKind::group);
    take();
    command->body = parse_body({"}"});
    if (!failed()) take();
    return command;
}

SyntaxPtr Parser::parse_subshell() {
    auto command = std::make_shared<GroupCommand>(CommandKind::subshell);
    take();
    command->body = parse_body({")"});
    if (!failed()) command->end_line = take().line;
    return command;
}

// (( expression )), or two nested subshells when the brackets do not close together.
SyntaxPtr Parser::parse_arithmetic_command() {
    rewind();
    std::size_t const close = matching_brace(at_);
    std::size_t const inner_close = matching_brace(at_ + 1);
    if (close == std::string::npos && inner_close == std::string::npos) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for matching `)'", line_, false);
        return nullptr;
    }
    if (close == std::string::npos || inner_close + 1 != close) {
        peek({true, false, false});
        return parse_subshell();
    }
    auto command = std::make_shared<ArithmeticCommand>();
    ParserOptions options = options_;
    options.depth += depth_;
    command->expression = arithmetic_text(std::string_view(text_).substr(at_ + 2, inner_close - at_ - 2), options);
    while (at_ <= close) advance_char();
    return command;
}

SyntaxPtr Parser::parse_function_keyword() {
    int const line = take().line;
    Token const& name = peek(WordMode{});
    if (name.kind != TokenKind::word) {
        unexpected(name);
        return nullptr;
    }
    std::string const text = take().word.source;
    if (peek().kind == TokenKind::op && peek().op == "(" && text_.compare(peek().start, 2, "((") != 0) {
        take();
        // `function f (list)` has a subshell as its body.
        if (peek({true, false, false}).kind == TokenKind::op && peek().op == ")") {
            take();
        } else {
            auto body = std::make_shared<GroupCommand>(CommandKind::subshell);
            body->line = line;
            body->body = parse_body({")"});
            if (!failed()) take();
            auto command = std::make_shared<FunctionCommand>();
            command->name = text;
            command->keyword = true;
            command->line = line;
            if (!failed()) parse_redirects(*body);
            command->body = body;
            return command;
        }
    }
    return parse_function(text, true, line);
}

namespace {

constexpr std::string_view compound_words[] = {"{", "if", "while", "until", "for", "select", "case", "[["};

}

// Whether the text at `at` is "(" or a word that begins a compound command.
bool Parser::begins_compound(std::size_t at) const {
    at = std::min(text_.find_first_not_of(" \t", at), text_.size());
    if (at < text_.size() && text_[at] == '(') return true;
    std::size_t const end = std::min(text_.find_first_of(" \t\n;&|()<>", at), text_.size());
    std::string_view const word = std::string_view(text_).substr(at, end - at);
    return std::find(std::begin(compound_words), std::end(compound_words), word) != std::end(compound_words);
}

// coproc command, or coproc NAME compound-command.
SyntaxPtr Parser::parse_coprocess() {
    auto command = std::make_shared<CoprocessCommand>();
    take();
    Token const& token = peek({true, false, false});
    bool const compound = begins_compound(token.start);
    if (!compound && token.kind == TokenKind::word && !token.word.assignment && begins_compound(token.end)) {
        command->name = take().word.source;
        command->body = parse_command();
    } else {
        command->body = compound ? parse_command() : parse_simple();
    }
    return command;
}

SyntaxPtr Parser::parse_function(std::string name, bool keyword, int line) {
    auto command = std::make_shared<FunctionCommand>();
    command->name = std::move(name);
    command->keyword = keyword;
    skip_newlines();
    if (failed()) return command;
    Token const& token = peek({true, false, false});
    bool const bracket = token.kind == TokenKind::op && token.op == "(";
    bool const word = token.kind == TokenKind::word && std::find(std::begin(compound_words), std::end(compound_words),
                                                                 token.word.source) != std::end(compound_words);
    if (!bracket && !word) {
        unexpected(token);
        return command;
    }
    command->body = parse_command();
    command->line = line;
    return command;
}

SyntaxPtr Parser::parse_conditional() {
    auto command = std::make_shared<ConditionalCommand>();
    condition_line_ = peek().line;
    std::size_t const start = take().start;
    command->condition = parse_condition_or();
    if (!failed() && !is_reserved(peek(), "]]"))
        bad_condition("syntax error in conditional expression: unexpected token `" + shown_token(peek()) + "'", peek());
    if (failed()) return command;
    take();
    // Whether anything inside has to run commands is a property of the whole.
    std::string const source = text_.substr(start, at_ - start);
    command->awaits = source.find("$(") != std::string::npos || source.find('`') != std::string::npos ||
                      source.find("<(") != std::string::npos || source.find(">(") != std::string::npos;
    return command;
}

std::unique_ptr<Condition> Parser::parse_condition_or() {
    auto left = parse_condition_and();
    while (!failed() && peek().kind == TokenKind::newline) take();
    while (!failed() && peek().kind == TokenKind::op && peek().op == "||") {
        take();
        auto both = std::make_unique<Condition>();
        both->kind = Condition::Kind::or_;
        both->first = std::move(left);
        both->second = parse_condition_and();
        left = std::move(both);
        while (!failed() && peek().kind == TokenKind::newline) take();
    }
    return left;
}

std::unique_ptr<Condition> Parser::parse_condition_and() {
    auto left = parse_condition_term();
    while (!failed() && peek().kind == TokenKind::newline) take();
    while (!failed() && peek().kind == TokenKind::op && peek().op == "&&") {
        take();
        auto both = std::make_unique<Condition>();
        both->kind = Condition::Kind::and_;
        both->first = std::move(left);
        both->second = parse_condition_term();
        left = std::move(both);
        while (!failed() && peek().kind == TokenKind::newline) take();
    }
    return left;
}

std::unique_ptr<Condition> Parser::parse_condition_term() {
    if (!enter()) return nullptr;
    while (!failed() && peek(WordMode{}).kind == TokenKind::newline) take();
    Token const& token = peek();
    std::unique_ptr<Condition> term;
    if (is_reserved(token, "!")) {
        take();
        term = std::make_unique<Condition>();
        term->kind = Condition::Kind::not_;
        term->first = parse_condition_term();
    } else if (token.kind == TokenKind::op && token.op == "(") {
        take();
        term = std::make_unique<Condition>();
        term->kind = Condition::Kind::group;
        term->first = parse_condition_or();
        if (problem_.kind == ParseProblem::Kind::condition && problem_.message.empty())
            problem_.message = "expected `)'";
        if (!failed() && !(peek().kind == TokenKind::op && peek().op == ")"))
            bad_condition("unexpected token `" + shown_token(peek()) + "', expected `)'", peek());
        if (!failed()) take();
    } else {
        term = parse_condition_test();
    }
    --depth_;
    return term;
}

std::unique_ptr<Condition> Parser::parse_condition_test() {
    auto test = std::make_unique<Condition>();
    Token const& token = peek();
    if (token.kind != TokenKind::word) {
        bad_condition("unexpected token `" + shown_token(token) + "' in conditional command", token);
        return test;
    }
    if (token.word.source == "]]") {
        bad_condition("", token); // bash ends the script without a word
        return test;
    }
    Token first = take();
    static constexpr std::string_view letters = "abcdefghknoprstuvwxzGLNORS";
    std::string const& text = first.word.source;
    bool const unary = text.size() == 2 && text[0] == '-' && letters.find(text[1]) != std::string_view::npos;
    Token const& next = peek();
    bool const binary_next = next.kind == TokenKind::word && next.word.source != "]]";
    static constexpr std::string_view binaries[] = {"=",   "==",  "!=",  "=~",  "-eq", "-ne", "-lt",
                                                    "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};
    bool const is_binary = (next.kind == TokenKind::word && std::find(std::begin(binaries), std::end(binaries),
                                                                      next.word.source) != std::end(binaries)) ||
                           (next.kind == TokenKind::op && (next.op == "<" || next.op == ">"));
    if (unary && !is_binary) {
        if (!binary_next) {
            bad_condition("unexpected argument `" + shown_token(next) + "' to conditional unary operator", next);
            return test;
        }
        test->kind = Condition::Kind::unary;
        test->op = text;
        test->left = take().word;
        return test;
    }
    test->left = std::move(first.word);
    if (is_binary) {
        Token const op = take();
        test->kind = Condition::Kind::binary;
        test->op = op.kind == TokenKind::word ? op.word.source : op.op;
        bool const regex = test->op == "=~";
        bool const pattern = test->op == "=" || test->op == "==" || test->op == "!=";
        Token const& right = peek({false, regex, pattern});
        if (right.kind != TokenKind::word || right.word.source == "]]") {
            bad_condition("unexpected argument `" + shown_token(right) + "' to conditional binary operator", right);
            return test;
        }
        test->right = take().word;
        if (std::string_view("-eq-ne-lt-le-gt-ge").find(test->op) != std::string_view::npos &&
            test->op[0] == '-') { // numbers: subscripts in them are expanded once
            for (Word* const operand : {&test->left, &test->right}) {
                std::string const source = operand->source;
                bool const has_subscript = source.find('[') != std::string::npos &&
                                           source.find('$') != std::string::npos &&
                                           source.find_first_of("'\\") == std::string::npos;
                if (has_subscript) *operand = arithmetic_text(source, options_);
            }
        }
        return test;
    }
    if (binary_next) bad_condition("conditional binary operator expected", next);
    if (next.kind == TokenKind::newline) {
        auto const kind = at_end() ? ParseProblem::Kind::unexpected_token : ParseProblem::Kind::condition;
        fail(kind, "unexpected token `newline', conditional binary operator expected", next.line, false);
    }
    return test;
}

// What bash says, and without a status of 2: it leaves the status as it was.
void Parser::bad_condition(std::string message, Token const& token) {
    if (token.kind == TokenKind::end) {
        fail(ParseProblem::Kind::unmatched, "unexpected EOF while looking for `]]'", condition_line_, false);
        return;
    }
    fail(ParseProblem::Kind::condition, std::move(message), token.line, false);
}

}
