// The predicates of str: isalpha and its kin.
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

/// True if every code point has one of the properties and there is at least one, or `of_empty` for the empty string.
Value all_have(const CallArgs& args, std::uint16_t wanted, bool of_empty = false) {
  const TextView v(args[0].as<Str>());
  if (v.length == 0) return Value::boolean(of_empty);
  for (std::size_t i = 0; i < v.length; ++i) {
    if ((unicode::properties(v[i]) & wanted) == 0) return Value::false_value();
  }
  return Value::true_value();
}

/// At least one code point of the wanted case, none of the others.
Value all_cased(const CallArgs& args, std::uint16_t wanted, std::uint16_t unwanted) {
  const TextView v(args[0].as<Str>());
  bool found = false;
  for (std::size_t i = 0; i < v.length; ++i) {
    const std::uint16_t p = unicode::properties(v[i]);
    if ((p & unwanted) != 0) return Value::false_value();
    found |= (p & wanted) != 0;
  }
  return Value::boolean(found);
}

}  // namespace

Value str_isalnum(Mutator&, const CallArgs& args) {
  return all_have(args, unicode::kAlpha | unicode::kDecimal | unicode::kDigit | unicode::kNumeric);
}
Value str_isalpha(Mutator&, const CallArgs& args) { return all_have(args, unicode::kAlpha); }
Value str_isdecimal(Mutator&, const CallArgs& args) { return all_have(args, unicode::kDecimal); }
Value str_isdigit(Mutator&, const CallArgs& args) { return all_have(args, unicode::kDigit); }
Value str_isnumeric(Mutator&, const CallArgs& args) { return all_have(args, unicode::kNumeric); }
Value str_isspace(Mutator&, const CallArgs& args) { return all_have(args, unicode::kSpace); }
Value str_isprintable(Mutator&, const CallArgs& args) { return all_have(args, unicode::kPrintable, true); }
Value str_isascii(Mutator&, const CallArgs& args) { return Value::boolean(is_ascii(TextView(args[0].as<Str>()))); }
Value str_islower(Mutator&, const CallArgs& args) {
  return all_cased(args, unicode::kLower, unicode::kUpper | unicode::kTitle);
}
Value str_isupper(Mutator&, const CallArgs& args) {
  return all_cased(args, unicode::kUpper, unicode::kLower | unicode::kTitle);
}

Value str_isidentifier(Mutator&, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  if (v.length == 0 || !unicode::is_identifier_start(v[0])) return Value::false_value();
  for (std::size_t i = 1; i < v.length; ++i) {
    if (!unicode::is_identifier_continue(v[i])) return Value::false_value();
  }
  return Value::true_value();
}

Value str_istitle(Mutator&, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  bool found = false, in_word = false;
  for (std::size_t i = 0; i < v.length; ++i) {
    const std::uint16_t p = unicode::properties(v[i]);
    if ((p & (unicode::kUpper | unicode::kTitle)) != 0) {
      if (in_word) return Value::false_value();
      found = in_word = true;
    } else if ((p & unicode::kLower) != 0) {
      if (!in_word) return Value::false_value();
      found = true;
    } else {
      in_word = false;
    }
  }
  return Value::boolean(found);
}

}  // namespace turnstile::strings
