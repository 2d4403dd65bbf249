// How each instruction is compiled, given the static types of its operands and what the interpreter saw. Inference and
// the IR builder ask the same questions, so what inference promises is what the builder emits.
#pragma once

#include "codegen/inference/snapshot.h"
#include "codegen/inference/state.h"

namespace turnstile::codegen {

/// trap: never executed so far; leave. generic: a helper that takes any values.
enum class Mode : std::uint8_t { trap, integers, reals, strings, generic };

Mode decide_arithmetic(const Snapshot& s, std::uint32_t pc, SlotType left, SlotType right);
Mode decide_compare(const Snapshot& s, std::uint32_t pc, SlotType left, SlotType right);
Mode decide_unary(const Snapshot& s, std::uint32_t pc, SlotType operand);

/// How an operand of float arithmetic becomes a double.
enum class RealOperand : std::uint8_t {
  raw,         // is one
  convert,     // a raw int
  guard_real,  // boxed; refined to real
  guard_int,   // boxed; refined to integer, then converted
  either,      // boxed; double or int
};
RealOperand decide_real_operand(std::uint8_t feedback, SlotType self, SlotType other);

enum class ItemMode : std::uint8_t { trap, list, tuple, generic };
ItemMode decide_load_item(const Snapshot& s, std::uint32_t pc, SlotType container, SlotType key);
ItemMode decide_store_item(const Snapshot& s, std::uint32_t pc, SlotType container, SlotType key);

enum class IterMode : std::uint8_t { trap, range, list, generic };
IterMode decide_for_iter(const Snapshot& s, std::uint32_t pc, SlotType iterator);

/// The inline cache to compile in, or null: the general helper.
const CacheInfo* decide_load_attr(const Snapshot& s, std::uint32_t pc, SlotType receiver);
const CacheInfo* decide_store_attr(const Snapshot& s, std::uint32_t pc, SlotType receiver);
const CacheInfo* decide_load_global(const Snapshot& s, std::uint32_t pc);
const CacheInfo* decide_load_method(const Snapshot& s, std::uint32_t pc, SlotType receiver);
/// Where several shapes came by: their entries of that kind, tried one after the other in front of the general helper.
/// Fewer than two: not worth it.
std::vector<const CacheInfo*> decide_shapes(const Snapshot& s, std::uint32_t pc, CacheKind kind);
/// The load_method whose callee the call_method at pc calls.
std::uint32_t load_of_method(const Snapshot& s, std::uint32_t pc);
/// Worth an identity guard: a function, class or module.
bool is_worth_identity(const Snapshot& s, std::uint64_t bits);

/// What a call is known (or guessed: then it needs a guard) to call; null: anything.
const Callee* decide_callee(const Snapshot& s, std::uint32_t pc, const SlotState& callee, bool* guard);

/// How the callee is called with that many positional arguments (the receiver counts).
enum class CallMode : std::uint8_t { direct, native, instantiate, generic };
CallMode decide_call(const Callee* callee, std::uint32_t arguments);

/// What is known of an instance that a call made.
void note_made(SlotState& slot, const Callee& callee);

/// What a load is expected to give, by what uses it next: worth a guard at the load, which then replaces the one at the
/// use. any: nothing is expected.
SlotType expected_result(const Snapshot& s, std::uint32_t pc);

/// How call_method calls: arguments in slots [first, first + count). The callee is known where its load was guarded.
struct MethodCall {
  const Callee* callee = nullptr;
  std::uint32_t first = 0, count = 0;
  CallMode mode = CallMode::generic;
};
MethodCall decide_method_call(const Snapshot& s, std::uint32_t pc, const State& state);

/// A call of range() with ints whose result is only iterated over: the iterator is made at once (get_iter gives an
/// iterator itself).
bool decide_range_loop(const Snapshot& s, std::uint32_t pc, const Callee* callee, const State& state);

/// Whether shapes may be different behind it.
bool may_run_managed_code(Intrinsic intrinsic);
/// A builtin that is compiled in for these operand types (slots [first, first + count)), or none.
Intrinsic decide_intrinsic(const Callee* callee, CallMode mode, const State& state, std::uint32_t first,
                           std::uint32_t count);
/// What it gives. Integers, reals: raw.
SlotState intrinsic_result(Intrinsic intrinsic, const State& state, std::uint32_t first);

/// The builtin class whose instances have this shape for ever, or any.
SlotType builtin_type(const Snapshot& s, const Shape* shape);

/// The static type of a constant.
SlotState constant_slot(const Snapshot& s, std::uint64_t bits);

}  // namespace turnstile::codegen
