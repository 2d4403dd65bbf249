// gc.
#include "core/exceptions.h"
#include "core/modules/registry.h"
#include "core/native_args.h"
#include "core/ops.h"

namespace turnstile {

namespace {

Value gc_collect(Mutator& m, const CallArgs& args) {
  Value generation;
  if (!bind_native(m, args, "collect", {"generation"}, &generation)) return Value();
  m.runtime->collect(m);
  return Value::small_int(0);
}
// Collection is triggered by bytes, not by counts of objects; these switch nothing off that a program could observe.
Value gc_enable(Mutator& m, const CallArgs&) {
  m.runtime->gc_enabled.store(true, std::memory_order_relaxed);
  return Value::none();
}
Value gc_disable(Mutator& m, const CallArgs&) {
  m.runtime->gc_enabled.store(false, std::memory_order_relaxed);
  return Value::none();
}
Value gc_isenabled(Mutator& m, const CallArgs&) {
  return Value::boolean(m.runtime->gc_enabled.load(std::memory_order_relaxed));
}
Value gc_get_count(Mutator& m, const CallArgs&) {
  return make_tuple(m, {Value::small_int(0), Value::small_int(0), Value::small_int(0)});
}
Value gc_get_threshold(Mutator& m, const CallArgs&) {
  return make_tuple(m, {Value::small_int(700), Value::small_int(10), Value::small_int(10)});
}
Value gc_nothing(Mutator&, const CallArgs&) { return Value::none(); }
Value gc_is_tracked(Mutator& m, const CallArgs& args) {
  if (!args[0].is_object()) return Value::false_value();
  const Kind kind = args[0].as_object()->kind;
  (void)m;
  return Value::boolean(kind != Kind::str && kind != Kind::bytes && kind != Kind::big_int);
}

const NativeDef kDefs[] = {
    {"collect", gc_collect, 0, 1, true}, {"enable", gc_enable, 0, 0},       {"disable", gc_disable, 0, 0},
    {"isenabled", gc_isenabled, 0, 0},   {"get_count", gc_get_count, 0, 0}, {"get_threshold", gc_get_threshold, 0, 0},
    {"set_threshold", gc_nothing, 1, 3}, {"freeze", gc_nothing, 0, 0},      {"unfreeze", gc_nothing, 0, 0},
    {"is_tracked", gc_is_tracked, 1, 1},
};

}  // namespace

bool init_gc(Mutator& m, Module* module) {
  List* garbage = make_list(m, nullptr, 0);
  return garbage != nullptr && add_functions(m, module, kDefs) &&
         add_constant(m, module, "garbage", Value::object(garbage));
}

}  // namespace turnstile
