// What native classes of the builtin modules share: objects with a C++ payload, argument helpers.
#pragma once

#include <initializer_list>
#include <new>
#include <string_view>
#include <type_traits>

#include "core/allocate_object.h"
#include "core/define_type.h"
#include "core/mutator.h"
#include "core/objects/iterators.h"
#include "policies/platform.h"

namespace turnstile {

template <class T>
T& payload(Value v) {
  return *static_cast<T*>(v.as<NativeObject>()->payload);
}

/// An object with a T behind its fields, in the same cell: dies with the cell, no finalizer. `carries_attributes`:
/// instances have a __dict__ although the class is builtin (classes that are Python classes in CPython). Null with
/// MemoryError. May collect.
template <class T>
NativeObject* new_native(Mutator& m, Type* cls, bool carries_attributes = false) {
  static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 8);
  auto* object = new_object<NativeObject>(m, cls, Kind::native_object, sizeof(NativeObject) + sizeof(T));
  if (object == nullptr) return nullptr;
  object->payload = ::new (static_cast<void*>(object + 1)) T();
  if (carries_attributes) object->set_flag(kHasDict);
  return object;
}

/// An object that owns a heap-allocated T, deleted when the object is found dead.
template <class T>
NativeObject* new_native_owner(Mutator& m, Type* cls, T* owned, bool carries_attributes = false) {
  auto* object = new_object<NativeObject>(m, cls, Kind::native_object);
  if (object == nullptr) {
    delete owned;
    return nullptr;
  }
  object->payload = owned;
  if (carries_attributes) object->set_flag(kHasDict);
  m.runtime->register_finalizer(m, object,
                                [](void* dead) { delete static_cast<T*>(static_cast<NativeObject*>(dead)->payload); });
  return object;
}

/// define_type, with the class's __module__, kept alive as a root. Null with an exception.
Type* define_module_type(Mutator& m, const char* module, const TypeSpec& spec, Type* base = nullptr);
/// An exception class as a class statement makes it. Null with an exception.
Type* define_exception(Mutator& m, const char* module, const char* name, Type* base);

/// callee(*args, **kwargs): a tuple, and a dict or empty. Runs managed code.
Value call_spread(Mutator& m, Value callee, Tuple* args, Value kwargs);

/// Binds arguments as a Python method with these parameters does, from number `first` on (1: the receiver is args[0]);
/// absent ones stay empty. The last `keyword_only` names take no positional argument. False with TypeError in the words
/// of Python functions.
bool bind_python(Mutator& m, const CallArgs& args, std::string_view function, std::initializer_list<const char*> names,
                 Value* out, std::uint32_t required = 0, std::uint32_t keyword_only = 0, std::uint32_t first = 1);
/// The same for TypeSlots::init, whose arguments come without the receiver.
inline bool bind_init(Mutator& m, const CallArgs& args, std::string_view function,
                      std::initializer_list<const char*> names, Value* out, std::uint32_t required = 0,
                      std::uint32_t keyword_only = 0) {
  return bind_python(m, args, function, names, out, required, keyword_only, 0);
}

/// A number of seconds from now, or None or empty: no deadline. Negative ones are in the past. False with TypeError or
/// OverflowError.
bool deadline_after(Mutator& m, Value seconds, Deadline* out);
/// The arguments (blocking, timeout) of Lock.acquire: *out is 0 when it must not wait. False with an exception.
bool lock_deadline(Mutator& m, Value blocking, Value timeout, Deadline* out);

/// What threading.TIMEOUT_MAX is.
inline constexpr double kTimeoutMax = 9223372036.0;

/// TypeSlots::hash of objects that are equal only to themselves.
bool hash_by_identity(Mutator& m, Value self, std::int64_t* out);
/// "0x7f..." of an object, for reprs.
std::string address_of(Value v);
/// Attribute `name` of the module if it has been imported, else empty (nothing raised).
Value module_attribute(Mutator& m, const char* module, const char* name);

}  // namespace turnstile
