// The sections that generated code holds an object's lock in, without a second thread: what another thread would do
// happens where a store of the section hits a page that is protected, so that the order of its accesses shows.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <new>

#include "core/objects/containers.h"
#include "core/objects/type.h"
#include "policies/object_lock/parking_lot.h"
#include "policies/platform.h"
#include "tests/unit/codegen/fake_machine.h"

// ThreadSanitizer's own store faults there, inside of its runtime, which the handler must not enter again.
#if !defined(TURNSTILE_TSAN)

using namespace turnstile;
using namespace turnstile::codegen;
using namespace turnstile::codegen::testing;

namespace {

using Owner = object_lock::BiasOwner<>;
using Lot = object_lock::ParkingLot<>;

constexpr std::uint8_t kMine = Owner::kBiased | 1;
constexpr std::uint8_t kOthers = Owner::kBiased | 2;

// A page of its own for a T; on_store(), once protected, runs when a store to it is about to happen.
template <class T>
class Watched {
 public:
  Watched() {
    page_ = mmap(nullptr, size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(page_ != MAP_FAILED);
    object_ = new (page_) T();
  }
  ~Watched() { munmap(page_, size()); }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  T* operator->() { return object_; }
  T* get() { return object_; }
  void protect() { mprotect(page_, size(), PROT_READ); }
  bool unprotect_if(const void* address) {
    auto* at = static_cast<const std::byte*>(address);
    if (at < static_cast<std::byte*>(page_) || at >= static_cast<std::byte*>(page_) + size()) return false;
    return mprotect(page_, size(), PROT_READ | PROT_WRITE) == 0;
  }

 private:
  static std::size_t size() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }
  void* page_ = nullptr;
  T* object_ = nullptr;
};

// Eight items behind the header that ValueBuffer declares one of.
struct Buffer {
  ValueBuffer header;
  AtomicValue more[7];
};

// An instance with room for two attributes.
struct Room {
  Instance header;
  AtomicValue more[1];
};

struct Bench {
  Watched<Owner> owner;
  Watched<Buffer> buffer;
  Watched<Room> room;
  List list;
  Object* object = &list;  // whose lock is watched
  // Of the instance: only compared.
  Shape before, after, another;
  std::uint64_t version = 1;
  NativeFunction native;
  NativeDef def{"native", nullptr, 1, 2};
  Activation activation;
  // What the helpers saw when they were called.
  int slow = 0, unlocks = 0;
  bool inside_when_slow = false;
  std::uint8_t byte_when_slow = 0;
  // Run when a store hits a protected page; the page is writable then.
  std::function<void()> on_owner, on_buffer, on_room;
  const void* stores_to = nullptr;  // the address of that store

  Bench();
  ~Bench();
  AtomicValue& item(std::size_t i) { return buffer->header.items[i]; }
  bool inside() { return owner->inside.load() == &object->lock; }
  void note_slow() {
    ++slow;
    inside_when_slow = inside();
    byte_when_slow = object->lock.load();
  }
  Instance& instance() { return room->header; }
  Snapshot snapshot(const Program& p);
  /// list[index] = value
  void store(std::int64_t index, std::int64_t value);
  void append(std::int64_t value);
  Value pop();
  /// instance.attribute = value, which adds the attribute (slot 0) where its shape is `before`
  void add_attribute(std::int64_t value);

 private:
  Value run(Snapshot s, std::initializer_list<Value> arguments);
  Value method(Intrinsic intrinsic, std::uint16_t operands, std::int64_t value);
  Callee callee_;
  struct sigaction before_ = {};
};

Bench* bench = nullptr;

void on_fault(int, siginfo_t* info, void*) {
  bench->stores_to = info->si_addr;
  if (bench->owner.unprotect_if(info->si_addr)) {
    if (bench->on_owner) bench->on_owner();
  } else if (bench->buffer.unprotect_if(info->si_addr)) {
    if (bench->on_buffer) bench->on_buffer();
  } else if (bench->room.unprotect_if(info->si_addr)) {
    if (bench->on_room) bench->on_room();
  } else {
    signal(SIGSEGV, SIG_DFL);  // a fault of another kind: again, to be reported
  }
}

bool slow_store(Mutator*, Value, std::int64_t, Value) {
  bench->note_slow();
  return true;
}
bool slow_append(Mutator*, Value, Value) {
  bench->note_slow();
  return true;
}
bool slow_store_attr(Mutator*, Frame*, const Insn*, Value, Value) {
  bench->note_slow();
  bench->instance().set_shape(&bench->after);  // as whoever adds it: compiled code looks again
  return true;
}
Value slow_pop(Mutator*, Value) {
  bench->note_slow();
  return Value::none();
}
void note_unlock(Mutator*, Value) { ++bench->unlocks; }
void no_shrink(Mutator*, Value) {}

Bench::Bench() {
  bench = this;
  struct sigaction action = {};
  action.sa_sigaction = &on_fault;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, &before_);
  owner->mark = kMine;
  list.kind = Kind::list;
  list.lock = kMine;
  list.shape_word = reinterpret_cast<Shape*>(&def);  // any address: it is only compared
  list.size = 4;
  list.buffer = &buffer->header;
  buffer->header.aux = 8;
  for (int i = 0; i < 4; ++i) item(static_cast<std::size_t>(i)).store(Value::small_int(i));
  instance().kind = Kind::instance;
  instance().lock = kMine;
  instance().aux = 2;
  instance().shape_word = &before;
  native.kind = Kind::native_function;
  native.def = &def;
}

Bench::~Bench() {
  sigaction(SIGSEGV, &before_, nullptr);
  bench = nullptr;
}

Snapshot Bench::snapshot(const Program& p) {
  Snapshot s = p.snapshot();
  s.guards_objects = true;
  s.biases_objects = true;
  s.list_shape = list.shape_word.load();
  return s;
}

Value Bench::run(Snapshot s, std::initializer_list<Value> arguments) {
  HelperTable helpers = fake_helpers();
  const auto set = [&](Helper h, auto* f) {
    helpers.functions[static_cast<std::size_t>(h)] = reinterpret_cast<const void*>(f);
  };
  set(Helper::list_store, &slow_store);
  set(Helper::list_append, &slow_append);
  set(Helper::list_pop, &slow_pop);
  set(Helper::store_attr, &slow_store_attr);
  set(Helper::list_shrink, &no_shrink);
  set(Helper::unlock_object, &note_unlock);
  Backend* backend = shared_backend();
  REQUIRE(backend != nullptr);
  s.callees[Value::object(&native).bits()] = callee_;
  std::string error;
  EntryPoint entry = backend->compile(s, helpers, false, &error);
  INFO(error);
  REQUIRE((entry != nullptr));
  activation.mutator.bias = owner.get();
  if (on_owner) owner.protect();
  if (on_buffer) buffer.protect();
  if (on_room) room.protect();
  const Value v = activation.run(entry, arguments);
  CHECK_FALSE(last_exit.left);
  CHECK(owner->inside.load() == nullptr);
  return v;
}

void Bench::store(std::int64_t index, std::int64_t value) {
  Program p(3, 3);
  p.add(Op::store_item_, 0, 1, 2, 0, kSawList);
  p.add(Op::return_value_, 2);
  run(snapshot(p), {Value::object(&list), Value::small_int(index), Value::small_int(value)});
}

// Slots: list, value, result of list[0] (which shows that it is a list), callee, its operands.
Value Bench::method(Intrinsic intrinsic, std::uint16_t operands, std::int64_t value) {
  callee_.kind = Callee::Kind::native;
  callee_.bits = Value::object(&native).bits();
  callee_.def = &def;
  callee_.intrinsic = intrinsic;
  Program p(2, 6);
  p.add(Op::load_const_, 2, 0, 0, p.constant(Value::small_int(0)));
  p.add(Op::load_item_, 2, 0, 2, 0, kSawList);
  p.add(Op::load_const_, 3, 0, 0, p.constant(Value::object(&native)));
  p.add(Op::move_, 4, 0);
  p.add(Op::move_, 5, 1);
  p.add(Op::call_, 2, 3, operands, 0, kSawOther);
  p.add(Op::return_value_, 2);
  return run(snapshot(p), {Value::object(&list), Value::small_int(value)});
}
void Bench::append(std::int64_t value) { method(Intrinsic::list_append, 2, value); }
Value Bench::pop() { return method(Intrinsic::list_pop, 1, 0); }

void Bench::add_attribute(std::int64_t value) {
  object = &instance();
  Program p(2, 2);
  p.add(Op::store_attr_, 0, 1);
  p.add(Op::return_value_, 1);
  Snapshot s = snapshot(p);
  s.caches[0].kind = CacheKind::add_slot;
  s.caches[0].ref0 = Value::object(&before).bits();
  s.caches[0].ref1 = Value::object(&after).bits();
  s.caches[0].word1 = version;
  s.caches[0].version_address = reinterpret_cast<std::uint64_t>(&version);
  run(s, {Value::object(&instance()), Value::small_int(value)});
}

}  // namespace

TEST_CASE("sections: the owner stores without touching the byte") {
  for (std::uint8_t byte : {kMine, static_cast<std::uint8_t>(kMine | Owner::kSecond)}) {
    Bench b;
    b.list.lock = byte;
    b.store(1, 11);
    b.append(12);
    CHECK(b.item(1).load().as_int() == 11);
    CHECK(b.list.size.load() == 5);
    CHECK(b.item(4).load().as_int() == 12);
    CHECK(b.pop().as_int() == 12);
    CHECK(b.item(4).load().is_empty());
    CHECK(b.list.size.load() == 4);
    CHECK(b.list.lock.load() == byte);
    CHECK(b.slow == 0);
    CHECK(b.unlocks == 0);
  }
}

TEST_CASE("sections: an ordinary byte is taken and given back") {
  Bench b;
  b.list.lock = 0;
  b.store(1, 11);
  b.append(12);
  CHECK(b.pop().as_int() == 12);
  CHECK(b.item(1).load().as_int() == 11);
  CHECK(b.list.lock.load() == 0);
  CHECK(b.slow == 0);
  CHECK(b.unlocks == 0);
}

TEST_CASE("sections: what is another's, held, waited for, or being taken over goes the slow way, untouched") {
  for (std::uint8_t byte : {kOthers, static_cast<std::uint8_t>(kOthers | Owner::kSecond), Owner::kTaken, Lot::kHeld,
                            static_cast<std::uint8_t>(Lot::kHeld | Lot::kWaiters), Lot::kWaiters}) {
    Bench b;
    b.list.lock = byte;
    b.store(1, 11);
    b.append(12);
    CHECK(b.pop() == Value::none());
    CHECK(b.slow == 3);
    CHECK_FALSE(b.inside_when_slow);
    CHECK(b.byte_when_slow == byte);
    CHECK(b.list.lock.load() == byte);
    CHECK(b.list.size.load() == 4);
    CHECK(b.item(1).load().as_int() == 1);
  }
}

TEST_CASE("sections: a thread without a mark of its own owns nothing") {
  for (std::uint8_t byte : {kMine, static_cast<std::uint8_t>(kMine | Owner::kSecond), Owner::kTaken}) {
    Bench b;
    b.owner->mark = Owner::kNoMark;
    b.list.lock = byte;
    b.store(1, 11);
    CHECK(b.slow == 1);
    CHECK(b.item(1).load().as_int() == 1);
  }
}

TEST_CASE("sections: what does not fit is left before the slow way") {
  for (std::uint8_t byte : {kMine, std::uint8_t{0}}) {
    Bench b;
    b.list.lock = byte;
    b.store(4, 11);
    b.list.size = 8;
    b.append(12);
    b.list.buffer = nullptr;
    CHECK(b.slow == 2);
    CHECK_FALSE(b.inside_when_slow);
    CHECK(b.byte_when_slow == byte);
    CHECK(b.list.lock.load() == byte);
  }
}

TEST_CASE("sections: the former owner sees that its object was taken over while it came in") {
  for (std::uint8_t byte : {Owner::kTaken, kOthers}) {
    Bench b;
    // The taker's store comes before this thread says that it is inside: the taker saw nobody.
    b.on_owner = [&] { b.list.lock = byte; };
    b.store(1, 11);
    CHECK(b.slow == 1);
    CHECK_FALSE(b.inside_when_slow);
    CHECK(b.item(1).load().as_int() == 1);
  }
}

TEST_CASE("sections: the owner is inside when it stores, and has stored when it leaves") {
  Bench b;
  bool inside = false;
  std::int64_t at_leave = 0;
  b.on_owner = [&] { b.on_owner = nullptr; };
  b.on_buffer = [&] {
    inside = b.inside();
    b.on_owner = [&] { at_leave = b.item(1).load().as_int(); };
    b.owner.protect();
  };
  b.store(1, 11);
  CHECK(inside);
  CHECK(at_leave == 11);
  CHECK(b.slow == 0);
}

TEST_CASE("sections: who took the byte holds it when it stores, and wakes who came to wait") {
  Bench b;
  b.list.lock = 0;
  std::uint8_t seen = 0;
  bool inside = true;
  b.on_buffer = [&] {
    seen = b.list.lock.load();
    inside = b.inside();
    b.list.lock = Lot::kHeld | Lot::kWaiters;
  };
  b.store(1, 11);
  CHECK(seen == Lot::kHeld);
  CHECK_FALSE(inside);
  CHECK(b.unlocks == 1);
  CHECK(b.item(1).load().as_int() == 11);
  CHECK(b.list.lock.load() == (Lot::kHeld | Lot::kWaiters));  // the helper's work
}

TEST_CASE("sections: an attribute is added in its owner's section, the value before the shape that shows it") {
  Bench b;
  bool inside = false;
  const void* first = nullptr;
  Shape* at_value = nullptr;
  std::int64_t at_leave = 0;
  Shape* shape_at_leave = nullptr;
  b.on_room = [&] {
    inside = b.inside();
    first = b.stores_to;
    at_value = b.instance().shape();
    b.on_owner = [&] {
      at_leave = b.instance().slots[0].load().as_int();
      shape_at_leave = b.instance().shape();
    };
    b.owner.protect();
  };
  b.add_attribute(11);
  CHECK(inside);
  CHECK(first == &b.instance().slots[0]);
  CHECK(at_value == &b.before);
  CHECK(at_leave == 11);
  CHECK(shape_at_leave == &b.after);
  CHECK(b.instance().lock.load() == kMine);
  CHECK(b.slow == 0);
}

TEST_CASE("sections: nothing is added to an instance that was taken over while its owner came in") {
  for (std::uint8_t byte : {Owner::kTaken, kOthers}) {
    Bench b;
    b.on_owner = [&] { b.instance().lock = byte; };
    b.add_attribute(11);
    CHECK(b.slow == 1);
    CHECK_FALSE(b.inside_when_slow);
    CHECK(b.instance().slots[0].load().is_empty());
  }
}

TEST_CASE("sections: who takes an instance's byte looks at its shape again before adding to it") {
  for (bool changed : {false, true}) {
    Bench b;
    b.instance().lock = 0;
    // The store that takes the byte; another thread has added something since the shape was looked at.
    b.on_room = [&] {
      if (changed) b.instance().set_shape(&b.another);
    };
    b.add_attribute(11);
    CHECK(b.slow == (changed ? 1 : 0));
    CHECK(b.byte_when_slow == 0);
    CHECK(b.instance().slots[0].load().is_empty() == changed);
    CHECK(b.instance().shape() == &b.after);
    CHECK(b.instance().lock.load() == 0);
  }
}

#endif
