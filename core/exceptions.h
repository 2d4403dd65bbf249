// Exception objects, the builtin exception classes, and how native code raises. A function that fails returns an
// empty Value (false, -1, null) and leaves the exception in Mutator::exception.
#pragma once

#include <string>
#include <string_view>

#include "core/object.h"
#include "core/objects/containers.h"
#include "core/objects/type.h"
#include "core/value.h"

namespace turnstile {

struct Mutator;
struct Frame;
struct Code;

// clang-format off
#define TURNSTILE_EXCEPTIONS(X)                                                                              \
  X(BaseException, BaseException) X(Exception, BaseException) X(SystemExit, BaseException)                   \
  X(KeyboardInterrupt, BaseException) X(GeneratorExit, BaseException) X(StopIteration, Exception)            \
  X(StopAsyncIteration, Exception) X(ArithmeticError, Exception) X(FloatingPointError, ArithmeticError)      \
  X(OverflowError, ArithmeticError) X(ZeroDivisionError, ArithmeticError) X(AssertionError, Exception)       \
  X(AttributeError, Exception) X(BufferError, Exception) X(EOFError, Exception) X(ImportError, Exception)    \
  X(ModuleNotFoundError, ImportError) X(LookupError, Exception) X(IndexError, LookupError)                   \
  X(KeyError, LookupError) X(MemoryError, Exception) X(NameError, Exception) X(UnboundLocalError, NameError) \
  X(OSError, Exception) X(BlockingIOError, OSError) X(FileNotFoundError, OSError)                            \
  X(FileExistsError, OSError) X(PermissionError, OSError) X(IsADirectoryError, OSError)                      \
  X(NotADirectoryError, OSError) X(InterruptedError, OSError) X(TimeoutError, OSError)                       \
  X(ConnectionError, OSError) X(BrokenPipeError, ConnectionError) X(ReferenceError, Exception)               \
  X(RuntimeError, Exception) X(NotImplementedError, RuntimeError) X(RecursionError, RuntimeError)            \
  X(SyntaxError, Exception) X(IndentationError, SyntaxError) X(TabError, IndentationError)                   \
  X(SystemError, Exception) X(TypeError, Exception) X(ValueError, Exception) X(UnicodeError, ValueError)     \
  X(UnicodeDecodeError, UnicodeError) X(UnicodeEncodeError, UnicodeError) X(Warning, Exception)              \
  X(DeprecationWarning, Warning) X(RuntimeWarning, Warning) X(UserWarning, Warning) X(SyntaxWarning, Warning) \
  X(FutureWarning, Warning) X(PendingDeprecationWarning, Warning) X(ImportWarning, Warning)                  \
  X(UnicodeWarning, Warning) X(BytesWarning, Warning) X(ResourceWarning, Warning)
// clang-format on

struct ExceptionTypes {
#define TURNSTILE_DECLARE(name, base) Type* name;
  TURNSTILE_EXCEPTIONS(TURNSTILE_DECLARE)
#undef TURNSTILE_DECLARE
};

/// Kind::exception.
struct Exception : Object {
  AtomicValue args;              // tuple
  AtomicValue traceback;         // Traceback or None
  AtomicValue cause;             // None or exception
  AtomicValue context;           // None or exception
  AtomicValue suppress_context;  // bool
  AtomicValue attributes;        // Dict or empty
  AtomicValue extra;             // StopIteration.value, SystemExit.code, KeyError..., AttributeError.name: as needed
};

struct Traceback : Object {
  Code* code = nullptr;
  std::uint32_t pc = 0;
  Traceback* next = nullptr;  // towards the raise
  Dict* globals = nullptr;
};

/// Raises an instance of `cls` with one str argument. Always returns empty, so: `return raise(m, ...)`. May collect.
Value raise(Mutator& m, Type* cls, std::string_view message);
Value raise_type_error(Mutator& m, std::string_view message);
Value raise_value_error(Mutator& m, std::string_view message);
Value raise_index_error(Mutator& m, std::string_view message);
Value raise_overflow_error(Mutator& m, std::string_view message);
Value raise_zero_division(Mutator& m, std::string_view message);
Value raise_key_error(Mutator& m, Value key);
Value raise_stop_iteration(Mutator& m, Value value);
Value raise_memory_error(Mutator& m);  // preallocated: never allocates
Value raise_recursion_error(Mutator& m, std::string_view what = "");
Value raise_not_implemented(Mutator& m, std::string_view message);
/// Raises an exception object (or class, which is instantiated), setting __context__ from what is being handled.
Value raise_value(Mutator& m, Value exception_or_class, Value cause = Value());
/// An instance of cls made from args. Empty when its constructor raised.
Value make_exception(Mutator& m, Type* cls, std::string_view message);
/// True if the pending exception is an instance of cls.
bool exception_matches(const Mutator& m, const Type* cls);
/// Takes the pending exception.
Value take_exception(Mutator& m);
/// Prepends frame's position to the pending exception's traceback. May collect.
void add_traceback(Mutator& m, Frame* frame);
/// The text python3 prints for an uncaught exception, with causes and contexts. May run managed code (__str__).
std::string format_exception(Mutator& m, Value exception);

}  // namespace turnstile
