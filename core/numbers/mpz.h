// Ints of any size as GMP integers: read-only views of values, and results back into values.
#pragma once

#include <gmp.h>

#include "core/long_operation.h"
#include "core/mutator.h"
#include "core/objects/text.h"
#include "core/value.h"

namespace turnstile {

/// A read-only mpz over an inline int, a bool or a BigInt. Valid while the view lives and the value is alive.
class IntView {
 public:
  explicit IntView(Value v);
  IntView(const IntView&) = delete;
  IntView& operator=(const IntView&) = delete;
  mpz_srcptr get() const { return z_; }
  operator mpz_srcptr() const { return z_; }  // NOLINT: the point of the class

 private:
  mp_limb_t inline_limb_ = 0;
  mpz_t z_;
};

/// An mpz of its own.
class Integer {
 public:
  Integer() { mpz_init(z_); }
  ~Integer() { mpz_clear(z_); }
  Integer(const Integer&) = delete;
  Integer& operator=(const Integer&) = delete;
  mpz_ptr get() { return z_; }
  operator mpz_ptr() { return z_; }  // NOLINT: the point of the class

 private:
  mpz_t z_;
};

/// Calls work(), away from the world where that many limbs are touched (of products: limbs times limbs).
template <class Work>
inline void long_arithmetic(Mutator& m, std::size_t limbs, Work&& work) {
  work_away(m, limbs * sizeof(mp_limb_t), work);
}
/// The product of two sizes; no overflow: sizes are below kMaxLimbs.
inline std::size_t product_limbs(mpz_srcptr a, mpz_srcptr b) { return mpz_size(a) * mpz_size(b); }

/// The value of an mpz: inline where it fits. May collect. Empty with MemoryError.
Value value_of(Mutator& m, mpz_srcptr z);

/// Limbs beyond which results are refused with MemoryError before GMP would abort.
inline constexpr std::size_t kMaxLimbs = std::size_t{1} << 27;
/// False with MemoryError raised when a result of that many bits is out of reach.
bool check_bits(Mutator& m, std::size_t bits);

/// Bits of the magnitude.
inline std::size_t bit_length(mpz_srcptr z) { return mpz_sgn(z) == 0 ? 0 : mpz_sizeinbase(z, 2); }

}  // namespace turnstile
