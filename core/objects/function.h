// Code, functions, frames, generators and what they are made of.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/bytecode.h"
#include "core/call_args.h"
#include "core/object.h"
#include "core/objects/containers.h"
#include "core/objects/text.h"

namespace turnstile {

struct Mutator;
struct Frame;
struct Code;
struct Shape;
struct Type;
struct Module;

/// Runs a frame to its return, yield or exception (empty, Mutator::exception set). The interpreter and compiled code
/// have this one signature, so that a function changes tier by storing its entry pointer.
using EntryPoint = Value (*)(Mutator*, Frame*);

enum CodeFlags : std::uint32_t {
  kVarArgs = 1,      // has *args
  kVarKeywords = 2,  // has **kwargs
  kGenerator = 4,
  kClassBody = 8,  // runs with a namespace dict; returns its __class__ cell or None
  kModule = 16,    // namespace is globals
  kNested = 32,
};

/// One immutable inline cache entry; published by release store of CacheSlot::entry, read by acquire, never changed,
/// kept alive by the collector through `refs`. `sub` says what the fields mean (core/inline_cache.h).
struct CacheEntry : Object {
  AtomicValue refs[4];
  std::uint64_t words[2];
};

struct CacheSlot {
  std::atomic<CacheEntry*> entry{nullptr};
  std::atomic<std::uint32_t> misses{0};
};

/// State of a function in tier 1.
///   cold -> compiling -> ready -> (invalidated) cold ...; compiling -> failed
enum class TierState : std::uint32_t { cold, compiling, ready, failed };

/// What the builder makes of one function, class body or module. Not collected itself: owned by its Code object.
/// Immutable but for the atomics.
struct CodeData {
  std::string name, qualname, filename;
  std::shared_ptr<const std::string> source;  // for tracebacks; may be null
  std::uint32_t first_line = 0;
  std::uint32_t flags = 0;
  std::uint16_t positional_only = 0;  // of the positional
  std::uint16_t positional = 0;       // parameters
  std::uint16_t keyword_only = 0;
  std::uint16_t local_count = 0;  // parameters, *args, **kwargs, locals, cells, free variables
  std::uint16_t slot_count = 0;   // with temporaries
  std::uint16_t free_begin = 0;   // first slot of the free variables (closure cells), free_count of them
  std::uint16_t free_count = 0;
  std::vector<Insn> insns;
  std::vector<SourceSpan> spans;  // one for each instruction
  std::vector<ExceptionEntry> exceptions;
  std::uint32_t cache_count = 0;
  std::vector<std::string> local_names;  // by slot, local_count of them

  std::unique_ptr<CacheSlot[]> caches;
  std::unique_ptr<std::atomic<std::uint8_t>[]> feedback;  // one for each instruction
  std::atomic<std::uint32_t> heat{0};                     // calls + loop iterations, approximate
  std::atomic<TierState> tier{TierState::cold};
  std::atomic<std::uint32_t> compile_claim{0};  // CodeLock's claim word
  std::atomic<std::uint32_t> deopt_count{0};
  void* compiled = nullptr;  // codegen's own, guarded by its CodeLock
};

struct Code : Object {
  CodeData* data = nullptr;  // deleted by the finalizer
  Tuple* consts = nullptr;   // interned names among them
  Str* name = nullptr;
  Str* qualname = nullptr;
  /// Where calls enter: interpreter, or compiled code once published (release; acquire by callers).
  std::atomic<EntryPoint> entry{nullptr};
  /// Entry of compiled loops: null, or called by the interpreter at a hot jump_back with frame->pc at the loop header.
  std::atomic<EntryPoint> osr_entry{nullptr};
  AtomicValue keep_alive;  // list of objects that compiled code refers to, or empty
};

struct Cell : Object {
  AtomicValue value;
};

struct Function : Object {
  Code* code = nullptr;
  Dict* globals = nullptr;
  Dict* builtins = nullptr;
  AtomicValue name, qualname, doc, module_name;
  AtomicValue defaults;          // tuple or None
  AtomicValue keyword_defaults;  // dict or None
  Tuple* closure = nullptr;      // of Cells, or null
  AtomicValue attributes;        // Dict or empty
  AtomicValue annotations;       // Dict or empty
};

struct BoundMethod : Object {
  Value function, self;
};

/// How a native function runs with respect to the other threads.
enum class NativeMode : std::uint8_t {
  concurrent,  // running: beside other threads
  exclusive,   // the world is stopped around it
  blocking,    // in a blocking region: must not touch the managed heap
};

using NativeFn = Value (*)(Mutator&, const CallArgs&);

/// Static description of a native function. For a method, args[0] is the receiver and counts.
struct NativeDef {
  const char* name;
  NativeFn fn;
  std::int16_t min_args = 0;  // positional, with the receiver
  std::int16_t max_args = 0;  // -1: any number
  bool keywords = false;      // accepts keyword arguments (checks them itself); else TypeError
  NativeMode mode = NativeMode::concurrent;
};

struct NativeFunction : Object {
  const NativeDef* def = nullptr;  // static, or owned by the runtime
  Type* owner = nullptr;           // the class whose method this is (receiver is checked), or null
  void* data = nullptr;            // of embedders
  Str* name = nullptr;
  Str* module_name = nullptr;  // of a function of a module other than builtins; null: none
};

struct Module : Object {
  Dict* dict = nullptr;
  Str* name = nullptr;
};

enum class GeneratorState : std::uint8_t { created, suspended, running, finished };

/// The frame follows the fields (frame_storage); it runs in place. `state` changes by compare-and-swap to running, so
/// that two threads cannot run it at once ("generator already executing").
struct Generator : Object {
  std::atomic<GeneratorState> state{GeneratorState::created};
  Function* function = nullptr;
  Str* name = nullptr;
  Str* qualname = nullptr;
  Value handled;     // the exception that its body handles while suspended
  Value yield_from;  // what it delegates to, or empty
  Frame* frame() { return reinterpret_cast<Frame*>(this + 1); }
};

}  // namespace turnstile
