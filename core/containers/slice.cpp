// slice: resolving against a length, and the type.
#include "core/containers/slice.h"

#include <limits>

#include "core/containers/keys.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"

namespace turnstile {

namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

bool slice_field(Mutator& m, Value v, std::int64_t* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  if (!v.is_bool() && !is_any_int(v) && lookup_special(m, v, m.runtime->names.__index__).is_empty()) {
    if (!m.has_exception()) raise_type_error(m, "slice indices must be integers or None or have an __index__ method");
    return false;
  }
  return to_index(m, v, out);
}

}  // namespace

bool unpack_slice(Mutator& m, const Slice* slice, SliceBounds* out) {
  out->step = 1;
  if (!slice->step.is_none()) {
    if (!slice_field(m, slice->step, &out->step)) return false;
    if (out->step == 0) {
      raise_value_error(m, "slice step cannot be zero");
      return false;
    }
    if (out->step < -kMax) out->step = -kMax;
  }
  out->start = out->step < 0 ? kMax : 0;
  out->stop = out->step < 0 ? kMin : kMax;
  if (!slice->start.is_none() && !slice_field(m, slice->start, &out->start)) return false;
  if (!slice->stop.is_none() && !slice_field(m, slice->stop, &out->stop)) return false;
  return true;
}

SliceRange adjust_slice(const SliceBounds& bounds, std::int64_t length) {
  SliceRange r{bounds.start, bounds.stop, bounds.step, 0};
  const auto clamp = [&](std::int64_t i) {
    if (i < 0) {
      i += length;
      if (i < 0) i = r.step < 0 ? -1 : 0;
    } else if (i >= length) {
      i = r.step < 0 ? length - 1 : length;
    }
    return i;
  };
  r.start = clamp(r.start);
  r.stop = clamp(r.stop);
  if (r.step < 0) {
    if (r.stop < r.start) r.count = (r.start - r.stop - 1) / -r.step + 1;
  } else if (r.start < r.stop) {
    r.count = (r.stop - r.start - 1) / r.step + 1;
  }
  return r;
}

Slice* make_slice(Mutator& m, Value start, Value stop, Value step) {
  auto* slice = new_object<Slice>(m, m.runtime->types.slice, Kind::slice);
  if (slice == nullptr) return nullptr;
  slice->start = start;
  slice->stop = stop;
  slice->step = step;
  return slice;
}

namespace {

Value slice_new(Mutator& m, Type*, const CallArgs& args) {
  if (!check_positional(m, "slice", args, 1, 3)) return Value();
  if (args.positional == 1) return value_or_empty(make_slice(m, Value::none(), args[0], Value::none()));
  return value_or_empty(make_slice(m, args[0], args[1], args.positional == 3 ? args[2] : Value::none()));
}

Value slice_repr(Mutator& m, Value self) {
  const auto* s = self.as<Slice>();
  std::string out = "slice(";
  if (!append_repr(m, &out, s->start)) return Value();
  out += ", ";
  if (!append_repr(m, &out, s->stop)) return Value();
  out += ", ";
  if (!append_repr(m, &out, s->step)) return Value();
  return text(m, out + ")");
}

Value slice_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (!is_kind(left, Kind::slice) || !is_kind(right, Kind::slice)) return Value::not_implemented();
  if (left == right) return Value::boolean(op == CompareOp::eq || op == CompareOp::le || op == CompareOp::ge);
  const auto* a = left.as<Slice>();
  const auto* b = right.as<Slice>();
  Value x = make_tuple(m, {a->start, a->stop, a->step});
  if (x.is_empty()) return Value();
  Value y = make_tuple(m, {b->start, b->stop, b->step});
  return y.is_empty() ? Value() : compare_op(m, op, x, y);
}

Value slice_indices(Mutator& m, const CallArgs& args) {
  std::int64_t length;
  if (!to_index(m, args[1], &length, m.runtime->exceptions.OverflowError)) return Value();
  if (length < 0) return raise_value_error(m, "length should not be negative");
  SliceRange r;
  if (!resolve_slice(m, args[0].as<Slice>(), length, &r)) return Value();
  Value start = make_int(m, r.start);
  Value stop = make_int(m, r.stop);
  Value step = make_int(m, r.step);
  if (start.is_empty() || stop.is_empty() || step.is_empty()) return Value();
  return make_tuple(m, {start, stop, step});
}

Value slice_start(Mutator&, const CallArgs& args) { return args[0].as<Slice>()->start; }
Value slice_stop(Mutator&, const CallArgs& args) { return args[0].as<Slice>()->stop; }
Value slice_step(Mutator&, const CallArgs& args) { return args[0].as<Slice>()->step; }

constexpr NativeDef kMethods[] = {{"indices", slice_indices, 2, 2}};
constexpr NativeDef kGetters[] = {{"start", slice_start, 1, 1}, {"stop", slice_stop, 1, 1}, {"step", slice_step, 1, 1}};
constexpr TypeSlots kSlots = {
    .repr = slice_repr, .compare = slice_compare, .set_attr = set_attr_but_bounds, .new_object = slice_new};

}  // namespace

void define_slice(Mutator& m) {
  m.runtime->types.slice = define_type(
      m, {.name = "slice", .slots = &kSlots, .methods = kMethods, .instance_kind = Kind::slice, .getters = kGetters});
}

}  // namespace turnstile
