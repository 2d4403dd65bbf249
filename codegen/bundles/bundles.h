// The runtimes that ship, each instantiated once in a file of its own, and a table of them for programs that choose a
// policy when they start. Programs that know their policy include codegen/runtime.h and write Runtime<P>.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "codegen/runtime.h"
#include "policies/bundles/biased.h"
#include "policies/bundles/biased_generational.h"
#include "policies/bundles/gil.h"
#include "policies/bundles/grwl.h"
#include "policies/bundles/nosync.h"
#include "policies/bundles/shared_mutex.h"

namespace turnstile {

extern template class Runtime<Gil>;
extern template class Runtime<Grwl>;
extern template class Runtime<Biased>;
extern template class Runtime<BiasedGenerational>;
extern template class Runtime<NoSync>;
extern template class Runtime<StdSharedMutex>;
extern template class Runtime<AbslSharedMutex>;

inline constexpr std::array<std::string_view, 7> kAxisNames = {"WorldLock", "ObjectLock", "HeapLock", "BlockCache",
                                                               "GcTrigger", "CodeLock",   "Stats"};

struct BundleInfo {
  std::string_view name;
  std::array<std::string_view, 7> choices;  // in the order of kAxisNames
  std::unique_ptr<RuntimeCore> (*make)(RuntimeOptions options);
};

template <class P>
constexpr BundleInfo describe_bundle(std::unique_ptr<RuntimeCore> (*make)(RuntimeOptions)) {
  return {P::kName,
          {P::WorldLock::kName, P::ObjectLock::kName, P::HeapLock::kName, P::BlockCache::kName, P::GcTrigger::kName,
           P::CodeLock::kName, P::Stats::kName},
          make};
}

/// All bundles: gil, grwl, biased, biased_generational, nosync, then the shared-mutex adapters.
std::span<const BundleInfo> bundles();
/// Null when there is no such bundle.
const BundleInfo* find_bundle(std::string_view name);

}  // namespace turnstile
