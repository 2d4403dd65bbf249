// A stable merge sort that takes advantage of runs which are there already. The order of merges is powersort's (Munro
// and Wild, "Nearly-optimal mergesorts", 2018): near to the best possible for the runs, with a stack of log n of them.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace turnstile {

/// Sorts items[0, n) by `less(a, b)`, which must not touch the array. `scratch` has room for (n + 1) / 2 items. When
/// less() gives up it goes on answering false: the array stays a permutation of what it was.
template <class T, class Less>
class MergeSort {
 public:
  MergeSort(T* items, std::size_t n, T* scratch, Less& less) : items_(items), n_(n), scratch_(scratch), less_(less) {}

  void run() {
    struct Run {
      std::size_t begin, length;
      unsigned power;
    };
    Run stack[66];
    std::size_t depth = 0;
    std::size_t begin = 0;
    while (begin < n_) {
      const std::size_t length = next_run(begin);
      if (depth > 0) {
        const unsigned power = power_between(stack[depth - 1].begin, stack[depth - 1].length, length);
        while (depth > 1 && stack[depth - 2].power > power) {
          merge(stack[depth - 2].begin, stack[depth - 2].length, stack[depth - 1].length);
          stack[depth - 2].length += stack[depth - 1].length;
          --depth;
        }
        stack[depth - 1].power = power;
      }
      stack[depth++] = {begin, length, 0};
      begin += length;
    }
    for (; depth > 1; --depth) {
      merge(stack[depth - 2].begin, stack[depth - 2].length, stack[depth - 1].length);
      stack[depth - 2].length += stack[depth - 1].length;
    }
  }

 private:
  static constexpr std::size_t kShortRun = 32;

  // The depth in a perfectly balanced merge tree of the node between two neighbouring runs: the number of leading bits
  // in which the positions of their middles, as fractions of n, agree, plus one.
  unsigned power_between(std::size_t begin, std::size_t left, std::size_t right) const {
    std::size_t a = 2 * begin + left;
    std::size_t b = a + left + right;
    for (unsigned power = 1;; ++power) {
      if (a >= n_) {  // both bits are 1
        a -= n_;
        b -= n_;
      } else if (b >= n_) {
        return power;
      }
      a *= 2;
      b *= 2;
    }
  }

  // Length of the run from `begin` on, made ascending, and long enough by insertion.
  std::size_t next_run(std::size_t begin) {
    T* const first = items_ + begin;
    const std::size_t rest = n_ - begin;
    if (rest == 1) return 1;
    std::size_t length = 2;
    if (less_(first[1], first[0])) {  // strictly descending, so that reversing keeps equal items in order
      while (length < rest && less_(first[length], first[length - 1])) ++length;
      for (std::size_t i = 0, k = length - 1; i < k; ++i, --k) std::swap(first[i], first[k]);
    } else {
      while (length < rest && !less_(first[length], first[length - 1])) ++length;
    }
    const std::size_t wanted = rest < kShortRun ? rest : kShortRun;
    for (; length < wanted; ++length) insert(first, length);
    return length;
  }

  // Binary insertion of first[sorted] into first[0, sorted).
  void insert(T* first, std::size_t sorted) {
    const T item = first[sorted];
    std::size_t low = 0;
    std::size_t high = sorted;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      const bool before = less_(item, first[middle]);
      high = before ? middle : high;
      low = before ? low : middle + 1;
    }
    for (std::size_t i = sorted; i > low; --i) first[i] = first[i - 1];
    first[low] = item;
  }

  // Merges two neighbouring runs; the shorter one goes to the scratch space. What is in place already is skipped.
  void merge(std::size_t begin, std::size_t left, std::size_t right) {
    T* a = items_ + begin;
    T* const b = a + left;
    std::size_t skip = 0;
    for (std::size_t high = left; skip < high;) {  // items of the left run that are not above the right run's first
      const std::size_t middle = skip + (high - skip) / 2;
      if (less_(b[0], a[middle])) {
        high = middle;
      } else {
        skip = middle + 1;
      }
    }
    a += skip;
    left -= skip;
    if (left == 0) return;
    std::size_t keep = 0;
    for (std::size_t high = right; keep < high;) {  // items of the right run below the left run's last
      const std::size_t middle = keep + (high - keep) / 2;
      if (less_(b[middle], a[left - 1])) {
        keep = middle + 1;
      } else {
        high = middle;
      }
    }
    right = keep;
    if (left <= right) {
      merge_up(a, left, b, right);
    } else {
      merge_down(a, left, b, right);
    }
  }

  void merge_up(T* to, std::size_t left, T* b, std::size_t right) {
    for (std::size_t i = 0; i < left; ++i) scratch_[i] = to[i];
    T* a = scratch_;
    T* const a_end = a + left;
    T* const b_end = b + right;
    while (a != a_end && b != b_end) {  // selected, not branched on: which run is next is a coin toss
      const bool right_first = less_(*b, *a);
      *to++ = *(right_first ? b : a);
      b += right_first;
      a += !right_first;
    }
    while (a != a_end) *to++ = *a++;
  }

  void merge_down(T* a, std::size_t left, T* b, std::size_t right) {
    for (std::size_t i = 0; i < right; ++i) scratch_[i] = b[i];
    T* to = b + right;
    T* a_end = a + left;
    T* b_end = scratch_ + right;
    while (a_end != a && b_end != scratch_) {
      const bool left_last = less_(b_end[-1], a_end[-1]);
      *--to = *(left_last ? a_end - 1 : b_end - 1);
      a_end -= left_last;
      b_end -= !left_last;
    }
    while (b_end != scratch_) *--to = *--b_end;
  }

  T* items_;
  std::size_t n_;
  T* scratch_;
  Less& less_;
};

}  // namespace turnstile
