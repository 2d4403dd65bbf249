// The predicates of str: isalpha and its kin.
#include "core/long_operation.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

constexpr std::size_t kCost = 16;  // of a code point, in bytes copied

/// test(text), away if it is long.
template <class Test>
Value tested(Mutator& m, const CallArgs& args, Test&& test) {
  const TextView v(args[0].as<Str>());
  bool result = false;
  work_away(m, v.length * kCost, [&] { result = test(v); });
  return Value::boolean(result);
}

/// True if every code point has one of the properties and there is at least one, or `of_empty` for the empty string.
Value all_have(Mutator& m, const CallArgs& args, std::uint16_t wanted, bool of_empty = false) {
  return tested(m, args, [&](const TextView& v) {
    for (std::size_t i = 0; i < v.length; ++i) {
      if ((unicode::properties(v[i]) & wanted) == 0) return false;
    }
    return v.length != 0 || of_empty;
  });
}

/// At least one code point of the wanted case, none of the others.
Value all_cased(Mutator& m, const CallArgs& args, std::uint16_t wanted, std::uint16_t unwanted) {
  return tested(m, args, [&](const TextView& v) {
    bool found = false;
    for (std::size_t i = 0; i < v.length; ++i) {
      const std::uint16_t p = unicode::properties(v[i]);
      if ((p & unwanted) != 0) return false;
      found |= (p & wanted) != 0;
    }
    return found;
  });
}

}  // namespace

Value str_isalnum(Mutator& m, const CallArgs& args) {
  return all_have(m, args, unicode::kAlpha | unicode::kDecimal | unicode::kDigit | unicode::kNumeric);
}
Value str_isalpha(Mutator& m, const CallArgs& args) { return all_have(m, args, unicode::kAlpha); }
Value str_isdecimal(Mutator& m, const CallArgs& args) { return all_have(m, args, unicode::kDecimal); }
Value str_isdigit(Mutator& m, const CallArgs& args) { return all_have(m, args, unicode::kDigit); }
Value str_isnumeric(Mutator& m, const CallArgs& args) { return all_have(m, args, unicode::kNumeric); }
Value str_isspace(Mutator& m, const CallArgs& args) { return all_have(m, args, unicode::kSpace); }
Value str_isprintable(Mutator& m, const CallArgs& args) { return all_have(m, args, unicode::kPrintable, true); }
Value str_isascii(Mutator& m, const CallArgs& args) {
  return tested(m, args, [](const TextView& v) { return is_ascii(v); });
}
Value str_islower(Mutator& m, const CallArgs& args) {
  return all_cased(m, args, unicode::kLower, unicode::kUpper | unicode::kTitle);
}
Value str_isupper(Mutator& m, const CallArgs& args) {
  return all_cased(m, args, unicode::kUpper, unicode::kLower | unicode::kTitle);
}

Value str_isidentifier(Mutator& m, const CallArgs& args) {
  return tested(m, args, [](const TextView& v) {
    if (v.length == 0 || !unicode::is_identifier_start(v[0])) return false;
    for (std::size_t i = 1; i < v.length; ++i) {
      if (!unicode::is_identifier_continue(v[i])) return false;
    }
    return true;
  });
}

Value str_istitle(Mutator& m, const CallArgs& args) {
  return tested(m, args, [](const TextView& v) {
    bool found = false, in_word = false;
    for (std::size_t i = 0; i < v.length; ++i) {
      const std::uint16_t p = unicode::properties(v[i]);
      if ((p & (unicode::kUpper | unicode::kTitle)) != 0) {
        if (in_word) return false;
        found = in_word = true;
      } else if ((p & unicode::kLower) != 0) {
        if (!in_word) return false;
        found = true;
      } else {
        in_word = false;
      }
    }
    return found;
  });
}

}  // namespace turnstile::strings
