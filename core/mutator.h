// An attached thread, as ordinary (policy-free) code and generated code see it.
//
//   detached --attach--> blocked --enter--> running --leave--> blocked --detach--> detached
//                                running --safepoint/stop--> stopped --resume--> running
//
// Only a running mutator may touch the managed heap. Runtime<P> derives its own mutator from this one, with the states
// of P's axes; nothing here depends on P.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "allocator/cursors.h"
#include "allocator/stack_scan.h"
#include "allocator/write_barrier.h"
#include "core/object.h"
#include "core/objects/function.h"
#include "core/parker.h"
#include "core/value.h"
#include "policies/object_lock/bias.h"

namespace turnstile {

class RuntimeCore;
struct Frame;
class ReprScope;

/// Which attribute a class resolves a name to; per thread, so that caching is no contention point.
struct MethodCacheEntry {
  std::uint64_t version = 0;  // Type::version
  const Str* name = nullptr;
  Value value;  // empty: the class lacks the name
};

struct Mutator {
  // Read by generated code; offsets are data of codegen.
  const std::atomic<std::uint32_t>* poll_word = nullptr;  // null: the policy has no poll
  std::uint32_t poll_mask = 0;
  std::uint32_t depth = 0;    // Python calls in progress, for the recursion limit
  char* frame_top = nullptr;  // next free byte of the Python stack
  char* frame_limit = nullptr;
  Frame* frame = nullptr;          // innermost activation
  Value exception;                 // being raised; empty: none
  Value handled;                   // being handled (sys.exc_info()); empty: none
  std::uintptr_t stack_limit = 0;  // native stack addresses below this raise RecursionError
  RuntimeCore* runtime = nullptr;
  std::uint32_t recursion_limit = 1000;
  bool guards_objects = false;     // the policy's ObjectLock is not empty
  bool locks_header_byte = false;  // ... and is Object::lock: 0 <-> 1 by compare-and-swap, else ask the runtime
  bool biases_objects = false;     // ... and objects belong to the threads that make them: `bias` is tried first
  object_lock::BiasOwner<>* bias = nullptr;
  allocator::AllocationCursors cursors;
  allocator::WriteBarrier barrier;  // zeros: the policy's collector has no generations (core/write_barrier.h)

  // Not read by generated code.
  static constexpr std::uintptr_t kNotShortOfMemory = ~std::uintptr_t{0};
  char* frame_base = nullptr;
  allocator::SavedContext saved;  // registers and stack pointer while blocked or stopped
  allocator::StackBounds stack;
  // Since MemoryError was raised, until the next collection that is not the last resort: the shallowest stack position
  // below which the dead stack was cleared (core/call.h). Else above all positions.
  std::uintptr_t cleared_below = kNotShortOfMemory;
  std::uint64_t thread_id = 0;     // threading.get_ident()
  std::uint64_t safepoint_at = 0;  // when the last slow path of the poll began (core/stop_recorder.h)
  AtomicValue thread_object;       // threading.Thread, or empty
  AtomicValue thread_locals;       // dict: thread-local objects' values, or empty
  bool is_main = false;
  ReprScope* repr_scope = nullptr;              // containers whose repr() is in progress (core/containers/repr_scope.h)
  std::array<std::uint8_t, 256> entry_ticks{};  // calls of functions in tier 0, hashed by code (core/tiering.h)
  std::atomic<bool> interrupt_pending{false};
  Parker parker;  // where this thread sleeps (core/modules/wait_queue.h)
  std::array<MethodCacheEntry, 512> method_cache;
  /// Keeps a few values alive for C++ code whose compiler might drop them (rarely needed: stacks are scanned).
  std::array<Value, 8> scratch_roots;

  bool has_exception() const { return !exception.is_empty(); }
};

}  // namespace turnstile
