// Values of number and string literals.
#pragma once

#include <string>
#include <string_view>

#include "codegen/frontend/code_unit.h"

namespace turnstile::frontend {

/// The value of a number token. False: a complex literal.
bool number_value(std::string_view token, Constant* out, std::string* error);

struct StringPrefix {
  bool bytes = false, raw = false, format = false;
  std::uint32_t body_begin = 0, body_end = 0;  // byte offsets of the text between the quotes, in the token
  bool triple = false;
};
StringPrefix split_string(std::string_view token);

/// Appends the text of a string literal's body with its escapes resolved. False with the message of the error.
bool unescape_str(std::string_view body, std::string* out, std::string* error);
bool unescape_bytes(std::string_view body, std::string* out, std::string* error);

}  // namespace turnstile::frontend
