// The containers whose repr() a thread is making: how [...] and {...} are found.
#pragma once

#include "core/mutator.h"

namespace turnstile {

/// A container's repr in progress, on the native stack; the scopes of one mutator form a chain.
class ReprScope {
 public:
  ReprScope(Mutator& m, const Object* o) : m_(m), object_(o), outer_(m.repr_scope) { m.repr_scope = this; }
  ~ReprScope() { m_.repr_scope = outer_; }
  ReprScope(const ReprScope&) = delete;
  ReprScope& operator=(const ReprScope&) = delete;

  static bool in_progress(const Mutator& m, const Object* o) {
    for (const ReprScope* s = m.repr_scope; s != nullptr; s = s->outer_) {
      if (s->object_ == o) return true;
    }
    return false;
  }

 private:
  Mutator& m_;
  const Object* object_;
  ReprScope* outer_;
};

}  // namespace turnstile
