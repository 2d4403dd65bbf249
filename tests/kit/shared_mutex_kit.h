// The kit of C++ SharedMutexes over a Platform: readers and writers around a race-checked variable; and the textbook's
// readers-writer lock for the explorer, each of whose waits is one step: the model behind FromSharedMutex, whose real
// mutexes are opaque, and the measure of the explorer's speed.
#pragma once

#include <array>
#include <memory>

#include "tests/kit/explorer_platform.h"
#include "tests/kit/properties.h"

namespace turnstile::kit {

/// 1: a writer; 2 for each reader. Waits until it may, and takes it in the same step.
class ABSL_LOCKABLE TextbookRwLock {
 public:
  TextbookRwLock() : location_(Engine::current()->new_location(0, this)) {}
  ~TextbookRwLock() {
    if (Engine* const engine = Engine::current()) engine->destroy_location(location_, SourceLocation::current());
  }
  TextbookRwLock(const TextbookRwLock&) = delete;
  TextbookRwLock& operator=(const TextbookRwLock&) = delete;

  void lock_shared() {
    run({.op = Op::add, .order = Order::acquire, .operand = 2, .wait_mask = 1, .at = SourceLocation::current()});
  }
  void unlock_shared() {
    demand(run({.op = Op::sub, .order = Order::release, .operand = 2, .at = SourceLocation::current()}) >= 2);
  }
  void lock() {
    run({.op = Op::exchange,
         .order = Order::acquire,
         .operand = 1,
         .wait_mask = ~std::uint64_t{0},
         .at = SourceLocation::current()});
  }
  void unlock() {
    demand(run({.op = Op::exchange, .order = Order::release, .operand = 0, .at = SourceLocation::current()}) == 1);
  }

 private:
  std::uint64_t run(const Operation& operation) { return Engine::current()->access(location_, operation); }
  static void demand(bool holds) {
    Engine::current()->check(holds, property::kMisuse, "a mutex is unlocked by who does not hold it so");
  }
  int location_;
};

/// Readers look and writers write, once each.
template <class M>
class SharedMutexProgram final : public Program {
 public:
  SharedMutexProgram(int readers, int writers) : readers_(readers), writers_(writers) {}

  int threads() const override { return readers_ + writers_; }
  void setup() override {
    shared_ = new (memory_.data()) Shared;
    Engine::current()->name_region(&shared_->mutex, sizeof shared_->mutex, "mutex");
    Engine::current()->name_region(&shared_->value, sizeof shared_->value, "value");
  }
  void run(int thread) override {
    Shared& shared = *shared_;
    if (thread < readers_) {
      shared.mutex.lock_shared();
      static_cast<void>(shared.value.get());
      return shared.mutex.unlock_shared();
    }
    shared.mutex.lock();
    ++shared.value;
    shared.mutex.unlock();
  }
  void finish() override {
    Engine::current()->check(shared_->value == writers_, property::kExclusion, "a write is lost");
  }

 private:
  struct Shared {
    M mutex;
    ExplorerVar<int> value{0};
  };
  int readers_, writers_;
  alignas(128) std::array<std::byte, sizeof(Shared)> memory_;
  Shared* shared_ = nullptr;
};

template <class M>
Report explore_shared_mutex(int readers, int writers, Model model, double seconds = 60) {
  Options options;
  options.model = model;
  options.max_seconds = seconds;
  SharedMutexProgram<M> program(readers, writers);
  return std::make_unique<Engine>(options)->explore(program);
}

}  // namespace turnstile::kit
