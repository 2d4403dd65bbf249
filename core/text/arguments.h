// How the methods of str and bytes take their arguments, and what both classes share.
//
// str and bytes have most methods in common, so one implementation serves both: Subject is the receiver, and says
// which of the two it is.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/text/text.h"

namespace turnstile::strings {

struct Subject {
  Object* object;
  TextView view;
  bool is_bytes;

  explicit Subject(Value v)
      : object(v.as_object()),
        view(v.as_object()->kind == Kind::bytes ? TextView(v.as<Bytes>()) : TextView(v.as<Str>())),
        is_bytes(v.as_object()->kind == Kind::bytes) {}
  Value value() const { return Value::object(object); }
};

/// Objects of the subject's class.
Value make_like(Mutator& m, const Subject& like, const TextView& v);
Value slice_of(Mutator& m, const Subject& s, std::size_t from, std::size_t to);  // s itself when that is all

inline bool is_str(Value v) { return is_kind(v, Kind::str); }
inline bool is_bytes(Value v) { return is_kind(v, Kind::bytes); }

/// Name of the value's class, for messages.
std::string class_name(const Mutator& m, Value v);
/// The same, as messages about one argument's class have it: None is "None".
std::string argument_name(const Mutator& m, Value v);
Value raise_lookup_error(Mutator& m, std::string_view message);

/// A text argument of the subject's class. For bytes: TypeError "a bytes-like object is required"; for str: `message`
/// (then ", not <class>"; a message that names the argument shows None as "None").
bool text_argument(Mutator& m, const Subject& s, Value v, TextView* out, const char* str_message = "must be str");
/// An int argument (__index__), saturating.
bool int_argument(Mutator& m, Value v, std::int64_t* out);
/// An optional slice bound: None and absent leave *out alone.
bool bound_argument(Mutator& m, Value v, std::int64_t* out);
/// Bounds args[i], args[i + 1] clamped to [0, length]; *from may exceed *to, or the length (then nothing is there).
bool range_arguments(Mutator& m, const CallArgs& args, std::uint32_t i, std::size_t length, std::int64_t* from,
                     std::int64_t* to);

}  // namespace turnstile::strings
