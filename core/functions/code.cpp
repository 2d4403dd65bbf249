// Code objects and cells.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/functions/function_types.h"
#include "core/write_barrier.h"

namespace turnstile {

Cell* make_cell(Mutator& m, Value v) {
  auto* cell = new_object<Cell>(m, m.runtime->types.cell, Kind::cell);
  if (cell != nullptr) cell->value.store_relaxed(v);
  return cell;
}

namespace {

Code* code_of(Value v) { return v.as<Code>(); }
const CodeData& data_of(const CallArgs& a) { return *code_of(a[0])->data; }

Value code_repr(Mutator& m, Value self) {
  const CodeData& data = *code_of(self)->data;
  return text_value(m, "<code object " + data.name + " at " + hex_address(self.as_object()) + ", file \"" +
                           data.filename + "\", line " + std::to_string(data.first_line) + ">");
}

Value names_tuple(Mutator& m, const CodeData& data, std::uint32_t begin, std::uint32_t end) {
  Tuple* tuple = allocate_tuple(m, end > begin ? end - begin : 0);
  if (tuple == nullptr) return Value();
  for (std::uint32_t i = begin; i < end; ++i) {
    Value name = text_value(m, data.local_names[i]);
    if (name.is_empty()) return name;
    tuple->items[i - begin].store_relaxed(name);
  }
  return Value::object(tuple);
}

Value get_name(Mutator&, const CallArgs& a) { return Value::object(code_of(a[0])->name); }
Value get_qualname(Mutator& m, const CallArgs& a) { return text_value(m, data_of(a).qualname); }
Value get_filename(Mutator& m, const CallArgs& a) { return text_value(m, data_of(a).filename); }
Value get_first_line(Mutator& m, const CallArgs& a) { return make_int(m, data_of(a).first_line); }
Value get_argument_count(Mutator& m, const CallArgs& a) { return make_int(m, data_of(a).positional); }
Value get_positional_only(Mutator& m, const CallArgs& a) { return make_int(m, data_of(a).positional_only); }
Value get_keyword_only(Mutator& m, const CallArgs& a) { return make_int(m, data_of(a).keyword_only); }
Value get_local_count(Mutator& m, const CallArgs& a) { return make_int(m, data_of(a).free_begin); }
Value get_local_names(Mutator& m, const CallArgs& a) {
  const CodeData& data = data_of(a);
  const std::uint32_t end = data.free_count != 0 ? data.free_begin : data.local_count;
  return names_tuple(m, data, 0, end);
}
Value get_free_names(Mutator& m, const CallArgs& a) {
  const CodeData& data = data_of(a);
  return names_tuple(m, data, data.free_begin, static_cast<std::uint32_t>(data.free_begin + data.free_count));
}
Value get_flags(Mutator& m, const CallArgs& a) {
  const CodeData& data = data_of(a);
  std::int64_t flags = 3;  // CO_OPTIMIZED | CO_NEWLOCALS
  if ((data.flags & kVarArgs) != 0) flags |= 4;
  if ((data.flags & kVarKeywords) != 0) flags |= 8;
  if ((data.flags & kNested) != 0) flags |= 16;
  if ((data.flags & kGenerator) != 0) flags |= 32;
  return make_int(m, flags);
}
Value get_consts(Mutator&, const CallArgs& a) { return Value::object(code_of(a[0])->consts); }

const NativeDef kGetters[] = {{"co_name", get_name, 1, 1},
                              {"co_qualname", get_qualname, 1, 1},
                              {"co_filename", get_filename, 1, 1},
                              {"co_firstlineno", get_first_line, 1, 1},
                              {"co_argcount", get_argument_count, 1, 1},
                              {"co_posonlyargcount", get_positional_only, 1, 1},
                              {"co_kwonlyargcount", get_keyword_only, 1, 1},
                              {"co_nlocals", get_local_count, 1, 1},
                              {"co_varnames", get_local_names, 1, 1},
                              {"co_freevars", get_free_names, 1, 1},
                              {"co_flags", get_flags, 1, 1},
                              {"co_consts", get_consts, 1, 1}};
constexpr TypeSlots kSlots = {.repr = code_repr};

Value cell_repr(Mutator& m, Value self) {
  Value v = self.as<Cell>()->value.load();
  const std::string start = "<cell at " + hex_address(self.as_object()) + ": ";
  if (v.is_empty()) return text_value(m, start + "empty>");
  return text_value(m, start + class_name_of(m, v) + " object at 0x" + hex_address(v.as_object()).substr(2) + ">");
}
Value get_contents(Mutator& m, const CallArgs& a) {
  Value v = a[0].as<Cell>()->value.load();
  return v.is_empty() ? raise_value_error(m, "Cell is empty") : v;
}
Value set_contents(Mutator& m, const CallArgs& a) {
  a[0].as<Cell>()->value.store(a[1]);
  note_store(m, a[0].as<Cell>());
  return Value::none();
}
Value cell_new(Mutator& m, Type*, const CallArgs& args) {
  if (args.keywords() != 0) return raise_type_error(m, "cell() takes no keyword arguments");
  if (args.positional > 1) {
    return raise_type_error(m, "cell expected at most 1 argument, got " + std::to_string(args.positional));
  }
  Cell* cell = make_cell(m, args.positional == 0 ? Value() : args[0]);
  return cell == nullptr ? Value() : Value::object(cell);
}
bool cell_init(Mutator&, Value, const CallArgs&) { return true; }
// By their contents; an empty cell is less than all others.
Value cell_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (!is_kind(left, Kind::cell) || !is_kind(right, Kind::cell)) return Value::not_implemented();
  const Value a = left.as<Cell>()->value.load();
  const Value b = right.as<Cell>()->value.load();
  if (!a.is_empty() && !b.is_empty()) return compare_op(m, op, a, b);
  return compare_op(m, op, Value::small_int(a.is_empty() ? 0 : 1), Value::small_int(b.is_empty() ? 0 : 1));
}
const NativeDef kGetContents{"cell_contents", get_contents, 1, 1};
const NativeDef kSetContents{"cell_contents", set_contents, 2, 2};
constexpr TypeSlots kCellSlots = {
    .repr = cell_repr, .compare = cell_compare, .new_object = cell_new, .init = cell_init};

}  // namespace

void define_code_types(Mutator& m) {
  TypeSpec code{"code", &kSlots, {}, Kind::code, 0};
  code.getters = kGetters;
  m.runtime->types.code = define_type(m, code);
  m.runtime->types.cell = define_type(m, {"cell", &kCellSlots, {}, Kind::cell, 0});
  add_getset(m, m.runtime->types.cell, kGetContents, &kSetContents);
}

}  // namespace turnstile
