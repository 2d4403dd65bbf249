// The table of interned strings: one Str for each text, as long as the runtime lives.
#pragma once

#include <memory>

#include "core/runtime_core.h"

namespace turnstile {

/// Custom deleter, so that the table's definition stays in core/text/intern.cpp.
std::unique_ptr<RuntimeCore::InternTable, void (*)(RuntimeCore::InternTable*)> make_intern_table();
/// World stopped.
void mark_interned(RuntimeCore::InternTable& table, allocator::Marker& marker);

}  // namespace turnstile
