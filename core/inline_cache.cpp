#include "core/inline_cache.h"

#include "core/exceptions.h"
#include "core/frame.h"
#include "core/objects/iterators.h"
#include "core/ops.h"

namespace turnstile {

namespace {

constexpr std::size_t kCacheEntryBytes = sizeof(CacheEntry);

Str* insn_name(Frame* frame, const Insn& insn) {
  return frame->code->consts->at(static_cast<std::size_t>(insn.d)).as<Str>();
}

CacheSlot* slot_of(Frame* frame, const Insn& insn) {
  return insn.cache == 0 ? nullptr : &frame->code->data->caches[insn.cache - 1];
}

bool is_function_like(Value v) { return is_kind(v, Kind::function) || is_kind(v, Kind::native_function); }

// True when reading the class attribute through an instance or class gives the attribute itself.
bool binds_nothing(Mutator& m, Value v) {
  Type* cls = type_of(m, v);
  if (cls->slots != nullptr && cls->slots->descriptor_get != nullptr) return false;
  return !cls->has_type_flag(kHeapType) || lookup_type(m, cls, m.runtime->names.__get__).is_empty();
}

bool is_data_descriptor(Mutator& m, Value v) {
  if (!v.is_object()) return false;
  Type* cls = type_of(m, v);
  if (cls->slots != nullptr && cls->slots->descriptor_set != nullptr) return true;
  return cls->has_type_flag(kHeapType) && (!lookup_type(m, cls, m.runtime->names.__set__).is_empty() ||
                                           !lookup_type(m, cls, m.runtime->names.__delete__).is_empty());
}

// An object whose attribute lookup is decided by shape and class alone.
bool shape_decides(Object* o) {
  switch (o->kind) {
    case Kind::exception:
    case Kind::function:
    case Kind::module:
    case Kind::type:
    case Kind::super_object:
    case Kind::native_object:
    case Kind::bound_method:
    case Kind::native_function:
    case Kind::frame_object:
      return false;
    case Kind::instance:
      return !o->shape()->dict_mode;
    default:
      return !o->has_flag(kHasDict);
  }
}

// Module attributes: where the name is in the module's dict. Empty when the dict lacks it.
Value load_module_attr(Mutator& m, Module* module, Str* name, CacheSlot* slot) {
  auto* table = module->dict->table.load(std::memory_order_acquire);
  const std::int64_t at = dict_find_name(table, name);
  if (at < 0) return Value();
  Value v = table->entries[at].value.load();
  if (!v.is_empty() && slot != nullptr) {
    publish_cache(m, *slot, CacheKind::table_entry, Value::object(table), Value(), static_cast<std::uint64_t>(at), 0);
  }
  return v;
}

// Attributes of class objects which are plain values or functions. Empty: take the general path.
Value load_type_attr(Mutator& m, Type* type, Str* name, CacheSlot* slot) {
  const std::uint64_t version = type->version.load(std::memory_order_acquire);
  if (!lookup_type(m, type_of(m, Value::object(type)), name).is_empty()) return Value();
  Value v = lookup_type(m, type, name);
  if (v.is_empty()) return v;
  if (!is_kind(v, Kind::function) && !binds_nothing(m, v)) return Value();
  if (slot != nullptr) publish_cache(m, *slot, CacheKind::type_value, Value::object(type), v, 0, version);
  return v;
}

}  // namespace

void publish_cache(Mutator& m, CacheSlot& slot, CacheKind kind, Value r0, Value r1, std::uint64_t w0,
                   std::uint64_t w1) {
  const std::uint32_t misses = slot.misses.load(std::memory_order_relaxed);
  if (misses >= kMaxCacheMisses) return;
  slot.misses.store(misses + 1, std::memory_order_relaxed);
  auto* entry = static_cast<CacheEntry*>(allocator::try_allocate(m.cursors, kCacheEntryBytes));
  if (entry == nullptr) {
    entry = static_cast<CacheEntry*>(m.runtime->allocate_slow(m, kCacheEntryBytes));
    if (entry == nullptr) {
      m.exception = Value();  // a cache is a luxury
      return;
    }
  }
  new (entry) CacheEntry();
  entry->kind = Kind::cache_entry;
  entry->sub = static_cast<std::uint8_t>(kind);
  entry->refs[0].store_relaxed(r0);
  entry->refs[1].store_relaxed(r1);
  // What the instruction met before: compiled code looks along this chain (kMaxCacheMisses bounds it).
  if (const CacheEntry* before = slot.entry.load(std::memory_order_acquire); before != nullptr) {
    entry->refs[3].store_relaxed(Value::object(before));
  }
  entry->words[0] = w0;
  entry->words[1] = w1;
  slot.entry.store(entry, std::memory_order_release);
}

Value load_global_slow(Mutator& m, Frame* frame, const Insn& insn) {
  Str* name = insn_name(frame, insn);
  CacheSlot* slot = slot_of(frame, insn);
  // The version is read before the miss, so that a later insertion invalidates the entry.
  const std::uint32_t version = frame->globals->keys_version.load(std::memory_order_acquire);
  auto* table = frame->globals->table.load(std::memory_order_acquire);
  std::int64_t at = dict_find_name(table, name);
  if (at >= 0) {
    Value v = table->entries[at].value.load();
    if (!v.is_empty()) {
      if (slot != nullptr) {
        publish_cache(m, *slot, CacheKind::table_entry, Value::object(table), Value(), static_cast<std::uint64_t>(at),
                      0);
      }
      return v;
    }
  }
  auto* builtins = frame->builtins->table.load(std::memory_order_acquire);
  at = dict_find_name(builtins, name);
  if (at >= 0) {
    Value v = builtins->entries[at].value.load();
    if (!v.is_empty()) {
      if (slot != nullptr) {
        publish_cache(m, *slot, CacheKind::builtin_entry, Value::object(frame->globals), Value::object(builtins),
                      version, static_cast<std::uint64_t>(at));
      }
      return v;
    }
  }
  Value error = make_exception(m, m.runtime->exceptions.NameError, "name '" + to_utf8(name) + "' is not defined");
  if (error.is_empty()) return error;
  if (!set_attr(m, error, m.runtime->names.name, Value::object(name))) return Value();
  return raise_value(m, error);
}

Value load_attr_slow(Mutator& m, Frame* frame, const Insn& insn, Value self) {
  Str* name = insn_name(frame, insn);
  CacheSlot* cache = slot_of(frame, insn);
  if (!self.is_object()) return get_attr(m, self, name);
  Object* o = self.as_object();
  if (o->kind == Kind::module) {
    Value v = load_module_attr(m, static_cast<Module*>(o), name, cache);
    return v.is_empty() ? get_attr(m, self, name) : v;
  }
  if (o->kind == Kind::type) {
    Value v = load_type_attr(m, static_cast<Type*>(o), name, cache);
    if (!v.is_empty() || m.has_exception()) return v;
    return get_attr(m, self, name);
  }
  if (cache == nullptr || !shape_decides(o)) return get_attr(m, self, name);
  Shape* shape = o->shape();
  Type* cls = shape->cls;
  if (cls->has_type_flag(kOverridesGetAttr) || (cls->slots != nullptr && cls->slots->get_attr != nullptr)) {
    return get_attr(m, self, name);
  }
  const std::uint64_t version = cls->version.load(std::memory_order_acquire);
  Value of_class = lookup_type(m, cls, name);
  if (is_kind(of_class, Kind::property)) {
    Value getter = static_cast<Property*>(of_class.as_object())->get.load();
    if (is_kind(getter, Kind::function)) {
      publish_cache(m, *cache, CacheKind::property, Value::object(shape), getter, 0, version);
      return call(m, getter, {self});
    }
    return get_attr(m, self, name);
  }
  if (!of_class.is_empty() && is_data_descriptor(m, of_class)) return get_attr(m, self, name);
  if (o->kind == Kind::instance) {
    const std::uint32_t slot = find_slot(shape, name);
    if (slot != kNoSlot) {
      Value v = instance_slot(static_cast<Instance*>(o), slot)->load();
      if (v.is_empty()) return get_attr(m, self, name);
      publish_cache(m, *cache, CacheKind::slot, Value::object(shape), Value(), slot, version);
      return v;
    }
  }
  if (!of_class.is_empty() && is_function_like(of_class)) {
    publish_cache(m, *cache, CacheKind::method, Value::object(shape), of_class, 0, version);
    return make_bound_method(m, of_class, self);
  }
  if (!of_class.is_empty() && binds_nothing(m, of_class)) {
    publish_cache(m, *cache, CacheKind::class_value, Value::object(shape), of_class, 0, version);
    return of_class;
  }
  return get_attr(m, self, name);
}

bool store_attr_slow(Mutator& m, Frame* frame, const Insn& insn, Value self, Value value) {
  Str* name = insn_name(frame, insn);
  CacheSlot* cache = slot_of(frame, insn);
  if (cache == nullptr || !is_kind(self, Kind::instance)) return set_attr(m, self, name, value);
  auto* o = static_cast<Instance*>(self.as_object());
  Shape* before = o->shape();
  Type* cls = before->cls;
  const std::uint64_t version = cls->version.load(std::memory_order_acquire);
  if (before->dict_mode || cls->has_type_flag(kOverridesSetAttr) ||
      (cls->slots != nullptr && cls->slots->set_attr != nullptr)) {
    return set_attr(m, self, name, value);
  }
  Value of_class = lookup_type(m, cls, name);
  if (!of_class.is_empty() && is_data_descriptor(m, of_class)) return set_attr(m, self, name, value);
  if (!set_attr(m, self, name, value)) return false;
  const std::uint32_t slot = find_slot(before, name);
  if (slot != kNoSlot) {
    publish_cache(m, *cache, CacheKind::slot, Value::object(before), Value(), slot, version);
    return true;
  }
  Shape* after = o->shape();
  // Only a plain transition by this very store: another thread may have added more meanwhile.
  if (after->parent == before && !after->dict_mode && find_slot(after, name) == before->slot_count() &&
      after->slot_count() == before->slot_count() + 1) {
    publish_cache(m, *cache, CacheKind::add_slot, Value::object(before), Value::object(after), before->slot_count(),
                  version);
  }
  return true;
}

Value load_method_slow(Mutator& m, Frame* frame, const Insn& insn, Value self, bool* self_first) {
  Str* name = insn_name(frame, insn);
  CacheSlot* cache = slot_of(frame, insn);
  *self_first = false;
  if (!self.is_object()) {
    Value v = lookup_type(m, type_of(m, self), name);
    if (!v.is_empty() && is_function_like(v)) {
      *self_first = true;
      return v;
    }
    return get_attr(m, self, name);
  }
  Object* o = self.as_object();
  if (o->kind == Kind::module || o->kind == Kind::type || !shape_decides(o)) {
    return load_attr_slow(m, frame, insn, self);
  }
  Shape* shape = o->shape();
  Type* cls = shape->cls;
  if (cls->has_type_flag(kOverridesGetAttr) || (cls->slots != nullptr && cls->slots->get_attr != nullptr)) {
    return get_attr(m, self, name);
  }
  const std::uint64_t version = cls->version.load(std::memory_order_acquire);
  Value of_class = lookup_type(m, cls, name);
  const bool in_instance = o->kind == Kind::instance && find_slot(shape, name) != kNoSlot;
  if (!in_instance && !of_class.is_empty() && is_function_like(of_class)) {
    if (cache != nullptr) {
      publish_cache(m, *cache, CacheKind::method, Value::object(shape), of_class, 0, version);
    }
    *self_first = true;
    return of_class;
  }
  return load_attr_slow(m, frame, insn, self);
}

}  // namespace turnstile
