#include "core/builtins/streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/allocate_object.h"
#include "core/define_type.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/objects/iterators.h"
#include "core/ops.h"
#include "core/program.h"

namespace turnstile {

OutputStream::OutputStream(int fd, bool unbuffered)
    : fd_(fd), terminal_(isatty(fd) != 0), unbuffered_(unbuffered), closed_(fcntl(fd, F_GETFD) < 0) {}

int OutputStream::write(Mutator& m, std::string_view text) {
  if (closed_) return 0;
  bool full;
  {
    std::scoped_lock lock(mutex_);
    buffer_.append(text);
    full = unbuffered_ || buffer_.size() >= kBufferBytes || (terminal_ && text.find('\n') != std::string_view::npos);
  }
  return full ? flush(m) : 0;
}

int OutputStream::flush(Mutator& m) {
  {
    std::scoped_lock lock(mutex_);
    if (buffer_.empty()) return 0;
  }
  BlockingRegion region(m);
  std::scoped_lock order(order_);
  std::string text;
  {
    std::scoped_lock lock(mutex_);
    text.swap(buffer_);
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const ssize_t n = ::write(fd_, text.data() + at, text.size() - at);
    if (n >= 0) {
      at += static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

Value raise_stream_error(Mutator& m, int error) {
  Str* text = make_str(m, std::strerror(error));
  if (text == nullptr) return Value();
  Value e = call(m, Value::object(m.runtime->exceptions.OSError), {Value::small_int(error), Value::object(text)});
  return e.is_empty() ? e : raise_value(m, e, Value());
}

namespace {

Value stream_write(Mutator& m, const CallArgs& args) {
  if (!is_kind(args[1], Kind::str)) {
    return raise_type_error(m, "write() argument must be str, not " + to_utf8(type_of(m, args[1])->name));
  }
  OutputStream* stream = native_stream(args[0]);
  if (const int error = stream->write(m, to_utf8(args[1].as<Str>()))) return raise_stream_error(m, error);
  return Value::small_int(args[1].as<Str>()->length());
}

Value stream_flush(Mutator& m, const CallArgs& args) {
  if (const int error = native_stream(args[0])->flush(m)) return raise_stream_error(m, error);
  return Value::none();
}

Value stream_writelines(Mutator& m, const CallArgs& args) {
  const bool ok = for_each(m, args[1], [&](Value line) {
    const Value pair[] = {args[0], line};
    return !stream_write(m, CallArgs{pair, 2, nullptr}).is_empty();
  });
  return ok ? Value::none() : Value();
}

Value stream_fileno(Mutator&, const CallArgs& args) { return Value::small_int(native_stream(args[0])->fd()); }
Value stream_isatty(Mutator&, const CallArgs& args) { return Value::boolean(native_stream(args[0])->is_terminal()); }
Value stream_true(Mutator&, const CallArgs&) { return Value::true_value(); }
Value stream_encoding(Mutator& m, const CallArgs&) { return Value::object(intern(m, "utf-8")); }
Value stream_name(Mutator& m, const CallArgs& args) {
  return Value::object(intern(m, native_stream(args[0])->fd() == 1 ? "<stdout>" : "<stderr>"));
}

Value stream_repr(Mutator& m, Value self) {
  const char* name = native_stream(self)->fd() == 1 ? "<stdout>" : "<stderr>";
  return Value::object(make_str(m, "<_io.TextIOWrapper name='" + std::string(name) + "' mode='w' encoding='utf-8'>"));
}

bool hash_stream(Mutator&, Value self, std::int64_t* out) {
  *out = static_cast<std::int64_t>(self.bits() >> 4);
  return true;
}

constexpr TypeSlots kStreamSlots = [] {
  TypeSlots s;
  s.repr = stream_repr;
  s.hash = hash_stream;
  return s;
}();

const NativeDef kStreamMethods[] = {
    {"write", stream_write, 2, 2},   {"flush", stream_flush, 1, 1},   {"writelines", stream_writelines, 2, 2},
    {"fileno", stream_fileno, 1, 1}, {"isatty", stream_isatty, 1, 1}, {"writable", stream_true, 1, 1},
};
const NativeDef kStreamGetters[] = {{"encoding", stream_encoding, 1, 1}, {"name", stream_name, 1, 1}};

Value make_stream_object(Mutator& m, Type* cls, OutputStream* stream) {
  auto* object = new_object<NativeObject>(m, cls, Kind::native_object);
  if (object == nullptr) return Value();
  object->payload = stream;
  m.runtime->add_root(Value::object(object));
  return Value::object(object);
}

}  // namespace

bool make_standard_streams(Mutator& m) {
  TypeSpec spec{"TextIOWrapper", &kStreamSlots, kStreamMethods, Kind::native_object, 0};
  spec.getters = kStreamGetters;
  Type* cls = define_type(m, spec);
  if (cls == nullptr) return false;
  m.runtime->add_root(Value::object(cls));
  m.runtime->stream_type = cls;
  StandardStreams& streams = *m.runtime->streams;
  streams.out_object = make_stream_object(m, cls, &streams.out);
  streams.err_object = make_stream_object(m, cls, &streams.err);
  return !streams.out_object.is_empty() && !streams.err_object.is_empty();
}

OutputStream* native_stream(Value v) {
  // The caller has checked the class; the payload says which stream it is.
  if (!is_kind(v, Kind::native_object)) return nullptr;
  return static_cast<OutputStream*>(v.as<NativeObject>()->payload);
}

Value current_stdout(Mutator& m) {
  Str* const module_name = intern(m, "sys");
  Str* const name = intern(m, "stdout");
  if (module_name == nullptr || name == nullptr) return Value();
  Value sys = dict_get_name(m.runtime->modules, module_name);
  if (!is_kind(sys, Kind::module)) return m.runtime->streams->out_object;
  Value v = dict_get_name(sys.as<Module>()->dict, name);
  return v.is_empty() ? raise(m, m.runtime->exceptions.RuntimeError, "lost sys.stdout") : v;
}

bool flush_standard_streams(Mutator& m) {
  const int error = m.runtime->streams->out.flush(m);
  m.runtime->streams->err.flush(m);
  if (error == 0) return true;
  const char* name = error == EPIPE ? "BrokenPipeError" : "OSError";
  std::fprintf(
      stderr,
      "Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\n%s: [Errno %d] %s\n", name,
      error, std::strerror(error));
  return false;
}

}  // namespace turnstile
