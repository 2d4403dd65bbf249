// The register bytecode: what the builder emits, the interpreter runs and the code generator translates.
//
// An instruction names frame slots a, b, c (16 bits each) and an immediate d (32 bits). Slots 0..local_count-1 are
// the locals (parameters first: positional, keyword-only, *args, **kwargs; then other locals, then cells and free
// variables, which hold Cell objects), the rest are temporaries. Frame slots and pc are the whole state at every
// instruction boundary. "raises": may leave through the exception table. kNoRegister in b or c: absent.
//
// Jumps: d is the index of the target instruction.
#pragma once

#include <cstdint>

namespace turnstile {

inline constexpr std::uint16_t kNoRegister = 0xffff;

// clang-format off
#define TURNSTILE_OPCODES(X)                                                                              \
  X(nop)                                                                                                  \
  X(load_const)      /* a = consts[d] */                                                                  \
  X(move)            /* a = b (never empty) */                                                            \
  X(check_local)     /* raise UnboundLocalError when slot a is empty; d: name const */                    \
  X(clear_local)     /* a = empty (end of `except E as a`, temporaries that must not leak) */             \
  X(delete_local)    /* a = empty; UnboundLocalError if it was; d: name */                                \
  X(load_global)     /* a = globals/builtins[consts[d]]; cached; NameError */                             \
  X(store_global)    /* globals[consts[d]] = a */                                                         \
  X(delete_global)   /* d: name */                                                                        \
  X(load_name)       /* a = namespace (class body), then globals, then builtins; d: name */               \
  X(store_name)      /* namespace[consts[d]] = a (module level: namespace is globals) */                  \
  X(delete_name)     /* d: name */                                                                        \
  X(make_cell)       /* slot a = new Cell holding what slot a held (empty allowed) */                     \
  X(load_cell)       /* a = cell b's value; NameError/UnboundLocalError when empty; d: name; c: 1 if free */ \
  X(store_cell)      /* cell a's value = b */                                                             \
  X(delete_cell)     /* cell a's value = empty; error if it was; d: name; c: 1 if free */                 \
  X(load_class_cell) /* class body: a = namespace[consts[d]] if there, else cell b's value */             \
  X(load_attr)       /* a = b.consts[d]; cached */                                                        \
  X(store_attr)      /* a.consts[d] = b; cached */                                                        \
  X(delete_attr)     /* del a.consts[d] */                                                                \
  X(load_item)       /* a = b[c] */                                                                       \
  X(store_item)      /* a[b] = c */                                                                       \
  X(delete_item)     /* del a[b] */                                                                       \
  X(add) X(sub) X(mul) X(true_div) X(floor_div) X(mod) X(pow) X(lshift) X(rshift) /* a = b op c; d: 1 if in place */ \
  X(bit_and) X(bit_or) X(bit_xor) X(mat_mul)                                                              \
  X(neg) X(pos) X(invert)           /* a = op b */                                                        \
  X(logical_not)                    /* a = not b (bool) */                                                \
  X(lt) X(le) X(eq) X(ne) X(gt) X(ge) /* a = b op c */                                                    \
  X(is_op) X(is_not)                /* a = b is (not) c */                                                \
  X(contains) X(not_contains)       /* a = b (not) in c */                                                \
  X(jump)            /* forward */                                                                        \
  X(jump_back)       /* loop back-edge: poll, loop counter, entry into compiled code */                   \
  X(jump_if_true)    /* if a */                                                                           \
  X(jump_if_false)   /* if not a */                                                                       \
  X(get_iter)        /* a = iter(b) */                                                                    \
  X(for_iter)        /* a = next(b), or jump to d when exhausted */                                       \
  X(unpack_sequence) /* slots a .. a+c-1 = exactly c items of b */                                        \
  X(unpack_ex)       /* slots a .. = c items of b, a list of the rest, then d more */                     \
  X(build_tuple)     /* a = tuple of slots b .. b+c-1 */                                                  \
  X(build_list) X(build_set)                                                                              \
  X(build_map)       /* a = dict of c pairs key, value in slots b .. b+2c-1 */                            \
  X(build_string)    /* a = concatenation of the c str in slots b .. */                                   \
  X(build_slice)     /* a = slice(b, b+1, b+2) */                                                         \
  X(format_value)    /* a = format(b, c or ''); d: 0, or conversion 's' 'r' 'a' first */                  \
  X(list_append)     /* list a gets b (comprehensions: a is private to the frame) */                      \
  X(set_add)         /* set a gets b */                                                                   \
  X(dict_set)        /* dict a[b] = c */                                                                  \
  X(list_extend)     /* list a gets all of iterable b */                                                  \
  X(set_update)      /* set a gets all of iterable b */                                                   \
  X(dict_update)     /* dict a gets mapping b ({**b}) */                                                  \
  X(dict_merge)      /* keyword dict a gets mapping b; TypeError for a duplicate or a key that is no str; c: callee */ \
  X(list_to_tuple)   /* a = tuple(list b) */                                                              \
  X(call)            /* a = b(b+1 .. b+c) */                                                              \
  X(call_kw)         /* a = b(b+1 .. b+c), the last len(consts[d]) of which are keywords named by consts[d] */ \
  X(call_ex)         /* a = b(*tuple b+1, **dict b+2); b+2 may hold None */                               \
  X(load_method)     /* a = what b.consts[d] calls, a+1 = b where it takes the receiver first, else empty; cached */ \
  X(call_method)     /* a = b(b+1 .. b+1+c), without b+1 where that is empty: behind a load_method to b */ \
  X(make_function)   /* a = function of code consts[d]; b: defaults tuple or None, b+1: keyword defaults dict or */ \
                     /* None, b+2: tuple of closure cells or None */                                      \
  X(load_build_class) /* a = the builtin that makes classes: called with body function, name, *bases, **keywords */ \
  X(return_value)    /* return a */                                                                       \
  X(yield_value)     /* yield b; a = what send() gave */                                                  \
  X(get_yield_from_iter) /* a = iterator that `yield from b` delegates to */                              \
  X(yield_from)      /* delegate to b (runs again at each resume); a = its return value in the end */     \
  X(raise)           /* raise a from b */                                                                 \
  X(raise_bare)      /* raise: the exception being handled, or RuntimeError */                            \
  X(reraise)         /* go on raising the exception a: traceback and context as they are */               \
  X(enter_handler)   /* the exception in a becomes the one being handled; b = the one before (or None) */ \
  X(leave_handler)   /* the exception being handled is b again */                                         \
  X(match_exception) /* a = bool: exception b matches type or tuple c */                                  \
  X(load_assertion_error) /* a = AssertionError */                                                        \
  X(with_enter)      /* a = b.__enter__(); slot c = bound b.__exit__ */                                   \
  X(with_exit)       /* a = slot b(type, value, traceback of exception c, or three None if c is kNoRegister) */ \
  X(import_name)     /* a = module consts[d]; b: slot of a tuple of names or kNoRegister; c: level */     \
  X(import_from)     /* a = b.consts[d], or its submodule; ImportError */                                 \
  X(import_star)     /* every public name of module b into the namespace */                               \
  X(print_expr)      /* interactive mode: print repr(a) unless None */
// clang-format on

enum class Op : std::uint16_t {
#define TURNSTILE_OP(name) name##_,
  TURNSTILE_OPCODES(TURNSTILE_OP)
#undef TURNSTILE_OP
      count
};

const char* op_name(Op op);

constexpr bool is_arithmetic(Op op) { return op >= Op::add_ && op <= Op::mat_mul_; }  // two operands
constexpr bool is_comparison(Op op) { return op >= Op::lt_ && op <= Op::ge_; }        // ordering and equality
constexpr bool is_unary_arithmetic(Op op) { return op >= Op::neg_ && op <= Op::invert_; }

struct Insn {
  Op op = Op::nop_;
  std::uint16_t a = 0;
  std::uint16_t b = 0;
  std::uint16_t c = 0;
  std::int32_t d = 0;
  std::uint32_t cache = 0;  // index of this instruction's CacheSlot + 1 where the opcode is cached, else 0
};
static_assert(sizeof(Insn) == 16);

/// Where an instruction comes from: lines from 1, columns in UTF-8 bytes from 0, end exclusive. 0 lines: none.
/// `anchor_*`: the operator of a binary operation or the subscript, for the carets of tracebacks (columns on `line`,
/// 0, 0: none).
struct SourceSpan {
  std::uint32_t line = 0, end_line = 0;
  std::uint32_t column = 0, end_column = 0;
  std::uint32_t anchor_begin = 0, anchor_end = 0;
};

/// Innermost first: the first entry with begin <= pc < end takes an exception raised at pc: slot `reg` gets it and
/// execution goes on at `handler`.
struct ExceptionEntry {
  std::uint32_t begin = 0, end = 0, handler = 0;
  std::uint16_t reg = 0;
};

/// Kinds of operands that an instruction has met: bits of Code::feedback, one byte for each instruction.
enum Feedback : std::uint8_t {
  kSawInt = 1,       // both operands inline ints (or bool), or the one operand
  kSawFloat = 2,     // both doubles
  kSawIntFloat = 4,  // one each
  kSawStr = 8,
  kSawList = 16,  // container operand is exactly list (load_item, for_iter ...)
  kSawDict = 32,
  kSawTuple = 64,
  kSawOther = 128,  // anything else (big ints too)
};

}  // namespace turnstile
