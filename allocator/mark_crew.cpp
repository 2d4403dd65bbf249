#include "allocator/mark_crew.h"

#include <signal.h>

#include <algorithm>
#include <system_error>

namespace turnstile::allocator {

MarkCrew::~MarkCrew() {
  {
    const std::lock_guard guard(state_->mutex);
    state_->quit = true;
  }
  state_->start.notify_all();
  for (std::thread& helper : state_->helpers) helper.join();
}

unsigned MarkCrew::prepare(unsigned members) {
  std::vector<std::thread>& helpers = state_->helpers;
  members = std::min(members, threads_);
  if (helpers.size() + 1 < members) {
    // Signals belong to the program's threads: helpers start with all of them blocked.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (helpers.size() + 1 < members) {
      try {
        helpers.emplace_back(&MarkCrew::helper, std::ref(*state_), static_cast<unsigned>(helpers.size() + 1));
      } catch (const std::system_error&) {  // no more threads to be had: mark with those that there are
        break;
      }
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  return std::min(members, static_cast<unsigned>(helpers.size() + 1));
}

unsigned MarkCrew::run(unsigned members, void (*job)(void*, unsigned), void* argument) {
  members = prepare(members);
  State& state = *state_;
  {
    const std::lock_guard guard(state.mutex);
    state.job = job;
    state.argument = argument;
    state.members = members;
    state.running = members - 1;
    ++state.round;
  }
  if (members > 1) state.start.notify_all();
  job(argument, 0);
  std::unique_lock guard(state.mutex);
  state.done.wait(guard, [&] { return state.running == 0; });
  return members;
}

void MarkCrew::helper(State& state, unsigned index) {
  std::unique_lock guard(state.mutex);
  for (std::uint64_t seen = 0;;) {
    state.start.wait(guard, [&] { return state.quit || state.round != seen; });
    if (state.quit) return;
    seen = state.round;
    if (index >= state.members) continue;
    auto* const job = state.job;
    void* const argument = state.argument;
    guard.unlock();
    job(argument, index);
    guard.lock();
    if (--state.running == 0) state.done.notify_one();
  }
}

void MarkCrew::after_fork_in_child() {
  [[maybe_unused]] State* const abandoned = state_.release();  // with handles of threads that do not exist here
  state_ = std::make_unique<State>();
}

}  // namespace turnstile::allocator
