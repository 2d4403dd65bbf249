// The methods that only bytes has, or has in an ASCII form of its own.
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/long_operation.h"
#include "core/native_args.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"

namespace turnstile::strings {

namespace {

constexpr bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(unsigned char c) { return is_lower(c) || is_upper(c); }
constexpr unsigned char to_upper(unsigned char c) { return static_cast<unsigned char>(is_lower(c) ? c - 32 : c); }
constexpr unsigned char to_lower(unsigned char c) { return static_cast<unsigned char>(is_upper(c) ? c + 32 : c); }

/// fn(byte, the byte before it or 0) for each byte.
template <class Fn>
Value map_bytes(Mutator& m, const CallArgs& args, Fn&& fn) {
  const auto* b = args[0].as<Bytes>();
  Bytes* out = allocate_bytes(m, b->length());
  if (out == nullptr) return Value();
  for (std::uint32_t i = 0; i < b->length(); ++i) out->data[i] = fn(b->data[i], i == 0 ? 0 : b->data[i - 1]);
  return Value::object(out);
}

template <class Fn>
Value all_bytes(const CallArgs& args, Fn&& fn) {
  const auto* b = args[0].as<Bytes>();
  for (std::uint32_t i = 0; i < b->length(); ++i) {
    if (!fn(b->data[i])) return Value::false_value();
  }
  return Value::boolean(b->length() != 0);
}

template <class Wanted, class Unwanted>
Value cased_bytes(const CallArgs& args, Wanted&& wanted, Unwanted&& unwanted) {
  const auto* b = args[0].as<Bytes>();
  bool found = false;
  for (std::uint32_t i = 0; i < b->length(); ++i) {
    if (unwanted(b->data[i])) return Value::false_value();
    found |= wanted(b->data[i]);
  }
  return Value::boolean(found);
}

constexpr std::size_t kHexCost = 16;  // of a byte, in bytes copied

int hex_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A' + 10);
  return -1;
}

}  // namespace

Value bytes_hex(Mutator& m, const CallArgs& args) {
  const auto* b = args[0].as<Bytes>();
  Value bound[2];
  if (!bind_native(m, args, "hex", {"sep", "bytes_per_sep"}, bound, 0, 1)) return Value();
  std::int64_t group = bound[0].is_empty() ? 0 : 1;
  char separator = 0;
  if (!bound[0].is_empty()) {
    const std::int64_t n = length(m, bound[0]);
    if (n < 0) return Value();
    if (n != 1) return raise_value_error(m, "sep must be length 1.");
    if (!is_str(bound[0]) && !is_bytes(bound[0])) return raise_type_error(m, "sep must be str or bytes.");
    const char32_t c = Subject(bound[0]).view[0];
    if (c > 0x7f) return raise_value_error(m, "sep must be ASCII.");
    separator = static_cast<char>(c);
    if (!bound[1].is_empty() && !int_argument(m, bound[1], &group)) return Value();
  }
  constexpr const char* kDigits = "0123456789abcdef";
  const auto n = static_cast<std::int64_t>(b->length());
  std::string out;
  work_away(m, b->length() * kHexCost, [&] {
    for (std::int64_t i = 0; i < n; ++i) {
      // A positive group counts from the right, a negative one from the left.
      if (i != 0 && group != 0 && (group > 0 ? (n - i) % group == 0 : i % -group == 0)) out += separator;
      out += kDigits[b->data[i] >> 4];
      out += kDigits[b->data[i] & 15];
    }
  });
  return Value::object(make_str(m, std::string_view(out)));
}

Value bytes_fromhex(Mutator& m, const CallArgs& args) {
  if (!is_str(args[1])) {
    return raise_type_error(m, "fromhex() argument must be str, not " + argument_name(m, args[1]));
  }
  const TextView v(args[1].as<Str>());
  const auto bad_at = [&](std::size_t i) {
    return raise_value_error(m, "non-hexadecimal number found in fromhex() arg at position " + std::to_string(i));
  };
  std::string out;
  std::optional<std::size_t> bad;
  work_away(m, v.length * kHexCost, [&] {
    for (std::size_t i = 0; i < v.length && !bad; ++i) {
      if (v[i] > 0x7f) bad = i;
    }
    for (std::size_t i = 0; i < v.length && !bad;) {
      if (v[i] == ' ' || (v[i] >= 0x09 && v[i] <= 0x0d)) {
        ++i;
        continue;
      }
      for (std::size_t k = 0; k < 2 && !bad; ++k) {
        if (i + k >= v.length || hex_value(v[i + k]) < 0) bad = i + k;
      }
      if (bad) return;
      out += static_cast<char>(hex_value(v[i]) << 4 | hex_value(v[i + 1]));
      i += 2;
    }
  });
  if (bad) return bad_at(*bad);
  return bytes_from(m, out.data(), out.size());
}

Value bytes_upper(Mutator& m, const CallArgs& args) {
  return map_bytes(m, args, [](unsigned char c, unsigned char) { return to_upper(c); });
}
Value bytes_lower(Mutator& m, const CallArgs& args) {
  return map_bytes(m, args, [](unsigned char c, unsigned char) { return to_lower(c); });
}
Value bytes_swapcase(Mutator& m, const CallArgs& args) {
  return map_bytes(m, args, [](unsigned char c, unsigned char) { return is_upper(c) ? to_lower(c) : to_upper(c); });
}
Value bytes_title(Mutator& m, const CallArgs& args) {
  return map_bytes(m, args,
                   [](unsigned char c, unsigned char before) { return is_alpha(before) ? to_lower(c) : to_upper(c); });
}
Value bytes_capitalize(Mutator& m, const CallArgs& args) {
  bool first = true;
  return map_bytes(
      m, args, [&](unsigned char c, unsigned char) { return std::exchange(first, false) ? to_upper(c) : to_lower(c); });
}

Value bytes_isalnum(Mutator&, const CallArgs& args) {
  return all_bytes(args, [](unsigned char c) { return is_alpha(c) || is_digit(c); });
}
Value bytes_isalpha(Mutator&, const CallArgs& args) { return all_bytes(args, is_alpha); }
Value bytes_isdigit(Mutator&, const CallArgs& args) { return all_bytes(args, is_digit); }
Value bytes_isspace(Mutator&, const CallArgs& args) {
  return all_bytes(args, [](unsigned char c) { return c == ' ' || (c >= 0x09 && c <= 0x0d); });
}
Value bytes_isascii(Mutator&, const CallArgs& args) { return Value::boolean(is_ascii(TextView(args[0].as<Bytes>()))); }
Value bytes_islower(Mutator&, const CallArgs& args) { return cased_bytes(args, is_lower, is_upper); }
Value bytes_isupper(Mutator&, const CallArgs& args) { return cased_bytes(args, is_upper, is_lower); }

Value bytes_istitle(Mutator&, const CallArgs& args) {
  const auto* b = args[0].as<Bytes>();
  bool found = false, in_word = false;
  for (std::uint32_t i = 0; i < b->length(); ++i) {
    const unsigned char c = b->data[i];
    if ((is_upper(c) && in_word) || (is_lower(c) && !in_word)) return Value::false_value();
    in_word = is_alpha(c);
    found |= in_word;
  }
  return Value::boolean(found);
}

Value bytes_maketrans(Mutator& m, const CallArgs& args) {
  for (std::uint32_t i = 0; i < 2; ++i) {
    if (!is_bytes(args[i])) {
      return raise_type_error(m, "a bytes-like object is required, not '" + class_name(m, args[i]) + "'");
    }
  }
  const auto* from = args[0].as<Bytes>();
  const auto* to = args[1].as<Bytes>();
  if (from->length() != to->length()) return raise_value_error(m, "maketrans arguments must have same length");
  std::array<unsigned char, 256> table;
  for (std::size_t i = 0; i < 256; ++i) table[i] = static_cast<unsigned char>(i);
  for (std::uint32_t i = 0; i < from->length(); ++i) table[from->data[i]] = to->data[i];
  return bytes_from(m, table.data(), table.size());
}

Value bytes_translate(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  Value bound[2];
  if (!bind_native(m, args, "translate", {"table", "delete"}, bound, 1, 1)) return Value();
  TextView table, removed;
  if (!bound[0].is_none()) {
    if (!text_argument(m, s, bound[0], &table)) return Value();
    if (table.length != 256) return raise_value_error(m, "translation table must be 256 characters long");
  }
  if (!bound[1].is_empty() && !text_argument(m, s, bound[1], &removed)) return Value();
  std::array<bool, 256> drop{};
  for (std::size_t i = 0; i < removed.length; ++i) drop[removed.data[i]] = true;
  std::string out;
  out.reserve(s.view.length);
  for (std::size_t i = 0; i < s.view.length; ++i) {
    const unsigned char c = s.view.data[i];
    if (!drop[c]) out += static_cast<char>(table.length == 0 ? c : table.data[c]);
  }
  return bytes_from(m, out.data(), out.size());
}

}  // namespace turnstile::strings
