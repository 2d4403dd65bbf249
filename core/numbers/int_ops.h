// Operations on ints that number types, builtins and math share.
#pragma once

#include "core/mutator.h"
#include "core/value.h"

namespace turnstile {

/// divmod() of two ints; false with ZeroDivisionError.
bool int_divmod(Mutator& m, Value left, Value right, Value* quotient, Value* remainder);
/// pow(base, exponent, modulus): ValueError where there is no inverse.
Value int_pow_mod(Mutator& m, Value base, Value exponent, Value modulus);
/// CPython's numeric hash: modulo 2^61 - 1.
std::int64_t int_hash(Value v);
std::int64_t double_hash(double d);
/// Nearest double, ties to even; false with OverflowError("int too large to convert to float").
bool int_to_double(Mutator& m, Value v, double* out);
/// int and float compare exactly: -1, 0, 1 (the float is no NaN).
int compare_int_double(Value i, double d);
/// round(i, digits) for an int.
Value int_round(Mutator& m, Value i, Value digits);

}  // namespace turnstile
