#include "codegen/frontend/disassemble.h"

#include <cstdio>

#include "codegen/frontend/operands.h"

namespace turnstile::frontend {

namespace {

std::string quoted(std::string_view s) {
  std::string out = "'";
  for (char c : s) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\'' || c == '\\') {
      out += std::string("\\") + c;
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string register_text(const CodeData& d, std::uint16_t r) {
  if (r == kNoRegister) return "-";
  return r < d.local_count ? d.local_names[r] : "t" + std::to_string(r - d.local_count);
}

void dump(const CodeUnit& unit, bool spans, std::string* out) {
  const CodeData& d = *unit.data;
  char line[128];
  *out += "code " + d.qualname + " line " + std::to_string(d.first_line);
  static constexpr struct {
    std::uint32_t bit;
    const char* name;
  } kFlags[] = {{kVarArgs, "varargs"},
                {kVarKeywords, "varkeywords"},
                {kGenerator, "generator"},
                {kClassBody, "class"},
                {kModule, "module"}};
  for (const auto& f : kFlags) {
    if (d.flags & f.bit) *out += std::string(" ") + f.name;
  }
  *out += " (";
  for (std::size_t i = 0; i < d.local_names.size(); ++i)
    *out += (i == 0 ? "" : i == d.free_begin ? "; " : ", ") + d.local_names[i];
  *out += ") slots " + std::to_string(d.slot_count) + "\n";
  for (std::size_t pc = 0; pc < d.insns.size(); ++pc) {
    const Insn& i = d.insns[pc];
    std::snprintf(line, sizeof line, "%4zu %-20s ", pc, op_text(i.op));
    *out += line;
    std::string args =
        register_text(d, i.a) + " " + register_text(d, i.b) + " " + std::to_string(i.c == kNoRegister ? -1 : i.c);
    bool c_is_register = false;
    for (const codegen::SlotRange& r : codegen::slot_use(i).reads)
      c_is_register = c_is_register || (r.first == i.c && r.count == 1 && r.first != i.b && r.first != i.a);
    if (c_is_register || (i.op >= Op::add_ && i.op <= Op::not_contains_ && i.op != Op::neg_)) {
      args = register_text(d, i.a) + " " + register_text(d, i.b) + " " + register_text(d, i.c);
    }
    *out += args;
    switch (immediate(i.op)) {
      case Immediate::constant:
        *out += "  " + to_text(unit.consts[static_cast<std::size_t>(i.d)]);
        break;
      case Immediate::target:
        *out += "  -> " + std::to_string(i.d);
        break;
      case Immediate::number:
        if (i.d != 0) *out += "  " + std::to_string(i.d);
        break;
      case Immediate::none:
        break;
    }
    if (spans) {
      const SourceSpan& s = d.spans[pc];
      std::snprintf(line, sizeof line, "  [%u:%u-%u:%u", s.line, s.column, s.end_line, s.end_column);
      *out += line;
      if (s.anchor_end != 0) *out += " ^" + std::to_string(s.anchor_begin) + "-" + std::to_string(s.anchor_end);
      *out += "]";
    }
    *out += "\n";
  }
  for (const ExceptionEntry& e : d.exceptions) {
    std::snprintf(line, sizeof line, "     try %u..%u -> %u ", e.begin, e.end, e.handler);
    *out += line + register_text(d, e.reg) + "\n";
  }
  for (const Constant& c : unit.consts) {
    if (c.is_code()) {
      *out += "\n";
      dump(*c.unit, spans, out);
    }
  }
}

}  // namespace

std::string disassemble(const CodeUnit& unit, bool spans) {
  std::string out;
  dump(unit, spans, &out);
  return out;
}

std::string to_text(const Constant& c) {
  switch (c.kind) {
    case Constant::Kind::none:
      return "None";
    case Constant::Kind::false_:
      return "False";
    case Constant::Kind::true_:
      return "True";
    case Constant::Kind::ellipsis:
      return "...";
    case Constant::Kind::integer:
      return c.text.empty() ? std::to_string(c.small)
                            : (c.base == 16  ? "0x"
                               : c.base == 8 ? "0o"
                               : c.base == 2 ? "0b"
                                             : "") +
                                  c.text;
    case Constant::Kind::number: {
      char buffer[40];
      std::snprintf(buffer, sizeof buffer, "%.17g", c.number);
      return buffer;
    }
    case Constant::Kind::str:
      return quoted(c.text);
    case Constant::Kind::bytes:
      return "b" + quoted(c.text);
    case Constant::Kind::name:
      return c.text;
    case Constant::Kind::code:
      return "<code " + c.unit->data->name + ">";
    case Constant::Kind::tuple:
    case Constant::Kind::frozenset: {
      std::string out = c.kind == Constant::Kind::tuple ? "(" : "{";
      for (std::size_t i = 0; i < c.items.size(); ++i) out += (i == 0 ? "" : ", ") + to_text(c.items[i]);
      return out + (c.kind == Constant::Kind::tuple ? ")" : "}");
    }
  }
  return "?";
}

}  // namespace turnstile::frontend
