// threading.local: attributes that every thread has for itself.
//
// Mutator::thread_locals is a dict from a local object's key to the dict of that thread's attributes: only its own
// thread uses it, and it dies with the thread. Entries of local objects that died are swept out when the dict has
// grown.
#include <memory>
#include <string>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/ops.h"

namespace turnstile {

namespace {

constexpr std::uint64_t kSweepAt = 64;  // entries; then whenever their number is a multiple of it

// refs[0]: tuple of positional constructor arguments; refs[1]: dict of keyword arguments, or empty.
struct LocalState {
  explicit LocalState(std::shared_ptr<ProgramThreads> owner)
      : threads(std::move(owner)), key(threads->locals.fetch_add(1, std::memory_order_relaxed) + 1) {
    std::scoped_lock lock(threads->mutex);
    threads->live_locals.insert(key);
  }
  ~LocalState() {
    std::scoped_lock lock(threads->mutex);
    threads->live_locals.erase(key);
  }
  LocalState(const LocalState&) = delete;
  LocalState& operator=(const LocalState&) = delete;

  std::shared_ptr<ProgramThreads> threads;
  std::uint64_t key;
};

bool sweep(Mutator& m, Dict* all) {
  const DictTable* table = all->table.load(std::memory_order_acquire);
  std::vector<std::uint64_t> dead;
  {
    ProgramThreads& threads = *m.runtime->threads;
    std::scoped_lock lock(threads.mutex);
    std::uint32_t position = 0;
    Value key, value;
    while (dict_next(table, &position, &key, &value)) {
      const auto k = static_cast<std::uint64_t>(key.as_int());
      if (threads.live_locals.count(k) == 0) dead.push_back(k);
    }
  }
  for (std::uint64_t k : dead) {
    if (dict_delete(m, all, Value::small_int(static_cast<std::int64_t>(k))) < 0) return false;
  }
  return true;
}

bool overrides_init(Mutator& m, const Type* cls) {
  Value init = lookup_type(m, cls, m.runtime->names.__init__);
  return init != lookup_type(m, m.runtime->types.object, m.runtime->names.__init__);
}

// A dict for the calling thread, entered under the local's key.
Dict* add_dict(Mutator& m, Value self) {
  if (m.thread_locals.load().is_empty()) {
    Dict* all = make_dict(m);
    if (all == nullptr) return nullptr;
    m.thread_locals.store(Value::object(all));
  }
  auto* all = m.thread_locals.load().as<Dict>();
  const std::uint64_t entries = all->live.load(std::memory_order_relaxed);
  if (entries != 0 && entries % kSweepAt == 0 && !sweep(m, all)) return nullptr;
  Dict* mine = make_dict(m);
  if (mine == nullptr) return nullptr;
  const auto key = static_cast<std::int64_t>(payload<LocalState>(self).key);
  return dict_set(m, all, Value::small_int(key), Value::object(mine)) ? mine : nullptr;
}

// The calling thread's attributes; __init__ of a subclass runs when a thread comes for the first time.
Dict* own_dict(Mutator& m, Value self) {
  Value all = m.thread_locals.load();
  const Value key = Value::small_int(static_cast<std::int64_t>(payload<LocalState>(self).key));
  if (!all.is_empty()) {
    Value found = dict_get(m, all.as<Dict>(), key);
    if (!found.is_empty()) return found.as<Dict>();
  }
  Dict* mine = add_dict(m, self);
  if (mine == nullptr || !overrides_init(m, type_of(m, self))) return mine;
  Value init = lookup_special(m, self, m.runtime->names.__init__);
  const NativeObject* object = self.as<NativeObject>();
  if (!init.is_empty() &&
      !call_spread(m, init, object->refs[0].load().as<Tuple>(), object->refs[1].load()).is_empty()) {
    return mine;
  }
  Value failure = m.exception;
  m.exception = Value();
  dict_delete(m, m.thread_locals.load().as<Dict>(), key);  // so that the next access tries again
  m.exception = failure;
  return nullptr;
}

bool is_dunder_dict(const Mutator& m, const Str* name) { return str_equal(name, m.runtime->names.__dict__); }

std::string shown_class(Mutator& m, Value self) {
  Type* cls = type_of(m, self);
  return (cls == m.runtime->threads->local ? "_thread." : "") + to_utf8(cls->name);
}

Value local_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (args.total() != 0 && !overrides_init(m, cls))
    return raise_type_error(m, "Initialization arguments are not supported");
  Tuple* positional = allocate_tuple(m, args.positional);
  if (positional == nullptr) return Value();
  for (std::uint32_t i = 0; i < args.positional; ++i) positional->items[i].store_relaxed(args[i]);
  Dict* named = args.keywords() == 0 ? nullptr : make_dict(m);
  for (std::uint32_t i = 0; i < args.keywords(); ++i) {
    if (named == nullptr || !dict_set(m, named, args.keyword_names->at(i), args.keyword_value(i))) return Value();
  }
  NativeObject* self = new_native_owner(m, cls, new LocalState(m.runtime->threads), true);
  if (self == nullptr) return Value();
  self->refs[0].store(Value::object(positional));
  if (named != nullptr) self->refs[1].store(Value::object(named));
  // The creating thread's __init__ is called by whoever calls the class.
  return add_dict(m, Value::object(self)) == nullptr ? Value() : Value::object(self);
}

Value local_get_attr(Mutator& m, Value self, Str* name) {
  Dict* mine = own_dict(m, self);
  if (mine == nullptr) return Value();
  if (is_dunder_dict(m, name)) return Value::object(mine);
  Value of_class = lookup_type(m, type_of(m, self), name);
  if (m.has_exception()) return Value();
  if (!is_kind(of_class, Kind::property)) {
    Value v = dict_get_name(mine, name);
    if (!v.is_empty()) return v;
    if (of_class.is_empty()) {
      return raise(m, m.runtime->exceptions.AttributeError,
                   "'" + shown_class(m, self) + "' object has no attribute '" + to_utf8(name) + "'");
    }
  }
  return generic_get_attr(m, self, name);
}

bool local_set_attr(Mutator& m, Value self, Str* name, Value value) {
  const auto refuse = [&](const std::string& text) {
    raise(m, m.runtime->exceptions.AttributeError, "'" + shown_class(m, self) + "' object " + text);
    return false;
  };
  Dict* mine = own_dict(m, self);
  if (mine == nullptr) return false;
  if (is_dunder_dict(m, name)) return refuse("attribute '__dict__' is read-only");
  Value of_class = lookup_type(m, type_of(m, self), name);
  if (m.has_exception()) return false;
  if (is_kind(of_class, Kind::property)) return generic_set_attr(m, self, name, value);
  if (!value.is_empty()) return dict_set_name(m, mine, name, value);
  const int removed = dict_delete(m, mine, Value::object(name));
  if (removed == 0) return refuse("has no attribute '" + to_utf8(name) + "'");
  return removed == 1;
}

constexpr TypeSlots kSlots = [] {
  TypeSlots s;
  s.hash = hash_by_identity;
  s.get_attr = local_get_attr;
  s.set_attr = local_set_attr;
  s.new_object = local_new;
  return s;
}();

}  // namespace

bool make_local_type(Mutator& m, ProgramThreads& t) {
  t.local = define_module_type(m, "_thread", TypeSpec{"_local", &kSlots, {}, Kind::native_object, kBaseType});
  return t.local != nullptr;
}

}  // namespace turnstile
