// _queue: SimpleQueue and Empty; the other queues are written in Python (core/modules/python/queue.py).
//
// One lock for each queue, held over allocations, since those who wait for it wait in a blocking region. The items are
// a ring in a buffer that nobody else sees.
#include <string>

#include "core/containers/list.h"
#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/registry.h"
#include "core/modules/wait_queue.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

// refs[0]: the buffer. All but the condition is guarded by lock.
struct QueueCore {
  LockCore lock;
  ConditionCore not_empty;
  std::uint64_t first = 0;  // slot of the oldest item
  std::uint64_t count = 0;
};

ValueBuffer* buffer_of(Value self) { return self.as<NativeObject>()->refs[0].load().as<ValueBuffer>(); }

Value raise_empty(Mutator& m) {
  Value cls = module_attribute(m, "_queue", "Empty");
  if (cls.is_empty()) return raise(m, m.runtime->exceptions.RuntimeError, "lost _queue.Empty");
  Value e = call(m, cls, {});
  return e.is_empty() ? e : raise_value(m, e);
}

// --- the items; the lock is held ------------------------------------------------------------------------------------

// Room for one more item. A full buffer is replaced by a longer copy that starts at slot 0.
bool make_room(Mutator& m, Value self, QueueCore& q) {
  ValueBuffer* old = buffer_of(self);
  const std::uint64_t capacity = old == nullptr ? 0 : old->capacity();
  if (q.count < capacity) return true;
  if (capacity >= 0x7fffffff) {
    raise_memory_error(m);
    return false;
  }
  ValueBuffer* wider = allocate_buffer(m, static_cast<std::uint32_t>(capacity == 0 ? 8 : capacity * 2));
  if (wider == nullptr) return false;
  for (std::uint64_t i = 0; i < q.count; ++i)
    wider->items[i].store_relaxed(old->items[(q.first + i) % capacity].load_relaxed());
  q.first = 0;
  self.as<NativeObject>()->refs[0].store(Value::object(wider));
  return true;
}

bool push_item(Mutator& m, Value self, QueueCore& q, Value item) {
  if (!make_room(m, self, q)) return false;
  ValueBuffer* buffer = buffer_of(self);
  buffer->items[(q.first + q.count) % buffer->capacity()].store(item);
  ++q.count;
  return true;
}

Value pop_item(Value self, QueueCore& q) {
  ValueBuffer* buffer = buffer_of(self);
  AtomicValue& slot = buffer->items[q.first];
  const Value item = slot.load_relaxed();
  slot.store(Value());
  q.first = (q.first + 1) % buffer->capacity();
  --q.count;
  return item;
}

// --- methods
// ----------------------------------------------------------------------------------------------------------

// The arguments (block, timeout): *deadline is 0 for "do not wait".
bool wait_arguments(Mutator& m, Value block, Value timeout, Deadline* deadline) {
  if (!block.is_empty()) {
    const int t = truth(m, block);
    if (t < 0) return false;
    if (t == 0) {
      *deadline = 0;
      return true;
    }
  }
  if (is_kind(timeout, Kind::str)) {
    raise_type_error(m, "'<' not supported between instances of 'str' and 'int'");
    return false;
  }
  if (!deadline_after(m, timeout, deadline)) return false;
  double seconds = 0;
  if (*deadline != kNoDeadline && number_to_double(m, timeout, &seconds) && seconds < 0) {
    raise_value_error(m, "'timeout' must be a non-negative number");
    return false;
  }
  return true;
}

// False with KeyboardInterrupt.
bool take_lock(Mutator& m, QueueCore& q) {
  while (q.lock.acquire(m) != WaitResult::woken) {
    if (!m.runtime->deliver_interrupt(m)) return false;
  }
  return true;
}

// Waits, with the lock held, until `ready`. 1 ready, 0 not in time, -1 interrupted (raised). The lock is held.
template <class Ready>
int await(Mutator& m, QueueCore& q, ConditionCore& condition, Deadline deadline, Ready&& ready) {
  while (!ready()) {
    if (deadline == 0) return 0;
    const WaitResult result = condition.wait(m, q.lock, deadline);
    if (result == WaitResult::interrupted && !m.runtime->deliver_interrupt(m)) return -1;
    if (result == WaitResult::timed_out && !ready()) return 0;
  }
  return 1;
}

Value put_item(Mutator& m, Value self, Value item) {
  auto& q = payload<QueueCore>(self);
  if (!take_lock(m, q)) return Value();
  const bool done = push_item(m, self, q, item);
  if (done) q.not_empty.notify(1);
  q.lock.release();
  return done ? Value::none() : Value();
}

Value get_one(Mutator& m, Value self, Deadline deadline) {
  auto& q = payload<QueueCore>(self);
  if (!take_lock(m, q)) return Value();
  const int there = await(m, q, q.not_empty, deadline, [&] { return q.count != 0; });
  Value item;
  if (there == 1) item = pop_item(self, q);
  q.lock.release();
  return there == 0 ? raise_empty(m) : item;
}

Value queue_put(Mutator& m, const CallArgs& args) {
  Value bound[3];
  if (args.total() == 2 && args.keyword_names == nullptr) return put_item(m, args[0], args[1]);
  if (!bind_python(m, args, "SimpleQueue.put", {"item", "block", "timeout"}, bound, 1)) return Value();
  return put_item(m, args[0], bound[0]);
}

Value queue_get(Mutator& m, const CallArgs& args) {
  Value bound[2];
  Deadline deadline;
  if (args.total() == 1) return get_one(m, args[0], kNoDeadline);
  if (!bind_python(m, args, "SimpleQueue.get", {"block", "timeout"}, bound)) return Value();
  if (!wait_arguments(m, bound[0], bound[1], &deadline)) return Value();
  return get_one(m, args[0], deadline);
}

Value queue_put_nowait(Mutator& m, const CallArgs& args) {
  Value item;
  return bind_python(m, args, "SimpleQueue.put_nowait", {"item"}, &item, 1) ? put_item(m, args[0], item) : Value();
}
Value queue_get_nowait(Mutator& m, const CallArgs& args) { return get_one(m, args[0], 0); }

std::uint64_t count_items(Mutator& m, Value self) {
  auto& q = payload<QueueCore>(self);
  LockScope scope(m, q.lock);
  return q.count;
}

Value queue_qsize(Mutator& m, const CallArgs& args) { return make_uint(m, count_items(m, args[0])); }
Value queue_empty(Mutator& m, const CallArgs& args) { return Value::boolean(count_items(m, args[0]) == 0); }
Value queue_class_getitem(Mutator& m, const CallArgs& args) { return make_generic_alias(m, args[0], args[1]); }

Value queue_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (args.positional != 0) return raise_type_error(m, "SimpleQueue() takes no positional arguments");
  if (args.keywords() != 0) return raise_type_error(m, "SimpleQueue() takes no keyword arguments");
  NativeObject* self = new_native<QueueCore>(m, cls, cls->has_type_flag(kHeapType));
  return self == nullptr ? Value() : Value::object(self);
}

constexpr TypeSlots kSlots = {.hash = hash_by_identity, .new_object = queue_new};

const NativeDef kMethods[] = {
    {"put", queue_put, 1, -1, true},
    {"get", queue_get, 1, -1, true},
    {"put_nowait", queue_put_nowait, 1, -1, true},
    {"get_nowait", queue_get_nowait, 1, 1},
    {"qsize", queue_qsize, 1, 1},
    {"empty", queue_empty, 1, 1},
};
const NativeDef kClassMethods[] = {{"__class_getitem__", queue_class_getitem, 2, 2}};

}  // namespace

bool init_queue(Mutator& m, Module* module) {
  Type* empty = define_exception(m, "_queue", "Empty", m.runtime->exceptions.Exception);
  if (empty == nullptr || !add_constant(m, module, "Empty", Value::object(empty))) return false;
  TypeSpec simple{"SimpleQueue", &kSlots, kMethods, Kind::native_object, kBaseType};
  simple.class_methods = kClassMethods;
  Type* cls = define_module_type(m, "_queue", simple);
  return cls != nullptr && add_constant(m, module, "SimpleQueue", Value::object(cls));
}

}  // namespace turnstile
