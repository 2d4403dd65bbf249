// Generators: a frame inside a heap object, resumed in place.
//
//   created ──next──► running ──yield──► suspended ──next/send/throw──► running ... ──return/raise──► finished
//
// The step to running is a compare-and-swap, so that of two threads that resume one generator, one gets
// "generator already executing".
#include "core/call.h"
#include "core/exceptions.h"
#include "core/ops.h"

namespace turnstile {

Value make_generator(Mutator& m, Function* f, const CallArgs& args) {
  const CodeData& data = *f->code->data;
  const std::size_t size = sizeof(Generator) + Frame::bytes(data.slot_count);
  auto* g = static_cast<Generator*>(allocate(m, size));
  if (g == nullptr) return Value();
  new (g) Generator();
  Frame* frame = new (g->frame()) Frame();
  // The collector may run while arguments are bound, so every slot is a value first.
  for (std::uint32_t i = 0; i < data.slot_count; ++i) frame->slots[i] = Value();
  frame->code = f->code;
  frame->function = f;
  frame->globals = f->globals;
  frame->builtins = f->builtins;
  frame->generator = g;
  g->function = f;
  g->name = f->name.load().as<Str>();
  g->qualname = f->qualname.load().as<Str>();
  g->set_shape(m.runtime->types.generator->root_shape);
  g->kind = Kind::generator;
  if (!bind_arguments(m, f, args, frame->slots)) return Value();
  return Value::object(g);
}

namespace {

Value raise_running(Mutator& m) { return raise_value_error(m, "generator already executing"); }

// Acquire pairs with the release store of the thread that suspended the generator: its frame is ours now.
bool claim(Generator* g, GeneratorState* from) {
  *from = g->state.load(std::memory_order_relaxed);
  while (*from == GeneratorState::created || *from == GeneratorState::suspended) {
    if (g->state.compare_exchange_weak(*from, GeneratorState::running, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

// A StopIteration must not leave a generator's body (PEP 479).
void replace_stop_iteration(Mutator& m) {
  if (!exception_matches(m, m.runtime->exceptions.StopIteration)) return;
  Value stop = take_exception(m);
  Value error = make_exception(m, m.runtime->exceptions.RuntimeError, "generator raised StopIteration");
  if (error.is_empty()) return;
  auto* e = error.as<Exception>();
  e->cause.store(stop);
  e->context.store(stop);
  e->suppress_context.store(Value::true_value());
  m.exception = error;
}

}  // namespace

Value generator_resume(Mutator& m, Generator* g, Value sent, Value* returned) {
  const bool throwing = m.has_exception();
  *returned = Value::none();
  GeneratorState from;
  if (!claim(g, &from)) {
    if (from == GeneratorState::running) {
      m.exception = Value();
      return raise_running(m);
    }
    return Value();  // finished: the thrown exception stays, else exhausted
  }
  Frame* frame = g->frame();
  const auto back_to = [&](GeneratorState state) { g->state.store(state, std::memory_order_release); };
  if (from == GeneratorState::created && !sent.is_empty() && !sent.is_none() && !throwing) {
    back_to(from);
    return raise_type_error(m, "can't send non-None value to a just-started generator");
  }
  if (m.depth >= m.recursion_limit || reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) < m.stack_limit) {
    back_to(from);
    m.exception = Value();
    return raise_recursion_error(m);
  }
  if (throwing) {
    frame->state |= kFrameThrown;
    if (from == GeneratorState::created) {
      // Nothing of the body has run: the exception leaves at once.
      add_traceback(m, frame);
      back_to(GeneratorState::finished);
      return Value();
    }
  } else if (from == GeneratorState::suspended) {
    frame->state |= kFrameResumed;
    frame->slots[frame->code->data->insns[frame->pc].a] = sent.is_empty() ? Value::none() : sent;
  }
  frame->state &= ~kFrameYielded;
  Value handled_outside = m.handled;
  if (!g->handled.is_empty()) m.handled = g->handled;
  frame->caller = m.frame;
  m.frame = frame;
  ++m.depth;
  Value result = frame->code->entry.load(std::memory_order_acquire)(&m, frame);
  --m.depth;
  m.frame = frame->caller;
  frame->caller = nullptr;
  const bool yielded = (frame->state & kFrameYielded) != 0 && !result.is_empty();
  g->handled = yielded && m.handled != handled_outside ? m.handled : Value();
  m.handled = handled_outside;
  if (yielded) {
    back_to(GeneratorState::suspended);
    return result;
  }
  if (result.is_empty()) {
    replace_stop_iteration(m);
  } else {
    *returned = result;
  }
  // A finished body keeps nothing alive.
  for (std::uint32_t i = 0; i < frame->code->data->slot_count; ++i) frame->slots[i] = Value();
  back_to(GeneratorState::finished);
  return Value();
}

}  // namespace turnstile
