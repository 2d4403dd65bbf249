// Compiled code without a runtime: bytecode by hand, a mutator on the stack, helpers that only take notes.
#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "codegen/compiler.h"
#include "core/frame.h"
#include "core/mutator.h"

namespace turnstile::codegen::testing {

/// Where compiled code left to "the interpreter".
struct Exit {
  bool left = false;
  bool trap = false;
  std::uint32_t pc = 0;       // where the interpreter goes on
  std::uint32_t failing = 0;  // whose guard failed: there or behind
};

inline thread_local Exit last_exit;
inline constexpr std::uint64_t kLeft = 0x0e;  // what a function returns that left

inline Value fake_deopt(Mutator*, Frame* frame) {
  last_exit.left = true;
  last_exit.pc = frame->pc;
  return Value::from_bits(kLeft);
}
inline void fake_leave(Mutator*, Frame* frame, const ExitInfo* info, std::uint32_t failing) {
  frame->pc = info->pc;
  last_exit.failing = failing & ~ExitInfo::kTrap;
  last_exit.trap = (failing & ExitInfo::kTrap) != 0;
  for (const ExitInfo::Slot& s : info->slots) {
    Value& v = frame->slots[s.slot];
    const auto raw = static_cast<std::int64_t>(v.bits());
    if (s.raw == ExitInfo::Raw::integer) v = Value::small_int(raw);
    if (s.raw == ExitInfo::Raw::real) v = Value::number(std::bit_cast<double>(raw));
    if (s.raw == ExitInfo::Raw::boolean) v = Value::boolean(raw != 0);
  }
}
inline std::int32_t fake_truth(Mutator*, Value v) { return v.is_int() ? v.as_int() != 0 : 1; }
inline Value fake_box_int(Mutator*, std::int64_t) { return Value::from_bits(0x0c); }  // "some heap int"

inline HelperTable fake_helpers() {
  HelperTable t;
  const auto set = [&](Helper h, auto* f) {
    t.functions[static_cast<std::size_t>(h)] = reinterpret_cast<const void*>(f);
  };
  set(Helper::deopt, &fake_deopt);
  set(Helper::leave, &fake_leave);
  set(Helper::truth, &fake_truth);
  set(Helper::box_int, &fake_box_int);
  return t;
}

/// One backend for all tests; null where the build has none.
inline Backend* shared_backend() {
  static std::string error;
  static Backend* backend = load_backend(BackendOptions(), &error);
  return backend;
}

/// A function of `parameters` parameters made from instructions.
struct Program {
  CodeData data;
  std::vector<std::uint8_t> feedback;
  std::vector<std::uint64_t> consts;

  Program(std::uint16_t parameters, std::uint16_t slots) {
    data.qualname = "test";
    data.positional = parameters;
    data.local_count = slots;
    data.slot_count = slots;
  }
  std::uint32_t add(Op op, std::uint16_t a = 0, std::uint16_t b = 0, std::uint16_t c = 0, std::int32_t d = 0,
                    std::uint8_t saw = 0) {
    data.insns.push_back({op, a, b, c, d, 0});
    feedback.push_back(saw);
    return static_cast<std::uint32_t>(data.insns.size() - 1);
  }
  std::int32_t constant(Value v) {
    consts.push_back(v.bits());
    return static_cast<std::int32_t>(consts.size() - 1);
  }
  Snapshot snapshot(bool traps = true) const {
    Snapshot s;
    s.data = &data;
    s.consts = consts;
    s.feedback = feedback;
    s.generic.assign(data.insns.size(), 0);
    s.caches.resize(data.insns.size());
    s.traps = traps;
    return s;
  }
};

/// A frame with room for 16 slots.
struct Activation {
  Mutator mutator;
  alignas(16) std::byte storage[sizeof(Frame) + 16 * sizeof(Value)] = {};
  Frame* frame = new (storage) Frame();

  Value run(EntryPoint entry, std::initializer_list<Value> arguments) {
    std::size_t i = 0;
    for (Value v : arguments) frame->slots[i++] = v;
    last_exit = Exit();
    return entry(&mutator, frame);
  }
};

}  // namespace turnstile::codegen::testing
