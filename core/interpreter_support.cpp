#include "core/interpreter_support.h"

#include "core/call.h"
#include "core/containers/set.h"
#include "core/exceptions.h"
#include "core/inline_cache.h"
#include "core/objects/iterators.h"
#include "core/ops.h"

namespace turnstile {

namespace {

Value const_of(Frame* frame, std::int32_t d) { return frame->code->consts->at(static_cast<std::size_t>(d)); }
Str* name_of(Frame* frame, const Insn& insn) { return const_of(frame, insn.d).as<Str>(); }

bool raise_name_error(Mutator& m, Str* name) {
  Value error = make_exception(m, m.runtime->exceptions.NameError, "name '" + to_utf8(name) + "' is not defined");
  if (error.is_empty() || !set_attr(m, error, m.runtime->names.name, Value::object(name))) return false;
  raise_value(m, error);
  return false;
}

bool set_slot(Frame* frame, std::uint16_t slot, Value v) {
  frame->slots[slot] = v;
  return !v.is_empty();
}

}  // namespace

bool step_load_name(Mutator& m, Frame* frame, const Insn& insn) {
  Str* name = name_of(frame, insn);
  Value v = dict_get_name(frame->names, name);
  if (v.is_empty() && frame->names != frame->globals) v = dict_get_name(frame->globals, name);
  if (v.is_empty()) v = dict_get_name(frame->builtins, name);
  if (v.is_empty()) return raise_name_error(m, name);
  frame->slots[insn.a] = v;
  return true;
}

bool step_store_name(Mutator& m, Frame* frame, const Insn& insn) {
  return dict_set_name(m, frame->names, name_of(frame, insn), frame->slots[insn.a]);
}

bool step_delete_name(Mutator& m, Frame* frame, const Insn& insn) {
  Str* name = name_of(frame, insn);
  const int removed = dict_delete(m, frame->names, Value::object(name));
  if (removed == 0) return raise_name_error(m, name);
  return removed > 0;
}

bool step_store_global(Mutator& m, Frame* frame, const Insn& insn) {
  return dict_set_name(m, frame->globals, name_of(frame, insn), frame->slots[insn.a]);
}

bool step_delete_global(Mutator& m, Frame* frame, const Insn& insn) {
  Str* name = name_of(frame, insn);
  const int removed = dict_delete(m, frame->globals, Value::object(name));
  if (removed == 0) return raise_name_error(m, name);
  return removed > 0;
}

bool step_load_class_cell(Mutator& m, Frame* frame, const Insn& insn) {
  Value v = dict_get_name(frame->names, name_of(frame, insn));
  if (v.is_empty()) v = frame->slots[insn.b].as<Cell>()->value.load();
  if (v.is_empty()) return raise_unbound(m, frame, insn, true);
  frame->slots[insn.a] = v;
  return true;
}

bool raise_unbound(Mutator& m, Frame* frame, const Insn& insn, bool free_variable) {
  Str* name = name_of(frame, insn);
  const std::string text = to_utf8(name);
  if (!free_variable) {
    raise(m, m.runtime->exceptions.UnboundLocalError,
          "cannot access local variable '" + text + "' where it is not associated with a value");
    return false;
  }
  Value error = make_exception(
      m, m.runtime->exceptions.NameError,
      "cannot access free variable '" + text + "' where it is not associated with a value in enclosing scope");
  if (error.is_empty() || !set_attr(m, error, m.runtime->names.name, Value::object(name))) return false;
  raise_value(m, error);
  return false;
}

namespace {

bool raise_unpack_short(Mutator& m, std::size_t expected, std::size_t got, bool at_least) {
  raise_value_error(m, std::string("not enough values to unpack (expected ") + (at_least ? "at least " : "") +
                           std::to_string(expected) + ", got " + std::to_string(got) + ")");
  return false;
}

bool raise_unpack_long(Mutator& m, std::size_t expected) {
  raise_value_error(m, "too many values to unpack (expected " + std::to_string(expected) + ")");
  return false;
}

Value iter_for_unpack(Mutator& m, Value source) {
  Value it = get_iter(m, source);
  if (it.is_empty() && exception_matches(m, m.runtime->exceptions.TypeError)) {
    Type* cls = type_of(m, source);
    if (cls->slots->iter == nullptr && cls->slots->get_item == nullptr &&
        lookup_type(m, cls, m.runtime->names.__iter__).is_empty() &&
        lookup_type(m, cls, m.runtime->names.__getitem__).is_empty()) {
      m.exception = Value();
      return raise_type_error(m, "cannot unpack non-iterable " + to_utf8(cls->name) + " object");
    }
  }
  return it;
}

}  // namespace

bool step_unpack_sequence(Mutator& m, Frame* frame, const Insn& insn) {
  Value source = frame->slots[insn.b];
  Value* out = &frame->slots[insn.a];
  const std::uint32_t count = insn.c;
  if (is_kind(source, Kind::tuple) && source.as<Tuple>()->shape() == m.runtime->types.tuple->root_shape) {
    auto* tuple = source.as<Tuple>();
    if (tuple->length() < count) return raise_unpack_short(m, count, tuple->length(), false);
    if (tuple->length() > count) return raise_unpack_long(m, count);
    for (std::uint32_t i = 0; i < count; ++i) out[i] = tuple->at(i);
    return true;
  }
  Value it = iter_for_unpack(m, source);
  if (it.is_empty()) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    Value item = iter_next(m, it);
    if (item.is_empty()) return m.has_exception() ? false : raise_unpack_short(m, count, i, false);
    out[i] = item;
  }
  Value extra = iter_next(m, it);
  if (!extra.is_empty()) return raise_unpack_long(m, count);
  return !m.has_exception();
}

bool step_unpack_ex(Mutator& m, Frame* frame, const Insn& insn) {
  const std::uint32_t before = insn.c;
  const auto after = static_cast<std::uint32_t>(insn.d);
  Value* out = &frame->slots[insn.a];
  Value it = iter_for_unpack(m, frame->slots[insn.b]);
  if (it.is_empty()) return false;
  for (std::uint32_t i = 0; i < before; ++i) {
    Value item = iter_next(m, it);
    if (item.is_empty()) return m.has_exception() ? false : raise_unpack_short(m, before + after, i, true);
    out[i] = item;
  }
  List* rest = list_from(m, it);
  if (rest == nullptr) return false;
  const std::uint64_t count = rest->size.load(std::memory_order_relaxed);
  if (count < after) return raise_unpack_short(m, before + after, before + count, true);
  ValueBuffer* items = rest->buffer.load(std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < after; ++i) {
    AtomicValue& slot = items->items[count - after + i];
    out[before + 1 + i] = slot.load_relaxed();
    slot.store_relaxed(Value());
  }
  rest->size.store(count - after, std::memory_order_relaxed);  // nobody else has seen this list
  out[before] = Value::object(rest);
  return true;
}

bool step_build_tuple(Mutator& m, Frame* frame, const Insn& insn) {
  if (insn.c == 0) return set_slot(frame, insn.a, Value::object(m.runtime->empty_tuple));
  Tuple* tuple = allocate_tuple(m, insn.c);
  if (tuple == nullptr) return false;
  for (std::uint32_t i = 0; i < insn.c; ++i) tuple->items[i].store_relaxed(frame->slots[insn.b + i]);
  frame->slots[insn.a] = Value::object(tuple);
  return true;
}

bool step_build_list(Mutator& m, Frame* frame, const Insn& insn) {
  List* list = make_list(m, &frame->slots[insn.b], insn.c);
  if (list == nullptr) return false;
  frame->slots[insn.a] = Value::object(list);
  return true;
}

bool step_build_set(Mutator& m, Frame* frame, const Insn& insn) {
  Set* set = make_set(m, Kind::set);
  if (set == nullptr) return false;
  for (std::uint32_t i = 0; i < insn.c; ++i) {
    if (!set_add(m, set, frame->slots[insn.b + i])) return false;
  }
  frame->slots[insn.a] = Value::object(set);
  return true;
}

bool step_build_map(Mutator& m, Frame* frame, const Insn& insn) {
  Dict* dict = make_dict(m);
  if (dict == nullptr) return false;
  for (std::uint32_t i = 0; i < insn.c; ++i) {
    if (!dict_set(m, dict, frame->slots[insn.b + 2 * i], frame->slots[insn.b + 2 * i + 1])) return false;
  }
  frame->slots[insn.a] = Value::object(dict);
  return true;
}

bool step_build_string(Mutator& m, Frame* frame, const Insn& insn) {
  std::size_t length = 0;
  char32_t widest = 0;
  for (std::uint32_t i = 0; i < insn.c; ++i) {
    auto* part = frame->slots[insn.b + i].as<Str>();
    length += part->length();
    const char32_t bound = part->width() == 1 ? 0xff : part->width() == 2 ? 0xffff : 0x10ffff;
    if (bound > widest && part->length() != 0) widest = bound;
  }
  if (insn.c == 0 || length == 0) return set_slot(frame, insn.a, Value::object(m.runtime->empty_str));
  Str* result = allocate_str(m, length, widest);
  if (result == nullptr) return false;
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < insn.c; ++i) {
    auto* part = frame->slots[insn.b + i].as<Str>();
    for (std::uint32_t k = 0; k < part->length(); ++k, ++at) {
      const char32_t c = part->at(k);
      switch (result->width()) {
        case 1:
          result->data[at] = static_cast<unsigned char>(c);
          break;
        case 2:
          reinterpret_cast<char16_t*>(result->data)[at] = static_cast<char16_t>(c);
          break;
        default:
          reinterpret_cast<char32_t*>(result->data)[at] = c;
      }
    }
  }
  frame->slots[insn.a] = Value::object(result);
  return true;
}

bool step_build_slice(Mutator& m, Frame* frame, const Insn& insn) {
  auto* slice = static_cast<Slice*>(allocate(m, sizeof(Slice)));
  if (slice == nullptr) return false;
  new (slice) Slice();
  slice->kind = Kind::slice;
  slice->set_shape(m.runtime->types.slice->root_shape);
  slice->start = frame->slots[insn.b];
  slice->stop = frame->slots[insn.b + 1];
  slice->step = frame->slots[insn.b + 2];
  frame->slots[insn.a] = Value::object(slice);
  return true;
}

bool step_format_value(Mutator& m, Frame* frame, const Insn& insn) {
  Value v = frame->slots[insn.b];
  if (insn.d == 's') v = to_str(m, v);
  if (insn.d == 'r') v = repr(m, v);
  if (insn.d == 'a') v = ascii(m, v);
  if (v.is_empty()) return false;
  Str* spec = insn.c == kNoRegister ? m.runtime->empty_str : frame->slots[insn.c].as<Str>();
  if (spec->length() == 0 && is_kind(v, Kind::str)) return set_slot(frame, insn.a, v);
  return set_slot(frame, insn.a, format(m, v, spec));
}

bool step_set_add(Mutator& m, Frame* frame, const Insn& insn) {
  return set_add(m, frame->slots[insn.a].as<Set>(), frame->slots[insn.b]);
}

bool step_dict_set(Mutator& m, Frame* frame, const Insn& insn) {
  return dict_set(m, frame->slots[insn.a].as<Dict>(), frame->slots[insn.b], frame->slots[insn.c]);
}

bool step_set_update(Mutator& m, Frame* frame, const Insn& insn) {
  return set_update(m, frame->slots[insn.a].as<Set>(), frame->slots[insn.b]);
}

bool step_dict_update(Mutator& m, Frame* frame, const Insn& insn) {
  Value source = frame->slots[insn.b];
  if (!is_kind(source, Kind::dict) && lookup_type(m, type_of(m, source), m.runtime->names.keys).is_empty()) {
    raise_type_error(m, "'" + to_utf8(type_of(m, source)->name) + "' object is not a mapping");
    return false;
  }
  return dict_update(m, frame->slots[insn.a].as<Dict>(), source);
}

namespace {

std::string callee_name(Mutator& m, Value callee) {
  Value name = get_attr_or_empty(m, callee, m.runtime->names.__qualname__);
  m.exception = Value();
  if (is_kind(name, Kind::str)) {
    // Functions of other modules than builtins are named with their module.
    Value module = get_attr_or_empty(m, callee, m.runtime->names.__module__);
    m.exception = Value();
    const std::string prefix = is_kind(module, Kind::str) ? to_utf8(module.as<Str>()) : "builtins";
    return (prefix == "builtins" ? "" : prefix + ".") + to_utf8(name.as<Str>()) + "()";
  }
  return to_utf8(type_of(m, callee)->name) + " object";
}

}  // namespace

bool step_list_extend(Mutator& m, Frame* frame, const Insn& insn) {
  Value source = frame->slots[insn.b];
  if (list_extend(m, frame->slots[insn.a].as<List>(), source)) return true;
  Type* cls = type_of(m, source);
  if (exception_matches(m, m.runtime->exceptions.TypeError) && cls->slots->iter == nullptr &&
      cls->slots->get_item == nullptr && lookup_type(m, cls, m.runtime->names.__iter__).is_empty() &&
      lookup_type(m, cls, m.runtime->names.__getitem__).is_empty()) {
    m.exception = Value();
    const std::string name = to_utf8(cls->name);
    // c is the callee where the list becomes the arguments of a call.
    raise_type_error(m, insn.c == kNoRegister ? "Value after * must be an iterable, not " + name
                                              : callee_name(m, frame->slots[insn.c]) +
                                                    " argument after * must be an iterable, not " + name);
  }
  return false;
}

bool step_dict_merge(Mutator& m, Frame* frame, const Insn& insn) {
  auto* target = frame->slots[insn.a].as<Dict>();
  Value source = frame->slots[insn.b];
  Value callee = insn.c == kNoRegister ? Value::none() : frame->slots[insn.c];
  if (!is_kind(source, Kind::dict)) {
    if (lookup_type(m, type_of(m, source), m.runtime->names.keys).is_empty()) {
      raise_type_error(
          m, callee_name(m, callee) + " argument after ** must be a mapping, not " + to_utf8(type_of(m, source)->name));
      return false;
    }
    Dict* copy = make_dict(m);
    if (copy == nullptr || !dict_update(m, copy, source)) return false;
    source = Value::object(copy);
  }
  DictTable* table = source.as<Dict>()->table.load(std::memory_order_acquire);
  std::uint32_t position = 0;
  Value key;
  Value value;
  while (dict_next(table, &position, &key, &value)) {
    if (!is_kind(key, Kind::str)) {
      raise_type_error(m, "keywords must be strings");
      return false;
    }
    Str* name = intern(m, key.as<Str>());
    if (name == nullptr) return false;
    if (!dict_get_name(target, name).is_empty()) {
      raise_type_error(m, callee_name(m, callee) + " got multiple values for keyword argument '" + to_utf8(name) + "'");
      return false;
    }
    if (!dict_set_name(m, target, name, value)) return false;
  }
  return true;
}

bool step_list_to_tuple(Mutator& m, Frame* frame, const Insn& insn) {
  Tuple* tuple = tuple_from(m, frame->slots[insn.b]);
  if (tuple == nullptr) return false;
  frame->slots[insn.a] = Value::object(tuple);
  return true;
}

bool step_call(Mutator& m, Frame* frame, const Insn& insn) {
  return set_slot(frame, insn.a, call(m, frame->slots[insn.b], CallArgs{&frame->slots[insn.b + 1], insn.c, nullptr}));
}

bool step_call_kw(Mutator& m, Frame* frame, const Insn& insn) {
  auto* names = const_of(frame, insn.d).as<Tuple>();
  const CallArgs args{&frame->slots[insn.b + 1], insn.c - names->length(), names};
  return set_slot(frame, insn.a, call(m, frame->slots[insn.b], args));
}

bool step_call_ex(Mutator& m, Frame* frame, const Insn& insn) {
  Value callee = frame->slots[insn.b];
  auto* positional = frame->slots[insn.b + 1].as<Tuple>();
  Value keywords = frame->slots[insn.b + 2];
  const std::uint32_t count = positional->length();
  if (!is_kind(keywords, Kind::dict) || keywords.as<Dict>()->live.load(std::memory_order_relaxed) == 0) {
    static_assert(sizeof(AtomicValue) == sizeof(Value));
    const CallArgs args{reinterpret_cast<const Value*>(positional->items), count, nullptr};
    return set_slot(frame, insn.a, call(m, callee, args));
  }
  DictTable* table = keywords.as<Dict>()->table.load(std::memory_order_acquire);
  const auto named = static_cast<std::uint32_t>(keywords.as<Dict>()->live.load(std::memory_order_relaxed));
  Tuple* names = allocate_tuple(m, named);
  ValueBuffer* values = names == nullptr ? nullptr : allocate_buffer(m, count + named);
  if (values == nullptr) return false;
  for (std::uint32_t i = 0; i < count; ++i) values->items[i].store_relaxed(positional->at(i));
  std::uint32_t position = 0;
  Value key;
  Value value;
  for (std::uint32_t i = 0; i < named && dict_next(table, &position, &key, &value); ++i) {
    names->items[i].store_relaxed(key);
    values->items[count + i].store_relaxed(value);
  }
  return set_slot(frame, insn.a,
                  call(m, callee, CallArgs{reinterpret_cast<const Value*>(values->items), count, names}));
}

bool step_load_method(Mutator& m, Frame* frame, const Insn& insn) {
  Value self = frame->slots[insn.b];
  bool self_first = false;
  Value callee = load_method_slow(m, frame, insn, self, &self_first);
  frame->slots[insn.a] = callee;
  frame->slots[insn.a + 1] = self_first ? self : Value();
  return !callee.is_empty();
}

bool step_make_function(Mutator& m, Frame* frame, const Insn& insn) {
  const Value* parts = &frame->slots[insn.b];
  return set_slot(frame, insn.a,
                  make_function(m, const_of(frame, insn.d).as<Code>(), frame->globals, parts[0], parts[1], parts[2]));
}

bool step_print_expr(Mutator& m, Frame* frame, const Insn& insn) {
  Value v = frame->slots[insn.a];
  if (v.is_none()) return true;
  Value print = dict_get_name(frame->builtins, intern(m, "print"));
  Value text = repr(m, v);
  if (text.is_empty() || print.is_empty()) return false;
  return !call(m, print, {text}).is_empty();
}

}  // namespace turnstile
