// threading.Condition.
#include <string>

#include "core/exceptions.h"
#include "core/modules/lock_objects.h"
#include "core/modules/native_support.h"
#include "core/ops.h"

namespace turnstile {

namespace {

// The lock of a condition is a Lock, an RLock, or any object with acquire() and release().
enum class LockClass : std::uint8_t { lock, rlock, other };

LockClass class_of_lock(Mutator& m, Value lock) {
  const Type* cls = type_of(m, lock);
  if (cls == m.runtime->threads->lock) return LockClass::lock;
  if (cls == m.runtime->threads->rlock) return LockClass::rlock;
  return LockClass::other;
}

Value lock_of(Value self) { return self.as<NativeObject>()->refs[0].load(); }

Value call_lock_method(Mutator& m, Value lock, const char* name, const CallArgs& args) {
  Str* interned = intern(m, name);
  if (interned == nullptr) return Value();
  Value method = get_attr(m, lock, interned);
  return method.is_empty() ? Value() : call(m, method, args);
}

// 1, 0, -1 raised. A plain lock has no owner: somebody holds it.
int is_owned(Mutator& m, Value lock) {
  switch (class_of_lock(m, lock)) {
    case LockClass::lock:
      return payload<LockCore>(lock).locked();
    case LockClass::rlock:
      return payload<RLockCore>(lock).owned_by(m);
    default:
      break;
  }
  Value owned = get_attr_or_empty(m, lock, intern(m, "_is_owned"));
  if (m.has_exception()) return -1;
  if (!owned.is_empty()) {
    Value answer = call(m, owned, {});
    return answer.is_empty() ? -1 : truth(m, answer);
  }
  const Value no_wait[] = {Value::false_value()};
  Value taken = call_lock_method(m, lock, "acquire", CallArgs{no_wait, 1, nullptr});
  const int free = taken.is_empty() ? -1 : truth(m, taken);
  if (free == 1 && call_lock_method(m, lock, "release", CallArgs{}).is_empty()) return -1;
  return free < 0 ? -1 : 1 - free;
}

bool require_owned(Mutator& m, Value lock, const char* message) {
  const int owned = is_owned(m, lock);
  if (owned == 0) raise(m, m.runtime->exceptions.RuntimeError, message);
  return owned == 1;
}

// Releases the lock, sleeps, and takes the lock again before anything else happens.
WaitResult wait_released(Mutator& m, ConditionCore& condition, Value lock, Deadline deadline) {
  switch (class_of_lock(m, lock)) {
    case LockClass::lock:
      return condition.wait(m, payload<LockCore>(lock), deadline);
    case LockClass::rlock: {
      auto& core = payload<RLockCore>(lock);
      std::uint64_t depth = 0;
      return condition.wait(
          m, deadline,
          [&] {
            depth = core.release_all();
            return true;
          },
          [&] {
            core.acquire(m, kNoDeadline, Interruptible::no);
            core.take(m, depth);
          });
    }
    default:
      return condition.wait(
          m, deadline, [&] { return !call_lock_method(m, lock, "release", CallArgs{}).is_empty(); },
          [&] { call_lock_method(m, lock, "acquire", CallArgs{}); });
  }
}

// 1: notified, 0: timed out, -1: raised. The lock is held again.
int wait_once(Mutator& m, Value self, Deadline deadline) {
  const WaitResult result = wait_released(m, payload<ConditionCore>(self), lock_of(self), deadline);
  if (m.has_exception()) return -1;
  if (result == WaitResult::interrupted && !m.runtime->deliver_interrupt(m)) return -1;
  return result == WaitResult::woken;
}

Value condition_new(Mutator& m, Type* cls, const CallArgs&) {
  NativeObject* self = new_native<ConditionCore>(m, cls, true);
  return self == nullptr ? Value() : Value::object(self);
}

bool condition_init(Mutator& m, Value self, const CallArgs& args) {
  Value lock;
  if (!bind_init(m, args, "Condition.__init__", {"lock"}, &lock)) return false;
  if (lock.is_empty() || lock.is_none()) lock = new_rlock(m);
  if (lock.is_empty()) return false;
  self.as<NativeObject>()->refs[0].store(lock);
  return true;
}

Value checked_lock(Mutator& m, Value self) {
  Value lock = lock_of(self);
  return lock.is_empty() ? raise(m, m.runtime->exceptions.RuntimeError, "Condition.__init__() was not called") : lock;
}

Value condition_acquire(Mutator& m, const CallArgs& args) {
  Value lock = checked_lock(m, args[0]);
  return lock.is_empty() ? lock : call_lock_method(m, lock, "acquire", args.rest());
}
Value condition_release(Mutator& m, const CallArgs& args) {
  Value lock = checked_lock(m, args[0]);
  return lock.is_empty() ? lock : call_lock_method(m, lock, "release", CallArgs{});
}
Value condition_enter(Mutator& m, const CallArgs& args) {
  Value lock = checked_lock(m, args[0]);
  return lock.is_empty() ? lock : call_lock_method(m, lock, "__enter__", CallArgs{});
}
Value condition_exit(Mutator& m, const CallArgs& args) {
  Value lock = checked_lock(m, args[0]);
  return lock.is_empty() ? lock : call_lock_method(m, lock, "__exit__", args.rest());
}

Value condition_wait(Mutator& m, const CallArgs& args) {
  Value timeout;
  Deadline deadline;
  if (!bind_python(m, args, "Condition.wait", {"timeout"}, &timeout) || checked_lock(m, args[0]).is_empty() ||
      !require_owned(m, lock_of(args[0]), "cannot wait on un-acquired lock") ||
      !deadline_after(m, timeout, &deadline)) {
    return Value();
  }
  const int notified = wait_once(m, args[0], deadline);
  return notified < 0 ? Value() : Value::boolean(notified != 0);
}

Value condition_wait_for(Mutator& m, const CallArgs& args) {
  Value bound[2];
  Deadline deadline;
  if (!bind_python(m, args, "Condition.wait_for", {"predicate", "timeout"}, bound, 1) ||
      checked_lock(m, args[0]).is_empty() || !deadline_after(m, bound[1], &deadline)) {
    return Value();
  }
  for (;;) {
    Value result = call(m, bound[0], {});
    const int holds = result.is_empty() ? -1 : truth(m, result);
    if (holds < 0) return Value();
    if (holds == 1 || (deadline != kNoDeadline && RealPlatform::now() >= deadline)) return result;
    if (!require_owned(m, lock_of(args[0]), "cannot wait on un-acquired lock")) return Value();
    if (wait_once(m, args[0], deadline) < 0) return Value();
  }
}

Value condition_notify(Mutator& m, const CallArgs& args) {
  Value count;
  std::int64_t n = 1;
  if (!bind_python(m, args, "Condition.notify", {"n"}, &count) || checked_lock(m, args[0]).is_empty() ||
      !require_owned(m, lock_of(args[0]), "cannot notify on un-acquired lock") ||
      (!count.is_empty() && !to_index(m, count, &n))) {
    return Value();
  }
  if (n > 0) payload<ConditionCore>(args[0]).notify(static_cast<std::uint64_t>(n));
  return Value::none();
}

Value condition_notify_all(Mutator& m, const CallArgs& args) {
  if (checked_lock(m, args[0]).is_empty() || !require_owned(m, lock_of(args[0]), "cannot notify on un-acquired lock")) {
    return Value();
  }
  payload<ConditionCore>(args[0]).notify_all();
  return Value::none();
}

Value condition_repr(Mutator& m, Value self) {
  Value lock = checked_lock(m, self);
  Value shown = lock.is_empty() ? Value() : repr(m, lock);
  if (shown.is_empty()) return Value();
  Str* s = make_str(m, "<Condition(" + to_utf8(shown.as<Str>()) + ", " +
                           std::to_string(payload<ConditionCore>(self).waiting()) + ")>");
  return s == nullptr ? Value() : Value::object(s);
}

constexpr TypeSlots kSlots = [] {
  TypeSlots s;
  s.repr = condition_repr;
  s.hash = hash_by_identity;
  s.new_object = condition_new;
  s.init = condition_init;
  return s;
}();

const NativeDef kMethods[] = {
    {"acquire", condition_acquire, 1, -1, true}, {"release", condition_release, 1, 1},
    {"__enter__", condition_enter, 1, 1},        {"__exit__", condition_exit, 4, 4},
    {"wait", condition_wait, 1, -1, true},       {"wait_for", condition_wait_for, 1, -1, true},
    {"notify", condition_notify, 1, -1, true},   {"notify_all", condition_notify_all, 1, 1},
    {"notifyAll", condition_notify_all, 1, 1},
};

}  // namespace

bool make_condition_type(Mutator& m, ProgramThreads& t) {
  t.condition =
      define_module_type(m, "threading", TypeSpec{"Condition", &kSlots, kMethods, Kind::native_object, kBaseType});
  return t.condition != nullptr;
}

}  // namespace turnstile
