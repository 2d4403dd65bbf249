// What each kind of object refers to. One function for all layouts, so that a new field is added in one place.
#include "core/tracing.h"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "core/exceptions.h"
#include "core/frame.h"
#include "core/objects/iterators.h"
#include "core/objects/type.h"

namespace turnstile {

namespace {

class Tracer {
 public:
  explicit Tracer(allocator::Marker& marker) : marker_(marker) {}

  void operator()(Value v) const {
    if (v.is_object()) marker_.mark(v.as_object());
  }
  // Relaxed: the stop of the world has ordered everything before this.
  void operator()(const AtomicValue& slot) const { (*this)(slot.load_relaxed()); }
  void operator()(const void* object) const {
    if (object != nullptr) marker_.mark(const_cast<void*>(object));
  }
  template <class T>
  void operator()(const std::atomic<T*>& pointer) const {
    (*this)(static_cast<const void*>(pointer.load(std::memory_order_relaxed)));
  }
  void many(const AtomicValue* slots, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) (*this)(slots[i]);
  }
  void words(const void* low, const void* high) const { marker_.mark_words(low, high); }

 private:
  allocator::Marker& marker_;
};

void trace_type(const Type* t, const Tracer& mark) {
  mark(t->name);
  mark(t->qualname);
  mark(t->bases);
  mark(t->mro);
  mark(t->dict);
  mark(t->root_shape);
  mark(t->dict_shape);
  mark(t->subclasses.load(std::memory_order_relaxed));
  mark(t->module_name);
}

void trace_code(const Code* code, const Tracer& mark) {
  mark(code->consts);
  mark(code->name);
  mark(code->qualname);
  mark(code->keep_alive);
  if (code->data == nullptr || code->data->caches == nullptr) return;
  for (std::uint32_t i = 0; i < code->data->cache_count; ++i) mark(code->data->caches[i].entry);
}

void trace_function(const Function* f, const Tracer& mark) {
  mark(f->code);
  mark(f->globals);
  mark(f->builtins);
  for (const AtomicValue* slot : {&f->name, &f->qualname, &f->doc, &f->module_name, &f->defaults, &f->keyword_defaults,
                                  &f->attributes, &f->annotations}) {
    mark(*slot);
  }
  mark(f->closure);
}

void trace_generator(Generator* g, const Tracer& mark) {
  mark(g->function);
  mark(g->name);
  mark(g->qualname);
  mark(g->handled);
  mark(g->yield_from);
  const Frame* frame = g->frame();
  mark(frame->code);
  mark(frame->function);
  mark(frame->globals);
  mark(frame->builtins);
  mark(frame->names);
  if (frame->code == nullptr || frame->code->data == nullptr) return;
  // Temporaries may be what compiled code left there: words, not values.
  mark.words(frame->slots, frame->slots + frame->code->data->slot_count);
}

void trace_exception(const Exception* e, const Tracer& mark) {
  for (const AtomicValue* slot :
       {&e->args, &e->traceback, &e->cause, &e->context, &e->suppress_context, &e->attributes, &e->extra}) {
    mark(*slot);
  }
}

void trace_shape(const Shape* s, const Tracer& mark) {
  mark(s->cls);
  mark(s->parent);
  mark(s->added);
  mark(s->table);
  mark(s->transitions);
}

}  // namespace

void trace_object(Object* object, allocator::Marker& marker) {
  const Tracer mark(marker);
  mark(object->shape_word);
  switch (object->kind) {
    case Kind::none:
    case Kind::raw:
    case Kind::big_int:
    case Kind::str:
    case Kind::bytes:
    case Kind::kind_count:
      break;
    case Kind::value_buffer: {
      auto* b = static_cast<ValueBuffer*>(object);
      // Acquire, here and below: one that is being filled while the world is stopped looks empty (long_operation.h).
      mark.many(b->items, std::atomic_ref<std::uint32_t>(b->aux).load(std::memory_order_acquire));
      break;
    }
    case Kind::dict_table: {
      auto* t = static_cast<DictTable*>(object);
      const std::uint32_t used = t->entries_used.load(std::memory_order_acquire);
      for (std::uint32_t i = 0; i < used; ++i) {
        mark(t->entries[i].key);
        mark(t->entries[i].value);
      }
      break;
    }
    case Kind::set_table: {
      auto* t = static_cast<SetTable*>(object);
      for (std::uint64_t i = 0; i <= t->mask; ++i) {
        Value key = t->entries[i].key.load_relaxed();
        if (key != SetTable::tombstone()) mark(key);
      }
      break;
    }
    case Kind::shape:
      trace_shape(static_cast<Shape*>(object), mark);
      break;
    case Kind::shape_table: {
      auto* t = static_cast<ShapeTable*>(object);
      mark.many(t->names, t->aux);
      break;
    }
    case Kind::cache_entry:
      mark.many(static_cast<CacheEntry*>(object)->refs, 4);
      break;
    case Kind::tuple: {
      auto* t = static_cast<Tuple*>(object);
      mark.many(t->items, t->length() + (t->has_flag(kHasDict) ? 1u : 0u));
      break;
    }
    case Kind::list: {
      auto* l = static_cast<List*>(object);
      mark(l->buffer);
      if (l->has_flag(kHasDict)) mark(static_cast<ListWithAttributes*>(l)->attributes);
      break;
    }
    case Kind::dict: {
      auto* d = static_cast<Dict*>(object);
      mark(d->table);
      mark(d->attributes);
      break;
    }
    case Kind::dict_view:
      mark(static_cast<DictView*>(object)->dict);
      break;
    case Kind::set:
    case Kind::frozenset: {
      auto* s = static_cast<Set*>(object);
      mark(s->table);
      mark(s->attributes);
      break;
    }
    case Kind::range: {
      auto* r = static_cast<Range*>(object);
      mark(r->start);
      mark(r->stop);
      mark(r->step);
      mark(r->length);
      break;
    }
    case Kind::slice: {
      auto* s = static_cast<Slice*>(object);
      mark(s->start);
      mark(s->stop);
      mark(s->step);
      break;
    }
    case Kind::cell:
      mark(static_cast<Cell*>(object)->value);
      break;
    case Kind::code:
      trace_code(static_cast<Code*>(object), mark);
      break;
    case Kind::function:
      trace_function(static_cast<Function*>(object), mark);
      break;
    case Kind::native_function: {
      auto* f = static_cast<NativeFunction*>(object);
      mark(f->owner);
      mark(f->name);
      mark(f->module_name);
      break;
    }
    case Kind::bound_method: {
      auto* b = static_cast<BoundMethod*>(object);
      mark(b->function);
      mark(b->self);
      break;
    }
    case Kind::instance: {
      auto* i = static_cast<Instance*>(object);
      mark(i->overflow);
      mark.many(i->slots, i->aux + i->sub);
      break;
    }
    case Kind::type:
      trace_type(static_cast<Type*>(object), mark);
      break;
    case Kind::exception:
      trace_exception(static_cast<Exception*>(object), mark);
      break;
    case Kind::traceback: {
      auto* t = static_cast<Traceback*>(object);
      mark(t->code);
      mark(t->next);
      mark(t->globals);
      break;
    }
    case Kind::frame_object: {
      auto* f = static_cast<FrameObject*>(object);
      mark(f->code);
      mark(f->globals);
      mark(f->back);
      break;
    }
    case Kind::module: {
      auto* mod = static_cast<Module*>(object);
      mark(mod->dict);
      mark(mod->name);
      break;
    }
    case Kind::generator:
      trace_generator(static_cast<Generator*>(object), mark);
      break;
    case Kind::iterator: {
      auto* it = static_cast<Iterator*>(object);
      mark(it->a);
      mark(it->b);
      mark(it->c);
      break;
    }
    case Kind::property: {
      auto* p = static_cast<Property*>(object);
      for (const AtomicValue* slot : {&p->get, &p->set, &p->del, &p->doc, &p->name}) mark(*slot);
      break;
    }
    case Kind::static_method:
    case Kind::class_method:
      mark(static_cast<MethodWrapper*>(object)->function);
      break;
    case Kind::super_object: {
      auto* s = static_cast<SuperObject*>(object);
      mark(s->this_class);
      mark(s->self);
      mark(s->self_class);
      break;
    }
    case Kind::native_object: {
      auto* n = static_cast<NativeObject*>(object);
      mark.many(n->refs, 2);
      mark(n->attributes);
      break;
    }
  }
}

const char* ObjectModel::describe(const void* cell) {
  static constexpr const char* kNames[] = {
      "none",         "value_buffer", "dict_table", "set_table",     "shape",           "shape_table",
      "raw",          "cache_entry",  "big_int",    "str",           "bytes",           "tuple",
      "list",         "dict",         "dict_view",  "set",           "frozenset",       "range",
      "slice",        "cell",         "code",       "function",      "native_function", "bound_method",
      "instance",     "type",         "exception",  "traceback",     "frame_object",    "module",
      "generator",    "iterator",     "property",   "static_method", "class_method",    "super_object",
      "native_object"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Kind::kind_count));
  const auto kind = static_cast<std::size_t>(static_cast<const Object*>(cell)->kind);
  return kind < std::size(kNames) ? kNames[kind] : "something";
}

void ObjectModel::trace_owner(void* object, allocator::Marker& marker) {
  auto* o = static_cast<Object*>(object);
  trace_object(o, marker);
  const auto owned = [&](Object* part) {
    if (part != nullptr && !(has_parts(part) && marker.leave_to_cards(part))) trace_object(part, marker);
  };
  switch (o->kind) {
    case Kind::list:
      return owned(static_cast<List*>(o)->buffer.load(std::memory_order_relaxed));
    case Kind::dict:
      return owned(static_cast<Dict*>(o)->table.load(std::memory_order_relaxed));
    case Kind::set:
    case Kind::frozenset:
      return owned(static_cast<Set*>(o)->table.load(std::memory_order_relaxed));
    case Kind::instance:
      return owned(static_cast<Instance*>(o)->overflow.load(std::memory_order_relaxed));
    case Kind::native_object:
      for (const AtomicValue& ref : static_cast<NativeObject*>(o)->refs) {
        if (is_kind(ref.load_relaxed(), Kind::value_buffer)) owned(ref.load_relaxed().as_object());
      }
      return;
    default:
      return;
  }
}

namespace {

// Of `count` elements of `bytes` each from `first` on: [begin, end) are those that [low, high) touches.
struct Part {
  std::size_t begin, end;
  Part(const void* first, std::size_t count, std::size_t bytes, const void* low, const void* high) {
    const auto index = [&](const void* at, std::size_t round) {
      const auto from = reinterpret_cast<std::uintptr_t>(first);
      const auto to = reinterpret_cast<std::uintptr_t>(at);
      return to <= from ? 0 : std::min(count, (to - from + round) / bytes);
    };
    begin = index(low, 0);
    end = index(high, bytes - 1);
  }
};

}  // namespace

void ObjectModel::trace_part(void* object, const void* low, const void* high, allocator::Marker& marker) {
  auto* o = static_cast<Object*>(object);
  const Tracer mark(marker);
  switch (o->kind) {
    case Kind::value_buffer: {
      auto* b = static_cast<ValueBuffer*>(o);
      const Part part(b->items, std::atomic_ref<std::uint32_t>(b->aux).load(std::memory_order_acquire), sizeof(Value),
                      low, high);
      return mark.many(b->items + part.begin, part.end - part.begin);
    }
    case Kind::dict_table: {
      auto* t = static_cast<DictTable*>(o);
      const Part part(t->entries, t->entries_used.load(std::memory_order_acquire), sizeof(DictEntry), low, high);
      for (std::size_t i = part.begin; i < part.end; ++i) {
        mark(t->entries[i].key);
        mark(t->entries[i].value);
      }
      return;
    }
    case Kind::set_table: {
      auto* t = static_cast<SetTable*>(o);
      const Part part(t->entries, std::size_t{t->mask} + 1, sizeof(SetEntry), low, high);
      for (std::size_t i = part.begin; i < part.end; ++i) {
        Value key = t->entries[i].key.load_relaxed();
        if (key != SetTable::tombstone()) mark(key);
      }
      return;
    }
    case Kind::tuple: {
      auto* t = static_cast<Tuple*>(o);
      const Part part(t->items, t->length() + (t->has_flag(kHasDict) ? 1u : 0u), sizeof(Value), low, high);
      return mark.many(t->items + part.begin, part.end - part.begin);
    }
    default:
      return trace_object(o, marker);
  }
}

bool ObjectModel::has_parts(const void* object) {
  return notes_construction(object) || static_cast<const Object*>(object)->kind == Kind::tuple;
}

bool ObjectModel::is_written_freely(const void* object) {
  switch (static_cast<const Object*>(object)->kind) {
    case Kind::shape:
    case Kind::code:
    case Kind::type:
    case Kind::exception:
    case Kind::traceback:
    case Kind::frame_object:
    case Kind::module:
    case Kind::generator:
    case Kind::iterator:
    case Kind::property:
    case Kind::static_method:
    case Kind::class_method:
    case Kind::super_object:
    case Kind::native_object:
      return true;
    default:
      return false;
  }
}

}  // namespace turnstile
