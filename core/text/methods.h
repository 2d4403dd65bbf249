// The native methods of str and bytes, by file. "shared": the receiver may be either.
#pragma once

#include "core/objects/function.h"
#include "core/ops.h"

namespace turnstile::strings {

// clang-format off
#define TURNSTILE_TEXT_METHODS(X)                                                                                      \
  /* text_find.cpp, shared */                                                                                          \
  X(text_find)                                                                                                         \
  X(text_rfind)                                                                                                        \
  X(text_index)                                                                                                        \
  X(text_rindex)                                                                                                       \
  X(text_count) X(text_startswith) X(text_endswith) X(text_removeprefix)                                               \
      X(text_removesuffix) /* text_split.cpp, shared */                                                                \
      X(text_split) X(text_rsplit) X(text_splitlines) X(text_partition) X(text_rpartition) /* text_join.cpp, shared */ \
      X(text_join) X(text_replace)                                                         /* text_pad.cpp, shared */  \
      X(text_strip) X(text_lstrip) X(text_rstrip) X(text_center) X(text_ljust) X(text_rjust) X(text_zfill)             \
          X(text_expandtabs)                                                                   /* str_case.cpp */      \
      X(str_upper) X(str_lower) X(str_casefold) X(str_capitalize) X(str_swapcase) X(str_title) /* str_tests.cpp */     \
      X(str_isalnum) X(str_isalpha) X(str_isascii) X(str_isdecimal) X(str_isdigit) X(str_isidentifier) X(str_islower)  \
          X(str_isnumeric) X(str_isprintable) X(str_isspace) X(str_istitle) X(str_isupper) /* str_translate.cpp */     \
      X(str_maketrans) X(str_translate)                                                    /* codecs.cpp */            \
      X(str_encode) X(bytes_decode)                                                        /* str_format.cpp */        \
      X(str_format) X(str_format_map) X(str_format_self)                                   /* bytes_methods.cpp */     \
      X(bytes_hex) X(bytes_fromhex) X(bytes_upper) X(bytes_lower) X(bytes_capitalize) X(bytes_swapcase) X(bytes_title) \
          X(bytes_isalnum) X(bytes_isalpha) X(bytes_isascii) X(bytes_isdigit) X(bytes_islower) X(bytes_isspace)        \
              X(bytes_istitle) X(bytes_isupper) X(bytes_maketrans) X(bytes_translate)
// clang-format on

#define TURNSTILE_DECLARE(name) Value name(Mutator& m, const CallArgs& args);
TURNSTILE_TEXT_METHODS(TURNSTILE_DECLARE)
#undef TURNSTILE_DECLARE

void define_str(Mutator& m);    // str_type.cpp
void define_bytes(Mutator& m);  // bytes_type.cpp

}  // namespace turnstile::strings
