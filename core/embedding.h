// What a C++ program that hosts a runtime uses, beside Runtime<P> itself.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/mutator.h"
#include "core/runtime_core.h"
#include "core/value.h"

namespace turnstile {

/// The calling C++ thread takes part in the runtime while the scope lives: attached and running. Any thread but the one
/// that constructed the runtime. Construction may block (a stop is under way), and throws std::bad_alloc where the
/// system refuses the thread's stack.
class ThreadScope {
 public:
  explicit ThreadScope(RuntimeCore& runtime);
  ~ThreadScope();
  ThreadScope(const ThreadScope&) = delete;
  ThreadScope& operator=(const ThreadScope&) = delete;
  Mutator& mutator() { return m_; }

 private:
  RuntimeCore& runtime_;
  Mutator& m_;
};

/// The same for the thread that constructed the runtime: it is attached already, the scope lets it run.
class MainScope {
 public:
  explicit MainScope(RuntimeCore& runtime);
  ~MainScope();
  MainScope(const MainScope&) = delete;
  MainScope& operator=(const MainScope&) = delete;
  Mutator& mutator() { return runtime_.main_mutator(); }

 private:
  RuntimeCore& runtime_;
};

/// Makes a native function visible to all programs of the runtime under def->name; `def` outlives the runtime. False
/// with an exception.
bool define_builtin(Mutator& m, const NativeDef& def);

/// A global of __main__ (what run_main or run_source defined), or empty when there is none; nothing is raised.
Value main_global(Mutator& m, std::string_view name);

/// Runs statements in __main__'s namespace, which is made if need be. False with an exception.
bool run_source(Mutator& m, std::string_view source, std::string_view filename = "<string>");

/// Calls a global of __main__. Empty with an exception (NameError when it does not exist).
Value call_global(Mutator& m, std::string_view name, std::initializer_list<Value> args);

/// Takes the pending exception and returns the text that python3 would print for it; empty if none is pending.
std::string take_error(Mutator& m);

}  // namespace turnstile
