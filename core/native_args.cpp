#include "core/native_args.h"

#include <string>

#include "core/exceptions.h"
#include "core/ops.h"

namespace turnstile {

namespace {

bool bind_names(Mutator& m, const CallArgs& args, const char* function, std::initializer_list<const char*> names,
                Value* out) {
  for (std::uint32_t k = 0; k < args.keywords(); ++k) {
    const std::string given = to_utf8(args.keyword_names->at(k).as<Str>());
    std::uint32_t at = 0;
    for (const char* name : names) {
      if (given == name) break;
      ++at;
    }
    if (at == names.size()) {
      raise_type_error(m, "'" + given + "' is an invalid keyword argument for " + function + "()");
      return false;
    }
    if (!out[at].is_empty()) {
      raise_type_error(m, "argument for " + std::string(function) + "() given by name ('" + given +
                              "') and position (" + std::to_string(at + 1) + ")");
      return false;
    }
    out[at] = args.keyword_value(k);
  }
  return true;
}

}  // namespace

bool bind_native(Mutator& m, const CallArgs& args, const char* function, std::initializer_list<const char*> names,
                 Value* out, std::uint32_t required, std::uint32_t first) {
  const std::uint32_t given = args.positional - first;
  if (given > names.size()) {
    raise_type_error(m, std::string(function) + "() takes at most " + std::to_string(names.size()) + " argument" +
                            (names.size() == 1 ? "" : "s") + " (" + std::to_string(given + args.keywords()) +
                            " given)");
    return false;
  }
  for (std::uint32_t i = 0; i < given; ++i) out[i] = args[first + i];
  if (!bind_names(m, args, function, names, out)) return false;
  std::uint32_t at = 0;
  for (const char* name : names) {
    if (at >= required) break;
    if (out[at].is_empty()) {
      raise_type_error(m, std::string(function) + "() missing required argument '" + name + "' (pos " +
                              std::to_string(at + 1) + ")");
      return false;
    }
    ++at;
  }
  return true;
}

bool bind_keywords_only(Mutator& m, const CallArgs& args, const char* function,
                        std::initializer_list<const char*> names, Value* out) {
  return bind_names(m, args, function, names, out);
}

}  // namespace turnstile
