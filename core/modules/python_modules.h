// Library modules that are written in Python (core/modules/python): text in the binary, compiled when first imported.
#pragma once

#include <span>

namespace turnstile {

struct PythonModule {
  const char* name;  // with dots
  const char* text;
  bool package;
};

std::span<const PythonModule> python_modules();

}  // namespace turnstile
