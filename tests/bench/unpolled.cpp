// biased, and biased without polls: what poll_cost.py compares. Without polls nobody can stop a running thread, so this
// policy is for one thread alone and is not one that ships.
#include "policies/bundles/biased.h"
#include "tests/programs/runtime_kit.h"

namespace turnstile {

struct UnpolledLock : world_lock::ReaderBiased<> {
  static constexpr bool kHasPoll = false;
  static constexpr bool kCanStopMany = false;
  PollWord poll_word(ThreadState&) { return {}; }
};

struct Unpolled : Biased {
  static constexpr std::string_view kName = "unpolled";
  using WorldLock = UnpolledLock;
};
static_assert(CheckedPolicy<Unpolled>);

}  // namespace turnstile

SYNC_RUNTIME_KIT(turnstile::Biased, turnstile::Unpolled)
