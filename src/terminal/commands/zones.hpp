#pragma once
// Time zones as TZ names them: POSIX rules ("EST5EDT,M3.2.0,M11.1.0", "<+0545>-5:45") and the best known places of the
// tz database, by the rules that hold there today (America's also by those before 2007). No other history, no leap
// seconds.
//
//   Zone const zone = zone_named(p.env("TZ"));
//   zone.at(seconds).offset; zone.to_utc(local_seconds);

#include <cstdint>
#include <string>
#include <string_view>

namespace cw::terminal {

// When summer time begins or ends.
struct ZoneRule {
    char kind = 'M'; // M: weekday of a week of a month, J: day of the year without 29 February, 0: with it
    int month = 0, week = 0, day = 0; // day of the year for J and 0
    int seconds = 7200;               // of the local day
};

struct Zone {
    struct Time {
        int offset; // seconds east of Greenwich
        std::string_view name;
    };
    std::string name = "UTC", summer_name; // no summer time if empty
    int offset = 0, summer_offset = 0;
    ZoneRule begins, ends;
    bool is_american = false; // whose summer was shorter until 2006

    [[nodiscard]] Time at(std::int64_t seconds) const;
    [[nodiscard]] std::int64_t to_utc(std::int64_t local_seconds) const;
};

// Of TZ's text; what is not known is UTC, by that name.
[[nodiscard]] Zone zone_named(std::string_view text);

}
