#include "codegen/plain_init.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/bytecode.h"
#include "core/inline_cache.h"

namespace turnstile::codegen {

namespace {

constexpr std::size_t kMostInstructions = 32;
constexpr int kMostEntries = 12;

class Follower {
 public:
  Follower(const Code* code, const Shape* root, std::uint64_t version, std::uint32_t room)
      : code_(*code), data_(*code->data), known_(data_.slot_count), version_(version), room_(room) {
    for (std::uint32_t k = 1; k < data_.positional; ++k) known_[k] = InitStore{0, k, 0};
    result_.shape = root;
  }

  PlainInit follow() {
    if (data_.positional == 0 || data_.insns.size() > kMostInstructions) return {};
    for (const Insn& i : data_.insns) {
      if (i.op == Op::return_value_) {
        const auto& value = known_[i.a];
        const bool is_none = value && value->parameter == 0 && value->constant == Value::none().bits();
        return is_none ? std::move(result_) : PlainInit();
      }
      if (!step(i)) break;
    }
    return {};
  }

 private:
  bool step(const Insn& i) {
    switch (i.op) {
      case Op::nop_:
        return true;
      case Op::check_local_:
        return known_[i.a].has_value();
      case Op::load_const_:
        return set(i.a, InitStore{0, 0, code_.consts->at(static_cast<std::size_t>(i.d)).bits()});
      case Op::move_:
        return known_[i.b] && set(i.a, *known_[i.b]);
      case Op::store_attr_:
        return i.a == 0 && i.cache != 0 && known_[i.b] && store(data_.caches[i.cache - 1u], *known_[i.b]);
      default:
        return false;
    }
  }

  // Slot 0 stays the instance.
  bool set(std::uint32_t slot, const InitStore& value) {
    if (slot == 0) return false;
    known_[slot] = value;
    return true;
  }

  bool store(const CacheSlot& cache, InitStore what) {
    const Value shape = Value::object(result_.shape);
    const CacheEntry* e = cache.entry.load(std::memory_order_acquire);
    for (int n = 0; e != nullptr && n < kMostEntries; ++n, e = e->refs[3].load_relaxed().as<CacheEntry>()) {
      if (e->refs[0].load_relaxed() != shape || e->words[1] != version_ || e->words[0] >= room_) continue;
      what.slot = static_cast<std::uint32_t>(e->words[0]);
      auto& stores = result_.stores;
      if (cache_kind(e) == CacheKind::slot) {
        std::erase_if(stores, [&](const InitStore& s) { return s.slot == what.slot; });
      } else if (cache_kind(e) == CacheKind::add_slot) {
        result_.shape = e->refs[1].load_relaxed().as<Shape>();
      } else {
        continue;
      }
      stores.push_back(what);
      return true;
    }
    return false;
  }

  const Code& code_;
  const CodeData& data_;
  std::vector<std::optional<InitStore>> known_;  // by frame slot
  std::uint64_t version_;
  std::uint32_t room_;
  PlainInit result_;
};

}  // namespace

PlainInit plain_init(const Code* code, const Shape* root, std::uint64_t class_version, std::uint32_t inline_slots) {
  return Follower(code, root, class_version, inline_slots).follow();
}

}  // namespace turnstile::codegen
