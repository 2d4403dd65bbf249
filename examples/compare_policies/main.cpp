// The main job: threaded Python programs under every bundle at 1, 2 and 3 threads, as one table.
//
//   compare_policies --turnstile PATH --programs DIR [--repetitions N] [--threads 1,2,3] [--policies gil,grwl,...]
//                    [--only NAME,...] [--json FILE]
//
// Each program is run as `NAME.py THREADS SIZE --time`; it does THREADS × SIZE work and prints `time: SECONDS` last.
// Throughput is threads / seconds, medians over the repetitions. Runs are interleaved: one round measures every cell
// once, so that a slow spell of the machine hits all columns. N independent processes of one thread each (the row
// `processes`) are the limit that the machine sets in the same run.
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace {

struct Job {
  std::string name;
  std::string size;
};

// Sizes give about a second of work per cell in compiled code.
const Job kJobs[] = {
    {"counting", "300000000"}, {"nbody", "400000"}, {"binary_trees", "400"},
    {"richards", "200"},       {"word_count", ""},  {"shared_list", "100000"},
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::string part;
  for (char c : text + ",") {
    if (c == ',') {
      if (!part.empty()) parts.push_back(part);
      part.clear();
    } else {
      part.push_back(c);
    }
  }
  return parts;
}

struct Child {
  pid_t pid;
  int out;
};

Child start(const std::vector<std::string>& args) {
  int fds[2];
  if (pipe(fds) != 0) return {-1, -1};
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(fds[1], 1);
    close(fds[0]);
    close(fds[1]);
    std::vector<char*> argv;
    argv.reserve(args.size() + 1);
    for (const std::string& a : args) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(fds[1]);
  return {pid, fds[0]};
}

// Seconds that the program reported, or NaN when it failed.
double finish(const Child& child) {
  std::string text;
  char buffer[4096];
  for (ssize_t n; (n = read(child.out, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(n));
  close(child.out);
  int status = 0;
  waitpid(child.pid, &status, 0);
  const std::size_t at = text.rfind("time: ");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || at == std::string::npos) return std::nan("");
  return std::strtod(text.c_str() + at + 6, nullptr);
}

double median(std::vector<double> xs) {
  if (xs.empty()) return std::nan("");
  std::sort(xs.begin(), xs.end());
  const std::size_t n = xs.size();
  return n % 2 == 1 ? xs[n / 2] : (xs[n / 2 - 1] + xs[n / 2]) / 2;
}

using Key = std::tuple<std::string, std::string, int>;  // program, policy, threads

}  // namespace

int main(int argc, char** argv) {
  std::string turnstile, folder, threads_text = "1,2,3", policies_text = "gil,grwl,biased,nosync", only, json, size;
  int repetitions = 5;
  CLI::App app("Compares policies on threaded Python programs.");
  app.add_option("--turnstile", turnstile, "The turnstile binary")->required()->check(CLI::ExistingFile);
  app.add_option("--programs", folder, "Folder of the programs")->required()->check(CLI::ExistingDirectory);
  app.add_option("--repetitions", repetitions, "Rounds; the table shows medians")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--threads", threads_text, "Thread counts")->capture_default_str();
  app.add_option("--policies", policies_text, "Policies")->capture_default_str();
  app.add_option("--only", only, "Programs (default: all)");
  app.add_option("--sizes", size, "Size argument for all programs (default: about a second of compiled code each)");
  app.add_option("--json", json, "Write medians in Google Benchmark's JSON layout");
  CLI11_PARSE(app, argc, argv);

  std::vector<Job> jobs;
  const std::vector<std::string> wanted = split(only);
  for (const Job& job : kJobs) {
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), job.name) != wanted.end()) {
      jobs.push_back({job.name, size.empty() ? job.size : size});
    }
  }
  std::vector<int> threads;
  for (const std::string& t : split(threads_text)) threads.push_back(std::max(1, std::atoi(t.c_str())));
  const std::vector<std::string> policies = split(policies_text);
  // One that collects garbage while several threads are attached, as nosync does not.
  const std::string process_policy =
      std::find(policies.begin(), policies.end(), "biased") != policies.end() ? "biased" : policies.front();

  const auto command = [&](const Job& job, const std::string& policy, int n) {
    std::vector<std::string> args = {turnstile,        "run", "--policy", policy, folder + "/" + job.name + ".py",
                                     std::to_string(n)};
    if (!job.size.empty()) args.push_back(job.size);
    args.push_back("--time");
    return args;
  };

  std::map<Key, std::vector<double>> throughput;
  const std::size_t total =
      jobs.size() * (policies.size() + 1) * threads.size() * static_cast<std::size_t>(repetitions);
  std::size_t done = 0;
  bool failed = false;
  for (int round = 0; round < repetitions; ++round) {
    for (const Job& job : jobs) {
      for (int n : threads) {
        for (const std::string& policy : policies) {
          // nosync leaves shared objects unguarded, and shared_list is about one.
          if (policy == "nosync" && job.name == "shared_list" && n > 1) {
            ++done;
            continue;
          }
          const double seconds = finish(start(command(job, policy, n)));
          if (std::isnan(seconds)) {
            std::fprintf(stderr, "\ncompare_policies: %s failed under %s with %d threads\n", job.name.c_str(),
                         policy.c_str(), n);
            failed = true;
          } else {
            throughput[{job.name, policy, n}].push_back(n / seconds);
          }
          std::fprintf(stderr, "\r%zu/%zu  round %d  %-14s %-8s %d threads   ", ++done, total, round + 1,
                       job.name.c_str(), policy.c_str(), n);
        }
        std::vector<Child> children;
        children.reserve(static_cast<std::size_t>(n));
        for (int i = 0; i < n; ++i) children.push_back(start(command(job, process_policy, 1)));
        double slowest = 0;
        for (const Child& child : children) slowest = std::max(slowest, finish(child));
        if (slowest > 0) throughput[{job.name, "processes", n}].push_back(n / slowest);
        ++done;
      }
    }
  }
  std::fprintf(stderr, "\r%*s\r", 78, "");

  std::printf(
      "Throughput (units of work a second), its ratio to the same row at %d thread, and to gil at the same threads.\n"
      "Medians of %d interleaved rounds; `processes`: independent single-thread processes, the machine's own "
      "limit.\n\n",
      threads.front(), repetitions);
  std::printf("%-14s %-10s", "program", "policy");
  for (int n : threads) std::printf("  %8d thr  x%-5d  x gil", n, threads.front());
  std::printf("\n");
  std::vector<std::string> rows = policies;
  rows.push_back("processes");
  for (const Job& job : jobs) {
    for (const std::string& policy : rows) {
      std::printf("%-14s %-10s", job.name.c_str(), policy.c_str());
      const double base = median(throughput[{job.name, policy, threads.front()}]);
      for (int n : threads) {
        const double value = median(throughput[{job.name, policy, n}]);
        const double gil = median(throughput[{job.name, "gil", n}]);
        if (std::isnan(value)) {
          std::printf("  %12s  %6s  %5s", "-", "-", "-");
        } else {
          std::printf("  %12.3f  %6.2f  %5.2f", value, value / base, value / gil);
        }
      }
      std::printf("\n");
    }
  }
  if (!json.empty()) {
    if (FILE* out = std::fopen(json.c_str(), "w")) {
      std::fprintf(out,
                   "{\n  \"context\": {\"executable\": \"compare_policies\", \"num_cpus\": %ld},\n  \"benchmarks\": [",
                   sysconf(_SC_NPROCESSORS_ONLN));
      const char* separator = "\n";
      for (const auto& [key, values] : throughput) {
        const auto& [program, policy, n] = key;
        std::fprintf(
            out,
            "%s    {\"name\": \"%s/%s/threads:%d\", \"run_type\": \"aggregate\", \"aggregate_name\": \"median\", "
            "\"repetitions\": %zu, \"real_time\": %.9g, \"time_unit\": \"s\", \"items_per_second\": %.9g}",
            separator, program.c_str(), policy.c_str(), n, values.size(), n / median(values), median(values));
        separator = ",\n";
      }
      std::fprintf(out, "\n  ]\n}\n");
      std::fclose(out);
    } else {
      std::perror("compare_policies: --json");
      return 1;
    }
  }
  return failed ? 1 : 0;
}
