// Attribute storage of instances and of the other objects that carry attributes. No class lookup here.
//
//   slots (shape says where) ──__dict__ asked for, too many attributes──► dict mode (overflow holds the Dict)
//
// The step to dict mode moves values that other threads may replace without the lock, so it stops the world.
#include <algorithm>
#include <cstring>

#include "core/allocate_object.h"
#include "core/containers/dict.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/types/class_flags.h"
#include "core/types/classes.h"
#include "core/write_barrier.h"

namespace turnstile {

namespace {

constexpr std::uint32_t kMaxInlineSlots = 24;

Dict* dict_of(const Instance* self) { return static_cast<Dict*>(self->overflow.load(std::memory_order_acquire)); }

// The class's next instances get room for what this one needed. A racy maximum: a lost update costs a buffer.
void predict_slots(Type* cls, std::uint32_t needed) {
  needed = std::min(needed, kMaxInlineSlots);
  if (cls->predicted_slots.load(std::memory_order_relaxed) < needed) {
    cls->predicted_slots.store(needed, std::memory_order_relaxed);
  }
}

// Room for overflow slot `index`. The caller holds the instance's lock. Null with MemoryError.
AtomicValue* overflow_slot(Mutator& m, Instance* self, std::uint32_t index) {
  auto* buffer = static_cast<ValueBuffer*>(self->overflow.load(std::memory_order_relaxed));
  const std::uint32_t capacity = buffer == nullptr ? 0 : buffer->capacity();
  if (index < capacity) return &buffer->items[index];
  ValueBuffer* longer = allocate_buffer(m, std::max<std::uint32_t>(4, capacity * 2));
  if (longer == nullptr) return nullptr;
  for (std::uint32_t i = 0; i < capacity; ++i) longer->items[i].store_relaxed(buffer->items[i].load_relaxed());
  // Pairs with the acquire in instance_slot: readers of the old buffer read values that were true a moment ago.
  self->overflow.store(longer, std::memory_order_release);
  return &longer->items[index];
}

// Copies what the slots hold into a dict that has room for it. World stopped, or the instance is private.
bool move_to_dict(Mutator& m, Instance* self, Shape* shape, Dict* dict) {
  const ShapeTable* table = shape->table.load(std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < shape->slot_count(); ++i) {
    Value name = table->names[i].load_relaxed();
    if (name.is_empty()) continue;
    Value v = instance_slot(self, i)->load_relaxed();
    if (!v.is_empty() && !dict_set_name(m, dict, name.as<Str>(), v)) return false;
  }
  return true;
}

// The instance's attributes as a dict, from now on. Null with MemoryError. May stop the world.
Dict* enter_dict_mode(Mutator& m, Instance* self) {
  Shape* target = dict_mode_shape(m, self->shape()->cls);
  if (target == nullptr) return nullptr;
  for (;;) {
    Shape* seen = self->shape();
    if (seen->dict_mode) return dict_of(self);
    Dict* dict = make_dict(m);
    if (dict == nullptr || !dict_reserve(m, dict, seen->slot_count() + 1)) return nullptr;
    const bool alone = m.runtime->attached_threads() <= 1;
    const bool stopped = !alone && m.runtime->stop_world(m);
    Dict* result = nullptr;
    if (Shape* now = self->shape(); now == seen) {
      // Nothing allocates in here: the dict has room. Without a world lock (and with other threads) instances are not
      // shared, as such a policy's programs promise.
      if (move_to_dict(m, self, now, dict)) {
        self->overflow.store(dict, std::memory_order_release);
        self->set_shape(target);
        note_owner(m, self);
        result = dict;
      }
    }
    if (stopped) m.runtime->resume_world(m);
    if (result != nullptr) return result;
    if (m.has_exception()) return nullptr;
  }
}

enum class Stored : std::uint8_t { done, failed, wants_dict };

// Adds or replaces under the lock.
Stored store_locked(Mutator& m, Instance* self, Str* name, Value value) {
  ObjectGuard guard(m, self);
  Shape* shape = self->shape();
  if (shape->dict_mode) return Stored::wants_dict;
  std::uint32_t slot = find_slot(shape, name);
  Shape* after = shape;
  if (slot == kNoSlot) {
    after = shape_after_add(m, shape, name);
    if (after == nullptr) return m.has_exception() ? Stored::failed : Stored::wants_dict;
    slot = shape->slot_count();
  }
  AtomicValue* place = slot < self->aux ? &self->slots[slot] : overflow_slot(m, self, slot - self->aux);
  if (place == nullptr) return Stored::failed;
  place->store(value);
  if (after != shape) {
    self->set_shape(after);
    if (slot >= self->aux) predict_slots(shape->cls, slot + 1);
  }
  return Stored::done;
}

bool set_instance_attribute(Mutator& m, Instance* self, Str* name, Value value) {
  Shape* shape = self->shape();
  if (!shape->dict_mode) {
    const std::uint32_t slot = find_slot(shape, name);
    if (slot < self->aux) {  // kNoSlot is the largest number
      self->slots[slot].store(value);
      note_store(m, &self->slots[slot]);
      return true;
    }
    switch (store_locked(m, self, name, value)) {
      case Stored::done:
        return true;
      case Stored::failed:
        return false;
      case Stored::wants_dict:
        break;
    }
  }
  Dict* dict = self->shape()->dict_mode ? dict_of(self) : enter_dict_mode(m, self);
  return dict != nullptr && dict_set_name(m, dict, name, value);
}

int delete_instance_attribute(Mutator& m, Instance* self, Str* name) {
  for (;;) {
    if (self->shape()->dict_mode) return dict_delete(m, dict_of(self), Value::object(name));
    {
      ObjectGuard guard(m, self);
      Shape* shape = self->shape();
      if (shape->dict_mode) continue;
      const std::uint32_t slot = find_slot(shape, name);
      if (slot == kNoSlot) return 0;
      Shape* after = shape_after_delete(m, shape, slot);
      if (after != nullptr) {
        // A store by a thread that still sees the old shape lands in a hole: as if it had come before the deletion.
        self->set_shape(after);
        instance_slot(self, slot)->store(Value());
        return 1;
      }
      if (m.has_exception()) return -1;
    }
    if (enter_dict_mode(m, self) == nullptr) return -1;
  }
}

}  // namespace

Instance* allocate_instance(Mutator& m, Type* cls, Value boxed) {
  const std::uint32_t slots = std::max<std::uint32_t>(1, cls->predicted_slots.load(std::memory_order_relaxed));
  const std::size_t bytes = Instance::slots_offset() + (slots + 1) * sizeof(AtomicValue);
  auto* self =
      new_object<Instance>(m, cls->root_shape, Kind::instance, boxed.is_empty() ? bytes - sizeof(AtomicValue) : bytes);
  if (self == nullptr) return nullptr;
  self->aux = slots;
  std::memset(static_cast<void*>(self->slots), 0, slots * sizeof(AtomicValue));
  if (!boxed.is_empty()) {
    self->sub = 1;
    self->slots[slots].store_relaxed(boxed);
  }
  return self;
}

AtomicValue* attribute_dict_slot(Object* o) {
  if (!o->has_flag(kHasDict) && o->kind != Kind::exception && o->kind != Kind::function) return nullptr;
  switch (o->kind) {
    case Kind::exception:
      return &reinterpret_cast<Exception*>(o)->attributes;
    case Kind::function:
      return &static_cast<Function*>(o)->attributes;
    case Kind::native_object:
      return &static_cast<NativeObject*>(o)->attributes;
    case Kind::list:
      return &static_cast<ListWithAttributes*>(o)->attributes;
    case Kind::dict:
      return &static_cast<Dict*>(o)->attributes;
    case Kind::set:
    case Kind::frozenset:
      return &static_cast<Set*>(o)->attributes;
    case Kind::tuple:
      return &static_cast<Tuple*>(o)->items[static_cast<Tuple*>(o)->length()];
    default:
      return nullptr;
  }
}

bool carries_attributes(const Object* o) {
  if (o->kind == Kind::instance) return o->shape()->cls->has_type_flag(kHeapType);
  if (o->kind == Kind::module) return true;
  return attribute_dict_slot(const_cast<Object*>(o)) != nullptr;
}

namespace {

// The dict behind an attribute slot, made when it is not there.
Dict* demand_dict(Mutator& m, Object* owner, AtomicValue* slot) {
  if (Value v = slot->load(); !v.is_empty()) return v.as<Dict>();
  Dict* fresh = make_dict(m);
  if (fresh == nullptr) return nullptr;
  ObjectGuard guard(m, owner);
  if (Value v = slot->load(); !v.is_empty()) return v.as<Dict>();
  slot->store(Value::object(fresh));
  return fresh;
}

}  // namespace

Value get_own_attribute(Mutator&, Object* self, Str* name) {
  if (self->kind == Kind::instance) {
    auto* instance = static_cast<Instance*>(self);
    Shape* shape = instance->shape();
    if (shape->dict_mode) return dict_get_name(dict_of(instance), name);
    const std::uint32_t slot = find_slot(shape, name);
    return slot == kNoSlot ? Value() : instance_slot(instance, slot)->load();
  }
  if (self->kind == Kind::module) return dict_get_name(static_cast<Module*>(self)->dict, name);
  AtomicValue* slot = attribute_dict_slot(self);
  if (slot == nullptr) return Value();
  Value dict = slot->load();
  return dict.is_empty() ? dict : dict_get_name(dict.as<Dict>(), name);
}

bool set_own_attribute(Mutator& m, Object* self, Str* name, Value value) {
  if (const Type* cls = self->shape()->cls;
      has_limited_slots(cls) && get_own_attribute(m, self, name).is_empty() && !slots_allow(m, cls, name)) {
    raise_no_attribute(m, Value::object(self), name);
    return false;
  }
  if (self->kind == Kind::instance) return set_instance_attribute(m, static_cast<Instance*>(self), name, value);
  if (self->kind == Kind::module) return dict_set_name(m, static_cast<Module*>(self)->dict, name, value);
  AtomicValue* slot = attribute_dict_slot(self);
  if (slot == nullptr) {
    raise_no_attribute(m, Value::object(self), name);
    return false;
  }
  Dict* dict = demand_dict(m, self, slot);
  return dict != nullptr && dict_set_name(m, dict, name, value);
}

int delete_own_attribute(Mutator& m, Object* self, Str* name) {
  if (self->kind == Kind::instance) return delete_instance_attribute(m, static_cast<Instance*>(self), name);
  if (self->kind == Kind::module) return dict_delete(m, static_cast<Module*>(self)->dict, Value::object(name));
  AtomicValue* slot = attribute_dict_slot(self);
  if (slot == nullptr || slot->load().is_empty()) return 0;
  return dict_delete(m, slot->load().as<Dict>(), Value::object(name));
}

Value get_attribute_dict(Mutator& m, Value self) {
  if (self.is_object() && !has_limited_slots(self.as_object()->shape()->cls)) {
    Object* o = self.as_object();
    if (o->kind == Kind::module) return Value::object(static_cast<Module*>(o)->dict);
    Dict* dict = nullptr;
    if (o->kind == Kind::instance && carries_attributes(o)) {
      dict = enter_dict_mode(m, static_cast<Instance*>(o));
      return dict == nullptr ? Value() : Value::object(dict);
    }
    if (AtomicValue* slot = attribute_dict_slot(o)) {
      dict = demand_dict(m, o, slot);
      return dict == nullptr ? Value() : Value::object(dict);
    }
  }
  return raise_no_attribute(m, self, m.runtime->names.__dict__);
}

}  // namespace turnstile
