// queue: Queue, LifoQueue, PriorityQueue, SimpleQueue.
//
// One lock for each queue, held as a program would hold it: over managed code (comparisons of a PriorityQueue) and over
// allocations, since those who wait for it wait in a blocking region. The items are in a list that nobody else sees.
#include <string>

#include "core/containers/list.h"
#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/registry.h"
#include "core/modules/wait_queue.h"
#include "core/ops.h"

namespace turnstile {

namespace {

enum class QueueOrder : std::uint8_t { fifo, lifo, priority };

// refs[0]: the list of items; refs[1]: tuple of the exception classes Empty and Full. All but the conditions is guarded
// by lock.
struct QueueCore {
  LockCore lock;
  ConditionCore not_empty, not_full, all_done;
  QueueOrder order = QueueOrder::fifo;
  std::int64_t limit = 0;  // 0 or less: none
  // fifo: the list is a ring of its buffer's slots [0, size); `first` is the oldest item, `count` the number of items.
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::uint64_t unfinished = 0;
};

ValueBuffer* buffer_of(Value self) { return self.as<NativeObject>()->refs[0].load().as<ValueBuffer>(); }

Value raise_of(Mutator& m, Value self, std::uint32_t which) {
  Value cls = self.as<NativeObject>()->refs[1].load().as<Tuple>()->at(which);
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

// A binary heap with the smallest item at 0, moved as heapq moves it, so that the same comparisons are made. A failed
// comparison leaves all items in the heap.
bool sift_down(Mutator& m, ValueBuffer* heap, std::uint64_t start, std::uint64_t at) {
  const Value item = heap->items[at].load_relaxed();
  while (at > start) {
    const std::uint64_t parent = (at - 1) / 2;
    const Value above = heap->items[parent].load_relaxed();
    const int less = compare_truth(m, CompareOp::lt, item, above);
    if (less < 0) return false;
    if (less == 0) break;
    heap->items[at].store(above);
    heap->items[parent].store(item);
    at = parent;
  }
  return true;
}

bool sift_up(Mutator& m, ValueBuffer* heap, std::uint64_t count) {
  std::uint64_t at = 0;
  while (2 * at + 1 < count) {
    std::uint64_t child = 2 * at + 1;
    if (child + 1 < count) {
      const int less =
          compare_truth(m, CompareOp::lt, heap->items[child].load_relaxed(), heap->items[child + 1].load_relaxed());
      if (less < 0) return false;
      if (less == 0) ++child;
    }
    const Value moved = heap->items[child].load_relaxed();
    heap->items[child].store(heap->items[at].load_relaxed());
    heap->items[at].store(moved);
    at = child;
  }
  return sift_down(m, heap, 0, at);
}

bool push_item(Mutator& m, Value self, QueueCore& q, Value item) {
  if (!make_room(m, self, q)) return false;
  ValueBuffer* buffer = buffer_of(self);
  buffer->items[(q.first + q.count) % buffer->capacity()].store(item);
  ++q.count;
  return q.order != QueueOrder::priority || sift_down(m, buffer, 0, q.count - 1);
}

Value pop_item(Mutator& m, Value self, QueueCore& q) {
  ValueBuffer* buffer = buffer_of(self);
  if (q.order == QueueOrder::fifo) {
    AtomicValue& slot = buffer->items[q.first];
    const Value item = slot.load_relaxed();
    slot.store(Value());
    q.first = (q.first + 1) % buffer->capacity();
    --q.count;
    return item;
  }
  AtomicValue& slot = buffer->items[--q.count];
  const Value last = slot.load_relaxed();
  slot.store(Value());
  if (q.order == QueueOrder::lifo || q.count == 0) return last;
  const Value item = buffer->items[0].load_relaxed();
  buffer->items[0].store(last);
  return sift_up(m, buffer, q.count) ? item : Value();
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

Value put_item(Mutator& m, Value self, Value item, Deadline deadline) {
  auto& q = payload<QueueCore>(self);
  if (!take_lock(m, q)) return Value();
  const int room =
      await(m, q, q.not_full, deadline, [&] { return q.limit <= 0 || q.count < static_cast<std::uint64_t>(q.limit); });
  bool done = false;
  if (room == 1) {
    done = push_item(m, self, q, item);
    if (done) {
      ++q.unfinished;
      q.not_empty.notify(1);
    }
  }
  q.lock.release();
  if (room == 0) return raise_of(m, self, 1);
  return done ? Value::none() : Value();
}

Value get_one(Mutator& m, Value self, Deadline deadline) {
  auto& q = payload<QueueCore>(self);
  if (!take_lock(m, q)) return Value();
  const int there = await(m, q, q.not_empty, deadline, [&] { return q.count != 0; });
  Value item;
  if (there == 1) {
    item = pop_item(m, self, q);
    if (!item.is_empty() && q.limit > 0) q.not_full.notify(1);
  }
  q.lock.release();
  return there == 0 ? raise_of(m, self, 0) : item;
}

Value queue_put(Mutator& m, const CallArgs& args) {
  Value bound[3];
  Deadline deadline;
  if (args.total() == 2 && args.keyword_names == nullptr) return put_item(m, args[0], args[1], kNoDeadline);
  if (!bind_python(m, args, "Queue.put", {"item", "block", "timeout"}, bound, 1)) return Value();
  if (!wait_arguments(m, bound[1], bound[2], &deadline)) return Value();
  return put_item(m, args[0], bound[0], deadline);
}

Value queue_get(Mutator& m, const CallArgs& args) {
  Value bound[2];
  Deadline deadline;
  if (args.total() == 1) return get_one(m, args[0], kNoDeadline);
  if (!bind_python(m, args, "Queue.get", {"block", "timeout"}, bound)) return Value();
  if (!wait_arguments(m, bound[0], bound[1], &deadline)) return Value();
  return get_one(m, args[0], deadline);
}

Value queue_put_nowait(Mutator& m, const CallArgs& args) {
  Value item;
  return bind_python(m, args, "Queue.put_nowait", {"item"}, &item, 1) ? put_item(m, args[0], item, 0) : Value();
}
Value queue_get_nowait(Mutator& m, const CallArgs& args) { return get_one(m, args[0], 0); }

std::uint64_t count_items(Mutator& m, Value self) {
  auto& q = payload<QueueCore>(self);
  LockScope scope(m, q.lock);
  return q.count;
}

Value queue_qsize(Mutator& m, const CallArgs& args) { return make_uint(m, count_items(m, args[0])); }
Value queue_empty(Mutator& m, const CallArgs& args) { return Value::boolean(count_items(m, args[0]) == 0); }
Value queue_full(Mutator& m, const CallArgs& args) {
  const std::int64_t limit = payload<QueueCore>(args[0]).limit;
  return Value::boolean(limit > 0 && count_items(m, args[0]) >= static_cast<std::uint64_t>(limit));
}
Value queue_maxsize(Mutator& m, const CallArgs& args) { return make_int(m, payload<QueueCore>(args[0]).limit); }
Value queue_unfinished(Mutator& m, const CallArgs& args) {
  auto& q = payload<QueueCore>(args[0]);
  LockScope scope(m, q.lock);
  return make_uint(m, q.unfinished);
}

Value queue_task_done(Mutator& m, const CallArgs& args) {
  auto& q = payload<QueueCore>(args[0]);
  {
    LockScope scope(m, q.lock);
    if (q.unfinished != 0) {
      if (--q.unfinished == 0) q.all_done.notify_all();
      return Value::none();
    }
  }
  return raise_value_error(m, "task_done() called too many times");
}

Value queue_join(Mutator& m, const CallArgs& args) {
  auto& q = payload<QueueCore>(args[0]);
  if (!take_lock(m, q)) return Value();
  const int done = await(m, q, q.all_done, kNoDeadline, [&] { return q.unfinished == 0; });
  q.lock.release();
  return done == 1 ? Value::none() : Value();
}

Value queue_class_getitem(Mutator&, const CallArgs& args) { return args[0]; }  // Queue[int] in annotations

// --- classes
// ----------------------------------------------------------------------------------------------------------

Value module_exceptions(Mutator& m) {
  Value empty = module_attribute(m, "queue", "Empty");
  Value full = module_attribute(m, "queue", "Full");
  if (!empty.is_empty() && !full.is_empty()) return make_tuple(m, {empty, full});
  return raise(m, m.runtime->exceptions.RuntimeError, "lost queue.Empty or queue.Full");
}

// The items are not where a subclass that replaces these would look for them: false with NotImplementedError.
bool keeps_representation(Mutator& m, const Type* cls) {
  for (const char* name : {"_init", "_put", "_get", "_qsize"}) {
    if (lookup_type(m, cls, intern(m, name)).is_empty()) continue;
    raise_not_implemented(m, "overriding queue.Queue." + std::string(name) + "() is not supported");
    return false;
  }
  return true;
}

template <QueueOrder kOrder, bool kSimple>
Value queue_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (kSimple && args.positional != 0) return raise_type_error(m, "SimpleQueue() takes no positional arguments");
  if (kSimple && args.keywords() != 0) return raise_type_error(m, "SimpleQueue() takes no keyword arguments");
  if (cls->has_type_flag(kHeapType) && !keeps_representation(m, cls)) return Value();
  Value exceptions = module_exceptions(m);
  NativeObject* self = exceptions.is_empty() ? nullptr : new_native<QueueCore>(m, cls, true);
  if (self == nullptr) return Value();
  static_cast<QueueCore*>(self->payload)->order = kOrder;
  self->refs[1].store(exceptions);
  return Value::object(self);
}

bool queue_init(Mutator& m, Value self, const CallArgs& args) {
  Value limit;
  std::int64_t n = 0;
  if (!bind_init(m, args, "Queue.__init__", {"maxsize"}, &limit) || (!limit.is_empty() && !to_index(m, limit, &n)))
    return false;
  payload<QueueCore>(self).limit = n;  // nobody else knows the queue yet
  return true;
}

template <QueueOrder kOrder, bool kSimple = false>
constexpr TypeSlots kSlots = [] {
  TypeSlots s;
  s.hash = hash_by_identity;
  s.new_object = queue_new<kOrder, kSimple>;
  if (!kSimple) s.init = queue_init;
  return s;
}();

const NativeDef kMethods[] = {
    {"put", queue_put, 1, -1, true},
    {"get", queue_get, 1, -1, true},
    {"put_nowait", queue_put_nowait, 1, -1, true},
    {"get_nowait", queue_get_nowait, 1, 1},
    {"qsize", queue_qsize, 1, 1},
    {"empty", queue_empty, 1, 1},
    {"full", queue_full, 1, 1},
    {"task_done", queue_task_done, 1, 1},
    {"join", queue_join, 1, 1},
};
const NativeDef kSimpleMethods[] = {
    {"put", queue_put, 1, -1, true},
    {"get", queue_get, 1, -1, true},
    {"put_nowait", queue_put_nowait, 1, -1, true},
    {"get_nowait", queue_get_nowait, 1, 1},
    {"qsize", queue_qsize, 1, 1},
    {"empty", queue_empty, 1, 1},
};
const NativeDef kGetters[] = {{"maxsize", queue_maxsize, 1, 1}, {"unfinished_tasks", queue_unfinished, 1, 1}};
const NativeDef kClassMethods[] = {{"__class_getitem__", queue_class_getitem, 2, 2}};

bool add_class(Mutator& m, Module* module, const char* name, Type* cls) {
  return cls != nullptr && add_constant(m, module, name, Value::object(cls));
}

}  // namespace

bool init_queue(Mutator& m, Module* module) {
  Type* exception = m.runtime->exceptions.Exception;
  if (!add_class(m, module, "Empty", define_exception(m, "_queue", "Empty", exception)) ||
      !add_class(m, module, "Full", define_exception(m, "queue", "Full", exception))) {
    return false;
  }
  TypeSpec fifo{"Queue", &kSlots<QueueOrder::fifo>, kMethods, Kind::native_object, kBaseType};
  fifo.getters = kGetters;
  fifo.class_methods = kClassMethods;
  Type* queue = define_module_type(m, "queue", fifo);
  if (!add_class(m, module, "Queue", queue)) return false;
  const TypeSpec lifo{"LifoQueue", &kSlots<QueueOrder::lifo>, {}, Kind::native_object, kBaseType};
  const TypeSpec priority{"PriorityQueue", &kSlots<QueueOrder::priority>, {}, Kind::native_object, kBaseType};
  const TypeSpec simple{"SimpleQueue", &kSlots<QueueOrder::fifo, true>, kSimpleMethods, Kind::native_object, kBaseType};
  return add_class(m, module, "LifoQueue", define_module_type(m, "queue", lifo, queue)) &&
         add_class(m, module, "PriorityQueue", define_module_type(m, "queue", priority, queue)) &&
         add_class(m, module, "SimpleQueue", define_module_type(m, "_queue", simple));
}

}  // namespace turnstile
