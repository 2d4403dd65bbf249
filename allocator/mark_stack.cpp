#include "allocator/mark_stack.h"

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

void MarkSegmentPool::begin(unsigned markers) {
  const std::lock_guard guard(mutex_);
  markers_ = markers;
  idle_ = 0;
  idle_hint_.store(0, std::memory_order_relaxed);
}

void MarkSegmentPool::share(MarkSegment* segment) {
  {
    const std::lock_guard guard(mutex_);
    segment->next = shared_;
    shared_ = segment;
  }
  work_.notify_one();
}

MarkSegment* MarkSegmentPool::take_shared() {
  std::unique_lock guard(mutex_);
  ++idle_;
  idle_hint_.store(idle_, std::memory_order_relaxed);
  while (shared_ == nullptr) {
    if (idle_ == markers_) {
      work_.notify_all();
      return nullptr;  // idle_ stays: the others see the same when they wake
    }
    work_.wait(guard);
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
