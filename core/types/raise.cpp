// Raising: making exception objects, chaining them to what is being handled, and recording where they came by.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Exception* exception_of(Value v) { return reinterpret_cast<Exception*>(v.as_object()); }

bool is_exception(Value v) { return is_kind(v, Kind::exception); }

// `raised` happens while `handled` is being handled: handled becomes its context, and is taken out of wherever in
// handled's own chain of contexts `raised` already was, so that no chain is a ring.
void chain_context(Exception* raised, Value handled) {
  if (!is_exception(handled) || exception_of(handled) == raised) return;
  Exception* at = exception_of(handled);
  Exception* slow = at;  // Brent's pace keeper: a ring made by hand must not hang us
  for (std::uint64_t steps = 1, limit = 2;; ++steps) {
    Value next = at->context.load();
    if (!is_exception(next)) break;
    if (exception_of(next) == raised) {
      at->context.store(Value::none());
      break;
    }
    at = exception_of(next);
    if (at == slow) break;
    if (steps == limit) {
      slow = at;
      limit *= 2;
    }
  }
  raised->context.store(handled);
}

Value pend(Mutator& m, Value exception) {
  if (!m.handled.is_empty()) chain_context(exception_of(exception), m.handled);
  m.exception = exception;
  return Value();
}

}  // namespace

Value make_exception(Mutator& m, Type* cls, std::string_view message) {
  Str* text = make_str(m, message);
  Value args = text == nullptr ? Value() : make_tuple(m, {Value::object(text)});
  if (args.is_empty()) return args;
  auto* e = new_object<Exception>(m, cls, Kind::exception);
  if (e == nullptr) return Value();
  e->args.store_relaxed(args);
  e->traceback.store_relaxed(Value::none());
  e->cause.store_relaxed(Value::none());
  e->context.store_relaxed(Value::none());
  e->suppress_context.store_relaxed(Value::false_value());
  return Value::object(e);
}

Value raise(Mutator& m, Type* cls, std::string_view message) {
  Value e = make_exception(m, cls, message);
  if (e.is_empty()) return e;
  if (message.empty()) exception_of(e)->args.store(Value::object(m.runtime->empty_tuple));
  return pend(m, e);
}

Value raise_type_error(Mutator& m, std::string_view message) {
  return raise(m, m.runtime->exceptions.TypeError, message);
}
Value raise_value_error(Mutator& m, std::string_view message) {
  return raise(m, m.runtime->exceptions.ValueError, message);
}
Value raise_index_error(Mutator& m, std::string_view message) {
  return raise(m, m.runtime->exceptions.IndexError, message);
}
Value raise_overflow_error(Mutator& m, std::string_view message) {
  return raise(m, m.runtime->exceptions.OverflowError, message);
}
Value raise_zero_division(Mutator& m, std::string_view message) {
  return raise(m, m.runtime->exceptions.ZeroDivisionError, message);
}
Value raise_not_implemented(Mutator& m, std::string_view message) {
  return raise(m, m.runtime->exceptions.NotImplementedError, message);
}

namespace {

Value raise_with(Mutator& m, Type* cls, Value argument) {
  Value args = make_tuple(m, {argument});
  Value e = args.is_empty() ? Value() : make_exception(m, cls, "");
  if (e.is_empty()) return e;
  exception_of(e)->args.store(args);
  return pend(m, e);
}

}  // namespace

Value raise_key_error(Mutator& m, Value key) { return raise_with(m, m.runtime->exceptions.KeyError, key); }

Value raise_stop_iteration(Mutator& m, Value value) {
  if (value.is_empty() || value.is_none()) return raise(m, m.runtime->exceptions.StopIteration, "");
  return raise_with(m, m.runtime->exceptions.StopIteration, value);
}

Value raise_memory_error(Mutator& m) {
  m.cleared_below = 0;
  m.exception = Value::object(m.runtime->memory_error);
  return Value();
}

Value raise_recursion_error(Mutator& m, std::string_view what) {
  return raise(m, m.runtime->exceptions.RecursionError, "maximum recursion depth exceeded" + std::string(what));
}

Value raise_value(Mutator& m, Value exception, Value cause) {
  if (is_kind(exception, Kind::type) && is_subtype(exception.as<Type>(), m.runtime->exceptions.BaseException)) {
    Value cls = exception;
    exception = call(m, cls, {});
    if (exception.is_empty()) return exception;
    if (!is_exception(exception)) {
      Value shown = repr(m, cls);
      if (shown.is_empty()) return shown;
      return raise_type_error(m, "calling " + to_utf8(shown.as<Str>()) +
                                     " should have returned an instance of BaseException, not " +
                                     class_name_of(m, exception));
    }
  }
  if (!is_exception(exception)) return raise_type_error(m, "exceptions must derive from BaseException");
  Exception* e = exception_of(exception);
  if (!cause.is_empty()) {
    if (is_kind(cause, Kind::type) && is_subtype(cause.as<Type>(), m.runtime->exceptions.BaseException)) {
      cause = call(m, cause, {});
      if (cause.is_empty()) return cause;
    }
    if (!cause.is_none() && !is_exception(cause)) {
      return raise_type_error(m, "exception causes must derive from BaseException");
    }
    e->cause.store(cause);
    e->suppress_context.store(Value::true_value());
  }
  return pend(m, exception);
}

bool exception_matches(const Mutator& m, const Type* cls) {
  return m.has_exception() && is_subtype(type_of(m, m.exception), cls);
}

Value take_exception(Mutator& m) {
  Value e = m.exception;
  m.exception = Value();
  return e;
}

void add_traceback(Mutator& m, Frame* frame) {
  if ((frame->state & kFrameReraised) != 0) {
    frame->state &= ~kFrameReraised;
    return;
  }
  Value pending = take_exception(m);
  auto* t = new_object<Traceback>(m, m.runtime->types.traceback, Kind::traceback);
  if (t == nullptr) {
    m.exception = pending;  // no memory: a traceback that lacks lines is better than none
    return;
  }
  if (exception_of(pending) == m.runtime->memory_error) {
    // The preallocated exception belongs to all threads: what a program sees is its own.
    Value own = make_exception(m, m.runtime->exceptions.MemoryError, "");
    if (own.is_empty()) {
      m.exception = pending;
      return;
    }
    exception_of(own)->args.store(Value::object(m.runtime->empty_tuple));
    if (!m.handled.is_empty()) chain_context(exception_of(own), m.handled);
    pending = own;
  }
  Exception* e = exception_of(pending);
  Value seen = e->traceback.load();
  t->code = frame->code;
  t->pc = frame->pc;
  t->globals = frame->globals;
  t->next = is_kind(seen, Kind::traceback) ? reinterpret_cast<Traceback*>(seen.as_object()) : nullptr;
  e->traceback.store(Value::object(t));
  m.exception = pending;
}

}  // namespace turnstile
