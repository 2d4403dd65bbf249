// threading.Thread, Timer, and the Thread objects of threads that threading did not start.
//
// refs[0] is the name; refs[1] the tuple (target, args, kwargs), dropped when run() is done.
#include <sys/syscall.h>
#include <unistd.h>

#include <string>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/ops.h"

namespace turnstile {

namespace {

const ThreadHandle& record_of(Value self) { return payload<ThreadHandle>(self); }

Value runtime_error(Mutator& m, const char* message) { return raise(m, m.runtime->exceptions.RuntimeError, message); }

// `error`: join() raises another one than the attributes.
bool check_initialized(Mutator& m, Value self, Type* error = nullptr) {
  if (record_of(self)->initialized.load(std::memory_order_relaxed)) return true;
  raise(m, error == nullptr ? m.runtime->exceptions.AssertionError : error, "Thread.__init__() not called");
  return false;
}

Value thread_new(Mutator& m, Type* cls, const CallArgs&) {
  NativeObject* self = new_native_owner(m, cls, new ThreadHandle(std::make_shared<ThreadRecord>()), true);
  return self == nullptr ? Value() : Value::object(self);
}

bool set_name(Mutator& m, Value self, Value name) {
  Value text = to_str(m, name);
  if (text.is_empty()) return false;
  self.as<NativeObject>()->refs[0].store(text);
  return true;
}

// Thread-1 (target)
Value automatic_name(Mutator& m, Value target) {
  std::string name = "Thread-" + std::to_string(m.runtime->threads->named.fetch_add(1, std::memory_order_relaxed) + 1);
  if (!target.is_none()) {
    Value target_name = get_attr_or_empty(m, target, m.runtime->names.__name__);
    if (m.has_exception()) return Value();
    Value shown = target_name.is_empty() ? Value() : to_str(m, target_name);
    if (m.has_exception()) return Value();
    if (!shown.is_empty()) name += " (" + to_utf8(shown.as<Str>()) + ")";
  }
  Str* s = make_str(m, name);
  return s == nullptr ? Value() : Value::object(s);
}

// Values in the order group, target, name, args, kwargs, daemon; empty: the default.
bool initialize(Mutator& m, Value self, Value* v) {
  if (!v[0].is_empty() && !v[0].is_none()) {
    raise(m, m.runtime->exceptions.AssertionError, "group argument must be None for now");
    return false;
  }
  if (v[1].is_empty()) v[1] = Value::none();
  if (v[3].is_empty()) v[3] = Value::object(m.runtime->empty_tuple);
  if (v[4].is_empty()) v[4] = Value::none();
  Value name = v[2];
  if (name.is_empty() || name.is_none()) {
    name = automatic_name(m, v[1]);
    if (name.is_empty()) return false;
  }
  Value work = make_tuple(m, {v[1], v[3], v[4]});
  if (work.is_empty() || !set_name(m, self, name)) return false;
  bool daemon = false;
  if (v[5].is_empty() || v[5].is_none()) {
    NativeObject* creator = current_thread_object(m);
    if (creator == nullptr) return false;
    daemon = record_of(Value::object(creator))->daemon.load(std::memory_order_relaxed);
  } else {
    const int t = truth(m, v[5]);
    if (t < 0) return false;
    daemon = t != 0;
  }
  self.as<NativeObject>()->refs[1].store(work);
  record_of(self)->daemon.store(daemon, std::memory_order_relaxed);
  record_of(self)->initialized.store(true, std::memory_order_release);
  return true;
}

bool thread_init(Mutator& m, Value self, const CallArgs& args) {
  Value v[6];
  return bind_init(m, args, "Thread.__init__", {"group", "target", "name", "args", "kwargs", "daemon"}, v, 0, 1) &&
         initialize(m, self, v);
}

Value thread_start(Mutator& m, const CallArgs& args) {
  const ThreadHandle record = record_of(args[0]);
  if (!record->initialized.load(std::memory_order_acquire)) return runtime_error(m, "thread.__init__() not called");
  ThreadPhase expected = ThreadPhase::initial;
  if (!record->phase.compare_exchange_strong(expected, ThreadPhase::starting)) {
    return runtime_error(m, "threads can only be started once");
  }
  if (start_thread(m, record, args[0], Value(), Value(), Value())) {
    return m.runtime->deliver_interrupt(m) ? Value::none() : Value();
  }
  record->phase.store(ThreadPhase::initial);
  return Value();
}

Value thread_run(Mutator& m, const CallArgs& args) {
  Value work = args[0].as<NativeObject>()->refs[1].load();
  if (work.is_empty()) return Value::none();
  Value target = work.as<Tuple>()->at(0);
  Value result = Value::none();
  if (!target.is_none()) {
    Value positional = work.as<Tuple>()->at(1);
    Value keywords = work.as<Tuple>()->at(2);
    Tuple* spread = positional.is_object() && type_of(m, positional) == m.runtime->types.tuple
                        ? positional.as<Tuple>()
                        : tuple_from(m, positional);
    if (spread == nullptr) {
      result = Value();
    } else if (keywords.is_none() || is_kind(keywords, Kind::dict)) {
      result = call_spread(m, target, spread, keywords.is_none() ? Value() : keywords);
    } else {
      Dict* copy = make_dict(m);
      result = copy != nullptr && dict_update(m, copy, keywords) ? call_spread(m, target, spread, Value::object(copy))
                                                                 : Value();
    }
  }
  args[0].as<NativeObject>()->refs[1].store(Value());
  return result.is_empty() ? result : Value::none();
}

Value thread_join(Mutator& m, const CallArgs& args) {
  Value timeout;
  Deadline deadline;
  bool done;
  if (!bind_python(m, args, "Thread.join", {"timeout"}, &timeout) ||
      !check_initialized(m, args[0], m.runtime->exceptions.RuntimeError)) {
    return Value();
  }
  ThreadHandle record = record_of(args[0]);
  if (record->phase.load(std::memory_order_acquire) == ThreadPhase::initial) {
    return runtime_error(m, "cannot join thread before it is started");
  }
  if (m.thread_object.load() == args[0]) {
    return runtime_error(m, "cannot join current thread");
  }
  if (!deadline_after(m, timeout, &deadline)) return Value();
  return join_thread(m, *record, deadline, &done) ? Value::none() : Value();
}

bool is_alive(ThreadRecord& record) {
  const ThreadPhase phase = record.phase.load(std::memory_order_acquire);
  return phase == ThreadPhase::started;
}

Value thread_is_alive(Mutator& m, const CallArgs& args) {
  return check_initialized(m, args[0]) ? Value::boolean(is_alive(*record_of(args[0]))) : Value();
}

Value get_name(Mutator& m, const CallArgs& args) {
  return check_initialized(m, args[0]) ? args[0].as<NativeObject>()->refs[0].load() : Value();
}
Value get_daemon(Mutator& m, const CallArgs& args) {
  if (!check_initialized(m, args[0])) return Value();
  return Value::boolean(record_of(args[0])->daemon.load(std::memory_order_relaxed));
}
Value id_or_none(Mutator& m, std::uint64_t id) { return id == 0 ? Value::none() : make_uint(m, id); }
Value get_ident(Mutator& m, const CallArgs& args) {
  return id_or_none(m, record_of(args[0])->ident.load(std::memory_order_relaxed));
}
Value get_native_id(Mutator& m, const CallArgs& args) {
  return id_or_none(m, record_of(args[0])->native_id.load(std::memory_order_relaxed));
}
template <std::uint32_t kIndex>
Value get_work(Mutator& m, const CallArgs& args) {
  Value work = args[0].as<NativeObject>()->refs[1].load();
  if (!work.is_empty()) return work.as<Tuple>()->at(kIndex);
  return raise(m, m.runtime->exceptions.AttributeError, "the thread has ended");
}

bool set_daemon(Mutator& m, Value self, Value value) {
  if (!check_initialized(m, self)) return false;
  if (record_of(self)->phase.load(std::memory_order_acquire) != ThreadPhase::initial) {
    runtime_error(m, "cannot set daemon status of active thread");
    return false;
  }
  const int t = truth(m, value);
  if (t >= 0) record_of(self)->daemon.store(t != 0, std::memory_order_relaxed);
  return t >= 0;
}

Value call_set_name(Mutator& m, const CallArgs& args) {
  return check_initialized(m, args[0]) && set_name(m, args[0], args[1]) ? Value::none() : Value();
}
Value call_set_daemon(Mutator& m, const CallArgs& args) {
  return set_daemon(m, args[0], args[1]) ? Value::none() : Value();
}

bool thread_set_attr(Mutator& m, Value self, Str* name, Value value) {
  if (!value.is_empty() && str_equal(name, m.runtime->names.name))
    return check_initialized(m, self) && set_name(m, self, value);
  if (!value.is_empty() && str_equal(name, m.runtime->names.daemon)) return set_daemon(m, self, value);
  return generic_set_attr(m, self, name, value);
}

Value thread_repr(Mutator& m, Value self) {
  if (!check_initialized(m, self)) return Value();
  ThreadRecord& record = *record_of(self);
  Value name = self.as<NativeObject>()->refs[0].load();
  std::string text = "<" + to_utf8(type_of(m, self)->name) + "(" + to_utf8(name.as<Str>()) + ", ";
  switch (record.phase.load(std::memory_order_acquire)) {
    case ThreadPhase::initial:
      text += "initial";
      break;
    case ThreadPhase::stopped:
      text += "stopped";
      break;
    default:
      text += "started";
  }
  if (record.daemon.load(std::memory_order_relaxed)) text += " daemon";
  const std::uint64_t ident = record.ident.load(std::memory_order_relaxed);
  if (ident != 0) text += " " + std::to_string(ident);
  Str* s = make_str(m, text + ")>");
  return s == nullptr ? Value() : Value::object(s);
}

constexpr TypeSlots make_slots(bool (*init)(Mutator&, Value, const CallArgs&)) {
  TypeSlots s;
  s.repr = thread_repr;
  s.hash = hash_by_identity;
  s.set_attr = thread_set_attr;
  s.new_object = thread_new;
  s.init = init;
  return s;
}

constexpr TypeSlots kThreadSlots = make_slots(thread_init);

const NativeDef kThreadMethods[] = {
    {"start", thread_start, 1, 1},      {"run", thread_run, 1, 1},
    {"join", thread_join, 1, -1, true}, {"is_alive", thread_is_alive, 1, 1},
    {"getName", get_name, 1, 1},        {"setName", call_set_name, 2, 2},
    {"isDaemon", get_daemon, 1, 1},     {"setDaemon", call_set_daemon, 2, 2},
};
const NativeDef kThreadGetters[] = {
    {"name", get_name, 1, 1},           {"daemon", get_daemon, 1, 1},   {"ident", get_ident, 1, 1},
    {"native_id", get_native_id, 1, 1}, {"_target", get_work<0>, 1, 1}, {"_args", get_work<1>, 1, 1},
    {"_kwargs", get_work<2>, 1, 1},     {"_name", get_name, 1, 1},
};

// --- Timer
// ------------------------------------------------------------------------------------------------------------

bool set_field(Mutator& m, Value self, const char* name, Value value) {
  Str* key = intern(m, name);
  return key != nullptr && !value.is_empty() && generic_set_attr(m, self, key, value);
}

Value get_field(Mutator& m, Value self, const char* name) {
  Str* key = intern(m, name);
  return key == nullptr ? Value() : get_attr(m, self, key);
}

bool timer_init(Mutator& m, Value self, const CallArgs& args) {
  Value v[4];
  Value nothing[6];
  if (!bind_init(m, args, "Timer.__init__", {"interval", "function", "args", "kwargs"}, v, 2) ||
      !initialize(m, self, nothing)) {
    return false;
  }
  if (v[2].is_empty() || v[2].is_none()) {
    List* list = make_list(m, nullptr, 0);
    v[2] = list == nullptr ? Value() : Value::object(list);
  }
  if (v[3].is_empty() || v[3].is_none()) {
    Dict* dict = make_dict(m);
    v[3] = dict == nullptr ? Value() : Value::object(dict);
  }
  return set_field(m, self, "interval", v[0]) && set_field(m, self, "function", v[1]) &&
         set_field(m, self, "args", v[2]) && set_field(m, self, "kwargs", v[3]) &&
         set_field(m, self, "finished", new_event(m));
}

Value timer_cancel(Mutator& m, const CallArgs& args) {
  Value finished = get_field(m, args[0], "finished");
  if (finished.is_empty()) return finished;
  payload<EventCore>(finished).signal();
  return Value::none();
}

Value timer_run(Mutator& m, const CallArgs& args) {
  Value finished = get_field(m, args[0], "finished");
  Value interval = finished.is_empty() ? Value() : get_field(m, args[0], "interval");
  Deadline deadline;
  if (interval.is_empty() || !deadline_after(m, interval, &deadline)) return Value();
  if (payload<EventCore>(finished).wait(m, deadline) == WaitResult::timed_out) {
    Value function = get_field(m, args[0], "function");
    Value positional = function.is_empty() ? Value() : get_field(m, args[0], "args");
    Value keywords = positional.is_empty() ? Value() : get_field(m, args[0], "kwargs");
    Tuple* spread = keywords.is_empty() ? nullptr : tuple_from(m, positional);
    if (spread == nullptr || call_spread(m, function, spread, keywords).is_empty()) return Value();
  }
  payload<EventCore>(finished).signal();
  return Value::none();
}

constexpr TypeSlots kTimerSlots = make_slots(timer_init);
const NativeDef kTimerMethods[] = {{"cancel", timer_cancel, 1, 1}, {"run", timer_run, 1, 1}};

}  // namespace

NativeObject* current_thread_object(Mutator& m) {
  Value current = m.thread_object.load();
  if (!current.is_empty()) return current.as<NativeObject>();
  ProgramThreads& threads = *m.runtime->threads;
  Value self = thread_new(m, m.is_main ? threads.main_thread : threads.dummy_thread, CallArgs{});
  if (self.is_empty()) return nullptr;
  const std::string name =
      m.is_main ? "MainThread" : "Dummy-" + std::to_string(threads.named.fetch_add(1, std::memory_order_relaxed) + 1);
  Str* text = make_str(m, name);
  if (text == nullptr) return nullptr;
  self.as<NativeObject>()->refs[0].store(Value::object(text));
  ThreadRecord& record = *record_of(self);
  record.daemon.store(!m.is_main, std::memory_order_relaxed);
  record.ident.store(m.thread_id, std::memory_order_relaxed);
  record.native_id.store(static_cast<std::uint64_t>(syscall(SYS_gettid)), std::memory_order_relaxed);
  record.initialized.store(true, std::memory_order_relaxed);
  record.phase.store(ThreadPhase::started, std::memory_order_release);
  m.thread_object.store(self);
  // Threads of the host leave without telling.
  if (!m.is_main && !started_by_program()) return self.as<NativeObject>();
  std::scoped_lock lock(threads.mutex);
  if (m.is_main) {
    threads.alive.insert(threads.alive.begin(), self.as<NativeObject>());
  } else {
    threads.alive.push_back(self.as<NativeObject>());
  }
  return self.as<NativeObject>();
}

bool make_thread_object_types(Mutator& m, ProgramThreads& t) {
  TypeSpec thread{"Thread", &kThreadSlots, kThreadMethods, Kind::native_object, kBaseType};
  thread.getters = kThreadGetters;
  t.thread = define_module_type(m, "threading", thread);
  if (t.thread == nullptr) return false;
  t.main_thread = define_module_type(
      m, "threading", TypeSpec{"_MainThread", &kThreadSlots, {}, Kind::native_object, kBaseType}, t.thread);
  t.dummy_thread = define_module_type(
      m, "threading", TypeSpec{"_DummyThread", &kThreadSlots, {}, Kind::native_object, kBaseType}, t.thread);
  t.timer = define_module_type(
      m, "threading", TypeSpec{"Timer", &kTimerSlots, kTimerMethods, Kind::native_object, kBaseType}, t.thread);
  return t.main_thread != nullptr && t.dummy_thread != nullptr && t.timer != nullptr;
}

}  // namespace turnstile
