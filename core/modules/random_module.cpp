// random: the classes Random and SystemRandom, and the module's functions, which are methods of a hidden instance.
#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/random_source.h"
#include "core/modules/registry.h"
#include "core/ops.h"

namespace turnstile {

namespace {

constexpr std::int64_t kVersion = 3;

Value random_seed(Mutator& m, const CallArgs& args) {
  Value bound[2];
  std::int64_t version = 2;
  if (!bind_python(m, args, "Random.seed", {"a", "version"}, bound) ||
      (!bound[1].is_empty() && !to_index(m, bound[1], &version))) {
    return Value();
  }
  return seed_random(m, payload<RandomCore>(args[0]), bound[0], version) ? Value::none() : Value();
}

Value random_getstate(Mutator& m, const CallArgs& args) {
  auto& core = payload<RandomCore>(args[0]);
  std::array<std::uint32_t, MersenneTwister::kWords> words;
  std::size_t index;
  Value gauss = Value::none();
  {
    std::scoped_lock lock(core.mutex);
    words = core.twister.words;
    index = core.twister.index;
    if (core.has_gauss) gauss = Value::number(core.gauss);
  }
  Tuple* internal = allocate_tuple(m, MersenneTwister::kWords + 1);
  if (internal == nullptr) return Value();
  for (std::size_t i = 0; i < words.size(); ++i) internal->items[i].store_relaxed(Value::small_int(words[i]));
  internal->items[words.size()].store_relaxed(Value::small_int(static_cast<std::int64_t>(index)));
  return make_tuple(m, {Value::small_int(kVersion), Value::object(internal), gauss});
}

// The words and the index behind them, from the inner tuple of a state.
bool parse_words(Mutator& m, Value v, std::array<std::uint32_t, MersenneTwister::kWords>* words, std::size_t* index) {
  if (!is_kind(v, Kind::tuple)) {
    raise_type_error(m, "state vector must be a tuple");
    return false;
  }
  auto* tuple = v.as<Tuple>();
  if (tuple->length() != words->size() + 1) {
    raise_value_error(m, "state vector is the wrong size");
    return false;
  }
  for (std::uint32_t i = 0; i <= words->size(); ++i) {
    std::int64_t word;
    if (!int_to_int64(tuple->at(i), &word)) {
      raise_type_error(m, "an integer is required");
      return false;
    }
    if (i < words->size()) {
      (*words)[i] = static_cast<std::uint32_t>(word);
    } else if (word < 0 || word > static_cast<std::int64_t>(words->size())) {
      raise_value_error(m, "invalid state");
      return false;
    } else {
      *index = static_cast<std::size_t>(word);
    }
  }
  return true;
}

Value random_setstate(Mutator& m, const CallArgs& args) {
  Tuple* state = tuple_from(m, args[1]);
  std::int64_t version;
  if (state == nullptr) return Value();
  if (state->length() == 0) return raise_index_error(m, "tuple index out of range");
  if (!int_to_int64(state->at(0), &version) || (version != kVersion && version != 2)) {
    Value shown = to_str(m, state->at(0));
    if (shown.is_empty()) return shown;
    return raise_value_error(
        m, "state with version " + to_utf8(shown.as<Str>()) + " passed to Random.setstate() of version 3");
  }
  if (state->length() != 3)
    return raise_value_error(m,
                             "not enough values to unpack (expected 3, got " + std::to_string(state->length()) + ")");
  std::array<std::uint32_t, MersenneTwister::kWords> words;
  std::size_t index = 0;
  double gauss = 0;
  const bool has_gauss = !state->at(2).is_none();
  if (!parse_words(m, state->at(1), &words, &index) || (has_gauss && !number_to_double(m, state->at(2), &gauss)))
    return Value();
  auto& core = payload<RandomCore>(args[0]);
  std::scoped_lock lock(core.mutex);
  core.twister.words = words;
  core.twister.index = index;
  core.has_gauss = has_gauss;
  core.gauss = gauss;
  return Value::none();
}

// --- Random
// -----------------------------------------------------------------------------------------------------------

Value make_random(Mutator& m, Type* cls, bool system) {
  NativeObject* self = new_native<RandomCore>(m, cls, true);
  if (self == nullptr) return Value();
  static_cast<RandomCore*>(self->payload)->system = system;
  return Value::object(self);
}

Value random_new(Mutator& m, Type* cls, const CallArgs&) {
  Value self = make_random(m, cls, false);
  // A subclass whose __init__ does not call this one's still wants numbers.
  if (!self.is_empty() && cls->has_type_flag(kHeapType)) seed_random(m, payload<RandomCore>(self), Value(), 2);
  return self;
}

bool random_init(Mutator& m, Value self, const CallArgs& args) {
  if (args.total() > 1 || (args.keywords() == 1 && to_utf8(args.keyword_names->at(0).as<Str>()) != "x")) {
    raise_type_error(m, "Random.__init__() takes from 1 to 2 positional arguments but " +
                            std::to_string(args.total() + 1) + " were given");
    return false;
  }
  Value seed = get_attr(m, self, intern(m, "seed"));
  return !seed.is_empty() && !call(m, seed, {args.total() == 1 ? args.values[0] : Value::none()}).is_empty();
}

constexpr TypeSlots make_slots(Value (*make)(Mutator&, Type*, const CallArgs&)) {
  TypeSlots s;
  s.hash = hash_by_identity;
  s.new_object = make;
  s.init = random_init;
  return s;
}
constexpr TypeSlots kSlots = make_slots(random_new);

const NativeDef kMethods[] = {
    {"random", random_random, 1, 1},     {"getrandbits", random_getrandbits, 2, 2}, {"seed", random_seed, 1, -1, true},
    {"getstate", random_getstate, 1, 1}, {"setstate", random_setstate, 2, 2},
};

// --- SystemRandom
// -----------------------------------------------------------------------------------------------------

Value system_new(Mutator& m, Type* cls, const CallArgs&) { return make_random(m, cls, true); }
Value system_seed(Mutator&, const CallArgs&) { return Value::none(); }
Value system_state(Mutator& m, const CallArgs&) {
  return raise(m, m.runtime->exceptions.NotImplementedError, "System entropy source does not have state.");
}

constexpr TypeSlots kSystemSlots = make_slots(system_new);
const NativeDef kSystemMethods[] = {
    {"seed", system_seed, 1, -1, true},
    {"getstate", system_state, 1, -1, true},
    {"setstate", system_state, 1, -1, true},
};

// What the distributions of Kinderman and Monahan, and of Cheng, are computed with; and the module's __all__.
bool add_names(Mutator& m, Module* module, const std::vector<NativeDef>& methods) {
  const std::pair<const char*, double> constants[] = {
      {"NV_MAGICCONST", 4 * std::exp(-0.5) / std::sqrt(2.0)},
      {"LOG4", std::log(4.0)},
      {"SG_MAGICCONST", 1.0 + std::log(4.5)},
      {"TWOPI", 2.0 * std::numbers::pi},
      {"RECIP_BPF", std::ldexp(1.0, -53)},
  };
  for (const auto& [name, value] : constants) {
    if (!add_constant(m, module, name, Value::number(value))) return false;
  }
  List* all = make_list(m, nullptr, 0);
  if (all == nullptr || !list_append(m, all, Value::object(intern(m, "Random"))) ||
      !list_append(m, all, Value::object(intern(m, "SystemRandom")))) {
    return false;
  }
  for (const NativeDef& def : methods) {
    Str* name = intern(m, def.name);
    if (name == nullptr || (def.name[0] != '_' && !list_append(m, all, Value::object(name)))) return false;
  }
  return add_constant(m, module, "BPF", Value::small_int(53)) && add_constant(m, module, "__all__", Value::object(all));
}

}  // namespace

bool init_random(Mutator& m, Module* module) {
  std::vector<NativeDef> all(std::begin(kMethods), std::end(kMethods));
  for (auto part : {random_sequence_methods(), random_distribution_methods()})
    all.insert(all.end(), part.begin(), part.end());
  // Definitions live as long as any runtime of the process; they are the same for all.
  static const std::vector<NativeDef> methods = std::move(all);
  Type* cls = define_module_type(m, "random", TypeSpec{"Random", &kSlots, methods, Kind::native_object, kBaseType});
  if (cls == nullptr || !add_constant(m, module, "Random", Value::object(cls))) return false;
  Type* system = define_module_type(
      m, "random", TypeSpec{"SystemRandom", &kSystemSlots, kSystemMethods, Kind::native_object, kBaseType}, cls);
  if (system == nullptr || !add_constant(m, module, "SystemRandom", Value::object(system))) return false;
  Value hidden = make_random(m, cls, false);
  if (hidden.is_empty() || !seed_random(m, payload<RandomCore>(hidden), Value(), 2) ||
      !add_constant(m, module, "_inst", hidden)) {
    return false;
  }
  for (const NativeDef& def : methods) {
    if (!add_constant(m, module, def.name, get_attr(m, hidden, intern(m, def.name)))) return false;
  }
  return add_names(m, module, methods);
}

}  // namespace turnstile
