// Subclasses of int, float, str and bytes. Their plain objects have no room for attributes (most ints and all floats
// are no objects at all), so an instance of a subclass is an ordinary Instance that holds the plain value:
//
//   class Celsius(float)      Instance { shape: Celsius ..., slots[aux] = 36.6 }
//
// The class's slots unbox the receiver and ask the plain value's class; methods of the builtin class get their
// arguments unboxed (call_native). So no code of core/numbers or core/text ever meets a box as its receiver.
#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

const TypeSlots& inner(Mutator& m, Value plain) { return *type_of(m, plain)->slots; }

Value boxed_repr(Mutator& m, Value self) {
  Value v = unboxed(self);
  return inner(m, v).repr(m, v);
}
Value boxed_str(Mutator& m, Value self) {
  Value v = unboxed(self);
  return inner(m, v).str(m, v);
}
bool boxed_hash(Mutator& m, Value self, std::int64_t* out) { return hash_value(m, unboxed(self), out); }
Value boxed_compare(Mutator& m, CompareOp op, Value left, Value right) {
  Value v = unboxed(left);
  return inner(m, v).compare(m, op, v, unboxed(right));
}
Value boxed_binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  left = unboxed(left);
  right = unboxed(right);
  const TypeSlots& slots = inner(m, reflected ? right : left);
  return slots.binary == nullptr ? Value::not_implemented() : slots.binary(m, op, left, right, reflected);
}
Value boxed_unary(Mutator& m, UnaryOp op, Value self) {
  Value v = unboxed(self);
  return inner(m, v).unary(m, op, v);
}
int boxed_truth(Mutator& m, Value self) { return truth(m, unboxed(self)); }
std::int64_t boxed_length(Mutator& m, Value self) { return length(m, unboxed(self)); }
Value boxed_get_item(Mutator& m, Value self, Value key) { return get_item(m, unboxed(self), key); }
int boxed_contains(Mutator& m, Value self, Value item) { return contains(m, unboxed(self), unboxed(item)); }
Value boxed_iter(Mutator& m, Value self) { return get_iter(m, unboxed(self)); }

// The builtin class that a class of boxes stands on.
Type* plain_class(const Type* cls) {
  for (std::uint32_t i = 0; i < cls->mro->length(); ++i) {
    auto* t = cls->mro->at(i).as<Type>();
    if (!is_heap_type(t) && t->has_type_flag(kValueType)) return t;
  }
  return nullptr;
}

Value boxed_new(Mutator& m, Type* cls, const CallArgs& args) {
  Type* plain = plain_class(cls);
  // float takes no keywords: those of a subclass are for its __init__.
  const bool drop = plain == m.runtime->types.float_ && args.keywords() != 0 &&
                    !is_kind(lookup_type(m, cls, m.runtime->names.__init__), Kind::native_function);
  Value v = plain->slots->new_object(m, plain, drop ? CallArgs{args.values, args.positional, nullptr} : args);
  if (v.is_empty()) return v;
  Instance* self = allocate_instance(m, cls, unboxed(v));
  return self == nullptr ? Value() : Value::object(self);
}

bool boxed_init(Mutator&, Value, const CallArgs&) { return true; }

}  // namespace

void take_boxed_slots(Type* cls, const Type* base) {
  const TypeSlots& plain = *base->slots;
  TypeSlots s = plain;
  s.repr = boxed_repr;
  s.str = plain.str == nullptr ? nullptr : boxed_str;
  s.hash = boxed_hash;
  s.compare = boxed_compare;
  s.binary = boxed_binary;
  s.inplace = nullptr;
  s.unary = plain.unary == nullptr ? nullptr : boxed_unary;
  s.truth = boxed_truth;
  s.length = plain.length == nullptr ? nullptr : boxed_length;
  s.get_item = plain.get_item == nullptr ? nullptr : boxed_get_item;
  s.contains = plain.contains == nullptr ? nullptr : boxed_contains;
  s.iter = plain.iter == nullptr ? nullptr : boxed_iter;
  s.new_object = boxed_new;
  s.init = boxed_init;
  cls->own_slots = s;
  cls->slots = &cls->own_slots;
}

}  // namespace turnstile
