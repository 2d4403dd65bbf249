// The threads that programs start, and the classes that the threading modules share: one table for each runtime.
//
// A thread's record outlives both the thread and its Thread object, whichever goes first.
//
//   initial --start()--> starting --(attached)--> started --(detached)--> stopped
//
// Whoever has joined a thread may rely on its native thread being detached from the runtime.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

#include "core/modules/wait_queue.h"
#include "core/mutator.h"
#include "core/objects/iterators.h"
#include "core/objects/type.h"

namespace turnstile {

struct ProgramThreads;

enum class ThreadPhase : std::uint8_t { initial, starting, started, stopped };

struct ThreadRecord {
  std::atomic<ThreadPhase> phase{ThreadPhase::initial};
  std::atomic<bool> daemon{false};
  std::atomic<std::uint64_t> ident{0};
  std::atomic<std::uint64_t> native_id{0};
  std::atomic<bool> initialized{false};  // Thread.__init__ ran
  WaitQueue waiting;                     // for started, then for stopped; phase changes under its mutex
};
using ThreadHandle = std::shared_ptr<ThreadRecord>;

struct ProgramThreads {
  LockCore making_types;
  // Written once under making_types, before types_made (release); roots.
  std::atomic<bool> types_made{false};
  Type *lock = nullptr, *rlock = nullptr, *condition = nullptr, *event = nullptr, *semaphore = nullptr,
       *bounded_semaphore = nullptr, *barrier = nullptr, *broken_barrier_error = nullptr, *thread = nullptr,
       *main_thread = nullptr, *dummy_thread = nullptr, *timer = nullptr, *local = nullptr, *hook_args = nullptr;

  std::atomic<std::uint64_t> named{0};      // threads that got a name of the form Thread-N or Dummy-N
  std::atomic<std::uint64_t> locals{0};     // keys of threading.local objects
  std::atomic<std::size_t> stack_bytes{0};  // threading.stack_size(); 0: default

  std::mutex mutex;  // a leaf
  // Thread objects that threading.enumerate() shows, in order of their start: of the main thread and of those that
  // programs started. Kept alive by their threads. Guarded by mutex.
  std::vector<NativeObject*> alive;
  std::unordered_set<std::uint64_t> live_locals;  // keys of the local objects that exist. Guarded by mutex

  WaitQueue ending;            // the program's end waits here
  std::uint64_t to_await = 0;  // non-daemon threads that have not detached yet. Guarded by ending.mutex
};

/// Makes the classes of _thread and threading when first called. False with an exception.
bool make_thread_types(Mutator& m);

/// Starts a native thread that calls function(*args, **kwargs), or thread_object.run() where there is an object.
/// Returns once it runs. May block (in a region). False with RuntimeError.
bool start_thread(Mutator& m, const ThreadHandle& record, Value thread_object, Value function, Value args,
                  Value kwargs);

/// The calling native thread was started by a program, not by the host.
bool started_by_program();
/// The Thread object of the calling thread; made on demand. Null with an exception.
NativeObject* current_thread_object(Mutator& m);
/// Waits until the thread is done; false with KeyboardInterrupt. *done: no timeout.
bool join_thread(Mutator& m, ThreadRecord& record, Deadline deadline, bool* done);
/// Reports an exception that ended a thread (which is taken), through threading.excepthook.
void report_thread_exception(Mutator& m, Value thread_object);
/// What _thread.start_new_thread's threads report.
void report_raw_exception(Mutator& m, Value function);
/// Writes to sys.stderr, whatever it is now. Never raises.
void write_to_stderr(Mutator& m, const std::string& text);

// Registration of one file's classes each; false with an exception.
bool make_lock_types(Mutator& m, ProgramThreads& t);
bool make_condition_type(Mutator& m, ProgramThreads& t);
bool make_signal_types(Mutator& m, ProgramThreads& t);  // Event, Semaphore, BoundedSemaphore
bool make_barrier_type(Mutator& m, ProgramThreads& t);
bool make_thread_object_types(Mutator& m, ProgramThreads& t);
bool make_hook_type(Mutator& m, ProgramThreads& t);
bool make_local_type(Mutator& m, ProgramThreads& t);

// For other files of core/modules/.
Value new_lock(Mutator& m);
Value new_rlock(Mutator& m);
/// acquire() and release() on any object that threading.Condition accepts as its lock.
bool release_any_lock(Mutator& m, Value lock);

struct EventCore {
  std::atomic<bool> set{false};  // release when set, acquire by is_set and by waiters that find it set
  WaitQueue waiting;
  /// timed_out, interrupted, or woken: it is or was set.
  WaitResult wait(Mutator& m, Deadline deadline);
  void signal();
};
Value new_event(Mutator& m);

}  // namespace turnstile
