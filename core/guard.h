// Scopes in which a mutator holds an object's lock, or is blocked.
#pragma once

#include "core/mutator.h"
#include "core/runtime_core.h"
#include "core/write_barrier.h"

namespace turnstile {

/// Holds the object's lock where the policy has object locks, and notes that the object and the buffer or table that
/// only it owns are written to (core/write_barrier.h). Inside: no managed code runs (no __eq__, __hash__),
/// allocation is allowed (another thread that wants the lock waits in a blocking region). Objects that no other
/// thread can have seen yet need no guard.
class ObjectGuard {
 public:
  ObjectGuard(Mutator& m, Object* o) : ObjectGuard(m, o, NotesStores{}) { note_owner(m, o); }
  /// The caller says by note_store() what it writes: for one slot of what may be large.
  ObjectGuard(Mutator& m, Object* o, NotesStores) : m_(m), o_(o) {
    if (!m.guards_objects || (m.biases_objects && m.bias->enter(o->lock))) return;
    if (!(m.locks_header_byte && take(o->lock, 0, 1, std::memory_order_acquire))) m.runtime->lock_object(m, o);
  }
  ~ObjectGuard() {
    if (!m_.guards_objects) return;
    if (m_.biases_objects && object_lock::BiasTable<>::is_biased(o_->lock.load(std::memory_order_relaxed))) {
      m_.bias->leave();
    } else if (!(m_.locks_header_byte && take(o_->lock, 1, 0, std::memory_order_release))) {
      m_.runtime->unlock_object(m_, o_);
    }
  }
  ObjectGuard(const ObjectGuard&) = delete;
  ObjectGuard& operator=(const ObjectGuard&) = delete;

 private:
  // The fast paths of policies/object_lock/, without a call: acquire pairs with release, there and here.
  static bool take(std::atomic<std::uint8_t>& byte, std::uint8_t from, std::uint8_t to, std::memory_order order) {
    return byte.compare_exchange_strong(from, to, order, std::memory_order_relaxed);
  }

  Mutator& m_;
  Object* o_;
};

/// Both objects' locks, in an order that cannot deadlock; the same object twice is allowed.
class TwoObjectGuard {
 public:
  TwoObjectGuard(Mutator& m, Object* a, Object* b) : m_(m), a_(a), b_(b) {
    if (m.guards_objects) m.runtime->lock_two(m, a, b);
    note_owner(m, a);
    note_owner(m, b);
  }
  ~TwoObjectGuard() {
    if (m_.guards_objects) m_.runtime->unlock_two(m_, a_, b_);
  }
  TwoObjectGuard(const TwoObjectGuard&) = delete;
  TwoObjectGuard& operator=(const TwoObjectGuard&) = delete;

 private:
  Mutator& m_;
  Object *a_, *b_;
};

/// A blocking region: around everything that may wait. The managed heap must not be touched inside; pointers held by
/// the caller stay alive (its stack and callee-saved registers are scanned).
class BlockingRegion {
 public:
  // Inlined, so that the registers which are saved are those of the function that is about to wait.
  [[gnu::always_inline]] explicit BlockingRegion(Mutator& m) : m_(m) {
    allocator::save_context(m.saved);
    m.runtime->leave(m);
  }
  ~BlockingRegion() { m_.runtime->enter(m_); }
  BlockingRegion(const BlockingRegion&) = delete;
  BlockingRegion& operator=(const BlockingRegion&) = delete;

 private:
  Mutator& m_;
};

}  // namespace turnstile
