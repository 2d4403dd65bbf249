// expect: compiles
#include "policies/bundles/biased.h"
#include "policies/bundles/gil.h"
#include "policies/code_lock/none.h"
#include "policies/heap_lock/none.h"
#include "policies/heap_lock/spin.h"
#include "policies/stats/shared_atomic.h"

using namespace turnstile;

// What the rejected ones are near to: one axis changed, and a world of one thread at a time that needs no locks.
struct Mine : Biased {
  static constexpr std::string_view kName = "mine";
  using Stats = stats::SharedAtomic;
  using HeapLock = heap_lock::Spin;
};
static_assert(SyncPolicy<Mine>);
static_assert(CheckedPolicy<Mine>);

struct Alone : Gil {
  using HeapLock = heap_lock::None;
  using CodeLock = code_lock::None;
  using ObjectLock = object_lock::None;
};
static_assert(CheckedPolicy<Alone>);

template <CheckedPolicy P>
struct Runtime {};
Runtime<Mine> mine;
Runtime<Alone> alone;
