#include "terminal/variables.hpp"

#include "ground/assert.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace cw::terminal {

std::size_t IndexedArray::position(std::int64_t index) const {
    // Dense arrays, the usual case, need no search.
    if (index >= 0 && static_cast<std::size_t>(index) < elements_.size() &&
        elements_[static_cast<std::size_t>(index)].first == index)
        return static_cast<std::size_t>(index);
    if (elements_.empty() || elements_.back().first < index) return elements_.size();
    auto const at =
        std::lower_bound(elements_.begin(), elements_.end(), index,
                         [](Element const& element, std::int64_t wanted) { return element.first < wanted; });
    return static_cast<std::size_t>(at - elements_.begin());
}

std::string const* IndexedArray::find(std::int64_t index) const {
    std::size_t const at = position(index);
    return at < elements_.size() && elements_[at].first == index ? &elements_[at].second : nullptr;
}

bool IndexedArray::set(std::int64_t index, std::string value) {
    std::size_t const at = position(index);
    if (at < elements_.size() && elements_[at].first == index) {
        elements_[at].second = std::move(value);
        return true;
    }
    if (elements_.size() >= limits::array_elements) return false;
    elements_.insert(elements_.begin() + static_cast<std::ptrdiff_t>(at), Element{index, std::move(value)});
    return true;
}

void IndexedArray::erase(std::int64_t index) {
    std::size_t const at = position(index);
    if (at < elements_.size() && elements_[at].first == index)
        elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(at));
}

std::string const* AssociativeArray::find(std::string const& key) const {
    auto const at = entries_.find(key);
    return at == entries_.end() ? nullptr : &at->second.value;
}

bool AssociativeArray::set(std::string const& key, std::string value) {
    auto const at = entries_.find(key);
    if (at != entries_.end()) {
        at->second.value = std::move(value);
        return true;
    }
    if (entries_.size() >= limits::array_elements) return false;
    std::uint32_t hash = 2166136261u;
    for (char const c : key) hash = (hash * 16777619u) ^ static_cast<std::uint32_t>(static_cast<signed char>(c));
    entries_[key] = Entry{std::move(value), hash & (buckets_ - 1), next_sequence_++};
    return true;
}

std::vector<std::pair<std::string const*, std::string const*>> AssociativeArray::ordered() const {
    std::vector<std::pair<Entry const*, std::string const*>> sorted;
    sorted.reserve(entries_.size());
    for (auto const& [key, entry] : entries_) sorted.emplace_back(&entry, &key);
    std::sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) {
        return a.first->bucket != b.first->bucket ? a.first->bucket < b.first->bucket
                                                  : a.first->sequence > b.first->sequence;
    });
    std::vector<std::pair<std::string const*, std::string const*>> out;
    out.reserve(sorted.size());
    for (auto const& [entry, key] : sorted) out.emplace_back(key, &entry->value);
    return out;
}

IndexedArray& Variable::own_indexed() {
    if (!indexed)
        indexed = std::make_shared<IndexedArray>();
    else if (indexed.use_count() > 1)
        indexed = std::make_shared<IndexedArray>(*indexed);
    return *indexed;
}

AssociativeArray& Variable::own_associative() {
    if (!associative)
        associative = std::make_shared<AssociativeArray>();
    else if (associative.use_count() > 1)
        associative = std::make_shared<AssociativeArray>(*associative);
    return *associative;
}

std::string const* Variable::scalar() const {
    if (kind == VariableKind::scalar) return is_set ? &value : nullptr;
    if (kind == VariableKind::indexed) return indexed ? indexed->find(0) : nullptr;
    return associative ? associative->find("0") : nullptr;
}

void Variable::clear() {
    value.clear();
    indexed = nullptr;
    associative = nullptr;
}

Variable* Variables::find(std::string const& name) {
    auto const at = table_.find(name);
    return at == table_.end() ? nullptr : &at->second;
}
Variable const* Variables::find(std::string const& name) const { return const_cast<Variables*>(this)->find(name); }

void Variables::unset(std::string const& name, bool stays_local) {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        auto const saved = std::find_if(scope->saved.begin(), scope->saved.end(),
                                        [&](Saved const& item) { return item.name == name; });
        if (saved == scope->saved.end()) continue;
        bool innermost_function = scope->kind == ScopeKind::function;
        for (auto inner = scopes_.rbegin(); inner != scope; ++inner)
            if (inner->kind == ScopeKind::function) innermost_function = false;
        if (innermost_function || (stays_local && scope->kind == ScopeKind::function)) { // a local without a value
            Variable fresh;
            if (temporary(name)) fresh.attributes = table_[name].attributes & Variable::exported;
            table_[name] = std::move(fresh);
        } else {
            if (saved->before)
                table_[name] = std::move(*saved->before);
            else
                table_.erase(name);
            scope->saved.erase(saved);
        }
        return;
    }
    table_.erase(name);
}

std::optional<Variable> Variables::take_temporary(std::string const& name, bool only_innermost) {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        auto const saved = std::find_if(scope->saved.begin(), scope->saved.end(),
                                        [&](Saved const& item) { return item.name == name; });
        if (saved != scope->saved.end()) {
            if (scope->kind == ScopeKind::function) return {};
            std::optional<Variable> taken = std::move(table_[name]);
            if (saved->before)
                table_[name] = std::move(*saved->before);
            else
                table_.erase(name);
            scope->saved.erase(saved);
            return taken;
        }
        if (only_innermost) return {};
    }
    return {};
}

void Variables::pop_scope() {
    CW_ASSERT(!scopes_.empty());
    Scope scope = std::move(scopes_.back());
    scopes_.pop_back();
    for (auto saved = scope.saved.rbegin(); saved != scope.saved.rend(); ++saved) {
        if (saved->before)
            table_[saved->name] = std::move(*saved->before);
        else
            table_.erase(saved->name);
    }
}

void Variables::exchange_scope() {
    for (Saved& saved : scopes_.back().saved) {
        std::optional<Variable> hidden = std::move(saved.before);
        auto const shown = table_.find(saved.name);
        saved.before = shown == table_.end() ? std::optional<Variable>() : std::move(shown->second);
        if (hidden)
            table_[saved.name] = std::move(*hidden);
        else
            table_.erase(saved.name);
    }
}

bool Variables::in_function() const {
    return std::any_of(scopes_.begin(), scopes_.end(), [](Scope const& s) { return s.kind == ScopeKind::function; });
}

Variable& Variables::declare_local(std::string const& name, ScopeKind kind, bool& is_new) {
    auto const scope =
        std::find_if(scopes_.rbegin(), scopes_.rend(), [&](Scope const& item) { return item.kind == kind; });
    CW_ASSERT(scope != scopes_.rend());
    is_new = std::none_of(scope->saved.begin(), scope->saved.end(), [&](Saved const& s) { return s.name == name; });
    if (is_new) {
        auto const at = table_.find(name);
        scope->saved.push_back({name, at == table_.end() ? std::optional<Variable>() : std::move(at->second)});
        table_[name] = Variable{};
    }
    return table_[name];
}

bool Variables::is_local(std::string const& name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        for (Saved const& saved : scope->saved)
            if (saved.name == name) return scope->kind == ScopeKind::function;
        if (scope->kind == ScopeKind::function) return false;
    }
    return false;
}

bool Variables::is_bound(std::string const& name) const {
    for (Scope const& scope : scopes_)
        for (Saved const& saved : scope.saved)
            if (saved.name == name) return true;
    return false;
}

// `x=1 f`: inside f, x comes from the temporary scope right around the function's own.
Variable const* Variables::temporary(std::string const& name) const {
    auto scope = scopes_.rbegin();
    while (scope != scopes_.rend() && scope->kind != ScopeKind::function) ++scope;
    if (scope == scopes_.rend() || ++scope == scopes_.rend() || scope->kind != ScopeKind::temporary) return nullptr;
    for (Saved const& saved : scope->saved)
        if (saved.name == name) return find(name);
    return nullptr;
}

Variable* Variables::find_global(std::string const& name) {
    for (Scope& scope : scopes_)
        for (Saved& saved : scope.saved)
            if (saved.name == name) return saved.before ? &*saved.before : nullptr;
    return find(name);
}

Variable& Variables::create_global(std::string const& name) {
    for (Scope& scope : scopes_)
        for (Saved& saved : scope.saved)
            if (saved.name == name) {
                if (!saved.before) saved.before.emplace();
                return *saved.before;
            }
    return table_[name];
}

std::vector<std::string> Variables::local_names() const {
    std::vector<std::string> names;
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        if (scope->kind != ScopeKind::function) continue;
        for (Saved const& saved : scope->saved) names.push_back(saved.name);
        break;
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> Variables::names() const {
    std::vector<std::string> names;
    names.reserve(table_.size());
    for (auto const& entry : table_) names.push_back(entry.first);
    std::sort(names.begin(), names.end());
    return names;
}

std::size_t Variables::bytes() const {
    std::size_t sum = 0;
    for (auto const& entry : table_) sum += entry.second.value.size();
    return sum;
}

std::vector<std::string> Variables::environment() const {
    std::vector<std::string> out;
    auto const is_passed_on = [](Variable const& variable) {
        return variable.has(Variable::exported) && !variable.is_array() && variable.is_set;
    };
    for (auto const& [name, variable] : table_) {
        if (is_passed_on(variable)) out.push_back(name + "=" + variable.value);
        if (variable.is_set) continue;
        // A local without a value does not hide from programs what it hides from the function.
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
            auto const saved = std::find_if(scope->saved.begin(), scope->saved.end(),
                                            [&hidden = name](Saved const& item) { return item.name == hidden; });
            if (saved == scope->saved.end() || !saved->before || !saved->before->is_set) continue;
            if (is_passed_on(*saved->before)) out.push_back(name + "=" + saved->before->value);
            break;
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

}
