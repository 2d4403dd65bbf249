// Small objects around classes: `int | str`, and the read-only view that a class's __dict__ is.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Type* proxy_class(Mutator& m) { return m.runtime->types.dict_proxy; }
Type* union_class(Mutator& m) { return m.runtime->types.union_type; }

NativeObject* make_holder(Mutator& m, Type* cls, Value held) {
  auto* o = new_object<NativeObject>(m, cls, Kind::native_object);
  if (o != nullptr) o->refs[0].store(held);
  return o;
}

Value held(Value self) { return self.as<NativeObject>()->refs[0].load(); }

// --- union
// ------------------------------------------------------------------------------------------------------------------

bool is_union(Mutator& m, Value v) { return v.is_object() && type_of(m, v) == union_class(m); }

bool collect_members(Mutator& m, List* members, Value v) {
  if (is_union(m, v)) {
    auto* inner = held(v).as<Tuple>();
    for (std::uint32_t i = 0; i < inner->length(); ++i) {
      if (!collect_members(m, members, inner->at(i))) return false;
    }
    return true;
  }
  if (v.is_none()) v = Value::object(m.runtime->types.none_type);
  for (std::int64_t i = 0;; ++i) {
    Value have = list_get(members, i);
    if (have.is_empty()) break;
    if (have == v) return true;
  }
  return list_append(m, members, v);
}

Value union_repr(Mutator& m, Value self) {
  auto* members = held(self).as<Tuple>();
  std::string text;
  for (std::uint32_t i = 0; i < members->length(); ++i) {
    if (i != 0) text += " | ";
    Value v = members->at(i);
    if (v == Value::object(m.runtime->types.none_type)) {
      text += "None";
      continue;
    }
    Value shown = repr(m, v);
    if (shown.is_empty()) return shown;
    std::string name = to_utf8(shown.as<Str>());  // <class 'x'>
    if (name.starts_with("<class '")) name = name.substr(8, name.size() - 10);
    text += name;
  }
  return text_value(m, text);
}

Value union_binary(Mutator& m, BinaryOp op, Value left, Value right, bool) {
  return op == BinaryOp::bit_or ? union_of(m, left, right) : Value::not_implemented();
}

Value union_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if ((op != CompareOp::eq && op != CompareOp::ne) || !is_union(m, right)) return Value::not_implemented();
  auto* a = held(left).as<Tuple>();
  auto* b = held(right).as<Tuple>();
  bool equal = a->length() == b->length();
  for (std::uint32_t i = 0; equal && i < a->length(); ++i) {
    bool found = false;
    for (std::uint32_t k = 0; k < b->length(); ++k) found = found || b->at(k) == a->at(i);
    equal = found;
  }
  return Value::boolean(equal == (op == CompareOp::eq));
}

bool union_hash(Mutator&, Value self, std::int64_t* out) {
  auto* members = held(self).as<Tuple>();
  std::uint64_t h = 0x7e57;
  for (std::uint32_t i = 0; i < members->length(); ++i) h ^= members->at(i).bits() * 0x9e3779b97f4a7c15u >> 8;
  *out = static_cast<std::int64_t>(h >> 1);
  return true;
}

Value get_args(Mutator&, const CallArgs& a) { return held(a[0]); }
const NativeDef kUnionGetters[] = {{"__args__", get_args, 1, 1}};
constexpr TypeSlots kUnionSlots = {
    .repr = union_repr, .hash = union_hash, .compare = union_compare, .binary = union_binary};

// --- mappingproxy
// --------------------------------------------------------------------------------------------------------------

Value proxy_repr(Mutator& m, Value self) {
  Value inner = repr(m, held(self));
  return inner.is_empty() ? inner : text_value(m, "mappingproxy(" + to_utf8(inner.as<Str>()) + ")");
}
std::int64_t proxy_length(Mutator& m, Value self) { return length(m, held(self)); }
Value proxy_get_item(Mutator& m, Value self, Value key) { return get_item(m, held(self), key); }
int proxy_contains(Mutator& m, Value self, Value key) { return contains(m, held(self), key); }
Value proxy_iter(Mutator& m, Value self) { return get_iter(m, held(self)); }
Value proxy_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (right.is_object() && type_of(m, right) == proxy_class(m)) right = held(right);
  return compare_op(m, op, held(left), right);
}

Value proxy_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (args.total() != 1) {
    return raise_type_error(m, "mappingproxy() takes exactly 1 argument (" + std::to_string(args.total()) + " given)");
  }
  const Value mapping = args.values[0];
  if (is_kind(mapping, Kind::list) || is_kind(mapping, Kind::tuple) ||
      lookup_type(m, type_of(m, mapping), m.runtime->names.__getitem__).is_empty()) {
    return raise_type_error(m, "mappingproxy() argument must be a mapping, not " + class_name_of(m, mapping));
  }
  NativeObject* o = make_holder(m, cls, mapping);
  return o == nullptr ? Value() : Value::object(o);
}
bool proxy_init(Mutator&, Value, const CallArgs&) { return true; }

template <const char* name>
Value forward(Mutator& m, const CallArgs& a) {
  Value method = get_attr(m, held(a[0]), intern(m, name));
  return method.is_empty() ? method : call(m, method, a.rest());
}
constexpr char kGet[] = "get", kKeys[] = "keys", kValues[] = "values", kItems[] = "items", kCopy[] = "copy";
const NativeDef kProxyMethods[] = {{kGet, forward<kGet>, 2, 3},
                                   {kKeys, forward<kKeys>, 1, 1},
                                   {kValues, forward<kValues>, 1, 1},
                                   {kItems, forward<kItems>, 1, 1},
                                   {kCopy, forward<kCopy>, 1, 1}};
constexpr TypeSlots kProxySlots = {.repr = proxy_repr,
                                   .compare = proxy_compare,
                                   .length = proxy_length,
                                   .get_item = proxy_get_item,
                                   .contains = proxy_contains,
                                   .iter = proxy_iter,
                                   .new_object = proxy_new,
                                   .init = proxy_init};

bool can_be_member(Mutator& m, Value v) {
  return v.is_none() || is_kind(v, Kind::type) || is_union(m, v) ||
         (v.is_object() && type_of(m, v) == m.runtime->types.generic_alias);
}

}  // namespace

Value union_of(Mutator& m, Value left, Value right) {
  if (!can_be_member(m, left) || !can_be_member(m, right)) return Value::not_implemented();
  List* members = make_list(m, nullptr, 0);
  if (members == nullptr || !collect_members(m, members, left) || !collect_members(m, members, right)) return Value();
  Tuple* tuple = tuple_from(m, Value::object(members));
  if (tuple == nullptr) return Value();
  if (tuple->length() == 1) return tuple->at(0);
  NativeObject* o = make_holder(m, union_class(m), Value::object(tuple));
  return o == nullptr ? Value() : Value::object(o);
}

Value make_dict_proxy(Mutator& m, Dict* dict) {
  NativeObject* o = make_holder(m, proxy_class(m), Value::object(dict));
  return o == nullptr ? Value() : Value::object(o);
}

void define_union(Mutator& m) {
  TypeSpec proxy{"mappingproxy", &kProxySlots, kProxyMethods, Kind::native_object, 0};
  m.runtime->types.dict_proxy = define_type(m, proxy);
  TypeSpec unions{"UnionType", &kUnionSlots, {}, Kind::native_object, 0};
  unions.getters = kUnionGetters;
  m.runtime->types.union_type = define_type(m, unions);
  m.runtime->types.union_type->module_name.store(Value::object(intern(m, "types")));
}

}  // namespace turnstile
