// str.maketrans and str.translate.
#include <string>

#include "core/long_operation.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/text/str_builder.h"
#include "core/types/classes.h"

namespace turnstile::strings {

namespace {

Value maketrans_of_dict(Mutator& m, Value source, Dict* table) {
  if (!is_kind(source, Kind::dict)) {
    return raise_type_error(m, "if you give only one argument to maketrans it must be a dict");
  }
  const DictTable* entries = source.as<Dict>()->table.load(std::memory_order_acquire);
  std::uint32_t position = 0;
  Value key, value;
  while (dict_next(entries, &position, &key, &value)) {
    if (is_str(key)) {
      if (key.as<Str>()->length() != 1) {
        return raise_value_error(m, "string keys in translate table must be of length 1");
      }
      key = Value::small_int(key.as<Str>()->at(0));
    } else if (!is_any_int(key) && !key.is_bool()) {
      return raise_type_error(m, "keys in translate table must be strings or integers");
    }
    if (!dict_set(m, table, key, value)) return Value();
  }
  return Value::object(table);
}

/// What the table says about one code point, appended to `out`. `direct`: the table is a plain dict.
bool translate_point(Mutator& m, Value table, Dict* direct, char32_t c, StrBuilder& out) {
  const Value key = Value::small_int(c);
  Value to = direct != nullptr ? dict_get(m, direct, key) : get_item(m, table, key);
  if (to.is_empty()) {
    if (m.has_exception()) {
      if (direct != nullptr || !exception_matches(m, m.runtime->exceptions.LookupError)) return false;
      take_exception(m);
    }
    out.append(c);
    return true;
  }
  if (to.is_none()) return true;
  to = unboxed(to);
  if (is_str(to)) {
    out.append(to.as<Str>());
    return true;
  }
  if (!is_any_int(to) && !to.is_bool()) {
    raise_type_error(m, "character mapping must return integer, None or str");
    return false;
  }
  std::int64_t point;
  if (!int_to_int64(to, &point) || point < 0 || point > 0x10ffff) {
    raise_value_error(m, "character mapping must be in range(0x110000)");
    return false;
  }
  out.append(static_cast<char32_t>(point));
  return true;
}

}  // namespace

Value str_maketrans(Mutator& m, const CallArgs& args) {
  Dict* table = make_dict(m);
  if (table == nullptr) return Value();
  if (args.positional == 1) return maketrans_of_dict(m, args[0], table);
  const Value texts[3] = {unboxed(args[0]), unboxed(args[1]), args.positional == 3 ? unboxed(args[2]) : Value()};
  if (!is_str(texts[0])) {
    return raise_type_error(m, "first maketrans argument must be a string if there is a second argument");
  }
  for (std::uint32_t i = 1; i < args.positional; ++i) {
    if (!is_str(texts[i])) {
      return raise_type_error(
          m, "maketrans() argument " + std::to_string(i + 1) + " must be str, not " + argument_name(m, args[i]));
    }
  }
  const Str* from = texts[0].as<Str>();
  const Str* to = texts[1].as<Str>();
  if (from->length() != to->length()) {
    return raise_value_error(m, "the first two maketrans arguments must have equal length");
  }
  for (std::size_t i = 0; i < from->length(); ++i) {
    if (!poll_now_and_then(m, i)) return Value();
    if (!dict_set(m, table, Value::small_int(from->at(i)), Value::small_int(to->at(i)))) return Value();
  }
  if (args.positional == 3) {
    const Str* removed = texts[2].as<Str>();
    for (std::size_t i = 0; i < removed->length(); ++i) {
      if (!dict_set(m, table, Value::small_int(removed->at(i)), Value::none())) return Value();
    }
  }
  return Value::object(table);
}

Value str_translate(Mutator& m, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  const Value table = args[1];
  Dict* direct = nullptr;
  if (is_kind(table, Kind::dict) && type_of(m, table) == m.runtime->types.dict) direct = table.as<Dict>();
  StrBuilder out;
  for (std::size_t i = 0; i < v.length; ++i) {
    if (!poll_now_and_then(m, i) || !translate_point(m, table, direct, v[i], out)) return Value();
  }
  return Value::object(out.finish(m));
}

}  // namespace turnstile::strings
