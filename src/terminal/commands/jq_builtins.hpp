#pragma once
// Between the files of jq's built-in functions: those of jq_text.cpp, for the table in jq_builtins.cpp. Each takes its
// input and then its arguments.

#include "terminal/commands/jq_machine.hpp"

namespace cw::terminal::commands::jq {

// "number (1)", for messages.
[[nodiscard]] std::string described(Value const& value);

Value format_value(Calls& calls, Value* values); // @json and its kin, by name
Value match_all(Calls& calls, Value* values); // regex, flags, and 0 for matches, 1 for whether there is one, 2 for sub
Value now(Calls& calls, Value* values);
Value broken_down(Calls& calls, Value* values); // gmtime
Value make_time(Calls& calls, Value* values);   // mktime
Value time_text(Calls& calls, Value* values);   // strftime
Value parsed_time(Calls& calls, Value* values); // strptime

}
