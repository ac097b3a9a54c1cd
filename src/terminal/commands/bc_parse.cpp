#include "terminal/commands/bc.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr int max_nesting = 200;

bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

BcNodePtr make(BcKind kind, std::string text = {}) {
    auto node = std::make_unique<BcNode>();
    node->kind = kind;
    node->text = std::move(text);
    return node;
}
BcNodePtr make(BcKind kind, std::string text, BcNodePtr a, BcNodePtr b = nullptr) {
    BcNodePtr node = make(kind, std::move(text));
    node->parts.push_back(std::move(a));
    if (b) node->parts.push_back(std::move(b));
    return node;
}
bool is_place(BcNode const& node) {
    return !node.flag && (node.kind == BcKind::variable || node.kind == BcKind::element);
}

}

void BcReader::next() {
    word_.clear();
    for (;;) {
        std::string_view const rest = text_.substr(std::min(at_, text_.size()));
        if (rest.empty()) {
            kind_ = Word::end;
            return;
        }
        if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r') {
            ++at_;
        } else if (rest.substr(0, 2) == "\\\n") {
            at_ += 2;
            ++line_;
        } else if (rest[0] == '#') {
            at_ += std::min(rest.find('\n'), rest.size());
        } else if (rest.substr(0, 2) == "/*") {
            std::size_t const end = rest.find("*/", 2);
            std::string_view const comment = rest.substr(0, end == std::string_view::npos ? end : end + 2);
            line_ += std::count(comment.begin(), comment.end(), '\n');
            at_ += comment.size();
        } else {
            break;
        }
    }
    char const c = text_[at_];
    if (c == '\n') {
        kind_ = Word::newline;
        ++at_;
        ++line_;
    } else if (c == '"') {
        std::size_t const end = std::min(text_.find('"', at_ + 1), text_.size());
        word_ = text_.substr(at_ + 1, end - at_ - 1);
        line_ += std::count(word_.begin(), word_.end(), '\n');
        kind_ = Word::text;
        at_ = std::min(end + 1, text_.size());
    } else if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
        kind_ = Word::number;
        for (bool point = false; at_ < text_.size(); ++at_) {
            if (text_.substr(at_, 2) == "\\\n") {
                ++at_, ++line_;
                continue;
            }
            if (!is_digit(text_[at_]) && (text_[at_] != '.' || point)) break;
            point = point || text_[at_] == '.';
            word_ += text_[at_];
        }
    } else if (is_letter(c)) {
        kind_ = Word::name;
        while (at_ < text_.size() &&
               (is_letter(text_[at_]) || text_[at_] == '_' || (text_[at_] >= '0' && text_[at_] <= '9')))
            word_ += text_[at_++];
    } else {
        kind_ = Word::sign;
        constexpr std::string_view long_signs[] = {
            "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "==", "!=", "<=", ">=", "&&", "||"};
        word_ = std::string(1, c);
        for (std::string_view const one : long_signs)
            if (text_.substr(at_, 2) == one) word_ = one;
        at_ += word_.size();
        if (word_ == ".") { // the last value
            word_ = "last";
            kind_ = Word::name;
        }
    }
}

bool BcReader::accept(std::string_view sign) {
    if (!is(sign)) return false;
    next();
    return true;
}
bool BcReader::expect(std::string_view sign) {
    if (accept(sign)) return true;
    fail();
    return false;
}
BcNodePtr BcReader::fail() {
    failed_ = true;
    return make(BcKind::nothing);
}
void BcReader::skip_newlines() {
    while (kind_ == Word::newline) next();
}
void BcReader::recover() {
    while (kind_ != Word::newline && kind_ != Word::end) next();
    failed_ = false;
    depth_ = 0;
}

BcNodePtr BcReader::line() {
    skip_newlines();
    if (at_end()) return nullptr;
    if (is("define")) return definition();
    BcNodePtr list = make(BcKind::group);
    while (!failed_ && kind_ != Word::newline && kind_ != Word::end) {
        if (accept(";")) continue;
        list->parts.push_back(statement());
        if (list->parts.back()->text == "quit") break;  // at once, whatever the line goes on with
        if (kind_ != Word::newline && !is(";")) fail(); // the end too: the last line has its newline or is none
    }
    return list;
}

BcNodePtr BcReader::definition() {
    next();
    BcNodePtr function = make(BcKind::define);
    function->flag = accept("void");
    if (kind_ != Word::name) return fail();
    function->text = word_;
    next();
    auto const name = [&](std::vector<std::string>& into) {
        accept("*");
        if (kind_ != Word::name) return static_cast<void>(fail());
        into.push_back(word_);
        next();
        if (accept("[") && expect("]")) into.back() += "[]";
    };
    if (!expect("(")) return fail();
    while (!failed_ && !is(")")) {
        name(function->names);
        if (!accept(",")) break;
    }
    if (!expect(")")) return fail();
    skip_newlines();
    if (!expect("{")) return fail();
    BcNodePtr body = make(BcKind::group);
    for (;;) {
        while (kind_ == Word::newline || is(";")) next();
        if (accept("}")) break;
        if (failed_ || at_end()) return fail();
        if (accept("auto")) do
                name(function->locals);
            while (!failed_ && accept(","));
        else
            body->parts.push_back(statement());
        if (kind_ != Word::newline && !is(";") && !is("}")) return fail();
    }
    function->parts.push_back(std::move(body));
    return function;
}

BcNodePtr BcReader::statement() {
    if (++depth_ > max_nesting) return fail();
    struct Leave {
        int& depth;
        ~Leave() { --depth; }
    } const leave{depth_};
    if (kind_ == Word::text) {
        BcNodePtr one = make(BcKind::text, word_);
        next();
        return one;
    }
    if (accept("{")) {
        BcNodePtr list = make(BcKind::group);
        for (;;) {
            while (kind_ == Word::newline || is(";")) next();
            if (accept("}")) return list;
            if (failed_ || at_end()) return fail();
            list->parts.push_back(statement());
            if (kind_ != Word::newline && !is(";") && !is("}")) return fail();
        }
    }
    if (accept("if")) {
        BcNodePtr one = make(BcKind::branch);
        if (!expect("(")) return fail();
        one->parts.push_back(expression());
        if (!expect(")")) return fail();
        skip_newlines();
        one->parts.push_back(statement());
        if (accept("else")) {
            skip_newlines();
            one->parts.push_back(statement());
        }
        return one;
    }
    if (is("while") || is("for")) {
        BcNodePtr one = make(BcKind::loop);
        bool const counts = is("for");
        next();
        if (!expect("(")) return fail();
        one->parts.resize(3);
        if (counts) {
            if (!is(";")) one->parts[0] = expression();
            if (!expect(";")) return fail();
            if (!is(";")) one->parts[1] = expression();
            if (!expect(";")) return fail();
            if (!is(")")) one->parts[2] = expression();
        } else {
            one->parts[1] = expression();
        }
        if (!expect(")")) return fail();
        skip_newlines();
        one->parts.push_back(statement());
        return one;
    }
    if (is("break") || is("continue") || is("halt") || is("quit")) {
        BcNodePtr one = make(BcKind::leave, word_);
        next();
        return one;
    }
    if (accept("return")) {
        BcNodePtr one = make(BcKind::result);
        if (kind_ != Word::newline && kind_ != Word::end && !is(";") && !is("}")) one->parts.push_back(expression());
        return one;
    }
    if (accept("print")) {
        BcNodePtr one = make(BcKind::print);
        do {
            if (kind_ == Word::text) {
                one->parts.push_back(make(BcKind::text, word_));
                next();
            } else {
                one->parts.push_back(expression());
            }
        } while (!failed_ && accept(","));
        return one;
    }
    return make(BcKind::expression, {}, expression());
}

BcNodePtr BcReader::expression() {
    if (++depth_ > max_nesting) return fail();
    BcNodePtr left = both();
    while (!failed_ && accept("||")) left = make(BcKind::binary, "||", std::move(left), both());
    --depth_;
    return left;
}
BcNodePtr BcReader::both() {
    BcNodePtr left = negation();
    while (!failed_ && accept("&&")) left = make(BcKind::binary, "&&", std::move(left), negation());
    return left;
}
BcNodePtr BcReader::negation() {
    if (++depth_ > max_nesting) return fail();
    BcNodePtr one = accept("!") ? make(BcKind::unary, "!", negation()) : relation();
    --depth_;
    return one;
}
BcNodePtr BcReader::relation() {
    BcNodePtr left = assignment();
    while (!failed_ && (is("<") || is("<=") || is(">") || is(">=") || is("==") || is("!="))) {
        std::string const sign = word_;
        next();
        left = make(BcKind::binary, sign, std::move(left), assignment());
    }
    return left;
}
BcNodePtr BcReader::assignment() {
    if (++depth_ > max_nesting) return fail();
    BcNodePtr left = sum();
    if (!failed_ && is_place(*left) &&
        (is("=") || (kind_ == Word::sign && word_.size() == 2 && word_[1] == '=' &&
                     std::string_view("+-*/%^").find(word_[0]) != std::string_view::npos))) {
        std::string const sign = word_.substr(0, word_.size() - 1);
        next();
        left = make(BcKind::assign, sign, std::move(left), assignment());
    }
    --depth_;
    return left;
}
BcNodePtr BcReader::sum() {
    BcNodePtr left = product();
    while (!failed_ && (is("+") || is("-"))) {
        std::string const sign = word_;
        next();
        left = make(BcKind::binary, sign, std::move(left), product());
    }
    return left;
}
BcNodePtr BcReader::product() {
    BcNodePtr left = power();
    while (!failed_ && (is("*") || is("/") || is("%"))) {
        std::string const sign = word_;
        next();
        left = make(BcKind::binary, sign, std::move(left), power());
    }
    return left;
}
BcNodePtr BcReader::power() {
    if (++depth_ > max_nesting) return fail();
    BcNodePtr left = minus();
    if (!failed_ && accept("^")) left = make(BcKind::binary, "^", std::move(left), power());
    --depth_;
    return left;
}
BcNodePtr BcReader::minus() {
    if (++depth_ > max_nesting) return fail();
    BcNodePtr one = accept("-") ? make(BcKind::unary, "-", minus()) : primary();
    --depth_;
    return one;
}

BcNodePtr BcReader::primary() {
    if (failed_) return make(BcKind::nothing);
    if (is("!")) return negation();
    if (is("++") || is("--")) {
        std::string const sign = word_;
        next();
        BcNodePtr place = primary();
        if (!is_place(*place)) return fail();
        BcNodePtr one = make(BcKind::step, sign, std::move(place));
        one->flag = true;
        return one;
    }
    if (accept("(")) {
        BcNodePtr inside = expression();
        if (!expect(")")) return fail();
        // In brackets an assignment is a value that is shown, and nothing is a place.
        return make(BcKind::unary, "(", std::move(inside));
    }
    if (kind_ == Word::number) {
        BcNodePtr one = make(BcKind::number, word_);
        next();
        return one;
    }
    constexpr std::string_view reserved[] = {"auto", "break", "continue", "define", "else",   "for",
                                             "halt", "if",    "print",    "quit",   "return", "while"};
    if (kind_ != Word::name || std::find(std::begin(reserved), std::end(reserved), word_) != std::end(reserved))
        return fail();
    std::string const name = word_;
    next();
    BcNodePtr one = make(BcKind::variable, name);
    bool const is_builtin = name == "length" || name == "sqrt" || name == "scale" || name == "read";
    if (is("(")) {
        next();
        one->kind = is_builtin ? BcKind::builtin : BcKind::call;
        while (!failed_ && !is(")")) {
            one->parts.push_back(expression());
            if (!accept(",")) break;
        }
        if (!expect(")") || (is_builtin && one->parts.size() != (name == "read" ? 0u : 1u))) return fail();
        return one;
    }
    if (is_builtin && name != "scale") return fail();
    if (accept("[")) {
        if (accept("]")) {
            one->kind = BcKind::array;
            return one;
        }
        one->kind = BcKind::element;
        one->parts.push_back(expression());
        if (!expect("]")) return fail();
    }
    if (is("++") || is("--")) {
        std::string const sign = word_;
        next();
        return make(BcKind::step, sign, std::move(one));
    }
    return one;
}

}
