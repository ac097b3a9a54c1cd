#include "app/replay.hpp"

#include "app/event_fields.hpp"
#include "ground/match.hpp"
#include "ground/text.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "lesson/armour.hpp"

#include <limits>
#include <type_traits>

namespace cw::app {

namespace {

constexpr double most = std::numeric_limits<double>::max();

// Both archives take the same fields (event_fields.hpp); a field that has its default is left out of the text.
class FieldWriter {
  public:
    explicit FieldWriter(json::Writer& out) : out_(out) {}
    void text(std::string_view key, std::string const& value) {
        if (!value.empty()) out_.key(key).text(value);
    }
    void bytes(std::string_view key, std::string const& value) {
        if (!value.empty()) out_.key(key).text(lesson::to_base64url(value));
    }
    void number(std::string_view key, double value) {
        if (value != 0) out_.key(key).number(value);
    }
    void number(std::string_view key, int value) {
        if (value != 0) out_.key(key).integer(value);
    }
    void number(std::string_view key, std::uint64_t value) { // beyond what JSON's readers keep: as text
        if (value == 0) return;
        lesson::Bytes fixed;
        lesson::put_fixed(fixed, value, 8);
        out_.key(key).text(lesson::to_base64url(fixed));
    }
    void flag(std::string_view key, bool value) {
        if (value) out_.key(key).boolean(true);
    }
    template <class Enum>
    void word(std::string_view key, Enum value, std::initializer_list<std::string_view> words) {
        out_.key(key).text(words.begin()[static_cast<std::size_t>(value)]);
    }
    void texts(std::string_view key, std::map<std::string, std::string> const& values) {
        if (values.empty()) return;
        out_.key(key).begin_object();
        for (auto const& [name, value] : values) out_.key(name).text(lesson::to_base64url(value));
        out_.end();
    }

  private:
    json::Writer& out_;
};

class FieldReader {
  public:
    explicit FieldReader(json::Reader& in) : in_(in) {}
    void text(std::string_view key, std::string& value) { value = in_.text(key); }
    void bytes(std::string_view key, std::string& value) {
        std::string const text = in_.text(key);
        if (std::optional<lesson::Bytes> decoded = lesson::from_base64url(text))
            value = std::move(*decoded);
        else
            in_.error("\"" + std::string(key) + "\" is no base64url");
    }
    void number(std::string_view key, double& value) { value = in_.number(key, {-most, most}, 0); }
    void number(std::string_view key, int& value) { value = in_.integer(key, {-2e9, 2e9}, 0); }
    void number(std::string_view key, std::uint64_t& value) {
        std::string fixed;
        bytes(key, fixed);
        value = fixed.empty() ? 0 : lesson::BytesReader(fixed).fixed(8);
    }
    void flag(std::string_view key, bool& value) { value = in_.flag(key); }
    template <class Enum>
    void word(std::string_view key, Enum& value, std::initializer_list<std::string_view> words) {
        std::string const text = in_.text(key, json::Need::required);
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words.begin()[i] == text) {
                value = static_cast<Enum>(i);
                return;
            }
        in_.error("unknown " + std::string(key) + " \"" + text + "\"");
    }
    void texts(std::string_view key, std::map<std::string, std::string>& values) {
        std::optional<json::Reader> found = in_.field(key);
        if (!found || !found->expect(json::Kind::object)) return;
        FieldReader inside(*found);
        for (std::string const& name : found->keys()) inside.bytes(name, values[name]);
    }

  private:
    json::Reader& in_;
};

// The event of the variant's alternative `index` whose name is `name`.
template <std::size_t index = 0>
bool read_event(std::string_view name, FieldReader& in, Event& out) {
    if constexpr (index == std::variant_size_v<Event>) {
        return false;
    } else {
        using Alternative = std::variant_alternative_t<index, Event>;
        if (event_name(Alternative{}) != name) return read_event<index + 1>(name, in, out);
        Alternative event;
        fields(in, event);
        out = std::move(event);
        return true;
    }
}

Error at_line(int number, std::string message) {
    return {ErrorCode::invalid, std::to_string(number), "line " + std::to_string(number) + ": " + std::move(message)};
}

Result<Event> read_line(std::string_view line, int number) {
    json::Parsed const parsed = json::parse(line);
    json::Diagnostics found = parsed.diagnostics;
    if (!parsed.readable) return at_line(number, found.front().message);
    json::Reader in(parsed.root, found);
    std::string const name = in.text("event", json::Need::required);
    FieldReader reader(in);
    Event event = Next{};
    if (!name.empty() && !read_event(name, reader, event)) return at_line(number, "unknown event \"" + name + "\"");
    in.finish();
    if (!found.empty()) return at_line(number, found.front().message);
    return event;
}

}

std::string to_line(Event const& event) {
    json::Writer out;
    out.begin_object();
    match(event, [&](auto what) {
        out.key("event").text(event_name(what));
        FieldWriter writer(out);
        fields(writer, what);
    });
    return out.end().str();
}

std::string to_log(std::vector<Event> const& events) {
    std::string log;
    for (Event const& event : events) log += to_line(event) + "\n";
    return log;
}

Result<std::vector<Event>> read_log(std::string_view log) {
    std::vector<Event> events;
    int number = 0;
    for (std::string_view const line : split(log, '\n')) {
        ++number;
        if (is_blank(line) || line.front() == '#') continue;
        events.push_back(CW_TRY(read_line(line, number)));
    }
    return events;
}

}
