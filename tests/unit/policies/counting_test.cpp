// What the triggers, their rules and the stats state.
#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

#include "policies/block_cache/per_thread.h"
#include "policies/block_cache/shared.h"
#include "policies/gc_trigger/rules.h"
#include "policies/gc_trigger/shared_counter.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/stats/off.h"
#include "policies/stats/per_thread.h"
#include "policies/stats/shared_atomic.h"

namespace turnstile {
namespace {

using stats::Counter;

TEST_CASE("rules say how many bytes may be allocated") {
  using Fixed = gc_trigger::FixedThreshold<>;
  CHECK(Fixed::budget(0, 1) == 2u << 20);
  CHECK(Fixed::budget(std::size_t{1} << 40, 7) == 2u << 20);
  using Growth = gc_trigger::HeapGrowth<50, 1000, 4>;
  CHECK(Growth::budget(0, 0) == 1000);
  CHECK(Growth::budget(0, 1) == 1000);
  CHECK(Growth::budget(0, 3) == 3000);
  CHECK(Growth::budget(0, 1'000'000) == 4000);
  CHECK(Growth::budget(10'000, 2) == 5000);
  CHECK(Growth::budget(~std::size_t{0} / 2, 1) > (std::size_t{1} << 60));
}

TEST_CASE_TEMPLATE("triggers ask their rule after each collection", Trigger,
                   gc_trigger::ThreadCached<gc_trigger::HeapGrowth<100, 1000, 4>>,
                   gc_trigger::SharedCounter<gc_trigger::HeapGrowth<100, 1000, 4>>) {
  Trigger trigger;
  CHECK(trigger.budget() == 1000);
  trigger.after_collection(0, 3);
  CHECK(trigger.budget() == 3000);
  trigger.after_collection(5000, 3);
  CHECK(trigger.budget() == 5000);
  trigger.after_collection(0, 1);
  CHECK(trigger.budget() == 1000);
}

TEST_CASE("thread_cached: late by a batch at most, exact after flush") {
  gc_trigger::ThreadCached<gc_trigger::FixedThreshold<(1 << 20)>> trigger;
  decltype(trigger)::ThreadCounter counter;
  CHECK_FALSE(trigger.kCountsEveryAllocation);
  trigger.on_allocate(counter, 1 << 30);  // objects are counted by their spans
  CHECK(trigger.allocated_since_collection() == 0);
  trigger.on_span(counter, 1000);
  CHECK(trigger.allocated_since_collection() == 0);
  trigger.flush(counter);
  CHECK(trigger.allocated_since_collection() == 1000);
  trigger.flush(counter);
  CHECK(trigger.allocated_since_collection() == 1000);
  trigger.on_span(counter, trigger.kBatch);
  CHECK(trigger.allocated_since_collection() == 1000 + trigger.kBatch);
  CHECK_FALSE(trigger.should_collect());
  trigger.on_span(counter, 1 << 20);
  CHECK(trigger.should_collect());
  trigger.after_collection(0, 1);
  CHECK_FALSE(trigger.should_collect());
  CHECK(trigger.allocated_since_collection() == 0);
}

TEST_CASE("shared_counter: exact at every allocation") {
  gc_trigger::SharedCounter<gc_trigger::HeapGrowth<100, 100>> trigger;
  decltype(trigger)::ThreadCounter counter;
  CHECK(trigger.kCountsEveryAllocation);
  trigger.on_span(counter, 1 << 20);  // spans are counted by their objects
  CHECK(trigger.allocated_since_collection() == 0);
  trigger.on_allocate(counter, 99);
  CHECK_FALSE(trigger.should_collect());
  trigger.on_allocate(counter, 1);
  CHECK(trigger.should_collect());
  trigger.after_collection(1000, 1);
  trigger.on_allocate(counter, 999);
  CHECK_FALSE(trigger.should_collect());
  trigger.on_allocate(counter, 1);
  CHECK(trigger.should_collect());
}

TEST_CASE_TEMPLATE("triggers lose nothing between threads", Trigger, gc_trigger::ThreadCached<>,
                   gc_trigger::SharedCounter<>) {
  Trigger trigger;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      typename Trigger::ThreadCounter counter;
      for (int n = 0; n < 1000; ++n) {
        Trigger::kCountsEveryAllocation ? trigger.on_allocate(counter, 100) : trigger.on_span(counter, 100);
      }
      trigger.flush(counter);
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(trigger.allocated_since_collection() == 400'000);
}

TEST_CASE_TEMPLATE("stats: sums and maxima over threads, attached or gone", Stats, stats::PerThread,
                   stats::SharedAtomic) {
  Stats stats;
  typename Stats::ThreadCounters mine;
  stats.attach(mine);
  stats.add(mine, Counter::collections, 2);
  stats.record_max(mine, Counter::max_pause_ns, 50);
  stats.record_max(mine, Counter::max_pause_ns, 40);
  std::vector<std::thread> threads;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    threads.emplace_back([&, i] {
      typename Stats::ThreadCounters counters;
      stats.attach(counters);
      for (int n = 0; n < 100; ++n) stats.add(counters, Counter::collections, 1);
      stats.record_max(counters, Counter::max_pause_ns, i * 20);
      stats.add(counters, Counter::spans, i);
      stats.detach(counters);
    });
  }
  static_cast<void>(stats.snapshot());  // while they count
  for (auto& thread : threads) thread.join();
  for (int twice = 0; twice < 2; ++twice) {
    const stats::Snapshot sum = stats.snapshot();
    CHECK(sum[Counter::collections] == 402);
    CHECK(sum[Counter::max_pause_ns] == 80);
    CHECK(sum[Counter::spans] == 10);
    CHECK(sum[Counter::deopts] == 0);
    if (twice == 0) stats.detach(mine);
  }
}

TEST_CASE("stats::PerThread: counters may be attached again after they were folded") {
  stats::PerThread stats;
  stats::PerThread::ThreadCounters a, b, c;
  for (auto* counters : {&a, &b, &c}) stats.attach(*counters);
  for (auto* counters : {&a, &b, &c}) stats.add(*counters, Counter::stops, 1);
  stats.detach(b);
  CHECK(stats.snapshot()[Counter::stops] == 3);
  stats.attach(b);
  stats.add(b, Counter::stops, 1);
  stats.detach(a);
  stats.detach(c);
  stats.detach(b);
  CHECK(stats.snapshot()[Counter::stops] == 4);
}

TEST_CASE("stats::Off counts nothing, every counter has a name") {
  stats::Off off;
  stats::Off::ThreadCounters counters;
  off.attach(counters);
  off.add(counters, Counter::stops, 5);
  off.record_max(counters, Counter::max_pause_ns, 5);
  CHECK(off.snapshot()[Counter::stops] == 0);
  CHECK_FALSE(stats::Off::kCounts);
  for (const auto name : stats::kCounterNames) CHECK_FALSE(name.empty());
  CHECK(stats::is_maximum(Counter::max_pause_ns));
  CHECK_FALSE(stats::is_maximum(Counter::stops));
}

TEST_CASE("block caches state what they are") {
  using Affine = block_cache::PerThread<block_cache::affine>;
  using Unaffine = block_cache::PerThread<block_cache::unaffine>;
  CHECK((Affine::kPerThread && Affine::kAffine));
  CHECK((Unaffine::kPerThread && !Unaffine::kAffine));
  CHECK_FALSE((block_cache::Shared::kPerThread || block_cache::Shared::kAffine));
  CHECK(Affine::kName != Unaffine::kName);
}

}  // namespace
}  // namespace turnstile
