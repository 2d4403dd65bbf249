// What the files of core/types and core/functions share: making classes, descriptors and instances.
#pragma once

#include <cstdint>
#include <string>

#include "core/call_args.h"
#include "core/define_type.h"
#include "core/exceptions.h"
#include "core/mutator.h"
#include "core/objects/iterators.h"
#include "core/objects/type.h"
#include "core/ops.h"
#include "core/runtime_core.h"

namespace turnstile {

/// NativeFunction::sub.
enum class NativeRole : std::uint8_t {
  plain,         // a function, or a method where it has an owner
  slot_wrapper,  // made by define_type from a TypeSlots entry
  constructor,   // __new__
  class_method,  // args[0] is a class
};

inline std::string type_name(const Type* cls) { return to_utf8(cls->name); }
inline std::string class_name_of(const Mutator& m, Value v) { return to_utf8(type_of(m, v)->name); }

/// An instance of a class made by a class statement (an exception, list ... of a subclass too).
inline bool is_heap_type(const Type* cls) { return cls->has_type_flag(kHeapType); }

/// True when the native stack is nearly used up: raises RecursionError.
bool native_stack_exhausted(Mutator& m, const char* what = "");

/// A native call that may call itself through objects that contain each other: counts as a Python call does. Test it:
/// false with RecursionError raised.
class RecursionScope {
 public:
  RecursionScope(Mutator& m, const char* what) : m_(m), entered_(enter(m, what)) { m_.depth += entered_ ? 1 : 0; }
  ~RecursionScope() { m_.depth -= entered_ ? 1 : 0; }
  RecursionScope(const RecursionScope&) = delete;
  RecursionScope& operator=(const RecursionScope&) = delete;
  explicit operator bool() const { return entered_; }

 private:
  static bool enter(Mutator& m, const char* what);
  Mutator& m_;
  const bool entered_;
};

// --- classes
// -----------------------------------------------------------------------------------------------------------
/// A class object with a root shape and nothing else; `metaclass` null only while `type` does not exist.
Type* allocate_type(Mutator& m, Type* metaclass);
/// define_type for a class object that exists; base null only for `object`.
Type* define_type_as(Mutator& m, Type* cls, const TypeSpec& spec, Type* base);
/// The method resolution order of a class with these bases (C3), the class itself first. Null with TypeError.
Tuple* linearize(Mutator& m, Type* cls, Tuple* bases);
/// The base whose layout the instances take. Null with TypeError (layout conflict, not an acceptable base ...).
Type* best_base(Mutator& m, Tuple* bases);
/// type(name, bases, dict, **keywords) under a metaclass that has been chosen already.
Value new_class(Mutator& m, Type* metaclass, Str* name, Tuple* bases, Dict* namespace_dict, const CallArgs& keywords);
/// The metaclass that a class with these bases gets if `wanted` is asked for. Null with TypeError.
Type* choose_metaclass(Mutator& m, Type* wanted, Tuple* bases);
bool add_subclass(Mutator& m, Type* base, Type* cls);
/// Adds the dunder methods that the slots of a builtin class imply and its dict lacks.
void add_slot_wrappers(Mutator& m, Type* cls, const TypeSlots& declared);
/// Stores a native method or function into a builtin class's dict.
void add_native(Mutator& m, Type* cls, const NativeDef& def, NativeRole role = NativeRole::plain);
/// X | Y for classes (and None): a union, or NotImplemented.
Value union_of(Mutator& m, Value left, Value right);
/// A read-only view of a dict.
Value make_dict_proxy(Mutator& m, Dict* dict);
/// list[int]: an alias of a class with arguments.
Value make_generic_alias(Mutator& m, Value origin, Value arguments);
void define_generic_alias(Mutator& m);
Value make_static_method(Mutator& m, Value function);
Value make_class_method(Mutator& m, Value function);
/// A computed attribute; `set` gets (self, value), the value empty to delete.
void add_getset(Mutator& m, Type* cls, const NativeDef& get, const NativeDef* set = nullptr,
                std::uint8_t role = Property::kGetSet);

void define_object(Mutator& m);             // object_type.cpp
void define_type_type(Mutator& m);          // type_type.cpp
void define_descriptors(Mutator& m);        // descriptors.cpp
void define_super(Mutator& m);              // super.cpp
void define_union(Mutator& m);              // union_type.cpp
void define_exception_details(Mutator& m);  // exception_details.cpp
/// Slots that an exception class has beyond its base's, or null.
const TypeSlots* details_of(const char* exception_class);

// --- lookup
// ---------------------------------------------------------------------------------------------------------------
/// Calls what lookup_type found, args[0] being the receiver.
Value call_found(Mutator& m, Value found, const Value* args, std::uint32_t count);
inline Value call_found(Mutator& m, Value found, std::initializer_list<Value> args) {
  return call_found(m, found, args.begin(), static_cast<std::uint32_t>(args.size()));
}
/// What reading the class attribute `found` through `instance` (empty: through the class) gives.
Value bind_found(Mutator& m, Value found, Value instance, Type* owner);
bool is_data_descriptor(Mutator& m, Value v);
/// The Python-level override of a dunder in a heap class: empty when the class has none, or only a builtin's own
/// method.
Value lookup_override(Mutator& m, const Type* cls, const Str* name);
/// Calls a native function after checking its arguments.
Value call_native(Mutator& m, NativeFunction* f, const CallArgs& args);

// --- attributes
// -----------------------------------------------------------------------------------------------------------
/// As get_attr without overrides in Python, but absent is empty with nothing raised.
Value find_generic_attr(Mutator& m, Value self, Str* name);
Value find_type_attr(Mutator& m, Value self, Str* name);
Value raise_attribute_error(Mutator& m, Value self, Str* name, const std::string& message);
Value raise_no_attribute(Mutator& m, Value self, Str* name);
/// Whether the object can carry attributes of its own.
bool carries_attributes(const Object* o);
/// The attribute dict of an object that is no plain instance; null where it has none (yet), or cannot have one.
AtomicValue* attribute_dict_slot(Object* o);
/// 1 deleted, 0 absent, -1 raised.
int delete_own_attribute(Mutator& m, Object* self, Str* name);
/// An instance of a class whose layout is that of object.
Instance* allocate_instance(Mutator& m, Type* cls, Value boxed = Value());
/// What an instance of a subclass of int, float, str or bytes holds; any other value is itself.
inline Value unboxed(Value v) {
  if (!is_kind(v, Kind::instance) || v.as_object()->sub == 0) [[likely]]
    return v;
  auto* self = v.as<Instance>();
  return self->slots[self->aux].load_relaxed();
}
/// Makes cls, a heap class whose base is one of those builtins, take its slots from that base.
void take_boxed_slots(Type* cls, const Type* base);
/// cls(*args).
Value make_instance(Mutator& m, Type* cls, const CallArgs& args);

Shape* make_root_shape(Mutator& m, Type* cls);
/// The shape after adding, or deleting, an attribute. Null with MemoryError, or (nothing raised) when there are so many
/// that the instance should go over to dict mode.
Shape* shape_after_add(Mutator& m, Shape* from, Str* name);
Shape* shape_after_delete(Mutator& m, Shape* from, std::uint32_t slot);
Shape* dict_mode_shape(Mutator& m, Type* cls);

inline Value text_value(Mutator& m, std::string_view utf8) {
  Str* s = make_str(m, utf8);
  return s == nullptr ? Value() : Value::object(s);
}

}  // namespace turnstile
