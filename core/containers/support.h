// Small things that the native methods of every container need.
#pragma once

#include <string>
#include <string_view>

#include "core/allocate_object.h"
#include "core/call_args.h"
#include "core/exceptions.h"
#include "core/objects/text.h"
#include "core/ops.h"

namespace turnstile {

inline std::string type_name(const Mutator& m, Value v) { return to_utf8(type_of(m, v)->name); }

/// An instance of the builtin class itself, not of a subclass.
inline bool is_exactly(Value v, Kind kind) { return is_kind(v, kind) && !v.as_object()->has_flag(kHasDict); }

inline Value text(Mutator& m, std::string_view utf8) {
  Str* s = make_str(m, utf8);
  return s == nullptr ? Value() : Value::object(s);
}

/// Value of an object pointer that may be null (failed).
inline Value value_or_empty(const Object* o) { return o == nullptr ? Value() : Value::object(o); }

/// Appends repr(v); false with an exception.
inline bool append_repr(Mutator& m, std::string* out, Value v) {
  Value r = repr(m, v);
  if (r.is_empty()) return false;
  *out += to_utf8(r.as<Str>());
  return true;
}

/// Whether a program's class says how its instances are initialized: only then may its __new__ get keywords that the
/// builtin one does not know.
bool has_own_init(Mutator& m, const Type* cls);

/// "name() takes no keyword arguments" and "name expected at most N arguments, got K" as constructors check.
bool check_positional(Mutator& m, std::string_view name, const CallArgs& args, std::uint32_t least, std::uint32_t most,
                      bool keywords_allowed = false);

/// The keyword argument of that name, empty when absent.
Value find_keyword(const CallArgs& args, std::string_view name);
/// True when every keyword is among the names; else TypeError as "'x' is an invalid keyword argument for name()".
bool check_keywords(Mutator& m, std::string_view function, const CallArgs& args,
                    std::initializer_list<std::string_view> names);

/// True when the right operand's class defines the reflected method in Python: the operator must try it before the
/// builtin left operand may complain.
bool defines_method(Mutator& m, Value v, Str* name);

/// For set_attr of classes whose start, stop and step cannot be written: AttributeError for them, else as object does.
bool set_attr_but_bounds(Mutator& m, Value self, Str* name, Value value);

/// The pending exception, when it is of that class, is dropped.
inline bool swallow(Mutator& m, const Type* cls) {
  if (!exception_matches(m, cls)) return false;
  m.exception = Value();
  return true;
}

/// Replaces the pending TypeError's story when v is not iterable at all.
bool is_iterable(Mutator& m, Value v);

/// key and value of a rich comparison of two sequences that agree up to their lengths.
inline bool compare_lengths(CompareOp op, std::uint64_t a, std::uint64_t b) {
  switch (op) {
    case CompareOp::lt:
      return a < b;
    case CompareOp::le:
      return a <= b;
    case CompareOp::eq:
      return a == b;
    case CompareOp::ne:
      return a != b;
    case CompareOp::gt:
      return a > b;
    default:
      return a >= b;
  }
}

/// A search bound of index(x, start, stop): negative counts from the end, saturated to [0, ...].
bool search_bound(Mutator& m, Value v, std::uint64_t length, std::int64_t* out);

}  // namespace turnstile
