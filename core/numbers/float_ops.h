// Operations on floats that number types, builtins and math share.
#pragma once

#include <optional>
#include <string_view>

#include "core/mutator.h"
#include "core/objects/type.h"
#include "core/value.h"

namespace turnstile {

void register_float_type(Mutator& m);
/// Text as float() takes it: decimal, inf, nan, underscores between digits; surrounding blanks allowed.
std::optional<double> parse_double(std::string_view text);
/// round(d, digits), ties to even of the exact binary value; OverflowError where the result is too large.
Value double_round(Mutator& m, double d, std::int64_t digits);
/// d // e and d % e; e is not 0.
void double_divmod(double d, double e, double* quotient, double* remainder);
/// a ** b with Python's errors.
Value double_pow(Mutator& m, double a, double b);

/// Without blanks at both ends.
std::string_view trim_ascii(std::string_view text);
/// Text with Unicode decimal digits and blanks as ASCII; other characters as '?'.
std::string decimal_to_ascii(const Str* text);

/// -1, 0, 1 as the answer to a comparison.
inline Value compare_result(CompareOp op, int c) {
  switch (op) {
    case CompareOp::lt:
      return Value::boolean(c < 0);
    case CompareOp::le:
      return Value::boolean(c <= 0);
    case CompareOp::eq:
      return Value::boolean(c == 0);
    case CompareOp::ne:
      return Value::boolean(c != 0);
    case CompareOp::gt:
      return Value::boolean(c > 0);
    default:
      return Value::boolean(c >= 0);
  }
}

}  // namespace turnstile
