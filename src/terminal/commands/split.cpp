// split: a file in pieces of lines, bytes or equal shares, in files of their own or through a command.
#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/units.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

constexpr std::int64_t most_parts = 100'000;
constexpr std::int64_t most_length = 20;

struct SplitPlan {
    char way = 0;              // l, b, C, or n: by size; N: by size in whole lines; r: lines dealt out in turn
    std::int64_t units = 1000; // lines or bytes of a piece, or pieces
    std::int64_t only = 0;     // of the shares, to stdout
    std::int64_t length = 0;   // of the suffix; 0 grows as it must
    std::int64_t start = 0;    // the first number
    bool has_start = false;
    std::string_view digits = "abcdefghijklmnopqrstuvwxyz";
    std::string prefix = "x", suffix, filter;
    char separator = '\n';
    bool elides = false, verbose = false;
};

// "5", "l/5", "r/2/5"; the status to end with, or -1.
int read_shares(Process& p, std::string_view text, SplitPlan& plan) {
    plan.way = 'n';
    if (text.substr(0, 2) == "l/" || text.substr(0, 2) == "r/") {
        plan.way = text[0] == 'l' ? 'N' : 'r';
        text.remove_prefix(2);
    }
    std::size_t const slash = text.find('/');
    std::string_view const count = slash == std::string_view::npos ? text : text.substr(slash + 1);
    auto const wrong = [&](std::string_view what, std::string_view value, bool is_number) {
        return p.fail("invalid " + std::string(what) + ": " + marked(value) +
                      (is_number ? ": Numerical result out of range" : ""));
    };
    auto const number = parse_count(count);
    if (!number || *number == 0) return wrong("number of chunks", count, number.has_value());
    plan.units = std::min(*number, most_parts);
    if (slash == std::string_view::npos) return -1;
    auto const one = parse_count(text.substr(0, slash));
    if (!one || *one == 0 || *one > *number) return wrong("chunk number", text.substr(0, slash), one.has_value());
    plan.only = *one;
    return -1;
}

int read_options(Process& p, Arguments const& arguments, SplitPlan& plan) {
    for (Option const& option : arguments.options) {
        bool const is_way =
            std::string_view("l#bCn").find(static_cast<char>(option.id)) != std::string_view::npos && option.id < 128;
        if (is_way && plan.way) return usage_mistake(p, "cannot split in more than one way");
        switch (option.id) {
            case 'l':
            case '#':
            case 'b':
            case 'C': {
                bool const lines = option.id == 'l' || option.id == '#';
                auto const number = parse_size(option.value, true);
                if (!number || *number == 0)
                    return p.fail((lines ? "invalid number of lines: " : "invalid number of bytes: ") +
                                  marked(option.value) + (number ? ": Numerical result out of range" : ""));
                plan.way = lines ? 'l' : static_cast<char>(option.id);
                plan.units = *number;
                break;
            }
            case 'n':
                if (int const status = read_shares(p, option.value, plan); status >= 0) return status;
                break;
            case 'a': {
                auto const number = parse_count(option.value);
                if (!number) return p.fail("invalid suffix length: " + marked(option.value));
                plan.length = std::min(*number, most_length);
                break;
            }
            case 'd':
            case 'x':
            case long_option("numeric-suffixes"):
            case long_option("hex-suffixes"): {
                bool const hex = option.id == 'x' || option.id == long_option("hex-suffixes");
                plan.digits = hex ? "0123456789abcdef" : "0123456789";
                if (!option.has_value) break;
                auto const from = parse_integer(option.value, hex ? 16 : 10);
                if (!from || *from < 0)
                    return usage_mistake(p, marked(option.value) + ": invalid start value for " +
                                                (hex ? "hexadecimal" : "numerical") + " suffix");
                plan.start = *from;
                plan.has_start = true;
                break;
            }
            case 'e': plan.elides = true; break;
            case 't':
                if (option.value.empty()) return p.fail("empty record separator");
                if (option.value.size() > 1 && option.value != "\\0")
                    return p.fail("multi-character separator " + marked(option.value));
                plan.separator = option.value.size() > 1 ? '\0' : option.value[0];
                break;
            case long_option("filter"): plan.filter = option.value; break;
            case long_option("verbose"): plan.verbose = true; break;
            case long_option("additional-suffix"):
                if (option.value.find('/') != std::string::npos)
                    return usage_mistake(p,
                                         "invalid suffix " + marked(option.value) + ", contains directory separator");
                plan.suffix = option.value;
                break;
            default: break;
        }
    }
    if (!plan.way) plan.way = 'l';
    if (plan.only > 0 && !plan.filter.empty())
        return usage_mistake(p, "--filter does not process a chunk extracted to stdout");
    if (arguments.operands.size() > 2) return extra_operand(p, arguments.operands[2]);
    if (arguments.operands.size() > 1) plan.prefix = arguments.operands[1];
    bool const shares = plan.way == 'n' || plan.way == 'N' || plan.way == 'r';
    std::int64_t needed = 1;
    std::int64_t last = plan.units - 1 + (plan.start < plan.units ? plan.start : 0);
    auto const base = static_cast<std::int64_t>(plan.digits.size());
    while (shares && (last /= base) > 0) ++needed;
    if (plan.length > 0 && plan.length < needed)
        return p.fail("the suffix length needs to be at least " + std::to_string(needed));
    if (plan.length == 0 && (shares || plan.has_start)) plan.length = std::max<std::int64_t>(2, needed);
    return -1;
}

// aa, ab ... of a fixed length, or aa ... yz, zaaa ... zyzz, zzaaaa; empty when there are no more.
std::string suffix_of(std::int64_t index, SplitPlan const& plan) {
    auto const base = static_cast<std::int64_t>(plan.digits.size());
    std::int64_t length = plan.length > 0 ? plan.length : 2;
    std::string grown;
    for (;;) {
        double capacity = plan.length > 0 ? 1 : static_cast<double>(base - 1) / static_cast<double>(base);
        for (std::int64_t i = 0; i < length; ++i) capacity *= static_cast<double>(base);
        if (static_cast<double>(index) < capacity) break;
        if (plan.length > 0) return {};
        index -= static_cast<std::int64_t>(capacity);
        grown += plan.digits.back();
        ++length;
    }
    std::string out(static_cast<std::size_t>(length), plan.digits[0]);
    for (std::size_t at = out.size(); at-- > 0; index /= base)
        out[at] = plan.digits[static_cast<std::size_t>(index % base)];
    return grown + out;
}

class Pieces {
  public:
    Pieces(Process& p, SplitPlan const& plan) : p_(p), plan_(plan) {}
    int status = 0;

    // False when it is time to stop.
    Task<bool> put(std::string_view bytes) {
        ++number_;
        if (plan_.only > 0) {
            if (number_ == plan_.only) p_.out(bytes);
            co_return true;
        }
        if (plan_.elides && bytes.empty()) co_return true;
        std::string const end = suffix_of(plan_.start + written_++, plan_);
        if (end.empty()) co_return stop(p_.fail("output file suffixes exhausted"));
        std::string const name = plan_.prefix + end + plan_.suffix;
        if (plan_.verbose)
            p_.out((plan_.filter.empty() ? "creating file " : "executing with FILE=") +
                   (plan_.filter.empty() ? quoted(name) : shown_name(name)) + "\n");
        if (!plan_.filter.empty()) co_return co_await filter(name, std::string(bytes));
        Errno const error = p_.vfs().write_file(p_.caller, name, bytes);
        if (error == Errno::none) co_return true;
        report_file(p_, "%", name, error);
        co_return stop(1);
    }

  private:
    bool stop(int with) {
        status = with;
        return false;
    }
    Task<bool> filter(std::string name, std::string bytes) {
        FilePtr const input = p_.files.shared(0);
        p_.files.set(0, make_string_source(std::move(bytes)));
        auto const environment = p_.environment;
        p_.environment.push_back("FILE=" + name);
        int const code = co_await p_.run({"sh", "-c", plan_.filter});
        p_.environment = environment;
        p_.files.set(0, input);
        if (code == 0 || code == Process::sigpipe) co_return true;
        p_.fail("with FILE=" + name + ", exit " + std::to_string(code) + " from command: " + plan_.filter);
        co_return stop(code);
    }

    Process& p_;
    SplitPlan const& plan_;
    std::int64_t number_ = 0, written_ = 0;
};

Task<int> run_split(Process& p) {
    Arguments const arguments = parse_arguments(p, split_command);
    if (arguments.ended()) co_return arguments.status;
    SplitPlan plan;
    if (int const status = read_options(p, arguments, plan); status >= 0) co_return status;
    if (plan.way == 'n' || plan.way == 'N') { // shares need to know the size before they read
        std::string const name = arguments.operands.empty() ? "-" : arguments.operands[0];
        FilePtr const file = name == "-" ? p.files.shared(0) : p.open(name, {}).value;
        NodePtr const node = file ? file->node() : nullptr;
        if (file && (!node || node->kind != FileKind::regular))
            co_return p.fail(shown_name(name) + ": cannot determine file size");
    }
    std::string text;
    bool const read = co_await read_whole(p, arguments.operands.empty() ? "-" : arguments.operands[0], text,
                                          {"cannot open $ for reading", "%: read error"});
    if (!read) co_return 1;
    Pieces pieces(p, plan);
    std::size_t const size = text.size();
    auto const units = static_cast<std::size_t>(plan.units);
    auto const line_end = [&](std::size_t at) { return std::min(text.find(plan.separator, at), size - 1) + 1; };
    if (plan.way == 'r') {
        std::vector<std::string> hands(units);
        for (std::size_t at = 0, line = 0; at < size; ++line) {
            std::size_t const end = line_end(at);
            hands[line % units].append(text, at, end - at);
            at = end;
        }
        for (std::string const& hand : hands)
            if (!co_await pieces.put(hand)) break;
        co_return pieces.status;
    }
    bool const shares = plan.way == 'n' || plan.way == 'N';
    std::size_t at = 0;
    for (std::size_t share = 1; shares ? share <= units : at < size; ++share) {
        std::size_t end = at;
        if (shares) {
            end = share == units ? size : std::clamp(std::max<std::size_t>(size / units, 1) * share, at, size);
            if (plan.way == 'N' && share < units && end > at && text[end - 1] != plan.separator) end = line_end(end);
        } else if (plan.way == 'l') {
            for (std::int64_t i = 0; i < plan.units && end < size; ++i) end = line_end(end);
        } else {
            end = std::min(at + units, size);
            std::size_t const newline = end == size ? std::string::npos : text.rfind(plan.separator, end - 1);
            if (plan.way == 'C' && newline != std::string::npos && newline >= at) end = newline + 1;
        }
        if (!co_await pieces.put(std::string_view(text).substr(at, end - at))) break;
        at = end;
        co_await p.breathe();
    }
    co_return pieces.status;
}

}

Command const split_command{
    "split",
    "output pieces of FILE to PREFIXaa, PREFIXab, ...",
    "split [OPTION]... [FILE [PREFIX]]",
    "  -a, --suffix-length=N       generate suffixes of length N (default 2)\n"
    "      --additional-suffix=SUFFIX  append an additional SUFFIX to file names\n"
    "  -b, --bytes=SIZE            put SIZE bytes per output file\n"
    "  -C, --line-bytes=SIZE       put at most SIZE bytes of lines per output file\n"
    "  -d                          use numeric suffixes starting at 0, not alphabetic\n"
    "      --numeric-suffixes[=FROM]  same as -d, but allow setting the start value\n"
    "  -x                          use hex suffixes starting at 0\n"
    "      --hex-suffixes[=FROM]   same as -x, but allow setting the start value\n"
    "  -e, --elide-empty-files     do not generate empty output files with -n\n"
    "      --filter=COMMAND        write to shell COMMAND; the file's name is $FILE\n"
    "  -l, --lines=NUMBER          put NUMBER lines per output file\n"
    "  -n, --number=CHUNKS         generate CHUNKS output files; l/N does not split lines, r/N deals\n"
    "                              them out in turn, K/N prints the Kth to standard output\n"
    "  -t, --separator=SEP         use SEP instead of newline; '\\0' is NUL\n"
    "  -u, --unbuffered            (ignored)\n"
    "      --verbose               print a diagnostic before each file is opened\n"
    "  -NUM                        same as -l NUM\n",
    nullptr,
    run_split};

}
