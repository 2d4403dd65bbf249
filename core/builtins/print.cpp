// print() and input().
#include <unistd.h>

#include <cerrno>
#include <string>

#include "core/builtins/builtins.h"
#include "core/builtins/streams.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/native_args.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

// A str keyword that may be None; false with TypeError.
bool text_option(Mutator& m, Value v, const char* name, const char* fallback, std::string* out) {
  v = unboxed(v);
  if (v.is_empty() || v.is_none()) {
    *out = fallback;
    return true;
  }
  if (!is_kind(v, Kind::str)) {
    raise_type_error(m, std::string(name) + " must be None or a string, not " + to_utf8(type_of(m, v)->name));
    return false;
  }
  *out = to_utf8(v.as<Str>());
  return true;
}

bool write_to(Mutator& m, Value file, std::string_view text) {
  Str* s = make_str(m, text);
  if (s == nullptr) return false;
  return !call_method(m, file, m.runtime->names.write, {Value::object(s)}).is_empty();
}

}  // namespace

Value builtin_print(Mutator& m, const CallArgs& args) {
  Value options[4];
  if (!bind_keywords_only(m, args, "print", {"sep", "end", "file", "flush"}, options)) return Value();
  std::string sep, end;
  if (!text_option(m, options[0], "sep", " ", &sep) || !text_option(m, options[1], "end", "\n", &end)) return Value();
  Value file = options[2];
  if (file.is_empty() || file.is_none()) file = current_stdout(m);
  if (file.is_empty()) return file;
  if (file.is_none()) return Value::none();
  OutputStream* stream = type_of(m, file) == m.runtime->stream_type ? native_stream(file) : nullptr;
  std::string line;
  for (std::uint32_t i = 0; i < args.positional; ++i) {
    Value text = to_str(m, args[i]);
    if (text.is_empty()) return text;
    if (stream == nullptr) {
      // An object of the program sees each piece, as python3 writes them.
      if ((i != 0 && !write_to(m, file, sep)) || !write_to(m, file, to_utf8(text.as<Str>()))) return Value();
      continue;
    }
    if (i != 0) line += sep;
    line += to_utf8(text.as<Str>());
  }
  line += end;
  if (stream == nullptr) {
    if (!write_to(m, file, line)) return Value();
  } else if (const int error = stream->write(m, line)) {
    return raise_stream_error(m, error);
  }
  if (!options[3].is_empty()) {
    const int flush = truth(m, options[3]);
    if (flush < 0 || (flush > 0 && call_method(m, file, m.runtime->names.flush, {}).is_empty())) return Value();
  }
  return Value::none();
}

Value builtin_input(Mutator& m, const CallArgs& args) {
  if (args.positional == 1) {
    Value text = to_str(m, args[0]);
    if (text.is_empty()) return text;
    if (const int error = m.runtime->streams->out.write(m, to_utf8(text.as<Str>())))
      return raise_stream_error(m, error);
  }
  m.runtime->streams->out.flush(m);
  std::string line;
  bool end_of_file = false;
  for (;;) {
    char c;
    ssize_t n;
    {
      BlockingRegion region(m);
      n = read(STDIN_FILENO, &c, 1);
    }
    if (n < 0 && errno == EINTR) {
      if (!m.runtime->deliver_interrupt(m)) return Value();
      continue;
    }
    if (n <= 0) {
      end_of_file = true;
      break;
    }
    if (c == '\n') break;
    line.push_back(c);
  }
  if (end_of_file && line.empty()) return raise(m, m.runtime->exceptions.EOFError, "EOF when reading a line");
  Str* s = make_str(m, line);
  return s == nullptr ? Value() : Value::object(s);
}

}  // namespace turnstile
