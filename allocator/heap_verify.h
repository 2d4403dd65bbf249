// Heap<P, Model>: verification of descriptors, lists, counts, poison and of all that is reachable. Included by heap.h.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "allocator/heap.h"

namespace turnstile::allocator {

/// Where freed cells are poisoned, all free cells are: one that is not was written after it died (or overrun into).
template <SyncPolicy P, ObjectModel Model>
std::optional<std::string> Heap<P, Model>::check_poison() {
  const char* overwritten = nullptr;
  pool_.for_each_run([&](Block& head) {
    if (head.state != BlockState::small || overwritten != nullptr) return;
    overwritten = find_overwritten_cell(head, addresses_.address_of(head));
  });
  if (overwritten == nullptr) return std::nullopt;
  char text[80];
  std::snprintf(text, sizeof text, "the free cell %p was written", static_cast<const void*>(overwritten));
  return text;
}

/// Every run of cells is in exactly one list, of its class; the large objects are in theirs.
template <SyncPolicy P, ObjectModel Model>
std::optional<std::string> Heap<P, Model>::check_runs() {
  std::size_t small = 0;
  std::size_t large = 0;
  bool stray_mark = false;
  pool_.for_each_run([&](Block& head) {
    ++(head.state == BlockState::large ? large : small);
    for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
      const std::uint64_t marked = head.marked[word].load(std::memory_order_relaxed);
      stray_mark = stray_mark || (marked & ~head.allocated[word]) != 0;
    }
  });
  if (stray_mark) return "a mark bit is set that no collection set";

  std::size_t listed = 0;
  bool wrong_class = false;
  const auto count_runs = [&](LocalCache::ClassRuns& runs, std::size_t size_class) {
    for (BlockList* const list : {&runs.available, &runs.exhausted}) {
      list->for_each([&](Block& run) {
        ++listed;
        wrong_class = wrong_class || run.state != BlockState::small || run.size_class != size_class;
      });
    }
  };
  for (std::size_t c = 0; c < kSizeClassCount; ++c) {
    for (Cache* cache = caches_; cache != nullptr; cache = cache->next_) count_runs(cache->local_.runs(c), c);
    count_runs(shared_.runs(c), c);
    count_runs(pool_.unowned(c), c);
  }
  if (wrong_class) return "a list holds a run of another class";
  if (listed != small) return "a run of cells is in no list, or in two";
  std::size_t large_listed = 0;
  pool_.large_objects().for_each([&](Block& run) { large_listed += run.state == BlockState::large ? 1 : 0; });
  if (large_listed != large || large != large_count_) return "the list of large objects is wrong";
  return std::nullopt;
}

template <SyncPolicy P, ObjectModel Model>
template <class Roots>
std::optional<std::string> Heap<P, Model>::verify(const WorldStopped&, Roots&& roots) {
  const Guard guard(lock_);
  if (const char* const what = pool_.check_consistency()) return what;
  retire_spans();
  if (auto what = check_runs()) return what;
  finish_sweeping();  // mark bits are free for our use
  if (options_.poison) {
    if (auto what = check_poison()) return what;
  }
  std::vector<std::uint64_t> kept;  // the marks, run by run, where they say who is old
  if constexpr (P::GcTrigger::kGenerational) {
    pool_.for_each_run([&](Block& head) {
      for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
        kept.push_back(head.marked[word].load(std::memory_order_relaxed));
      }
    });
  }
  clear_all_marks();
  MarkRun run(pool_, segments_, crew_, MarkRun::Members::one);
  run.template verify_steps<Model>();
  RootCursor<Roots> cursor(*this, roots, false);
  run.template mark<Model>(cursor);
  if constexpr (P::GcTrigger::kGenerational) {
    auto at = kept.begin();
    pool_.for_each_run([&](Block& head) {
      for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
        head.marked[word].store(*at++, std::memory_order_relaxed);
      }
    });
  }
  if (std::string violation = run.violation(); !violation.empty()) return violation;
  return std::nullopt;
}

}  // namespace turnstile::allocator
