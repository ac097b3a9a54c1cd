#include "ground/text.hpp"
#include "terminal/commands/awk.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal::awk {

namespace {

enum class Token : std::uint8_t { end, newline, number, text, regex, name, function_name, builtin, keyword, sign };

constexpr std::string_view keywords[] = {"BEGIN",  "END",    "function", "func",     "if",    "else",     "while",
                                         "for",    "do",     "break",    "continue", "next",  "nextfile", "exit",
                                         "return", "delete", "in",       "getline",  "print", "printf"};
constexpr std::string_view builtins[] = {"length", "substr",  "index",    "split",   "sub",     "gsub",    "gensub",
                                         "match",  "sprintf", "sin",      "cos",     "atan2",   "exp",     "log",
                                         "sqrt",   "int",     "rand",     "srand",   "tolower", "toupper", "system",
                                         "close",  "fflush",  "strftime", "systime", "mktime",  "asort",   "asorti",
                                         "and",    "or",      "xor",      "lshift",  "rshift",  "compl",   "strtonum"};
constexpr std::string_view signs[] = {"**=", "&&", "||", "==", "!=", "<=", ">=", "++", "--",
                                      "+=",  "-=", "*=", "/=", "%=", "^=", "**", ">>", "!~"};

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser {
  public:
    explicit Parser(std::string_view source) : source_(source) {
        for (std::string_view const name : special_names) program_.globals.emplace_back(name);
        advance();
    }

    Result<Program> run() {
        skip_newlines();
        while (error_.empty() && token_ != Token::end) {
            item();
            while (token_ == Token::newline || is(";")) advance();
        }
        for (Call const& call : calls_) {
            auto const found = std::find_if(program_.functions.begin(), program_.functions.end(),
                                            [&](Function const& f) { return f.name == call.node->text; });
            if (found == program_.functions.end())
                fail("function `" + call.node->text + "' not defined");
            else
                call.node->slot = static_cast<int>(found - program_.functions.begin());
        }
        if (!error_.empty()) return Error{ErrorCode::invalid, {}, error_};
        return std::move(program_);
    }

  private:
    struct Call {
        Node* node;
    };

    void fail(std::string const& message) {
        if (error_.empty()) error_ = "line " + std::to_string(line_) + ": " + message;
        token_ = Token::end;
        at_ = source_.size();
    }
    void unexpected() {
        fail(token_ == Token::end
                 ? "syntax error: unexpected end of program"
                 : "syntax error near " + (token_ == Token::newline ? std::string("end of line") : word_));
    }

    // --- tokens
    void advance() {
        if (!error_.empty()) return;
        while (at_ < source_.size()) {
            char const c = source_[at_];
            if (c == ' ' || c == '\t' || c == '\r')
                ++at_;
            else if (c == '\\' && source_.substr(at_, 2) == "\\\n")
                at_ += 2, ++line_;
            else if (c == '\\' && source_.substr(at_, 3) == "\\\r\n")
                at_ += 3, ++line_;
            else if (c == '#')
                at_ = std::min(source_.find('\n', at_), source_.size());
            else
                break;
        }
        if (at_ >= source_.size()) return set(Token::end, "");
        char const c = source_[at_];
        if (c == '\n') {
            ++at_;
            ++line_;
            return set(Token::newline, "\n");
        }
        if (is_digit(c) || (c == '.' && at_ + 1 < source_.size() && is_digit(source_[at_ + 1]))) return number();
        if (is_name_start(c)) return name();
        if (c == '"') return string();
        for (std::string_view const sign : signs)
            if (source_.substr(at_, sign.size()) == sign) {
                at_ += sign.size();
                return set(Token::sign, sign == "**" ? "^" : sign == "**=" ? "^=" : std::string(sign));
            }
        if (std::string_view("{}()[];,+-*/%^!<>|?:~$=").find(c) == std::string_view::npos)
            return fail(std::string("unexpected character '") + c + "'");
        ++at_;
        set(Token::sign, std::string(1, c));
    }
    void set(Token token, std::string word) {
        token_ = token;
        word_ = std::move(word);
    }
    void number() {
        std::string const rest(source_.substr(at_, 64));
        char* end = nullptr;
        if (rest.size() > 2 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'X'))
            number_ = static_cast<double>(std::strtoll(rest.c_str(), &end, 16));
        else
            number_ = std::strtod(rest.c_str(), &end);
        at_ += static_cast<std::size_t>(end - rest.c_str());
        set(Token::number, "number");
    }
    void name() {
        std::size_t const from = at_;
        while (at_ < source_.size() && (is_name_start(source_[at_]) || is_digit(source_[at_]))) ++at_;
        std::string word(source_.substr(from, at_ - from));
        if (std::find(std::begin(keywords), std::end(keywords), word) != std::end(keywords))
            return set(Token::keyword, word == "func" ? "function" : word);
        if (std::find(std::begin(builtins), std::end(builtins), word) != std::end(builtins))
            return set(Token::builtin, word);
        set(at_ < source_.size() && source_[at_] == '(' ? Token::function_name : Token::name, word);
    }
    void string() {
        std::size_t const from = ++at_;
        while (at_ < source_.size() && source_[at_] != '"') {
            if (source_[at_] == '\n') return fail("unterminated string");
            at_ += source_[at_] == '\\' ? 2 : 1;
        }
        if (at_ >= source_.size()) return fail("unterminated string");
        set(Token::text, unescaped_text(source_.substr(from, at_ - from)));
        ++at_;
    }
    // The token is / or /=: the rest of a regex.
    std::string regex_text() {
        std::string out = word_ == "/=" ? "=" : "";
        bool in_bracket = false;
        while (at_ < source_.size() && (in_bracket || source_[at_] != '/')) {
            char const c = source_[at_++];
            if (c == '\n') break;
            if (c == '[' && !in_bracket) {
                in_bracket = true;
                out += c;
                if (at_ < source_.size() && source_[at_] == '^') out += source_[at_++];
                if (at_ < source_.size() && source_[at_] == ']') out += source_[at_++];
                continue;
            }
            if (c == '[' && at_ < source_.size() && source_[at_] == ':') {
                std::size_t const end = source_.find(":]", at_);
                if (end != std::string_view::npos) {
                    out += c;
                    out += source_.substr(at_, end + 2 - at_);
                    at_ = end + 2;
                    continue;
                }
            }
            if (c == ']') in_bracket = false;
            if (c == '\\' && at_ < source_.size()) {
                char const next = source_[at_++];
                if (next != '/') out += '\\';
                out += next;
                continue;
            }
            out += c;
        }
        if (at_ >= source_.size() || source_[at_] != '/') {
            fail("unterminated regexp");
            return {};
        }
        ++at_;
        return out;
    }

    [[nodiscard]] bool is(std::string_view sign) const { return token_ == Token::sign && word_ == sign; }
    [[nodiscard]] bool is_keyword(std::string_view word) const { return token_ == Token::keyword && word_ == word; }
    bool accept(std::string_view sign) {
        if (!is(sign)) return false;
        advance();
        return true;
    }
    void expect(std::string_view sign) {
        if (!accept(sign)) unexpected();
    }
    void skip_newlines() {
        while (token_ == Token::newline) advance();
    }
    void skip_terminators() {
        while (token_ == Token::newline || is(";")) advance();
    }

    // --- tree
    NodePtr make(Kind kind) const {
        auto node = std::make_unique<Node>();
        node->kind = kind;
        node->line = line_;
        return node;
    }
    NodePtr make(Kind kind, NodePtr a, NodePtr b = nullptr) const {
        NodePtr node = make(kind);
        node->parts.push_back(std::move(a));
        if (b) node->parts.push_back(std::move(b));
        return node;
    }
    NodePtr variable(std::string const& name) {
        NodePtr node = make(Kind::variable);
        node->text = name;
        auto const local = std::find(locals_.begin(), locals_.end(), name);
        node->is_local = local != locals_.end();
        node->slot = node->is_local ? static_cast<int>(local - locals_.begin()) : global(name);
        return node;
    }
    int global(std::string const& name) {
        auto const found = std::find(program_.globals.begin(), program_.globals.end(), name);
        if (found == program_.globals.end()) {
            program_.globals.push_back(name);
            return static_cast<int>(program_.globals.size()) - 1;
        }
        return static_cast<int>(found - program_.globals.begin());
    }

    void item() {
        if (is_keyword("function")) return function();
        Rule rule;
        if (is_keyword("BEGIN") || is_keyword("END")) {
            rule.when = word_ == "BEGIN" ? When::begin : When::end;
            advance();
            skip_newlines();
            if (!is("{")) return unexpected();
        } else if (!is("{")) {
            rule.when = When::expression;
            rule.first = expression();
            if (accept(",")) {
                skip_newlines();
                rule.when = When::range;
                rule.last = expression();
            }
        }
        if (is("{")) rule.body = block();
        program_.rules.push_back(std::move(rule));
    }
    void function() {
        advance();
        Function function;
        if (token_ != Token::name && token_ != Token::function_name) return unexpected();
        function.name = word_;
        advance();
        expect("(");
        while (token_ == Token::name) {
            function.parameters.push_back(word_);
            advance();
            if (!accept(",")) break;
            skip_newlines();
        }
        expect(")");
        skip_newlines();
        locals_ = function.parameters;
        in_function_ = true;
        function.body = block();
        in_function_ = false;
        locals_.clear();
        program_.functions.push_back(std::move(function));
    }

    NodePtr block() {
        NodePtr node = make(Kind::block);
        expect("{");
        skip_terminators();
        while (error_.empty() && !is("}") && token_ != Token::end) {
            node->parts.push_back(statement());
            skip_terminators();
        }
        expect("}");
        return node;
    }
    // After a simple statement: ; newline } or the end.
    void terminator() {
        if (accept(";")) return;
        if (token_ == Token::newline || is("}") || token_ == Token::end) return;
        unexpected();
    }
    NodePtr body() {
        skip_newlines();
        if (is(";")) {
            advance();
            return make(Kind::block);
        }
        return statement();
    }
    NodePtr statement() {
        struct Depth {
            int& value;
            ~Depth() { --value; }
        } const depth{++nesting_};
        if (nesting_ > max_nesting) fail("program is nested too deeply");
        if (!error_.empty()) return make(Kind::block);
        if (is("{")) return block();
        if (token_ == Token::keyword) {
            if (word_ == "if") return if_statement();
            if (word_ == "while") return while_statement();
            if (word_ == "do") return do_statement();
            if (word_ == "for") return for_statement();
        }
        NodePtr node = simple_statement();
        terminator();
        return node;
    }
    NodePtr if_statement() {
        advance();
        expect("(");
        NodePtr node = make(Kind::if_, expression());
        expect(")");
        node->parts.push_back(body());
        // `else` may follow newlines and a semicolon.
        std::size_t const at = at_;
        int const line = line_;
        Token const token = token_;
        std::string const word = word_;
        skip_terminators();
        if (is_keyword("else")) {
            advance();
            node->parts.push_back(body());
        } else if (error_.empty()) {
            at_ = at;
            line_ = line;
            token_ = token;
            word_ = word;
        }
        return node;
    }
    NodePtr while_statement() {
        advance();
        expect("(");
        NodePtr node = make(Kind::while_, expression());
        expect(")");
        node->parts.push_back(body());
        return node;
    }
    NodePtr do_statement() {
        advance();
        NodePtr node = make(Kind::do_);
        NodePtr inside = body();
        skip_terminators();
        if (!is_keyword("while")) unexpected();
        advance();
        expect("(");
        node->parts.push_back(expression());
        expect(")");
        node->parts.push_back(std::move(inside));
        terminator();
        return node;
    }
    NodePtr for_statement() {
        advance();
        expect("(");
        if (token_ == Token::name) { // for (k in array)
            std::size_t const at = at_;
            std::string const name = word_;
            advance();
            if (is_keyword("in")) {
                advance();
                std::string const array = word_;
                bool const simple = token_ == Token::name;
                if (simple) advance();
                if (simple && is(")")) {
                    advance();
                    NodePtr node = make(Kind::for_in, variable(name), variable(array));
                    node->parts.push_back(body());
                    return node;
                }
            }
            at_ = at;
            token_ = Token::name;
            word_ = name;
        }
        NodePtr node = make(Kind::for_);
        node->parts.push_back(is(";") ? nullptr : simple_statement());
        expect(";");
        skip_newlines();
        node->parts.push_back(is(";") ? nullptr : expression());
        expect(";");
        skip_newlines();
        node->parts.push_back(is(")") ? nullptr : simple_statement());
        expect(")");
        node->parts.push_back(body());
        return node;
    }
    [[nodiscard]] bool at_statement_end() const {
        return token_ == Token::newline || token_ == Token::end || is(";") || is("}");
    }

    NodePtr simple_statement() {
        if (token_ == Token::keyword) {
            std::string const word = word_;
            Kind kind = Kind::block;
            if (word == "print" || word == "printf")
                return print_statement(word == "print" ? Kind::print : Kind::printf);
            if (word == "break")
                kind = Kind::break_;
            else if (word == "continue")
                kind = Kind::continue_;
            else if (word == "next")
                kind = Kind::next;
            else if (word == "nextfile")
                kind = Kind::next_file;
            else if (word == "exit")
                kind = Kind::exit;
            else if (word == "return")
                kind = Kind::return_;
            else if (word == "delete")
                kind = Kind::delete_;
            if (kind == Kind::return_ && !in_function_) fail("return used outside function context");
            if (kind != Kind::block) {
                advance();
                NodePtr node = make(kind);
                bool const takes = kind == Kind::exit || kind == Kind::return_ || kind == Kind::delete_;
                if (takes && !at_statement_end()) node->parts.push_back(expression());
                return node;
            }
        }
        return make(Kind::expression, expression());
    }
    NodePtr print_statement(Kind kind) {
        advance();
        NodePtr node = make(kind);
        bool const saved = std::exchange(in_print_, true);
        bool const redirects = is(">") || is(">>") || is("|");
        if (!at_statement_end() && !redirects) {
            node->parts.push_back(expression());
            while (accept(",")) {
                skip_newlines();
                node->parts.push_back(expression());
            }
            // print (a, b) > "x": one bracketed list is the arguments.
            if (node->parts.size() == 1 && node->parts[0]->kind == Kind::group) {
                std::vector<NodePtr> inside = std::move(node->parts[0]->parts);
                node->parts = std::move(inside);
            }
        }
        in_print_ = saved;
        if (is(">") || is(">>") || is("|")) {
            node->into = word_ == ">" ? Into::file : word_ == ">>" ? Into::append : Into::pipe;
            advance();
            node->target = concatenation();
        }
        return node;
    }

    // --- expressions, lowest first
    NodePtr expression() { return assignment(); }

    static bool is_target(Node const& node) {
        return node.kind == Kind::variable || node.kind == Kind::element || node.kind == Kind::field;
    }

    NodePtr assignment() {
        struct Depth {
            int& value;
            ~Depth() { --value; }
        } const depth{++nesting_};
        if (nesting_ > max_nesting) {
            fail("expression is nested too deeply");
            return make(Kind::number);
        }
        NodePtr left = conditional();
        if (token_ == Token::sign &&
            (word_ == "=" || (word_.size() == 2 && word_[1] == '=' &&
                              std::string_view("+-*/%^").find(word_[0]) != std::string_view::npos))) {
            if (!is_target(*left)) {
                unexpected();
                return left;
            }
            NodePtr node = make(Kind::assign);
            node->number = word_[0];
            advance();
            skip_newlines();
            node->parts.push_back(std::move(left));
            node->parts.push_back(assignment());
            return node;
        }
        return left;
    }
    NodePtr conditional() {
        NodePtr condition = disjunction();
        if (!accept("?")) return condition;
        skip_newlines();
        NodePtr node = make(Kind::choice, std::move(condition), assignment());
        skip_newlines();
        expect(":");
        skip_newlines();
        node->parts.push_back(assignment());
        return node;
    }
    NodePtr disjunction() {
        NodePtr left = conjunction();
        while (accept("||")) {
            skip_newlines();
            left = make(Kind::either, std::move(left), conjunction());
        }
        return left;
    }
    NodePtr conjunction() {
        NodePtr left = membership();
        while (accept("&&")) {
            skip_newlines();
            left = make(Kind::both, std::move(left), membership());
        }
        return left;
    }
    NodePtr membership() {
        NodePtr left = matching();
        while (is_keyword("in")) {
            advance();
            std::string const array = word_;
            if (token_ != Token::name) {
                unexpected();
                return left;
            }
            advance();
            Kind const kind = left->kind == Kind::group ? Kind::in_several : Kind::in;
            left = make(kind, std::move(left), variable(array));
        }
        return left;
    }
    NodePtr matching() {
        NodePtr left = comparison();
        while (is("~") || is("!~")) {
            Kind const kind = word_ == "~" ? Kind::match : Kind::no_match;
            advance();
            left = make(kind, std::move(left), comparison());
        }
        return left;
    }
    NodePtr comparison() {
        NodePtr left = concatenation();
        constexpr std::string_view words[] = {"<", "<=", "==", "!=", ">", ">="};
        constexpr Kind kinds[] = {Kind::less,      Kind::less_equal, Kind::equal,
                                  Kind::not_equal, Kind::greater,    Kind::greater_equal};
        for (std::size_t i = 0; i < 6; ++i) {
            if (!is(words[i]) || (words[i] == ">" && in_print_)) continue;
            advance();
            return make(kinds[i], std::move(left), concatenation());
        }
        // "cmd" | getline
        while (is("|") && pipe_is_getline()) {
            advance();
            advance();
            left = getline_from(std::move(left));
        }
        return left;
    }
    [[nodiscard]] bool pipe_is_getline() const {
        std::string_view rest = source_.substr(at_);
        while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\t')) rest.remove_prefix(1);
        return rest.substr(0, 7) == "getline";
    }
    NodePtr getline_from(NodePtr source) {
        NodePtr node = make(Kind::getline);
        node->into = Into::pipe;
        node->target = std::move(source);
        if (token_ == Token::name || is("$")) node->parts.push_back(primary());
        return node;
    }
    [[nodiscard]] bool starts_operand() const {
        switch (token_) {
            case Token::number:
            case Token::text:
            case Token::name:
            case Token::function_name:
            case Token::builtin: return true;
            case Token::sign:
                return word_ == "(" || word_ == "$" || word_ == "!" || word_ == "-" || word_ == "+" || word_ == "++" ||
                       word_ == "--";
            default: return false;
        }
    }
    NodePtr concatenation() {
        NodePtr left = additive();
        while (error_.empty() && starts_operand() && !(token_ == Token::sign && (word_ == "+" || word_ == "-"))) {
            if (is("!")) break;
            left = make(Kind::concatenate, std::move(left), additive());
        }
        return left;
    }
    NodePtr additive() {
        NodePtr left = multiplicative();
        while (is("+") || is("-")) {
            Kind const kind = word_ == "+" ? Kind::add : Kind::subtract;
            advance();
            left = make(kind, std::move(left), multiplicative());
        }
        return left;
    }
    NodePtr multiplicative() {
        NodePtr left = unary();
        while (is("*") || is("/") || is("%")) {
            Kind const kind = word_ == "*" ? Kind::multiply : word_ == "/" ? Kind::divide : Kind::modulo;
            advance();
            left = make(kind, std::move(left), unary());
        }
        return left;
    }
    NodePtr unary() {
        struct Depth {
            int& value;
            ~Depth() { --value; }
        } const depth{++nesting_};
        if (nesting_ > max_nesting) {
            fail("expression is nested too deeply");
            return make(Kind::number);
        }
        if (accept("!")) return make(Kind::not_, unary());
        if (accept("-")) return make(Kind::negative, unary());
        if (accept("+")) return make(Kind::positive, unary());
        return power();
    }
    NodePtr power() {
        NodePtr left = postfix();
        if (!accept("^")) return left;
        NodePtr right = is("-") || is("+") || is("!") ? unary() : power();
        return make(Kind::power, std::move(left), std::move(right));
    }
    NodePtr postfix() {
        NodePtr operand = primary();
        if ((is("++") || is("--")) && is_target(*operand)) {
            NodePtr node = make(Kind::increment);
            node->decrements = word_ == "--";
            advance();
            node->parts.push_back(std::move(operand));
            return node;
        }
        return operand;
    }
    NodePtr primary() {
        if (!error_.empty()) return make(Kind::number);
        NodePtr node;
        switch (token_) {
            case Token::number:
                node = make(Kind::number);
                node->number = number_;
                advance();
                return node;
            case Token::text:
                node = make(Kind::text);
                node->text = word_;
                advance();
                return node;
            case Token::name: {
                std::string const name = word_;
                advance();
                if (!is("[")) return variable(name);
                advance();
                node = make(Kind::element, variable(name));
                do node->parts.push_back(bracketed_expression());
                while (accept(","));
                expect("]");
                return node;
            }
            case Token::function_name: return call();
            case Token::builtin: return builtin();
            case Token::keyword:
                if (word_ == "getline") return plain_getline();
                break;
            case Token::sign:
                if (word_ == "/" || word_ == "/=") return regex();
                if (word_ == "(") return brackets();
                if (word_ == "$") {
                    advance();
                    if (is("++") || is("--")) return make(Kind::field, primary());
                    return make(Kind::field, is("-") ? unary() : primary());
                }
                if (word_ == "++" || word_ == "--") {
                    node = make(Kind::increment);
                    node->is_prefix = true;
                    node->decrements = word_ == "--";
                    advance();
                    node->parts.push_back(primary());
                    if (!is_target(*node->parts[0])) unexpected();
                    return node;
                }
                if (word_ == "-" || word_ == "+" || word_ == "!") return unary();
                break;
            default: break;
        }
        unexpected();
        return make(Kind::number);
    }
    NodePtr bracketed_expression() {
        bool const print = std::exchange(in_print_, false);
        NodePtr inside = expression();
        in_print_ = print;
        return inside;
    }
    NodePtr brackets() {
        advance();
        skip_newlines();
        NodePtr inside = bracketed_expression();
        if (!is(",")) {
            skip_newlines();
            expect(")");
            // A bracketed value is no target and no bare regex any more, but stays itself.
            return make(Kind::brackets, std::move(inside));
        }
        NodePtr group = make(Kind::group, std::move(inside));
        while (accept(",")) {
            skip_newlines();
            group->parts.push_back(bracketed_expression());
        }
        expect(")");
        return group;
    }
    NodePtr regex() {
        NodePtr node = make(Kind::regex);
        node->text = regex_text();
        if (!error_.empty()) return node;
        auto compiled = regex::compile(node->text, regex::Flavor::awk);
        if (!compiled) {
            fail("regular expression compile failed (" + compiled.error().message + "): " + node->text);
            return node;
        }
        node->pattern = static_cast<int>(program_.patterns.size());
        program_.patterns.push_back(std::move(*compiled));
        token_ = Token::regex;
        advance();
        return node;
    }
    void arguments(Node& node) {
        skip_newlines();
        while (error_.empty() && !is(")")) {
            node.parts.push_back(bracketed_expression());
            skip_newlines();
            if (!accept(",")) break;
            skip_newlines();
        }
        expect(")");
    }
    NodePtr call() {
        NodePtr node = make(Kind::call);
        node->text = word_;
        advance();
        expect("(");
        arguments(*node);
        calls_.push_back({node.get()});
        return node;
    }
    NodePtr builtin() {
        NodePtr node = make(Kind::builtin);
        node->text = word_;
        node->slot =
            static_cast<int>(std::find(std::begin(builtins), std::end(builtins), word_) - std::begin(builtins));
        advance();
        if (accept("("))
            arguments(*node);
        else if (node->text != "length")
            unexpected();
        return node;
    }
    NodePtr plain_getline() {
        advance();
        NodePtr node = make(Kind::getline);
        if (token_ == Token::name || is("$")) node->parts.push_back(primary());
        if (accept("<")) {
            node->into = Into::file;
            node->target = primary();
        }
        return node;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    int line_ = 1, nesting_ = 0;
    Token token_ = Token::newline;
    std::string word_;
    double number_ = 0;
    bool in_print_ = false, in_function_ = false;
    std::vector<std::string> locals_;
    std::vector<Call> calls_;
    Program program_;
    std::string error_;
};

}

std::string unescaped_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        char const c = text[at + 1];
        if (c == '\n') {
            ++at;
            continue;
        }
        std::size_t end = at + 2;
        if (c >= '0' && c <= '7')
            while (end < text.size() && end - at <= 3 && text[end] >= '0' && text[end] <= '7') ++end;
        if (c == 'x')
            while (end < text.size() && end - at <= 3 &&
                   std::string_view("0123456789abcdefABCDEF").find(text[end]) != std::string_view::npos)
                ++end;
        bool const known = std::string_view("abfnrtvx\\").find(c) != std::string_view::npos || (c >= '0' && c <= '7');
        if (known)
            out += unescaped(text.substr(at, end - at));
        else if (c == '"' || c == '/')
            out += c;
        else
            (out += '\\') += c;
        at = end - 1;
    }
    return out;
}

Result<Program> parse(std::string_view source) { return Parser(source).run(); }

}
