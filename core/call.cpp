#include "core/call.h"

#include <algorithm>
#include <array>

#include "core/exceptions.h"
#include "core/functions/function_types.h"
#include "core/objects/type.h"

namespace turnstile {

Frame* push_frame(Mutator& m, Code* code, Function* function) {
  const CodeData& data = *code->data;
  const std::size_t size = Frame::bytes(data.slot_count);
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  if (m.depth >= m.recursion_limit || here < m.stack_limit ||
      size > static_cast<std::size_t>(m.frame_limit - m.frame_top)) [[unlikely]] {
    raise_recursion_error(m);
    return nullptr;
  }
  auto* frame = reinterpret_cast<Frame*>(m.frame_top);
  m.frame_top += size;
  ++m.depth;
  frame->caller = nullptr;
  frame->code = code;
  frame->function = function;
  if (function != nullptr) {
    frame->globals = function->globals;
    frame->builtins = function->builtins;
  }
  frame->names = nullptr;
  frame->generator = nullptr;
  frame->pc = 0;
  frame->state = 0;
  return frame;
}

namespace {

// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) text += i + 1 < names.size() ? ", " : names.size() == 2 ? " and " : ", and ";
    text += "'" + names[i] + "'";
  }
  return text;
}

// As messages about its arguments have it: programs may rename functions.
std::string shown_name(const Function* f) {
  Value name = f->qualname.load();
  return is_kind(name, Kind::str) ? to_utf8(name.as<Str>()) : f->code->data->qualname;
}

bool raise_missing(Mutator& m, const Function* f, const std::vector<std::string>& missing, const char* what) {
  raise_type_error(m, shown_name(f) + "() missing " + std::to_string(missing.size()) + " required " + what +
                          " argument" + (missing.size() == 1 ? "" : "s") + ": " + quoted_list(missing));
  return false;
}

bool raise_too_many(Mutator& m, const CodeData& code, Function* f, const CallArgs& args, const Value* slots) {
  Value defaults = f->defaults.load();
  const std::uint32_t with_default = defaults.is_object() ? defaults.as<Tuple>()->length() : 0;
  std::uint32_t keyword_only_given = 0;
  for (std::uint32_t i = 0; i < code.keyword_only; ++i) {
    if (!slots[code.positional + i].is_empty()) ++keyword_only_given;
  }
  std::string takes = with_default != 0 ? "from " + std::to_string(code.positional - with_default) + " to " +
                                              std::to_string(code.positional)
                                        : std::to_string(code.positional);
  const bool plural = with_default != 0 || code.positional != 1;
  std::string given = std::to_string(args.positional);
  if (keyword_only_given != 0) {
    given += std::string(" positional argument") + (args.positional != 1 ? "s" : "") + " (and " +
             std::to_string(keyword_only_given) + " keyword-only argument" + (keyword_only_given != 1 ? "s" : "") + ")";
  }
  raise_type_error(m, shown_name(f) + "() takes " + takes + " positional argument" + (plural ? "s" : "") + " but " +
                          given + (args.positional == 1 && keyword_only_given == 0 ? " was" : " were") + " given");
  return false;
}

// Parameter number that a keyword names, or -1. Positional-only parameters do not match.
int find_parameter(const CodeData& code, const std::string& name, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t i = begin; i < end; ++i) {
    if (code.local_names[i] == name) return static_cast<int>(i);
  }
  return -1;
}

bool bind_keywords(Mutator& m, const Function* f, const CodeData& code, const CallArgs& args, Value* slots,
                   Dict* extra) {
  const std::uint32_t named = code.positional + code.keyword_only;
  std::vector<std::string> positional_only;
  for (std::uint32_t k = 0; k < args.keywords(); ++k) {
    auto* name = args.keyword_names->at(k).as<Str>();
    const std::string text = to_utf8(name);
    const int at = find_parameter(code, text, code.positional_only, named);
    if (at >= 0) {
      if (!slots[at].is_empty()) {
        raise_type_error(m, shown_name(f) + "() got multiple values for argument '" + text + "'");
        return false;
      }
      slots[at] = args.keyword_value(k);
      continue;
    }
    if (extra != nullptr) {
      if (!dict_set_name(m, extra, name, args.keyword_value(k))) return false;
      continue;
    }
    if (find_parameter(code, text, 0, code.positional_only) >= 0) {
      positional_only.push_back(text);
      continue;
    }
    raise_type_error(m, shown_name(f) + "() got an unexpected keyword argument '" + text + "'");
    return false;
  }
  if (!positional_only.empty()) {
    std::string names;
    for (const auto& n : positional_only) names += (names.empty() ? "" : ", ") + n;
    raise_type_error(
        m, shown_name(f) + "() got some positional-only arguments passed as keyword arguments: '" + names + "'");
    return false;
  }
  return true;
}

bool fill_defaults(Mutator& m, Function* f, const CodeData& code, Value* slots) {
  Value defaults = f->defaults.load();
  const std::uint32_t with_default = defaults.is_object() ? defaults.as<Tuple>()->length() : 0;
  const std::uint32_t first_default = code.positional - with_default;
  std::vector<std::string> missing;
  for (std::uint32_t i = 0; i < code.positional; ++i) {
    if (!slots[i].is_empty()) continue;
    if (i >= first_default) {
      slots[i] = defaults.as<Tuple>()->at(i - first_default);
    } else {
      missing.push_back(code.local_names[i]);
    }
  }
  if (!missing.empty()) return raise_missing(m, f, missing, "positional");
  if (code.keyword_only == 0) return true;
  Value keyword_defaults = f->keyword_defaults.load();
  for (std::uint32_t i = code.positional; i < static_cast<std::uint32_t>(code.positional + code.keyword_only); ++i) {
    if (!slots[i].is_empty()) continue;
    if (keyword_defaults.is_object()) {
      Str* name = intern(m, code.local_names[i]);
      if (name == nullptr) return false;
      slots[i] = dict_get_name(keyword_defaults.as<Dict>(), name);
    }
    if (slots[i].is_empty()) missing.push_back(code.local_names[i]);
  }
  return missing.empty() || raise_missing(m, f, missing, "keyword-only");
}

}  // namespace

bool bind_arguments(Mutator& m, Function* f, const CallArgs& args, Value* slots) {
  const CodeData& code = *f->code->data;
  const std::uint32_t copied = args.positional < code.positional ? args.positional : code.positional;
  for (std::uint32_t i = 0; i < copied; ++i) slots[i] = args[i];
  for (std::uint32_t i = copied; i < code.local_count; ++i) slots[i] = Value();
  for (std::uint32_t i = 0; i < code.free_count; ++i) slots[code.free_begin + i] = f->closure->at(i);

  std::uint32_t next = static_cast<std::uint32_t>(code.positional + code.keyword_only);
  if ((code.flags & kVarArgs) != 0) {
    const std::uint32_t rest = args.positional - copied;
    Tuple* tuple = rest == 0 ? m.runtime->empty_tuple : allocate_tuple(m, rest);
    if (tuple == nullptr) return false;
    for (std::uint32_t i = 0; i < rest; ++i) tuple->items[i].store_relaxed(args[copied + i]);
    slots[next++] = Value::object(tuple);
  }
  Dict* extra = nullptr;
  if ((code.flags & kVarKeywords) != 0) {
    extra = make_dict(m);
    if (extra == nullptr) return false;
    slots[next] = Value::object(extra);
  }
  if (args.keyword_names != nullptr && !bind_keywords(m, f, code, args, slots, extra)) return false;
  if (args.positional > code.positional && (code.flags & kVarArgs) == 0) return raise_too_many(m, code, f, args, slots);
  if (copied < code.positional || code.keyword_only != 0) return fill_defaults(m, f, code, slots);
  return true;
}

Value call_function(Mutator& m, Function* f, const CallArgs& args) {
  Code* code = f->code;
  const CodeData& data = *code->data;
  if ((data.flags & kGenerator) != 0) return make_generator(m, f, args);
  Frame* frame = push_frame(m, code, f);
  if (frame == nullptr) return Value();
  if (args.keyword_names == nullptr && binds_simply(data, args.positional)) {
    std::copy_n(args.values, args.positional, frame->slots);
    finish_simple_binding(data, f, frame->slots);
  } else if (!bind_arguments(m, f, args, frame->slots)) {
    pop_frame(m, frame);
    return Value();
  }
  return run_frame(m, frame);
}

Value call_with_self(Mutator& m, Value function, Value self, const CallArgs& args) {
  constexpr std::uint32_t kInline = 8;
  const std::uint32_t total = args.total() + 1;
  if (total <= kInline) {
    std::array<Value, kInline> values;
    values[0] = self;
    for (std::uint32_t i = 1; i < total; ++i) values[i] = args.values[i - 1];
    return call(m, function, {values.data(), args.positional + 1, args.keyword_names});
  }
  // Many arguments: a managed buffer, since malloc'ed memory is not scanned.
  ValueBuffer* buffer = allocate_buffer(m, total);
  if (buffer == nullptr) return Value();
  buffer->items[0].store_relaxed(self);
  for (std::uint32_t i = 1; i < total; ++i) buffer->items[i].store_relaxed(args.values[i - 1]);
  static_assert(sizeof(AtomicValue) == sizeof(Value));
  return call(m, function, {reinterpret_cast<const Value*>(buffer->items), args.positional + 1, args.keyword_names});
}

Value call(Mutator& m, Value callee, const CallArgs& args) {
  if (callee.is_object()) {
    Object* o = callee.as_object();
    if (o->kind == Kind::function) return call_function(m, static_cast<Function*>(o), args);
    if (o->kind == Kind::bound_method) {
      auto* method = static_cast<BoundMethod*>(o);
      return call_with_self(m, method->function, method->self, args);
    }
  }
  Type* cls = type_of(m, callee);
  if (cls->slots != nullptr && cls->slots->call != nullptr) return cls->slots->call(m, callee, args);
  Value special = lookup_type(m, cls, m.runtime->names.__call__);
  if (special.is_empty()) {
    return raise_type_error(m, "'" + to_utf8(cls->name) + "' object is not callable");
  }
  if (is_kind(special, Kind::function) || is_kind(special, Kind::native_function)) {
    if (reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) < m.stack_limit) return raise_recursion_error(m);
    return call_with_self(m, special, callee, args);
  }
  special = lookup_special(m, callee, m.runtime->names.__call__);
  if (special.is_empty()) return special;
  return call(m, special, args);
}

Value call(Mutator& m, Value callee, std::initializer_list<Value> args) {
  return call(m, callee, CallArgs{args.begin(), static_cast<std::uint32_t>(args.size()), nullptr});
}

Value call_method(Mutator& m, Value self, Str* name, std::initializer_list<Value> args) {
  Value method = lookup_type(m, type_of(m, self), name);
  if (method.is_empty()) {
    if (m.has_exception()) return Value();
    return raise(m, m.runtime->exceptions.AttributeError,
                 "'" + to_utf8(type_of(m, self)->name) + "' object has no attribute '" + to_utf8(name) + "'");
  }
  const CallArgs rest{args.begin(), static_cast<std::uint32_t>(args.size()), nullptr};
  if (is_kind(method, Kind::function) || is_kind(method, Kind::native_function)) {
    return call_with_self(m, method, self, rest);
  }
  method = lookup_special(m, self, name);
  if (method.is_empty()) return method;
  return call(m, method, rest);
}

Value run_code(Mutator& m, Code* code, Dict* globals, Dict* names) {
  Frame* frame = push_frame(m, code, nullptr);
  if (frame == nullptr) return Value();
  frame->globals = globals;
  frame->builtins = builtins_of(m, globals);
  frame->names = names;
  for (std::uint32_t i = 0; i < code->data->local_count; ++i) frame->slots[i] = Value();
  return run_frame(m, frame);
}

}  // namespace turnstile
