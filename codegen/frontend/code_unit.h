// What the builder produces: code and constants as plain data, before any managed object exists.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/objects/function.h"

namespace turnstile::frontend {

struct CodeUnit;

/// A constant of the program. Plain data: materialize.h makes the managed value.
struct Constant {
  enum class Kind : std::uint8_t {
    none,
    false_,
    true_,
    ellipsis,
    integer,    // `small`, or `text`: digits in `base` with an optional '-' in front
    number,     // double
    str,        // text: generalized UTF-8
    bytes,      // text
    name,       // text; a str that is interned
    tuple,      // items
    frozenset,  // items
    code,       // unit
  };
  Kind kind = Kind::none;
  std::uint8_t base = 10;
  std::int64_t small = 0;
  double number = 0;
  std::string text;  // of an integer: not empty only when it does not fit `small`
  std::vector<Constant> items;
  std::shared_ptr<CodeUnit> unit;

  static Constant of_kind(Kind k) {
    Constant c;
    c.kind = k;
    return c;
  }
  static Constant of_int(std::int64_t i) {
    Constant c = of_kind(Kind::integer);
    c.small = i;
    return c;
  }
  static Constant of_number(double d) {
    Constant c = of_kind(Kind::number);
    c.number = d;
    return c;
  }
  static Constant of_text(Kind k, std::string_view text) {
    Constant c = of_kind(k);
    c.text = text;
    return c;
  }
  static Constant of_items(Kind k, std::vector<Constant> items) {
    Constant c = of_kind(k);
    c.items = std::move(items);
    return c;
  }

  /// Same kind and same value (1, 1.0 and True differ; -0.0 and 0.0 differ). Code is the same only as itself.
  bool same(const Constant& other) const;
  /// Text that is equal exactly for constants that are the same.
  std::string key() const;
  bool is_code() const { return kind == Kind::code; }
};

/// One function, class body, comprehension or module. consts[0] of a function is its docstring or None.
struct CodeUnit {
  std::unique_ptr<CodeData> data = std::make_unique<CodeData>();
  std::vector<Constant> consts;
};

}  // namespace turnstile::frontend
