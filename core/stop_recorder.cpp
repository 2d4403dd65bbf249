#include "core/stop_recorder.h"

#include <chrono>

#include "core/frame.h"

namespace turnstile {

std::uint64_t StopRecorder::now() {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

void StopRecorder::resuming() {
  if (!enabled_) return;
  const std::uint64_t at = now();
  time_stopped.record(at - exclusive_at_);
  resumed_at_.store(at, std::memory_order_relaxed);
}

void StopRecorder::note_wake(Mutator& m) {
  const std::uint64_t resumed = resumed_at_.load(std::memory_order_relaxed);
  // A poll that fired for another reason met no stop.
  if (resumed > m.safepoint_at) time_to_resume.record(now() - resumed);
}

std::string StopRecorder::worst_straggler() const {
  std::scoped_lock lock(straggler_mutex_);
  return straggler_;
}

void StopRecorder::describe(const Mutator& last) {
  std::scoped_lock lock(straggler_mutex_);
  straggler_ = "native code";
  if (last.frame == nullptr) return;
  const Frame& frame = *last.frame;
  const CodeData& code = *frame.code->data;
  const std::uint32_t known = frame.pc < code.spans.size() ? code.spans[frame.pc].line : 0;
  straggler_ = code.filename + ":" + std::to_string(known != 0 ? known : code.first_line) + " in " + code.name +
               " (thread " + std::to_string(last.thread_id) + ")";
}

}  // namespace turnstile
