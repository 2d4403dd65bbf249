#include "codegen/snapshot_builder.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "core/ops.h"
#include "core/runtime_core.h"

namespace turnstile::codegen {

namespace {

constexpr std::size_t kMaxOtherShapes = 3;

bool is_by_shape(CacheKind kind) {
  return kind == CacheKind::slot || kind == CacheKind::class_value || kind == CacheKind::method ||
         kind == CacheKind::add_slot;
}

class Builder {
 public:
  Builder(Mutator& m, Snapshot& s, std::vector<Value>& keep) : m_(m), s_(s), keep_(keep) {}

  void add_cache(std::uint32_t pc, const CacheSlot& slot);

 private:
  void keep(Value v) {
    if (v.is_object()) keep_.push_back(v);
  }
  CacheInfo describe_entry(const CacheEntry* e);
  void add_callee(Value v);
  void add_shape(Value v);
  std::uint32_t predicted_slots(const Type* cls);
  void describe_function(Callee& c, const Function* f);
  bool describe_class(Callee& c, const Type* cls);
  void add_table_value(CacheInfo& info, DictTable* table, std::uint64_t entry);

  Mutator& m_;
  Snapshot& s_;
  std::vector<Value>& keep_;
  std::unordered_map<const Type*, std::uint32_t> predicted_;
};

void Builder::describe_function(Callee& c, const Function* f) {
  const CodeData& d = *f->code->data;
  c.function = f;
  c.code = f->code;
  c.globals = f->globals;
  c.builtins = f->builtins;
  c.positional = d.positional;
  c.local_count = d.local_count;
  c.slot_count = d.slot_count;
  c.free_begin = d.free_begin;
  for (std::uint32_t i = 0; i < d.free_count; ++i) c.cells.push_back(f->closure->at(i).bits());
  const Value defaults = f->defaults.load();
  if (is_kind(defaults, Kind::tuple)) {
    for (std::uint32_t i = 0; i < defaults.as<Tuple>()->length(); ++i) {
      c.defaults.push_back(defaults.as<Tuple>()->at(i).bits());
    }
    c.defaults_bits = defaults.bits();
    keep(defaults);
  }
  c.simple = d.keyword_only == 0 && (d.flags & (kVarArgs | kVarKeywords | kGenerator)) == 0 &&
             c.defaults.size() <= c.positional;
  if (f->closure != nullptr) keep(Value::object(f->closure));
  keep(Value::object(f));
  keep(Value::object(f->code));
}

// A class whose instances are made by nothing but an allocation and a Python __init__.
bool Builder::describe_class(Callee& c, const Type* cls) {
  if (!cls->has_type_flag(kHeapType) || cls->has_type_flag(kOverridesNew) || cls->has_type_flag(kIsException) ||
      cls->instance_kind != Kind::instance || cls->slots->new_object != m_.runtime->types.object->slots->new_object ||
      type_of(m_, Value::object(cls)) != m_.runtime->types.type) {
    return false;
  }
  c.type_version = cls->version.load(std::memory_order_acquire);
  const Value init = lookup_type(m_, cls, m_.runtime->names.__init__);
  if (is_kind(init, Kind::function)) {
    c.has_init = true;
    describe_function(c, init.as<Function>());
    if (!c.simple) return false;
  } else if (init != lookup_type(m_, m_.runtime->types.object, m_.runtime->names.__init__)) {
    return false;
  }
  c.type = cls;
  c.root_shape = cls->root_shape;
  c.inline_slots = predicted_slots(cls);
  if (c.has_init) c.plain_init = plain_init(c.code, c.root_shape, c.type_version, c.inline_slots);
  if (c.plain_init.shape != nullptr) {
    const Value made = Value::object(c.plain_init.shape);
    add_shape(made);
    keep(made);
  }
  return true;
}

Intrinsic intrinsic_of(const RuntimeCore& runtime, const NativeFunction* f) {
  const std::string_view name = f->def->name;
  if (f->owner != nullptr) {
    if (f->owner != runtime.types.list) return Intrinsic::none;
    return name == "append" ? Intrinsic::list_append : name == "pop" ? Intrinsic::list_pop : Intrinsic::none;
  }
  if (f->data != nullptr) return Intrinsic::none;  // of a host
  if (f->module_name != nullptr) {
    return name == "sqrt" && to_utf8(f->module_name) == "math" ? Intrinsic::math_sqrt : Intrinsic::none;
  }
  if (name == "len") return Intrinsic::len;
  if (name == "abs") return Intrinsic::abs;
  if (name == "min") return Intrinsic::min;
  return name == "max" ? Intrinsic::max : Intrinsic::none;
}

void Builder::add_callee(Value v) {
  if (!v.is_object() || s_.callees.count(v.bits()) != 0) return;
  Callee c;
  c.bits = v.bits();
  switch (v.as_object()->kind) {
    case Kind::function:
      c.kind = Callee::Kind::python;
      describe_function(c, v.as<Function>());
      break;
    case Kind::native_function:
      c.kind = Callee::Kind::native;
      c.def = v.as<NativeFunction>()->def;
      c.intrinsic = intrinsic_of(*m_.runtime, v.as<NativeFunction>());
      break;
    case Kind::type:
      if (describe_class(c, v.as<Type>())) c.kind = Callee::Kind::instantiate;
      if (v.as<Type>() == m_.runtime->types.range) c.intrinsic = Intrinsic::range;
      break;
    case Kind::module:
      break;
    default:
      return;
  }
  keep(v);
  s_.callees.emplace(v.bits(), std::move(c));
}

// The first answer holds for the whole snapshot, for all shapes of the class.
std::uint32_t Builder::predicted_slots(const Type* cls) {
  return predicted_.emplace(cls, cls->predicted_slots.load(std::memory_order_relaxed)).first->second;
}

void Builder::add_shape(Value v) {
  const auto* shape = v.as<Shape>();
  const Type* cls = shape->cls;
  if (cls->instance_kind != Kind::instance || !cls->has_type_flag(kHeapType) || shape->dict_mode) return;
  s_.inline_slots.emplace(v.bits(), std::min(predicted_slots(cls), shape->slot_count()));
}

void Builder::add_table_value(CacheInfo& info, DictTable* table, std::uint64_t entry) {
  AtomicValue& place = table->entries[entry].value;
  const Value v = place.load();
  info.value = v.bits();
  info.value_address = reinterpret_cast<std::uint64_t>(&place);
  add_callee(v);
}

void Builder::add_cache(std::uint32_t pc, const CacheSlot& slot) {
  const CacheEntry* e = slot.entry.load(std::memory_order_acquire);
  if (e == nullptr) return;
  CacheInfo& info = s_.caches[pc];
  info = describe_entry(e);
  info.misses = slot.misses.load(std::memory_order_relaxed);
  if (!is_by_shape(info.kind)) return;
  for (e = e->refs[3].load_relaxed().as<CacheEntry>(); e != nullptr && info.before.size() < kMaxOtherShapes;
       e = e->refs[3].load_relaxed().as<CacheEntry>()) {
    const std::uint64_t shape = e->refs[0].load_relaxed().bits();
    const auto same = [shape](const CacheInfo& other) { return other.ref0 == shape; };
    if (!is_by_shape(cache_kind(e)) || same(info) || std::any_of(info.before.begin(), info.before.end(), same))
      continue;
    info.before.push_back(describe_entry(e));
  }
}

CacheInfo Builder::describe_entry(const CacheEntry* e) {
  CacheInfo info;
  info.kind = cache_kind(e);
  const Value r0 = e->refs[0].load_relaxed();
  const Value r1 = e->refs[1].load_relaxed();
  info.ref0 = r0.bits();
  info.ref1 = r1.bits();
  info.word0 = e->words[0];
  info.word1 = e->words[1];
  keep(r0);
  keep(r1);
  switch (info.kind) {
    case CacheKind::table_entry:
      add_table_value(info, r0.as<DictTable>(), info.word0);
      break;
    case CacheKind::builtin_entry:
      add_table_value(info, r1.as<DictTable>(), info.word1);
      break;
    case CacheKind::slot:
    case CacheKind::class_value:
    case CacheKind::method:
    case CacheKind::add_slot: {
      const Type* cls = r0.as<Shape>()->cls;
      info.version_address = reinterpret_cast<std::uint64_t>(&cls->version);
      add_shape(r0);
      if (info.kind == CacheKind::add_slot) add_shape(r1);
      keep(Value::object(cls));
      if (info.kind == CacheKind::method || info.kind == CacheKind::class_value) add_callee(r1);
      break;
    }
    case CacheKind::type_value:
      add_callee(r1);
      break;
    case CacheKind::callee:
      add_callee(r0);
      break;
    default:
      break;
  }
  return info;
}

}  // namespace

Snapshot make_snapshot(Mutator& m, const Code* code, const CodeRecord& record, std::vector<Value>& keep_alive) {
  Snapshot s;
  const CodeData& d = *code->data;
  const RuntimeCore& r = *m.runtime;
  s.data = &d;
  s.code = code;
  const std::size_t n = d.insns.size();
  for (std::uint32_t i = 0; code->consts != nullptr && i < code->consts->length(); ++i) {
    s.consts.push_back(code->consts->at(i).bits());
  }
  const bool all_generic = record.all_generic.load(std::memory_order_relaxed);
  s.feedback.resize(n);
  s.generic.resize(n);
  s.caches.resize(n);
  for (std::size_t pc = 0; pc < n; ++pc) {
    s.feedback[pc] = d.feedback[pc].load(std::memory_order_relaxed);
    s.generic[pc] = all_generic ? kFullyGeneric : record.generic[pc].load(std::memory_order_relaxed);
  }
  s.traps = r.options.tier != RuntimeOptions::Tier::compiled && !all_generic &&
            !record.no_traps.load(std::memory_order_relaxed);
  s.guards_objects = m.guards_objects;
  s.biases_objects = m.biases_objects;
  s.polls = m.poll_word != nullptr;
  s.poll_mask = m.poll_mask;
  s.slot_cards = m.barrier.slots;
  s.list_shape = r.types.list->root_shape;
  s.tuple_shape = r.types.tuple->root_shape;
  s.dict_shape = r.types.dict->root_shape;
  s.str_shape = r.types.str->root_shape;
  Builder builder(m, s, keep_alive);
  for (std::uint32_t pc = 0; pc < n; ++pc) {
    if (d.insns[pc].cache != 0) builder.add_cache(pc, d.caches[d.insns[pc].cache - 1]);
  }
  return s;
}

}  // namespace turnstile::codegen
