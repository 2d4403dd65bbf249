// Method resolution order (C3 linearization) and which layout a class's instances have.
#include <vector>

#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

using Sequence = std::vector<Type*>;

bool in_tail(const std::vector<Sequence>& sequences, const Type* candidate) {
  for (const Sequence& s : sequences) {
    for (std::size_t i = 1; i < s.size(); ++i) {
      if (s[i] == candidate) return true;
    }
  }
  return false;
}

void raise_no_order(Mutator& m, const std::vector<Sequence>& sequences) {
  std::string names;
  Sequence seen;
  for (const Sequence& s : sequences) {
    if (s.empty()) continue;
    bool known = false;
    for (const Type* t : seen) known = known || t == s[0];
    if (known) continue;
    seen.push_back(s[0]);
    names += (names.empty() ? "" : ", ") + type_name(s[0]);
  }
  raise_type_error(m, "Cannot create a consistent method resolution\norder (MRO) for bases " + names);
}

}  // namespace

Tuple* linearize(Mutator& m, Type* cls, Tuple* bases) {
  // The classes stay alive through `bases` while they are only in malloc'ed memory.
  std::vector<Sequence> sequences;
  Sequence direct;
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    auto* base = bases->at(i).as<Type>();
    for (Type* earlier : direct) {
      if (earlier == base) {
        raise_type_error(m, "duplicate base class " + type_name(base));
        return nullptr;
      }
    }
    direct.push_back(base);
    Sequence s;
    for (std::uint32_t k = 0; k < base->mro->length(); ++k) s.push_back(base->mro->at(k).as<Type>());
    sequences.push_back(std::move(s));
  }
  sequences.push_back(std::move(direct));
  Sequence order{cls};
  for (;;) {
    Type* next = nullptr;
    bool left = false;
    for (const Sequence& s : sequences) {
      if (s.empty()) continue;
      left = true;
      if (!in_tail(sequences, s[0])) {
        next = s[0];
        break;
      }
    }
    if (!left) break;
    if (next == nullptr) {
      raise_no_order(m, sequences);
      return nullptr;
    }
    order.push_back(next);
    for (Sequence& s : sequences) {
      if (!s.empty() && s[0] == next) s.erase(s.begin());
    }
  }
  Tuple* mro = allocate_tuple(m, static_cast<std::uint32_t>(order.size()));
  if (mro == nullptr) return nullptr;
  for (std::size_t i = 0; i < order.size(); ++i) mro->items[i].store_relaxed(Value::object(order[i]));
  return mro;
}

namespace {

// The builtin class whose layout (and slots) the instances of cls have.
Type* solid_base(Type* cls) {
  for (std::uint32_t i = 0; i < cls->mro->length(); ++i) {
    auto* t = cls->mro->at(i).as<Type>();
    if (!is_heap_type(t)) return t;
  }
  return cls;
}

}  // namespace

Type* best_base(Mutator& m, Tuple* bases) {
  Type* winner = nullptr;
  Type* winner_solid = nullptr;
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    auto* base = bases->at(i).as<Type>();
    if (!is_heap_type(base) && !base->has_type_flag(kBaseType) && !base->has_type_flag(kValueType)) {
      raise_type_error(m, "type '" + type_name(base) + "' is not an acceptable base type");
      return nullptr;
    }
    Type* solid = solid_base(base);
    if (winner == nullptr || (solid != winner_solid && is_subtype(solid, winner_solid))) {
      winner = base;
      winner_solid = solid;
    } else if (!is_subtype(winner_solid, solid)) {
      // Exceptions share one layout whatever their class.
      if (solid->instance_kind == Kind::exception && winner_solid->instance_kind == Kind::exception) continue;
      raise_type_error(m, "multiple bases have instance lay-out conflict");
      return nullptr;
    }
  }
  return winner;
}

}  // namespace turnstile
