// The jq command: options, inputs and output around the machine of jq_machine.hpp.
#include "terminal/commands/jq.hpp"

#include "ground/text.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/jq_input.hpp"
#include "terminal/commands/jq_json.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"

#include <algorithm>

namespace cw::terminal::commands {

namespace {

using namespace jq;

constexpr int steps_per_turn = 60; // of the machine between two places to rest
enum Status : std::uint8_t {
    fine = 0,
    false_at_last = 1,
    usage_wrong = 2,
    not_compiled = 3,
    no_output = 4,
    failed = 5
};

struct Settings {
    Layout layout{2};
    InputSettings input;
    bool raw = false, joins = false, nul = false, null_input = false, sequence = false;
    bool by_status = false, from_file = false, has_program = false;
    std::string program;
    std::vector<std::string> names; // of variables
    std::vector<Value> values;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int wrong_usage(Process& p, std::string const& text) {
    p.err("jq: " + text +
          "\nUse jq --help for help with command-line options,\n"
          "or see the jq manpage, or online docs  at https://stedolan.github.io/jq\n");
    return usage_wrong;
}

// Reads the options, then takes the files that they name; each step answers the status to end with, or -1.
class Options {
  public:
    Options(Process& p, Store& store, Settings& settings) : p_(p), store_(store), settings_(settings) {
        named_ = store.object();
        positional_ = store.array();
    }

    struct Wanted {
        std::string option, name, file;
        std::size_t place; // among the variables
    };
    [[nodiscard]] std::vector<Wanted> const& wanted() const { return wanted_; }

    int read() {
        bool options = true;
        for (at_ = 1; at_ < p_.argv.size(); ++at_) {
            std::string const word = p_.argv[at_];
            int status = -1;
            if (options && word == "--")
                options = may_be_program_ = false;
            else if (options && word.size() > 1 && word[0] == '-' && (word[1] == '-' || is_letter(word[1])))
                status = word[1] == '-' ? take_long(word) : take_short(word);
            else
                status = operand(word);
            if (status >= 0) return status;
        }
        bool const by_pipe = !p_.is_terminal(0) || !p_.is_terminal(1);
        if (!settings_.has_program && by_pipe && may_be_program_) {
            settings_.program = ".";
            settings_.has_program = true;
        }
        if (settings_.has_program) return -1;
        p_.err(help_text(jq_command));
        return usage_wrong;
    }
    int take(Wanted const& wanted, Errno problem, std::string const& text) {
        std::string trouble;
        if (problem != Errno::none) trouble = "Could not open " + wanted.file + ": " + std::string(message(problem));
        Value value = wanted.option == "--slurpfile" ? store_.array() : store_.text(repaired_utf8(text));
        if (value.is(Kind::array)) {
            Reader reader(store_);
            reader.feed(text);
            reader.finish();
            Value one;
            Reader::Got got = Reader::Got::nothing;
            while ((got = reader.next(one)) == Reader::Got::value) value.append(one);
            if (got == Reader::Got::error) trouble = reader.error();
        }
        if (!trouble.empty()) {
            p_.err("jq: Bad JSON in " + wanted.option + " " + wanted.name + " " + wanted.file + ": " + trouble + "\n");
            return usage_wrong;
        }
        named_.put(store_.text(wanted.name), value);
        settings_.values[wanted.place] = std::move(value);
        return -1;
    }
    void finish() {
        Value arguments = store_.object();
        arguments.put(store_.text("positional"), positional_);
        arguments.put(store_.text("named"), named_);
        bind("ARGS", arguments, false);
    }

  private:
    void bind(std::string const& name, Value value, bool is_argument = true) {
        settings_.names.push_back(name);
        settings_.values.push_back(value);
        if (is_argument) named_.put(store_.text(name), std::move(value));
    }
    int operand(std::string const& word) {
        if (!settings_.has_program && may_be_program_) {
            settings_.program = word;
            settings_.has_program = true;
            return -1;
        }
        if (rest_ == Rest::files) settings_.input.files.push_back(word);
        if (rest_ == Rest::texts) positional_.append(store_.text(word));
        if (rest_ != Rest::values) return -1;
        std::string error;
        Value value = parse_json(store_, word, error);
        if (!error.empty()) return wrong_usage(p_, "Invalid JSON text passed to --jsonargs");
        positional_.append(std::move(value));
        return -1;
    }
    int take_short(std::string const& word) {
        for (char const letter : word.substr(1)) {
            if (letter == 'L' && word.size() == 2) {
                ++at_;
            } else if (letter == 'h') {
                p_.out(help_text(jq_command));
                return fine;
            } else if (letter == 'V') {
                p_.out("jq-1.6\n");
                return fine;
            } else if (!flag(letter)) {
                return wrong_usage(p_, "Unknown option " + word);
            }
        }
        return -1;
    }
    bool flag(char letter) {
        switch (letter) {
            case 's': return settings_.input.slurps = true;
            case 'S': return settings_.layout.sorts = true;
            case 'r': return settings_.raw = true;
            case 'j': return settings_.raw = settings_.joins = true;
            case 'a': return settings_.layout.ascii = true;
            case 'R': return settings_.input.raw = true;
            case 'n': return settings_.null_input = true;
            case 'e': return settings_.by_status = true;
            case 'f': return settings_.from_file = true;
            case 'C': return settings_.layout.colours = true;
            case 'M': settings_.layout.colours = false; return true;
            case 'c':
                settings_.layout.indent = 0;
                settings_.layout.tabs = false;
                return true;
            default: return false;
        }
    }
    int take_long(std::string const& word) {
        struct Long {
            std::string_view name;
            char letter;
        };
        constexpr Long longs[] = {{"--slurp", 's'},        {"--sort-keys", 'S'},         {"--raw-output", 'r'},
                                  {"--join-output", 'j'},  {"--raw-input", 'R'},         {"--null-input", 'n'},
                                  {"--exit-status", 'e'},  {"--ascii-output", 'a'},      {"--from-file", 'f'},
                                  {"--color-output", 'C'}, {"--monochrome-output", 'M'}, {"--compact-output", 'c'}};
        for (Long const& one : longs)
            if (one.name == word && flag(one.letter)) return -1;
        if (word == "--help") return take_short("-h");
        if (word == "--version") return take_short("-V");
        if (word == "--unbuffered") return -1;
        if (word == "--args" || word == "--jsonargs") {
            rest_ = word == "--args" ? Rest::texts : Rest::values;
        } else if (word == "--raw-output0") {
            settings_.raw = settings_.nul = true;
        } else if (word == "--seq") {
            settings_.sequence = true;
        } else if (word == "--stream") {
            settings_.input.streams = true;
        } else if (word == "--tab") {
            settings_.layout.tabs = true;
        } else if (word == "--indent") {
            return indent();
        } else if (word == "--arg" || word == "--argjson" || word == "--slurpfile" || word == "--rawfile") {
            return variable(word);
        } else {
            return wrong_usage(p_, "Unknown option " + word);
        }
        return -1;
    }
    int indent() {
        if (at_ + 1 >= p_.argv.size()) return wrong_usage(p_, "--indent takes one parameter");
        auto const width = parse_integer(p_.argv[++at_]);
        if (!width || *width < -1 || *width > 7) return wrong_usage(p_, "--indent takes a number between -1 and 7");
        settings_.layout.tabs = *width < 0;
        settings_.layout.indent = static_cast<int>(std::max<std::int64_t>(*width, 0));
        return -1;
    }
    int variable(std::string const& option) {
        bool const of_file = option == "--slurpfile" || option == "--rawfile";
        std::string const what = of_file ? "filename" : option == "--arg" ? "value" : "text";
        if (at_ + 2 >= p_.argv.size())
            return wrong_usage(p_, option + " takes two parameters (e.g. " + option + " varname " + what + ")");
        std::string const& name = p_.argv[at_ + 1];
        std::string const& given = p_.argv[at_ + 2];
        at_ += 2;
        std::string error;
        if (of_file) wanted_.push_back({option, name, given, settings_.values.size()});
        Value value = of_file             ? Value(Kind::null)
                      : option == "--arg" ? store_.text(repaired_utf8(given))
                                          : parse_json(store_, given, error);
        if (!error.empty()) return wrong_usage(p_, "invalid JSON text passed to --argjson");
        bind(name, std::move(value));
        return -1;
    }

    enum class Rest : std::uint8_t { files, texts, values } rest_ = Rest::files;
    Process& p_;
    Store& store_;
    Settings& settings_;
    Value named_, positional_;
    std::vector<Wanted> wanted_;
    std::size_t at_ = 1;
    bool may_be_program_ = true;
};

void print(Output& out, Value const& value, Settings const& settings) {
    std::string text = settings.sequence ? "\x1e" : "";
    if (settings.raw && value.is(Kind::text) && !settings.layout.ascii)
        text += value.text();
    else
        write_json(text, value, settings.layout);
    if (settings.nul || !settings.joins) text += settings.nul ? '\0' : '\n';
    out.put(text);
}

// Runs the program over one input; the status so far.
Task<int> run_one(Machine& machine, Calls& calls, Feed& feed, Output& out, Settings const& settings, int& last) {
    while (!out.broken()) {
        switch (machine.run(steps_per_turn)) {
            case Machine::Event::more: break;
            case Machine::Event::output:
                last = machine.value() ? fine : false_at_last;
                print(out, machine.value(), settings);
                break;
            case Machine::Event::input: {
                Value got = co_await feed.next();
                if (got.is(Kind::none)) {
                    machine.provide(calls.error.is(Kind::none) ? Value(Kind::null) : Value());
                } else {
                    Value one = calls.store.array();
                    one.append(std::move(got));
                    machine.provide(std::move(one));
                }
                break;
            }
            case Machine::Event::done: co_return fine;
            case Machine::Event::limit:
            case Machine::Event::error: {
                bool const stops = calls.store.over();
                Value const error = std::exchange(calls.error, {});
                calls.p.err("jq: error (at " + feed.place() + ")" +
                            (error.is(Kind::text) ? ": " : " (not a string): ") + to_text(error) + "\n");
                if (stops) calls.halts = failed;
                co_return failed;
            }
        }
        co_await calls.p.breathe();
    }
    co_return fine;
}

Task<int> run_jq(Process& p) {
    Store store;
    Settings settings;
    settings.layout.colours = p.is_terminal(1);
    Calls calls(p, store);
    calls.file_name = Value(Kind::null);
    Options options(p, store, settings);
    int wrong = options.read();
    for (Options::Wanted const& wanted : options.wanted()) {
        if (wrong >= 0) break;
        std::string text;
        Errno const problem = co_await p.read_path(wanted.file, text);
        wrong = options.take(wanted, problem, text);
    }
    if (wrong >= 0) co_return wrong;
    options.finish();
    if (settings.from_file) {
        std::string const name = std::exchange(settings.program, {});
        Errno const error = co_await p.read_path(name, settings.program);
        if (error != Errno::none)
            co_return p.fail("Could not open " + name + ": " + std::string(message(error)), usage_wrong);
    }
    Program program;
    std::string const problem = parse(program, store, settings.program, settings.names);
    if (!problem.empty()) {
        p.err(problem);
        co_return not_compiled;
    }
    Machine machine(calls);
    Ref scope;
    for (Value const& value : settings.values) scope = machine.with_variable(std::move(scope), value);
    Feed feed(calls, settings.input);
    Output out(p);
    int status = fine, last = no_output;
    for (bool again = true; again && calls.halts < 0 && !out.broken();) {
        Value input(Kind::null);
        if (!settings.null_input) {
            Value next = co_await feed.next();
            input = std::move(next);
        }
        if (input.is(Kind::none)) break;
        machine.start(program.root, std::move(input), scope);
        status = co_await run_one(machine, calls, feed, out, settings, last);
        again = !settings.null_input && !feed.file_failed;
    }
    if (calls.halts >= 0) co_return out.close(calls.halts);
    if (feed.parse_failed && !settings.null_input && calls.error.is(Kind::text)) {
        p.err("parse error: " + calls.error.text() + "\n");
        status = no_output;
    }
    if (feed.file_failed) status = usage_wrong;
    if (settings.by_status && status == fine) status = last;
    co_return out.close(status);
}

}

Command const jq_command{
    "jq",
    "command-line JSON processor",
    "jq [options] <jq filter> [file...]\njq [options] --args <jq filter> [strings...]\n"
    "jq [options] --jsonargs <jq filter> [JSON_TEXTS...]",
    "  -c, --compact-output     one line for each value\n"
    "  -n, --null-input         run once with null; input and inputs read the values\n"
    "  -e, --exit-status        1 if the last value was false or null, 4 if there was none\n"
    "  -s, --slurp              all inputs as one array\n"
    "  -r, --raw-output         strings without quotes\n"
    "  -j, --join-output        likewise, and no newline behind them\n"
    "      --raw-output0        likewise, and a NUL behind them\n"
    "  -R, --raw-input          every line of input is a string\n"
    "  -a, --ascii-output       other characters as \\uXXXX\n"
    "  -C, --color-output       with colours\n"
    "  -M, --monochrome-output  without\n"
    "  -S, --sort-keys          keys of objects in order\n"
    "  -f, --from-file          the filter is the name of a file that holds it\n"
    "      --seq                an RS character before each value\n"
    "      --stream             inputs as events: [path, leaf] or [path]\n"
    "      --tab                indent with tabs\n"
    "      --indent N           indent by N blanks, at most 7\n"
    "      --arg A V            set $A to the string V\n"
    "      --argjson A V        set $A to the JSON value V\n"
    "      --slurpfile A F      set $A to an array of the values in the file F\n"
    "      --rawfile A F        set $A to the text of the file F\n"
    "      --args               the rest are strings: $ARGS.positional\n"
    "      --jsonargs           the rest are JSON values\n\n"
    "  jq . FILE                    print it, well laid out\n"
    "  jq -r '.users[].name'        a field of each item\n"
    "  jq 'map(select(.age > 30))'  items that fit\n"
    "  jq '.count += 1'             a changed copy\n"
    "  jq -n '{now: now | todate}'  a new object\n\n"
    "Status: 2 wrong usage or a file that cannot be read, 3 a filter that is no jq, 4 input that is no JSON,\n"
    "5 an error of the filter.\n",
    nullptr,
    run_jq};

}
