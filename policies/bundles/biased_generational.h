// BiasedGenerational: Biased with two generations: most collections look only at what is new.
#pragma once

#include "policies/bundles/biased.h"

namespace turnstile {

struct BiasedGenerational : Biased {
  static constexpr std::string_view kName = "biased_generational";
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::Generational<>>;
};
static_assert(SyncPolicy<BiasedGenerational>);
static_assert(CheckedPolicy<BiasedGenerational>);

}  // namespace turnstile
