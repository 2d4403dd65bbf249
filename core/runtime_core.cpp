#include "core/runtime_core.h"

#include "core/builtins/streams.h"
#include "core/define_type.h"
#include "core/frame.h"
#include "core/intern.h"
#include "core/modules/import_state.h"
#include "core/modules/program_threads.h"
#include "core/ops.h"
#include "core/program.h"

namespace turnstile {

RuntimeCore::RuntimeCore()
    : streams(std::make_unique<StandardStreams>()),
      imports(std::make_unique<ImportState>()),
      threads(std::make_shared<ProgramThreads>()),
      interned(make_intern_table()) {}
RuntimeCore::~RuntimeCore() = default;

bool RuntimeCore::compiling() const { return hooks != nullptr && hooks->busy(); }

std::string RuntimeCore::tier_note() const { return hooks == nullptr ? "" : hooks->status(); }

void RuntimeCore::add_root(Value v) {
  std::scoped_lock lock(roots_mutex_);
  roots_.push_back(v);
}

void RuntimeCore::bootstrap(Mutator& m) {
  bootstrap_object_and_type(m);
#define TURNSTILE_INTERN(name) names.name = intern(m, #name);
  TURNSTILE_NAMES(TURNSTILE_INTERN)
#undef TURNSTILE_INTERN
  names.throw_name = intern(m, "throw");
  names.errno_name = intern(m, "errno");
  names.default_name = intern(m, "default");
  // What is needed where memory is short already: from now on intern() finds these without allocating.
  for (const char* name : {"sys", "stdout", "builtins", "__abstractmethods__"}) intern(m, name);
  register_container_types(m);
  register_number_types(m);
  register_text_types(m);
  register_class_types(m);
  register_exception_types(m);
  register_function_types(m);
  modules = make_dict(m);
  builtins = make_dict(m);
  register_builtins(m);
}

void RuntimeCore::trace_mutator(Mutator& m, allocator::Marker& marker) {
  allocator::scan_native_stack(marker, m.saved, m.stack);
  marker.mark_words(m.frame_base, m.frame_top);
  const auto mark = [&](Value v) {
    if (v.is_object()) marker.mark(v.as_object());
  };
  mark(m.exception);
  mark(m.handled);
  mark(m.thread_object.load());
  mark(m.thread_locals.load());
  for (Value v : m.scratch_roots) mark(v);
}

void RuntimeCore::trace_runtime(allocator::Marker& marker) {
  {
    std::scoped_lock lock(roots_mutex_);
    for (Value v : roots_) {
      if (v.is_object()) marker.mark(v.as_object());
    }
  }
  const auto mark_table = [&](auto& table) {
    using Pointer = Type*;
    auto* first = reinterpret_cast<Pointer*>(&table);
    for (std::size_t i = 0; i < sizeof(table) / sizeof(Pointer); ++i) {
      if (first[i] != nullptr) marker.mark(first[i]);
    }
  };
  mark_table(types);
  mark_table(exceptions);
  for (Object* o : {static_cast<Object*>(builtins), static_cast<Object*>(modules), static_cast<Object*>(empty_tuple),
                    static_cast<Object*>(empty_str), static_cast<Object*>(memory_error)}) {
    if (o != nullptr) marker.mark(o);
  }
  for (auto& character : single_characters) {
    if (Object* o = character.load(std::memory_order_relaxed)) marker.mark(o);
  }
  mark_interned(*interned, marker);
  if (hooks != nullptr) hooks->trace_roots([&](Object* o) { marker.mark(o); });
}

}  // namespace turnstile
