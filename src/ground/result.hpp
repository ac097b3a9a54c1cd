#pragma once
// Result<T>: a value or an Error, for what may fail because of the world or of its content. std::expected's member
// names, so that it can become an alias of it once every compiler has one. Our own bugs are CW_ASSERT, not Errors.
//
//   Result<int> parse_port(std::string_view);
//   Result<void> open(std::string_view text) {
//       int const port = CW_TRY(parse_port(text)); // returns the Error to our caller
//       ...
//   }

#include "ground/assert.hpp"

#include <string>
#include <utility>
#include <variant>

namespace cw {

enum class ErrorCode { invalid, not_found, unsupported, limit, corrupt, denied, io };

// `code` is for tests and logic, `message` for people, `where` says what it is about (a path, a JSON pointer, a file).
struct Error {
    ErrorCode code = ErrorCode::invalid;
    std::string where;
    std::string message;
};

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return *get(); }
    T const& value() const& { return *const_cast<Result*>(this)->get(); }
    T&& value() && { return std::move(*get()); }
    T& operator*() { return *get(); }
    T const& operator*() const { return value(); }
    T* operator->() { return get(); }
    T const* operator->() const { return &value(); }
    Error const& error() const {
        CW_ASSERT(!has_value());
        return *std::get_if<1>(&state_);
    }
    template <class U>
    T value_or(U&& fallback) const& {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

  private:
    T* get() {
        CW_ASSERT(has_value());
        return std::get_if<0>(&state_);
    }
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), failed_(true) {}
    [[nodiscard]] bool has_value() const { return !failed_; }
    explicit operator bool() const { return !failed_; }
    void value() const { CW_ASSERT(!failed_); }
    Error const& error() const {
        CW_ASSERT(failed_);
        return error_;
    }

  private:
    Error error_;
    bool failed_ = false;
};

}

// The value of a Result, or a return of its Error from the calling function. Do not nest one in another.
#define CW_TRY(expression)                                    \
    __extension__({                                           \
        auto cw_result = (expression);                        \
        if (!cw_result.has_value()) return cw_result.error(); \
        std::move(cw_result).value();                         \
    })
