// Two locks of an outsider, put through the kit in a line each: one that hopes for the best, and one that is right.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "policies/world_lock/writer_preferred.h"
#include "tests/kit/conformance.h"

/// Stops nobody.
template <class Platform>
class Hopeful : public turnstile::world_lock::WriterPreferred<Platform> {
  using Base = turnstile::world_lock::WriterPreferred<Platform>;

 public:
  bool stop(typename Base::ThreadState&) { return true; }
  void resume(typename Base::ThreadState&) {}
};

/// Adds nothing.
template <class Platform>
class Modest : public turnstile::world_lock::WriterPreferred<Platform> {};

SYNC_CONFORMANCE(Hopeful)
SYNC_CONFORMANCE(Modest, .parallel_readers = true, .writer_overtakes = 0, .nested_entries = false)
