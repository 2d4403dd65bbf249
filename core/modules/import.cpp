// import: sys.modules, builtin modules, then name.py and name/__init__.py in the script's folder (for submodules: in
// the package's __path__).
//
//   absent ──► one thread enters the module into sys.modules and runs it ──► loaded
//                     │ raises                      other threads that import it wait
//                     ▼
//               removed again                   a circular import sees the half-made module
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/exceptions.h"
#include "core/frame.h"
#include "core/guard.h"
#include "core/modules/import_state.h"
#include "core/modules/python_modules.h"
#include "core/modules/registry.h"
#include "core/ops.h"

namespace turnstile {

ImportState::ImportState() = default;
ImportState::~ImportState() = default;

namespace {

struct Located {
  std::string path;     // of the file
  std::string package;  // folder, if the file is a package's __init__.py
};

bool is_file(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

std::optional<Located> locate(const std::string& folder, const std::string& leaf) {
  const std::string base = folder.empty() ? leaf : folder + "/" + leaf;
  if (is_file(base + "/__init__.py")) return Located{base + "/__init__.py", base};
  if (is_file(base + ".py")) return Located{base + ".py", ""};
  return std::nullopt;
}

std::optional<std::string> read_file(Mutator& m, const std::string& path) {
  BlockingRegion region(m);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::string text;
  char buffer[1 << 15];
  for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) != 0;) {
    if (n > 0) {
      text.append(buffer, static_cast<std::size_t>(n));
    } else if (errno != EINTR) {
      close(fd);
      return std::nullopt;
    }
  }
  close(fd);
  return text;
}

Value loaded_module(Mutator& m, Str* name) { return dict_get_name(m.runtime->modules, name); }

Value raise_not_found(Mutator& m, const std::string& name, const std::string& detail = "") {
  Value error = make_exception(m, m.runtime->exceptions.ModuleNotFoundError, "No module named '" + name + "'" + detail);
  if (error.is_empty()) return error;
  Str* text = make_str(m, name);
  if (text == nullptr || !set_attr(m, error, m.runtime->names.name, Value::object(text))) return Value();
  return raise_value(m, error);
}

Module* new_module(Mutator& m, Str* name, const std::string& package) {
  Module* module = make_module(m, to_utf8(name));
  const WellKnownNames& names = m.runtime->names;
  Str* owner = module == nullptr ? nullptr : make_str(m, package);
  if (owner == nullptr || !dict_set_name(m, module->dict, names.__builtins__, Value::object(m.runtime->builtins)) ||
      !dict_set_name(m, module->dict, names.__package__, Value::object(owner))) {
    return nullptr;
  }
  return module;
}

bool run_file(Mutator& m, Module* module, const Located& where) {
  const WellKnownNames& names = m.runtime->names;
  Str* path = make_str(m, where.path);
  if (path == nullptr || !dict_set_name(m, module->dict, names.__file__, Value::object(path))) return false;
  if (!where.package.empty()) {
    Str* folder = make_str(m, where.package);
    const Value item = folder == nullptr ? Value() : Value::object(folder);
    List* list = item.is_empty() ? nullptr : make_list(m, &item, 1);
    if (list == nullptr || !dict_set_name(m, module->dict, names.__path__, Value::object(list))) return false;
  }
  std::optional<std::string> text = read_file(m, where.path);
  if (!text) {
    raise(m, m.runtime->exceptions.ImportError, "cannot read '" + where.path + "': " + std::strerror(errno));
    return false;
  }
  Code* code = m.runtime->hooks->compile_source(m, *text, where.path, "exec");
  return code != nullptr && !run_code(m, code, module->dict, module->dict).is_empty();
}

const PythonModule* find_python_module(const std::string& name) {
  for (const PythonModule& module : python_modules()) {
    if (name == module.name) return &module;
  }
  return nullptr;
}

// A module of the library. Its place in tracebacks is the name in angle brackets.
bool run_text(Mutator& m, Module* module, const PythonModule& source) {
  if (source.package) {
    List* list = make_list(m, nullptr, 0);
    if (list == nullptr || !dict_set_name(m, module->dict, m.runtime->names.__path__, Value::object(list)))
      return false;
  }
  const std::string file = "<frozen " + std::string(source.name) + ">";
  Code* code = m.runtime->hooks->compile_source(m, source.text, file, "exec");
  return code != nullptr && !run_code(m, code, module->dict, module->dict).is_empty();
}

// Where submodules of a loaded package are looked for; nothing and no exception if it is no package.
std::optional<std::string> package_folder(Mutator& m, Value package) {
  if (!is_kind(package, Kind::module)) return std::nullopt;
  Value path = dict_get_name(package.as<Module>()->dict, m.runtime->names.__path__);
  if (!is_kind(path, Kind::list)) return std::nullopt;
  Value first = list_get(path.as<List>(), 0);
  return is_kind(first, Kind::str) ? std::optional(to_utf8(first.as<Str>())) : std::nullopt;
}

// Loads one module whose parent is loaded. The caller holds the module's claim.
// Builtin modules make their classes without looking at refusals (define_type.cpp). Where the heap is limited there has
// to be room for all of them first: asks for it and gives it back. May collect. False with MemoryError.
[[gnu::noinline]] bool reserve_builtin_module(Mutator& m) {
  constexpr std::size_t kRoom = std::size_t{512} << 10;
  if (m.runtime->options.max_heap == 0) return true;
  if (allocate_str(m, kRoom, 'x') == nullptr) return false;
  m.runtime->collect(m);
  return true;
}

Value load(Mutator& m, Str* name, const std::string& text, Value parent) {
  const std::size_t dot = text.rfind('.');
  const std::string leaf = dot == std::string::npos ? text : text.substr(dot + 1);
  if (parent.is_empty()) {
    for (const BuiltinModule& builtin : builtin_modules()) {
      if (text != builtin.name) continue;
      if (!reserve_builtin_module(m)) return Value();
      Module* module = new_module(m, name, "");
      if (module == nullptr || !builtin.init(m, module)) return Value();
      return dict_set_name(m, m.runtime->modules, name, Value::object(module)) ? Value::object(module) : Value();
    }
  }
  std::string folder = m.runtime->main_path;
  const PythonModule* library = nullptr;
  if (!parent.is_empty()) {
    library = find_python_module(text);
    std::optional<std::string> found = package_folder(m, parent);
    if (!found && library == nullptr) {
      return raise_not_found(m, text, "; '" + text.substr(0, dot) + "' is not a package");
    }
    folder = found.value_or("");
  }
  std::optional<Located> where = library == nullptr ? locate(folder, leaf) : std::nullopt;
  // A file beside the script hides a library module of the same name, as python3's path does.
  if (!where && library == nullptr) library = find_python_module(text);
  if (!where && library == nullptr) return raise_not_found(m, text);
  const bool package = where ? !where->package.empty() : library->package;
  Module* module = new_module(m, name, package ? text : dot == std::string::npos ? "" : text.substr(0, dot));
  if (module == nullptr || !dict_set_name(m, m.runtime->modules, name, Value::object(module))) return Value();
  if (where ? !run_file(m, module, *where) : !run_text(m, module, *library)) {
    Value error = take_exception(m);
    dict_delete(m, m.runtime->modules, Value::object(name));
    m.exception = error;
    return Value();
  }
  Value result = loaded_module(m, name);  // a module may replace itself
  if (!parent.is_empty() && !result.is_empty()) {
    Str* attribute = intern(m, leaf);
    if (attribute == nullptr || !set_attr(m, parent, attribute, result)) return Value();
  }
  return result;
}

// Takes the right to load a module, waiting while another thread loads it. False: it is loaded, or being loaded by
// this thread (a circular import).
bool claim_module(Mutator& m, const std::string& name) {
  ImportState& state = *m.runtime->imports;
  {
    std::scoped_lock lock(state.mutex);
    auto [at, fresh] = state.loading.try_emplace(name, &m);
    if (fresh) return true;
    if (at->second == &m) return false;
  }
  BlockingRegion region(m);
  std::unique_lock lock(state.mutex);
  // A thread that waits for a module which (indirectly) waits for a module of this thread would wait for ever.
  for (;;) {
    const auto at = state.loading.find(name);
    if (at == state.loading.end()) return false;
    const Mutator* owner = at->second;
    bool cycle = false;
    for (std::size_t steps = 0; steps <= state.waiting.size() && !cycle; ++steps) {
      const auto waits = state.waiting.find(owner);
      if (waits == state.waiting.end()) break;
      const auto next = state.loading.find(waits->second);
      if (next == state.loading.end()) break;
      owner = next->second;
      cycle = owner == &m;
    }
    if (cycle) return false;
    state.waiting[&m] = name;
    state.changed.wait(lock);
    state.waiting.erase(&m);
  }
}

void release_module(Mutator& m, const std::string& name) {
  ImportState& state = *m.runtime->imports;
  {
    std::scoped_lock lock(state.mutex);
    state.loading.erase(name);
  }
  state.changed.notify_all();
}

Value import_absolute(Mutator& m, const std::string& text) {
  Str* name = intern(m, text);
  if (name == nullptr) return Value();
  const std::size_t dot = text.rfind('.');
  Value parent;
  if (dot != std::string::npos) {
    parent = import_absolute(m, text.substr(0, dot));
    if (parent.is_empty()) return parent;
  }
  for (;;) {
    const bool mine = claim_module(m, text);
    Value module = loaded_module(m, name);
    if (!mine) {
      if (!module.is_empty()) return module;
      continue;  // another thread failed to load it: our turn
    }
    if (module.is_empty()) module = load(m, name, text, parent);
    release_module(m, text);
    return module;
  }
}

}  // namespace

Value import_module(Mutator& m, Str* name, Dict* globals, std::int64_t level) {
  const std::string text = to_utf8(name);
  if (level == 0) {
    // Loaded and not half-made is the common case, and needs no claim.
    if (text.find('.') == std::string::npos) {
      Value module = loaded_module(m, name);
      if (!module.is_empty()) {
        std::scoped_lock lock(m.runtime->imports->mutex);
        const auto at = m.runtime->imports->loading.find(text);
        if (at == m.runtime->imports->loading.end() || at->second == &m) return module;
      }
    }
    return import_absolute(m, text);
  }
  Value package = globals == nullptr ? Value() : dict_get_name(globals, m.runtime->names.__package__);
  std::string base = is_kind(package, Kind::str) ? to_utf8(package.as<Str>()) : "";
  if (base.empty()) {
    return raise(m, m.runtime->exceptions.ImportError, "attempted relative import with no known parent package");
  }
  for (std::int64_t i = 1; i < level; ++i) {
    const std::size_t dot = base.rfind('.');
    if (dot == std::string::npos) {
      return raise(m, m.runtime->exceptions.ImportError, "attempted relative import beyond top-level package");
    }
    base.resize(dot);
  }
  return import_absolute(m, text.empty() ? base : base + "." + text);
}

}  // namespace turnstile
