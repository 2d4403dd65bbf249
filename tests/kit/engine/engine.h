// The explorer: runs a program's threads on fibers, one event at a time, and builds every graph of events that the
// memory model allows, each once.
//
// The algorithm is TruSt (Kokologiannakis, Marmanis, Gladstein, Vafeiadis, POPL 2022). Threads are extended in a fixed
// order. A new read branches over the writes it may read from, a new write over its places in mo; and a new write also
// *revisits* each earlier read that does not precede it: the read takes its value from the write, all that was added
// since the read and does not precede the write is deleted, and the exploration goes on from there. A revisit happens
// only from the one graph in which everything deleted was added the maximal way (reads of the newest write, newest
// writes), so that no graph is built twice. Nothing is remembered but the stack of branches.
//
// Waiting collapses: a thread whose await() fails stops there; it comes back by a revisit of what it read, or never.
// Once nothing can be extended and the failing reads read the newest writes, it waits forever: a deadlock.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <source_location>
#include <string>
#include <vector>

#include "tests/kit/engine/consistency.h"
#include "tests/kit/engine/fiber.h"
#include "tests/kit/engine/graph.h"
#include "tests/kit/engine/mutation.h"
#include "tests/kit/engine/report.h"
#include "tests/kit/engine/scheduler.h"

namespace turnstile::kit {

/// What is explored. Every execution calls setup(), run(i) on a fiber for each thread, finish() after all of them and
/// teardown(); an execution that ends early skips the rest. Must be deterministic but for what the platform returns.
class Program {
 public:
  virtual ~Program() = default;
  virtual int threads() const = 0;
  virtual void setup() = 0;
  virtual void run(int thread) = 0;
  virtual void finish() {}
  virtual void teardown() {}
  /// What traces call a mark(); null: its number.
  virtual const char* mark_name(int) const { return nullptr; }
};

/// One event of a recorded execution, as Violation::replay lists them, in an order in which it can be built.
struct Step {
  int thread = 0;
  char kind = '.';  // r: reads from the payload's event; w: stands behind it in mo; c: chooses it; -1: kInit
  int payload = 0;
};
std::vector<Step> parse_replay(const std::string& text);

struct Options {
  Model model = Model::sc;
  std::uint64_t max_executions = 50'000'000;  // blocked ones included
  double max_seconds = 60;                    // of processor time
  int spurious_wakes = 0;                     // per thread
  bool continue_after_deadlock = false;       // count them only
  bool membarrier = true;                     // false: asymmetric fences are real ones
  Scheduler* scheduler = nullptr;             // not null: interleavings of its choice instead of all graphs, under SC
  std::vector<Step> replay = {};              // not empty: this execution alone
  Mutation mutation = {};
  const char* wanted_property = nullptr;  // violations of others are passed over
  const char* stuck_means = nullptr;      // what a deadlock is called, if not that
};

/// Of wait queues: `wake` takes up to `operand` sleepers out; `sleep` puts one in, if its word is what it expects.
enum class Op : std::uint8_t { load, store, exchange, add, sub, and_, or_, xor_, cas, wake, sleep };

struct Operation {
  Op op = Op::load;
  Order order = Order::relaxed;
  Order failure = Order::relaxed;
  std::uint64_t operand = 0;
  std::uint64_t expected = 0;
  std::uint64_t mask = ~std::uint64_t{0};  // of the value's width
  // A wait that is over when (value & wait_mask) == wait_value; others' values block.
  std::uint64_t wait_mask = 0;
  std::uint64_t wait_value = 0;
  bool look_again = false;  // sleep: who finds another value would just look again
  std::source_location at = {};

  bool writes(std::uint64_t value) const { return op != Op::load && (op != Op::cas || value == expected); }
  /// Its write does not follow at once, or not as result() has it: that is chosen, or depends on another read.
  bool splits(std::uint64_t value) const {
    return op == Op::sleep || (op == Op::wake && static_cast<std::uint64_t>(std::popcount(value)) > operand);
  }
  bool satisfied(std::uint64_t value) const { return (value & wait_mask) == wait_value; }
  std::uint64_t result(std::uint64_t value) const;
};

/// Where each thread last read and wrote a plain variable: 1 + events that it had executed; 0: never.
struct Accesses {
  Clock reads, writes;
};

class Engine {
 public:
  explicit Engine(const Options& options);
  ~Engine();

  Report explore(Program& program);

  /// The engine whose program runs on this thread now, or null.
  static Engine* current() { return current_; }

  // For the platform, from setup() or a thread.
  int new_location(std::uint64_t initial, const void* address);
  /// The location is a mutex: 0 where nobody holds it.
  void note_mutex(int location) { mutexes_.push_back(location); }
  void destroy_location(int location, std::source_location at);
  std::uint64_t access(int location, const Operation& operation);
  void fence(Kind kind, std::source_location at);
  bool park(int location, std::uint64_t expected, bool has_deadline, std::source_location at);
  void unpark(int location, int count, std::source_location at);
  /// A look: reads that have no effect but to say whether to wait.
  void begin_look();
  /// Not ready: returns when it is worth another look, or never.
  void end_await(bool ready);
  /// park(), after a look that saw `expected`, and before another.
  bool sleep(int location, std::uint64_t expected, bool has_deadline, std::source_location at);
  void touch(Accesses& variable, bool write, const void* address);
  void destroy_variable(const Accesses& variable);

  // For scenarios.
  int choose(int options, std::source_location at = std::source_location::current());
  /// The event; kNone outside of threads.
  Stamp mark(int what, std::source_location at = std::source_location::current());
  /// Somewhere from here on, in each branch elsewhere, the calling thread ceases to exist (a fork's other threads do).
  void may_vanish(int steps = 24);
  /// A thread with an access that conflicts with this one and is not ordered with it, or -1. Traces draw what is
  /// missing.
  int conflict(const Accesses& variable, bool write);
  void note_access(Accesses& variable, bool write);
  /// The violation's text as printf() would write it: nothing that owns memory may stand on the caller's stack, which
  /// is abandoned.
  [[noreturn]] [[gnu::format(printf, 3, 4)]] void fail(const char* property, const char* format, ...);
  void check(bool holds, const char* property, const char* text) {
    if (!holds) fail(property, "%s", text);
  }
  void name_region(const void* begin, std::size_t size, const char* name);
  int thread() const { return running_; }
  const Graph& graph() const { return graph_; }
  Model model() const { return options_.model; }
  bool mutex_is_held() const;
  Consistency& consistency() { return consistency_; }
  /// Called at the end of every complete execution; may call fail().
  void (*at_end)(Engine&, void*) = nullptr;
  void* at_end_argument = nullptr;
  void (*at_outcome)(Engine&, void*) = nullptr;  // like at_end, for litmus tests

 private:
  friend class TraceBuilder;
  enum class Status : std::uint8_t { fresh, replaying, pending, blocked, finished };
  struct Thread {
    std::unique_ptr<Fiber> fiber;
    Status status = Status::fresh;
    int position = 0;  // events executed
    Clock porf, hb, released, unacquired;
    bool half_update = false;     // between the read and the write of a read-modify-write
    bool waits_for_time = false;  // parked with a deadline
    bool overtaken = false;       // its look is out of date: another branch has a better one
    int parked_on = -1;           // the word
    std::uint64_t parked_value = 0;
    int spurious_left = 0;
    int limit = kMaxSteps;  // events until it vanishes
    bool mortal = false;
    bool done() const { return status == Status::finished || (mortal && status == Status::blocked); }
    int await_from = 0;  // position where the current look began
    std::array<Stamp, kMaxSteps> stamps;
  };
  struct Location {
    std::uint64_t initial = 0;
    const void* address = nullptr;
    bool destroyed = false;
  };
  struct Region {
    const char* begin;
    std::size_t size;
    const char* name;
  };
  struct Stop {};
  /// Two conflicting accesses of which neither happens before the other: after how many events of its thread each is.
  struct MissingEdge {
    int from = -1, to = -1;  // threads
    int from_events = 0, to_events = 0;
    bool from_writes = false, to_writes = false;
  };

  static void on_crash(int signal);
  void execute();
  void replay();
  void extend();
  void run_scheduled();
  bool wake_blocked(const Thread& t) const;
  bool out_of_date(const Thread& t) const;
  bool fall_asleep(int location, std::uint64_t expected, bool look_again, std::source_location at);
  bool wait_asleep(int location, std::uint64_t expected, bool has_deadline, std::source_location at);
  void start_finish();
  void classify();
  void resume(int thread);
  [[noreturn]] void abandon();
  void leave_fiber();
  static void thread_main(void* argument);

  std::uint64_t perform(int location, const Operation& operation);
  Thread& self() { return threads_[static_cast<std::size_t>(running_)]; }
  std::string place_of(const void* address) const;
  Event base_event(Kind kind) const;
  bool guided() const { return !options_.replay.empty(); }
  const Step& step() const { return options_.replay[static_cast<std::size_t>(graph_.size)]; }
  void follow_replay();
  bool replays() { return self().position < replay_count_[static_cast<std::size_t>(running_)]; }
  Stamp replay_event(Kind kind);
  void await_turn();
  void follow(const Event& e, Stamp stamp);
  Stamp add_read(int location, const Operation& operation);
  void add_write(int location, const Operation& operation, std::uint64_t value, Stamp read);
  Stamp read(int location, const Operation& operation);
  void write(int location, const Operation& operation, std::uint64_t value, Stamp read);
  void link_read(Graph& graph, Stamp s, const Operation& operation);
  void link_write(Graph& graph, Event& e) const;
  Event write_event(int location, const Operation& operation, std::uint64_t value, Stamp read);
  void revisit_all(Stamp write);
  void link_to(Stamp read, const Event& base, Stamp source, const Operation& operation);
  template <class Visit>
  void read_older(Stamp read, const Event& base, const Operation& operation, Visit&& visit);
  void update_stale(Stamp read, Stamp previous, const Operation& operation);
  void sleep_stale(Stamp seen, const Operation& operation);
  void take_back(int fences);
  std::uint64_t value_at(const Graph& graph, int location, Stamp write) const;
  void revisit(Stamp read, Stamp write);
  bool added_maximally(Stamp s, Stamp write) const;
  void place_everywhere(Graph& graph, Stamp write, Stamp revisited);
  void push(const Graph& graph);
  Stamp add_simple(Kind kind, std::uint64_t value, std::source_location at);
  std::uint64_t leave_queue(int location, std::source_location at);
  void stop_waiting_forever();
  void check_alive(int location, const char* what);

  Options options_;
  Consistency consistency_;
  Graph graph_, scratch_;
  std::vector<std::unique_ptr<Graph>> todo_, free_;
  std::array<Thread, kMaxThreads> threads_;
  std::array<Operation, kMaxEvents> operations_;
  std::array<std::uint8_t, kMaxThreads> replay_count_{};
  std::array<bool, kMaxEvents> replayed_{};
  std::array<Location, kMaxLocations> locations_;
  std::vector<Region> regions_;
  std::vector<int> mutexes_;
  Program* program_ = nullptr;
  int thread_count_ = 0;  // without the one that finishes
  int running_ = -1;      // -1: setup
  int next_location_ = 0;
  std::array<int, kMaxThreads> thread_locations_{};
  MissingEdge missing_;
  bool extending_ = false;
  bool ended_ = false;  // this execution: abandoned, for whatever reason
  Report report_;

  static thread_local Engine* current_;
};

}  // namespace turnstile::kit
