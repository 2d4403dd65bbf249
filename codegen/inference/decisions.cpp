#include "codegen/inference/decisions.h"

#include <algorithm>
#include <iterator>

#include "codegen/inference/operands.h"
#include "core/object.h"
#include "core/value.h"

namespace turnstile::codegen {

namespace {

constexpr std::uint32_t kMaxMisses = 6;

bool numeric(SlotType t) { return t == SlotType::integer || t == SlotType::real; }
bool could_be(SlotType t, SlotType wanted) { return t == SlotType::any || t == wanted; }

bool has_real_form(Op op) {
  switch (op) {
    case Op::add_:
    case Op::sub_:
    case Op::mul_:
    case Op::true_div_:
    case Op::floor_div_:
    case Op::mod_:
    case Op::pow_:
      return true;
    default:
      return false;
  }
}

bool cannot_fail(Op op) { return op == Op::add_ || op == Op::sub_ || op == Op::mul_; }

bool only(std::uint8_t feedback, std::uint8_t allowed) {
  return feedback != 0 && (feedback & static_cast<std::uint8_t>(~allowed)) == 0;
}

const CacheInfo* usable(const Snapshot& s, std::uint32_t pc, std::uint8_t level = 1) {
  const CacheInfo& c = s.caches[pc];
  if (c.kind == CacheKind::none || s.generic[pc] >= level || c.misses > kMaxMisses) return nullptr;
  return &c;
}

}  // namespace

Mode decide_arithmetic(const Snapshot& s, std::uint32_t pc, SlotType left, SlotType right) {
  const Op op = s.insn(pc).op;
  if (op == Op::mat_mul_) return Mode::generic;
  if (numeric(left) && numeric(right) && (left == SlotType::real || right == SlotType::real)) {
    if (!has_real_form(op)) return Mode::generic;
    return s.generic[pc] == 0 || cannot_fail(op) ? Mode::reals : Mode::generic;
  }
  if (s.generic[pc] != 0) return Mode::generic;
  if (left == SlotType::integer && right == SlotType::integer) return op == Op::pow_ ? Mode::generic : Mode::integers;
  const std::uint8_t fb = s.feedback[pc];
  if (fb == 0) return s.traps ? Mode::trap : Mode::generic;
  if (fb == kSawInt && could_be(left, SlotType::integer) && could_be(right, SlotType::integer)) {
    return op == Op::pow_ ? Mode::generic : Mode::integers;
  }
  if (only(fb, kSawFloat | kSawIntFloat) && (left == SlotType::any || numeric(left)) &&
      (right == SlotType::any || numeric(right)) && has_real_form(op)) {
    return Mode::reals;
  }
  if (fb == kSawStr && op == Op::add_ && could_be(left, SlotType::str) && could_be(right, SlotType::str)) {
    return Mode::strings;
  }
  return Mode::generic;
}

Mode decide_compare(const Snapshot& s, std::uint32_t pc, SlotType left, SlotType right) {
  if (left == SlotType::integer && right == SlotType::integer) return Mode::integers;
  if (s.generic[pc] != 0) return Mode::generic;
  if (numeric(left) && numeric(right)) return Mode::reals;
  const Op op = s.insn(pc).op;
  const std::uint8_t fb = s.feedback[pc];
  if (fb == 0) return s.traps ? Mode::trap : Mode::generic;
  if (fb == kSawInt && could_be(left, SlotType::integer) && could_be(right, SlotType::integer)) return Mode::integers;
  if (only(fb, kSawFloat | kSawIntFloat) && (left == SlotType::any || numeric(left)) &&
      (right == SlotType::any || numeric(right))) {
    return Mode::reals;
  }
  if (fb == kSawStr && (op == Op::eq_ || op == Op::ne_) && could_be(left, SlotType::str) &&
      could_be(right, SlotType::str)) {
    return Mode::strings;
  }
  return Mode::generic;
}

Mode decide_unary(const Snapshot& s, std::uint32_t pc, SlotType operand) {
  const Op op = s.insn(pc).op;
  if (operand == SlotType::real) return op == Op::invert_ ? Mode::generic : Mode::reals;
  if (s.generic[pc] != 0) return Mode::generic;
  if (operand == SlotType::integer) return Mode::integers;
  if (operand != SlotType::any || op == Op::pos_) return Mode::generic;
  const std::uint8_t fb = s.feedback[pc];
  if (fb == 0) return s.traps ? Mode::trap : Mode::generic;
  if (fb == kSawInt) return Mode::integers;
  return fb == kSawFloat && op == Op::neg_ ? Mode::reals : Mode::generic;
}

RealOperand decide_real_operand(std::uint8_t feedback, SlotType self, SlotType other) {
  if (self == SlotType::real) return RealOperand::raw;
  if (self == SlotType::integer) return RealOperand::convert;
  if (feedback == kSawFloat || other == SlotType::integer) return RealOperand::guard_real;
  if (feedback == kSawIntFloat && other == SlotType::real) return RealOperand::guard_int;
  return RealOperand::either;
}

namespace {

bool key_is_slice(const Snapshot& s, std::uint32_t pc, std::uint16_t key) {
  return pc > 0 && s.insn(pc - 1).op == Op::build_slice_ && s.insn(pc - 1).a == key;
}

ItemMode decide_item(const Snapshot& s, std::uint32_t pc, SlotType container, SlotType key, std::uint16_t key_slot) {
  if (s.generic[pc] >= 2 || !could_be(key, SlotType::integer) || key_is_slice(s, pc, key_slot))
    return ItemMode::generic;
  const std::uint8_t fb = s.feedback[pc];
  if (fb == 0 && s.traps) return ItemMode::trap;
  if (container == SlotType::list || (container == SlotType::any && fb == kSawList)) return ItemMode::list;
  if (container == SlotType::tuple || (container == SlotType::any && fb == kSawTuple)) return ItemMode::tuple;
  return ItemMode::generic;
}

}  // namespace

ItemMode decide_load_item(const Snapshot& s, std::uint32_t pc, SlotType container, SlotType key) {
  return decide_item(s, pc, container, key, s.insn(pc).c);
}

ItemMode decide_store_item(const Snapshot& s, std::uint32_t pc, SlotType container, SlotType key) {
  const ItemMode mode = decide_item(s, pc, container, key, s.insn(pc).b);
  return mode == ItemMode::tuple ? ItemMode::generic : mode;
}

IterMode decide_for_iter(const Snapshot& s, std::uint32_t pc, SlotType iterator) {
  if (iterator == SlotType::range_iterator) return IterMode::range;
  if (iterator == SlotType::list_iterator) return IterMode::list;
  if (s.generic[pc] != 0 || iterator != SlotType::any) return IterMode::generic;
  const std::uint8_t fb = s.feedback[pc];
  if (fb == 0) return s.traps ? IterMode::trap : IterMode::generic;
  if (fb == kSawInt) return IterMode::range;
  return fb == kSawList ? IterMode::list : IterMode::generic;
}

const CacheInfo* decide_load_attr(const Snapshot& s, std::uint32_t pc, SlotType receiver) {
  const CacheInfo* c = usable(s, pc, 2);
  if (c == nullptr || receiver != SlotType::any) return nullptr;
  switch (c->kind) {
    case CacheKind::slot:
    case CacheKind::class_value:
    case CacheKind::type_value:
    case CacheKind::table_entry:
      return c;
    default:
      return nullptr;
  }
}

const CacheInfo* decide_store_attr(const Snapshot& s, std::uint32_t pc, SlotType receiver) {
  const CacheInfo* c = usable(s, pc);
  if (c == nullptr || receiver != SlotType::any) return nullptr;
  if (c->kind == CacheKind::slot) return c;
  return c->kind == CacheKind::add_slot && s.compiles_sections() ? c : nullptr;
}

const CacheInfo* decide_load_global(const Snapshot& s, std::uint32_t pc) {
  const CacheInfo* c = usable(s, pc, 2);
  if (c == nullptr || c->value == 0) return nullptr;
  return c->kind == CacheKind::table_entry || c->kind == CacheKind::builtin_entry ? c : nullptr;
}

const CacheInfo* decide_load_method(const Snapshot& s, std::uint32_t pc, SlotType receiver) {
  const CacheInfo* c = usable(s, pc);
  if (c == nullptr || is_raw(receiver)) return nullptr;
  if (c->kind == CacheKind::method) return s.callee(c->ref1) != nullptr ? c : nullptr;
  return c->kind == CacheKind::table_entry && receiver == SlotType::any && s.callee(c->value) != nullptr ? c : nullptr;
}

std::vector<const CacheInfo*> decide_shapes(const Snapshot& s, std::uint32_t pc, CacheKind kind) {
  std::vector<const CacheInfo*> shapes;
  const CacheInfo& newest = s.caches[pc];
  if (newest.kind == kind) shapes.push_back(&newest);
  for (const CacheInfo& c : newest.before) {
    if (c.kind == kind) shapes.push_back(&c);
  }
  if (shapes.size() < 2) shapes.clear();
  return shapes;
}

std::uint32_t load_of_method(const Snapshot& s, std::uint32_t pc) {
  // Calls within the arguments use slots behind those of this one.
  std::uint32_t load = pc;
  while (load > 0 && (s.insn(load).op != Op::load_method_ || s.insn(load).a != s.insn(pc).b)) --load;
  return load;
}

bool is_worth_identity(const Snapshot& s, std::uint64_t bits) { return s.callee(bits) != nullptr; }

const Callee* decide_callee(const Snapshot& s, std::uint32_t pc, const SlotState& callee, bool* guard) {
  *guard = false;
  if (callee.constant != 0) return s.callee(callee.constant);
  const CacheInfo* c = usable(s, pc);
  if (c == nullptr || c->kind != CacheKind::callee || c->misses > 2 || callee.type != SlotType::any) return nullptr;
  *guard = true;
  return s.callee(c->ref0);
}

CallMode decide_call(const Callee* callee, std::uint32_t arguments) {
  if (callee == nullptr) return CallMode::generic;
  switch (callee->kind) {
    case Callee::Kind::python:
      return callee->simple && arguments <= callee->positional &&
                     arguments + callee->defaults.size() >= callee->positional
                 ? CallMode::direct
                 : CallMode::generic;
    case Callee::Kind::native:
      return callee->def->mode == NativeMode::concurrent && static_cast<int>(arguments) >= callee->def->min_args &&
                     (callee->def->max_args < 0 || static_cast<int>(arguments) <= callee->def->max_args)
                 ? CallMode::native
                 : CallMode::generic;
    case Callee::Kind::instantiate:
      if (!callee->has_init) return arguments == 0 ? CallMode::instantiate : CallMode::generic;
      return callee->simple && arguments + 1 <= callee->positional &&
                     arguments + 1 + callee->defaults.size() >= callee->positional
                 ? CallMode::instantiate
                 : CallMode::generic;
    default:
      return CallMode::generic;
  }
}

void note_made(SlotState& slot, const Callee& callee) {
  slot.object = true;
  if (callee.plain_init.shape != nullptr) set_shape(slot, callee.plain_init.shape, callee.type_version);
}

SlotType expected_result(const Snapshot& s, std::uint32_t pc) {
  constexpr std::uint32_t kWindow = 12;
  if (s.generic[pc] != 0) return SlotType::any;
  std::uint32_t slot = s.insn(pc).a;
  for (std::uint32_t p = pc + 1; p < s.size() && p <= pc + kWindow; ++p) {
    const Insn& i = s.insn(p);
    const SlotUse use = slot_use(i);
    const auto touches = [slot](const SlotRange& r) { return slot >= r.first && slot < r.first + r.count; };
    if (std::any_of(std::begin(use.reads), std::end(use.reads), touches)) {
      if (i.op == Op::move_) {
        slot = i.a;
        continue;
      }
      const bool numeric_op = (is_arithmetic(i.op) && i.op != Op::mat_mul_) || is_comparison(i.op) || i.op == Op::neg_;
      if (!numeric_op || s.generic[p] != 0) return SlotType::any;
      return s.feedback[p] == kSawFloat ? SlotType::real : s.feedback[p] == kSawInt ? SlotType::integer : SlotType::any;
    }
    if (std::any_of(std::begin(use.writes), std::end(use.writes), touches)) return SlotType::any;
    if (is_conditional_jump(i.op) || ends_path(i.op)) return SlotType::any;
  }
  return SlotType::any;
}

MethodCall decide_method_call(const Snapshot& s, std::uint32_t pc, const State& state) {
  const Insn& i = s.insn(pc);
  MethodCall call;
  const SlotState& self = state[i.b + 1u];
  const bool no_receiver = self.type == SlotType::absent;
  call.first = no_receiver ? i.b + 2u : i.b + 1u;
  call.count = no_receiver ? i.c : i.c + 1u;
  if (state[i.b].constant == 0 || (self.maybe_empty && !no_receiver)) return call;
  call.callee = s.callee(state[i.b].constant);
  call.mode = decide_call(call.callee, call.count);
  if (call.mode == CallMode::instantiate) call.mode = CallMode::generic;
  return call;
}

bool decide_range_loop(const Snapshot& s, std::uint32_t pc, const Callee* callee, const State& state) {
  const Insn& i = s.insn(pc);
  if (callee == nullptr || callee->intrinsic != Intrinsic::range || s.generic[pc] != 0 || i.c < 1 || i.c > 2)
    return false;
  if (state[i.b].constant != callee->bits || i.a < s.data->local_count || pc + 1 >= s.size()) return false;
  for (std::uint32_t k = 1; k <= i.c; ++k) {
    if (!could_be(state[i.b + k].type, SlotType::integer)) return false;
  }
  return s.insn(pc + 1).op == Op::get_iter_ && s.insn(pc + 1).b == i.a;
}

bool may_run_managed_code(Intrinsic intrinsic) {
  switch (intrinsic) {
    case Intrinsic::abs:
    case Intrinsic::min:
    case Intrinsic::max:
    case Intrinsic::math_sqrt:
      return false;
    default:
      return true;  // list operations may wait for the object's lock
  }
}

Intrinsic decide_intrinsic(const Callee* callee, CallMode mode, const State& state, std::uint32_t first,
                           std::uint32_t count) {
  if (callee == nullptr || mode != CallMode::native) return Intrinsic::none;
  const SlotType a = state[first].type;
  switch (callee->intrinsic) {
    case Intrinsic::len:
      return count == 1 && !is_raw(a) ? Intrinsic::len : Intrinsic::none;
    case Intrinsic::abs:
      return count == 1 && numeric(a) ? Intrinsic::abs : Intrinsic::none;
    case Intrinsic::min:
    case Intrinsic::max:
      return count == 2 && numeric(a) && state[first + 1].type == a ? callee->intrinsic : Intrinsic::none;
    case Intrinsic::math_sqrt:
      return count == 1 && a == SlotType::real ? Intrinsic::math_sqrt : Intrinsic::none;
    case Intrinsic::list_append:
      return count == 2 && a == SlotType::list ? Intrinsic::list_append : Intrinsic::none;
    case Intrinsic::list_pop:
      return count == 1 && a == SlotType::list ? Intrinsic::list_pop : Intrinsic::none;
    default:
      return Intrinsic::none;
  }
}

SlotState intrinsic_result(Intrinsic intrinsic, const State& state, std::uint32_t first) {
  switch (intrinsic) {
    case Intrinsic::len:
      return raw_slot(SlotType::integer);
    case Intrinsic::abs:
    case Intrinsic::min:
    case Intrinsic::max:
    case Intrinsic::math_sqrt:
      return raw_slot(state[first].type);
    case Intrinsic::list_append:
      return boxed_slot(SlotType::none);
    default:
      return boxed_slot();
  }
}

SlotType builtin_type(const Snapshot& s, const Shape* shape) {
  if (shape == s.list_shape) return SlotType::list;
  if (shape == s.dict_shape) return SlotType::dict;
  if (shape == s.str_shape) return SlotType::str;
  return shape == s.tuple_shape ? SlotType::tuple : SlotType::any;
}

SlotState constant_slot(const Snapshot& s, std::uint64_t bits) {
  const Value v = Value::from_bits(bits);
  SlotState state = boxed_slot();
  state.constant = bits;
  if (v.is_int()) {
    state.type = SlotType::integer;
  } else if (v.is_double()) {
    state.type = SlotType::real;
  } else if (v.is_bool()) {
    state.type = SlotType::boolean;
  } else if (v.is_none()) {
    state.type = SlotType::none;
  } else if (v.is_object()) {
    const Shape* shape = v.as_object()->shape_word.load(std::memory_order_relaxed);
    if (shape == s.str_shape) state.type = SlotType::str;
    if (shape == s.tuple_shape) state.type = SlotType::tuple;
  }
  return state;
}

}  // namespace turnstile::codegen
