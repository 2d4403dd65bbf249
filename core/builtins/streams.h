// Standard output and standard error: buffers outside the managed heap, and the objects sys.stdout and sys.stderr.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "core/mutator.h"
#include "core/value.h"

namespace turnstile {

/// One file descriptor to write to. Text of one write() stays together whatever other threads write.
class OutputStream {
 public:
  OutputStream(int fd, bool unbuffered);
  /// Writes UTF-8 text. May block (in a region). 0, or the errno of the descriptor; the text is lost then. A descriptor
  /// that was closed from the start swallows all.
  int write(Mutator& m, std::string_view text);
  int flush(Mutator& m);
  int fd() const { return fd_; }
  bool is_terminal() const { return terminal_; }

 private:
  static constexpr std::size_t kBufferBytes = 1 << 16;
  const int fd_;
  const bool terminal_;
  const bool unbuffered_;
  const bool closed_;
  std::mutex order_;  // held over the write to the descriptor, taken only inside a blocking region
  std::mutex mutex_;  // guards buffer_: short, no safepoint under it
  std::string buffer_;
};

struct StandardStreams {
  OutputStream out{1, false};
  OutputStream err{2, true};
  Value out_object;  // what print() writes to when the program has not replaced sys.stdout
  Value err_object;
};

/// The class of sys.stdout and sys.stderr, and the two objects (roots).
bool make_standard_streams(Mutator& m);
/// The stream behind a value, or null when it is another object (then print() calls its write method).
OutputStream* native_stream(Value v);
/// OSError, or the subclass of it that belongs to the errno.
Value raise_stream_error(Mutator& m, int error);
/// What sys.stdout is now; empty with RuntimeError when the program deleted it.
Value current_stdout(Mutator& m);

}  // namespace turnstile
