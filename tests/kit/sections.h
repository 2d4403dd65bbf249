// What a mutex protects: each write must happen after the last one. A conflict is told apart: both threads inside at
// once, or one after the other but not in the eyes of the memory model.
#pragma once

#include <array>

#include "tests/kit/engine/engine.h"
#include "tests/kit/properties.h"

namespace turnstile::kit {

class Sections {
 public:
  /// From a thread that holds what protects this.
  void write() {
    Engine& engine = *Engine::current();
    const int other = engine.conflict(accesses_, true);
    if (other >= 0) engine.fail(classify(other), "thread %d is inside, or has left without a trace", other);
    engine.note_access(accesses_, true);
    begin_[static_cast<std::size_t>(engine.thread())] = engine.mark(1);
  }

 private:
  const char* classify(int other) {
    Engine& engine = *Engine::current();
    const Graph& graph = engine.graph();
    const Stamp theirs = begin_[static_cast<std::size_t>(other)];
    Stamp left = kNone;
    for (auto s = static_cast<Stamp>(theirs + 1); s < graph.size && left == kNone; ++s) {
      if (graph.at(s).thread == other && graph.at(s).kind == Kind::write) left = s;
    }
    if (left == kNone) return property::kExclusion;
    const Stamp mine = engine.mark(2);
    const std::array<Stamp, 2> order{mine, left};
    return engine.consistency().allows(graph, &order, 1) ? property::kExclusion : property::kHappensBefore;
  }

  Accesses accesses_;
  std::array<Stamp, kMaxThreads> begin_{};
};

}  // namespace turnstile::kit
