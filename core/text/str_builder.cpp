#include "core/text/str_builder.h"

#include <algorithm>

namespace turnstile::strings {

bool StrBuilder::grow(std::size_t length, std::uint32_t width) {
  if (failed_) return false;
  const std::size_t capacity = std::max(length * width, length_ * width * 2);
  auto* fresh = length > kMaxLength ? nullptr : static_cast<unsigned char*>(std::malloc(capacity));
  if (fresh == nullptr) {
    failed_ = true;
    return false;
  }
  copy_points(fresh, width, view());
  if (data_ != inline_) std::free(data_);
  data_ = fresh;
  capacity_ = capacity;
  width_ = width;
  return true;
}

Str* StrBuilder::finish(Mutator& m) const {
  if (failed_) {
    raise_memory_error(m);
    return nullptr;
  }
  return make_str(m, view());
}

}  // namespace turnstile::strings
