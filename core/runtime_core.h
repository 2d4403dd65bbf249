// What ordinary (policy-free) code asks of the runtime. Runtime<P> implements it with P's axes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/marker.h"
#include "allocator/pages.h"
#include "allocator/statistics.h"
#include "core/exceptions.h"
#include "core/mutator.h"
#include "core/names.h"
#include "core/objects/function.h"
#include "core/objects/type.h"
#include "policies/stats/counters.h"

namespace turnstile {

class CompilerHooks;
class StopRecorder;
struct ImportState;
struct ProgramThreads;
struct StandardStreams;

struct RuntimeOptions {
  enum class Tier : std::uint8_t { interpreter, mixed, compiled };
  Tier tier = Tier::mixed;      ///< compiled: everything that can be is compiled at its first call
  std::uint64_t gc_stress = 0;  ///< collect at every k-th allocation; 0: off
  bool gc_verify = false;       ///< verify the heap after each collection
  bool gc_poison = false;
  bool record_stops = false;  ///< histograms of stops (core/stop_recorder.h)
  std::size_t max_heap = 0;   ///< bytes; 0: unlimited
  /// Heat at which a function is compiled, there and then; 0: a default that depends on its size, in the background.
  std::uint32_t compile_threshold = 0;
  bool perf_map = false;                   ///< generated code shows up in perf / gdb
  std::vector<std::string> argv;           ///< sys.argv
  allocator::PageSource* pages = nullptr;  ///< of heap and stacks; outlives the runtime; null: the system
};

/// The builtin classes by role. Filled once while the runtime is constructed, then constant.
struct BuiltinTypes {
  Type *object, *type, *none_type, *bool_, *int_, *float_, *str, *bytes, *tuple, *list, *dict, *set, *frozenset, *range,
      *slice, *dict_keys, *dict_values, *dict_items, *function, *builtin_function, *method, *method_descriptor, *code,
      *frame, *traceback, *module, *generator, *iterator, *property, *static_method, *class_method, *super, *cell,
      *not_implemented_type, *ellipsis_type, *enumerate, *zip, *map, *filter, *reversed, *internal, *dict_proxy,
      *union_type, *wrapper_descriptor, *generic_alias, *bytearray, *text_file, *binary_file;
  Type* iterators[32];  // class of each IteratorKind
};

class RuntimeCore {
 public:
  virtual ~RuntimeCore();

  // --- the heap -----------------------------------------------------------------------------------------------
  /// May collect. Null with MemoryError raised. Memory is uninitialized.
  virtual void* allocate_slow(Mutator& m, std::size_t bytes) = 0;
  /// May collect (it does, unless the policy cannot stop the other threads). Returns the number of freed objects or 0.
  virtual void collect(Mutator& m) = 0;
  /// `run(object)` is called once the object is found dead, or with the runtime's end.
  virtual void register_finalizer(Mutator& m, Object* object, void (*run)(void*)) = 0;
  virtual allocator::HeapStatistics heap_statistics() = 0;

  // --- threads ------------------------------------------------------------------------------------------------
  /// Registers the calling native thread; it is blocked then. The mutator belongs to the runtime until detach(). Null:
  /// the system refused the memory of its stack.
  virtual Mutator* attach() = 0;
  virtual void detach(Mutator* m) = 0;
  virtual void enter(Mutator& m) = 0;  ///< may block
  virtual void leave(Mutator& m) = 0;
  /// Slow path of the poll: may block, may collect nothing; delivers KeyboardInterrupt on the main thread: false with
  /// the exception set.
  virtual bool safepoint(Mutator& m) = 0;
  /// After a wait that a signal may have ended: false with KeyboardInterrupt raised, on the main thread.
  virtual bool deliver_interrupt(Mutator& m) = 0;
  /// Exclusive from here to resume_world(). False where the policy cannot (no world lock, several threads).
  virtual bool stop_world(Mutator& m) = 0;
  virtual void resume_world(Mutator& m) = 0;
  virtual std::size_t attached_threads() const = 0;
  /// The thread that constructed the runtime: attached all the time, blocked unless it entered.
  virtual Mutator& main_mutator() = 0;
  /// From any thread or a signal handler: the main thread raises KeyboardInterrupt at its next safepoint.
  virtual void interrupt_main() = 0;

  // --- the object locks (use core/guard.h) ----------------------------------------------------------------------
  virtual void lock_object(Mutator& m, Object* o) = 0;  ///< may block (in a region)
  virtual void unlock_object(Mutator& m, Object* o) = 0;
  virtual void lock_two(Mutator& m, Object* a, Object* b) = 0;
  virtual void unlock_two(Mutator& m, Object* a, Object* b) = 0;

  // --- counters and facts -----------------------------------------------------------------------------------------
  virtual void count(Mutator& m, stats::Counter c, std::uint64_t n) = 0;
  virtual stats::Snapshot counters() const = 0;
  virtual const StopRecorder& stop_recorder() const = 0;
  virtual std::string_view policy_name() const = 0;
  /// A background compilation is under way: the runtime's end would wait for it.
  bool compiling() const;
  /// Empty, or why nothing is compiled.
  std::string tier_note() const;
  /// Interpreter<P>::run.
  virtual EntryPoint interpreter_entry() const = 0;

  // --- the code lock ----------------------------------------------------------------------------------------------
  virtual bool try_claim_compilation(CodeData& code) = 0;
  virtual void release_compilation(CodeData& code) = 0;
  virtual void lock_code_metadata(Mutator& m) = 0;  ///< may block (in a region)
  virtual void unlock_code_metadata(Mutator& m) = 0;
  virtual void lock_compiler(Mutator& m) = 0;  ///< may block (in a region)
  virtual void unlock_compiler(Mutator& m) = 0;
  /// How many threads may compile in the background at once: one where the policy does not let compilations run in
  /// parallel.
  virtual unsigned parallel_compilations() const = 0;

  // --- programs (core/program.cpp) ----------------------------------------------------------------------------------
  /// Runs source text as the module __main__ on a running mutator: python3's exit status. An uncaught exception is
  /// printed to standard error as python3 does. Waits for the program's non-daemon threads at the end.
  int run_main(Mutator& m, std::string_view source, std::string_view filename);
  /// Prints an exception as the interpreter's top level does; SystemExit is not special.
  void print_exception(Mutator& m, Value exception);

  // --- tables of the runtime ----------------------------------------------------------------------------------------
  RuntimeOptions options;
  BuiltinTypes types{};
  ExceptionTypes exceptions{};
  WellKnownNames names{};
  Dict* builtins = nullptr;  // the builtins module's dict
  Dict* modules = nullptr;   // sys.modules
  Tuple* empty_tuple = nullptr;
  Str* empty_str = nullptr;
  std::string main_path;                             // script's folder: where imports look
  std::atomic<std::uint32_t> recursion_limit{1000};  // sys.setrecursionlimit: of threads that start later, too
  std::atomic<Object*> single_characters[256] = {};  // interned one-character strings, by Latin-1 code point
  Exception* memory_error = nullptr;                 // raised when nothing can be allocated
  std::unique_ptr<CompilerHooks> hooks;
  std::unique_ptr<StandardStreams> streams;  // core/builtins/streams.h
  Type* stream_type = nullptr;
  std::unique_ptr<ImportState> imports;     // core/modules/import_state.h
  std::shared_ptr<ProgramThreads> threads;  // core/modules/program_threads.h; ending threads hold it, too
  std::atomic<bool> gc_enabled{true};       // gc.disable(): only explicit collections and those at the heap limit

  /// Objects that live as long as the runtime. Guarded by roots_mutex_ (short, no safepoint under it).
  void add_root(Value v);

  std::uint64_t next_type_version() { return type_version_.fetch_add(1, std::memory_order_relaxed) + 1; }

  // Interned strings: core/intern.cpp. Guarded by intern_mutex_, which never waits for a safepoint.
  struct InternTable;
  std::unique_ptr<InternTable, void (*)(InternTable*)> interned;

 protected:
  RuntimeCore();
  /// Makes classes, builtins and sys. The mutator is the main thread's, running.
  void bootstrap(Mutator& m);
  /// The program's end: flushes standard output, drops what needs the heap. Running.
  void shut_down(Mutator& m);
  /// Roots of one thread and of the runtime; world stopped.
  void trace_mutator(Mutator& m, allocator::Marker& marker);
  void trace_runtime(allocator::Marker& marker);

  std::mutex roots_mutex_;
  std::vector<Value> roots_;
  std::atomic<std::uint64_t> type_version_{0};
};

/// What codegen provides to core: the seam that users of Runtime<P> never see.
class CompilerHooks {
 public:
  virtual ~CompilerHooks() = default;
  /// Compiles source text to a module's code. Null with SyntaxError (or NotImplementedError) raised. `mode`: "exec",
  /// "eval", "single".
  virtual Code* compile_source(Mutator& m, std::string_view source, std::string_view filename,
                               std::string_view mode = "exec") = 0;
  /// A function or loop became hot: may compile it and publish entry points. Called by the interpreter, running.
  virtual void on_hot(Mutator& m, Frame* frame, bool loop) = 0;
  /// Empty, or why tier 1 is not available.
  virtual std::string status() const { return ""; }
  /// Something is being compiled in the background.
  virtual bool busy() const { return false; }
  /// Ends what goes on in the background; may wait for it. Before the heap goes.
  virtual void stop() {}
  /// The collector asks for objects that compiled code refers to (world stopped).
  virtual void trace_roots(const std::function<void(Object*)>& mark) = 0;
};

/// May collect. Null with MemoryError raised.
inline void* allocate(Mutator& m, std::size_t bytes) {
  if (void* p = allocator::try_allocate(m.cursors, bytes)) [[likely]]
    return p;
  return m.runtime->allocate_slow(m, bytes);
}

}  // namespace turnstile
