#include "core/tracing.h"

#include "core/exceptions.h"
#include "core/frame.h"
#include "core/objects/iterators.h"
#include "core/objects/type.h"

namespace turnstile {

namespace {

class Tracer {
 public:
  explicit Tracer(allocator::Marker& marker) : marker_(marker) {}
  void operator()(Object* o) {
    if (o != nullptr) marker_.mark(o);
  }
  void operator()(Value v) {
    if (v.is_object()) marker_.mark(v.as_object());
  }
  void operator()(const AtomicValue& v) { (*this)(v.load_relaxed()); }
  void range(const AtomicValue* first, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) (*this)(first[i]);
  }
  /// Values in frames, which may be stale.
  void words(const Value* first, std::size_t count) { marker_.mark_words(first, first + count); }

 private:
  allocator::Marker& marker_;
};

void trace_code(Code* code, Tracer& t) {
  t(code->consts);
  t(code->name);
  t(code->qualname);
  t(code->keep_alive);
  if (code->data == nullptr || code->data->caches == nullptr) return;
  for (std::uint32_t i = 0; i < code->data->cache_count; ++i) {
    t(code->data->caches[i].entry.load(std::memory_order_relaxed));
  }
}

void trace_frame(Frame* frame, Tracer& t) {
  t(frame->code);
  t(frame->function);
  t(frame->globals);
  t(frame->builtins);
  t(frame->names);
  if (frame->code != nullptr) t.words(frame->slots, frame->code->data->slot_count);
}

void trace_type(Type* type, Tracer& t) {
  for (Object* o : {static_cast<Object*>(type->name), static_cast<Object*>(type->qualname),
                    static_cast<Object*>(type->bases), static_cast<Object*>(type->mro),
                    static_cast<Object*>(type->dict), static_cast<Object*>(type->root_shape),
                    static_cast<Object*>(type->subclasses),
                    static_cast<Object*>(type->dict_shape.load(std::memory_order_relaxed))}) {
    t(o);
  }
  t(type->module_name);
}

void trace_function(Function* f, Tracer& t) {
  t(f->code);
  t(f->globals);
  t(f->builtins);
  t(f->closure);
  for (const AtomicValue* v : {&f->name, &f->qualname, &f->doc, &f->module_name, &f->defaults, &f->keyword_defaults,
                               &f->attributes}) {
    t(*v);
  }
}

void trace_exception(Exception* e, Tracer& t) {
  for (const AtomicValue* v :
       {&e->args, &e->traceback, &e->cause, &e->context, &e->suppress_context, &e->attributes, &e->extra}) {
    t(*v);
  }
}

}  // namespace

void trace_object(Object* o, allocator::Marker& marker) {
  Tracer t(marker);
  t(o->shape_word.load(std::memory_order_relaxed));
  switch (o->kind) {
    case Kind::none:
    case Kind::raw:
    case Kind::big_int:
    case Kind::str:
    case Kind::bytes:
    case Kind::kind_count:
      break;
    case Kind::value_buffer:
      t.range(static_cast<ValueBuffer*>(o)->items, o->aux);
      break;
    case Kind::cache_entry:
      t.range(static_cast<CacheEntry*>(o)->refs, 4);
      break;
    case Kind::dict_table: {
      auto* table = static_cast<DictTable*>(o);
      const std::uint32_t used = table->entries_used.load(std::memory_order_relaxed);
      for (std::uint32_t i = 0; i < used; ++i) {
        t(table->entries[i].key);
        t(table->entries[i].value);
      }
      break;
    }
    case Kind::set_table: {
      auto* table = static_cast<SetTable*>(o);
      for (std::uint32_t i = 0; i <= table->mask; ++i) t(table->entries[i].key);
      break;
    }
    case Kind::shape: {
      auto* shape = static_cast<Shape*>(o);
      t(shape->cls);
      t(shape->parent);
      t(shape->added);
      t(shape->table.load(std::memory_order_relaxed));
      t(shape->transitions.load(std::memory_order_relaxed));
      break;
    }
    case Kind::shape_table:
      t.range(static_cast<ShapeTable*>(o)->names, o->aux);
      break;
    case Kind::tuple:
      t.range(static_cast<Tuple*>(o)->items, o->aux + (o->has_flag(kHasDict) ? 1 : 0));
      break;
    case Kind::list:
      t(static_cast<List*>(o)->buffer.load(std::memory_order_relaxed));
      t(static_cast<List*>(o)->attributes);
      break;
    case Kind::dict:
      t(static_cast<Dict*>(o)->table.load(std::memory_order_relaxed));
      t(static_cast<Dict*>(o)->attributes);
      break;
    case Kind::dict_view:
      t(static_cast<DictView*>(o)->dict);
      break;
    case Kind::set:
    case Kind::frozenset:
      t(static_cast<Set*>(o)->table.load(std::memory_order_relaxed));
      t(static_cast<Set*>(o)->attributes);
      break;
    case Kind::range: {
      auto* r = static_cast<Range*>(o);
      t(r->start);
      t(r->stop);
      t(r->step);
      t(r->length);
      break;
    }
    case Kind::slice: {
      auto* s = static_cast<Slice*>(o);
      t(s->start);
      t(s->stop);
      t(s->step);
      break;
    }
    case Kind::cell:
      t(static_cast<Cell*>(o)->value);
      break;
    case Kind::code:
      trace_code(static_cast<Code*>(o), t);
      break;
    case Kind::function:
      trace_function(static_cast<Function*>(o), t);
      break;
    case Kind::native_function: {
      auto* f = static_cast<NativeFunction*>(o);
      t(f->owner);
      t(f->name);
      break;
    }
    case Kind::bound_method:
      t(static_cast<BoundMethod*>(o)->function);
      t(static_cast<BoundMethod*>(o)->self);
      break;
    case Kind::instance:
      t(static_cast<Instance*>(o)->overflow.load(std::memory_order_relaxed));
      t.range(static_cast<Instance*>(o)->slots, o->aux);
      break;
    case Kind::type:
      trace_type(static_cast<Type*>(o), t);
      break;
    case Kind::exception:
      trace_exception(static_cast<Exception*>(o), t);
      break;
    case Kind::traceback: {
      auto* tb = static_cast<Traceback*>(o);
      t(tb->code);
      t(tb->next);
      t(tb->globals);
      break;
    }
    case Kind::frame_object: {
      auto* f = static_cast<FrameObject*>(o);
      t(f->code);
      t(f->globals);
      t(f->back);
      break;
    }
    case Kind::module:
      t(static_cast<Module*>(o)->dict);
      t(static_cast<Module*>(o)->name);
      break;
    case Kind::generator: {
      auto* g = static_cast<Generator*>(o);
      t(g->function);
      t(g->name);
      t(g->qualname);
      t(g->handled);
      t(g->yield_from);
      trace_frame(g->frame(), t);
      break;
    }
    case Kind::iterator: {
      auto* it = static_cast<Iterator*>(o);
      t(it->a);
      t(it->b);
      t(it->c);
      break;
    }
    case Kind::property: {
      auto* p = static_cast<Property*>(o);
      t(p->get);
      t(p->set);
      t(p->del);
      t(p->doc);
      t(p->name);
      break;
    }
    case Kind::static_method:
    case Kind::class_method:
      t(static_cast<MethodWrapper*>(o)->function);
      break;
    case Kind::super_object: {
      auto* s = static_cast<SuperObject*>(o);
      t(s->this_class);
      t(s->self);
      t(s->self_class);
      break;
    }
    case Kind::native_object: {
      auto* n = static_cast<NativeObject*>(o);
      t.range(n->refs, 2);
      t(n->attributes);
      break;
    }
  }
}

}  // namespace turnstile
