#include "terminal/commands/times.hpp"

#include <algorithm>
#include <utility>

namespace cw::terminal {

namespace {

constexpr std::string_view day_names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::string_view month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};
constexpr std::int64_t billion = 1'000'000'000;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Days since 1970-01-01 of a date whose month is in range.
std::int64_t days_from(std::int64_t year, int month, std::int64_t day) {
    year -= month <= 2;
    std::int64_t const era = floor_divide(year, 400);
    std::int64_t const year_of_era = year - era * 400;
    std::int64_t const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct Field {
    char flag = 0; // - _ 0 ^ #
    int width = 0;
};

std::string number(std::int64_t value, int width, char fill, Field const& field) {
    if (field.flag == '-') return std::to_string(value);
    if (field.flag == '_') fill = ' ';
    if (field.flag == '0') fill = '0';
    std::string digits = std::to_string(value < 0 ? -value : value);
    int const wanted = std::max(width, field.width);
    int const sign = value < 0 ? 1 : 0;
    std::string const minus(static_cast<std::size_t>(sign), '-');
    if (fill == ' ') digits.insert(0, minus);
    while (static_cast<int>(digits.size()) + (fill == ' ' ? 0 : sign) < wanted) digits.insert(digits.begin(), fill);
    return fill == ' ' ? digits : minus + digits;
}

std::string text(std::string_view value, Field const& field) {
    std::string out(value);
    for (char& c : out)
        if ((field.flag == '^' || field.flag == '#') && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    while (static_cast<int>(out.size()) < field.width) out.insert(out.begin(), field.flag == '0' ? '0' : ' ');
    return out;
}

// ISO 8601 week: the year it belongs to in `year`.
int iso_week(Civil const& time, std::int64_t& year) {
    int const week_day = (time.week_day + 6) % 7; // Monday 0
    std::int64_t const thursday = days_from(time.year, time.month, time.day) - week_day + 3;
    Civil const at = civil_from(thursday * 86400);
    year = at.year;
    return at.year_day / 7 + 1;
}

// "+0530", "+05:30" by the colons; three of them show no more than there is.
std::string offset(int seconds, int colons, Field const& field) {
    int const size = seconds < 0 ? -seconds : seconds;
    auto const two = [](int value) { return std::to_string(value + 100).substr(1); };
    std::string out = std::to_string(size / 3600);
    if (field.flag != '-' && out.size() < 2) out.insert(0, 1, '0');
    if (colons < 3 || size % 3600) out += (colons ? ":" : "") + two(size / 60 % 60);
    if (colons == 2 || (colons == 3 && size % 60)) out += ":" + two(size % 60);
    while (static_cast<int>(out.size()) + 1 < field.width && field.flag != '_') out.insert(0, 1, '0');
    out.insert(0, 1, seconds < 0 ? '-' : '+');
    while (static_cast<int>(out.size()) < field.width) out.insert(0, 1, ' ');
    return out;
}

std::string format_one(char c, Field const& field, Civil const& t, std::int64_t time_ns, int colons, Zone const& zone) {
    std::int64_t year = 0;
    int const hour12 = t.hour % 12 == 0 ? 12 : t.hour % 12;
    auto const again = [&](std::string_view format) { return text(format_time(format, time_ns, zone), field); };
    auto const day = static_cast<std::size_t>(t.week_day), month = static_cast<std::size_t>(t.month - 1);
    switch (c) {
        case 'a': return text(day_names[day].substr(0, 3), field);
        case 'A': return text(day_names[day], field);
        case 'b':
        case 'h': return text(month_names[month].substr(0, 3), field);
        case 'B': return text(month_names[month], field);
        case 'c': return again("%a %b %e %H:%M:%S %Y");
        case 'C': return number(floor_divide(t.year, 100), 2, '0', field);
        case 'd': return number(t.day, 2, '0', field);
        case 'D':
        case 'x': return again("%m/%d/%y");
        case 'e': return number(t.day, 2, ' ', field);
        case 'F': return again("%Y-%m-%d");
        case 'g': return iso_week(t, year), number((year % 100 + 100) % 100, 2, '0', field);
        case 'G': return iso_week(t, year), number(year, 4, '0', field);
        case 'H': return number(t.hour, 2, '0', field);
        case 'I': return number(hour12, 2, '0', field);
        case 'j': return number(t.year_day + 1, 3, '0', field);
        case 'k': return number(t.hour, 2, ' ', field);
        case 'l': return number(hour12, 2, ' ', field);
        case 'm': return number(t.month, 2, '0', field);
        case 'M': return number(t.minute, 2, '0', field);
        case 'n': return "\n";
        case 'N': {
            std::string const digits = number(time_ns - floor_divide(time_ns, billion) * billion, 9, '0', {});
            int const width = field.flag == '-' ? 9 : field.width;
            return width > 0 && width < 9 ? digits.substr(0, static_cast<std::size_t>(width)) : digits;
        }
        case 'p': return text(t.hour < 12 ? "AM" : "PM", field);
        case 'P': return text(t.hour < 12 ? "am" : "pm", field);
        case 'q': return number((t.month + 2) / 3, 1, '0', field);
        case 'r': return again("%I:%M:%S %p");
        case 'R': return again("%H:%M");
        case 's': return number(floor_divide(time_ns, billion), 1, '0', field);
        case 'S': return number(t.second, 2, '0', field);
        case 't': return "\t";
        case 'T':
        case 'X': return again("%H:%M:%S");
        case 'u': return number(t.week_day == 0 ? 7 : t.week_day, 1, '0', field);
        case 'U': return number((t.year_day + 7 - t.week_day) / 7, 2, '0', field);
        case 'V': return number(iso_week(t, year), 2, '0', field);
        case 'w': return number(t.week_day, 1, '0', field);
        case 'W': return number((t.year_day + 7 - (t.week_day + 6) % 7) / 7, 2, '0', field);
        case 'y': return number((t.year % 100 + 100) % 100, 2, '0', field);
        case 'Y': return number(t.year, t.year >= 1000 ? 1 : 4, '0', field);
        case 'z': return offset(zone.at(floor_divide(time_ns, billion)).offset, colons, field);
        case 'Z': {
            std::string name = text(zone.at(floor_divide(time_ns, billion)).name, field);
            if (field.flag == '#')
                for (char& letter : name)
                    letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
            return name;
        }
        case '%': return "%";
        default: return {};
    }
}

}

Civil civil_from(std::int64_t seconds) {
    Civil t;
    std::int64_t const days = floor_divide(seconds, 86400);
    auto const rest = static_cast<int>(seconds - days * 86400);
    std::int64_t const shifted = days + 719468;
    std::int64_t const era = floor_divide(shifted, 146097);
    std::int64_t const day_of_era = shifted - era * 146097;
    std::int64_t const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    std::int64_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    std::int64_t const month = (5 * day_of_year + 2) / 153;
    t.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
    t.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    t.year = year_of_era + era * 400 + (t.month <= 2 ? 1 : 0);
    t.hour = rest / 3600;
    t.minute = rest / 60 % 60;
    t.second = rest % 60;
    t.week_day = static_cast<int>(((days + 4) % 7 + 7) % 7);
    t.year_day = static_cast<int>(days - days_from(t.year, 1, 1));
    return t;
}

std::int64_t seconds_from(Civil const& t) {
    std::int64_t const months = t.month - 1;
    std::int64_t const year = t.year + floor_divide(months, 12);
    auto const month = static_cast<int>(months - floor_divide(months, 12) * 12) + 1;
    return ((days_from(year, month, 1) + t.day - 1) * 24 + t.hour) * 3600 + t.minute * 60 + t.second;
}

std::string format_time(std::string_view format, std::int64_t time_ns, Zone const& zone) {
    std::int64_t const seconds = floor_divide(time_ns, billion);
    Civil const t = civil_from(seconds + zone.at(seconds).offset);
    std::string out;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%' || at + 1 == format.size()) {
            out += format[at];
            continue;
        }
        std::size_t const start = at++;
        Field field;
        int colons = 0;
        while (at < format.size() && std::string_view("-_0^#+").find(format[at]) != std::string_view::npos)
            field.flag = format[at++];
        while (at < format.size() && format[at] >= '0' && format[at] <= '9')
            field.width = std::min(field.width * 10 + (format[at++] - '0'), 4096);
        while (at < format.size() && format[at] == ':') ++colons, ++at;
        if (at < format.size() && (format[at] == 'E' || format[at] == 'O') && at + 1 < format.size()) ++at;
        if (at == format.size()) {
            out += format.substr(start);
            break;
        }
        std::string const piece = format_one(format[at], field, t, time_ns, colons, zone);
        if (piece.empty())
            out += format.substr(start, at - start + 1);
        else
            out += piece;
    }
    return out;
}

std::string list_time(std::int64_t time_ns, std::int64_t now_ns, std::string_view old, std::string_view recent,
                      Zone const& zone) {
    constexpr std::int64_t half_year = 31556952ll / 2 * billion;
    bool const is_recent = time_ns <= now_ns && time_ns > now_ns - half_year;
    return format_time(is_recent ? recent : old, time_ns, zone);
}

namespace {

// A reader of typed dates: words and numbers set fields or add spans, in any order.
class DateReader {
  public:
    DateReader(std::string_view source, std::int64_t now_ns, Zone zone) : zone_(std::move(zone)) {
        std::int64_t const now = floor_divide(now_ns, billion);
        if (source.substr(0, 4) == "TZ=\"") {
            std::size_t const end = std::min(source.find('"', 4), source.size() - 1);
            zone_ = zone_named(source.substr(4, end - 4));
            source.remove_prefix(end + 1);
        }
        t_ = civil_from(now + zone_.at(now).offset);
        for (char const c : source) text_ += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        nanoseconds_ = now_ns - floor_divide(now_ns, billion) * billion;
    }

    std::optional<std::int64_t> read() {
        if (skip(); at_ == text_.size()) clear_time();
        for (; at_ < text_.size(); skip(), ++items_)
            if (!item()) return {};
        if (is_absolute_) return items_ == 1 ? std::optional(absolute_) : std::nullopt;
        if ((has_date_ || week_day_ >= 0) && !has_time_) clear_time();
        t_.year += years_;
        t_.month += static_cast<int>(months_);
        if (week_day_ >= 0 && !has_date_) {
            Civil const day = civil_from(seconds_from(t_));
            int ahead = (week_day_ - day.week_day + 7) % 7;
            ahead += 7 * (week_step_ - (week_step_ > 0 && ahead != 0 ? 1 : 0));
            t_.day += ahead;
        }
        t_.day += static_cast<int>(days_);
        std::int64_t const local = seconds_from(t_);
        return ((has_zone_ ? local - offset_ : zone_.to_utc(local)) + seconds_) * billion + nanoseconds_;
    }

  private:
    void skip() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == ',' || text_[at_] == '\n'))
            ++at_;
    }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
    void clear_time() {
        t_.hour = t_.minute = t_.second = 0;
        nanoseconds_ = 0;
    }
    std::int64_t digits(int& count) {
        std::int64_t value = 0;
        for (count = 0; is_digit(peek()) && count < 15; ++count) value = value * 10 + (text_[at_++] - '0');
        return value;
    }
    bool item() {
        char const c = peek();
        if (c == '@') return epoch();
        if (is_letter(c)) return word();
        if (is_digit(c)) return number_item();
        if ((c == '+' || c == '-') && (is_digit(peek(1)) || peek(1) == ' ')) return relative();
        return false;
    }
    bool epoch() {
        ++at_;
        bool const negative = peek() == '-';
        if (negative || peek() == '+') ++at_;
        int count = 0;
        std::int64_t const value = digits(count);
        std::int64_t fraction = 0;
        if (peek() == '.') {
            ++at_;
            std::int64_t place = billion / 10;
            while (is_digit(peek())) fraction += (text_[at_++] - '0') * place, place /= 10;
        }
        absolute_ = (negative ? -value : value) * billion + fraction;
        is_absolute_ = true;
        return count > 0;
    }
    std::string take_word() {
        std::size_t const from = at_;
        while (is_letter(peek())) ++at_;
        std::string word = text_.substr(from, at_ - from);
        if (peek() == '.' && word.size() <= 4) ++at_;
        return word;
    }
    static int lookup(std::string_view word, std::string_view const* names, int count) {
        for (int i = 0; i < count; ++i) {
            std::string name(names[i]);
            name[0] = static_cast<char>(name[0] + 32);
            if (word == name || (word.size() == 3 && name.compare(0, 3, word) == 0)) return i;
        }
        return -1;
    }
    bool add_span(std::string_view unit, std::int64_t count) {
        if (unit.size() > 1 && unit.back() == 's' && unit != "s") unit.remove_suffix(1);
        if (unit == "year")
            years_ += count;
        else if (unit == "month")
            months_ += count;
        else if (unit == "fortnight")
            days_ += 14 * count;
        else if (unit == "week")
            days_ += 7 * count;
        else if (unit == "day")
            days_ += count;
        else if (unit == "hour")
            seconds_ += 3600 * count;
        else if (unit == "minute" || unit == "min")
            seconds_ += 60 * count;
        else if (unit == "second" || unit == "sec")
            seconds_ += count;
        else
            return false;
        return true;
    }
    // After a span: "ago" turns it round.
    bool span(std::int64_t count) {
        skip();
        std::string const unit = take_word();
        std::size_t const mark = at_;
        skip();
        if (take_word() == "ago")
            count = -count;
        else
            at_ = mark;
        return add_span(unit, count);
    }
    bool relative() {
        bool const negative = peek() == '-';
        ++at_;
        skip();
        int count = 0;
        std::int64_t const value = digits(count);
        if (has_time_ && !has_zone_) { // GNU reads a signed number after a time as its zone, whatever follows
            if (count > 4 || (count <= 2 && value > 24)) return false;
            int more = 0;
            std::int64_t minutes = count > 2 ? value % 100 : 0;
            if (count <= 2 && peek() == ':') ++at_, minutes = digits(more);
            offset_ = ((count > 2 ? value / 100 : value) * 60 + minutes) * 60 * (negative ? -1 : 1);
            return has_zone_ = true;
        }
        return span(negative ? -value : value);
    }
    [[nodiscard]] char skipped() const {
        std::size_t at = at_;
        while (at < text_.size() && text_[at] == ' ') ++at;
        return at < text_.size() ? text_[at] : '\0';
    }
    bool word() {
        std::size_t const start = at_;
        std::string const word = take_word();
        if (word == "t" && has_date_ && is_digit(peek())) return true;
        if (has_time_ || word == "utc" || word == "gmt")
            if (auto const known = zone_offset(word)) {
                offset_ += *known * 60;
                return has_zone_ = true;
            }
        if (word == "now" || word == "today") return true;
        if (word == "yesterday") return --days_, true;
        if (word == "tomorrow") return ++days_, true;
        if (word == "am" || word == "pm") {
            if (!has_time_ || t_.hour < 1 || t_.hour > 12) return false;
            t_.hour = t_.hour % 12 + (word == "pm" ? 12 : 0);
            return true;
        }
        if (word == "next" || word == "last" || word == "this") {
            int const step = word == "next" ? 1 : word == "last" ? -1 : 0;
            skip();
            std::string const unit = take_word();
            if (int const day = lookup(unit, day_names, 7); day >= 0) {
                week_day_ = day;
                week_step_ = step;
                return true;
            }
            return add_span(unit, step);
        }
        if (int const day = lookup(word, day_names, 7); day >= 0) {
            week_day_ = day;
            return true;
        }
        if (int const month = lookup(word, month_names, 12); month >= 0) return month_first(month + 1);
        constexpr std::string_view ordinals[] = {"First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh"};
        if (int const nth = lookup(word, ordinals, 7); nth >= 0 && word != "second") return span(nth + 1);
        at_ = start;
        return span(1);
    }
    // Minutes east of Greenwich of "est", "z" and the like.
    [[nodiscard]] std::optional<int> zone_offset(std::string_view word) const {
        struct Known {
            std::string_view name;
            int minutes;
        };
        constexpr Known all[] = {
            {"utc", 0},    {"gmt", 0},    {"ut", 0},     {"wet", 0},     {"west", 60},   {"bst", 60},
            {"cet", 60},   {"cest", 120}, {"met", 60},   {"mest", 120},  {"eet", 120},   {"eest", 180},
            {"msk", 180},  {"msd", 240},  {"ist", 330},  {"sgt", 480},   {"jst", 540},   {"kst", 540},
            {"gst", 600},  {"nzst", 720}, {"nzdt", 780}, {"nst", -210},  {"ndt", -150},  {"ast", -240},
            {"adt", -180}, {"est", -300}, {"edt", -240}, {"cst", -360},  {"cdt", -300},  {"mst", -420},
            {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600}};
        auto const same = [&](std::string_view name) {
            return name.size() == word.size() &&
                   std::equal(name.begin(), name.end(), word.begin(), [](char a, char b) { return (a | 32) == b; });
        };
        if (same(zone_.name)) return zone_.offset / 60;
        if (same(zone_.summer_name)) return zone_.summer_offset / 60;
        for (Known const& one : all)
            if (one.name == word) return one.minutes;
        if (word.size() != 1) return {};
        char const c = word[0]; // the military ones; j is none, t separates
        if (c == 'j' || c == 't') return {};
        return 60 * (c == 'z' ? 0 : c < 'j' ? c - 'a' + 1 : c < 'n' ? c - 'a' : 'm' - c);
    }
    // "Jan 15 2024", "Jan 15", "Jan 15, 2024".
    bool month_first(int month) {
        skip();
        if (peek() == '-') ++at_;
        int count = 0;
        t_.month = month;
        t_.day = static_cast<int>(digits(count));
        if (count == 0 || count > 2) return false;
        year_follows();
        return set_date();
    }
    void year_follows() {
        std::size_t const mark = at_;
        skip();
        if (peek() == '-') ++at_;
        int count = 0;
        std::int64_t const year = digits(count);
        if (count == 4 && peek() != ':')
            t_.year = year;
        else
            at_ = mark;
    }
    bool set_date() {
        if (t_.month < 1 || t_.month > 12 || t_.day < 1) return false;
        Civil const same = civil_from(seconds_from(t_));
        has_date_ = true;
        return same.month == t_.month; // no 31 April
    }
    bool time_after_hour(std::int64_t hour) {
        int count = 0;
        clear_time();
        t_.hour = static_cast<int>(hour);
        if (peek() == ':') {
            ++at_;
            t_.minute = static_cast<int>(digits(count));
            if (count != 2) return false;
            if (peek() == ':') {
                ++at_;
                t_.second = static_cast<int>(digits(count));
                if (peek() == '.') {
                    ++at_;
                    std::int64_t place = billion / 10;
                    while (is_digit(peek())) nanoseconds_ += (text_[at_++] - '0') * place, place /= 10;
                }
            }
        }
        return has_time_ = t_.hour < 24 && t_.minute < 60 && t_.second <= 60;
    }
    bool number_item() {
        int count = 0;
        std::int64_t const value = digits(count);
        char const after = peek();
        if (after == ':') return time_after_hour(value);
        if (after == '-' && count == 4) { // 2024-01-15
            ++at_;
            t_.year = value;
            t_.month = static_cast<int>(digits(count));
            if (peek() != '-' || count == 0) return false;
            ++at_;
            t_.day = static_cast<int>(digits(count));
            return count > 0 && set_date();
        }
        if (after == '/') { // 01/15/2024, 2024/01/15
            ++at_;
            int middle = 0, last = 0;
            std::int64_t const second = digits(middle);
            std::int64_t third = t_.year;
            if (peek() == '/') ++at_, third = digits(last);
            bool const year_first = count == 4;
            t_.year = year_first ? value : last == 2 ? third + (third < 69 ? 2000 : 1900) : third;
            t_.month = static_cast<int>(year_first ? second : value);
            t_.day = static_cast<int>(year_first ? third : second);
            return middle > 0 && set_date();
        }
        char const next = skipped();
        if (count > 4 && !is_letter(next)) { // 20240115
            std::int64_t const year = value / 10000;
            t_.year = count == 6 ? year + (year < 69 ? 2000 : 1900) : year;
            t_.month = static_cast<int>(value / 100 % 100);
            t_.day = static_cast<int>(value % 100);
            return set_date();
        }
        if (is_letter(next) || (after == '-' && is_letter(peek(1)))) return number_and_word(value);
        if (has_date_ && !has_year_ && count == 4 && has_time_) { // the year of date's own format
            t_.year = value;
            return has_year_ = true;
        }
        if (count <= 4 && !has_time_) { // 1030, or the hour alone
            clear_time();
            t_.hour = static_cast<int>(count > 2 ? value / 100 : value);
            t_.minute = static_cast<int>(count > 2 ? value % 100 : 0);
            return has_time_ = t_.hour < 24 && t_.minute < 60;
        }
        return false;
    }
    // "15 January 2024", "3 days", "5pm".
    bool number_and_word(std::int64_t value) {
        if (peek() == '-') ++at_;
        skip();
        std::size_t const mark = at_;
        std::string const word = take_word();
        if (int const month = lookup(word, month_names, 12); month >= 0 && word != "second") {
            t_.day = static_cast<int>(value);
            t_.month = month + 1;
            year_follows();
            return set_date();
        }
        if (word == "am" || word == "pm") {
            clear_time();
            t_.hour = static_cast<int>(value) % 12 + (word == "pm" ? 12 : 0);
            return has_time_ = value >= 1 && value <= 12;
        }
        at_ = mark;
        return span(value);
    }

    std::string text_;
    std::size_t at_ = 0, items_ = 0;
    Zone zone_;
    Civil t_;
    std::int64_t nanoseconds_ = 0, absolute_ = 0;
    std::int64_t years_ = 0, months_ = 0, days_ = 0, seconds_ = 0, offset_ = 0;
    int week_day_ = -1, week_step_ = 0;
    bool has_date_ = false, has_year_ = false, has_time_ = false, has_zone_ = false, is_absolute_ = false;
};

}

std::optional<std::int64_t> parse_time(std::string_view text, std::int64_t now_ns, Zone const& zone) {
    return DateReader(text, now_ns, zone).read();
}

}
