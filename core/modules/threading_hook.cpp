// threading.excepthook and its argument.
#include <string>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/modules/thread_functions.h"
#include "core/ops.h"

namespace turnstile {

namespace {

// refs[0]: the tuple (exc_type, exc_value, exc_traceback, thread).
template <std::uint32_t kIndex>
Value get_part(Mutator&, const CallArgs& args) {
  return args[0].as<NativeObject>()->refs[0].load().as<Tuple>()->at(kIndex);
}

struct Nothing {};

Value hook_args_new(Mutator& m, Type* cls, const CallArgs& args) {
  Tuple* parts = args.positional == 1 && args.keywords() == 0 ? tuple_from(m, args[0]) : nullptr;
  if (m.has_exception()) return Value();
  if (parts == nullptr || parts->length() != 4) {
    return raise_type_error(m, "_ExceptHookArgs() takes a sequence of 4 values");
  }
  NativeObject* self = new_native<Nothing>(m, cls);
  if (self == nullptr) return Value();
  self->refs[0].store(Value::object(parts));
  return Value::object(self);
}

Value hook_args_repr(Mutator& m, Value self) {
  static constexpr const char* kNames[] = {"exc_type", "exc_value", "exc_traceback", "thread"};
  std::string text = "_thread._ExceptHookArgs(";
  for (std::uint32_t i = 0; i < 4; ++i) {
    Value shown = repr(m, self.as<NativeObject>()->refs[0].load().as<Tuple>()->at(i));
    if (shown.is_empty()) return Value();
    text += std::string(i == 0 ? "" : ", ") + kNames[i] + "=" + to_utf8(shown.as<Str>());
  }
  Str* s = make_str(m, text + ")");
  return s == nullptr ? Value() : Value::object(s);
}

Value hook_args_item(Mutator& m, Value self, Value key) {
  return get_item(m, self.as<NativeObject>()->refs[0].load(), key);
}
std::int64_t hook_args_length(Mutator&, Value) { return 4; }
Value hook_args_iter(Mutator& m, Value self) { return get_iter(m, self.as<NativeObject>()->refs[0].load()); }

constexpr TypeSlots kSlots = [] {
  TypeSlots s;
  s.repr = hook_args_repr;
  s.hash = hash_by_identity;
  s.get_item = hook_args_item;
  s.length = hook_args_length;
  s.iter = hook_args_iter;
  s.new_object = hook_args_new;
  return s;
}();

const NativeDef kGetters[] = {{"exc_type", get_part<0>, 1, 1},
                              {"exc_value", get_part<1>, 1, 1},
                              {"exc_traceback", get_part<2>, 1, 1},
                              {"thread", get_part<3>, 1, 1}};

std::string name_of(Value thread) {
  if (!is_kind(thread, Kind::native_object)) return "";
  Value name = thread.as<NativeObject>()->refs[0].load();
  return is_kind(name, Kind::str) ? to_utf8(name.as<Str>()) : "";
}

void print_failure(Mutator& m, Value thread, Value exception) {
  const std::string name =
      is_instance_of(m, thread, m.runtime->threads->thread) ? name_of(thread) : std::to_string(m.thread_id);
  const std::string trace = format_exception(m, exception);
  m.exception = Value();
  write_to_stderr(m, "Exception in thread " + name + ":\n" + trace);
}

}  // namespace

Value default_excepthook(Mutator& m, const CallArgs& args) {
  if (type_of(m, args[0]) != m.runtime->threads->hook_args) {
    return raise_type_error(m, "_thread.excepthook argument type must be ExceptHookArgs");
  }
  auto* parts = args[0].as<NativeObject>()->refs[0].load().as<Tuple>();
  if (parts->at(0) == Value::object(m.runtime->exceptions.SystemExit)) return Value::none();
  print_failure(m, parts->at(3), parts->at(1));
  return Value::none();
}

void report_thread_exception(Mutator& m, Value thread_object) {
  Value exception = take_exception(m);
  Value hook = module_attribute(m, "threading", "excepthook");
  if (hook.is_empty() || hook.is_none()) {
    print_failure(m, thread_object, exception);
    return;
  }
  Value traceback = exception.as<Exception>()->traceback.load();
  Value parts = make_tuple(m, {Value::object(type_of(m, exception)), exception,
                               traceback.is_empty() ? Value::none() : traceback, thread_object});
  Value argument = parts.is_empty() ? parts : call(m, Value::object(m.runtime->threads->hook_args), {parts});
  if (argument.is_empty() || call(m, hook, {argument}).is_empty()) {
    Value second = take_exception(m);
    const std::string trace = format_exception(m, second);
    m.exception = Value();
    write_to_stderr(m, "Exception in threading.excepthook:\n" + trace);
  }
}

bool make_hook_type(Mutator& m, ProgramThreads& t) {
  TypeSpec spec{"_ExceptHookArgs", &kSlots, {}};
  spec.getters = kGetters;
  t.hook_args = define_module_type(m, "_thread", spec);
  return t.hook_args != nullptr;
}

}  // namespace turnstile
