// join and replace, of str and bytes.
#include <algorithm>
#include <string>

#include "core/long_operation.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/text/str_builder.h"
#include "core/types/classes.h"

namespace turnstile::strings {

namespace {

constexpr char32_t kWidest[] = {0, 0xff, 0xffff, 0, 0x10ffff};

TextView view_of(Value v) { return is_bytes(v) ? TextView(v.as<Bytes>()) : TextView(v.as<Str>()); }

/// An uninitialized object of the subject's class, its data in *data.
Value allocate_like(Mutator& m, const Subject& like, std::size_t length, std::uint32_t width, unsigned char** data) {
  if (like.is_bytes) {
    Bytes* b = allocate_bytes(m, length);
    if (b != nullptr) *data = b->data;
    return Value::object(b);
  }
  Str* s = allocate_str(m, length, kWidest[width]);
  if (s != nullptr) *data = s->data;
  return Value::object(s);
}

/// Writes views one after the other.
struct Writer {
  unsigned char* to;
  std::uint32_t width;
  void put(const TextView& v) {
    copy_points(to, width, v);
    to += v.length * width;
  }
};

}  // namespace

Value text_join(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  // A private copy of what the iterable gives: other threads may change a list meanwhile.
  const Tuple* items;
  if (is_kind(args[1], Kind::tuple)) {
    items = args[1].as<Tuple>();
  } else {
    if (!is_kind(args[1], Kind::list) && !is_kind(args[1], Kind::generator)) {
      const Value iterator = get_iter(m, args[1]);
      if (iterator.is_empty()) {
        if (!exception_matches(m, m.runtime->exceptions.TypeError)) return Value();
        take_exception(m);
        return raise_type_error(m, "can only join an iterable");
      }
      items = tuple_from(m, iterator);
    } else {
      items = tuple_from(m, args[1]);
    }
    if (items == nullptr) return Value();
  }
  const std::uint32_t n = items->length();
  if (n == 0) return make_like(m, s, TextView());
  const Kind kind = s.is_bytes ? Kind::bytes : Kind::str;
  std::uint32_t width = n > 1 ? s.view.width : 1;
  std::size_t total = s.view.length * (n - 1);
  for (std::uint32_t i = 0; i < n; ++i) {
    const Value item = unboxed(items->at(i));
    if (!is_kind(item, kind)) {
      return raise_type_error(m, "sequence item " + std::to_string(i) + ": expected " +
                                     (s.is_bytes ? "a bytes-like object, " : "str instance, ") + class_name(m, item) +
                                     " found");
    }
    const TextView v = view_of(item);
    total += v.length;
    width = std::max(width, v.width);
    if (!poll_now_and_then(m, i)) return Value();
  }
  if (n == 1) return unboxed(items->at(0));
  if (total == 0) return make_like(m, s, TextView());
  unsigned char* data = nullptr;
  const Value out = allocate_like(m, s, total, width, &data);
  if (out.is_empty()) return Value();
  Writer writer{data, width};
  work_away(m, total * width + n, [&] {
    for (std::uint32_t i = 0; i < n; ++i) {
      if (i != 0) writer.put(s.view);
      writer.put(view_of(unboxed(items->at(i))));
    }
  });
  return out;
}

Value text_replace(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  TextView from, to;
  if (!text_argument(m, s, args[1], &from, "replace() argument 1 must be str")) return Value();
  if (!text_argument(m, s, args[2], &to, "replace() argument 2 must be str")) return Value();
  std::int64_t times = -1;
  if (args.positional > 3 && !int_argument(m, args[3], &times)) return Value();
  const std::size_t limit = times < 0 ? kNotFound : static_cast<std::size_t>(times);
  if (limit == 0 || same_text(from, to)) return s.value();
  std::size_t hits = 0;
  work_away(m, s.view.bytes(), [&] { hits = count(s.view, from, limit); });
  if (hits == 0) return s.value();

  const std::size_t n = s.view.length;
  const std::size_t total = n - hits * from.length + hits * to.length;
  // Replacing may make the text narrower: then the result goes through a builder, which finds the width.
  const std::uint32_t width = std::max(s.view.width, to.width);
  StrBuilder builder;
  unsigned char* data = nullptr;
  Value out;
  const bool direct = s.is_bytes || s.view.width == 1 || to.width >= s.view.width;
  if (direct) {
    if (total == 0) return make_like(m, s, TextView());
    out = allocate_like(m, s, total, width, &data);
    if (out.is_empty()) return Value();
  }
  Writer writer{data, width};
  const auto put = [&](const TextView& v) {
    if (direct) {
      writer.put(v);
    } else {
      builder.append(v);
    }
  };
  work_away(m, s.view.bytes() + total * width, [&] {
    std::size_t at = 0;
    for (std::size_t k = 0; k < hits; ++k) {
      if (from.length == 0) {  // before each code point, and at the end
        put(to);
        if (at < n) {
          put(s.view.slice(at, at + 1));
          ++at;
        }
        continue;
      }
      const std::size_t hit = find(s.view.slice(at, n), from);
      put(s.view.slice(at, at + hit));
      put(to);
      at += hit + from.length;
    }
    put(s.view.slice(at, n));
  });
  return direct ? out : Value::object(builder.finish(m));
}

}  // namespace turnstile::strings
