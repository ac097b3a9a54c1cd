#pragma once
// Options as GNU's getopt_long reads them: bundled short ones, long ones with = and by unambiguous beginning, operands
// in any place, `--`. What options there are is read from the command's own manual text, so that --help, man and the
// parser cannot disagree: a line "  -n, --lines=NUM  text" declares both names and that a value is needed,
// "--color[=WHEN]" or "-i[SUFFIX]" an optional value, "-NUM" that digits are an option ('#'). --help and --version are
// answered here, mistakes are reported in GNU's words.
//
//   Arguments const arguments = parse_arguments(p, head_command);
//   if (arguments.ended()) co_return arguments.status;
//   for (Option const& option : arguments.options) switch (option.id) { case 'n': ...; case long_option("color"): ... }

#include "terminal/commands/command.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

// The id of an option that has only a long name: FNV-1a with the top bit set, apart from all characters.
constexpr std::uint32_t long_option(std::string_view name) {
    std::uint32_t hash = 2166136261u;
    for (char const c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash | 0x80000000u;
}

struct Option {
    std::uint32_t id = 0; // the short name's character, '#' for digits, else long_option(name)
    std::string value;
    bool has_value = false;
    std::size_t operands_before = 0; // for options that matter to the operands behind them
};

struct Arguments {
    std::vector<Option> options;
    std::vector<std::string> operands;
    int status = -1; // what to end with at once, or -1
    [[nodiscard]] bool ended() const { return status >= 0; }
    [[nodiscard]] bool has(std::uint32_t id) const;
    [[nodiscard]] std::string const* value(std::uint32_t id) const; // of the last one; null if there is none
};

enum class OperandOrder : std::uint8_t {
    anywhere,
    options_first
}; // options_first: what follows an operand is no option

Arguments parse_arguments(Process& p, Command const& command, OperandOrder order = OperandOrder::anywhere,
                          int mistake_status = 1);

// Prints "NAME: text" and "Try 'NAME --help' for more information."; the status.
int usage_mistake(Process& p, std::string_view text, int status = 1);
// "missing operand", or "missing operand after 'x'" when fewer than `wanted` came.
int missing_operand(Process& p, std::vector<std::string> const& operands, int status = 1);
int extra_operand(Process& p, std::string_view operand, int status = 1);

// "invalid argument ‘x’ for ‘--sort’" and the list of those that are valid, "a,b" being two names of one.
int invalid_choice(Process& p, std::string_view value, std::string_view option, std::vector<std::string_view> valid,
                   int status = 1);

// 'text', as GNU's messages quote an operand always (quoteaf) or only when a shell would need it (quotef).
[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string shown_name(std::string_view text);

// ‘text’, as GNU's messages quote a value in a UTF-8 locale (quote).
[[nodiscard]] std::string marked(std::string_view text);

// The text of --help.
[[nodiscard]] std::string help_text(Command const& command);

}
