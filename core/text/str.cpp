// Making, comparing, hashing and joining strings.
#include <algorithm>
#include <cstring>

#include "core/allocate_object.h"
#include "core/long_operation.h"
#include "core/text/str_builder.h"
#include "core/text/text.h"
#include "core/text/unicode.h"

namespace turnstile {

using strings::kMaxLength;
using strings::TextView;

namespace {

/// Reads one code point of generalized UTF-8 (surrogates are three bytes). The text is valid.
char32_t next_point(const unsigned char*& p) {
  const char32_t lead = *p++;
  if (lead < 0x80) return lead;
  if (lead < 0xe0) {
    const char32_t point = (lead & 0x1f) << 6 | (p[0] & 0x3f);
    p += 1;
    return point;
  }
  if (lead < 0xf0) {
    const char32_t point = (lead & 0x0f) << 12 | (p[0] & 0x3fu) << 6 | (p[1] & 0x3fu);
    p += 2;
    return point;
  }
  const char32_t point = (lead & 0x07) << 18 | (p[0] & 0x3fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
  p += 3;
  return point;
}

/// Names are interned before the class str exists; define_str gives those their shape.
Shape* shape_of(const Type* cls) { return cls == nullptr ? nullptr : cls->root_shape; }

/// The layouts end in 8 bytes of data.
std::size_t object_size(std::size_t layout, std::size_t data) { return data <= 8 ? layout : layout - 8 + data; }

std::uint64_t load64(const unsigned char* p) {
  std::uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

/// The high and low halves of a 128-bit product, folded (the mixing step of wyhash and its kin).
std::uint64_t fold_multiply(std::uint64_t a, std::uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

constexpr std::uint64_t kSeed0 = 0x9e3779b97f4a7c15u;
constexpr std::uint64_t kSeed1 = 0xd6e8feb86659fd93u;
constexpr std::uint64_t kSeed2 = 0xa0761d6478bd642fu;

}  // namespace

namespace strings {

std::uint64_t hash_memory(const void* data, std::size_t size) {
  const auto* p = static_cast<const unsigned char*>(data);
  if (size == 0) return 0;
  std::uint64_t h = kSeed0 ^ size;
  std::size_t left = size;
  for (; left > 16; left -= 16, p += 16) h = fold_multiply(load64(p) ^ kSeed1, load64(p + 8) ^ h);
  std::uint64_t a = 0, b = 0;
  if (left >= 8) {
    a = load64(p);
    b = load64(p + left - 8);
  } else {
    for (std::size_t i = 0; i < left; ++i) a = a << 8 | p[i];
    b = left;
  }
  h = fold_multiply(a ^ kSeed1, b ^ h);
  h = fold_multiply(h ^ kSeed2, kSeed0 ^ size);
  // 0 means "not computed" and -1 is no hash of Python's.
  if (h == 0 || h == ~std::uint64_t{0}) h = kSeed2;
  return h;
}

void append_utf8(std::string& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  }
}

Str* make_str(Mutator& m, const TextView& v) {
  if (v.length <= 1) {
    if (v.length == 1) return make_character(m, v[0]);
    if (m.runtime->empty_str != nullptr) return m.runtime->empty_str;
  }
  char32_t widest = 0;
  work_away(m, v.bytes(), [&] { widest = widest_point(v); });
  Str* s = allocate_str(m, v.length, widest);
  if (s != nullptr) work_away(m, v.bytes(), [&] { copy_points(s->data, s->width(), v); });
  return s;
}

Str* substring(Mutator& m, Str* s, std::size_t from, std::size_t to) {
  if (from == 0 && to == s->length()) return s;
  return make_str(m, TextView(s).slice(from, to));
}

Str* repeat(Mutator& m, Str* s, std::int64_t times) {
  if (times <= 0 || s->length() == 0) return make_str(m, TextView());
  if (times == 1) return s;
  if (static_cast<std::uint64_t>(times) > kMaxLength / s->length()) {
    raise_memory_error(m);
    return nullptr;
  }
  const std::size_t bytes = static_cast<std::size_t>(s->length()) * s->width();
  Str* out = allocate_str(m, static_cast<std::size_t>(s->length()) * static_cast<std::size_t>(times),
                          widest_point(TextView(s)));
  if (out == nullptr) return nullptr;
  const std::size_t total = bytes * static_cast<std::size_t>(times);
  work_away(m, total, [&] {
    if (bytes == 1) {
      std::memset(out->data, s->data[0], total);
      return;
    }
    std::memcpy(out->data, s->data, bytes);
    for (std::size_t done = bytes; done < total;) {
      const std::size_t chunk = std::min(done, total - done);
      std::memcpy(out->data + done, out->data, chunk);
      done += chunk;
    }
  });
  return out;
}

Bytes* allocate_bytes(Mutator& m, std::size_t length) {
  if (length > kMaxLength) {
    raise_memory_error(m);
    return nullptr;
  }
  auto* b = new_object<Bytes>(m, shape_of(m.runtime->types.bytes), Kind::bytes, object_size(sizeof(Bytes), length + 1));
  if (b == nullptr) return nullptr;
  b->aux = static_cast<std::uint32_t>(length);
  b->data[length] = 0;
  return b;
}

}  // namespace strings

Str* allocate_str(Mutator& m, std::size_t length, char32_t max_point) {
  if (length > kMaxLength) {
    raise_memory_error(m);
    return nullptr;
  }
  const std::uint32_t width = strings::width_of(max_point);
  auto* s =
      new_object<Str>(m, shape_of(m.runtime->types.str), Kind::str, object_size(sizeof(Str), (length + 1) * width));
  if (s == nullptr) return nullptr;
  s->sub = static_cast<std::uint8_t>(width);
  s->aux = static_cast<std::uint32_t>(length);
  strings::put_point(s->data, width, length, 0);
  return s;
}

Str* make_str(Mutator& m, std::string_view utf8) {
  const TextView raw(utf8);
  if (strings::is_ascii(raw)) return strings::make_str(m, raw);
  const auto* begin = raw.data;
  const auto* end = begin + utf8.size();
  std::size_t length = 0;
  char32_t widest = 0;
  for (const unsigned char* p = begin; p < end; ++length) widest |= next_point(p);
  if (length == 1) return strings::make_character(m, widest);
  Str* s = allocate_str(m, length, widest);
  if (s == nullptr) return nullptr;
  std::size_t i = 0;
  for (const unsigned char* p = begin; p < end; ++i) strings::put_point(s->data, s->width(), i, next_point(p));
  return s;
}

Str* make_str_from_code_points(Mutator& m, const char32_t* points, std::size_t count) {
  return strings::make_str(m, TextView(reinterpret_cast<const unsigned char*>(points), count, 4));
}

std::string to_utf8(const Str* s) {
  const TextView v(s);
  if (strings::is_ascii(v)) return std::string(reinterpret_cast<const char*>(v.data), v.length);
  std::string out;
  out.reserve(v.length * 2);
  strings::with_points(v, [&](const auto* p) {
    for (std::size_t i = 0; i < v.length; ++i) strings::append_utf8(out, p[i]);
  });
  return out;
}

std::uint64_t hash_str(const Str* s) {
  std::uint64_t h = s->cached_hash.load(std::memory_order_relaxed);
  if (h == 0) {
    h = strings::hash_memory(s->data, static_cast<std::size_t>(s->length()) * s->width());
    const_cast<Str*>(s)->cached_hash.store(h, std::memory_order_relaxed);
  }
  return h;
}

bool str_equal(const Str* a, const Str* b) {
  if (a == b) return true;
  if (a->aux != b->aux || a->sub != b->sub) return false;  // canonical widths: equal text has equal bytes
  return std::memcmp(a->data, b->data, static_cast<std::size_t>(a->aux) * a->sub) == 0;
}

int str_compare(const Str* a, const Str* b) {
  const TextView x(a), y(b);
  const std::size_t common = std::min(x.length, y.length);
  if (x.width == 1 && y.width == 1) {
    if (const int order = std::memcmp(x.data, y.data, common); order != 0) return order < 0 ? -1 : 1;
  } else {
    for (std::size_t i = 0; i < common; ++i) {
      if (const char32_t p = x[i], q = y[i]; p != q) return p < q ? -1 : 1;
    }
  }
  return x.length == y.length ? 0 : x.length < y.length ? -1 : 1;
}

Value str_concat(Mutator& m, Str* a, Str* b) {
  if (a->length() == 0) return Value::object(b);
  if (b->length() == 0) return Value::object(a);
  const TextView x(a), y(b);
  constexpr char32_t kWidest[] = {0, 0xff, 0xffff, 0, 0x10ffff};
  Str* s = allocate_str(m, x.length + y.length, kWidest[std::max(x.width, y.width)]);
  if (s == nullptr) return Value();
  work_away(m, x.bytes() + y.bytes(), [&] {
    strings::copy_points(s->data, s->width(), x);
    strings::copy_points(s->data + x.length * s->width(), s->width(), y);
  });
  return Value::object(s);
}

Value bytes_from(Mutator& m, const void* data, std::size_t size) {
  Bytes* b = strings::allocate_bytes(m, size);
  if (b == nullptr) return Value();
  if (size != 0) work_away(m, size, [&] { std::memcpy(b->data, data, size); });
  return Value::object(b);
}

}  // namespace turnstile
