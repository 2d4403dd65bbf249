// Shapes: which attribute lives in which slot, and how adding or deleting one leads to another shape.
//
//   root ──add x──► {x} ──add y──► {x, y} ──delete x──► {-, y} ──add x──► {-, y, x}
//
// A shape's transitions are a buffer of children, replaced by a longer copy by compare-and-swap: of two threads that
// add the same attribute at once, one finds the other's child. Children are immutable once published.
#include <cstring>

#include "core/allocate_object.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

constexpr std::uint32_t kMaxSlots = 192;        // more attributes, or holes: dict mode
constexpr std::uint32_t kMaxTransitions = 128;  // of one shape

Shape* internal_shape(Mutator& m) {
  const Type* internal = m.runtime->types.internal;
  return internal == nullptr ? nullptr : internal->root_shape;
}

std::uint32_t hash_name(const Str* name, std::uint32_t mask) {
  const auto bits = reinterpret_cast<std::uintptr_t>(name);
  return static_cast<std::uint32_t>((bits >> 4) ^ (bits >> 13)) & mask;
}

// A table for `count` names, the names still empty.
ShapeTable* allocate_table(Mutator& m, std::uint32_t count) {
  std::uint8_t bits = 0;
  if (count > ShapeTable::kLinearNames) {
    while ((1u << bits) < count * 2) ++bits;
  }
  const std::size_t indices = bits == 0 ? 0 : std::size_t{1} << bits;
  const std::size_t bytes = sizeof(ShapeTable) + count * sizeof(AtomicValue) + indices * sizeof(std::uint16_t);
  auto* table = new_object<ShapeTable>(m, internal_shape(m), Kind::shape_table, bytes);
  if (table == nullptr) return nullptr;
  table->aux = count;
  table->sub = bits;
  for (std::uint32_t i = 0; i < count; ++i) table->names[i].store_relaxed(Value());
  if (bits != 0) std::memset(table->indices(), 0, indices * sizeof(std::uint16_t));
  return table;
}

void fill_indices(ShapeTable* table) {
  if (table->sub == 0) return;
  const std::uint32_t mask = (1u << table->sub) - 1;
  for (std::uint32_t i = 0; i < table->aux; ++i) {
    Value name = table->names[i].load_relaxed();
    if (name.is_empty()) continue;
    std::uint32_t at = hash_name(name.as<Str>(), mask);
    while (table->indices()[at] != 0) at = (at + 1) & mask;
    table->indices()[at] = static_cast<std::uint16_t>(i + 1);
  }
}

Shape* find_child(const ValueBuffer* children, const Str* name, bool deletes) {
  if (children == nullptr) return nullptr;
  for (std::uint32_t i = 0; i < children->capacity(); ++i) {
    auto* child = children->items[i].load_relaxed().as<Shape>();
    if (child->added == name && (child->sub != 0) == deletes) return child;
  }
  return nullptr;
}

// Publishes `child`, or returns the child that another thread published for the same step.
Shape* publish(Mutator& m, Shape* from, Shape* child) {
  for (;;) {
    // Acquire pairs with the release of the compare-and-swap below: a child that is seen is complete.
    Object* seen = from->transitions.load(std::memory_order_acquire);
    auto* children = static_cast<ValueBuffer*>(seen);
    if (Shape* other = find_child(children, child->added, child->sub != 0)) return other;
    const std::uint32_t count = children == nullptr ? 0 : children->capacity();
    if (count >= kMaxTransitions) return nullptr;
    ValueBuffer* longer = allocate_buffer(m, count + 1);
    if (longer == nullptr) return nullptr;
    for (std::uint32_t i = 0; i < count; ++i) longer->items[i].store_relaxed(children->items[i].load_relaxed());
    longer->items[count].store_relaxed(Value::object(child));
    Object* expected = seen;
    if (from->transitions.compare_exchange_strong(expected, longer, std::memory_order_release,
                                                  std::memory_order_relaxed)) {
      return child;
    }
  }
}

}  // namespace

Shape* make_root_shape(Mutator& m, Type* cls) {
  auto* shape = new_object<Shape>(m, internal_shape(m), Kind::shape);
  if (shape != nullptr) shape->cls = cls;
  return shape;
}

std::uint32_t find_slot(const Shape* shape, const Str* name) {
  const std::uint32_t count = shape->slot_count();
  if (count == 0) return kNoSlot;
  const ShapeTable* table = shape->table.load(std::memory_order_relaxed);  // set before the shape was published
  const Value wanted = Value::object(name);
  if (count <= ShapeTable::kLinearNames) {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (table->names[i].load_relaxed() == wanted) return i;
    }
    return kNoSlot;
  }
  const std::uint32_t mask = (1u << table->sub) - 1;
  for (std::uint32_t at = hash_name(name, mask);; at = (at + 1) & mask) {
    const std::uint32_t index = table->indices()[at];
    if (index == 0) return kNoSlot;
    if (table->names[index - 1].load_relaxed() == wanted) return index - 1;
  }
}

Shape* shape_after_add(Mutator& m, Shape* from, Str* name) {
  if (Shape* child =
          find_child(static_cast<ValueBuffer*>(from->transitions.load(std::memory_order_acquire)), name, false)) {
    return child;
  }
  const std::uint32_t count = from->slot_count();
  if (count >= kMaxSlots) return nullptr;
  ShapeTable* table = allocate_table(m, count + 1);
  if (table == nullptr) return nullptr;
  if (count != 0) {
    const ShapeTable* old = from->table.load(std::memory_order_relaxed);
    for (std::uint32_t i = 0; i < count; ++i) table->names[i].store_relaxed(old->names[i].load_relaxed());
  }
  table->names[count].store_relaxed(Value::object(name));
  fill_indices(table);
  Shape* child = make_root_shape(m, from->cls);
  if (child == nullptr) return nullptr;
  child->parent = from;
  child->added = name;
  child->aux = count + 1;
  child->table.store(table, std::memory_order_relaxed);
  return publish(m, from, child);
}

Shape* shape_after_delete(Mutator& m, Shape* from, std::uint32_t slot) {
  const ShapeTable* old = from->table.load(std::memory_order_relaxed);
  auto* name = old->names[slot].load_relaxed().as<Str>();
  if (Shape* child =
          find_child(static_cast<ValueBuffer*>(from->transitions.load(std::memory_order_acquire)), name, true)) {
    return child;
  }
  const std::uint32_t count = from->slot_count();
  if (from->parent != nullptr && count > 16) {
    // Programs that add and delete without end would make shapes without end.
    std::uint32_t holes = 0;
    for (std::uint32_t i = 0; i < count; ++i) holes += old->names[i].load_relaxed().is_empty() ? 1 : 0;
    if (holes * 2 > count) return nullptr;
  }
  ShapeTable* table = allocate_table(m, count);
  if (table == nullptr) return nullptr;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i != slot) table->names[i].store_relaxed(old->names[i].load_relaxed());
  }
  fill_indices(table);
  Shape* child = make_root_shape(m, from->cls);
  if (child == nullptr) return nullptr;
  child->parent = from;
  child->added = name;
  child->sub = 1;
  child->aux = count;
  child->table.store(table, std::memory_order_relaxed);
  return publish(m, from, child);
}

Shape* dict_mode_shape(Mutator& m, Type* cls) {
  // Acquire and release as for transitions.
  if (Shape* shape = cls->dict_shape.load(std::memory_order_acquire)) return shape;
  Shape* shape = make_root_shape(m, cls);
  if (shape == nullptr) return nullptr;
  shape->dict_mode = true;
  Shape* expected = nullptr;
  return cls->dict_shape.compare_exchange_strong(expected, shape, std::memory_order_acq_rel, std::memory_order_acquire)
             ? shape
             : expected;
}

}  // namespace turnstile
