// Containers that several native threads change at once: nothing is lost, nothing is torn.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "core/containers/dict.h"
#include "core/containers/list.h"
#include "core/containers/sequences.h"
#include "core/containers/set.h"
#include "core/embedding.h"
#include "core/ops.h"
#include "core/poll.h"
#include "core/runtime.h"
#include "policies/bundles/biased.h"
#include "policies/bundles/gil.h"
#include "policies/bundles/grwl.h"

namespace turnstile {
namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 3000;

Value num(std::int64_t i) { return Value::small_int(i); }

template <class P>
class Threads {
 public:
  Threads() {
    MainScope scope(runtime_);
    list_ = make_list(scope.mutator(), nullptr, 0);
    dict_ = make_dict(scope.mutator());
    set_ = make_set(scope.mutator(), Kind::set);
    for (Object* o : {static_cast<Object*>(list_), static_cast<Object*>(dict_), static_cast<Object*>(set_)}) {
      runtime_.add_root(Value::object(o));
    }
  }

  template <class Work>
  void run(Work&& work) {
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        ThreadScope scope(runtime_);
        for (int i = 0; i < kRounds; ++i) {
          work(scope.mutator(), t, i);
          poll(scope.mutator());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  BasicRuntime<P> runtime_;
  List* list_;
  Dict* dict_;
  Set* set_;
};

TEST_CASE_TEMPLATE("appends and pops of many threads add up", P, Biased, Grwl, Gil) {
  Threads<P> shared;
  std::atomic<std::int64_t> appended{0};
  std::atomic<std::int64_t> popped{0};
  std::atomic<int> bad{0};
  shared.run([&](Mutator& m, int t, int i) {
    const std::int64_t n = t * kRounds + i;
    if (!list_append(m, shared.list_, num(n))) ++bad;
    appended += n;
    if (i % 3 == 0) {
      const Value v = list_pop_fast(m, shared.list_);
      if (!v.is_empty()) popped += v.as_int();
    }
    const Value seen = list_get_checked(m, shared.list_, i / 2);
    if (!seen.is_empty() && !seen.is_int()) ++bad;
    if (i % 100 == 0) {
      std::uint64_t count = 0;
      const ValueBuffer* items = list_snapshot(m, shared.list_, &count);
      for (std::uint64_t k = 0; k < count; ++k) {
        if (!items->items[k].load().is_int()) ++bad;
      }
    }
  });
  MainScope scope(shared.runtime_);
  std::int64_t rest = 0;
  for (std::int64_t i = 0;; ++i) {
    const Value v = list_get(shared.list_, i);
    if (v.is_empty()) break;
    rest += v.as_int();
  }
  CHECK(bad.load() == 0);
  CHECK(appended.load() == popped.load() + rest);
}

TEST_CASE_TEMPLATE("each key of a dict is set, found and removed by its thread", P, Biased, Grwl, Gil) {
  Threads<P> shared;
  std::atomic<int> bad{0};
  shared.run([&](Mutator& m, int t, int i) {
    const Value own = num(t + kThreads * (i % 200));
    if (!dict_set(m, shared.dict_, own, num(i))) ++bad;
    if (dict_get(m, shared.dict_, own) != num(i)) ++bad;
    if (i % 2 == 0 && dict_delete(m, shared.dict_, own) != 1) ++bad;
    const Value common = dict_set_default(m, shared.dict_, num(1000000 + i), num(t));  // one thread's value wins
    if (dict_get(m, shared.dict_, num(1000000 + i)) != common) ++bad;
  });
  MainScope scope(shared.runtime_);
  CHECK(bad.load() == 0);
  CHECK(dict_length(shared.dict_) == kRounds + kThreads * 100);
}

TEST_CASE_TEMPLATE("additions to a set are neither lost nor doubled", P, Biased, Grwl, Gil) {
  Threads<P> shared;
  std::atomic<int> bad{0};
  std::atomic<int> removed{0};
  shared.run([&](Mutator& m, int t, int i) {
    if (!set_add(m, shared.set_, num(i))) ++bad;
    const Value own = num(1000000 + t);
    if (!set_add(m, shared.set_, own)) ++bad;
    if (set_contains(m, shared.set_, own) != 1) ++bad;
    if (set_discard_hashed(m, shared.set_, own, own.as_int()) == 1) ++removed;
  });
  MainScope scope(shared.runtime_);
  CHECK(bad.load() == 0);
  CHECK(removed.load() == kThreads * kRounds);
  CHECK(set_length(shared.set_) == kRounds);
}

TEST_CASE_TEMPLATE("a list sorted by one thread and read by others keeps its items", P, Biased, Gil) {
  Threads<P> shared;
  {
    MainScope scope(shared.runtime_);
    for (int i = 0; i < 200; ++i) list_append(scope.mutator(), shared.list_, num((i * 7919) % 200));
  }
  std::atomic<int> bad{0};
  shared.run([&](Mutator& m, int t, int i) {
    if (t == 0) {
      if (i % 20 == 0 && !sort_list(m, shared.list_, Value::none(), i % 40 == 0)) ++bad;
    } else {
      const Value v = list_get_checked(m, shared.list_, i % 200);
      if (!v.is_empty() && (v.as_int() < 0 || v.as_int() >= 200)) ++bad;
    }
  });
  MainScope scope(shared.runtime_);
  CHECK(bad.load() == 0);
  CHECK(shared.list_->size.load() == 200);
}

}  // namespace
}  // namespace turnstile
