#include "allocator/mark_stack.h"

#include <new>
#include <utility>

#include "policies/platform.h"

namespace turnstile::allocator {

MarkSegmentPool::~MarkSegmentPool() { unmap_all(); }

void MarkSegmentPool::unmap_all() {
  for (void* const chunk : chunks_) pages_.unmap(chunk, kChunkBytes);
  chunks_.clear();
  free_ = nullptr;
}

bool MarkSegmentPool::add_chunk() {
  if (chunks_.size() == kMaxChunks || (chunks_.size() + 1) * kChunkBytes > limit_bytes_) return false;
  void* const memory = pages_.map(kChunkBytes);
  if (memory == nullptr) return false;
  try {
    chunks_.push_back(memory);
  } catch (const std::bad_alloc&) {
    pages_.unmap(memory, kChunkBytes);
    return false;
  }
  auto* const segments = static_cast<MarkSegment*>(memory);
  for (std::size_t i = kChunkSegments; i-- > 0;) {
    segments[i].next = free_;
    free_ = &segments[i];
  }
  return true;
}

MarkSegment* MarkSegmentPool::allocate() {
  const std::lock_guard guard(mutex_);
  if (free_ == nullptr && !add_chunk()) return nullptr;
  MarkSegment* const segment = free_;
  free_ = segment->next;
  segment->next = nullptr;
  segment->count = 0;
  return segment;
}

void MarkSegmentPool::free(MarkSegment* segment) {
  const std::lock_guard guard(mutex_);
  segment->next = free_;
  free_ = segment;
}

void MarkSegmentPool::begin(bool resume) {
  const std::lock_guard guard(mutex_);
  markers_ = 1;
  idle_ = 0;
  over_ = false;
  idle_hint_.store(0, std::memory_order_relaxed);
  if (resume) shared_ = std::exchange(kept_, nullptr);
}

void MarkSegmentPool::end() {
  const std::lock_guard guard(mutex_);
  if (shared_ != nullptr) kept_ = std::exchange(shared_, nullptr);
}

void MarkSegmentPool::drop_kept() {
  const std::lock_guard guard(mutex_);
  while (kept_ != nullptr) {
    MarkSegment* const segment = kept_;
    kept_ = segment->next;
    segment->next = free_;
    free_ = segment;
  }
}

bool MarkSegmentPool::join() {
  const std::lock_guard guard(mutex_);
  if (over_) return false;
  ++markers_;
  return true;
}

void MarkSegmentPool::share(MarkSegment* segment) {
  {
    const std::lock_guard guard(mutex_);
    segment->next = shared_;
    shared_ = segment;
    events_.fetch_add(1, std::memory_order_relaxed);
  }
  work_.notify_one();
}

MarkSegment* MarkSegmentPool::take_shared() {
  std::unique_lock guard(mutex_);
  ++idle_;
  idle_hint_.store(idle_, std::memory_order_relaxed);
  for (int looks = RealPlatform::looks(); over_ || shared_ == nullptr;) {
    if (over_) return nullptr;
    if (idle_ == markers_) {
      over_ = true;
      events_.fetch_add(1, std::memory_order_relaxed);
      work_.notify_all();
      return nullptr;
    }
    if (looks == 0) {
      work_.wait(guard);
      continue;
    }
    const unsigned seen = events_.load(std::memory_order_relaxed);
    guard.unlock();
    for (; looks > 0 && events_.load(std::memory_order_relaxed) == seen; --looks) RealPlatform::pause();
    guard.lock();
  }
  --idle_;
  idle_hint_.store(idle_, std::memory_order_relaxed);
  return pop_shared();
}

MarkSegment* MarkSegmentPool::pop_shared() {
  MarkSegment* const segment = shared_;
  shared_ = segment->next;
  segment->next = nullptr;
  return segment;
}

MarkSegment* MarkSegmentPool::try_take_shared() {
  const std::lock_guard guard(mutex_);
  return over_ || shared_ == nullptr ? nullptr : pop_shared();
}

void MarkSegmentPool::suspend() {
  const std::lock_guard guard(mutex_);
  over_ = true;
  events_.fetch_add(1, std::memory_order_relaxed);
  work_.notify_all();
}

void MarkSegmentPool::trim(std::size_t keep_bytes) {
  const std::lock_guard guard(mutex_);
  if (kept_ == nullptr && chunks_.size() * kChunkBytes > keep_bytes) unmap_all();
}

}  // namespace turnstile::allocator
