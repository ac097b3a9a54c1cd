// The arrays of awk and its random numbers.
#include "terminal/commands/awk_values.hpp"

#include <algorithm>
#include <cstdlib>

namespace cw::terminal::commands::awk {

namespace {

constexpr std::size_t sizes[] = {13, 127, 1021, 8191, 16381, 32749, 65497, 131101, 262147, 524309, 1048583};
constexpr std::size_t longest_chain = 2; // on average

std::uint32_t hash_of(std::string_view text) {
    std::uint32_t hash = 0;
    for (char const c : text) hash = static_cast<std::uint32_t>(static_cast<signed char>(c)) + 65599u * hash;
    return hash;
}

// As a number is printed, and not negative.
bool is_whole(std::string const& key) {
    if (key.empty() || key.size() > 10 || (key[0] == '0' && key.size() > 1)) return false;
    return key.find_first_not_of("0123456789") == std::string::npos && (key.size() < 10 || key <= "2147483647");
}

}

bool Variable::is_array() const { return array && array->used; }

Array::Table& Array::table_of(std::string const& key) {
    bool const by_number = numbers_.count > 0 || texts_.count == 0;
    return by_number && is_whole(key) ? numbers_ : texts_;
}

void Array::Table::grow() {
    auto const* const next = std::upper_bound(std::begin(sizes), std::end(sizes), chains.size());
    if (next == std::end(sizes)) return;
    std::vector<std::unique_ptr<Item>> old(*next);
    old.swap(chains);
    for (auto& chain : old)
        while (chain) {
            std::unique_ptr<Item> item = std::move(chain);
            chain = std::move(item->next);
            auto& head = chains[item->hash % chains.size()];
            item->next = std::move(head);
            head = std::move(item);
        }
}

Variable* Array::find(std::string const& key) {
    Table& table = table_of(key);
    if (table.count == 0) return nullptr;
    std::uint32_t const hash = hash_of(key);
    for (Item* item = table.chains[hash % table.chains.size()].get(); item; item = item->next.get())
        if (item->hash == hash && item->key == key) return &item->variable;
    return nullptr;
}

Variable& Array::at(std::string const& key) {
    if (Variable* const found = find(key)) return *found;
    Table& table = table_of(key);
    if (table.chains.empty()) table.grow();
    if (++table.count / table.chains.size() > longest_chain) table.grow();
    std::uint32_t const hash = hash_of(key);
    auto& head = table.chains[hash % table.chains.size()];
    auto item = std::make_unique<Item>();
    item->key = key;
    item->hash = hash;
    item->next = std::move(head);
    head = std::move(item);
    return head->variable;
}

void Array::remove(std::string const& key) {
    Table& table = table_of(key);
    if (table.count == 0) return;
    std::uint32_t const hash = hash_of(key);
    for (auto* item = &table.chains[hash % table.chains.size()]; *item; item = &(*item)->next) {
        if ((*item)->hash != hash || (*item)->key != key) continue;
        *item = std::move((*item)->next);
        if (--table.count == 0) table.chains.clear();
        return;
    }
}

void Array::clear() {
    numbers_ = Table();
    texts_ = Table();
}

std::vector<std::string> Array::keys() const {
    std::vector<std::string> out;
    for (Table const* const table : {&texts_, &numbers_})
        for (auto const& chain : table->chains)
            for (Item const* item = chain.get(); item; item = item->next.get()) out.push_back(item->key);
    std::sort(
        out.begin() + static_cast<std::ptrdiff_t>(texts_.count), out.end(),
        [](std::string const& a, std::string const& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    return out;
}

namespace {
constexpr std::size_t degree = 63, separation = 1, buffer_size = 512;
}

std::uint32_t Randomness::step() {
    std::uint32_t const out = (state_[front_] += state_[rear_]) >> 1;
    front_ = (front_ + 1) % degree;
    rear_ = (rear_ + 1) % degree;
    return out;
}

std::uint32_t Randomness::shuffled() {
    std::uint32_t const fresh = step();
    std::uint32_t& place = buffer_[last_ % buffer_size];
    last_ = place;
    place = fresh;
    return last_;
}

void Randomness::seed(std::uint32_t value) {
    state_.assign(degree, value);
    for (std::size_t i = 1; i < degree; ++i) {
        auto x = static_cast<std::int32_t>(state_[i - 1]);
        if (x == 0) x = 123459876;
        x = 16807 * (x % 127773) - 2836 * (x / 127773);
        state_[i] = static_cast<std::uint32_t>(x < 0 ? x + 0x7fffffff : x);
    }
    front_ = separation;
    rear_ = 0;
    buffer_.resize(buffer_size);
    for (std::uint32_t& one : buffer_) one = step();
    last_ = step();
    for (std::size_t i = 0; i < 10 * degree; ++i) shuffled();
}

double Randomness::next() {
    if (state_.empty()) seed(1);
    constexpr double divisor = 2147483648.0;
    double const low = shuffled(), high = shuffled();
    double const out = 0.5 + (low / divisor + high) / divisor - 0.5;
    return out < 1 ? out : 0.0;
}

}
