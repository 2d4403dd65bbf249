#include "tests/kit/real/watched.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <thread>

namespace turnstile::kit {
namespace {

/// In memory that parent and child share.
struct Board {
  std::atomic<std::uint64_t> progress{0};
  char property[64] = {};
};

constexpr int kFound = 77;
constexpr int kSanitizer = 66;  // the sanitizers' exit code

}  // namespace

Watched watch(double seconds, double hang_seconds,
              const std::function<StressReport(std::uint64_t, std::atomic<std::uint64_t>&)>& run) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  auto since = [](Clock::time_point then) { return std::chrono::duration<double>(Clock::now() - then).count(); };
  void* const memory = mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  auto* const board = new (memory) Board;
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(1);  // the sanitizers' reports
    for (std::uint64_t seed = 1; since(start) < seconds; ++seed) {
      const StressReport report = run(seed, board->progress);
      if (!report.failed()) continue;
      std::strncpy(board->property, report.property.c_str(), sizeof board->property - 1);
      _exit(kFound);
    }
    _exit(0);
  }
  Watched result;
  int status = 0;
  auto last_progress = start;
  for (std::uint64_t seen = 0; waitpid(child, &status, WNOHANG) == 0;) {
    const std::uint64_t now = board->progress.load(std::memory_order_relaxed);
    if (now != seen) last_progress = Clock::now();
    seen = now;
    if (since(last_progress) > hang_seconds) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      result.found = "hang";
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (result.found.empty()) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == kFound) {
      result.found = board->property;
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == kSanitizer) {
      result.found = "data race";
    } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
      result.found = "crash";
    }
  }
  result.rounds = board->progress.load(std::memory_order_relaxed);
  result.seconds = since(start);
  munmap(memory, sizeof(Board));
  return result;
}

}  // namespace turnstile::kit
