// expect: policy: ObjectLock: parallel mutators need
#include "policies/bundles/nosync.h"

using namespace turnstile;

struct Mine {
  static constexpr std::string_view kName = "mine";
  using WorldLock = NoSync::WorldLock;
  using ObjectLock = NoSync::ObjectLock;
  using HeapLock = NoSync::HeapLock;
  using BlockCache = NoSync::BlockCache;
  using GcTrigger = NoSync::GcTrigger;
  using CodeLock = NoSync::CodeLock;
  using Stats = NoSync::Stats;
};
static_assert(CheckedPolicy<Mine>);
