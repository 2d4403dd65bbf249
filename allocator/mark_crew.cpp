#include "allocator/mark_crew.h"

#include <signal.h>

#include <new>
#include <system_error>

#include "policies/platform.h"

namespace turnstile::allocator {

MarkCrew::~MarkCrew() {
  {
    const std::lock_guard guard(state_->mutex);
    state_->quit = true;
  }
  state_->start.notify_all();
  for (std::thread& helper : state_->helpers) helper.join();
}

void MarkCrew::start_helpers() {
  std::vector<std::thread>& helpers = state_->helpers;
  if (helpers.size() + 1 >= threads_) return;
  // Signals belong to the program's threads: helpers start with all of them blocked.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (helpers.size() + 1 < threads_) {
    try {
      helpers.emplace_back(&MarkCrew::helper, std::ref(*state_), threads_);
    } catch (const std::system_error&) {  // no more threads to be had: mark with those that there are
      break;
    } catch (const std::bad_alloc&) {
      break;
    }
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void MarkCrew::run(bool wake, void (*job)(void*, unsigned, void*), void* argument) {
  if (wake) start_helpers();
  State& state = *state_;
  {
    const std::lock_guard guard(state.mutex);
    state.job = job;
    state.argument = argument;
    state.open = true;
    state.joined = 1;
    if (wake) ++state.round;
  }
  state.open_hint.store(true, std::memory_order_relaxed);
  if (wake) state.start.notify_all();
  job(argument, 0, nullptr);
  state.open_hint.store(false, std::memory_order_relaxed);
  std::unique_lock guard(state.mutex);
  state.open = false;
  if (state.running.load(std::memory_order_relaxed) == 0) return;
  guard.unlock();
  // Members end together: the last one is a look away.
  for (int left = RealPlatform::looks(); left > 0 && state.running.load(std::memory_order_relaxed) != 0; --left) {
    RealPlatform::pause();
  }
  guard.lock();
  state.done.wait(guard, [&] { return state.running.load(std::memory_order_relaxed) == 0; });
}

void MarkCrew::take_part(State& state, std::unique_lock<std::mutex>& guard, unsigned threads, void* guest) {
  if (!state.open || state.joined == threads) return;
  const unsigned index = state.joined++;
  state.running.fetch_add(1, std::memory_order_relaxed);
  auto* const job = state.job;
  void* const argument = state.argument;
  guard.unlock();
  job(argument, index, guest);
  guard.lock();
  if (state.running.fetch_sub(1, std::memory_order_relaxed) == 1) state.done.notify_one();
}

void MarkCrew::help(void* guest) {
  State& state = *state_;
  const auto is_open = [&] { return state.open_hint.load(std::memory_order_relaxed); };
  if (!is_open() && state.announced.load(std::memory_order_relaxed) != 0) {
    state.waiting.fetch_add(1, std::memory_order_relaxed);
    for (int left = RealPlatform::looks(); left > 0 && !is_open(); --left) {
      if (state.announced.load(std::memory_order_relaxed) == 0) break;
      RealPlatform::pause();
    }
    state.waiting.fetch_sub(1, std::memory_order_relaxed);
  }
  if (!is_open()) return;
  std::unique_lock guard(state.mutex);
  take_part(state, guard, threads_, guest);
}

void MarkCrew::helper(State& state, unsigned threads) {
  std::unique_lock guard(state.mutex);
  for (std::uint64_t seen = 0;;) {
    state.start.wait(guard, [&] { return state.quit || state.round != seen; });
    if (state.quit) return;
    seen = state.round;
    take_part(state, guard, threads, nullptr);
  }
}

void MarkCrew::after_fork_in_child() {
  [[maybe_unused]] State* const abandoned = state_.release();  // with handles of threads that do not exist here
  state_ = std::make_unique<State>();
}

}  // namespace turnstile::allocator
