#include "codegen/compiler.h"

#include <algorithm>
#include <array>
#include <chrono>
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
    if (i.op != Op::load_global_ && i.op != Op::load_attr_ && i.op != Op::load_method_ && i.op != Op::import_from_) {
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

Compiler::Compiler(RuntimeCore& runtime)
    : runtime_(runtime), queue_([this](CompileJob& job) { run(job, backend()); }, runtime.parallel_compilations()) {}

Compiler::~Compiler() {
  stop();
  delete backend_;
}

std::string Compiler::status() const {
  std::scoped_lock lock(backend_mutex_);
  return status_;
}

Backend* Compiler::backend() {
  std::scoped_lock lock(backend_mutex_);
  if (!tried_) {
    tried_ = true;
    BackendOptions options;
    options.perf_map = runtime_.options.perf_map;
    std::string error;
    backend_ = load_backend(options, &error);
    if (backend_ == nullptr) status_ = "unavailable: " + error;
  }
  return backend_;
}

CodeRecord* Compiler::record_of(Mutator& m, CodeData& data) {
  runtime_.lock_code_metadata(m);
  if (data.compiled == nullptr) {
    auto record = std::make_unique<CodeRecord>(data.insns.size());
    data.compiled = record.get();
    std::scoped_lock lock(records_mutex_);
    records_.push_back(std::move(record));
  }
  auto* record = static_cast<CodeRecord*>(data.compiled);
  runtime_.unlock_code_metadata(m);
  return record;
}

bool Compiler::in_background() const {
  const RuntimeOptions& o = runtime_.options;
  return o.tier == RuntimeOptions::Tier::mixed && o.compile_threshold == 0;
}

void Compiler::request(Mutator& m, Frame* frame, bool loops) {
  while (CompileJob* done = queue_.take_done()) publish(m, done);
  Code* code = frame->code;
  CodeData& data = *code->data;
  if ((data.flags & kGenerator) != 0 || data.insns.size() > kMaxInstructions) return;
  if (data.tier.load(std::memory_order_acquire) == TierState::failed) return;
  if (data.heat.load(std::memory_order_relaxed) < compile_heat(runtime_.options, data)) return;
  const bool background = in_background();
  if (!background && reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) < m.stack_limit + kStackForCompiler) {
    return;
  }
  if (may_look_at_locals(code)) {
    data.tier.store(TierState::failed, std::memory_order_release);
    return;
  }
  if (!runtime_.try_claim_compilation(data)) return;
  CompileJob* job = prepare(m, code, loops);
  if (job == nullptr) {
    runtime_.release_compilation(data);
    return;
  }
  if (background) {
    if (!loops) data.tier.store(TierState::compiling, std::memory_order_release);
    queue_.submit(job);
    return;
  }
  runtime_.lock_compiler(m);
  {
    BlockingRegion region(m);
    run(*job, backend());
  }
  runtime_.unlock_compiler(m);
  publish(m, job);
}

CompileJob* Compiler::prepare(Mutator& m, Code* code, bool loops) {
  CodeRecord* record = record_of(m, *code->data);
  if (loops ? record->failed_loops.load(std::memory_order_relaxed)
            : record->failed_entry.load(std::memory_order_relaxed)) {
    return nullptr;
  }
  // Another thread may have been faster.
  if (loops ? code->osr_entry.load(std::memory_order_acquire) != nullptr
            : code->entry.load(std::memory_order_acquire) != runtime_.interpreter_entry()) {
    return nullptr;
  }
  CompileJob* job = queue_.add(code, record, loops);
  job->snapshot = make_snapshot(m, code, *record, job->keep);
  return job;
}

void Compiler::run(CompileJob& job, Backend* backend) {
  if (backend == nullptr) return;
  const auto begin = std::chrono::steady_clock::now();
  std::string error;
  job.entry = backend->compile(job.snapshot, helper_table(), job.loops, &error);
  const auto elapsed = std::chrono::steady_clock::now() - begin;
  job.nanoseconds = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count());
}

void Compiler::publish(Mutator& m, CompileJob* job) {
  Code* code = job->code;
  CodeData& data = *code->data;
  const bool loops = job->loops;
  runtime_.count(m, stats::Counter::compile_ns, job->nanoseconds);
  runtime_.count(m, loops ? stats::Counter::osr_compilations : stats::Counter::compilations, 1);
  // Earlier code may still run in other activations: what it refers to stays alive, too.
  List* alive = nullptr;
  if (job->entry != nullptr) {
    const Value before = code->keep_alive.load();
    if (before.is_object()) job->keep.push_back(before);
    alive = make_list(m, job->keep.data(), job->keep.size());
    if (alive == nullptr) m.exception = Value();
  }
  if (alive == nullptr) {
    (loops ? job->record->failed_loops : job->record->failed_entry).store(true, std::memory_order_relaxed);
    if (!loops) data.tier.store(TierState::failed, std::memory_order_release);
  } else {
    runtime_.lock_code_metadata(m);
    code->keep_alive.store(Value::object(alive));
    if (loops) {
      code->osr_entry.store(job->entry, std::memory_order_release);
    } else {
      code->entry.store(job->entry, std::memory_order_release);
      data.tier.store(TierState::ready, std::memory_order_release);
    }
    runtime_.unlock_code_metadata(m);
  }
  queue_.remove(job);
  runtime_.release_compilation(data);
}

}  // namespace turnstile::codegen
