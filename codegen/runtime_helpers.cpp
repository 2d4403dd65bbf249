// What compiled code calls for operators, containers and attributes.
#include "codegen/runtime_helpers.h"

#include <cmath>
#include <cstring>

#include "core/allocate_object.h"
#include "core/call.h"
#include "core/containers/dict.h"
#include "core/containers/iterators.h"
#include "core/containers/list.h"
#include "core/containers/sequences.h"
#include "core/exceptions.h"
#include "core/inline_cache.h"
#include "core/interpreter_arithmetic.h"
#include "core/interpreter_support.h"
#include "core/numbers/float_ops.h"
#include "core/ops.h"

namespace turnstile::codegen::helpers {

Value binary(Mutator* m, const Insn* insn, Value left, Value right) {
  Value v;
  switch (insn->op) {
    case Op::add_:
      v = fast_add(left, right);
      break;
    case Op::sub_:
      v = fast_sub(left, right);
      break;
    case Op::mul_:
      v = fast_mul(left, right);
      break;
    case Op::true_div_:
      v = fast_true_div(left, right);
      break;
    case Op::floor_div_:
      v = fast_floor_div(left, right);
      break;
    case Op::mod_:
      v = fast_mod(left, right);
      break;
    case Op::lshift_:
      v = fast_lshift(left, right);
      break;
    case Op::rshift_:
      v = fast_rshift(left, right);
      break;
    case Op::bit_and_:
      v = fast_bit_and(left, right);
      break;
    case Op::bit_or_:
      v = fast_bit_or(left, right);
      break;
    case Op::bit_xor_:
      v = fast_bit_xor(left, right);
      break;
    default:
      break;
  }
  return v.is_empty() ? step_binary(*m, *insn, left, right) : v;
}

Value compare(Mutator* m, const Insn* insn, Value left, Value right) {
  Value v;
  switch (insn->op) {
    case Op::lt_:
      v = fast_lt(left, right);
      break;
    case Op::le_:
      v = fast_le(left, right);
      break;
    case Op::eq_:
      v = fast_eq(left, right);
      break;
    case Op::ne_:
      v = fast_ne(left, right);
      break;
    case Op::gt_:
      v = fast_gt(left, right);
      break;
    default:
      v = fast_ge(left, right);
      break;
  }
  return v.is_empty() ? compare_op(*m, compare_op_of(insn->op), left, right) : v;
}

Value unary(Mutator* m, const Insn* insn, Value operand) {
  if (insn->op == Op::neg_) {
    Value v = fast_neg(operand);
    if (!v.is_empty()) return v;
    return unary_op(*m, UnaryOp::neg, operand);
  }
  return unary_op(*m, insn->op == Op::pos_ ? UnaryOp::pos : UnaryOp::invert, operand);
}

std::int32_t truth(Mutator* m, Value v) { return turnstile::truth(*m, v); }

namespace {
// What programs subscript most beside lists: no class between it and the builtin one.
bool is_plain_dict(Value v) { return is_kind(v, Kind::dict) && !v.as_object()->has_flag(kHasDict); }
}  // namespace

std::int32_t contains(Mutator* m, Value container, Value item) {
  if (!is_plain_dict(container)) return turnstile::contains(*m, container, item);
  if (!dict_get(*m, container.as<Dict>(), item).is_empty()) return 1;
  return m->has_exception() ? -1 : 0;
}

Value get_item(Mutator* m, Value container, Value key) {
  if (key.is_int() && is_kind(container, Kind::list) && !container.as_object()->has_flag(kHasDict)) {
    auto* list = container.as<List>();
    std::int64_t i = key.as_int();
    if (i < 0) i += static_cast<std::int64_t>(list->size.load(std::memory_order_acquire));
    Value v = list_get_fast(list, i);
    if (!v.is_empty()) return v;
  } else if (is_plain_dict(container)) {
    Value v = dict_get(*m, container.as<Dict>(), key);
    return v.is_empty() ? raise_missing_key(*m, key) : v;
  }
  return turnstile::get_item(*m, container, key);
}

bool set_item(Mutator* m, Value container, Value key, Value value) {
  if (is_plain_dict(container)) return dict_set(*m, container.as<Dict>(), key, value);
  return turnstile::set_item(*m, container, key, value);
}

const CacheEntry* find_shape_entry(const CacheSlot& slot, const Shape* shape) {
  const CacheEntry* e = slot.entry.load(std::memory_order_acquire);
  for (int depth = 0; e != nullptr && depth < 12; ++depth) {
    const Value tested = e->refs[0].load_relaxed();
    if (tested == Value::object(shape)) return cache_shape_matches(e, shape) ? e : nullptr;
    e = e->refs[3].load_relaxed().as<CacheEntry>();
  }
  return nullptr;
}

Value load_attr(Mutator* m, Frame* frame, const Insn* insn, Value self) {
  if (self.is_object() && insn->cache != 0) {
    Object* o = self.as_object();
    const CacheEntry* e = find_shape_entry(frame->code->data->caches[insn->cache - 1], o->shape());
    if (e != nullptr) {
      if (cache_kind(e) == CacheKind::slot) {
        Value v = instance_slot(static_cast<Instance*>(o), static_cast<std::uint32_t>(e->words[0]))->load();
        if (!v.is_empty()) return v;
      } else if (cache_kind(e) == CacheKind::class_value) {
        return e->refs[1].load_relaxed();
      } else if (cache_kind(e) == CacheKind::property) {
        return call_function(*m, e->refs[1].load_relaxed().as<Function>(), CallArgs{&self, 1, nullptr});
      }
    }
    // A cache that misses too often is not replaced any more: look at the shape itself.
    if (o->kind == Kind::instance && !o->shape()->dict_mode) {
      Shape* shape = o->shape();
      auto* name = frame->code->consts->at(static_cast<std::size_t>(insn->d)).as<Str>();
      if (!shape->cls->has_type_flag(kOverridesGetAttr) && lookup_type(*m, shape->cls, name).is_empty()) {
        const std::uint32_t slot = find_slot(shape, name);
        if (slot != kNoSlot) {
          Value v = instance_slot(static_cast<Instance*>(o), slot)->load();
          if (!v.is_empty()) return v;
        }
      }
    }
  }
  return load_attr_slow(*m, frame, *insn, self);
}

bool store_attr(Mutator* m, Frame* frame, const Insn* insn, Value self, Value value) {
  if (is_kind(self, Kind::instance) && insn->cache != 0) {
    Object* o = self.as_object();
    Shape* shape = o->shape();
    const CacheEntry* e = find_shape_entry(frame->code->data->caches[insn->cache - 1], shape);
    if (e != nullptr && e->words[0] < o->aux) {
      if (cache_kind(e) == CacheKind::slot) {
        static_cast<Instance*>(o)->slots[e->words[0]].store(value);
        note_store(*m, &static_cast<Instance*>(o)->slots[e->words[0]]);
        return true;
      }
      if (cache_kind(e) == CacheKind::add_slot && add_slot_cached(*m, static_cast<Instance*>(o), e, value)) return true;
    }
  }
  return store_attr_slow(*m, frame, *insn, self, value);
}

Value load_global(Mutator* m, Frame* frame, const Insn* insn) {
  if (insn->cache != 0) {
    const CacheEntry* e = frame->code->data->caches[insn->cache - 1].entry.load(std::memory_order_acquire);
    if (e != nullptr) {
      Value v = cache_kind(e) == CacheKind::table_entry ? cached_table_value(frame->globals, e)
                                                        : cached_builtin_value(frame->globals, frame->builtins, e);
      if (!v.is_empty()) return v;
    }
  }
  return load_global_slow(*m, frame, *insn);
}

Value str_concat(Mutator* m, Value left, Value right) {
  return turnstile::str_concat(*m, left.as<Str>(), right.as<Str>());
}

bool str_equal(Value left, Value right) {
  return left == right || turnstile::str_equal(left.as<Str>(), right.as<Str>());
}

Value box_int(Mutator* m, std::int64_t raw) { return make_int(*m, raw); }

Value slot_value(Value self, std::int32_t slot) {
  return instance_slot(self.as<Instance>(), static_cast<std::uint32_t>(slot))->load();
}

bool safepoint(Mutator* m) { return m->runtime->safepoint(*m); }

double float_mod(double a, double b) {
  double quotient;
  double remainder;
  double_divmod(a, b, &quotient, &remainder);
  return remainder;
}

double float_floor_div(double a, double b) {
  double quotient;
  double remainder;
  double_divmod(a, b, &quotient, &remainder);
  return quotient;
}

double float_pow(double a, double b) { return std::pow(a, b); }

Value get_iter(Mutator* m, Value v) { return turnstile::get_iter(*m, v); }
Value iter_next(Mutator* m, Value it) { return turnstile::iter_next(*m, it); }

Value range_iterator(Mutator* m, std::int64_t start, std::int64_t stop) {
  if (!Value::fits_int(start) || !Value::fits_int(stop)) return Value();
  const std::int64_t count = stop > start ? stop - start : 0;
  if (!Value::fits_int(count)) return Value();
  const Value it = make_iterator(*m, IteratorKind::range, Value(), Value(), start, 1, count);
  if (it.is_empty()) m->exception = Value();
  return it;
}

std::int64_t length(Mutator* m, Value v) {
  if (is_kind(v, Kind::list) && !v.as_object()->has_flag(kHasDict)) {
    return static_cast<std::int64_t>(v.as<List>()->size.load(std::memory_order_acquire));
  }
  return turnstile::length(*m, v);
}

bool list_append(Mutator* m, Value list, Value item) {
  return list_append_fast(*m, list.as<List>(), item) || turnstile::list_append(*m, list.as<List>(), item);
}

Value list_pop(Mutator* m, Value list) {
  Value v = list_pop_fast(*m, list.as<List>());
  if (v.is_empty()) return raise(*m, m->runtime->exceptions.IndexError, "pop from empty list");
  list_shrink(*m, list.as<List>());
  return v;
}

void unlock_object(Mutator* m, Value object) { m->runtime->unlock_object(*m, object.as_object()); }

void list_shrink(Mutator* m, Value list) { turnstile::list_shrink(*m, list.as<List>()); }

bool list_store(Mutator* m, Value list, std::int64_t index, Value value) {
  if (list_store_fast(*m, list.as<List>(), index, value)) return true;
  Value key = make_int(*m, index);
  return !key.is_empty() && turnstile::set_item(*m, list, key, value);
}

Value make_cell(Mutator* m, Value v) {
  Cell* cell = turnstile::make_cell(*m, v);
  return cell == nullptr ? Value() : Value::object(cell);
}

Value new_instance(Mutator* m, Type* cls, std::uint32_t slots) {
  auto* self =
      new_object<Instance>(*m, cls->root_shape, Kind::instance, Instance::slots_offset() + slots * sizeof(AtomicValue));
  if (self == nullptr) return Value();
  self->aux = slots;
  std::memset(static_cast<void*>(self->slots), 0, slots * sizeof(AtomicValue));
  return Value::object(self);
}

}  // namespace turnstile::codegen::helpers
