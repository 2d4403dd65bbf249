// _posix: what io and os need of the system. Errors are OSErrors with the file's name; whatever may wait does so in a
// blocking region.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "core/exceptions.h"
#include "core/guard.h"
#include "core/modules/registry.h"
#include "core/ops.h"
#include "core/types/classes.h"

extern char** environ;

namespace turnstile {

namespace {

Value raise_errno(Mutator& m, int error, Value path = Value()) {
  Str* text = make_str(m, std::strerror(error));
  if (text == nullptr) return Value();
  const Value cls = Value::object(m.runtime->exceptions.OSError);
  const Value number = Value::small_int(error), why = Value::object(text);
  const Value e = path.is_empty() ? call(m, cls, {number, why}) : call(m, cls, {number, why, path});
  return e.is_empty() ? e : raise_value(m, e);
}

bool path_argument(Mutator& m, Value v, std::string* out) {
  v = unboxed(v);
  if (!is_kind(v, Kind::str) && !is_kind(v, Kind::bytes)) {
    Value hook = lookup_special(m, v, intern(m, "__fspath__"));
    if (m.has_exception()) return false;
    if (!hook.is_empty()) v = call(m, hook, {});
    if (v.is_empty()) return false;
  }
  if (is_kind(v, Kind::str)) {
    *out = to_utf8(v.as<Str>());
  } else if (is_kind(v, Kind::bytes)) {
    *out = std::string(reinterpret_cast<const char*>(v.as<Bytes>()->data), v.as<Bytes>()->length());
  } else {
    raise_type_error(m, "expected str, bytes or os.PathLike object, not " + class_name_of(m, v));
    return false;
  }
  if (out->find('\0') == std::string::npos) return true;
  raise_value_error(m, "embedded null byte");
  return false;
}

bool int_argument(Mutator& m, Value v, std::int64_t* out) { return to_index(m, v, out); }

// Runs `work` (which gives -1 and errno where it fails) outside the managed world, again after signals.
template <class Work>
bool system_call(Mutator& m, std::int64_t* result, int* error, Work&& work) {
  for (;;) {
    {
      BlockingRegion region(m);
      *result = work();
      *error = *result < 0 ? errno : 0;
    }
    if (*error != EINTR) return true;
    if (!m.runtime->deliver_interrupt(m)) return false;
  }
}

Value posix_open(Mutator& m, const CallArgs& a) {
  std::string path;
  std::int64_t flags, mode, fd;
  int error;
  if (!path_argument(m, a[0], &path) || !int_argument(m, a[1], &flags) || !int_argument(m, a[2], &mode)) return Value();
  if (!system_call(m, &fd, &error, [&] {
        return ::open(path.c_str(), static_cast<int>(flags) | O_CLOEXEC, static_cast<mode_t>(mode));
      })) {
    return Value();
  }
  if (fd < 0) return raise_errno(m, error, a[0]);
  struct stat info{};
  if (fstat(static_cast<int>(fd), &info) == 0 && S_ISDIR(info.st_mode)) {
    ::close(static_cast<int>(fd));
    return raise_errno(m, EISDIR, a[0]);
  }
  return make_int(m, fd);
}

Value posix_read(Mutator& m, const CallArgs& a) {
  std::int64_t fd, count, got;
  int error;
  if (!int_argument(m, a[0], &fd) || !int_argument(m, a[1], &count)) return Value();
  std::string data(static_cast<std::size_t>(count), '\0');
  if (!system_call(m, &got, &error, [&] { return ::read(static_cast<int>(fd), data.data(), data.size()); })) {
    return Value();
  }
  return got < 0 ? raise_errno(m, error) : bytes_from(m, data.data(), static_cast<std::size_t>(got));
}

Value posix_write(Mutator& m, const CallArgs& a) {
  std::int64_t fd, got;
  int error;
  if (!int_argument(m, a[0], &fd)) return Value();
  if (!is_kind(a[1], Kind::bytes)) return raise_type_error(m, "a bytes-like object is required");
  const std::string data(reinterpret_cast<const char*>(a[1].as<Bytes>()->data), a[1].as<Bytes>()->length());
  for (std::size_t at = 0; at < data.size(); at += static_cast<std::size_t>(got)) {
    if (!system_call(m, &got, &error,
                     [&] { return ::write(static_cast<int>(fd), data.data() + at, data.size() - at); })) {
      return Value();
    }
    if (got < 0) return raise_errno(m, error);
  }
  return make_int(m, static_cast<std::int64_t>(data.size()));
}

template <int (*kCall)(int)>
Value on_descriptor(Mutator& m, const CallArgs& a) {
  std::int64_t fd, result;
  int error;
  if (!int_argument(m, a[0], &fd)) return Value();
  if (!system_call(m, &result, &error, [&] { return kCall(static_cast<int>(fd)); })) return Value();
  return result < 0 ? raise_errno(m, error) : make_int(m, result);
}

Value posix_seek(Mutator& m, const CallArgs& a) {
  std::int64_t fd, offset, whence;
  if (!int_argument(m, a[0], &fd) || !int_argument(m, a[1], &offset) || !int_argument(m, a[2], &whence)) return Value();
  const off_t at = ::lseek(static_cast<int>(fd), offset, static_cast<int>(whence));
  return at < 0 ? raise_errno(m, errno) : make_int(m, at);
}

Value posix_truncate(Mutator& m, const CallArgs& a) {
  std::int64_t fd, size;
  if (!int_argument(m, a[0], &fd) || !int_argument(m, a[1], &size)) return Value();
  return ::ftruncate(static_cast<int>(fd), size) < 0 ? raise_errno(m, errno) : Value::none();
}

// (mode, size, seconds of the last change)
Value posix_stat(Mutator& m, const CallArgs& a) {
  std::string path;
  std::int64_t result;
  int error;
  struct stat info{};
  if (!path_argument(m, a[0], &path)) return Value();
  if (!system_call(m, &result, &error, [&] { return ::stat(path.c_str(), &info); })) return Value();
  if (result < 0) return raise_errno(m, error, a[0]);
  const double changed = static_cast<double>(info.st_mtim.tv_sec) + 1e-9 * static_cast<double>(info.st_mtim.tv_nsec);
  return make_tuple(m, {Value::small_int(info.st_mode), make_int(m, info.st_size), Value::number(changed)});
}

Value posix_list(Mutator& m, const CallArgs& a) {
  std::string path;
  if (!path_argument(m, a[0], &path)) return Value();
  std::vector<std::string> names;
  int error = 0;
  {
    BlockingRegion region(m);
    DIR* folder = ::opendir(path.c_str());
    if (folder == nullptr) {
      error = errno;
    } else {
      while (const dirent* entry = ::readdir(folder)) names.emplace_back(entry->d_name);
      ::closedir(folder);
    }
  }
  if (error != 0) return raise_errno(m, error, a[0]);
  List* list = make_list(m, nullptr, 0);
  for (const std::string& name : names) {
    if (name == "." || name == "..") continue;
    Str* text = list == nullptr ? nullptr : make_str(m, name);
    if (text == nullptr || !list_append(m, list, Value::object(text))) return Value();
  }
  return list == nullptr ? Value() : Value::object(list);
}

int make_folder(const char* path) { return ::mkdir(path, 0777); }

template <int (*kCall)(const char*)>
Value on_path(Mutator& m, const CallArgs& a) {
  std::string path;
  std::int64_t result;
  int error;
  if (!path_argument(m, a[0], &path)) return Value();
  if (!system_call(m, &result, &error, [&] { return kCall(path.c_str()); })) return Value();
  return result < 0 ? raise_errno(m, error, a[0]) : Value::none();
}

Value posix_rename(Mutator& m, const CallArgs& a) {
  std::string from, to;
  if (!path_argument(m, a[0], &from) || !path_argument(m, a[1], &to)) return Value();
  if (::rename(from.c_str(), to.c_str()) == 0) return Value::none();
  Str* text = make_str(m, std::strerror(errno));
  if (text == nullptr) return Value();
  const Value e = call(m, Value::object(m.runtime->exceptions.OSError),
                       {Value::small_int(errno), Value::object(text), a[0], Value::none(), a[1]});
  return e.is_empty() ? e : raise_value(m, e);
}

Value posix_getcwd(Mutator& m, const CallArgs&) {
  char buffer[4096];
  if (::getcwd(buffer, sizeof buffer) == nullptr) return raise_errno(m, errno);
  Str* text = make_str(m, buffer);
  return text == nullptr ? Value() : Value::object(text);
}

Value posix_getpid(Mutator&, const CallArgs&) { return Value::small_int(::getpid()); }
Value posix_cpu_count(Mutator&, const CallArgs&) {
  return Value::small_int(static_cast<std::int64_t>(std::thread::hardware_concurrency()));
}

Value posix_environment(Mutator& m, const CallArgs&) {
  Dict* dict = make_dict(m);
  for (char** at = environ; dict != nullptr && *at != nullptr; ++at) {
    const std::string entry = *at;
    const std::size_t equal = entry.find('=');
    if (equal == std::string::npos) continue;
    Str* name = make_str(m, entry.substr(0, equal));
    Str* text = name == nullptr ? nullptr : make_str(m, entry.substr(equal + 1));
    if (text == nullptr || !dict_set(m, dict, Value::object(name), Value::object(text))) return Value();
  }
  return dict == nullptr ? Value() : Value::object(dict);
}

const NativeDef kDefs[] = {
    {"open", posix_open, 3, 3},
    {"read", posix_read, 2, 2},
    {"write", posix_write, 2, 2},
    {"close", on_descriptor<::close>, 1, 1},
    {"isatty", on_descriptor<::isatty>, 1, 1},
    {"lseek", posix_seek, 3, 3},
    {"ftruncate", posix_truncate, 2, 2},
    {"stat", posix_stat, 1, 1},
    {"listdir", posix_list, 1, 1},
    {"unlink", on_path<::unlink>, 1, 1},
    {"rmdir", on_path<::rmdir>, 1, 1},
    {"mkdir", on_path<make_folder>, 1, 1},
    {"chdir", on_path<::chdir>, 1, 1},
    {"rename", posix_rename, 2, 2},
    {"getcwd", posix_getcwd, 0, 0},
    {"getpid", posix_getpid, 0, 0},
    {"cpu_count", posix_cpu_count, 0, 0},
    {"environment", posix_environment, 0, 0},
};

}  // namespace

bool init_posix(Mutator& m, Module* module) {
  return add_functions(m, module, kDefs) && add_constant(m, module, "O_RDONLY", Value::small_int(O_RDONLY)) &&
         add_constant(m, module, "O_WRONLY", Value::small_int(O_WRONLY)) &&
         add_constant(m, module, "O_RDWR", Value::small_int(O_RDWR)) &&
         add_constant(m, module, "O_CREAT", Value::small_int(O_CREAT)) &&
         add_constant(m, module, "O_EXCL", Value::small_int(O_EXCL)) &&
         add_constant(m, module, "O_TRUNC", Value::small_int(O_TRUNC)) &&
         add_constant(m, module, "O_APPEND", Value::small_int(O_APPEND));
}

}  // namespace turnstile
