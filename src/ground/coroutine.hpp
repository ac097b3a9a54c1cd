#pragma once
// std::coroutine_handle and friends for C++20 coroutines on every compiler we build with. clang 14 beside libstdc++ or
// libc++ 13 (Debian 12's emcc) compiles coroutines but finds no usable <coroutine>; there the few names it looks up in
// namespace std are given here, over the compiler's own builtins. WebAssembly of that age has no tail calls, so
// await_suspend must return void or bool, never a handle: pass control on through a trampoline loop.

#if __has_include(<coroutine>) && defined(__cpp_impl_coroutine)
#include <coroutine>
#else

namespace std {

template <class R, class...>
struct coroutine_traits {
    using promise_type = typename R::promise_type;
};

template <class Promise = void>
struct coroutine_handle;

template <>
struct coroutine_handle<void> {
    constexpr coroutine_handle() noexcept = default;
    static coroutine_handle from_address(void* address) noexcept {
        coroutine_handle handle;
        handle.frame_ = address;
        return handle;
    }
    [[nodiscard]] void* address() const noexcept { return frame_; }
    explicit operator bool() const noexcept { return frame_ != nullptr; }
    void resume() const { __builtin_coro_resume(frame_); }
    void destroy() const { __builtin_coro_destroy(frame_); }
    [[nodiscard]] bool done() const { return __builtin_coro_done(frame_); }

  protected:
    void* frame_ = nullptr;
};

template <class Promise>
struct coroutine_handle : coroutine_handle<> {
    static coroutine_handle from_address(void* address) noexcept {
        coroutine_handle handle;
        handle.frame_ = address;
        return handle;
    }
    static coroutine_handle from_promise(Promise& promise) noexcept {
        coroutine_handle handle;
        handle.frame_ = __builtin_coro_promise(&promise, alignof(Promise), true);
        return handle;
    }
    Promise& promise() const {
        return *static_cast<Promise*>(__builtin_coro_promise(this->frame_, alignof(Promise), false));
    }
};

struct suspend_always {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(coroutine_handle<>) const noexcept {}
    void await_resume() const noexcept {}
};

struct suspend_never {
    [[nodiscard]] bool await_ready() const noexcept { return true; }
    void await_suspend(coroutine_handle<>) const noexcept {}
    void await_resume() const noexcept {}
};

}

#endif
