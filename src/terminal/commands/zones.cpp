#include "terminal/commands/zones.hpp"

#include "terminal/commands/times.hpp"

#include <algorithm>

namespace cw::terminal {

namespace {

// A rule and the places where it holds, line by line.
constexpr std::string_view places =
    "UTC0 UTC Etc/UTC\n"
    "GMT0 Etc/GMT GMT Africa/Accra Atlantic/Reykjavik\n"
    "GMT0BST,M3.5.0/1,M10.5.0 Europe/London\n"
    "IST-1GMT0,M10.5.0,M3.5.0/1 Europe/Dublin\n"
    "WET0WEST,M3.5.0/1,M10.5.0 Europe/Lisbon WET\n"
    "CET-1CEST,M3.5.0,M10.5.0/3 Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Amsterdam "
    "Europe/Brussels Europe/Vienna Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen "
    "Europe/Prague Europe/Warsaw Europe/Budapest Europe/Belgrade Europe/Zagreb Europe/Luxembourg "
    "Europe/Malta CET\n"
    "EET-2EEST,M3.5.0/3,M10.5.0/4 Europe/Athens Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Bucharest "
    "Europe/Sofia Europe/Riga Europe/Vilnius Europe/Tallinn EET\n"
    "<+03>-3 Europe/Istanbul Europe/Minsk Asia/Riyadh Asia/Baghdad Asia/Kuwait Asia/Qatar\n"
    "MSK-3 Europe/Moscow\n"
    "<+04>-4 Europe/Samara Asia/Dubai Asia/Tbilisi Asia/Yerevan Asia/Baku\n"
    "EST5EDT,M3.2.0,M11.1.0 America/New_York America/Toronto America/Detroit US/Eastern\n"
    "CST6CDT,M3.2.0,M11.1.0 America/Chicago America/Winnipeg US/Central\n"
    "MST7MDT,M3.2.0,M11.1.0 America/Denver America/Edmonton US/Mountain\n"
    "MST7 America/Phoenix US/Arizona MST\n"
    "PST8PDT,M3.2.0,M11.1.0 America/Los_Angeles America/Vancouver America/Tijuana US/Pacific\n"
    "AKST9AKDT,M3.2.0,M11.1.0 America/Anchorage US/Alaska\n"
    "HST10 Pacific/Honolulu US/Hawaii HST\n"
    "AST4ADT,M3.2.0,M11.1.0 America/Halifax\n"
    "NST3:30NDT,M3.2.0,M11.1.0 America/St_Johns\n"
    "<-03>3 America/Sao_Paulo America/Buenos_Aires America/Argentina/Buenos_Aires America/Montevideo\n"
    "<-05>5 America/Bogota America/Lima\n"
    "CST6 America/Mexico_City America/Guatemala America/Costa_Rica\n"
    "<-04>4 America/Caracas\n"
    "<-04>4<-03>,M9.1.6/24,M4.1.6/24 America/Santiago\n"
    "EST5 America/Panama America/Jamaica EST\n"
    "AST4 America/Puerto_Rico\n"
    "CST5CDT,M3.2.0/0,M11.1.0/1 America/Havana\n"
    "JST-9 Asia/Tokyo\n"
    "KST-9 Asia/Seoul\n"
    "CST-8 Asia/Shanghai Asia/Taipei\n"
    "HKT-8 Asia/Hong_Kong\n"
    "<+08>-8 Asia/Singapore Asia/Kuala_Lumpur\n"
    "PST-8 Asia/Manila\n"
    "WIB-7 Asia/Jakarta\n"
    "<+07>-7 Asia/Bangkok Asia/Ho_Chi_Minh Asia/Novosibirsk\n"
    "IST-5:30 Asia/Kolkata Asia/Calcutta\n"
    "<+0530>-5:30 Asia/Colombo\n"
    "PKT-5 Asia/Karachi\n"
    "<+06>-6 Asia/Dhaka\n"
    "<+0545>-5:45 Asia/Kathmandu\n"
    "<+0330>-3:30 Asia/Tehran\n"
    "IST-2IDT,M3.4.4/26,M10.5.0 Asia/Jerusalem\n"
    "<+05>-5 Asia/Tashkent Asia/Almaty Asia/Yekaterinburg\n"
    "<+0430>-4:30 Asia/Kabul\n"
    "<+0630>-6:30 Asia/Yangon\n"
    "<+10>-10 Asia/Vladivostok\n"
    "EET-2EEST,M4.5.5/0,M10.5.4/24 Africa/Cairo\n"
    "SAST-2 Africa/Johannesburg\n"
    "WAT-1 Africa/Lagos\n"
    "EAT-3 Africa/Nairobi Africa/Addis_Ababa\n"
    "CET-1 Africa/Algiers Africa/Tunis\n"
    "<+01>-1 Africa/Casablanca\n"
    "AEST-10AEDT,M10.1.0,M4.1.0/3 Australia/Sydney Australia/Melbourne Australia/Hobart\n"
    "AEST-10 Australia/Brisbane\n"
    "ACST-9:30ACDT,M10.1.0,M4.1.0/3 Australia/Adelaide\n"
    "ACST-9:30 Australia/Darwin\n"
    "AWST-8 Australia/Perth\n"
    "NZST-12NZDT,M9.5.0,M4.1.0/3 Pacific/Auckland\n"
    "<+12>-12 Pacific/Fiji\n"
    "ChST-10 Pacific/Guam\n"
    "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45 Pacific/Chatham\n"
    "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0 Australia/Lord_Howe\n"
    "<-01>1<+00>,M3.5.0/0,M10.5.0/1 Atlantic/Azores\n"
    "MET-1MEST,M3.5.0,M10.5.0/3 MET\n";

constexpr std::string_view usual_rules = ",M3.2.0,M11.1.0";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class RuleReader {
  public:
    explicit RuleReader(std::string_view text) : text_(text) {}

    bool read(Zone& zone) {
        if (!name(zone.name) || !time(zone.offset)) return false;
        zone.offset = -zone.offset;
        if (text_.empty()) return true;
        if (!name(zone.summer_name)) return false;
        zone.summer_offset = zone.offset + 3600;
        if (!text_.empty() && text_[0] != ',') {
            if (!time(zone.summer_offset)) return false;
            zone.summer_offset = -zone.summer_offset;
        }
        if (text_.empty()) text_ = usual_rules;
        return rule(zone.begins) && rule(zone.ends) && text_.empty();
    }

  private:
    bool take(char c) {
        if (text_.empty() || text_[0] != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool name(std::string& into) {
        bool const quoted = take('<');
        std::size_t end = 0;
        while (end < text_.size() &&
               (quoted ? text_[end] != '>' : (text_[end] | 32) >= 'a' && (text_[end] | 32) <= 'z'))
            ++end;
        into = text_.substr(0, end);
        text_.remove_prefix(end);
        return end >= 3 && (!quoted || take('>'));
    }
    bool number(int& value) {
        if (text_.empty() || !is_digit(text_[0])) return false;
        for (value = 0; !text_.empty() && is_digit(text_[0]); text_.remove_prefix(1))
            value = std::min(value * 10 + (text_[0] - '0'), 10000);
        return true;
    }
    // "[+-]hh[:mm[:ss]]" in seconds.
    bool time(int& seconds) {
        bool const negative = take('-');
        if (!negative) take('+');
        int part = 0;
        if (!number(part)) return false;
        seconds = part * 3600;
        for (int unit = 60; unit > 0 && take(':'); unit /= 60) {
            if (!number(part)) return false;
            seconds += part * unit;
        }
        if (negative) seconds = -seconds;
        return true;
    }
    bool rule(ZoneRule& rule) {
        if (!take(',')) return false;
        if (take('M')) {
            if (!number(rule.month) || !take('.') || !number(rule.week) || !take('.') || !number(rule.day))
                return false;
            if (rule.month < 1 || rule.month > 12 || rule.week < 1 || rule.week > 5 || rule.day > 6) return false;
        } else {
            rule.kind = take('J') ? 'J' : '0';
            if (!number(rule.day)) return false;
        }
        return !take('/') || time(rule.seconds);
    }

    std::string_view text_;
};

// Seconds since 1970, in local time, of when the rule takes effect that year.
std::int64_t moment(ZoneRule const& rule, std::int64_t year) {
    Civil day;
    day.year = year;
    if (rule.kind == 'M') {
        day.month = rule.month;
        int const first = civil_from(seconds_from(day)).week_day;
        day.day = 1 + (rule.day - first + 7) % 7 + 7 * (rule.week - 1);
        while (civil_from(seconds_from(day)).month != rule.month) day.day -= 7;
    } else {
        bool const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        day.day = rule.kind == '0' ? rule.day + 1 : rule.day + (leap && rule.day >= 60 ? 1 : 0);
    }
    return seconds_from(day) + rule.seconds;
}

}

Zone::Time Zone::at(std::int64_t seconds) const {
    if (summer_name.empty()) return {offset, name};
    std::int64_t const year = civil_from(seconds + offset).year;
    ZoneRule from = begins, to = ends;
    if (is_american && year < 2007) {
        from = {'M', 4, year < 1987 ? 5 : 1, 0, from.seconds};
        to = {'M', 10, 5, 0, to.seconds};
    }
    std::int64_t const start = moment(from, year) - offset, end = moment(to, year) - summer_offset;
    bool const summer = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end;
    return summer ? Time{summer_offset, summer_name} : Time{offset, name};
}

std::int64_t Zone::to_utc(std::int64_t local_seconds) const {
    if (summer_name.empty()) return local_seconds - offset;
    std::int64_t const summer = local_seconds - summer_offset;
    return at(summer).offset == summer_offset ? summer : local_seconds - offset;
}

Zone zone_named(std::string_view text) {
    if (text.substr(0, 1) == ":") text.remove_prefix(1);
    Zone zone;
    if (text.empty()) return zone;
    for (std::size_t at = 0; at < places.size();) {
        std::size_t const end = places.find('\n', at);
        std::string_view const line = places.substr(at, end - at);
        at = end + 1;
        for (std::size_t hit = 0; (hit = line.find(text, hit + 1)) != std::string_view::npos;) {
            std::size_t const after = hit + text.size();
            if (line[hit - 1] != ' ' || (after < line.size() && line[after] != ' ')) continue;
            std::string_view const rule = line.substr(0, line.find(' '));
            static_cast<void>(RuleReader(rule).read(zone));
            zone.is_american = rule.find(usual_rules) != std::string_view::npos;
            return zone;
        }
    }
    constexpr std::string_view plain = "Etc/GMT"; // Etc/GMT+5 is west of Greenwich
    if (text.substr(0, plain.size()) == plain && text.size() > plain.size() + 1) {
        std::string digits(text.substr(plain.size() + 1));
        if (digits.size() < 2) digits.insert(0, "0");
        char const sign = text[plain.size()] == '+' ? '-' : '+';
        if (RuleReader("<" + (sign + digits) + ">" + std::string(text.substr(plain.size()))).read(zone)) return zone;
    }
    Zone read;
    if (RuleReader(text).read(read)) {
        read.is_american = text.find(',') == std::string_view::npos;
        return read;
    }
    zone = {};
    zone.name = std::string(text.substr(0, std::min(text.find_first_of("/0123456789,<>+-"), text.size())));
    if (zone.name.size() < 3) zone.name = "UTC";
    return zone;
}

}
