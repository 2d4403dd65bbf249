// Match statements. A pattern jumps away where it fails; what it captures stays in temporaries until all of it has
// matched. Builtins that programs do not see (core/builtins/matching.cpp) look into subjects:
//
//   __match_sequence__(subject, least, exact)        a tuple of the items, or None
//   __match_mapping__(subject, keys, want_rest)      a tuple of the values (and the rest), or None
//   __match_class__(subject, cls, positional, names) a tuple of the attributes, or None
#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

namespace {

/// Matches whatever the subject is.
bool irrefutable(const Pattern* p) {
  switch (p->kind) {
    case PatternKind::capture:
      return true;
    case PatternKind::as:
      return irrefutable(p->parts[0]);
    case PatternKind::alternatives:
      return irrefutable(p->parts[p->parts.size() - 1]);
    default:
      return false;
  }
}

}  // namespace

void UnitBuilder::match_statement(const MatchStmt* s) {
  Label end;
  Reg subject = fresh(s->subject);
  for (std::uint32_t i = 0; i < s->cases.size(); ++i) {
    const MatchCase& c = s->cases[i];
    if (failed()) return;
    if (i + 1 < s->cases.size() && c.guard == nullptr && irrefutable(c.pattern)) {
      const Pattern* p = c.pattern;
      while (p->kind == PatternKind::as) p = p->parts[0];
      if (p->kind == PatternKind::alternatives) p = p->parts[p->parts.size() - 1];
      return fail(p->span, p->name.empty() && c.pattern == p
                               ? "wildcard makes remaining patterns unreachable"
                               : "name capture '" + std::string(p->name.empty() ? c.pattern->name : p->name) +
                                     "' makes remaining patterns unreachable");
    }
    Temps temps(*this);
    Label next;
    Captures captures;
    pattern(c.pattern, subject, next, &captures);
    for (const Capture& capture : captures) store_name(capture.span, capture.name, capture.value);
    if (c.guard != nullptr) jump_if(c.guard, false, next);
    block(c.body);
    if (i + 1 < s->cases.size()) jump(c.span, Op::jump_, 0, end);
    bind(next);
  }
  bind(end);
}

void UnitBuilder::capture(const Pattern* p, Reg value, Captures* captures) {
  if (p->name.empty()) return;
  for (const Capture& c : *captures) {
    if (c.name == p->name) {
      return fail(p->span, "multiple assignments to name '" + std::string(p->name) + "' in pattern");
    }
  }
  captures->push_back({p->name, value, p->span});
}

void UnitBuilder::fail_if_none(const Span& at, Reg value, Label& fail) {
  Temps temps(*this);
  Reg none = temp();
  load_none(at, none);
  emit(at, Op::is_op_, none, value, none);
  jump(at, Op::jump_if_true_, none, fail);
}

void UnitBuilder::pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures) {
  if (failed()) return;
  if (!context_.depth.enter()) {
    context_.fail(p->span, "maximum recursion depth exceeded during compilation", ProblemKind::recursion);
    context_.depth.leave();
    return;
  }
  switch (p->kind) {
    case PatternKind::value:
    case PatternKind::singleton: {
      Temps temps(*this);
      Reg wanted = any(p->value);
      Reg same = temp();
      emit(p->span, p->kind == PatternKind::value ? Op::eq_ : Op::is_op_, same, subject, wanted);
      jump(p->span, Op::jump_if_false_, same, fail);
      break;
    }
    case PatternKind::capture:
      capture(p, subject, captures);
      break;
    case PatternKind::as:
      pattern(p->parts[0], subject, fail, captures);
      capture(p, subject, captures);
      break;
    case PatternKind::sequence:
      sequence_pattern(p, subject, fail, captures);
      break;
    case PatternKind::mapping:
      mapping_pattern(p, subject, fail, captures);
      break;
    case PatternKind::class_:
      class_pattern(p, subject, fail, captures);
      break;
    case PatternKind::alternatives:
      alternatives(p, subject, fail, captures);
      break;
    case PatternKind::star:
      break;  // only in sequences
  }
  context_.depth.leave();
}

/// The parts against the values that lie side by side from `values` on.
void UnitBuilder::pattern_parts(const Pattern* p, Reg values, Label& fail, Captures* captures) {
  for (std::uint32_t i = 0; i < p->parts.size(); ++i) {
    const Pattern* part = p->parts[i];
    Reg value = static_cast<Reg>(values + i);
    if (part->kind == PatternKind::star) {
      capture(part, value, captures);
    } else {
      pattern(part, value, fail, captures);
    }
  }
}

void UnitBuilder::sequence_pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures) {
  const std::uint32_t count = p->parts.size();
  std::uint32_t star = count;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (p->parts[i]->kind != PatternKind::star) continue;
    if (star != count) {
      return this->fail(p->span, "multiple starred names in sequence pattern");
    }
    star = i;
  }
  Reg items = temp();
  {
    Temps temps(*this);
    Reg callee = temp();
    emit(p->span, Op::load_global_, callee, 0, 0, name_constant("__match_sequence__"));
    emit(p->span, Op::move_, temp(), subject);
    load_constant(p->span, Constant::of_int(star == count ? count : count - 1), temp());
    load_constant(p->span, Constant::of_kind(star == count ? Constant::Kind::true_ : Constant::Kind::false_), temp());
    emit(p->span, Op::call_, items, callee, 3);
  }
  fail_if_none(p->span, items, fail);
  if (count == 0) return;
  Reg base = next_temp_;
  for (std::uint32_t i = 0; i < count; ++i) temp();
  if (star == count) {
    emit(p->span, Op::unpack_sequence_, base, items, static_cast<Reg>(count));
  } else {
    emit(p->span, Op::unpack_ex_, base, items, static_cast<Reg>(star), static_cast<std::int32_t>(count - star - 1));
  }
  pattern_parts(p, base, fail, captures);
}

void UnitBuilder::mapping_pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures) {
  const std::uint32_t count = p->parts.size();
  Reg values = temp();
  {
    Temps temps(*this);
    Reg callee = temp();
    emit(p->span, Op::load_global_, callee, 0, 0, name_constant("__match_mapping__"));
    emit(p->span, Op::move_, temp(), subject);
    Reg keys = temp();
    load_constant(p->span, Constant::of_kind(p->has_rest ? Constant::Kind::true_ : Constant::Kind::false_), temp());
    {
      Temps more(*this);
      Reg base = next_temp_;
      for (const Expr* key : p->keys) fresh(key);
      emit(p->span, Op::build_tuple_, keys, base, static_cast<Reg>(count));
    }
    emit(p->span, Op::call_, values, callee, 3);
  }
  fail_if_none(p->span, values, fail);
  const std::uint32_t all = count + (p->has_rest ? 1 : 0);
  if (all == 0) return;
  Reg base = next_temp_;
  for (std::uint32_t i = 0; i < all; ++i) temp();
  emit(p->span, Op::unpack_sequence_, base, values, static_cast<Reg>(all));
  pattern_parts(p, base, fail, captures);
  if (p->has_rest) capture(p, static_cast<Reg>(base + count), captures);
}

void UnitBuilder::class_pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures) {
  const std::uint32_t count = p->parts.size();
  Reg values = temp();
  {
    Temps temps(*this);
    Reg callee = temp();
    emit(p->span, Op::load_global_, callee, 0, 0, name_constant("__match_class__"));
    emit(p->span, Op::move_, temp(), subject);
    fresh(p->value);
    load_constant(p->span, Constant::of_int(count - p->names.size()), temp());
    std::vector<Constant> names;
    for (std::string_view name : p->names) names.push_back(Constant::of_text(Constant::Kind::name, mangled(name)));
    load_constant(p->span, Constant::of_items(Constant::Kind::tuple, std::move(names)), temp());
    emit(p->span, Op::call_, values, callee, 4);
  }
  fail_if_none(p->span, values, fail);
  if (count == 0) return;
  Reg base = next_temp_;
  for (std::uint32_t i = 0; i < count; ++i) temp();
  emit(p->span, Op::unpack_sequence_, base, values, static_cast<Reg>(count));
  pattern_parts(p, base, fail, captures);
}

/// Every alternative captures the same names; their values go to the same places.
void UnitBuilder::alternatives(const Pattern* p, Reg subject, Label& fail, Captures* captures) {
  Label matched;
  Captures common;
  for (std::uint32_t i = 0; i < p->parts.size() && !failed(); ++i) {
    const bool last = i + 1 == p->parts.size();
    if (!last && irrefutable(p->parts[i])) {
      const Pattern* part = p->parts[i];
      return this->fail(part->span, part->name.empty() ? "wildcard makes remaining patterns unreachable"
                                                       : "name capture '" + std::string(part->name) +
                                                             "' makes remaining patterns unreachable");
    }
    Label next;
    Captures own;
    Reg mark = next_temp_;
    pattern(p->parts[i], subject, last ? fail : next, &own);
    if (i == 0) {
      // Places that stay when the temporaries of this alternative are used again.
      for (const Capture& c : own) common.push_back({c.name, temp(), c.span});
      mark = next_temp_;
    }
    bool same = own.size() == common.size();
    for (const Capture& c : common) {
      const Capture* found = nullptr;
      for (const Capture& o : own) {
        if (o.name == c.name) found = &o;
      }
      if (found == nullptr) {
        same = false;
        break;
      }
      emit(p->span, Op::move_, c.value, found->value);
    }
    if (!same) return this->fail(p->span, "alternative patterns bind different names");
    if (!last) jump(p->span, Op::jump_, 0, matched);
    next_temp_ = mark;
    if (!last) bind(next);
  }
  bind(matched);
  for (const Capture& c : common) {
    for (const Capture& before : *captures) {
      if (before.name == c.name) {
        return this->fail(c.span, "multiple assignments to name '" + std::string(c.name) + "' in pattern");
      }
    }
    captures->push_back(c);
  }
}

}  // namespace turnstile::frontend
