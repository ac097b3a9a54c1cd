#include "ground/text.hpp"
#include "terminal/regex/program.hpp"
#include "terminal/regex/regex.hpp"

#include <algorithm>

namespace cw::terminal::regex {

namespace {

constexpr int infinite = -1;
constexpr int max_repeat = 32767; // RE_DUP_MAX

enum class Kind : std::uint8_t {
    empty,
    character,
    any,
    set,
    sequence,
    choice,
    repeat,
    group,
    backref,
    assertion,
    look,
    keep
};

// Children of sequence, choice, repeat, group and look are chained by `next` from `child`.
struct Node {
    Kind kind = Kind::empty;
    std::uint8_t mode = 0; // look: its mode; repeat: 1 if lazy
    int child = -1, last = -1, next = -1;
    std::uint32_t value = 0; // character, set, group, assertion
    int least = 0, most = 0;
};

struct ClassName {
    std::string_view name;
    Class kind;
};
constexpr ClassName class_names[] = {
    {"alpha", Class::alpha}, {"digit", Class::digit}, {"alnum", Class::alnum}, {"upper", Class::upper},
    {"lower", Class::lower}, {"space", Class::space}, {"blank", Class::blank}, {"punct", Class::punct},
    {"print", Class::print}, {"graph", Class::graph}, {"cntrl", Class::cntrl}, {"xdigit", Class::xdigit},
};

class Parser {
  public:
    Parser(std::string_view pattern, Flavor flavor, unsigned flags, Program& program)
        : text_(pattern), flavor_(flavor), flags_(flags), program_(program) {}

    Result<void> run();

  private:
    [[nodiscard]] bool is_basic() const { return flavor_ == Flavor::basic || flavor_ == Flavor::grep_basic; }
    [[nodiscard]] bool is_grep() const { return flavor_ == Flavor::grep_basic || flavor_ == Flavor::grep_extended; }
    [[nodiscard]] bool is_perl() const { return flavor_ == Flavor::perl; }
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] bool next_is(std::string_view word) const { return text_.substr(at_, word.size()) == word; }
    bool consume(std::string_view word) {
        if (!next_is(word)) return false;
        at_ += word.size();
        return true;
    }
    void fail(std::string_view message) {
        if (error_.empty()) error_ = message;
    }
    int node(Kind kind, std::uint32_t value = 0) {
        nodes_.push_back({});
        nodes_.back().kind = kind;
        nodes_.back().value = value;
        return static_cast<int>(nodes_.size()) - 1;
    }
    Node& at(int index) { return nodes_[static_cast<std::size_t>(index)]; }
    void append(int parent, int child) {
        if (at(parent).last < 0)
            at(parent).child = child;
        else
            at(at(parent).last).next = child;
        at(parent).last = child;
    }

    [[nodiscard]] bool at_bar() const { return next_is(is_basic() ? "\\|" : "|"); }

    int parse_choice();
    int parse_sequence();
    int parse_atom(bool fresh);
    int parse_group();
    int parse_escape();
    int parse_repeats(int atom);
    bool parse_interval(int& least, int& most);
    int parse_bracket();
    bool bracket_item(CharacterSet& set);
    bool bracket_character(char32_t& c);
    int class_node(Class kind, bool complement);
    int character_node(char32_t c);
    int assertion(Assertion which) { return node(Kind::assertion, static_cast<std::uint32_t>(which)); }

    bool may_be_empty(int index);
    void emit(int index);
    void emit_children(int index);
    void emit_repeat(int index);
    std::uint32_t here() const { return static_cast<std::uint32_t>(program_.code.size()); }
    std::uint32_t put(Op op, std::uint32_t x = 0, std::uint32_t y = 0) {
        if (program_.code.size() >= max_program)
            fail("Regular expression too big");
        else
            program_.code.push_back({op, 0, x, y});
        return here() - 1;
    }
    void analyse();

    std::string_view text_;
    std::size_t at_ = 0;
    Flavor flavor_;
    unsigned flags_;
    Program& program_;
    std::vector<Node> nodes_;
    std::vector<bool> closed_; // groups that a back reference may name
    std::string error_;
    int open_ = 0;
};

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
            // grep and sed refuse a lone ), regcomp takes it as itself.
            if (open_ > 0 || flavor_ != Flavor::extended) break;
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
        return node(Kind::any);
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
        // Nothing to repeat: an error for regcomp and Perl, skipped by grep, a plain character for awk's { and grep's
        // {.
        if (c == '{' && flavor_ != Flavor::extended && flavor_ != Flavor::extended_strict) {
            ++at_;
            return character_node('{');
        }
        if (flavor_ == Flavor::extended || flavor_ == Flavor::extended_strict || is_perl()) {
            fail(is_perl() ? "quantifier does not follow a repeatable item" : "Invalid preceding regular expression");
            return -1;
        }
        ++at_;
        return flavor_ == Flavor::awk ? character_node(static_cast<unsigned char>(c)) : -1;
    }
    std::size_t length = 1;
    char32_t const character = character_at(text_, at_, length);
    at_ += length;
    return character_node(character);
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
        else if (consume("i)")) {
            flags_ |= ignore_case;
            program_.ignores_case = true;
            return node(Kind::empty);
        } else if (!consume(":")) {
            fail("unrecognized character after (? or (?-");
            return -1;
        }
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
    if (is_basic() && c == '{') {
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
                if (!basic && (is_grep() || flavor_ == Flavor::awk || is_perl())) { // then the brace is a character
                    at_ = start;
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
    bool const escapes = flavor_ == Flavor::awk || is_perl();
    if (escapes && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
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
bool Parser::bracket_item(CharacterSet& set) {
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
        if (!consume("=]")) fail("Unmatched [, [^, [:, [., or [=");
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
            fail("Unmatched [, [^, [:, [., or [=");
            return -1;
        }
        if (!first && consume("]")) break;
        first = false;
        if (!bracket_item(set)) return -1;
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

void Parser::emit_children(int index) {
    for (int child = at(index).child; child >= 0 && error_.empty(); child = at(child).next) emit(child);
}

// Whether it can match without taking a character; a back reference may.
bool Parser::may_be_empty(int index) {
    Node const& one = at(index);
    switch (one.kind) {
        case Kind::character:
        case Kind::any:
        case Kind::set: return false;
        case Kind::repeat: return one.least == 0 || may_be_empty(one.child);
        case Kind::choice:
            for (int child = one.child; child >= 0; child = at(child).next)
                if (may_be_empty(child)) return true;
            return false;
        case Kind::sequence:
        case Kind::group:
            for (int child = one.child; child >= 0; child = at(child).next)
                if (!may_be_empty(child)) return false;
            return true;
        default: return true;
    }
}

void Parser::emit_repeat(int index) {
    Node const repeat = at(index);
    auto const fork = [&](std::uint32_t inside, std::uint32_t outside) {
        return repeat.mode ? put(Op::split, outside, inside) : put(Op::split, inside, outside);
    };
    auto const aim = [&](std::uint32_t split, std::uint32_t outside) {
        (repeat.mode ? program_.code[split].x : program_.code[split].y) = outside;
    };
    for (int i = 0; i + 1 < repeat.least && error_.empty(); ++i) emit(repeat.child);
    bool const watches = may_be_empty(repeat.child);
    if (repeat.most == infinite && repeat.least > 0 && !watches) {
        std::uint32_t const loop = here();
        emit(repeat.child);
        if (error_.empty()) fork(loop, here() + 1);
        return;
    }
    if (repeat.least > 0) emit(repeat.child);
    if (repeat.most == infinite) {
        auto const loop = static_cast<std::uint32_t>(program_.loops);
        if (watches) {
            ++program_.loops;
            put(Op::enter, loop, repeat.least == 0 ? 1 : 0);
        }
        std::uint32_t const split = fork(here() + 1, 0);
        emit(repeat.child);
        std::uint32_t const check = watches ? put(Op::progress, loop) : 0;
        put(Op::jump, split);
        if (!error_.empty()) return;
        aim(split, here());
        if (watches) program_.code[check].y = here();
        return;
    }
    std::vector<std::uint32_t> splits;
    for (int i = repeat.least; i < repeat.most && error_.empty(); ++i) {
        splits.push_back(fork(here() + 1, 0));
        if (watches && i > 0) put(Op::enter, static_cast<std::uint32_t>(program_.loops), 0);
        emit(repeat.child);
        if (watches && i > 0) put(Op::progress, static_cast<std::uint32_t>(program_.loops++));
    }
    for (std::uint32_t const split : splits)
        if (error_.empty()) aim(split, here());
}

void Parser::emit(int index) {
    Node const& one = at(index);
    switch (one.kind) {
        case Kind::empty: break;
        case Kind::character: put(Op::character, one.value); break;
        case Kind::any: put(is_perl() ? Op::any_but_newline : Op::any); break;
        case Kind::set: put(Op::set, one.value); break;
        case Kind::backref: put(Op::backref, one.value); break;
        case Kind::assertion: put(Op::assertion, one.value); break;
        case Kind::keep: put(Op::save, 0); break;
        case Kind::sequence: emit_children(index); break;
        case Kind::repeat: emit_repeat(index); break;
        case Kind::group: {
            std::uint32_t const slot = one.value * 2;
            put(Op::save, slot);
            emit_children(index);
            put(Op::save, slot + 1);
            break;
        }
        case Kind::look: {
            std::uint8_t const mode = one.mode;
            std::uint32_t const start = put(Op::look, here() + 1);
            emit_children(index);
            put(Op::match);
            if (!error_.empty()) return;
            program_.code[start].mode = mode;
            program_.code[start].y = here();
            break;
        }
        case Kind::choice: {
            std::vector<std::uint32_t> ends;
            for (int child = one.child; child >= 0 && error_.empty();) {
                int const after = at(child).next;
                std::uint32_t const split = after >= 0 ? put(Op::split, here() + 1) : 0;
                emit(child);
                if (after >= 0) {
                    ends.push_back(put(Op::jump));
                    if (error_.empty()) program_.code[split].y = here();
                }
                child = after;
            }
            for (std::uint32_t const end : ends)
                if (error_.empty()) program_.code[end].x = here();
            break;
        }
    }
}

// What lets a search skip: a literal, an anchor, the bytes a match can begin with.
void Parser::analyse() {
    program_.ignores_case = (flags_ & ignore_case) != 0;
    program_.multi_line = (flags_ & multi_line) != 0;
    auto const& code = program_.code;
    program_.is_literal = code.size() > 3 && !program_.ignores_case;
    for (std::size_t i = 1; i + 2 < code.size() && program_.is_literal; ++i) {
        program_.is_literal = code[i].op == Op::character;
        if (code[i].x >= invalid_base)
            program_.literal.push_back(static_cast<char>(code[i].x - invalid_base));
        else
            append_utf8(program_.literal, code[i].x);
    }
    program_.anchored = code.size() > 1 && code[1].op == Op::assertion && !program_.multi_line &&
                        code[1].x == static_cast<std::uint32_t>(Assertion::line_start);
    std::vector<bool> seen(code.size());
    std::vector<std::uint32_t> open{0};
    auto const first_bytes = [&](Instruction const& one) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            bool starts = byte >= 0x80; // beyond ASCII: not worth telling apart
            if (byte < 0x80 && one.op == Op::character)
                starts = one.x == (program_.ignores_case ? folded(static_cast<char32_t>(byte)) : byte);
            else if (byte < 0x80)
                starts = one.op != Op::set || program_.sets[one.x].has(static_cast<char32_t>(byte));
            if (starts) program_.first[byte] = true;
        }
    };
    while (!open.empty()) {
        std::uint32_t const pc = open.back();
        open.pop_back();
        if (seen[pc]) continue;
        seen[pc] = true;
        Instruction const& one = code[pc];
        switch (one.op) {
            case Op::match:
            case Op::backref: program_.may_be_empty = true; break;
            case Op::save:
            case Op::enter:
            case Op::progress:
            case Op::assertion: open.push_back(pc + 1); break;
            case Op::look: open.push_back(one.y); break;
            case Op::jump: open.push_back(one.x); break;
            case Op::split:
                open.push_back(one.y);
                open.push_back(one.x);
                break;
            default: first_bytes(one);
        }
    }
    if (program_.may_be_empty) program_.first.fill(true);
}

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

}
