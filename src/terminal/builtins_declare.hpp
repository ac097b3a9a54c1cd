#pragma once
// One argument of declare, typeset, local, export or readonly: NAME, NAME=value, NAME[subscript]=value or NAME=( ... ),
// with the flags that stood before it. It follows bash's declare_builtin step by step, since what happens with name
// references, locals and arrays is the order of those steps.
//
//   Declaration(shell, arguments, at, flags).declare(local);

#include "terminal/builtins.hpp"

namespace cw::terminal {

struct DeclareFlags {
    unsigned add = 0, remove = 0;
    bool indexed = false, associative = false, global = false, print = false, functions = false, names_only = false;
    bool inherit = false, remove_array = false;
    bool done = false;
};

class Declaration {
  public:
    Declaration(Interpreter& shell, Words const& arguments, std::size_t at, DeclareFlags const& flags)
        : shell_(shell), builtin_(arguments[0]), word_(arguments[at]), at_(at), flags_(flags) {}
    bool declare(bool local);      // false with the error said
    bool mark(unsigned attribute); // export and readonly

  private:
    bool read_word();
    bool fail(std::string const& text);
    bool check_reference();
    std::string last_reference(std::string const& name, bool unset_too) const;
    [[nodiscard]] bool is_global() const { return flags_.global && shell_.variables.in_function(); }
    [[nodiscard]] Variable* find(std::string& name) const;
    bool make_local();
    bool resolve();
    bool check();
    bool store(bool created);
    bool store_list();
    bool store_reference(bool created);
    void keep_temporary();

    Interpreter& shell_;
    std::string const& builtin_;
    std::string const& word_;
    std::size_t at_;
    DeclareFlags flags_;
    std::string name_, subscript_, value_;
    std::string reference_;        // the nameref that led to the variable
    Variable* variable_ = nullptr; // what is declared; found again by name after assignments
    bool has_subscript_ = false, has_value_ = false, append_ = false;
    CompoundValue const* compound_ = nullptr;
};

}
