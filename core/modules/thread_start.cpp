// The life of a thread that a program starts.
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "core/builtins/streams.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/ops.h"
#include "core/program.h"

namespace turnstile {

namespace {

// Address space; pages are touched as recursion deepens.
constexpr std::size_t kStackBytes = std::size_t{16} << 20;

// Below it native code could not even report that the stack is used up.
constexpr std::size_t kLeastStackBytes = std::size_t{2} << 20;

thread_local bool runs_program_thread = false;

// On the starter's stack; the new thread copies it before it reports that it runs.
struct StartRequest {
  RuntimeCore* runtime;
  ThreadHandle record;
  Value thread_object;
  Value function, args, kwargs;
  bool refused = false;  // the thread could not attach: it has ended, or is about to without touching anything
};

void set_phase(ThreadRecord& record, ThreadPhase phase) {
  std::scoped_lock lock(record.waiting.mutex);
  record.phase.store(phase, std::memory_order_release);
  record.waiting.wake_all();
}

void forget_alive(ProgramThreads& threads, const Object* object) {
  std::scoped_lock lock(threads.mutex);
  std::erase_if(threads.alive, [&](const NativeObject* o) { return o == object; });
}

void run_thread(Mutator& m, Value thread_object, Value function, Value args, Value kwargs) {
  if (thread_object.is_empty()) {
    if (call_spread(m, function, args.as<Tuple>(), kwargs).is_empty()) report_raw_exception(m, function);
    return;
  }
  Str* name = intern(m, "run");
  Value run = name == nullptr ? Value() : get_attr(m, thread_object, name);
  if (run.is_empty() || call(m, run, {}).is_empty()) report_thread_exception(m, thread_object);
}

// What runs attached, apart from what may touch nothing of the heap. False: the thread could not attach, and the
// starter has been told.
bool run_attached(StartRequest* request, const ThreadHandle& record, const std::shared_ptr<ProgramThreads>& threads) {
  RuntimeCore& runtime = *request->runtime;
  Mutator* const attached = runtime.attach();
  if (attached == nullptr) {
    request->refused = true;
    set_phase(*record, ThreadPhase::stopped);
    return false;
  }
  Mutator& m = *attached;
  runtime.enter(m);
  Value thread_object = request->thread_object;
  Value function = request->function;
  Value args = request->args;
  Value kwargs = request->kwargs;
  m.thread_object.store(thread_object);
  record->ident.store(m.thread_id, std::memory_order_relaxed);
  record->native_id.store(static_cast<std::uint64_t>(syscall(SYS_gettid)), std::memory_order_relaxed);
  set_phase(*record, ThreadPhase::started);  // `request` is gone from here on
  run_thread(m, thread_object, function, args, kwargs);
  m.exception = Value();
  // A thread that threading did not start may have got a Thread object meanwhile.
  thread_object = m.thread_object.load();
  if (!thread_object.is_empty()) forget_alive(*threads, thread_object.as_object());
  runtime.detach(&m);
  return true;
}

void* thread_main(void* argument) {
  runs_program_thread = true;
  auto* request = static_cast<StartRequest*>(argument);
  const ThreadHandle record = request->record;
  const std::shared_ptr<ProgramThreads> threads = request->runtime->threads;
  const bool awaited = !record->daemon.load(std::memory_order_relaxed);
  if (!run_attached(request, record, threads)) return nullptr;
  set_phase(*record, ThreadPhase::stopped);
  if (awaited) {
    std::scoped_lock lock(threads->ending.mutex);
    if (--threads->to_await == 0) threads->ending.wake_all();
  }
  return nullptr;
}

bool create_native_thread(StartRequest& request, std::size_t stack_bytes) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  // Signals are the main thread's.
  sigset_t interrupts, before;
  sigemptyset(&interrupts);
  sigaddset(&interrupts, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupts, &before);
  pthread_t thread;
  const int error = pthread_create(&thread, &attributes, thread_main, &request);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  return error == 0;
}

}  // namespace

bool started_by_program() { return runs_program_thread; }

bool start_thread(Mutator& m, const ThreadHandle& record, Value thread_object, Value function, Value args,
                  Value kwargs) {
  ProgramThreads& threads = *m.runtime->threads;
  const bool awaited = !record->daemon.load(std::memory_order_relaxed);
  if (awaited) {
    std::scoped_lock lock(threads.ending.mutex);
    ++threads.to_await;
  }
  if (!thread_object.is_empty()) {
    std::scoped_lock lock(threads.mutex);
    threads.alive.push_back(thread_object.as<NativeObject>());
  }
  StartRequest request{m.runtime, record, thread_object, function, args, kwargs};
  const std::size_t chosen = threads.stack_bytes.load(std::memory_order_relaxed);
  bool created;
  {
    BlockingRegion region(m);
    created = create_native_thread(request, chosen == 0 ? kStackBytes : std::max(chosen, kLeastStackBytes));
  }
  const auto cannot_start = [&] {
    if (awaited) {
      std::scoped_lock lock(threads.ending.mutex);
      --threads.to_await;
    }
    if (!thread_object.is_empty()) forget_alive(threads, thread_object.as_object());
    raise(m, m.runtime->exceptions.RuntimeError, "can't start new thread");
    return false;
  };
  if (!created) return cannot_start();
  std::unique_lock lock(record->waiting.mutex);
  while (record->phase.load(std::memory_order_relaxed) == ThreadPhase::starting) {
    record->waiting.wait(m, lock, kNoDeadline, Interruptible::no);  // the new thread reads this stack: no way out
  }
  lock.unlock();
  if (request.refused) return cannot_start();
  m.runtime->count(m, stats::Counter::threads_started, 1);
  return true;
}

bool join_thread(Mutator& m, ThreadRecord& record, Deadline deadline, bool* done) {
  WaitResult result = WaitResult::woken;
  {
    std::unique_lock lock(record.waiting.mutex);
    while (record.phase.load(std::memory_order_relaxed) != ThreadPhase::stopped && result == WaitResult::woken) {
      result = record.waiting.wait(m, lock, deadline);
    }
    *done = record.phase.load(std::memory_order_relaxed) == ThreadPhase::stopped;
  }
  return result != WaitResult::interrupted || m.runtime->deliver_interrupt(m);
}

namespace {

// False with KeyboardInterrupt.
bool await_program_threads(Mutator& m) {
  ProgramThreads& threads = *m.runtime->threads;
  for (;;) {
    WaitResult result = WaitResult::woken;
    {
      std::unique_lock lock(threads.ending.mutex);
      while (threads.to_await != 0 && result == WaitResult::woken) result = threads.ending.wait(m, lock);
    }
    if (result == WaitResult::woken) return true;
    if (!m.runtime->deliver_interrupt(m)) return false;
  }
}

}  // namespace

void join_program_threads(Mutator& m) {
  Value main = m.thread_object.load();
  if (main.is_empty()) {
    await_program_threads(m);
    return;
  }
  // Threads may wait for the main thread's end, which is now; a host may run another program afterwards.
  const ThreadHandle record = payload<ThreadHandle>(main);
  set_phase(*record, ThreadPhase::stopped);
  if (await_program_threads(m)) set_phase(*record, ThreadPhase::started);
}

void write_to_stderr(Mutator& m, const std::string& text) {
  Value stream = module_attribute(m, "sys", "stderr");
  if (stream.is_empty()) stream = m.runtime->streams->err_object;
  if (stream.is_none()) return;
  Str* s = make_str(m, text);
  if (s != nullptr) {
    Value write = get_attr(m, stream, m.runtime->names.write);
    if (!write.is_empty()) call(m, write, {Value::object(s)});
  }
  m.exception = Value();
}

void report_raw_exception(Mutator& m, Value function) {
  Value exception = take_exception(m);
  if (is_instance_of(m, exception, m.runtime->exceptions.SystemExit)) return;
  Value shown = repr(m, function);
  m.exception = Value();
  const std::string name = is_kind(shown, Kind::str) ? to_utf8(shown.as<Str>()) : "<function>";
  const std::string trace = format_exception(m, exception);
  m.exception = Value();
  write_to_stderr(m, "Exception ignored in thread started by: " + name + "\n" + trace);
}

}  // namespace turnstile
