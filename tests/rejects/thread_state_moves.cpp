// expect: policy: WorldLock: ThreadState must not move
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Moving : Biased::WorldLock {
  struct ThreadState {};
  void attach(ThreadState&) {}
  void detach(ThreadState&) {}
  void enter(ThreadState&) {}
  void leave(ThreadState&) {}
  PollWord poll_word(ThreadState&) { return {}; }
  void safepoint(ThreadState&) {}
  bool stop(ThreadState&) { return true; }
  void resume(ThreadState&) {}
  bool try_promote(ThreadState&) { return true; }
  Promotion promote(ThreadState&) { return {}; }
  void demote(ThreadState&) {}
  void after_fork_in_child(ThreadState&) {}
};
struct Mine : Biased {
  using WorldLock = Moving;
};
static_assert(CheckedPolicy<Mine>);
