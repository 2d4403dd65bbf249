#include "core/bytecode.h"

#include <array>

namespace turnstile {

const char* op_name(Op op) {
  static constexpr std::array<const char*, static_cast<std::size_t>(Op::count)> kNames = {
#define TURNSTILE_NAME(name) #name,
      TURNSTILE_OPCODES(TURNSTILE_NAME)
#undef TURNSTILE_NAME
  };
  const auto i = static_cast<std::size_t>(op);
  return i < kNames.size() ? kNames[i] : "?";
}

}  // namespace turnstile
