// A list of addresses that grows while the world is stopped: in pages, because a refusal must be an answer there.
#pragma once

#include <cstddef>
#include <cstring>

#include "allocator/pages.h"

namespace turnstile::allocator {

class NoteList {
 public:
  explicit NoteList(PageSource& pages) : pages_(pages) {}
  ~NoteList() { release(); }
  NoteList(const NoteList&) = delete;
  NoteList& operator=(const NoteList&) = delete;

  /// False: memory was refused, the address is not noted.
  bool add(void* address) {
    if (count_ == capacity_ && !grow(count_ + 1)) return false;
    notes_[count_++] = address;
    return true;
  }
  /// False: memory was refused, nothing is noted.
  bool append(const NoteList& other) {
    if (other.count_ == 0) return true;
    if (count_ + other.count_ > capacity_ && !grow(count_ + other.count_)) return false;
    std::memcpy(notes_ + count_, other.notes_, other.count_ * sizeof(void*));
    count_ += other.count_;
    return true;
  }
  void clear() { count_ = 0; }
  void truncate(void** end) { count_ = static_cast<std::size_t>(end - notes_); }

  void** begin() const { return notes_; }
  void** end() const { return notes_ + count_; }

 private:
  static constexpr std::size_t kFirst = (std::size_t{16} << 10) / sizeof(void*);

  bool grow(std::size_t count) {
    std::size_t capacity = capacity_ == 0 ? kFirst : 2 * capacity_;
    while (capacity < count) capacity *= 2;
    void* const memory = pages_.map(capacity * sizeof(void*));
    if (memory == nullptr) return false;
    if (count_ != 0) std::memcpy(memory, notes_, count_ * sizeof(void*));
    release();
    notes_ = static_cast<void**>(memory);
    capacity_ = capacity;
    return true;
  }
  void release() {
    if (notes_ != nullptr) pages_.unmap(notes_, capacity_ * sizeof(void*));
  }

  PageSource& pages_;
  void** notes_ = nullptr;
  std::size_t count_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace turnstile::allocator
