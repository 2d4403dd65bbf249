// Everything that the compiler wants to know about one function, copied while the thread runs, so that inference and
// LLVM need neither the heap nor a lock. Pointers in it are only ever emitted as constants, or point to immutable data
// that the code object owns.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "codegen/plain_init.h"
#include "core/bytecode.h"
#include "core/inline_cache.h"
#include "core/objects/function.h"
#include "core/objects/type.h"

namespace turnstile::codegen {

/// Builtins that compiled code knows by name.
enum class Intrinsic : std::uint8_t { none, len, range, abs, min, max, list_append, list_pop, math_sqrt };

/// A callable constant.
struct Callee {
  enum class Kind : std::uint8_t { other, python, native, instantiate };
  Kind kind = Kind::other;
  std::uint64_t bits = 0;
  // python: a plain call copies the arguments.
  const Function* function = nullptr;
  const Code* code = nullptr;
  const Dict* globals = nullptr;
  const Dict* builtins = nullptr;
  std::uint32_t positional = 0, local_count = 0, slot_count = 0, free_begin = 0;
  std::vector<std::uint64_t> cells;
  std::vector<std::uint64_t> defaults;  // of the last parameters
  std::uint64_t defaults_bits = 0;      // the tuple they came from
  bool simple = false;                  // no keyword-only parameters, *args, **kwargs, not a generator
  // native
  const NativeDef* def = nullptr;
  Intrinsic intrinsic = Intrinsic::none;
  // instantiate: a heap class whose instances are made and passed to a plain __init__ (`function` ... above)
  const Type* type = nullptr;
  std::uint64_t type_version = 0;
  const Shape* root_shape = nullptr;
  std::uint32_t inline_slots = 0;
  bool has_init = false;
  PlainInit plain_init;  // where it has a shape, __init__ need not be called
};

/// What an inline cache held.
struct CacheInfo {
  CacheKind kind = CacheKind::none;
  std::uint64_t ref0 = 0, ref1 = 0;
  std::uint64_t word0 = 0, word1 = 0;
  std::uint64_t value = 0;            // table and builtin entries: what the entry held
  std::uint64_t value_address = 0;    // ... and where
  std::uint64_t version_address = 0;  // slot, method ...: of the class's version
  std::uint32_t misses = 0;
  std::vector<CacheInfo> before;  // of other shapes that came here, newest first; a few
};

struct Snapshot {
  const CodeData* data = nullptr;
  const Code* code = nullptr;
  std::vector<std::uint64_t> consts;
  std::vector<std::uint8_t> feedback;                 // by pc
  std::vector<std::uint8_t> generic;                  // by pc: speculation failed here too often
  std::vector<CacheInfo> caches;                      // by pc
  std::unordered_map<std::uint64_t, Callee> callees;  // by value
  // By shape of instances: how many of its slots are expected in the object itself. What is known to have the shape was
  // checked for it, too.
  std::unordered_map<std::uint64_t, std::uint32_t> inline_slots;
  bool traps = false;  // code that never ran is not compiled: it leaves
  bool guards_objects = false;
  bool biases_objects = false;  // an owner's sections are compiled in
  bool polls = false;
  std::uint32_t poll_mask = 0;
  std::uint64_t slot_cards = 0;  // of the write barrier (core/write_barrier.h); 0: there is none
  // Root shapes of builtin classes.
  const Shape *list_shape = nullptr, *tuple_shape = nullptr, *dict_shape = nullptr, *str_shape = nullptr;

  /// What takes an object's lock for a few stores is compiled in.
  bool compiles_sections() const { return !guards_objects || biases_objects; }
  const Insn& insn(std::uint32_t pc) const { return data->insns[pc]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(data->insns.size()); }
  bool slot_is_inline(std::uint64_t shape, std::uint64_t slot) const {
    auto it = inline_slots.find(shape);
    return it != inline_slots.end() && slot < it->second;
  }
  const Callee* callee(std::uint64_t bits) const {
    auto it = callees.find(bits);
    return it == callees.end() ? nullptr : &it->second;
  }
  /// Index into data->exceptions of the entry that takes what is raised at pc, or -1.
  int handler(std::uint32_t pc) const {
    for (std::size_t i = 0; i < data->exceptions.size(); ++i) {
      if (pc >= data->exceptions[i].begin && pc < data->exceptions[i].end) return static_cast<int>(i);
    }
    return -1;
  }
};

}  // namespace turnstile::codegen
