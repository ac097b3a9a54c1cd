#include "terminal/commands/jq_values.hpp"

#include "ground/id.hpp"
#include "ground/text.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <cmath>

namespace cw::terminal::commands::jq {

struct Box {
    Store* store;
    Kind kind;
    std::uint32_t owners = 0, depth = 1;
    std::size_t counted = 0;

    Box(Store& in, Kind of) : store(&in), kind(of) {}
    Box(Box const& other) : store(other.store), kind(other.kind), depth(other.depth) {}
    void count(std::size_t bytes) {
        store->bytes += bytes - counted;
        counted = bytes;
    }
};

namespace {

struct Text : Box {
    std::string text;
};

struct List : Box { // an array, or an object, which also has keys
    std::vector<Value> items, keys;
    std::vector<std::uint32_t> table; // of an object with many keys: places + 1 by hash, 0 where free

    void recount() {
        count(sizeof(List) + (items.capacity() + keys.capacity()) * sizeof(Value) + table.size() * sizeof table[0]);
    }
    // The slot of the table with the key, or the free one where it would be.
    std::size_t slot(std::string_view key) const {
        std::size_t at = hash32(key) & (table.size() - 1);
        while (table[at] && keys[table[at] - 1].text() != key) at = (at + 1) & (table.size() - 1);
        return at;
    }
    void index() {
        constexpr std::size_t few = 8;
        table.clear();
        if (keys.size() <= few) return;
        std::size_t wanted = 32;
        while (wanted < keys.size() * 3) wanted *= 2;
        table.resize(wanted);
        for (std::size_t i = 0; i < keys.size(); ++i) table[slot(keys[i].text())] = static_cast<std::uint32_t>(i + 1);
    }
    void hold(Value const& value);
};

}

Box const* box_of(Value const& value) { return value.box_; }

Value::Value(Box* box) : kind_(box->kind), box_(box) { ++box->owners; }

void Value::share() {
    if (kind_ >= Kind::text) ++box_->owners;
}

void Value::drop() {
    if (--box_->owners) return;
    box_->count(0);
    if (kind_ == Kind::text)
        delete static_cast<Text*>(box_);
    else
        delete static_cast<List*>(box_);
}

// The box, for a change: a copy if others have it too.
Box& Value::own() {
    if (box_->owners > 1) {
        if (kind_ == Kind::text) {
            *this = store().text(text());
        } else {
            auto* const copy = new List(*static_cast<List*>(box_));
            *this = Value(copy);
            copy->recount();
        }
    }
    return *box_;
}

bool Store::over() const { return too_deep || bytes > limits::jq_bytes; }

Value Store::text(std::string text) {
    auto* const made = new Text{{*this, Kind::text}, std::move(text)};
    made->count(sizeof(Text) + made->text.capacity());
    return Value(made);
}
Value Store::array() {
    auto* const made = new List{{*this, Kind::array}, {}, {}, {}};
    made->recount();
    return Value(made);
}
Value Store::object() {
    auto* const made = new List{{*this, Kind::object}, {}, {}, {}};
    made->recount();
    return Value(made);
}

Store& Value::store() const { return *box_->store; }
std::string const& Value::text() const { return static_cast<Text const*>(box_)->text; }
std::size_t Value::size() const { return kind_ >= Kind::array ? static_cast<List const*>(box_)->items.size() : 0; }
Value const& Value::item(std::size_t index) const { return static_cast<List const*>(box_)->items[index]; }
Value const& Value::key(std::size_t index) const { return static_cast<List const*>(box_)->keys[index]; }

std::size_t Value::place_of(std::string_view key) const {
    auto const& list = *static_cast<List const*>(box_);
    if (!list.table.empty()) {
        std::uint32_t const found = list.table[list.slot(key)];
        return found ? found - 1 : list.keys.size();
    }
    std::size_t at = 0;
    while (at < list.keys.size() && list.keys[at].text() != key) ++at;
    return at;
}

Value const* Value::find(std::string_view key) const {
    std::size_t const at = place_of(key);
    return at < size() ? &item(at) : nullptr;
}

bool Value::is_same(Value const& other) const {
    if (kind_ != other.kind_) return false;
    if (kind_ != Kind::number) return kind_ < Kind::number || box_ == other.box_;
    return number_ == other.number_ || (std::isnan(number_) && std::isnan(other.number_));
}

void List::hold(Value const& value) {
    if (value.kind() < Kind::text) return;
    depth = std::max(depth, box_of(value)->depth + 1);
    if (depth > limits::jq_depth) store->too_deep = true;
}

void Value::append(Value item) {
    auto& list = static_cast<List&>(own());
    list.hold(item);
    list.items.push_back(std::move(item));
    list.recount();
}

void Value::append_text(std::string_view more) {
    auto& mine = static_cast<Text&>(own());
    mine.text += more;
    mine.count(sizeof(Text) + mine.text.capacity());
}

void Value::set_item(std::size_t index, Value value) {
    auto& list = static_cast<List&>(own());
    list.hold(value);
    if (index >= list.items.size()) list.items.resize(index + 1, Value(Kind::null));
    list.items[index] = std::move(value);
    list.recount();
}

void Value::put(Value const& key, Value value) {
    std::size_t const at = place_of(key.text());
    if (at < size()) return set_item(at, std::move(value));
    auto& list = static_cast<List&>(own());
    list.hold(value);
    list.keys.push_back(key);
    list.items.push_back(std::move(value));
    if (list.keys.size() * 2 > list.table.size())
        list.index();
    else
        list.table[list.slot(key.text())] = static_cast<std::uint32_t>(list.keys.size());
    list.recount();
}

void Value::erase(std::size_t index) {
    auto& list = static_cast<List&>(own());
    list.items.erase(list.items.begin() + static_cast<std::ptrdiff_t>(index));
    if (kind_ == Kind::array) return;
    list.keys.erase(list.keys.begin() + static_cast<std::ptrdiff_t>(index));
    list.index();
}

Value Value::take(std::size_t index) {
    return std::exchange(static_cast<List&>(own()).items[index], Value(Kind::null));
}

std::string_view kind_name(Value const& value) {
    constexpr std::string_view names[] = {"none", "null", "boolean", "boolean", "number", "string", "array", "object"};
    return names[static_cast<std::size_t>(value.kind())];
}

std::vector<std::size_t> sorted_places(Value const& whole) {
    std::vector<std::size_t> places(whole.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    bool const by_key = whole.is(Kind::object);
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
        return compare(by_key ? whole.key(a) : whole.item(a), by_key ? whole.key(b) : whole.item(b)) < 0;
    });
    return places;
}

int compare(Value const& a, Value const& b) {
    if (a.kind() != b.kind()) return a.kind() < b.kind() ? -1 : 1;
    if (a.is(Kind::number)) {
        double const x = a.number(), y = b.number();
        return x < y || std::isnan(x) ? -1 : x == y ? 0 : 1; // nan is less than every number, itself too
    }
    if (a.is(Kind::text)) return a.text().compare(b.text());
    bool const by_key = a.is(Kind::object);
    std::size_t const common = std::min(a.size(), b.size());
    auto const rest = static_cast<int>(a.size() > b.size()) - static_cast<int>(a.size() < b.size());
    if (!by_key) {
        for (std::size_t i = 0; i < common; ++i)
            if (int const order = compare(a.item(i), b.item(i))) return order;
        return rest;
    }
    auto const of_a = sorted_places(a), of_b = sorted_places(b);
    for (std::size_t i = 0; i < common; ++i)
        if (int const order = compare(a.key(of_a[i]), b.key(of_b[i]))) return order;
    if (rest) return rest;
    for (std::size_t i = 0; i < common; ++i)
        if (int const order = compare(a.item(of_a[i]), b.item(of_b[i]))) return order;
    return 0;
}

namespace {

std::string cannot_index(Value const& from, Value const& key) {
    std::string text = "Cannot index " + std::string(kind_name(from)) + " with " + std::string(kind_name(key));
    if (key.is(Kind::text)) text += " \"" + key.text() + "\"";
    return text;
}

struct Range {
    std::size_t from = 0, to = 0;
};

// The bounds that a {start, end} asks for in `length` items; false and a message if they are no numbers.
bool bounds(Value const& from, Value const& to, std::size_t length, bool of_text, Range& range, std::string& error) {
    auto const is_bound = [](Value const& value) { return value.is(Kind::number) || value.is(Kind::null); };
    if (!is_bound(from) || !is_bound(to)) {
        error = of_text ? "Start and end indices of an string slice must be numbers"
                        : "Start and end indices of an array slice must be numbers";
        return false;
    }
    auto const count = static_cast<double>(length);
    double start = from.is(Kind::number) ? from.number() : 0, end = to.is(Kind::number) ? to.number() : count;
    if (start < 0) start += count;
    if (end < 0) end += count;
    start = start > 0 ? std::min(start, count) : 0;
    end = end > start ? std::min(end, count) : start;
    range = {static_cast<std::size_t>(start), std::min(static_cast<std::size_t>(std::ceil(end)), length)};
    return true;
}

Value part_of(Value const& key, std::string_view name) {
    Value const* const found = key.find(name);
    return found ? *found : Value();
}

// The place of a number in an array, `size` or more where it is outside.
std::size_t place(double number, std::size_t size) {
    double const at = std::floor(number);
    double const counted = at < 0 ? at + static_cast<double>(size) : at;
    return counted >= 0 && counted < 1e15 ? static_cast<std::size_t>(counted) : static_cast<std::size_t>(-1);
}

}

Value slice(Value const& whole, Value const& from, Value const& to, std::string& error) {
    Range range;
    if (whole.is(Kind::null)) return whole;
    if (whole.is(Kind::text)) {
        std::string const& text = whole.text();
        std::u32string const letters = to_utf32(text);
        if (!bounds(from, to, letters.size(), true, range, error)) return {};
        return whole.store().text(to_utf8(std::u32string_view(letters).substr(range.from, range.to - range.from)));
    }
    if (!bounds(from, to, whole.size(), false, range, error)) return {};
    Value part = whole.store().array();
    for (std::size_t i = range.from; i < range.to; ++i) part.append(whole.item(i));
    return part;
}

Value get_part(Value const& from, Value const& key, std::string& error) {
    bool const is_list = from.is(Kind::array), is_null = from.is(Kind::null);
    if (key.is(Kind::text) && from.is(Kind::object)) {
        Value const* const found = from.find(key.text());
        return found ? *found : Value(Kind::null);
    }
    if (key.is(Kind::number) && is_list) {
        bool const whole = key.number() == std::floor(key.number());
        std::size_t const at = whole ? place(key.number(), from.size()) : from.size();
        return at < from.size() ? from.item(at) : Value(Kind::null);
    }
    if (key.is(Kind::object) && (is_list || from.is(Kind::text)))
        return slice(from, part_of(key, "start"), part_of(key, "end"), error);
    if (key.is(Kind::array) && is_list) return indices_of(from, key);
    if (is_null && (key.is(Kind::text) || key.is(Kind::number) || key.is(Kind::object))) return from;
    error = cannot_index(from, key);
    return {};
}

namespace {

Value set_slice(Value into, Value const& key, Value part, std::string& error) {
    Range range;
    if (into.is(Kind::null)) into = key.store().array();
    if (!bounds(part_of(key, "start"), part_of(key, "end"), into.size(), false, range, error)) return {};
    if (!part.is(Kind::array)) {
        error = "A slice of an array can only be assigned another array";
        return {};
    }
    Value out = key.store().array();
    for (std::size_t i = 0; i < range.from; ++i) out.append(into.item(i));
    for (std::size_t i = 0; i < part.size(); ++i) out.append(part.item(i));
    for (std::size_t i = range.to; i < into.size(); ++i) out.append(into.item(i));
    return out;
}

Value set_part(Value into, Value const& key, Value part, Store& store, std::string& error) {
    bool const is_null = into.is(Kind::null);
    if (key.is(Kind::text) && (is_null || into.is(Kind::object))) {
        if (is_null) into = store.object();
        into.put(key, std::move(part));
        return into;
    }
    if (key.is(Kind::number) && (is_null || into.is(Kind::array))) {
        if (is_null) into = store.array();
        std::size_t const at = place(key.number(), into.size());
        if (at < limits::jq_items) {
            into.set_item(at, std::move(part));
            return into;
        }
        error = key.number() < 0 ? "Out of bounds negative array index" : "Array index too large";
        return {};
    }
    if (key.is(Kind::object) && (is_null || into.is(Kind::array))) return set_slice(into, key, std::move(part), error);
    error = "Cannot update field at " + std::string(kind_name(key)) + " index of " + std::string(kind_name(into));
    return {};
}

Value delete_part(Value from, Value const& key, std::string& error) {
    if (from.is(Kind::null)) return from;
    std::string const what(kind_name(key));
    if (from.is(Kind::array) && key.is(Kind::number)) {
        std::size_t const at = place(key.number(), from.size());
        if (at < from.size()) from.erase(at);
        return from;
    }
    if (from.is(Kind::array) && key.is(Kind::object)) return set_slice(from, key, key.store().array(), error);
    if (from.is(Kind::object) && key.is(Kind::text)) {
        std::size_t const at = from.place_of(key.text());
        if (at < from.size()) from.erase(at);
        return from;
    }
    error = from.is(Kind::array)    ? "Cannot delete " + what + " element of array"
            : from.is(Kind::object) ? "Cannot delete " + what + " field of object"
                                    : "Cannot delete fields from " + std::string(kind_name(from));
    return {};
}

// Takes the part out of its owner, so that a change of it need not copy.
Value take_part(Value& from, Value const& key, std::string& error) {
    if (key.is(Kind::text) && from.is(Kind::object)) {
        std::size_t const at = from.place_of(key.text());
        return at < from.size() ? from.take(at) : Value(Kind::null);
    }
    if (key.is(Kind::number) && from.is(Kind::array)) {
        std::size_t const at = place(key.number(), from.size());
        return at < from.size() ? from.take(at) : Value(Kind::null);
    }
    return get_part(from, key, error);
}

// With `part` none the path is deleted.
Value change(Value into, Value const& path, std::size_t at, Value part, std::string& error) {
    if (at == path.size()) return part.is(Kind::none) ? Value(Kind::null) : part;
    bool const deletes = part.is(Kind::none);
    Value const& key = path.item(at);
    if (deletes && at + 1 == path.size()) return delete_part(std::move(into), key, error);
    if (deletes && get_part(into, key, error).is(Kind::null)) return into;
    Value inner = error.empty() ? take_part(into, key, error) : Value();
    if (error.empty()) inner = change(std::move(inner), path, at + 1, std::move(part), error);
    return error.empty() ? set_part(std::move(into), key, std::move(inner), path.store(), error) : Value();
}

Value change_path(Value into, Value const& path, Value part, std::string& error) {
    if (!path.is(Kind::array)) {
        error = "Path must be specified as an array";
        return {};
    }
    if (path.size() > limits::jq_depth) {
        error = "Path too deep";
        return {};
    }
    return change(std::move(into), path, 0, std::move(part), error);
}

}

Value get_path(Value const& from, Value const& path, std::string& error) {
    if (!path.is(Kind::array)) error = "Path must be specified as an array";
    Value at = from;
    for (std::size_t i = 0; i < path.size() && error.empty() && !at.is(Kind::null); ++i)
        at = get_part(at, path.item(i), error);
    return error.empty() ? at : Value();
}

Value set_path(Value into, Value const& path, Value part, std::string& error) {
    return change_path(std::move(into), path, std::move(part), error);
}

Value delete_path(Value from, Value const& path, std::string& error) {
    return change_path(std::move(from), path, {}, error);
}

Value indices_of(Value const& whole, Value const& part) {
    Value out = (whole.kind() >= Kind::text ? whole : part).store().array();
    if (whole.is(Kind::text)) {
        std::string const& text = whole.text();
        if (part.text().empty()) return Value(Kind::null);
        for (std::size_t at = 0; (at = text.find(part.text(), at)) != std::string::npos; at += part.text().size())
            out.append(Value(static_cast<double>(at)));
        return out;
    }
    if (part.size() == 0) return Value(Kind::null);
    for (std::size_t i = 0; i + part.size() <= whole.size(); ++i) {
        std::size_t same = 0;
        while (same < part.size() && compare(whole.item(i + same), part.item(same)) == 0) ++same;
        if (same == part.size()) out.append(Value(static_cast<double>(i)));
    }
    return out;
}

}
