// The parts of register_function_types(), and what they share.
#pragma once

#include <cstdio>

#include "core/types/classes.h"

namespace turnstile {

void define_native_functions(Mutator& m);  // native_function.cpp
void define_functions(Mutator& m);         // function.cpp
void define_methods(Mutator& m);           // method.cpp
void define_generators(Mutator& m);        // generator.cpp
void define_code_types(Mutator& m);        // code.cpp: code, cell
void define_modules(Mutator& m);           // module.cpp
void define_frames(Mutator& m);            // frame.cpp: frame, traceback

/// What code with these globals finds its builtins in: their __builtins__, or those of the runtime.
Dict* builtins_of(Mutator& m, Dict* globals);

Value call_bound(Mutator& m, Value method, const CallArgs& args);
bool hash_bound(Mutator& m, Value method, std::int64_t* out);
/// == of bound methods: the same function on the same object.
Value compare_bound(Mutator& m, CompareOp op, Value left, Value right);

inline std::string hex_address(const void* p) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%llx", static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(p)));
  return text;
}

/// Line of the instruction at pc; 0: unknown.
inline std::uint32_t line_at(const CodeData& code, std::uint32_t pc) {
  return pc < code.spans.size() ? code.spans[pc].line : code.first_line;
}

}  // namespace turnstile
