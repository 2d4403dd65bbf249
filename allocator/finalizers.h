// Objects that own something outside the heap, and the C++ functions that free it.
#pragma once

#include <cstddef>
#include <vector>

#include "allocator/mark_run.h"

namespace turnstile::allocator {

/// Guarded by the heap's lock. Made for few objects: each collection looks at all of them.
class Finalizers {
 public:
  void add(void* object, void (*run)(void*)) { entries_.push_back({object, run}); }
  /// Runs and forgets those of dead objects. Returns how many.
  std::size_t run_dead(const Liveness& liveness);
  /// Runs and forgets all, the youngest first.
  void run_all();
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    void* object;
    void (*run)(void*);
  };
  std::vector<Entry> entries_;
};

}  // namespace turnstile::allocator
