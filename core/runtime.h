// BasicRuntime<P>: one runtime instantiated with policy P: P's world lock, object lock, heap, counters and code lock
// behind the services that ordinary code asks for (RuntimeCore). Runtime<P> in codegen/runtime.h adds the compiler.
//
// Lock order: world lock, then an object's lock, then code metadata, then the heap's lock, threads_mutex_, roots,
// interned strings. The last four are leaves: their holders reach no safepoint.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

#include "allocator/heap.h"
#include "allocator/stack_scan.h"
#include "allocator/world_stopped.h"
#include "core/guard.h"
#include "core/interpreter.h"
#include "core/runtime_core.h"
#include "core/stop_recorder.h"
#include "core/thread_setup.h"
#include "core/tracing.h"
#include "policies/concepts.h"
#include "policies/consistency.h"

namespace turnstile {

template <class P>
class BasicRuntime : public RuntimeCore {
  static_assert(SyncPolicy<P>, "P must model SyncPolicy (policies/concepts.h)");
  static_assert(CheckedPolicy<P>, "the facts of P's axes must combine (policies/consistency.h)");

 public:
  using Policy = P;
  using Heap = allocator::Heap<P, ObjectModel>;

  /// The constructing thread becomes the runtime's main thread: attached, blocked. Throws std::bad_alloc if the system
  /// refuses the first megabytes.
  explicit BasicRuntime(RuntimeOptions runtime_options = {})
      : heap_(heap_options(runtime_options), &stats_), recorder_(runtime_options.record_stops) {
    options = std::move(runtime_options);
    main_ = heap_.ok() ? static_cast<ThreadMutator*>(attach()) : nullptr;
    if (main_ == nullptr) throw std::bad_alloc();
    main_->is_main = true;
    enter(*main_);
    try {
      bootstrap(*main_);
    } catch (...) {
      detach(main_);
      throw;
    }
    bootstrapped_ = true;
    heap_.set_limit(options.max_heap);  // from here on: what the runtime itself is made of cannot be refused
    leave(*main_);
  }

  /// All other threads have detached.
  ~BasicRuntime() override {
    enter(*main_);
    shut_down(*main_);
    detach(main_);
  }

  Mutator& main_mutator() override { return *main_; }

  // --- the heap ---------------------------------------------------------------------------------------------------
  void* allocate_slow(Mutator& m, std::size_t bytes) override {
    allocator::save_context(m.saved);
    ThreadMutator& t = self(m);
    if (heap_.should_collect() && gc_enabled.load(std::memory_order_relaxed)) collect_garbage(t, false);
    void* p = heap_.allocate_slow(t.cache, bytes);
    if (p != nullptr) return p;
    collect_garbage(t, true);
    p = heap_.allocate_slow(t.cache, bytes);
    if (p == nullptr) {
      if (!bootstrapped_) throw std::bad_alloc();  // there is no MemoryError yet; only the constructor is above
      raise_memory_error(m);
    }
    return p;
  }

  void collect(Mutator& m) override {
    allocator::save_context(m.saved);
    collect_garbage(self(m), true);
  }

  void register_finalizer(Mutator&, Object* object, void (*run)(void*)) override {
    heap_.register_finalizer(object, run);
  }

  allocator::HeapStatistics heap_statistics() override { return heap_.statistics(); }

  // --- threads ----------------------------------------------------------------------------------------------------
  Mutator* attach() override {
    std::unique_ptr<ThreadMutator> t(new (std::nothrow) ThreadMutator);
    if (t == nullptr || !prepare_mutator(*t, *this, main_ == nullptr)) return nullptr;
    present_.fetch_add(1, std::memory_order_relaxed);
    t->guards_objects = P::ObjectLock::kLocks;
    t->locks_header_byte = P::ObjectLock::kHeaderByte;
    if constexpr (BiasedObjectLock<typename P::ObjectLock>) {
      t->biases_objects = true;
      t->bias = &object_lock_.attach();
    }
    stats_.attach(t->counters);
    world_.attach(t->world);
    const PollWord poll = world_.poll_word(t->world);
    t->poll_word = poll.word;
    t->poll_mask = poll.mask;
    world_.enter(t->world);
    heap_.attach(t->cache, t->cursors, &t->counters, t.get());
    t->barrier = heap_.write_barrier();
    {
      std::scoped_lock lock(threads_mutex_);
      threads_.push_back(t.get());
    }
    allocator::save_context(t->saved);
    world_.leave(t->world);
    return t.release();
  }

  void detach(Mutator* m) override {
    std::unique_ptr<ThreadMutator> t(&self(*m));
    heap_.detach(t->cache);
    if constexpr (BiasedObjectLock<typename P::ObjectLock>) object_lock_.detach(*t->bias);
    {
      std::scoped_lock lock(threads_mutex_);
      std::erase(threads_, t.get());
    }
    world_.leave(t->world);
    world_.detach(t->world);
    stats_.detach(t->counters);
    release_mutator(*t);
    t.reset();
    // The last that this thread does with the runtime: pairs with the acquire in attached_threads(), after which the
    // runtime may be destroyed.
    present_.fetch_sub(1, std::memory_order_release);
  }

  void enter(Mutator& m) override { world_.enter(self(m).world); }
  void leave(Mutator& m) override { world_.leave(self(m).world); }

  bool safepoint(Mutator& m) override {
    allocator::save_context(m.saved);
    await_resume(self(m));
    return deliver_interrupt(m);
  }

  bool deliver_interrupt(Mutator& m) override {
    if (!m.is_main || !m.interrupt_pending.exchange(false, std::memory_order_acquire)) return true;
    world_.clear_poll_request();
    raise(m, exceptions.KeyboardInterrupt, "");
    return false;
  }

  bool stop_world(Mutator& m) override {
    allocator::save_context(m.saved);
    ThreadMutator& t = self(m);
    if (t.exclusive++ != 0) return true;
    const std::uint64_t begin = StopRecorder::now();
    if (!world_.stop(t.world)) {
      --t.exclusive;
      return false;
    }
    note_stop(t, begin);
    return true;
  }
  void resume_world(Mutator& m) override {
    ThreadMutator& t = self(m);
    if (--t.exclusive != 0) return;
    recorder_.resuming();
    world_.resume(t.world);
  }
  std::size_t attached_threads() const override { return present_.load(std::memory_order_acquire); }

  void interrupt_main() override {
    main_->interrupt_pending.store(true, std::memory_order_release);
    world_.request_poll();
    main_->parker.unpark();  // it may be asleep in a wait of core/modules/wait_queue.h
  }

  // --- object locks -------------------------------------------------------------------------------------------------
  void lock_object(Mutator& m, Object* o) override {
    if constexpr (BiasedObjectLock<typename P::ObjectLock>) {
      object_lock_.lock(*m.bias, o->lock, Wait{this, &m});
    } else {
      object_lock_.lock(o->lock, Wait{this, &m});
    }
  }
  void unlock_object(Mutator& m, Object* o) override {
    if constexpr (BiasedObjectLock<typename P::ObjectLock>) {
      object_lock_.unlock(*m.bias, o->lock);
    } else {
      object_lock_.unlock(o->lock);
    }
  }
  void lock_two(Mutator& m, Object* a, Object* b) override { object_lock_.lock_two(a->lock, b->lock, Wait{this, &m}); }
  void unlock_two(Mutator&, Object* a, Object* b) override { object_lock_.unlock_two(a->lock, b->lock); }

  // --- counters and facts -------------------------------------------------------------------------------------------
  void count(Mutator& m, stats::Counter c, std::uint64_t n) override { stats_.add(self(m).counters, c, n); }
  stats::Snapshot counters() const override { return stats_.snapshot(); }
  const StopRecorder& stop_recorder() const override { return recorder_; }
  std::string_view policy_name() const override { return P::kName; }
  EntryPoint interpreter_entry() const override { return &Interpreter<P>::run; }

  // --- the code lock: lock and unlock are separate calls here, which the thread-safety analysis cannot pair ----------
  bool try_claim_compilation(CodeData& code) override { return code_lock_.try_claim(code.compile_claim); }
  void release_compilation(CodeData& code) override { code_lock_.release_claim(code.compile_claim); }
  void lock_code_metadata(Mutator& m) override ABSL_NO_THREAD_SAFETY_ANALYSIS {
    code_lock_.lock_metadata(Wait{this, &m});
  }
  void unlock_code_metadata(Mutator&) override ABSL_NO_THREAD_SAFETY_ANALYSIS { code_lock_.unlock_metadata(); }
  void lock_compiler(Mutator& m) override ABSL_NO_THREAD_SAFETY_ANALYSIS { code_lock_.lock_compiler(Wait{this, &m}); }
  void unlock_compiler(Mutator&) override ABSL_NO_THREAD_SAFETY_ANALYSIS { code_lock_.unlock_compiler(); }
  unsigned parallel_compilations() const override {
    if constexpr (!P::CodeLock::kParallelCompilation) return 1;
    // One processor is left to the program.
    return std::clamp(std::thread::hardware_concurrency(), 2u, 5u) - 1;
  }

 private:
  struct ThreadMutator : Mutator {
    typename P::WorldLock::ThreadState world;
    std::uint32_t exclusive = 0;  // stop_world() calls that are not resumed yet
    typename Heap::Cache cache;
    typename P::Stats::ThreadCounters counters;
  };

  // Runs a wait of an axis inside a blocking region.
  struct Wait {
    BasicRuntime* runtime;
    Mutator* m;
    template <class Fn>
    void operator()(Fn&& wait) const {
      runtime->stats_.add(self(*m).counters, stats::Counter::object_lock_waits, 1);
      BlockingRegion region(*m);
      wait();
    }
  };

  static ThreadMutator& self(Mutator& m) { return static_cast<ThreadMutator&>(m); }

  static allocator::HeapOptions heap_options(const RuntimeOptions& o) {
    allocator::HeapOptions h;
    h.stress_every = o.gc_stress;
    h.poison = o.gc_poison;
    h.pages = o.pages;
    return h;
  }

  // The world is stopped, as was asked at `begin`.
  void note_stop(ThreadMutator& t, std::uint64_t begin) {
    const std::uint64_t now = StopRecorder::now();
    const std::uint64_t waited = now - begin;
    if (recorder_.enabled()) {
      std::scoped_lock lock(threads_mutex_);
      recorder_.stopped(begin, now, threads_);
    }
    stats_.add(t.counters, stats::Counter::stops, 1);
    stats_.add(t.counters, stats::Counter::time_to_stop_ns, waited);
    stats_.record_max(t.counters, stats::Counter::max_time_to_stop_ns, waited);
  }

  // The caller has saved its context. `forced`: collect even if another thread just did.
  void collect_garbage(ThreadMutator& t, bool forced) {
    using Stop = allocator::StopTheWorld<typename P::WorldLock>;
    if (t.exclusive != 0) {
      // A native function that is exclusive allocates: the world is stopped already, by this thread.
      collect_stopped(t, Stop(world_, t.world, allocator::AlreadyExclusive{}).witness(), forced);
      return;
    }
    const auto collect_if_stopped = [&](auto... how) {
      const Announcement announcement(heap_);
      const std::uint64_t begin = StopRecorder::now();
      Stop stop(world_, t.world, how...);
      if (!stop) return false;
      note_stop(t, begin);
      if (forced || heap_.should_collect()) collect_stopped(t, stop.witness(), forced);
      recorder_.resuming();
      return true;
    };
    if (!forced) t.cleared_below = Mutator::kNotShortOfMemory;
    if (P::WorldLock::kCanStopMany && !forced) {
      // Requests that meet coalesce: who finds the world being stopped is stopped, and as a rule finds it collected.
      if (collect_if_stopped(allocator::UnlessOvertaken{})) return;
      await_resume(t);
      if (!heap_.should_collect()) return;
    }
    collect_if_stopped();
  }

  // The slow path of a poll, whose word the caller has not looked at.
  void await_resume(ThreadMutator& t) {
    stats_.add(t.counters, stats::Counter::safepoints, 1);
    recorder_.arrives(t);
    if constexpr (LendingWorldLock<typename P::WorldLock>) {
      world_.safepoint(t.world, [&] { heap_.help_collecting(t.cache); });
    } else {
      world_.safepoint(t.world);
    }
    recorder_.leaves(t);
  }

  struct Announcement {
    Heap& heap;
    explicit Announcement(Heap& h) : heap(h) { heap.announce_collection(); }
    ~Announcement() { heap.withdraw_announcement(); }
  };

  struct Roots {
    BasicRuntime& runtime;
    void thread(allocator::Marker& marker, void* owner) {
      runtime.trace_mutator(*static_cast<ThreadMutator*>(owner), marker);
    }
    void rest(allocator::Marker& marker) { runtime.trace_runtime(marker); }
  };

  void collect_stopped(ThreadMutator& t, const allocator::WorldStopped& witness, bool forced) {
    const std::uint64_t begin = StopRecorder::now();
    Roots roots{*this};
    const auto extent = forced ? allocator::Extent::full : allocator::Extent::due;
    const allocator::CollectionResult result = heap_.collect(witness, roots, extent);
    if (options.gc_verify) {
      if (auto violation = heap_.verify(witness, roots)) {
        std::fprintf(stderr, "turnstile: heap verification failed: %s\n", violation->c_str());
        std::abort();
      }
    }
    const std::uint64_t pause = StopRecorder::now() - begin;
    if (result.complete) stats_.add(t.counters, stats::Counter::collections, 1);
    stats_.add(t.counters, stats::Counter::collection_ns, pause);
    stats_.record_max(t.counters, stats::Counter::max_pause_ns, pause);
    recorder_.collected(pause, result.mark_ns);
  }

  typename P::Stats stats_;
  typename P::WorldLock world_;
  typename P::ObjectLock object_lock_;
  typename P::CodeLock code_lock_;
  Heap heap_;
  StopRecorder recorder_;
  std::atomic<std::size_t> present_{0};  // from the start of attach() to the end of detach()
  std::mutex threads_mutex_;
  std::vector<ThreadMutator*> threads_;  // guarded by threads_mutex_
  ThreadMutator* main_ = nullptr;
  bool bootstrapped_ = false;
};

}  // namespace turnstile
