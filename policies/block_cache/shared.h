// block_cache::Shared: no thread caches cells; every span comes from the central heap under the HeapLock.
// Facts only; the allocator implements them.
#pragma once

#include <string_view>

namespace turnstile::block_cache {

struct Shared {
  static constexpr std::string_view kName = "shared";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kPerThread = false;
  static constexpr bool kAffine = false;
};

}  // namespace turnstile::block_cache
