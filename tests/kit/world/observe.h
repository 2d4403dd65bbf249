// Who overtook whom in a complete execution. An execution graph stands for all its linearizations; "an entry that began
// while a stop slept was admitted before it" holds of the graph if it holds of one of them.
#pragma once

#include <algorithm>

#include "tests/kit/world/program.h"

namespace turnstile::kit {

template <class Lock>
void WorldProgram<Lock>::observe(Engine& engine) {
  struct Wait {
    int thread;
    bool stop;
    Stamp calls, sleeps = kNone, woken = kNone, served = kNone;
  };
  std::array<Wait, 64> waits;
  int count = 0;
  std::array<int, kMaxThreads> open;
  open.fill(-1);
  const Graph& graph = engine.graph();
  for (Stamp s = 0; s < graph.size; ++s) {
    const Event& e = graph.at(s);
    if (e.thread >= roles_.size()) continue;
    int& mine = open[e.thread];
    if (e.kind == Kind::mark) {
      if ((e.value == kCalls && mine < 0) || e.value == kCallsStop) {
        if (count == 64) return;
        mine = count;
        waits[static_cast<std::size_t>(count++)] = {e.thread, e.value == kCallsStop, s};
      } else if ((e.value == kReads || e.value == kExclusive) && mine >= 0) {
        // Whoever slept was served by the one who woke it, before it could notice.
        Wait& over = waits[static_cast<std::size_t>(mine)];
        over.served = over.woken >= 0 ? over.woken : s;
        mine = -1;
      }
    } else if (mine >= 0 && e.kind == Kind::write && (e.location & 1) != 0 && (e.value >> e.thread & 1) != 0) {
      Wait& wait = waits[static_cast<std::size_t>(mine)];
      if (wait.sleeps == kNone) wait.sleeps = s;
      wait.woken = kNone;
    } else if (mine >= 0 && e.kind == Kind::read && (e.location & 1) != 0 && (e.value >> e.thread & 1) == 0 &&
               waits[static_cast<std::size_t>(mine)].sleeps != kNone &&
               waits[static_cast<std::size_t>(mine)].woken == kNone) {
      waits[static_cast<std::size_t>(mine)].woken = e.rf;
    }
  }
  bool slept = false;
  for (int i = 0; i < count; ++i) slept |= waits[static_cast<std::size_t>(i)].sleeps != kNone;
  // Of a weaker model's executions, those count that have happened in some order of their events.
  if (!slept || (engine.model() != Model::sc && !engine.consistency().allows(graph, nullptr, 0))) return;
  auto known = [&](Stamp before, Stamp after) { return Graph::before(graph.at(before), graph.at(after).porf); };
  for (int i = 0; i < count; ++i) {
    const Wait& slow = waits[static_cast<std::size_t>(i)];
    if (slow.sleeps == kNone || slow.served == kNone) continue;
    std::array<std::array<Stamp, 2>, 128> order;
    int pairs = 0, overtakers = 0;
    for (int j = 0; j < count; ++j) {
      const Wait& fast = waits[static_cast<std::size_t>(j)];
      if (fast.thread == slow.thread || fast.stop == slow.stop || fast.served == kNone) continue;
      if (known(fast.calls, slow.sleeps) || known(slow.served, fast.served)) continue;
      order[static_cast<std::size_t>(pairs)] = {slow.sleeps, fast.calls};
      order[static_cast<std::size_t>(pairs + 1)] = {fast.served, slow.served};
      if (!engine.consistency().allows(graph, order.data(), pairs + 2)) continue;
      pairs += 2;
      ++overtakers;
    }
    int& most = slow.stop ? overtakes_.entries : overtakes_.stops;
    most = std::max(most, overtakers);
    if (slow.stop && Lock::kWriterOvertakes >= 0) {
      engine.check(overtakers <= Lock::kWriterOvertakes, property::kPreference,
                   "more entries than declared overtook a stop that slept");
    }
    // Where one thread runs at a time, time slices decide, and time does not pass here: only counted.
    if (!slow.stop && Lock::kReaderProgress && Lock::kParallelMutators) {
      engine.check(overtakers == 0, property::kProgress,
                   "a stop that came later was served before an entry that slept");
    }
  }
}

}  // namespace turnstile::kit
