// The Platform of the explorer: what policies/platform.h offers, every operation an event of the engine.
//
// Weak compare-and-swaps do not fail for no reason; the clock stands still, and a deadline passes whenever a parked
// thread's branch says so. ExplorerPlatform takes PlatformMutex for one blocking step (the kit proves the mutex by
// itself); RawExplorerPlatform explores its word and its parking like any other code.
#pragma once

#include <bit>
#include <climits>
#include <cstdint>
#include <source_location>
#include <type_traits>

#include "policies/platform.h"
#include "policies/platform_mutex.h"
#include "tests/kit/engine/engine.h"

namespace turnstile::kit {

using SourceLocation = std::source_location;

constexpr Order order_of(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return Order::relaxed;
    case std::memory_order_release:
      return Order::release;
    case std::memory_order_acq_rel:
      return Order::acq_rel;
    case std::memory_order_seq_cst:
      return Order::seq_cst;
    default:
      return Order::acquire;
  }
}
/// What a compare-and-swap with this order has where it fails.
constexpr std::memory_order failure_of(std::memory_order order) {
  if (order == std::memory_order_acq_rel) return std::memory_order_acquire;
  if (order == std::memory_order_release) return std::memory_order_relaxed;
  return order;
}

template <class T>
class ExplorerAtomic {
  // NOLINTBEGIN(bugprone-sizeof-expression): T may well be a pointer
  static_assert(sizeof(T) <= 8 && std::is_trivially_copyable_v<T>);
  static constexpr std::uint64_t kMask =
      sizeof(T) == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * sizeof(T) % 64)) - 1;
  // NOLINTEND(bugprone-sizeof-expression)
  static constexpr std::memory_order kSeqCst = std::memory_order_seq_cst;

 public:
  ExplorerAtomic() : ExplorerAtomic(T{}) {}
  ExplorerAtomic(T value)  // NOLINT: as std::atomic's
      : location_(Engine::current()->new_location(encode(value), this)) {}
  ~ExplorerAtomic() {
    if (Engine* const engine = Engine::current()) engine->destroy_location(location_, SourceLocation::current());
  }
  ExplorerAtomic(const ExplorerAtomic&) = delete;
  ExplorerAtomic& operator=(const ExplorerAtomic&) = delete;

  T load(std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) const {
    return decode(run({.order = order_of(order), .at = at}));
  }
  void store(T value, std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) {
    run({.op = Op::store, .order = order_of(order), .operand = encode(value), .at = at});
  }
  T exchange(T value, std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) {
    return update(Op::exchange, value, order, at);
  }
  T fetch_add(T value, std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) {
    return update(Op::add, value, order, at);
  }
  T fetch_sub(T value, std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) {
    return update(Op::sub, value, order, at);
  }
  T fetch_or(T value, std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) {
    return update(Op::or_, value, order, at);
  }
  T fetch_and(T value, std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) {
    return update(Op::and_, value, order, at);
  }
  T fetch_xor(T value, std::memory_order order = kSeqCst, SourceLocation at = SourceLocation::current()) {
    return update(Op::xor_, value, order, at);
  }
  bool compare_exchange_strong(T& expected, T value, std::memory_order success, std::memory_order failure,
                               SourceLocation at = SourceLocation::current()) {
    const std::uint64_t wanted = encode(expected);
    const std::uint64_t seen = run({.op = Op::cas,
                                    .order = order_of(success),
                                    .failure = order_of(failure),
                                    .operand = encode(value),
                                    .expected = wanted,
                                    .at = at});
    if (seen == wanted) return true;
    expected = decode(seen);
    return false;
  }
  bool compare_exchange_strong(T& expected, T value, std::memory_order order = kSeqCst,
                               SourceLocation at = SourceLocation::current()) {
    return compare_exchange_strong(expected, value, order, failure_of(order), at);
  }
  bool compare_exchange_weak(T& expected, T value, std::memory_order success, std::memory_order failure,
                             SourceLocation at = SourceLocation::current()) {
    return compare_exchange_strong(expected, value, success, failure, at);
  }
  bool compare_exchange_weak(T& expected, T value, std::memory_order order = kSeqCst,
                             SourceLocation at = SourceLocation::current()) {
    return compare_exchange_strong(expected, value, order, failure_of(order), at);
  }

  int location() const { return location_; }
  const std::atomic<T>* face() const { return &face_; }
  static const ExplorerAtomic& of(const std::atomic<T>* face) { return *reinterpret_cast<const ExplorerAtomic*>(face); }

 private:
  static std::uint64_t encode(T value) {
    if constexpr (std::is_pointer_v<T>) {
      return reinterpret_cast<std::uint64_t>(value);
    } else {
      return static_cast<std::uint64_t>(value) & kMask;
    }
  }
  static T decode(std::uint64_t bits) {
    if constexpr (std::is_pointer_v<T>) {
      return reinterpret_cast<T>(bits);
    } else {
      return static_cast<T>(bits);
    }
  }
  std::uint64_t run(Operation operation) const {
    operation.mask = kMask;
    return Engine::current()->access(location_, operation);
  }
  T update(Op op, T value, std::memory_order order, SourceLocation at) {
    return decode(run({.op = op, .order = order_of(order), .operand = encode(value), .at = at}));
  }

  std::atomic<T> face_{};  // an address for those who want that of a std::atomic; first, so that it is also this one's
  int location_;
};

/// A plain variable: two accesses, one of them a write, must be ordered by happens-before.
template <class T>
class ExplorerVar {
 public:
  ExplorerVar() = default;
  ExplorerVar(T value) : value_(value) {}  // NOLINT: as a plain variable's
  ExplorerVar(const ExplorerVar& other) : value_(other.get()) {}
  ~ExplorerVar() {
    if (Engine* const engine = Engine::current()) engine->destroy_variable(accesses_);
  }
  ExplorerVar& operator=(const ExplorerVar& other) { return set(other.get()); }
  ExplorerVar& operator=(T value) { return set(value); }

  operator T() const { return get(); }  // NOLINT: as a plain variable
  T operator->() const
    requires std::is_pointer_v<T>
  {
    return get();
  }
  T get() const {
    if (Engine* const engine = Engine::current()) engine->touch(accesses_, false, this);
    return value_;
  }
  ExplorerVar& set(T value) {
    if (Engine* const engine = Engine::current()) engine->touch(accesses_, true, this);
    value_ = value;
    return *this;
  }
  T operator++() { return set(get() + 1), value_; }
  T operator--() { return set(get() - 1), value_; }
  T operator++(int) { return set(get() + 1), value_ - 1; }
  ExplorerVar& operator+=(T value) { return set(get() + value); }
  ExplorerVar& operator-=(T value) { return set(get() - value); }

 private:
  mutable Accesses accesses_;
  T value_{};
};

struct RawExplorerPlatform {
  template <class T>
  using atomic = ExplorerAtomic<T>;
  template <class T>
  using var = ExplorerVar<T>;

  static void fence(SourceLocation at = SourceLocation::current()) { Engine::current()->fence(Kind::fence, at); }
  static void asym_light(SourceLocation at = SourceLocation::current()) { Engine::current()->fence(Kind::light, at); }
  static void asym_heavy(SourceLocation at = SourceLocation::current()) { Engine::current()->fence(Kind::heavy, at); }
  static bool light_is_free() { return true; }
  static Deadline now() { return 0; }
  /// One look stands for any number: the searches try each order of it and of what it looks for.
  static int looks() { return 1; }
  static void pause() {}
  static bool park(const atomic<std::uint32_t>& word, std::uint32_t expected, Deadline deadline = kNoDeadline,
                   SourceLocation at = SourceLocation::current()) {
    return Engine::current()->park(word.location(), expected, deadline != kNoDeadline, at);
  }
  /// Its looks have no effect: those that another finds out of date are left out (Engine::sleep).
  template <class Done>
  static std::uint32_t park_until(const atomic<std::uint32_t>& word, std::memory_order order, Done&& done,
                                  Deadline deadline = kNoDeadline, SourceLocation at = SourceLocation::current()) {
    Engine& engine = *Engine::current();
    for (;;) {
      engine.begin_look();
      const std::uint32_t seen = word.load(order, at);
      if (done(seen) || !engine.sleep(word.location(), seen, deadline != kNoDeadline, at)) return seen;
    }
  }
  static void unpark(const atomic<std::uint32_t>& word, int count = INT_MAX,
                     SourceLocation at = SourceLocation::current()) {
    Engine::current()->unpark(word.location(), count, at);
  }
  template <class Ready>
  static void await(Ready&& ready) {
    Engine& engine = *Engine::current();
    for (;;) {
      engine.begin_look();
      const bool now = ready();
      engine.end_await(now);
      if (now) return;
    }
  }
  static const std::atomic<std::uint32_t>* poll_address(const atomic<std::uint32_t>& word) { return word.face(); }
  /// What generated code does with that address.
  static std::uint32_t poll(const std::atomic<std::uint32_t>* word, SourceLocation at = SourceLocation::current()) {
    return atomic<std::uint32_t>::of(word).load(std::memory_order_relaxed, at);
  }
};

struct ExplorerPlatform : RawExplorerPlatform {};

}  // namespace turnstile::kit

namespace turnstile {

/// One step to take it, one to free it: fewer executions, the same ones that matter.
template <>
class ABSL_LOCKABLE PlatformMutex<kit::ExplorerPlatform> {
 public:
  PlatformMutex() : location_(kit::Engine::current()->new_location(0, this)) {
    kit::Engine::current()->note_mutex(location_);
  }
  ~PlatformMutex() {
    if (kit::Engine* const engine = kit::Engine::current()) {
      engine->destroy_location(location_, kit::SourceLocation::current());
    }
  }
  PlatformMutex(const PlatformMutex&) = delete;
  PlatformMutex& operator=(const PlatformMutex&) = delete;

  void lock(kit::SourceLocation at = kit::SourceLocation::current()) ABSL_EXCLUSIVE_LOCK_FUNCTION() {
    run({.op = kit::Op::exchange, .order = kit::Order::acquire, .operand = 1, .wait_mask = 1, .at = at});
  }
  bool try_lock(kit::SourceLocation at = kit::SourceLocation::current()) ABSL_EXCLUSIVE_TRYLOCK_FUNCTION(true) {
    return run({.op = kit::Op::cas, .order = kit::Order::acquire, .operand = 1, .at = at}) == 0;
  }
  void unlock(kit::SourceLocation at = kit::SourceLocation::current()) ABSL_UNLOCK_FUNCTION() {
    run({.op = kit::Op::store, .order = kit::Order::release, .at = at});
  }
  void reset_after_fork() { run({.op = kit::Op::store, .at = kit::SourceLocation::current()}); }

 private:
  std::uint64_t run(const kit::Operation& operation) { return kit::Engine::current()->access(location_, operation); }
  int location_;
};

}  // namespace turnstile
