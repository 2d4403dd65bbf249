// Emission of instructions, labels, constants.
#include "codegen/frontend/builder.h"

#include <algorithm>

#include "codegen/frontend/operands.h"

namespace turnstile::frontend {

namespace {

constexpr Reg kMaxSlots = 0xff00;

/// Instructions with an inline cache.
bool is_cached(Op op) {
  switch (op) {
    case Op::load_global_:
    case Op::load_name_:
    case Op::load_attr_:
    case Op::store_attr_:
    case Op::load_method_:
    case Op::call_:
    case Op::call_kw_:
    case Op::for_iter_:
    case Op::load_item_:
    case Op::store_item_:
    case Op::contains_:
    case Op::not_contains_:
      return true;
    default:
      return is_arithmetic(op) || is_comparison(op);
  }
}

}  // namespace

UnitBuilder::UnitBuilder(BuildContext& context, UnitBuilder* parent, Scope* scope, std::string_view name)
    : context_(context), parent_(parent), scope_(scope) {
  CodeData& d = data();
  d.name = name;
  d.qualname = parent == nullptr ? std::string(name) : parent->child_qualname(name);
  d.filename = context.filename;
  d.source = context.source.shared_text();
  if (scope->nested) d.flags |= kNested;
  if (scope->generator) d.flags |= kGenerator;
}

std::uint32_t UnitBuilder::emit(const SourceSpan& at, Op op, Reg a, Reg b, Reg c, std::int32_t d) {
  std::uint32_t index = here();
  if (!reachable_) return index;
  Insn insn{op, a, b, c, d, 0};
  if (is_cached(op)) insn.cache = ++data().cache_count;
  data().insns.push_back(insn);
  data().spans.push_back(at);
  if (ends_path(op)) reachable_ = false;
  return index;
}

Reg UnitBuilder::temp() {
  if (next_temp_ >= kMaxSlots) {
    fail({data().first_line, 0, 0, 0}, "too many values in one function");
    return next_temp_;
  }
  Reg r = next_temp_++;
  data().slot_count = std::max(data().slot_count, next_temp_);
  return r;
}

std::int32_t UnitBuilder::constant(const Constant& c) {
  auto [it, fresh] = constant_index_.try_emplace(c.key(), static_cast<std::int32_t>(unit_->consts.size()));
  if (fresh) unit_->consts.push_back(c);
  return it->second;
}

void UnitBuilder::jump(const Span& at, Op op, Reg a, Label& label) {
  if (!reachable_) return;
  label.jumps.push_back(here());
  if (!label.state) {
    label.state = bound_;
  } else {
    for (std::size_t i = 0; i < bound_.size(); ++i) label.state->at(i) = (*label.state)[i] && bound_[i];
  }
  emit(at, op, a);
}

void UnitBuilder::bind(Label& label) {
  for (std::uint32_t j : label.jumps) data().insns[j].d = static_cast<std::int32_t>(here());
  if (!label.state) return;
  if (!reachable_) {
    bound_ = *label.state;
    reachable_ = true;
  } else {
    for (std::size_t i = 0; i < bound_.size(); ++i) bound_[i] = bound_[i] && (*label.state)[i];
  }
}

void UnitBuilder::jump_back(const Span& at, std::uint32_t header) {
  emit(at, Op::jump_back_, 0, 0, 0, static_cast<std::int32_t>(header));
}

/// Anchors as python3's traceback finds them: the first non-blank byte between the operands, and the one behind it if
/// that is none either. Only for expressions on one line.
SourceSpan UnitBuilder::binary_span(const BinaryExpr* e) const {
  SourceSpan s = plain(e->span);
  if (e->span.line != e->span.end_line) return s;
  std::string_view line = context_.source.line(e->span.line);
  std::uint32_t end = std::min<std::uint32_t>(e->right->span.column, static_cast<std::uint32_t>(line.size()));
  for (std::uint32_t i = e->left->span.end_column; i < end; ++i) {
    auto blank = [&](std::uint32_t k) { return line[k] == ' ' || line[k] == '\t' || line[k] == '\f'; };
    if (blank(i)) continue;
    s.anchor_begin = i;
    s.anchor_end = i + 1 + (i + 1 < end && !blank(i + 1) ? 1 : 0);
    break;
  }
  return s;
}

SourceSpan UnitBuilder::subscript_span(const SubscriptExpr* e) const {
  SourceSpan s = plain(e->span);
  if (e->span.line != e->span.end_line) return s;
  s.anchor_begin = e->value->span.end_column;
  s.anchor_end = e->index->span.end_column + 1;
  return s;
}

namespace {
/// An attribute on a later line than its value is reported where the attribute's name is.
void start_at_attribute(const AttributeExpr* e, SourceSpan* s) {
  if (s->line == e->span.end_line) return;
  s->line = e->span.end_line;
  std::uint32_t length = 0;
  for (char c : e->name) length += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  s->column = e->span.end_column >= length ? e->span.end_column - length : 0;
}
}  // namespace

SourceSpan UnitBuilder::attribute_span(const AttributeExpr* e) const {
  SourceSpan s = plain(e->span);
  start_at_attribute(e, &s);
  return s;
}

SourceSpan UnitBuilder::method_call_span(const CallExpr* e) const {
  SourceSpan s = plain(e->span);
  start_at_attribute(static_cast<const AttributeExpr*>(e->callee), &s);
  return s;
}

}  // namespace turnstile::frontend
