#include "codegen/frontend/materialize.h"

#include <string>
#include <unordered_map>

#include "core/allocate_object.h"
#include "core/containers/set.h"
#include "core/exceptions.h"
#include "core/ops.h"

namespace turnstile::frontend {

namespace {

bool looks_like_a_name(std::string_view s) {
  for (char c : s) {
    bool good = c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!good) return false;
  }
  return true;
}

void delete_code_data(void* code) {
  Code* c = static_cast<Code*>(code);
  delete c->data;
  c->data = nullptr;
}

class Materializer {
 public:
  explicit Materializer(Mutator& m) : m_(m), pool_(make_list(m, nullptr, 0)) {}

  Code* code(CodeUnit& unit) {
    if (pool_ == nullptr) return nullptr;
    // What is made here lies on the scanned stack until the code object holds it.
    Tuple* consts = allocate_tuple(m_, static_cast<std::uint32_t>(unit.consts.size()));
    if (consts == nullptr) return nullptr;
    for (std::size_t i = 0; i < unit.consts.size(); ++i) {
      Value v = value(unit.consts[i]);
      if (v.is_empty()) return nullptr;
      consts->items[i].store(v);
    }
    Str* name = intern(m_, unit.data->name);
    Str* qualname = intern(m_, unit.data->qualname);
    if (name == nullptr || qualname == nullptr) return nullptr;
    Code* code = new_object<Code>(m_, m_.runtime->types.code, Kind::code);
    if (code == nullptr) return nullptr;
    CodeData* data = unit.data.release();
    data->caches = std::make_unique<CacheSlot[]>(data->cache_count);
    data->feedback = std::make_unique<std::atomic<std::uint8_t>[]>(data->insns.size());
    code->data = data;
    code->consts = consts;
    code->name = name;
    code->qualname = qualname;
    code->entry.store(m_.runtime->interpreter_entry(), std::memory_order_release);
    m_.runtime->register_finalizer(m_, code, delete_code_data);
    return code;
  }

 private:
  Value value(Constant& c) {
    switch (c.kind) {
      case Constant::Kind::none:
        return Value::none();
      case Constant::Kind::false_:
        return Value::false_value();
      case Constant::Kind::true_:
        return Value::true_value();
      case Constant::Kind::ellipsis:
        return Value::ellipsis();
      case Constant::Kind::number:
        return Value::number(c.number);
      case Constant::Kind::name:
        return interned(c.text);
      case Constant::Kind::code:
        return Value::object(code(*c.unit));
      case Constant::Kind::integer:
        if (c.text.empty()) return make_int(m_, c.small);
        return pooled(c);
      case Constant::Kind::str:
        if (looks_like_a_name(c.text)) return interned(c.text);
        return pooled(c);
      default:
        return pooled(c);
    }
  }

  Value interned(const std::string& text) {
    Str* s = intern(m_, text);
    return s == nullptr ? Value() : Value::object(s);
  }

  Value pooled(Constant& c) {
    auto [it, fresh] = shared_.try_emplace(c.key());
    if (!fresh) return it->second;
    Value v = make(c);
    if (v.is_empty() || !list_append(m_, pool_, v)) return Value();
    return shared_[c.key()] = v;
  }

  Value make(Constant& c) {
    auto object = [](Object* o) { return o == nullptr ? Value() : Value::object(o); };
    switch (c.kind) {
      case Constant::Kind::integer:
        return parse_int(m_, c.text, c.base);
      case Constant::Kind::str:
        return object(make_str(m_, c.text));
      case Constant::Kind::bytes:
        return bytes_from(m_, c.text.data(), c.text.size());
      case Constant::Kind::tuple: {
        if (c.items.empty()) return Value::object(m_.runtime->empty_tuple);
        Tuple* t = allocate_tuple(m_, static_cast<std::uint32_t>(c.items.size()));
        for (std::size_t i = 0; t != nullptr && i < c.items.size(); ++i) {
          Value item = value(c.items[i]);
          if (item.is_empty()) return Value();
          t->items[i].store(item);
        }
        return object(t);
      }
      case Constant::Kind::frozenset: {
        Set* s = make_set(m_, Kind::frozenset);
        for (Constant& item : c.items) {
          Value v = s == nullptr ? Value() : value(item);
          if (v.is_empty() || !set_add(m_, s, v)) return Value();
        }
        // CPython makes such a constant once more, of the elements in the order of the first: that decides the order
        // in which programs see them.
        Tuple* order = s == nullptr ? nullptr : tuple_from(m_, Value::object(s));
        return order == nullptr ? Value() : object(set_from(m_, Value::object(order), m_.runtime->types.frozenset));
      }
      default:
        return Value();
    }
  }

  Mutator& m_;
  List* pool_;  // keeps what shared_ refers to; this object lies on the scanned stack
  std::unordered_map<std::string, Value> shared_;
};

}  // namespace

Code* materialize(Mutator& m, CodeUnit& unit) {
  Materializer materializer(m);
  return materializer.code(unit);
}

Value raise_problem(Mutator& m, const Problem& p, std::string_view filename) {
  const ExceptionTypes& types = m.runtime->exceptions;
  Type* cls = types.SyntaxError;
  switch (p.kind) {
    case ProblemKind::syntax:
      break;
    case ProblemKind::indentation:
      cls = types.IndentationError;
      break;
    case ProblemKind::tab:
      cls = types.TabError;
      break;
    case ProblemKind::recursion:
      return raise(m, types.RecursionError, p.message);
    case ProblemKind::value:
      return raise(m, types.ValueError, p.message);
  }
  auto text = [&](std::string_view s) {
    Str* str = make_str(m, s);
    return str == nullptr ? Value() : Value::object(str);
  };
  Value message = text(p.message);
  if (message.is_empty()) return Value();
  Value file = p.line == 0 && !p.has_text ? Value::none() : text(filename);
  Value line = p.line == 0 ? Value::none() : make_int(m, p.line);
  Value offset = p.line == 0 ? Value::none() : make_int(m, p.offset);
  Value line_text = p.has_text ? text(p.text) : Value::none();
  Value end_line = p.line == 0 ? Value::none() : make_int(m, p.end_line);
  Value end_offset = p.line == 0 ? Value::none() : make_int(m, p.end_offset);
  if (file.is_empty() || line_text.is_empty()) return Value();
  Value exception;
  if (p.line == 0) {
    exception = call(m, Value::object(cls), {message});
  } else {
    Value where = make_tuple(m, {file, line, offset, line_text, end_line, end_offset});
    if (where.is_empty()) return Value();
    exception = call(m, Value::object(cls), {message, where});
  }
  if (exception.is_empty()) return Value();
  const std::pair<const char*, Value> attributes[] = {
      {"msg", message},    {"filename", file},       {"lineno", line},           {"offset", offset},
      {"text", line_text}, {"end_lineno", end_line}, {"end_offset", end_offset}, {"print_file_and_line", Value::none()},
  };
  for (const auto& [name, v] : attributes) {
    Str* key = intern(m, name);
    if (key == nullptr || !set_attr(m, exception, key, v)) return Value();
  }
  return raise_value(m, exception);
}

}  // namespace turnstile::frontend
