// What recording one stop takes: the thread that stops, and one that is stopped.
#include <benchmark/benchmark.h>

#include <array>
#include <memory>

#include "core/stop_recorder.h"

namespace turnstile {
namespace {

void RecordStop(benchmark::State& state) {
  StopRecorder recorder(state.range(0) != 0);
  auto stopper = std::make_unique<Mutator>();
  auto stopped = std::make_unique<Mutator>();
  const std::array<Mutator*, 2> threads{stopper.get(), stopped.get()};
  for (auto _ : state) {
    // The clock is read for the counters, too, recorded or not.
    const std::uint64_t asked = StopRecorder::now();
    recorder.arrives(*stopped);
    recorder.stopped(asked, StopRecorder::now(), threads);
    recorder.collected(1, 1);
    recorder.resuming();
    recorder.leaves(*stopped);
  }
  benchmark::DoNotOptimize(recorder.time_to_stop.max());
}
BENCHMARK(RecordStop)->ArgName("on")->Arg(0)->Arg(1);

}  // namespace
}  // namespace turnstile
