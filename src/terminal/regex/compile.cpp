#include "terminal/regex/parser.hpp"

#include <algorithm>

namespace cw::terminal::regex {

namespace {

struct ClassName {
    std::string_view name;
    Class kind;
};
constexpr ClassName class_names[] = {
    {"alpha", Class::alpha}, {"digit", Class::digit}, {"alnum", Class::alnum}, {"upper", Class::upper},
    {"lower", Class::lower}, {"space", Class::space}, {"blank", Class::blank}, {"punct", Class::punct},
    {"print", Class::print}, {"graph", Class::graph}, {"cntrl", Class::cntrl}, {"xdigit", Class::xdigit},
};

}

Result<void> Parser::run() {
    int const root = parse_choice();
    if (error_.empty() && !done()) fail("Unmatched ) or \\)");
    program_.by_priority = is_perl();
    if (error_.empty()) {
        program_.groups = closed_.size();
        auto const guard = [&](Assertion line, Assertion word) {
            if (flags_ & whole_lines)
                put(Op::assertion, static_cast<std::uint32_t>(line));
            else if (flags_ & whole_words)
                put(Op::assertion, static_cast<std::uint32_t>(word));
        };
        put(Op::save, 0);
        guard(Assertion::text_start, Assertion::no_word_before);
        emit(root);
        guard(Assertion::text_end, Assertion::no_word_after);
        put(Op::save, 1);
        put(Op::match);
    }
    if (!error_.empty()) return Error{ErrorCode::invalid, std::string(text_), error_};
    analyse();
    return {};
}

int Parser::parse_choice() {
    if (open_ > max_nesting) {
        fail("Regular expression too big");
        return node(Kind::empty);
    }
    std::vector<bool> const before = closed_; // a branch cannot refer to groups of another
    int const first = parse_sequence();
    if (!at_bar()) return first;
    int const choice = node(Kind::choice);
    append(choice, first);
    while (error_.empty() && consume(is_basic() ? "\\|" : "|")) {
        std::vector<bool> const after = closed_;
        for (std::size_t i = 0; i < closed_.size(); ++i) closed_[i] = i < before.size() && before[i];
        append(choice, parse_sequence());
        for (std::size_t i = 0; i < after.size(); ++i) closed_[i] = closed_[i] || after[i];
    }
    return choice;
}

int Parser::parse_sequence() {
    int const sequence = node(Kind::sequence);
    std::size_t const start = at_;
    while (error_.empty() && !done() && !at_bar()) {
        if (next_is(is_basic() ? "\\)" : ")")) {
            // sed and Perl refuse a lone ), others take it as itself.
            if (open_ > 0 || is_basic() || is_perl() || flavor_ == Flavor::extended_strict) break;
            ++at_;
            append(sequence, parse_repeats(character_node(')')));
            continue;
        }
        int const atom = parse_atom(at_ == start);
        if (atom < 0) continue;
        append(sequence, at(atom).kind == Kind::assertion && !is_perl() ? atom : parse_repeats(atom));
    }
    return sequence;
}

int Parser::character_node(char32_t c) {
    bool const folds = (flags_ & ignore_case) != 0;
    return node(Kind::character, folds ? folded(c) : c);
}

int Parser::class_node(Class kind, bool complement) {
    CharacterSet set;
    set.add(kind, false);
    set.negated = complement;
    program_.sets.push_back(set);
    return node(Kind::set, static_cast<std::uint32_t>(program_.sets.size() - 1));
}

// One atom without its repeats, or -1 where a stray repeat was skipped.
int Parser::parse_atom(bool fresh) {
    char const c = text_[at_];
    if (c == '\\') return parse_escape();
    if (c == '[') return parse_bracket();
    if (c == '.') {
        ++at_;
        return node(Kind::any, flags_ & dot_all);
    }
    bool const basic = is_basic();
    if (c == '^' && (!basic || fresh)) {
        ++at_;
        return assertion(Assertion::line_start);
    }
    if (c == '$' &&
        (!basic || at_ + 1 == text_.size() || text_.substr(at_ + 1, 2) == "\\)" || text_.substr(at_ + 1, 2) == "\\|")) {
        ++at_;
        if (is_perl() && (flags_ & multi_line) == 0) return assertion(Assertion::text_end_newline);
        return assertion(Assertion::line_end);
    }
    if (c == '(' && !basic) return parse_group();
    bool const is_repeat = c == '*' || (!basic && (c == '+' || c == '?')) || (!basic && c == '{');
    if (is_repeat && !basic) {
        // Nothing to repeat: an error for regcomp and Perl, skipped by grep, a plain character for awk and Perl's {.
        if (c == '{' && (flavor_ == Flavor::awk || is_perl() || at_ == plain_brace_)) {
            ++at_;
            return character_node('{');
        }
        if (!is_grep() && flavor_ != Flavor::awk) {
            fail(is_perl() ? "quantifier does not follow a repeatable item" : "Invalid preceding regular expression");
            return -1;
        }
        ++at_;
        if (flavor_ == Flavor::awk) return character_node(static_cast<unsigned char>(c));
        warn_at_start(c);
        return -1;
    }
    std::size_t length = 1;
    char32_t const character = character_at(text_, at_, length);
    at_ += length;
    return character_node(character);
}

// grep skips a repeat of nothing and says so.
void Parser::warn_at_start(char c) {
    std::size_t const behind = at_;
    int least = 0, most = 0;
    bool const is_interval = c == '{' && parse_interval(least, most);
    if (!is_interval) at_ = behind;
    if (c != '{' || is_interval)
        program_.warnings += (c == '{' ? "{...}" : std::string(1, c)) + " at start of expression\n";
}

int Parser::parse_group() {
    ++at_; // the ( of extended; basic comes here behind its backslash
    std::uint8_t look = 0;
    bool capture = true, is_look = false;
    if (is_perl() && consume("?")) {
        capture = false;
        if (consume("="))
            is_look = true;
        else if (consume("!"))
            is_look = true, look = look_negated;
        else if (consume("<="))
            is_look = true, look = look_behind;
        else if (consume("<!"))
            is_look = true, look = look_behind | look_negated;
        else if (consume("<") || consume("P<")) {
            std::size_t const end = text_.find('>', at_);
            capture = end != std::string_view::npos && end > at_;
            if (!capture) fail("invalid group name <>");
            if (capture) program_.names.emplace_back(closed_.size() + 1, text_.substr(at_, end - at_));
            at_ = end + 1;
        } else {
            constexpr std::string_view letters = "ims";
            for (std::size_t known; !done() && (known = letters.find(text_[at_])) != std::string_view::npos; ++at_)
                flags_ |= known == 0 ? ignore_case : known == 1 ? multi_line : dot_all;
            program_.ignores_case = (flags_ & ignore_case) != 0;
            if (consume(")")) return node(Kind::empty);
            if (!consume(":")) fail("unrecognized character after (? or (?-");
        }
        if (!error_.empty()) return -1;
    }
    std::size_t const number = closed_.size();
    if (capture) closed_.push_back(false);
    ++open_;
    int const inside = parse_choice();
    --open_;
    if (!error_.empty()) return -1;
    if (!consume(is_basic() ? "\\)" : ")")) {
        fail(is_perl() ? "missing closing parenthesis" : "Unmatched ( or \\(");
        return -1;
    }
    if (is_look) {
        program_.needs_backtracking = true;
        int const result = node(Kind::look);
        at(result).mode = look;
        append(result, inside);
        return result;
    }
    if (!capture) return inside;
    closed_[number] = true;
    int const result = node(Kind::group, static_cast<std::uint32_t>(number + 1));
    append(result, inside);
    return result;
}

namespace {

// The control characters that awk and Perl (and nobody else here) write behind a backslash; 0 for none.
char control_escape(char c) {
    switch (c) {
        case 'n': return '\n';
        case 't': return '\t';
        case 'r': return '\r';
        case 'f': return '\f';
        case 'v': return '\v';
        case 'a': return '\a';
        default: return 0;
    }
}

}

// Octal or hexadecimal digits behind a backslash in awk; `at` goes behind them.
bool Parser::awk_number(std::size_t& at, char32_t& value) const {
    bool const hexadecimal = text_[at] == 'x';
    std::size_t const from = at + (hexadecimal ? 1 : 0);
    std::string_view const digits = hexadecimal ? "0123456789abcdefABCDEF" : "01234567";
    std::size_t end = from;
    while (end < text_.size() && end < from + (hexadecimal ? 2 : 3) &&
           digits.find(text_[end]) != std::string_view::npos)
        ++end;
    if (end == from) return false;
    value =
        static_cast<char32_t>(parse_integer(text_.substr(from, end - from), hexadecimal ? 16 : 8).value_or(0) & 255);
    if (value >= 0x80) value += invalid_base;
    at = end;
    return true;
}

int Parser::parse_escape() {
    if (at_ + 1 >= text_.size()) {
        fail(is_perl() ? "\\ at end of pattern" : "Trailing backslash");
        return -1;
    }
    char const c = text_[at_ + 1];
    if (is_basic() && c == '(') {
        ++at_;
        return parse_group();
    }
    if (flavor_ == Flavor::basic && c == '{') {
        fail("Invalid preceding regular expression");
        return -1;
    }
    at_ += 2;
    bool const dialect = flavor_ == Flavor::awk || is_perl();
    if (c >= '1' && c <= '9' && flavor_ != Flavor::awk) {
        auto const group = static_cast<std::size_t>(c - '0');
        if (group > closed_.size() || !closed_[group - 1]) {
            fail(is_perl() ? "reference to non-existent subpattern" : "Invalid back reference");
            return -1;
        }
        program_.needs_backtracking = true;
        return node(Kind::backref, static_cast<std::uint32_t>(group));
    }
    if (char32_t value = 0; flavor_ == Flavor::awk && awk_number(--at_, value)) return character_node(value);
    if (flavor_ == Flavor::awk) ++at_;
    if (flavor_ == Flavor::awk && c == 'b') return character_node('\b');
    if (dialect && control_escape(c)) return character_node(static_cast<unsigned char>(control_escape(c)));
    if (is_perl()) {
        switch (c) {
            case 'd': return class_node(Class::digit, false);
            case 'D': return class_node(Class::digit, true);
            case 'A': return assertion(Assertion::text_start);
            case 'z': return assertion(Assertion::text_end);
            case 'Z': return assertion(Assertion::text_end_newline);
            case 'h': return class_node(Class::blank, false);
            case 'K': return node(Kind::keep);
            case 'x': {
                std::size_t const brace = consume("{") ? 8 : 2;
                std::size_t digits = 0;
                while (digits < brace && at_ + digits < text_.size() &&
                       is_in_class(static_cast<unsigned char>(text_[at_ + digits]), Class::xdigit))
                    ++digits;
                auto const value = parse_integer(text_.substr(at_, digits), 16).value_or(0);
                at_ += digits;
                if (brace == 8) consume("}");
                return character_node(static_cast<char32_t>(value));
            }
            default: break;
        }
    }
    switch (c) {
        case 'w': return class_node(Class::word, false);
        case 'W': return class_node(Class::word, true);
        case 's': return class_node(Class::space, false);
        case 'S': return class_node(Class::space, true);
        case 'b':
        case 'y':
            if (c == 'y' && flavor_ != Flavor::awk) break;
            return assertion(Assertion::word_edge);
        case 'B': return assertion(Assertion::not_word_edge);
        case '<': return assertion(Assertion::word_start);
        case '>': return assertion(Assertion::word_end);
        case '`': return assertion(Assertion::text_start);
        case '\'': return assertion(Assertion::text_end);
        default: break;
    }
    --at_;
    std::size_t length = 1;
    char32_t const character = character_at(text_, at_, length);
    at_ += length;
    return character_node(character);
}

// `at_` is behind the opening brace. False where it is no interval; `at_` is then of no meaning.
bool Parser::parse_interval(int& least, int& most) {
    auto const number = [&](int& value) {
        std::size_t const from = at_;
        int total = 0;
        while (!done() && text_[at_] >= '0' && text_[at_] <= '9') {
            total = std::min(total * 10 + (text_[at_] - '0'), max_repeat + 1);
            ++at_;
        }
        if (at_ > from) value = total;
        return at_ > from;
    };
    least = 0;
    bool const has_least = number(least);
    most = least;
    if (consume(",")) {
        most = infinite;
        if (!number(most) && !has_least && is_perl()) return false;
    } else if (!has_least) {
        return false;
    }
    return consume(is_basic() ? "\\}" : "}");
}

int Parser::parse_repeats(int atom) {
    while (error_.empty() && !done()) {
        int least = 0, most = infinite;
        std::size_t const start = at_;
        char const c = text_[at_];
        bool const basic = is_basic();
        if (flavor_ == Flavor::basic && at(atom).kind == Kind::repeat && (c == '*' || next_is("\\{"))) {
            fail("Invalid preceding regular expression"); // regcomp allows no second one here
            return atom;
        }
        if (c == '*')
            ++at_;
        else if (consume(basic ? "\\+" : "+"))
            least = 1;
        else if (consume(basic ? "\\?" : "?"))
            most = 1;
        else if (consume(basic ? "\\{" : "{")) {
            if (!parse_interval(least, most)) {
                bool const is_empty = !is_perl() && text_.substr(start, 2) == "{}";
                if (!basic && !is_empty &&
                    (is_grep() || flavor_ == Flavor::awk || is_perl())) { // then the brace is a character
                    at_ = plain_brace_ = start;
                    return atom;
                }
                bool const open = text_.find(basic ? "\\}" : "}", start) == std::string_view::npos;
                fail(open ? "Unmatched \\{" : "Invalid content of \\{\\}");
                return atom;
            }
            if (most != infinite && least > most) fail("Invalid content of \\{\\}");
            if (least > max_repeat || most > max_repeat) fail("Regular expression too big");
        } else {
            return atom;
        }
        bool const lazy = is_perl() && consume("?");
        if (is_perl() && !lazy) consume("+"); // possessive: same matches, only slower here
        int const repeat = node(Kind::repeat);
        at(repeat).least = least;
        at(repeat).most = most;
        at(repeat).mode = lazy ? 1 : 0;
        append(repeat, atom);
        atom = repeat;
    }
    return atom;
}

bool Parser::bracket_character(char32_t& c) {
    if (consume("[.")) {
        std::size_t const end = text_.find(".]", at_);
        std::string_view const name = end == std::string_view::npos ? std::string_view() : text_.substr(at_, end - at_);
        std::size_t length = 0;
        if (!name.empty()) c = character_at(name, 0, length);
        at_ = end + 2;
        if (name == "hyphen")
            c = '-';
        else if (name == "space")
            c = ' ';
        else if (name.empty() || length != name.size()) {
            fail(name.empty() ? "Unmatched [, [^, [:, [., or [=" : "Invalid collation character");
            return false;
        }
        return true;
    }
    if (done()) {
        fail("Unmatched [, [^, [:, [., or [=");
        return false;
    }
    bool const escapes = flavor_ == Flavor::awk || is_perl();
    if (escapes && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        if (flavor_ == Flavor::awk && awk_number(at_, c)) return true;
        if (char const control = control_escape(text_[at_])) {
            ++at_;
            c = static_cast<unsigned char>(control);
            return true;
        }
    }
    std::size_t length = 1;
    c = character_at(text_, at_, length);
    at_ += length;
    return true;
}

// One class, character or range inside brackets.
bool Parser::bracket_item(CharacterSet& set, bool first) {
    // Behind a range or a class a hyphen can only be the last one.
    if (!is_perl() && !first && next_is("-") && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
        fail("Invalid range end");
        return false;
    }
    if (consume("[:")) {
        std::size_t const end = text_.find(":]", at_);
        if (end == std::string_view::npos) {
            fail("Unmatched [, [^, [:, [., or [=");
            return false;
        }
        std::string_view name = text_.substr(at_, end - at_);
        at_ = end + 2;
        if ((flags_ & ignore_case) && (name == "upper" || name == "lower")) name = "alpha";
        for (ClassName const& known : class_names) {
            if (known.name != name) continue;
            set.add(known.kind, false);
            return true;
        }
        fail("Invalid character class name");
        return false;
    }
    if (is_perl() && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        char const c = text_[at_ + 1];
        char const lower = static_cast<char>(c | 0x20);
        if (lower == 'd' || lower == 'w' || lower == 's') {
            at_ += 2;
            set.add(lower == 'd' ? Class::digit : lower == 'w' ? Class::word : Class::space, c != lower);
            return true;
        }
    }
    char32_t from = 0;
    bool const equivalence = consume("[=");
    if (!bracket_character(from)) return false;
    if (equivalence) {
        if (!consume("=]"))
            fail(text_.find("=]", at_) == std::string_view::npos ? "Unmatched [, [^, [:, [., or [="
                                                                 : "Invalid collation character");
        set.add(from, from);
        return error_.empty();
    }
    char32_t to = from;
    if (next_is("-") && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
        ++at_;
        if (!bracket_character(to)) return false;
    }
    if (from > to) {
        fail("Invalid range end");
        return false;
    }
    set.add(from, to);
    return true;
}

int Parser::parse_bracket() {
    std::size_t const start = at_;
    ++at_;
    CharacterSet set;
    set.negated = consume("^");
    bool first = true;
    while (error_.empty()) {
        if (done()) {
            fail(first && !is_perl() ? "Invalid regular expression" : "Unmatched [, [^, [:, [., or [=");
            return -1;
        }
        if (!first && consume("]")) break;
        if (!bracket_item(set, first)) return -1;
        first = false;
    }
    // [:space:] without the outer brackets is a mistake that grep names.
    std::string_view const whole = text_.substr(start, at_ - start);
    if (is_grep() && whole.size() > 4 && whole.substr(0, 2) == "[:" && whole.substr(whole.size() - 2) == ":]") {
        fail("character class syntax is [[:space:]], not [:space:]");
        return -1;
    }
    if (flags_ & ignore_case) set.fold_case();
    program_.sets.push_back(std::move(set));
    return node(Kind::set, static_cast<std::uint32_t>(program_.sets.size() - 1));
}

Result<Regex> compile(std::string_view pattern, Flavor flavor, unsigned flags) {
    auto program = std::make_unique<Program>();
    CW_TRY(Parser(pattern, flavor, flags, *program).run());
    return Regex(std::move(program));
}

std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (std::string_view("\\[](){}.*+?^$|").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string emacs_as_basic(std::string_view pattern) {
    std::string out;
    std::size_t bracket = 0; // where the set that is open begins, counted from 1
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        char const c = pattern[at];
        if (!bracket && (c == '+' || c == '?')) out += '\\';
        out += c;
        if (!bracket && c == '\\' && at + 1 < pattern.size())
            out += pattern[++at];
        else if (!bracket && c == '[')
            bracket = at + 1;
        else if (c == ']' && at > bracket + (pattern.substr(bracket, 1) == "^" ? 1 : 0))
            bracket = 0;
    }
    return out;
}

}
