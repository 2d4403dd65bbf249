// threading.Event, Semaphore and BoundedSemaphore.
#include <string>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/ops.h"

namespace turnstile {

WaitResult EventCore::wait(Mutator& m, Deadline deadline) {
  if (set.load(std::memory_order_acquire)) return WaitResult::woken;
  std::unique_lock lock(waiting.mutex);
  if (set.load(std::memory_order_relaxed)) return WaitResult::woken;
  return waiting.wait(m, lock, deadline);
}

void EventCore::signal() {
  std::scoped_lock lock(waiting.mutex);
  set.store(true, std::memory_order_release);
  waiting.wake_all();
}

namespace {

// --- Event
// ------------------------------------------------------------------------------------------------------------

Value event_new(Mutator& m, Type* cls, const CallArgs&) {
  NativeObject* self = new_native<EventCore>(m, cls, true);
  return self == nullptr ? Value() : Value::object(self);
}

bool event_init(Mutator& m, Value, const CallArgs& args) { return bind_init(m, args, "Event.__init__", {}, nullptr); }

Value event_is_set(Mutator&, const CallArgs& args) {
  return Value::boolean(payload<EventCore>(args[0]).set.load(std::memory_order_acquire));
}

Value event_set(Mutator&, const CallArgs& args) {
  payload<EventCore>(args[0]).signal();
  return Value::none();
}

Value event_clear(Mutator&, const CallArgs& args) {
  auto& event = payload<EventCore>(args[0]);
  std::scoped_lock lock(event.waiting.mutex);
  event.set.store(false, std::memory_order_relaxed);
  return Value::none();
}

Value event_wait(Mutator& m, const CallArgs& args) {
  Value timeout;
  Deadline deadline;
  if (!bind_python(m, args, "Event.wait", {"timeout"}, &timeout) || !deadline_after(m, timeout, &deadline))
    return Value();
  for (;;) {
    const WaitResult result = payload<EventCore>(args[0]).wait(m, deadline);
    if (result != WaitResult::interrupted) return Value::boolean(result == WaitResult::woken);
    if (!m.runtime->deliver_interrupt(m)) return Value();
  }
}

Value event_repr(Mutator& m, Value self) {
  const bool set = payload<EventCore>(self).set.load(std::memory_order_relaxed);
  Str* s = make_str(m, "<threading.Event at " + address_of(self) + (set ? ": set>" : ": unset>"));
  return s == nullptr ? Value() : Value::object(s);
}

constexpr TypeSlots kEventSlots = [] {
  TypeSlots s;
  s.repr = event_repr;
  s.hash = hash_by_identity;
  s.new_object = event_new;
  s.init = event_init;
  return s;
}();

const NativeDef kEventMethods[] = {
    {"is_set", event_is_set, 1, 1}, {"isSet", event_is_set, 1, 1},     {"set", event_set, 1, 1},
    {"clear", event_clear, 1, 1},   {"wait", event_wait, 1, -1, true},
};

// --- Semaphore
// --------------------------------------------------------------------------------------------------------

// Units are handed to waiters in order of arrival: while somebody waits the value is 0.
struct SemaphoreCore {
  WaitQueue waiting;
  std::int64_t value = 1;    // guarded by waiting.mutex
  std::int64_t initial = 0;  // upper bound of a BoundedSemaphore, else 0 (guarded, too)
  bool bounded = false;
};

Value semaphore_new(Mutator& m, Type* cls, const CallArgs&) {
  NativeObject* self = new_native<SemaphoreCore>(m, cls, true);
  if (self == nullptr) return Value();
  static_cast<SemaphoreCore*>(self->payload)->bounded = is_subtype(cls, m.runtime->threads->bounded_semaphore);
  return Value::object(self);
}

bool semaphore_init(Mutator& m, Value self, const CallArgs& args) {
  Value initial;
  std::int64_t value = 1;
  if (!bind_init(m, args, "Semaphore.__init__", {"value"}, &initial)) return false;
  if (!initial.is_empty() && !to_index(m, initial, &value)) return false;
  if (value < 0) {
    raise_value_error(m, "semaphore initial value must be >= 0");
    return false;
  }
  auto& semaphore = payload<SemaphoreCore>(self);
  std::scoped_lock lock(semaphore.waiting.mutex);
  semaphore.value = value;
  semaphore.initial = value;
  return true;
}

Value semaphore_acquire(Mutator& m, const CallArgs& args) {
  Deadline deadline = kNoDeadline;
  bool blocking = true;
  if (args.total() > 1) {
    Value bound[2];
    if (!bind_python(m, args, "Semaphore.acquire", {"blocking", "timeout"}, bound)) return Value();
    if (!bound[0].is_empty()) {
      const int t = truth(m, bound[0]);
      if (t < 0) return Value();
      blocking = t != 0;
    }
    const bool timed = !bound[1].is_empty() && !bound[1].is_none();
    if (!blocking && timed) return raise_value_error(m, "can't specify timeout for non-blocking acquire");
    if (!deadline_after(m, bound[1], &deadline)) return Value();
  }
  auto& semaphore = payload<SemaphoreCore>(args[0]);
  for (;;) {
    WaitResult result;
    {
      std::unique_lock lock(semaphore.waiting.mutex);
      if (semaphore.value > 0) {
        --semaphore.value;
        return Value::true_value();
      }
      if (!blocking) return Value::false_value();
      result = semaphore.waiting.wait(m, lock, deadline);
    }
    if (result != WaitResult::interrupted) return Value::boolean(result == WaitResult::woken);
    if (!m.runtime->deliver_interrupt(m)) return Value();
  }
}

Value semaphore_enter(Mutator& m, const CallArgs& args) {
  return semaphore_acquire(m, CallArgs{args.values, 1, nullptr});
}

Value release_units(Mutator& m, Value self, std::int64_t n) {
  auto& semaphore = payload<SemaphoreCore>(self);
  {
    std::scoped_lock lock(semaphore.waiting.mutex);
    const bool too_many = semaphore.bounded && semaphore.value + n > semaphore.initial;
    if (!too_many) {
      while (n > 0 && semaphore.waiting.wake_one()) --n;
      semaphore.value += n;
      return Value::none();
    }
  }
  return raise_value_error(m, "Semaphore released too many times");
}

Value semaphore_release(Mutator& m, const CallArgs& args) {
  Value count;
  std::int64_t n = 1;
  if (!bind_python(m, args, "Semaphore.release", {"n"}, &count)) return Value();
  if (!count.is_empty() && !to_index(m, count, &n)) return Value();
  if (n < 1) return raise_value_error(m, "n must be one or more");
  return release_units(m, args[0], n);
}

Value semaphore_exit(Mutator& m, const CallArgs& args) { return release_units(m, args[0], 1); }

Value semaphore_value(Mutator& m, const CallArgs& args) {
  auto& semaphore = payload<SemaphoreCore>(args[0]);
  std::int64_t value;
  {
    std::scoped_lock lock(semaphore.waiting.mutex);
    value = semaphore.value;
  }
  return make_int(m, value);
}

Value semaphore_repr(Mutator& m, Value self) {
  auto& semaphore = payload<SemaphoreCore>(self);
  std::int64_t value, initial;
  {
    std::scoped_lock lock(semaphore.waiting.mutex);
    value = semaphore.value;
    initial = semaphore.initial;
  }
  std::string text = "<threading." + to_utf8(type_of(m, self)->qualname) + " at " + address_of(self) +
                     ": value=" + std::to_string(value);
  if (semaphore.bounded) text += "/" + std::to_string(initial);
  Str* s = make_str(m, text + ">");
  return s == nullptr ? Value() : Value::object(s);
}

constexpr TypeSlots kSemaphoreSlots = [] {
  TypeSlots s;
  s.repr = semaphore_repr;
  s.hash = hash_by_identity;
  s.new_object = semaphore_new;
  s.init = semaphore_init;
  return s;
}();

const NativeDef kSemaphoreMethods[] = {
    {"acquire", semaphore_acquire, 1, -1, true},
    {"release", semaphore_release, 1, -1, true},
    {"__enter__", semaphore_enter, 1, 1},
    {"__exit__", semaphore_exit, 4, 4},
};
const NativeDef kSemaphoreGetters[] = {{"_value", semaphore_value, 1, 1}};

}  // namespace

Value new_event(Mutator& m) { return event_new(m, m.runtime->threads->event, CallArgs{}); }

bool make_signal_types(Mutator& m, ProgramThreads& t) {
  t.event = define_module_type(m, "threading",
                               TypeSpec{"Event", &kEventSlots, kEventMethods, Kind::native_object, kBaseType});
  TypeSpec semaphore{"Semaphore", &kSemaphoreSlots, kSemaphoreMethods, Kind::native_object, kBaseType};
  semaphore.getters = kSemaphoreGetters;
  t.semaphore = define_module_type(m, "threading", semaphore);
  if (t.event == nullptr || t.semaphore == nullptr) return false;
  t.bounded_semaphore = define_module_type(
      m, "threading", TypeSpec{"BoundedSemaphore", &kSemaphoreSlots, {}, Kind::native_object, kBaseType}, t.semaphore);
  return t.bounded_semaphore != nullptr;
}

}  // namespace turnstile
