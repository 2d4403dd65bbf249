// Stopped threads that help to mark: the crew, whose roots are marked by whom, and what a collection learns of threads.
#include <doctest/doctest.h>
#include <algorithm>

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "allocator/mark_crew.h"
#include "policies/platform.h"
#include "tests/unit/allocator/toy.h"

namespace turnstile::allocator {
namespace {

/// Waits for what another thread of the test does sooner or later.
template <class Ready>
void await(Ready&& ready) {
  while (!ready()) std::this_thread::yield();
}

TEST_CASE("crew: a guest takes part in the run that it finds, once, with what it gave") {
  MarkCrew crew(2);
  struct Seen {
    std::atomic<int> members{0};
    std::atomic<void*> guest{nullptr};
  } seen;
  int token = 0;
  std::atomic<bool> quit{false};
  std::thread guest([&] {
    while (!quit.load()) crew.help(&token);
  });
  crew.run(
      false,
      [](void* argument, unsigned index, void* whose) {
        auto& s = *static_cast<Seen*>(argument);
        s.members.fetch_add(1);
        if (index == 0) {
          CHECK(whose == nullptr);
          await([&] { return s.members.load() == 2; });
        } else {
          CHECK(index == 1);
          s.guest.store(whose);
        }
      },
      &seen);
  quit.store(true);
  guest.join();
  CHECK(seen.members.load() == 2);
  CHECK(seen.guest.load() == &token);
}

TEST_CASE("crew: who comes while nothing is announced or under way returns at once, and later runs go on alone") {
  MarkCrew crew(4);
  crew.help(nullptr);
  CHECK(crew.waiting() == 0);
  crew.announce();
  crew.help(nullptr);  // nothing begins: it gives up
  crew.withdraw();
  int members = 0;
  crew.run(false, [](void* count, unsigned, void*) { ++*static_cast<int*>(count); }, &members);
  CHECK(members == 1);
}

/// Roots of threads whose marking the test watches.
struct WatchedRoots {
  std::mutex mutex;
  std::multiset<void*> marked;
  std::thread::id by[2];
  void* owners[2];
  int rests = 0;

  void thread(Marker&, void* owner) {
    const std::lock_guard guard(mutex);
    marked.insert(owner);
    for (int i = 0; i < 2; ++i) {
      if (owner == owners[i]) by[i] = std::this_thread::get_id();
    }
  }
  void rest(Marker&) {
    ++rests;
    for (int i = 0; i < 1000; ++i) std::this_thread::yield();  // so that guests have time to come
  }
};

TEST_CASE("heap: each thread's roots are marked once, by the thread itself where it helps") {
  HeapOptions options;
  options.marking_threads = 3;
  toy::Runtime<toy::Affine> runtime(options);
  toy::Mutator<toy::Affine> collecting(runtime);
  struct Guest {
    ThreadCache<toy::Affine> cache;
    AllocationCursors cursors;
  } guests[2];
  for (Guest& g : guests) runtime.heap.attach(g.cache, g.cursors, nullptr, &g);

  std::atomic<bool> quit{false};
  std::thread helpers[2];
  for (int i = 0; i < 2; ++i) {
    helpers[i] = std::thread([&, i] {
      while (!quit.load()) runtime.heap.help_collecting(guests[i].cache);
    });
  }
  const std::thread::id ids[2] = {helpers[0].get_id(), helpers[1].get_id()};
  bool helped = false;
  while (!helped) {  // guests come when they get a processor: some time they do
    WatchedRoots roots;
    roots.owners[0] = &guests[0];
    roots.owners[1] = &guests[1];
    runtime.heap.announce_collection();
    {
      StopTheWorld stop(runtime.lock, collecting.state);
      REQUIRE(stop);
      runtime.heap.collect(stop.witness(), roots);
    }
    runtime.heap.withdraw_announcement();
    CHECK(roots.rests == 1);
    CHECK(roots.marked == std::multiset<void*>{nullptr, &guests[0], &guests[1]});
    helped = roots.by[0] == ids[0] && roots.by[1] == ids[1];
  }
  quit.store(true);
  for (std::thread& helper : helpers) helper.join();
  for (Guest& g : guests) runtime.heap.detach(g.cache);
}

TEST_CASE("heap: the trigger learns how many threads allocated during the last collections") {
  toy::Runtime<toy::Affine> runtime;
  toy::Mutator<toy::Affine> busy(runtime);
  toy::Mutator<toy::Affine> idle(runtime);
  toy::Mutator<toy::Affine> never(runtime);
  busy.make(0);
  idle.make(0);
  runtime.collect(busy);
  CHECK(runtime.heap.trigger().allocating.load() == std::min(2u, MarkCrew::processors()));
  for (int i = 0; i < 40; ++i) {
    busy.make(0);
    runtime.collect(busy);
  }
  CHECK(runtime.heap.trigger().allocating.load() == 1);
}

TEST_CASE("heap: nobody looks before it sleeps while more threads allocate than there are processors") {
  toy::Runtime<toy::Affine> runtime;
  toy::Mutator<toy::Affine> busy(runtime);
  const int looks = RealPlatform::looks();
  {
    std::vector<std::unique_ptr<toy::Mutator<toy::Affine>>> others;
    for (unsigned i = 0; i < MarkCrew::processors(); ++i) {
      others.push_back(std::make_unique<toy::Mutator<toy::Affine>>(runtime));
      others.back()->make(0);
    }
    busy.make(0);
    runtime.collect(busy);
    CHECK(RealPlatform::looks() == 0);
  }
  runtime.collect(busy);
  CHECK(RealPlatform::looks() == looks);
}

}  // namespace
}  // namespace turnstile::allocator
