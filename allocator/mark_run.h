// One marking of the heap: the markers of all threads that take part, from the roots to the last reachable object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

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

/// Use: construct, mark(). World stopped, all runs swept, no bit marked.
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
    for (Marker* marker : markers_)
      start_verification(
          *marker, [](const void* o) -> bool { return Model::check(o); },
          [](const void* o) { return model_has_external<Model>(o); },
          [](const void* o) { return model_describe<Model>(o); });
  }

  /// From now on what a later minor collection has to know is noted.
  void remember();
  /// Appends what was noted: what stacks led to, and newly marked objects that are written freely.
  void take_findings(std::vector<void*>& on_stacks, std::vector<void*>& always);

  /// Marks everything reachable from the roots. next_part(Marker&, guest) marks a part that nobody has taken and says
  /// whether there was one; several threads call it at the same time. `guest`: what the thread gave to MarkCrew::help.
  template <ObjectModel Model, class NextPart>
  void mark(NextPart& next_part);

  Liveness liveness() const { return Liveness(first()); }
  std::uint64_t live_bytes() const;
  std::uint64_t live_objects() const;
  std::string violation() const;

 private:
  Marker& first() const { return *markers_.front(); }
  static void start_verification(Marker& marker, bool (*check)(const void*), bool (*is_external)(const void*),
                                 const char* (*describe)(const void*));
  bool take_overflowed();

  template <ObjectModel Model>
  static void trace(Marker& marker, void* object) {
    marker.parent_ = object;
    if (!Model::is_object(object)) return;
    Model::trace(object, marker);
    if constexpr (GenerationalModel<Model>) {
      if (marker.remembers_ && Model::is_written_freely(object)) marker.always_.push_back(object);
    }
  }
  template <ObjectModel Model>
  static void drain(Marker& marker);
  template <ObjectModel Model>
  void retrace_all();

  BlockPool& pool_;
  MarkSegmentPool& segments_;
  MarkCrew& crew_;
  const bool wake_;
  std::vector<Marker*> markers_;
};

/// Objects are traced in the order in which they were reached, delayed by a short queue: between a cell's prefetch and
/// its tracing lie kDelay others (Cher, Hosking, Vitek: Software Prefetching for Mark-Sweep Garbage Collection, 2004).
template <ObjectModel Model>
void MarkRun::drain(Marker& marker) {
  constexpr unsigned kDelay = 8;
  void* queue[kDelay];
  unsigned first = 0;
  unsigned count = 0;
  unsigned until_share = Marker::kShareInterval;
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
    if (--until_share == 0) [[unlikely]] {
      until_share = Marker::kShareInterval;
      marker.share_if_hungry();
    }
  }
}

/// A mark stack could not grow: some marked objects were not traced. Tracing all marked ones again reaches their
/// children; those that are marked already cost one test.
template <ObjectModel Model>
void MarkRun::retrace_all() {
  const RegionView view = pool_.view();
  pool_.for_each_run([&](Block& head) {
    char* const base = view.address_of(head);
    for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
      std::uint64_t bits = head.marked[word].load(std::memory_order_relaxed);
      for (; bits != 0; bits &= bits - 1) {
        const std::size_t cell = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        trace<Model>(first(), base + cell * head.cell_bytes);
        drain<Model>(first());
      }
    }
  });
}

template <ObjectModel Model, class NextPart>
void MarkRun::mark(NextPart& next_part) {
  struct Job {
    MarkRun& run;
    NextPart& next_part;

    void take_part(unsigned index, void* guest) {
      if (index != 0 && !run.segments_.join()) return;
      Marker& marker = *run.markers_[index];
      while (next_part(marker, guest)) drain<Model>(marker);
      while (marker.take_shared()) drain<Model>(marker);
    }
  };
  Job job{*this, next_part};
  segments_.begin();
  if (markers_.size() == 1) {
    job.take_part(0, nullptr);
  } else {
    crew_.run(
        wake_, [](void* self, unsigned index, void* guest) { static_cast<Job*>(self)->take_part(index, guest); }, &job);
  }
  while (take_overflowed()) retrace_all<Model>();
}

}  // namespace turnstile::allocator
