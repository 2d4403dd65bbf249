// Signatures of the helpers in codegen/helpers.h. bool and int results as there.
#pragma once

#include "codegen/helpers.h"
#include "core/bytecode.h"
#include "core/frame.h"
#include "core/mutator.h"
#include "core/objects/type.h"

namespace turnstile::codegen::helpers {

// runtime_helpers.cpp
Value binary(Mutator* m, const Insn* insn, Value left, Value right);
Value compare(Mutator* m, const Insn* insn, Value left, Value right);
Value unary(Mutator* m, const Insn* insn, Value operand);
std::int32_t truth(Mutator* m, Value v);
std::int32_t contains(Mutator* m, Value container, Value item);
Value get_item(Mutator* m, Value container, Value key);
bool set_item(Mutator* m, Value container, Value key, Value value);
/// The cache's entry for a shape, if it still holds: along the chain of what the instruction met.
const CacheEntry* find_shape_entry(const CacheSlot& slot, const Shape* shape);
Value load_attr(Mutator* m, Frame* frame, const Insn* insn, Value self);
bool store_attr(Mutator* m, Frame* frame, const Insn* insn, Value self, Value value);
Value load_global(Mutator* m, Frame* frame, const Insn* insn);
Value str_concat(Mutator* m, Value left, Value right);
bool str_equal(Value left, Value right);
Value box_int(Mutator* m, std::int64_t raw);
Value slot_value(Value self, std::int32_t slot);
bool safepoint(Mutator* m);
double float_mod(double a, double b);
double float_floor_div(double a, double b);
double float_pow(double a, double b);
Value get_iter(Mutator* m, Value v);
Value iter_next(Mutator* m, Value it);
Value range_iterator(Mutator* m, std::int64_t start, std::int64_t stop);
std::int64_t length(Mutator* m, Value v);
bool list_append(Mutator* m, Value list, Value item);
Value list_pop(Mutator* m, Value list);
void unlock_object(Mutator* m, Value object);
void list_shrink(Mutator* m, Value list);
bool list_store(Mutator* m, Value list, std::int64_t index, Value value);
Value make_cell(Mutator* m, Value v);
Value new_instance(Mutator* m, Type* cls, std::uint32_t slots);

// runtime_helpers_control.cpp
Value call(Mutator* m, Frame* frame, const Insn* insn);
bool load_method(Mutator* m, Frame* frame, const Insn* insn, Value self);
Value call_method(Mutator* m, Frame* frame, const Insn* insn);
/// With every check of a native call: a receiver of the right class, boxed values of subclasses ...
Value native(Mutator* m, NativeFunction* f, const CallArgs* args);
void leave(Mutator* m, Frame* frame, const ExitInfo* info, std::uint32_t failing);
void unknown_loop(Mutator* m, Frame* frame);
Value deopt(Mutator* m, Frame* frame);
void catch_exception(Mutator* m, Frame* frame, std::int32_t reraised);
void propagate(Mutator* m, Frame* frame, std::int32_t reraised);
void recursion(Mutator* m);
void unbound(Mutator* m, Frame* frame, const Insn* insn, std::int32_t free_variable);
bool init_result(Mutator* m, Value v);
void set_exception(Mutator* m, Value v);

}  // namespace turnstile::codegen::helpers
