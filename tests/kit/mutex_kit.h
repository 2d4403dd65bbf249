// The kit of the HeapLock axis, and of any mutex over a Platform: exclusion, happens-before, no lost wake, try_lock,
// timed locks where there are some, and destruction by the last user.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "tests/kit/explorer_platform.h"
#include "tests/kit/properties.h"
#include "tests/kit/sections.h"

namespace turnstile::kit {

enum class MutexRole : std::uint8_t { locker, twice, trier, timed, last_user };

struct MutexScenario {
  const char* name;
  std::vector<MutexRole> roles;
};

template <class Mutex>
class MutexProgram final : public Program {
 public:
  explicit MutexProgram(const MutexScenario& scenario) : roles_(scenario.roles) {}
  static constexpr bool kTimed = requires(Mutex m) { m.lock_until(Deadline{1}); };

  int threads() const override { return static_cast<int>(roles_.size()); }
  void setup() override {
    shared_ = new (memory_.data()) Shared;
    Engine::current()->name_region(&shared_->mutex, sizeof shared_->mutex, "mutex");
    gone_ = false;
  }
  void run(int thread) override {
    switch (roles_[static_cast<std::size_t>(thread)]) {
      case MutexRole::locker:
        return once();
      case MutexRole::twice:
        return once(), once();
      case MutexRole::trier:
        if (!shared_->mutex.try_lock()) return;
        write();
        return shared_->mutex.unlock();
      case MutexRole::timed:
        if constexpr (kTimed) {
          if (!shared_->mutex.lock_until(1)) return;
          write();
          shared_->mutex.unlock();
        }
        return;
      case MutexRole::last_user: {
        // As a reference count that the mutex guards: whoever takes the last one destroys mutex and count.
        shared_->mutex.lock();
        write();
        const bool last = ++shared_->left == static_cast<int>(roles_.size());
        shared_->mutex.unlock();
        if (!last) return;
        shared_->mutex.~Mutex();
        gone_ = true;
        return;
      }
    }
  }
  void finish() override {
    if (gone_) return;
    if (!shared_->mutex.try_lock()) {
      Engine::current()->fail(property::kQuiescence, "afterwards, the mutex is not free");
    }
    shared_->mutex.unlock();
  }

 private:
  struct Shared {
    Mutex mutex;
    Sections data;
    int left = 0;  // guarded by the mutex, as data checks
  };
  void once() {
    shared_->mutex.lock();
    write();
    shared_->mutex.unlock();
  }
  void write() { shared_->data.write(); }

  std::vector<MutexRole> roles_;
  alignas(128) std::array<std::byte, sizeof(Shared)> memory_;
  Shared* shared_ = nullptr;
  bool gone_ = false;
};

struct MutexResult {
  std::string scenario;
  Report report;
};

/// Every scenario under every model, until one is refuted.
template <class Mutex>
std::vector<MutexResult> verify_mutex(double seconds_each = 20, const Mutation& mutation = {},
                                      const char* wanted_property = nullptr) {
  using enum MutexRole;
  std::vector<MutexScenario> scenarios = {{"2 lockers", {locker, locker}},
                                          {"locker and trier", {locker, trier}},
                                          {"one twice", {twice, locker}},
                                          {"last user destroys", {last_user, last_user}}};
  if (MutexProgram<Mutex>::kTimed) {
    scenarios.push_back({"timed", {timed, locker}});
    scenarios.push_back({"timed, 2 lockers", {timed, locker, locker}});
  }
  scenarios.push_back({"3 lockers", {locker, locker, locker}});
  std::vector<MutexResult> results;
  for (const auto& scenario : scenarios) {
    for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
      Options options;
      options.model = model;
      options.max_seconds = seconds_each;
      options.mutation = mutation;
      options.wanted_property = wanted_property;
      MutexProgram<Mutex> program(scenario);
      auto engine = std::make_unique<Engine>(options);
      results.push_back({scenario.name, engine->explore(program)});
      if (results.back().report.outcome == Outcome::refuted) return results;
    }
  }
  return results;
}

}  // namespace turnstile::kit
