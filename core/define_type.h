// How a builtin class is declared by the file that implements it.
#pragma once

#include <span>

#include "core/objects/function.h"
#include "core/objects/type.h"

namespace turnstile {

class RuntimeCore;

struct TypeSpec {
  const char* name;
  const TypeSlots* slots;
  std::span<const NativeDef> methods;  // args[0] is the receiver
  Kind instance_kind = Kind::native_object;
  std::uint32_t flags = 0;                        // TypeFlags
  std::span<const NativeDef> class_methods = {};  // args[0] is the class
  std::span<const NativeDef> static_methods = {};
  std::span<const NativeDef> getters = {};  // read-only attributes: args[0] is the receiver
};

/// Makes the class, fills its dict from the spec, and adds wrappers for the dunder methods that `slots` implies
/// (__add__ and __radd__ from binary, __len__ from length, ...). Base null: object.
Type* define_type(Mutator& m, const TypeSpec& spec, Type* base = nullptr);

/// Makes `object` and `type` (types.object, types.type), before any other class exists, and the classes that the
/// runtime's internals need (types.internal, whose root shape all objects get that programs never see).
void bootstrap_object_and_type(Mutator& m);  //                                    core/types/

/// Every folder's registration, called once by RuntimeCore's bootstrap in this order, after object and type exist.
void register_number_types(Mutator& m);     // int, bool, float                   core/numbers/
void register_text_types(Mutator& m);       // str, bytes                         core/text/
void register_container_types(Mutator& m);  // tuple, list, dict, set, range ...  core/containers/
void register_class_types(Mutator& m);      // property, super, staticmethod ...  core/types/
void register_exception_types(Mutator& m);  //                                    core/types/
void register_function_types(Mutator& m);   // function, method, generator ...    core/functions/
void register_builtins(Mutator& m);         // the builtins module                core/builtins/
/// Builtin modules are made when first imported: looked up by name.
using ModuleInit = bool (*)(Mutator& m, Module* module);
struct BuiltinModule {
  const char* name;
  ModuleInit init;
};
std::span<const BuiltinModule> builtin_modules();  //                              core/modules/registry.cpp
/// Puts a native function into a module's dict under def->name.
bool add_function(Mutator& m, Module* module, const NativeDef* def);

}  // namespace turnstile
