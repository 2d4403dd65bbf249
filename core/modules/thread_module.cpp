// _thread.
#include <sys/syscall.h>
#include <unistd.h>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/modules/registry.h"
#include "core/modules/thread_functions.h"
#include "core/native_args.h"
#include "core/ops.h"

namespace turnstile {

bool make_thread_types(Mutator& m) {
  ProgramThreads& t = *m.runtime->threads;
  if (t.types_made.load(std::memory_order_acquire)) return true;
  LockScope scope(m, t.making_types);
  if (t.types_made.load(std::memory_order_relaxed)) return true;
  if (!make_lock_types(m, t) || !make_condition_type(m, t) || !make_signal_types(m, t) || !make_barrier_type(m, t) ||
      !make_thread_object_types(m, t) || !make_hook_type(m, t) || !make_local_type(m, t)) {
    return false;
  }
  t.types_made.store(true, std::memory_order_release);
  return true;
}

Value thread_get_ident(Mutator& m, const CallArgs&) { return make_uint(m, m.thread_id); }
Value thread_get_native_id(Mutator& m, const CallArgs&) { return make_int(m, syscall(SYS_gettid)); }
Value allocate_lock(Mutator& m, const CallArgs&) { return new_lock(m); }
Value allocate_rlock(Mutator& m, const CallArgs&) { return new_rlock(m); }

Value thread_stack_size(Mutator& m, const CallArgs& args) {
  constexpr std::int64_t kLeast = 32768;
  std::atomic<std::size_t>& stack_bytes = m.runtime->threads->stack_bytes;
  const auto before = static_cast<std::int64_t>(stack_bytes.load(std::memory_order_relaxed));
  if (args.positional == 0) return make_int(m, before);
  std::int64_t size;
  if (!to_index(m, args[0], &size)) return Value();
  if (size < 0) return raise_value_error(m, "size must be 0 or a positive value");
  if (size != 0 && size < kLeast) return raise_value_error(m, "size not valid: " + std::to_string(size) + " bytes");
  stack_bytes.store(static_cast<std::size_t>(size), std::memory_order_relaxed);
  return make_int(m, before);
}

namespace {

bool is_callable(Mutator& m, Value v) {
  const Type* cls = type_of(m, v);
  if (is_kind(v, Kind::function) || is_kind(v, Kind::bound_method)) return true;
  return (cls->slots != nullptr && cls->slots->call != nullptr) ||
         !lookup_type(m, cls, m.runtime->names.__call__).is_empty();
}

Value start_new_thread(Mutator& m, const CallArgs& args) {
  if (!is_callable(m, args[0])) return raise_type_error(m, "first arg must be callable");
  if (!is_kind(args[1], Kind::tuple)) return raise_type_error(m, "2nd arg must be a tuple");
  Value kwargs = args.positional == 3 ? args[2] : Value();
  if (!kwargs.is_empty() && !is_kind(kwargs, Kind::dict)) {
    return raise_type_error(m, "optional 3rd arg must be a dictionary");
  }
  auto record = std::make_shared<ThreadRecord>();
  record->daemon.store(true, std::memory_order_relaxed);
  record->phase.store(ThreadPhase::starting, std::memory_order_relaxed);
  if (!start_thread(m, record, Value(), args[0], args[1], kwargs)) return Value();
  return make_uint(m, record->ident.load(std::memory_order_relaxed));
}

Value thread_interrupt_main(Mutator& m, const CallArgs&) {
  m.runtime->interrupt_main();
  return m.runtime->deliver_interrupt(m) ? Value::none() : Value();
}

Value thread_exit(Mutator& m, const CallArgs&) {
  Value e = call(m, Value::object(m.runtime->exceptions.SystemExit), {});
  return e.is_empty() ? e : raise_value(m, e);
}

const NativeDef kDefs[] = {
    {"start_new_thread", start_new_thread, 2, 3},
    {"start_new", start_new_thread, 2, 3},
    {"allocate_lock", allocate_lock, 0, 0},
    {"allocate", allocate_lock, 0, 0},
    {"get_ident", thread_get_ident, 0, 0},
    {"get_native_id", thread_get_native_id, 0, 0},
    {"stack_size", thread_stack_size, 0, 1},
    {"interrupt_main", thread_interrupt_main, 0, 1},
    {"exit", thread_exit, 0, 0},
    {"exit_thread", thread_exit, 0, 0},
    {"_excepthook", default_excepthook, 1, 1},
};

}  // namespace

bool init_thread(Mutator& m, Module* module) {
  if (!make_thread_types(m)) return false;
  const ProgramThreads& t = *m.runtime->threads;
  return add_functions(m, module, kDefs) && add_constant(m, module, "LockType", Value::object(t.lock)) &&
         add_constant(m, module, "RLock", Value::object(t.rlock)) &&
         add_constant(m, module, "_local", Value::object(t.local)) &&
         add_constant(m, module, "_ExceptHookArgs", Value::object(t.hook_args)) &&
         add_constant(m, module, "error", Value::object(m.runtime->exceptions.RuntimeError)) &&
         add_constant(m, module, "TIMEOUT_MAX", Value::number(kTimeoutMax));
}

}  // namespace turnstile
