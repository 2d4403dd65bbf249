#include "codegen/compiler.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

#include "codegen/snapshot_builder.h"
#include "codegen/tiering.h"
#include "core/frame.h"
#include "core/guard.h"
#include "core/ops.h"

namespace turnstile::codegen {

namespace {

// LLVM recurses over the code it compiles: what must be left of the native stack.
constexpr std::uintptr_t kStackForCompiler = std::uintptr_t{512} << 10;
constexpr std::size_t kMaxInstructions = 8000;

// A function that may look at its own locals by name (locals(), eval() ...) needs them in the frame at every call: it
// stays in the interpreter. Modules and class bodies keep their names in dicts.
bool may_look_at_locals(const Code* code) {
  const CodeData& data = *code->data;
  if ((data.flags & (kModule | kClassBody)) != 0) return false;
  static constexpr std::array<std::string_view, 7> kNames = {"locals", "vars",      "dir",     "eval",
                                                             "exec",   "_getframe", "f_locals"};
  for (const Insn& i : data.insns) {
    if (i.op != Op::load_global_ && i.op != Op::load_attr_ && i.op != Op::call_method_ && i.op != Op::import_from_) {
      continue;
    }
    const Value name = code->consts->at(static_cast<std::size_t>(i.d));
    if (!is_kind(name, Kind::str)) continue;
    const std::string text = to_utf8(name.as<Str>());
    if (std::find(kNames.begin(), kNames.end(), text) != kNames.end()) return true;
  }
  return false;
}

}  // namespace

Compiler::~Compiler() { delete backend_; }

std::string Compiler::status() const {
  std::scoped_lock lock(mutex_);
  return status_;
}

Backend* Compiler::backend() {
  std::scoped_lock lock(mutex_);
  if (!tried_) {
    tried_ = true;
    BackendOptions options;
    options.perf_map = runtime_.options.perf_map;
    std::string error;
    backend_ = load_backend(options, &error);
    if (backend_ == nullptr) {
      status_ = "unavailable: " + error;
      if (runtime_.options.tier == RuntimeOptions::Tier::compiled) {
        std::fprintf(stderr, "turnstile: tier 1 is unavailable: %s\n", error.c_str());
      }
    }
  }
  return backend_;
}

CodeRecord* Compiler::record_of(Mutator& m, CodeData& data) {
  runtime_.lock_code_metadata(m);
  if (data.compiled == nullptr) {
    auto record = std::make_unique<CodeRecord>(data.insns.size());
    data.compiled = record.get();
    std::scoped_lock lock(mutex_);
    records_.push_back(std::move(record));
  }
  auto* record = static_cast<CodeRecord*>(data.compiled);
  runtime_.unlock_code_metadata(m);
  return record;
}

void Compiler::request(Mutator& m, Frame* frame, bool loops) {
  Code* code = frame->code;
  CodeData& data = *code->data;
  if ((data.flags & kGenerator) != 0 || data.insns.size() > kMaxInstructions ||
      reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) < m.stack_limit + kStackForCompiler) {
    return;
  }
  if (data.tier.load(std::memory_order_acquire) == TierState::failed) return;
  if (data.heat.load(std::memory_order_relaxed) < compile_heat(runtime_.options, data)) return;
  if (may_look_at_locals(code)) {
    data.tier.store(TierState::failed, std::memory_order_release);
    return;
  }
  Backend* b = backend();
  if (b == nullptr) {
    data.tier.store(TierState::failed, std::memory_order_release);
    return;
  }
  if (!runtime_.try_claim_compilation(data)) return;
  compile(m, code, loops, *b);
  runtime_.release_compilation(data);
}

void Compiler::compile(Mutator& m, Code* code, bool loops, Backend& backend) {
  CodeRecord* record = record_of(m, *code->data);
  if (loops ? record->failed_loops.load(std::memory_order_relaxed)
            : record->failed_entry.load(std::memory_order_relaxed)) {
    return;
  }
  // Another thread may have been faster.
  if (loops ? code->osr_entry.load(std::memory_order_acquire) != nullptr
            : code->entry.load(std::memory_order_acquire) != runtime_.interpreter_entry()) {
    return;
  }
  std::vector<Value> keep;
  const Snapshot snapshot = make_snapshot(m, code, *record, keep);
  // A list that the stack refers to: the collector does not look into `keep`.
  List* alive = make_list(m, keep.data(), keep.size());
  if (alive == nullptr) {
    m.exception = Value();
    return;
  }
  // The list is a root of this frame while the thread is blocked.
  m.scratch_roots[7] = Value::object(alive);
  const auto begin = std::chrono::steady_clock::now();
  EntryPoint entry = nullptr;
  std::string error;
  runtime_.lock_compiler(m);
  {
    BlockingRegion region(m);
    entry = backend.compile(snapshot, helper_table(), loops, &error);
  }
  runtime_.unlock_compiler(m);
  const auto elapsed = std::chrono::steady_clock::now() - begin;
  runtime_.count(m, stats::Counter::compile_ns,
                 static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count()));
  runtime_.count(m, loops ? stats::Counter::osr_compilations : stats::Counter::compilations, 1);
  if (entry == nullptr) {
    (loops ? record->failed_loops : record->failed_entry).store(true, std::memory_order_relaxed);
    if (!loops) code->data->tier.store(TierState::failed, std::memory_order_release);
    return;
  }
  // Earlier code may still run in other activations: what it refers to stays alive, too.
  const Value before = code->keep_alive.load();
  runtime_.lock_code_metadata(m);
  code->keep_alive.store(Value::object(alive));
  if (loops) {
    code->osr_entry.store(entry, std::memory_order_release);
  } else {
    code->entry.store(entry, std::memory_order_release);
    code->data->tier.store(TierState::ready, std::memory_order_release);
  }
  runtime_.unlock_code_metadata(m);
  if (!before.is_empty() && !list_append(m, alive, before)) m.exception = Value();
  m.scratch_roots[7] = Value();
}

}  // namespace turnstile::codegen
