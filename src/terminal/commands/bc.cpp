// bc: the calculator of POSIX with GNU's extensions. No interactive mode, no limits and warranty statements.
#include "terminal/commands/bc.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>
#include <map>

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t max_steps = 20'000'000;
constexpr std::size_t max_limbs = 12'000; // of a number
constexpr std::int64_t max_scale = 100'000;
constexpr int max_calls = 1000;
constexpr std::int64_t main_base = 10, most_input_base = 16;

// -l: each works with some more digits than it returns.
constexpr std::string_view library = R"(scale=20
define e(x){auto s,n,f,t,v,i
s=scale;if(x<0){n=1;x=-x}
scale=s+6+.44*x
while(x>1){f+=1;x/=2;scale+=1}
v=1+x;t=x
for(i=2;1;i++){t=t*x/i;if(t==0)break;v+=t}
while(f>0){v*=v;f-=1}
scale=s;if(n)return(1/v)
return(v/1)}
define l(x){auto s,f,v,m,n,t,i
if(x<=0)return((1-10^scale)/1)
s=scale;scale=s+length(x)+6;f=2
while(x>=2){f*=2;x=sqrt(x)}
while(x<=.5){f*=2;x=sqrt(x)}
n=(x-1)/(x+1);v=n;m=n*n
for(i=3;1;i+=2){n*=m;t=n/i;if(t==0)break;v+=t}
v*=f;scale=s;return(v/1)}
define a(x){auto s,g,f,v,m,t,i,e
g=1;if(x<0){g=-1;x=-x}
s=scale;scale=s+6;f=1
while(x>.2){f*=2;x=x/(1+sqrt(1+x*x))}
v=x;m=-x*x;t=x
for(i=3;1;i+=2){t=t*m;e=t/i;if(e==0)break;v+=e}
v=v*f*g;scale=s;return(v/1)}
define s(x){auto s,g,q,v,m,t,i
g=1;if(x<0){g=-1;x=-x}
s=scale;scale=s+length(x)+6;v=a(1)
scale=0;q=(x/v+2)/4;if(q%2)g=-g
scale=s+length(x)+6;x-=4*q*v
v=x;t=x;m=-x*x
for(i=3;1;i+=2){t=t*m/(i*(i-1));if(t==0)break;v+=t}
v*=g;t=10^-(s+4);if(v<0)t=-t
scale=s;return((v+t)/1)}
define c(x){auto s,v
s=scale;scale=s+6;v=s(x+2*a(1));scale=s;return(v/1)}
define j(n,x){auto s,g,f,v,t,m,i
s=scale;scale=0;n=n/1;g=1
if(n<0){n=-n;if(n%2!=0)g=-1}
f=1;for(i=2;i<=n;i++)f*=i
scale=s+length(f)+length(x)*2+6
f=(x/2)^n/f;v=1;t=1;m=-x*x/4
for(i=1;1;i++){t=t*m/i/(n+i);if(t==0)break;v+=t}
v=g*f*v;scale=s;return(v/1)}
)";

class Calculator {
  public:
    Calculator(Process& p, Output& out) : p_(p), out_(out) {
        std::string_view const given = p.env("BC_LINE_LENGTH");
        auto const length = parse_count(given);
        if (length && (*length == 0 || *length > 2)) line_length_ = *length;
    }
    [[nodiscard]] bool ended() const { return ended_; }

    Task<> run(std::string_view text, std::string_view name) {
        BcReader reader(text);
        while (!ended_ && !out_.broken()) {
            BcNodePtr line = reader.line();
            if (reader.failed()) {
                out_.flush();
                p_.err("(" + std::string(name) + ") " + std::to_string(reader.line_number()) + ": syntax error\n");
                reader.recover();
                continue;
            }
            if (!line) break;
            address_ = 0;
            where_ = "(main)";
            failed_ = false;
            flow_ = Flow::on;
            if (line->kind == BcKind::define)
                functions_[line->text] = std::move(line);
            else
                run(*line);
            while (!frames_.empty()) leave(); // after an error
            co_await p_.breathe();
        }
    }

  private:
    enum class Flow : std::uint8_t { on, breaks, continues, returns, stops };
    using Array = std::map<std::int64_t, BcNumber>;
    // What the names of a function's own variables were before.
    using Frame = std::vector<std::pair<std::string, Array>>;

    BcNumber fail(std::string const& text, std::string_view kind = "error") {
        if (failed_) return {};
        out_.flush();
        p_.err("Runtime " + std::string(kind) + " (func=" + where_ + ", adr=" + std::to_string(address_) +
               "): " + text + "\n");
        if (kind == "error") failed_ = true;
        return {};
    }
    bool goes_on() {
        if (++steps_ > max_steps) {
            fail("too many steps");
            ended_ = true;
        }
        return !failed_ && !ended_ && flow_ == Flow::on;
    }

    // --- statements
    void run(BcNode const& one) {
        if (!goes_on()) return;
        switch (one.kind) {
            case BcKind::group:
                for (BcNodePtr const& part : one.parts) run(*part);
                break;
            case BcKind::text: put(one.text); break;
            case BcKind::expression: {
                BcNode const& what = *one.parts[0];
                BcNumber const value = evaluate(what);
                ++address_;
                bool const hidden = what.kind == BcKind::assign || (what.kind == BcKind::call && is_void_);
                if (failed_ || ended_ || hidden) break;
                show(value);
                put("\n");
                last_ = value;
                break;
            }
            case BcKind::print:
                for (BcNodePtr const& part : one.parts) {
                    if (part->kind == BcKind::text) {
                        put(with_escapes(part->text));
                        continue;
                    }
                    BcNumber const value = evaluate(*part);
                    if (failed_) return;
                    show(value);
                    last_ = value;
                }
                break;
            case BcKind::branch:
                if (is_true(*one.parts[0]))
                    run(*one.parts[1]);
                else if (one.parts.size() > 2)
                    run(*one.parts[2]);
                break;
            case BcKind::loop:
                if (one.parts[0]) evaluate(*one.parts[0]);
                while (goes_on() && (!one.parts[1] || is_true(*one.parts[1]))) {
                    run(*one.parts[3]);
                    if (flow_ == Flow::continues) flow_ = Flow::on;
                    if (flow_ == Flow::breaks) break;
                    if (goes_on() && one.parts[2]) evaluate(*one.parts[2]);
                }
                if (flow_ == Flow::breaks) flow_ = Flow::on;
                break;
            case BcKind::leave:
                if (one.text == "halt" || one.text == "quit")
                    ended_ = true;
                else
                    flow_ = one.text == "break" ? Flow::breaks : Flow::continues;
                break;
            case BcKind::result:
                result_ = one.parts.empty() ? BcNumber() : evaluate(*one.parts[0]);
                flow_ = Flow::returns;
                break;
            default: break;
        }
    }
    bool is_true(BcNode const& condition) { return !evaluate(condition).is_zero() && !failed_; }

    // --- values
    BcNumber& place(BcNode const& node) {
        if (node.kind == BcKind::variable) return variables_[node.text][0];
        std::int64_t const index = evaluate(*node.parts[0]).to_integer();
        constexpr std::int64_t largest = 16'777'215;
        if (index < 0 || index > largest) fail("Array " + node.text + " subscript out of bounds.");
        return variables_[node.text + "[]"][failed_ ? 0 : index];
    }
    [[nodiscard]] static bool is_special(BcNode const& node) {
        return node.kind == BcKind::variable &&
               (node.text == "scale" || node.text == "ibase" || node.text == "obase" || node.text == "last");
    }
    [[nodiscard]] BcNumber value_of(BcNode const& node) {
        if (!is_special(node)) return place(node);
        return node.text == "last" ? last_
                                   : BcNumber(node.text == "scale"   ? scale_
                                              : node.text == "ibase" ? ibase_
                                                                     : obase_);
    }
    void store(BcNode const& node, BcNumber const& value) {
        if (failed_) return;
        if (!is_special(node)) {
            place(node) = value;
            return;
        }
        std::int64_t const number = value.to_integer();
        if (node.text == "last") last_ = value;
        if (node.text == "scale") {
            if (value.negative) fail("negative scale, set to 0", "warning");
            scale_ = std::clamp<std::int64_t>(number, 0, max_scale);
        }
        if (node.text == "ibase") {
            if (number < 2 || number > most_input_base)
                fail(number < 2 ? "ibase too small, set to 2" : "ibase too large, set to 16", "warning");
            ibase_ = std::clamp<std::int64_t>(number, 2, most_input_base);
        }
        if (node.text == "obase") {
            if (number < 2) fail("obase too small, set to 2", "warning");
            obase_ = std::clamp<std::int64_t>(number, 2, 1'000'000'000);
        }
    }

    BcNumber literal(std::string const& text) {
        std::size_t const zeros = std::min(text.find_first_not_of('0'), text.size());
        address_ += text == "0" || text == "1" ? 1 : static_cast<std::int64_t>(text.size() - zeros) + 2;
        auto const digit = [](char c) { return std::int64_t{c <= '9' ? c - '0' : c - 'A' + 10}; };
        bool const letters = text.find_first_of("ABCDEF") != std::string::npos;
        if (ibase_ == main_base && !letters) return bc_number(text);
        std::size_t const point = std::min(text.find('.'), text.size());
        bool const single = text.size() == 1;
        BcNumber out, divisor(1);
        BcNumber const base(ibase_);
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (i == point) continue;
            out =
                added(multiplied(out, base), BcNumber(single ? digit(text[i]) : std::min(digit(text[i]), ibase_ - 1)));
            if (i > point) divisor = multiplied(divisor, base);
        }
        return point < text.size() ? divided(out, divisor, static_cast<std::int64_t>(text.size() - point - 1)) : out;
    }

    BcNumber evaluate(BcNode const& node) {
        if (!goes_on()) return {};
        BcNumber value = compute(node);
        if (value.limbs.size() > max_limbs) return fail("number is too large");
        return failed_ ? BcNumber() : value;
    }
    BcNumber compute(BcNode const& node) {
        switch (node.kind) {
            case BcKind::number: return literal(node.text);
            case BcKind::variable:
            case BcKind::element: address_ += 2; return value_of(node);
            case BcKind::unary: {
                BcNumber value = evaluate(*node.parts[0]);
                if (node.text == "(") return value;
                ++address_;
                return node.text == "-" ? negated(std::move(value)) : BcNumber(value.is_zero() ? 1 : 0);
            }
            case BcKind::assign: {
                BcNumber value;
                if (node.text.empty()) {
                    value = evaluate(*node.parts[1]);
                } else {
                    BcNumber const left = evaluate(*node.parts[0]);
                    value = operate(node.text, left, evaluate(*node.parts[1]));
                }
                address_ += 2;
                store(*node.parts[0], value);
                return is_special(*node.parts[0]) && !failed_ ? value_of(*node.parts[0]) : value;
            }
            case BcKind::step: {
                BcNumber const old = evaluate(*node.parts[0]);
                BcNumber const changed = added(old, BcNumber(node.text == "++" ? 1 : -1));
                store(*node.parts[0], changed);
                return node.flag ? changed : old;
            }
            case BcKind::binary: {
                if (node.text == "&&" || node.text == "||") {
                    bool const decides = is_true(*node.parts[0]) == (node.text == "||");
                    return BcNumber(decides ? node.text == "||" : is_true(*node.parts[1]));
                }
                BcNumber const left = evaluate(*node.parts[0]), right = evaluate(*node.parts[1]);
                ++address_;
                return failed_ ? BcNumber() : operate(node.text, left, right);
            }
            case BcKind::builtin: return builtin(node);
            case BcKind::call: return call(node);
            default: return fail("Array used as a number.");
        }
    }
    BcNumber builtin(BcNode const& node) {
        if (node.text == "read") return fail("read() has no input here.");
        BcNumber const value = evaluate(*node.parts[0]);
        address_ += 2;
        if (failed_) return {};
        if (node.text == "scale") return BcNumber(value.scale);
        if (node.text == "length") {
            auto const digits = static_cast<std::int64_t>(value.is_zero() ? 0 : value.digits().size());
            return BcNumber(std::max({digits, value.scale, std::int64_t{1}}));
        }
        if (value.negative) return fail("Square root of a negative number");
        if (value.is_zero()) return {};
        if (compared(value, BcNumber(1)) == 0) return BcNumber(1);
        return square_root(value, std::max(scale_, value.scale));
    }
    BcNumber operate(std::string_view sign, BcNumber const& a, BcNumber const& b) {
        switch (sign[0]) {
            case '+': return added(a, b);
            case '-': return added(a, negated(b));
            case '*': {
                BcNumber product = multiplied(a, b);
                std::int64_t const most = std::max({scale_, a.scale, b.scale});
                return product.scale > most ? scaled(std::move(product), most) : product;
            }
            case '/': return b.is_zero() ? fail("Divide by zero") : divided(a, b, scale_);
            case '%': {
                if (b.is_zero()) return fail("Modulo by zero");
                std::int64_t const scale = std::max(a.scale, b.scale + scale_);
                return scaled(added(a, negated(multiplied(divided(a, b, scale_), b))), scale);
            }
            case '^': return raised(a, b);
            default: break;
        }
        int const order = compared(a, b);
        return BcNumber(sign == "<"    ? order < 0
                        : sign == "<=" ? order <= 0
                        : sign == ">"  ? order > 0
                        : sign == ">=" ? order >= 0
                        : sign == "==" ? order == 0
                                       : order != 0);
    }
    BcNumber raised(BcNumber const& base, BcNumber const& exponent) {
        if (exponent.scale > 0 && compared(scaled(exponent, 0), exponent) != 0)
            fail("non-zero scale in exponent", "warning");
        std::int64_t const power = exponent.to_integer();
        std::int64_t const size = power < 0 ? -power : power;
        if (size == 0) return BcNumber(1);
        if (static_cast<double>(base.limbs.size()) * static_cast<double>(size) > max_limbs && base.limbs.size() > 0 &&
            !(base.limbs.size() == 1 && base.limbs[0] == 1 && base.scale == 0))
            if (static_cast<double>(base.digits().size() - 1) * static_cast<double>(size) / 9 > max_limbs)
                return fail("exponent too large in raise");
        BcNumber out(1), square = base;
        for (std::int64_t rest = size; rest > 0; rest /= 2) {
            if (rest % 2) out = multiplied(out, square);
            if (rest > 1) square = multiplied(square, square);
            if (square.limbs.size() > 2 * max_limbs) return fail("exponent too large in raise");
        }
        if (power < 0) return out.is_zero() ? fail("Divide by zero") : divided(BcNumber(1), out, scale_);
        std::int64_t const most = std::max(scale_, base.scale);
        return out.scale > most ? scaled(std::move(out), most) : out;
    }

    // --- functions
    void enter(std::string const& name, Array value) {
        frames_.back().emplace_back(name, std::exchange(variables_[name], std::move(value)));
    }
    void leave() {
        for (auto& [name, value] : frames_.back()) variables_[name] = std::move(value);
        frames_.pop_back();
    }
    BcNumber call(BcNode const& node) {
        std::vector<Array> values(node.parts.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            BcNode const& part = *node.parts[i];
            if (part.kind == BcKind::array)
                values[i] = variables_[part.text + "[]"];
            else
                values[i][0] = evaluate(part);
        }
        address_ += 2;
        auto const found = functions_.find(node.text);
        if (failed_) return {};
        if (found == functions_.end()) return fail("Function " + node.text + " not defined.");
        address_ += static_cast<std::int64_t>(values.size());
        BcNode const& function = *found->second;
        if (function.names.size() != node.parts.size()) return fail("Parameter number mismatch");
        if (frames_.size() > max_calls) return fail("Function recursion too deep");
        std::string const caller = std::exchange(where_, node.text);
        std::int64_t const address = std::exchange(address_, 0) + 1;
        frames_.emplace_back();
        for (std::size_t i = 0; i < values.size(); ++i) enter(function.names[i], std::move(values[i]));
        for (std::string const& name : function.locals) enter(name, {});
        result_ = {};
        run(*function.parts[0]);
        if (failed_) return {};
        leave();
        if (flow_ == Flow::returns) flow_ = Flow::on;
        where_ = caller;
        address_ = address;
        is_void_ = function.flag;
        return std::exchange(result_, {});
    }

    // --- output
    static std::string with_escapes(std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::size_t const which = text[i] == '\\' && i + 1 < text.size()
                                          ? std::string_view("abfnqrt\\").find(text[i + 1])
                                          : std::string::npos;
            if (which == std::string::npos) {
                out += text[i];
                continue;
            }
            out += "\a\b\f\n\"\r\t\\"[which];
            ++i;
        }
        return out;
    }
    // A long line goes on behind a backslash.
    void put(std::string_view text) {
        for (char const c : text) {
            if (c == '\n') {
                column_ = 0;
            } else if (++column_ == line_length_ - 1 + (line_length_ ? 0 : INT32_MAX)) {
                out_.put("\\\n");
                column_ = 1;
            }
            out_.put(c);
        }
    }
    void show(BcNumber const& value) {
        if (value.is_zero()) return put("0");
        if (value.negative) put("-");
        std::string digits = value.digits();
        auto const scale = static_cast<std::size_t>(value.scale);
        if (obase_ == main_base) {
            if (digits.size() < scale) digits.insert(0, scale - digits.size(), '0');
            put(std::string_view(digits).substr(0, digits.size() - scale));
            if (scale > 0) put("." + digits.substr(digits.size() - scale));
            return;
        }
        BcNumber const base(obase_);
        std::size_t const width = std::to_string(obase_ - 1).size();
        auto const digit = [&](std::int64_t number, bool first) {
            if (obase_ <= most_input_base)
                return put(std::string_view("0123456789ABCDEF").substr(static_cast<std::size_t>(number), 1));
            std::string text = std::to_string(number);
            text.insert(0, width - std::min(width, text.size()), '0');
            put((first ? "" : " ") + text);
        };
        BcNumber whole = scaled(value, 0);
        whole.negative = false;
        BcNumber fraction = added(value.negative ? negated(value) : value, negated(whole));
        std::vector<std::int64_t> places;
        while (!whole.is_zero()) {
            BcNumber const rest = divided(whole, base, 0);
            places.push_back(added(whole, negated(multiplied(rest, base))).to_integer());
            whole = rest;
        }
        for (std::size_t i = places.size(); i-- > 0;) digit(places[i], false);
        if (scale == 0) return;
        put(".");
        bool first = true;
        for (BcNumber reach(1); reach.digits().size() <= scale; reach = multiplied(reach, base)) {
            fraction = scaled(multiplied(fraction, base), value.scale);
            std::int64_t const number = fraction.to_integer();
            digit(number, first);
            fraction = added(fraction, BcNumber(-number));
            first = false;
        }
    }

    Process& p_;
    Output& out_;
    std::map<std::string, Array> variables_; // by name, with [] for arrays; others are at 0
    std::map<std::string, BcNodePtr> functions_;
    std::vector<Frame> frames_;
    std::int64_t scale_ = 0, ibase_ = main_base, obase_ = main_base, steps_ = 0;
    std::int64_t line_length_ = 70, column_ = 0;
    std::int64_t address_ = 0; // about where GNU's compiled code would be, for messages
    std::string where_;
    BcNumber last_, result_;
    Flow flow_ = Flow::on;
    bool failed_ = false, ended_ = false, is_void_ = false;
};

Task<int> run_bc(Process& p) {
    Arguments const arguments = parse_arguments(p, bc_command);
    if (arguments.ended()) co_return arguments.status;
    Output out(p);
    Calculator calculator(p, out);
    if (arguments.has('l')) co_await calculator.run(library, "library");
    std::vector<std::string> files = arguments.operands;
    files.emplace_back("-");
    for (std::string const& file : files) {
        std::string text;
        if (file != "-" && !p.vfs().lookup(p.caller, file)) {
            out.flush();
            p.err("File " + file + " is unavailable.\n");
            co_return out.close(1);
        }
        static_cast<void>(co_await read_whole(p, file, text));
        co_await calculator.run(text, file == "-" ? "standard_in" : file);
        if (calculator.ended()) break;
    }
    co_return out.close(0);
}

}

Command const bc_command{
    "bc",
    "an arbitrary precision calculator language",
    "bc [options] [file ...]",
    "  -i, --interactive  (ignored)\n"
    "  -l, --mathlib      use the math library: s c a l e j, and 20 digits behind the point\n"
    "  -q, --quiet        (ignored)\n"
    "  -s, --standard     (ignored)\n"
    "  -w, --warn         (ignored)\n\n"
    "Statements: EXPR, \"TEXT\", print LIST, if (C) S else S, while (C) S, for (A; C; B) S, break,\n"
    "continue, { S; S }, define F(X, Y[]) { auto Z; ... return (V) }, halt, quit\n"
    "Expressions: + - * / % ^ = += ++ -- < <= > >= == != && || !, length(X), scale(X), sqrt(X);\n"
    "scale, ibase, obase and last are variables.\n",
    nullptr,
    run_bc};

}
