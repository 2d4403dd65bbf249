// One marking of the heap: the markers of all threads that take part, from the roots to the last reachable object, or
// until the budget is used up. Then what was reached and not yet traced is kept for the next run.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "allocator/block_pool.h"
#include "allocator/mark_crew.h"
#include "allocator/marker.h"
#include "allocator/object_model.h"

namespace turnstile::allocator {

/// After marking, before anything is freed: which objects survive.
class Liveness {
 public:
  explicit Liveness(const Marker& marker) : marker_(marker) {}
  /// `object` is the first byte of an object of this heap, or something outside it (then true).
  bool is_live(const void* object) const { return marker_.is_marked(object); }

 private:
  const Marker& marker_;
};

/// Parts of what marking begins with. Several threads take them at the same time; each says whether there was one.
template <class S>
concept MarkSource = requires(S source, Marker& marker, void* guest) {
  { source.take_root(marker, guest) } -> std::same_as<bool>;  ///< `guest`: what the thread gave to MarkCrew::help
  { source.take_remembered(marker) } -> std::same_as<bool>;
  { source.restart_remembered() } -> std::same_as<void>;  ///< more is remembered since a part was taken
};

/// Use: construct, mark(). World stopped, all runs swept.
class MarkRun {
 public:
  enum class Members : std::uint8_t {
    one,     ///< the calling thread marks alone
    guests,  ///< stopped threads help, if some wait to do so
    all,     ///< the crew's own threads do, too, unless as many wait as there can be
  };
  MarkRun(BlockPool& pool, MarkSegmentPool& segments, MarkCrew& crew, Members members);
  ~MarkRun();
  MarkRun(const MarkRun&) = delete;
  MarkRun& operator=(const MarkRun&) = delete;

  /// From now on each step is checked, and the first violation is remembered.
  template <ObjectModel Model>
  void verify_steps() {
    for (Marker* marker : markers())
      start_verification(
          *marker, [](const void* o) -> bool { return Model::check(o); },
          [](const void* o) { return model_has_external<Model>(o); },
          [](const void* o) { return model_describe<Model>(o); });
  }

  /// From now on what a later minor collection has to know is noted. `cards`: in a run that may be suspended, large
  /// objects are traced as if they had been written to everywhere, in parts and by several threads.
  void remember(const WriteBarrier& cards);
  /// Appends what was noted: what stacks led to, and newly marked objects that are written freely. False: memory was
  /// refused, something is missing.
  bool take_findings(NoteList& on_stacks, NoteList& always) const;

  /// Marks everything reachable from what `source` has and, with `resume`, from what an earlier run kept. False: the
  /// budget was used up first. All roots have been taken, of what is remembered perhaps only a part.
  template <ObjectModel Model, MarkSource Source>
  bool mark(Source& source, const MarkBudget& budget = {}, bool resume = false);

  Liveness liveness() const { return Liveness(first_); }
  std::uint64_t live_bytes() const;
  std::uint64_t live_objects() const;
  std::string violation() const;

 private:
  std::span<Marker* const> markers() const { return {all_.data(), count_}; }
  static void start_verification(Marker& marker, bool (*check)(const void*), bool (*is_external)(const void*),
                                 const char* (*describe)(const void*));
  void start(const MarkBudget& budget);
  bool take_overflowed();
  bool take_left_to_cards();

  template <ObjectModel Model>
  static void trace(Marker& marker, void* object) {
    const bool in_parts = (reinterpret_cast<std::uintptr_t>(object) & Marker::kInParts) != 0;
    if (in_parts) [[unlikely]]
      object = static_cast<char*>(object) - Marker::kInParts;
    marker.parent_ = object;
    if (!Model::is_object(object)) return;
    if constexpr (GenerationalModel<Model>) {
      const bool freely = marker.remembers_ && Model::is_written_freely(object);
      if (freely) marker.note(marker.always_, object);
      if (in_parts && !freely && Model::has_parts(object)) return marker.trace_by_cards(object);
    }
    Model::trace(object, marker);
  }
  /// Until nothing is left or the budget is used up.
  template <ObjectModel Model>
  static void drain(Marker& marker);
  template <ObjectModel Model>
  void retrace_all();

  BlockPool& pool_;
  MarkSegmentPool& segments_;
  MarkCrew& crew_;
  const bool wake_;
  Marker first_;
  unsigned count_ = 1;
  std::array<Marker*, MarkCrew::kMostThreads> all_{&first_};
};

/// Objects are traced in the order in which they were reached, delayed by a short queue: between a cell's prefetch and
/// its tracing lie kDelay others (Cher, Hosking, Vitek: Software Prefetching for Mark-Sweep Garbage Collection, 2004).
template <ObjectModel Model>
void MarkRun::drain(Marker& marker) {
  constexpr unsigned kDelay = 8;
  void* queue[kDelay];
  unsigned first = 0;
  unsigned count = 0;
  for (;;) {
    while (count < kDelay) {
      void* const object = marker.pop();
      if (object == nullptr) break;
      __builtin_prefetch(object);
      queue[(first + count++) % kDelay] = object;
    }
    if (count == 0) return;
    void* const object = queue[first];
    first = (first + 1) % kDelay;
    --count;
    trace<Model>(marker, object);
    if (--marker.until_look_ == 0) [[unlikely]] {
      marker.until_look_ = Marker::kLookInterval;
      marker.share_if_hungry();
      marker.look(Marker::kLookInterval);
      if (marker.over_) {
        for (; count != 0; --count) marker.push(queue[first++ % kDelay]);
        return;
      }
    }
  }
}

/// A mark stack could not grow: some marked objects were not traced. Tracing all marked ones again reaches their
/// children; those that are marked already cost one test.
template <ObjectModel Model>
void MarkRun::retrace_all() {
  first_.budget_ = {};
  first_.over_ = false;
  const RegionView view = pool_.view();
  pool_.for_each_run([&](Block& head) {
    char* const base = view.address_of(head);
    for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
      std::uint64_t bits = head.marked[word].load(std::memory_order_relaxed);
      for (; bits != 0; bits &= bits - 1) {
        const std::size_t cell = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        trace<Model>(first_, base + cell * head.cell_bytes);
        drain<Model>(first_);
      }
    }
  });
}

// Roots first, all of them: what is on a stack has to be noted in every run. Then what an earlier run kept, before what
// was written since: that grows while the mutators run, the rest only shrinks.
template <ObjectModel Model, MarkSource Source>
bool MarkRun::mark(Source& source, const MarkBudget& budget, bool resume) {
  struct Job {
    MarkRun& run;
    Source& source;

    void take_part(unsigned index, void* guest) {
      // There was no memory for a marker, or this thread came too late.
      if (index >= run.count_ || (index != 0 && !run.segments_.join())) return;
      Marker& marker = *run.all_[index];
      const auto drain_if_in_budget = [&] {
        if (!marker.over_) drain<Model>(marker);
      };
      while (source.take_root(marker, guest)) drain_if_in_budget();
      while (!marker.over_ && marker.try_take_shared()) drain<Model>(marker);
      while (!marker.over_ && source.take_remembered(marker)) {
        drain<Model>(marker);
        marker.look(0);
      }
      while (!marker.over_ && marker.take_shared()) drain<Model>(marker);
      if (marker.over_) marker.suspend();
    }
  };
  Job job{*this, source};
  start(budget);
  for (bool left = resume, complete = true;;) {
    segments_.begin(left);
    if (count_ == 1) {
      job.take_part(0, nullptr);
    } else {
      crew_.run(
          wake_, [](void* self, unsigned index, void* guest) { static_cast<Job*>(self)->take_part(index, guest); },
          &job);
    }
    segments_.end();
    for (const Marker* const marker : markers()) complete = complete && !marker->over_;
    while (take_overflowed()) retrace_all<Model>();
    if (!take_left_to_cards() || !complete) return complete;
    source.restart_remembered();
    left = false;
  }
}

}  // namespace turnstile::allocator
