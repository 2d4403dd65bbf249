// block_cache::PerThread: each thread caches spans of free cells; the fast path of allocation touches no shared line.
//
// affine: a swept block goes back to the thread that filled it, so that its objects stay near and false sharing is
// rare. unaffine: a swept block goes to whichever thread asks first, so that memory follows demand.
// Facts only; the allocator implements them.
#pragma once

#include <string_view>

namespace turnstile::block_cache {

enum class Affinity : bool { unaffine = false, affine = true };
inline constexpr Affinity affine = Affinity::affine;
inline constexpr Affinity unaffine = Affinity::unaffine;

template <Affinity affinity>
struct PerThread {
  static constexpr std::string_view kName = affinity == affine ? "per_thread<affine>" : "per_thread<unaffine>";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kPerThread = true;
  static constexpr bool kAffine = affinity == affine;
};

}  // namespace turnstile::block_cache
