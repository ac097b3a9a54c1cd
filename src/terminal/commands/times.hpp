#pragma once
// Calendar time: seconds to and from dates (proleptic Gregorian; Hinnant, "chrono-Compatible Low-Level Date
// Algorithms"), strftime's formats with GNU's flags, and the dates that people type after date -d, in a zone. No leap
// seconds, no locale.

#include "terminal/commands/zones.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cw::terminal {

struct Civil {
    std::int64_t year = 1970;
    int month = 1, day = 1, hour = 0, minute = 0, second = 0;
    int week_day = 4; // 0 is Sunday
    int year_day = 0; // from 0
};

[[nodiscard]] Civil civil_from(std::int64_t seconds);
// Fields may be out of range: month 13 is January of the next year, day 0 the day before the first.
[[nodiscard]] std::int64_t seconds_from(Civil const& civil);

// date +FORMAT: all of strftime, %N, and the flags - _ 0 ^ with a width.
[[nodiscard]] std::string format_time(std::string_view format, std::int64_t time_ns, Zone const& zone = {});

// "2024-01-15 10:30", "@1700000000", "yesterday", "2 days ago", "next friday", "15 Jan 2024 +1 week" ...
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text, std::int64_t now_ns, Zone const& zone = {});

// As ls -l prints times: with the hour for the last half year, else with the year.
[[nodiscard]] std::string list_time(std::int64_t time_ns, std::int64_t now_ns, std::string_view old = "%b %e  %Y",
                                    std::string_view recent = "%b %e %H:%M", Zone const& zone = {});

}
