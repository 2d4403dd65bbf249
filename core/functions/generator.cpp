// Generators as objects: next, send, throw, close.
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/functions/function_types.h"

namespace turnstile {

namespace {

Generator* generator_of(Value v) { return v.as<Generator>(); }

Value generator_repr(Mutator& m, Value self) {
  return text_value(
      m, "<generator object " + to_utf8(generator_of(self)->qualname) + " at " + hex_address(self.as_object()) + ">");
}

Value generator_iter(Mutator&, Value self) { return self; }

Value generator_next(Mutator& m, Value self) {
  Value returned;
  Value v = generator_resume(m, generator_of(self), Value(), &returned);
  if (v.is_empty() && !m.has_exception() && !returned.is_none()) return raise_stop_iteration(m, returned);
  return v;
}

// What a method of a generator gives: the yielded value, or StopIteration with the returned one.
Value yielded_or_stop(Mutator& m, Value v, Value returned) {
  if (!v.is_empty() || m.has_exception()) return v;
  return raise_stop_iteration(m, returned);
}

Value generator_next_method(Mutator& m, const CallArgs& a) {
  Value returned;
  Value v = generator_resume(m, generator_of(a[0]), Value(), &returned);
  return yielded_or_stop(m, v, returned);
}

Value generator_send(Mutator& m, const CallArgs& a) {
  Value returned;
  Value v = generator_resume(m, generator_of(a[0]), a[1], &returned);
  return yielded_or_stop(m, v, returned);
}

bool is_exception_class(Mutator& m, Value v) {
  return is_kind(v, Kind::type) && is_subtype(v.as<Type>(), m.runtime->exceptions.BaseException);
}

// throw(type[, value[, traceback]]) or throw(exception): sets the pending exception without touching its context.
bool prepare_throw(Mutator& m, const CallArgs& a) {
  Value exception = a[1];
  Value value = a.positional > 2 ? a[2] : Value::none();
  Value traceback = a.positional > 3 ? a[3] : Value::none();
  if (!traceback.is_none() && !is_kind(traceback, Kind::traceback)) {
    raise_type_error(m, "throw() third argument must be a traceback object");
    return false;
  }
  if (is_exception_class(m, exception)) {
    if (is_instance_of(m, value, exception.as<Type>())) {
      exception = value;
    } else if (value.is_none()) {
      exception = call(m, exception, {});
    } else if (is_kind(value, Kind::tuple)) {
      auto* t = value.as<Tuple>();
      exception = call(m, exception, CallArgs{reinterpret_cast<const Value*>(t->items), t->length(), nullptr});
    } else {
      exception = call(m, exception, {value});
    }
    if (exception.is_empty()) return false;
  } else if (!is_kind(exception, Kind::exception)) {
    raise_type_error(
        m, "exceptions must be classes or instances deriving from BaseException, not " + class_name_of(m, exception));
    return false;
  } else if (!value.is_none()) {
    raise_type_error(m, "instance exception may not have a separate value");
    return false;
  }
  if (!traceback.is_none()) exception.as<Exception>()->traceback.store(traceback);
  m.exception = exception;
  return true;
}

Value generator_throw(Mutator& m, const CallArgs& a) {
  if (!prepare_throw(m, a)) return Value();
  Value returned;
  Value v = generator_resume(m, generator_of(a[0]), Value(), &returned);
  return yielded_or_stop(m, v, returned);
}

Value generator_close(Mutator& m, const CallArgs& a) {
  Generator* g = generator_of(a[0]);
  const GeneratorState state = g->state.load(std::memory_order_acquire);
  if (state == GeneratorState::finished) return Value::none();
  Value exit = make_exception(m, m.runtime->exceptions.GeneratorExit, "");
  if (exit.is_empty()) return exit;
  exit.as<Exception>()->args.store(Value::object(m.runtime->empty_tuple));
  m.exception = exit;
  Value returned;
  Value v = generator_resume(m, g, Value(), &returned);
  if (!v.is_empty()) return raise(m, m.runtime->exceptions.RuntimeError, "generator ignored GeneratorExit");
  if (!m.has_exception()) return Value::none();
  if (exception_matches(m, m.runtime->exceptions.GeneratorExit) ||
      exception_matches(m, m.runtime->exceptions.StopIteration)) {
    m.exception = Value();
    return Value::none();
  }
  return Value();
}

Value get_name(Mutator&, const CallArgs& a) { return Value::object(generator_of(a[0])->name); }
Value get_qualname(Mutator&, const CallArgs& a) { return Value::object(generator_of(a[0])->qualname); }
Value get_running(Mutator&, const CallArgs& a) {
  return Value::boolean(generator_of(a[0])->state.load(std::memory_order_relaxed) == GeneratorState::running);
}
Value get_suspended(Mutator&, const CallArgs& a) {
  return Value::boolean(generator_of(a[0])->state.load(std::memory_order_relaxed) == GeneratorState::suspended);
}
Value get_code(Mutator&, const CallArgs& a) { return Value::object(generator_of(a[0])->frame()->code); }
Value get_yield_from(Mutator&, const CallArgs& a) {
  Value v = generator_of(a[0])->yield_from;
  return v.is_empty() ? Value::none() : v;
}
// There are no frame objects of suspended generators: something that is None only once the generator has finished.
Value get_frame(Mutator&, const CallArgs& a) {
  Generator* g = generator_of(a[0]);
  if (g->state.load(std::memory_order_relaxed) == GeneratorState::finished) return Value::none();
  return Value::object(g->frame()->code);
}

const NativeDef kMethods[] = {{"__next__", generator_next_method, 1, 1},
                              {"send", generator_send, 2, 2},
                              {"throw", generator_throw, 2, 4},
                              {"close", generator_close, 1, 1}};
const NativeDef kGetters[] = {{"__name__", get_name, 1, 1},      {"__qualname__", get_qualname, 1, 1},
                              {"gi_running", get_running, 1, 1}, {"gi_suspended", get_suspended, 1, 1},
                              {"gi_code", get_code, 1, 1},       {"gi_yieldfrom", get_yield_from, 1, 1},
                              {"gi_frame", get_frame, 1, 1}};

constexpr TypeSlots kSlots = {.repr = generator_repr, .iter = generator_iter, .next = generator_next};

}  // namespace

void define_generators(Mutator& m) {
  TypeSpec spec{"generator", &kSlots, kMethods, Kind::generator, 0};
  spec.getters = kGetters;
  m.runtime->types.generator = define_type(m, spec);
}

}  // namespace turnstile
