#include "allocator/finalizers.h"

namespace turnstile::allocator {

std::size_t Finalizers::run_dead(const Liveness& liveness) {
  std::size_t kept = 0;
  for (const Entry& entry : entries_) {
    if (liveness.is_live(entry.object)) {
      entries_[kept++] = entry;
    } else {
      entry.run(entry.object);
    }
  }
  const std::size_t run = entries_.size() - kept;
  entries_.resize(kept);
  return run;
}

void Finalizers::run_all() {
  while (!entries_.empty()) {
    const Entry entry = entries_.back();
    entries_.pop_back();
    entry.run(entry.object);
  }
}

}  // namespace turnstile::allocator
