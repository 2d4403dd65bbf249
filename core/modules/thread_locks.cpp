// Lock and RLock.
#include <string>

#include "core/exceptions.h"
#include "core/modules/lock_objects.h"
#include "core/modules/native_support.h"
#include "core/native_args.h"
#include "core/ops.h"

namespace turnstile {

bool RLockCore::try_acquire(const Mutator& m) {
  if (owned_by(m)) {
    ++count;
    return true;
  }
  if (!lock.try_acquire()) return false;
  take(m);
  return true;
}

WaitResult RLockCore::acquire(Mutator& m, Deadline deadline, Interruptible interruptible) {
  if (owned_by(m)) {
    ++count;
    return WaitResult::woken;
  }
  const WaitResult result = lock.acquire(m, deadline, interruptible);
  if (result == WaitResult::woken) take(m);
  return result;
}

bool RLockCore::release(const Mutator& m) {
  if (!owned_by(m)) return false;
  if (--count == 0) release_all();
  return true;
}

std::uint64_t RLockCore::release_all() {
  const std::uint64_t depth = count;
  count = 0;
  owner.store(0, std::memory_order_relaxed);
  lock.release();
  return depth;
}

namespace {

// --- Lock -----------------------------------------------------------------------------------------------------------

Value finish_acquire(Mutator& m, WaitResult result) {
  if (result == WaitResult::interrupted && !m.runtime->deliver_interrupt(m)) return Value();
  return Value::boolean(result == WaitResult::woken);
}

// acquire(blocking=True, timeout=-1), for both classes: fast when called without arguments.
template <class TryAcquire, class Acquire>
Value acquire_with(Mutator& m, const CallArgs& args, TryAcquire&& try_acquire, Acquire&& acquire) {
  Deadline deadline = kNoDeadline;
  if (args.total() > 1) {
    Value bound[2];
    if (!bind_native(m, args, "acquire", {"blocking", "timeout"}, bound, 0, 1)) return Value();
    if (!lock_deadline(m, bound[0], bound[1], &deadline)) return Value();
  }
  if (try_acquire()) return Value::true_value();
  if (deadline == 0) return Value::false_value();
  for (;;) {
    const WaitResult result = acquire(deadline);
    if (result != WaitResult::interrupted) return Value::boolean(result == WaitResult::woken);
    if (!m.runtime->deliver_interrupt(m)) return Value();
  }
}

Value lock_acquire(Mutator& m, const CallArgs& args) {
  auto& lock = payload<LockCore>(args[0]);
  return acquire_with(
      m, args, [&] { return lock.try_acquire(); },
      [&](Deadline deadline) { return lock.acquire(m, deadline, Interruptible::yes); });
}

Value lock_release(Mutator& m, const CallArgs& args) {
  if (!payload<LockCore>(args[0]).release()) {
    return raise(m, m.runtime->exceptions.RuntimeError, "release unlocked lock");
  }
  return Value::none();
}

Value lock_locked(Mutator&, const CallArgs& args) { return Value::boolean(payload<LockCore>(args[0]).locked()); }

Value lock_enter(Mutator& m, const CallArgs& args) {
  auto& lock = payload<LockCore>(args[0]);
  while (!lock.try_acquire()) {
    const WaitResult result = lock.acquire(m);
    if (result == WaitResult::woken) break;
    if (finish_acquire(m, result).is_empty()) return Value();
  }
  return Value::true_value();
}

Value lock_repr(Mutator& m, Value self) {
  const bool locked = payload<LockCore>(self).locked();
  Str* s =
      make_str(m, std::string(locked ? "<locked" : "<unlocked") + " _thread.lock object at " + address_of(self) + ">");
  return s == nullptr ? Value() : Value::object(s);
}

Value cannot_create(Mutator& m, Type* cls, const CallArgs&) {
  return raise_type_error(
      m, "cannot create '" + to_utf8(cls->module_name.load().as<Str>()) + "." + to_utf8(cls->name) + "' instances");
}

constexpr TypeSlots kLockSlots = [] {
  TypeSlots s;
  s.repr = lock_repr;
  s.hash = hash_by_identity;
  s.new_object = cannot_create;
  return s;
}();

const NativeDef kLockMethods[] = {
    {"acquire", lock_acquire, 1, -1, true}, {"acquire_lock", lock_acquire, 1, -1, true},
    {"release", lock_release, 1, 1},        {"release_lock", lock_release, 1, 1},
    {"locked", lock_locked, 1, 1},          {"locked_lock", lock_locked, 1, 1},
    {"__enter__", lock_enter, 1, 1},        {"__exit__", lock_release, 4, 4},
};

// --- RLock ----------------------------------------------------------------------------------------------------------

Value rlock_acquire(Mutator& m, const CallArgs& args) {
  auto& lock = payload<RLockCore>(args[0]);
  return acquire_with(
      m, args, [&] { return lock.try_acquire(m); },
      [&](Deadline deadline) { return lock.acquire(m, deadline, Interruptible::yes); });
}

Value rlock_enter(Mutator& m, const CallArgs& args) { return rlock_acquire(m, CallArgs{args.values, 1, nullptr}); }

Value rlock_release(Mutator& m, const CallArgs& args) {
  if (!payload<RLockCore>(args[0]).release(m)) {
    return raise(m, m.runtime->exceptions.RuntimeError, "cannot release un-acquired lock");
  }
  return Value::none();
}

Value rlock_is_owned(Mutator& m, const CallArgs& args) {
  return Value::boolean(payload<RLockCore>(args[0]).owned_by(m));
}

Value rlock_repr(Mutator& m, Value self) {
  auto& lock = payload<RLockCore>(self);
  const std::uint64_t owner = lock.owner.load(std::memory_order_relaxed);
  const std::uint64_t count = lock.owned_by(m) ? lock.count : (owner != 0 ? 1 : 0);
  Str* s = make_str(m, std::string(owner != 0 ? "<locked" : "<unlocked") + " _thread.RLock object owner=" +
                           std::to_string(owner) + " count=" + std::to_string(count) + " at " + address_of(self) + ">");
  return s == nullptr ? Value() : Value::object(s);
}

Value rlock_new(Mutator& m, Type* cls, const CallArgs&) {
  NativeObject* object = new_native<RLockCore>(m, cls);
  return object == nullptr ? Value() : Value::object(object);
}

constexpr TypeSlots kRLockSlots = [] {
  TypeSlots s;
  s.repr = rlock_repr;
  s.hash = hash_by_identity;
  s.new_object = rlock_new;
  return s;
}();

const NativeDef kRLockMethods[] = {
    {"acquire", rlock_acquire, 1, -1, true}, {"release", rlock_release, 1, 1},  {"_is_owned", rlock_is_owned, 1, 1},
    {"__enter__", rlock_enter, 1, 1},        {"__exit__", rlock_release, 4, 4},
};

}  // namespace

bool make_lock_types(Mutator& m, ProgramThreads& t) {
  t.lock = define_module_type(m, "_thread", TypeSpec{"lock", &kLockSlots, kLockMethods});
  t.rlock =
      define_module_type(m, "_thread", TypeSpec{"RLock", &kRLockSlots, kRLockMethods, Kind::native_object, kBaseType});
  return t.lock != nullptr && t.rlock != nullptr;
}

Value new_lock(Mutator& m) {
  NativeObject* object = new_native<LockCore>(m, m.runtime->threads->lock);
  return object == nullptr ? Value() : Value::object(object);
}

Value new_rlock(Mutator& m) { return rlock_new(m, m.runtime->threads->rlock, CallArgs{}); }

}  // namespace turnstile
