#include "ground/text.hpp"
#include "terminal/builtins.hpp"
#include "terminal/commands/arguments.hpp"
#include "terminal/commands/files.hpp"
#include "terminal/commands/programs.hpp"
#include "terminal/commands/stream.hpp"
#include "terminal/commands/times.hpp"
#include "terminal/system.hpp"

namespace cw::terminal::commands {

namespace {

std::string_view iso_format(std::string_view detail) {
    // Any beginning of a word will do.
    std::string_view const kind = detail.substr(0, 1);
    if (kind == "h") return "%Y-%m-%dT%H%:z";
    if (kind == "m") return "%Y-%m-%dT%H:%M%:z";
    if (kind == "s") return "%Y-%m-%dT%H:%M:%S%:z";
    if (kind == "n") return "%Y-%m-%dT%H:%M:%S,%N%:z";
    return "%Y-%m-%d";
}

Task<int> run_date(Process& p) {
    Arguments const arguments = parse_arguments(p, date_command);
    if (arguments.ended()) co_return arguments.status;
    std::string format = "%a %b %e %H:%M:%S %Z %Y";
    std::int64_t time_ns = p.clock().now_ns;
    Zone const zone = zone_named(arguments.has('u') ? "UTC" : p.env("TZ"));
    for (Option const& option : arguments.options) {
        switch (option.id) {
            case 'd': {
                auto const parsed = parse_time(option.value, p.clock().now_ns, zone);
                if (!parsed) co_return p.fail("invalid date " + marked(option.value));
                time_ns = *parsed;
                break;
            }
            case 'r': {
                auto const node = p.vfs().lookup(p.caller, option.value);
                if (!node) {
                    report_file(p, "%", option.value, node.error);
                    co_return 1;
                }
                time_ns = node.value->modified_ns;
                break;
            }
            case 's': co_return p.fail("cannot set date: Operation not permitted");
            case 'I': format = iso_format(option.value); break;
            case 'R': format = "%a, %d %b %Y %H:%M:%S %z"; break;
            case long_option("rfc-3339"):
                format = option.value == "date" ? "%Y-%m-%d"
                         : option.value == "ns" ? "%Y-%m-%d %H:%M:%S.%N%:z"
                                                : "%Y-%m-%d %H:%M:%S%:z";
                break;
            default: break;
        }
    }
    for (std::string const& operand : arguments.operands) {
        if (&operand != &arguments.operands[0]) co_return extra_operand(p, operand);
        if (operand.empty() || operand[0] != '+') co_return p.fail("invalid date " + marked(operand));
        format = operand.substr(1);
    }
    std::string const* const list = arguments.value('f');
    if (!list) co_return p.out(format_time(format, time_ns, zone) + "\n") ? 0 : Process::sigpipe;
    Output out(p);
    Input in(p, {*list}, '\n', {"%", "%"});
    std::string_view line;
    int status = 0;
    while (co_await in.next(line)) {
        auto const parsed = parse_time(line, p.clock().now_ns, zone);
        if (parsed) {
            out.line(format_time(format, *parsed, zone));
            continue;
        }
        status = p.fail("invalid date " + marked(line));
    }
    co_return out.close(in.failed() ? 1 : status);
}

// "1.5m" in nanoseconds; none for what is no duration.
std::optional<std::int64_t> duration_ns(std::string_view text) {
    double unit = 1;
    if (!text.empty()) {
        std::size_t const which = std::string_view("smhd").find(text.back());
        constexpr double seconds[] = {1, 60, 3600, 86400};
        if (which != std::string_view::npos) {
            unit = seconds[which];
            text.remove_suffix(1);
        }
    }
    if (text == "inf" || text == "infinity") return INT64_MAX / 4;
    auto const value = parse_double(text);
    if (!value || *value < 0) return {};
    double const total = *value * unit * 1e9;
    return total > 9e18 ? INT64_MAX / 4 : static_cast<std::int64_t>(total);
}

Task<int> run_sleep(Process& p) {
    Arguments const arguments = parse_arguments(p, sleep_command);
    if (arguments.ended()) co_return arguments.status;
    if (arguments.operands.empty()) co_return missing_operand(p, arguments.operands);
    std::int64_t total = 0;
    bool wrong = false;
    for (std::string const& operand : arguments.operands) {
        auto const duration = duration_ns(operand);
        if (!duration) {
            p.fail("invalid time interval " + marked(operand));
            wrong = true;
        } else {
            total = std::min<std::int64_t>(INT64_MAX / 4, total + *duration);
        }
    }
    if (wrong) {
        p.err("Try '" + p.name() + " --help' for more information.\n");
        co_return 1;
    }
    if (total > 0) co_await p.sleep(total);
    co_return 0;
}

// Runs the command in a fiber of its own, so that it can be ended when the time is up.
struct Timed {
    int status = -1;
};

Task<int> run_child(Process& p, std::vector<std::string> argv, Timed* result) {
    result->status = co_await p.run(std::move(argv));
    p.system.scheduler.wake(result);
    co_return result->status;
}

Task<int> run_timeout(Process& p) {
    Arguments const arguments = parse_arguments(p, timeout_command, OperandOrder::options_first, 125);
    if (arguments.ended()) co_return arguments.status;
    auto const& operands = arguments.operands;
    if (operands.size() < 2) {
        p.err("Try '" + p.name() + " --help' for more information.\n");
        co_return 125;
    }
    auto const limit = duration_ns(operands[0]);
    if (!limit) co_return usage_mistake(p, "invalid time interval " + marked(operands[0]), 125);
    if (Errno const error = program_error(p, operands[1]); error != Errno::none)
        co_return p.fail("failed to run command " + marked(operands[1]) + ": " + std::string(message(error)),
                         error == Errno::no_entry ? 127 : 126);
    std::string const* const named = arguments.value('s');
    int const signal = signal_number(named ? *named : "TERM");
    if (signal < 0) co_return usage_mistake(p, marked(*named) + ": invalid signal", 125);
    // The child looks at these after we are gone only if it is not killed, and then we have waited for it.
    struct Child {
        Scheduler& scheduler;
        std::uint64_t id = 0;
        ~Child() {
            if (id && scheduler.alive(id)) scheduler.kill(id);
        }
    };
    Timed result;
    Child child{p.system.scheduler};
    std::int64_t const until = *limit == 0 ? -1 : p.clock().now_ns + *limit;
    child.id = p.system.scheduler.spawn(run_child(p, {operands.begin() + 1, operands.end()}, &result));
    while (result.status < 0 && (until < 0 || p.clock().now_ns < until))
        co_await p.system.scheduler.wait_for(&result, until);
    if (result.status >= 0) co_return result.status;
    if (arguments.has('v')) p.fail("sending signal " + signal_name(signal) + " to command " + marked(operands[1]));
    constexpr int kill = 9; // which timeout sends to itself too
    co_return arguments.has('p') || signal == kill ? Interpreter::signal_base + signal : 124;
}

}

Command const date_command{
    "date",
    "display the current time in the given FORMAT",
    "date [OPTION]... [+FORMAT]",
    "In the zone that TZ names, else UTC.\n\n"
    "  -d, --date=STRING       display time described by STRING, not 'now'\n"
    "  -f, --file=DATEFILE     like --date; once for each line of DATEFILE\n"
    "  -I, --iso-8601[=FMT]    output date/time in ISO 8601 format: date, hours, minutes,\n"
    "                            seconds or ns\n"
    "  -R, --rfc-email         output date and time in RFC 5322 format\n"
    "      --rfc-3339=FMT      output date/time in RFC 3339 format: date, seconds or ns\n"
    "  -r, --reference=FILE    display the last modification time of FILE\n"
    "  -s, --set=STRING        set time (not permitted here)\n"
    "  -u, --utc, --universal  Coordinated Universal Time, whatever TZ says\n\n"
    "FORMAT has %Y %m %d %H %M %S %N %s %j %a %A %b %B %F %T %R %D %p %u %V and the rest of strftime.\n",
    nullptr,
    run_date};
Command const sleep_command{
    "sleep",
    "pause for NUMBER seconds",
    "sleep NUMBER[SUFFIX]...",
    "SUFFIX is s, m, h or d. Time is virtual: nothing else happens meanwhile, so it is short.\n",
    nullptr,
    run_sleep};
Command const timeout_command{"timeout",
                              "start COMMAND, and end it if still running after DURATION",
                              "timeout [OPTION] DURATION COMMAND [ARG]...",
                              "  -k, --kill-after=DURATION  (ignored)\n"
                              "  -p, --preserve-status   exit with the status of COMMAND, even when it times out\n"
                              "  -f, --foreground        (ignored)\n"
                              "  -s, --signal=SIGNAL     what decides the status: 128 and its number for KILL\n"
                              "  -v, --verbose           say on stderr when the time is up\n",
                              nullptr,
                              run_timeout};

}
