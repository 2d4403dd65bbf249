// object_lock::OwnerBiased: exclusion between owners and others, takeovers, what retires a thread.
#include "policies/object_lock/owner_biased.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "policies/concepts.h"

namespace turnstile {
namespace {

using object_lock::OwnerBiased;
using Owner = OwnerBiased::Owner;

static_assert(BiasedObjectLock<OwnerBiased>);

/// As headers lie in memory: 16 bytes apart.
struct alignas(16) Header {
  std::atomic<std::uint8_t> lock{0};
  long count = 0;  // guarded by the lock
};

TEST_CASE("owner_biased: an object is its maker's, then another thread's, then nobody's") {
  OwnerBiased lock;
  Owner& a = lock.attach();
  Owner& b = lock.attach();
  Owner& c = lock.attach();
  if (a.mark == Owner::kNoMark) return;  // no membarrier: nothing is biased
  Header header;
  auto& byte = header.lock;
  byte = a.birth.load();
  CHECK(byte == (Owner::kBiased | 0));
  lock.lock(a, byte, DirectWait{});
  CHECK(byte == Owner::kBiased);  // the owner leaves no trace in the object
  CHECK(a.inside == &byte);
  lock.unlock(a, byte);
  CHECK(a.inside == nullptr);
  lock.lock(b, byte, DirectWait{});
  CHECK(byte == (Owner::kBiased | Owner::kSecond | 1));
  CHECK(b.inside == &byte);
  lock.unlock(b, byte);
  lock.lock(b, byte, DirectWait{});
  CHECK(byte == (Owner::kBiased | Owner::kSecond | 1));
  lock.unlock(b, byte);
  lock.lock(c, byte, DirectWait{});
  CHECK(byte == 1);  // an ordinary lock, held
  CHECK(c.inside == nullptr);
  lock.unlock(c, byte);
  CHECK(byte == 0);
  lock.lock(a, byte, DirectWait{});
  CHECK(byte == 1);
  lock.unlock(a, byte);
  CHECK(byte == 0);
  lock.detach(a);
  lock.detach(b);
  lock.detach(c);
}

TEST_CASE("owner_biased: a section inside another one takes an ordinary lock") {
  OwnerBiased lock;
  Owner& a = lock.attach();
  Header outer, inner;
  outer.lock = a.birth.load();
  inner.lock = a.birth.load();
  lock.lock(a, outer.lock, DirectWait{});
  lock.lock(a, inner.lock, DirectWait{});
  CHECK(inner.lock == 1);
  lock.unlock(a, inner.lock);
  CHECK(inner.lock == 0);
  lock.unlock(a, outer.lock);
  CHECK(a.inside == nullptr);
  lock.detach(a);
}

TEST_CASE("owner_biased: callers without an owner, and pairs, make the lock an ordinary one") {
  OwnerBiased lock;
  Owner& a = lock.attach();
  Header x, y;
  x.lock = a.birth.load();
  y.lock = a.birth.load();
  lock.lock(x.lock, DirectWait{});
  CHECK(x.lock == 1);
  lock.unlock(x.lock);
  lock.lock_two(y.lock, x.lock, DirectWait{});
  CHECK(x.lock == 1);
  CHECK(y.lock == 1);
  lock.unlock_two(y.lock, x.lock);
  CHECK(x.lock == 0);
  CHECK(y.lock == 0);
  lock.detach(a);
}

TEST_CASE("owner_biased: one holder at a time, whoever owns the object") {
  OwnerBiased lock;
  constexpr int kThreads = 4, kRounds = 300, kObjects = 64;
  std::vector<Header> headers(kObjects);
  std::atomic<int> born{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Owner& me = lock.attach();
      for (int i = t; i < kObjects; i += kThreads) headers[i].lock = me.birth.load();
      born.fetch_add(1);
      while (born != kThreads) std::this_thread::yield();
      // All meet at each object at about the same time: first its maker alone, then everybody.
      for (int i = 0; i < kObjects; ++i) {
        const int rounds = i % kThreads == t ? kRounds : kRounds / 4;
        for (int n = 0; n < rounds; ++n) {
          lock.lock(me, headers[i].lock, DirectWait{});
          ++headers[i].count;
          if (n % 64 == 0) std::this_thread::yield();  // taken over in the middle of a section
          lock.unlock(me, headers[i].lock);
        }
      }
      lock.detach(me);
    });
  }
  for (auto& thread : threads) thread.join();
  for (const Header& header : headers) CHECK(header.count == kRounds + (kThreads - 1) * (kRounds / 4));
}

TEST_CASE("owner_biased: a thread that makes objects for others makes ordinary ones after a while") {
  OwnerBiased lock;
  Owner& maker = lock.attach();
  Owner& user = lock.attach();
  if (maker.mark == Owner::kNoMark) return;
  std::vector<Header> headers(object_lock::BiasTable<>::kMaxTakeovers + 10);
  for (Header& header : headers) {
    header.lock = maker.birth.load();
    lock.lock(user, header.lock, DirectWait{});
    lock.unlock(user, header.lock);
  }
  CHECK(maker.mark == Owner::kNoMark);
  CHECK(maker.birth == 0);
  CHECK(user.mark != Owner::kNoMark);
  Header late;
  late.lock = Owner::kBiased;  // made before the maker was retired, found only now
  lock.lock(maker, late.lock, DirectWait{});
  CHECK(late.lock == 1);
  lock.unlock(maker, late.lock);
  lock.detach(maker);
  Owner& next = lock.attach();
  CHECK(&next != &maker);  // a retired number is never given out again
  lock.detach(next);
  lock.detach(user);
}

TEST_CASE("owner_biased: more threads than there are numbers") {
  OwnerBiased lock;
  std::vector<Owner*> owners;
  for (std::size_t i = 0; i < object_lock::BiasTable<>::kThreads + 5; ++i) owners.push_back(&lock.attach());
  Owner& last = *owners.back();
  CHECK(last.mark == Owner::kNoMark);
  CHECK(last.birth == 0);
  Header header;
  header.lock = owners[0]->birth.load();
  lock.lock(last, header.lock, DirectWait{});
  CHECK(header.lock == 1);
  lock.unlock(last, header.lock);
  for (Owner* owner : owners) lock.detach(*owner);
}

}  // namespace
}  // namespace turnstile
