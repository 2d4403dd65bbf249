// Runs the command turnstile as a process.
#pragma once

#include <string>
#include <vector>

struct Outcome {
  int status = -1;  // exit status, or -signal
  std::string out, err;
};

class Command {
 public:
  /// Starts it with these arguments; `input` is its standard input.
  explicit Command(std::vector<std::string> arguments, const std::string& input = "");
  ~Command();
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  /// Waits until standard output contains `text`; false when it ended without.
  bool wait_for_output(const std::string& text);
  void send(int signal) const;
  /// Waits for the end. A process that does not end within a minute is killed: its status is -SIGKILL.
  Outcome finish();

 private:
  bool read_some(int timeout_ms);
  int pid_ = -1;
  int out_ = -1, err_ = -1;
  Outcome outcome_;
};

inline Outcome run(std::vector<std::string> arguments, const std::string& input = "") {
  return Command(std::move(arguments), input).finish();
}

/// Lines of a text.
inline int lines_of(const std::string& text) {
  int n = 0;
  for (char c : text) n += c == '\n';
  return n;
}

/// A file with this text that lasts as long as the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};
