// threading: what is neither a class nor shared with _thread.
#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/modules/registry.h"
#include "core/modules/thread_functions.h"
#include "core/ops.h"

namespace turnstile {

namespace {

Value threading_current_thread(Mutator& m, const CallArgs&) {
  NativeObject* thread = current_thread_object(m);
  return thread == nullptr ? Value() : Value::object(thread);
}

Value threading_main_thread(Mutator& m, const CallArgs& args) {
  Value main = m.runtime->main_mutator().thread_object.load();
  // The first import of threading makes it; where that was another thread's, the main thread has not asked yet.
  return main.is_empty() && m.is_main ? threading_current_thread(m, args) : main.is_empty() ? Value::none() : main;
}

Value threading_active_count(Mutator& m, const CallArgs&) {
  ProgramThreads& threads = *m.runtime->threads;
  std::scoped_lock lock(threads.mutex);
  return Value::small_int(static_cast<std::int64_t>(threads.alive.size()));
}

Value threading_enumerate(Mutator& m, const CallArgs&) {
  ProgramThreads& threads = *m.runtime->threads;
  std::size_t capacity = 16;
  for (;;) {
    ValueBuffer* found = allocate_buffer(m, static_cast<std::uint32_t>(capacity));  // before the mutex: may collect
    if (found == nullptr) return Value();
    std::size_t count;
    {
      std::scoped_lock lock(threads.mutex);
      count = threads.alive.size();
      for (std::size_t i = 0; count <= capacity && i < count; ++i)
        found->items[i].store_relaxed(Value::object(threads.alive[i]));
    }
    if (count <= capacity) {
      static_assert(sizeof(AtomicValue) == sizeof(Value));
      List* list = make_list(m, reinterpret_cast<const Value*>(found->items), count);
      return list == nullptr ? Value() : Value::object(list);
    }
    capacity = count + count / 4;
  }
}

const NativeDef kDefs[] = {
    {"Lock", allocate_lock, 0, 0},
    {"RLock", allocate_rlock, 0, 0},
    {"current_thread", threading_current_thread, 0, 0},
    {"currentThread", threading_current_thread, 0, 0},
    {"main_thread", threading_main_thread, 0, 0},
    {"active_count", threading_active_count, 0, 0},
    {"activeCount", threading_active_count, 0, 0},
    {"enumerate", threading_enumerate, 0, 0},
    {"get_ident", thread_get_ident, 0, 0},
    {"get_native_id", thread_get_native_id, 0, 0},
    {"stack_size", thread_stack_size, 0, 1},
    {"excepthook", default_excepthook, 1, 1},
    {"__excepthook__", default_excepthook, 1, 1},
};

}  // namespace

bool init_threading(Mutator& m, Module* module) {
  if (!make_thread_types(m)) return false;
  if (m.is_main && current_thread_object(m) == nullptr) return false;
  const ProgramThreads& t = *m.runtime->threads;
  const auto add = [&](const char* name, Type* cls) { return add_constant(m, module, name, Value::object(cls)); };
  return add_functions(m, module, kDefs) && add("Thread", t.thread) && add("Timer", t.timer) &&
         add("Condition", t.condition) && add("Event", t.event) && add("Semaphore", t.semaphore) &&
         add("BoundedSemaphore", t.bounded_semaphore) && add("Barrier", t.barrier) &&
         add("BrokenBarrierError", t.broken_barrier_error) && add("local", t.local) &&
         add("ExceptHookArgs", t.hook_args) && add("_MainThread", t.main_thread) &&
         add("_DummyThread", t.dummy_thread) && add("ThreadError", m.runtime->exceptions.RuntimeError) &&
         add_constant(m, module, "TIMEOUT_MAX", Value::number(kTimeoutMax));
}

}  // namespace turnstile
