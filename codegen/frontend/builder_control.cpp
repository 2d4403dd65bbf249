// try and with: regions whose exceptions go to handlers, and the ways out of them.
//
// A handler starts with enter_handler and every way out of it has leave_handler. Code of a handler is a region of its
// own (the cleanup): an exception raised there leaves the handler and goes on. Bodies of finally are built once for
// each way out: the normal one, the exceptional one, and each return, break and continue.
#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

namespace {
constexpr std::size_t kMaxNesting = 20;
}

bool UnitBuilder::too_nested(const Span& at) {
  std::size_t depth = 0;
  for (const Nesting& n : nestings_) depth += n.kind != Nesting::Kind::handler;
  if (depth < kMaxNesting) return false;
  fail(at, "too many statically nested blocks");
  return true;
}

std::uint32_t UnitBuilder::new_region() {
  Region r;
  r.state = bound_;
  regions_.push_back(std::move(r));
  return static_cast<std::uint32_t>(regions_.size() - 1);
}

void UnitBuilder::open(Nesting n) {
  n.begin = here();
  nestings_.push_back(n);
}

void UnitBuilder::end_stretch(const Nesting& n) {
  if (n.kind == Nesting::Kind::loop || here() <= n.begin) return;
  protected_.push_back({n.begin, here(), n.region});
  regions_[n.region].used = true;
}

UnitBuilder::Nesting UnitBuilder::close() {
  Nesting n = nestings_.back();
  nestings_.pop_back();
  end_stretch(n);
  return n;
}

/// Code that leaves one nesting, which is no longer on the stack.
void UnitBuilder::leave(const Nesting& n) {
  end_stretch(n);
  switch (n.kind) {
    case Nesting::Kind::loop:
    case Nesting::Kind::except:
      return;
    case Nesting::Kind::finally:
      return block(n.statement->final_body);
    case Nesting::Kind::with: {
      Temps temps(*this);
      emit(n.span, Op::with_exit_, temp(), n.reg, kNoRegister);
      return;
    }
    case Nesting::Kind::handler:
      emit(n.span, Op::leave_handler_, 0, n.reg);
      return clear_handler_name(n.span, n.name);
  }
}

bool UnitBuilder::begin_handler(std::uint32_t region, Reg reg) {
  Region& r = regions_[region];
  if (!r.used) {
    reachable_ = false;
    return false;
  }
  reachable_ = true;
  bound_ = r.state;
  r.handler = here();
  r.reg = reg;
  return true;
}

/// The handler of a handler's cleanup region.
void UnitBuilder::end_handler_with_reraise(std::uint32_t region, Reg saved, std::string_view name, const Span& at) {
  Temps temps(*this);
  Reg exception = temp();
  if (!begin_handler(region, exception)) return;
  emit(at, Op::leave_handler_, 0, saved);
  clear_handler_name(at, name);
  emit(at, Op::reraise_, exception);
}

void UnitBuilder::try_statement(const TryStmt* s) {
  if (too_nested(s->span)) return;
  if (s->final_body.empty()) {
    try_except(s);
  } else {
    try_finally(s);
  }
}

void UnitBuilder::try_finally(const TryStmt* s) {
  Label end;
  Nesting protect{};
  protect.kind = Nesting::Kind::finally;
  protect.region = new_region();
  protect.statement = s;
  protect.span = s->span;
  open(protect);
  if (s->handlers.empty()) {
    block(s->body);
  } else {
    try_except(s);
  }
  close();
  block(s->final_body);
  jump(s->span, Op::jump_, 0, end);

  Reg exception = temp(), saved = temp();
  // Built even where nothing raises: the body may be in error.
  begin_handler(protect.region, exception);
  emit(s->span, Op::enter_handler_, exception, saved);
  Nesting cleanup{};
  cleanup.kind = Nesting::Kind::handler;
  cleanup.region = new_region();
  cleanup.reg = saved;
  cleanup.span = s->span;
  open(cleanup);
  block(s->final_body);
  close();
  emit(s->span, Op::leave_handler_, 0, saved);
  emit(s->span, Op::reraise_, exception);
  end_handler_with_reraise(cleanup.region, saved, "", s->span);
  bind(end);
}

void UnitBuilder::try_except(const TryStmt* s) {
  Label end;
  Nesting protect{};
  protect.kind = Nesting::Kind::except;
  protect.region = new_region();
  protect.span = s->span;
  open(protect);
  block(s->body);
  close();
  block(s->or_else);
  jump(s->span, Op::jump_, 0, end);

  Reg exception = temp(), saved = temp();
  begin_handler(protect.region, exception);
  emit(s->span, Op::enter_handler_, exception, saved);
  Nesting cleanup{};
  cleanup.kind = Nesting::Kind::handler;
  cleanup.region = new_region();
  cleanup.reg = saved;
  bool caught_all = false;
  for (std::uint32_t i = 0; i < s->handlers.size(); ++i) {
    const Handler& h = s->handlers[i];
    Temps temps(*this);
    Label next;
    if (h.type == nullptr && i + 1 < s->handlers.size()) return fail(h.span, "default 'except:' must be last");
    cleanup.span = h.span;
    open(cleanup);
    if (h.type != nullptr) {
      Temps more(*this);
      Reg match = temp();
      Reg type = any(h.type);
      emit(h.type->span, Op::match_exception_, match, exception, type);
      jump(h.type->span, Op::jump_if_false_, match, next);
    } else {
      caught_all = true;
    }
    if (h.name.empty()) {
      block(h.body);
      close();
      emit(h.span, Op::leave_handler_, 0, saved);
    } else {
      store_name(h.span, h.name, exception);
      close();
      Nesting named = cleanup;
      named.region = new_region();
      named.name = h.name;
      open(named);
      block(h.body);
      close();
      emit(h.span, Op::leave_handler_, 0, saved);
      clear_handler_name(h.span, h.name);
      jump(h.span, Op::jump_, 0, end);
      end_handler_with_reraise(named.region, saved, h.name, h.span);
    }
    jump(h.span, Op::jump_, 0, end);
    bind(next);
  }
  if (!caught_all) {
    emit(s->span, Op::leave_handler_, 0, saved);
    emit(s->span, Op::reraise_, exception);
  }
  end_handler_with_reraise(cleanup.region, saved, "", s->span);
  bind(end);
}

void UnitBuilder::with_statement(const WithStmt* s, std::uint32_t index) {
  if (index == s->items.size()) return block(s->body);
  if (too_nested(s->span)) return;
  Temps temps(*this);
  const WithItem& item = s->items[index];
  Label end, suppress;
  Reg exit = temp();
  Nesting protect{};
  protect.kind = Nesting::Kind::with;
  {
    Temps more(*this);
    Reg manager = any(item.context);
    Reg value = temp();
    emit(s->span, Op::with_enter_, value, manager, exit);
    protect.region = new_region();
    protect.with = s;
    protect.reg = exit;
    protect.span = s->span;
    open(protect);
    if (item.target != nullptr) store(item.target, value);
  }
  with_statement(s, index + 1);
  close();
  emit(s->span, Op::with_exit_, temp(), exit, kNoRegister);
  jump(s->span, Op::jump_, 0, end);

  Reg exception = temp(), saved = temp();
  if (begin_handler(protect.region, exception)) {
    emit(s->span, Op::enter_handler_, exception, saved);
    Nesting cleanup{};
    cleanup.kind = Nesting::Kind::handler;
    cleanup.region = new_region();
    cleanup.reg = saved;
    cleanup.span = s->span;
    open(cleanup);
    Reg result = temp();
    emit(s->span, Op::with_exit_, result, exit, exception);
    jump(s->span, Op::jump_if_true_, result, suppress);
    close();
    emit(s->span, Op::leave_handler_, 0, saved);
    emit(s->span, Op::reraise_, exception);
    bind(suppress);
    emit(s->span, Op::leave_handler_, 0, saved);
    jump(s->span, Op::jump_, 0, end);
    end_handler_with_reraise(cleanup.region, saved, "", s->span);
  }
  bind(end);
}

}  // namespace turnstile::frontend
