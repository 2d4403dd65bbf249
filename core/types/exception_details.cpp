// What some exception classes have beyond args: attributes taken from the arguments, and their own str().
//
// Such attributes live among the exception's own attributes; the class supplies a default for those that are not set.
#include <cerrno>
#include <cstring>
#include <string_view>

#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Exception* exception_of(Value v) { return reinterpret_cast<Exception*>(v.as_object()); }
Tuple* args_of(Value v) { return exception_of(v)->args.load().as<Tuple>(); }

Value own(Mutator& m, Value self, const char* name) { return get_own_attribute(m, self.as_object(), intern(m, name)); }
bool set_own(Mutator& m, Value self, const char* name, Value v) {
  Str* key = intern(m, name);
  return key != nullptr && set_own_attribute(m, self.as_object(), key, v);
}

bool base_init(Mutator& m, Value self, const CallArgs& args) {
  return m.runtime->exceptions.BaseException->slots->init(m, self, args);
}

Value shown(Mutator& m, Value v, std::string* out) {
  Value text = to_str(m, v);
  if (!text.is_empty()) *out = to_utf8(text.as<Str>());
  return text;
}
Value base_str(Mutator& m, Value self) { return m.runtime->exceptions.BaseException->slots->str(m, self); }

// Keywords become attributes; what is no keyword of the class is refused.
bool take_keywords(Mutator& m, Value self, const CallArgs& args, std::initializer_list<const char*> names,
                   const char* cls) {
  for (std::uint32_t i = 0; i < args.keywords(); ++i) {
    const std::string given = to_utf8(args.keyword_names->at(i).as<Str>());
    bool known = false;
    for (const char* name : names) known = known || given == name;
    if (!known) {
      raise_type_error(m, "'" + given + "' is an invalid keyword argument for " + cls + "()");
      return false;
    }
    if (!set_own(m, self, given.c_str(), args.keyword_value(i))) return false;
  }
  return base_init(m, self, CallArgs{args.values, args.positional, nullptr});
}

// --- KeyError
// -------------------------------------------------------------------------------------------------------------

Value key_error_str(Mutator& m, Value self) {
  // The key as repr shows it: an empty string would leave nothing to see.
  if (args_of(self)->length() == 1) return repr(m, args_of(self)->at(0));
  return base_str(m, self);
}

// --- StopIteration, SystemExit
// ----------------------------------------------------------------------------------------------

Value get_first(Mutator&, const CallArgs& a) {
  return args_of(a[0])->length() == 0 ? Value::none() : args_of(a[0])->at(0);
}
Value get_exit_code(Mutator&, const CallArgs& a) {
  Tuple* args = args_of(a[0]);
  if (args->length() == 0) return Value::none();
  return args->length() == 1 ? args->at(0) : Value::object(args);
}
Value get_none(Mutator&, const CallArgs&) { return Value::none(); }

// --- AttributeError, NameError, ImportError
// ---------------------------------------------------------------------------------

bool attribute_error_init(Mutator& m, Value self, const CallArgs& args) {
  return take_keywords(m, self, args, {"name", "obj"}, "AttributeError");
}
bool name_error_init(Mutator& m, Value self, const CallArgs& args) {
  return take_keywords(m, self, args, {"name"}, "NameError");
}
bool import_error_init(Mutator& m, Value self, const CallArgs& args) {
  return take_keywords(m, self, args, {"name", "path"}, "ImportError");
}

// --- OSError
// --------------------------------------------------------------------------------------------------------------------

// The class that a call of OSError itself makes for an error number.
Type* os_error_class(Mutator& m, std::int64_t number) {
  const ExceptionTypes& e = m.runtime->exceptions;
  switch (number) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS:
      return e.BlockingIOError;
    case EPIPE:
    case ESHUTDOWN:
      return e.BrokenPipeError;
    case EEXIST:
      return e.FileExistsError;
    case ENOENT:
      return e.FileNotFoundError;
    case EISDIR:
      return e.IsADirectoryError;
    case ENOTDIR:
      return e.NotADirectoryError;
    case EINTR:
      return e.InterruptedError;
    case EACCES:
    case EPERM:
      return e.PermissionError;
    case ETIMEDOUT:
      return e.TimeoutError;
    default:
      return e.OSError;
  }
}

Value os_error_new(Mutator& m, Type* cls, const CallArgs& args) {
  std::int64_t number;
  if (cls == m.runtime->exceptions.OSError && args.positional >= 2 && int_to_int64(args[0], &number)) {
    cls = os_error_class(m, number);
  }
  return m.runtime->exceptions.BaseException->slots->new_object(m, cls, args);
}

bool os_error_init(Mutator& m, Value self, const CallArgs& args) {
  if (!base_init(m, self, args)) return false;
  if (args.positional < 2 || args.positional > 5) return true;
  if (!set_own(m, self, "errno", args[0]) || !set_own(m, self, "strerror", args[1])) return false;
  if (args.positional < 3 || args[2].is_none()) return true;
  if (!set_own(m, self, "filename", args[2])) return false;
  if (args.positional == 5 && !args[4].is_none() && !set_own(m, self, "filename2", args[4])) return false;
  // args keeps only the first two.
  Value two = make_tuple(m, {args[0], args[1]});
  if (two.is_empty()) return false;
  exception_of(self)->args.store(two);
  return true;
}

Value os_error_str(Mutator& m, Value self) {
  Value number = own(m, self, "errno");
  Value text = own(m, self, "strerror");
  if (number.is_empty() || text.is_empty()) return base_str(m, self);
  std::string n, s;
  if (shown(m, number, &n).is_empty() || shown(m, text, &s).is_empty()) return Value();
  std::string out = "[Errno " + n + "] " + s;
  Value file = own(m, self, "filename");
  if (!file.is_empty()) {
    Value r = repr(m, file);
    if (r.is_empty()) return r;
    out += ": " + to_utf8(r.as<Str>());
    Value second = own(m, self, "filename2");
    if (!second.is_empty()) {
      r = repr(m, second);
      if (r.is_empty()) return r;
      out += " -> " + to_utf8(r.as<Str>());
    }
  }
  return text_value(m, out);
}

// --- SyntaxError
// ---------------------------------------------------------------------------------------------------------------

bool syntax_error_init(Mutator& m, Value self, const CallArgs& args) {
  if (!base_init(m, self, args)) return false;
  if (args.positional >= 1 && !set_own(m, self, "msg", args[0])) return false;
  if (args.positional != 2) return true;
  Tuple* info = tuple_from(m, args[1]);
  if (info == nullptr) return false;
  if (info->length() < 4 || info->length() > 6 || info->length() == 5) {
    raise_type_error(m, info->length() == 5 ? "end_offset must be provided when end_lineno is provided"
                                            : "function missing required argument");
    return false;
  }
  constexpr const char* kNames[] = {"filename", "lineno", "offset", "text", "end_lineno", "end_offset"};
  for (std::uint32_t i = 0; i < info->length(); ++i) {
    if (!set_own(m, self, kNames[i], info->at(i))) return false;
  }
  return true;
}

Value syntax_error_str(Mutator& m, Value self) {
  Value message = own(m, self, "msg");
  if (message.is_empty()) message = Value::none();
  std::string out;
  if (shown(m, message, &out).is_empty()) return Value();
  Value file = own(m, self, "filename");
  Value line = own(m, self, "lineno");
  std::string name;
  if (is_kind(file, Kind::str)) {
    name = to_utf8(file.as<Str>());
    name = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
  }
  std::int64_t number = 0;
  const bool has_line = !line.is_empty() && int_to_int64(line, &number);
  if (!name.empty() && has_line) return text_value(m, out + " (" + name + ", line " + std::to_string(number) + ")");
  if (!name.empty()) return text_value(m, out + " (" + name + ")");
  if (has_line) return text_value(m, out + " (line " + std::to_string(number) + ")");
  return text_value(m, out);
}

// --- UnicodeDecodeError, UnicodeEncodeError
// ---------------------------------------------------------------------------------

constexpr const char* kUnicodeFields[] = {"encoding", "object", "start", "end", "reason"};

bool unicode_error_init(Mutator& m, Value self, const CallArgs& args) {
  if (args.positional != 5) {
    raise_type_error(m, "function takes exactly 5 arguments (" + std::to_string(args.positional) + " given)");
    return false;
  }
  const ExceptionTypes& types = m.runtime->exceptions;
  const bool decoding = is_subtype(type_of(m, self), types.UnicodeDecodeError);
  for (std::uint32_t i = 0; i < 5; ++i) {
    const bool position = i == 2 || i == 3;
    const Value v = unboxed(args[i]);
    const Kind wanted = i == 1 && decoding ? Kind::bytes : Kind::str;
    if (position) {
      std::int64_t ignored;
      if (!to_index(m, v, &ignored)) return false;
    } else if (!is_kind(v, wanted)) {
      if (i == 1 && decoding) {
        raise_type_error(m, "a bytes-like object is required, not '" + class_name_of(m, v) + "'");
      } else {
        raise_type_error(m, "argument " + std::to_string(i + 1) + " must be str, not " +
                                (v.is_none() ? "None" : class_name_of(m, v)));
      }
      return false;
    }
  }
  if (!base_init(m, self, args)) return false;
  for (std::uint32_t i = 0; i < 5; ++i) {
    if (!set_own(m, self, kUnicodeFields[i], args[i])) return false;
  }
  return true;
}

Value unicode_error_str(Mutator& m, Value self) {
  if (args_of(self)->length() != 5) return base_str(m, self);
  Value fields[5];
  for (int i = 0; i < 5; ++i) {
    fields[i] = own(m, self, kUnicodeFields[i]);
    if (fields[i].is_empty()) return base_str(m, self);
  }
  std::int64_t start = 0, end = 0;
  if (!int_to_int64(fields[2], &start) || !int_to_int64(fields[3], &end)) return base_str(m, self);
  std::string encoding, reason;
  if (shown(m, fields[0], &encoding).is_empty() || shown(m, fields[4], &reason).is_empty()) return Value();
  const bool decoding = is_kind(fields[1], Kind::bytes);
  std::string what;
  char buffer[40];
  if (end == start + 1 && start >= 0) {
    if (decoding && start < fields[1].as<Bytes>()->length()) {
      std::snprintf(buffer, sizeof(buffer), "byte 0x%02x", fields[1].as<Bytes>()->data[start]);
      what = buffer;
    } else if (is_kind(fields[1], Kind::str) && start < fields[1].as<Str>()->length()) {
      const auto c = static_cast<unsigned>(fields[1].as<Str>()->at(static_cast<std::size_t>(start)));
      std::snprintf(buffer, sizeof(buffer),
                    c < 0x100     ? "character '\\x%02x'"
                    : c < 0x10000 ? "character '\\u%04x'"
                                  : "character '\\U%08x'",
                    c);
      what = buffer;
    }
    what += " in position " + std::to_string(start);
  } else {
    what = std::string(decoding ? "bytes" : "characters") + " in position " + std::to_string(start) + "-" +
           std::to_string(end - 1);
  }
  return text_value(m, "'" + encoding + "' codec can't " + (decoding ? "decode " : "encode ") + what + ": " + reason);
}

constexpr TypeSlots kKeyError = {.str = key_error_str};
constexpr TypeSlots kAttributeError = {.init = attribute_error_init};
constexpr TypeSlots kNameError = {.init = name_error_init};
constexpr TypeSlots kImportError = {.init = import_error_init};
constexpr TypeSlots kOsError = {.str = os_error_str, .new_object = os_error_new, .init = os_error_init};
constexpr TypeSlots kSyntaxError = {.str = syntax_error_str, .init = syntax_error_init};
constexpr TypeSlots kUnicodeError = {.str = unicode_error_str, .init = unicode_error_init};

const NativeDef kValue{"value", get_first, 1, 1};
const NativeDef kCode{"code", get_exit_code, 1, 1};
const NativeDef kMessage{"msg", get_exit_code, 1, 1};
const NativeDef kNone[] = {{"name", get_none, 1, 1},       {"obj", get_none, 1, 1},
                           {"path", get_none, 1, 1},       {"msg", get_none, 1, 1},
                           {"filename", get_none, 1, 1},   {"lineno", get_none, 1, 1},
                           {"offset", get_none, 1, 1},     {"text", get_none, 1, 1},
                           {"end_lineno", get_none, 1, 1}, {"end_offset", get_none, 1, 1},
                           {"errno", get_none, 1, 1},      {"strerror", get_none, 1, 1},
                           {"filename2", get_none, 1, 1},  {"print_file_and_line", get_none, 1, 1}};

}  // namespace

const TypeSlots* details_of(const char* exception_class) {
  const std::string_view name = exception_class;
  if (name == "KeyError") return &kKeyError;
  if (name == "AttributeError") return &kAttributeError;
  if (name == "NameError") return &kNameError;
  if (name == "ImportError") return &kImportError;
  if (name == "OSError") return &kOsError;
  if (name == "SyntaxError") return &kSyntaxError;
  if (name == "UnicodeDecodeError" || name == "UnicodeEncodeError") return &kUnicodeError;
  return nullptr;
}

void define_exception_details(Mutator& m) {
  const ExceptionTypes& e = m.runtime->exceptions;
  const auto defaults = [&](Type* cls, std::initializer_list<std::string_view> names) {
    for (const NativeDef& def : kNone) {
      for (std::string_view name : names) {
        if (name == def.name) add_getset(m, cls, def, nullptr, Property::kDefault);
      }
    }
  };
  add_getset(m, e.StopIteration, kValue, nullptr, Property::kDefault);
  add_getset(m, e.SystemExit, kCode, nullptr, Property::kDefault);
  add_getset(m, e.ImportError, kMessage, nullptr, Property::kDefault);
  defaults(e.AttributeError, {"name", "obj"});
  defaults(e.NameError, {"name"});
  defaults(e.ImportError, {"name", "path"});
  defaults(e.OSError, {"errno", "strerror", "filename", "filename2"});
  defaults(e.SyntaxError,
           {"msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"});
}

}  // namespace turnstile
