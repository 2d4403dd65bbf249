// The one place where facts of different axes meet: which choices combine. CheckedPolicy<P> is what Runtime<P> asks
// for and what every bundle ends with. A policy derived from a bundle is checked again where it is used.
#pragma once

#include <concepts>
#include <type_traits>

#include "policies/concepts.h"

namespace turnstile {

namespace consistency_detail {

/// The bundle says `kUnguardedObjects = true`: its programs' threads share no mutable objects.
template <class P>
consteval bool unguarded_objects() {
  if constexpr (requires { P::kUnguardedObjects; }) {
    return P::kUnguardedObjects;
  } else {
    return false;
  }
}

}  // namespace consistency_detail

/// Facts combine. True, or a compile error whose message names the axis that does not fit.
template <class P>
consteval bool facts_combine() {
  using World = typename P::WorldLock;
  constexpr bool parallel = World::kParallelMutators;
  constexpr bool unguarded = consistency_detail::unguarded_objects<P>();

  static_assert(World::kParallelSafe, "policy: WorldLock: it must be parallel-safe, whoever runs");
  static_assert(std::default_initializable<typename World::ThreadState>,
                "policy: WorldLock: ThreadState must be default-constructible, it is part of a mutator");
  static_assert(!std::is_move_constructible_v<typename World::ThreadState>,
                "policy: WorldLock: ThreadState must not move, other threads hold its address");
  static_assert(!World::kCanStopMany || World::kHasPoll,
                "policy: WorldLock: stopping several threads needs a poll (kCanStopMany without kHasPoll)");
  static_assert(World::kWriterOvertakes >= -1, "policy: WorldLock: kWriterOvertakes is a count, or -1 for unbounded");

  static_assert(!unguarded || !World::kCanStopMany,
                "policy: ObjectLock: kUnguardedObjects is only for a WorldLock that does not keep threads apart");
  static_assert(!parallel || unguarded || P::ObjectLock::kParallelSafe,
                "policy: ObjectLock: parallel mutators need a parallel-safe ObjectLock");
  static_assert(!P::ObjectLock::kHeaderByte || P::ObjectLock::kLocks,
                "policy: ObjectLock: kHeaderByte without kLocks: generated code would lock what nobody else locks");

  static_assert(!parallel || P::HeapLock::kParallelSafe,
                "policy: HeapLock: parallel mutators need a parallel-safe HeapLock");
  static_assert(!parallel || P::BlockCache::kParallelSafe,
                "policy: BlockCache: parallel mutators need a parallel-safe BlockCache");
  static_assert(!P::BlockCache::kAffine || P::BlockCache::kPerThread,
                "policy: BlockCache: blocks can be affine to threads only where threads cache them (kPerThread)");
  static_assert(!parallel || P::GcTrigger::kParallelSafe,
                "policy: GcTrigger: parallel mutators need a parallel-safe GcTrigger");
  static_assert(!parallel || P::CodeLock::kParallelSafe,
                "policy: CodeLock: parallel mutators need a parallel-safe CodeLock");
  static_assert(!parallel || P::Stats::kParallelSafe, "policy: Stats: parallel mutators need parallel-safe Stats");
  return true;
}

/// Every axis is there and models its concept. True, or a compile error that names the axis; the compiler's notes
/// below it name the requirement.
template <class P>
consteval bool axes_complete() {
  static_assert(requires { typename P::WorldLock; }, "policy: axis WorldLock is missing (or misspelt)");
  static_assert(requires { typename P::ObjectLock; }, "policy: axis ObjectLock is missing (or misspelt)");
  static_assert(requires { typename P::HeapLock; }, "policy: axis HeapLock is missing (or misspelt)");
  static_assert(requires { typename P::BlockCache; }, "policy: axis BlockCache is missing (or misspelt)");
  static_assert(requires { typename P::GcTrigger; }, "policy: axis GcTrigger is missing (or misspelt)");
  static_assert(requires { typename P::CodeLock; }, "policy: axis CodeLock is missing (or misspelt)");
  static_assert(requires { typename P::Stats; }, "policy: axis Stats is missing (or misspelt)");
  static_assert(
      requires {
        { P::kName } -> std::convertible_to<std::string_view>;
      }, "policy: kName is missing");
  return true;
}

/// The axes model their concepts; each assertion stands alone so that the message names the one that failed.
template <class P>
consteval bool axes_model() {
  static_assert(WorldLock<typename P::WorldLock>, "policy: axis WorldLock: the type does not model the concept");
  static_assert(ObjectLock<typename P::ObjectLock>, "policy: axis ObjectLock: the type does not model the concept");
  static_assert(HeapLock<typename P::HeapLock>, "policy: axis HeapLock: the type does not model the concept");
  static_assert(BlockCache<typename P::BlockCache>, "policy: axis BlockCache: the type does not model the concept");
  static_assert(GcTrigger<typename P::GcTrigger>, "policy: axis GcTrigger: the type does not model the concept");
  static_assert(CodeLock<typename P::CodeLock>, "policy: axis CodeLock: the type does not model the concept");
  static_assert(Stats<typename P::Stats>, "policy: axis Stats: the type does not model the concept");
  return true;
}

template <class P>
consteval bool check_policy() {
  axes_complete<P>();
  if constexpr (requires {
                  typename P::WorldLock;
                  typename P::ObjectLock;
                  typename P::HeapLock;
                  typename P::BlockCache;
                  typename P::GcTrigger;
                  typename P::CodeLock;
                  typename P::Stats;
                }) {
    axes_model<P>();
    if constexpr (SyncPolicy<P>) return facts_combine<P>();
  }
  return false;
}

/// A complete policy whose facts combine. Never silently false: what is wrong is a compile error of its own.
template <class P>
concept CheckedPolicy = check_policy<P>() && SyncPolicy<P>;

}  // namespace turnstile
