// expect: policy: HeapLock: parallel mutators need
#include "policies/bundles/biased.h"
#include "policies/heap_lock/none.h"

using namespace turnstile;

// The bundle was checked; what is derived from it is checked again by whoever takes it.
struct Mine : Biased {
  using HeapLock = heap_lock::None;
};

template <CheckedPolicy P>
struct Runtime {};

Runtime<Mine> runtime;
