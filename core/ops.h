// The operations of the language on values of any type: what the interpreter's slow paths, compiled code's helpers and
// native functions call. Ordinary code, compiled once. Unless said otherwise each may run managed code, may collect,
// and reports failure by an empty Value (false, -1, null) with Mutator::exception set.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/call_args.h"
#include "core/mutator.h"
#include "core/objects/type.h"
#include "core/poll.h"
#include "core/runtime_core.h"
#include "core/value.h"

namespace turnstile {

// --- classes (core/types/) --------------------------------------------------------------------------------------
/// The class of any value, immediates included. Never fails.
Type* type_of(const Mutator& m, Value v);
bool is_subtype(const Type* cls, const Type* base);
bool is_instance_of(const Mutator& m, Value v, const Type* base);  // real class only, no __instancecheck__
int is_instance(Mutator& m, Value v, Value type_or_tuple);         // isinstance(): 1, 0, -1
int is_subclass(Mutator& m, Value cls, Value type_or_tuple);
/// What the class (through its MRO) resolves a name to; empty when absent (nothing raised). Uses the method cache.
Value lookup_type(Mutator& m, const Type* cls, const Str* name);
/// Dunder lookup: on the class, bound to self by its descriptor. Empty and nothing raised when absent.
Value lookup_special(Mutator& m, Value self, Str* name);
/// Makes a class as a class statement does. Runs __set_name__, __init_subclass__.
Value make_class(Mutator& m, Str* name, Tuple* bases, Dict* namespace_dict, const CallArgs& keywords);
/// A class statement: resolves the bases, chooses and asks the metaclass, and runs the body in the namespace it gives.
Value class_statement(Mutator& m, Function* body, Str* name, Tuple* bases, const CallArgs& keywords);
/// The class dict changed: new versions for it and all subclasses, flags recomputed.
void type_modified(Mutator& m, Type* cls);

// --- attributes (core/types/attributes.cpp) -----------------------------------------------------------------------
Value get_attr(Mutator& m, Value self, Str* name);
/// Like get_attr, but an AttributeError is swallowed: empty and nothing raised when absent.
Value get_attr_or_empty(Mutator& m, Value self, Str* name);
bool set_attr(Mutator& m, Value self, Str* name, Value value);
bool delete_attr(Mutator& m, Value self, Str* name);
Value generic_get_attr(Mutator& m, Value self, Str* name);
bool generic_set_attr(Mutator& m, Value self, Str* name, Value value);  // empty value: delete
/// Instance attribute storage only (no class lookup): shape slots or the attribute dict. Empty: absent, nothing raised.
Value get_own_attribute(Mutator& m, Object* self, Str* name);
bool set_own_attribute(Mutator& m, Object* self, Str* name, Value value);
/// self.__dict__: live, made on demand.
Value get_attribute_dict(Mutator& m, Value self);

// --- calls (core/call.cpp) ------------------------------------------------------------------------------------------
Value call(Mutator& m, Value callee, const CallArgs& args);
Value call(Mutator& m, Value callee, std::initializer_list<Value> args);
/// self.name(args...) by class lookup, as the language calls special methods. AttributeError (as TypeError) if absent.
Value call_method(Mutator& m, Value self, Str* name, std::initializer_list<Value> args);
/// Calls a Python function: binds arguments to a new frame on the mutator's Python stack and runs code->entry.
Value call_function(Mutator& m, Function* f, const CallArgs& args);

// --- operators (core/operators.cpp)
// -----------------------------------------------------------------------------------
Value binary_op(Mutator& m, BinaryOp op, Value left, Value right);
Value inplace_op(Mutator& m, BinaryOp op, Value left, Value right);
Value unary_op(Mutator& m, UnaryOp op, Value operand);
Value compare_op(Mutator& m, CompareOp op, Value left, Value right);  // any value (rich comparison)
/// Identity or ==, as containers compare. 1, 0, -1.
int values_equal(Mutator& m, Value left, Value right);
int compare_truth(Mutator& m, CompareOp op, Value left, Value right);  // truth of compare_op: 1, 0, -1
int truth(Mutator& m, Value v);                                        // 1, 0, -1
/// Python's hash(); false when unhashable. The out value is never -1.
bool hash_value(Mutator& m, Value v, std::int64_t* out);
int contains(Mutator& m, Value container, Value item);  // 1, 0, -1
Value get_item(Mutator& m, Value self, Value key);
bool set_item(Mutator& m, Value self, Value key, Value value);
bool delete_item(Mutator& m, Value self, Value key);
std::int64_t length(Mutator& m, Value v);  // len(): -1 raised
Value get_iter(Mutator& m, Value v);
/// Next item; empty and nothing raised: exhausted (a StopIteration from __next__ is swallowed).
Value iter_next(Mutator& m, Value iterator);
/// Calls fn(item) for each item; false stops with fn's or the iterator's exception. Polls now and then: builtin
/// iterators reach no safepoint of their own.
template <class Fn>
bool for_each(Mutator& m, Value iterable, Fn&& fn) {
  Value it = get_iter(m, iterable);
  if (it.is_empty()) return false;
  for (std::uint32_t n = 1;; ++n) {
    if (n % 1024 == 0 && !poll(m)) return false;
    Value item = iter_next(m, it);
    if (item.is_empty()) return !m.has_exception();
    if (!fn(item)) return false;
  }
}
Value repr(Mutator& m, Value v);    // a str
Value to_str(Mutator& m, Value v);  // str(v)
Value ascii(Mutator& m, Value v);
Value format(Mutator& m, Value v, Str* spec);  // format(v, spec)
/// An index as slicing and subscripting take it (int or __index__). False with TypeError; saturates on big ints unless
/// `overflow` names an exception class to raise.
bool to_index(Mutator& m, Value v, std::int64_t* out, Type* overflow = nullptr);

// --- text (core/text/)
// ----------------------------------------------------------------------------------------------------
Str* make_str(Mutator& m, std::string_view utf8);  // valid UTF-8 (surrogates allowed as generalized UTF-8)
Str* make_str_from_code_points(Mutator& m, const char32_t* points, std::size_t count);
/// An uninitialized str of that length whose widest code point is max_point; the caller fills data before publishing.
Str* allocate_str(Mutator& m, std::size_t length, char32_t max_point);
std::string to_utf8(const Str* s);               // surrogates as generalized UTF-8
Str* intern(Mutator& m, std::string_view utf8);  // lives as long as the runtime
Str* intern(Mutator& m, Str* s);
std::uint64_t hash_str(const Str* s);
bool str_equal(const Str* a, const Str* b);
int str_compare(const Str* a, const Str* b);  // -1, 0, 1
Value str_concat(Mutator& m, Str* a, Str* b);
Value bytes_from(Mutator& m, const void* data, std::size_t size);

// --- numbers (core/numbers/)
// --------------------------------------------------------------------------------------------------
Value make_int(Mutator& m, std::int64_t i);  // any int64
Value make_uint(Mutator& m, std::uint64_t i);
bool is_any_int(Value v);  // inline or BigInt (not bool)
/// Value of an int, bool or heap int that fits; false when it does not fit (nothing raised) or is no int.
bool int_to_int64(Value v, std::int64_t* out);
/// int(text, base) for literals and int(); empty (nothing raised) when malformed.
Value parse_int(Mutator& m, std::string_view digits, int base);
Value int_binary(Mutator& m, BinaryOp op, Value left, Value right);  // both int (any size) or bool
int int_compare(Value left, Value right);                            // both int (any size) or bool: -1, 0, 1
Value int_from_double(Mutator& m, double d);                         // truncates; raises for inf, nan
bool number_to_double(Mutator& m, Value v, double* out);  // float, int, __float__; false with TypeError/OverflowError
std::string double_repr(double d);                        // as float.__repr__
double int_true_divide(Mutator& m, Value left, Value right, bool* ok);

// --- containers (core/containers/)
// ------------------------------------------------------------------------------------------------
Tuple* allocate_tuple(Mutator& m, std::uint32_t length);  // slots are empty: fill before publishing
Value make_tuple(Mutator& m, std::initializer_list<Value> items);
List* make_list(Mutator& m, const Value* items, std::size_t count);
bool list_append(Mutator& m, List* list, Value item);
bool list_extend(Mutator& m, List* list, Value iterable);
/// Item i of a list that other threads may change; empty (nothing raised) when out of range. Never collects.
Value list_get(const List* list, std::int64_t index);
ValueBuffer* allocate_buffer(Mutator& m, std::uint32_t capacity);  // slots empty
Dict* make_dict(Mutator& m);
/// Value of a key; empty and nothing raised when absent, empty and an exception when __eq__/__hash__ failed.
Value dict_get(Mutator& m, Dict* dict, Value key);
bool dict_set(Mutator& m, Dict* dict, Value key, Value value);
/// 1 removed, 0 absent, -1 raised.
int dict_delete(Mutator& m, Dict* dict, Value key);
/// Names: no managed code runs, cannot raise on lookup.
Value dict_get_name(Dict* dict, const Str* name);
/// Where the entry of an interned name is in the current table, -1 when absent (for caches).
std::int64_t dict_find_name(DictTable* table, const Str* name);
bool dict_set_name(Mutator& m, Dict* dict, Str* name, Value value);
bool dict_update(Mutator& m, Dict* dict, Value mapping_or_pairs);
/// Walks live entries in insertion order: *position starts at 0; false at the end. Tolerates concurrent changes.
bool dict_next(const DictTable* table, std::uint32_t* position, Value* key, Value* value);
Set* make_set(Mutator& m, Kind kind);  // Kind::set or Kind::frozenset
bool set_add(Mutator& m, Set* set, Value item);
int set_contains(Mutator& m, Set* set, Value item);
/// Fresh list / tuple of what the iterable gives.
List* list_from(Mutator& m, Value iterable);
Tuple* tuple_from(Mutator& m, Value iterable);
bool sort_list(Mutator& m, List* list, Value key, bool reverse);
/// Iterator over range/list/tuple...: sub-kinds in core/objects/iterators.h.

// --- functions, modules, generators (core/functions/, core/modules/)
// ---------------------------------------------------------------
Value make_native_function(Mutator& m, const NativeDef* def, Type* owner = nullptr, void* data = nullptr);
Value make_bound_method(Mutator& m, Value function, Value self);
Cell* make_cell(Mutator& m, Value v);
Value make_function(Mutator& m, Code* code, Dict* globals, Value defaults, Value keyword_defaults, Value closure);
Module* make_module(Mutator& m, std::string_view name);
Value import_module(Mutator& m, Str* name, Dict* globals, std::int64_t level);  // the leaf module
/// send(): sent value empty on the first next(). Empty and nothing raised: the generator returned (value in *returned).
Value generator_resume(Mutator& m, Generator* g, Value sent, Value* returned);
/// Runs a module's code with `globals` as its namespace.
Value run_code(Mutator& m, Code* code, Dict* globals, Dict* names);

}  // namespace turnstile
