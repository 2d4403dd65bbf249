// The life of program threads as a C++ host sees it: nothing is left behind, waits end with a signal.
#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <thread>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"
#include "core/exceptions.h"
#include "core/ops.h"
#include "core/program.h"

using namespace turnstile;

namespace {

constexpr const char* kManyThreads = R"(
import threading
done = []
lock = threading.Lock()
def work(k):
    with lock: done.append(k)
def many(n):
    for start in range(0, n, 50):
        threads = [threading.Thread(target=work, args=(start + i,)) for i in range(50)]
        for t in threads: t.start()
        for t in threads: t.join()
    return len(done)
def detached(n):
    for i in range(n): threading.Thread(target=work, args=(i,)).start()
    return n
)";

constexpr const char* kWaits = R"(
import queue, threading, time
gate = threading.Event()
def event(n): threading.Event().wait()
def event_timed(n): threading.Event().wait(60)
def lock(n):
    l = threading.Lock(); l.acquire(); l.acquire()
def lock_timed(n):
    l = threading.Lock(); l.acquire(); l.acquire(timeout=60)
def with_lock(n):
    l = threading.Lock(); l.acquire()
    with l: pass
def condition(n):
    c = threading.Condition()
    with c: c.wait()
def semaphore(n): threading.Semaphore(0).acquire()
def barrier(n): threading.Barrier(2).wait()
def get(n): queue.Queue().get()
def put(n):
    q = queue.Queue(1); q.put(1); q.put(2)
def tasks(n):
    q = queue.Queue(); q.put(1); q.join()
def join(n):
    t = threading.Thread(target=gate.wait)
    try: t.start(); t.join()
    finally: gate.set()
def sleep(n): time.sleep(60)
def loop(n):
    while True: pass
)";

}  // namespace

TEST_CASE("a thousand threads come and go without a trace") {
  for (const BundleInfo& bundle : bundles()) {
    CAPTURE(bundle.name);
    std::unique_ptr<RuntimeCore> runtime = bundle.make(RuntimeOptions{});
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    REQUIRE(run_source(m, kManyThreads));
    std::int64_t count = 0;
    CHECK(int_to_int64(call_global(m, "many", {Value::small_int(1000)}), &count));
    INFO(take_error(m));
    CHECK(count == 1000);
    CHECK(runtime->attached_threads() == 1);
    call_global(m, "detached", {Value::small_int(20)});
    join_program_threads(m);
    CHECK(runtime->attached_threads() == 1);
    CHECK(runtime->counters()[stats::Counter::threads_started] == 1020);
  }
}

TEST_CASE("threads of the host have names, and are forgotten when they leave") {
  for (const BundleInfo& bundle : bundles()) {
    CAPTURE(bundle.name);
    std::unique_ptr<RuntimeCore> runtime = bundle.make(RuntimeOptions{});
    {
      MainScope scope(*runtime);
      REQUIRE(run_source(scope.mutator(),
                         "import threading\n"
                         "def name(n): return len(threading.current_thread().name)\n"
                         "def count(n): return len([t.name for t in threading.enumerate()])\n"));
    }
    std::int64_t length = 0;
    std::thread host([&] {
      ThreadScope scope(*runtime);
      int_to_int64(call_global(scope.mutator(), "name", {Value::small_int(0)}), &length);
    });
    host.join();
    CHECK(length == 7);  // Dummy-1
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    runtime->collect(m);
    std::int64_t count = 0;
    CHECK(int_to_int64(call_global(m, "count", {Value::small_int(0)}), &count));
    CHECK(count == 1);
  }
}

TEST_CASE("every wait of the main thread ends with a signal") {
  for (const BundleInfo& bundle : bundles()) {
    std::unique_ptr<RuntimeCore> runtime = bundle.make(RuntimeOptions{});
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    REQUIRE(run_source(m, kWaits));
    for (const char* wait : {"event", "event_timed", "lock", "lock_timed", "with_lock", "condition", "semaphore",
                             "barrier", "get", "put", "tasks", "join", "sleep", "loop"}) {
      if (std::string(wait) == "loop" && m.poll_word == nullptr) continue;  // a policy without polls says so
      CAPTURE(bundle.name);
      CAPTURE(wait);
      std::thread signaller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
        runtime->interrupt_main();
      });
      CHECK(call_global(m, wait, {Value::small_int(1)}).is_empty());
      signaller.join();
      CHECK(exception_matches(m, runtime->exceptions.KeyboardInterrupt));
      m.exception = Value();
    }
    join_program_threads(m);  // the signal may have come before join() did
  }
}
