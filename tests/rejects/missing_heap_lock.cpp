// expect: policy: axis HeapLock is missing
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Mine {
  static constexpr std::string_view kName = "mine";
  using WorldLock = Biased::WorldLock;
  using ObjectLock = Biased::ObjectLock;
  using BlockCache = Biased::BlockCache;
  using GcTrigger = Biased::GcTrigger;
  using CodeLock = Biased::CodeLock;
  using Stats = Biased::Stats;
};
static_assert(CheckedPolicy<Mine>);
