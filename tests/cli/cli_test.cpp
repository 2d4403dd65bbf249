// Exit statuses and messages of the command line, and the helpers of command.h.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>

#include "tests/cli/command.h"

Command::Command(std::vector<std::string> arguments, const std::string& input) {
  int in[2], out[2], err[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) std::abort();
  arguments.insert(arguments.begin(), TURNSTILE_BINARY);
  std::vector<char*> argv;
  for (std::string& a : arguments) argv.push_back(a.data());
  argv.push_back(nullptr);
  pid_ = fork();
  if (pid_ == 0) {
    unsetenv("TURNSTILE_POLICY");
    unsetenv("TURNSTILE_TIER");
    dup2(in[0], 0);
    dup2(out[1], 1);
    dup2(err[1], 2);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  close(err[1]);
  // Inputs of these tests fit into a pipe.
  if (!input.empty() && write(in[1], input.data(), input.size()) != static_cast<ssize_t>(input.size())) std::abort();
  close(in[1]);
  out_ = out[0];
  err_ = err[0];
}

Command::~Command() {
  if (pid_ > 0) finish();
}

bool Command::read_some(int timeout_ms) {
  pollfd fds[2] = {{out_, POLLIN, 0}, {err_, POLLIN, 0}};
  if (poll(fds, 2, timeout_ms) <= 0) return false;
  for (int i = 0; i < 2; ++i) {
    if (fds[i].revents == 0) continue;
    char buffer[4096];
    const ssize_t n = read(fds[i].fd, buffer, sizeof buffer);
    if (n > 0) {
      (i == 0 ? outcome_.out : outcome_.err).append(buffer, static_cast<std::size_t>(n));
    } else if (n == 0) {
      close(fds[i].fd);
      (i == 0 ? out_ : err_) = -1;
    }
  }
  return true;
}

bool Command::wait_for_output(const std::string& text) {
  while (outcome_.out.find(text) == std::string::npos) {
    if (out_ < 0 || !read_some(60'000)) return false;
  }
  return true;
}

void Command::send(int signal) const { kill(pid_, signal); }

Outcome Command::finish() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (out_ >= 0 || err_ >= 0) {
    if (std::chrono::steady_clock::now() > end) kill(pid_, SIGKILL);
    read_some(1000);
  }
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  outcome_.status = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  return outcome_;
}

TemporaryFile::TemporaryFile(const std::string& text) : path_("/tmp/turnstile_cli_XXXXXX") {
  const int fd = mkstemp(path_.data());
  if (fd < 0 || write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::abort();
  close(fd);
}

TemporaryFile::~TemporaryFile() { unlink(path_.c_str()); }

TEST_CASE("what cannot be run is one line and status 2") {
  const std::vector<std::vector<std::string>> wrong = {
      {"--policy", "nope", "-c", "pass"},
      {"run", "--policy", "nope", "x.py"},
      {"/no/such/file.py"},
      {"--no-such-option", "x.py"},
      {"--max-heap", "lots", "-c", "pass"},
      {"--tier", "fast", "-c", "pass"},
      {"--gc-stress", "often", "-c", "pass"},
      {"--policy"},
      {"/"},
  };
  for (const auto& arguments : wrong) {
    CAPTURE(arguments.front());
    const Outcome o = run(arguments);
    CHECK(o.status == 2);
    CHECK(o.out == "");
    CHECK(lines_of(o.err) == 1);
    CHECK(o.err.starts_with("turnstile: "));
  }
  CHECK(run({"--policy", "nope", "-c", "pass"}).err.find("unknown policy 'nope'") != std::string::npos);
  CHECK(run({"/no/such/file.py"}).err.find("can't open file '/no/such/file.py': [Errno 2] No such file or directory") !=
        std::string::npos);
}

TEST_CASE("-c, a file and standard input run programs with their arguments") {
  const std::string program = "import sys\nprint(sys.argv, __name__)\n";
  Outcome o = run({"-c", program, "a", "-b"});
  CHECK(o.status == 0);
  CHECK(o.out == "['-c', 'a', '-b'] __main__\n");
  o = run({}, program);
  CHECK(o.out == "[''] __main__\n");
  o = run({"-", "x"}, program);
  CHECK(o.out == "['-', 'x'] __main__\n");
  const TemporaryFile file(program);
  for (const char* policy : {"gil", "grwl", "biased", "nosync"}) {
    o = run({"run", "--policy", policy, file.path(), "1", "--policy"});
    CHECK(o.status == 0);
    CHECK(o.out == "['" + file.path() + "', '1', '--policy'] __main__\n");
    CHECK(o.err == "");
  }
}

TEST_CASE("programs read standard input") {
  const TemporaryFile file("import sys\nprint(repr(sys.stdin.readline()))\nfor line in sys.stdin: print(repr(line))\n");
  CHECK(run({file.path()}, "a\nb\nc").out == "'a\\n'\n'b\\n'\n'c'\n");
  CHECK(run({"-c", "print(input(), input())"}, "x\ny\n").out == "x y\n");
}

TEST_CASE("a pool that nobody shuts down ends with the program") {
  const Outcome o = run({"-c",
                         "from concurrent.futures import ThreadPoolExecutor\n"
                         "ThreadPoolExecutor(2).submit(print, 'ran')\n"});
  CHECK(o.status == 0);
  CHECK(o.out == "ran\n");
}

TEST_CASE("exit statuses are python3's") {
  const std::pair<const char*, int> programs[] = {
      {"pass", 0},
      {"import sys; sys.exit()", 0},
      {"import sys; sys.exit(0)", 0},
      {"import sys; sys.exit(7)", 7},
      {"import sys; sys.exit(256 + 3)", 3},
      {"import sys; sys.exit(-1)", 255},
      {"import sys; sys.exit('text')", 1},
      {"raise SystemExit", 0},
      {"raise ValueError('x')", 1},
      {"x = (", 1},
      {"raise KeyboardInterrupt", 130},
      {"import threading\ndef f(): raise ValueError\nt = threading.Thread(target=f); t.start(); t.join()", 0},
      {"import threading, sys\nt = threading.Thread(target=sys.exit, args=(5,)); t.start(); t.join()", 0},
      {"import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()", 0},
  };
  for (const auto& [program, status] : programs) {
    CAPTURE(program);
    CHECK(run({"-c", program}).status == status);
  }
  CHECK(run({"-c", "import sys; sys.exit('text')"}).err == "text\n");
}

TEST_CASE("help, version and the table of policies") {
  CHECK(run({"--version"}).out.starts_with("turnstile "));
  Outcome o = run({"--help"});
  CHECK(o.status == 0);
  CHECK(o.out.find("--policy") != std::string::npos);
  o = run({"policies"});
  CHECK(o.status == 0);
  for (const char* name : {"gil", "grwl", "biased", "nosync", "WorldLock"}) {
    CHECK(o.out.find(name) != std::string::npos);
  }
}
