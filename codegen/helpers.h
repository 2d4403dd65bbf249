// What compiled code calls: a table of addresses, so that the LLVM module needs no symbols of the program.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/bytecode.h"

namespace turnstile::codegen {

// name, result, parameters. p: pointer (Mutator*, Frame*, const Insn* ...), v: 64-bit word (Value or raw int), i:
// 32-bit int, b: bool (8 bits), d: double, n: nothing. Value results are empty, bool results false, int results -1 when
// an exception was raised.
// clang-format off
#define TURNSTILE_HELPERS(X)                                                              \
  X(binary, v, ppvv)          /* mutator, insn, left, right */                            \
  X(compare, v, ppvv)         /* mutator, insn, left, right */                            \
  X(unary, v, ppv)            /* mutator, insn, operand */                                \
  X(truth, i, pv)             /* mutator, value */                                        \
  X(contains, i, pvv)         /* mutator, container, item */                              \
  X(get_item, v, pvv)         /* mutator, container, key */                               \
  X(set_item, b, pvvv)        /* mutator, container, key, value */                        \
  X(load_attr, v, pppv)       /* mutator, frame, insn, self */                            \
  X(store_attr, b, pppvv)     /* mutator, frame, insn, self, value */                     \
  X(slot_value, v, vi)        /* instance, slot that its shape has */                     \
  X(load_global, v, ppp)      /* mutator, frame, insn */                                  \
  X(call, v, ppp)             /* mutator, frame, insn: operands in the frame */           \
  X(load_method, b, pppv)     /* mutator, frame, insn, self: results in the frame */      \
  X(call_method, v, ppp)      /* mutator, frame, insn: operands in the frame */           \
  X(native, v, ppp)           /* mutator, native function, CallArgs */                    \
  X(str_concat, v, pvv)       /* mutator, left, right */                                  \
  X(str_equal, b, vv)         /* left, right */                                           \
  X(box_int, v, pv)           /* mutator, raw int */                                      \
  X(leave, n, pppi)           /* mutator, frame, ExitInfo, failing pc: boxes, sets pc */  \
  X(deopt, v, pp)             /* mutator, frame: goes on in the interpreter */            \
  X(catch_exception, n, ppi)  /* mutator, frame, reraised: to the handler */              \
  X(propagate, n, ppi)        /* mutator, frame, reraised: no handler here */             \
  X(safepoint, b, p)          /* mutator */                                               \
  X(recursion, n, p)          /* mutator: raises */                                       \
  X(unbound, n, pppi)         /* mutator, frame, insn, free variable: raises */           \
  X(float_mod, d, dd)         /* divisor not 0 */                                         \
  X(float_floor_div, d, dd)   /* divisor not 0 */                                         \
  X(float_pow, d, dd)         /* base above 0 */                                          \
  X(get_iter, v, pv)          /* mutator, iterable */                                     \
  X(iter_next, v, pv)         /* mutator, iterator; exhausted: empty, nothing raised */   \
  X(range_iterator, v, pvv)   /* mutator, start, stop: raw; empty: do it otherwise */     \
  X(length, v, pv)            /* mutator, container: raw; negative: raised */             \
  X(list_append, b, pvv)      /* mutator, list, item */                                   \
  X(list_pop, v, pv)          /* mutator, list */                                         \
  X(unlock_object, n, pv)     /* mutator, object whose byte this thread took */           \
  X(list_shrink, n, pv)       /* mutator, list that has got short */                      \
  X(list_store, b, pvvv)      /* mutator, list, index in range or not, value */           \
  X(new_instance, v, ppi)     /* mutator, class without __new__, inline slots */          \
  X(init_result, b, pv)       /* mutator, what __init__ returned: raises unless None */   \
  X(unknown_loop, n, pp)      /* mutator, frame at a loop that the code does not have */  \
  X(set_exception, n, pv)     /* mutator, exception */                                    \
  X(make_cell, v, pv)         /* mutator, contents */
// clang-format on

enum class Helper : std::uint16_t {
#define TURNSTILE_HELPER(name, result, parameters) name,
  TURNSTILE_HELPERS(TURNSTILE_HELPER)
#undef TURNSTILE_HELPER
      count
};

/// The frame of an exit: slots where compiled code stored raw values, which leave() boxes. Lives as long as the code.
struct ExitInfo {
  enum class Raw : std::uint8_t { integer, real, boolean };
  struct Slot {
    std::uint16_t slot;
    Raw raw;
  };
  /// With the pc whose guard failed: no guard, but code that was not compiled.
  static constexpr std::uint32_t kTrap = 0x80000000u;
  std::uint32_t pc = 0;
  std::vector<Slot> slots;
};

struct HelperTable {
  std::array<const void*, static_cast<std::size_t>(Helper::count)> functions{};
  /// bool (Mutator&, Frame*, const Insn&) on frame slots, by opcode; null: none.
  std::array<const void*, static_cast<std::size_t>(Op::count)> steps{};
};

const HelperTable& helper_table();

}  // namespace turnstile::codegen
