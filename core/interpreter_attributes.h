// Globals, attributes and methods through inline caches, without calls. Empty or false: take the slow path of
// core/inline_cache.h, which leaves a cache entry behind.
#pragma once

#include "core/call.h"
#include "core/frame.h"
#include "core/inline_cache.h"
#include "core/objects/function.h"
#include "core/write_barrier.h"

namespace turnstile {

[[gnu::always_inline]] inline const CacheEntry* cache_entry(const CodeData& data, const Insn& insn) {
  return insn.cache == 0 ? nullptr : data.caches[insn.cache - 1].entry.load(std::memory_order_acquire);
}

[[gnu::always_inline]] inline Value load_global_cached(const CodeData& data, const Frame* frame, const Insn& insn) {
  const CacheEntry* e = data.caches[insn.cache - 1].entry.load(std::memory_order_acquire);
  if (e == nullptr) return Value();
  return cache_kind(e) == CacheKind::table_entry ? cached_table_value(frame->globals, e)
                                                 : cached_builtin_value(frame->globals, frame->builtins, e);
}

/// Runs the getter of a property: empty with an exception where that raised.
[[gnu::always_inline]] inline Value load_attr_cached(Mutator& m, const CodeData& data, Frame* frame, std::uint32_t pc,
                                                     Value self) {
  if (!self.is_object()) return Value();
  Object* o = self.as_object();
  const CacheEntry* e = cache_entry(data, data.insns[pc]);
  if (e == nullptr) return Value();
  switch (cache_kind(e)) {
    case CacheKind::slot:
      if (!cache_shape_matches(e, o->shape())) return Value();
      return instance_slot(static_cast<Instance*>(o), static_cast<std::uint32_t>(e->words[0]))->load();
    case CacheKind::class_value:
      return cache_shape_matches(e, o->shape()) ? e->refs[1].load_relaxed() : Value();
    case CacheKind::table_entry:
      return o->kind == Kind::module ? cached_table_value(static_cast<Module*>(o)->dict, e) : Value();
    case CacheKind::type_value:
      if (e->refs[0].load_relaxed() != self ||
          static_cast<Type*>(o)->version.load(std::memory_order_acquire) != e->words[1]) {
        return Value();
      }
      return e->refs[1].load_relaxed();
    case CacheKind::property:
      if (!cache_shape_matches(e, o->shape())) return Value();
      frame->pc = pc;
      return call_function(m, e->refs[1].load_relaxed().as<Function>(), CallArgs{&self, 1, nullptr});
    default:
      return Value();
  }
}

/// An existing slot is a lone release store (core/objects/type.h); adding one takes the instance's guard.
[[gnu::always_inline]] inline bool store_attr_cached(Mutator& m, const CodeData& data, Frame* frame, std::uint32_t pc,
                                                     Value self, Value value) {
  if (!is_kind(self, Kind::instance)) return false;
  auto* o = self.as<Instance>();
  const CacheEntry* e = cache_entry(data, data.insns[pc]);
  if (e == nullptr || !cache_shape_matches(e, o->shape()) || e->words[0] >= o->aux) return false;
  if (cache_kind(e) == CacheKind::slot) {
    o->slots[e->words[0]].store(value);
    note_store(m, &o->slots[e->words[0]]);
    return true;
  }
  if (cache_kind(e) != CacheKind::add_slot) return false;
  frame->pc = pc;
  return add_slot_cached(m, o, e, value);
}

/// Fills the two slots of load_method.
[[gnu::always_inline]] inline bool load_method_cached(const CodeData& data, Frame* frame, const Insn& insn) {
  Value self = frame->slots[insn.b];
  const CacheEntry* e = cache_entry(data, insn);
  if (!self.is_object() || e == nullptr) return false;
  Object* o = self.as_object();
  if (cache_kind(e) == CacheKind::method && cache_shape_matches(e, o->shape()) && !o->has_flag(kHasDict)) {
    frame->slots[insn.a] = e->refs[1].load_relaxed();
    frame->slots[insn.a + 1] = self;
    return true;
  }
  if (cache_kind(e) != CacheKind::table_entry || o->kind != Kind::module) return false;
  Value v = cached_table_value(static_cast<Module*>(o)->dict, e);
  if (v.is_empty()) return false;
  frame->slots[insn.a] = v;
  frame->slots[insn.a + 1] = Value();
  return true;
}

}  // namespace turnstile
