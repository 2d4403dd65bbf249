// expect: policy: axis WorldLock is missing
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Mine {
  static constexpr std::string_view kName = "mine";
  using ObjectLock = Biased::ObjectLock;
  using HeapLock = Biased::HeapLock;
  using BlockCache = Biased::BlockCache;
  using GcTrigger = Biased::GcTrigger;
  using CodeLock = Biased::CodeLock;
  using Stats = Biased::Stats;
};
static_assert(CheckedPolicy<Mine>);
