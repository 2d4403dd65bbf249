// Running a program from its text to its exit status.
#pragma once

#include <string>
#include <string_view>

#include "core/runtime_core.h"

namespace turnstile {

/// The module's dict gets __name__, __builtins__ and friends; it is entered into sys.modules.
Module* make_main_module(Mutator& m, std::string_view filename);

/// What a SystemExit asks for; prints its argument to standard error where that is no int. The exception is consumed.
int exit_status(Mutator& m, Value system_exit);

// Provided by core/modules/: what a program's end involves.
/// threading: waits for the non-daemon threads that the program started. May run managed code.
void join_program_threads(Mutator& m);
/// sys: writes out what print() buffered. False when the stream failed.
bool flush_standard_streams(Mutator& m);

}  // namespace turnstile
