#pragma once
// CW_ASSERT: a check for our own bugs, kept in every build. A broken one calls the installed hook (the page shows its
// failure card) and then aborts. It is not for bad input: that is a Result or a Diagnostic.
//
//   CW_ASSERT(index < rows.size());

namespace cw {

using AssertHook = void (*)(char const* expression, char const* file, int line);

// Installs what a failed assertion calls before the program aborts; nullptr prints to stderr. Called once, by main.
void set_assert_hook(AssertHook hook);

[[noreturn]] void assertion_failed(char const* expression, char const* file, int line);

}

#define CW_ASSERT(condition) ((condition) ? void(0) : ::cw::assertion_failed(#condition, __FILE_NAME__, __LINE__))
#define CW_UNREACHABLE() ::cw::assertion_failed("unreachable", __FILE_NAME__, __LINE__)

#ifndef __FILE_NAME__
#define __FILE_NAME__ __FILE__ // gcc before 12
#endif
