#include "allocator/mark_stack.h"

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
  chunks_.push_back(memory);
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

void MarkSegmentPool::begin() {
  const std::lock_guard guard(mutex_);
  markers_ = 1;
  idle_ = 0;
  complete_ = false;
  idle_hint_.store(0, std::memory_order_relaxed);
}

bool MarkSegmentPool::join() {
  const std::lock_guard guard(mutex_);
  if (complete_) return false;
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
  for (int looks = RealPlatform::looks(); shared_ == nullptr;) {
    if (complete_) return nullptr;
    if (idle_ == markers_) {
      complete_ = true;
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
  MarkSegment* const segment = shared_;
  shared_ = segment->next;
  segment->next = nullptr;
  return segment;
}

void MarkSegmentPool::trim(std::size_t keep_bytes) {
  const std::lock_guard guard(mutex_);
  if (chunks_.size() * kChunkBytes > keep_bytes) unmap_all();
}

}  // namespace turnstile::allocator
