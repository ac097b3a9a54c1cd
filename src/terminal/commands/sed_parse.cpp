#include "ground/text.hpp"
#include "terminal/commands/sed.hpp"

#include <algorithm>

namespace cw::terminal::commands::sed {

namespace {

constexpr std::string_view blanks = " \t\r\v\f";

class Parser {
  public:
    Parser(std::vector<Piece> const& pieces, Syntax syntax) : pieces_(pieces), syntax_(syntax) {}

    Result<Script> run() {
        // Pieces are one text: a{ opened in one -e may be closed in the next.
        for (Piece const& piece : pieces_) {
            starts_.push_back(text_.size());
            text_ += piece.text;
            if (text_.empty() || text_.back() != '\n' || piece.text.empty()) text_ += '\n';
        }
        if (pieces_.size() > 0 && text_.substr(0, 3) == "#n\n") script_.quiet = true;
        while (error_.empty() && skip_to_command()) command();
        if (error_.empty() && !blocks_.empty()) {
            place_ = block_places_.back();
            zero_position_ = true;
            fail("unmatched `{'");
        }
        resolve_labels();
        if (!error_.empty()) return Error{ErrorCode::invalid, {}, error_};
        return std::move(script_);
    }

  private:
    void fail(std::string const& message) {
        if (!error_.empty()) return;
        std::size_t const where = zero_position_ ? place_ : std::min(at_, text_.size());
        std::size_t piece = starts_.size() - 1;
        while (piece > 0 && starts_[piece] >= std::max<std::size_t>(where, 1)) --piece;
        if (zero_position_ && piece + 1 < starts_.size() && starts_[piece + 1] <= where) ++piece;
        std::string const& name = pieces_[piece].name;
        std::size_t const from = starts_[piece];
        std::size_t const end = std::min(where, from + pieces_[piece].text.size());
        if (pieces_[piece].is_file) {
            auto const line =
                1 + std::count(text_.begin() + static_cast<long>(from), text_.begin() + static_cast<long>(end), '\n');
            error_ = name + " line " + std::to_string(line) + ": " + message;
        } else {
            error_ = name + ", char " + std::to_string(zero_position_ ? 0 : end - from) + ": " + message;
        }
    }
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
    char take() { return done() ? '\0' : text_[at_++]; }
    void skip_blanks() {
        while (!done() && blanks.find(text_[at_]) != std::string_view::npos) ++at_;
    }
    bool skip_to_command() {
        while (!done() &&
               (blanks.find(text_[at_]) != std::string_view::npos || text_[at_] == '\n' || text_[at_] == ';'))
            ++at_;
        return !done();
    }
    std::optional<std::int64_t> number() {
        std::size_t const from = at_;
        std::int64_t value = 0;
        while (peek() >= '0' && peek() <= '9')
            value = std::min<std::int64_t>(value * 10 + (take() - '0'), INT64_MAX / 100);
        return at_ > from ? std::optional<std::int64_t>(value) : std::nullopt;
    }

    // The text up to an unescaped delimiter. `\n` becomes a newline, `\DELIMITER` the delimiter itself.
    std::optional<std::string> delimited(char delimiter, bool is_pattern) {
        std::string out;
        while (!done()) {
            char const c = take();
            if (c == delimiter) return out;
            if (c == '\\') {
                if (done()) break;
                char const next = take();
                if (next == delimiter) {
                    // In a pattern an escaped delimiter that is special keeps standing for itself.
                    bool const special = is_pattern &&
                                         std::string_view("|+?(){}").find(next) != std::string_view::npos &&
                                         syntax_ == Syntax::extended;
                    if (special) out += '\\';
                    out += next;
                } else if (next == 'n' && is_pattern) {
                    out += '\n';
                } else {
                    (out += '\\') += next;
                }
            } else if (c == '\n' && is_pattern) {
                break;
            } else if (c == '[' && is_pattern) {
                out += c;
                if (!bracket(out)) break;
            } else {
                out += c;
            }
        }
        return {};
    }
    // Inside [...] the delimiter is a plain character; false if it has no end.
    bool bracket(std::string& out) {
        std::size_t const close = bracket_end();
        if (close == std::string::npos) {
            at_ = std::min(text_.find('\n', at_), text_.size());
            return false;
        }
        std::string_view const inside = std::string_view(text_).substr(at_, close + 1 - at_);
        out += replace_all(inside, "\\n", "\n");
        at_ = close + 1;
        return true;
    }
    [[nodiscard]] std::size_t bracket_end() const {
        std::size_t at = at_;
        if (at < text_.size() && text_[at] == '^') ++at;
        if (at < text_.size() && text_[at] == ']') ++at;
        for (; at < text_.size() && text_[at] != '\n'; ++at) {
            if (text_[at] == ']') return at;
            if (text_[at] == '[' && at + 1 < text_.size() &&
                std::string_view(":.=").find(text_[at + 1]) != std::string_view::npos) {
                std::size_t const end = text_.find(std::string(1, text_[at + 1]) + "]", at + 2);
                if (end != std::string::npos) at = end + 1;
            }
        }
        return std::string::npos;
    }

    // \t, \x41, \o101, \d065, \cX of GNU, in patterns and replacements; the produced character is literal in a pattern.
    std::string with_escapes(std::string_view text, bool is_pattern) const {
        std::string out;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] != '\\' || at + 1 == text.size()) {
                out += text[at];
                continue;
            }
            char const c = text[++at];
            constexpr std::string_view letters = "tfvar", values = "\t\f\v\a\r";
            if (std::size_t const which = letters.find(c); which != std::string_view::npos) {
                out += values[which];
                continue;
            }
            int const base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'd' ? 10 : 0;
            std::size_t const digits = base == 16 ? 2 : 3;
            auto const value =
                base ? parse_integer(text.substr(at + 1, std::min(digits, text.size() - at - 1)), base) : std::nullopt;
            if (value && *value >= 0 && *value < 256) {
                char const made = static_cast<char>(*value);
                bool const special =
                    std::string_view(is_pattern ? "^$.*[]\\/+?(){}|" : "&\\").find(made) != std::string_view::npos;
                if (special) out += '\\';
                out += made;
                at += digits;
            } else if (c == 'c' && at + 1 < text.size()) {
                char const letter = text[++at];
                out += static_cast<char>((letter >= 'a' && letter <= 'z' ? letter - 32 : letter) ^ 0x40);
            } else {
                (out += '\\') += c;
            }
        }
        return out;
    }

    int add_pattern(std::string const& text, unsigned flags) {
        if (text.empty()) {
            if (script_.patterns.empty()) {
                zero_position_ = true;
                place_ = 0;
                fail("no previous regular expression");
            }
            return -1;
        }
        auto compiled =
            regex::compile(with_escapes(text, true),
                           syntax_ == Syntax::extended ? regex::Flavor::extended_strict : regex::Flavor::basic, flags);
        if (!compiled) {
            fail(compiled.error().message);
            return -1;
        }
        script_.patterns.push_back(std::move(*compiled));
        return static_cast<int>(script_.patterns.size()) - 1;
    }

    Address address() {
        Address result;
        if (auto const line = number()) {
            result.kind = *line == 0 ? AddressKind::zero : AddressKind::line;
            result.line = *line;
            skip_blanks();
            if (peek() == '~') {
                ++at_;
                result.step = number().value_or(0);
                result.kind = result.step > 0 ? AddressKind::step : AddressKind::line;
            }
        } else if (peek() == '$') {
            ++at_;
            result.kind = AddressKind::last;
        } else if (peek() == '/' || peek() == '\\') {
            if (take() == '\\')
                delimiter_ = take();
            else
                delimiter_ = '/';
            auto const text = delimited(delimiter_, true);
            if (!text) {
                fail("unterminated address regex");
                return result;
            }
            unsigned flags = 0;
            for (; peek() == 'I' || peek() == 'M'; ++at_)
                flags |= peek() == 'I' ? regex::ignore_case : regex::multi_line;
            result.kind = AddressKind::pattern;
            result.pattern = add_pattern(*text, flags);
        }
        return result;
    }
    Address second_address() {
        Address result;
        if (peek() == '+' || peek() == '~') {
            result.kind = take() == '+' ? AddressKind::plus : AddressKind::multiple;
            auto const count = number();
            if (!count) fail("expected number"); // cannot be reached with a valid script
            result.line = count.value_or(0);
            return result;
        }
        result = address();
        if (result.kind == AddressKind::none) {
            ++at_;
            fail("unexpected `,'");
        }
        if (result.kind == AddressKind::zero) result.kind = AddressKind::line;
        return result;
    }

    void command() {
        if (script_.commands.size() >= max_commands) return fail("too many commands");
        Command one;
        std::size_t const start = at_;
        one.first = address();
        if (!error_.empty()) return;
        skip_blanks();
        if (one.first.kind == AddressKind::none && (peek() == '+' || peek() == '~')) {
            ++at_;
            return fail("unknown command: `" + std::string(1, text_[at_ - 1]) + "'");
        }
        if (peek() == ',') {
            ++at_;
            if (one.first.kind == AddressKind::none) return fail("unknown command: `,'");
            skip_blanks();
            one.second = second_address();
            if (!error_.empty()) return;
            skip_blanks();
        }
        if (one.first.kind == AddressKind::zero && one.second.kind != AddressKind::pattern) {
            ++at_;
            return fail("invalid usage of line address 0");
        }
        while (peek() == '!') {
            ++at_;
            if (one.negated) return fail("multiple `!'s");
            one.negated = true;
            skip_blanks();
        }
        if (done() || peek() == '\n' || peek() == ';') {
            if (at_ < text_.size() && peek() == ';') ++at_;
            return fail("missing command");
        }
        one.name = take();
        place_ = start;
        body(one);
    }

    // What may follow a command that takes no text: the end, ; or }.
    void end_of_command() {
        skip_blanks();
        if (done() || peek() == '\n' || peek() == ';') {
            if (!done()) ++at_;
            return;
        }
        if (peek() == '}' || peek() == '#') return;
        ++at_;
        fail("extra characters after command");
    }
    void body(Command& one) {
        bool const has_address = one.first.kind != AddressKind::none;
        switch (one.name) {
            case '{':
                if (static_cast<int>(blocks_.size()) >= max_blocks) return fail("too many {");
                blocks_.push_back(script_.commands.size());
                block_places_.push_back(at_ - 1);
                break;
            case '}':
                if (blocks_.empty()) return fail("unexpected `}'");
                if (has_address) return fail("} doesn't want any addresses");
                script_.commands[blocks_.back()].target = script_.commands.size();
                blocks_.pop_back();
                block_places_.pop_back();
                end_of_command();
                break;
            case '#':
                if (has_address) return fail("comments don't accept any addresses");
                while (!done() && take() != '\n') {}
                return;
            case ':':
                if (has_address) return fail(": doesn't want any addresses");
                skip_blanks();
                one.text = word_to("; \t\n");
                if (one.text.empty()) return fail("\":\" lacks a label");
                break;
            case 'b':
            case 't':
            case 'T':
                skip_blanks();
                one.text = word_to(";\n}");
                end_of_command();
                break;
            case 'a':
            case 'i':
            case 'c': text_argument(one); break;
            case 's': substitution(one); break;
            case 'y': transliteration(one); break;
            case 'r':
            case 'R':
            case 'w':
            case 'W':
                skip_blanks();
                one.text = word_to("\n");
                if (one.text.empty()) return fail("missing filename in r/R/w/W commands");
                break;
            case 'e':
                skip_blanks();
                one.text = word_to("\n");
                break;
            case 'v':
                static_cast<void>(word_to(";\n"));
                end_of_command();
                break;
            case 'q':
            case 'Q':
                if (one.second.kind != AddressKind::none) return fail("command only uses one address");
                [[fallthrough]];
            case 'l':
            case 'L':
                skip_blanks();
                one.number = number().value_or(-1);
                end_of_command();
                break;
            case '=':
            case 'd':
            case 'D':
            case 'F':
            case 'g':
            case 'G':
            case 'h':
            case 'H':
            case 'n':
            case 'N':
            case 'p':
            case 'P':
            case 'x':
            case 'z': end_of_command(); break;
            default: return fail("unknown command: `" + std::string(1, one.name) + "'");
        }
        if (error_.empty()) script_.commands.push_back(std::move(one));
    }
    std::string word_to(std::string_view ends) {
        std::size_t const from = at_;
        while (!done() && ends.find(text_[at_]) == std::string_view::npos) ++at_;
        std::string word = text_.substr(from, at_ - from);
        while (ends.size() > 1 && !word.empty() && blanks.find(word.back()) != std::string_view::npos) word.pop_back();
        return word;
    }

    // a, i, c: "a\" and lines that end in backslashes, or GNU's one line "a text".
    void text_argument(Command& one) {
        skip_blanks();
        if (done()) return fail("expected \\ after `a', `c' or `i'");
        if (peek() == '\\') {
            std::size_t const behind = ++at_;
            skip_blanks();
            if (peek() == '\n')
                ++at_;
            else
                at_ = behind;   // blanks behind "a\" on one line are kept
            if (done()) return; // "a\" and no text
        } else if (peek() == '\n') {
            return fail("expected \\ after `a', `c' or `i'");
        }
        while (!done() && peek() != '\n') {
            char c = take();
            if (c == '\\') {
                if (done()) break;
                c = take();
                if (done() && c == '\n') break;
                if (c == 't') c = '\t';
                if (c == 'n') c = '\n';
                if (c == 'r') c = '\r';
                if (c == 'f') c = '\f';
                if (c == 'v') c = '\v';
                if (c == 'a') c = '\a';
                std::size_t const digits = c == 'x' ? 2 : 3;
                bool const numbers = (c == 'x' || c == 'o' || c == 'd') && at_ + digits <= text_.size();
                std::string const made =
                    numbers ? with_escapes("\\" + text_.substr(at_ - 1, digits + 1), false) : std::string();
                if (made.size() == 1) {
                    one.text += made;
                    at_ += digits;
                    continue;
                }
            }
            one.text += c;
        }
        if (!done()) ++at_;
        one.text += '\n';
    }

    void substitution(Command& one) {
        delimiter_ = take();
        if (delimiter_ == '\0' || delimiter_ == '\n' || delimiter_ == '\\') return fail("unterminated `s' command");
        char const delimiter = delimiter_;
        auto const pattern = delimited(delimiter, true);
        auto const replacement = pattern ? delimited(delimiter, false) : std::nullopt;
        if (!replacement) {
            at_ = std::min(at_, text_.size() - 1);
            return fail("unterminated `s' command");
        }
        unsigned flags = 0;
        for (bool more = true; more && error_.empty();) {
            switch (peek()) {
                case 'g':
                    if (one.global) ++at_, fail("multiple `g' options to `s' command");
                    one.global = true;
                    break;
                case 'p':
                    if (one.prints) ++at_, fail("multiple `p' options to `s' command");
                    one.prints = true;
                    break;
                case 'i':
                case 'I': flags |= regex::ignore_case; break;
                case 'm':
                case 'M': flags |= regex::multi_line; break;
                case 'e': one.evaluates = true; break;
                case 'w':
                    ++at_;
                    skip_blanks();
                    one.file = word_to("\n");
                    if (one.file.empty()) fail("missing filename in r/R/w/W commands");
                    more = false;
                    continue;
                default:
                    if (peek() >= '0' && peek() <= '9') {
                        if (one.number >= 0) ++at_, fail("multiple number options to `s' command");
                        one.number = number().value_or(0);
                        if (one.number == 0) fail("number option to `s' command may not be zero");
                        continue;
                    }
                    more = false;
                    continue;
            }
            ++at_;
        }
        if (!error_.empty()) return;
        if (one.file.empty()) {
            skip_blanks();
            bool const ends = done() || peek() == '\n' || peek() == ';' || peek() == '}' || peek() == '#';
            if (!ends) {
                ++at_;
                return fail("unknown option to `s'");
            }
            if (!done() && peek() != '}' && peek() != '#') ++at_;
        }
        std::size_t const end = at_;
        if (at_ > 0 && text_[at_ - 1] == '\n') --at_; // errors in the pattern are reported at its end
        one.pattern = add_pattern(*pattern, flags);
        parse_replacement(with_escapes(*replacement, false), one);
        at_ = error_.empty() ? end : at_;
    }
    void parse_replacement(std::string const& text, Command& one) {
        ReplacementPart part;
        auto const flush = [&] {
            if (!part.text.empty()) one.replacement.push_back(part);
            part = {};
        };
        for (std::size_t at = 0; at < text.size(); ++at) {
            char const c = text[at];
            if (c == '&') {
                flush();
                one.replacement.push_back({{}, 0, CaseChange::none});
            } else if (c == '\\' && at + 1 < text.size()) {
                char const next = text[++at];
                std::size_t const change = std::string_view("ULulE").find(next);
                if (next >= '0' && next <= '9') {
                    flush();
                    int const group = next - '0';
                    std::size_t const groups =
                        one.pattern >= 0 ? script_.patterns[static_cast<std::size_t>(one.pattern)].group_count() : 9;
                    if (static_cast<std::size_t>(group) > groups)
                        return fail("invalid reference \\" + std::string(1, next) + " on `s' command's RHS");
                    one.replacement.push_back({{}, group, CaseChange::none});
                } else if (change != std::string_view::npos) {
                    flush();
                    constexpr CaseChange changes[] = {CaseChange::upper, CaseChange::lower, CaseChange::upper_next,
                                                      CaseChange::lower_next, CaseChange::end};
                    one.replacement.push_back({{}, -1, changes[change]});
                } else {
                    part.text += next == 'n' ? '\n' : next;
                }
            } else {
                part.text += c;
            }
        }
        flush();
    }

    void transliteration(Command& one) {
        delimiter_ = take();
        char const delimiter = delimiter_;
        auto const from = delimited(delimiter, false);
        auto const to = from ? delimited(delimiter, false) : std::nullopt;
        if (!to) return fail("unterminated `y' command");
        auto const plain = [&](std::string_view text) {
            std::string out;
            for (std::size_t at = 0; at < text.size(); ++at) {
                if (text[at] == '\\' && at + 1 < text.size()) {
                    char const next = text[++at];
                    if (next != 'n' && next != '\\' && next != 't') out += '\\';
                    out += next == 'n' ? '\n' : next == 't' ? '\t' : next;
                } else {
                    out += text[at];
                }
            }
            return out;
        };
        one.from = plain(*from);
        one.to = plain(*to);
        if (to_utf32(one.from).size() != to_utf32(one.to).size())
            return fail("strings for `y' command are different lengths");
        end_of_command();
    }

    void resolve_labels() {
        for (Command& one : script_.commands) {
            if (!error_.empty() || (one.name != 'b' && one.name != 't' && one.name != 'T')) continue;
            one.target = script_.commands.size();
            if (one.text.empty()) continue;
            auto const label = std::find_if(script_.commands.begin(), script_.commands.end(),
                                            [&](Command const& c) { return c.name == ':' && c.text == one.text; });
            if (label == script_.commands.end()) error_ = "can't find label for jump to `" + one.text + "'";
            one.target = static_cast<std::size_t>(label - script_.commands.begin());
        }
    }

    std::vector<Piece> const& pieces_;
    Syntax syntax_;
    std::string text_;
    std::vector<std::size_t> starts_; // of the pieces in text_
    std::size_t at_ = 0, place_ = 0;
    bool zero_position_ = false;
    char delimiter_ = '/';
    std::vector<std::size_t> blocks_, block_places_;
    Script script_;
    std::string error_;
};

}

Result<Script> parse(std::vector<Piece> const& pieces, Syntax syntax) { return Parser(pieces, syntax).run(); }

}
