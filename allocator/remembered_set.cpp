#include "allocator/remembered_set.h"

#include <algorithm>
#include <cstring>

namespace turnstile::allocator {

RememberedSet::~RememberedSet() {
  if (cards_ != nullptr) pages_.unmap(cards_, mapped_bytes_);
}

bool RememberedSet::reserve(std::uintptr_t base, std::size_t bytes) {
  base_ = base;
  count_ = bytes >> kCardShift;
  mapped_bytes_ = (2 * count_ + 4095) & ~std::size_t{4095};
  cards_ = static_cast<std::uint8_t*>(pages_.map(mapped_bytes_));
  return cards_ != nullptr;
}

WriteBarrier RememberedSet::barrier() const {
  if (cards_ == nullptr) return {};
  const std::uintptr_t first = base_ >> kCardShift;
  return {reinterpret_cast<std::uintptr_t>(slot_cards()) - first,
          reinterpret_cast<std::uintptr_t>(owner_cards()) - first};
}

void RememberedSet::forget(const RegionView& view) {
  if (const std::size_t used = view.used_bytes >> kCardShift; used != 0) {
    std::memset(slot_cards(), 0, used);
    std::memset(owner_cards(), 0, used);
  }
  on_stacks_.clear();
  always_.clear();
  complete_ = true;
}

void RememberedSet::note(const MarkRun& run) {
  on_stacks_.clear();
  complete_ = run.take_findings(on_stacks_, always_) && complete_;
  std::sort(on_stacks_.begin(), on_stacks_.end());
  on_stacks_.truncate(std::unique(on_stacks_.begin(), on_stacks_.end()));
}

}  // namespace turnstile::allocator
