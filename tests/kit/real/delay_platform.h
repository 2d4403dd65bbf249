// A real platform with injected delays: gives the processor away at random before operations, sometimes for long, and
// wakes sleepers for no reason. Interleavings that are rare on an idle machine become common.
#pragma once

#include <sched.h>

#include <atomic>
#include <cstdint>
#include <type_traits>

#include "policies/platform.h"

namespace turnstile::kit {

struct DelayPlatform : RealPlatform {
  /// Before and after an operation.
  static void delay() {
    thread_local std::uint32_t random =
        static_cast<std::uint32_t>(thread_tag() >> 4 ^ static_cast<unsigned>(now())) | 1;
    random ^= random << 13;
    random ^= random >> 17;
    random ^= random << 5;
    if (random % 8 == 0) sched_yield();
    if (random % 1024 != 1) return;
    for (int i = 0; i < 50; ++i) sched_yield();
  }

  template <class T>
  struct atomic : std::atomic<T> {
    using Base = std::atomic<T>;
    using Order = std::memory_order;
    using Base::Base;
    T load(Order order = Order::seq_cst) const { return delay(), Base::load(order); }
    void store(T value, Order order = Order::seq_cst) {
      delay();
      Base::store(value, order);
      delay();
    }
    T exchange(T value, Order order = Order::seq_cst) { return delay(), Base::exchange(value, order); }
    T fetch_add(T value, Order order = Order::seq_cst) { return delay(), Base::fetch_add(value, order); }
    T fetch_sub(T value, Order order = Order::seq_cst) { return delay(), Base::fetch_sub(value, order); }
    T fetch_or(T value, Order order = Order::seq_cst) { return delay(), Base::fetch_or(value, order); }
    T fetch_and(T value, Order order = Order::seq_cst) { return delay(), Base::fetch_and(value, order); }
    template <class... Orders>
    bool compare_exchange_strong(T& expected, T value, Orders... orders) {
      return delay(), Base::compare_exchange_strong(expected, value, orders...);
    }
    template <class... Orders>
    bool compare_exchange_weak(T& expected, T value, Orders... orders) {
      return delay(), Base::compare_exchange_weak(expected, value, orders...);
    }
  };

  static bool park(std::atomic<std::uint32_t>& word, std::uint32_t expected, Deadline deadline = kNoDeadline) {
    delay();
    if (deadline == kNoDeadline && now() % 16 == 0) return true;
    return RealPlatform::park(word, expected, deadline);
  }
  template <class Done>
  static std::uint32_t park_until(atomic<std::uint32_t>& word, std::memory_order order, Done&& done,
                                  Deadline deadline = kNoDeadline) {
    return platform_detail::park_until<DelayPlatform>(word, order, done, deadline);
  }
};

namespace delay_detail {

template <class Lock>
struct Delayed {
  using type = Lock;
};
template <template <class> class Lock>
struct Delayed<Lock<RealPlatform>> {
  using type = Lock<DelayPlatform>;
};
template <template <class, class> class Lock, class M>
struct Delayed<Lock<M, RealPlatform>> {
  using type = Lock<typename Delayed<M>::type, DelayPlatform>;
};

}  // namespace delay_detail

/// The same lock on DelayPlatform, where it is a template over its Platform (its last parameter); else itself.
template <class Lock>
using Delayed = typename delay_detail::Delayed<Lock>::type;

}  // namespace turnstile::kit
