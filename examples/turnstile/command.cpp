#include "command.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <new>
#include <optional>
#include <string>

#include "options.h"
#include "report.h"

namespace turnstile::cli {

namespace {

std::atomic<RuntimeCore*> interrupted_runtime{nullptr};

extern "C" void on_interrupt(int) {
  if (RuntimeCore* runtime = interrupted_runtime.load(std::memory_order_acquire)) runtime->interrupt_main();
}

std::optional<std::string> read_all(int fd) {
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = read(fd, buffer, sizeof buffer);
    if (n == 0) return text;
    if (n > 0) {
      text.append(buffer, static_cast<std::size_t>(n));
    } else if (errno != EINTR) {
      return std::nullopt;
    }
  }
}

struct Source {
  std::string text;
  std::string filename;
  std::string folder;
};

std::optional<Source> load(const CommandLine& line) {
  if (line.code) return Source{*line.code + "\n", "<string>", ""};
  if (line.script.empty() || line.script == "-") {
    if (auto text = read_all(STDIN_FILENO)) return Source{*text, "<stdin>", ""};
    std::fprintf(stderr, "turnstile: can't read standard input: %s\n", std::strerror(errno));
    return std::nullopt;
  }
  const int fd = open(line.script.c_str(), O_RDONLY | O_CLOEXEC);
  std::optional<std::string> text = fd < 0 ? std::nullopt : read_all(fd);
  if (!text) {
    std::fprintf(stderr, "turnstile: can't open file '%s': [Errno %d] %s\n", line.script.c_str(), errno,
                 std::strerror(errno));
    if (fd >= 0) close(fd);
    return std::nullopt;
  }
  close(fd);
  // As python3 names them: the script by its absolute path, modules below its resolved folder.
  std::error_code failed;
  const std::filesystem::path script = std::filesystem::absolute(line.script, failed);
  if (failed) return Source{*text, line.script, std::filesystem::path(line.script).parent_path().string()};
  const std::filesystem::path folder = std::filesystem::weakly_canonical(script.parent_path(), failed);
  return Source{*text, script.string(), (failed ? script.parent_path() : folder).string()};
}

int run(const CommandLine& line) {
  std::optional<Source> source = load(line);
  if (!source) return 2;
  std::unique_ptr<RuntimeCore> runtime;
  try {
    runtime = line.policy->make(line.runtime);
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "turnstile: not enough memory to start\n");
    return 2;
  }
  runtime->main_path = source->folder;
  interrupted_runtime.store(runtime.get(), std::memory_order_release);
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);  // the program gets BrokenPipeError

  Mutator& m = runtime->main_mutator();
  runtime->enter(m);
  const int status = runtime->run_main(m, source->text, source->filename);
  allocator::save_context(m.saved);
  runtime->leave(m);
  signal(SIGINT, SIG_DFL);
  interrupted_runtime.store(nullptr, std::memory_order_release);
  if (line.tier_chosen && !runtime->tier_note().empty()) {
    std::fprintf(stderr, "turnstile: tier 1 %s\n", runtime->tier_note().c_str());
  }
  if (line.stats) print_stats(*runtime);
  if (runtime->attached_threads() > 1 || runtime->compiling()) {
    // Daemon threads may still run and use the runtime, a compiler thread may be at work: the runtime must outlive
    // them, so the process ends first.
    std::fflush(nullptr);
    std::_Exit(status);
  }
  return status;
}

}  // namespace

int run_command_line(int argc, char** argv, std::span<const BundleInfo> policies) {
  const ParseResult parsed = parse(argc, argv, policies);
  if (!parsed.command) return parsed.status;
  if (parsed.command->action == CommandLine::Action::list_policies) {
    print_policies(policies);
    return 0;
  }
  return run(*parsed.command);
}

}  // namespace turnstile::cli
