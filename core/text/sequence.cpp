#include "core/text/sequence.h"

#include <algorithm>

#include "core/containers/slice.h"

namespace turnstile::strings {

Value slice_subscript(Mutator& m, const Subject& s, Value slice) {
  SliceRange range;
  if (!resolve_slice(m, slice.as<Slice>(), static_cast<std::int64_t>(s.view.length), &range)) return Value();
  if (range.count == 0) return make_like(m, s, TextView());
  const auto start = static_cast<std::size_t>(range.start);
  const auto count = static_cast<std::size_t>(range.count);
  if (range.step == 1) return slice_of(m, s, start, start + count);
  if (count == 1) return make_like(m, s, s.view.slice(start, start + 1));
  // Picks into malloc'ed memory of the same width; make_like finds the narrowest.
  const std::uint32_t width = s.view.width;
  std::string picked(count * width, '\0');
  auto* out = reinterpret_cast<unsigned char*>(picked.data());
  std::int64_t at = range.start;
  for (std::size_t i = 0; i < count; ++i, at += range.step) {
    std::memcpy(out + i * width, s.view.data + static_cast<std::size_t>(at) * width, width);
  }
  return make_like(m, s, TextView(out, count, width));
}

bool defines(Mutator& m, Value v, Str* reflected_name) {
  const Type* cls = type_of(m, v);
  return cls->has_type_flag(kHeapType) && !lookup_type(m, cls, reflected_name).is_empty();
}

Value repeat_operator(Mutator& m, const Subject& s, Value times) {
  const WellKnownNames& names = m.runtime->names;
  if (!times.is_int() && !times.is_bool() && !is_any_int(times)) {
    if (defines(m, times, names.__rmul__)) return Value::not_implemented();
    if (lookup_type(m, type_of(m, times), names.__index__).is_empty()) {
      return raise_type_error(m, "can't multiply sequence by non-int of type '" + class_name(m, times) + "'");
    }
  }
  std::int64_t n;
  if (times.is_int()) {
    n = times.as_int();
  } else if (!to_index(m, times, &n, m.runtime->exceptions.OverflowError)) {
    return Value();
  }
  if (!s.is_bytes) return Value::object(repeat(m, static_cast<Str*>(s.object), n));
  const std::size_t size = s.view.length;
  if (n <= 0 || size == 0) return make_like(m, s, TextView());
  if (n == 1) return s.value();
  if (static_cast<std::uint64_t>(n) > 0xffffffffu / size) return raise_memory_error(m);
  Bytes* out = allocate_bytes(m, size * static_cast<std::size_t>(n));
  if (out == nullptr) return Value();
  const std::size_t total = out->length();
  std::memcpy(out->data, s.view.data, size);
  for (std::size_t done = size; done < total;) {
    const std::size_t chunk = std::min(done, total - done);
    std::memcpy(out->data + done, out->data, chunk);
    done += chunk;
  }
  return Value::object(out);
}

}  // namespace turnstile::strings
