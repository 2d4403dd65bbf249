// split, rsplit, splitlines, partition and rpartition, of str and bytes.
#include <algorithm>

#include "core/long_operation.h"
#include "core/native_args.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

bool is_separator_space(const Subject& s, char32_t c) {
  if (s.is_bytes) return c == ' ' || (c >= 0x09 && c <= 0x0d);
  return unicode::is_space(c);
}

/// Appends s[from:to]. False when out of memory or interrupted.
bool append_piece(Mutator& m, List* list, const Subject& s, std::size_t from, std::size_t to) {
  const Value piece = slice_of(m, s, from, to);
  return !piece.is_empty() && list_append(m, list, piece) &&
         poll_now_and_then(m, list->size.load(std::memory_order_relaxed));
}

struct SplitArguments {
  bool by_space = true;
  TextView separator;
  std::size_t limit = kNotFound;
};

bool split_arguments(Mutator& m, const CallArgs& args, const Subject& s, const char* function, SplitArguments* out) {
  Value bound[2];
  if (!bind_native(m, args, function, {"sep", "maxsplit"}, bound, 0, 1)) return false;
  if (!bound[0].is_empty() && !bound[0].is_none()) {
    if (!text_argument(m, s, bound[0], &out->separator, "must be str or None")) return false;
    out->by_space = false;
  }
  if (!bound[1].is_empty()) {
    std::int64_t limit;
    if (!int_argument(m, bound[1], &limit)) return false;
    if (limit >= 0) out->limit = static_cast<std::size_t>(limit);
  }
  if (!out->by_space && out->separator.length == 0) {
    raise_value_error(m, "empty separator");
    return false;
  }
  return true;
}

/// The next separator. In long texts the first kLongBytes are looked at here: most separators are near.
std::size_t find_in_rest(Mutator& m, const TextView& rest, const TextView& separator) {
  const std::size_t near = kLongBytes / 4;
  if (rest.length > 2 * near + separator.length) {
    const std::size_t hit = find(rest.slice(0, near + separator.length), separator);
    if (hit != kNotFound) return hit;
  }
  std::size_t hit = kNotFound;
  work_away(m, rest.bytes(), [&] { hit = find(rest, separator); });
  return hit;
}

/// The last separator; the same, from the end.
std::size_t find_last_away(Mutator& m, const TextView& text, const TextView& separator) {
  const std::size_t near = kLongBytes / 4;
  if (text.length > 2 * near + separator.length) {
    const std::size_t from = text.length - near - separator.length;
    const std::size_t hit = find_last(text.slice(from, text.length), separator);
    if (hit != kNotFound) return from + hit;
  }
  std::size_t hit = kNotFound;
  work_away(m, text.bytes(), [&] { hit = find_last(text, separator); });
  return hit;
}

bool split_by_space(Mutator& m, const Subject& s, std::size_t limit, List* list) {
  const std::size_t n = s.view.length;
  for (std::size_t i = 0;;) {
    while (i < n && is_separator_space(s, s.view[i])) ++i;
    if (i == n) return true;
    if (limit-- == 0) return append_piece(m, list, s, i, n);  // the rest keeps its trailing space
    const std::size_t begin = i;
    while (i < n && !is_separator_space(s, s.view[i])) ++i;
    if (!append_piece(m, list, s, begin, i)) return false;
  }
}

bool split_by_text(Mutator& m, const Subject& s, const TextView& separator, std::size_t limit, List* list) {
  std::size_t begin = 0;
  const std::size_t n = s.view.length;
  while (limit-- > 0) {
    const std::size_t hit = find_in_rest(m, s.view.slice(begin, n), separator);
    if (hit == kNotFound) break;
    if (!append_piece(m, list, s, begin, begin + hit)) return false;
    begin += hit + separator.length;
  }
  return append_piece(m, list, s, begin, n);
}

bool rsplit_by_space(Mutator& m, const Subject& s, std::size_t limit, List* list) {
  for (std::size_t i = s.view.length;;) {
    while (i > 0 && is_separator_space(s, s.view[i - 1])) --i;
    if (i == 0) return true;
    if (limit-- == 0) return append_piece(m, list, s, 0, i);
    const std::size_t end = i;
    while (i > 0 && !is_separator_space(s, s.view[i - 1])) --i;
    if (!append_piece(m, list, s, i, end)) return false;
  }
}

bool rsplit_by_text(Mutator& m, const Subject& s, const TextView& separator, std::size_t limit, List* list) {
  std::size_t end = s.view.length;
  while (limit-- > 0) {
    const std::size_t hit = find_last_away(m, s.view.slice(0, end), separator);
    if (hit == kNotFound) break;
    if (!append_piece(m, list, s, hit + separator.length, end)) return false;
    end = hit;
  }
  return append_piece(m, list, s, 0, end);
}

/// A fresh list, back to front. Nobody else has seen it.
void reverse_private(List* list) {
  AtomicValue* items = list->buffer.load(std::memory_order_relaxed) == nullptr
                           ? nullptr
                           : list->buffer.load(std::memory_order_relaxed)->items;
  const std::size_t n = list->size.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < n / 2; ++i) {
    const Value front = items[i].load_relaxed();
    items[i].store_relaxed(items[n - 1 - i].load_relaxed());
    items[n - 1 - i].store_relaxed(front);
  }
}

Value partition(Mutator& m, const CallArgs& args, bool last) {
  const Subject s(args[0]);
  TextView separator;
  if (!text_argument(m, s, args[1], &separator)) return Value();
  if (separator.length == 0) return raise_value_error(m, "empty separator");
  const std::size_t n = s.view.length;
  const std::size_t hit = last ? find_last_away(m, s.view, separator) : find_in_rest(m, s.view, separator);
  const Value empty = make_like(m, s, TextView());
  if (empty.is_empty()) return Value();
  if (hit == kNotFound) {
    return last ? make_tuple(m, {empty, empty, s.value()}) : make_tuple(m, {s.value(), empty, empty});
  }
  const Value head = slice_of(m, s, 0, hit);
  const Value tail = slice_of(m, s, hit + separator.length, n);
  if (head.is_empty() || tail.is_empty()) return Value();
  return make_tuple(m, {head, args[1], tail});
}

}  // namespace

Value text_split(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  SplitArguments how;
  if (!split_arguments(m, args, s, "split", &how)) return Value();
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr) return Value();
  const bool ok =
      how.by_space ? split_by_space(m, s, how.limit, list) : split_by_text(m, s, how.separator, how.limit, list);
  return ok ? Value::object(list) : Value();
}

Value text_rsplit(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  SplitArguments how;
  if (!split_arguments(m, args, s, "rsplit", &how)) return Value();
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr) return Value();
  const bool ok =
      how.by_space ? rsplit_by_space(m, s, how.limit, list) : rsplit_by_text(m, s, how.separator, how.limit, list);
  if (!ok) return Value();
  reverse_private(list);
  return Value::object(list);
}

Value text_splitlines(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  Value bound[1];
  if (!bind_native(m, args, "splitlines", {"keepends"}, bound, 0, 1)) return Value();
  int keep = 0;
  if (!bound[0].is_empty() && (keep = truth(m, bound[0])) < 0) return Value();
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr) return Value();
  const std::size_t n = s.view.length;
  const auto ends_line = [&](char32_t c) { return s.is_bytes ? c == '\n' || c == '\r' : unicode::is_line_break(c); };
  for (std::size_t i = 0; i < n;) {
    const std::size_t begin = i;
    while (i < n && !ends_line(s.view[i])) ++i;
    const std::size_t end = i;
    if (i < n) i += s.view[i] == '\r' && i + 1 < n && s.view[i + 1] == '\n' ? 2 : 1;
    if (!append_piece(m, list, s, begin, keep != 0 ? i : end)) return Value();
  }
  return Value::object(list);
}

Value text_partition(Mutator& m, const CallArgs& args) { return partition(m, args, false); }
Value text_rpartition(Mutator& m, const CallArgs& args) { return partition(m, args, true); }

}  // namespace turnstile::strings
