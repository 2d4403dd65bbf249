// The locks that are compared: ours through the WorldLock concept, and peers whose read side is the running state.
//
// RawLock<M> gives a SharedMutex the shape of a world lock at the least cost to the peer: running = shared side held,
// a poll releases it only when a stop waits. FromSharedMutex<M>, which ships, adds fairness and attach/detach to that.
#pragma once

#include <ck_brlock.h>
#include <ck_pflock.h>
#include <pthread.h>

#include <shared_mutex>
#include <string>

#include "absl/synchronization/mutex.h"
#include "policies/bundles/shared_mutex.h"
#include "policies/world_lock/bravo.h"
#include "policies/world_lock/gil.h"
#include "policies/world_lock/none.h"
#include "policies/world_lock/reader_biased.h"
#include "policies/world_lock/writer_preferred.h"

namespace turnstile::bench {

template <int kKind>
class PthreadRwlock {
 public:
  PthreadRwlock() {
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
    pthread_rwlockattr_setkind_np(&attributes, kKind);
    pthread_rwlock_init(&lock_, &attributes);
    pthread_rwlockattr_destroy(&attributes);
  }
  ~PthreadRwlock() { pthread_rwlock_destroy(&lock_); }
  void lock_shared() { pthread_rwlock_rdlock(&lock_); }
  void unlock_shared() { pthread_rwlock_unlock(&lock_); }
  void lock() { pthread_rwlock_wrlock(&lock_); }
  void unlock() { pthread_rwlock_unlock(&lock_); }

 private:
  pthread_rwlock_t lock_;
};

class AbslReaderMutex {
 public:
  void lock_shared() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.ReaderLock(); }
  void unlock_shared() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.ReaderUnlock(); }
  void lock() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.Lock(); }
  void unlock() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.Unlock(); }

 private:
  absl::Mutex mutex_;
};

class CkPflock {
 public:
  void lock_shared() { ck_pflock_read_lock(&lock_); }
  void unlock_shared() { ck_pflock_read_unlock(&lock_); }
  void lock() { ck_pflock_write_lock(&lock_); }
  void unlock() { ck_pflock_write_unlock(&lock_); }

 private:
  ck_pflock_t lock_ = CK_PFLOCK_INITIALIZER;
};

/// What RawLock and CkBrlock share: whether a stop waits. One line, written by stops alone.
struct StopFlag {
  alignas(64) std::atomic<std::uint32_t> waiting{0};
  bool raised() const { return waiting.load(std::memory_order_relaxed) != 0; }
};

template <class M>
class RawLock {
 public:
  struct alignas(64) ThreadState {};
  void attach(ThreadState&) {}
  void detach(ThreadState&) {}
  void enter(ThreadState&) { mutex_.lock_shared(); }
  void leave(ThreadState&) { mutex_.unlock_shared(); }
  void poll(ThreadState&) {
    if (!flag_.raised()) return;
    mutex_.unlock_shared();
    mutex_.lock_shared();
  }
  void stop(ThreadState&) {
    flag_.waiting.fetch_add(1, std::memory_order_relaxed);
    mutex_.unlock_shared();
    mutex_.lock();
  }
  void resume(ThreadState&) {
    flag_.waiting.fetch_sub(1, std::memory_order_relaxed);
    mutex_.unlock();
    mutex_.lock_shared();
  }

 private:
  M mutex_;
  StopFlag flag_;
};

/// Big-reader lock: a counter for each reader, which registers.
class CkBrlock {
 public:
  struct alignas(64) ThreadState {
    ck_brlock_reader_t reader;
  };
  void attach(ThreadState& t) { ck_brlock_read_register(&lock_, &t.reader); }
  void detach(ThreadState& t) { ck_brlock_read_unregister(&lock_, &t.reader); }
  void enter(ThreadState& t) { ck_brlock_read_lock(&lock_, &t.reader); }
  void leave(ThreadState& t) { ck_brlock_read_unlock(&t.reader); }
  void poll(ThreadState& t) {
    if (!flag_.raised()) return;
    leave(t);
    enter(t);
  }
  void stop(ThreadState& t) {
    flag_.waiting.fetch_add(1, std::memory_order_relaxed);
    leave(t);
    ck_brlock_write_lock(&lock_);
  }
  void resume(ThreadState& t) {
    flag_.waiting.fetch_sub(1, std::memory_order_relaxed);
    ck_brlock_write_unlock(&lock_);
    enter(t);
  }

 private:
  ck_brlock_t lock_ = CK_BRLOCK_INITIALIZER;
  StopFlag flag_;
};

/// One of ours: the poll as the interpreter does it, with the word's address in the thread's state.
template <class Lock>
class Ours {
 public:
  struct ThreadState : Lock::ThreadState {
    PollWord word;
  };
  void attach(ThreadState& t) {
    lock_.attach(t);
    t.word = lock_.poll_word(t);
  }
  void detach(ThreadState& t) { lock_.detach(t); }
  void enter(ThreadState& t) { lock_.enter(t); }
  void leave(ThreadState& t) { lock_.leave(t); }
  void poll(ThreadState& t) {
    if (t.word.word != nullptr && (t.word.word->load(std::memory_order_relaxed) & t.word.mask) != 0) lock_.safepoint(t);
  }
  bool stop(ThreadState& t) { return lock_.stop(t); }
  void resume(ThreadState& t) { lock_.resume(t); }

 private:
  Lock lock_;
};

/// visit.template operator()<Lock>(name): those that can stop several threads, ours first.
template <class Visit>
void for_each_stopping_lock(Visit&& visit) {
  visit.template operator()<Ours<world_lock::ReaderBiased<>>>("reader_biased");
  visit.template operator()<Ours<world_lock::WriterPreferred<>>>("writer_preferred");
  visit.template operator()<Ours<world_lock::Gil<>>>("gil");
  visit.template operator()<Ours<world_lock::FromSharedMutex<std::shared_mutex>>>("from:std::shared_mutex");
  visit.template operator()<Ours<world_lock::FromSharedMutex<AbslMutex>>>("from:absl::Mutex");
  visit.template operator()<Ours<world_lock::FromSharedMutex<world_lock::Bravo<std::shared_mutex>>>>(
      "from:bravo<std::shared_mutex>");
  visit.template operator()<RawLock<std::shared_mutex>>("peer:std::shared_mutex");
  visit.template operator()<RawLock<PthreadRwlock<PTHREAD_RWLOCK_PREFER_READER_NP>>>("peer:pthread_rwlock_readers");
  visit.template operator()<RawLock<PthreadRwlock<PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP>>>(
      "peer:pthread_rwlock_writers");
  visit.template operator()<RawLock<AbslReaderMutex>>("peer:absl::Mutex");
  visit.template operator()<RawLock<world_lock::Bravo<std::shared_mutex>>>("peer:bravo<std::shared_mutex>");
  visit.template operator()<RawLock<CkPflock>>("peer:ck_pflock");
  visit.template operator()<CkBrlock>("peer:ck_brlock");
}

}  // namespace turnstile::bench
