// A Python value in one 64-bit word, NaN-boxed.
//
//   0x0000'0000'0000'0000              empty: no value (unbound slot, "exception pending", free container slot)
//   0x0000'0000'0000'00xx              immediates: None, False, True, NotImplemented, Ellipsis
//   0x0000'pppp'pppp'pppp              pointer to an Object, unmodified (a conservative scanner needs no unmasking)
//   0x0001'.... - 0xfff1'....          double: its bits plus 2^48 (NaNs are canonical first)
//   0xfff8'.... - 0xffff'....          int: 51-bit two's complement in the low bits
//
// Ints outside [-2^50, 2^50) are heap objects (core/objects/bigint.h); an int that fits is never boxed on the heap.
#pragma once

#include <atomic>
#include <bit>
#include <cstdint>

namespace turnstile {

struct Object;

class Value {
 public:
  static constexpr std::uint64_t kDoubleOffset = std::uint64_t{1} << 48;
  static constexpr std::uint64_t kIntTag = std::uint64_t{0xfff8} << 48;
  static constexpr int kIntBits = 51;
  static constexpr std::int64_t kIntMax = (std::int64_t{1} << 50) - 1;
  static constexpr std::int64_t kIntMin = -(std::int64_t{1} << 50);
  static constexpr std::uint64_t kFirstPointer = 0x100;

  constexpr Value() = default;
  static constexpr Value from_bits(std::uint64_t bits) { return Value(bits); }
  static constexpr Value none() { return Value(0x02); }
  static constexpr Value false_value() { return Value(0x04); }
  static constexpr Value true_value() { return Value(0x05); }
  static constexpr Value not_implemented() { return Value(0x06); }
  static constexpr Value ellipsis() { return Value(0x08); }
  static constexpr Value boolean(bool b) { return Value(0x04u | static_cast<unsigned>(b)); }
  /// `i` must fit (see fits_int); make_int() in core/objects/bigint.h takes any int64.
  static constexpr Value small_int(std::int64_t i) { return Value(static_cast<std::uint64_t>(i) | kIntTag); }
  static constexpr bool fits_int(std::int64_t i) { return i >= kIntMin && i <= kIntMax; }
  static constexpr Value number(double d) {
    std::uint64_t bits = d != d ? 0x7ff8000000000000u : std::bit_cast<std::uint64_t>(d);
    return Value(bits + kDoubleOffset);
  }
  static Value object(const void* o) { return Value(reinterpret_cast<std::uint64_t>(o)); }

  constexpr std::uint64_t bits() const { return bits_; }
  constexpr bool is_empty() const { return bits_ == 0; }
  constexpr bool is_none() const { return bits_ == 0x02; }
  constexpr bool is_true() const { return bits_ == 0x05; }
  constexpr bool is_false() const { return bits_ == 0x04; }
  constexpr bool is_bool() const { return (bits_ | 1) == 0x05; }
  constexpr bool is_not_implemented() const { return bits_ == 0x06; }
  constexpr bool is_ellipsis() const { return bits_ == 0x08; }
  /// A small int; bool and heap ints are not.
  constexpr bool is_int() const { return bits_ >= kIntTag; }
  constexpr bool is_double() const { return bits_ - kDoubleOffset < kIntTag - kDoubleOffset; }
  constexpr bool is_object() const { return bits_ - kFirstPointer < kDoubleOffset - kFirstPointer; }

  constexpr std::int64_t as_int() const { return static_cast<std::int64_t>(bits_ << 13) >> 13; }
  constexpr double as_double() const { return std::bit_cast<double>(bits_ - kDoubleOffset); }
  Object* as_object() const { return reinterpret_cast<Object*>(bits_); }
  template <class T>
  T* as() const {
    return reinterpret_cast<T*>(bits_);
  }

  /// Identity (`is`), not equality.
  friend constexpr bool operator==(Value, Value) = default;

 private:
  explicit constexpr Value(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t bits_ = 0;
};

/// A slot that threads may read while another writes it. The release store publishes the object behind the value;
/// it pairs with the acquire load of every reader.
class AtomicValue {
 public:
  AtomicValue() = default;
  explicit AtomicValue(Value v) : bits_(v.bits()) {}
  Value load() const { return Value::from_bits(bits_.load(std::memory_order_acquire)); }
  Value load_relaxed() const { return Value::from_bits(bits_.load(std::memory_order_relaxed)); }
  void store(Value v) { bits_.store(v.bits(), std::memory_order_release); }
  /// Only before the slot's owner is published, or where the value was already published.
  void store_relaxed(Value v) { bits_.store(v.bits(), std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> bits_{0};
};
static_assert(sizeof(AtomicValue) == 8);

}  // namespace turnstile
