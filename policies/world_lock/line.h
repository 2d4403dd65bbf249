// A first-in first-out line of threads, linked through their `behind` fields. Whoever owns the line guards it.
#pragma once

namespace turnstile::world_lock {

template <class Platform, class Thread>
class Line {
 public:
  bool empty() const { return first_ == nullptr; }
  Thread* front() const { return first_; }

  void push(Thread& thread) {
    thread.behind = nullptr;
    (first_ == nullptr ? first_ : last_->behind) = &thread;
    last_ = &thread;
  }

  /// The first thread, or null.
  Thread* pop() {
    Thread* const thread = first_;
    if (thread != nullptr) first_ = thread->behind;
    return thread;
  }

  void clear() { first_ = last_ = nullptr; }

 private:
  typename Platform::template var<Thread*> first_{nullptr}, last_{nullptr};
};

}  // namespace turnstile::world_lock
