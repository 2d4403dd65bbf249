#include "core/modules/random_source.h"

#include <sys/random.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "core/exceptions.h"
#include "core/long_operation.h"
#include "core/modules/native_support.h"
#include "core/modules/sha512.h"
#include "core/numbers/int_ops.h"
#include "core/numbers/mpz.h"
#include "core/ops.h"

namespace turnstile {

namespace {

constexpr double kTwoTo53 = 9007199254740992.0;

void system_words(std::span<std::uint32_t> words) {
  auto* at = reinterpret_cast<char*>(words.data());
  std::size_t left = words.size_bytes();
  while (left != 0) {
    const ssize_t n = getrandom(at, std::min<std::size_t>(left, 256), 0);
    if (n <= 0) continue;  // a signal
    at += n;
    left -= static_cast<std::size_t>(n);
  }
}

// An override of the method in a subclass, bound; empty when there is none.
Value override_of(Mutator& m, Value self, const char* name, NativeFn builtin) {
  Str* interned = intern(m, name);
  Value found = lookup_type(m, type_of(m, self), interned);
  if (is_kind(found, Kind::native_function) && found.as<NativeFunction>()->def->fn == builtin) return Value();
  return get_attr(m, self, interned);
}

bool set_key(RandomCore& core, mpz_srcptr z) {
  std::vector<std::uint32_t> key((mpz_sizeinbase(z, 2) + 31) / 32 + 1);
  std::size_t count = 0;
  mpz_export(key.data(), &count, -1, sizeof(std::uint32_t), 0, 0, z);  // magnitude, least significant word first
  key.resize(std::max<std::size_t>(count, 1));
  std::scoped_lock lock(core.mutex);
  core.twister.seed(key);
  core.has_gauss = false;
  return true;
}

bool set_key(RandomCore& core, std::uint64_t word) {
  mpz_t z;
  mpz_init(z);
  mpz_import(z, 1, -1, sizeof word, 0, 0, &word);
  set_key(core, z);
  mpz_clear(z);
  return true;
}

// Text and its digest as one big-endian number.
bool seed_with_bytes(RandomCore& core, std::string text) {
  const auto digest = sha512(text);
  text.append(digest.begin(), digest.end());
  Integer z;
  mpz_import(z, text.size(), 1, 1, 0, 0, text.data());
  return set_key(core, z);
}

std::string bytes_of(const Bytes* b) { return std::string(reinterpret_cast<const char*>(b->data), b->length()); }

// Version 1: a hash as Python 2 had it.
std::uint64_t old_hash(Value text) {
  const bool is_str = is_kind(text, Kind::str);
  const std::uint32_t length = is_str ? text.as<Str>()->length() : text.as<Bytes>()->length();
  const auto at = [&](std::uint32_t i) -> std::uint64_t {
    return is_str ? text.as<Str>()->at(i) : text.as<Bytes>()->data[i];
  };
  std::uint64_t x = length == 0 ? 0 : at(0) << 7;
  for (std::uint32_t i = 0; i < length; ++i) x = (1000003 * x) ^ at(i);
  return x ^ length;
}

}  // namespace

void draw_words(RandomCore& core, std::span<std::uint32_t> words) {
  if (core.system) return system_words(words);
  std::scoped_lock lock(core.mutex);
  for (std::uint32_t& w : words) w = core.twister.next32();
}

double draw_double(RandomCore& core) {
  if (core.system) {
    std::uint32_t words[2];
    system_words(words);
    return static_cast<double>((std::uint64_t{words[0]} << 32 | words[1]) >> 11) / kTwoTo53;
  }
  std::scoped_lock lock(core.mutex);
  return core.twister.next_double();
}

Value random_bits(Mutator& m, RandomCore& core, std::uint64_t k) {
  if (k <= 64) {
    if (k == 0) return Value::small_int(0);
    std::uint32_t words[2] = {0, 0};
    draw_words(core, std::span(words, k <= 32 ? 1 : 2));
    if (k <= 32) return Value::small_int(words[0] >> (32 - k));
    return make_uint(m, std::uint64_t{words[1] >> (64 - k)} << 32 | words[0]);
  }
  if (!check_bits(m, k)) return Value();
  std::vector<std::uint32_t> words((k - 1) / 32 + 1);
  work_away(m, words.size() * 32, [&] { draw_words(core, words); });
  if (k % 32 != 0) words.back() >>= 32 - k % 32;
  Integer z;
  mpz_import(z, words.size(), -1, sizeof(std::uint32_t), 0, 0, words.data());
  return value_of(m, z);
}

bool seed_random(Mutator& m, RandomCore& core, Value a, std::int64_t version) {
  if (a.is_empty() || a.is_none()) {
    std::vector<std::uint32_t> key(MersenneTwister::kWords);
    system_words(key);
    std::scoped_lock lock(core.mutex);
    core.twister.seed(key);
    core.has_gauss = false;
    return true;
  }
  const bool text = is_kind(a, Kind::str) || is_kind(a, Kind::bytes);
  if (version == 1 && text) return set_key(core, old_hash(a));
  if (version == 2 && text)
    return seed_with_bytes(core, is_kind(a, Kind::str) ? to_utf8(a.as<Str>()) : bytes_of(a.as<Bytes>()));
  if (is_any_int(a) || a.is_bool()) return set_key(core, IntView(a));
  std::int64_t hash;
  if (!a.is_double() && !text) {
    raise_type_error(m, "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.");
    return false;
  }
  return hash_value(m, a, &hash) && set_key(core, static_cast<std::uint64_t>(hash));
}

RandomSource::RandomSource(Mutator& m, Value self) : m_(m), self_(self), core_(payload<RandomCore>(self)) {
  if (!type_of(m, self)->has_type_flag(kHeapType)) [[likely]]
    return;
  own_random_ = override_of(m, self, "random", random_random);
  own_bits_ = override_of(m, self, "getrandbits", random_getrandbits);
}

bool RandomSource::random(double* out) {
  if (own_random_.is_empty()) [[likely]] {
    *out = draw_double(core_);
    return true;
  }
  Value v = call(m_, own_random_, {});
  return !v.is_empty() && number_to_double(m_, v, out);
}

bool RandomSource::below(std::uint64_t n, std::uint64_t* out) {
  if (!own_bits_.is_empty() || !own_random_.is_empty()) {
    Value bound = make_uint(m_, n);
    Value v = bound.is_empty() ? bound : below(bound);
    std::int64_t i;
    if (v.is_empty()) return false;
    if (!to_index(m_, v, &i)) return false;
    *out = static_cast<std::uint64_t>(i);
    return true;
  }
  const int k = std::bit_width(n);
  std::uint32_t words[2] = {0, 0};
  do {
    draw_words(core_, std::span(words, k <= 32 ? 1 : 2));
    *out = k <= 32 ? words[0] >> (32 - k) : std::uint64_t{words[1] >> (64 - k)} << 32 | words[0];
  } while (*out >= n);
  return true;
}

Value RandomSource::below_by_bits(Value n) {
  const auto bits = static_cast<std::uint64_t>(bit_length(IntView(n)));
  Value k = make_uint(m_, bits);
  for (;;) {
    Value r = own_bits_.is_empty() ? random_bits(m_, core_, bits) : call(m_, own_bits_, {k});
    if (r.is_empty()) return r;
    const int less = compare_truth(m_, CompareOp::lt, r, n);
    if (less < 0) return Value();
    if (less == 1) return r;
  }
}

// Without getrandbits(): from the 53 bits of random().
Value RandomSource::below_by_random(Value n) {
  double r;
  std::int64_t small;
  if (!int_to_int64(n, &small) || small >= static_cast<std::int64_t>(kTwoTo53)) {
    double bound;
    if (!random(&r) || !int_to_double(m_, n, &bound)) return Value();
    return int_from_double(m_, std::floor(r * bound));
  }
  const auto range = static_cast<std::int64_t>(kTwoTo53);
  const double limit = static_cast<double>(range - range % small) / kTwoTo53;
  do {
    if (!random(&r)) return Value();
  } while (r >= limit);
  return make_int(m_, static_cast<std::int64_t>(std::floor(r * kTwoTo53)) % small);
}

Value RandomSource::below(Value n) {
  if (own_bits_.is_empty() && !own_random_.is_empty()) return below_by_random(n);
  std::int64_t small;
  if (own_bits_.is_empty() && int_to_int64(n, &small)) {
    std::uint64_t r;
    return below(static_cast<std::uint64_t>(small), &r) ? make_uint(m_, r) : Value();
  }
  return below_by_bits(n);
}

Value random_random(Mutator&, const CallArgs& args) { return Value::number(draw_double(payload<RandomCore>(args[0]))); }

Value random_getrandbits(Mutator& m, const CallArgs& args) {
  std::int64_t k;
  if (!to_index(m, args[1], &k, m.runtime->exceptions.OverflowError)) return Value();
  if (k < 0) return raise_value_error(m, "number of bits must be non-negative");
  return random_bits(m, payload<RandomCore>(args[0]), static_cast<std::uint64_t>(k));
}

}  // namespace turnstile
