// Builtins on any object.
#include <algorithm>
#include <string>

#include "core/builtins/builtins.h"
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/native_args.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Str* attribute_name(Mutator& m, Value v) {
  v = unboxed(v);
  if (is_kind(v, Kind::str)) return intern(m, v.as<Str>());
  raise_type_error(m, "attribute name must be string, not '" + to_utf8(type_of(m, v)->name) + "'");
  return nullptr;
}

Value builtin_getattr(Mutator& m, const CallArgs& args) {
  Str* name = attribute_name(m, args[1]);
  if (name == nullptr) return Value();
  if (args.positional == 2) return get_attr(m, args[0], name);
  Value v = get_attr_or_empty(m, args[0], name);
  return v.is_empty() && !m.has_exception() ? args[2] : v;
}

Value builtin_hasattr(Mutator& m, const CallArgs& args) {
  Str* name = attribute_name(m, args[1]);
  if (name == nullptr) return Value();
  Value v = get_attr_or_empty(m, args[0], name);
  if (v.is_empty() && m.has_exception()) return Value();
  return Value::boolean(!v.is_empty());
}

Value builtin_setattr(Mutator& m, const CallArgs& args) {
  Str* name = attribute_name(m, args[1]);
  return name != nullptr && set_attr(m, args[0], name, args[2]) ? Value::none() : Value();
}

Value builtin_delattr(Mutator& m, const CallArgs& args) {
  Str* name = attribute_name(m, args[1]);
  return name != nullptr && delete_attr(m, args[0], name) ? Value::none() : Value();
}

Value builtin_isinstance(Mutator& m, const CallArgs& args) {
  const int r = is_instance(m, args[0], args[1]);
  return r < 0 ? Value() : Value::boolean(r != 0);
}

Value builtin_issubclass(Mutator& m, const CallArgs& args) {
  const int r = is_subclass(m, args[0], args[1]);
  return r < 0 ? Value() : Value::boolean(r != 0);
}

Value builtin_callable(Mutator& m, const CallArgs& args) {
  Type* cls = type_of(m, args[0]);
  if (cls->slots->call != nullptr) return Value::true_value();
  return Value::boolean(!lookup_type(m, cls, m.runtime->names.__call__).is_empty());
}

Value builtin_id(Mutator& m, const CallArgs& args) { return make_uint(m, args[0].bits()); }

Value builtin_hash(Mutator& m, const CallArgs& args) {
  std::int64_t h;
  return hash_value(m, args[0], &h) ? make_int(m, h) : Value();
}

Value builtin_repr(Mutator& m, const CallArgs& args) { return repr(m, args[0]); }
Value builtin_ascii(Mutator& m, const CallArgs& args) { return ascii(m, args[0]); }

Value builtin_format(Mutator& m, const CallArgs& args) {
  const Value spec = args.positional == 2 ? unboxed(args[1]) : Value::object(m.runtime->empty_str);
  if (!is_kind(spec, Kind::str)) {
    return raise_type_error(m, "format() argument 2 must be str, not " + to_utf8(type_of(m, spec)->name));
  }
  return format(m, args[0], spec.as<Str>());
}

// Names bound in the innermost Python frame.
Value frame_locals(Mutator& m) {
  Frame* frame = m.frame;
  if (frame == nullptr) return Value::object(make_dict(m));
  if (frame->names != nullptr) return Value::object(frame->names);
  Dict* dict = make_dict(m);
  if (dict == nullptr) return Value();
  const CodeData& code = *frame->code->data;
  for (std::uint32_t i = 0; i < code.local_count; ++i) {
    Value v = frame->slots[i];
    if (is_kind(v, Kind::cell)) v = v.as<Cell>()->value.load();
    if (v.is_empty() || code.local_names[i].empty() || code.local_names[i][0] == '.') continue;
    Str* name = intern(m, code.local_names[i]);
    if (name == nullptr || !dict_set_name(m, dict, name, v)) return Value();
  }
  return Value::object(dict);
}

Value builtin_vars(Mutator& m, const CallArgs& args) {
  if (args.positional == 0) return frame_locals(m);
  Value dict = get_attr_or_empty(m, args[0], m.runtime->names.__dict__);
  if (dict.is_empty() && !m.has_exception()) {
    return raise_type_error(m, "vars() argument must have __dict__ attribute");
  }
  return dict;
}

Value builtin_locals(Mutator& m, const CallArgs&) { return frame_locals(m); }
Value builtin_globals(Mutator& m, const CallArgs&) {
  return m.frame == nullptr ? Value::object(make_dict(m)) : Value::object(m.frame->globals);
}

bool add_names(Mutator& m, Set* names, Value mapping) {
  return for_each(m, mapping, [&](Value key) { return set_add(m, names, key); });
}

Value builtin_dir(Mutator& m, const CallArgs& args) {
  Set* names = make_set(m, Kind::set);
  if (names == nullptr) return Value();
  if (args.positional == 0) {
    Value locals = frame_locals(m);
    if (locals.is_empty() || !add_names(m, names, locals)) return Value();
  } else {
    Value self = args[0];
    Value special = lookup_special(m, self, m.runtime->names.__dir__);
    if (special.is_empty() && m.has_exception()) return Value();
    if (!special.is_empty()) {
      Value listed = call(m, special, {});
      if (listed.is_empty() || !add_names(m, names, listed)) return Value();
    } else {
      Value own = get_attr_or_empty(m, self, m.runtime->names.__dict__);
      if (own.is_empty() && m.has_exception()) return Value();
      if (!own.is_empty() && !add_names(m, names, own)) return Value();
      if (!is_kind(self, Kind::module)) {
        Tuple* mro = is_kind(self, Kind::type) ? self.as<Type>()->mro : type_of(m, self)->mro;
        for (std::uint32_t i = 0; i < mro->length(); ++i) {
          if (!add_names(m, names, Value::object(mro->at(i).as<Type>()->dict))) return Value();
        }
      }
    }
  }
  List* list = list_from(m, Value::object(names));
  return list != nullptr && sort_list(m, list, Value(), false) ? Value::object(list) : Value();
}

const NativeDef kDefs[] = {
    {"getattr", builtin_getattr, 2, 3},
    {"hasattr", builtin_hasattr, 2, 2},
    {"setattr", builtin_setattr, 3, 3},
    {"delattr", builtin_delattr, 2, 2},
    {"isinstance", builtin_isinstance, 2, 2},
    {"issubclass", builtin_issubclass, 2, 2},
    {"callable", builtin_callable, 1, 1},
    {"id", builtin_id, 1, 1},
    {"hash", builtin_hash, 1, 1},
    {"repr", builtin_repr, 1, 1},
    {"ascii", builtin_ascii, 1, 1},
    {"format", builtin_format, 1, 2},
    {"vars", builtin_vars, 0, 1},
    {"locals", builtin_locals, 0, 0},
    {"globals", builtin_globals, 0, 0},
    {"dir", builtin_dir, 0, 1},
    {"print", builtin_print, 0, -1, true},
    {"input", builtin_input, 0, 1},
};

}  // namespace

std::span<const NativeDef> object_builtins() { return kDefs; }

}  // namespace turnstile
