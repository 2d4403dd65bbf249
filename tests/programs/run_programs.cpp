// Runs the programs of a folder under one policy and tier and compares what they print with the files beside them.
//
//   run_programs --binary PATH --folder DIR --policy NAME --tier TIER [--prefix PREFIX] [--jobs N] [--timeout SECONDS]
//                [--skip-mark MARK]... [--only-mark MARK] [-- OPTIONS FOR THE BINARY]
//
// A program is PREFIX*.py with a .out file. Standard output and the exit status are compared, standard error where a
// .err file exists. Differences are printed; the last line counts passed, failed and skipped programs.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

struct Settings {
  std::string binary, folder, policy, tier, prefix, only_mark;
  std::set<std::string> skip_marks;
  std::vector<std::string> extra;
  int jobs = 2;
  int timeout = 120;
};

struct Program {
  fs::path path;
  std::set<std::string> marks;
};

struct Running {
  const Program* program = nullptr;
  pid_t pid = -1;
  fs::path out, err;
  Clock::time_point begin;
};

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::set<std::string> read_marks(const fs::path& path) {
  std::ifstream in(path);
  std::set<std::string> marks;
  std::string line;
  for (int i = 0; i < 5 && std::getline(in, line); ++i) {
    const std::string key = "# turnstile:";
    if (line.rfind(key, 0) != 0) continue;
    std::istringstream words(line.substr(key.size()));
    for (std::string word; words >> word;) marks.insert(word);
  }
  return marks;
}

pid_t launch(const Settings& s, const Program& program, const Running& files) {
  std::vector<std::string> args = {s.binary, "run", "--policy", s.policy, "--tier", s.tier};
  args.insert(args.end(), s.extra.begin(), s.extra.end());
  if (program.marks.count("memory") != 0) args.insert(args.end(), {"--max-heap", "64m"});
  args.push_back(program.path.filename().string());
  const pid_t pid = fork();
  if (pid != 0) return pid;
  std::vector<char*> argv;
  for (std::string& a : args) argv.push_back(a.data());
  argv.push_back(nullptr);
  setpgid(0, 0);
  const int in = open("/dev/null", O_RDONLY);
  const int out = open(files.out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const int err = open(files.err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (in < 0 || out < 0 || err < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 ||
      chdir(s.folder.c_str()) != 0) {
    _exit(126);
  }
  execv(argv[0], argv.data());
  _exit(127);
}

std::string without_folder(std::string text, const std::string& folder) {
  for (std::size_t at; (at = text.find(folder + "/")) != std::string::npos;) text.erase(at, folder.size() + 1);
  return text;
}

// The first line that differs, for the report.
std::string first_difference(const std::string& expected, const std::string& got) {
  std::istringstream a(expected), b(got);
  std::string x, y;
  for (int line = 1;; ++line) {
    const bool more_a = static_cast<bool>(std::getline(a, x));
    const bool more_b = static_cast<bool>(std::getline(b, y));
    if (!more_a && !more_b) return "    (only line ends differ)\n";
    if (more_a != more_b || x != y) {
      return "    line " + std::to_string(line) + "\n      expected: " + (more_a ? x : "<end>") +
             "\n      got:      " + (more_b ? y : "<end>") + "\n";
    }
  }
}

std::string judge(const Settings& s, const Running& r, int status, bool timed_out) {
  if (timed_out) return "    no end after " + std::to_string(s.timeout) + " s\n";
  const auto beside = [&](const char* extension) { return fs::path(r.program->path).replace_extension(extension); };
  std::string report;
  int expected_code = 0;
  if (fs::exists(beside(".code"))) expected_code = std::atoi(read_text(beside(".code")).c_str());
  if (WIFSIGNALED(status)) {
    report += "    killed by signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")\n";
  } else if (WEXITSTATUS(status) != expected_code) {
    report +=
        "    exit status " + std::to_string(WEXITSTATUS(status)) + ", expected " + std::to_string(expected_code) + "\n";
  }
  const std::string expected = read_text(beside(".out"));
  const std::string got = read_text(r.out);
  if (expected != got) report += "   standard output:\n" + first_difference(expected, got);
  const std::string errors = without_folder(read_text(r.err), s.folder);
  if (errors.find("turnstile: tier 1 unavailable") != std::string::npos) report += "   ran in the interpreter only\n";
  if (fs::exists(beside(".err"))) {
    const std::string wanted = read_text(beside(".err"));
    if (wanted != errors) report += "   standard error:\n" + first_difference(wanted, errors);
  }
  if (!report.empty() && !errors.empty()) {
    report += "   standard error ended with:\n" + errors.substr(errors.size() > 1500 ? errors.size() - 1500 : 0) + "\n";
  }
  return report;
}

bool parse(int argc, char** argv, Settings* s) {
  for (int i = 1; i < argc; ++i) {
    const std::string key = argv[i];
    if (key == "--") {
      s->extra.assign(argv + i + 1, argv + argc);
      break;
    }
    if (i + 1 >= argc) return false;
    const std::string value = argv[++i];
    if (key == "--binary")
      s->binary = value;
    else if (key == "--folder")
      s->folder = value;
    else if (key == "--policy")
      s->policy = value;
    else if (key == "--tier")
      s->tier = value;
    else if (key == "--prefix")
      s->prefix = value;
    else if (key == "--jobs")
      s->jobs = std::max(1, std::atoi(value.c_str()));
    else if (key == "--timeout")
      s->timeout = std::atoi(value.c_str());
    else if (key == "--skip-mark")
      s->skip_marks.insert(value);
    else if (key == "--only-mark")
      s->only_mark = value;
    else
      return false;
  }
  return !s->binary.empty() && !s->folder.empty() && !s->policy.empty() && !s->tier.empty();
}

}  // namespace

int main(int argc, char** argv) {
  Settings s;
  if (!parse(argc, argv, &s)) {
    std::fprintf(stderr, "run_programs: bad arguments (see the head of run_programs.cpp)\n");
    return 2;
  }
  std::vector<Program> programs;
  int skipped = 0;
  for (const auto& entry : fs::directory_iterator(s.folder)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".py" || path.filename().string().rfind(s.prefix, 0) != 0) continue;
    if (!fs::exists(fs::path(path).replace_extension(".out"))) continue;
    Program program{path, read_marks(path)};
    if (!s.only_mark.empty() && program.marks.count(s.only_mark) == 0) continue;
    const bool skip = std::any_of(s.skip_marks.begin(), s.skip_marks.end(),
                                  [&](const std::string& mark) { return program.marks.count(mark) != 0; });
    if (skip)
      ++skipped;
    else
      programs.push_back(program);
  }
  std::sort(programs.begin(), programs.end(), [](const Program& a, const Program& b) { return a.path < b.path; });
  if (programs.empty() && skipped == 0) {
    std::fprintf(stderr, "run_programs: no program matches '%s' in %s\n", s.prefix.c_str(), s.folder.c_str());
    return 1;
  }
  char scratch[] = "/tmp/turnstile_programs_XXXXXX";
  if (mkdtemp(scratch) == nullptr) {
    std::perror("run_programs: mkdtemp");
    return 1;
  }
  std::vector<Running> running;
  std::size_t next = 0;
  int passed = 0, failed = 0;
  const auto finish = [&](const Running& r, int status, bool timed_out) {
    const std::string report = judge(s, r, status, timed_out);
    if (report.empty()) {
      ++passed;
    } else {
      ++failed;
      std::printf("FAILED %s  [%s, %s]\n%s", r.program->path.filename().c_str(), s.policy.c_str(), s.tier.c_str(),
                  report.c_str());
      std::fflush(stdout);
    }
  };
  while (next < programs.size() || !running.empty()) {
    while (next < programs.size() && running.size() < static_cast<std::size_t>(s.jobs)) {
      Running r;
      r.program = &programs[next++];
      r.out = fs::path(scratch) / (r.program->path.stem().string() + ".out");
      r.err = fs::path(scratch) / (r.program->path.stem().string() + ".err");
      r.begin = Clock::now();
      r.pid = launch(s, *r.program, r);
      running.push_back(r);
    }
    bool progress = false;
    for (std::size_t i = 0; i < running.size();) {
      int status = 0;
      const pid_t done = waitpid(running[i].pid, &status, WNOHANG);
      const bool late = done == 0 && Clock::now() - running[i].begin > std::chrono::seconds(s.timeout);
      if (late) {
        kill(-running[i].pid, SIGKILL);
        kill(running[i].pid, SIGKILL);
        waitpid(running[i].pid, &status, 0);
      }
      if (done == 0 && !late) {
        ++i;
        continue;
      }
      finish(running[i], status, late);
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
      progress = true;
    }
    if (!progress) poll(nullptr, 0, 2);
  }
  fs::remove_all(scratch);
  std::printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
  return failed == 0 ? 0 : 1;
}
