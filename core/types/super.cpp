// super(): attributes of the classes behind a given one in an object's method resolution order.
#include "core/allocate_object.h"
#include "core/call.h"
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

SuperObject* super_of(Value v) { return v.as<SuperObject>(); }

// The class whose resolution order is walked: that of the object, or the object itself where it is a class.
Type* starting_class(Mutator& m, Type* cls, Value object) {
  if (is_kind(object, Kind::type) && is_subtype(object.as<Type>(), cls)) return object.as<Type>();
  if (is_instance_of(m, object, cls)) return type_of(m, object);
  raise_type_error(m, "super(type, obj): obj must be an instance or subtype of type");
  return nullptr;
}

// super() without arguments: the first argument of the innermost method, and its class from the __class__ cell.
bool from_frame(Mutator& m, Type** cls, Value* object) {
  const Frame* frame = m.frame;
  const auto fail = [&](const char* why) {
    raise(m, m.runtime->exceptions.RuntimeError, std::string("super(): ") + why);
    return false;
  };
  if (frame == nullptr) return fail("no current frame");
  const CodeData& code = *frame->code->data;
  if (code.positional == 0 && (code.flags & kVarArgs) == 0) return fail("no arguments");
  Value first = frame->slots[0];
  if (is_kind(first, Kind::cell)) first = first.as<Cell>()->value.load();
  if (code.positional == 0) {
    Value rest = frame->slots[code.positional + code.keyword_only];
    if (!is_kind(rest, Kind::tuple) || rest.as<Tuple>()->length() == 0) return fail("no arguments");
    first = rest.as<Tuple>()->at(0);
  }
  if (first.is_empty()) {
    // The parameter was moved into a cell: the builder keeps cells behind the parameters, under the same name.
    for (std::uint32_t i = 1; i < code.local_count; ++i) {
      if (code.local_names[i] == code.local_names[0] && is_kind(frame->slots[i], Kind::cell)) {
        first = frame->slots[i].as<Cell>()->value.load();
      }
    }
    if (first.is_empty()) return fail("arg[0] deleted");
  }
  for (std::uint32_t i = 0; i < code.free_count; ++i) {
    if (code.local_names[code.free_begin + i] != "__class__") continue;
    Value v = frame->slots[code.free_begin + i];
    if (is_kind(v, Kind::cell)) v = v.as<Cell>()->value.load();
    if (v.is_empty()) return fail("empty __class__ cell");
    if (!is_kind(v, Kind::type)) return fail("__class__ is not a type");
    *cls = v.as<Type>();
    *object = first;
    return true;
  }
  return fail("__class__ cell not found");
}

// Without an object: unbound, a descriptor that binds when it is read through an instance.
Value make_super(Mutator& m, Type* type, Type* cls, Value object) {
  Type* start = object.is_empty() ? nullptr : starting_class(m, cls, object);
  if (start == nullptr && !object.is_empty()) return Value();
  auto* s = new_object<SuperObject>(m, type, Kind::super_object);
  if (s == nullptr) return Value();
  s->this_class = cls;
  s->self = object;
  s->self_class = start;
  return Value::object(s);
}

Value super_get(Mutator& m, Value self, Value instance, Type*) {
  SuperObject* s = super_of(self);
  if (instance.is_empty() || instance.is_none() || !s->self.is_empty()) return self;
  return make_super(m, type_of(m, self), s->this_class, instance);
}

Value super_new(Mutator& m, Type* type, const CallArgs& args) {
  if (args.keywords() != 0) return raise_type_error(m, "super() takes no keyword arguments");
  if (args.positional > 2) {
    return raise_type_error(m, "super() expected at most 2 arguments, got " + std::to_string(args.positional));
  }
  Type* cls = nullptr;
  Value object;
  if (args.positional == 0) {
    if (!from_frame(m, &cls, &object)) return Value();
  } else {
    if (!is_kind(args[0], Kind::type)) {
      return raise_type_error(m, "super() argument 1 must be a type, not " + class_name_of(m, args[0]));
    }
    cls = args[0].as<Type>();
    if (args.positional == 2 && !args[1].is_none()) object = args[1];
  }
  return make_super(m, type, cls, object);
}

bool super_init(Mutator&, Value, const CallArgs&) { return true; }

Value super_get_attr(Mutator& m, Value self, Str* name) {
  SuperObject* s = super_of(self);
  if (name != m.runtime->names.__class__ && s->self_class != nullptr) {
    const Tuple* mro = s->self_class->mro;
    std::uint32_t i = 0;
    while (i < mro->length() && mro->at(i).as<Type>() != s->this_class) ++i;
    for (++i; i < mro->length(); ++i) {
      Value found = dict_get_name(mro->at(i).as<Type>()->dict, name);
      if (found.is_empty()) continue;
      // Through a class, super() gives what the class itself would: functions unbound, class methods bound.
      const bool through_class = s->self == Value::object(s->self_class);
      return bind_found(m, found, through_class ? Value() : s->self, s->self_class);
    }
  }
  Value v = find_generic_attr(m, self, name);
  if (v.is_empty() && !m.has_exception()) {
    return raise_attribute_error(m, self, name, "'super' object has no attribute '" + to_utf8(name) + "'");
  }
  return v;
}

Value super_repr(Mutator& m, Value self) {
  SuperObject* s = super_of(self);
  const std::string object = s->self_class == nullptr ? "NULL" : "<" + type_name(s->self_class) + " object>";
  return text_value(m, "<super: <class '" + type_name(s->this_class) + "'>, " + object + ">");
}

Value get_thisclass(Mutator&, const CallArgs& a) { return Value::object(super_of(a[0])->this_class); }
Value get_self(Mutator&, const CallArgs& a) {
  SuperObject* s = super_of(a[0]);
  return s->self.is_empty() ? Value::none() : s->self;
}
Value get_self_class(Mutator&, const CallArgs& a) {
  SuperObject* s = super_of(a[0]);
  return s->self_class == nullptr ? Value::none() : Value::object(s->self_class);
}
const NativeDef kGetters[] = {
    {"__thisclass__", get_thisclass, 1, 1}, {"__self__", get_self, 1, 1}, {"__self_class__", get_self_class, 1, 1}};

constexpr TypeSlots kSlots = {.repr = super_repr,
                              .get_attr = super_get_attr,
                              .descriptor_get = super_get,
                              .new_object = super_new,
                              .init = super_init};

}  // namespace

void define_super(Mutator& m) {
  TypeSpec spec{"super", &kSlots, {}, Kind::super_object, kBaseType};
  spec.getters = kGetters;
  m.runtime->types.super = define_type(m, spec);
}

}  // namespace turnstile
