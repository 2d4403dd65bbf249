// One execution after another: replay of what a graph holds, extension until nothing moves, and what it amounts to.
#include "tests/kit/engine/engine.h"

#include <algorithm>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "tests/kit/engine/trace.h"

namespace turnstile::kit {

thread_local Engine* Engine::current_ = nullptr;

namespace {

/// This thread's: on a busy machine an exploration comes as far as on a quiet one.
double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

Engine::Engine(const Options& options) : options_(options) {
  for (Thread& t : threads_) t.fiber = std::make_unique<Fiber>();
}
Engine::~Engine() = default;

/// A fault in the code under exploration is a violation like others. The handler runs on the fiber's stack and is left
/// with it.
void Engine::on_crash(int signal) {
  if (current_ != nullptr && current_->running_ >= 0 && !current_->ended_) {
    current_->fail("crash", "thread %d crashes (%s)", current_->running_, strsignal(signal));
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

Report Engine::explore(Program& program) {
  constexpr std::array kFaults = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};  // the last one: assertions
  struct sigaction handler = {};
  std::array<struct sigaction, kFaults.size()> before;
  handler.sa_handler = &Engine::on_crash;
  handler.sa_flags = SA_NODEFER;
  for (std::size_t i = 0; i < kFaults.size(); ++i) sigaction(kFaults[i], &handler, &before[i]);
  Engine* const outer = current_;
  current_ = this;
  const double start = processor_seconds();
  auto elapsed = [&] { return processor_seconds() - start; };
  program_ = &program;
  thread_count_ = program.threads();
  report_ = Report{};
  report_.threads = thread_count_;
  report_.spurious_wakes = options_.spurious_wakes;
  report_.model = name_of(options_.scheduler != nullptr ? Model::sc : options_.model);
  todo_.clear();
  graph_.reset(0);
  bool more = options_.scheduler == nullptr || options_.scheduler->begin(thread_count_);
  for (std::uint64_t runs = 0; more; ++runs) {
    if (runs >= options_.max_executions) {
      report_.truncated = true;
      report_.limit = std::to_string(runs) + " executions";
      break;
    }
    if (runs % 256 == 255 && elapsed() > options_.max_seconds) {
      report_.truncated = true;
      report_.limit = "time";
      break;
    }
    execute();
    if (!report_.violation.property.empty()) break;
    if (options_.scheduler != nullptr) {
      options_.scheduler->end(graph_.size);
      graph_.reset(0);
      more = options_.scheduler->begin(thread_count_);
    } else if (!todo_.empty()) {
      graph_ = *todo_.back();
      free_.push_back(std::move(todo_.back()));
      todo_.pop_back();
    } else {
      more = false;
    }
  }
  report_.seconds = elapsed();
  const bool partial = report_.truncated || options_.scheduler != nullptr || guided();
  report_.outcome = !report_.violation.property.empty() ? Outcome::refuted
                    : partial                           ? Outcome::sampled
                                                        : Outcome::proved;
  if (options_.scheduler != nullptr) report_.bound = options_.scheduler->bound();
  while (!todo_.empty()) {
    free_.push_back(std::move(todo_.back()));
    todo_.pop_back();
  }
  current_ = outer;
  for (std::size_t i = 0; i < kFaults.size(); ++i) sigaction(kFaults[i], &before[i], nullptr);
  return report_;
}

void Engine::push(const Graph& graph) {
  if (free_.empty()) {
    todo_.push_back(std::make_unique<Graph>(graph));
    return;
  }
  *free_.back() = graph;
  todo_.push_back(std::move(free_.back()));
  free_.pop_back();
}

void Engine::execute() {
  running_ = -1;
  next_location_ = 0;
  regions_.clear();
  mutexes_.clear();
  thread_locations_.fill(0);
  extending_ = ended_ = false;
  missing_ = {};
  std::fill_n(replayed_.begin(), graph_.size, false);
  replay_count_ = graph_.count;
  for (Stamp s = 0; s < graph_.size; ++s) {
    const Event& e = graph_.at(s);
    threads_[e.thread].stamps[e.index] = s;
  }
  for (int i = 0; i <= thread_count_; ++i) {
    Thread& t = threads_[static_cast<std::size_t>(i)];
    t.position = 0;
    t.porf = t.hb = t.released = t.unacquired = Clock{};
    t.waits_for_time = t.overtaken = t.half_update = false;
    t.parked_on = -1;
    t.limit = kMaxSteps;
    t.mortal = false;
    t.spurious_left = options_.spurious_wakes;
    t.status = Status::fresh;
    if (i < thread_count_) t.fiber->start(&Engine::thread_main, this);
  }
  try {
    program_->setup();
    graph_.use_location(next_location_ - 1);
    if (options_.scheduler != nullptr) {
      run_scheduled();
    } else {
      replay();
      if (!ended_) guided() ? follow_replay() : extend();
    }
    if (!ended_) classify();
  } catch (const Stop&) {
  }
  report_.longest = std::max(report_.longest, graph_.size);
  running_ = -1;
}

void Engine::thread_main(void* argument) {
  auto& engine = *static_cast<Engine*>(argument);
  const int thread = engine.running_;
  if (thread == engine.thread_count_) {
    engine.program_->finish();
  } else {
    engine.program_->run(thread);
  }
  engine.self().status = Status::finished;
  engine.leave_fiber();
  std::abort();
}

void Engine::leave_fiber() { self().fiber->suspend(); }

void Engine::abandon() {
  ended_ = true;
  if (running_ < 0) throw Stop{};
  leave_fiber();
  std::abort();
}

void Engine::resume(int thread) {
  running_ = thread;
  threads_[static_cast<std::size_t>(thread)].fiber->resume();
  running_ = -1;
}

/// The thread that runs finish() knows all that the others did. True: it can start.
void Engine::start_finish() {
  Thread& last = threads_[static_cast<std::size_t>(thread_count_)];
  for (int i = 0; i < thread_count_; ++i) {
    const Thread& t = threads_[static_cast<std::size_t>(i)];
    last.porf.join(t.porf);
    last.hb.join(t.hb);
    last.porf.set(i, t.position + 1);
    last.hb.set(i, t.position + 1);
  }
  last.fiber->start(&Engine::thread_main, this);
}

/// Runs every thread to the end of what the graph says of it, no read before what it reads from.
void Engine::replay() {
  bool finishing = false;
  for (;;) {
    bool progress = false;
    int finished = 0;
    for (int i = 0; i < thread_count_ + (finishing ? 1 : 0); ++i) {
      Thread& t = threads_[static_cast<std::size_t>(i)];
      if (t.done()) ++finished;
      if (t.status == Status::replaying) {
        const Stamp rf = graph_.at(t.stamps[static_cast<std::size_t>(t.position)]).rf;
        if (!replayed_[static_cast<std::size_t>(rf)]) continue;
      } else if (t.status != Status::fresh) {
        continue;
      }
      resume(i);
      if (ended_) return;
      progress = true;
    }
    if (finished == thread_count_ && !finishing && replay_count_[static_cast<std::size_t>(thread_count_)] > 0) {
      finishing = progress = true;
      start_finish();
    }
    if (!progress) break;
  }
  for (int i = 0; i <= thread_count_; ++i) {
    const Thread& t = threads_[static_cast<std::size_t>(i)];
    if (t.position < replay_count_[static_cast<std::size_t>(i)]) {
      fail("determinism", "a replay did not reach the end of its graph: the program is not deterministic");
    }
  }
}

/// Adds events, always of the first thread that can go on.
void Engine::extend() {
  extending_ = true;
  bool finishing = threads_[static_cast<std::size_t>(thread_count_)].status != Status::fresh;
  for (;;) {
    int next = -1, finished = 0;
    for (int i = 0; i < thread_count_ + (finishing ? 1 : 0); ++i) {
      const Status status = threads_[static_cast<std::size_t>(i)].status;
      if (threads_[static_cast<std::size_t>(i)].done()) ++finished;
      if (next < 0 && (status == Status::pending || status == Status::fresh)) next = i;
      // A revisited read-modify-write first: what others add meanwhile could only be thrown away.
      if (status == Status::pending && threads_[static_cast<std::size_t>(i)].half_update) {
        next = i;
        break;
      }
    }
    if (next >= 0) {
      resume(next);
      if (ended_) return;
    } else if (finished == thread_count_ && !finishing) {
      finishing = true;
      start_finish();
    } else {
      return;
    }
  }
}

/// Builds a recorded execution event by event.
void Engine::follow_replay() {
  extending_ = true;
  while (static_cast<std::size_t>(graph_.size) < options_.replay.size()) {
    const int before = graph_.size, next = step().thread;
    Thread& t = threads_[static_cast<std::size_t>(next)];
    if (next == thread_count_ && t.status == Status::fresh) start_finish();
    if (t.status != Status::pending && t.status != Status::fresh) break;
    resume(next);
    if (ended_) return;
    if (graph_.size == before && t.status != Status::pending) break;  // not a recording of this program
  }
  // Whoever could go on: the recording ends before the execution does.
  for (int i = 0; i < thread_count_; ++i) {
    const Status status = threads_[static_cast<std::size_t>(i)].status;
    ended_ |= status == Status::pending || status == Status::fresh;
  }
}

void Engine::run_scheduled() {
  extending_ = true;
  bool finishing = false;
  int last = -1;
  for (;;) {
    std::uint32_t enabled = 0;
    int finished = 0;
    for (int i = 0; i < thread_count_ + (finishing ? 1 : 0); ++i) {
      Thread& t = threads_[static_cast<std::size_t>(i)];
      if (t.done()) ++finished;
      if (t.status == Status::pending || t.status == Status::fresh ||
          (t.status == Status::blocked && wake_blocked(t))) {
        enabled |= 1u << i;
      }
    }
    if (enabled == 0) {
      if (finished != thread_count_ || finishing) return;
      finishing = true;
      start_finish();
      continue;
    }
    last = (enabled & (enabled - 1)) == 0 ? __builtin_ctz(enabled) : options_.scheduler->pick(enabled, last);
    resume(last);
    if (ended_) return;
  }
}

/// Something that the thread's last look read has changed since.
bool Engine::wake_blocked(const Thread& t) const {
  for (int i = t.await_from; i < t.position; ++i) {
    const Event& e = graph_.at(t.stamps[static_cast<std::size_t>(i)]);
    if (e.kind == Kind::read && e.rf != graph_.last_of(e.location)) return true;
  }
  return false;
}

/// Nothing moves any more.
void Engine::classify() {
  bool all_finished = true, forever = true, vanished = false;
  for (int i = 0; i <= thread_count_; ++i) {
    Thread& t = threads_[static_cast<std::size_t>(i)];
    vanished |= t.mortal && i < thread_count_;
    if (t.done() || (i == thread_count_ && t.status == Status::fresh)) continue;
    all_finished = false;
    if (t.waits_for_time || t.overtaken || wake_blocked(t)) forever = false;
  }
  if (all_finished) {
    ++report_.executions;
    if (at_end != nullptr) at_end(*this, at_end_argument);
    program_->teardown();
  } else if (vanished && threads_[static_cast<std::size_t>(thread_count_)].status == Status::fresh) {
    ++report_.blocked;  // waits for a thread that a fork took away, but never came to the fork
  } else if (forever && options_.continue_after_deadlock) {
    ++report_.deadlocks;
  } else if (forever) {
    stop_waiting_forever();
  } else {
    ++report_.blocked;
  }
}

void Engine::stop_waiting_forever() {
  char who[16 * (kMaxThreads + 1)] = "";
  std::size_t length = 0;
  bool lost_wake = false;
  for (int i = 0; i <= thread_count_; ++i) {
    const Thread& t = threads_[static_cast<std::size_t>(i)];
    if (t.status != Status::blocked) continue;
    length += static_cast<std::size_t>(
        std::snprintf(who + length, sizeof who - length, length == 0 ? "thread %d" : ", thread %d", i));
    if (t.parked_on < 0) continue;
    // Asleep, although the word is not what it slept on: somebody changed it and woke nobody.
    const Stamp word = graph_.last_of(t.parked_on);
    lost_wake |= value_at(graph_, t.parked_on, word) != t.parked_value;
  }
  const char* const property = options_.stuck_means != nullptr ? options_.stuck_means
                               : lost_wake                     ? "lost_wake"
                                                               : "deadlock";
  fail(property, "%s %s forever", who, lost_wake ? "sleeps" : "waits");
}

void Engine::fail(const char* property, const char* format, ...) {
  if (options_.wanted_property != nullptr && std::string_view(property) != options_.wanted_property) {
    report_.truncated = true;  // what lies behind it is not seen
    report_.limit = "violations of " + std::string(property);
    abandon();
  }
  report_.violation.property = property;
  char text[256];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  report_.violation.text = text;
  TraceBuilder(*this).build(report_.violation);
  abandon();
}

/// As "region+offset"; empty if no region has it.
std::string Engine::place_of(const void* address) const {
  const auto* const byte = static_cast<const char*>(address);
  for (const Region& region : regions_) {
    if (byte >= region.begin && byte < region.begin + region.size) {
      return std::string(region.name) + "+" + std::to_string(byte - region.begin);
    }
  }
  return {};
}

void Engine::name_region(const void* begin, std::size_t size, const char* name) {
  regions_.push_back({static_cast<const char*>(begin), size, name});
}

}  // namespace turnstile::kit
