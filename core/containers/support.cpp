#include "core/containers/support.h"

#include "core/types/classes.h"

namespace turnstile {

bool has_own_init(Mutator& m, const Type* cls) {
  return is_heap_type(cls) && !is_kind(lookup_type(m, cls, m.runtime->names.__init__), Kind::native_function);
}

bool check_positional(Mutator& m, std::string_view name, const CallArgs& args, std::uint32_t least, std::uint32_t most,
                      bool keywords_allowed) {
  if (!keywords_allowed && args.keywords() != 0) {
    raise_type_error(m, std::string(name) + "() takes no keyword arguments");
    return false;
  }
  const std::uint32_t n = args.positional;
  if (n >= least && n <= most) return true;
  const std::uint32_t bound = n < least ? least : most;
  std::string message(name);
  message += " expected ";
  message += least == most ? "" : (n < least ? "at least " : "at most ");
  message += std::to_string(bound) + (bound == 1 ? " argument, got " : " arguments, got ") + std::to_string(n);
  raise_type_error(m, message);
  return false;
}

namespace {

bool named(Value key, std::string_view name) {
  const auto* s = key.as<Str>();
  return s->width() == 1 && std::string_view(reinterpret_cast<const char*>(s->data), s->length()) == name;
}

}  // namespace

Value find_keyword(const CallArgs& args, std::string_view name) {
  for (std::uint32_t i = 0; i < args.keywords(); ++i) {
    if (named(args.keyword_names->at(i), name)) return args.keyword_value(i);
  }
  return Value();
}

bool check_keywords(Mutator& m, std::string_view function, const CallArgs& args,
                    std::initializer_list<std::string_view> names) {
  for (std::uint32_t i = 0; i < args.keywords(); ++i) {
    bool known = false;
    for (std::string_view name : names) known = known || named(args.keyword_names->at(i), name);
    if (!known) {
      raise_type_error(m, "'" + to_utf8(args.keyword_names->at(i).as<Str>()) + "' is an invalid keyword argument for " +
                              std::string(function) + "()");
      return false;
    }
  }
  return true;
}

bool defines_method(Mutator& m, Value v, Str* name) {
  Type* cls = type_of(m, v);
  return cls->has_type_flag(kHeapType) && !lookup_type(m, cls, name).is_empty();
}

bool set_attr_but_bounds(Mutator& m, Value self, Str* name, Value value) {
  const WellKnownNames& names = m.runtime->names;
  if (name == names.start || name == names.stop || name == names.step) {
    raise(m, m.runtime->exceptions.AttributeError, "readonly attribute");
    return false;
  }
  return generic_set_attr(m, self, name, value);
}

bool is_iterable(Mutator& m, Value v) {
  Type* cls = type_of(m, v);
  return (cls->slots != nullptr && (cls->slots->iter != nullptr || cls->slots->get_item != nullptr)) ||
         !lookup_type(m, cls, m.runtime->names.__iter__).is_empty() ||
         !lookup_type(m, cls, m.runtime->names.__getitem__).is_empty();
}

bool search_bound(Mutator& m, Value v, std::uint64_t length, std::int64_t* out) {
  if (!v.is_int() && !v.is_bool() && !is_any_int(v) && lookup_special(m, v, m.runtime->names.__index__).is_empty()) {
    if (!m.has_exception()) raise_type_error(m, "slice indices must be integers or have an __index__ method");
    return false;
  }
  if (!to_index(m, v, out)) return false;
  if (*out < 0) {
    *out += static_cast<std::int64_t>(length);
    if (*out < 0) *out = 0;
  }
  return true;
}

}  // namespace turnstile
