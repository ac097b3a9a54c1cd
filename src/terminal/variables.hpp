#pragma once
// Shell variables: scalars, indexed and associative arrays, attributes, and the dynamic scopes of functions and of
// `x=1 command`. A local hides what was there until its scope ends (shallow binding, so a lookup is one hash).
// Values are stored as given: attributes such as -i are applied by the interpreter, which also computes RANDOM and the
// like. Limits: limits::array_elements, limits::value_bytes (checked where values are made).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cw::terminal {

// Sparse, in index order.
class IndexedArray {
  public:
    using Element = std::pair<std::int64_t, std::string>;
    [[nodiscard]] std::string const* find(std::int64_t index) const;
    bool set(std::int64_t index, std::string value); // false when the array is full
    void erase(std::int64_t index);
    [[nodiscard]] std::int64_t next_index() const { return elements_.empty() ? 0 : elements_.back().first + 1; }
    [[nodiscard]] std::vector<Element> const& elements() const { return elements_; }
    [[nodiscard]] std::size_t size() const { return elements_.size(); }
    void clear() { elements_.clear(); }

  private:
    [[nodiscard]] std::size_t position(std::int64_t index) const;
    std::vector<Element> elements_;
};

// Keys come out in the order of bash's hash table (FNV-1 over 1,024 buckets, the newest of a bucket first), because
// people see that order.
class AssociativeArray {
  public:
    explicit AssociativeArray(std::uint32_t buckets = 1024) : buckets_(buckets) {} // a power of two
    [[nodiscard]] std::string const* find(std::string const& key) const;
    bool set(std::string const& key, std::string value);
    void erase(std::string const& key) { entries_.erase(key); }
    [[nodiscard]] std::vector<std::pair<std::string const*, std::string const*>> ordered() const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    void clear() { entries_.clear(); }

  private:
    struct Entry {
        std::string value;
        std::uint32_t bucket = 0;
        std::uint64_t sequence = 0;
    };
    std::unordered_map<std::string, Entry> entries_;
    std::uint64_t next_sequence_ = 0;
    std::uint32_t buckets_;
};

enum class VariableKind : std::uint8_t { scalar, indexed, associative };
// Values that are computed when they are read.
enum class Dynamic : std::uint8_t {
    none,
    random,
    secure_random,
    seconds,
    line_number,
    shell_pid,
    epoch_seconds,
    epoch_realtime,
    function_names,
    sources,
    line_numbers,
    pipe_status,
    directories,
    groups,
    history_number,
    command,
    subshell,
    last_argument,
    argument_zero,
    option_index,
    shell_options,
    bash_options,
    aliases,
    commands,
    argument_counts,
    argument_values,
};

struct Variable {
    enum Attribute : unsigned {
        exported = 1,
        readonly = 2,
        integer = 4,
        lower = 8,
        upper = 16,
        nameref = 32,
        traced = 64,
        capital = 128,
        changes_value = integer | lower | upper | capital,
    };
    VariableKind kind = VariableKind::scalar;
    Dynamic dynamic = Dynamic::none;
    bool is_set = false; // false: declared without a value
    unsigned attributes = 0;
    std::string value;
    std::shared_ptr<IndexedArray> indexed; // own copy: see clone rules in Variables
    std::shared_ptr<AssociativeArray> associative;
    [[nodiscard]] bool has(unsigned attribute) const { return (attributes & attribute) != 0; }
    [[nodiscard]] bool is_array() const { return kind != VariableKind::scalar; }
    // Arrays are shared between copies of a variable until one of them is written.
    IndexedArray& own_indexed();
    AssociativeArray& own_associative();
    // The scalar value: the variable itself, or element 0 of an array. Null if unset.
    [[nodiscard]] std::string const* scalar() const;
    void clear();
};

class Variables {
  public:
    [[nodiscard]] Variable* find(std::string const& name);
    [[nodiscard]] Variable const* find(std::string const& name) const;
    Variable& create(std::string const& name) { return table_[name]; }
    // Removes the visible binding; a local of a caller uncovers what it hid, unless it `stays_local`.
    void unset(std::string const& name, bool stays_local = false);

    enum class ScopeKind : std::uint8_t { function, temporary };
    void push_scope(ScopeKind kind) { scopes_.push_back({kind, {}}); }
    void pop_scope();
    void exchange_scope(); // what the innermost scope binds for what it hides, and back
    [[nodiscard]] bool in_function() const;
    // A new binding in the innermost function scope (or temporary scope); the old one comes back when it ends.
    // An existing binding of that scope is returned as it is, and `is_new` says so.
    Variable& declare_local(std::string const& name, ScopeKind kind, bool& is_new);
    [[nodiscard]] bool is_local(std::string const& name) const;             // to the innermost function
    [[nodiscard]] bool is_bound(std::string const& name) const;             // in some scope: it hides the global
    [[nodiscard]] Variable const* temporary(std::string const& name) const; // in the scope just outside this function
    // Ends the binding of `x=1 command` early and gives it out; none if the visible one is no such.
    std::optional<Variable> take_temporary(std::string const& name, bool only_innermost);
    // The binding outside of all functions.
    [[nodiscard]] Variable* find_global(std::string const& name);
    Variable& create_global(std::string const& name);
    [[nodiscard]] std::vector<std::string> local_names() const;

    [[nodiscard]] std::vector<std::string> names() const; // sorted
    [[nodiscard]] std::size_t bytes() const;              // of the scalar values, about
    [[nodiscard]] std::unordered_map<std::string, Variable> const& table() const { return table_; }
    [[nodiscard]] std::vector<std::string> environment() const; // "NAME=value" of the exported, sorted

  private:
    struct Saved {
        std::string name;
        std::optional<Variable> before;
    };
    struct Scope {
        ScopeKind kind;
        std::vector<Saved> saved;
    };
    std::unordered_map<std::string, Variable> table_;
    std::vector<Scope> scopes_;
};

}
